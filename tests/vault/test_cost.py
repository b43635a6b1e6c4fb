"""Whatever a note says, reading it takes a time in proportion to its length: 10, 20, 40 and 80 kB are compared."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from cost import KB, SIZES, grown, repeated

from vault_tools import config
from vault_tools.dialect import durations, filenames, moment, template
from vault_tools.dialect.days import day
from vault_tools.dialect.properties import dump
from vault_tools.dialect.query import first_found
from vault_tools.graph.build import build
from vault_tools.graph.linktext import heading_subpath
from vault_tools.graph.names import Nearest, heading_key, word_key
from vault_tools.learning import windows
from vault_tools.learning.values import named_day
from vault_tools.model.graph import Node
from vault_tools.model.note import Note, Source
from vault_tools.parse import canvas, edit, form, frontmatter, misread, note, regions
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.excerpt import excerpt
from vault_tools.parse.inline import whole_link
from vault_tools.parse.yaml import plain as plain_yaml
from vault_tools.render.markdown import escape, table
from vault_tools.render.mermaid import _text as mermaid_text
from vault_tools.shipped import asset
from vault_tools.store.locales import locale
from vault_tools.store.marks import is_marked

pytestmark = pytest.mark.ci

ENGLISH = locale("en")[0]
VOCABULARY = config.vocabulary(asset("vocabulary.toml"), config.parse(""), {})
NOW = datetime(2024, 5, 1, tzinfo=UTC)
Act = Callable[[str], object]

# ---------------------------------------------------------------- what a note may say

OPENERS = [
    "[",
    "[[",
    "![",
    "![[",
    "[a](",
    "[a](<",
    "![a](",
    "[[a|",
    "[[a#",
    "[a](      ",
    "[a][",
    "[^a",
    "^[",
    "<",
    "<a ",
    "<!--",
    "%%",
    "$",
    "$$",
    "`",
    "``x ",
    "~~~\n",
    "```\n",
    "**",
    "*a",
    "_a ",
    "==",
    "~~",
    "((",
    "{{",
    "<%",
    "<% {{",
    "${",
    "(a::",
    "[a::",
    "![[a](",
    "<a:",
    "<div>\n",
    "#[",
    '"',
    "\\[",
    "[[a",
    "[](<a",
    "$a ",
    "$1",
    "[a:: ",
    "[http://",
    "[a](b ",
    "^[[",
    "*",
]
CHAINS = [
    "xhttps://b.c/",
    "https://b.c/(",
    "://",
    "http://a ",
    "&amp;",
    "&#1;",
    "&",
    "\\\\",
    "\\",
    "#a",
    "#a/",
    "# ",
    "a:: b ",
    "a::",
    "^a",
    " ^a\n",
    "](",
    "])",
    "]]",
    "[[a]]",
    "[a](b)",
    "[a](b",
    "[a] ",
    "!",
    "-",
    "=",
    "|",
    "a|",
    "\u200b",
    "\u00a0",
    "量化",
    "é",
    "🚀",
    "http://",
    "http://x)",
    "<a:b",
    "[k:: [[a]]] ",
    "(k:: [[a]]) ",
    "[[a](b) ",
    "_k_:: 1, ",
    " ",
]
LINES = [
    "%%\n",
    "$$x\n",
    "%% x\n",
    "\u00a0\n---\n",
    "```\nx\n```\n",
    "^a\n\n",
    "[^1]: a\n\n    [[b]]\n\n",
    "[^1]: a\n    ",
    "  1. a\n    - [[b]]\n",
    "> ",
    ">",
    "- ",
    "- a\n",
    "  - a\n",
    "1. a\n",
    "> - ",
    "# a\n",
    "a\n===\n",
    "a\n---\n",
    "---\n",
    "| a | b |\n",
    "|-|-|\n",
    "[^a]: b\n",
    "a[^a]\n",
    "%% vault-tools:begin next %%\n",
    "%% vault-tools:end %%\n",
    "- [ ] a\n",
    "```\na\n```\n",
    "> [!note] a\n",
    "a ^b\n",
    "    a\n",
    "\ta\n",
    "\n",
    " \n",
    "<div>\n\n",
    "a:: [[b]]\n",
    "<<<<<<<\n",
    "=======\n",
    "a  \n",
]
NESTED = [
    ("[", "]"),
    ("[[", "]]"),
    ("(", ")"),
    ("**", "**"),
    ("[a](", ")"),
    ("![", "](b)"),
    ("<a>", "</a>"),
    ("%%", "%%"),
    ("{{", "}}"),
    ("<%", "%>"),
    ("`", "`"),
    ("$", "$"),
    ('"', '"'),
    ("^[", "]"),
]


def body(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A note of one piece again and again, on one line or its own."""
    return lambda size: repeated(piece, size, before, after)


