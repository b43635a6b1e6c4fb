"""`inject`: which empty notes get a template, which notes are left alone, and how the note is changed."""

import os
import time
from datetime import UTC, datetime

import pytest
from shared.authoring_vaults import NOW, TYPED, files, opened, settled
from shared.vaults import MakeVault, Run, write

from vault_tools import shipped
from vault_tools.authoring import inject
from vault_tools.dialect.template import render
from vault_tools.model.note import Source
from vault_tools.model.text import say
from vault_tools.parse import note
from vault_tools.parse.edit import insert
from vault_tools.store import locales


def test_an_empty_note_in_a_folder_of_a_type_gets_its_template(vault: MakeVault, run: Run) -> None:
    """By a rule, by the folders of the settings, by Obsidian's daily notes; its line ends and mark are kept."""
    root = settled(
        vault(
            TYPED
            | {
                "K/New.md": "",
                "K/Sub/Blank.md": "\ufeff\r\n \r\n",
                "D/2024-04-02.md": "\n",
                "R/2024-W19.md": "",
                "K/Full.md": "text",
                "Elsewhere.md": "",
                "2024-04-03.md": "",
                "R/whatever.md": "",
            }
        )
    )
    before = files(root)
    result = run("inject", root)
    assert result.exit_code == 0, result.output
    after = files(root)
    changed = {path for path in after if after[path] != before[path]}
    assert (
        changed
        == {"K/New.md", "K/Sub/Blank.md", "D/2024-04-02.md", "R/2024-W19.md"}
        == set(result.stdout.split("\n")[:-1])
    )
    knowledge = shipped.note_templates()["knowledge"]
    assert after["K/New.md"].decode() == knowledge
    assert after["K/Sub/Blank.md"].decode() == "\ufeff" + knowledge.replace("\n", "\r\n")
    assert 'date: "2024-04-02"' in after["D/2024-04-02.md"].decode()
    assert 'prev: "[[2024-W18]]"' in after["R/2024-W19.md"].decode()
    assert run("inject", settled(root)).stdout == ""
    assert files(root) == after


def test_an_empty_note_is_a_daily_note_only_where_obsidian_would_make_one(vault: MakeVault, run: Run) -> None:
    """A day's name in another folder is anybody's."""
    empty = dict.fromkeys(("2024-04-02.md", "2024/2024-04-03.md", "X/2024-04-04.md", "notes.md"), "")
    root = settled(vault({".obsidian/daily-notes.json": "{}", **empty}))
    assert run("inject", root).stdout == "2024-04-02.md\n"
    folders = vault({".obsidian/daily-notes.json": '{"format": "YYYY/YYYY-MM-DD"}', **empty})
    assert run("inject", settled(folders)).stdout == "2024/2024-04-03.md\n"


def test_inject_does_to_an_empty_note_what_obsidian_does(vault: MakeVault, run: Run) -> None:
    """The properties and the text are those that inserting the template gives."""
    root = settled(vault(TYPED | {"K/New.md": ""}))
    run("inject", root)
    made = (root / "K/New.md").read_text("utf-8")
    by_obsidian = insert(
        "", render(shipped.note_templates()["knowledge"], title="New", now=NOW, locale=locales.locale("en")[0])
    )
    assert note.parse(Source("", made, "")) == note.parse(Source("", by_obsidian, ""))


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("K/Full.md", "text", "it already has text; --complete adds the missing parts"),
        ("Elsewhere.md", "", "it is in no folder"),
        ("Elsewhere/Full.md", "text", "its type has no template"),
        ("Elsewhere/New.md", "", "its folder has no note type yet"),
        ("T/Knowledge.md", "", "template"),
        ("K/Note (Conflicted copy laptop 202405061305).md", "", "conflict copy"),
        ("K/Latin.md", b"\xe9", "UTF-8"),
        ("Gone.md", None, "it is not a note in this vault"),
    ],
)
def test_inject_says_why_it_leaves_a_named_note_alone(
    path: str, text: str | bytes | None, reason: str, vault: MakeVault, run: Run
) -> None:
    """On the error stream; the note is as it was."""
    more = {} if text is None else {path: text}
    root = settled(vault(TYPED | {".obsidian/templates.json": '{"folder": "T"}'} | more))
    before = files(root)
    result = run("inject", root, path)
    if path == "K/Latin.md":
        result = run("inject", root, "--complete", path)
    assert reason in result.stderr
    assert files(root) == before


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("settings", ["", "[folders]\n", '[folders]\nlog = "Logs"\n'])
@pytest.mark.parametrize("folder", ["Inbox", "学习", "a/b c", 'say "so"'])
def test_the_lines_that_give_a_folder_a_type_can_be_copied(
    folder: str, settings: str, language: str, vault: MakeVault, run: Run
) -> None:
    """They are valid TOML as they are, and with them the note gets its template."""
    text = f'language = "{language}"\n{settings}'
    root = settled(vault({f"{folder}/New.md": "", "vault-tools.toml": text}))
    said = run("inject", root, f"{folder}/New.md").stderr.splitlines()
    assert ("[folders]" in said) == (not settings)
    write(root, {"vault-tools.toml": text + "\n".join(said[1:]) + "\n"})
    assert run("inject", settled(root), f"{folder}/New.md").stdout == f"{folder}/New.md\n"
    assert "type:" in (root / f"{folder}/New.md").read_text("utf-8")


