"""What `undo` prints: the list of changes, the difference, and refusals."""

# ruff: noqa: D103  (a test is named for what it holds)

import time
from itertools import count

import pytest
from shared.undo_vault import VAULT, amend, held, states
from shared.vaults import MakeVault, Run


def test_undo_of_nothing_ends_with_exit_code_1(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    for args in ([], ["--last", "3"]):
        result = run("undo", *args, "--vault", root)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "There is nothing to undo. `vault-tools undo --list` shows what was changed.\n"
    run("report", root)
    assert run("undo", "--vault", root).exit_code == 0
    assert run("undo", "--vault", root).exit_code == 1


def test_undo_takes_back_several_changes_by_number_or_by_time(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"A.md": "1", "B.md": "1"}).resolve()
    amend(root, "B.md", "2")
    now = time.time_ns()
    ticks = count(now + 3 * 3600 * 10**9)
    monkeypatch.setattr(time, "time_ns", lambda: next(ticks))
    amend(root, "A.md", "2")
    amend(root, "A.md", "3")
    monkeypatch.setattr(time, "time_ns", lambda: now + 4 * 3600 * 10**9)
    assert run("undo", "--vault", root, "--since", "30 min").exit_code == 1
    assert run("undo", "--vault", root, "--since", "2h").stdout.count("A.md") == 2
    assert (held(root, "A.md"), held(root, "B.md")) == (b"1", b"2")
    assert run("undo", "--vault", root, "--last", "5").exit_code == 0
    assert held(root, "B.md") == b"1"
    assert "is not a time" in run("undo", "--vault", root, "--since", "昨天").stderr
    assert run("undo", "--vault", root, "--since", "2024-05-31", "--last", "1").exit_code == 2


def test_undo_is_refused_in_the_language_of_the_reader(vault: MakeVault, run: Run) -> None:
    root = vault({"A.md": "1", "vault-tools.toml": 'language = "zh"\n'}).resolve()
    amend(root, "A.md", "2")
    (root / "A.md").write_text("3")
    assert "它后来被编辑过" in run("undo", "--vault", root).stderr


def test_the_list_of_changes_says_what_changed_by_whom_and_what_can_be_undone(vault: MakeVault, run: Run) -> None:
    root = vault({"A.md": "1", "B.md": "1", "C.md": "1", "D.md": "1"}).resolve()
    for path in ("C.md", "D.md", "A.md", "B.md"):
        amend(root, path, "2")
    amend(root, "A.md", "3", "inject")
    (root / "C.md").write_text("mine")
    (root / "D.md").unlink()
    run("undo", "B", "--vault", root)
    assert states(root) == [
        ("B.md", "undo", "undo"),
        ("A.md", "inject", "ready"),
        ("B.md", "report", "undone"),
        ("A.md", "report", "later"),
        ("D.md", "report", "gone"),
        ("C.md", "report", "edited"),
    ]
    lines = run("undo", "--list", "--vault", root).stdout.splitlines()
    assert [line[21:] for line in lines] == [
        "undo    B.md",
        "inject  A.md  can be undone",
        "report  B.md  undone",
        "report  A.md  can be undone after the newer change",
        "report  D.md  the note is gone",
        "report  C.md  edited since",
    ]
    assert len(run("undo", "A", "--list", "--vault", root).stdout.splitlines()) == 2
    short = run("undo", "--list", "--last", "2", "--vault", root).stdout.splitlines()
    assert short[2:] == ["… and 4 more. To see them all: --last 6"]
    assert held(root, "A.md") == b"3"


def test_a_dry_run_of_undo_shows_the_difference_and_writes_nothing(vault: MakeVault, run: Run) -> None:
    root = vault({"A.md": "one\ntwo\n"}).resolve()
    amend(root, "A.md", "one\nours\n")
    amend(root, "A.md", "one\nours\nmore\n")
    result = run("undo", "--vault", root, "--dry-run", "--last", "2")
    assert result.exit_code == 0
    changed = [line for line in result.stdout.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-more", "-ours", "+two"]
    assert held(root, "A.md") == b"one\nours\nmore\n"
    (root / "A.md").write_text("one\nmine\n")
    result = run("undo", "--vault", root, "--dry-run")
    assert result.exit_code == 2
    assert "left unchanged: edited since" in result.stderr
    assert {"-mine", "+ours"} < set(result.stdout.splitlines())


def test_undo_prints_no_control_character_of_a_name_or_a_note(vault: MakeVault, run: Run) -> None:
    name = "A\x1b[31m\u202eB.md"
    root = vault({name: "\x1b]0;title\x07\u202eold\n"}).resolve()
    amend(root, name, "new\n")
    told = [run("undo", *args, "--vault", root) for args in (["--list"], ["--dry-run"], [])]
    (root / name).write_text("edited")
    told += [run("undo", "--vault", root), run("undo", "--dry-run", "--vault", root)]
    amend(root, name, "again")
    (root / name).write_text("edited")
    told += [run("undo", "--vault", root), run("undo", "--dry-run", "--vault", root)]
    assert [result.exit_code for result in told] == [0, 0, 0, 1, 1, 2, 2]
    assert set("\x1b\x07\u202e").isdisjoint("".join(result.stdout + result.stderr for result in told))
