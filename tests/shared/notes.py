"""A text as a note: its links, its tags and its problems."""

from vault_tools.model.note import Note, Problem, Source
from vault_tools.parse.note import parse


def read(text: str) -> Note:
    """Parse a text as a note of its own."""
    return parse(Source("note.md", text, "digest"))


def raws(text: str) -> list[str]:
    """List the links of a note as written."""
    return [link.raw for link in read(text).links]


def tags(text: str) -> list[str]:
    """List the tags in the text of a note."""
    return [tag.name for tag in read(text).body_tags]


def problem(text: str) -> Problem:
    """Return the only problem of a note."""
    (found,) = read(text).problems
    return found
