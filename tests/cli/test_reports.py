"""`report` and `export`: figures, thresholds and exit codes, and the file that `-o` names."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from shared.command_vaults import MAPPED, NOTES
from shared.screen import invoke, named
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault, shipped
from vault_tools import words as catalogue
from vault_tools.model.defaults import ORPHAN_DEFINITIONS
from vault_tools.render.pages import names as page_names


def test_report_says_in_short_what_it_found(vault: MakeVault, run: Run) -> None:
    """Figures, the gaps that matter most, and where the pages are."""
    root = vault(NOTES)
    result = run("report", root)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) < 20
    assert [
        word for word in ("v: 4 notes", "Gone", "2 of 4", "problems  1", str(root)) if word not in result.stdout
    ] == []
    assert f"{len(page_names()) + 2} of {len(page_names()) + 2} written" in result.stdout
    assert f"({len(page_names()) + 2} pages, none changed)" in run("report", root).stdout


def test_a_quiet_report_prints_nothing(vault: MakeVault, run: Run) -> None:
    """But errors."""
    root = vault(NOTES)
    for command in (["report"], ["graph"], ["export", "--format", "json", "-o", str(root.parent / "x.json")]):
        result = run(*command, root, "--quiet")
        assert (result.exit_code, result.output) == (0, "")
    assert run("report", root / "none", "-q").stderr


def test_report_gives_its_figures_as_json(vault: MakeVault, run: Run) -> None:
    """Warm or cold the same figures; the pages by name, and what became of them."""
    root = vault(NOTES)
    cold, warm = (json.loads(run("report", root, "--json").stdout) for _ in range(2))
    graph = Vault.open(root).knowledge
    assert set(cold.pop("pages").values()) == {"written"}
    assert warm.pop("pages") == dict.fromkeys([f"_vault-tools/{name}" for name in pages(root)], "unchanged")
    assert cold == warm
    assert cold["vault"] == "v"
    assert cold["notes"] == 4
    assert cold["types"] == {"knowledge": 1, "note": 3}
    assert cold["relations"] == dict(Counter(sorted(edge.relation for edge in graph.edges)))
    assert cold["missing"] == 2
    assert cold["gaps"]["missing"] == 2
    assert cold["gaps"]["unsourced"] == 1
    assert (cold["orphans"], cold["orphans_of"], cold["orphan_definition"]) == (2, 4, "isolated")
    assert cold["problems"] == 1
    assert {figure["name"] for figure in cold["top"]} >= {"Gone", "Lost"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--max-gaps", "0"], 1),
        (["--max-gaps", "1000"], 0),
        (["--max-orphans", "1"], 1),
        (["--max-orphans", "2"], 0),
        (["--max-gaps", "1000", "--max-orphans", "0"], 1),
        (["--max-orphans", "0", "--orphans", "weak"], 0),
        ([], 0),
    ],
)
def test_exit_code_1_comes_only_with_a_threshold_that_was_asked_for(
    options: list[str], code: int, vault: MakeVault, run: Run
) -> None:
    """The pages are written all the same; a threshold that is just reached is not passed."""
    root = vault(NOTES)
    for _ in range(2):
        assert run("report", root, *options).exit_code == code
    assert len(pages(root)) == 6


def test_max_gaps_counts_what_the_summary_counts(vault: MakeVault, run: Run) -> None:
    """The sum of the gaps is the threshold that is just reached."""
    root = vault(NOTES)
    count = sum(json.loads(run("report", root, "--json").stdout)["gaps"].values())
    assert run("report", root, "--max-gaps", str(count)).exit_code == 0
    assert run("report", root, "--max-gaps", str(count - 1)).exit_code == 1


def test_an_unknown_export_format_is_refused_with_the_known_formats(vault: MakeVault, run: Run) -> None:
    """All of them."""
    from vault_tools.exporters import names

    result = run("export", vault(NOTES), "--format", "nope")
    assert result.exit_code == 2
    assert ", ".join(names()) in " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["new.md", "Top/New.MD", "new.canvas"])
@pytest.mark.parametrize("command", [("graph",), ("export", "--format", "json")])
def test_no_export_becomes_a_note_of_the_vault(vault: MakeVault, run: Run, name: str, command: tuple[str, ...]) -> None:
    """It would be read as one; elsewhere a file may be called what it will."""
    root = vault(MAPPED)
    result = run(command[0], root, *command[1:], "-o", root / name, "--force")
    assert result.exit_code == 2
    assert "would become a note in the vault, so it was not created. Choose another file." in result.stderr
    assert not (root / name).exists()
    assert run(command[0], root, *command[1:], "-o", root.parent / "new.md").exit_code == 0


def test_export_agrees_with_the_graph(vault: MakeVault, run: Run) -> None:
    """Notes, files, links, edges, unresolved names, tags."""
    root = vault(NOTES)
    result = run("export", root, "--format", "json")
    assert result.stderr == ""
    data = json.loads(result.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    graph = Vault.open(root).knowledge
    assert data["schema"] == 1
    assert data["vault"] == "v"
    assert [note["path"] for note in data["notes"]] == ["A.md", "Alone.md", "B.md", "Bad.md"]
    assert data["files"] == ["Sub/p.png"]
    written = {(row["source"], row["relation"], row["target"]) for row in data["edges"] if not row["inferred"]}
    assert written == {(edge.source, edge.relation, edge.target) for edge in graph.edges}
    inferred = {(row["source"], row["relation"], row["target"]) for row in data["edges"] if row["inferred"]}
    assert inferred == {("B.md", "enables", "A.md"), ("A.md", "related", "B.md")}
    assert data["unresolved"] == {"A.md": {"Gone": 1, "gone": 1}, "B.md": {"Lost": 1}} == graph.unresolved
    assert data["tag_counts"] == {"#one": 2, "#one/two": 1}
    note = data["notes"][0]
    assert note["frontmatter"] == {"type": "knowledge", "tags": ["One/two"], "requires": "[[B]]"}
    assert note["headings"] == [{"text": "Head", "level": 1, "line": 7}]
    assert note["blocks"] == [{"id": "b1", "line_start": 8, "line_end": 8}]
    assert [(link["raw"], link["where"], link["resolved"]) for link in note["links"]] == [
        ("[[B]]", "frontmatter", "B.md"),
        ("[[Gone]]", "body", None),
        ("[[gone]]", "body", None),
    ]
    assert [(field["key"], field["form"]) for field in note["fields"]] == [
        ("type", "frontmatter"),
        ("tags", "frontmatter"),
        ("requires", "frontmatter"),
        ("x", "line"),
    ]
    assert [(row["note"], row["raw"], row["reason"]) for row in data["broken_links"]] == [
        ("A.md", "[[Gone]]", "no-such-note"),
        ("A.md", "[[gone]]", "no-such-note"),
        ("B.md", "[[Lost.md]]", "no-such-note"),
    ]
    assert [problem["code"] for problem in data["notes"][3]["problems"]] == ["not-utf8"]


@pytest.mark.parametrize("form", ["json", "html"])
def test_export_to_a_file_gives_what_it_gives_on_the_screen(form: str, vault: MakeVault, run: Run) -> None:
    """And names the file."""
    root = vault(NOTES)
    target = root.parent / f"out.{form}"
    assert run("export", root, "--format", form, "-o", target).stdout.strip() == str(target)
    assert target.read_text("utf-8") == run("export", root, "--format", form).stdout


def test_a_file_that_cannot_be_written_is_one_line_and_exit_2(vault: MakeVault, run: Run) -> None:
    """The line names it."""
    root = vault(NOTES)
    for command in (["export", "--format", "json"], ["graph"]):
        for target in (root.parent / "no folder" / "x", root / "no folder" / "x"):
            result = run(*command, root, "-o", target)
            assert result.exit_code == 2
            assert len(result.stderr.strip().splitlines()) == 1
            assert f"{target}: " in result.stderr


@pytest.mark.parametrize("command", [("graph",), ("export", "--format", "json"), ("export", "--format", "html")])
def test_an_output_replaces_only_files_that_vault_tools_wrote(
    command: tuple[str, ...], vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """Anywhere on the disk, unless the user insists; an empty file is nobody's work."""
    root = vault(NOTES)
    target = tmp_path / "LICENSE"
    target.write_bytes(b"")
    assert run(*command, root, "-o", target).exit_code == 0
    written = target.read_bytes()
    assert run(*command, root, "-o", target).exit_code == 0
    target.write_text("years of work")
    refused = run(*command, root, "-o", target)
    assert (refused.exit_code, target.read_text()) == (2, "years of work")
    assert f"{target} was not written by vault-tools" in refused.stderr
    assert "--force" in refused.stderr
    assert "[reports]" not in refused.stderr
    assert run(*command, root, "-o", target, "--force").exit_code == 0
    assert target.read_bytes() == written


