"""The language of the screen: which one it is, and that it changes nothing else."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from shared.chinese_vault import VAULT, english
from shared.screen import COMMANDS, named
from shared.vaults import Files, MakeVault, Run

from vault_tools.cli import main, screen

CHINESE = {"LANG": "zh_CN.UTF-8"}


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
def test_the_lang_option_wins_over_the_settings_and_the_settings_over_the_system(  # noqa: PLR0913  (a table)
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


def test_an_unknown_language_is_refused_with_the_known_ones(run: Run) -> None:
    """Nothing is done then."""
    result = run("report", "--lang", "tlh")
    assert result.exit_code == 2
    assert "The language 'tlh' is not available. Choose one of these: en, zh." in result.stderr


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


def test_the_language_of_the_system_changes_no_byte_of_a_written_file(vault: MakeVault) -> None:
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
