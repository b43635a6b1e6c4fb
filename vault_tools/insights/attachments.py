"""Which attachments does nothing in the vault use?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from vault_tools.dialect.mentions import is_attachment, mentioned
from vault_tools.graph.names import file_key
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import WRITTEN, KnowledgeGraph, Node
from vault_tools.model.text import Ref, say

_OWN_RIGHT = (".base", ".canvas")
_DRAWING = re.compile(r"(?:\.excalidraw)?\.(?:md|canvas|excalidraw|drawio|tldr|mmap|xmind)\Z", re.IGNORECASE)
_PICTURE = re.compile(r"(?:\.excalidraw|\.drawio)?(?:\.(?:light|dark))?\.(?:png|svg|pdf|jpe?g|webp)\Z", re.IGNORECASE)


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find attachments that no link points to, that no text names, and that are not the exported image of a drawing.

    People delete files because of this report, so it must not call a file unused that may be used.
    """
    idle = [node for node in graph.nodes.values() if _is_idle(graph, node)]
    used = _named(graph, context, idle) | _drawn(graph, idle) if idle else set()
    for node in idle:
        if node.id not in used:
            why = say("attachments.why-unused")
            yield Finding("attachments", Ref(node.id), 0.0, (why,), (say("attachments.step-use-or-remove"),))


def _is_idle(graph: KnowledgeGraph, node: Node) -> bool:
    """Tell whether a node is an attachment that no link points to."""
    if node.kind != "attachment" or node.id in graph.incoming:
        return False
    return is_attachment(node.title) and not node.id.lower().endswith(_OWN_RIGHT)


def _named(graph: KnowledgeGraph, context: Context, idle: Iterable[Node]) -> set[str]:
    """Return the files whose names occur anywhere as text, except in the file itself."""
    paths: dict[str, list[str]] = {}
    for node in idle:
        paths.setdefault(node.title, []).append(node.id)
    notes = chain.from_iterable(node.note.mentions for node in graph.nodes.values() if node.note)
    named = _paths_in(notes, paths)
    for source, parts in context.mentions.items():
        named |= _paths_in(parts, paths) - {source}
    return named


def _paths_in(texts: Iterable[str], paths_by_name: Mapping[str, list[str]]) -> set[str]:
    """Return the files whose names occur in some texts."""
    return {path for name in mentioned(paths_by_name, texts) for path in paths_by_name[name]}


def _drawn(graph: KnowledgeGraph, idle: Iterable[Node]) -> set[str]:
    """Return the images that drawing plugins export: `Plan.svg` or `Plan.dark.png` beside `Plan.excalidraw.md`."""
    drawings = {file_key(_DRAWING.sub("", node.id)) for node in graph.nodes.values() if _is_drawing(node)}
    return {node.id for node in idle if file_key(_PICTURE.sub("", node.id)) in drawings}


def _is_drawing(node: Node) -> bool:
    is_file = node.kind in WRITTEN or node.kind == "attachment"
    return is_file and _DRAWING.search(node.id) is not None


INSIGHT = Insight(
    name="attachments",
    page="Orphans",
    order=40,
    find=find,
    counts_as="fault",
    ranked=False,
)
