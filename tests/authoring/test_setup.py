"""`init`: the templates and settings that it installs, where, and in which language."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from shared.authoring_vaults import files, opened
from shared.vaults import Files, MakeVault, Run

from vault_tools import shipped
from vault_tools.cli import main
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.schema import Settings


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
def test_new_asks_for_a_missing_title_in_the_language_of_the_screen(
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
def test_new_refuses_a_type_without_a_template_and_an_empty_title(
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
    assert parse_settings(text) == msgspec.structs.replace(Settings(), language=language)
    whole = re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)
    read = parse_settings(whole)
    data = tomllib.loads(whole)
    assert data.keys() == set(Settings.__struct_fields__)
    for name in Settings.__struct_fields__:
        value = getattr(read, name)
        if isinstance(value, msgspec.Struct):
            assert value == type(value)(), name
            assert data[name].keys() == set(value.__struct_fields__), name
