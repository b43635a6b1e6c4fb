"""Asking the graph page: by typing, clicking and addresses, as a reader does."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser import Opened, one_browser
from graph_pages import (
    HOSTILE,
    ask,
    edge,
    find,
    graph_of,
    hostile_graph,
    note,
    opened_text,
    point_of,
    safe,
    said,
    until,
)
from graph_pages import opened_graph as opened_page
from graph_pages import small_graph as small

from vault_tools import Vault
from vault_tools.graph import paths
from vault_tools.insights import insights
from vault_tools.model.export import Known
from vault_tools.model.finding import Finding
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Ref, Say, Term, Text

pytestmark = pytest.mark.ci

SAMPLE = Path(__file__).parents[2] / "sample_vault"
STANDS = ("ready", "due", "learned", "applied", "later")
MARKUP = "img, iframe, object, [onload], [onerror]"
BAYES = "Notes/概率 & co/Bayes' rule (100%).md"


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


@pytest.fixture(scope="module")
def sample() -> Vault:
    """The sample vault, read."""
    return Vault.open(SAMPLE, cache=False, today=date(2024, 7, 1))


@pytest.fixture(scope="module")
def sample_page(sample: Vault) -> str:
    """Its page."""
    return sample.html()


def speak(text: Text | Say | Term) -> str:
    """Terms by their own names."""
    return text.name if isinstance(text, Term) else str(text)


@contextmanager
def opened_graph(graph: KnowledgeGraph, folder: Path, known: Known | None = None, **how: Any) -> Iterator[Opened]:
    """A graph's page, its types and relations called by their own names."""
    with opened_page(graph, folder, known=known or Known(speak=speak), **how) as opened:
        yield opened


