"""Laws that hold for any text: parsing is total, its two paths agree, places are true, time is linear."""

import time
import unicodedata
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from vault_tools.graph.build import build
from vault_tools.graph.names import file_key
from vault_tools.graph.resolve import Resolver
from vault_tools.model.note import Note, Source
from vault_tools.model.vocabulary import Relation, Vocabulary
from vault_tools.parse import canvas, form, frontmatter
from vault_tools.parse.note import clean, parse

SAMPLE = Path(__file__).parents[2] / "sample_vault"
laws = partial(settings, deadline=None, derandomize=True)

INDENTS = ("", "", "", "", " ", "  ", "   ", "    ", "\t", "\t\t", " \t", "      ", "        ")
TRAILING = (*("",) * 9, " ", "  ", "\t")
MARKERS = (
    *("", "", "", "- ", "* ", "+ ", "-   ", "-\t", "-     ", "-", "1. ", "2. ", "1) ", "10. ", "999. ", "1.", "> "),
    *(">", "> - ", "- > ", "- - ", "1. - ", "- [ ] ", "- [x] ", "> [!note] ", "# ", "## ", "###### ", "#", "#\t"),
    *("- # ", "[^1]: ", "[ref]: ", "| ", "\\- ", "\u00a0"),
    *("100. ", "1234567890. "),
)
INLINE = (
    *("word", "two words", "字句", "한국", "🟨", "e\u0301", "\u00a0", "(", ")", "]", "[", "|", "\\", "*", "**", "_"),
    *("!", "[[a]]", "![[a.png]]", "[[a|b]]", "[[a\\|b]]", "[[a#h|b]]", "[[#^id]]", "[[字]]", "[[a", "a]]", "[[]]"),
    *("[[e\u0301]]", "[t](a.md)", "![t](a%20b.png)", "[t](<a b.md>)", '[t](a "title")', "[t](", "]("),
    *("[a [b](c) d](e)", "[^1]", "#tag", "#a/b", "#1", "#字", "#🟨", "**#t**", "\\#no", "#a#b", "x#no"),
    *("http://x.y/[[a]]", "<http://x.y>", "k:: v", "up:: [[a]]", "[k:: 1]", "(k:: [[a]], 2)", "**k**:: v", "::"),
    *("^id", "x ^id-1", "^", "%%c [[a]]%%", "%%", "`x [[a]]`", "``", "`", "$x$", "$", "$$", "$$x$$", "<b>"),
    *("<br>[[a]]", "<!-- [[a]] -->", "<!--", "-->", "</b>"),
    *("^[", "^[[a](b) c]", "[[b](b.md) c]", "[y](x/https://a.b)", "\u3000"),
)
LINES = (
    *("", "", "", "", "", " ", "\t", "    ", "---", "--", "-", "===", "=", "***", "- - -", "___", "* * *", "```"),
    *("~~~", "````", "```js", "~~~ `x`", "``` `x`", "$$", "%%", "<div>", "</div>", "<script>", "</script>", "<!--"),
    *("-->", "<pre>", "<?x", "?>", "<b>", "</split>", "| a | [[b\\|c]] |", "| - | - |", "| --- |", "a | b"),
    *(
        "--- | ---",
        "^id",
        "> ^id",
        "# Heading",
        "## [[a]] #t ^id",
        "#tag",
        "[a]: /url",
        "[^1]: [[a]]",
        "[^1]: a\n\n    [[b]]",
    ),
    *("> [!tip] T", "text", "- item", "1. one", "\u00a0", " \u2003\t", "> \u00a0", "$$x", "%% x"),
)
ROWS = (
    *("| a | [[b\\|c]] |", "| #t | [[a]] |  ", "| - | - |", "| - | - |", "|:-|-:| ", "| --- |", "|---", "| [[a]] |"),
    *(
        "| a | [[b]] \\|",
        "||",
        "| [[a]] | b | c |",
        "| a \\\\| [[b]] |",
        "|\ta | `[[b]]` |",
        "| a | b | ^id",
        "|",
        "x | y",
    ),
)
PROPERTIES = (
    *("a: 1", "tags: [x, y/z]", "tags: x, y", "aliases:\n  - A\n  - 甲", 'up: "[[a]]"', 'up:\n  - "[[a|b]]"'),
    *("up: [[a]]", "date: 2024-02-30", "n: 1.5e3", "n: .inf", "b: yes", "b: true", "k:", "k: {a: {b: '[[c]]'}}"),
    *("a: a: b", "- x", "x", "n: 18446744073709551616", "n: -9223372036854775809", "t: !x y", "t: &a [1]", "u: *a"),
    *("# c", "'q': |\n  [[a]]\n"),
)

