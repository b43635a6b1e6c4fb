"""Which nodes a search of Obsidian's finds: what the groups of its graph are coloured by."""

import time
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_tools.dialect.query import first_found
from vault_tools.model.graph import Node
from vault_tools.model.note import Note, Tag, Value

TEXTS = {
    "Daily notes/2024-05-01.md": "Meeting about work.\nMix the flour.\n\n- [ ] call Anna\n- [x] email Bob\n",
    "Projects/Star wars.md": "# Plan\nThe star of many wars.\n\n# End\nStar Wars\n",
    "Projects/Meetup.md": "A personal meetup, and flour.\n\nMix it.\n",
    "知识/量化.md": "量化把权重变小。",
    "Boards/Wall.canvas": '{"nodes": [{"text": "on the wall"}]}',
}
PROPERTIES: dict[str, dict[str, Value]] = {
    "Daily notes/2024-05-01.md": {"type": "log", "status": "Draft", "done": True, "pages": 3, "empty": None},
    "Projects/Star wars.md": {"type": "core-topic", "status": ["Published", "Seen"], "pages": 12, "odd:name": "x"},
}
TAGS = {"Projects/Meetup.md": ("#work",), "知识/量化.md": ("#work/deep", "#Math")}


def note(path: str) -> Node:
    """A note as the resolver would hand it over; its last tag stands in the text."""
    tags = TAGS.get(path, ())
    written = Note(
        path, "digest", PROPERTIES.get(path), tags=tags[:1], body_tags=tuple(Tag(tag, 1, 0) for tag in tags[1:])
    )
    kind = "canvas" if path.endswith(".canvas") else "note"
    return Node(path, kind, path.rpartition("/")[2].removesuffix(".md"), "note", note=written)  # type: ignore[arg-type]


NODES = [
    *map(note, TEXTS),
    Node("Pictures/star.jpg", "attachment", "star.jpg", ""),
    Node("tag://work", "tag", "#work", ""),
    Node("missing://Star chart", "missing", "Star chart", ""),
]


def found(query: str) -> set[str]:
    """The last parts of the names of all nodes that a query finds."""
    numbers = first_found([query], NODES, lambda path: TEXTS[path])
    return {node.id.rpartition("/")[2] for node, number in zip(NODES, numbers, strict=True) if number}


DAY, STAR, MEETUP, CHINESE, WALL, PICTURE = (
    "2024-05-01.md",
    "Star wars.md",
    "Meetup.md",
    "量化.md",
    "Wall.canvas",
    "star.jpg",
)
ALL = {node.id.rpartition("/")[2] for node in NODES}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("meeting work", {DAY}),
        ("MEETING", {DAY}),
        ("量化", {CHINESE}),
        ("projects", {STAR, MEETUP}),  # notes by their path as well; other files not
        ("star", {STAR}),
        ("wall", {WALL}),
        ('"star wars"', {STAR}),
        ('"star of many"', {STAR}),
        ('"wars star"', set()),
        (r'"said \"x\""', set()),
        ("meeting OR meetup", {DAY, MEETUP}),
        ("meeting work OR meetup personal", {DAY, MEETUP}),
        ("flour (work OR personal)", {DAY, MEETUP}),
        ("flour -work", {MEETUP}),
        ("flour -(work meeting)", {MEETUP}),
        ("flour -work -meetup", set()),
        ("-path:Projects -path:notes", ALL - {DAY, STAR, MEETUP}),
        ("path:projects", {STAR, MEETUP}),
        ('path:"Daily notes/2024"', {DAY}),
        ("path:(daily OR boards)", {DAY, WALL}),
        ("file:.jpg", {PICTURE}),
        ("file:star", {STAR, PICTURE}),
        ("file:projects", set()),
        ("path:star", {STAR, PICTURE}),
        ("content:projects", set()),
        ("content:flour", {DAY, MEETUP}),
        ("tag:#work", {MEETUP, CHINESE, "work"}),
        ("tag:work/deep", {CHINESE}),
        ("tag:#wor", set()),
        ("tag:math", {CHINESE}),
        ("tag:(#math OR #nothing)", {CHINESE}),
        ("line:(mix flour)", {DAY}),
        ("block:(mix flour)", {DAY}),
        ("section:(plan many)", {STAR}),
        ("section:(plan end)", set()),
        ("task:call", {DAY}),
        ("task-todo:(call OR email)", {DAY}),
        ("task-todo:email", set()),
        ("task-done:email", {DAY}),
        ("match-case:Meeting", {DAY}),
        ("match-case:meeting", set()),
        ("match-case:(path:projects)", set()),
        ("match-case:meeting OR ignore-case:MEETUP", {MEETUP}),
        ("[status]", {DAY, STAR}),
        ("[Status:draft]", {DAY}),
        ("[status:draft OR published]", {DAY, STAR}),
        ('["type":core-topic]', {STAR}),
        ("[type:topic]", {STAR}),
        ('["odd:name":x]', {STAR}),
        ("[pages:>5]", {STAR}),
        ("[pages:<5]", {DAY}),
        ("[empty:null]", {DAY}),
        ("[done:true]", {DAY}),
        ("-[type]", ALL - {DAY, STAR}),
        (r"path:/\d{4}-\d{2}-\d{2}/", {DAY}),
        ("/^star w/", {STAR}),
        ("path:/[a-z]/ file:/s$|md$/", {DAY, STAR, MEETUP, CHINESE, WALL}),
        ("path:/^(?:daily|boards).*\\.(md|canvas)$/", {DAY, WALL}),
        ("/(star){1} w|me+tup/", {STAR, MEETUP}),
        ("path: projects", {STAR, MEETUP}),
        ("flour)", {DAY, MEETUP}),
        ("(flour", {DAY, MEETUP}),
        ('"flour', {DAY, MEETUP}),
        ("OR flour", {DAY, MEETUP}),
        ("ORflour", set()),
        ("https://x", set()),
    ],
)
def test_a_query_finds_what_the_help_of_obsidian_says(query: str, wanted: set[str]) -> None:
    """By the rules of Obsidian's help on search."""
    assert found(query) == wanted


