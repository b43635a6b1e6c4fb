"""Which links lead to no file, heading or block, although it is clear what they mean?"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import basename

from vault_tools.dialect.mentions import is_attachment
from vault_tools.graph.names import file_key
from vault_tools.graph.nearest import Nearest
from vault_tools.graph.unreachable import signs
from vault_tools.insights._askers import QUIET, askers, evidence
from vault_tools.insights._renaming import renaming
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import EXPECTED, BrokenLink, KnowledgeGraph, Node, Reason
from vault_tools.model.text import Ref, Say, Value, say, with_more

_WHY: Mapping[Reason, Say] = {
    "alias-as-target": say("broken.why-alias"),
    "wrong-folder": say("broken.why-wrong-folder"),
    "ambiguous": say("broken.why-ambiguous"),
    "excluded-or-hidden": say("broken.why-excluded"),
}


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find them link by link, each with the text that mends it."""
    taken = {file_key(name) for name in graph.nodes}
    for broken_link in graph.broken:
        if broken_link.reason in EXPECTED or graph.nodes[broken_link.note].role in QUIET:
            continue
        if broken_link.reason != "no-such-note":
            step = _step(graph, broken_link, taken)
            yield Finding(
                "broken", Ref(broken_link.note, line=broken_link.link.line), 1.0, (_why(broken_link),), (step,)
            )
    yield from _attachments(graph)


def _why(broken_link: BrokenLink) -> Say:
    link = broken_link.link.raw
    if broken_link.reason == "unreachable-name":
        why = say("broken.why-unreachable-name")
        return replace(
            why, values=(("link", link), ("notes", _meant(broken_link)), ("signs", _signs(broken_link.meant)))
        )
    if broken_link.reason != "heading-or-block-missing":
        return replace(_WHY[broken_link.reason], values=(("link", link), ("notes", _meant(broken_link))))
    if broken_link.link.subpath.startswith("#^"):
        return say("broken.why-no-block", link=link, note=Ref(broken_link.node))
    return say("broken.why-no-heading", link=link, note=Ref(broken_link.node))


def _signs(paths: Sequence[str]) -> Value:
    """Say what in the names of some files stops links from naming them."""
    found = dict.fromkeys(sign for path in paths for sign in signs(path))
    return tuple(say("broken.edge-space") if sign.isspace() else sign for sign in found)


def _meant(broken_link: BrokenLink) -> Value:
    """Name the files that may be meant, and count those that are not named."""
    return with_more(tuple(map(Ref, broken_link.meant)), broken_link.more)


def _step(graph: KnowledgeGraph, broken_link: BrokenLink, names: Container[str]) -> Say:
    if broken_link.replacements:
        links = _either(broken_link.replacements)
        guessed = broken_link.guess and len(broken_link.replacements) == 1
        return say("broken.step-write-guess", links=links) if guessed else say("broken.step-write", links=links)
    if broken_link.reason == "excluded-or-hidden":
        return _bring_back(graph, broken_link)
    return renaming(broken_link.meant, names)


def _bring_back(graph: KnowledgeGraph, broken_link: BrokenLink) -> Say:
    """Say what to do about the problem that hides a note, or else to bring it back."""
    problems = (problem for path in broken_link.meant for problem in graph.problems.get(path, ()))
    first = next(problems, None)
    return Say(first.remedy, first.values) if first is not None else say("broken.step-bring-back")


def _either(links: Sequence[str]) -> Value:
    """Say that one of some links is to be written; halved, so that a thousand links are ten sentences deep."""
    if len(links) == 1:
        return links[0]
    half = len(links) // 2
    return say("broken.either", one=_either(links[:half]), other=_either(links[half:]))


def _attachments(graph: KnowledgeGraph) -> Iterator[Finding]:
    """Find the attachments that are nowhere in the vault, each once."""
    paths = {basename(node.id): node.id for node in graph.nodes.values() if node.kind == "attachment"}
    nearest = Nearest(paths)
    for node in _lost_attachments(graph):
        edges = askers(graph, node.id)
        if edges:
            near = nearest.to(basename(node.title))
            why, step = say("broken.why-no-file"), _replace_by(paths.get(near or ""))
            yield Finding("broken", Ref(node.id), float(len(edges)), (why,), (step,), evidence(edges))


def _lost_attachments(graph: KnowledgeGraph) -> Iterator[Node]:
    """Yield the missing nodes with the name of an attachment."""
    names = {broken_link.node for broken_link in graph.broken if broken_link.reason == "no-such-note"}
    nodes = (graph.nodes[name] for name in sorted(names))
    return (node for node in nodes if is_attachment(node.title))


def _replace_by(near: str | None) -> Say:
    if near is None:
        return say("broken.step-add-file")
    return say("broken.step-did-you-mean", file=Ref(near))


INSIGHT = Insight(
    name="broken",
    page="Gaps",
    order=50,
    find=find,
    of_links=True,
)
