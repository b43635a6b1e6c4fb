"""Markdown that shows a text literally, or the label of a link as it looks without the link."""

import re

_LABEL = re.compile(r"[\\`*\[\]$#^<&]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|=(?==)|%(?=%)|(?<=[~=%])[~=%]")
# In running text more signs mean something: the second of two colons, the colon of an address, the bar of a table.
_INLINE = re.compile(
    _LABEL.pattern + r"|\||!\Z|(?<=:):|(?<=http):(?=//)|(?<=https):(?=//)|(?<=ftp):(?=//)", re.IGNORECASE
)
# Without the link around them: a tag, a block id, a field, an address.
_OUTSIDE = re.compile(
    r"(?<![^\s*_~=#])#|(?<!\S)\^(?=[\w-]+\Z)|!\Z|(?<=:):|(?<=http):(?=//)|(?<=https):(?=//)|(?<=ftp):(?=//)",
    re.IGNORECASE,
)
_SPANS = re.compile(r"[`<\[]")
_NUMBERED = re.compile(r"\A(\d{1,9})(?=[.)](?:\s|\Z))")
_BEGINS = re.compile(r"\A(?=[-+*](?:\s|\Z)|#{1,6}(?:\s|\Z)|>|=+\s*\Z|-+\s*\Z|(?:[-_*]\s*){3,}\Z|~~~|```)")
_BREAKS = re.compile("[\\s\x00-\x1f\x7f]+")


def plain_text(text: str) -> str:
    r"""Return Markdown that shows a text literally in any place: no markup, tag, field or address.

    A backslash is added only where it is needed; characters that begin a block always get one, because the text may
    be at the start of a line.
    """
    return _escaped_start(_INLINE.sub(r"\\\g<0>", text))


def plain_label(label: str) -> str:
    """Return the label of a link, which is Markdown, so that it looks the same without the link."""
    if _SPANS.search(label):
        return _escaped_start(label)
    return _escaped_start(_OUTSIDE.sub(r"\\\g<0>", label))


def _escaped_start(text: str) -> str:
    """Escape what would begin a heading, a list, a quote, code or a rule at the start of a line."""
    lines = (_NUMBERED.sub(r"\1\\", line.strip()) for line in text.strip().split("\n"))
    return "\n".join(_BEGINS.sub(r"\\", line) for line in lines)


def escape_label(label: str) -> str:
    """Return the label of a link in which nothing is markup, on one line."""
    return _LABEL.sub(r"\\\g<0>", _BREAKS.sub(" ", label))