@pytest.mark.parametrize(
    "query",
    [
        "", "  ", "()", "OR", "path:", "a ) b", "line:(tag:x)", "[a:[b]]", "[x:", "(" * 99 + "a", "-" * 99 + "a",
        "a" * 5000, r"/(?=a)/", r"/(a)\1/", "/[/", "/a**/", "/a{1001}/", "/[b-a]/", "/(?<=a)b/", "/(?P<a>b)/",
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_a_query_that_is_not_understood_finds_nothing(query: str) -> None:
    """Nor does its opposite: a group that nobody can read shall not colour the whole map."""
    assert found(query) == set()
    if query.strip() and not query.startswith("-"):
        assert found(f"-{query}") == set()


PIECES = st.sampled_from(
    [
        "path:",
        "tag:",
        "line:",
        "match-case:",
        "[",
        "]",
        ":",
        "(",
        ")",
        '"',
        "\\",
        "-",
        "OR",
        " ",
        "/",
        "a",
        "#",
        "字",
        "{9}",
        "|",
    ]
)


@given(st.lists(st.text(max_size=8) | PIECES, max_size=20).map("".join))
def test_any_text_is_a_query_that_finds_the_same_twice(query: str) -> None:
    """It never raises, and finds the same when it is asked twice."""
    assert found(query) == found(query)


@given(st.text(st.characters(exclude_characters='()"[]/\\:-', exclude_categories=["Cs", "Z", "C"]), min_size=1))
def test_a_plain_word_finds_the_notes_that_hold_it(word: str) -> None:
    """Whatever the word, and whatever stands around it."""
    texts = {"A.md": f"x {word} y", "B.md": ""}
    nodes = [Node(path, "note", path, "note", note=Note(path, "")) for path in texts]
    numbers = first_found([word], nodes, texts.__getitem__)
    assert numbers[0] == (word != "OR")
    assert numbers[1] == (word.lower() in "b.md")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("other", ["NFC", "NFD"])
def test_a_query_finds_an_accent_in_either_unicode_form(
    form: Literal["NFC", "NFD"], other: Literal["NFC", "NFD"]
) -> None:
    """One sign or two, in the vault as in the query: two devices may differ in this."""
    word, accent = (unicodedata.normalize(form, text) for text in ("Café", "é"))
    written = Note(f"{word}.md", "", {f"{word}s": [word]}, tags=(f"#{word}",))
    node, other_node = (Node(f"{path}.md", "note", path, "note", note=written) for path in (word, "Other"))
    for query in ("café", "path:Café", "file:café", "tag:café", "[cafés]", "[cafés:café]", "match-case:Café", "/Caf.$/",
                  "/caf[é]/", '"Café"', "line:café"):  # fmt: skip
        asked = unicodedata.normalize(other, query)
        assert first_found([asked], [node], lambda _: word) == [1], query
    assert first_found([unicodedata.normalize(other, "content:é")], [other_node], lambda _: accent) == [1]


def test_the_first_query_that_finds_a_node_counts() -> None:
    """The others are not asked any more."""
    queries = ["(", "path:Boards", "tag:#work", "flour"]
    assert first_found(queries, NODES, TEXTS.__getitem__) == [4, 0, 3, 3, 2, 0, 3, 0]


def test_a_query_reads_the_text_of_a_note_only_if_it_needs_it() -> None:
    """Neither for paths, tags and properties, nor where these decide already."""
    read: list[str] = []

    def text(path: str) -> str:
        read.append(path)
        return TEXTS[path]

    first_found(["path:x", "tag:#x OR [status:x]", "flour path:nowhere", "flour file:2024"], NODES, text)
    assert read == ["Daily notes/2024-05-01.md"]


@pytest.mark.parametrize(
    "query",
    ["/(a|a)*b/", "/(a+)+b/", "/a.*a.*a.*b/", "/a{20}[^b]{99}b/", "/[^b]{99}$/", "line:(a b)", "block:b", "section:b",
     "task:b", "[a:b]", '"a b"'],
)  # fmt: skip
@pytest.mark.parametrize("piece", ["a", "a\n", "- [ ] a\n", "# a\n", "\n \n"])
def test_no_expression_in_a_query_takes_long(query: str, piece: str) -> None:
    """Four times the text takes about four times as long, or less."""
    nodes = [Node("A.md", "note", "A", "note", note=Note("A.md", ""))]

    def spent(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        first_found([query], nodes, lambda _: text)
        return time.process_time() - start

    small, large = min(spent(20_000) for _ in range(3)), min(spent(80_000) for _ in range(2))
    assert large < 10 * small + 0.05
