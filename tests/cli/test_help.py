"""`help`: topics and commands are found by what a reader calls them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shared.screen import named
from shared.vaults import Run

from vault_tools import shipped
from vault_tools.cli import screen

LANGUAGES = shipped.languages()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_topic_is_found_by_its_title_in_every_language(language: str, run: Run) -> None:
    """Or by a word that only one title has; other words lead to the help that says them."""

    def page(*words: str) -> str:
        return str(run("--lang", language, "help", *words).stdout)

    for title, topic in (
        ("学习日志", "log"),
        ("日志", "log"),
        ("快速上手", "start"),
        ("自动更新", "watch"),
        ("LINKS", "links"),
    ):
        assert page(title) == page(topic) != ""
    near = run("--lang", language, "help", "监视")
    assert near.exit_code == 2
    assert "watch" in near.stderr


def test_help_reads_no_settings(tmp_path: Path) -> None:
    """Run beside settings in another language; they do not count, and nothing that reads them is imported."""
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "vault-tools.toml").write_text('language = "zh"', "utf-8")
    call = [sys.executable, "-X", "importtime", "-m", "vault_tools", "report", "--help"]
    place = str(Path(screen.__file__).parents[2])
    done = subprocess.run(
        call, cwd=tmp_path, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": place}, check=True
    )
    assert done.stdout.startswith("Usage:")
    assert not re.search(r"vault_tools\.(config|store|app)\b", done.stderr)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_finds_a_topic_by_its_title(language: str, run: Run) -> None:
    """The first line of its page, in the language of the screen or in English; and words in one argument."""
    from vault_tools.cli import help as manual

    for topic in manual.topics():
        title = manual.title(manual.page(topic, language))
        assert run("help", title, *named(language)).stdout == run("help", topic, *named(language)).stdout, title
    assert run("help", "service install").stdout == run("help", "service", "install").stdout
