"""Regions: the parts of a note that its writer gave to us; all else in it stays as it is, to the byte."""

import gc
import json
import time
from functools import cached_property, partial
from pathlib import Path

import pytest
from conftest import MakeVault, Run, pages
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from vault_tools import Vault
from vault_tools.errors import NotAmendedError
from vault_tools.model.note import Note, Region, Source
from vault_tools.parse.note import parse
from vault_tools.parse.regions import find, refresh
from vault_tools.render import regions
from vault_tools.store import disk

laws = partial(settings, deadline=None, derandomize=True)

BEGIN, END = "%% vault-tools:begin gaps %%", "%% vault-tools:end gaps %%"


def region(body: str, name: str = "gaps") -> str:
    """Return a region with a body."""
    body = body and body.rstrip("\n") + "\n"
    return f"%% vault-tools:begin {name} %%\n{body}%% vault-tools:end {name.split(maxsplit=1)[0]} %%\n"


def note(text: str) -> Note:
    """Parse a text."""
    return parse(Source("Note.md", text, ""))


def codes(text: str) -> list[tuple[str, int]]:
    """Return the problems of a text with their lines."""
    return [(problem.code, problem.line) for problem in note(text).problems]


# ---------------------------------------------------------------- what is a region


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
def test_what_is_shown_or_not_alone_on_its_line_is_no_region(text: str) -> None:
    """Code, properties, HTML, items, headings, cells, text before or behind."""
    assert find(text) == ()
    assert refresh(text, lambda _region: "body") == text


@pytest.mark.parametrize(
    ("prefix", "empty"), [("", ""), ("   ", ""), ("> ", ">"), (">", ">"), ("> > ", "> >"), ("  > ", "  >")]
)
def test_a_body_stands_at_the_depth_of_its_markers(prefix: str, empty: str) -> None:
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


# ---------------------------------------------------------------- laws

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
def test_a_body_that_would_swallow_what_follows_is_refused(text: str, body: str) -> None:
    """A code block, comment or script that is not closed; a marker that would become code."""
    assert find(text)
    assert refresh(text, lambda _region: body) is None


