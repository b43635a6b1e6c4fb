"""What we would write into a vault: addresses, links, file names and properties, each read back as it was meant."""

import json
import re
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from conftest import CASES
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from vault_tools.dialect import filenames
from vault_tools.dialect.conflict_names import ConflictCopy, conflict_of, maybe_copies_of
from vault_tools.dialect.properties import dump
from vault_tools.dialect.uri import address, in_markdown, uri
from vault_tools.graph.linktext import Linktext
from vault_tools.graph.resolve import Resolver
from vault_tools.model.vocabulary import LinkFormat
from vault_tools.parse import frontmatter
from vault_tools.parse.edit import PropertiesError, add
from vault_tools.parse.inline import scan
from vault_tools.parse.note import clean

laws = partial(settings, deadline=None, derandomize=True)

BY_ID = {case["id"]: case for case in CASES}


def area(name: str) -> list[str]:
    """Name the cases of an area."""
    return [key for key, case in BY_ID.items() if case["area"] == name]


def expected(key: str, what: str) -> Any:
    """Give what a case expects."""
    return BY_ID[key]["expect"][what]


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("key", area("uri"))
def test_an_address_is_encoded_as_obsidian_does(key: str) -> None:
    """Each value as `encodeURIComponent` has it, the subpath with its file."""
    parameters = dict(expected(key, "uri"))
    wanted = parameters.pop("uri")
    assert address(**parameters) == wanted


def test_a_file_is_opened_by_vault_and_path() -> None:
    """The short way to the address that is wanted most."""
    assert uri("v", "a/b", "#^id") == "obsidian://open?vault=v&file=a%2Fb%23%5Eid"
    assert address("choose-vault") == "obsidian://choose-vault"


@laws(max_examples=200)
@given(st.text(st.characters()), st.text(st.characters()))
@example("v", "\ud800")
@example("v", "a) [x](y")
def test_an_address_in_markdown_is_one_external_link(vault: str, file: str) -> None:
    """Whatever the names, half a surrogate pair included, nothing ends the link early."""
    link = in_markdown(uri(vault, file))
    found = scan(f"[x]({link})(")
    assert (found.links, found.urls) == ([], [(4, link)])
    assert not set(link) & set("()'*!\"<>")


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("key", area("link-writing"))
def test_a_link_is_written_as_obsidian_writes_it(key: str) -> None:
    """In each of its three formats, and in Markdown."""
    links = Linktext(Resolver(BY_ID[key]["files"]))
    for row in expected(key, "written"):
        markdown = row["useMarkdownLinks"]
        assert links.written(row["to"], row["from"], row["newLinkFormat"], markdown=markdown) == row["out"]


@pytest.mark.parametrize(
    ("paths", "target", "form", "wanted"),
    [
        (["x/v1.2", "x/v1.2.md"], "x/v1.2.md", "shortest", "[[v1.2.md]]"),
        (["x/a.md", "x/a.md.md"], "x/a.md.md", "shortest", "[[a.md.md]]"),
        (["y/s/N.md", "s/N.md"], "y/s/N.md", "relative", "[[./s/N]]"),
        (["y/N.md", "N.md"], "y/N.md", "relative", "[[./N]]"),
        (["y/N.md", "N.md"], "N.md", "relative", "[[../N]]"),
        (["y/s/N.md", "N.md"], "N.md", "shortest", "[[N]]"),
        (["Cafe\u0301.md"], "Cafe\u0301.md", "shortest", "[[Café]]"),
    ],
)
def test_more_of_the_path_is_written_where_less_means_another_file(
    paths: list[str], target: str, form: LinkFormat, wanted: str
) -> None:
    """The name of a namesake, of an attachment, or of a file at the root needs more to be told apart."""
    assert Linktext(Resolver(paths)).written(target, "y/src.md", form) == wanted


