"""The command that fills notes with templates: inject."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vault_tools.cli import screen
from vault_tools.cli.base import (
    VAULT,
    explained,
    is_read_only,
    main,
    one_vault,
    quiet_option,
    refuse_if_read_only,
    short,
    show_difference,
)
from vault_tools.cli.commands import argument, option
from vault_tools.cli.notes import node_called
from vault_tools.cli.opening import now, opened
from vault_tools.model.text import Say, say

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.authoring.inject import LeftNote, PlannedChange

LONGEST = 500
"""Characters of a path on the screen."""


@main.command()
@argument("names", nargs=-1, metavar="vault-and-notes")
@option("--complete", "fill_up", is_flag=True)
@option("--dry-run", is_flag=True)
@option("--vault", "vault_named", type=VAULT)
@quiet_option
@explained
def inject(*, names: tuple[str, ...], fill_up: bool, dry_run: bool, vault_named: Path | None, quiet: bool) -> None:
    """Fill empty notes with the template for their folder's note type."""
    from vault_tools.store import journal  # noqa: PLC0415  (see opened)

    if not dry_run:
        refuse_if_read_only("inject", "screen.dry-run-instead")
    folder, notes = _vault_and_notes(names)
    with opened(one_vault(folder, vault_named), cache=True, quiet=quiet, writes=not dry_run) as vault_:
        paths = [_path_of(vault_, note) for note in notes]
        outcome = _fill_all(vault_, paths, fill_up=fill_up, dry_run=dry_run, quiet=quiet)
        if not is_read_only():
            journal.forget_old(vault_.root)
    _report_end(outcome, are_named=bool(notes), fill_up=fill_up, quiet=quiet)
    if outcome.is_late or (notes and outcome.fitting):
        sys.exit(2)


def _report_end(outcome: "_Injected", *, are_named: bool, fill_up: bool, quiet: bool) -> None:
    """Print which notes are left and why, or that there was nothing to do; of all notes, only those that fit."""
    shown = outcome.left_notes if are_named else outcome.fitting
    _report_left(shown)
    if not (outcome.filled or shown or quiet):
        screen.report_phrase("inject.nothing-complete" if fill_up else "inject.nothing", err=True)


def _vault_and_notes(names: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """Return the vault, if the first word of a command line is one, and the names of notes behind it."""
    if names and Path(names[0]).is_dir():
        return Path(names[0]), names[1:]
    return None, names


@dataclass(slots=True)
class _Injected:
    """How many notes are filled, and which are left; `is_late` says that one of these could not be written."""

    filled: int = 0
    left_notes: list["LeftNote"] = field(default_factory=list)
    is_late: bool = False

    @property
    def fitting(self) -> list["LeftNote"]:
        """The notes that are left although they would have been changed otherwise."""
        return [note for note in self.left_notes if note.fits]


def _fill_all(vault: "Vault", paths: list[str], *, fill_up: bool, dry_run: bool, quiet: bool) -> _Injected:
    """Fill notes, or all notes of the vault if none is named."""
    from vault_tools.authoring.inject import LeftNote, every_note, plan  # noqa: PLC0415  (see opened)

    outcome = _Injected()
    for step in plan(vault, paths or every_note(vault), now(vault), fill_up=fill_up):
        if isinstance(step, LeftNote):
            outcome.left_notes.append(step)
            continue
        outcome.filled += 1
        why = _fill(vault, step, dry_run=dry_run, quiet=quiet)
        if why is not None:
            outcome.left_notes.append(LeftNote(step.path, why))
            outcome.is_late = True
    return outcome


def _fill(vault: "Vault", step: "PlannedChange", *, dry_run: bool, quiet: bool) -> Say | None:
    """Fill a note, or show how it would change; return why it was not filled, None if it was."""
    from vault_tools.authoring.inject import carry_out  # noqa: PLC0415  (see opened)

    if dry_run:
        show_difference(step.path, step.before, step.after)
        return None
    why = carry_out(vault, step)
    if why is None and not quiet:
        click.echo(step.path)
    return why


def _report_left(notes: list["LeftNote"]) -> None:
    """Print why notes were not changed: a line for each reason."""
    reasons: dict[Say, list[str]] = {}
    for each in notes:
        reasons.setdefault(each.why, []).append(each.path)
    for reason, paths in reasons.items():
        first, more = short(paths[0], LONGEST), len(paths) - 1
        what = say("common.list-more", list=first, n=more) if more else first
        screen.report_warning(say("screen.left-alone", what=what, reason=reason))


def _path_of(vault: "Vault", name: str) -> str:
    """Return the vault path of a note that is named by its path, from here or in the vault, or only by its name."""
    from vault_tools.graph.names import paths_called  # noqa: PLC0415

    here = Path(name).resolve()
    inside = here.relative_to(vault.root).as_posix() if here.is_relative_to(vault.root) and here.is_file() else name
    notes = [path for path, node in vault.knowledge.nodes.items() if node.kind == "note"]
    paths = paths_called(notes, inside)
    return paths[0] if paths else _only(vault, inside)


def _only(vault: "Vault", name: str) -> str:
    """Return a name that no note has; a usage error (exit code 2) if several notes have it."""
    from vault_tools.graph.lookup import find  # noqa: PLC0415

    return node_called(vault.knowledge, name) if len(find(vault.knowledge, name).nodes) > 1 else name
