"""Obsidian's own template variables, filled in as Obsidian does."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.moment import ENGLISH, language
from shared.obsidian_cases import CASES

from vault_tools.dialect.template import render

laws = partial(settings, deadline=None, derandomize=True)


FILLED = [case for case in CASES if case["area"] == "template"]


@pytest.mark.parametrize("case", FILLED, ids=[case["id"] for case in FILLED])
def test_a_template_is_filled_in_as_obsidian_does(case: dict[str, Any]) -> None:
    """Where the app's own output is not known, unknown variables stay."""
    asked = case["expect"]["render"]
    now = datetime.fromisoformat(asked["now"])
    text = render(case["files"][case["source"]], title=asked["title"], now=now, locale=language(asked["locale"]))
    if asked["out"] is None:
        assert text.startswith("{{unknown}} ")
    else:
        assert text == asked["out"]


def filled(text: str, title: str = "T", **formats: str) -> str:
    """Fill in a template at one time."""
    return render(text, title=title, now=datetime(2024, 12, 30, 13, 5, 9, tzinfo=UTC), locale=ENGLISH, **formats)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{date:}} {{time:}} {{date: }}", "2024-12-30 13:05 2024-12-30"),
        ("{{ title }} {{Title}} {{DATE}} {{ date : YYYY }}", "T T 2024-12-30 2024"),
        ("{{dates}} {{title:x}} {{title :x}} {{date+1d:YYYY}} {{yesterday}}",) * 2,
        ("{date} {{date} {{date:YYYY\n}} {{\ndate}}",) * 2,
        ("{{date:{{date:YYYY}} {{{date:YYYY}}}", "{{date:2024 {2024}"),
        (
            "<% tp.date.now('{{date}}') %>{{time}}<%* {{title}}\n-%>",
            "<% tp.date.now('{{date}}') %>13:05<%* {{title}}\n-%>",
        ),
        ("{{date:<% x %>}} {{title}} <% x %>", "{{date:<% x %>}} T <% x %>"),
        ("<% {{title}}", "<% T"),
        ("<%> {{title}} <%>", "<%> {{title}} <%>"),
    ],
)
def test_only_the_variables_of_a_template_are_filled_in(template: str, text: str) -> None:
    """Blanks and case are forgiven; all else in braces, and every command of Templater, stays as it is."""
    assert filled(template) == text


def test_a_variable_in_a_title_is_not_filled_in() -> None:
    """The title is text, not a template."""
    assert filled("{{title}} \\1", title=r"{{date}} \g<title> <%") == r"{{date}} \g<title> <% \1"


def test_the_formats_of_date_and_time_in_a_template_are_a_setting() -> None:
    """An empty setting means what Obsidian means."""
    assert filled("{{date}} {{time}}", date_format="DD.MM.", time_format="HH") == "30.12. 13"
    assert filled("{{date}} {{time}}", date_format="", time_format="") == "2024-12-30 13:05"


@laws(max_examples=300)
@given(
    st.lists(st.sampled_from(["{{", "}}", "<%", "%>", "date", "title", ":", "YYYY", "{", "}", " ", "\n"]) | st.text())
)
def test_any_text_is_a_template_to_fill_in(parts: list[str]) -> None:
    """What stands in no pair of braces is kept."""
    text = "".join(parts)
    assert filled(text) == text or "}}" in text