def test_a_link_shows_leads_into_and_embeds() -> None:
    """What stands beside the path: text, heading or block, the mark of an embed."""
    written = Linktext(Resolver(["src.md", "x/My Note.md", "x/pic (1).png"])).written
    assert written("x/My Note.md", "src.md", display="it|s") == "[[My Note|it|s]]"
    assert written("x/My Note.md", "src.md", display="My Note") == "[[My Note]]"
    assert written("x/My Note.md", "src.md", subpath="#A b") == "[[My Note#A b]]"
    assert written("x/My Note.md", "src.md", subpath="#^id", markdown=True) == "[My Note](My%20Note.md#^id)"
    assert written("src.md", "src.md", subpath="#A") == "[[#A]]"
    assert written("x/pic (1).png", "src.md", embed=True, display="300") == "![[pic (1).png|300]]"
    assert written("x/pic (1).png", "src.md", embed=True, markdown=True) == "![](pic%20%281%29.png)"


def test_a_markdown_link_keeps_every_script_readable() -> None:
    """As in the app, only what would break the link is encoded."""
    assert (
        Linktext(Resolver(["字/100% ü.md"])).written("字/100% ü.md", "a.md", markdown=True) == "[100% ü](100%25%20ü.md)"
    )


@pytest.mark.parametrize("name", ["a#b", "a^b", "a[b]", "a|b", "a%%b", "a: b", "a\\b", "a\nb", " a", "a\ud800"])
def test_a_name_that_no_wikilink_can_say_gets_none(name: str) -> None:
    """Better no link than one that leads elsewhere."""
    assert Linktext(Resolver([f"{name}.md"])).written(f"{name}.md", "src.md", "shortest") is None


def test_a_text_to_show_that_would_end_the_link_gets_none() -> None:
    """In a wikilink nothing can be escaped; in a Markdown link it can."""
    written = Linktext(Resolver(["a.md"])).written
    assert written("a.md", "b.md", display="x]] [[y") is None
    assert written("a.md", "b.md", display="x\ny") is None
    assert written("a.md", "b.md", display="x](y) [[z]]\n", markdown=True) == r"[x\](y) \[\[z\]\] ](a.md)"


NAMES = (
    *("a", "A", "b", "v1.2", "a.md", "é", "e\u0301", "字", "a b", "a\u00a0b", "#", "^", "[", "]", "|", "%%", "%41"),
    *("(", ")", "a)b(", "<a>", "`", "$1$", "&amp;", "http:", "x:y", "..", " a", "a ", "\\", "!", "🟨", "*_~="),
)
names = st.sampled_from(NAMES) | st.text(min_size=1, max_size=3).filter(lambda name: "/" not in name)
parts = st.lists(names, min_size=1, max_size=3).map("/".join)
files = st.tuples(parts, st.sampled_from([".md", ".md", ".md", ".png", ""])).map("".join)
shown = st.sampled_from(["x", "a|b", "]]", "[", "[x](y)", "`", "\\", "$"]) | st.text(max_size=3)


@laws(max_examples=600)
@given(
    paths=st.lists(files, min_size=1, max_size=6, unique=True),
    data=st.data(),
    form=st.sampled_from(["shortest", "relative", "absolute"]),
    display=st.none() | shown,
    markdown=st.booleans(),
    embed=st.booleans(),
)
def test_a_link_that_is_written_finds_its_file(
    paths: list[str], data: st.DataObject, form: LinkFormat, display: str | None, *, markdown: bool, embed: bool
) -> None:
    """Read back, the text is one link, whatever the vault, and it means the file it was written for."""
    target, source = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(paths))
    text = Linktext(Resolver(paths)).written(target, source, form, markdown=markdown, display=display, embed=embed)
    if text is None:
        return
    (link,) = scan(text).links
    assert (link.start, link.end, link.embed) == (0, len(text), embed)
    assert link.syntax == ("markdown" if markdown else "wikilink")
    assert Resolver(paths).resolve(link.target, source) == target


@laws(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(["a", "b", "v1.2", "字", "x y"]), min_size=1, max_size=3), min_size=1))
def test_every_note_with_a_plain_name_can_be_linked(folders: list[list[str]]) -> None:
    """From anywhere, in each format and both ways to write it."""
    paths = sorted({"/".join(path) + ".md" for path in folders})
    links = Linktext(Resolver(paths))
    for target in paths:
        for form in ("shortest", "relative", "absolute"):
            assert links.written(target, paths[0], form)
            assert links.written(target, paths[0], form, markdown=True)


# ---------------------------------------------------------------- file names


