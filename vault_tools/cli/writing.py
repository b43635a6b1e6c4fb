"""The commands that write new files: init, new."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vault_tools.cli import screen
from vault_tools.cli.base import (
    VAULT,
    explained,
    main,
    quiet_option,
    refuse_if_read_only,
    vault_argument,
)
from vault_tools.cli.commands import Language, argument, option
from vault_tools.cli.layout import padded
from vault_tools.cli.opening import now, opened
from vault_tools.shipped import note_languages

if TYPE_CHECKING:
    from vault_tools.authoring.setup import Setup

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
        reason = about_language(vault_, language, f"vault-tools init --lang {screen.language()}")
        refused = set() if dry_run else {page.path for page in plan.pages if not carry_out(vault_, page)}
    if quiet:
        return
    _report_files(plan, refused, dry_run=dry_run, verbose=verbose)
    for step in plan.steps:
        click.echo(screen.render(step))
    if lang is None and _speaks_other(language):
        click.echo(screen.render(reason))


def _speaks_other(language: str) -> bool:
    """Tell whether the screen speaks another language than the templates, in which there are templates too."""
    return screen.language() != language and screen.language() in ("en", *note_languages())


def _report_files(plan: "Setup", refused: set[str], *, dry_run: bool, verbose: bool) -> None:
    """Print what was written and what was there before; many kept files only by their number."""
    kept = plan.kept if verbose or len(plan.kept) <= MOST_KEPT else [screen.phrase("init.kept-many", n=len(plan.kept))]
    written = "init.would-write" if dry_run else "init.written"
    rows = [("init.kept", each) for each in kept]
    rows += [("init.kept" if page.path in refused else written, page.path) for page in plan.pages]
    for title, path in rows:
        click.echo(f"  {padded(screen.phrase(title), 8)} {path}")


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
        made = create(vault_, type_, title, now(vault_), language=screen.language())
    if not quiet:
        click.echo(made.address if link else made.path)
    if not made.new:
        screen.tell("new.there", err=True)
