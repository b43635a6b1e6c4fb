"""Maps as they are drawn: graphs to draw, and the colours at points of the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shared.browser import Opened
from shared.graph_pages import edge, graph_of, note, opened_graph, point_of, until

from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.note import Tag

SETTLED = "window.vaultGraph.isSettled()"


def two_rounds(members: int = 12) -> KnowledgeGraph:
    """Two communities around a hub each, tied by one line; a canvas, a missing note, and a note by itself."""
    nodes, edges = [], []
    for at, (hub, folder) in enumerate((("Alpha", "One"), ("Beta", "Two"))):
        middle = note(hub, "knowledge" if at == 0 else "log", f"{folder}/{hub}.md", body_tags=(Tag(f"tag{at}", 1, 0),))
        ring = [note(f"{hub} {turn}", path=f"{folder}/{hub} {turn}.md") for turn in range(members)]
        nodes += [middle, *ring]
        edges += [edge(each, "links-to", middle) for each in ring]
        edges += [edge(one, "links-to", other) for one, other in zip(ring, ring[1:] + ring[:1], strict=True)]
    canvas = Node("Board.canvas", "canvas", "Board", "canvas", note=note("x", path="Board.canvas").note)
    missing = Node("missing://Unwritten", "missing", "Unwritten", "")
    edges += [edge(nodes[0], "requires", nodes[members + 1]), edge(nodes[1], "links-to", missing)]
    edges += [edge(nodes[2], "links-to", canvas)]
    tags = [Node(f"tag://tag{at}", "tag", f"#tag{at}", "") for at in (0, 1)]
    edges += [edge(hub, "tagged", tag) for hub, tag in zip((nodes[0], nodes[members + 1]), tags, strict=True)]
    return graph_of([*nodes, canvas, missing, note("Lone"), *tags], edges)


def many(count: int = 1200) -> KnowledgeGraph:
    """More than is drawn line by line: communities of forty."""
    nodes = [note(f"笔记 {at}" if at % 3 else f"Note number {at}", path=f"A/{at}.md") for at in range(count)]
    ties = [(at, at // 40 * 40) for at in range(count)] + [(at, at - 3) for at in range(3, count)]
    ties += [(at, (at * 7) // 40 * 40) for at in range(0, count // 8, 5)]
    return graph_of(nodes, [edge(nodes[one], "links-to", nodes[other]) for one, other in ties if one != other])


@contextmanager
def settled(graph: KnowledgeGraph, folder: Path, **how: Any) -> Iterator[Opened]:
    """A page whose picture is as fine as it gets."""
    with opened_graph(graph, folder, **how) as opened:
        rest(opened)
        yield opened
        assert opened.complaints == []


def rest(opened: Opened) -> None:
    """Wait until nothing moves, and the picture is as fine as it gets."""
    opened.page.wait_for_timeout(60)
    until(opened, SETTLED)


def pixel(opened: Opened, x: float, y: float) -> tuple[int, int, int]:
    """The colour that is drawn at a point of the screen."""
    red, green, blue, _ = opened.page.evaluate(
        """([x, y]) => {
            const canvas = document.getElementById('picture');
            const box = canvas.getBoundingClientRect();
            const at = (value) => Math.floor(value * canvas.width / box.width);
            return [...canvas.getContext('2d').getImageData(at(x - box.left), at(y - box.top), 1, 1).data];
        }""",
        [x, y],
    )
    return red, green, blue


def as_rgb(color: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def near(one: tuple[int, int, int], other: tuple[int, int, int], by: int = 24) -> bool:
    """Whether two colours are much the same."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= by


def paper(opened: Opened) -> tuple[int, int, int]:
    """The colour of the ground."""
    color: str = opened.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
    return as_rgb(color)


def color_at(opened: Opened, title: str) -> tuple[int, int, int]:
    """The colour in the middle of a node's dot."""
    return pixel(opened, *point_of(opened, title))


def radius(opened: Opened, title: str) -> float:
    """How large a node is drawn."""
    found: float = opened.page.evaluate("(title) => window.vaultGraph.pointOf(title).r", title)
    return found


def drag(opened: Opened, title: str, dx: float, dy: float) -> None:
    """Drag a node."""
    x, y = point_of(opened, title)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + dx, y + dy, steps=6)
    opened.page.mouse.up()
