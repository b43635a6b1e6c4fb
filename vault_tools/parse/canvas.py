"""A JSON Canvas (jsoncanvas.org, 1.0) -> a note: its file cards are links, its labelled edges arrows."""

import json
from collections.abc import Iterator
from typing import Any

from vault_tools.model.note import Arrow, Link, Note, Problem, Source

_REMEDY = "open the canvas in Obsidian and save it again, or delete it"


def parse(source: Source) -> Note:
    """Parse a canvas. Text cards, link cards and groups feed no graph, as in Obsidian."""
    text = source.text.removeprefix("\ufeff")
    try:
        board = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        problem = Problem("canvas-invalid", line, f"this canvas is not valid JSON: {error}", _REMEDY)
        return Note(source.path, source.digest, problems=(*source.problems, problem))
    if not isinstance(board, dict):
        problem = Problem("canvas-invalid", 1, "this canvas holds no nodes", _REMEDY)
        return Note(source.path, source.digest, problems=(*source.problems, problem))
    files = dict(_files(board))
    return Note(
        source.path,
        source.digest,
        links=tuple(_link(text, path, subpath) for path, subpath in files.values()),
        arrows=tuple(_arrows(text, board, {card: path for card, (path, _) in files.items()})),
        problems=source.problems,
    )


def _items(board: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    items = board.get(key)
    yield from (item for item in (items if isinstance(items, list) else []) if isinstance(item, dict))


def _files(board: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for card in _items(board, "nodes"):
        path, subpath = card.get("file"), card.get("subpath")
        if card.get("type") == "file" and isinstance(path, str) and path:
            yield str(card.get("id")), (_whole(path), _whole(subpath) if isinstance(subpath, str) else "")


def _whole(text: str) -> str:
    """Replace halves of characters, which JSON can spell (`u+d83d`) and no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _line(text: str, what: str) -> int:
    at = text.find(json.dumps(what, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _link(text: str, path: str, subpath: str) -> Link:
    return Link(path + subpath, "/" + path, subpath, None, embed=True, syntax="canvas", line=_line(text, path))


def _arrows(text: str, board: dict[str, Any], files: dict[str, str]) -> Iterator[Arrow]:
    for edge in _items(board, "edges"):
        label = edge.get("label")
        source, target = files.get(str(edge.get("fromNode"))), files.get(str(edge.get("toNode")))
        if isinstance(label, str) and label.strip() and source and target:
            yield Arrow(source, _whole(label.strip()), target, _line(text, label))
