"""Pages to ask: opened at an address, with what they say."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shared.browser import Opened
from shared.graph_pages import (
    edge,
    graph_of,
    note,
    opened_text,
    until,
)
from shared.graph_pages import opened_graph as opened_page

from vault_tools.model.export import Analysis
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Say, Term, Text

SAMPLE = Path(__file__).parents[2] / "sample_vault"


def format_text(text: Text | Say | Term) -> str:
    """Name a term as the vocabulary does."""
    return text.name if isinstance(text, Term) else str(text)


@contextmanager
def opened_graph(graph: KnowledgeGraph, folder: Path, analysis: Analysis | None = None, **how: Any) -> Iterator[Opened]:
    """A graph's page, its types and relations called by their own names."""
    with opened_page(graph, folder, analysis=analysis or Analysis(format_text=format_text), **how) as opened:
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
    """Open the same page again, at another address."""
    path = opened.page.url.split("#")[0]
    opened.page.goto("about:blank")
    opened.page.goto(path + hash)
    opened.page.wait_for_function("window.vaultGraph && window.vaultGraph.firstPaint() > 0")


def texts(opened: Opened, what: str) -> list[str]:
    """What the elements that a selector finds say."""
    found: list[str] = opened.page.locator(what).all_text_contents()
    return found


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


def steps(opened: Opened) -> list[str]:
    """The steps of the way that the page shows: notes and relations in turn."""
    opened.page.wait_for_selector(".steps, .answer .empty")
    return [text for row in texts(opened, ".steps li > *") for text in [row.strip()]]