def test_a_title_becomes_a_name_that_every_system_takes() -> None:
    """What the app itself refuses is dashed or left out."""
    for key in ("X001", "X004"):
        case = expected(key, "filename")
        assert filenames.safe(case["in"]) in case["out_options"]
    assert not set(filenames.safe("A/B: C?") or "") & set(expected("X001", "filename")["forbidden"].split())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Note #1 ^x [y] | z", "Note 1 x y z"),
        ("12:30", "12-30"),
        ("a\nb\u00a0 c", "a b c"),
        ("e\u0301", "é"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("Console", "Console"),
        ("%?%", "%"),
        ("  x . ", "x"),
        ("字" * 100, "字" * 80),
        (".hidden", None),
        ("?.hidden", None),
        ("...", None),
        ("?", None),
        ("", None),
    ],
)
def test_a_title_is_changed_no_more_than_it_must(title: str, name: str | None) -> None:
    """None where nothing is left, or where Obsidian would not see the note (X003)."""
    assert filenames.safe(title) == name


@laws(max_examples=500)
@given(
    st.text()
    | st.text(st.sampled_from("%?:|./\\ #^[]\u0301eCONcom1\u00a0\ufeff<\u0338"), max_size=12)
    | st.text(min_size=200)
)
def test_a_safe_name_is_safe_and_stays(title: str) -> None:
    """Made safe twice, it is the same; links can say it; a file system takes it."""
    name = filenames.safe(title)
    if name is None:
        return
    assert filenames.safe(name) == name == unicodedata.normalize("NFC", name)
    assert not filenames.breaks_links(name)
    assert not set(name) & set('*"\\/<>:|?#^[]\n\t\0')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert 0 < len(name.encode()) <= filenames.LONGEST


def test_names_that_break_links_are_told() -> None:
    """X002, one by one."""
    case = expected("X002", "filename")
    assert filenames.breaks_links(case["in"])
    assert all(filenames.breaks_links(f"a{char}b") for char in case["link_breaking"].split())
    assert not filenames.breaks_links("100% – plain (1).md")


def test_drafts_are_hidden_and_other_temporary_files_are_not() -> None:
    """X005: Obsidian sees every name that starts with no dot."""
    case = expected("X005", "temp_file")
    assert all(filenames.is_hidden(path) for path in (*case["good"], ".trash/a.md"))
    assert not any(filenames.is_hidden(path) for path in (*case["bad"], case["target"], "a.b/c.md"))


@pytest.mark.parametrize("name", expected("X007", "conflict_names"))
def test_conflict_copies_of_obsidian_sync_and_syncthing_are_known(name: str) -> None:
    """X007, by name alone."""
    found = conflict_of(name)
    assert found is not None
    assert found.original == "Note.md"


@pytest.mark.parametrize(
    ("name", "original", "service"),
    [
        ("A (b) (Conflicted copy iPad (2) 202405061305).canvas", "A (b).canvas", "Obsidian Sync"),
        ("a.b.sync-conflict-20240506-130509-ABCDEFG.tar", "a.b.tar", "Syncthing"),
        ("Makefile.sync-conflict-20240506-130509", "Makefile", "Syncthing"),
        ("Note (Anna's conflicted copy 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Anna (Work)'s conflicted copy 2024-05-06 1).md", "Note.md", "Dropbox"),
        ("v1.2 (conflicted copy 2024-05-06)", "v1.2", "Dropbox"),
        ("Note (conflicted copy).md", "Note.md", "Dropbox"),
        ("Note (conflicted copy 2024-05-06 130509).md", "Note.md", "Nextcloud"),
        ("Note (conflicted copy anna 2024-05-06 130509).png", "Note.png", "Nextcloud"),
        ("Note_conflict-20240506-130509.md", "Note.md", "ownCloud"),
        ("Note (SFConflict anna@example.org 2024-05-06-13-05-09).md", "Note.md", "Seafile"),
        ("Note_laptop_May-06-130509-2024_Conflict.md", "Note.md", "Synology Drive"),
        ("My_Note_DESKTOP-AB12CD3_May-06-1305-2024_CaseConflict.md", "My_Note.md", "Synology Drive"),
        ("Note [conflicted].md", "Note.md", "pCloud"),
        ("Note (Anna's modstridende kopi 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Case Conflict).md", "Note.md", "Dropbox"),
        ("Note (Case Conflict 1).md", "Note.md", "Dropbox"),
        ("Note (Unicode Encoding Conflict (2)).md", "Note.md", "Dropbox"),
        ("Note (Annas in Konflikt stehende Kopie 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Copie en conflit de Anna B 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Copia en conflicto de PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Copia in conflitto di PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Co\u0301pia em conflito de PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Конфликтующая копия с компьютера PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (平川 の競合コピー 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Anna 的冲突副本 2024-05-06).md", "Note.md", "Dropbox"),
        ("P（冲突副本 2024-01-01）.md", "P.md", "Dropbox"),
        ("笔记 （Anna（公司）的冲突副本 2024-05-06）.md", "笔记.md", "Dropbox"),
        ("Note (Anna와(과) 충돌하는 사본 2024-05-06).md", "Note.md", "Dropbox"),
        ("A (x's conflicted copy 2024-05-06) (y's conflicted copy 2024-05-07).md",
         "A (x's conflicted copy 2024-05-06).md", "Dropbox"),
    ],
)  # fmt: skip
def test_a_conflict_copy_names_its_original(name: str, original: str, service: str) -> None:
    """Any suffix, any device, in the languages in which such names were met."""
    assert conflict_of(name) == ConflictCopy(original, service)