@contextmanager
def opened_sample(text: str, folder: Path, hash: str = "", **how: Any) -> Iterator[Opened]:  # noqa: A002
    """The sample vault's page, at an address."""
    with opened_text(text, folder, **how) as opened:
        if hash:
            go(opened, hash)
        opened.page.wait_for_function("window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        yield opened


def go(opened: Opened, hash: str) -> None:  # noqa: A002
    """Open the same page anew, at another address."""
    path = opened.page.url.split("#")[0]
    opened.page.goto("about:blank")
    opened.page.goto(path + hash)
    opened.page.wait_for_function("window.vaultGraph && window.vaultGraph.firstPaint() > 0")


def texts(opened: Opened, what: str) -> list[str]:
    """What the elements that a selector finds say."""
    found: list[str] = opened.page.locator(what).all_text_contents()
    return found


def results(opened: Opened, text: str) -> list[str]:
    """The titles that a search lists."""
    opened.page.fill("#query", text)
    return texts(opened, "#results .title")


def wait_for(opened: Opened, condition: str) -> None:
    """Wait until something holds in the page."""
    until(opened, condition)


def hash_says(opened: Opened, wanted: str) -> None:
    """Wait until the address says something, as a reader sees it."""
    opened.page.wait_for_function("(wanted) => decodeURI(location.hash).includes(wanted)", arg=wanted, timeout=10_000)


def switch(opened: Opened, box: str, name: str) -> None:
    """Click the box of one row of the legend."""
    opened.page.locator(f"#{box} li", has_text=name).locator("input").click()


def with_tags() -> KnowledgeGraph:
    """Notes with nested tags, in nested folders."""
    nodes = [
        note("one", path="A/one.md", tags=("#math/algebra",)),
        note("two", path="A/B/two.md", tags=("#math",)),
        note("three", path="AB/three.md", tags=("#mathematics",)),
        note("four", path="four.md"),
    ]
    tags = [Node(f"tag://{name}", "tag", f"#{name}", "") for name in ("math", "math/algebra", "mathematics")]
    return graph_of([*nodes, *tags], [edge(nodes[0], "links-to", nodes[1])])


# ------------------------------------------------------------------ search


QUERIES = ("卡尔曼", "kf", "KALMAN fil", "ｋａｌｍａｎ", "#control", "fil kal", "kaerman", "kemlb", "lvbo", "kaerm")


def test_a_note_is_found_by_title_alias_tag_and_sound(tmp_path: Path) -> None:
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


def test_the_best_answers_come_first_and_every_word_must_fit(tmp_path: Path) -> None:
    """All of the title, then its beginning, then the beginning of a word, then inside; folders come last."""
    names = ["an arc", "car", "scar", "arc", "arcade", "the park"]
    nodes = [note(name) for name in names] + [note("else", path="arc/else.md")]
    with opened_graph(graph_of(nodes, []), tmp_path) as opened:
        assert results(opened, "arc") == ["arc", "arcade", "an arc", "else"]
        assert results(opened, "ar") == ["arc", "arcade", "an arc", "car", "scar", "the park", "else"]
        assert results(opened, "an ar") == ["an arc"]
        assert results(opened, "arc zzz") == []
        assert texts(opened, "#results .nothing") == [said("map.combo.no-match")]


def test_the_answers_are_a_list_that_keys_walk_through(tmp_path: Path) -> None:
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


def test_an_answer_says_what_else_was_found_in_it(tmp_path: Path) -> None:
    """An alias or a tag stands beside a title in which nothing was found."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.focus("#query")
        opened.page.fill("#query", "kaerman")
        opened.page.wait_for_selector(f"text={said('map.answers.alias', alias='卡尔曼滤波')}")
        opened.page.fill("#query", "contr")
        opened.page.wait_for_selector("#results >> text=#control")


def test_a_browser_that_does_not_sort_by_sound_has_no_pinyin_and_no_error(tmp_path: Path) -> None:
    """All else is found as ever."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.evaluate("() => { Intl.Collator = function () { throw new RangeError('none'); }; }")
        assert results(opened, "kaerman") == []
        assert results(opened, "kalman") == ["Kalman filter"]
        assert opened.complaints == []


def test_a_long_query_of_one_letter_syllables_is_answered_at_once(tmp_path: Path) -> None:
    """Two hundred letters can be cut into syllables in more ways than could ever be tried."""
    nodes = [note("阿" * 255, path="a.md"), note("阿鹅" * 100, path="b.md")]
    with opened_graph(graph_of(nodes, []), tmp_path) as opened:
        assert results(opened, "a" * 198 + "b") == []
        assert results(opened, "a" * 200) == ["阿" * 255]
        assert results(opened, "aeae") == ["阿鹅" * 100]


def test_what_is_chosen_takes_back_only_what_hides_it(tmp_path: Path) -> None:
    """A folder that leaves it out goes, and all that would have let it through stays."""
    with opened_graph(with_tags(), tmp_path) as opened:
        go(opened, "#orphans=0&folder=AB&hide-relation=tagged")
        find(opened, "two")
        assert sorted(ask(opened, "visibleNodes()")) == ["one", "two"]
        assert not opened.page.is_checked("#orphans")
        find(opened, "four")
        assert opened.page.is_checked("#orphans")


def test_a_note_that_is_filtered_away_is_shown_when_it_is_chosen(tmp_path: Path) -> None:
    """Search looks at everything; choosing a hidden tag switches tags on, and a hidden note's filters off."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.fill("#query", "#math")
        opened.page.locator("#results li", has_text="#math").first.click()
        assert "#math" in ask(opened, "visibleNodes()")
        switch(opened, "types", "log")
        find(opened, "lone")
        assert "Lone note" in ask(opened, "visibleNodes()")


# ------------------------------------------------------------------ the legend is the filter


def test_what_is_switched_off_goes_and_the_count_says_so(tmp_path: Path) -> None:
    """Types take their notes and lines along, relations only lines; a button brings all back."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        assert page.inner_text("#counts") == "5 nodes · 4 links"
        assert page.is_hidden("#reset")
        switch(opened, "types", "log")
        assert not {"Monday", "Lone note"} & set(ask(opened, "visibleNodes()"))
        assert page.inner_text("#counts") == "3 of 5 nodes · 2 links"
        switch(opened, "relations", "requires")
        assert [relation for _, relation, _ in ask(opened, "visibleEdges()")] == ["links-to"]
        page.click("#reset")
        assert page.inner_text("#counts") == "5 nodes · 4 links"
        assert page.is_checked("#types li:last-child input")
        assert page.is_hidden("#reset")


def test_all_none_and_only_one(tmp_path: Path) -> None:
    """One click leaves none, one brings all, one leaves a single relation."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        page.get_by_role("button", name=said("map.legend.hide-all", what=said("map.legend.types"))).click()
        assert ask(opened, "visibleNodes()") == []
        page.get_by_role("button", name=said("map.legend.show-all", what=said("map.legend.types"))).click()
        assert len(ask(opened, "visibleNodes()")) == 5
        page.get_by_role("button", name=said("map.legend.only-one", what="requires")).click()
        assert ask(opened, "visibleEdges()") == [["Kalman filter", "requires", "Bayes' rule (100%)"]]


def test_tags_attachments_and_orphans_have_boxes_of_their_own(tmp_path: Path) -> None:
    """Tags and attachments are off at first; a note without shown lines is an orphan."""
    with opened_graph(small(), tmp_path) as opened:
        assert "#math" not in ask(opened, "visibleNodes()")
        switch(opened, "kinds", "Tags")
        assert ["Kalman filter", "tagged", "#math"] in ask(opened, "visibleEdges()")
        opened.page.uncheck("#orphans")
        assert "Lone note" not in ask(opened, "visibleNodes()")
        opened.page.check("#only-semantic")
        assert sorted(ask(opened, "visibleNodes()")) == ["Bayes' rule (100%)", "Kalman filter", "Monday"]


def test_a_long_legend_shows_the_ten_largest(tmp_path: Path) -> None:
    """The others come when they are asked for."""
    nodes = [note(f"{row} {turn}", type=f"type {row:02}") for row in range(30) for turn in range(row + 1)]
    with opened_graph(graph_of(nodes, []), tmp_path) as opened:
        rows = "#types label > span:not(.count)"
        assert texts(opened, rows) == [f"type {row:02}" for row in range(20, 30)]
        opened.page.get_by_role("button", name=said("map.legend.more", n="30")).click()
        assert len(texts(opened, rows)) == 30


def test_colours_say_what_they_mean(tmp_path: Path) -> None:
    """Coloured by folder, the legend tells folders; the vault's groups are offered if it has any."""
    with opened_graph(with_tags(), tmp_path, groups=(("path:A", "#aa0000"),)) as opened:
        assert opened.page.is_hidden("#colors")
        opened.page.select_option("#color-by", label="Folder")
        assert {"A", "A/B", "AB"} & set(texts(opened, "#colors li span:not(.count)"))
        assert said("map.legend.vault-groups") in texts(opened, "#color-by option")
    with opened_graph(small(), tmp_path) as opened:
        assert said("map.legend.vault-groups") not in texts(opened, "#color-by option")


def test_only_notes_with_a_tag_or_below_a_folder(tmp_path: Path) -> None:
    """A tag is found as one types, and stands for the tags below it; so is a folder."""
    with opened_graph(with_tags(), tmp_path) as opened:
        page = opened.page
        page.click("#by-tag")
        page.wait_for_selector("#by-tag-list li")
        page.keyboard.type("#Math")
        assert texts(opened, "#by-tag-list .title") == ["math", "math/algebra", "mathematics"]
        assert texts(opened, "#by-tag-list .count") == ["2", "1", "1"]
        page.keyboard.press("Enter")
        wait_for(opened, "vaultGraph.visibleNodes().length === 2")
        assert sorted(ask(opened, "visibleNodes()")) == ["one", "two"]
        page.get_by_role("button", name=said("map.filters.clear", what=said("map.filters.tag"))).click()
        wait_for(opened, "vaultGraph.visibleNodes().length === 4")
        page.fill("#by-folder", "a")
        page.locator("#by-folder-list li", has_text=re.compile(r"^A2")).click()
        assert sorted(ask(opened, "visibleNodes()")) == ["one", "two"]


def test_a_row_of_the_legend_is_pale_only_while_it_is_off(tmp_path: Path) -> None:
    """However often it is looked at anew."""
    with opened_page(small(), tmp_path) as opened:
        for off in (["log"], [], ["log"], []):
            switch(opened, "types", "log")
            assert opened.page.locator("#types li.off span[dir]").all_text_contents() == off


def test_types_that_narrow_the_map_take_what_is_no_note_along(tmp_path: Path) -> None:
    """A missing note stays where a shown one names it; a missing picture is an attachment."""
    one, two = note("one"), note("two", "log")
    near, far = (Node(f"missing://{name}", "missing", name, "") for name in ("near", "far"))
    picture = Node("missing://lost.png", "missing", "lost.png", "")
    edges = [edge(one, "links-to", near), edge(two, "links-to", far), edge(one, "embeds", picture)]
    with opened_graph(graph_of([one, two, near, far, picture], edges), tmp_path) as opened:
        assert sorted(ask(opened, "visibleNodes()")) == ["far", "near", "one", "two"]
        go(opened, "#type=KNOWLEDGE,nothing")
        assert sorted(ask(opened, "visibleNodes()")) == ["near", "one"]
        assert opened.page.inner_text("#hint") == said("map.address.unknown-name", name="nothing")
        go(opened, "#type=knowledge&kinds=missing,attachment")
        assert sorted(ask(opened, "visibleNodes()")) == ["lost.png", "near", "one"]


# ------------------------------------------------------------------ time


def dated() -> tuple[KnowledgeGraph, Known]:
    """Three notes of three days, one without, and a missing note that only the last one names."""
    nodes = [note(name) for name in ("first", "second", "third", "undated")]
    missing = Node("missing://gap", "missing", "gap", "")
    graph = graph_of([*nodes, missing], [edge(nodes[2], "links-to", missing), edge(nodes[0], "links-to", nodes[1])])
    days = [date(2024, 1, 1), date(2024, 1, 11), date(2024, 1, 21)]
    created = {each.id: day for each, day in zip(nodes, days, strict=False)}
    return graph, Known(created=created, speak=speak)


def test_dates_narrow_the_map_and_undated_notes_stay(tmp_path: Path) -> None:
    """What is missing is there as soon as a note names it."""
    graph, known = dated()
    with opened_graph(graph, tmp_path, known=known) as opened:
        opened.page.fill("#by-until", "2024-01-11")
        opened.page.dispatch_event("#by-until", "change")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "second", "undated"]
        opened.page.fill("#by-since", "2024-01-02")
        opened.page.dispatch_event("#by-since", "change")
        assert sorted(ask(opened, "visibleNodes()")) == ["second", "undated"]
        assert opened.page.is_visible("#time")


