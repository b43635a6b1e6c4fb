"""Which links lead to no file, heading or block, although it is clear what they mean?"""

from collections.abc import Iterator, Mapping
from posixpath import basename

from vault_tools.graph.names import Nearest
from vault_tools.insights._words import QUIET, askers, evidence, is_attachment
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import EXPECTED, BrokenLink, KnowledgeGraph, Reason
from vault_tools.model.text import Ref, Text

_WHY: Mapping[Reason, str] = {
    "alias-as-target": "links find no aliases, and this is one of ",
    "wrong-folder": "there is no such folder there; the file is ",
    "ambiguous": "several files may be meant: ",
    "excluded-or-hidden": "the note is not where Obsidian finds it by this name: ",
}


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find them link by link, each with the text that mends it."""
    for broken in graph.broken:
        if broken.reason in EXPECTED or graph.nodes[broken.note].role in QUIET:
            continue
        if broken.reason != "no-such-note":
            yield Finding("broken", Ref(broken.note, line=broken.link.line), 1.0, _why(broken), _step(graph, broken))
    yield from _attachments(graph)


def _why(broken: BrokenLink) -> Text:
    if broken.reason == "heading-or-block-missing":
        what = "block" if broken.link.subpath.startswith("#^") else "heading"
        return (f"{broken.link.raw} asks for a {what} that ", Ref(broken.node), " does not have")
    return (f"{broken.link.raw}: {_WHY[broken.reason]}", *_listed(broken.meant))


def _listed(paths: tuple[str, ...]) -> Text:
    return tuple(part for path in paths for part in (", ", Ref(path)))[1:]


def _step(graph: KnowledgeGraph, broken: BrokenLink) -> Text:
    if broken.replacements:
        meant = ", if that is meant" if broken.guess and len(broken.replacements) == 1 else ""
        return ("write " + " or ".join(broken.replacements) + meant,)
    if broken.reason == "excluded-or-hidden":
        told = [problem.remedy for path in broken.meant for problem in graph.problems.get(path, ())]
        if told:
            return (told[0],)
        return ("bring it back into the vault, or take the link out",)
    return ("rename the note so that a link can name it, then link to it",)


def _attachments(graph: KnowledgeGraph) -> Iterator[Finding]:
    """Find the attachments that are nowhere in the vault, each once."""
    lost = {broken.node for broken in graph.broken if broken.reason == "no-such-note"}
    paths = {basename(node.id): node.id for node in graph.nodes.values() if node.kind == "attachment"}
    nearest = Nearest(paths)
    for node in (graph.nodes[name] for name in sorted(lost)):
        asking = askers(graph, node.id)
        if not asking or not is_attachment(node.title):
            continue
        edges = [edge for found in asking.values() for edge in found]
        near = nearest.to(basename(node.title))
        step: Text = ("did you mean ", Ref(paths[near]), "?") if near else ("add the file, or take the link out",)
        yield Finding("broken", Ref(node.id), float(len(asking)), ("no such file in the vault",), step, evidence(edges))


INSIGHT = Insight(
    name="broken",
    page="Gaps",
    order=50,
    title="Broken links",
    lead="Links that lead nowhere while what they mean is there: an alias, another folder, a heading under another "
    "name. And attachments that are not in the vault.",
    find=find,
    empty="Every heading, block and attachment that a note names is there.",
)