@pytest.mark.parametrize(
    "name",
    [
        *("Note.md", "Note 2.md", "Romeo and Juliet (Conflicts between families).md", "Git (Conflict resolution).md"),
        *("The conflicted copy.md", "Note (on the conflicted copy).md", "(Case Conflict).md", "()).md", ".md", ""),
        *("sync-conflict.md", ".sync-conflict-20240506-130509-ABCDEFG.md", "Note (2024-05-06).md"),
        *("笔记（2024-05-06）.md", "（冲突副本 2024-01-01）.md", "笔记（）.md"),
    ],
)
def test_other_names_are_no_conflict_copies(name: str) -> None:
    """Words alone do not make one."""
    assert conflict_of(name) is None


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("Note 2.md", [("Note.md", "2")]),
        ("Note 1.md", [("Note.md", "1")]),
        ("Note (1).md", [("Note.md", "1")]),
        ("Note-DESKTOP-AB12CD3.md", [("Note-DESKTOP.md", "AB12CD3"), ("Note.md", "DESKTOP-AB12CD3")]),
        ("Note-WIN-ABCDEFGH123.canvas", [("Note-WIN.canvas", "ABCDEFGH123"), ("Note.canvas", "WIN-ABCDEFGH123")]),
        ("Note-Anna’s iMac 2.md", [("Note-Anna’s iMac.md", "2"), ("Note.md", "Anna’s iMac 2")]),
        ("Note - Anna.md", [("Note.md", "Anna")]),
        ("Note-PC.md", [("Note.md", "PC")]),
        *((name, []) for name in ("Note 2024.md", "2.md", "2024-05-06.md", "-x.md", "Note.md", "(2).md", " 2.md", "")),
    ],
)
def test_a_name_that_may_be_a_copy_names_what_must_stand_beside_it(name: str, copied: list[tuple[str, str]]) -> None:
    """Whether it is one, its neighbour says; a year, a day or a first part names none."""
    assert list(maybe_copies_of(name)) == copied
    assert conflict_of(name) is None


def test_a_placeholder_names_the_note_that_is_elsewhere() -> None:
    """ICloud leaves it in place of a note that it took off this disk."""
    assert filenames.placeholder_of(".Note.md.icloud") == "Note.md"
    assert [filenames.placeholder_of(name) for name in ("Note.md.icloud", "..icloud", ".icloud", ".a.md")] == [None] * 4


HOSTILE = (
    *("a", " ", ".", "(", ")", "()", "-", "-a", " 2", "%", "2024-01-01 ", "-Annas-MacBook", ".sync-conflict-20240506"),
    *(
        "(Conflicted copy ",
        "conflicted copy 2024-05-06 ",
        "_conflict-",
        "字",
        ".icloud",
        ".sync-conflict-20240506-130509-",
    ),
)