@laws(max_examples=500)
@given(st.lists(PIECES, max_size=8).map("\n".join), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_body_has_the_line_ends_of_its_note(body: str, end: str) -> None:
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


# ---------------------------------------------------------------- what is measured


OURS = "- [甲](obsidian://open?vault=v) [[Wanted]] ![[pic.png]] #ours\n\n## Head\n\nkey:: [[Wanted]]\n\n- [ ] 📅 2024-05-06\n\nhttps://example.org\n"


def test_what_stands_in_a_region_is_in_no_measure_of_the_note() -> None:
    """Neither words nor fields nor addresses; Obsidian's links, tags and headings are there as it sees them."""
    text = "one 二 https://user.example\n\nmine:: 1\n\n"
    filled, plain = note(text + region(OURS) + "end\n"), note(text + "end\n")
    assert (filled.words, filled.fields, filled.external) == (plain.words, plain.fields, plain.external)
    assert [link.target for link in filled.links] == ["Wanted", "pic.png", "Wanted"]
    assert [tag.name for tag in filled.body_tags] == ["#ours"]
    assert [heading.text for heading in filled.headings] == ["Head"]
    assert all(filled.is_ours(link.line) for link in filled.links)
    assert {link.property for link in filled.links} == {None}


# ---------------------------------------------------------------- a whole vault

GAPS = f"# 我的概览\r\n\r\nMine [[A]].\r\n{BEGIN}\r\n{END}\r\n\r\nAfter [[B#Nope]] and [[Gone]].\r\n"
VAULT: dict[str, str | bytes] = {
    "Home.md": "\ufeff" + GAPS,
    "A.md": "---\ntype: knowledge\nrequires: ['[[B]]', '[[显存]]']\n---\n[[Gone]] [[gone]]\n",
    "B.md": "---\ntype: knowledge\n---\n# Head\n",
    "Goal.md": "---\ntype: project\nrequires: ['[[A]]', '[[显存]]']\n---\n",
    "Callout.md": f"> [!todo] Next\n> {BEGIN}\n> old\n> {END}\n",
}


def test_a_report_fills_the_regions_of_notes(vault: MakeVault, run: Run) -> None:
    """In place, with the note's line ends and mark, at the depth of a callout; a second report writes nothing."""
    root = vault(VAULT)
    result = run("report", root)
    assert result.exit_code == 0
    assert "  regions   2 of 2 refreshed\n" in result.stdout
    home = (root / "Home.md").read_bytes().decode()
    assert "\n" not in home.replace("\r\n", "")
    head, tail = GAPS.split(f"{BEGIN}\r\n")
    assert home.startswith("\ufeff" + head)
    assert home.endswith(tail)
    assert "\r\n- **显存**: " in home
    assert "\n> - **显存**: " in (root / "Callout.md").read_text("utf-8")
    written, kept = pages(root), (root / "Home.md").read_bytes()
    for options in ([], ["--no-cache"], []):
        told = json.loads(run("report", root, "--json", *options).stdout)
        assert told["regions"] == {"Callout.md": "unchanged", "Home.md": "unchanged"}
        assert set(told["pages"].values()) == {"unchanged"}
    assert (pages(root), (root / "Home.md").read_bytes()) == (written, kept)


def test_what_is_filled_in_changes_nothing_that_is_measured(vault: MakeVault, run: Run) -> None:
    """Nodes, edges, gaps and words are those of the vault with empty regions."""
    root = vault(VAULT)
    before = Vault.open(root, cache=False)
    run("report", root)
    after = Vault.open(root, cache=False)
    assert b"obsidian://" in (root / "Home.md").read_bytes()
    assert list(before.knowledge.nodes) == list(after.knowledge.nodes)
    assert _edges(before) == _edges(after)
    assert before.summary == after.summary
    assert [note.words for note in before.notes] == [note.words for note in after.notes]


def _edges(found: Vault) -> list[tuple[str, str, str, int]]:
    return [(edge.source, edge.relation, edge.target, len(edge.places)) for edge in found.knowledge.edges]


def test_links_tags_and_embeds_in_a_region_make_no_edges_and_no_findings(vault: MakeVault) -> None:
    """They are in the export, as Obsidian sees them."""
    root = vault({"A.md": region(OURS), "vault-tools.toml": '[[rules]]\ntag = "ours"\ntype = "source"\n'})
    found = Vault.open(root, cache=False)
    assert (list(found.knowledge.nodes), found.knowledge.edges, found.knowledge.broken) == (["A.md"], (), ())
    assert found.knowledge.nodes["A.md"].type == "note"
    assert found.findings["missing"] == ()
    (exported,) = json.loads("".join(found.export("json")))["notes"]
    assert [link["target"] for link in exported["links"]] == ["Wanted", "pic.png", "Wanted"]
    assert exported["tags"] == ["#ours"]
    assert exported["fields"] == []


def test_no_regions_leaves_notes_alone(vault: MakeVault, run: Run) -> None:
    """Whether a report was made before or not; the next one without the option fills them."""
    root = vault(VAULT)
    for _ in range(2):
        told = json.loads(run("report", root, "--no-regions", "--json").stdout)
        assert told["regions"] == {}
        assert (root / "Home.md").read_bytes().decode() == VAULT["Home.md"]
    assert "2 of 2 refreshed" in run("report", root).stdout


def test_nothing_is_computed_again_where_nothing_changed(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right after the report that filled the regions."""
    root = vault(VAULT)
    run("report", root)
    monkeypatch.setattr("vault_tools.app.rebuild", None)
    assert run("report", root).exit_code == 0
    (root / "A.md").write_text("changed")
    assert run("report", root).exit_code != 0


def test_what_a_user_changes_in_a_region_is_put_right(vault: MakeVault, run: Run) -> None:
    """And what they write beside it stays."""
    root = vault(VAULT)
    run("report", root)
    whole = (root / "Home.md").read_bytes()
    spoilt = whole.replace(b"- **", b"- mine **", 1) + "再写一行".encode()
    assert spoilt.count(b"mine") == 1
    (root / "Home.md").write_bytes(spoilt)
    assert "regions   1 of 2 refreshed" in run("report", root).stdout
    assert (root / "Home.md").read_bytes() == whole + "再写一行".encode()


def test_a_region_follows_what_the_vault_says(vault: MakeVault, run: Run) -> None:
    """A gap that is filled leaves it."""
    root = vault(VAULT)
    run("report", root)
    assert "**显存**" in (root / "Home.md").read_text("utf-8")
    (root / "显存.md").write_text("---\ntype: knowledge\n---\n" + "字" * 100, "utf-8")
    run("report", root)
    assert "**显存**" not in (root / "Home.md").read_text("utf-8")


def test_a_note_that_changes_while_it_is_read_is_left_alone_and_told(vault: MakeVault, run: Run) -> None:
    """The next report fills it."""
    root = vault(VAULT)
    opened = Vault.open(root)
    (root / "Home.md").write_text(f"typed\n{BEGIN}\n{END}\n")
    outcome = opened.report()
    opened.close()
    assert outcome.regions == {"Callout.md": "written", "Home.md": "changed-meanwhile"}
    assert (root / "Home.md").read_text() == f"typed\n{BEGIN}\n{END}\n"
    assert json.loads(run("report", root, "--json").stdout)["regions"]["Home.md"] == "written"


def test_a_note_that_changes_meanwhile_is_told_on_the_error_stream(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no failure."""
    monkeypatch.setattr(disk, "amend", lambda *_args: "changed-meanwhile")
    result = run("report", vault({"Home.md": GAPS}))
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: Home.md changed while it was read")
    assert "regions   0 of 1 refreshed, 1 changed while they were read" in result.stdout


def test_a_note_that_may_not_be_written_is_told_in_one_line(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2; pages and other notes are written."""
    root = vault(VAULT)
    amend = disk.amend

    def refuse(place: Path, path: str, *rest: str) -> disk.Amended:
        if path == "Home.md":
            raise NotAmendedError(path, "Permission denied")
        return amend(place, path, *rest)

    monkeypatch.setattr(disk, "amend", refuse)
    result = run("report", root)
    assert result.exit_code == 2
    assert result.stderr.startswith("Warning: Home.md could not be changed (Permission denied)")
    assert len(result.stderr.splitlines()) == 1
    assert "regions   1 of 2 refreshed, 1 could not be written" in result.stdout
    assert "6 of 6 written" in result.stdout


def test_a_note_that_is_not_utf8_is_left_alone(vault: MakeVault, run: Run) -> None:
    """Its bytes are not ours to guess."""
    data = f"z\xfc\n{BEGIN}\n{END}\n".encode("latin-1")
    root = vault({"Bad.md": data})
    assert "regions   0 of 1 refreshed, 1 could not be written" in run("report", root).stdout
    assert (root / "Bad.md").read_bytes() == data


def test_a_template_keeps_its_regions_empty(vault: MakeVault, run: Run) -> None:
    """They are filled in the notes that are made of it."""
    text = f"---\ntype: template\n---\n{BEGIN}\n{END}\n"
    root = vault(VAULT | {"T.md": text})
    run("report", root)
    assert (root / "T.md").read_text() == text


def test_problems_of_regions_stand_in_the_overview(vault: MakeVault, run: Run) -> None:
    """Names that nothing fills, with those that are known; markers without their other half."""
    text = f"{region('kept', 'gap')}\n%% vault-tools:begin week %%\n"
    root = vault({"A.md": text})
    assert run("report", root).exit_code == 0
    overview = pages(root)["Overview.md"].decode()
    assert "there is no region called gap" in overview
    assert "did you mean gaps?" in overview
    assert "the region week has no end marker" in overview
    assert (root / "A.md").read_text() == text
    found = Vault.open(root, cache=False).knowledge.problems["A.md"]
    assert {(problem.code, problem.line) for problem in found} == {("region-unknown", 1), ("region-unclosed", 5)}


def test_a_vault_without_regions_says_nothing_of_them(vault: MakeVault, run: Run) -> None:
    """But for an empty list in JSON."""
    root = vault({"A.md": "text"})
    assert "  regions" not in run("report", root).stdout
    assert json.loads(run("report", root, "--json").stdout)["regions"] == {}


def test_anything_may_be_filled_in_from_python(vault: MakeVault) -> None:
    """By a function of the note and the region; the vault is read again afterwards."""
    root = vault({"A.md": region("", "mine 甲"), "B.md": region("b", "other")})
    opened = Vault.open(root, cache=False)
    done = opened.refresh_regions(lambda note, found: f"{note.path} {found.argument}" if found.argument else None)
    assert done.states == {"A.md": "written", "B.md": "unchanged"}
    assert "%%\n\nA.md 甲\n\n%%" in (root / "A.md").read_text("utf-8")
    assert opened.notes[0].digest == disk.digest_at(root, "A.md")


def test_a_vault_with_more_to_it_is_read_again_whole(vault: MakeVault) -> None:
    """What a class of somebody's derives from ours, and what ours computes, are both computed anew."""

    class Mine(Vault):
        @cached_property
        def lengths(self) -> int:
            return sum(note.words for note in self.notes) + len(self.summary.vault)

    root = vault({"A.md": region("", "x")})
    opened = Mine.open(root, cache=False)
    before = opened.lengths, opened.notes
    opened.refresh_regions(lambda _note, _region: "甲乙丙")
    assert opened.notes != before[1]
    assert "lengths" not in vars(opened)


# ---------------------------------------------------------------- growing it

KIND = '''"""A greeting."""

from vault_tools.render.region import RegionKind


def fill(report, note, argument):
    """Greet somebody."""
    return f"hello {argument} from {note.path} of {len(report.graph.nodes)}"


REGIONS = (RegionKind("greeting", fill),)
'''


def test_a_file_in_regions_is_a_kind_of_region(
    tmp_path: Path, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no other edit."""
    (tmp_path / "hello.py").write_text(KIND)
    monkeypatch.setattr(regions, "__path__", [*regions.__path__, str(tmp_path)])
    root = vault({"A.md": region("", "greeting 世界")})
    run("report", root, "--no-cache")
    assert "\nhello 世界 from A.md of 1\n" in (root / "A.md").read_text("utf-8")
    assert "no region" not in pages(root)["Overview.md"].decode()


def test_these_are_the_kinds_of_regions() -> None:
    """A linter does not see the arrow from the folder to the list, so the list stands here."""
    assert list(regions.kinds()) == ["gaps", "week", "month", "quarter", "year", "topic", "next", "path"]