def test_force_does_not_replace_notes_of_the_vault(vault: MakeVault, run: Run) -> None:
    """Your notes are never changed."""
    root = vault(NOTES)
    for name in NOTES:
        before = (root / name).read_bytes()
        result = run("export", root, "--format", "json", "-o", root / name, "--force")
        assert (result.exit_code, (root / name).read_bytes()) == (2, before)
        assert "--force" not in result.stderr


def test_an_export_into_the_vault_is_renewed(vault: MakeVault, run: Run) -> None:
    """It carries our mark, whatever it says."""
    root = vault(NOTES)
    for _ in range(2):
        assert run("export", root, "--format", "json", "-o", root / "vault.json").exit_code == 0


def test_an_export_into_a_pipe_that_closes_ends_in_silence(vault: MakeVault) -> None:
    """`vault-tools export --format html | head`."""
    root = vault(NOTES)
    with subprocess.Popen(
        [sys.executable, "-m", "vault_tools", "export", root, "--format", "html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) != 2


LANGUAGES = shipped.languages()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("definition", ORPHAN_DEFINITIONS)
def test_orphans_may_be_chosen_by_the_title_of_their_definition(
    definition: str, language: str, vault: MakeVault, run: Run
) -> None:
    """As well as by its id."""
    root = vault({"A.md": "[[B]]", "B.md": "[[A]]", "C.md": ""})
    label = catalogue.words(language)[f"definitions.name-{definition}"]
    run("report", root, "--orphans", definition)
    told = [run("report", root, "--json", "--orphans", each, *named(language)) for each in (definition, f" {label} ")]
    assert told[1].exit_code == 0
    assert told[0].stdout == told[1].stdout


@pytest.mark.parametrize("command", [("graph",), ("export", "--format", "json")])
def test_an_output_never_replaces_a_note(command: tuple[str, ...], vault: MakeVault) -> None:
    """`-o` may name any file outside the vault, and inside it only what is ours or not there yet."""
    notes = {
        "A.md": "years of work",
        "引用.md": "---\ngenerated-by: vault-tools\n---\nkept by hand\n",
        "B.canvas": '{"generator": "vault-tools", "nodes": []}',
    }
    root = vault(notes)
    for name, text in notes.items():
        code, _, errors = invoke(*command, root, "-o", root / name)
        assert (code, (root / name).read_text("utf-8")) == (2, text)
        assert "is a note in the vault, so it was not changed" in errors
    code, _, _ = invoke(*command, root, "-o", root.parent / "out")
    assert code == 0


def test_exit_code_1_says_how_many_gaps_exceed_the_limit(vault: MakeVault) -> None:
    """Exit code 1 comes with its reason, on the error stream."""
    root = vault({"A.md": "[[B]] [[C]]"})
    code, _, errors = invoke("report", root, "--quiet", "--max-gaps", 1)
    assert (code, errors.strip()) == (1, "2 gaps, more than the 1 allowed")


def test_report_prints_no_control_character_of_a_title(vault: MakeVault) -> None:
    """Control characters in a name are shown as blanks."""
    root = vault({"A.md": "[[\x1b]0;pwned\x07 x]]", "B.md": "[[\x1b]0;pwned\x07 x]]"})
    _, output, _ = invoke("report", root)
    assert "pwned" in output
    assert not {"\x1b", "\x07"} & set(output)
