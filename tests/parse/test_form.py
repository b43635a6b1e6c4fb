"""What a note template declares: its type, its fields and its sections."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.note_templates import LANGUAGES, NAMES, forms, read_form

from vault_tools.dialect.template import render
from vault_tools.parse import form
from vault_tools.parse.note import clean
from vault_tools.store import locales


def test_the_fields_of_a_template_have_the_kinds_that_obsidian_guesses_or_that_a_list_gives() -> None:
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
def test_markers_directly_above_a_heading_belong_to_its_section(found: list[str]) -> None:
    """Marks with blank lines about them, from the first of these that no text follows; the rest stands before."""
    text = "".join(f"{line}\n" for line in found)
    first, second = form.read("x", f"# A\n{text}# B\n").sections
    assert first.below + second.above == text
    above = second.above.split("\n")[:-1]
    assert not above or "vault-tools" in above[0]
    assert all("vault-tools" in line or not line.strip() for line in above)
    rest = [line for line in first.below.split("\n")[:-1] if line.strip()]
    assert not rest or "vault-tools" not in rest[-1]


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
def test_a_field_of_a_template_has_the_kind_of_its_value_and_a_bare_variable_is_no_fault(line: str, kind: str) -> None:
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
def test_any_text_is_a_template_with_sections(text: str) -> None:
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
