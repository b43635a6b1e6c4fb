"""What the README says is so."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vault_tools.cli import main

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