def test_the_time_line_is_pulled_by_keys_and_says_its_days(tmp_path: Path) -> None:
    """Each end is a slider with a spoken day; closing it shows everything."""
    graph, known = dated()
    with opened_graph(graph, tmp_path, known=known) as opened:
        page = opened.page
        page.click("#time-open")
        assert page.get_attribute("#time-until", "aria-valuetext") == "Jan 21, 2024"
        assert said("map.time.undated", n=1) in page.inner_text("#time")
        page.focus("#time-until")
        page.keyboard.press("ArrowLeft")
        assert page.get_attribute("#time-until", "aria-valuetext") == "Jan 20, 2024"
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "second", "undated"]
        page.keyboard.press("Home")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "undated"]
        page.click("#time-close")
        assert len(ask(opened, "visibleNodes()")) == 5


def test_playing_skips_years_in_which_nothing_was_made(tmp_path: Path) -> None:
    """Two notes with twenty years between them are two steps, not a long wait; undated ones can be left out."""
    nodes = [note(name) for name in ("first", "second", "third", "undated")]
    days = [date(2001, 1, 1), date(2001, 1, 2), date(2021, 1, 1)]
    created = {each.id: day for each, day in zip(nodes, days, strict=False)}
    with opened_graph(graph_of(nodes, []), tmp_path, known=Known(created=created, speak=speak)) as opened:
        page = opened.page
        page.click("#time-open")
        page.uncheck("#undated")
        page.click("#play")
        wait_for(opened, "vaultGraph.visibleNodes().length === 2")
        wait_for(opened, f"document.getElementById('play').ariaLabel === {said('map.time.play')!r}")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "second", "third"]
        hash_says(opened, "undated=0")
        page.click("#time-close")
        assert len(ask(opened, "visibleNodes()")) == 4


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_time_plays_from_the_first_note_to_the_last(tmp_path: Path, motion: str) -> None:
    """It begins with the first note and can be paused; with less motion it goes by steps."""
    graph, known = dated()
    with opened_graph(graph, tmp_path, known=known, reduced_motion=motion) as opened:
        opened.page.click("#time-open")
        opened.page.click("#play")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "undated"]
        assert opened.page.get_attribute("#play", "aria-label") == said("map.time.pause")
        wait_for(opened, "document.getElementById('time-until').getAttribute('aria-valuetext') !== 'Jan 1, 2024'")
        opened.page.click("#play")
        assert opened.page.get_attribute("#play", "aria-label") == said("map.time.play")


