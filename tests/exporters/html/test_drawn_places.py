"""The places of nodes in a page: a later map believes them only if they make sense."""

import json
import re
import sys
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.graph_pages import edge, graph_of, hostile_graph, note, page_text, small_graph

from vault_tools.exporters.html import encoding as packs
from vault_tools.exporters.html import places_in_page
from vault_tools.map.layout import places
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.places import Places, farthest


@st.composite
def placed(draw: st.DrawFn) -> tuple[KnowledgeGraph, Places]:
    """A graph, and places for it that nobody arranged."""
    sign = st.characters(exclude_categories=["Cs"])
    titles = draw(st.lists(st.text(sign, min_size=1, max_size=8), max_size=6, unique=True))
    nodes = [note(title, path=f"{title}.md") for title in titles]
    some = st.integers(-farthest(len(nodes)), farthest(len(nodes)))
    ids = tuple(sorted(node.id for node in nodes))
    own = [tuple(draw(st.lists(some, min_size=len(ids), max_size=len(ids)))) for _ in range(2)]
    homes = draw(st.lists(st.integers(-1, max(0, len(ids) - 1)), min_size=len(ids), max_size=len(ids)))
    late = draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids)))
    ends = draw(st.lists(st.tuples(*[st.sampled_from(nodes)] * 2), max_size=9)) if nodes else []
    edges = [edge(one, "links-to", other) for one, other in dict.fromkeys(ends)]
    return graph_of(nodes, edges), Places(ids, own[0], own[1], tuple(homes), tuple(late))


@settings(max_examples=12)
@given(placed())
def test_a_page_keeps_the_places_of_the_nodes_that_it_was_given(given_: tuple[KnowledgeGraph, Places]) -> None:
    """To the unit, whatever they were; what is tied to what is told by its edges."""
    graph, before = given_
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["vault_tools.exporters.html.core"], "places", lambda _graph, _before: before)
        found = places_in_page(page_text(graph))
    assert found is not None
    assert replace(found, ties=()) == before
    fresh = places(graph)
    assert dict(zip(found.ids, found.ties, strict=True)) == dict(zip(fresh.ids, fresh.ties, strict=True))


@pytest.mark.parametrize(
    "make", [small_graph, hostile_graph, lambda: graph_of([], []), lambda: graph_of([note("A")], [])]
)
def test_a_page_that_is_written_again_from_its_own_places_is_the_same(make: Any) -> None:
    """To the byte, also where a name can be held by no file as it is."""
    first = page_text(make())
    assert page_text(make()) == first
    again = first
    for _ in range(2):
        again = page_text(make(), before=places_in_page(again))
    assert again == first


def test_a_page_that_is_cut_off_gives_all_places_of_its_nodes_or_none() -> None:
    """As a sync that was stopped leaves it, wherever; then all is arranged anew."""
    page = page_text(small_graph())
    start, whole = page.index('id="core"'), places_in_page(page)
    last = page.index("</script>", max(page.index(f'id="{name}"') for name in ("core", "index")))
    assert whole is not None
    for end in {0, *range(start, last, 499), *range(last - 9, last + len("</script>"))}:
        assert places_in_page(page[:end]) is None
    for end in range(last + len("</script>"), len(page), len(page) // 9):
        assert places_in_page(page[:end]) == whole


@cache
def small_page() -> tuple[KnowledgeGraph, str]:
    """A small graph, and its page."""
    return small_graph(), page_text(small_graph())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from([0, 1, 63, 200, 1_000, 1_700, 3_400, 9_999, 10**6, 2**31])] * 2), min_size=7),
    st.tuples(*[st.sampled_from([0, -1, -1_700, 900, -(10**6)])] * 2),
    st.sampled_from([[1] * 7, [0] * 7, [*range(1, 8)]]),
    st.sampled_from([0, 8]),
)
def test_after_a_page_of_any_content_a_map_can_be_made_whose_places_are_read_again(
    spots: list[tuple[int, int]], corner: tuple[int, int], homes: list[int], tied: int
) -> None:
    """Also where an island comes, or lone notes: no place that is believed asks for more room than any map of ours."""
    graph, page = small_page()
    new = [note(f"New {number}", path=f"New {number}.md") for number in range(8)]
    told = {"x": [x for x, _ in spots[:7]], "y": [y for _, y in spots[:7]], "community": homes[:7]}
    columns = {name: packs.column(numbers) for name, numbers in told.items()}
    before = places_in_page(held(page, corner=corner, map=columns))
    island = [edge(new[0], "links-to", each) for each in new[1:tied]]
    grown = graph_of([*graph.nodes.values(), *new], [*graph.edges, *island])
    after = places(grown, before)
    assert len(set(zip(after.x, after.y, strict=True))) >= len(new)
    assert max(map(abs, (*after.x, *after.y))) <= farthest(len(after.ids))


def held(page: str, **changed: Any) -> str:
    """A page with some keys of its core changed by somebody."""
    begin = page.index('id="core">') + len('id="core">')
    end = page.index("</script>", begin)
    core = json.loads(page[begin:end])
    for key, value in changed.items():
        if isinstance(core[key], dict) and isinstance(value, dict):
            core[key] |= value
        else:
            core[key] = value
    return page[:begin] + packs.in_script(core) + page[end:]


@pytest.mark.parametrize(
    "changed",
    [
        {"corner": [0]},
        {"corner": [0, "1"]},
        {"corner": [0, 10**12]},
        {"corner": [0.5, 1]},
        {"corner": None},
        {"corner": [True, 1]},
        {"corner": [0, 10**6]},
        {"corner": [-(10**6), 0]},
        {"late": None},
        {"late": [1]},
        {"late": packs.column([7])},
        {"map": None},
        {"map": {"x": {"w": 8, "d": "AAAA"}}},
        {"map": {"x": {"w": "1", "d": "AAAA"}}},
        {"map": {"x": {"w": 1, "d": "A"}}},
        {"map": {"x": {"w": 1, "d": "AAAA"}}},
        {"map": {"x": {"w": 1}}},
        {"map": {"x": packs.column([2**32 - 1] * 7)}},
        {"map": {"x": packs.column([0] * 6 + [1_000_000])}},
        {"map": {"community": packs.column([200] * 7)}},
        {"edges": {"from": packs.column([7] * 6)}},
        {"edges": {"from": packs.column([1])}},
    ],
)
def test_a_page_that_somebody_changed_gives_no_places(changed: dict[str, Any]) -> None:
    """Nothing is believed that no map of ours would say."""
    page = small_page()[1]
    assert places_in_page(held(page)) == places_in_page(page) is not None
    assert places_in_page(held(page, **changed)) is None


@pytest.mark.parametrize(
    "ids",
    [
        "[]",
        '{"ids": null}',
        '{"ids": [1, 2, 3, 4, 5, 6, 7]}',
        '{"ids": ["a", "a", "b", "c", "d", "e", "f"]}',
        "[" * 99999,
        "x",
    ],
)
def test_a_page_with_wrong_names_of_nodes_gives_no_places(ids: str) -> None:
    """Nor two of one name, nor too few."""
    page = page_text(small_graph())
    index = re.search(r'id="index">([^<]*)<', page)
    assert index is not None
    assert places_in_page(page.replace(index[1], packs.pack(ids))) is None


@given(st.text() | st.sampled_from(["<html>", '<script type="application/json" id="core">', "</script>"]))
def test_any_text_in_the_place_of_a_page_gives_no_places(text: str) -> None:
    """It never raises."""
    assert places_in_page(text) is None
    assert places_in_page(f'<script type="text/plain" id="index">{text}</script>') is None
