"""Note templates: what they declare, which of them a word means, and what inserting one does to a note."""

import re
import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.obsidian_cases import CASES
from shared.vaults import MakeVault, write

from vault_tools import Vault, config, shipped
from vault_tools.dialect.periodic import FORMATS, beside
from vault_tools.dialect.template import render
from vault_tools.forms import Forms
from vault_tools.parse import form, frontmatter
from vault_tools.parse.edit import PropertiesError, append, extend, insert, merge
from vault_tools.parse.note import clean
from vault_tools.store import locales

LANGUAGES = ["en", "zh"]
NAMES = list(shipped.note_templates())
OURS = re.compile(r"\{\{(?:title|date|time)(?::[^{}]*)?\}\}")


def forms(language: str = "en", **own: str) -> Forms:
    """The templates of a vault that has some of its own, by name."""
    words = config.vocabulary(shipped.asset("vocabulary.toml"), config.parse(""), {})
    return Forms(words, language, {}, {f"Templates/{name}.md": text for name, text in own.items()})


def read_form(language: str, name: str) -> form.Form:
    """A shipped template, read."""
    return form.read(name, shipped.note_templates(language)[name])


# ---------------------------------------------------------------- what is shipped


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_the_same_fields_and_sections_in_every_language(name: str) -> None:
    """In the same order and number: so one says what the other is called."""
    english, chinese = read_form("en", name), read_form("zh", name)
    assert len(english.fields) == len(chinese.fields)
    assert [section.level for section in english.sections] == [section.level for section in chinese.sections]
    marks = [[section.above, "%%" in section.below] for section in english.sections]
    assert marks == [[section.above, "%%" in section.below] for section in chinese.sections]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_template_needs_nothing_that_obsidian_has_not(name: str, language: str) -> None:
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
def test_a_reflection_has_a_region_above_each_of_its_three_questions(name: str, region: str, language: str) -> None:
    """Empty, with nothing between its marks, and no link or tag in them."""
    above = [section.above for section in read_form(language, name).sections]
    parts = ("solved", "method", "short")
    assert above == [f"%% vault-tools:begin {region} {part} %%\n%% vault-tools:end {region} %%\n\n" for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_have_a_region_of_theirs_and_goals_a_path(language: str) -> None:
    """Of the note itself, so without an argument."""
    for name, region in (("core-topic", "topic"), ("sub-topic", "topic"), ("scenario", "path"), ("project", "path")):
        assert f"%% vault-tools:begin {region} %%\n%% vault-tools:end {region} %%\n" in read_form(language, name).text


def test_the_kinds_of_fields_are_those_that_obsidian_would_guess_or_that_are_said() -> None:
    """By what stands in the template, by the relations, or by a list of ours for what is empty."""
    kinds = {field.name: field.kind for field in forms().templates["log"].form.fields}
    assert kinds["date"] == "date"
    assert kinds["learned"] == kinds["project"] == kinds["problem"] == "links"
    assert kinds["minutes"] == kinds["rating"] == "number"
    assert kinds["outcome"] == "text"
    chinese = {field.name: field.kind for field in forms("zh").templates["project"].form.fields}
    assert chinese["完成"] == chinese["开始"] == "date"
    assert chinese["前置知识"] == "links"


lines = st.lists(
    st.sampled_from(["%% vault-tools:begin week %%", "  %% vault-tools:end week %% ", "", " ", "text", "%% x %%"])
)


@given(lines)
def test_the_marks_above_a_heading_are_the_last_lines_before_it(found: list[str]) -> None:
    """Marks with blank lines about them, from the first of these that no text follows; the rest stands before."""
    text = "".join(f"{line}\n" for line in found)
    first, second = form.read("x", f"# A\n{text}# B\n").sections
    assert first.below + second.above == text
    above = second.above.split("\n")[:-1]
    assert not above or "vault-tools" in above[0]
    assert all("vault-tools" in line or not line.strip() for line in above)
    rest = [line for line in first.below.split("\n")[:-1] if line.strip()]
    assert not rest or "vault-tools" not in rest[-1]


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('a: "{{date}}"', "date"),
        ("a: {{date}}", "date"),
        ("a: {{date:YYYY-MM-DD[T]HH:mm}}", "datetime"),
        ("a: {{time}}", "text"),
        ("a: {{title}}", "text"),
        ("a: <% tp.file.title %>", "text"),
        ("a: <% tp.date.now('X: Y') %>", "text"),
        ("a: 3", "number"),
        ("a: 2.5", "number"),
        ("a: false", "checkbox"),
        ("a: []", "list"),
        ("a: [x]", "list"),
        ("a:\n  - x", "list"),
        ('a: "[[X]]"', "links"),
        ('a: ["[[X]]", "[[Y]]"]', "links"),
        ("a: word", "text"),
        ("a:", "text"),
    ],
)
def test_a_field_has_the_kind_of_its_value_and_a_bare_variable_is_no_fault(line: str, kind: str) -> None:
    """Unquoted braces are a mapping to YAML; they are blanked out before it is read."""
    found = form.read("x", f"---\n{line}\nb: 1\n---\n")
    assert not found.problems
    assert [(field.name, field.kind) for field in found.fields] == [("a", kind), ("b", "number")]


