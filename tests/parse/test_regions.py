"""Where the regions of a note are, and how they are filled: all other bytes of the note stay as they are."""

import gc
import time
from functools import partial

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from shared.regions import BEGIN, END, region

from vault_tools.model.note import Note, Region, Source
from vault_tools.parse.note import parse
from vault_tools.parse.regions import find, refresh

laws = partial(settings, deadline=None, derandomize=True)


def note(text: str) -> Note:
    """Parse a text."""
    return parse(Source("Note.md", text, ""))


def codes(text: str) -> list[tuple[str, int]]:
    """Return the problems of a text with their lines."""
    return [(problem.code, problem.line) for problem in note(text).problems]


def test_a_region_stands_between_two_marker_lines() -> None:
    """With name, argument, lines, and the characters between the markers."""
    text = "前言\n\n%% vault-tools:begin path TensorRT 到 [[显存]] %%\nold\n%% vault-tools:end path %%\nafter"
    (found,) = find(text)
    assert (found.name, found.argument, found.line, found.last) == ("path", "TensorRT 到 [[显存]]", 3, 5)
    assert text[found.start : found.end] == "old\n"
    assert note(text).regions == (found,)


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{region('x')}```\n",
        f"~~~ js\n{region('x')}",
        f"---\na: |\n  {BEGIN}\n  {END}\n---\n",
        f"`a\n{region('x')}b`\n",
        f"text\n\n    {BEGIN}\n    {END}\n",
        f"<div>\n{BEGIN}\n{END}\n</div>\n",
        f"- {BEGIN}\n- {END}\n",
        f"# {BEGIN}\n{END}\n",
        f"before {BEGIN}\n{END} after\n",
        f"{BEGIN} %% more %%\n{END} x\n",
        f"| {BEGIN} |\n| --- |\n| {END} |\n",
        "%% vault-tools begin gaps %%\n%% vault-tools end gaps %%",
    ],
)
def test_a_marker_in_code_or_not_alone_on_its_line_makes_no_region(text: str) -> None:
    """Code, properties, HTML, items, headings, cells, text before or behind."""
    assert find(text) == ()
    assert refresh(text, lambda _region: "body") == text


@pytest.mark.parametrize(
    ("prefix", "empty"), [("", ""), ("   ", ""), ("> ", ">"), (">", ">"), ("> > ", "> >"), ("  > ", "  >")]
)
def test_the_body_of_a_region_has_the_depth_of_its_markers(prefix: str, empty: str) -> None:
    """So a region in a callout stays in it."""
    text = f"{prefix}{BEGIN}  \n{prefix}{END}\t\n"
    expected = f"{prefix}{BEGIN}  \n{empty}\n{prefix}- one\n{empty}\n{prefix}two\n{empty}\n{prefix}{END}\t\n"
    assert refresh(text, lambda _region: "- one\n\ntwo\n") == expected


def test_a_region_in_a_list_item_stays_in_it() -> None:
    """Indented as its markers are."""
    text = f"- item\n  - deep\n    {BEGIN}\n    {END}\n"
    assert refresh(text, lambda _region: "body") == f"- item\n  - deep\n    {BEGIN}\n\n    body\n\n    {END}\n"


@pytest.mark.parametrize(
    ("text", "expected", "names"),
    [
        (BEGIN, [("region-unclosed", 1)], []),
        (f"text\n{END}\n", [("region-unopened", 2)], []),
        (f"{BEGIN}\n{BEGIN}\nx\n{END}\n", [("region-crossed", 1)], ["gaps"]),
        (region(region("x", "week")), [("region-crossed", 1), ("region-unopened", 5)], ["week"]),
        (
            "%% vault-tools:begin a %%\n%% vault-tools:begin b %%\n%% vault-tools:end a %%\n%% vault-tools:end b %%\n",
            [("region-crossed", 1), ("region-crossed", 2), ("region-unopened", 3), ("region-unopened", 4)],
            [],
        ),
        (f"{region('x')}{END}\n", [("region-unopened", 4)], ["gaps"]),
        (f"> {BEGIN}\n\n{END}\n", [("region-depth", 1), ("region-unopened", 3)], []),
        ("%% vault-tools:start gaps %%\n", [("region-marker", 1)], []),
        ("%% vault-tools:begin %%\n", [("region-marker", 1)], []),
        (f"{BEGIN}\n%% vault-tools:ned gaps %%\n{END}\n", [("region-crossed", 1), ("region-marker", 2)], []),
        (f"{region('x')}{region('y')}", [], ["gaps", "gaps"]),
    ],
)
def test_markers_that_make_no_region_are_problems_and_left_alone(
    text: str, expected: list[tuple[str, int]], names: list[str]
) -> None:
    """With the line and a remedy; a region beside them is filled all the same."""
    found = [(code, line) for code, line in codes(text) if (code, line) in expected]
    assert found == expected
    assert [found.name for found in find(text)] == names
    assert all(problem.remedy for problem in note(text).problems)
    if not names:
        assert refresh(text, lambda _region: "body") == text


PIECES = st.sampled_from(
    [
        *(
            "text",
            "字 [[链接]]",
            "- item",
            "1. one",
            "  - deep",
            "> quote",
            "# Heading",
            "---",
            "| a | b |",
            "| - | - |",
        ),
        *(
            "```",
            "~~~",
            "`",
            "$$",
            "%%",
            "<!--",
            "-->",
            "<div>",
            "",
            "",
            "",
            "    code",
            "\t",
            "key:: value",
            "#tag",
            "^id",
        ),
        *("aliases: [a]", "\u00a0", "\x00", "\x0b", "\x85", "\u2028", "🟨"),
        *(
            BEGIN,
            BEGIN,
            END,
            END,
            f"  {BEGIN}",
            f"  {END} ",
            f"> {BEGIN}",
            f"> {END}",
            f"- {BEGIN}",
            f"`{BEGIN}",
            f"\t{END}",
        ),
        *("%% vault-tools:begin path 甲 乙 %%", "%% vault-tools:end path %%", "%%vault-tools:begin week%%"),
        *(
            "%%\tvault-tools:end week %%",
            "%% vault-tools:begin %%",
            "%% vault-tools:x %%",
            "%% vault-tools:begin a %% b %%",
        ),
    ]
)
NOTES = st.builds(
    lambda mark, lines, ends: mark + "".join(line + end for line, end in zip(lines, ends, strict=False)),
    st.sampled_from(["", "", "\ufeff"]),
    st.lists(PIECES, max_size=24),
    st.one_of(
        st.sampled_from([["\n"] * 24, ["\r\n"] * 24]),
        st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=24, max_size=24),
    ),
)
BODIES = st.one_of(st.none(), st.lists(PIECES, max_size=8).map("\n".join), st.text(max_size=20))


