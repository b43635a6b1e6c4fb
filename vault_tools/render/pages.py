"""The report pages: an overview, and one page for each group of insights."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import quote

from vault_tools.dialect.address import view
from vault_tools.model.change import Page
from vault_tools.model.finding import Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.note import Note, Problem
from vault_tools.model.text import Ref, Say, Term, Text, listed, mentions, say
from vault_tools.render import learning
from vault_tools.render.markdown import Linker, callout, table

MARK = "generated-by: vault-tools"
DAY = "generated-for"
"""The property with the date that a page is written for; a device where that day begins later uses it."""
_DAY = re.compile(rf"---\n(?:[\w-]+: .*\n)*?{DAY}: (\d{{4}}-\d\d-\d\d)\n")
GRAPH_PAGE = "graph.html"
EVIDENCE = 5
TOP = 10
SLICES = 12

_T = TypeVar("_T")
Findings = Mapping[Insight, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the pages show.

    `folder` is their folder in the vault, "" if they are outside; `limit` is the most findings listed of one insight.
    `is_any_day`: they are written for a date that somebody chose, not for today.
    """

    graph: KnowledgeGraph
    findings: Findings
    learning: Learning
    linker: Linker
    folder: str
    limit: int
    orphans: tuple[str, int, int]
    is_any_day: bool = False

    @property
    def day(self) -> date | None:
        """The date that the pages depend on; None if they say nothing about learning, or are for a chosen date."""
        told = learning.is_told(self.learning) and not self.is_any_day
        return self.learning.facts.today if told else None

    def beside(self, name: str) -> str:
        """Return the path of a file beside the pages."""
        return f"{self.folder}/{name}" if self.folder else name

    def section(self, title: str) -> str:
        """Return a link to a section of the same page; outside a vault, in a form that other programs understand."""
        anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        return f"[[#{title}]]" if self.folder else f"[{title}](#{quote(anchor)})"


def pages(report: Report) -> list[Page]:
    """Return the overview and a page for each group of insights."""
    groups: dict[str, list[Insight]] = {}
    for insight in report.findings:
        groups.setdefault(insight.page, []).append(insight)
    parts = [_page(report, name, _group(report, name, group)) for name, group in sorted(groups.items())]
    return [_page(report, "Overview", _overview(report, groups)), *parts]


def _page(report: Report, name: str, blocks: Iterable[str]) -> Page:
    day = f"{DAY}: {report.day}\n" if report.day else ""
    head = f"---\n{MARK}\n{day}---\n"
    return Page(report.beside(f"{name}.md"), head + "\n\n".join(block for block in blocks if block) + "\n")


def names(insights: Iterable[Insight]) -> list[str]:
    """Return the file names of all pages that a set of insights makes."""
    return [f"{name}.md" for name in sorted({"Overview", *(insight.page for insight in insights)})]


def day_of(head: str) -> date | None:
    """Return the day that a page says it is written for; None if it says none."""
    found = _DAY.match(head.replace("\r\n", "\n"))
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def is_ours(note: Note) -> bool:
    """Tell whether a note is a report page, in any folder."""
    key, _, value = MARK.partition(": ")
    return (note.frontmatter or {}).get(key) == value


# ---------------------------------------------------------------- a group of insights


def _group(report: Report, name: str, insights: Sequence[Insight]) -> Iterable[str]:
    return _learning(report, insights) if name == "Learning" else _counted(report, name, insights)


