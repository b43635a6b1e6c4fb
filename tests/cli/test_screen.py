"""The language of the screen: which it is, that all of it is in that language, and that it changes nothing else."""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import Files, MakeVault, Run
from hypothesis import given
from hypothesis import strategies as st
from test_words import VAULT, english

from vault_tools import cli, shipped
from vault_tools import words as catalogue
from vault_tools.cli import click_words, commands, layout, main, screen
from vault_tools.cli.base import MODULES
from vault_tools.model.defaults import ORPHAN_DEFINITIONS

LANGUAGES = shipped.languages()
CHINESE = {"LANG": "zh_CN.UTF-8"}
WIDTH = 80


def named(language: str) -> list[str]:
    """Return the option that names a language."""
    return ["--lang", language]


def walk(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that name it, groups too."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(walk())


# ---------------------------------------------------------------- which language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
        ({"LANG": "de_DE", "LANGUAGE": "de:zh:en"}, "zh"),
        ({"LANG": "zh_CN", "LANGUAGE": "en:zh"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "zh_CN"}, "en"),
        ({"LANGUAGE": "zh"}, "en"),
        ({"LANGUAGE": ":", "LANG": "zh_CN"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "zh_CN.gb18030@x"}, "zh"),
        ({"LANG": "zh-Hant"}, "zh"),
        ({"LANG": "C@x"}, "en"),
    ],
)
def test_the_language_of_the_system_is_found_as_gettext_finds_it(environment: Mapping[str, str], language: str) -> None:
    """LANGUAGE is a list, and counts only where a language is set at all."""
    assert screen.of_system(environment) == language


@given(st.lists(st.sampled_from(["report", "--lang", "--lang=zh", "zh", "en", "--", "-q", ""])))
def test_the_last_lang_on_the_command_line_counts_wherever_it_stands(arguments: list[str]) -> None:
    """Behind `--` there are no options; a `--lang` without a value is an error that click tells."""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    values = [
        each.partition("=")[2] or next(iter(before[at + 1 :]), "")
        for at, each in enumerate(before)
        if each.startswith("--lang") and (each != "--lang" or at + 1 < len(before))
    ]
    assert screen.named_in(arguments) == (values[-1] if values else "")


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ("", ""),
        ('language = "zh"', "zh"),
        ('language = "de"\n[reports]\nlanguage = "zh"', "zh"),
        ('language = "zh"\n[reports]\nlanguage = ""', "zh"),
        ("language = 3", ""),
        ("reports = 3", ""),
        ("language =", ""),
        ("x = " + "[" * 4000, ""),
    ],
)
def test_only_a_language_that_the_settings_name_counts(settings: str, language: str) -> None:
    """That of the reports before that of the vault; settings that cannot be read name none."""
    assert screen.set_in(settings) == language


