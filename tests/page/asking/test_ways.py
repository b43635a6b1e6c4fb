"""The way from one note to another on the page."""

from pathlib import Path
from urllib.parse import quote

import pytest
from shared.asked_pages import opened_graph, opened_sample, steps, switch, wait_for
from shared.graph_pages import (
    ask,
    find,
    point_of,
    said,
)
from shared.graph_pages import small_graph as small

from vault_tools import Vault
from vault_tools.graph import paths

pytestmark = pytest.mark.ci


def test_a_way_between_two_notes_is_listed_step_by_step_and_lit_on_the_map(tmp_path: Path) -> None:
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


def test_plain_links_make_a_way_on_the_page_if_no_relation_does(tmp_path: Path) -> None:
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


def test_the_page_says_that_two_notes_have_no_way_between_them(tmp_path: Path) -> None:
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
                word = paths.relation_as_read(graph, step) or f"← {step.relation}"
                word = {"linked-from": said("map.samples.linked-from"), "embedded-in": "is embedded in"}.get(word, word)
                expected += [word, graph.nodes[step.target].title]
            assert steps(opened) == expected
            told += 1
        assert told > 5
