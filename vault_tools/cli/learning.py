"""The commands that ask about single notes: path, why."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli import screen
from vault_tools.cli.base import explained, json_option, main, print_json, today_option, vault_option
from vault_tools.cli.commands import argument, option
from vault_tools.cli.notes import format_title, node_called
from vault_tools.cli.opening import linker, opened
from vault_tools.model.text import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vault_tools.app import Vault
    from vault_tools.graph.paths import PathStep
    from vault_tools.model.graph import KnowledgeGraph


@main.command()
@argument("ends", nargs=-1, metavar="ends")
@option("--to", "goal", metavar="goal")
@vault_option
@today_option
@json_option
@explained
def path(
    *,
    ends: tuple[str, ...],
    goal: str | None,
    vault: Path | None,
    no_cache: bool,
    quiet: bool,
    today: date | None,
    as_json: bool,
) -> None:
    """Show how two notes are connected; with --to, in which order to learn what a goal needs."""
    if len(ends) != (2 if goal is None else 0):
        raise screen.usage_error("path.two-notes")
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        if goal is not None:
            _report_way(vault_, node_called(vault_.knowledge, goal), as_json=as_json, quiet=quiet)
            return
        is_connected = _report_path(vault_, *ends, as_json=as_json, quiet=quiet)
    if not is_connected:
        sys.exit(1)


def _report_path(vault: "Vault", source: str, target: str, *, as_json: bool, quiet: bool) -> bool:
    """Print the path between two notes; tell whether there is one."""
    from vault_tools.graph.paths import shortest  # noqa: PLC0415  (see opened)

    knowledge = vault.knowledge
    ends = node_called(knowledge, source), node_called(knowledge, target)
    steps = shortest(knowledge, *ends)
    if as_json:
        print_json(_as_dict(knowledge, ends, steps))
    elif not quiet:
        for line in _format_path(knowledge, ends, steps):
            click.echo(line)
    return steps is not None


def _report_way(vault: "Vault", goal: str, *, as_json: bool, quiet: bool) -> None:
    """Print in which order to learn what a goal takes."""
    from vault_tools.render.way import names_to_learn, nothing, steps  # noqa: PLC0415  (see opened)

    if as_json:
        print_json({"to": goal, "steps": list(names_to_learn(vault.learning, goal))})
        return
    lines = steps(vault.learning, goal)
    if quiet:
        return
    if not lines:
        click.echo(screen.format_text(nothing(vault.learning, goal)))
    link = linker(vault)
    for at, line in enumerate(lines, 1):
        click.echo(f"{at}. {link.plain(line)}")


@main.command()
@argument("note", metavar="note")
@vault_option
@today_option
@json_option
@explained
def why(*, note: str, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, as_json: bool) -> None:
    """Explain the advice on a NOTE: who needs it, how well you know it, and which rule applies."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        name = node_called(vault_.knowledge, note)
        reasons = vault_.why(name)
        if as_json:
            print_json({"note": name, "why": [vault_.format_text(line) for line in reasons]})
            return
        if quiet:
            return
        click.secho(format_title(vault_.knowledge, name), bold=True)
        link = linker(vault_)
        for line in reasons:
            click.echo(f"  {link.plain(line)}")


def _format_path(graph: "KnowledgeGraph", ends: tuple[str, str], steps: "Sequence[PathStep] | None") -> list[str]:
    """Say a path a step to a line; each begins where the one above ended."""
    from vault_tools.graph.paths import relation_as_read  # noqa: PLC0415  (see opened)

    first, last = (format_title(graph, end) for end in ends)
    if steps is None:
        return [screen.format_phrase("path.nothing", first=first, last=last)]
    if not steps:
        return [screen.format_phrase("path.same", first=first, last=last)]
    return [_format_step(graph, step, relation_as_read(graph, step)) for step in steps]


def _format_step(graph: "KnowledgeGraph", step: "PathStep", words: str | None) -> str:
    """Say one step of a path, with its relation in the language of the screen."""
    relation = _format_relation(graph, words or step.relation)
    arrow = f"--{relation}-->" if words else f"<--{relation}--"
    line = f"{format_title(graph, step.source)} {arrow} {format_title(graph, step.target)}"
    return screen.format_phrase("path.missing", step=line) if graph.nodes[step.target].kind == "missing" else line


def _format_relation(graph: "KnowledgeGraph", name: str) -> str:
    """Return what a relation is called: by the vault, or else by the language of the screen."""
    id_ = f"path.told-{name}"
    if id_ in screen.words():
        return screen.format_phrase(id_)
    relation = graph.vocabulary.relations.get(name)
    return relation.label if relation is not None and relation.label else screen.format_text((Term("relation", name),))


def _as_dict(graph: "KnowledgeGraph", ends: tuple[str, str], steps: "Sequence[PathStep] | None") -> dict[str, Any]:
    from vault_tools.graph.paths import relation_as_read  # noqa: PLC0415  (see opened)

    rows = [step._asdict() | {"told": relation_as_read(graph, step)} for step in steps or ()]
    return {"from": ends[0], "to": ends[1], "steps": None if steps is None else rows}
