"""The page `Overview`: the figures of the vault, links to the other pages, and what matters most."""

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from vault_tools.model.finding import Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Say, say
from vault_tools.render.counts import gap_count, orphan_rate
from vault_tools.render.inventory import render_inventory
from vault_tools.render.markdown import callout, table
from vault_tools.render.problems import render_problems
from vault_tools.render.report import PageKind, Report
from vault_tools.render.urgent import TOP, most_urgent


def render(report: Report, _insights: Sequence[Insight]) -> Iterable[str]:
    """Yield the figures, the links, the most urgent findings, the inventory and the problems."""
    own = report.linker.own
    lines = [" · ".join(map(own, _file_counts(report.graph))), *map(own, _figures(report))]
    yield callout("abstract", own(PAGE.title), lines)
    yield _links(report)
    yield from _top(report)
    yield from render_inventory(report)
    yield from render_problems(report)


def _file_counts(graph: KnowledgeGraph) -> Sequence[Say]:
    counts = Counter(node.kind for node in graph.nodes.values())
    return (
        say("overview.count-notes", n=counts["note"]),
        say("overview.count-canvases", n=counts["canvas"]),
        say("overview.count-attachments", n=counts["attachment"]),
    )


def _figures(report: Report) -> Sequence[Say]:
    """Return the figures of the vault, a line each: relations, gaps, orphans, problems."""
    graph = report.graph
    typed = sum(edge.namespace == "semantic" for edge in graph.edges)
    problems = sum(len(each) for each in graph.problems.values())
    return (
        say("overview.count-relations", n=len(graph.edges), typed=typed),
        say("overview.count-gaps", n=gap_count(report)),
        orphan_rate(report),
        say("overview.count-problems", n=problems),
    )


def _links(report: Report) -> str:
    """Return the links to the other pages, then those to the modes of the map."""
    own = report.linker.own
    pages = [kind for kind in report.pages if kind.name != PAGE.name]
    links = [
        *(f"[{own(kind.title)}]({quote(report.beside(kind.file))})" for kind in pages),
        report.link_to_map(say("overview.map-graph")),
        report.link_to_map(say("overview.map-gaps"), "gaps"),
        report.link_to_map(say("overview.map-learning"), "learning"),
    ]
    return f"{own('overview.pages')}{' · '.join(links)}"


def _top(report: Report) -> Iterable[str]:
    findings, link = most_urgent(report.findings)[:TOP], report.linker
    yield f"## {link.own('overview.top-title')}"
    if not findings:
        yield f"*{link.own('overview.no-gaps')}*"
        return
    rows = [
        (str(rank), link.ref(finding.subject), link.text(finding.reason), link.text(finding.step))
        for rank, finding in enumerate(findings, 1)
    ]
    yield table(link.heads("", "overview.column-gap", "overview.column-why", "overview.column-step"), rows)


PAGE = PageKind(name="Overview", order=0, render=render)
