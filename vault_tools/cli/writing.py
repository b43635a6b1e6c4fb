"""The commands that write notes: init, new, inject."""

import locale
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vault_tools.cli.base import (
    explained,
    is_read_only,
    main,
    opened,
    refuse_if_read_only,
    said,
    short,
    show_difference,
    vault_argument,
)

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.authoring.inject import Left
    from vault_tools.words import Words

LONGEST = 500
"""Characters of a path on the screen."""
FOLDER = click.Path(path_type=Path, readable=False)


@main.command()
@vault_argument
@click.option("--lang", type=click.Choice(["en", "zh"]), help="The language of the templates and the settings.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@explained
def init(*, vault: Path | None, no_cache: bool, quiet: bool, lang: str | None, dry_run: bool) -> None:
    """Put note templates and a commented vault-tools.toml into the vault; nothing is overwritten."""
    from vault_tools import words as catalogue  # noqa: PLC0415
    from vault_tools.authoring.setup import carry_out, setup  # noqa: PLC0415  (see opened)

    if not dry_run:
        refuse_if_read_only("init", "; --dry-run shows what it would write")
    with opened(vault, cache=not no_cache, quiet=quiet) as vault_:
        language = lang or _language(vault_)
        plan = setup(vault_, language)
        refused = [page.path for page in plan.pages if not dry_run and not carry_out(vault_, page)]
    if not quiet:
        for path in plan.kept:
            click.echo(f"  kept     {path}")
        for page in plan.pages:
            click.echo(
                f"  {'kept   ' if page.path in refused else 'would write' if dry_run else 'written'}  {page.path}"
            )
        for step in plan.steps:
            click.echo(said(step, catalogue.words(language)))


def _language(vault: "Vault") -> str:
    """Return the language of a set-up that names none: that of the settings, else the system's."""
    from vault_tools import config  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    if disk.digest_at(vault.root, config.FILE) is not None:
        return "zh" if vault.settings.language.lower().startswith("zh") else "en"
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


@main.command()
@click.argument("type_", metavar="TYPE")
@click.argument("title", required=False)
@click.option("--vault", type=FOLDER, help="The vault's folder; without it, the nearest one upwards.")
@click.option("--open", "link", is_flag=True, help="Print the link that opens the note in Obsidian.")
@explained
def new(*, type_: str, title: str | None, vault: Path | None, link: bool) -> None:
    """Write a new note of a TYPE, from your own template or ours, and print its path.

    TYPE is a type or a template in any language: log, weekly, 项目 …; notes of a day, a week … need no TITLE.
    """
    from vault_tools.authoring.create import create  # noqa: PLC0415  (see opened)

    refuse_if_read_only("new")
    with opened(vault, cache=True, quiet=False) as vault_:
        made = create(vault_, type_, title, _now(vault_))
    click.echo(made.address if link else made.path)
    if not made.new:
        click.echo("it was there already, and is as it was", err=True)


@main.command()
@click.argument("names", nargs=-1, metavar="[VAULT] [NOTE]...")
@click.option("--complete", "fill_up", is_flag=True, help="Add what notes with text of their own lack.")
@click.option("--dry-run", is_flag=True, help="Show the changes, and write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@explained
def inject(*, names: tuple[str, ...], fill_up: bool, dry_run: bool, quiet: bool) -> None:
    """Give each empty note in a folder of a type that type's template.

    With --complete, notes of a known type get the properties and sections that they lack, and nothing else changes.
    NOTE is a path in the vault or the name of a note; without one, every note that fits is taken.
    """
    from vault_tools.authoring.inject import Left, carry_out, every_note, plan  # noqa: PLC0415  (see opened)
    from vault_tools.store import journal  # noqa: PLC0415

    if not dry_run:
        refuse_if_read_only("inject", "; --dry-run shows what it would write")
    vault = Path(names[0]) if names and Path(names[0]).is_dir() else None
    wanted = names[1:] if vault else names
    left: list[Left] = []
    late = False
    with opened(vault, cache=True, quiet=quiet, writes=not dry_run) as vault_:
        paths = [_found(vault_, name) for name in wanted] or every_note(vault_)
        for step in plan(vault_, paths, _now(vault_), fill_up=fill_up):
            if isinstance(step, Left):
                left.append(step)
            elif dry_run:
                show_difference(step.path, step.before, step.after)
            elif (why := carry_out(vault_, step)) is not None:
                left.append(Left(step.path, why))
                late = True
            elif not quiet:
                click.echo(step.path)
        words = vault_.linker.words
        if not is_read_only():
            journal.forget_old(vault_.root)
    _tell_left([each for each in left if wanted or each.fits], words)
    if late or (wanted and any(each.fits for each in left)):
        sys.exit(2)


def _tell_left(left: list["Left"], words: "Words") -> None:
    """Say why notes were not changed: a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for each in left:
        reasons.setdefault(said(each.why, words), []).append(each.path)
    for reason, paths in reasons.items():
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        click.echo(f"Warning: {short(paths[0], LONGEST)}{more} left alone: {reason}", err=True)


def _found(vault: "Vault", name: str) -> str:
    """Return the vault path of a note that is named by its path, from here or in the vault, or only by its name."""
    from vault_tools.graph.names import called  # noqa: PLC0415

    here = Path(name).resolve()
    inside = here.relative_to(vault.root).as_posix() if here.is_relative_to(vault.root) and here.is_file() else name
    paths = [path for path, node in vault.knowledge.nodes.items() if node.kind == "note"]
    return next(iter(called(paths, inside)), inside)


def _now(vault: "Vault") -> datetime:
    from vault_tools import clock  # noqa: PLC0415  (see opened)

    return clock.now(vault.settings.vault.timezone)
