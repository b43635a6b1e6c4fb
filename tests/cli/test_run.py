"""How the command line starts: mistyped commands, help and version, what is imported, the vault, and the exit codes."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from shared.command_vaults import NOTES
from shared.screen import named
from shared.vaults import MakeVault, Run, pages

from vault_tools import __version__


def python(*args: str, cwd: Path | None = None, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run Python on our command line in a process of its own."""
    return subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
        **more,
    )


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("C.UTF-8", "Error: There is no command 'repot'. Did you mean report?"),
        ("zh_CN.UTF-8", "错误：没有命令“repot”。是不是 report？"),
    ],
)
def test_a_mistyped_command_is_suggested_though_none_is_loaded_yet(locale: str, said: str) -> None:
    """In a new process, as a user runs it; in Chinese with the marks of Chinese."""
    done = python("-m", "vault_tools", "repot", env={**os.environ, "LC_ALL": locale})
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, said)


def test_version_and_help_are_printed_with_exit_codes_and_commands(run: Run) -> None:
    """With the exit codes in the help, and each command listed."""
    assert run("--version").stdout.split()[-1] == __version__
    for flag in ("--help", "-h"):
        text = run(flag).stdout
        assert [word for word in ("report", "graph", "export", "Exit codes", "--debug") if word not in text] == []
    for command in ("report", "graph", "export"):
        assert "VAULT" in run(command, "--help").stdout


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["report", "--help"]])
def test_help_and_version_import_nothing_slow(args: list[str]) -> None:
    """No networkx, pyvis, numpy, YAML or Markdown parser."""
    result = python("-X", "importtime", "-m", "vault_tools", *args)
    assert result.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "click" in loaded
    slow = ("networkx", "pyvis", "numpy", "yaml", "markdown_it", "sqlite3", "rich", "vault_tools.app", "asyncio")
    assert [name for name in slow if name in loaded] == []


WITHOUT_PYVIS = """
import sys
from click.testing import CliRunner
import vault_tools
from vault_tools.cli import main

root = sys.argv[1]
vault_tools.Vault.open(root, cache=False).graph
for command in sys.argv[2:]:
    CliRunner().invoke(main, command.format(root=root).split(), catch_exceptions=False)
    print(command, *sorted({"pyvis", "IPython", "jinja2"} & sys.modules.keys()), sep="|")
"""


def test_only_the_page_of_the_graph_loads_pyvis(vault: MakeVault) -> None:
    """It brings IPython and half of what is installed; nothing else pays for that, nor does a page that is current."""
    root = vault(NOTES)
    assert python("-m", "vault_tools", "report", str(root)).returncode == 0
    others = [
        "check {root}",
        "stats {root}",
        "next {root}",
        "export {root} --format json",
        "new log --vault {root} --read-only",
        "inject {root} --dry-run",
        "init {root} --dry-run",
        "undo --vault {root} --list",
        "report {root} --read-only",
        "report {root}",
    ]
    said = python("-c", WITHOUT_PYVIS, str(root), *others, "graph {root} --rearrange").stdout.splitlines()
    assert said[-1] == "graph {root} --rearrange|IPython|jinja2|pyvis"
    assert [line for line in said[-1 - len(others) : -1] if "|" in line] == []
    assert len(said) > len(others)


def test_the_vault_is_found_upwards(
    vault: MakeVault, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder inside it, and from the vault itself; the nearest one wins."""
    root = vault(NOTES | {"Sub/Deep/x.md": "", "Sub/.obsidian/app.json": "{}"})
    monkeypatch.chdir(root / "Sub" / "Deep")
    assert run("report").exit_code == 0
    assert (root / "Sub" / "_vault-tools").is_dir()
    assert not (root / "_vault-tools").exists()
    monkeypatch.chdir(root)
    assert run("graph").exit_code == 0
    assert sorted(pages(root)) == ["graph.html"]
    monkeypatch.chdir(tmp_path)
    result = run("report")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert ".obsidian" in result.stderr


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["reprot"], "reprot"),
        (["report", "--nope"], "--nope"),
        (["report", "--max-gaps", "-1"], "-1"),
        (["report", "--max-gaps", "many"], "many"),
        (["report", "--orphans", "lonely"], "isolated"),
        (["export"], "--format"),
        (["export", "--format", "nope"], "json"),
        (["report", "a", "b"], "b"),
    ],
)
def test_wrong_use_ends_with_exit_code_2_and_says_what_is_right(args: list[str], word: str, run: Run) -> None:
    """On stderr, with what would have been right."""
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert word in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_pipes_get_utf8_whatever_the_terminal_uses(encoding: str, vault: MakeVault) -> None:
    """And people get what their terminal can show, without an error."""
    root = vault(NOTES | {"知识.md": "[[缺失]]"})
    speaks = {**os.environ, "PYTHONIOENCODING": encoding}
    assert python("-m", "vault_tools", "report", str(root), env=speaks).returncode == 0
    exported = python("-m", "vault_tools", "export", str(root), "--format", "json", env=speaks)
    assert [note["path"] for note in json.loads(exported.stdout)["notes"]][-1] == "知识.md"
    summary = json.loads(python("-m", "vault_tools", "report", str(root), "--json", env=speaks).stdout)
    assert "缺失" in {figure["name"] for figure in summary["top"]}


SLOW = "from vault_tools.cli import base, opening; opening.PATIENCE = -1; base.main()"


def _in_terminal(*args: str) -> str:
    """Run slowly in a terminal, and return what came over stderr."""
    ours, theirs = pty.openpty()
    speaks = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *args], stdout=subprocess.DEVNULL, stderr=theirs, env=speaks
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        assert process.wait(30) == 0
    os.close(ours)
    return shown.decode()


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 1000)
    except OSError:  # the other end is closed
        return b""


def test_progress_shows_in_a_terminal_and_never_in_a_pipe(vault: MakeVault) -> None:
    """Nor where it is not wanted."""
    root = str(vault(NOTES))
    assert "Reading notes" in _in_terminal("report", root, "--no-cache")
    assert _in_terminal("report", root, "--no-cache", "--quiet") == ""
    assert python("-c", SLOW, "report", root, "--no-cache").stderr == ""


def test_colour_is_left_out_where_it_is_not_wanted(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR, and every pipe."""
    root = vault(NOTES)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in run("report", root, color=True).stdout
    assert "\x1b[" not in run("report", root).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("report", root, color=True).stdout


def test_a_fault_of_ours_says_what_to_send_to_us(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the language of the screen; the traceback is for --debug."""
    from vault_tools.app import Vault

    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(Vault, "report", fail)
    said = run("report", vault({}), *named("zh")).stderr
    assert "内部错误（ZeroDivisionError：boom）" in said
    assert "vault-tools --debug" in said
    assert run("--debug", "report", vault({})).exception.__class__ is ZeroDivisionError
