"""Which links lead to no file, heading or block, although it is clear what they mean?"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import basename

from vault_tools.dialect.mentions import is_attachment
from vault_tools.graph.names import Nearest, file_key
from vault_tools.graph.unreachable import signs
from vault_tools.insights._renaming import renaming
from vault_tools.insights._words import QUIET, askers, evidence
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import EXPECTED, BrokenLink, KnowledgeGraph, Reason
from vault_tools.model.text import Ref, Say, Value, say, with_more

_WHY: Mapping[Reason, Say] = {
    "alias-as-target": say("{link}: links find no aliases, and this is one of {notes}"),
    "wrong-folder": say("{link}: there is no such folder there; the file is {notes}"),
    "ambiguous": say("{link}: several files may be meant: {notes}"),
    "excluded-or-hidden": say("{link}: the note is not where Obsidian finds it by this name: {notes}"),
}


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find them link by link, each with the text that mends it."""
    taken = {file_key(name) for name in graph.nodes}
    for broken in graph.broken:
        if broken.reason in EXPECTED or graph.nodes[broken.note].role in QUIET:
            continue
        if broken.reason != "no-such-note":
            step = _step(graph, broken, taken)
            yield Finding("broken", Ref(broken.note, line=broken.link.line), 1.0, (_why(broken),), (step,))
    yield from _attachments(graph)


def _why(broken: BrokenLink) -> Say:
    link = broken.link.raw
    if broken.reason == "unreachable-name":
        why = say("{link}: {notes} exists, but no link can reach it because its name contains {signs}")
        return replace(why, values=(("link", link), ("notes", _meant(broken)), ("signs", _signs(broken.meant))))
    if broken.reason != "heading-or-block-missing":
        return replace(_WHY[broken.reason], values=(("link", link), ("notes", _meant(broken))))
    if broken.link.subpath.startswith("#^"):
        return say("{link} asks for a block that {note} does not have", link=link, note=Ref(broken.node))
    return say("{link} asks for a heading that {note} does not have", link=link, note=Ref(broken.node))


def _signs(paths: Sequence[str]) -> Value:
    """Say what in the names of some files stops links from naming them."""
    found = dict.fromkeys(sign for path in paths for sign in signs(path))
    return tuple(say("a space at the start or end") if sign.isspace() else sign for sign in found)


def _meant(broken: BrokenLink) -> Value:
    """Name the files that may be meant, and count those that are not named."""
    return with_more(tuple(map(Ref, broken.meant)), broken.more)


def _step(graph: KnowledgeGraph, broken: BrokenLink, taken: Container[str]) -> Say:
    if broken.replacements:
        links = _either(broken.replacements)
        guessed = broken.guess and len(broken.replacements) == 1
        return say("write {links}, if that is meant", links=links) if guessed else say("write {links}", links=links)
    if broken.reason == "excluded-or-hidden":
        told = [problem for path in broken.meant for problem in graph.problems.get(path, ())]
        if told:
            return Say(told[0].remedy, told[0].values)
        return say("bring it back into the vault, or take the link out")
    return renaming(broken.meant, taken)


def _either(links: Sequence[str]) -> Value:
    """Say that one of some links is to be written; halved, so that a thousand links are ten sentences deep."""
    if len(links) == 1:
        return links[0]
    half = len(links) // 2
    return say("{one} or {other}", one=_either(links[:half]), other=_either(links[half:]))


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
        why, weight = say("no such file in the vault"), float(len(asking))
        yield Finding("broken", Ref(node.id), weight, (why,), (_lost(paths.get(near or "")),), evidence(edges))


def _lost(near: str | None) -> Say:
    if near is None:
        return say("add the file, or take the link out")
    return say("did you mean {file}?", file=Ref(near))


INSIGHT = Insight(
    name="broken",
    page="Gaps",
    order=50,
    title="Broken links",
    lead="Links that lead nowhere while what they mean is there: an alias, another folder, a heading under another "
    "name. And attachments that are not in the vault.",
    find=find,
    of_links=True,
    empty="Every heading, block and attachment that a note names is there.",
)