def test_who_asks_for_everything_while_time_plays_has_it(tmp_path: Path) -> None:
    """It is not taken back by the next step; time stands still."""
    graph, known = dated()
    with opened_graph(graph, tmp_path, known=known) as opened:
        opened.page.click("#time-open")
        opened.page.click("#play")
        opened.page.click("#reset")
        opened.page.wait_for_timeout(350)
        assert len(ask(opened, "visibleNodes()")) == 5
        assert opened.page.get_attribute("#play", "aria-label") == said("map.time.play")


def test_without_days_there_is_no_time_line_and_the_legend_says_why(tmp_path: Path) -> None:
    """Nothing stands there that could not work."""
    with opened_graph(small(), tmp_path) as opened:
        assert opened.page.locator("#time-open").count() == 0
        assert said("map.filters.no-dates") in opened.page.inner_text("#narrow")


# ------------------------------------------------------------------ the way between two notes


def steps(opened: Opened) -> list[str]:
    """The way as it is told: notes and relations in turn."""
    opened.page.wait_for_selector(".steps, .answer .empty")
    return [text for row in texts(opened, ".steps li > *") for text in [row.strip()]]


def test_a_way_is_told_step_by_step_and_lit(tmp_path: Path) -> None:
    """From the chosen note by a key, to another by typing; relations read in the way's direction."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        find(opened, "monday")
        page.keyboard.press("p")
        assert page.input_value("#path-from") == "Monday"
        page.fill("#path-to", "kalman")
        page.press("#path-to", "Enter")
        assert steps(opened) == ["Monday", "related", "Bayes' rule (100%)", "enables", "Kalman filter"]
        assert said("map.ways.steps-typed", n="2") in page.inner_text("#in-path")
        assert sorted(ask(opened, "lit()")) == ["Bayes' rule (100%)", "Kalman filter", "Monday"]
        page.get_by_role("button", name=said("map.ways.swap")).click()
        wait_for(opened, "document.querySelector('.steps .node').textContent === 'Kalman filter'")
        assert steps(opened) == ["Kalman filter", "requires", "Bayes' rule (100%)", "related", "Monday"]
        page.focus(".steps .node")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert ask(opened, "focused()") == "Bayes' rule (100%)"
        page.click("#tab-legend")
        assert "Monday" in ask(opened, "lit()")


def test_plain_links_make_a_way_where_typed_relations_make_none(tmp_path: Path) -> None:
    """The other end may be a click on the map; where there is no way it is said, and nothing hidden is on one."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        page.click("#tab-path")
        page.fill("#path-from", "gauss")
        page.press("#path-from", "Enter")
        assert page.evaluate("document.activeElement.id") == "path-to"
        page.mouse.click(*point_of(opened, "Monday"))
        wait_for(opened, "document.querySelectorAll('.steps .node').length === 3")
        assert steps(opened) == [
            "Gauss",
            said("map.samples.linked-from"),
            "Kalman filter",
            said("map.samples.linked-from"),
            "Monday",
        ]
        assert said("map.ways.steps-plain", n="2") in page.inner_text("#in-path")
        page.fill("#path-to", "lone")
        page.press("#path-to", "Enter")
        page.wait_for_selector(f"text={said('map.ways.no-path', one='Gauss', other='Lone note')}")
        page.fill("#path-to", "gauss")
        page.press("#path-to", "Enter")
        page.wait_for_selector(f"text={said('map.ways.same-note')}")
        page.fill("#path-from", "monday")
        page.press("#path-from", "Enter")
        page.fill("#path-to", "#math")
        page.press("#path-to", "Enter")
        wait_for(opened, "document.querySelectorAll('.steps .node').length === 3")
        assert steps(opened) == ["Monday", "links-to", "Kalman filter", "tagged", "#math"]
        page.get_by_role("button", name=said("map.ways.swap")).click()
        wait_for(opened, "document.querySelector('.steps .node').textContent === '#math'")
        assert steps(opened) == [
            "#math",
            said("map.samples.tag-of"),
            "Kalman filter",
            said("map.samples.linked-from"),
            "Monday",
        ]