KEYS = (
    *("a", "b", "c", "a b", "字", "a-b", "a.b", "2024", "k ", "a?b", "'q'", '"d"', "-x", "~", "null", "a:b", "a#b"),
    *(
        "a #b",
        "<<",
        ".",
        "...",
        "---",
        "?",
        "*a",
        "k" * 130,
        "",
        "\u00a0",
        "🟨",
        "a,b",
        "a[b",
        "[a",
        "{{a}}",
        "|",
        "\t",
    ),
)
VALUES = (
    *("", " ", "x", "two words", "  far  ", "字", "2024-05-06", "2024-05-06 12:30", "http://x.y/z#a", "a: b", "a:"),
    *(
        "a #c",
        "a#c",
        "#c",
        "-1",
        "- 1",
        "-",
        "--",
        "1.5e3",
        ".5",
        "5.",
        ".",
        "0x1F",
        "0o7",
        "010",
        "1_000",
        "~",
        "null",
    ),
    *("Null", "true", "yes", "TRUE", '"q"', '"q\\n"', '"a: b"', '""', "'q'", "'it''s'", "''", "'", '"', "[]", "[ ]"),
    *("[a]", "[a, 1]", "[a,b , c]", "[a, ]", "[,]", "[a: b]", "[[x]]", '"[[x]]"', "[a, [b]]", "[a?b]", "[ -1 ]", "[a"),
    *('["[[x]]"]', "['a', \"b, c\" , d]", '["a" b]', '["a",]', "['it''s']", '["a\\n"]', '[""]', "[a'b]", '[a, "b]'),
    *(
        "{}",
        "{a: b}",
        "|",
        ">-",
        "&a x",
        "*a",
        "!t x",
        "!!int 5",
        "%x",
        "@x",
        "`x`",
        "x\t",
        "\tx",
        "\u00a0x",
        "x\u00a0",
    ),
    *("🟨", "e\u0301", "a\u2028b", "a\x85b", "<% x %>", "=1", "a,b", "a]", "12:30", "a  b", "?x", "? x", ":x", ": x"),
    *("a,:b", "a:,", "...", "--- x", "\ufeff", "x|y", "don't", "~/x", "-a", "-.5", "+1", "a\\b", "{{x}}"),
)

inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=4).map(" ".join) | st.lists(
    st.sampled_from(INLINE), min_size=1, max_size=4
).map("".join)
lines = st.one_of(
    st.sampled_from(LINES),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(LINES)).map("".join),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(MARKERS), inline).map("".join),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(MARKERS), inline).map("".join),
)
tables = st.lists(st.sampled_from(ROWS), min_size=2, max_size=4).map("\n".join)
trailed = st.tuples(lines, st.sampled_from(TRAILING)).map("".join)
bodies = st.lists(trailed | trailed | trailed | tables, max_size=14).map("\n".join)
values = st.sampled_from(VALUES)
listed = st.tuples(st.sampled_from(INDENTS), st.lists(values, min_size=1, max_size=3)).map(
    lambda parts: "".join(f"\n{parts[0]}- {value}" for value in parts[1])
)
properties = st.one_of(
    st.sampled_from(PROPERTIES),
    st.tuples(st.sampled_from(KEYS), st.just(": "), values).map("".join),
    st.tuples(st.sampled_from("abcd"), st.just(": "), values).map("".join),
    st.tuples(st.sampled_from("abcd"), st.just(":"), listed).map("".join),
    st.tuples(st.sampled_from(INDENTS), values).map("".join),
)
fronts = st.lists(properties, max_size=4).map(lambda rows: "".join(f"{row}\n" for row in rows))
texts = bodies | st.tuples(fronts, bodies).map(lambda parts: f"---\n{parts[0]}---\n{parts[1]}")
anything = texts | st.text(max_size=200)


def read(text: str, *, fast: bool = True) -> Note:
    """Parse a text as a note of its own."""
    return parse(Source("note.md", text, ""), fast=fast)


def behind(text: str, line: int, column: int) -> str:
    """Cut the cleaned text at a place: a line (1-based), and a column in UTF-16 code units."""
    rest = clean(text).split("\n", line - 1)[-1]
    return rest.encode("utf-16-le", "surrogatepass")[2 * column :].decode("utf-16-le", "surrogatepass")


# ---------------------------------------------------------------- parsing