def test_the_type_of_a_template_is_what_it_says_or_its_name() -> None:
    """A variable is no type."""
    assert form.read("x", "---\ntype: 项目\n---\n").type == "项目"
    assert form.read("x", "---\ntype: {{title}}\n---\n").type == "x"
    assert form.read("x", "# no properties").type == "x"
    assert form.read("x", "---\na: b: c\n---\n").problems[0].code == "properties-invalid"


def test_a_heading_that_repeats_the_notes_name_is_no_section() -> None:
    """The file's name says it."""
    found = form.read(
        "x", "# {{title}}\n\nlead\n\n## A\n\na\n\n%% vault-tools:begin r %%\n%% vault-tools:end r %%\n\n## B\n"
    )
    assert [(section.text, section.below) for section in found.sections] == [("A", "\na\n\n"), ("B", "")]
    assert found.sections[1].above.startswith("%% vault-tools:begin r %%")


@given(st.text(alphabet=st.sampled_from("-#{}<%>: \n\r\t\"'[]abc量:date")) | st.text())
def test_any_text_is_a_template(text: str) -> None:
    """And its sections are pieces of it."""
    found = form.read("x", text)
    assert found.text == text
    for section in found.sections:
        assert section.below.strip() in clean(text)


@given(st.sampled_from(NAMES), st.sampled_from(LANGUAGES), st.datetimes())
def test_a_template_that_is_filled_in_is_still_of_its_type(name: str, language: str, now: datetime) -> None:
    """With the same properties and sections, and no variable left."""
    ours = read_form(language, name)
    locale, _ = locales.locale(language)
    text = render(ours.text, title="2024-W19", now=now.replace(tzinfo=UTC), locale=locale)
    found = form.read(name, text)
    assert "{{" not in text
    assert [field.name for field in found.fields] == [field.name for field in ours.fields]
    assert [section.text for section in found.sections] == [section.text for section in ours.sections]
    assert found.type == ours.type


# ---------------------------------------------------------------- which template is meant


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


def test_a_type_with_several_templates_is_all_of_them() -> None:
    """And a word that nobody knows is none."""
    assert [one.form.name for one in forms().called("复盘")] == ["monthly", "quarterly", "weekly", "yearly"]
    assert forms().called("gibberish") == ()


def test_a_template_of_ones_own_takes_the_place_of_ours_by_its_name_or_its_type() -> None:
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


def test_the_template_that_obsidian_makes_the_notes_of_a_period_with_is_the_one_for_it(vault: MakeVault) -> None:
    """Whatever its name is; the same file may stand for two."""
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"folder": "D", "template": "T/Learning log"}',
            "T/Learning log.md": "---\ntype: log\nown:\n---\n",
        }
    )
    found = Vault.open(root, cache=False).forms
    assert found.templates["daily"].path == found.templates["log"].path == "T/Learning log.md"


def test_a_property_or_heading_means_the_same_in_another_language() -> None:
    """By the vocabulary where it has the word, else by the place in the templates."""
    found = forms()
    assert [found.meaning(name) for name in ("日期", "Date", "解决用时", "学到", "上一篇", "own_thing")] == [
        *("date", "date", "solved-in", "learns", "prev", "own-thing")
    ]
    assert found.heading("我还缺什么？") == found.heading("what do i still lack")


@pytest.mark.parametrize(("old", "new"), tomllib.loads(shipped.asset("forms.toml"))["formerly"].items())
def test_a_note_with_the_heading_of_an_earlier_template_does_not_lack_the_new_one(old: str, new: str) -> None:
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


# ---------------------------------------------------------------- inserting, as Obsidian does


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["area"] == "template-merge"], ids=lambda case: case["id"]
)
def test_a_template_is_inserted_as_obsidian_inserts_it(case: dict[str, Any]) -> None:
    """Every case of the area "template-merge"."""
    note, template, expect = case["files"]["src.md"], case["files"]["Templates/t.md"], case["expect"]
    if expect.get("error"):
        with pytest.raises(PropertiesError):
            insert(note, template)
        return
    after = insert(note, template)
    assert frontmatter.read(after).values == expect["merged_frontmatter"]
    assert all(piece in after for piece in expect.get("body_contains", ()))