def test_where_there_is_no_way_it_is_said_in_the_list_too(tmp_path: Path) -> None:
    """And announced; nothing else stands still for it. Escape afterwards closes what is open, at the first press."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        page.evaluate("location.hash = '#path=Notes/Monday.md|Notes/Lone note.md'")
        page.wait_for_selector(f"text={said('map.ways.no-path', one='Monday', other='Lone note')}")
        none, between = said("map.list.no-path"), said("map.list.no-way", one="Monday", other="Lone note")
        wait_for(opened, f"document.querySelector('#twin h3').textContent === {none!r}")
        wait_for(opened, f"document.getElementById('live').textContent.includes({between!r})")
        assert opened.complaints == []
        page.click("#tab-gaps")
        page.keyboard.press("Escape")
        wait_for(opened, "!document.getElementById('in-legend').hidden")


def test_the_page_finds_the_ways_that_the_command_finds(sample: Vault, sample_page: str, tmp_path: Path) -> None:
    """The same steps in the same words, for many pairs of notes of the sample vault."""
    graph = sample.knowledge
    notes = sorted(node.id for node in graph.nodes.values() if node.kind == "note" and node.role != "template")
    pairs = list(zip(notes[::9], notes[5::7], strict=False))
    assert len(pairs) > 8
    with opened_sample(sample_page, tmp_path) as opened:
        switch(opened, "kinds", "Attachments")
        told = 0
        for source, target in pairs:
            way = paths.shortest(graph, source, target)
            opened.page.evaluate(
                "(hash) => { location.hash = hash; }", f"#path={quote(source)}|{quote(target)}&kinds=missing,attachment"
            )
            ends = [graph.nodes[source].title, graph.nodes[target].title]
            opened.page.wait_for_function(
                """([from, to, steps]) => {
                    const names = [...document.querySelectorAll('.steps .node')].map((each) => each.textContent);
                    const isTold = names[0] === from && names[names.length - 1] === to && names.length === steps + 1;
                    return names.length ? isTold
                        : steps < 0 && document.querySelector('.answer .empty')?.textContent.includes(from);
                }""",
                arg=[*ends, -1 if way is None else len(way)],
                timeout=5000,
            )
            if way is None:
                continue
            expected = [graph.nodes[source].title]
            for step in way:
                word = paths.told(graph, step) or f"← {step.relation}"
                word = {"linked-from": said("map.samples.linked-from"), "embedded-in": "is embedded in"}.get(word, word)
                expected += [word, graph.nodes[step.target].title]
            assert steps(opened) == expected
            told += 1
        assert told > 5


# ------------------------------------------------------------------ gaps and learning


def test_gaps_are_ranked_said_and_lit(sample: Vault, sample_page: str, tmp_path: Path) -> None:
    """The most asked for first, with why and the next step; kinds are chosen; hidden nodes among them are shown."""
    with opened_sample(sample_page, tmp_path) as opened:
        page = opened.page
        switch(opened, "kinds", said("map.samples.missing-notes"))
        assert "Kubernetes scheduling" not in ask(opened, "visibleNodes()")
        page.click("#tab-gaps")
        page.wait_for_selector(".findings li")
        first = page.locator(".findings li").first.inner_text()
        assert "Kubernetes scheduling" in first
        gap = sample.findings["missing"][0]
        assert sample.linker.plain(gap.why) in first
        assert sample.linker.plain(gap.step) in first
        assert "Kubernetes scheduling" in ask(opened, "visibleNodes()")
        assert "Docker" in ask(opened, "lit()")
        for kind in texts(opened, "#in-gaps .kinds label > span:not(.count)")[1:]:
            page.locator("#in-gaps .kinds li", has_text=kind).locator("input").click()
        assert "Docker" not in ask(opened, "lit()")
        assert len(texts(opened, ".findings li")) == len(ask(opened, "lit()")) == 5
        hash_says(opened, "mode=gaps&without=stubs,")
        page.locator(".findings li button").nth(1).click()
        assert ask(opened, "focused()") == "GPU operator"
        page.focus(".findings li:first-child button")
        page.keyboard.press("t")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.evaluate("document.activeElement.closest('.findings li') !== null")  # the list is still the same
        page.click("#tab-legend")
        assert "Kubernetes scheduling" not in ask(opened, "visibleNodes()")


def test_a_kind_of_gap_that_would_fill_the_map_is_off_at_first(tmp_path: Path) -> None:
    """Unless it is the only one; the card says so."""
    nodes = [note(f"n{number}") for number in range(203)]
    kinds = [insight for insight in insights() if insight.name in ("missing", "stubs")]
    many = tuple(Finding("missing", Ref(each.id), 1.0, ("why",), ("step",)) for each in nodes[2:])
    few = tuple(Finding("stubs", Ref(each.id), 1.0, ("why",), ("step",)) for each in nodes[:2])
    for found, lit in (({kinds[0]: many, kinds[1]: few}, 2), ({kinds[0]: many}, 201)):
        with opened_graph(graph_of(nodes, []), tmp_path, known=Known(found, speak=speak)) as opened:
            opened.page.click("#tab-gaps")
            opened.page.wait_for_selector(".findings li")
            assert len(ask(opened, "lit()")) == lit
            assert (said("map.modes.large-kind", n="200") in opened.page.inner_text("#in-gaps")) == (lit == 2)


def test_learning_tells_five_stands(sample_page: str, tmp_path: Path) -> None:
    """Each with its number and its notes; what is ready comes first, with its next step."""
    with opened_sample(sample_page, tmp_path, "#mode=learning") as opened:
        page = opened.page
        page.wait_for_selector(".findings details")
        rows = "#in-learning .kinds label > span:not(.count)"
        assert texts(opened, rows) == [said(f"map.samples.{stand}") for stand in STANDS]
        numbers = [int(text) for text in texts(opened, "#in-learning .kinds .count")]
        assert sum(numbers) == len(ask(opened, "lit()")) > 20
        ready = page.locator(".findings details").first
        assert said("map.samples.ready") in ready.inner_text()
        assert said("ready.step-sources", sources="TensorRT-LLM repository") in ready.inner_text()
        page.locator(".findings summary", has_text=re.compile(f"^{said('map.samples.applied')}")).click()
        page.wait_for_function(
            "(n) => document.querySelectorAll('.findings details[open] li').length >= n", arg=numbers[3]
        )
        page.locator("#in-learning .kinds input").nth(3).click()
        assert len(ask(opened, "lit()")) == sum(numbers) - numbers[3]


def test_a_vault_without_gaps_or_knowledge_says_what_to_do(tmp_path: Path) -> None:
    """No empty cards."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.click("#tab-gaps")
        opened.page.wait_for_selector(f"text={said('map.modes.gaps-empty')}")
        opened.page.click("#tab-learning")
        opened.page.wait_for_selector(f"text={said('map.modes.learning-empty')}")
        assert ask(opened, "lit()") is None or ask(opened, "lit()") == []
        for address in ("#mode=learning&without=due", "#mode=gaps&without=stubs", "#mode=learning"):
            opened.page.evaluate("(address) => { location.hash = address; }", address)
            opened.page.wait_for_timeout(40)
        assert opened.complaints == []


