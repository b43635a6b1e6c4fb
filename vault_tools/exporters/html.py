"""The graph as one page that opens without a network, a server or a plug-in.

pyvis holds the network and brings vis-network along; its own page template, its option parser and its adding of
nodes one by one are not used: they put text into the page as markup, ask other hosts, and are quadratic.
"""

import colorsys
import hashlib
import json
import re
import zlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from pyvis import edge as pyvis_edge
from pyvis import node as pyvis_node
from pyvis.network import Network

from vault_tools.dialect.uri import in_markdown, uri
from vault_tools.graph.layout import dot_radius, places
from vault_tools.model.export import Exporter, Surroundings
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.note import Value
from vault_tools.model.vocabulary import Relation

Record = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{\{(policy|style|library|data|script)\}\}")
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PICTURE_RULE = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_LONGEST_VALUE = 400
_MANY = 1000
_SHOWN_ELSEWHERE = frozenset({"alias", "aliases", "tag", "tags"})
_TYPED = frozenset({"note", "canvas"})
_DASHES: tuple[tuple[int, ...], ...] = (
    (),
    (9, 4),
    (2, 3),
    (9, 3, 2, 3),
    (5, 2),
    (14, 5),
    (9, 3, 2, 3, 2, 3),
    (3, 6),
    (14, 3, 4, 3),
    (5, 2, 1, 2),
    (1, 5),
    (18, 4, 2, 4),
)


def export(graph: KnowledgeGraph, around: Surroundings) -> Iterator[str]:
    """Yield the text of the page; the same graph gives the same text."""
    style = _vis_network("vis-network.css") + "\n" + around.assets["graph/page.css"]
    library, script = _vis_network("vis-network.min.js"), around.assets["graph/page.js"]
    parts = {
        "policy": _policy(style, (library, script)),
        "style": style,
        "library": library,
        "data": _json(_page_data(graph, around.vault)),
        "script": script,
    }
    yield from _filled(around.assets["graph/page.html"], parts)


EXPORTER = Exporter("html", ".html", export, assets=("graph/page.html", "graph/page.css", "graph/page.js"))


# ------------------------------------------------------------------ the page


def _filled(template: str, parts: Mapping[str, str]) -> Iterator[str]:
    """The template with its placeholders replaced, all at once: what is put in is never looked at again."""
    for turn, piece in enumerate(_PLACEHOLDER.split(template)):
        yield parts[piece] if turn % 2 else piece


def _policy(style: str, scripts: Iterable[str]) -> str:
    """What the page may do: run its own two scripts, use its own style, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_fingerprint(script) for script in scripts),
            "style-src " + _fingerprint(style),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _vis_network(name: str) -> str:
    """A file of the newest vis-network inside the installed pyvis, without what would ask for other files."""
    folders = (resources.files("pyvis") / "templates" / "lib").iterdir()
    newest = max((folder for folder in folders if folder.name.startswith("vis-")), key=_version)
    text = (newest / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return _PICTURE_RULE.sub("", text) if name.endswith(".css") else _SOURCE_MAP.sub("", text)


def _version(folder: Traversable) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", folder.name)]


def _json(data: Record) -> str:
    """JSON that cannot end the script element it stands in, and that any file can hold."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _SURROGATE.sub("\ufffd", text)


# ------------------------------------------------------------------ what the page knows


def _page_data(graph: KnowledgeGraph, vault: str) -> Record:
    """Everything the page shows: the network of pyvis, the legend, and what is said about each node."""
    nodes = list(graph.nodes.values())
    position = {node.id: number for number, node in enumerate(nodes)}
    edges = graph.edges
    types, relations = _types(graph, nodes), _relations(graph, edges)
    network = _network(graph, position, [row["n"] for row in types], [_key(row) for row in relations])
    return {
        "vault": vault,
        "open": in_markdown(uri(vault, "")),
        "options": _options(len(nodes)),
        "types": types,
        "relations": relations,
        "nodes": network.nodes,
        "edges": network.edges,
        "details": [_details(node) for node in nodes],
    }


