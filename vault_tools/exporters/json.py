"""The machine interface: everything known of a vault as JSON, as `json.schema.json` describes it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from vault_tools.model.export import ExportContext, Exporter
from vault_tools.model.graph import BrokenLink, Edge, KnowledgeGraph, Node, Place
from vault_tools.model.note import Field, Link, Note, Problem
from vault_tools.model.visible import visible_name
from vault_tools.ours import EXPORT_MARK
from vault_tools.parse.fields import canonical

SCHEMA = 1


def export(graph: KnowledgeGraph, context: ExportContext) -> Iterator[str]:
    """Yield the JSON piece by piece, so that no vault has to fit in memory twice."""
    yield f'{{"schema": {SCHEMA}, {EXPORT_MARK}, "vault": {_dump(context.vault)},\n"notes": ['
    yield from _rows(_note(graph, node, node.note) for node in graph.nodes.values() if node.note)
    yield '],\n"files": ['
    yield from _rows(_files(graph))
    yield '],\n"edges": ['
    yield from _rows(_edges(graph))
    yield '],\n"broken_links": ['
    yield from _rows(map(_broken, graph.broken))
    yield f'],\n"unresolved": {_dump(graph.unresolved)},\n"tag_counts": {_dump(tag_counts(graph))},\n"problems": ['
    yield from _rows(_other_problems(graph))
    yield "]}\n"


def schema() -> str:
    """Return the JSON Schema of the export."""
    return (resources.files(__package__) / "json.schema.json").read_text("utf-8")


def _dump(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False)


def _rows(items: Iterable[Any]) -> Iterator[str]:
    for at, item in enumerate(items):
        yield (",\n" if at else "\n") + _dump(item)


def _files(graph: KnowledgeGraph) -> list[str]:
    """Return all files that are no notes, and those kept out of the graph that a link finds."""
    targets = {target for targets in graph.resolved.values() for target in targets if target}
    attachments = {node.id for node in graph.nodes.values() if node.kind == "attachment"}
    return sorted(attachments | (targets - graph.nodes.keys()))


def _note(graph: KnowledgeGraph, node: Node, note: Note) -> dict[str, Any]:
    resolved = graph.resolved[note.path]
    return {
        "path": note.path,
        "type": node.type,
        "title": visible_name(node.title),
        "aliases": note.aliases,
        "tags": note.every_tag,
        "body_tags": [{"name": tag.name, "line": tag.line, "column": tag.column} for tag in note.body_tags],
        "frontmatter": note.frontmatter,
        "headings": [{"text": item.text, "level": item.level, "line": item.line} for item in note.headings],
        "blocks": [{"id": item.id, "line_start": item.line_start, "line_end": item.line_end} for item in note.blocks],
        "links": [_link(link, target) for link, target in zip(note.links, resolved, strict=True)],
        "fields": list(_fields(note)),
        "problems": [_problem(item) for item in graph.problems.get(note.path, ())],
    }


def _other_problems(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    """Yield the problems of files that are not notes of the graph."""
    for path in sorted(graph.problems):
        if path not in graph.nodes or not graph.nodes[path].note:
            yield from ({"path": path} | _problem(item) for item in graph.problems[path])


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "line": problem.line, "message": problem.what, "remedy": problem.todo}


def _fields(note: Note) -> Iterator[dict[str, Any]]:
    """Yield the properties, which are fields to Dataview, and the inline fields."""
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        yield _field(Field(key, canonical(key), value, "frontmatter", line))
    yield from map(_field, note.fields)


def _field(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "canonical": field.canonical,
        "value": field.value,
        "form": field.form,
        "line": field.line,
        "task": field.task,
    }


def _link(link: Link, target: str | None) -> dict[str, Any]:
    return {
        "raw": link.raw,
        "target": link.target.removeprefix("/") if link.syntax == "canvas" else link.target,
        "subpath": link.subpath,
        "display": link.display,
        "embed": link.embed,
        "syntax": link.syntax,
        "where": "frontmatter" if link.frontmatter else "body",
        **_place(link),
        "column": None if link.column < 0 else link.column,
        "resolved": target,
    }


def _place(link: Link) -> dict[str, Any]:
    """Say where a link is: in a property, or on a line."""
    if link.frontmatter:
        return {"key": link.property, "line": None, "property_line": link.line or None}
    return {"key": None, "line": link.line, "property_line": None}


def _broken(broken: BrokenLink) -> dict[str, Any]:
    return {
        "note": broken.note,
        "raw": broken.link.raw,
        **_place(broken.link),
        "reason": broken.reason,
        "meant": broken.meant,
        "more": broken.more,
        "replacements": broken.replacements,
        "guess": broken.guess,
    }


def _edges(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    """Yield each edge and its inverse; the one that nobody wrote is `inferred`."""
    for edge in graph.edges:
        yield from _pair(graph, edge)


def _pair(graph: KnowledgeGraph, edge: Edge) -> Iterator[dict[str, Any]]:
    forward = [place for place in edge.places if not place.inverted]
    backward = [place for place in edge.places if place.inverted]
    yield _edge(edge.source, edge.relation, edge.target, (forward or backward)[0], inferred=not forward)
    if inverse := _inverse(graph, edge.relation):
        yield _edge(edge.target, inverse, edge.source, (backward or forward)[0], inferred=not backward)


def _inverse(graph: KnowledgeGraph, name: str) -> str:
    """Return what a relation is called from its other end; "" if it has no name there."""
    relation = graph.vocabulary.relations.get(name)
    if relation is None:
        return ""
    return name if relation.symmetric else relation.inverse


def _edge(source: str, relation: str, target: str, place: Place, *, inferred: bool) -> dict[str, Any]:
    ends = {"source": source, "relation": relation, "target": target}
    return ends | {"inferred": inferred, "note": place.note, "line": place.line}


def tag_counts(graph: KnowledgeGraph) -> dict[str, int]:
    """Count tags as Obsidian's tag view does: in lower case, parents with their children."""
    counts: Counter[str] = Counter()
    for node in graph.nodes.values():
        note = node.note
        for name in note.every_tag if note else ():
            parts = name.lower().rstrip("/").split("/")
            counts.update("/".join(parts[: at + 1]) for at in range(len(parts)))
    return dict(sorted(counts.items()))


EXPORTER = Exporter("json", ".json", export, mark=EXPORT_MARK)
