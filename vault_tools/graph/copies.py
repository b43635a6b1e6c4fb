"""What to report about copies and possible copies; a file that a note links to is never called deletable."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from posixpath import basename

from vault_tools.graph.authorship import is_unfilled
from vault_tools.model.copies import Double
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.note import Note, Problem


def with_copies(graph: KnowledgeGraph, copies: Collection[str], doubles: Mapping[str, Double]) -> KnowledgeGraph:
    """Return a graph that reports its `doubles`, and which of the omitted `copies` are linked."""
    if not (copies or doubles):
        return graph
    linked = _linked(graph)
    problems = dict(graph.problems)
    for path in linked.intersection(copies).intersection(problems):
        problems[path] = tuple(map(_in_use, problems[path]))
    for path, double in doubles.items():
        node = graph.nodes.get(path)
        if node is not None and path not in linked and _may_be_copy(graph, node, double.mark):
            problems[path] = (*problems.get(path, ()), _double_problem(double))
    return replace(graph, problems=problems)


def _linked(graph: KnowledgeGraph) -> set[str]:
    """Return the files that a link in another file finds."""
    return {target for path, targets in graph.resolved.items() for target in targets if target and target != path}


def _may_be_copy(graph: KnowledgeGraph, node: Node, mark: str) -> bool:
    """Tell whether a note may be a copy: it has text of its own, and this text does not explain the mark in its name.

    Notes that only contain their template are all the same, as empty notes are.
    """
    return node.note is not None and not is_unfilled(graph, node) and not _is_meant(node.note, mark)


def _is_meant(note: Note, mark: str) -> bool:
    """Tell whether the title, a heading or an alias of a note contains what its name adds."""
    pattern = re.compile(rf"(?<!\w){re.escape(mark)}(?!\w)", re.IGNORECASE)
    return any(pattern.search(text) for text in _titles(note))


def _titles(note: Note) -> Iterator[str]:
    yield from (heading.text for heading in note.headings)
    yield from note.aliases
    yield from (str(value) for key, value in (note.frontmatter or {}).items() if key.lower() == "title")


def _in_use(problem: Problem) -> Problem:
    """Return the problem of a copy that notes link to: it need not be deleted."""
    if problem.code != "conflict-copy":
        return problem
    message = "problem.copy.conflict-linked"
    remedy = "problem.copy.conflict-linked-fix"
    return Problem("conflict-copy", 0, message, remedy, problem.values)


def _double_problem(double: Double) -> Problem:
    values = (("file", basename(double.original)),)
    if double.same:
        message = "problem.copy.double-same"
        remedy = "problem.copy.double-same-fix"
        return Problem("conflict-copy", 0, message, remedy, values)
    message = "problem.copy.double-similar"
    remedy = "problem.copy.double-similar-fix"
    return Problem("conflict-copy", 0, message, remedy, values)