def test_a_fault_in_one_part_of_the_page_leaves_the_others_at_work(tmp_path: Path) -> None:
    """It is reported; whoever else waits for the same change hears of it all the same."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.evaluate("document.getElementById('counts').remove()")
        switch(opened, "types", "log")
        wait_for(opened, "document.getElementById('twin-says').textContent.includes('3 of 7')")
        assert opened.page.is_visible("#map")
        assert len(opened.complaints) == 1


def test_tabs_are_walked_by_arrows(tmp_path: Path) -> None:
    """One tab stop; the chosen tab says so, and its panel is the one that is shown."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.focus("#tab-legend")
        for name in ("gaps", "learning", "path", "legend"):
            opened.page.keyboard.press("ArrowRight")
            assert opened.page.evaluate("document.activeElement.id") == f"tab-{name}"
            assert opened.page.get_attribute(f"#tab-{name}", "aria-selected") == "true"
            assert texts(opened, "#legend [role=tabpanel]:not([hidden])") == texts(opened, f"#in-{name}")


def test_on_a_phone_the_card_gives_way_to_the_map(sample_page: str, tmp_path: Path) -> None:
    """Closed at first; a note that is chosen in it is seen at once."""
    with opened_sample(sample_page, tmp_path, size=(390, 844), has_touch=True) as opened:
        page = opened.page
        assert page.is_hidden("#legend")
        page.tap("#filter")
        page.tap("#tab-gaps")
        page.locator(".findings li button").first.tap()
        assert page.is_hidden("#legend")
        assert ask(opened, "focused()") == "Kubernetes scheduling"
        assert page.evaluate("document.documentElement.scrollWidth") == 390


# ------------------------------------------------------------------ the address


def test_an_address_opens_what_it_names(tmp_path: Path) -> None:
    """A note, types, relations, kinds, folders and colours; names may be written as they are, or escaped."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        go(opened, f"#note={BAYES.replace('%', '%25').replace('&', '%26')}&color=folder&size=rank")
        wait_for(opened, 'vaultGraph.focused() === "Bayes\' rule (100%)"')
        assert page.input_value("#color-by") == "folder"
        assert page.input_value("#size-by") == "rank"
        go(opened, f"#note={quote(BAYES, safe='')}")
        wait_for(opened, 'vaultGraph.focused() === "Bayes\' rule (100%)"')
        go(opened, "#type=log")
        assert sorted(ask(opened, "visibleNodes()")) == ["Lone note", "Monday"]
        go(opened, "#hide=log&kinds=")
        assert sorted(ask(opened, "visibleNodes()")) == ["Bayes' rule (100%)", "Kalman filter"]
        go(opened, "#relation=requires,related&orphans=0&kinds=")
        assert "Lone note" not in ask(opened, "visibleNodes()")
        assert {relation for _, relation, _ in ask(opened, "visibleEdges()")} == {"requires", "related"}
        go(opened, "#tag=math")
        wait_for(opened, "vaultGraph.visibleNodes().length === 1")
        go(opened, "#q=kalman")
        wait_for(opened, "(vaultGraph.lit() || []).join() === 'Kalman filter'")
        assert page.input_value("#query") == "kalman"
        go(opened, "#at=12,-7,0.75")
        wait_for(opened, "Math.abs(vaultGraph.view().scale - 0.75) < 1e-6")
        go(opened, "#path=Notes/Monday.md|Notes/Kalman%20filter.md")
        assert steps(opened)[-1] == "Kalman filter"


def test_the_address_follows_the_reader_and_back_goes_back(tmp_path: Path) -> None:
    """Chosen notes are steps that Back undoes; all else changes the address in place."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        find(opened, "kalman")
        hash_says(opened, "note=Notes/Kalman filter.md")
        switch(opened, "types", "log")
        hash_says(opened, "hide=log")
        switch(opened, "types", "log")
        page.select_option("#color-by", "community")
        hash_says(opened, "color=community")
        find(opened, "bayes")
        hash_says(opened, "note=Notes/概率 %26 co/Bayes")
        page.go_back()
        wait_for(opened, "vaultGraph.focused() === 'Kalman filter'")
        assert page.input_value("#color-by") == "community"
        page.evaluate("location.hash = '#type=log'")
        wait_for(opened, "vaultGraph.visibleNodes().length === 2")
        assert ask(opened, "focused()") is None
        assert page.input_value("#color-by") == "type"


