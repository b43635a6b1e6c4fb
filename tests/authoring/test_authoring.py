"""The commands that write notes: init, new, inject; on real vaults."""

import os
import re
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from shared.vaults import Files, MakeVault, Run, write

from vault_tools import Vault, config, shipped
from vault_tools.authoring import create, inject
from vault_tools.authoring.complete import UnfinishedError, complete
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.notes_language import language_of
from vault_tools.cli import main
from vault_tools.dialect.template import render
from vault_tools.errors import OutsideVaultError, SettingsError, UnclearWordError
from vault_tools.model.note import Note, Source
from vault_tools.model.text import say
from vault_tools.parse import frontmatter, note
from vault_tools.parse.edit import PropertiesError, insert
from vault_tools.parse.note import clean
from vault_tools.store import disk, locales

NOW = datetime(2024, 5, 6, 13, 5, 9, tzinfo=UTC)
LONG_AGO = 1_600_000_000


def files(root: Path) -> dict[str, bytes]:
    """Every file of a vault, by vault path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def settled(root: Path) -> Path:
    """A vault in which nobody wrote for long."""
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return root


def opened(root: Path) -> Vault:
    """A vault, read anew."""
    return Vault.open(root, cache=False)


# ---------------------------------------------------------------- init


@pytest.mark.parametrize(
    ("language", "folder", "log"), [("en", "Templates", "Learning log"), ("zh", "模板", "学习日志")]
)
def test_init_installs_every_template_under_a_friendly_name(
    language: str, folder: str, log: str, vault: MakeVault, run: Run
) -> None:
    """As it is shipped, in the language asked for; the second time it writes nothing and says what it kept."""
    root = vault({"Note.md": "mine"})
    assert run("init", root, "--lang", language).exit_code == 0
    first = files(root)
    texts = {text.encode() for text in shipped.note_templates(language).values()}
    assert {data for path, data in first.items() if path.startswith(f"{folder}/")} == texts
    assert first[f"{folder}/{log}.md"] == shipped.note_templates(language)["log"].encode()
    assert not [path for path in first if path.startswith(".obsidian")]
    result = run("init", root, "--lang", language)
    assert files(root) == first
    assert "written" not in result.stdout
    count = len(first) - 1
    many = {"en": f"  kept     {count} files (-v lists them)", "zh": f"  保留     {count} 个文件（用 -v 列出）"}
    assert [line for line in result.stdout.splitlines() if line.startswith("  ")] == [many[language]]
    result = run("init", root, "--lang", language, "-v")
    assert len(re.findall("^  (?:kept|保留) ", result.stdout, re.MULTILINE)) == count
    assert opened(root).knowledge.nodes[f"{folder}/{log}.md"].type == "template"


def test_init_uses_the_folder_that_obsidian_names_and_keeps_what_lies_there(vault: MakeVault, run: Run) -> None:
    """A template of the user's, by its file or by its type, is not doubled."""
    own = "---\ntype: knowledge\nmine:\n---\n"
    root = vault(
        {
            ".obsidian/templates.json": '{"folder": "Meta/T"}',
            "Meta/T/learning LOG.md": "mine",
            "Meta/T/Idea.md": own,
            "vault-tools.toml": "# mine\n",
        }
    )
    result = run("init", root, "--lang", "en")
    after = files(root)
    assert after["Meta/T/learning LOG.md"] == b"mine"
    assert after["vault-tools.toml"] == b"# mine\n"
    assert "Meta/T/Weekly reflection.md" in after
    assert not {"Meta/T/Learning log.md", "Meta/T/Knowledge.md"} & after.keys()
    kept = [line.split(maxsplit=1)[1] for line in result.stdout.splitlines() if line.startswith("  kept")]
    assert kept == ["Meta/T/Idea.md", "Meta/T/learning LOG.md", "vault-tools.toml"]
    assert not [path for path in after if path.startswith("Templates")]


@pytest.mark.parametrize(
    ("given_", "english", "chinese"),
    [
        (
            {".obsidian/templates.json": '{"folder": "T"}'},
            "The templates folder is T, as set in Obsidian.",
            "模板文件夹是“T”，由 Obsidian 设定。",
        ),
        (
            {"vault-tools.toml": 'templates = "Own"'},
            "The templates folder is Own, as set in vault-tools.toml.",
            "模板文件夹是“Own”，由 vault-tools.toml 设定。",
        ),
    ],
)
def test_init_says_why_it_chose_a_folder(
    given_: dict[str, str | bytes], english: str, chinese: str, vault: MakeVault, run: Run
) -> None:
    """It is set, or it was there before."""
    root = vault(given_)
    assert english in run("init", root, "--lang", "en", "--dry-run").stdout.splitlines()
    assert chinese in run("init", root, "--lang", "zh", "--dry-run").stdout.splitlines()
    there = vault({"Templates/Mine.md": "mine", "模板/Mine.md": "mine"})
    assert "The templates folder is Templates, which already exists." in (
        run("init", there, "--lang", "en", "--dry-run").stdout
    )
    assert "模板文件夹是已有的“模板”。" in run("init", there, "--lang", "zh", "--dry-run").stdout