@pytest.mark.parametrize(
    "read",
    [
        *(filenames.safe, conflict_of, lambda name: list(maybe_copies_of(name))),
        *(filenames.placeholder_of, filenames.breaks_links),
    ],
)
@pytest.mark.parametrize("seed", HOSTILE, ids=repr)
def test_time_grows_with_the_length_of_a_name(read: Callable[[str], object], seed: str) -> None:
    """A name eight times as long takes some eight times as long, not sixty-four; a busy machine may try again."""

    def seconds(size: int) -> float:
        name = f"n ({seed * size}x).md"
        begin = time.perf_counter()
        read(name)
        return time.perf_counter() - begin

    longest = 100_000 // len(seed)
    assert any(seconds(longest) < 8 * 3 * max(seconds(longest // 8), 0.001) for _ in range(4))


# ---------------------------------------------------------------- properties


def read(text: str) -> frontmatter.Frontmatter:
    """Read the properties of a note as the parser does."""
    return frontmatter.read(clean(text))


def test_properties_are_written_as_obsidian_writes_them() -> None:
    """X008, byte for byte."""
    case = expected("X008", "yaml_write")
    assert dump(case["in"]) == case["out"]


def test_what_is_nested_stands_below_its_name() -> None:
    """Maps and lists in each other, and text of more than one line."""
    values = {
        "map": {"a": 1, "b": {"c": [True, None, {}]}, "d": {}},
        "list": [{"x": 1.5, "y": [1]}, [["a"], "b"], "one\n\n  two\n"],
        "text": "one\ntwo: #",
    }
    assert dump(values) == (
        "map:\n  a: 1\n  b:\n    c:\n      - true\n      -\n      - {}\n  d: {}\n"
        "list:\n  - x: 1.5\n    y:\n      - 1\n  - - - a\n    - b\n  - |\n    one\n\n      two\n"
        "text: |-\n  one\n  two: #\n"
    )
    assert read(f"---\n{dump(values)}---\n").values == values


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1e5",
            "0x1F",
            "null",
            "~",
            "true",
            "007",
            "-1",
            ".5",
            "+1.",
            ".inf",
            ".NaN",
            "",
            " a",
            "a ",
            "[[x]]",
            "![[x]]",
        ),
        *("a: b", "a:", "a #b", "#tag", "- x", "-", "? x", "@x", "`x`", "%x", "*x", "&x", "!x", "|", ">", '"x"', "'x'"),
        *("{{title}}", "--- x", "... x", "a\tb", "a\x85b", "a\u2028b", "\ufeff", "\x00", "a\r\nb", "\n", "a\n ", "\na"),
    ],
)
def test_text_that_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    """As value, in a list and as name; what is quoted stands on one line."""
    assert dump({"k": text}).startswith('k: "')
    assert dump({"k": text}).count("\n") == 1
    values = {text: text, "list": [text]}
    assert read(f"---\n{dump(values)}---\n").values == values


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01",
        "12:30",
        "yes",
        "http://x.y/#z",
        "a [[x]]",
        "-x",
        ":x",
        "?",
        "1_000",
        "字：句",
        "🟨",
        "a, b",
        "=",
        "<<",
    ],
)
def test_text_that_is_plain_stays_plain(text: str) -> None:
    """Dates are text to Obsidian, and so is `yes`."""
    assert dump({"k": text}) == (f"k: {text}\n" if text != "?" else 'k: "?"\n')


TEXTS = (
    *("a", "字", "🟨", ":", ": ", "#", " #", "-", "- x", "?", "[[x]]", '"', "'", "\\", "\n", " ", "\t", "|", ">", "&a"),
    *("1e5", "0x1F", "0o7", "null", "~", "true", "2024-01-01", "12:30", ".inf", "---", "...", "\r", "\x85", "\u2028"),
    *("{", "}", "[", "]", ",", "*", "!", "%", "@", "`", "=", "<<", "\ufeff", "\ufffe", "\x7f", "\U0001fffe"),
)
some_text = st.lists(st.sampled_from(TEXTS), max_size=5).map("".join) | st.text(max_size=12)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    some_text,
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(some_text, inner, max_size=3),
    max_leaves=8,
)
properties = st.dictionaries(some_text, json_values, min_size=1, max_size=4)


