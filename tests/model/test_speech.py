"""A sentence is said in a language: its values, its two forms, and what stays as the user wrote it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.insights import insights
from vault_tools.model.note import Problem
from vault_tools.model.speech import format_words
from vault_tools.model.text import Ref, Say, listing, mentions, say
from vault_tools.render.markdown import escape

LANGUAGES = shipped.languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_of_a_page_can_be_linked_to(language: str) -> None:
    """The summary on top of a page links to the headings below it."""
    words = catalogue.words(language)
    titles = [format_words(insight.title, words, str) for insight in insights()]
    assert not [title for title in titles if re.search(r"[\[\]|#^\\:*`]", title)]
    assert len(set(titles)) == len(titles)


def test_a_sentence_takes_its_values_wherever_the_language_wants_them() -> None:
    """A list has the language's commas, and what is left out of it is counted."""
    english = {"x": "{n} of {all}", "common.list-separator": ", ", "common.list-more": "{list} and {n} more"}
    words = {"x": "{all} 中的 {n}", "common.list-separator": "、", "common.list-more": "{list} 等 {n} 个"}
    some = say("x", n=2, all=listing(["甲", Ref("乙.md"), "丙"], 2))
    assert format_words(some, english, lambda ref: ref.id) == "2 of 甲, 乙.md and 1 more"
    assert format_words(some, words, lambda ref: ref.id) == "甲、乙.md 等 1 个 中的 2"
    assert [ref.id for ref in mentions(some)] == ["乙.md"]


def test_the_number_decides_between_two_forms_of_a_sentence() -> None:
    """A language that makes no difference says it once; a number with decimals is more than one."""
    one, many, some = say("notes", n=1), say("notes", n=2), say("notes", n="1.0")
    english = {"notes": {"one": "{n} note", "other": "{n} notes"}}
    assert [format_words(each, english, str) for each in (one, many, some)] == ["1 note", "2 notes", "1.0 notes"]
    assert [format_words(each, {"notes": "{n} 篇"}, str) for each in (one, many)] == ["1 篇", "2 篇"]


@given(st.text() | st.sampled_from(["{n}", "{a}", "page.gaps", ", ", "type.log", "{"]))
def test_the_text_of_a_user_is_never_translated_and_never_filled_in(text: str) -> None:
    """Not even where it is letter by letter a sentence of ours."""
    words = {**catalogue.words("zh"), text: "翻译"}
    assert format_words((text,), words, str) == text
    assert format_words(say("{a}", a=text), {"{a}": "【{a}】"}, str) == f"【{text}】"
    problem = Problem("x", 0, "{name}", text, (("name", text),))
    assert problem.what == text
    assert format_words(Say(problem.message, problem.values), {}, str) == text


@given(st.text(), st.text())
def test_harmless_pieces_of_a_sentence_are_harmless_together(one: str, other: str) -> None:
    """Words of ours and of the user's are escaped as one text: two colons may come from two of them."""
    both = say("{one}:{other}", one=one, other=other)
    assert format_words(both, {}, str, escape) == escape(f"{one}:{other}")
    assert format_words((both, ":", both), {"{one}:{other}": "{other}："}, str, escape) == escape(
        f"{other}：:{other}："
    )


@given(st.text())
def test_code_in_a_sentence_is_code_where_it_is_shown(value: str) -> None:
    """Its backticks are no text to escape; a value beside it is."""
    words = {"x": "use `a_b*` or {value}"}
    assert format_words(say("x", value=value), words, str, escape) == f"use `a_b*`{escape(f' or {value}')}"
    assert format_words(say("x", value=value), words, str) == f"use `a_b*` or {value}"


@pytest.mark.parametrize("value", ["date", "解决用时", "time spent", "type: knowledge", "a, b", 'x: "2024"'])
def test_a_plain_value_in_the_code_of_a_sentence_is_code(value: str) -> None:
    """So that each of several shows exactly what to type, and the text between two of them is text."""
    words = {"y": "write `{value}`, and *not* (`{other}`)"}
    said = format_words(say("y", value=value, other="a"), words, str, escape)
    assert said == f"write `{value}`{escape(', and *not* (')}`a`)"


@given(st.text() | st.sampled_from(["= this.file", "$= dv", "a`b", "a::b", "[[x]]", "_a_", "<% x %>", "%%", "", "a\n"]))
def test_a_value_that_is_not_plain_is_text_in_the_code_of_a_sentence(value: str) -> None:
    """Code runs in some plugins, and a backtick would end it."""
    words = {"y": "write `{value}`, then `b`"}
    said = format_words(say("y", value=value), words, str, escape)
    as_text = f"{escape(f'write `{value}`, then ')}`b`"
    assert said in {as_text, f"write `{value}`, then `b`"}
    if not re.fullmatch(r"\w(?:[^\S\n]|[\w,.，、()（）'\"/:-])*", value) or "::" in value:
        assert said == as_text
