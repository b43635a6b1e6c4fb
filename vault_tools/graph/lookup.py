"""Which node a person means by a name: a path, a link, a title, an alias, one that nobody wrote yet; and which type."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from vault_tools.graph.kinds import Kinds
from vault_tools.graph.names import file_key, word_key
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.vocabulary import Conventions
from vault_tools.parse.inline import whole_link

MOST = 5
_FILES = frozenset({"note", "canvas", "attachment"})
_LONGEST = 200
_SHORTEST = 2
"""Characters of the shortest name to which another one can be close."""


@dataclass(frozen=True, slots=True)
class Match:
    """The nodes that a name may mean (one where it is clear), or else names that come near, the nearest first."""

    nodes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def find(graph: KnowledgeGraph, name: str) -> Match:
    """Find what a name means: a node's id or path, else a file's title, the end of a path, an alias, a missing note.

    Case, `.md`, and whether an accent is one character or two do not matter; `[[Link|text]]` and
    `Note#heading` mean the note. The nodes of a match are in order.
    """
    wanted = list(_readings(name))
    for known in _indexes(graph):
        for reading in wanted:
            if reading in known:
                return Match(nodes=known[reading])
    return Match(near=tuple(_near(graph, wanted[-1])))


def find_type(graph: KnowledgeGraph, word: str) -> str | None:
    """Find the note type that a word means, in any language and any case; None if no note has this type."""
    used = {word_key(name): name for name in types(graph)}
    labels = {word_key(row.label): row.name for row in graph.vocabulary.types.values() if row.label}
    asked = labels.get(word_key(word)) or Kinds(graph.vocabulary, Conventions()).called(word)
    return used.get(word_key(asked))


def near_types(graph: KnowledgeGraph, word: str) -> list[str]:
    """Return types that notes are of and whose names come near a word, the nearest first."""
    used = {word_key(name): name for name in types(graph)}
    return [used[name] for name in get_close_matches(word_key(word), sorted(used))]


def types(graph: KnowledgeGraph) -> list[str]:
    """Return the types that notes are of, in order."""
    return sorted({node.type for node in graph.nodes.values() if node.note is not None})


def _readings(name: str) -> Iterator[str]:
    """Yield a name as it is compared: unchanged, and as the target of a link."""
    link = whole_link(name.strip())
    text = link.target if link is not None and link.target else name
    yield _bare(text)
    if "#" in text[1:]:
        yield _bare(text[0] + text[1:].partition("#")[0])


def _bare(text: str) -> str:
    return file_key(text).strip().removeprefix("/").removesuffix(".md")


def _indexes(graph: KnowledgeGraph) -> Iterator[Mapping[str, tuple[str, ...]]]:
    """Yield what names mean, the surest kind of name first."""
    files = [node for node in graph.nodes.values() if node.kind in _FILES]
    missing = [node for node in graph.nodes.values() if node.kind == "missing"]
    yield _index((node.id, node.id) for node in graph.nodes.values())
    yield _index((node.title, node.id) for node in files)
    yield _index((end, node.id) for node in files for end in _ends(node.id))
    yield _index((alias, node.id) for node in files if node.note for alias in node.note.aliases)
    yield _index((node.title, node.id) for node in missing)
    yield _index((end, node.id) for node in missing for end in _ends(node.title))


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name, node in pairs:
        found.setdefault(_bare(name), {})[node] = None
    return {name: tuple(sorted(nodes)) for name, nodes in found.items()}


def _ends(path: str) -> Iterator[str]:
    """Yield the ends of a path that begin at a folder: `a/b/c` ends in `b/c` and in `c`."""
    while "/" in path:
        path = path.partition("/")[2]
        yield path


def _near(graph: KnowledgeGraph, wanted: str) -> Iterator[str]:
    """Yield a few titles and aliases: those that hold the name first, the shortest before others, then like ones."""
    spelled = {_bare(name): name for name in sorted(_spoken(graph), reverse=True) if len(name) <= _LONGEST}
    if not wanted or len(wanted) > _LONGEST:
        return
    holding = sorted((name for name in spelled if wanted in name), key=lambda name: (len(name), name))[:MOST]
    like = get_close_matches(wanted, sorted(spelled.keys() - holding), MOST, cutoff(wanted))
    yield from (spelled[name] for name in [*holding, *like][:MOST])


def cutoff(wanted: str) -> float:
    """Return how much of a name must be the same; of two Chinese characters, one may be wrong."""
    return 0.5 if len(wanted) == _SHORTEST and not wanted.isascii() else 0.6


def _spoken(graph: KnowledgeGraph) -> Iterator[str]:
    for node in graph.nodes.values():
        if node.kind != "tag":
            yield node.title
            yield from node.note.aliases if node.note else ()