@laws(max_examples=1000)
@given(properties)
def test_properties_that_are_written_are_read_back(values: dict[str, Any]) -> None:
    """Whatever JSON can say, to the type of the number; names that are whole numbers come first, as in JavaScript."""
    found = read(f"---\n{dump(values)}---\n")
    assert found.values == values
    assert json.dumps(found.values) == json.dumps(_in_order(values))


def _in_order(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    index = re.compile("0|[1-9][0-9]{0,8}")
    numbers = sorted((key for key in value if index.fullmatch(key)), key=int)
    return {key: _in_order(value[key]) for key in [*numbers, *(key for key in value if key not in numbers)]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "---\nk: v\n---\n"),
        ("text", "---\nk: v\n---\ntext"),
        ("\ufeffa\r\nb", "\ufeff---\r\nk: v\r\n---\r\na\r\nb"),
        ("---\n---", "---\nk: v\n---"),
        ("---\n# only a remark\n---\n", "---\n# only a remark\nk: v\n---\n"),
        ("---\nb: 1 # one\n\na:   [x]\n---\ntext\n", "---\nb: 1 # one\n\na:   [x]\nk: v\n---\ntext\n"),
        ("---\r\nb: |\r\n  x\r\n---\r\ny\n", "---\r\nb: |\r\n  x\r\nk: v\r\n---\r\ny\n"),
        ("---\nK: other\n---\n", "---\nK: other\n---\n"),
        ("---\n'k': \n---\n", "---\n'k': \n---\n"),
        ("---\n\nrule above", "---\nk: v\n---\n---\n\nrule above"),
    ],
)
def test_a_property_is_added_below_the_others(text: str, wanted: str) -> None:
    """X006: line ends, byte order mark, order, remarks and the end of the file stay."""
    assert add(text, {"k": "v"}) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b: c\n---\n",
        "---\na: 1\n\ntext",
        "---\n{a: 1}\n---\n",
        "---\n  a: 1\n---\n",
        "---\n- x\n---\n",
        "---\na: 1\n...\n---\n",
    ],
)
def test_properties_that_take_no_more_lines_are_left_alone(text: str) -> None:
    """What cannot be read, or is written in one line, is the user's to mend."""
    with pytest.raises(PropertiesError):
        add(text, {"k": "v"})
    assert add("---\n{a: 1}\n---\n", {"A": "v"}) == "---\n{a: 1}\n---\n"


ROWS = (
    *("a: 1", "b:", "tags: [x]", "Up: '[[x]]'", "# remark", "", "c: |\n  x", "d: >+\n  x\n", "e:\n  - x", "'f': g"),
    'h: "x\n  y"',
)
blocks = st.none() | st.lists(st.sampled_from(ROWS), unique=True, max_size=5)
bodies = st.lists(st.sampled_from(["", "text", "---", "# T", "字"]), max_size=5)
additions = st.dictionaries(
    st.sampled_from(["a", "A", "up", "k", "tags", "x y", "字:"]) | some_text, json_values, max_size=3
)


@laws(max_examples=600)
@given(blocks, bodies, additions, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_adding_properties_changes_nothing_but_the_lines_added(
    block: list[str] | None, body: list[str], values: dict[str, Any], end: str, mark: str
) -> None:
    """One run of lines is put in; every other byte stays, what was read is read still, and a second time adds none."""
    front = "" if block is None else "---\n" + "".join(f"{row}\n" for row in block) + "---\n"
    text = mark + (front + "\n".join(body)).replace("\n", end)
    old = read(text).values or {}
    assume(block is not None or not old)
    try:
        changed = add(text, values)
    except PropertiesError:
        assert read(text).problems
        return
    grown = len(changed) - len(text)
    assert any(changed[:at] + changed[at + grown :] == text for at in range(len(text) + 1))
    if end in text:
        assert set(changed) & {"\r", "\n"} == set(end)
    taken = {name.lower() for name in old}
    now = read(changed).values or {}
    assert list(now)[: len(old)] == list(old)
    assert {name: now[name] for name in old} == old
    assert {name.lower() for name in now} == taken | {name.lower() for name in values}
    assert add(changed, values) == changed
