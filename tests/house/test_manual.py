"""What the README and the manual say is so, and `vault-tools help` prints the manual."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len
from shared import manual_pages
from shared.manual_pages import (
    DOCUMENTS,
    MANUAL,
    PAGES,
    TOP,
    anchors,
    blocks,
    commands,
    language,
    links,
    mentioned,
    name,
    prose,
    rewritten,
    update,
    wrong_calls,
)
from shared.vaults import Run, write

from vault_tools import __version__
from vault_tools.cli import help as help_
from vault_tools.cli import main, manual
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.schema import Settings

EN = TOP / "templates" / "manual" / "en"
OTHERS = [page for page in MANUAL if page.parent != EN]
WIDEST_SUMMARY = 76
"""Columns of the line that says what a topic is about: with its name before it, it fits a terminal."""

each_page = pytest.mark.parametrize("page", PAGES, ids=name)
each_document = pytest.mark.parametrize("page", DOCUMENTS, ids=name)
each_topic = pytest.mark.parametrize("page", MANUAL, ids=name)


@each_page
def test_a_manual_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    """To the letter, in the sample vault; `python tests/update_outputs.py` writes it again."""
    assert rewritten(page, tmp_path) == page.read_text("utf-8")


def test_an_outdated_output_in_a_manual_page_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, or as long as it was if it is cut; a note that is shown is there for one block."""
    page = tmp_path / "page.md"
    gone = "```markdown Logs/2024-06-13.md\napplied:: [[Docker]]\n```\n"
    why = "```console\n$ vault-tools why Docker\nDocker\nold\n…\n```\n"
    short = "```console\n$ vault-tools path TensorRT Quantization\nold\n$ vault-tools --version\n```\n"
    page.write_text(gone + why + why + short, "utf-8")
    monkeypatch.setattr(manual_pages, "PAGES", [page])
    monkeypatch.setattr(manual_pages, "name", str)
    (tmp_path / "one").mkdir()
    assert update(tmp_path / "one") == [page]
    shown = [block.text for block in blocks(page.read_text("utf-8"))]
    assert shown[0] == "applied:: [[Docker]]\n"
    assert [text.count("\n") for text in shown[1:3]] == [4, 4]
    assert "old" not in "".join(shown)
    assert shown[3].startswith("$ vault-tools path TensorRT Quantization\nTensorRT --")
    assert shown[3].endswith(f"$ vault-tools --version\nvault-tools {__version__}\n")
    (tmp_path / "two").mkdir()
    assert update(tmp_path / "two") == []


