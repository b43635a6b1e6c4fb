"""The commands that ask the graph a learner's questions: path."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli.base import explained, main, opened, stdout, vault_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vault_tools.graph.paths import Step
    from vault_tools.model.graph import KnowledgeGraph


@main.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@vault_option
@click.option("--json", "as_json", is_flag=True, help="Print the path as JSON.")
@explained
def path(*, source: str, target: str, vault: Path | None, no_cache: bool, quiet: bool, as_json: bool) -> None:
    """Show how one note leads to another, relation by relation.

    FROM and TO are titles, aliases, paths or links. Exit code 1: nothing leads from one to the other.
    """
    from vault_tools.graph.paths import shortest  # noqa: PLC0415  (see opened)

    with opened(vault, cache=not no_cache, quiet=quiet) as vault_:
        knowledge = vault_.knowledge
        ends = meant(knowledge, source), meant(knowledge, target)
        steps = shortest(knowledge, *ends)
        if as_json:
            said = _as_dict(knowledge, ends, steps)
            stdout().write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
        elif not quiet:
            for line in _lines(knowledge, ends, steps):
                click.echo(line)
    if steps is None:
        sys.exit(1)


def meant(graph: "KnowledgeGraph", name: str) -> str:
    """Return the node that a name on the command line means; wrong use (exit code 2) if that is none or not clear."""
    from vault_tools.graph.lookup import find  # noqa: PLC0415  (see opened)

    match = find(graph, name)
    if len(match.nodes) == 1:
        return match.nodes[0]
    if match.nodes:
        paths = "\n".join(f"  {path}" for path in match.nodes)
        raise click.UsageError(f"{name!r} may mean any of these; name one by its path:\n{paths}")
    near = f"; did you mean {', '.join(match.near)}?" if match.near else ""
    raise click.UsageError(f"no note is called {name!r}{near}")


def title(graph: "KnowledgeGraph", name: str) -> str:
    """Return what a node is called on the screen: a path where another has its title."""
    node = graph.nodes[name]
    alone = sum(other.title == node.title for other in graph.nodes.values()) == 1
    return node.title if alone else name


def _lines(graph: "KnowledgeGraph", ends: tuple[str, str], steps: "Sequence[Step] | None") -> list[str]:
    """Say a path a step to a line; each begins where the one above ended."""
    from vault_tools.graph.paths import told  # noqa: PLC0415  (see opened)

    first, last = (title(graph, end) for end in ends)
    if steps is None:
        return [f"nothing leads from {first} to {last}"]
    if not steps:
        return [f"{first} is {last}"]
    lines = []
    for step in steps:
        words = told(graph, step)
        arrow = f"--{words}-->" if words else f"<--{step.relation}--"
        absent = " (not written yet)" if graph.nodes[step.target].kind == "missing" else ""
        lines.append(f"{title(graph, step.source)} {arrow} {title(graph, step.target)}{absent}")
    return lines


def _as_dict(graph: "KnowledgeGraph", ends: tuple[str, str], steps: "Sequence[Step] | None") -> dict[str, Any]:
    from vault_tools.graph.paths import told  # noqa: PLC0415  (see opened)

    rows = [step._asdict() | {"told": told(graph, step)} for step in steps or ()]
    return {"from": ends[0], "to": ends[1], "steps": None if steps is None else rows}
