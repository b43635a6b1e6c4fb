"""The address of the page: it opens what it names, and follows the reader."""

from pathlib import Path
from urllib.parse import quote

import pytest
from shared.asked_pages import (
    go,
    hash_says,
    opened_graph,
    opened_sample,
    steps,
    switch,
    texts,
    wait_for,
    with_tags,
)
from shared.graph_pages import (
    HOSTILE,
    ask,
    find,
    hostile_graph,
    point_of,
    safe,
    said,
)
from shared.graph_pages import small_graph as small

pytestmark = pytest.mark.ci
MARKUP = "img, iframe, object, [onload], [onerror]"
BAYES = "Notes/概率 & co/Bayes' rule (100%).md"


def test_an_address_of_the_page_opens_the_view_that_it_names(tmp_path: Path) -> None:
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


def test_the_address_of_the_page_follows_the_reader_and_back_returns(tmp_path: Path) -> None:
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


def test_the_nodes_that_a_search_found_stay_lit_when_the_address_changes(tmp_path: Path) -> None:
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


def test_the_filters_of_an_address_may_hide_the_note_that_the_address_names(tmp_path: Path) -> None:
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


def test_a_choice_of_the_reader_is_kept_while_an_address_is_read(tmp_path: Path) -> None:
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


def test_the_address_that_the_page_writes_opens_the_same_view(sample_page: str, tmp_path: Path) -> None:
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


def test_back_returns_to_the_view_with_which_the_page_opened(tmp_path: Path) -> None:
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


def test_an_address_with_an_unknown_note_is_reported(tmp_path: Path) -> None:
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


def test_hostile_addresses_change_nothing_on_the_page(tmp_path: Path) -> None:
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


def test_hostile_names_are_shown_as_text_on_the_page(tmp_path: Path) -> None:
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
