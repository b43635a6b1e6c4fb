"""A file's text -> a note. Every text gives a note."""

import re
from collections.abc import Iterator
from posixpath import basename

from vault_tools.dialect.mentions import mentions
from vault_tools.model.note import Note, Problem, Source
from vault_tools.parse import blocks, dropped, frontmatter, markers, merges, misread
from vault_tools.parse.contents import Contents
from vault_tools.parse.excerpt import excerpt
from vault_tools.parse.frontmatter import Frontmatter
from vault_tools.parse.links import property_links

_CJK = re.compile(
    "[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f]+"
)
_LONG = 250
"""A note with this many words is more than its template, so its lines need not be compared with the template's."""


def parse(source: Source, *, fast: bool = True) -> Note:
    """Parse a Markdown note. Line ends may be any; places count characters of `source.text`."""
    text = clean(source.text)
    front = frontmatter.read(text, fast=fast)
    body = text[front.body :]
    leaves = blocks.leaves(body, front.body, front.lines, fast=fast)
    regions, wrong_markers = markers.read_regions(source.text, text, leaves) if markers.MARK in body else ((), ())
    own = text[: front.body] + markers.without_regions(body, front.lines, regions) if regions else text
    problems = (*source.problems, *_problems(text, front), *wrong_markers)
    return _note(source, front, Contents(text, regions, leaves), own, problems)


def _note(source: Source, front: Frontmatter, contents: Contents, text: str, problems: tuple[Problem, ...]) -> Note:
    """Return a note; `text` is what its writer wrote, without the contents of regions."""
    values = front.values or {}
    body = text[front.body :]
    words = count_words(body)
    return Note(
        path=source.path,
        digest=source.digest,
        frontmatter=front.values,
        property_lines=tuple(front.places.values()),
        aliases=tuple(dropped.texts(frontmatter.values_called(values, "aliases"))),
        tags=tuple(dropped.frontmatter_tags(frontmatter.values_called(values, "tags"))),
        body_tags=tuple(contents.tags),
        links=(*property_links(front), *contents.links),
        headings=tuple(contents.headings),
        blocks=tuple(contents.blocks),
        footnotes=tuple(contents.footnotes),
        fields=tuple(contents.fields),
        external=tuple(contents.external),
        words=words,
        problems=problems,
        regions=contents.regions,
        excerpt=excerpt(body, basename(source.path).removesuffix(".md")),
        mentions=mentions(text),
        lines=tuple(_lines(body)) if words < _LONG else (),
    )


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are not blank, without blanks around them."""
    return filter(None, map(str.strip, text.split("\n")))


def _problems(text: str, front: Frontmatter) -> Iterator[Problem]:
    """Yield what is wrong with the properties, and each unfinished merge.

    If a merge within the properties is unfinished, that is why they cannot be read, so nothing else is reported.
    """
    conflicts = list(merges.conflicts(text, front.body))
    if not any(conflict.first <= front.lines for conflict in conflicts):
        yield from front.problems
    for conflict in conflicts:
        yield merges.problem(conflict, in_properties=conflict.first <= front.lines)
    yield from misread.lint(front)
    yield from dropped.lint(front)


def clean(text: str) -> str:
    r"""Return a text as the parser reads it: no byte order mark, `\n` line ends, no NUL."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def count_words(text: str) -> int:
    """Count words; each CJK character or mark is one, as word processors count."""
    if text.isascii():
        return len(text.split())
    spaced, runs = _CJK.subn(" ", text)
    return len(spaced.split()) + len(text) - len(spaced) + runs