@each_document
def test_a_link_of_a_manual_page_leads_to_a_file_and_a_heading(page: Path) -> None:
    """Of this repository; for a folder, the folder is enough."""
    for path, anchor in links(page.read_text("utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{path}#{anchor}"


@each_document
def test_a_manual_page_mentions_only_commands_and_options_that_exist(page: Path) -> None:
    """In its blocks and in its sentences."""
    assert wrong_calls(page.read_text("utf-8")) == []


def test_the_check_of_the_manual_finds_a_command_or_option_that_does_not_exist() -> None:
    """Else the test above could not fail."""
    good = "`--json` and `vault-tools graph --focus NOTE`\n\n```text\nvault-tools service install --print   do\n```\n"
    assert len(mentioned(good)) == 3
    assert wrong_calls(good) == []
    for bad in ("`--jsn`", "`vault-tools grap`", "`vault-tools next --focus X`", "```sh\nvault-tools stats --all\n```"):
        assert len(wrong_calls(bad + "\n")) == 1, bad


@each_document
def test_a_manual_page_names_only_settings_that_exist(page: Path) -> None:
    """As `[table] key`, and in blocks that are read without a complaint."""
    text = page.read_text("utf-8")
    for table, key in re.findall(r"`\[(\w+)\] (\w+)", text):
        assert hasattr(getattr(Settings(), table), key), f"[{table}] {key}"
    for block in blocks(text, "toml"):
        parse_settings(block.text)


@each_topic
def test_a_manual_page_begins_with_its_title_and_one_line_of_summary(page: Path) -> None:
    """Which the list of topics shows."""
    title, blank, summary, end = page.read_text("utf-8").splitlines()[:4]
    assert title.startswith("# ")
    assert (blank, end) == ("", "")
    assert summary == help_.summary(page.read_text("utf-8"))
    assert cell_len(summary) <= WIDEST_SUMMARY
    assert summary.endswith((".", "。"))


@each_topic
def test_lines_of_the_manual_to_copy_fit_a_terminal(page: Path) -> None:
    """Of 80 columns, with the margins that they get there."""
    shown = [block for block in blocks(page.read_text("utf-8")) if block.kind != "console"]
    assert [line for block in shown for line in block.text.splitlines() if cell_len(line) > 76] == []


def test_each_topic_has_a_manual_page_in_each_language() -> None:
    """And on no other topic."""
    assert {page.parent for page in OTHERS} == {folder for folder in EN.parent.iterdir() if folder != EN}
    for folder in {page.parent for page in OTHERS}:
        assert sorted(page.name for page in folder.iterdir()) == sorted(page.name for page in EN.iterdir())


@pytest.mark.parametrize("page", OTHERS, ids=name)
def test_a_manual_page_in_another_language_has_the_same_structure(page: Path) -> None:
    """The same headings, tables and commands, in the same order."""
    here, there = page.read_text("utf-8"), (EN / page.name).read_text("utf-8")
    for shape in (r"^#+ ", r"^\|(?= ---)", r"^```\w*"):
        assert re.findall(shape, here, re.MULTILINE) == re.findall(shape, there, re.MULTILINE)
    assert commands(page) == commands(EN / page.name)


def test_a_manual_page_with_the_name_of_a_command_leads_to_its_options() -> None:
    """As `help` shows the page."""
    for page in MANUAL:
        if page.stem in main.commands:
            assert f"`vault-tools {page.stem} --help`" in prose(page.read_text("utf-8")), name(page)


# ---------------------------------------------------------------- vault-tools help


def test_help_lists_every_topic_and_every_command(run: Run) -> None:
    """Each on a line of its own."""
    lines = run("help", "--lang", "en").output.splitlines()
    begin = [line.split()[0] for line in lines if line.startswith("  ")]
    seen = [name for name, command in main.commands.items() if not command.hidden]
    assert begin == sorted(page.stem for page in EN.iterdir()) + sorted(seen)
    assert "  undo       Undo changes that vault-tools made to your notes." in lines


@each_topic
def test_help_prints_a_page_unformatted_into_a_pipe(page: Path, run: Run) -> None:
    """In its language, and in English where there is none in it."""
    assert run("help", page.stem, "--lang", language(page)).stdout == page.read_text("utf-8")


def test_help_speaks_the_language_of_the_system(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as there are pages in it."""
    english, chinese = ((EN.parent / code / "security.md").read_text("utf-8") for code in ("en", "zh"))
    for key in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(key, raising=False)
    assert run("help", "security").stdout == english
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("help", "security").stdout == chinese
    monkeypatch.setenv("LC_ALL", "eo.UTF-8")
    assert run("help", "security").stdout == english


def test_help_shows_a_command_as_the_help_option_does(run: Run) -> None:
    """Also one below another."""
    for words in (["report"], ["service", "install"]):
        assert run("help", *words).stdout.split("\n", 1)[1] == run(*words, "--help").stdout.split("\n", 1)[1]
        assert run("help", *words).stdout.startswith(f"Usage: main {' '.join(words)} [OPTIONS]")


@pytest.mark.parametrize(("words", "near"), [(["undoo"], "undo"), (["Tamplates"], "templates"), (["service", "x"], "")])
def test_an_unknown_topic_of_help_is_refused_with_similar_topics(words: list[str], near: str, run: Run) -> None:
    """As wrong use."""
    result = run("help", *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert " ".join(words) in result.stderr
    assert near in result.stderr


def test_help_needs_neither_a_vault_nor_good_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As who needs help may have none."""
    write(tmp_path, {".obsidian/app.json": "{", "vault-tools.toml": "no = settings"})
    monkeypatch.chdir(tmp_path)
    assert run("report").exit_code == 2
    assert run("help", "settings").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_help_formats_a_page_on_a_terminal() -> None:
    """Without the marks of Markdown, and with links as commands."""
    import pty

    leader, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "80", "NO_COLOR": "1"}
    call = [sys.executable, "-m", "vault_tools", "help", "pages", "--lang", "en"]
    with subprocess.Popen(call, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        shown = b"".join(_read(leader)).decode()
    assert process.returncode == 0
    assert "Use" not in shown.splitlines()[0]
    assert "vault-tools help map" in " ".join(shown.split())
    for mark in ("```", "](", "| ---", "**", "learning.svg)"):
        assert mark not in shown


def _read(leader: int) -> list[bytes]:
    """Return all that is written on a terminal until its other side is closed."""
    found = []
    try:
        while piece := os.read(leader, 65536):
            found.append(piece)
    except OSError:  # on Linux, the other side is closed
        pass
    return found


@each_topic
def test_help_leaves_no_link_of_a_page_on_a_terminal(page: Path) -> None:
    """A path means nothing there."""
    assert links(help_.readable(page.read_text("utf-8"))) == []


@each_topic
def test_help_cuts_off_no_word_of_a_page_on_a_terminal(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In lines of a paragraph and of a table, also in Chinese, which has no blanks."""
    monkeypatch.setenv("COLUMNS", "80")
    text = help_.readable(page.read_text("utf-8"))
    manual.draw(text, 80)
    shown = capsys.readouterr().out
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert all(char == "\n" or char.isprintable() for char in shown)
    assert Counter(filter(str.isalnum, shown)) == Counter(filter(str.isalnum, text.replace("```text", "")))


@each_topic
def test_no_manual_page_has_a_blank_beside_a_full_width_mark(page: Path) -> None:
    """Which brings its own."""
    assert (
        re.findall(
            r".{,9}(?:[^|] [，。：；、！？（）“”]|[，。：；、！？（）] (?!\|)).{,9}", prose(page.read_text("utf-8"))
        )
        == []
    )
