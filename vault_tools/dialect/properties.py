"""Properties as Obsidian's own editor writes them: plain YAML, quoted only where necessary."""

import re
from collections.abc import Iterator, Mapping

from vault_tools.dialect.scalars import CORE, ENDLESS
from vault_tools.model.note import Value

_NO_TEXT = re.compile("|".join([*(kind.pattern for kind in CORE), ENDLESS]))
# What cannot be plain text in YAML: an indicator in front, a mark of a document, a comment, a colon that ends a key.
_SYNTAX = re.compile(r"""\A(?:[ ,\[\]{}#&*!|>'"%@`]|[?-](?:\Z|[ ])|---|\.\.\.)|:[ ]|[ ]\#|[ :-]\Z""")
_OUTSIDE = "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_UNPRINTABLE = re.compile(_OUTSIDE)
_ESCAPED = re.compile(rf'["\\]|{_OUTSIDE}')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_SURROGATES = range(0xD800, 0xE000)


def dump(values: Mapping[str, Value]) -> str:
    r"""Return properties as the lines between the `---`, each with its `\n`; "" for none.

    Values are those that JSON has. Half a surrogate pair, which no file can contain, becomes U+FFFD.
    """
    return "".join(f"{line}\n" for line in _mapping(values))


def _mapping(values: Mapping[str, Value]) -> Iterator[str]:
    """Write a mapping: a line for each key, and nested values below it."""
    for key, value in values.items():
        yield from _entry(f"{one_line(str(key))}:", value)


def _entry(head: str, value: Value) -> Iterator[str]:
    """Write a value after its key, or below it."""
    nested = _nested(value)
    if nested is None:
        first, *rest = _scalar(value)
        yield f"{head} {first}" if first else head
    else:
        yield head
        rest = list(nested)
    yield from _indented(rest)


def _item(value: Value) -> Iterator[str]:
    """Write an item of a list; the first line of a nested value follows the dash."""
    nested = _nested(value)
    if nested is None:
        yield from _entry("-", value)
        return
    first, *rest = nested
    yield f"- {first}"
    yield from _indented(rest)


def _nested(value: Value) -> Iterator[str] | None:
    """Return the lines of a list or a mapping that is not empty; None for any other value."""
    if isinstance(value, Mapping) and value:
        return _mapping(value)
    if isinstance(value, list | tuple) and value:
        return (line for item in value for line in _item(item))
    return None


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _scalar(value: Value) -> list[str]:
    """Return a value that contains no others: one line, or more for text with line breaks."""
    if value is None:
        return [""]
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, Mapping):
        return ["{}"]
    if isinstance(value, list | tuple):
        return ["[]"]
    return _block(str(value)) or [one_line(str(value))]


def _block(text: str) -> list[str]:
    """Return a text with line breaks as a literal block; nothing if only quotes can contain it."""
    lines = text.removesuffix("\n").split("\n")
    if "\n" not in text or not (lines[0] and lines[-1]) or lines[0].startswith(" "):
        return []
    if any(_UNPRINTABLE.search(line) or line.isspace() for line in lines):
        return []
    return ["|" if text.endswith("\n") else "|-", *lines]


def one_line(text: str) -> str:
    """Return a text on one line, in quotes if YAML would read it as anything else."""
    if text and not (_SYNTAX.search(text) or _UNPRINTABLE.search(text) or _NO_TEXT.fullmatch(text)):
        return text
    return '"' + _ESCAPED.sub(lambda found: _escape(found.group()), text) + '"'


def _escape(char: str) -> str:
    code = 0xFFFD if ord(char) in _SURROGATES else ord(char)
    return _SHORT.get(char) or (f"\\u{code:04x}")
