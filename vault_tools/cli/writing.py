"""The commands that write notes: init, new, inject."""

import sys
from datetime import datetime
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
    vault_argument,
)
from vault_tools.cli.commands import Language, argument, option
from vault_tools.cli.layout import padded
from vault_tools.cli.opening import opened
from vault_tools.model.text import Say, say
from vault_tools.shipped import note_languages

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.authoring.inject import Change, Left
    from vault_tools.authoring.setup import Setup

LONGEST = 500
"""Characters of a path on the screen."""
MOST_KEPT = 3
"""How many files that were there before `init` lists by name."""


@main.command()
@vault_argument
@option("--dry-run", is_flag=True)
@option("--lang", type=Language(), metavar="language")
@option("-v", "--verbose", is_flag=True)
@explained
def init(*, vault: Path | None, no_cache: bool, quiet: bool, lang: str | None, dry_run: bool, verbose: bool) -> None:
    """Put note templates and a commented vault-tools.toml into the vault; nothing is overwritten."""
    from vault_tools.authoring.setup import about_language, carry_out, language_of, setup  # noqa: PLC0415  (see opened)

    if not dry_run:
        refuse_if_read_only("init", "screen.dry-run-instead")
    with opened(vault, cache=not no_cache, quiet=quiet) as vault_:
        language = lang or language_of(vault_)
        plan = setup(vault_, language)
        command = f"vault-tools init --lang {screen.language()}"
        reason = about_language(vault_, language, command)
        refused = {page.path for page in plan.pages if not dry_run and not carry_out(vault_, page)}
    if quiet:
        return
    _tell_set_up(plan, refused, dry_run=dry_run, verbose=verbose)
    if lang is None and screen.language() != language and screen.language() in ("en", *note_languages()):
        click.echo(screen.render(reason))


def _tell_set_up(plan: "Setup", refused: set[str], *, dry_run: bool, verbose: bool) -> None:
    """Print what was written and what was there before, and what to do next; many kept files only by their number."""
    kept = plan.kept if verbose or len(plan.kept) <= MOST_KEPT else [screen.phrase("init.kept-many", n=len(plan.kept))]
    states = [("init.kept", each) for each in kept]
    for page in plan.pages:
        row = "init.kept" if page.path in refused else "init.would-write" if dry_run else "init.written"
        states.append((row, page.path))
    for row, path in states:
        click.echo(f"  {padded(screen.phrase(row), 8)} {path}")
    for step in plan.steps:
        click.echo(screen.render(step))


@main.command()
@argument("type_", metavar="type")
@argument("title", required=False, metavar="optional-title")
@option("--open", "link", is_flag=True)
@option("--vault", type=VAULT)
@quiet_option
@explained
def new(*, type_: str, title: str | None, vault: Path | None, link: bool, quiet: bool) -> None:
    """Create a note of a TYPE from its template, and print its path."""
    from vault_tools.authoring.create import create  # noqa: PLC0415  (see opened)

    refuse_if_read_only("new")
    with opened(vault, cache=True, quiet=quiet) as vault_:
        made = create(vault_, type_, title, _now(vault_), language=screen.language())
    if not quiet:
        click.echo(made.address if link else made.path)
    if not made.new:
        screen.tell("new.there", err=True)


@main.command()
@argument("names", nargs=-1, metavar="vault-and-notes")
@option("--complete", "fill_up", is_flag=True)
@option("--dry-run", is_flag=True)
@option("--vault", "vault_named", type=VAULT)
@quiet_option
@explained
def inject(*, names: tuple[str, ...], fill_up: bool, dry_run: bool, vault_named: Path | None, quiet: bool) -> None:
    """Fill empty notes with the template for their folder's note type."""
    from vault_tools.authoring.inject import Left, every_note, plan  # noqa: PLC0415  (see opened)
    from vault_tools.store import journal  # noqa: PLC0415

    if not dry_run:
        refuse_if_read_only("inject", "screen.dry-run-instead")
    first = Path(names[0]) if names and Path(names[0]).is_dir() else None
    wanted = names[1:] if first else names
    left: list[Left] = []
    late, filled = False, 0
    with opened(one_vault(first, vault_named), cache=True, quiet=quiet, writes=not dry_run) as vault_:
        paths = [_found(vault_, name) for name in wanted] or every_note(vault_)
        for step in plan(vault_, paths, _now(vault_), fill_up=fill_up):
            if isinstance(step, Left):
                left.append(step)
                continue
            filled += 1
            why = _filled(vault_, step, dry_run=dry_run, quiet=quiet)
            if why is not None:
                left.append(Left(step.path, why))
                late = True
        if not is_read_only():
            journal.forget_old(vault_.root)
    told = [each for each in left if wanted or each.fits]
    _tell_left(told)
    if not (filled or told or quiet):
        screen.tell("inject.nothing-complete" if fill_up else "inject.nothing", err=True)
    if late or (wanted and any(each.fits for each in left)):
        sys.exit(2)


def _filled(vault: "Vault", step: "Change", *, dry_run: bool, quiet: bool) -> Say | None:
    """Fill a note, or show how it would change; return why it was not filled, None if it was."""
    from vault_tools.authoring.inject import carry_out  # noqa: PLC0415  (see opened)

    if dry_run:
        show_difference(step.path, step.before, step.after)
        return None
    why = carry_out(vault, step)
    if why is None and not quiet:
        click.echo(step.path)
    return why


def _tell_left(left: list["Left"]) -> None:
    """Say why notes were not changed: a line for each reason."""
    reasons: dict[Say, list[str]] = {}
    for each in left:
        reasons.setdefault(each.why, []).append(each.path)
    for reason, paths in reasons.items():
        first, more = short(paths[0], LONGEST), len(paths) - 1
        what = say("common.list-more", list=first, n=more) if more else first
        screen.warn(say("screen.left-alone", what=what, reason=reason))


def _found(vault: "Vault", name: str) -> str:
    """Return the vault path of a note that is named by its path, from here or in the vault, or only by its name."""
    from vault_tools.graph.names import paths_called  # noqa: PLC0415

    here = Path(name).resolve()
    inside = here.relative_to(vault.root).as_posix() if here.is_relative_to(vault.root) and here.is_file() else name
    paths = [path for path, node in vault.knowledge.nodes.items() if node.kind == "note"]
    found = paths_called(paths, inside)
    return found[0] if found else _only(vault, inside)


def _only(vault: "Vault", name: str) -> str:
    """Return a name that no note has; a usage error (exit code 2) if several notes have it."""
    from vault_tools.cli.learning import meant  # noqa: PLC0415  (see opened)
    from vault_tools.graph.lookup import find  # noqa: PLC0415

    return meant(vault.knowledge, name) if len(find(vault.knowledge, name).nodes) > 1 else name


def _now(vault: "Vault") -> datetime:
    from vault_tools import clock  # noqa: PLC0415  (see opened)

    return clock.now(vault.settings.vault.timezone)
