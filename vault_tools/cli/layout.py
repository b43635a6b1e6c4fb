"""Lines and columns on the screen, where a Chinese character takes two columns."""

from collections.abc import Iterable, Iterator, Sequence

import click

from vault_tools.cli import screen

_NOT_FIRST = "，。、；：！？）”’》」』】〉…·%,.;:!?)]}"
"""Characters that no line may begin with."""
_NOT_LAST = "（“‘《「『【〈([{"
"""Characters that no line may end with."""
_ZERO = frozenset(("Mn", "Me", "Cf"))
_ASCII = 128


def width(text: str) -> int:
    """Return how many columns a text takes."""
    plain = click.unstyle(text) if "\x1b" in text else text
    return len(plain) if plain.isascii() else sum(map(_columns_of, plain))


def _columns_of(char: str) -> int:
    if ord(char) < _ASCII:
        return 1
    import unicodedata  # noqa: PLC0415  (so that --help in English is fast)

    if unicodedata.category(char) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """Return a text with blanks after it, so that it is `columns` wide."""
    return text + " " * (columns - width(text))


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines with their columns below each other."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(padded(cell, most) for cell, most in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def wrapped(text: str, most: int) -> list[str]:
    """Return a paragraph as lines of at most `most` columns; Chinese may break between any two characters."""
    if width(text) <= most:
        return [text]
    lines, taken = [""], 0
    for piece in _unbreakable(text):
        columns = width(piece)
        if taken + width(piece.rstrip()) > most and taken:
            lines.append("")
            taken = 0
        lines[-1] += piece
        taken += columns
    return [line.rstrip() for line in lines]


def _unbreakable(text: str) -> Iterator[str]:
    """Yield the pieces of a text that a line break may not cut: words, and characters with their punctuation."""
    held = ""
    for char in text:
        if held and char != " " and _may_break(held[-1], char):
            yield held
            held = ""
        held += char
    if held:
        yield held


def _may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if before in _NOT_LAST or after in _NOT_FIRST:
        return False
    return before == " " or width(before) > 1 or width(after) > 1


class Formatter(click.HelpFormatter):
    """Writes help in lines that fit the screen in every language."""

    def write_heading(self, heading: str) -> None:
        """Write a heading with the colon of the language."""
        self.write(f"{'':>{self.current_indent}}{screen.format_phrase('screen.heading', heading=heading)}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called; what does not fit goes below its arguments."""
        begin = f"{prefix or screen.format_phrase('screen.usage', program=prog)} "
        first, *rest = wrapped(args, max(self.width - width(begin), 20))
        self.write("\n".join([f"{begin}{first}".rstrip(), *(" " * width(begin) + line for line in rest)]) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, which a blank line separates."""
        indent = " " * self.current_indent
        paragraphs = ("\n".join(self._lines(each, indent)) for each in text.split("\n\n"))
        self.write("\n\n".join(paragraphs) + "\n")

    def _lines(self, text: str, indent: str) -> Iterator[str]:
        return (indent + line for line in wrapped(" ".join(text.split("\n")), self.width - len(indent)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of terms, with what each is for in a second column."""
        terms = list(rows)
        first = min(max(width(term) for term, _ in terms), col_max) + col_spacing
        for term, text in terms:
            begin = " " * self.current_indent + term
            lines = wrapped(text, max(self.width - first - self.current_indent, 10))
            if width(term) > first - col_spacing:
                self.write(f"{begin}\n")
                begin = ""
            indent = first + self.current_indent
            self.write(f"{padded(begin, indent)}{lines[0]}".rstrip() + "\n")
            self.write("".join(" " * indent + line + "\n" for line in lines[1:]))
