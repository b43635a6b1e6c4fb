"""The legend and the filters of the page: what is switched off leaves the map."""

import re
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
from shared.graph_pages import (
    ask,
    edge,
    graph_of,
    note,
    said,
)
from shared.graph_pages import opened_graph as opened_page
from shared.graph_pages import small_graph as small

from vault_tools.model.graph import Node

pytestmark = pytest.mark.ci


def test_a_type_or_relation_that_is_switched_off_leaves_the_map_and_the_count(tmp_path: Path) -> None:
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


def test_the_legend_switches_all_rows_none_or_only_one(tmp_path: Path) -> None:
    """One click leaves none, one brings all, one leaves a single relation."""
    with opened_graph(small(), tmp_path) as opened:
        page = opened.page
        page.get_by_role("button", name=said("map.legend.hide-all", what=said("map.legend.types"))).click()
        assert ask(opened, "visibleNodes()") == []
        page.get_by_role("button", name=said("map.legend.show-all", what=said("map.legend.types"))).click()
        assert len(ask(opened, "visibleNodes()")) == 5
        page.get_by_role("button", name=said("map.legend.only-one", what="requires")).click()
        assert ask(opened, "visibleEdges()") == [["Kalman filter", "requires", "Bayes' rule (100%)"]]


def test_tags_attachments_and_orphans_have_their_own_boxes_in_the_legend(tmp_path: Path) -> None:
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


def test_the_legend_says_what_the_colours_mean(tmp_path: Path) -> None:
    """Coloured by folder, the legend tells folders; the vault's groups are offered if it has any."""
    with opened_graph(with_tags(), tmp_path, groups=(("path:A", "#aa0000"),)) as opened:
        assert opened.page.is_hidden("#colors")
        opened.page.select_option("#color-by", label="Folder")
        assert {"A", "A/B", "AB"} & set(texts(opened, "#colors li span:not(.count)"))
        assert said("map.legend.vault-groups") in texts(opened, "#color-by option")
    with opened_graph(small(), tmp_path) as opened:
        assert said("map.legend.vault-groups") not in texts(opened, "#color-by option")


def test_the_map_can_be_narrowed_to_a_tag_or_a_folder(tmp_path: Path) -> None:
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


def test_types_that_narrow_the_map_keep_missing_notes_and_attachments_of_shown_notes(tmp_path: Path) -> None:
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