def test_a_search_keeps_its_light_from_one_address_to_the_next(tmp_path: Path) -> None:
    """What is lit follows what is searched for, and nothing else."""
    with opened_graph(small(), tmp_path) as opened:
        lit = "(vaultGraph.lit() || []).join()"
        for address, wanted in (
            ("#q=lone", "Lone note"),
            ("#q=lone&color=folder", "Lone note"),
            ("#q=gauss", "Gauss"),
            ("#color=folder", ""),
        ):
            opened.page.evaluate("(address) => { location.hash = address; }", address)
            wait_for(opened, f"{lit} === {wanted!r}")
            opened.page.wait_for_timeout(30)
            assert opened.page.evaluate(lit) == wanted


def test_the_filters_of_an_address_hold_for_the_note_that_it_names(tmp_path: Path) -> None:
    """The note is read though it is not on the map, and the address stays as it was written."""
    with opened_graph(with_tags(), tmp_path, reduced_motion="reduce") as opened:
        page = opened.page
        page.evaluate("location.hash = '#note=A/one.md&folder=AB&color=stage'")
        page.wait_for_selector("#panel h2")
        assert page.inner_text("#panel h2") == "one"
        assert ask(opened, "visibleNodes()") == ["three"]
        assert page.input_value("#color-by") == "type"  # there are no stages to tell apart
        before = ask(opened, "view()")["x"]
        page.focus("#map")
        page.keyboard.press("ArrowLeft")
        assert ask(opened, "view()")["x"] == before + 80
        page.select_option("#color-by", "community")
        hash_says(opened, "note=A/one.md&color=community&folder=AB")
        page.evaluate("location.hash = '#note=tag://math'")
        wait_for(opened, "vaultGraph.visibleNodes().includes('#math')")


def test_a_choice_made_while_an_address_is_read_is_kept(tmp_path: Path) -> None:
    """Only what the address names is taken from it when the notes' names are there at last."""
    slow = """
        const text = Response.prototype.text;
        Response.prototype.text = async function () {
            await new Promise((done) => setTimeout(done, 400));
            return text.call(this);
        };"""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.add_init_script(slow)
        go(opened, "#tag=math")
        opened.page.mouse.click(*point_of(opened, "Monday"))
        wait_for(opened, "vaultGraph.visibleNodes().length === 1")
        assert opened.page.inner_text("#panel h2") == "Monday"
        hash_says(opened, "note=Notes/Monday.md&tag=math")


def test_what_is_written_is_what_is_read(sample_page: str, tmp_path: Path) -> None:
    """The address of a view, opened anew, shows the same."""
    with opened_sample(sample_page, tmp_path) as opened:
        page = opened.page
        page.get_by_role("button", name=said("map.legend.only-one", what="knowledge")).click()
        switch(opened, "relations", "links-to")
        switch(opened, "kinds", "Tags")
        page.check("#only-semantic")
        page.fill("#query", "tensor")
        hash_says(opened, "q=tensor")
        before = (
            [ask(opened, what) for what in ("visibleNodes()", "visibleEdges()", "lit()")],
            page.inner_text("#counts"),
        )
        go(opened, page.evaluate("location.hash"))
        wait_for(opened, "vaultGraph.lit()")
        after = (
            [ask(opened, what) for what in ("visibleNodes()", "visibleEdges()", "lit()")],
            page.inner_text("#counts"),
        )
        assert [sorted(each) for each in after[0]] == [sorted(each) for each in before[0]]
        assert after[1] == before[1]


def test_a_page_can_open_with_a_view(tmp_path: Path) -> None:
    """What the command was asked for, unless the address says something else."""
    with opened_graph(small(), tmp_path, view="type=log") as opened:
        wait_for(opened, "vaultGraph.visibleNodes().length === 2")
        go(opened, "#hide=log")
        assert "Monday" not in ask(opened, "visibleNodes()")