NO_TITLE = {
    ("en", "知识节点"): "A note of type Knowledge needs a title: vault-tools new Knowledge TITLE",
    ("en", "core-topic"): 'A note of type Core topic needs a title: vault-tools new "Core topic" TITLE',
    ("zh", "core-topic"): "核心主题类型的笔记需要标题：vault-tools new 核心主题 标题",
    ("zh", "paper"): "论文类型的笔记需要标题：vault-tools new 论文 标题",
}


@pytest.mark.parametrize(("language", "word"), NO_TITLE)
def test_a_missing_title_is_told_in_the_words_of_the_screen(
    language: str, word: str, vault: MakeVault, run: Run
) -> None:
    """Not by the ids of the types."""
    result = run("new", word, "--lang", language, "--vault", vault({}))
    assert result.stderr.rstrip().endswith(NO_TITLE[language, word])


@pytest.mark.parametrize(
    ("language", "none", "some", "empty"),
    [
        ("en", "'Movie' has no template. These have one: Core topic, Daily note", "Knowledge", "The title is empty."),
        ("zh", "“Movie”这种笔记类型没有模板。有模板的类型：核心主题、日记", "知识节点", "标题是空的。"),
    ],
)
def test_a_type_without_a_template_and_an_empty_title_are_told(
    language: str, none: str, some: str, empty: str, vault: MakeVault, run: Run
) -> None:
    """Whether notes are of the type or the settings declare it."""
    for root in (vault({"A.md": "---\ntype: Movie\n---\n"}), vault({"vault-tools.toml": "[types.Movie]\n"})):
        result = run("new", "Movie", "x", "--lang", language, "--vault", root)
        assert result.exit_code == 2
        assert none in result.stderr
        assert some in result.stderr
        for title in ("", " "):
            assert empty in run("new", "paper", title, "--lang", language, "--vault", root).stderr


def test_init_shows_its_plan_and_writes_nothing_on_a_dry_run(vault: MakeVault, run: Run) -> None:
    """Every file that the real run writes is named."""
    root = vault({})
    plan = run("init", root, "--lang", "zh", "--dry-run").stdout
    assert files(root) == {}
    run("init", root, "--lang", "zh")
    assert all(path in plan for path in files(root))