@laws(max_examples=1500)
@given(NOTES, BODIES)
@example(f"{region('x')}", "```")
@example(f"text\n     {BEGIN}\n     {END}\n", "body")
@example(f"{BEGIN}\n{END}", "\ud800")
def test_outside_the_regions_no_byte_changes(text: str, body: str | None) -> None:
    """Whatever stands around them; the regions are the same afterwards, and filling them again changes nothing."""
    found = find(text)
    filled = refresh(text, lambda _region: body)
    assume(filled is not None)
    assert filled is not None
    again = find(filled)
    assert [(one.name, one.argument) for one in found] == [(one.name, one.argument) for one in again]
    assert _around(text, found) == _around(filled, again)
    assert refresh(filled, lambda _region: body) == filled
    if body is None:
        assert filled == text


def _around(text: str, found: tuple[Region, ...]) -> list[str]:
    """Return the pieces of a text that are no region's."""
    places = [0, *(place for one in found for place in (one.start, one.end)), len(text)]
    return [text[places[at] : places[at + 1]] for at in range(0, len(places), 2)]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (region(""), "```\nopen"),
        (region(""), "<!-- open"),
        (region(""), "<script>"),
        (region("") + "[[Link]]\n\n$$\nx\n$$\n", "$$"),
        (f"text\n     {BEGIN}\n     {END}\n", "body"),
        (f"{BEGIN}\n\t{END}\n{END}\n", "body"),
    ],
)
def test_a_body_of_a_region_that_would_swallow_the_text_below_is_refused(text: str, body: str) -> None:
    """A code block, comment or script that is not closed; a marker that would become code."""
    assert find(text)
    assert refresh(text, lambda _region: body) is None


@laws(max_examples=500)
@given(st.lists(PIECES, max_size=8).map("\n".join), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_body_of_a_region_has_the_line_ends_of_its_note(body: str, end: str) -> None:
    """Of whatever kind."""
    text = f"before{end}{BEGIN}{end}{END}{end}after"
    filled = refresh(text, lambda _region: body) or text
    assert set(filled.replace(end, "")).isdisjoint("\r\n")


@laws(max_examples=1500)
@given(NOTES)
def test_the_fast_parser_and_the_full_one_find_the_same_regions(text: str) -> None:
    """And the same everything else."""
    source = Source("Note.md", text, "")
    assert parse(source) == parse(source, fast=False)


@pytest.mark.parametrize(
    "line",
    [
        BEGIN,
        END,
        f"{BEGIN}\n{END}",
        f"> {BEGIN}",
        "%% vault-tools:begin" + " x" * 20,
        f"`{BEGIN}",
        f"{BEGIN}\n\n{END}\n",
    ],
)
def test_a_megabyte_of_markers_takes_linear_time(line: str) -> None:
    """Eight times as much takes no more than some sixteen times as long."""

    def seconds(size: int) -> float:
        text = (line + "\n") * (size // (len(line) + 1))
        gc.disable()  # as in a run; else the cost of all other tests' objects counts here
        began = time.process_time()
        refresh(text, lambda _region: "- body [x](obsidian://open?file=x)")
        taken = time.process_time() - began
        gc.enable()
        return taken

    few, many = (min(seconds(size) for _ in range(3)) for size in (125_000, 1_000_000))
    assert many < 16 * max(few, 0.02)


OURS = "- [甲](obsidian://open?vault=v) [[Wanted]] ![[pic.png]] #ours\n\n## Head\n\nkey:: [[Wanted]]\n\n- [ ] 📅 2024-05-06\n\nhttps://example.org\n"


def test_text_in_a_region_is_in_no_measure_of_the_note() -> None:
    """Neither words nor fields nor addresses; Obsidian's links, tags and headings are there as it sees them."""
    text = "one 二 https://user.example\n\nmine:: 1\n\n"
    filled, plain = note(text + region(OURS) + "end\n"), note(text + "end\n")
    assert (filled.words, filled.fields, filled.external) == (plain.words, plain.fields, plain.external)
    assert [link.target for link in filled.links] == ["Wanted", "pic.png", "Wanted"]
    assert [tag.name for tag in filled.body_tags] == ["#ours"]
    assert [heading.text for heading in filled.headings] == ["Head"]
    assert all(filled.is_ours(link.line) for link in filled.links)
    assert {link.property for link in filled.links} == {None}
