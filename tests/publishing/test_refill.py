"""A report fills the regions of notes, and changes nothing else that it measures."""

import json
from pathlib import Path

import pytest
from shared.regions import BEGIN, END, region
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.errors import NotAmendedError
from vault_tools.store import amending, contents

OURS = "- [甲](obsidian://open?vault=v) [[Wanted]] ![[pic.png]] #ours\n\n## Head\n\nkey:: [[Wanted]]\n\n- [ ] 📅 2024-05-06\n\nhttps://example.org\n"


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


def test_text_in_regions_changes_no_measure(vault: MakeVault, run: Run) -> None:
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


def test_a_report_without_regions_leaves_notes_alone(vault: MakeVault, run: Run) -> None:
    """Whether a report was made before or not; the next one without the option fills them."""
    root = vault(VAULT)
    for _ in range(2):
        told = json.loads(run("report", root, "--no-regions", "--json").stdout)
        assert told["regions"] == {}
        assert (root / "Home.md").read_bytes().decode() == VAULT["Home.md"]
    assert "2 of 2 refreshed" in run("report", root).stdout


def test_a_report_computes_nothing_again_if_nothing_changed(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right after the report that filled the regions."""
    root = vault(VAULT)
    run("report", root)
    monkeypatch.setattr("vault_tools.answering.base_graph.rebuild", None)
    assert run("report", root).exit_code == 0
    (root / "A.md").write_text("changed")
    assert run("report", root).exit_code != 0


def test_a_report_restores_a_region_that_a_user_changed(vault: MakeVault, run: Run) -> None:
    """And what they write beside it stays."""
    root = vault(VAULT)
    run("report", root)
    whole = (root / "Home.md").read_bytes()
    spoilt = whole.replace(b"- **", b"- mine **", 1) + "再写一行".encode()
    assert spoilt.count(b"mine") == 1
    (root / "Home.md").write_bytes(spoilt)
    assert "regions   1 of 2 refreshed" in run("report", root).stdout
    assert (root / "Home.md").read_bytes() == whole + "再写一行".encode()


def test_a_region_follows_changes_of_the_vault(vault: MakeVault, run: Run) -> None:
    """A gap that is filled leaves it."""
    root = vault(VAULT)
    run("report", root)
    assert "**显存**" in (root / "Home.md").read_text("utf-8")
    (root / "显存.md").write_text("---\ntype: knowledge\n---\n" + "字" * 100, "utf-8")
    run("report", root)
    assert "**显存**" not in (root / "Home.md").read_text("utf-8")


def test_a_report_leaves_a_note_alone_that_changes_meanwhile(vault: MakeVault, run: Run) -> None:
    """The next report fills it."""
    root = vault(VAULT)
    opened = Vault.open(root)
    (root / "Home.md").write_text(f"typed\n{BEGIN}\n{END}\n")
    outcome = opened.report()
    opened.close()
    assert outcome.regions == {"Callout.md": "written", "Home.md": "changed-meanwhile"}
    assert (root / "Home.md").read_text() == f"typed\n{BEGIN}\n{END}\n"
    assert json.loads(run("report", root, "--json").stdout)["regions"]["Home.md"] == "written"


def test_a_report_names_a_note_that_changes_meanwhile_on_the_error_stream(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no failure."""
    monkeypatch.setattr(amending, "amend", lambda *_args: "changed-meanwhile")
    result = run("report", vault({"Home.md": GAPS}))
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: Home.md changed while it was read")
    assert "regions   0 of 1 refreshed, 1 changed while they were read" in result.stdout


def test_a_report_names_a_note_that_may_not_be_written_in_one_line(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2; pages and other notes are written."""
    root = vault(VAULT)
    amend = amending.amend

    def refuse(place: Path, path: str, *rest: str) -> amending.Amended:
        if path == "Home.md":
            raise NotAmendedError(path, "Permission denied")
        return amend(place, path, *rest)

    monkeypatch.setattr(amending, "amend", refuse)
    result = run("report", root)
    assert result.exit_code == 2
    assert result.stderr.startswith("Warning: Home.md could not be changed (Permission denied)")
    assert len(result.stderr.splitlines()) == 1
    assert "regions   1 of 2 refreshed, 1 could not be written" in result.stdout
    assert "6 of 6 written" in result.stdout


def test_a_report_fills_no_region_of_a_note_that_is_not_utf8(vault: MakeVault, run: Run) -> None:
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


def test_problems_of_regions_are_in_the_overview(vault: MakeVault, run: Run) -> None:
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


def test_a_report_of_a_vault_without_regions_does_not_mention_regions(vault: MakeVault, run: Run) -> None:
    """But for an empty list in JSON."""
    root = vault({"A.md": "text"})
    assert "  regions" not in run("report", root).stdout
    assert json.loads(run("report", root, "--json").stdout)["regions"] == {}


def test_a_function_of_python_may_fill_regions(vault: MakeVault) -> None:
    """By a function of the note and the region; the vault is read again afterwards."""
    root = vault({"A.md": region("", "mine 甲"), "B.md": region("b", "other")})
    opened = Vault.open(root, cache=False)
    done = opened.refresh_regions(lambda note, found: f"{note.path} {found.argument}" if found.argument else None)
    assert done.states == {"A.md": "written", "B.md": "unchanged"}
    assert "%%\n\nA.md 甲\n\n%%" in (root / "A.md").read_text("utf-8")
    assert opened.notes[0].digest == contents.digest_at(root, "A.md")


def test_a_vault_of_a_derived_class_is_read_again_completely(vault: MakeVault) -> None:
    """What a class of somebody's derives from ours, and what ours computes, both belong to the vault as it is now."""

    class Mine(Vault):
        @property
        def lengths(self) -> int:
            return sum(note.words for note in self.notes) + len(self.summary.vault)

    root = vault({"A.md": region("", "x")})
    opened = Mine.open(root, cache=False)
    before = opened.lengths, opened.notes
    opened.refresh_regions(lambda _note, _region: "甲乙丙")
    assert opened.notes != before[1]
