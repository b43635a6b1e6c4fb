"""Commands and their options: in which module each is, the help of each, and the options that many have."""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from shared.screen import COMMANDS, named
from shared.vaults import MakeVault, Run

from vault_tools import cli, shipped
from vault_tools import words as catalogue
from vault_tools.cli import commands, main
from vault_tools.cli.base import MODULES

LANGUAGES = shipped.languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_has_help_in_every_language(language: str) -> None:
    """A summary, a text and a sentence or two for each option; and no row is there that no command shows."""
    words, shown = catalogue.words(language), {"help.options.help"}
    for path, command in COMMANDS.items():
        key = "-".join(path) or "main"
        shown |= {f"help.summary.{key}"} if path else set()
        seen = [each for each in command.params if isinstance(each, click.Option) and not each.hidden]
        names = {commands.long_name(each) for each in seen}
        own = {id_ for name in names if (id_ := f"help.{key}.{name}") in words}
        shown |= own | {f"help.options.{name}" for name in names if f"help.{key}.{name}" not in own}
        shown |= {id_ for id_ in words if re.fullmatch(rf"help\.{key}\.(text|epilog)(-\d)?", id_)}
        assert f"help.{key}.text" in words, key
        assert all(f"help.metavar.{each.metavar}" in words for each in command.params if each.metavar), key
    rows = {id_ for id_ in words if id_.startswith("help.") and not id_.startswith("help.metavar.")}
    assert rows == shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [path for path, each in COMMANDS.items() if isinstance(each, click.Group)])
def test_no_summary_of_a_command_is_cut_or_wrapped(path: tuple[str, ...], language: str, run: Run) -> None:
    """At 80 columns each command has one line, in every language."""
    text = run(*path, "--help", *named(language)).stdout
    rows = [line for line in text.splitlines() if re.match(r"  [a-z]+  +\S", line)]
    group = COMMANDS[path]
    assert isinstance(group, click.Group)
    assert [line.split()[0] for line in rows] == group.list_commands(click.Context(group))
    assert not [line for line in rows if "…" in line or line.endswith("...")]
    listed = text[text.index(rows[0]) : text.index(rows[-1]) + len(rows[-1])]
    assert listed.splitlines() == rows


def test_options_of_several_commands_have_the_same_help() -> None:
    """The same sentence, in the same order, last."""
    for path, command in COMMANDS.items():
        names = [commands.long_name(each) for each in command.params if isinstance(each, click.Option)]
        shared = [name for name in names if name in commands.LAST]
        assert shared == [name for name in commands.LAST if name in shared], path
        assert names[len(names) - len(shared) :] == shared, path
        assert {"lang", "read-only"} <= set(names), path


def test_every_command_that_works_on_a_vault_takes_it_as_an_option() -> None:
    """Beside the argument, where it has one."""
    options = {path: {name for each in command.params for name in each.opts} for path, command in COMMANDS.items()}
    without = {path for path, names in options.items() if "--vault" not in names}
    assert without == {(), ("service",), ("help",)}


def test_the_argument_and_the_option_must_name_the_same_vault(vault: MakeVault, run: Run) -> None:
    """By whatever path."""
    one, other = vault({"A.md": ""}), vault({})
    for command in (["report"], ["status"], ["inject"]):
        same = run(*command, one, "--vault", one.parent / "v" / ".." / "v")
        assert "are two vaults" not in same.stderr
        assert same.exit_code < 2
        result = run(*command, one, "--vault", other)
        assert result.exit_code == 2
        assert "are two vaults. Name one of them." in result.stderr


@pytest.mark.parametrize("command", ["report", "status", "check", "next", "stats", "undo", "init", "graph", "inject"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_refuses_a_vault_that_does_not_exist(
    command: str, language: str, tmp_path: Path, run: Run
) -> None:
    """In the same words."""
    nope = tmp_path / "nope"
    result = run("--lang", language, command, "--vault", nope)
    told = {
        "en": f"Error: There is no folder {nope}. Give the folder of a vault.",
        "zh": f"错误：文件夹 {nope} 不存在。请指定仓库所在的文件夹。",
    }
    assert (result.exit_code, result.stderr) == (2, f"{told[language]}\n")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Warning: {0} has no notes and no .obsidian folder. Is it the folder of your vault?\n"),
        ("zh", "警告：{0} 里没有笔记，也没有 .obsidian 文件夹。这是你的仓库文件夹吗？\n"),
    ],
)
def test_a_folder_that_looks_like_no_vault_is_doubted(language: str, told: str, tmp_path: Path, run: Run) -> None:
    """The pages are written all the same."""
    root = tmp_path / "v"
    root.mkdir()
    result = run("--lang", language, "report", root)
    assert (result.exit_code, result.stderr) == (0, told.format(root))
    assert (root / "_vault-tools" / "Overview.md").exists()
    (root / "A.md").write_text("a")
    assert run("--lang", language, "report", root).stderr == ""


def test_each_command_is_in_the_module_that_the_list_names() -> None:
    """A command that no row names would be unknown; the module of a row has its command."""
    from vault_tools.cli.base import MODULES

    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in MODULES}
    assert {name: each.callback.__module__ for name, each in found.items() if each and each.callback} == {
        name: f"vault_tools.cli.{module}" for name, module in MODULES.items()
    }
    for module in {each.name for each in pkgutil.iter_modules(cli.__path__)}:
        importlib.import_module(f"vault_tools.cli.{module}")
    assert main.commands.keys() == MODULES.keys()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_each_command_runs_from_the_module_of_its_row(name: str) -> None:
    """In a process that has imported no other command."""
    code = (
        f"from vault_tools.cli.base import main; import click; assert main.get_command(click.Context(main), {name!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
