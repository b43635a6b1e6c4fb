"""The templates of a vault: the shipped ones, the user's own, and which of them a word means."""

import re
import tomllib

import pytest
from shared.note_templates import LANGUAGES, NAMES, forms, read_form
from shared.vaults import MakeVault

from vault_tools import Vault, shipped
from vault_tools.parse import frontmatter
from vault_tools.parse.note import clean

OURS = re.compile(r"\{\{(?:title|date|time)(?::[^{}]*)?\}\}")


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_template_has_the_same_fields_and_sections_in_every_language(name: str) -> None:
    """In the same order and number: so one says what the other is called."""
    english, chinese = read_form("en", name), read_form("zh", name)
    assert len(english.fields) == len(chinese.fields)
    assert [section.level for section in english.sections] == [section.level for section in chinese.sections]
    marks = [[section.above, "%%" in section.below] for section in english.sections]
    assert marks == [[section.above, "%%" in section.below] for section in chinese.sections]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_template_only_needs_variables_of_obsidian(name: str, language: str) -> None:
    """Its variables are Obsidian's own, in quotes where they stand in properties; no plugin is asked for."""
    text = shipped.note_templates(language)[name]
    assert OURS.sub("", text).count("{{") == 0
    assert "<%" not in text
    front = frontmatter.read(clean(text))
    assert front.values is not None
    assert not front.problems
    assert all('"' in line for line in front.text.split("\n") if "{{" in line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "region"), [("weekly", "week"), ("monthly", "month"), ("quarterly", "quarter"), ("yearly", "year")]
)
def test_the_template_of_a_reflection_has_a_region_above_each_question(name: str, region: str, language: str) -> None:
    """Empty, with nothing between its marks, and no link or tag in them."""
    above = [section.above for section in read_form(language, name).sections]
    parts = ("solved", "method", "short")
    assert above == [f"%% vault-tools:begin {region} {part} %%\n%% vault-tools:end {region} %%\n\n" for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_of_topics_and_goals_have_their_regions(language: str) -> None:
    """Of the note itself, so without an argument."""
    for name, region in (("core-topic", "topic"), ("sub-topic", "topic"), ("scenario", "path"), ("project", "path")):
        assert f"%% vault-tools:begin {region} %%\n%% vault-tools:end {region} %%\n" in read_form(language, name).text


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("log", "log"),
        ("Learning Log", "log"),
        ("学习日志", "log"),
        ("日志", "log"),
        ("weekly", "weekly"),
        ("周反思", "weekly"),
        ("Weekly_reflection", "weekly"),
        ("日记", "daily"),
        ("paper", "paper"),
        ("论文", "paper"),
        ("book", "source"),
        ("项目", "project"),
        ("概念", "knowledge"),
        ("技术总结", "summary"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_found_by_any_word_for_it_in_any_language(word: str, name: str, language: str) -> None:
    """Its own name first, then that of its type."""
    assert [one.form.name for one in forms(language).called(word)] == [name]


def test_a_type_with_several_templates_means_all_of_them() -> None:
    """And a word that nobody knows is none."""
    assert [one.form.name for one in forms().called("复盘")] == ["monthly", "quarterly", "weekly", "yearly"]
    assert forms().called("gibberish") == ()


def test_a_template_of_the_vault_replaces_ours_by_its_name_or_its_type() -> None:
    """A second one of the same type is a form of its own, and so is one of a new type."""
    found = forms(
        "en",
        **{
            "学习日志": "---\ntype: 日志\n心情:\n---\n",
            "Small thing": "---\ntype: 项目\nsize:\n---\n",
            "Zoo visit": "---\ntype: project\nanimal:\n---\n",
            "Recipe": "---\ntype: recipe\nserves:\n---\n",
            "Book": "no properties",
        },
    )
    assert {name: one.path for name, one in found.templates.items() if one.path} == {
        "log": "Templates/学习日志.md",
        "project": "Templates/Small thing.md",
        "zoo-visit": "Templates/Zoo visit.md",
        "recipe": "Templates/Recipe.md",
        "book": "Templates/Book.md",
    }
    declared = found.declared()
    assert declared["log"] == ("type", "心情")
    assert declared["recipe"] == ("type", "serves")
    assert set(declared["project"]) == {"type", "size", "animal"}
    assert "book" not in declared
    assert [one.path for one in found.called("project")] == ["Templates/Small thing.md"]


def test_the_template_of_a_period_in_obsidian_is_the_template_of_the_period(vault: MakeVault) -> None:
    """Whatever its name is; the same file may stand for two."""
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"folder": "D", "template": "T/Learning log"}',
            "T/Learning log.md": "---\ntype: log\nown:\n---\n",
        }
    )
    found = Vault.open(root, cache=False).forms
    assert found.templates["daily"].path == found.templates["log"].path == "T/Learning log.md"


def test_a_property_or_heading_of_a_template_has_its_counterpart_in_another_language() -> None:
    """By the vocabulary where it has the word, else by the place in the templates."""
    found = forms()
    assert [found.meaning(name) for name in ("日期", "Date", "解决用时", "学到", "上一篇", "own_thing")] == [
        *("date", "date", "solved-in", "learns", "prev", "own-thing")
    ]
    assert found.heading("我还缺什么？") == found.heading("what do i still lack")


@pytest.mark.parametrize(("old", "new"), tomllib.loads(shipped.asset("forms.toml"))["formerly"].items())
def test_a_note_with_the_heading_of_an_earlier_template_lacks_no_new_heading(old: str, new: str) -> None:
    """And the new one is in a template, so that no row is left over."""
    known = {name for language in LANGUAGES for name in headings(language)}
    assert new in known
    assert old not in known
    assert forms().heading(old) == forms().heading(new)


def headings(language: str) -> set[str]:
    """The headings of all shipped templates in a language."""
    return {section.text for name in NAMES for section in read_form(language, name).sections}


def test_the_settings_may_name_the_template_folder_where_obsidian_does_not(vault: MakeVault) -> None:
    """What lies there is a template then, and no note of its type."""
    files: dict[str, str | bytes] = {
        "模板/学习日志.md": "---\ntype: log\n---\n",
        "vault-tools.toml": 'templates = "模板"',
    }
    found = Vault.open(vault(files), cache=False)
    assert found.knowledge.nodes["模板/学习日志.md"].type == "template"
    assert found.forms.templates["log"].path == "模板/学习日志.md"
