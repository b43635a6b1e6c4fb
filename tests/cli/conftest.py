"""Copies of the sample vault for the commands."""

import shutil
from pathlib import Path

import pytest
from shared.sample_lines import SAMPLE, ZH


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample vault."""
    copy = tmp_path / "sample_vault"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("_vault-tools"))
    return copy


@pytest.fixture
def chinese(sample: Path) -> Path:
    """The sample vault of a reader of Chinese."""
    settings = sample / "vault-tools.toml"
    settings.write_text(ZH + settings.read_text("utf-8"), "utf-8")
    return sample
