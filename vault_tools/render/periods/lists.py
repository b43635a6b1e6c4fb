"""Lists of what happened in a period, and how problems are named in them."""

from collections.abc import Iterator, Sequence

from vault_tools.model.learning import Case
from vault_tools.model.text import Ref, Say, Value, say
from vault_tools.render.report import Report

MOST = 20
"""How many lines a list has of one kind, and how many notes a line names."""


def render_list(report: Report, *kinds: Sequence[Say]) -> Iterator[str]:
    """Yield one list of lines of some kinds; no kind crowds another out."""
    lines = [line for kind in kinds for line in _first(kind)]
    if lines:
        yield "\n".join(f"- {report.linker.text((line,))}" for line in lines)


def _first(lines: Sequence[Say]) -> Sequence[Say]:
    return lines if len(lines) <= MOST else [*lines[:MOST], say("common.more", n=len(lines) - MOST)]


def format_problem(case: Case) -> Value:
    """Return the nodes that a problem names, or else its text."""
    return tuple(map(Ref, case.about)) or case.name


def notes_of(case: Case) -> tuple[Ref, ...]:
    """Return the notes that speak of a problem, each once and without lines, which move as regions are filled."""
    return tuple(dict.fromkeys(Ref(place.id) for place in case.places))
