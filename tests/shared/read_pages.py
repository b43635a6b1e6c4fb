"""Pages to read: a note is chosen, and its panel or neighbourhood is open."""

from itertools import pairwise

from shared.browser import Opened
from shared.graph_pages import (
    edge,
    graph_of,
    note,
    point_of,
)

from vault_tools.model.graph import KnowledgeGraph


def choose(opened: Opened, title: str) -> None:
    """Click on a node and wait until all of its panel is there."""
    opened.page.mouse.click(*point_of(opened, title))
    opened.page.wait_for_selector("#panel .facts section")


def panel(opened: Opened, what: str) -> list[str]:
    """The texts of parts of the panel."""
    return list(opened.page.locator(f"#panel {what}").all_inner_texts())


def hub(spokes: int) -> KnowledgeGraph:
    """A note that many others require, and chains that lead away from it."""
    middle = note("Hub")
    nodes = [middle, *(note(f"Spoke {number:03}") for number in range(spokes))]
    edges = [edge(node, "requires", middle) for node in nodes[1:]]
    far = [note(f"Far {number}") for number in range(4)]
    chain = [nodes[1], *far]
    edges += [edge(one, "related", other) for one, other in pairwise(chain)]
    return graph_of([*nodes, *far], edges)


def open_neighbourhood(opened: Opened, title: str) -> None:
    """Choose a note and open what is around it."""
    choose(opened, title)
    opened.page.click("#panel .near")
    opened.page.wait_for_selector("#around-map canvas")
