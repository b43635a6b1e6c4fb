"""Laws that hold for any text: every text is a note, both parsers agree, places are true, and time is linear."""

import json
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from shared.note_texts import (
    bodies,
    fronts,
    read,
    texts,
)

from vault_tools.model.note import Note, Source
from vault_tools.parse import canvas, form, frontmatter, note
from vault_tools.parse.note import clean

SAMPLE = Path(__file__).parents[2] / "sample_vault"
laws = partial(settings, deadline=None, derandomize=True)
anything = texts | st.text(max_size=200)


def behind(text: str, line: int, column: int) -> str:
    """Cut the cleaned text at a place: a line (1-based), and a column in UTF-16 code units."""
    rest = clean(text).split("\n", line - 1)[-1]
    return rest.encode("utf-16-le", "surrogatepass")[2 * column :].decode("utf-16-le", "surrogatepass")


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
def test_the_line_and_column_of_a_link_are_true(text: str) -> None:
    """Cutting the cleaned text at a link's line and column gives its `raw`."""
    for link in read(text).links:
        if not link.frontmatter:
            assert behind(text, link.line, link.column).startswith(link.raw)


@laws(max_examples=300)
@given(anything)
def test_the_line_and_column_of_a_tag_are_true(text: str) -> None:
    """Cutting the cleaned text at a tag's line and column gives its name."""
    for tag in read(text).body_tags:
        assert behind(text, tag.line, tag.column).startswith(tag.name)


@laws(max_examples=300)
@given(bodies, fronts)
def test_properties_only_move_the_body_of_a_note_down(body: str, front: str) -> None:
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
def test_line_ends_make_no_difference_to_a_note(text: str) -> None:
    """A note with CRLF or CR is the note with LF; only its digest, which is of the bytes, would differ."""
    assert read(text.replace("\n", "\r\n")) == read(text)
    assert read(text.replace("\n", "\r")) == read(text)


@laws(max_examples=100)
@given(texts)
def test_a_byte_order_mark_makes_no_difference_to_a_note(text: str) -> None:
    """Editors of Windows put one before the first character."""
    assert read("\ufeff" + text) == read(text)


@laws(max_examples=300)
@given(texts)
@example("---\nn: 99999999999999999999999999\n---\nk:: 99999999999999999999999999\n")
def test_a_note_survives_the_cache(text: str) -> None:
    """Encoded and decoded, a note is the note it was."""
    note = read(text)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(note), type=Note) == note


@pytest.mark.parametrize("end", ["", "text\n", "\n", "## A\n"])
def test_time_to_parse_a_template_grows_with_its_region_markers(end: str) -> None:
    """However many regions stand in it, and whatever follows them."""

    def reading(times: int) -> float:
        text = "# A\n" + "%% vault-tools:begin week %%\n" * times + end
        begin = time.process_time()
        form.read("x", text)
        return time.process_time() - begin

    assert any(reading(16_000) < 4 * 2.5 * reading(4_000) for _ in range(4))


def _seconds(text: str, path: str) -> float:
    began = time.perf_counter()
    (canvas.parse if path.endswith("canvas") else note.parse)(Source(path, text, ""))
    return time.perf_counter() - began


def _bomb(levels: int) -> str:
    rows = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}' if at else 'x'] * 9)}]\n" for at in range(levels)]
    return f"---\n{''.join(rows)}? *a{levels - 1}\n: v\n---\n"


@pytest.mark.parametrize(
    ("path", "small", "large"),
    [
        ("x.md", "$1" * 4_000 + " $", "$1" * 16_000 + " $"),
        ("x.md", _bomb(5), _bomb(9)),
        (
            "x.canvas",
            *(json.dumps({"nodes": [{"type": "file", "file": f"{n}.md"} for n in range(k)]}) for k in (3000, 12_000)),
        ),
    ],
)
def test_time_to_parse_hostile_notes_and_canvases_grows_with_their_length(path: str, small: str, large: str) -> None:
    """Four times the text (or a bomb of four more levels) takes no more than ten times as long."""
    base = max(min(_seconds(small, path) for _ in range(3)), 0.002)
    assert min(_seconds(large, path) for _ in range(3)) < 10 * base