def test_back_returns_to_the_view_that_the_page_opened_with(tmp_path: Path) -> None:
    """And a view that was put away has an address of its own, so that it stays away."""
    with opened_graph(small(), tmp_path, view="note=Notes/Monday.md") as opened:
        page = opened.page
        wait_for(opened, "vaultGraph.focused() === 'Monday'")
        page.fill("#query", "lone")
        page.press("#query", "Enter")
        hash_says(opened, "note=Notes/Lone note.md")
        page.go_back()
        wait_for(opened, "vaultGraph.focused() === 'Monday'")
        page.wait_for_selector("#panel h2")
        page.keyboard.press("Escape")
        hash_says(opened, "all")
        page.reload()
        wait_for(opened, "window.vaultGraph && vaultGraph.firstPaint() > 0")
        page.wait_for_timeout(60)
        assert ask(opened, "focused()") is None


def test_a_note_that_is_not_there_is_said(tmp_path: Path) -> None:
    """With its name, as text; the map is shown as ever."""
    with opened_graph(small(), tmp_path) as opened:
        go(opened, "#note=<b>nobody</b>.md&depth=2")
        opened.page.wait_for_selector("#hint")
        assert opened.page.inner_text("#hint") == said("map.address.unknown-note", name="<b>nobody</b>.md")
        assert len(ask(opened, "visibleNodes()")) == 5


HOSTILE_ADDRESSES = (
    "#%E0%A4%A&=&&=x&note",
    "#__proto__=1&constructor=2&color=__proto__&size=constructor&mode=toString",
    "#type=nothing,%00&hide=%2C%2C&kinds=__proto__&relation=",
    "#at=1e9,NaN,Infinity&depth=99999&since=2024-99-99&until=abc",
    "#at=0,0,-1&path=|&mode=path",
    "#path=a|b|c&without=%3Cimg%3E&mode=gaps",
    "#q=" + quote("<img src=x onerror=window.PWNED=1>") * 40,
    "#tag=" + quote('none "><svg onload=window.PWNED=1>'),
    "#folder=none/javascript:window.PWNED=1",
    *(f"#note={quote(safe(text), safe='')}&q={quote(safe(text), safe='')}" for text in HOSTILE[:6]),
)


def test_hostile_addresses_change_nothing(tmp_path: Path) -> None:
    """No error, no markup, no script; what is not known is passed over."""
    with opened_graph(hostile_graph(), tmp_path) as opened:
        for address in HOSTILE_ADDRESSES:
            go(opened, address)
            opened.page.wait_for_timeout(60)
            assert opened.page.evaluate("typeof window.PWNED") == "undefined"
            assert (
                opened.page.evaluate("document.querySelectorAll('img, iframe, object, [onload], [onerror]').length")
                == 0
            )
            assert len(ask(opened, "visibleNodes()")) == 28
            assert (opened.complaints, opened.violations) == ([], [])


def test_hostile_names_are_shown_letter_by_letter(tmp_path: Path) -> None:
    """In the legend, in answers, in the fields and on the way."""
    with opened_graph(hostile_graph(), tmp_path, vault=" ".join(HOSTILE)) as opened:
        page = opened.page
        for part in ("types", "relations"):
            page.locator(f"#{part} .more").click()
        wanted = {safe(text) for text in HOSTILE}
        assert set(texts(opened, "#types label > span:not(.count)")) == wanted
        assert set(texts(opened, "#relations label > span:not(.count)")) == wanted
        page.fill("#query", "PWNED")
        assert len(texts(opened, "#results [role=option]")) > 5
        page.click("#by-tag")
        page.wait_for_selector("#by-tag-list li")
        find(opened, "probe-1.")
        page.click("#tab-path")
        page.fill("#path-to", "probe-3.")
        page.press("#path-to", "Enter")
        assert safe(HOSTILE[1]) in steps(opened)
        assert page.evaluate("typeof window.PWNED") == "undefined"
        assert page.evaluate(f"document.querySelectorAll({MARKUP!r}).length") == 0
        assert (opened.complaints, opened.violations) == ([], [])


def exports(text: str) -> set[str]:
    """The names that a script exports."""
    plain = re.findall(r"^export (?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE)
    rows = re.findall(r"^export const [{\[](.*?)[}\]] =", text, re.MULTILINE)
    return {*plain, *(name.split(":")[-1].strip() for row in rows for name in row.split(","))}


def test_whatever_a_script_imports_is_exported() -> None:
    """Joining takes imports out, so nothing else would tell."""
    folder = SAMPLE.parent / "templates" / "graph"
    files = {path.resolve(): path.read_text("utf-8") for path in folder.rglob("*.js")}
    for file, text in files.items():
        for names, source in re.findall(r"^import \{([^}]*)\} from '([^']*)';", text, re.MULTILINE):
            exported = exports(files[(file.parent / source).resolve()])
            missing = {each.strip() for each in names.split(",") if each.strip()} - exported
            assert not missing, (file.name, source)


def test_every_control_of_the_card_has_a_name(sample_page: str, tmp_path: Path) -> None:
    """A screen reader can say what each button, box and slider is for."""
    nameless = """() => [...document.querySelectorAll('header *, #legend *, #time *')].filter((part) =>
        part.matches('button, input, select, [role=listbox]')).filter((part) =>
        !(part.getAttribute('aria-label') || part.textContent.trim() || part.labels?.length))
        .map((part) => part.outerHTML)"""
    with opened_sample(sample_page, tmp_path, "#mode=gaps") as opened:
        opened.page.wait_for_selector(".findings li")
        assert opened.page.evaluate(nameless) == []
