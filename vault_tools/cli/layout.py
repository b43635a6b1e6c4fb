"""Lines and columns on the screen, where a Chinese character takes two columns."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import click

from vault_tools.cli import screen

_NOT_FIRST = "，。、；：！？）”’》」』】〉…·%,.;:!?)]}"
"""Characters that no line may begin with."""
_NOT_LAST = "（“‘《「『【〈([{"
"""Characters that no line may end with."""
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_PIECE = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(map(_columns_of, click.unstyle(text)))


def _columns_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """Return a text with blanks behind it, so that it takes so many columns."""
    return text + " " * (columns - width(text))


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines with their columns below each other."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(padded(cell, most) for cell, most in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def wrapped(text: str, most: int) -> list[str]:
    """Return a paragraph as lines of at most so many columns; Chinese may break between any two characters."""
    lines = [""]
    for piece in _unbreakable(text):
        if width((lines[-1] + piece).rstrip()) > most and lines[-1].strip():
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _unbreakable(text: str) -> Iterator[str]:
    """Yield the pieces of a text that a line break may not cut: words, and characters with their punctuation."""
    held = ""
    for piece in _PIECE.findall(text):
        joins = piece[0] in _NOT_FIRST or (held and held[-1] in _NOT_LAST)
        if held and not joins and not piece.isspace():
            yield held
            held = ""
        held += piece
    if held:
        yield held


class Formatter(click.HelpFormatter):
    """Writes help in lines that fit the screen in every language."""

    def write_heading(self, heading: str) -> None:
        """Write a heading with the colon of the language."""
        self.write(f"{'':>{self.current_indent}}{screen.phrase('screen.heading', heading=heading)}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called; what does not fit goes below its arguments."""
        begin = f"{prefix or screen.phrase('screen.usage', program=prog)} "
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
