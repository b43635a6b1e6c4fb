"""Which node a person means by a name: a path, a link, a title, an alias, one that nobody wrote yet; and which type."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from vault_tools.graph.kinds import Kinds
from vault_tools.graph.names import file_key, word_key
from vault_tools.model.graph import KnowledgeGraph, Node
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
    readings = list(_readings(name))
    for names_of in _KINDS_OF_NAMES:
        index = _index(names_of(graph))
        for reading in readings:
            if reading in index:
                return Match(nodes=index[reading])
    return Match(near=tuple(_near(graph, readings[-1])))


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


_Names = Iterator[tuple[str, str]]
"""Names, each with the node that it means."""


def _ids(graph: KnowledgeGraph) -> _Names:
    return ((node.id, node.id) for node in graph.nodes.values())


def _file_titles(graph: KnowledgeGraph) -> _Names:
    return ((node.title, node.id) for node in _files(graph))


def _file_path_ends(graph: KnowledgeGraph) -> _Names:
    return ((end, node.id) for node in _files(graph) for end in _ends(node.id))


def _aliases(graph: KnowledgeGraph) -> _Names:
    return ((alias, node.id) for node in _files(graph) if node.note for alias in node.note.aliases)


def _missing_titles(graph: KnowledgeGraph) -> _Names:
    return ((node.title, node.id) for node in _missing(graph))


def _missing_path_ends(graph: KnowledgeGraph) -> _Names:
    return ((end, node.id) for node in _missing(graph) for end in _ends(node.title))


_KINDS_OF_NAMES: tuple[Callable[[KnowledgeGraph], _Names], ...] = (
    _ids,
    _file_titles,
    _file_path_ends,
    _aliases,
    _missing_titles,
    _missing_path_ends,
)
"""What may be the name of a node, the surest kind first."""


def _files(graph: KnowledgeGraph) -> Iterator[Node]:
    return (node for node in graph.nodes.values() if node.kind in _FILES)


def _missing(graph: KnowledgeGraph) -> Iterator[Node]:
    return (node for node in graph.nodes.values() if node.kind == "missing")


def _index(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the nodes of each name, in order."""
    nodes_of: dict[str, set[str]] = {}
    for name, node in names:
        nodes_of.setdefault(_bare(name), set()).add(node)
    return {name: tuple(sorted(nodes)) for name, nodes in nodes_of.items()}


def _ends(path: str) -> Iterator[str]:
    """Yield the ends of a path that begin at a folder: `a/b/c` ends in `b/c` and in `c`."""
    while "/" in path:
        path = path.partition("/")[2]
        yield path


def _near(graph: KnowledgeGraph, name: str) -> Iterator[str]:
    """Yield a few titles and aliases: those that hold the name first, the shortest before others, then like ones."""
    if not name or len(name) > _LONGEST:
        return
    titles = sorted(_titles_and_aliases(graph), reverse=True)
    spellings = {_bare(title): title for title in titles if len(title) <= _LONGEST}
    holding = sorted((key for key in spellings if name in key), key=lambda key: (len(key), key))[:MOST]
    like = get_close_matches(name, sorted(spellings.keys() - holding), MOST, cutoff(name))
    yield from (spellings[key] for key in [*holding, *like][:MOST])


def cutoff(name: str) -> float:
    """Return how much of a name must be the same; of two Chinese characters, one may be wrong."""
    return 0.5 if len(name) == _SHORTEST and not name.isascii() else 0.6


def _titles_and_aliases(graph: KnowledgeGraph) -> Iterator[str]:
    for node in graph.nodes.values():
        if node.kind != "tag":
            yield node.title
            yield from node.note.aliases if node.note else ()
