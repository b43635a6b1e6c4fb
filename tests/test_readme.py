"""What the README says is so."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vault_tools import Vault
from vault_tools.cli import main
from vault_tools.render.learning import picture

TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text("utf-8")


def test_the_report_in_the_readme_is_the_one_that_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the letter, for the sample vault as it lies in the repository."""
    ignored = shutil.ignore_patterns("_vault-tools")
    shutil.copytree(TOP / "sample_vault", tmp_path / "sample_vault", ignore=ignored)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["report", "sample_vault"])
    shown = re.search(r"```text report\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    assert shown.group(1) == result.stdout


def test_the_log_of_two_lines_and_its_advice_are_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two lines stand in the place of a longer log of that day."""
    lines, shown = (re.search(rf"```{fence}\n(.*?)```", README, re.DOTALL) for fence in ("markdown", "text why"))
    assert lines is not None
    assert shown is not None
    copy = tmp_path / "sample_vault"
    shutil.copytree(TOP / "sample_vault", copy, ignore=shutil.ignore_patterns("_vault-tools"))
    (copy / "Logs" / "2024-06-13 four replicas on one node.md").unlink()
    (copy / "Logs" / "2024-06-13.md").write_text(lines.group(1), "utf-8")
    assert _typed(shown.group(1), copy, monkeypatch)


def test_the_figures_in_the_readme_are_those_of_the_sample_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Month by month."""
    shown = re.search(r"```text stats\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    assert _typed(shown.group(1), TOP / "sample_vault", monkeypatch)


def test_the_picture_of_the_trends_is_that_of_the_sample_vault() -> None:
    """Drawn anew, it is the same file."""
    opened = Vault.open(TOP / "sample_vault", cache=False)
    assert (TOP / "tests/pictures/learning.svg").read_text("utf-8") == picture(opened.learning, opened.linker)


def _typed(block: str, vault: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Type the command in the first line of a block in a vault, and tell whether the rest is what it prints first."""
    command, _, printed = block.partition("\n")
    monkeypatch.chdir(vault)
    result = CliRunner().invoke(main, shlex.split(command)[2:])
    return result.stdout.startswith(printed)


def test_every_file_that_the_readme_names_is_there() -> None:
    """Links and pictures that point into the repository."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README)
    assert targets
    assert [target for target in targets if not (TOP / target).exists()] == []


def test_the_settings_in_the_readme_are_settings() -> None:
    """The whole block is read without a complaint, and every table of the settings is in it."""
    from vault_tools import config

    block = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert block is not None
    read = config.parse(block.group(1))
    assert all(getattr(read, name) for name in config.Settings.__struct_fields__)
