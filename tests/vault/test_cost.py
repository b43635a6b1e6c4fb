"""Whatever a note says, reading it takes a time in proportion to its length: 10, 20, 40 and 80 kB are compared."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from shared.cost import KB, SIZES, grown
from shared.costly_texts import (
    BLOCKS,
    CARDS,
    LISTS,
    MISREAD,
    NAMES,
    PLACED,
    TEXTS,
    Act,
)

from vault_tools.dialect import conflict_names, durations, filenames, moment, template
from vault_tools.dialect.days import day
from vault_tools.dialect.properties import dump
from vault_tools.dialect.query import first_found
from vault_tools.graph.build import build
from vault_tools.graph.linktext import heading_subpath
from vault_tools.graph.names import heading_key, word_key
from vault_tools.graph.nearest import Nearest
from vault_tools.learning.calendar_names import named_day, named_window
from vault_tools.model.graph import Node
from vault_tools.model.note import Note, Source
from vault_tools.parse import canvas, edit, form, frontmatter, misread, note, regions
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.excerpt import excerpt
from vault_tools.parse.inline import whole_link
from vault_tools.parse.yaml import plain as plain_yaml
from vault_tools.render.markdown import escape, table
from vault_tools.render.mermaid import _text as mermaid_text
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset
from vault_tools.store.locales import locale
from vault_tools.store.marks import is_marked

pytestmark = pytest.mark.ci

ENGLISH = locale("en")[0]
VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
NOW = datetime(2024, 5, 1, tzinfo=UTC)


def parsed(text: str, *, fast: bool = True) -> object:
    """Read a note."""
    return note.parse(Source("a.md", text, ""), fast=fast)


def rendered(text: str) -> object:
    """Fill in a template."""
    return template.render(text, title="a", now=NOW, locale=ENGLISH)


def asked(query: str) -> object:
    """Ask a search of a note that says the same."""
    node = Node("a.md", "note", "a", "note", note=Note("a.md", ""))
    return first_found([query[:2000], query], [node], lambda _: query)


def searched(text: str) -> object:
    """Ask what a search may ask of a long text."""
    queries = ["line:b", "block:b", "section:b", "task:b", "task-todo:b", "/(a|a)*b/", "/^.*b$/", '"b"']
    node = Node("a.md", "note", "a", "note", note=Note("a.md", ""))
    return first_found(queries, [node], lambda _: text)


def linked(text: str) -> object:
    """Judge the links of a note, with a note that each may mean."""
    notes = [note.parse(Source("a.md", text, "")), note.parse(Source("b/a b.md", "# H\n", ""))]
    return build(notes, [each.path for each in notes], VOCABULARY)


def merged(text: str) -> None:
    """Add a property, where that is possible."""
    with suppress(PropertiesError):
        edit.merge(in_properties(text), {"z": 1})


def extended(text: str) -> None:
    """Add an item to a list, where that is possible."""
    with suppress(PropertiesError):
        edit.extend(in_properties(f"a: [x, '{text}']"), "a", ["y"])


def of_names(text: str) -> object:
    """Ask what a name may say of a file."""
    kinds = (filenames.safe, conflict_names.conflict_of, filenames.placeholder_of)
    return [asked_of(text) for asked_of in kinds], list(conflict_names.maybe_copies_of(text))


def of_days(text: str) -> object:
    """Ask which day or span a name says."""
    return day(text), named_day(text), named_window("week", text), named_window("month", text)


def formatted(text: str) -> object:
    """Use a text as the format of a date."""
    return moment.format_moment(NOW, text, ENGLISH), moment.name_pattern(text[:500], ENGLISH)


def escaped(text: str) -> object:
    """Write a text where markup would count."""
    return escape(text), heading_subpath(text), heading_key(text), word_key(text), dump({"a": text})


def in_properties(text: str) -> str:
    """A note whose properties are a block."""
    return f"---\n{text}\n---\na\n"


READERS: Mapping[str, tuple[Mapping[str, Callable[[int], str]], Act]] = {
    "note": (TEXTS, parsed),
    "note, by the full parser": (TEXTS, lambda text: parsed(text, fast=False)),
    "note, elsewhere than on a line": (PLACED, parsed),
    "note, elsewhere than on a line, by the full parser": (PLACED, lambda text: parsed(text, fast=False)),
    "excerpt": (TEXTS, excerpt),
    "regions": (TEXTS, lambda text: (regions.find(text), regions.refresh(text, lambda _: "x"))),
    "template": (TEXTS, lambda text: (form.read("a", text), rendered(text))),
    "escaping": (TEXTS, escaped),
    "search of a text": (TEXTS, searched),
    "query": (TEXTS, asked),
    "link as a value": (TEXTS, whole_link),
    "head of a file": (TEXTS, lambda text: (is_marked(text, "tool: x"), is_marked(text, "<a"), table(["a"], [[text]]))),
    "label of a chart": (TEXTS, mermaid_text),
    "link with a broken heading": (TEXTS, linked),
    "properties": (BLOCKS, lambda text: (parsed(in_properties(text)), plain_yaml.read(text))),
    "properties that are misread": (MISREAD, lambda text: list(misread.lint(frontmatter.read(in_properties(text))))),
    "properties, by the full parser": (BLOCKS, lambda text: parsed(in_properties(text), fast=False)),
    "properties of a template": (BLOCKS, lambda text: form.read("a", in_properties(text))),
    "properties that are filled": (BLOCKS, lambda text: form.fill(in_properties(text), {"a": "x", "k": "y"})),
    "properties that are added": (BLOCKS, merged),
    "a list that grows": (LISTS, extended),
    "canvas": (CARDS, lambda text: canvas.parse(Source("a.canvas", text, ""))),
    "file name": (NAMES, of_names),
    "a day in a name": (NAMES, of_days),
    "duration": (NAMES, durations.minutes),
    "likeness": (NAMES, lambda text: Nearest([text, text + "b"]).to(text + "a")),
    "format of a date": (NAMES, formatted),
    "date by a format": (NAMES, lambda text: moment.read(text, "YYYY-MM-DD dddd", ENGLISH)),
}


def _growing(make: Callable[[int], str], act: Act) -> Callable[[int], Callable[[], object]]:
    def of(size: int) -> Callable[[], object]:
        text = make(size)
        return lambda: act(text)

    return of


def _dear(reader: str, sizes: tuple[int, ...]) -> dict[str, str]:
    families, act = READERS[reader]
    found = {name: grown(_growing(make, act), sizes) for name, make in families.items()}
    return {name: times for name, times in found.items() if times}


@pytest.mark.parametrize("reader", READERS)
def test_twice_as_much_hostile_text_takes_about_twice_as_long(reader: str) -> None:
    """Small enough to be tried each time, large enough to show a square."""
    assert _dear(reader, (5 * KB, 10 * KB, 20 * KB)) == {}


def test_every_reader_is_tried_with_many_families_of_hostile_text() -> None:
    """Each is another way to cost much; no reader is tried on a few only."""
    assert sum(map(len, (TEXTS, BLOCKS, CARDS, NAMES, LISTS))) > 200


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_eight_times_as_much_hostile_text_takes_about_eight_times_as_long(reader: str) -> None:
    """Up to 80 kB."""
    assert _dear(reader, SIZES) == {}
