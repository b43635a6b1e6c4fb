"""The report pages: an overview, and one page for each group of insights."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from vault_tools.model.change import Page
from vault_tools.model.finding import Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.note import Note
from vault_tools.model.text import Ref
from vault_tools.render import learning
from vault_tools.render.markdown import Linker, callout, escape, table

MARK = "generated-by: vault-tools"
EVIDENCE = 5
TOP = 10
SLICES = 12

_T = TypeVar("_T")
Findings = Mapping[Insight, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the pages show. `folder` is theirs, `limit` the most findings listed of one insight."""

    graph: KnowledgeGraph
    findings: Findings
    learning: Learning
    linker: Linker
    folder: str
    limit: int
    orphans: tuple[str, int, int]


def pages(report: Report) -> list[Page]:
    """Return the overview and a page for each group of insights."""
    groups: dict[str, list[Insight]] = {}
    for insight in report.findings:
        groups.setdefault(insight.page, []).append(insight)
    parts = [_page(report, name, _group(report, name, group)) for name, group in sorted(groups.items())]
    return [_page(report, "Overview", _overview(report, groups)), *parts]


def _page(report: Report, name: str, blocks: Iterable[str]) -> Page:
    head = f"---\n{MARK}\n---\n"
    return Page(f"{report.folder}/{name}.md", head + "\n\n".join(block for block in blocks if block) + "\n")


def names(insights: Iterable[Insight]) -> list[str]:
    """Return the file names of all pages that a set of insights makes."""
    return [f"{name}.md" for name in sorted({"Overview", *(insight.page for insight in insights)})]


def is_ours(note: Note) -> bool:
    """Tell whether a note is a page of ours, wherever it lies."""
    key, _, value = MARK.partition(": ")
    return (note.frontmatter or {}).get(key) == value


# ---------------------------------------------------------------- a group of insights


def _group(report: Report, name: str, insights: Sequence[Insight]) -> Iterable[str]:
    return _learning(report, insights) if name == "Learning" else _counted(report, name, insights)


