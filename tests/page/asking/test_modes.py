"""The modes of the page: gaps, learning, and the card that shows them."""

import re
from pathlib import Path

import pytest
from shared.asked_pages import (
    format_text,
    hash_says,
    opened_graph,
    opened_sample,
    switch,
    texts,
)
from shared.graph_pages import (
    ask,
    graph_of,
    note,
    said,
)
from shared.graph_pages import small_graph as small

from vault_tools import Vault
from vault_tools.insights import insights
from vault_tools.model.export import Analysis
from vault_tools.model.finding import Finding
from vault_tools.model.text import Ref

pytestmark = pytest.mark.ci
STANDS = ("ready", "due", "learned", "applied", "later")


def test_gaps_are_listed_in_order_with_reasons_and_lit_on_the_map(
    sample: Vault, sample_page: str, tmp_path: Path
) -> None:
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
        with opened_graph(graph_of(nodes, []), tmp_path, analysis=Analysis(found, format_text=format_text)) as opened:
            opened.page.click("#tab-gaps")
            opened.page.wait_for_selector(".findings li")
            assert len(ask(opened, "lit()")) == lit
            assert (said("map.modes.large-kind", n="200") in opened.page.inner_text("#in-gaps")) == (lit == 2)


def test_the_mode_of_learning_shows_five_states(sample_page: str, tmp_path: Path) -> None:
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


def test_the_modes_of_a_vault_without_gaps_or_knowledge_say_what_to_do(tmp_path: Path) -> None:
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


def test_the_tabs_of_the_card_are_walked_by_arrow_keys(tmp_path: Path) -> None:
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


def test_every_control_of_the_card_has_an_accessible_name(sample_page: str, tmp_path: Path) -> None:
    """A screen reader can say what each button, box and slider is for."""
    nameless = """() => [...document.querySelectorAll('header *, #legend *, #time *')].filter((part) =>
        part.matches('button, input, select, [role=listbox]')).filter((part) =>
        !(part.getAttribute('aria-label') || part.textContent.trim() || part.labels?.length))
        .map((part) => part.outerHTML)"""
    with opened_sample(sample_page, tmp_path, "#mode=gaps") as opened:
        opened.page.wait_for_selector(".findings li")
        assert opened.page.evaluate(nameless) == []