@pytest.mark.parametrize(
    ("settings", "notes", "folder"),
    [
        (None, {}, "Templates"),
        (None, {"A note.md": "All in English.", "另一篇.md": "短"}, "Templates"),
        (None, {"量化.md": "量化让模型变小。", "B.md": "用 GPTQ 量化模型", "Read me.md": "Three words here"}, "模板"),
        ('language = "zh"', {}, "模板"),
        ('language = "en"', {"量化.md": "量化让模型变小。"}, "Templates"),
        ("# nothing", {"量化.md": "量化让模型变小。"}, "模板"),
    ],
)
def test_init_takes_the_language_of_the_settings_else_of_the_notes(
    settings: str | None, notes: Files, folder: str, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never that of the system: another device may have another one."""
    for system in ("zh_CN.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", system)
        root = vault({**notes, **({} if settings is None else {"vault-tools.toml": settings})})
        result = run("init", root)
        assert (root / folder).is_dir()
        screen, written = "zh" if system != "C" else "en", "zh" if folder == "模板" else "en"
        hint = re.findall(r"vault-tools init --lang (\w+)", result.stdout)
        assert hint == ([screen] if screen != written and "language" not in (settings or "") else [])


@pytest.mark.parametrize(
    ("files", "args", "said"),
    [
        ({"量化.md": "量化让模型变小。"}, ["--lang", "en"], "in Chinese, like most of your notes. For English, run: "),
        (
            {"A.md": "All in English."},
            ["--lang", "zh"],
            "是英文的，因为大部分笔记不是中文的。要用中文，请运行：",
        ),
        ({}, ["--lang", "zh"], "是英文的，因为仓库里还没有笔记。要用中文，请运行："),
        ({"vault-tools.toml": 'language = "zh"'}, ["--lang", "en"], "in the language that vault-tools.toml sets"),
        ({"vault-tools.toml": 'language = "en"'}, ["--lang", "zh"], "模板的语言由 vault-tools.toml 设定。"),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_init_says_why_it_has_another_language_than_the_screen(
    files: Files, args: list[str], said: str, dry: tuple[str, ...], vault: MakeVault
) -> None:
    """In one line, and with the command that changes it."""
    shown = CliRunner().invoke(main, [*args, "init", *dry, str(vault(files))]).stdout
    (line,) = (each for each in shown.splitlines() if said in each)
    assert line.endswith(f"vault-tools init --lang {args[1]}")


@given(st.text(alphabet="量化模型推理", min_size=2, max_size=30), st.text(alphabet="abc xyz", max_size=30))
def test_a_vault_is_chinese_if_most_of_its_notes_are(chinese: str, english: str) -> None:
    """By the names and first words of its notes; what has no letters does not count, and Japanese is not Chinese."""
    notes = [Note("1.md", "", excerpt=chinese), Note("a/2.md", "", excerpt=chinese + " GPU")]
    assert language_of([*notes, Note("3.md", "", excerpt=f"word {english} " * 3)]) == "zh"
    assert language_of([*notes, *(Note(f"word {at}.md", "", excerpt="in English only") for at in (1, 2))]) == "en"
    assert language_of([Note("2024-01-01.md", ""), Note("12.md", "", excerpt="42")]) == "en"
    assert language_of([Note("モデルの量子化について.md", "", excerpt="これはメモです")]) == "en"
    assert language_of([]) == "en"


def test_init_ends_with_at_most_four_lines_of_what_to_do(vault: MakeVault, run: Run) -> None:
    """What Obsidian knows already is not asked for again."""

    def lines(root: Path) -> list[str]:
        return [line for line in run("init", root, "--lang", "en").stdout.splitlines() if not line.startswith("  ")]

    asked = lines(vault({}))
    assert len(asked) == 4
    assert "/_vault-tools/graph.html to .gitignore" in asked[-2]
    assert ".stignore" in asked[-2]
    assert "Templates" in asked[0]
    assert "minutes, rating" in asked[1]
    told = {
        ".obsidian/templates.json": '{"folder": "T"}',
        ".obsidian/types.json": '{"types": {"minutes": "number", "Rating": "number"}}',
    }
    assert lines(vault(told)) == ["The templates folder is T, as set in Obsidian.", *asked[2:]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_settings_that_init_writes_are_the_defaults_and_name_every_key(
    language: str, vault: MakeVault, run: Run
) -> None:
    """As they are written, and with every line taken out of its comment."""
    root = vault({".obsidian/templates.json": '{"folder": "T"}'})
    run("init", root, "--lang", language)
    text = (root / "vault-tools.toml").read_text("utf-8")
    assert config.parse(text) == msgspec.structs.replace(config.Settings(), language=language)
    whole = re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)
    read = config.parse(whole)
    data = tomllib.loads(whole)
    assert data.keys() == set(config.Settings.__struct_fields__)
    for name in config.Settings.__struct_fields__:
        value = getattr(read, name)
        if isinstance(value, msgspec.Struct):
            assert value == type(value)(), name
            assert data[name].keys() == set(value.__struct_fields__), name


# ---------------------------------------------------------------- new


def new(root: Path, word: str, title: str | None = None, now: datetime = NOW) -> tuple[str, str]:
    """A new note's path and text."""
    made = create.create(opened(root), word, title, now)
    return made.path, (root / made.path).read_bytes().decode()


def test_new_writes_what_obsidian_would_make_of_the_template(vault: MakeVault) -> None:
    """With the vault's own formats of date and time, and in its language."""
    text = "---\ntype: log\ncreated: {{date}}\n---\n# {{title}}\n{{time}} {{date:dddd}} <% tp.x('{{date}}') %>\n"
    root = vault(
        {
            ".obsidian/templates.json": '{"folder": "T", "dateFormat": "D.M.YYYY", "timeFormat": "HH"}',
            "T/Entry.md": text,
            "vault-tools.toml": 'language = "zh"',
        }
    )
    locale, _ = locales.locale("zh")
    expected = render(text, title="量化: A"[:2], now=NOW, locale=locale, date_format="D.M.YYYY", time_format="HH")
    assert new(root, "日志", "量化") == ("日志/量化.md", expected)
    assert "6.5.2024" in expected
    assert "星期一 <% tp.x('{{date}}') %>" in expected


@pytest.mark.parametrize(
    ("word", "path", "period"),
    [
        ("weekly", "Reflections/2024-W19.md", ("2024-W19", "2024-W18", "2024-W20")),
        ("monthly", "Reflections/2024-05.md", ("2024-05", "2024-04", "2024-06")),
        ("季度反思", "Reflections/2024-Q2.md", ("2024-Q2", "2024-Q1", "2024-Q3")),
        ("yearly", "Reflections/2024.md", ("2024", "2023", "2025")),
    ],
)
def test_a_new_reflection_knows_its_period_and_its_neighbours(
    word: str, path: str, period: tuple[str, str, str], vault: MakeVault
) -> None:
    """Doing it again leaves the one that is there; a title of one's own does not change the period."""
    root = vault({})
    made, text = new(root, word)
    assert made == path
    this, before, after = period
    wanted = {"type": "reflection", "period": this, "prev": f"[[{before}]]", "next": f"[[{after}]]"}
    assert frontmatter.read(text).values == wanted
    before_ = files(root)
    assert create.create(opened(root), word, None, NOW).new is False
    assert files(root) == before_
    assert frontmatter.read(new(root, word, "A look back")[1]).values == wanted


def test_new_asks_obsidian_how_the_notes_of_a_period_are_called(vault: MakeVault) -> None:
    """Folder and format of Periodic Notes; links with their folder where the name alone may mean others."""
    plugin = '{"weekly": {"enabled": true, "folder": "周记", "format": "gggg/[第]w[周]", "template": ""}}'
    root = vault({".obsidian/plugins/periodic-notes/data.json": plugin, "vault-tools.toml": 'language = "zh"'})
    path, text = new(root, "weekly")
    assert path == "周记/2024/第19周.md"
    assert frontmatter.read(text).values == {
        "type": "反思",
        "周期": "2024-W19",
        "上一篇": "[[周记/2024/第18周]]",
        "下一篇": "[[周记/2024/第20周]]",
    }


def test_a_new_log_asks_for_nothing(vault: MakeVault) -> None:
    """Its day is in its name; the next one of the day gets a number, whatever the capitals of what is there."""
    root = vault({})
    assert [new(root, "log")[0] for _ in range(3)] == [f"Logs/2024-05-06 log{end}.md" for end in ("", " 1", " 2")]
    assert frontmatter.read(new(root, "log", "KV cache")[1]).values == {
        **dict.fromkeys(("project", "minutes", "mode", "problem", "solved-in", "outcome", "effect", "rating")),
        "type": "log",
        "date": "2024-05-06",
        "learned": [],
        "applied": [],
    }
    assert new(root, "log", "kv CACHE")[0] == "Logs/kv CACHE 1.md"


def test_the_day_in_a_notes_name_is_the_day_that_it_is_about(vault: MakeVault) -> None:
    """And not today."""
    values = frontmatter.read(new(vault({}), "log", "2024-04-02 KV cache")[1]).values
    assert values is not None
    assert values["date"] == "2024-04-02"


@pytest.mark.parametrize(
    ("given_", "word", "path"),
    [
        ({}, "knowledge", "Knowledge/T.md"),
        ({"vault-tools.toml": 'language = "zh"'}, "knowledge", "知识/T.md"),
        ({"knowledge/x.md": ""}, "knowledge", "knowledge/T.md"),
        (
            {
                "A/x.md": "---\ntype: 知识\n---",
                "B/y.md": "---\ntype: concept\n---",
                "B/z.md": "---\ntype: knowledge\n---",
            },
            "概念",
            "B/T.md",
        ),
        (
            {"A/x.md": "---\ntype: knowledge\n---", "vault-tools.toml": '[folders]\n"知识" = "深/处"'},
            "knowledge",
            "深/处/T.md",
        ),
        ({"vault-tools.toml": '[folders]\nreflection = "R"\nweekly = "W"'}, "weekly", "W/T.md"),
        ({"vault-tools.toml": '[folders]\nreflection = "R"\nweekly = "W"'}, "monthly", "R/T.md"),
        ({".obsidian/daily-notes.json": '{"folder": "Days"}'}, "daily", "Days/T.md"),
        ({"x.md": "---\ntype: knowledge\n---"}, "knowledge", "T.md"),
        ({"T.md": "---\ntype: knowledge\n---"}, "knowledge", "T 1.md"),
    ],
)
def test_a_new_note_goes_where_notes_of_its_type_go(
    given_: dict[str, str | bytes], word: str, path: str, vault: MakeVault
) -> None:
    """Our settings, then Obsidian's, then where most of them lie, then a plain name."""
    assert new(vault(given_), word, "T")[0] == path


def test_new_prints_the_path_or_the_link_and_explains_a_wrong_word(vault: MakeVault, run: Run) -> None:
    """The nearest type is named; several templates are listed; a note that needs a title says so."""
    root = vault({})
    assert run("new", "项目", "Deploy: A/B?", "--vault", root).stdout == "Projects/Deploy A-B.md\n"
    link = run("new", "knowledge", "量化", "--vault", root, "--open").stdout
    place = quote(str(root.resolve() / "Knowledge" / "量化.md"), safe="")
    assert link == f"obsidian://open?path={place}\n"
    for word, title, part in (
        ("knowlege", "x", "There is no note type 'knowlege'. Did you mean knowledge?"),
        ("reflection", "x", "Monthly reflection, Quarterly reflection, Weekly reflection, Yearly reflection"),
        ("knowledge", None, "new Knowledge TITLE"),
        ("knowledge", ".hidden", "begin with a dot"),
    ):
        result = run("new", word, *([title] if title else []), "--vault", root)
        assert result.exit_code == 2
        assert part in result.stderr
        assert len(result.stderr.splitlines()) == 1


@given(st.text(max_size=300))
def test_a_new_note_of_any_title_lies_in_its_folder_and_nothing_else_changes(title: str) -> None:
    """Or the title is refused; nothing is overwritten."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        root = (Path(folder) / "v").resolve()
        write(root, {".obsidian/app.json": "{}", "Knowledge/a.md": "mine"})
        before = files(root)
        try:
            made = create.create(opened(root), "knowledge", title, NOW)
        except UnclearWordError:
            assert files(root) == before
            return
        after = files(root)
        assert after.keys() - before.keys() == {made.path}
        assert made.path.rpartition("/")[0] == "Knowledge"
        assert before.items() <= after.items()


def test_nothing_is_written_outside_the_vault(vault: MakeVault, tmp_path: Path) -> None:
    """Not through a link of the disk either, nor where Obsidian does not look, nor over a file."""
    root = vault({"a.md": "mine"})
    (tmp_path / "elsewhere").mkdir()
    (root / "Out").symlink_to(tmp_path / "elsewhere")
    for path in ("../b.md", "Out/b.md", ".trash/b.md"):
        with pytest.raises(OutsideVaultError):
            disk.create(root, path, "x")
    assert disk.create(root, "a.md", "x") is False
    assert disk.create(root, "New/b.md", "量") is True
    assert files(root) == {"a.md": b"mine", "New/b.md": "量".encode()}
    assert list((tmp_path / "elsewhere").iterdir()) == []
    for folder in ("../x", "/x", ".hidden"):
        with pytest.raises(SettingsError):
            config.parse(f'[folders]\nlog = "{folder}"')


def test_a_new_file_is_written_where_the_disk_knows_no_second_names(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on many sticks and phones: still whole, still over nothing, and without a draft left behind."""

    def refuse(_target: Path, _draft: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    root = vault({})
    assert disk.create(root, "a.md", "量") is True
    assert disk.create(root, "a.md", "x") is False
    assert files(root) == {"a.md": "量".encode()}


def test_of_two_who_create_a_note_at_once_one_is_told(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look whether the name is free and the writing, somebody takes it."""
    root = vault({})
    fresh = disk._fresh

    def slow(target: Path, data: bytes) -> None:
        write(root, {"a.md": "theirs"})
        fresh(target, data)

    monkeypatch.setattr(disk, "_fresh", slow)
    assert disk.create(root, "a.md", "ours") is False
    assert files(root) == {"a.md": b"theirs"}


# ---------------------------------------------------------------- inject


TYPED: dict[str, str | bytes] = {
    "vault-tools.toml": '[folders]\nreflection = "R"\n[[rules]]\nfolder = "K"\ntype = "知识"\n',
    ".obsidian/daily-notes.json": '{"folder": "D"}',
}


def test_an_empty_note_in_a_folder_of_a_type_gets_its_template(vault: MakeVault, run: Run) -> None:
    """By a rule, by the folders of the settings, by Obsidian's daily notes; its line ends and mark are kept."""
    root = settled(
        vault(
            TYPED
            | {
                "K/New.md": "",
                "K/Sub/Blank.md": "\ufeff\r\n \r\n",
                "D/2024-04-02.md": "\n",
                "R/2024-W19.md": "",
                "K/Full.md": "text",
                "Elsewhere.md": "",
                "2024-04-03.md": "",
                "R/whatever.md": "",
            }
        )
    )
    before = files(root)
    result = run("inject", root)
    assert result.exit_code == 0, result.output
    after = files(root)
    changed = {path for path in after if after[path] != before[path]}
    assert (
        changed
        == {"K/New.md", "K/Sub/Blank.md", "D/2024-04-02.md", "R/2024-W19.md"}
        == set(result.stdout.split("\n")[:-1])
    )
    knowledge = shipped.note_templates()["knowledge"]
    assert after["K/New.md"].decode() == knowledge
    assert after["K/Sub/Blank.md"].decode() == "\ufeff" + knowledge.replace("\n", "\r\n")
    assert 'date: "2024-04-02"' in after["D/2024-04-02.md"].decode()
    assert 'prev: "[[2024-W18]]"' in after["R/2024-W19.md"].decode()
    assert run("inject", settled(root)).stdout == ""
    assert files(root) == after


def test_an_empty_note_is_that_of_a_day_only_where_obsidian_would_make_it(vault: MakeVault, run: Run) -> None:
    """A day's name in another folder is anybody's."""
    empty = dict.fromkeys(("2024-04-02.md", "2024/2024-04-03.md", "X/2024-04-04.md", "notes.md"), "")
    root = settled(vault({".obsidian/daily-notes.json": "{}", **empty}))
    assert run("inject", root).stdout == "2024-04-02.md\n"
    folders = vault({".obsidian/daily-notes.json": '{"format": "YYYY/YYYY-MM-DD"}', **empty})
    assert run("inject", settled(folders)).stdout == "2024/2024-04-03.md\n"


def test_inject_does_to_an_empty_note_what_obsidian_does(vault: MakeVault, run: Run) -> None:
    """The properties and the text are those that inserting the template gives."""
    root = settled(vault(TYPED | {"K/New.md": ""}))
    run("inject", root)
    made = (root / "K/New.md").read_text("utf-8")
    by_obsidian = insert(
        "", render(shipped.note_templates()["knowledge"], title="New", now=NOW, locale=locales.locale("en")[0])
    )
    assert note.parse(Source("", made, "")) == note.parse(Source("", by_obsidian, ""))


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("K/Full.md", "text", "it already has text; --complete adds the missing parts"),
        ("Elsewhere.md", "", "it is in no folder"),
        ("Elsewhere/Full.md", "text", "its type has no template"),
        ("Elsewhere/New.md", "", "its folder has no note type yet"),
        ("T/Knowledge.md", "", "template"),
        ("K/Note (Conflicted copy laptop 202405061305).md", "", "conflict copy"),
        ("K/Latin.md", b"\xe9", "UTF-8"),
        ("Gone.md", None, "it is not a note in this vault"),
    ],
)
def test_inject_says_why_a_note_that_was_named_is_left_alone(
    path: str, text: str | bytes | None, reason: str, vault: MakeVault, run: Run
) -> None:
    """On the error stream; the note is as it was."""
    more = {} if text is None else {path: text}
    root = settled(vault(TYPED | {".obsidian/templates.json": '{"folder": "T"}'} | more))
    before = files(root)
    result = run("inject", root, path)
    if path == "K/Latin.md":
        result = run("inject", root, "--complete", path)
    assert reason in result.stderr
    assert files(root) == before


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("settings", ["", "[folders]\n", '[folders]\nlog = "Logs"\n'])
@pytest.mark.parametrize("folder", ["Inbox", "学习", "a/b c", 'say "so"'])
def test_the_lines_that_give_a_folder_a_type_can_be_copied(
    folder: str, settings: str, language: str, vault: MakeVault, run: Run
) -> None:
    """They are valid TOML as they are, and with them the note gets its template."""
    text = f'language = "{language}"\n{settings}'
    root = settled(vault({f"{folder}/New.md": "", "vault-tools.toml": text}))
    said = run("inject", root, f"{folder}/New.md").stderr.splitlines()
    assert ("[folders]" in said) == (not settings)
    write(root, {"vault-tools.toml": text + "\n".join(said[1:]) + "\n"})
    assert run("inject", settled(root), f"{folder}/New.md").stdout == f"{folder}/New.md\n"
    assert "type:" in (root / f"{folder}/New.md").read_text("utf-8")


def test_inject_leaves_a_note_alone_that_somebody_may_be_writing_in(vault: MakeVault, run: Run) -> None:
    """For as long as the settings say."""
    root = settled(vault(TYPED | {"K/New.md": ""}))
    now = time.time()
    os.utime(root / "K/New.md", (now, now + 0.5))
    assert "it was changed just now, and you may still be writing in it" in run("inject", root, "K/New.md").stderr
    assert (root / "K/New.md").read_bytes() == b""
    os.utime(root / "K/New.md", (now, now - 60))
    settings = root / "vault-tools.toml"
    settings.write_text(
        "[inject]\nquiet = 3600\n" + settings.read_text("utf-8").replace("[folders]", "\n[folders]"), "utf-8"
    )
    assert "it was changed just now, and you may still be writing in it" in run("inject", root, "K/New.md").stderr
    settings.write_bytes(bytes(TYPED["vault-tools.toml"], "utf-8"))  # type: ignore[arg-type]
    assert run("inject", root, "K/New").stdout == "K/New.md\n"


@pytest.mark.parametrize("complete_", [[], ["--complete"]])
def test_inject_leaves_commands_of_templater_to_templater(complete_: list[str], vault: MakeVault, run: Run) -> None:
    """In the note, and in the template for it."""
    own = {".obsidian/templates.json": '{"folder": "T"}', "T/Knowledge.md": "---\ntype: knowledge\n---\n<% tp.x %>"}
    root = settled(vault(TYPED | own | {"K/New.md": ""}))
    assert "Templater" in run("inject", root, *complete_, "K/New.md").stderr
    root = settled(vault(TYPED | {"K/New.md": "<% tp.x %>"}))
    assert "Templater" in run("inject", root, "--complete", "K/New.md").stderr
    assert (root / "K/New.md").read_bytes() == b"<% tp.x %>"


def test_inject_leaves_a_note_with_an_unfinished_merge_alone(vault: MakeVault, run: Run) -> None:
    """In its text or in its properties: what would be added may belong to one side only."""
    merge = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n"
    for text in (f"A text.\n\n{merge}", f"---\n{merge}---\n", f"---\ntype: knowledge\n---\n{merge}"):
        root = settled(vault(TYPED | {"K/New.md": text}))
        assert (
            "it contains an unfinished merge; finish the merge first"
            in run("inject", root, "--complete", "K/New.md").stderr
        )
        assert (root / "K/New.md").read_text("utf-8") == text


def test_inject_never_writes_over_a_change_made_meanwhile(vault: MakeVault) -> None:
    """What was planned for a text is done to that text alone."""
    root = settled(vault(TYPED | {"K/New.md": "", "K/Gone.md": ""}))
    found = opened(root)
    steps = list(inject.plan(found, ["K/New.md", "K/Gone.md"], datetime.now(UTC), fill_up=False))
    (root / "K/New.md").write_text("typed meanwhile", "utf-8")
    (root / "K/Gone.md").unlink()
    changes = [step for step in steps if isinstance(step, inject.Change)]
    assert [inject.carry_out(found, change) for change in changes] == [say("inject.changed-meanwhile")] * 2
    assert (root / "K/New.md").read_text("utf-8") == "typed meanwhile"
    assert not (root / "K/Gone.md").exists()


def test_a_note_is_written_in_place(vault: MakeVault, run: Run) -> None:
    """It stays the same file, with the same rights."""
    root = vault(TYPED | {"K/New.md": ""})
    (root / "K/New.md").chmod(0o640)
    settled(root)
    before = (root / "K/New.md").stat()
    run("inject", root)
    after = (root / "K/New.md").stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert after.st_size > 0


def test_a_dry_run_shows_a_diff_and_writes_nothing(vault: MakeVault, run: Run) -> None:
    """Old lines stay, new ones have a plus."""
    root = settled(vault({"N.md": "---\ntype: knowledge\n---\n## How it works\n"}))
    before = files(root)
    shown = run("inject", root, "--complete", "--dry-run").stdout.splitlines()
    assert files(root) == before
    assert "+requires: []" in shown
    assert "+## Where I used it" in shown
    assert not [line for line in shown if line.startswith("-") and not line.startswith("---")]


def test_complete_adds_only_what_is_missing(vault: MakeVault, run: Run) -> None:
    """In the order of the template; what is there under another name, in another language, counts."""
    text = (
        "---\r\n# mine\r\ntype: 知识\r\n需要: ['[[X]]']\r\nAliases: []\r\n---\r\n"
        "text\r\n### 何时有用，何时无用\r\nsometimes\r\n"
    )
    root = settled(vault({"量化.md": "\ufeff" + text}))
    assert run("inject", root, "--complete", "量化").exit_code == 0
    assert (root / "量化.md").read_bytes().decode() == "\ufeff" + text.replace(
        "Aliases: []\r\n", "Aliases: []\r\nlearned-from: []\r\nstage:\r\n"
    ) + ("\r\n## How it works\r\n\r\n## Where I used it\r\n")


def test_complete_gives_a_reflection_the_regions_of_its_own_period(vault: MakeVault, run: Run) -> None:
    """Told by its name or by its property; a region that is there already is not given twice."""
    root = settled(
        vault(
            {
                "2024-W19.md": "---\ntype: reflection\n---\n"
                "%% vault-tools:begin week short %%\n%% vault-tools:end week %%\n",
                "April.md": "---\ntype: 反思\n周期: 2024-04\n---\n## 我还缺什么？\n",
                "Some day.md": "---\ntype: reflection\n---\n",
            }
        )
    )
    assert run("inject", root, "--complete").exit_code == 0
    week, april = (root / "2024-W19.md").read_text("utf-8"), (root / "April.md").read_text("utf-8")
    assert week.count("%% vault-tools:begin week short %%") == week.count("%% vault-tools:begin week solved %%") == 1
    assert 'next: "[[2024-W20]]"' in week
    assert "begin month solved" in april
    assert "begin month short" not in april
    assert "short of" not in april
    assert "period" not in april
    assert (root / "Some day.md").read_text("utf-8") == "---\ntype: reflection\n---\n"


def test_complete_makes_up_no_date(vault: MakeVault, run: Run) -> None:
    """The day that a note's name says is its day; that of another is not known, and stays empty."""
    root = settled(vault({"2024-04-02 x.md": "---\ntype: log\n---\n", "y.md": "---\ntype: log\n---\n"}))
    run("inject", root, "--complete")
    dates = {path: (frontmatter.read(data.decode()).values or {})["date"] for path, data in files(root).items()}
    assert dates == {"2024-04-02 x.md": "2024-04-02", "y.md": None}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntype: knowledge\n---\n```\ncode", "inside a code block, formula or comment that is not closed"),
        ("---\ntype: knowledge\n---\n~~~\n\n", "inside a code block, formula or comment that is not closed"),
        ("---\ntype: knowledge\na: b: c\n---\n", "its type has no template"),
        ("---\ntype: knowledge\n---\n<!-- html\n", "inside a code block, formula or comment that is not closed"),
    ],
)
def test_complete_leaves_a_note_alone_where_nothing_can_be_added(
    text: str, reason: str, vault: MakeVault, run: Run
) -> None:
    """It says why."""
    root = settled(vault({"N.md": text}))
    assert reason in run("inject", root, "--complete", "N.md").stderr
    assert (root / "N.md").read_text("utf-8") == text


# ---------------------------------------------------------------- laws of completing


@cache
def _drafts(language: str, folder: str) -> Drafts:
    root = Path(folder) / language
    write(root, {".obsidian/app.json": "{}", "vault-tools.toml": f'language = "{language}"'})
    return Drafts(opened(root.resolve()), NOW)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A folder for two vaults, one in each language."""
    yield str(tmp_path_factory.mktemp("laws"))
    _drafts.cache_clear()


LINES = st.sampled_from(
    [
        *(
            "text",
            "",
            "- item",
            "# 标题",
            "## How it works",
            "## 步骤",
            "```",
            "%%",
            "> quote",
            "    code",
            "| a |",
            "$$",
        ),
        *("## Question", "---", "a: b", "<!--", "<div>", "[^1]: x", "#tag", "  ", "## 原理 ##", "Setext", "==="),
    ]
)
PROPERTIES = st.sampled_from(
    [
        "",
        "---\n---\n",
        "---\ntype: x\n---\n",
        "---\ntype: x\n需要: [a]\ndate: 2024-01-01\n---\n",
        '---\nRequires:\n  - "[[A]]"\n# why\nstatus: done\n---\n',
        '---\n"type": {a: 1}\n学习: []\n---\n',
        "---\na: |\n  text\n---\n",
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A note of odd lines, with any line ends, with or without a mark and a last line end."""
    body = "\n".join(draw(st.lists(LINES, max_size=8))) + draw(st.sampled_from(["", "\n"]))
    text = (draw(PROPERTIES) + body).replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text


@given(texts(), st.sampled_from(list(shipped.note_templates())), st.sampled_from(["en", "zh"]))
def test_completing_keeps_every_line_and_does_nothing_twice(place: str, text: str, name: str, language: str) -> None:
    """Nothing but what is missing comes in; the second time, nothing does."""
    drafts = _drafts(language, place)
    template = drafts.vault.forms.templates[name]
    try:
        after = complete(drafts, "N.md", text, template)
    except (PropertiesError, UnfinishedError):
        assume(condition=False)
        return
    assert complete(drafts, "N.md", after, template) == after
    _keeps(text, after)
    forms = drafts.vault.forms
    old, new_ = (note.parse(Source("N.md", each, "")) for each in (text, after))
    values = new_.frontmatter or {}
    assert {forms.meaning(field.name) for field in template.form.fields} <= {forms.meaning(key) for key in values}
    assert {**values, **(old.frontmatter or {})} == values
    added = [heading.text for heading in new_.headings][len(old.headings) :]
    wanted = {section.text for section in template.form.sections}
    assert set(added) <= wanted
    assert {forms.heading(text_) for text_ in wanted} <= {forms.heading(heading.text) for heading in new_.headings}


def _keeps(text: str, after: str) -> None:
    """Every line of a text is in the other, in its order, with its line end; the mark is where it was."""
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    rest: Any = iter(after.removeprefix("\ufeff").splitlines(keepends=True))
    own = text.removeprefix("\ufeff").splitlines(keepends=True)
    whole = own if not own or own[-1].endswith(("\n", "\r")) else own[:-1]
    assert all(line in rest for line in whole)
    assert not own or own is whole or clean(own[-1]) in clean(after)


@pytest.mark.parametrize(
    ("settings", "name", "now", "period"),
    [
        ("", "2027-W01", "2027-01-05", "2027-W01"),
        ("", "2024-W18", "2024-05-05", "2024-W18"),
        ('{"weekly": {"enabled": true, "format": "gggg-[W]ww"}}', "2027-W02", "2027-01-05", "2027-W01"),
    ],
)
def test_a_weekly_note_is_about_the_iso_week_that_is_measured(
    settings: str, name: str, now: str, period: str, vault: MakeVault
) -> None:
    """By its own name where the vault says none, and beside the name of a week that begins on a Sunday."""
    root = vault({".obsidian/plugins/periodic-notes/data.json": settings} if settings else {})
    opened = Vault.open(root, cache=False)
    made = create.create(opened, "weekly", None, datetime.fromisoformat(f"{now}T12:00:00+00:00"))
    assert made.path.endswith(f"{name}.md")
    assert f"period: {period}\n" in (root / made.path).read_text("utf-8")