@laws(max_examples=300)
@given(anything)
def test_any_text_is_a_note(text: str) -> None:
    """No text raises, in notes or in canvases, and every line named is one of the text."""
    note = read(text)
    last = clean(text).count("\n") + 1
    for places in (note.links, note.body_tags, note.headings, note.fields, note.problems):
        assert all(1 <= place.line <= last for place in places)
    assert all(1 <= block.line_start <= block.line_end <= last for block in note.blocks)
    assert canvas.parse(Source("board.canvas", text, "")).path == "board.canvas"


@laws(max_examples=1500)
@given(texts)
@example("T\n--- ")
def test_the_fast_path_finds_what_the_full_parser_finds(text: str) -> None:
    """Skipping and reading line by line is only faster."""
    assert read(text, fast=True) == read(text, fast=False)


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.md")), ids=lambda path: path.stem)
def test_the_fast_path_finds_in_real_notes_what_the_full_parser_finds(path: Path) -> None:
    """The sample vault's own; `tests/benchmarks/parsing.py` holds it against any vault."""
    text = path.read_text(encoding="utf-8", errors="replace")
    assert read(text, fast=True) == read(text, fast=False)


@laws(max_examples=3000)
@given(fronts)
def test_plain_properties_are_read_as_a_yaml_parser_reads_them(front: str) -> None:
    """`name: value` and lists need no parser, and nothing else is taken for them."""
    text = f"---\n{front}---\n"
    assert frontmatter.read(text, fast=True) == frontmatter.read(text, fast=False)


@laws(max_examples=300)
@given(anything)
def test_a_link_stands_where_it_says(text: str) -> None:
    """Cutting the cleaned text at a link's line and column gives its `raw`."""
    for link in read(text).links:
        if not link.frontmatter:
            assert behind(text, link.line, link.column).startswith(link.raw)


@laws(max_examples=300)
@given(anything)
def test_a_tag_stands_where_it_says(text: str) -> None:
    """Cutting the cleaned text at a tag's line and column gives its name."""
    for tag in read(text).body_tags:
        assert behind(text, tag.line, tag.column).startswith(tag.name)


@laws(max_examples=300)
@given(bodies, fronts)
def test_properties_push_the_body_down_and_nothing_else(body: str, front: str) -> None:
    """What a body says does not depend on the properties above it, but for where it says it."""
    assume(not body.startswith("---"))
    above = f"---\n{front}---\n"
    alone, below = read(body), read(above + body)
    down = above.count("\n")
    assert tuple(link for link in below.links if not link.frontmatter) == tuple(
        replace(link, line=link.line + down) for link in alone.links
    )
    assert below.body_tags == tuple(replace(tag, line=tag.line + down) for tag in alone.body_tags)
    assert below.headings == tuple(replace(heading, line=heading.line + down) for heading in alone.headings)
    assert below.fields == tuple(replace(field, line=field.line + down) for field in alone.fields)
    assert below.footnotes == tuple((name, line + down) for name, line in alone.footnotes)
    assert below.blocks == tuple(
        replace(block, line_start=block.line_start + down, line_end=block.line_end + down) for block in alone.blocks
    )
    assert (below.external, below.words) == (alone.external, alone.words)


@laws(max_examples=200)
@given(texts)
def test_line_ends_make_no_difference(text: str) -> None:
    """A note with CRLF or CR is the note with LF; only its digest, which is of the bytes, would differ."""
    assert read(text.replace("\n", "\r\n")) == read(text)
    assert read(text.replace("\n", "\r")) == read(text)


@laws(max_examples=100)
@given(texts)
def test_a_byte_order_mark_makes_no_difference(text: str) -> None:
    """Editors of Windows put one before the first character."""
    assert read("\ufeff" + text) == read(text)


@laws(max_examples=300)
@given(texts)
@example("---\nn: 99999999999999999999999999\n---\nk:: 99999999999999999999999999\n")
def test_a_note_survives_the_cache(text: str) -> None:
    """Encoded and decoded, a note is the note it was."""
    note = read(text)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(note), type=Note) == note


# ---------------------------------------------------------------- resolving

names = st.text(st.sampled_from("abAB é字İß-_.()1 "), min_size=1, max_size=5).filter(
    lambda name: name == name.strip() and not name.startswith(".")
)
paths = st.tuples(st.lists(names, max_size=3), names, st.sampled_from((".md", ".md", ".md", ".png", ".canvas"))).map(
    lambda parts: "/".join((*parts[0], parts[1] + parts[2]))
)
vaults = st.lists(paths, min_size=1, max_size=12, unique_by=file_key)


