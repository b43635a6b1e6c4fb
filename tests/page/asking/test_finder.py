"""Search in the page: what is found, in which order, and what choosing an answer does."""

from pathlib import Path

import pytest
from shared.asked_pages import (
    go,
    opened_graph,
    switch,
    texts,
    wait_for,
    with_tags,
)
from shared.browser import Opened
from shared.graph_pages import (
    ask,
    find,
    graph_of,
    note,
    said,
)
from shared.graph_pages import small_graph as small

pytestmark = pytest.mark.ci


def results(opened: Opened, text: str) -> list[str]:
    """The titles that a search lists."""
    opened.page.fill("#query", text)
    return texts(opened, "#results .title")


QUERIES = ("卡尔曼", "kf", "KALMAN fil", "ｋａｌｍａｎ", "#control", "fil kal", "kaerman", "kemlb", "lvbo", "kaerm")


def test_the_search_finds_a_note_by_title_alias_tag_and_sound(tmp_path: Path) -> None:
    """Capitals and widths do not matter, nor the order of words; Chinese is found by pinyin, whole or initials."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.focus("#query")
        opened.page.fill("#query", "kf")
        opened.page.wait_for_selector("#results [role=option]")
        for query in QUERIES:
            find(opened, "lone")
            find(opened, query)
            assert ask(opened, "focused()") == "Kalman filter", query
            assert opened.page.inner_text("#panel h2") == "Kalman filter"
            assert opened.page.input_value("#query") == ""


def test_the_search_lists_the_best_answers_first_and_every_word_must_fit(tmp_path: Path) -> None:
    """All of the title, then its beginning, then the beginning of a word, then inside; folders come last."""
    names = ["an arc", "car", "scar", "arc", "arcade", "the park"]
    nodes = [note(name) for name in names] + [note("else", path="arc/else.md")]
    with opened_graph(graph_of(nodes, []), tmp_path) as opened:
        assert results(opened, "arc") == ["arc", "arcade", "an arc", "else"]
        assert results(opened, "ar") == ["arc", "arcade", "an arc", "car", "scar", "the park", "else"]
        assert results(opened, "an ar") == ["an arc"]
        assert results(opened, "arc zzz") == []
        assert texts(opened, "#results .nothing") == [said("map.combo.no-match")]


def test_the_answers_of_the_search_are_a_list_for_the_keyboard(tmp_path: Path) -> None:
    """A combobox as ARIA wants it: expanded, the active answer named, arrows around both ends, Escape empties it."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        page.fill("#query", "notes")
        wait_for(opened, "document.querySelectorAll('#results [role=option]').length === 4")
        titles = texts(opened, "#results .title")
        active = "document.getElementById(document.getElementById('query').getAttribute('aria-activedescendant'))"
        assert page.get_attribute("#query", "aria-expanded") == "true"
        assert titles[0] in page.evaluate(f"{active}.textContent")
        page.press("#query", "ArrowUp")
        assert titles[-1] in page.evaluate(f"{active}.textContent")
        assert page.evaluate(f"{active}.getAttribute('aria-selected')") == "true"
        page.press("#query", "ArrowDown")
        page.press("#query", "ArrowDown")
        assert titles[1] in page.evaluate(f"{active}.textContent")
        assert sorted(ask(opened, "lit()")) == sorted(titles)
        page.press("#query", "Escape")
        assert (page.input_value("#query"), page.is_hidden("#results")) == ("", True)
        assert ask(opened, "lit()") is None
        page.press("#query", "ArrowDown")
        page.press("#query", "Enter")
        assert ask(opened, "focused()") == "Kalman filter"


def test_an_answer_of_the_search_shows_the_alias_or_tag_that_was_found(tmp_path: Path) -> None:
    """An alias or a tag stands beside a title in which nothing was found."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.focus("#query")
        opened.page.fill("#query", "kaerman")
        opened.page.wait_for_selector(f"text={said('map.answers.alias', alias='卡尔曼滤波')}")
        opened.page.fill("#query", "contr")
        opened.page.wait_for_selector("#results >> text=#control")


def test_the_search_works_without_pinyin_in_a_browser_that_cannot_sort_by_sound(tmp_path: Path) -> None:
    """All else is found as ever."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.evaluate("() => { Intl.Collator = function () { throw new RangeError('none'); }; }")
        assert results(opened, "kaerman") == []
        assert results(opened, "kalman") == ["Kalman filter"]
        assert opened.complaints == []


def test_the_search_answers_a_long_query_of_one_letter_syllables_quickly(tmp_path: Path) -> None:
    """Two hundred letters can be cut into syllables in more ways than could ever be tried."""
    nodes = [note("阿" * 255, path="a.md"), note("阿鹅" * 100, path="b.md")]
    with opened_graph(graph_of(nodes, []), tmp_path) as opened:
        assert results(opened, "a" * 198 + "b") == []
        assert results(opened, "a" * 200) == ["阿" * 255]
        assert results(opened, "aeae") == ["阿鹅" * 100]


def test_choosing_an_answer_only_removes_the_filters_that_hide_the_note(tmp_path: Path) -> None:
    """A folder that leaves it out goes, and all that would have let it through stays."""
    with opened_graph(with_tags(), tmp_path) as opened:
        go(opened, "#orphans=0&folder=AB&hide-relation=tagged")
        find(opened, "two")
        assert sorted(ask(opened, "visibleNodes()")) == ["one", "two"]
        assert not opened.page.is_checked("#orphans")
        find(opened, "four")
        assert opened.page.is_checked("#orphans")


def test_choosing_a_hidden_note_shows_the_note(tmp_path: Path) -> None:
    """Search looks at everything; choosing a hidden tag switches tags on, and a hidden note's filters off."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.fill("#query", "#math")
        opened.page.locator("#results li", has_text="#math").first.click()
        assert "#math" in ask(opened, "visibleNodes()")
        switch(opened, "types", "log")
        find(opened, "lone")
        assert "Lone note" in ask(opened, "visibleNodes()")
