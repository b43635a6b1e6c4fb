"""The graph as one page that opens without a network, a server or a plug-in."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from vault_tools.exporters.html.core import by_importance, core
from vault_tools.exporters.html.details import details, index
from vault_tools.exporters.html.drawn_places import places_in
from vault_tools.exporters.html.encoding import as_json, in_script, pack, unpack
from vault_tools.exporters.html.local import library, network
from vault_tools.exporters.html.mode_rows import gaps, learning
from vault_tools.exporters.html.names_only import names_only
from vault_tools.exporters.html.plain import plain
from vault_tools.exporters.html.scripts import join_modules, sentences
from vault_tools.model.export import ExportContext, Exporter
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.places import Places
from vault_tools.model.speech import form
from vault_tools.words import Words

FOLDER = "graph/"
_PLACEHOLDER = re.compile(r"\{\{([\w.-]+)\}\}")
_PACKED = re.compile(r'(?<=">)([A-Za-z0-9+/]{32,}=*)(?=</script>)')
_ELEMENT = '<script type="{kind}" id="{name}">'


def export(graph: KnowledgeGraph, context: ExportContext) -> Iterator[str]:
    """Yield the text of the page; the same graph and the same places before give the same text."""
    files = {name.removeprefix(FOLDER): text for name, text in context.assets.items() if name.startswith(FOLDER)}
    parts = {**_frame(files, context.language), **_data(graph, files, context)}
    yield from _filled(files["page.html"], parts, context.words)


def _frame(files: Mapping[str, str], language: str) -> dict[str, str]:
    """The parts of every page: its style, its scripts, and what it may do."""
    style = "\n".join(text for name, text in sorted(files.items()) if name.endswith(".css"))
    scripts = {"head": files["head.js"], "script": join_modules(files, "main.js")}
    vis, vis_packed = library()
    return {
        "language": language,
        "policy": _policy(style, (*scripts.values(), vis)),
        "style": style,
        "library": vis_packed,
        "worker": join_modules(files, "drawing/worker.js"),
        **scripts,
    }


def _data(graph: KnowledgeGraph, files: Mapping[str, str], context: ExportContext) -> dict[str, str]:
    """The parts that a vault fills: what is drawn, what is wanted later, and what is read where nothing is drawn."""
    analysis, nodes = context.analysis(), by_importance(graph)
    if context.names_only:
        context, analysis = names_only(context, analysis)
    missing = gaps(nodes, analysis, names_only=context.names_only)
    page = core(graph, nodes, context, analysis) | {
        "local": network(),
        "words": {id_: context.words[id_] for id_ in sentences(files)},
    }
    rows = [{} for _ in nodes] if context.names_only else details(nodes)
    return {
        "core": in_script(page),
        "plain": plain(nodes, missing, context),
        "index": pack(as_json(index(nodes))),
        "details": pack(as_json({"nodes": rows, "gaps": missing, "learning": learning(nodes, analysis)})),
    }


def places_in_page(page: str) -> Places | None:
    """Return the places of a map that was drawn before; None if they are unknown."""
    try:
        ids = json.loads(unpack(_element(page, "text/plain", "index")))["ids"]
        return places_in(json.loads(_element(page, "application/json", "core")), ids)
    except (ValueError, TypeError, LookupError, RecursionError):  # of an older edition, or changed by somebody
        return None


def is_same(one: str, other: str) -> bool:
    """Tell whether two pages have the same content; systems compress the same text to different bytes."""
    if one == other:
        return True
    try:
        return _pieces(one) == _pieces(other)
    except ValueError:  # changed by somebody
        return False


def _pieces(page: str) -> list[str]:
    """Return a page in pieces, with what is packed in it unpacked."""
    return [unpack(piece) if turn % 2 else piece for turn, piece in enumerate(_PACKED.split(page))]


EXPORTER = Exporter("html", ".html", export, assets=(FOLDER,), places=places_in_page, same=is_same)


def _element(page: str, kind: str, name: str) -> str:
    begin = _ELEMENT.format(kind=kind, name=name)
    start = page.index(begin) + len(begin)
    return page[start : page.index("</script>", start)]


def _filled(template: str, parts: Mapping[str, str], words: Words) -> Iterator[str]:
    """The template with its placeholders replaced by a part or by the sentence of an id.

    All are replaced in one go: what is put in is never looked at again.
    """
    for turn, piece in enumerate(_PLACEHOLDER.split(template)):
        if turn % 2:
            yield parts[piece] if piece in parts else escape(form(words, piece))
        else:
            yield piece


def _policy(style: str, scripts: Iterable[str]) -> str:
    """What the page may do: run its own scripts, use its own style, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_fingerprint(script) for script in scripts),
            "style-src " + _fingerprint(style),
            "img-src data: blob:",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