def _learning(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield the page on learning: figures, the answers of its insights, the notes behind the figures."""
    if not learning.is_told(report.learning):
        yield from learning.begin(report.linker)
        return
    yield from learning.head(report.learning, report.linker, report.folder)
    for insight in insights:
        yield from _section(report, insight)
    yield from learning.foot(report.learning, report.linker)


def _counted(report: Report, name: str, insights: Sequence[Insight]) -> Iterable[str]:
    counts = [f"**{len(report.findings[insight])}** [[#{insight.title}]]" for insight in insights if insight.counted]
    lines = [" · ".join(counts)]
    if name == "Orphans":
        lines.insert(0, _rate(report))
    yield callout("abstract", name, lines)
    for insight in insights:
        yield from _section(report, insight)


def _rate(report: Report) -> str:
    definition, count, whole = report.orphans
    share = f" (**{100 * count / whole:.1f} %**)" if whole else ""
    return f"**{count}** orphans of {whole} notes{share}, by the definition *{definition}*"


def _section(report: Report, insight: Insight) -> Iterable[str]:
    found = report.findings[insight]
    yield f"## {insight.title}"
    yield insight.lead
    if not found:
        yield f"*{insight.empty}*"
        return
    if insight.picture is not None:
        yield f"```mermaid\n{insight.picture(found)}\n```"
    shown = found[: report.limit]
    yield _table(report, insight, shown) if insight.columns else _list(report, insight, shown)
    if len(found) > len(shown):
        yield f"*… and {len(found) - len(shown)} more: raise `[reports] limit` in `vault-tools.toml` to see them.*"


def _table(report: Report, insight: Insight, found: Sequence[Finding]) -> str:
    rows = [
        (
            report.linker.ref(finding.subject),
            *(report.linker.text((cell,)) for cell in finding.cells),
            report.linker.text(finding.why),
            report.linker.text(finding.step),
            report.linker.refs(finding.evidence, EVIDENCE),
        )
        for finding in found
    ]
    head = ["", *insight.columns, "", "Next step", "Seen in"]
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    return table([head[at] for at in kept], [[row[at] for at in kept] for row in rows])


def _list(report: Report, insight: Insight, found: Sequence[Finding]) -> str:
    items = [_item(report, finding) for finding in found]
    if not insight.grouped:
        return "\n".join(items)
    groups: dict[str, list[str]] = {}
    for finding, item in zip(found, items, strict=True):
        title = report.linker.text(finding.cells[:1])
        groups.setdefault(title, [f"### {title}\n"]).append(item)
    return "\n\n".join("\n".join(lines) for lines in groups.values())


def _item(report: Report, finding: Finding) -> str:
    link = report.linker
    step = f" → *{link.text(finding.step)}*" if finding.step else ""
    line = f"- {link.ref(finding.subject)}: {link.text(finding.why)}{step}"
    return f"{line}\n  - seen in {link.refs(finding.evidence, EVIDENCE)}" if finding.evidence else line


# ---------------------------------------------------------------- the overview


def _overview(report: Report, groups: Mapping[str, Sequence[Insight]]) -> Iterable[str]:
    graph = report.graph
    kinds = Counter(node.kind for node in graph.nodes.values())
    semantic = sum(edge.namespace == "semantic" for edge in graph.edges)
    problems = sum(map(len, graph.problems.values()))
    gaps = sum(len(found) for insight, found in report.findings.items() if insight.page == "Gaps" and insight.counted)
    figures = [
        f"**{kinds['note']}** notes · **{kinds['canvas']}** canvases · **{kinds['attachment']}** attachments",
        f"**{len(graph.edges)}** relations, **{semantic}** of them typed",
        f"**{gaps}** gaps, of all kinds",
        _rate(report),
        f"**{problems}** {'problem' if problems == 1 else 'problems'} in notes",
    ]
    yield callout("abstract", f"The vault {escape(report.linker.vault)} at a glance", figures)
    links = [f"[{name}]({quote(f'{report.folder}/{name}.md')})" for name in sorted(groups)]
    yield "Pages: " + " · ".join([*links, f"[graph]({quote(f'{report.folder}/graph.html')})"])
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
    yield "## What is missing most"
    found, link = top(report.findings)[:TOP], report.linker
    if not found:
        yield "*No gaps found.*"
        return
    rows = [
        (str(at), link.ref(finding.subject), link.text(finding.why), link.text(finding.step))
        for at, finding in enumerate(found, 1)
    ]
    yield table(("", "Gap", "Why", "Next step"), rows)


def _inventory(report: Report) -> Iterable[str]:
    graph = report.graph
    types = Counter(node.type for node in graph.nodes.values() if node.kind == "note")
    relations = Counter((edge.namespace, edge.relation) for edge in graph.edges)
    yield "## What is there"
    if len(types) > 1:
        yield _pie(types)
    yield table(("Type", "Notes"), [(escape(name), str(count)) for name, count in _ranked(types)])
    rows = [(escape(name), namespace, str(count)) for (namespace, name), count in _ranked(relations)]
    if rows:
        yield table(("Relation", "Layer", "Count"), rows)


def _ranked(counts: Counter[_T]) -> list[tuple[_T, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


def _pie(types: Counter[str]) -> str:
    rows = _ranked(types)
    slices = rows[:SLICES] + ([("other", sum(count for _, count in rows[SLICES:]))] if len(rows) > SLICES else [])
    lines = [f'  "{_slice(name)}" : {count}' for name, count in slices]
    return "\n".join(["```mermaid", "pie showData title Notes by type", *lines, "```"])


def _slice(name: str) -> str:
    return "".join(char if char.isalnum() or char in " -_" else " " for char in name)


def _problems(report: Report) -> Iterable[str]:
    rows = [
        (report.linker.ref(Ref(path)), str(problem.line or ""), escape(problem.message), escape(problem.remedy))
        for path, problems in sorted(report.graph.problems.items())
        for problem in problems
    ]
    if rows:
        yield "## Problems in notes"
        yield "The run went on without what could not be read; no note was changed."
        yield table(("Note", "Line", "What", "What to do"), rows[: report.limit * 4])
        if len(rows) > report.limit * 4:
            yield f"*… and {len(rows) - report.limit * 4} more.*"
