"""The machine interface: everything known of a vault as JSON, schema 1."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from vault_tools.model.export import Exporter, Surroundings
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.note import Link, Note

SCHEMA = 1


def export(graph: KnowledgeGraph, around: Surroundings) -> Iterator[str]:
    """Yield the JSON piece by piece, so that no vault has to fit in memory twice."""
    yield f'{{"schema": {SCHEMA}, "vault": {_dump(around.vault)},\n"notes": ['
    yield from _rows(_note(graph, node, node.note) for node in graph.nodes.values() if node.note)
    yield '],\n"files": ['
    yield from _rows(node.id for node in graph.nodes.values() if node.kind == "attachment")
    yield '],\n"edges": ['
    yield from _rows(_edges(graph))
    yield f'],\n"unresolved": {_dump(graph.unresolved)},\n"tag_counts": {_dump(tag_counts(graph))}}}\n'


def _dump(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False)


def _rows(items: Iterable[Any]) -> Iterator[str]:
    for at, item in enumerate(items):
        yield (",\n" if at else "\n") + _dump(item)


def _note(graph: KnowledgeGraph, node: Node, note: Note) -> dict[str, Any]:
    resolved = graph.resolved[note.path]
    return {
        "path": note.path,
        "type": node.type,
        "title": node.title,
        "aliases": note.aliases,
        "tags": [*note.tags, *(tag.name for tag in note.body_tags)],
        "frontmatter": note.frontmatter,
        "headings": [{"text": item.text, "level": item.level, "line": item.line} for item in note.headings],
        "blocks": [{"id": item.id, "line_start": item.line_start, "line_end": item.line_end} for item in note.blocks],
        "links": [_link(link, target) for link, target in zip(note.links, resolved, strict=True)],
        "fields": [
            {
                "key": item.key,
                "canonical": item.canonical,
                "value": item.value,
                "form": item.form,
                "line": item.line,
            }
            for item in note.fields
        ],
        "problems": [
            {"code": item.code, "line": item.line, "message": item.message, "remedy": item.remedy}
            for item in graph.problems.get(note.path, ())
        ],
    }


def _link(link: Link, target: str | None) -> dict[str, Any]:
    return {
        "raw": link.raw,
        "target": link.target,
        "subpath": link.subpath,
        "display": link.display,
        "embed": link.embed,
        "syntax": link.syntax,
        "where": "frontmatter" if link.frontmatter else "body",
        "key": link.property if link.frontmatter else None,
        "line": None if link.frontmatter else link.line,
        "column": None if link.column < 0 else link.column,
        "resolved": target,
    }


def _edges(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    """Yield each edge and its inverse; the one that nobody wrote is `inferred`."""
    for edge in graph.edges:
        yield from _pair(graph, edge)


def _pair(graph: KnowledgeGraph, edge: Edge) -> Iterator[dict[str, Any]]:
    relation = graph.vocabulary.relations.get(edge.relation)
    inverse = (edge.relation if relation.symmetric else relation.inverse) if relation else ""
    forward = [place for place in edge.places if not place.inverted]
    backward = [place for place in edge.places if place.inverted]
    line = (forward or backward)[0].line
    yield _edge(edge.source, edge.relation, edge.target, line, inferred=not forward)
    if inverse:
        line = (backward or forward)[0].line
        yield _edge(edge.target, inverse, edge.source, line, inferred=not backward)


def _edge(source: str, relation: str, target: str, line: int, *, inferred: bool) -> dict[str, Any]:
    return {"source": source, "relation": relation, "target": target, "inferred": inferred, "line": line}


def tag_counts(graph: KnowledgeGraph) -> dict[str, int]:
    """Count tags as Obsidian's tag view does: in lower case, parents with their children."""
    counts: Counter[str] = Counter()
    for node in graph.nodes.values():
        note = node.note
        for name in [*note.tags, *(tag.name for tag in note.body_tags)] if note else []:
            parts = name.lower().rstrip("/").split("/")
            counts.update("/".join(parts[: at + 1]) for at in range(len(parts)))
    return dict(sorted(counts.items()))


EXPORTER = Exporter("json", ".json", export)
