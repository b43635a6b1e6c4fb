"""The note that a name on the command line means, and what a note is called on the screen."""

from typing import TYPE_CHECKING

import click

from vault_tools.cli import screen
from vault_tools.cli.base import short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vault_tools.model.graph import KnowledgeGraph


def node_called(graph: "KnowledgeGraph", name: str) -> str:
    """Return the node that a name on the command line means; a usage error (exit code 2) if none or several do."""
    from vault_tools.graph.lookup import find  # noqa: PLC0415  (see opened)

    match = find(graph, name)
    if len(match.nodes) == 1:
        return match.nodes[0]
    if match.nodes:
        raise unclear_name(name, match.nodes)
    if match.near:
        raise screen.misuse("screen.no-such-note-near", name=name, near=tuple(match.near))
    raise screen.misuse("screen.no-such-note", name=name)


def unclear_name(name: str, notes: "Iterable[str]") -> click.UsageError:
    """Return the error of a name that several notes have."""
    paths = "\n".join(f"  {path}" for path in notes)
    return click.UsageError(f"{screen.objection('screen.unclear-note', name=name)}\n{paths}")


def format_title(graph: "KnowledgeGraph", name: str) -> str:
    """Return what a node is called on the screen: a path where another has its title."""
    node = graph.nodes[name]
    alone = sum(other.title == node.title for other in graph.nodes.values()) == 1
    return short(node.title if alone else name, 200)
