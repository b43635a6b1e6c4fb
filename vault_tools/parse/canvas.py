"""A JSON Canvas (jsoncanvas.org, 1.0) -> a note: file cards and the text of cards are links, labelled edges arrows."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from vault_tools.dialect.mentions import mentions
from vault_tools.model.note import Arrow, Link, Note, Problem, Source
from vault_tools.parse import note

_REMEDY = "problem.canvas.fix-canvas"


def parse(source: Source) -> Note:
    """Parse a canvas. As in Obsidian, link cards and groups add nothing to the graph; text cards add only links."""
    text = source.text.removeprefix("\ufeff")
    board = _read(text)
    if isinstance(board, Problem):
        return Note(source.path, source.digest, problems=(*source.problems, board), mentions=mentions(text))
    lines, spelled = _strings(text)
    files = list(_files(board))
    cards = {name: path for name, path, _ in files if name}
    file_links = (_link(spelled.get(path, path), path, subpath, lines.get(path, 1)) for _, path, subpath in files)
    return Note(
        source.path,
        source.digest,
        links=(*file_links, *_links(board, lines)),
        arrows=tuple(_arrows(board, cards, lines)),
        problems=source.problems,
        mentions=mentions(text),
    )


def _read(text: str) -> dict[str, Any] | Problem:
    """Read the JSON of a canvas; an empty file is an empty canvas."""
    try:
        board = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        return Problem("canvas-invalid", line, "problem.canvas.invalid-json", _REMEDY, (("error", str(error)),))
    return board if isinstance(board, dict) else Problem("canvas-invalid", 1, "problem.canvas.no-nodes", _REMEDY)


def _items(board: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """Yield the cards (`nodes`) or the lines between them (`edges`)."""
    items = board.get(key)
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield item


def _cards(board: dict[str, Any], kind: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the cards of a kind (`file` or `text`) with what they hold."""
    for card in _items(board, "nodes"):
        content = card.get(kind)
        if card.get("type") == kind and isinstance(content, str):
            yield card, content


def _files(board: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield id, path and subpath of each file card."""
    for card, path in _cards(board, "file"):
        if path:
            subpath = card.get("subpath")
            yield str(card.get("id", "")), _whole(path), _whole(subpath) if isinstance(subpath, str) else ""


def _whole(text: str) -> str:
    """Replace halves of characters, which JSON can express (`u+d83d`) but no file can contain."""
    return text.encode("utf-8", "replace").decode()


_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|\n')


def _strings(text: str) -> tuple[dict[str, int], dict[str, str]]:
    """Return the first line of each string in the file, and the spelling of those with escapes."""
    lines: dict[str, int] = {}
    spelled: dict[str, str] = {}
    line = 1
    for match in _STRING.finditer(text):
        if match.group(1) is None:
            line += 1
        else:
            string = _unescaped(match.group(1))
            lines.setdefault(string, line)
            if "\\" in match.group(1):
                spelled.setdefault(string, match.group(1))
    return lines, spelled


def _unescaped(text: str) -> str:
    """Read the inside of a JSON string; text that only looks like one stays unchanged."""
    try:
        return str(json.loads(f'"{text}"')) if "\\" in text else text
    except ValueError:
        return text


def _links(board: dict[str, Any], lines: dict[str, int]) -> Iterator[Link]:
    """Yield the links in the text of cards."""
    for _, text in _cards(board, "text"):
        if "[" not in text:
            continue
        line = lines.get(text, 1)
        for link in note.parse(Source("", _whole(text), "")).links:
            if not link.frontmatter:
                yield replace(link, line=line, column=-1, property=None)


def _link(raw: str, path: str, subpath: str, line: int) -> Link:
    return Link(raw, "/" + path, subpath, None, embed=True, syntax="canvas", line=line)


def _arrows(board: dict[str, Any], files: dict[str, str], lines: dict[str, int]) -> Iterator[Arrow]:
    """Yield the arrows of labelled edges."""
    for edge in _items(board, "edges"):
        label = edge.get("label")
        start, end = files.get(str(edge.get("fromNode"))), files.get(str(edge.get("toNode")))
        if isinstance(label, str) and label.strip() and start and end:
            yield from _heads(edge, Arrow(start, _whole(label.strip()), end, lines.get(label, 1)))


def _heads(edge: dict[str, Any], arrow: Arrow) -> Iterator[Arrow]:
    """Yield an arrow towards each end of an edge that has an arrowhead, or one without direction if no end has."""
    forward, back = _has_head(edge, "toEnd"), _has_head(edge, "fromEnd")
    if forward or not back:
        yield replace(arrow, directed=forward)
    if back:
        yield replace(arrow, source=arrow.target, target=arrow.source)


def _has_head(edge: dict[str, Any], end: str) -> bool:
    """Tell whether an end of an edge is an arrowhead; without an entry, the format's default applies."""
    shape = edge.get(end)
    return (shape if shape in _ENDS else _DEFAULT_ENDS[end]) == "arrow"


_ENDS = ("none", "arrow")
_DEFAULT_ENDS = {"fromEnd": "none", "toEnd": "arrow"}