@laws(max_examples=200)
@given(vaults, paths)
def test_a_full_path_means_that_file(files: list[str], source: str) -> None:
    """From wherever, `/path` and `path` are the file of that path."""
    resolver = Resolver(files)
    for path in files:
        assert resolver.resolve("/" + path, source) == path
        assert resolver.resolve(path, source) == path


@laws(max_examples=400)
@given(vaults, paths, st.integers(1, 4))
def test_the_nearest_file_is_found_among_its_namesakes(files: list[str], source: str, parts: int) -> None:
    """Below the folder of the source first, then of all that end alike: the shortest, the first of equals."""
    folder = file_key(source.rpartition("/")[0])
    for path in files:
        target = "/".join(path.split("/")[-parts:])
        alike = [key for key in map(file_key, files) if f"/{key}".endswith("/" + file_key(target))]
        near = [key for key in alike if folder and key.startswith(folder + "/")]
        exact = [key for key in alike if key == file_key(target)]
        found = Resolver(files).resolve(target, source)
        assert found is not None
        assert file_key(found) == min(exact or near or alike, key=lambda key: (len(key), key))


@laws(max_examples=200)
@given(vaults, paths, paths)
def test_composed_and_decomposed_names_are_the_same(files: list[str], source: str, target: str) -> None:
    """A link typed on one system reaches a file named on another."""
    composed = [unicodedata.normalize("NFC", path) for path in files]
    decomposed = [unicodedata.normalize("NFD", path) for path in files]
    for wanted in (target, *files):
        found = Resolver(composed).resolve(unicodedata.normalize("NFD", wanted), source)
        other = Resolver(decomposed).resolve(unicodedata.normalize("NFC", wanted), source)
        assert (found is None) == (other is None)
        assert found is None or other is None or file_key(found) == file_key(other)
    note = read("[[e\u0301/re\u0301sume\u0301]]")
    assert note.links[0].target == "é/résumé"


WORDS = Vocabulary(relations={"up": Relation("up", inverse="down"), "related": Relation("related", symmetric=True)})
folders = st.dictionaries(st.sampled_from(("a.md", "b.md", "d/a.md", "d/c.md", "e.md")), texts, min_size=2)


@laws(max_examples=100)
@given(folders, st.randoms(use_true_random=False))
def test_the_order_of_notes_makes_no_difference(notes: dict[str, str], random: Random) -> None:
    """A vault has no order: its graph is the same however the notes come, down to the order of every list."""
    parsed = [parse(Source(path, text, "")) for path, text in notes.items()]
    files = ["a.png", "x/a.png"]
    shuffled = random.sample(parsed, len(parsed))
    one, other = build(parsed, files, WORDS), build(shuffled, files[::-1], WORDS)
    assert one == other
    assert [list(one.nodes), list(one.incoming), list(one.unresolved)] == [
        list(other.nodes),
        list(other.incoming),
        list(other.unresolved),
    ]


@pytest.mark.parametrize("target", ["folder/", "./folder/", "../folder/", "/folder/", "d\\folder", "folder\\"])
def test_a_folder_is_no_file_and_a_backslash_parts_no_folders(target: str) -> None:
    """Obsidian follows neither, whatever lies there."""
    resolver = Resolver(["folder.md", "d/folder.md", "folder/folder.md"])
    assert resolver.resolve(target, "d/source.md") is None


# ---------------------------------------------------------------- time


def resolving(size: int) -> float:
    """Time the links to a name that every folder has, from each folder: by name, and by the end of a path."""
    resolver = Resolver(f"d/{at}/README.md" for at in range(size))
    begin = time.process_time()
    for at in range(size):
        resolver.resolve("README", f"{at}/x.md")
        resolver.resolve(f"{at}/README", "x.md")
    return time.process_time() - begin


def test_time_grows_with_the_number_of_namesakes() -> None:
    """A vault of projects has a README in each of them."""
    assert any(resolving(8_000) < 4 * 2.5 * resolving(2_000) for _ in range(4))


@pytest.mark.parametrize("end", ["", "text\n", "\n", "## A\n"])
def test_time_grows_with_the_marks_of_a_template(end: str) -> None:
    """However many regions stand in it, and whatever follows them."""

    def reading(times: int) -> float:
        text = "# A\n" + "%% vault-tools:begin week %%\n" * times + end
        begin = time.process_time()
        form.read("x", text)
        return time.process_time() - begin

    assert any(reading(16_000) < 4 * 2.5 * reading(4_000) for _ in range(4))