def longer(mark: str) -> Callable[[int], str]:
    """Runs of a mark, each longer than the one before."""
    return lambda size: " ".join(mark * length for length in range(1, int((2 * size) ** 0.5)))


def nested(opening: str, closing: str) -> Callable[[int], str]:
    """Pairs in pairs."""
    return lambda size: opening * (size // len(opening + closing)) + closing * (size // len(opening + closing))


def deep(piece: str) -> Callable[[int], str]:
    """Lines that each are one step deeper than the one before: as many as a text of the size holds."""
    return lambda size: "".join(piece * depth + "a\n" for depth in range(1, int((2 * size / len(piece)) ** 0.5)))


TEXTS: Mapping[str, Callable[[int], str]] = {
    **{f"{piece!r} again and again": body(piece) for piece in [*OPENERS, *CHAINS, *LINES]},
    **{
        f"{piece!r}, then a text": body(piece, after="\n\n# a\n\n[[b]]\n")
        for piece in ("[", "[[", "`", "<", "$$", "%%", "<%")
    },
    "blanks in a link": lambda size: "[a](" + " " * size,
    "a marker that goes on": lambda size: "%% vault-tools:" + "-" * size,
    **{f"{pair[0]!r} in each other": nested(*pair) for pair in NESTED},
    **{f"{piece!r} ever deeper": deep(piece) for piece in ("> ", "  ", "- ", "\t")},
    **{f"{mark!r} of ever other lengths": longer(mark) for mark in ("`", "*", "_", "~", "$", "%", "#", "[")},
}
PLACES = {
    "beside a link": ("[[x]] ", ""),
    "in a heading": ("# a ", "b"),
    "in a code span": ("`", "`"),
    "in a list": ("- [[x]] ", ""),
    "in a field": ("k:: ", ""),
    "in a property": ("---\nk: ", "\n---\n"),
    "in a cell": ("| [[x]] |\n| - |\n| ", " |"),
}
PLACED: Mapping[str, Callable[[int], str]] = {
    f"{piece!r} {place}": body(piece, *around) for piece in [*OPENERS, *CHAINS] for place, around in PLACES.items()
}


def other_names(piece: str) -> Callable[[int], str]:
    """Properties of ever other names, each with the same value."""
    return lambda size: "".join(f"k{at}:{piece}\n" for at in range(size // 10))


MISREAD: Mapping[str, Callable[[int], str]] = {
    **{f"{piece!r} below a name": body(piece, "names:\n") for piece in ("  -x\n", "  - [[x]]\n")},
    **{f"ever other names of {piece!r}": other_names(piece) for piece in ("\n  -x", " [[x]]")},
}
"""Blocks that YAML takes, and reads otherwise than their writer means."""
BLOCKS: Mapping[str, Callable[[int], str]] = {
    **{
        f"{piece!r} as a value": body(piece, "a: ")
        for piece in (
            "[",
            "{",
            "[a, ",
            "{a: ",
            "- ",
            "? ",
            "? a: ",
            "'",
            '"',
            '"\\',
            "&a ",
            "*a ",
            "!a ",
            "| ",
            "a: ",
            "a #",
            "#",
            "1",
            "1e",
            "0x",
            "1:",
            "2024-01-01",
            "\t",
            ", ",
            "-",
            "a ",
            ": ",
            "\\u00e9",
            "[[a]]",
            "<%",
            "{{",
            "<% {{a}} ",
            "é",
            "量",
            "''",
        )
    },
    **{
        f"{piece!r} as lines": body(piece)
        for piece in (
            "a: b\n",
            "a:\n",
            "- a\n",
            " - a\n",
            "# a\n",
            "? a\n",
            "&a a: *a\n",
            "a: |\n  b\n",
            "a: >\n\n",
            "a: [\n",
            'a: "\n',
            "b\n",
            "\n",
            "  \n",
        )
    },
    "ever other keys": lambda size: "".join(f"key{at}: value\n" for at in range(size // 14)),
    "links": lambda size: "".join(f'key{at}: "[[x]]"\n' for at in range(size // 16)),
    "a key, then blanks": lambda size: "a" + " " * size + ':x\nk: "[[x]]"\n',
    "one long key": lambda size: "k" * size + ": v\n",
    "one long key that ends in nothing": lambda size: "k " * (size // 2) + "\n",
    "anchors and aliases": lambda size: "".join(f"a{at}: &x{at} [b]\nb{at}: *x{at}\n" for at in range(size // 30)),
    "aliases of aliases": lambda size: (
        "a0: &x0 [b]\n" + "".join(f"a{at}: &x{at} [*x{at - 1}, *x{at - 1}]\n" for at in range(1, size // 32))
    ),
    "a list in steps": deep("- "),
    "ever deeper": lambda size: "".join("  " * at + f"a{at}:\n" for at in range(int(size**0.5))),
    "a list of many": lambda size: "aliases: [" + ", ".join(f"a{at}" for at in range(size // 8)) + "]\n",
    "tags of many": lambda size: "tags:\n" + "".join(f"  - a{at}\n" for at in range(size // 9)),
}


def cards(row: str, key: str = "nodes") -> Callable[[int], str]:
    """A canvas of many rows that differ in a number, or not even in that."""
    return lambda size: f'{{"{key}": [{",".join(row.replace("N", str(at)) for at in range(size // len(row)))}]}}'


CARDS: Mapping[str, Callable[[int], str]] = {
    "brackets": body("["),
    "closed brackets": nested("[", "]"),
    "objects": body('{"a":'),
    "objects in lists": body('[{"a":'),
    "strings": body('"a", ', '{"nodes": [', '"a"]}'),
    "quotes": body('"'),
    "backslashes": body("\\\\", '{"nodes": "', '"}'),
    "lines": body("\n", after="{}"),
    "one text card": body("[[", '{"nodes": [{"id": "1", "type": "text", "text": "', '"}]}'),
    "text cards": cards('{"id": "N", "type": "text", "text": "[[b]]"}'),
    "text cards of one name": cards('{"id": "1", "type": "text", "text": "# b"}'),
    "file cards of one file": cards('{"id": "N", "type": "file", "file": "a.md"}'),
    "cards of one name": cards('{"id": "1", "type": "file", "file": "a.md"}'),
    "arrows": cards('{"id": "N", "fromNode": "1", "toNode": "2", "label": "b"}', "edges"),
}
LISTS = {piece: body(piece) for piece in ("[", "]", "x[", "x]", "] ", ", ", "a", '"')}
NAMES: Mapping[str, Callable[[int], str]] = {
    f"{piece!r} in a name": body(piece)
    for piece in (
        "a",
        " ",
        ".",
        "-",
        "_",
        "(",
        ")",
        "1",
        "%",
        "%%",
        " (1)",
        " 2",
        "-Mac",
        "conflicted copy ",
        "Conflicted copy ",
        ".sync-conflict-",
        "_conflict-",
        " 2024-01-01",
        "2024-01-01 1",
        "2024-W",
        "年",
        "2024年",
        "COM1",
        "#",
        "^",
        "[",
        "|",
        ":",
        "\u200b",
        "~",
        "=",
        "'",
        "/",
        "x/",
        "é",
        "1h ",
        "1 ",
        "第",
    )
}

# ---------------------------------------------------------------- who reads it


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
    kinds = (filenames.safe, filenames.conflict_of, filenames.placeholder_of)
    return [asked_of(text) for asked_of in kinds], list(filenames.maybe_copies_of(text))


def of_days(text: str) -> object:
    """Ask which day or span a name says."""
    return day(text), named_day(text), windows.named("week", text), windows.named("month", text)


def formatted(text: str) -> object:
    """Use a text as the format of a date."""
    return moment.written(NOW, text, ENGLISH), moment.name_pattern(text[:500], ENGLISH)


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
def test_twice_the_text_takes_about_twice_as_long(reader: str) -> None:
    """Small enough to be tried each time, large enough to show a square."""
    assert _dear(reader, (5 * KB, 10 * KB, 20 * KB)) == {}


def test_there_are_families_enough() -> None:
    """Each is another way to cost much; no reader is tried on a few only."""
    assert sum(map(len, (TEXTS, BLOCKS, CARDS, NAMES, LISTS))) > 200


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_eight_times_the_text_takes_about_eight_times_as_long(reader: str) -> None:
    """Up to 80 kB."""
    assert _dear(reader, SIZES) == {}