WORDS = st.text(st.sampled_from("ab: -#[]{},'\"量\\é"), max_size=6)
VALUES = st.none() | st.booleans() | st.integers(0, 99) | WORDS | st.lists(WORDS, max_size=3)
PROPERTIES = st.dictionaries(st.sampled_from(["a", "b", "c d", "标签"]), VALUES, min_size=1, max_size=4)
BODY = st.sampled_from(["", "text", "\n# H\n\nx\n", "量子\n\n- a\n"])
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A note with properties as Obsidian writes them or in flow style, any line ends, with or without a mark."""
    import json

    from vault_tools.dialect.properties import dump

    values = draw(PROPERTIES)
    flow = "".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}\n' for key, value in values.items())
    text = f"---\n{draw(st.sampled_from([dump(values), flow]))}---\n{draw(BODY)}"
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(ENDS))


@given(notes() | BODY, PROPERTIES)
def test_merging_properties_keeps_what_is_there_and_does_nothing_twice(text: str, values: dict[str, Any]) -> None:
    """Lists are united with the note's items first; of any other property the note's own counts."""
    old = frontmatter.read(clean(text)).values or {}
    after = merge(text, values)
    new = frontmatter.read(clean(after)).values or {}
    for name, value in old.items():
        more = values.get(name)
        if isinstance(value, list) and isinstance(more, list):
            assert new[name][: len(value)] == value
            assert all(item in new[name] for item in more)
        else:
            assert new[name] == value
    assert new.keys() == old.keys() | values.keys()
    assert merge(after, values) == after
    assert clean(after)[frontmatter.read(clean(after)).body :] == clean(text)[frontmatter.read(clean(text)).body :]
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in text) == (re.search(r"(?<!\r)\n", after) is None) or "\n" not in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntags: [n] # why\nb: 1\n---\n", None),
        ("---\ntags: [n]\nb: 1\n---\n", '---\ntags: [n, "t"]\nb: 1\n---\n'),
        ("---\ntags: []\n---\n", '---\ntags: ["t"]\n---\n'),
        ("---\ntags:\n- n\n# a comment\nb: 1\n---\n", "---\ntags:\n- n\n- t\n# a comment\nb: 1\n---\n"),
        ("---\r\ntags:\r\n    - n\r\n---\r\n", "---\r\ntags:\r\n    - n\r\n    - t\r\n---\r\n"),
        ("---\ntags: [\n  n\n]\n---\n", None),
    ],
)
def test_a_list_grows_in_the_style_that_it_is_written_in(before: str, after: str | None) -> None:
    """Or it is refused, where that cannot be told; nothing else changes."""
    if after is None:
        with pytest.raises(PropertiesError):
            extend(before, "tags", ["t"])
    else:
        assert extend(before, "tags", ["t"]) == after


@given(st.text() | notes(), st.text())
def test_what_is_appended_stands_below_on_a_line_of_its_own(text: str, body: str) -> None:
    """The text above is as it was."""
    after = append(text, body)
    assert after.startswith(text)
    assert clean(after).endswith(clean(body)) or not body or body.startswith("\ufeff")


# ---------------------------------------------------------------- periods


@given(st.sampled_from(list(FORMATS)), st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.sampled_from(LANGUAGES))
def test_the_period_beside_another_is_the_next_name(kind: str, day: date, language: str) -> None:
    """There and back is the same period, and the names differ."""
    from vault_tools.dialect.moment import written

    def name(when: date) -> str:
        return written(
            datetime(when.year, when.month, when.day, 12, tzinfo=UTC), FORMATS[kind], locales.locale(language)[0]
        )

    later = beside(kind, day, 1)
    assert name(later) > name(day)
    assert name(beside(kind, later, -1)) == name(day)


def test_weeks_that_are_not_written_yet_are_no_gap_where_weeks_are_written(vault: MakeVault) -> None:
    """Without a setting of Obsidian's, the notes that are there tell; a week in a vault without weeks is a note."""
    root = vault({"R/2024-W19.md": 'next: "[[2024-W20]]" [[2024-06]]'})
    found = Vault.open(root, cache=False)
    assert [row.node for row in found.knowledge.broken if row.reason == "no-such-note"] == ["missing://2024-06"]
    write(root, {"R/2024-05.md": ""})
    assert not [row for row in Vault.open(root, cache=False).knowledge.broken if row.reason == "no-such-note"]