def test_inject_leaves_a_note_alone_that_somebody_may_be_writing_in(vault: MakeVault, run: Run) -> None:
    """For as long as the settings say."""
    root = settled(vault(TYPED | {"K/New.md": ""}))
    now = time.time()
    os.utime(root / "K/New.md", (now, now + 0.5))
    assert "it was changed just now, and you may still be writing in it" in run("inject", root, "K/New.md").stderr
    assert (root / "K/New.md").read_bytes() == b""
    os.utime(root / "K/New.md", (now, now - 60))
    settings = root / "vault-tools.toml"
    settings.write_text(
        "[inject]\nquiet = 3600\n" + settings.read_text("utf-8").replace("[folders]", "\n[folders]"), "utf-8"
    )
    assert "it was changed just now, and you may still be writing in it" in run("inject", root, "K/New.md").stderr
    settings.write_bytes(bytes(TYPED["vault-tools.toml"], "utf-8"))  # type: ignore[arg-type]
    assert run("inject", root, "K/New").stdout == "K/New.md\n"


@pytest.mark.parametrize("complete_", [[], ["--complete"]])
def test_inject_leaves_commands_of_templater_to_templater(complete_: list[str], vault: MakeVault, run: Run) -> None:
    """In the note, and in the template for it."""
    own = {".obsidian/templates.json": '{"folder": "T"}', "T/Knowledge.md": "---\ntype: knowledge\n---\n<% tp.x %>"}
    root = settled(vault(TYPED | own | {"K/New.md": ""}))
    assert "Templater" in run("inject", root, *complete_, "K/New.md").stderr
    root = settled(vault(TYPED | {"K/New.md": "<% tp.x %>"}))
    assert "Templater" in run("inject", root, "--complete", "K/New.md").stderr
    assert (root / "K/New.md").read_bytes() == b"<% tp.x %>"


def test_inject_leaves_a_note_with_an_unfinished_merge_alone(vault: MakeVault, run: Run) -> None:
    """In its text or in its properties: what would be added may belong to one side only."""
    merge = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n"
    for text in (f"A text.\n\n{merge}", f"---\n{merge}---\n", f"---\ntype: knowledge\n---\n{merge}"):
        root = settled(vault(TYPED | {"K/New.md": text}))
        assert (
            "it contains an unfinished merge; finish the merge first"
            in run("inject", root, "--complete", "K/New.md").stderr
        )
        assert (root / "K/New.md").read_text("utf-8") == text


def test_inject_never_writes_over_a_change_made_meanwhile(vault: MakeVault) -> None:
    """What was planned for a text is done to that text alone."""
    root = settled(vault(TYPED | {"K/New.md": "", "K/Gone.md": ""}))
    found = opened(root)
    steps = list(inject.plan(found, ["K/New.md", "K/Gone.md"], datetime.now(UTC), fill_up=False))
    (root / "K/New.md").write_text("typed meanwhile", "utf-8")
    (root / "K/Gone.md").unlink()
    changes = [step for step in steps if isinstance(step, inject.PlannedChange)]
    assert [inject.carry_out(found, change) for change in changes] == [say("inject.changed-meanwhile")] * 2
    assert (root / "K/New.md").read_text("utf-8") == "typed meanwhile"
    assert not (root / "K/Gone.md").exists()


def test_inject_writes_a_note_in_place(vault: MakeVault, run: Run) -> None:
    """It stays the same file, with the same rights."""
    root = vault(TYPED | {"K/New.md": ""})
    (root / "K/New.md").chmod(0o640)
    settled(root)
    before = (root / "K/New.md").stat()
    run("inject", root)
    after = (root / "K/New.md").stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert after.st_size > 0


def test_a_dry_run_of_inject_shows_a_diff_and_writes_nothing(vault: MakeVault, run: Run) -> None:
    """Old lines stay, new ones have a plus."""
    root = settled(vault({"N.md": "---\ntype: knowledge\n---\n## How it works\n"}))
    before = files(root)
    shown = run("inject", root, "--complete", "--dry-run").stdout.splitlines()
    assert files(root) == before
    assert "+requires: []" in shown
    assert "+## Where I used it" in shown
    assert not [line for line in shown if line.startswith("-") and not line.startswith("---")]
