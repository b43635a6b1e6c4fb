"""What the library click says is said in the language of the screen."""

import re
from pathlib import Path

import click
import pytest
from shared.screen import named
from shared.vaults import Run

from vault_tools import words as catalogue
from vault_tools.cli import click_words, screen

MISUSED = {
    ("export",): (
        "The option --format is missing. Choose one of these: html, json.",
        "缺少选项 --format。可选：html、json。",
    ),
    ("reprot",): ("There is no command 'reprot'. Did you mean report?", "没有命令“reprot”。是不是 report？"),
    ("xyzzy",): (
        "There is no command 'xyzzy'. `main --help` lists all commands.",
        "没有命令“xyzzy”。`main --help` 会列出全部命令。",
    ),
    ("service", "instal"): (
        "There is no command 'instal'. Did you mean install?",
        "没有命令“instal”。是不是 install？",
    ),
    ("service", "--print"): (
        (
            "'--print' is an option of these commands: install, status, uninstall. Write it after the command: "
            "`main service install --print`"
        ),
        "“--print”是这些命令的选项：install、status、uninstall。请写在命令后面：`main service install --print`",
    ),
    ("report", "--orphan"): (
        "There is no option '--orphan'. Did you mean --max-orphans, --orphans?",
        "没有选项“--orphan”。是不是 --max-orphans、--orphans？",
    ),
    ("report", "--xyzzy"): (
        "There is no option '--xyzzy'. `main report --help` lists all options.",
        "没有选项“--xyzzy”。`main report --help` 会列出全部选项。",
    ),
    ("next", "-n", "0"): (
        "Invalid value for '--most': it must be at least 1, not 0.",
        "--most 的值无效：至少是 1，而不是 0。",
    ),
    ("stats", "--last", "121"): (
        "Invalid value for '--last': it must be from 1 to 120, not 121.",
        "--last 的值无效：应在 1 到 120 之间，而不是 121。",
    ),
    ("stats", "--last", "x"): (
        "Invalid value for '--last': 'x' is not a whole number.",
        "--last 的值无效：“x”不是整数。",
    ),
    ("stats", "--by", "day"): (
        "Invalid value for '--by': 'day' is not one of these: week, month, quarter, year.",
        "--by 的值无效：没有“day”这个选择。可选：week、month、quarter、year。",
    ),
    ("why",): ("NOTE is missing.", "缺少参数：笔记。"),
}


@pytest.mark.parametrize("arguments", MISUSED)
def test_what_is_wrong_with_a_command_line_is_said_in_both_languages(arguments: tuple[str, ...], run: Run) -> None:
    """In the last line, below the usage."""
    english, chinese = MISUSED[arguments]
    for language, begin, told in (("en", "Error: ", english), ("zh", "错误：", chinese)):
        result = run("--lang", language, *arguments)
        assert result.exit_code == 2
        assert result.stderr.splitlines()[-1] == begin + told


@pytest.mark.parametrize("arguments", [*MISUSED, ("path", "--to"), ("report", "--json=1"), ("report", "a", "b")])
def test_no_message_has_a_blank_beside_a_full_width_mark(arguments: tuple[str, ...], run: Run) -> None:
    """Nor a quote or a list as in English."""
    said = run("--lang", "zh", *arguments).stderr.splitlines()[-1]
    assert not re.search(r"[。，：、？“”] | [。，：、？“”]|, |'", said), said


def test_the_sentences_of_click_in_the_catalogue_are_those_of_the_installed_click() -> None:
    """Else they would never be found; a sentence may be spread over lines in click's source."""
    folder = Path(click.__file__).parent
    source = "".join(re.sub(r'"\s*\n\s*"', "", each.read_text("utf-8")) for each in sorted(folder.glob("*.py")))
    rows = catalogue.words("en").section("click")
    assert [text for text in rows.values() if f'"{text}"' not in source] == []


def test_click_has_its_own_sentences_back_after_a_run() -> None:
    """And what no row has stays as it is."""
    before = click.exceptions._  # type: ignore[attr-defined]
    screen.begin(named("zh"), {})
    with click_words.translated():
        assert click.exceptions._("Error: {message}") == "错误：{message}"  # type: ignore[attr-defined]
        assert click_words.sentence("Nobody says this.") == "Nobody says this."
        assert click_words.counted("Got unexpected extra argument ({args})", "", 1) == "多余的参数：{args}"
    assert click.exceptions._ is before  # type: ignore[attr-defined]