def _network(graph: KnowledgeGraph, position: Mapping[str, int], types: list[str], relations: list[str]) -> Network:
    """The pyvis network: a node has a place, a size, a type (`t`) and a kind (`k`); an edge has a relation (`r`)."""
    network = Network(directed=True)
    number_of_type = {name: number for number, name in enumerate(types)}
    number_of_relation = {name: number for number, name in enumerate(relations)}
    nodes, edges, where = graph.nodes.values(), graph.edges, places(graph)
    links = Counter(end for edge in edges for end in {edge.source, edge.target})
    for number, (node, x, y) in enumerate(zip(nodes, where.x, where.y, strict=True)):
        kind = {"t": number_of_type[node.type]} if node.kind in _TYPED else {"k": node.kind}
        size = dot_radius(links[node.id])
        network.nodes.append(pyvis_node.Node(number, "dot", node.title, x=x, y=y, size=size, **kind).options)
    for edge in edges:
        ends = position[edge.source], position[edge.target]
        relation = number_of_relation[f"{edge.namespace} {edge.relation}"]
        network.edges.append(pyvis_edge.Edge(*ends, r=relation).options)
    return network


def _options(count: int) -> Record:
    """Options of vis-network: nothing moves by itself, and many edges are hidden while the map is moved."""
    many = count > _MANY
    return {
        "physics": False,
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "hover": False,
            "selectable": False,
            "tooltipDelay": 1_000_000,
        },
        "nodes": {"shape": "dot", "borderWidth": 1, "chosen": False},
        "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0, "arrowStrikethrough": False},
    }


# ------------------------------------------------------------------ the legend


def _types(graph: KnowledgeGraph, nodes: Iterable[Node]) -> list[Record]:
    """A row for each type in use, in the order of the vocabulary: name, colour, number of notes."""
    counts = Counter(node.type for node in nodes if node.kind in _TYPED)
    known = graph.vocabulary.types
    return [
        {"n": name, "c": _color(known[name].color if name in known else "", name), "m": counts[name]}
        for name in _in_order(counts, known)
    ]


def _relations(graph: KnowledgeGraph, edges: Sequence[Edge]) -> list[Record]:
    """A row for each relation in use: the semantic ones as the vocabulary orders them, then the frequent ones first."""
    semantic = Counter(edge.relation for edge in edges if edge.namespace == "semantic")
    structural = Counter(edge.relation for edge in edges if edge.namespace == "structural")
    often = sorted(structural, key=lambda name: (-structural[name], name))
    return [
        _relation(graph, name, counts[name], turn, semantic=counts is semantic)
        for counts, names in ((semantic, _in_order(semantic, graph.vocabulary.relations)), (structural, often))
        for turn, name in enumerate(names)
    ]


def _relation(graph: KnowledgeGraph, name: str, count: int, turn: int, *, semantic: bool) -> Record:
    """Name, name from the other end, colour, dashes, number of edges, semantic or not, arrow or not."""
    known = graph.vocabulary.relations.get(name, Relation(name))
    return {
        "n": name,
        "i": name if known.symmetric else known.inverse,
        "c": _color(known.color, name),
        "d": _DASHES[turn % len(_DASHES)],
        "m": count,
        "s": int(semantic),
        "a": int(not known.symmetric),
    }


def _key(row: Record) -> str:
    return f"{'semantic' if row['s'] else 'structural'} {row['n']}"


def _in_order(names: Iterable[str], known: Mapping[str, object]) -> list[str]:
    """Names in the order of the vocabulary, those it does not know after them."""
    order = {name: number for number, name in enumerate(known)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def _color(color: str, name: str) -> str:
    """The colour if it is one, else a colour that belongs to the name."""
    if _COLOR.fullmatch(color):
        return color
    hue = zlib.crc32(name.encode("utf-8", "replace")) % 360 / 360
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.52, 0.45))
    return f"#{red:02x}{green:02x}{blue:02x}"


# ------------------------------------------------------------------ what is said about a node


def _details(node: Node) -> Record:
    """Path (of a file), aliases, tags and properties, as text; what is empty is left out."""
    note = node.note
    details: Record = {"p": "" if node.kind in ("tag", "missing") else node.id}
    if note is not None:
        tags = (*note.tags, *(tag.name for tag in note.body_tags))
        details |= {"a": list(note.aliases), "g": list(dict.fromkeys(tags)), "f": _properties(note.frontmatter or {})}
    return {key: value for key, value in details.items() if value}


def _properties(frontmatter: Mapping[str, Value]) -> list[tuple[str, str]]:
    rows = ((str(key), _as_text(value)) for key, value in frontmatter.items())
    return [(key, value) for key, value in rows if key.lower() not in _SHOWN_ELSEWHERE]


def _as_text(value: Value) -> str:
    """A property's value as a reader would write it."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, list | tuple):
        text = ", ".join(_as_text(part) for part in value)
    elif isinstance(value, dict):
        text = "; ".join(f"{key}: {_as_text(part)}".rstrip() for key, part in value.items())
    elif value is None:
        text = ""
    else:
        text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
