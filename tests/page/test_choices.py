"""Python and the page read one file of choices: colours, sizes, modes, kinds, and the words of an address."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shared.graph_pages import ask, export_context, graph_of, note, opened_graph, opened_text, small_graph, until

from vault_tools import shipped
from vault_tools.cli.graphs import COLORS
from vault_tools.dialect.address import view
from vault_tools.dialect.choices import FILE, choices, read
from vault_tools.exporters.html import EXPORTER
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.ours import GRAPH_PAGE

ADDRESSES = {
    "mode": "mode=gaps",
    "path": "path=Notes/Monday.md|Notes/Lone%20note.md",
    "hiddenGaps": "mode=gaps&without=stubs",
    "hiddenStands": "mode=learning&without=due",
    "selected": "note=Notes/Monday.md",
    "depth": "note=Notes/Monday.md&depth=2",
    "color": "color=community",
    "size": "size=rank",
    "shownTypes": "type=log",
    "hiddenTypes": "hide=log",
    "shownRelations": "relation=requires",
    "hiddenRelations": "hide-relation=requires",
    "shownKinds": "kinds=tag",
    "onlySemantic": "semantic=1",
    "orphans": "orphans=0",
    "tag": "tag=math",
    "folder": "folder=Notes",
    "since": "since=2024-01-02",
    "until": "until=2024-01-02",
    "undated": "undated=0",
    "query": "q=kalman",
    "seen": "at=10,20,1.5",
}
"""For each thing that an address sets, an address that sets it."""
PROGRESS = '\n[[colors]]\nname = "progress"\nlabel = "map.legend.progress"\nby = { property = "status" }\n'


def with_three_types() -> KnowledgeGraph:
    """The small graph and a note of a third type: to name what is shown can then be shorter."""
    graph = small_graph()
    return graph_of([*graph.nodes.values(), note("Third", "odd")], list(graph.edges))


def tasks() -> KnowledgeGraph:
    """Four notes: two are active, one is done, and one says nothing."""
    said: list[dict[str, Any]] = [{"status": "active"}, {"Status": ["active", "late"]}, {"status": "done"}, {}]
    return graph_of([note(f"n{at}", frontmatter=properties) for at, properties in enumerate(said)], [])


def page_with_progress(*, names_only: bool = False) -> str:
    """The page of the tasks, with one more row in the file of choices and one more sentence."""
    context = export_context(names_only=names_only)
    text = context.assets[FILE].replace("\n# What the size of", f"{PROGRESS}\n# What the size of")
    changed = replace(
        context, assets={**context.assets, FILE: text}, words={**context.words, "map.legend.progress": "Progress"}
    )
    return "".join(EXPORTER.export(tasks(), changed))


def choices_of(page: str) -> Any:
    """The choices that a page offers."""
    held = re.search(r'<script type="application/json" id="core">(.*?)</script>', page, re.DOTALL)
    assert held is not None
    return json.loads(held[1])["choices"]


def test_the_command_line_offers_the_colours_of_the_file() -> None:
    """In the same order, and nothing else."""
    assert tuple(color.name for color in choices().colors) == COLORS


def test_a_colour_of_a_property_is_one_row_and_one_label() -> None:
    """The most frequent value comes first; the first value of a list counts."""
    row = choices_of(page_with_progress())["colors"][-1]
    assert (row["name"], row["label"], row["values"]) == ("progress", "Progress", ["active", "done"])


def test_a_page_of_names_only_has_no_colour_of_a_property() -> None:
    """Its values are text of notes."""
    page = page_with_progress(names_only=True)
    assert [row["name"] for row in choices_of(page)["colors"]] == [
        row.name for row in choices().colors if row.by is None
    ]
    assert "active" not in page.partition('id="core"')[2].partition("</script>")[0]


def test_a_row_that_lacks_its_label_is_refused() -> None:
    """Nobody could choose it by what it is called."""
    with pytest.raises(TypeError, match="label"):
        read(shipped.asset(FILE) + '\n[[modes]]\nname = "x"\n')


@pytest.mark.ci
def test_the_page_colours_by_a_property(tmp_path: Path) -> None:
    """Without a line of script: the legend lists the values, with how many notes have each."""
    with opened_text(page_with_progress(), tmp_path) as opened:
        until(opened, "vaultGraph.firstPaint() > 0")
        opened.page.select_option("#color-by", "progress")
        rows = opened.page.locator("#colors li")
        assert [text.strip() for text in rows.all_inner_texts()] == ["active\n2", "done\n1", "other or no value\n1"]
        until(opened, "location.hash === '#color=progress'")


@pytest.mark.ci
def test_what_python_writes_in_an_address_the_page_reads(tmp_path: Path) -> None:
    """Each word of `view`."""
    address = view(note="Notes/Monday.md", types=("log",), color="community", mode="learning")
    with opened_graph(small_graph(), tmp_path, view=address) as opened:
        until(opened, 'vaultGraph.focused() === "Monday"')
        assert sorted(ask(opened, "visibleNodes()")) == ["Lone note", "Monday"]
        assert opened.page.input_value("#color-by") == "community"
        assert opened.page.get_attribute("#tab-learning", "aria-selected") == "true"
    with opened_graph(small_graph(), tmp_path, view=view(note="Notes/Monday.md", depth=2)) as opened:
        until(opened, "document.querySelector('#around-depth [aria-pressed=true]').value === '2'")


def test_the_kinds_that_a_mode_hides_have_a_word_in_addresses() -> None:
    """Without it, a view that leaves some out could not be kept."""
    hidden = {mode.hidden for mode in choices().modes if mode.hidden}
    assert hidden == {key for key, word in choices().address.items() if word == "without"}


def test_the_page_has_the_name_of_its_file() -> None:
    """It finds the vault's folder by it."""
    held = re.search(r'<script type="application/json" id="core">(.*?)</script>', page_with_progress(), re.DOTALL)
    assert held is not None
    assert json.loads(held[1])["page"] == GRAPH_PAGE


def test_there_is_an_address_for_each_word_of_the_file() -> None:
    """`all` stands for no choice: it says that nothing else is said."""
    assert {*ADDRESSES, "all"} == set(choices().address)


@pytest.mark.ci
@pytest.mark.parametrize("thing", ADDRESSES)
def test_each_word_of_an_address_is_read_and_written_again(thing: str, tmp_path: Path) -> None:
    """What the page has not read, or does not write, would be lost when a view is kept."""
    address = ADDRESSES[thing]
    assert f"{choices().address[thing]}=" in address
    with opened_graph(with_three_types(), tmp_path) as opened:
        page = opened.page
        page.evaluate("(address) => { location.hash = address; }", f"#{address}")
        page.wait_for_timeout(100)
        box, other = ("#color-by", "folder") if thing == "size" else ("#size-by", "rank")
        page.locator(box).evaluate(f"(box) => {{ box.value = '{other}'; box.dispatchEvent(new Event('change')); }}")
        page.wait_for_function("(other) => location.hash.includes(`=${other}`)", arg=other)
        written = set(page.evaluate("location.hash.slice(1)").split("&"))
        assert set(address.split("&")) <= written
        assert opened.complaints == []