def _learning(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield the page on learning: crossed limits, the month, the answers of its insights, figures and their notes."""
    if not learning.is_told(report.learning):
        yield from learning.begin(report.linker)
        return
    leading = [insight for insight in insights if insight.name == "alerts" and report.findings[insight]]
    for insight in leading:
        yield from _section(report, insight)
    yield from learning.head(report.learning, report.linker, report.beside(learning.CHARTS))
    yield _on_map(report, say("overview.map-progress"), "learning")
    for insight in insights:
        if insight not in leading:
            yield from _section(report, insight)
    yield from learning.foot(report.learning, report.linker)


def _counted(report: Report, name: str, insights: Sequence[Insight]) -> Iterable[str]:
    own = report.linker.own
    counts = [
        f"**{len(report.findings[insight])}** {report.section(own(insight.title))}"
        for insight in insights
        if insight.counted
    ]
    lines = [" · ".join(counts)]
    if name == "Orphans":
        lines.insert(0, own(_rate(report)))
    if name == "Gaps":
        lines.append(_on_map(report, say("overview.map-findings"), "gaps"))
    yield callout("abstract", own(f"page.{name.lower()}"), lines)
    for insight in insights:
        yield from _section(report, insight)


def _on_map(report: Report, words: Say, mode: str = "") -> str:
    """Return a link to the page of the graph, in one of its modes.

    It leads from file to file, in any program that shows the report; Obsidian leaves out the mode.
    """
    seen = view(mode=mode)
    return f"[{report.linker.own(words)}](./{GRAPH_PAGE}{seen and f'#{seen}'})"


def _rate(report: Report) -> Say:
    name, orphans, whole = report.orphans
    definition = say(f"definitions.name-{name}")
    if not whole:
        return say("overview.orphan-rate-none", definition=definition)
    return say(
        "overview.orphan-rate",
        n=orphans,
        whole=whole,
        share=f"{100 * orphans / whole:.1f}",
        definition=definition,
    )


def _section(report: Report, insight: Insight) -> Iterable[str]:
    found, own = report.findings[insight], report.linker.own
    yield f"## {own(insight.title)}"
    yield own(insight.lead)
    if not found:
        yield f"*{own(insight.nothing(report.learning))}*"
        return
    drawing = insight.picture(found) if insight.picture is not None else ""
    if drawing:
        yield f"```mermaid\n{drawing}\n```"
    shown = found[: report.limit]
    yield from _table(report, insight, shown) if insight.columns else [_list(report, insight, shown)]
    if len(found) > len(shown):
        more = say("overview.more-limited", n=len(found) - len(shown))
        yield f"*{own(more)}*"


def _table(report: Report, insight: Insight, found: Sequence[Finding]) -> Iterable[str]:
    """Yield a table of findings. If they all have the same step, it is only above the table."""
    step, found = _shared(found)
    if step:
        yield _arrow(report, step)
    rows = [
        (
            report.linker.ref(finding.subject),
            *(report.linker.text((cell,)) for cell in finding.cells),
            report.linker.text(finding.why),
            report.linker.text(finding.step),
            report.linker.text((say("overview.places", places=listed(_elsewhere(finding), EVIDENCE)),)),
        )
        for finding in found
    ]
    head = report.linker.heads("", *insight.heads, "", "overview.column-step", "overview.column-seen")
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    yield table([head[at] for at in kept], [[row[at] for at in kept] for row in rows])


def _list(report: Report, insight: Insight, found: Sequence[Finding]) -> str:
    if not insight.grouped:
        return "\n".join(_item(report, finding) for finding in found)
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(report.linker.text(finding.cells[:1]), []).append(finding)
    return "\n\n".join(_titled(report, title, group) for title, group in groups.items())


def _titled(report: Report, title: str, found: Sequence[Finding]) -> str:
    """Draw a group of findings. If they all have the same step, it is only above the list."""
    step, found = _shared(found)
    items = "\n".join(_item(report, finding) for finding in found)
    return "\n\n".join([f"### {title}", *([_arrow(report, step)] if step else []), items])


def _arrow(report: Report, step: Text) -> str:
    return f"→ *{report.linker.text(step)}*"


def _shared(found: Sequence[Finding]) -> tuple[Text, Sequence[Finding]]:
    """Return the step of several findings if it is the same for all, and the findings without it."""
    if len(found) < 2 or len({finding.step for finding in found}) > 1:  # noqa: PLR2004
        return (), found
    return found[0].step, [replace(finding, step=()) for finding in found]


def _item(report: Report, finding: Finding) -> str:
    """Draw a finding as an item; below it where it is seen, except for what the item mentions already."""
    link = report.linker
    step = f" → *{link.text(finding.step)}*" if finding.step else ""
    line = f"- {link.ref(finding.subject)}{link.own('common.colon')}{link.text(finding.why)}{step}"
    rest = _elsewhere(finding)
    if not rest:
        return line
    return f"{line}\n  - {link.text((say('common.seen-in', places=listed(rest, EVIDENCE)),))}"


def _elsewhere(finding: Finding) -> list[Ref]:
    """Return where a finding is seen, except for what its words mention already."""
    said = set(mentions((*finding.why, *finding.step)))
    return [ref for ref in finding.evidence if ref not in said]


# ---------------------------------------------------------------- the overview


def _overview(report: Report, groups: Mapping[str, Sequence[Insight]]) -> Iterable[str]:
    graph = report.graph
    kinds = Counter(node.kind for node in graph.nodes.values())
    semantic = sum(edge.namespace == "semantic" for edge in graph.edges)
    problems = sum(map(len, graph.problems.values()))
    gaps = sum(len(found) for insight, found in report.findings.items() if insight.page == "Gaps" and insight.counted)
    own = report.linker.own
    files = (
        say("overview.count-notes", n=kinds["note"]),
        say("overview.count-canvases", n=kinds["canvas"]),
        say("overview.count-attachments", n=kinds["attachment"]),
    )
    figures = (
        say(
            "overview.count-relations",
            n=len(graph.edges),
            typed=semantic,
        ),
        say("overview.count-gaps", n=gaps),
        _rate(report),
        say("overview.count-problems", n=problems),
    )
    title = own(say("overview.title"))
    yield callout("abstract", title, [" · ".join(map(own, files)), *map(own, figures)])
    links = [f"[{own(f'page.{name.lower()}')}]({quote(report.beside(f'{name}.md'))})" for name in sorted(groups)]
    links += [
        _on_map(report, say("overview.map-graph")),
        _on_map(report, say("overview.map-gaps"), "gaps"),
        _on_map(report, say("overview.map-learning"), "learning"),
    ]
    yield f"{own('overview.pages')}{' · '.join(links)}"
    yield from _top(report)
    yield from _inventory(report)
    yield from _problems(report)


def top(findings: Findings) -> list[Finding]:
    """Return the findings that matter most, one for each subject: the weights of one subject add up."""
    ranked = [finding for insight, found in findings.items() if insight.ranked for finding in found]
    sums: Counter[str] = Counter()
    best: dict[str, Finding] = {}
    for finding in ranked:
        sums[finding.subject.id] += finding.weight  # type: ignore[assignment]
        if finding.subject.id not in best or best[finding.subject.id].weight < finding.weight:
            best[finding.subject.id] = finding
    return sorted(best.values(), key=lambda finding: (-sums[finding.subject.id], finding.subject.id))


def _top(report: Report) -> Iterable[str]:
    found, link = top(report.findings)[:TOP], report.linker
    yield f"## {link.own('overview.top-title')}"
    if not found:
        yield f"*{link.own('overview.no-gaps')}*"
        return
    rows = [
        (str(at), link.ref(finding.subject), link.text(finding.why), link.text(finding.step))
        for at, finding in enumerate(found, 1)
    ]
    yield table(link.heads("", "overview.column-gap", "overview.column-why", "overview.column-step"), rows)


def _inventory(report: Report) -> Iterable[str]:
    graph, link = report.graph, report.linker
    types = Counter(node.type for node in graph.nodes.values() if node.kind == "note")
    relations = Counter((edge.namespace, edge.relation) for edge in graph.edges)
    yield f"## {link.own('overview.inventory-title')}"
    if len(types) > 1:
        yield _pie(types, link)
    rows = [(link.text((Term("type", name),)), str(times)) for name, times in _ranked(types)]
    yield table(link.heads("overview.column-type", "overview.column-notes"), rows)
    kinds = [
        (link.text((Term("relation", name),)), link.own(f"overview.layer-{namespace}"), str(times))
        for (namespace, name), times in _ranked(relations)
    ]
    if kinds:
        yield table(link.heads("overview.column-relation", "overview.column-layer", "overview.column-count"), kinds)


def _ranked(counts: Counter[_T]) -> list[tuple[_T, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


def _pie(types: Counter[str], link: Linker) -> str:
    rows = _ranked(types)
    slices = [(link.plain(Term("type", name)), times) for name, times in rows[:SLICES]]
    if len(rows) > SLICES:
        slices.append((link.plain(say("overview.types-other")), sum(times for _, times in rows[SLICES:])))
    lines = [f'  "{_slice(name)}" : {times}' for name, times in slices]
    return "\n".join(["```mermaid", f"pie showData title {link.plain(say('overview.types-title'))}", *lines, "```"])


def _slice(name: str) -> str:
    return "".join(char if char.isalnum() or char in " -_" else " " for char in name)


def _problems(report: Report) -> Iterable[str]:
    link, most = report.linker, report.limit * 4
    rows = [
        (link.ref(Ref(path)), str(problem.line or ""), *map(link.text, _said(problem)))
        for path, problems in sorted(report.graph.problems.items())
        for problem in problems
    ]
    if rows:
        yield f"## {link.own('overview.problems-title')}"
        yield link.own("overview.problems-lead")
        yield table(
            link.heads(*(f"overview.column-{name}" for name in ("note", "line", "problem", "remedy"))),
            rows[:most],
        )
        if len(rows) > most:
            yield f"*{link.own(say('overview.more', n=len(rows) - most))}*"


def _said(problem: Problem) -> tuple[Text, Text]:
    """Return what is wrong, and what to do about it."""
    return (Say(problem.message, problem.values),), (Say(problem.remedy, problem.values),)