@pytest.mark.parametrize(
    ("options", "settings", "system", "chinese"),
    [
        ((), "", "", False),
        ((), "", "zh_CN.UTF-8", True),
        ((), 'language = "en"', "zh_CN.UTF-8", False),
        ((), 'language = "zh"', "en_US.UTF-8", True),
        ((), 'language = "tlh"', "zh_CN.UTF-8", True),
        (("--lang", "en"), 'language = "zh"', "zh_CN.UTF-8", False),
        (("--lang=zh-Hans",), 'language = "en"', "C", True),
    ],
)
@pytest.mark.parametrize("command", [("report",), ("status",), ("next",), ("undo", "--list", "--vault")])
def test_lang_goes_before_the_settings_and_these_before_the_system(  # noqa: PLR0913  (a table)
    command: tuple[str, ...],
    options: tuple[str, ...],
    settings: str,
    system: str,
    *,
    chinese: bool,
    vault: MakeVault,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In every command that works on a vault."""
    monkeypatch.setenv("LANG", system)
    root = vault({"vault-tools.toml": settings, "A.md": "[[B]]"})
    said = run(*command, root, *options).output.replace(str(root), "")
    assert bool(re.search("[\u4e00-\u9fff]", said)) == chinese


@pytest.mark.parametrize("at", [0, 1, 2])
def test_lang_may_stand_on_the_group_and_on_every_command(at: int, run: Run) -> None:
    """Before the command, or behind its arguments."""
    for path in COMMANDS:
        words = [*path, "--help"]
        words[min(at, len(words)) : min(at, len(words))] = named("zh")
        assert "用法：" in run(*words).stdout, words


def test_a_language_that_is_not_spoken_is_named_with_those_that_are(run: Run) -> None:
    """Nothing is done then."""
    result = run("report", "--lang", "tlh")
    assert result.exit_code == 2
    assert "The language 'tlh' is not available. Choose one of these: en, zh." in result.stderr


# ---------------------------------------------------------------- help


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
def test_no_summary_is_cut_or_wrapped(path: tuple[str, ...], language: str, run: Run) -> None:
    """At 80 columns each command has one line, in every language."""
    text = run(*path, "--help", *named(language)).stdout
    rows = [line for line in text.splitlines() if re.match(r"  [a-z]+  +\S", line)]
    group = COMMANDS[path]
    assert isinstance(group, click.Group)
    assert [line.split()[0] for line in rows] == group.list_commands(click.Context(group))
    assert not [line for line in rows if "…" in line or line.endswith("...")]
    listed = text[text.index(rows[0]) : text.index(rows[-1]) + len(rows[-1])]
    assert listed.splitlines() == rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_fits_the_screen(path: tuple[str, ...], language: str, run: Run) -> None:
    """No line is wider than 80 columns, where a Chinese character takes two; no sentence is lost on the way."""
    text = run(*path, "--help", *named(language)).stdout
    assert max(map(layout.width, text.splitlines())) <= WIDTH
    key = "-".join(path) or "main"
    sentence = catalogue.words(language)[f"help.{key}.text"]
    assert isinstance(sentence, str)
    assert re.sub(r"\s", "", sentence) in re.sub(r"\s", "", text)


@given(st.text(alphabet="ab 中文，。（）“”—…x", max_size=120), st.integers(10, 40))
def test_wrapping_loses_nothing_and_breaks_no_rule(text: str, most: int) -> None:
    """Only blanks are dropped; no line begins with a mark that closes, and no long line could have been broken."""
    text = " ".join(text.split())
    lines = layout.wrapped(text, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines[1:] if line[0] in layout._NOT_FIRST]
    for line in lines:
        cut = [at for at in range(1, len(line)) if line[at] != " " and layout._may_break(line[at - 1], line[at])]
        assert layout.width(line) <= most or not cut or layout.width(line[: cut[0]].rstrip()) > most


def test_options_that_many_commands_have_are_alike() -> None:
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


def test_a_vault_may_be_named_twice_but_two_vaults_may_not(vault: MakeVault, run: Run) -> None:
    """By whatever path."""
    one, other = vault({"A.md": ""}), vault({})
    for command in (["report"], ["status"], ["inject"]):
        same = run(*command, one, "--vault", one.parent / "v" / ".." / "v")
        assert "are two vaults" not in same.stderr
        assert same.exit_code < 2
        result = run(*command, one, "--vault", other)
        assert result.exit_code == 2
        assert "are two vaults. Name one of them." in result.stderr


# ---------------------------------------------------------------- what is wrong with a command line

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
def test_no_blank_is_beside_a_full_width_mark(arguments: tuple[str, ...], run: Run) -> None:
    """Nor a quote or a list as in English."""
    said = run("--lang", "zh", *arguments).stderr.splitlines()[-1]
    assert not re.search(r"[。，：、？“”] | [。，：、？“”]|, |'", said), said


@pytest.mark.parametrize("command", ["report", "status", "check", "next", "stats", "undo", "init", "graph", "inject"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_vault_that_is_not_there_is_told_by_every_command(
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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "is not a known language, so the pages are in English. vault-tools speaks en, zh.\n"),
        ("zh", "不是已知的语言，因此页面使用英语。可选：en、zh。\n"),
    ],
)
@pytest.mark.parametrize("settings", ['language = "klingon"', '[reports]\nlanguage = "klingon"'])
def test_a_language_in_the_settings_that_is_unknown_is_told(
    language: str, told: str, settings: str, vault: MakeVault, run: Run
) -> None:
    """In one line; the pages say it too."""
    root = vault({"A.md": "a", "vault-tools.toml": settings})
    said = run("--lang", language, "report", root).stderr
    assert said.count("\n") == 1
    assert 'language = "klingon"' in said
    assert said.endswith(told)


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


# ---------------------------------------------------------------- click's own words


def test_rows_of_click_say_what_the_installed_click_says() -> None:
    """Else they would never be found; a sentence may be spread over lines in click's source."""
    folder = Path(click.__file__).parent
    source = "".join(re.sub(r'"\s*\n\s*"', "", each.read_text("utf-8")) for each in sorted(folder.glob("*.py")))
    rows = catalogue.words("en").section("click")
    assert [text for text in rows.values() if f'"{text}"' not in source] == []


def test_click_speaks_its_own_language_again_afterwards() -> None:
    """And what no row has stays as it is."""
    before = click.exceptions._  # type: ignore[attr-defined]
    screen.begin(named("zh"), {})
    with click_words.translated():
        assert click.exceptions._("Error: {message}") == "错误：{message}"  # type: ignore[attr-defined]
        assert click_words.said("Nobody says this.") == "Nobody says this."
        assert click_words.counted("Got unexpected extra argument ({args})", "", 1) == "多余的参数：{args}"
    assert click.exceptions._ is before  # type: ignore[attr-defined]


# ---------------------------------------------------------------- nothing is said in English

NOTES: Files = {
    **{path: text for path, text in VAULT.items() if path != "编码.md"},
    "vault-tools.toml": '[check]\nalerts = ["projects < 3"]\n[orphans]\ndefinition = "weak"',
    "区域.md": "%% vault-tools:begin next 3 %%\n%% vault-tools:end next %%\n",
    "知识/空.md": "",
}
SUCCESS: tuple[tuple[str, ...], ...] = (
    ("report",),
    ("report", "--no-cache"),
    ("report", "--read-only"),
    ("graph",),
    ("graph", "--focus", "量化", "--depth", "2", "--color", "type"),
    ("next",),
    ("stats", "--by", "week"),
    ("check",),
    ("check", "--today", "2020-01-01"),
    ("why", "量化"),
    ("path", "甲", "乙"),
    ("path", "甲", "独"),
    ("path", "--to", "项目"),
    ("inject",),
    ("inject", "--complete", "--dry-run"),
    ("inject", "甲.md", "--complete"),
    ("inject",),
    ("new", "知识", "新的"),
    ("new", "知识", "新的"),
    ("undo", "--list"),
    ("undo", "--dry-run"),
    ("undo",),
    ("undo",),
    ("undo", "--last", "9"),
    ("status",),
    ("service", "status"),
    ("service", "uninstall"),
    ("service", "install", "--print"),
    ("init", "--dry-run"),
    ("init",),
    ("init",),
)
WRONG: tuple[tuple[str, ...], ...] = (
    ("repot",),
    ("service", "stat"),
    ("report", "--orphan"),
    ("report", "--orphans", "x"),
    ("report", "--orphans"),
    ("report", "--max-gaps", "x"),
    ("report", "--max-gaps", "-1"),
    ("report", "--max-gaps", "0"),
    ("report", "--max-orphans", "0", "--orphans", "isolated"),
    ("report", "--quiet=1"),
    ("report", "x", "y"),
    ("report", "-o", "甲.md"),
    ("report", "-o", "."),
    ("export",),
    ("export", "--format", "x"),
    ("export", "--format", "json", "-o", "甲.md"),
    ("export", "--format", "json", "-o", "知识"),
    ("graph", "--depth", "2"),
    ("graph", "--depth", "9", "--focus", "量化"),
    ("graph", "--names-only"),
    ("graph", "--focus", "量"),
    ("graph", "--focus", "双"),
    ("graph", "--type", "x"),
    ("graph", "--type", "知"),
    ("graph", "--read-only"),
    ("graph", "-o", "_vault-tools/graph.html", "--names-only"),
    ("next", "--today", "x"),
    ("next", "-n", "0"),
    ("stats", "--by", "x"),
    ("path", "甲"),
    ("path", "甲", "没有这篇"),
    ("why",),
    ("why", "没有这篇"),
    ("new",),
    ("new", "没有"),
    ("new", "知识"),
    ("new", "知识", "新", "--read-only"),
    ("inject", "没有这篇"),
    ("inject", "--read-only"),
    ("undo", "--last", "1", "--since", "2h"),
    ("undo", "--since", "昨"),
    ("undo", "没有这篇"),
    ("undo", "--read-only"),
    ("init", "--lang", "x"),
    ("init", "--read-only"),
    ("watch", "--read-only"),
    ("service", "install", "--read-only"),
    ("service", "status", "--for", "windows"),
    ("help", "repot"),
    ("report", "没有"),
    ("report", "甲.md"),
    ("status", "没有"),
)


def at_home(words: tuple[str, ...], **environment: str) -> Result:
    """Run a command in the folder that this process is in."""
    return CliRunner(env={**CHINESE, **environment}).invoke(main, words, prog_name="vault-tools")


def left(said: str) -> set[str]:
    """Return what is English on the screen, outside of code, options, paths and what stands for a date."""
    said = re.sub(r"^(?:[+#-]| %%).*$", "", said, flags=re.MULTILINE)  # the text of files
    plain = re.sub(r"vault-tools(?: [a-z]+)*|--?[a-z][\w-]*|'[^']*'|/[^\s，。；：（）]*|\[[^\]]*\]", "·", said)
    plain = re.sub(r"[\w-]+(?:\.\w+)+", "·", plain)
    return english(f"\n---\n{plain}") - {"JSON Schema"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_help_has_an_english_sentence_under_a_chinese_system(path: tuple[str, ...]) -> None:
    """Each command, its options, its errors' frame."""
    result = at_home((*path, "--help"))
    assert result.exit_code == 0
    assert left(result.stdout) == set()


def test_no_command_says_an_english_sentence_under_a_chinese_system(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What goes well, and what goes wrong."""
    root = vault(NOTES)
    for place in (root, *root.rglob("*")):
        os.utime(place, (1_600_000_000, 1_600_000_000))
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    found: dict[tuple[str, ...], set[str]] = {}
    for words in (*SUCCESS, *WRONG):
        result = at_home(words)
        found[words] = left(result.output)
        assert result.output, words
        assert (words in WRONG) <= (result.exit_code > 0), (words, result.output)
    monkeypatch.chdir(tmp_path)
    found["no vault",] = left(at_home(("report",)).output)
    assert {words: runs for words, runs in found.items() if runs} == {}


def test_the_language_of_the_system_changes_no_byte_that_is_written(vault: MakeVault) -> None:
    """Pages, regions, templates, a new note, the map; and none of what is printed as JSON."""
    commands_ = (
        ("report",),
        ("graph", "--rearrange"),
        ("inject",),
        ("new", "knowledge", "New"),
        ("init",),
        ("report", "--json"),
        ("next", "--json"),
        ("stats", "--json"),
        ("check", "--json"),
        ("export", "--format", "json"),
        ("why", "量化", "--json"),
        ("path", "甲", "乙", "--json"),
    )
    written = []
    for system in ("C", "zh_CN.UTF-8"):
        root = vault(NOTES)
        printed = [at_home((*words, "--vault", str(root)), LANG=system).stdout for words in commands_]
        printed = [text for words, text in zip(commands_, printed, strict=True) if "json" in "".join(words)]
        files = {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
        written.append((files, printed))
    assert written[0] == written[1]


def test_a_fault_says_what_to_send(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the language of the screen; the traceback is for --debug."""
    from vault_tools.app import Vault

    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(Vault, "report", fail)
    said = run("report", vault({}), *named("zh")).stderr
    assert "内部错误（ZeroDivisionError：boom）" in said
    assert "vault-tools --debug" in said
    assert run("--debug", "report", vault({})).exception.__class__ is ZeroDivisionError


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
def test_each_command_is_in_the_module_that_it_is_looked_for_in(name: str) -> None:
    """In a process that has imported no other command."""
    code = (
        f"from vault_tools.cli.base import main; import click; assert main.get_command(click.Context(main), {name!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("definition", ORPHAN_DEFINITIONS)
def test_a_definition_of_orphans_is_known_by_what_a_page_calls_it(
    definition: str, language: str, vault: MakeVault, run: Run
) -> None:
    """As well as by its id."""
    root = vault({"A.md": "[[B]]", "B.md": "[[A]]", "C.md": ""})
    label = catalogue.words(language)[f"definitions.name-{definition}"]
    run("report", root, "--orphans", definition)
    told = [run("report", root, "--json", "--orphans", each, *named(language)) for each in (definition, f" {label} ")]
    assert told[1].exit_code == 0
    assert told[0].stdout == told[1].stdout


def test_a_name_of_several_notes_is_told_by_inject(vault: MakeVault, run: Run) -> None:
    """With their paths; it is no word for a note that is not there."""
    result = run("inject", vault({"a/N.md": "", "b/N.md": ""}), "N")
    assert result.exit_code == 2
    assert "a/N.md" in result.stderr
    assert "b/N.md" in result.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_finds_a_topic_by_its_title(language: str, run: Run) -> None:
    """The first line of its page, in the language of the screen or in English; and words in one argument."""
    from vault_tools.cli import help as manual

    for topic in manual.topics():
        title = manual.title(manual.page(topic, language))
        assert run("help", title, *named(language)).stdout == run("help", topic, *named(language)).stdout, title
    assert run("help", "service install").stdout == run("help", "service", "install").stdout
