"""The command that writes the reports: report."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli import screen
from vault_tools.cli.base import (
    FOLDER,
    explained,
    json_option,
    main,
    print_json,
    vault_argument,
)
from vault_tools.cli.commands import option
from vault_tools.cli.opening import opened
from vault_tools.cli.report_summary import report_outcome
from vault_tools.cli.value_types import ChoiceType, NumberType
from vault_tools.model.defaults import ORPHAN_DEFINITIONS
from vault_tools.model.text import Say, say

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.outcome import Outcome


class Definition(ChoiceType):
    """A definition of orphans, by its id or by what a page calls it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the id."""
        named = {screen.format_phrase(f"definitions.name-{each}").casefold(): each for each in ORPHAN_DEFINITIONS}
        return str(super().convert(named.get(str(value).strip().casefold(), value), param, ctx))


@main.command()
@vault_argument
@json_option
@option("--orphans", type=Definition(ORPHAN_DEFINITIONS))
@option("--no-regions", is_flag=True)
@option("-o", "--output", type=FOLDER, metavar="folder")
@option("--max-gaps", type=NumberType(0), metavar="number")
@option("--max-orphans", type=NumberType(0), metavar="number")
@explained
def report(  # noqa: PLR0913  (its options)
    *,
    vault: Path | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    orphans: str | None,
    no_regions: bool,
    output: Path | None,
    max_gaps: int | None,
    max_orphans: int | None,
) -> None:
    """Write the reports and the graph page into the vault, and refresh the regions of notes."""
    writes = not no_regions and output is None
    with opened(vault, cache=not no_cache, quiet=quiet, orphans=orphans, writes=writes) as vault_:
        outcome = vault_.report(regions=not no_regions) if output is None else vault_.report_to(output)
        if as_json:
            print_json(_as_dict(outcome))
        elif not quiet:
            report_outcome(outcome, vault_, output)
        _warn_of_trouble(outcome, vault_)
    _stop_if_refused_or_over(outcome, max_gaps, max_orphans)


def _warn_of_trouble(outcome: "Outcome", vault: "Vault") -> None:
    """Warn of an empty folder, of notes that were left, and of what could not be read or written."""
    from vault_tools.store import places  # noqa: PLC0415  (see opened)

    if not outcome.summary.notes and not places.settings_folders(vault.root):
        screen.report_warning(say("report.no-vault", folder=str(vault.root)))
    for trouble in (*_left_notes(outcome), *vault.snapshot.troubles, *outcome.refused):
        screen.report_warning(trouble)


def _stop_if_refused_or_over(outcome: "Outcome", max_gaps: int | None, max_orphans: int | None) -> None:
    """End with 2 if something was not written, with 1 if figures are over their limits."""
    if outcome.refused:
        sys.exit(2)
    over = _over(outcome, max_gaps, max_orphans)
    for line in over:
        click.echo(line, err=True)
    if over:
        sys.exit(1)


def _left_notes(outcome: "Outcome") -> list[Say]:
    """Say which notes' regions were not refreshed, and why; a line for each."""
    from vault_tools.model.outcome import UNFINISHED  # noqa: PLC0415  (see opened)

    reasons = (("changed-meanwhile", "report.left-changed"), (UNFINISHED, "report.left-unfinished"))
    regions = outcome.regions.items()
    return [say(row, path=path) for state, row in reasons for path, each in regions if each == state]


def _over(outcome: "Outcome", max_gaps: int | None, max_orphans: int | None) -> list[str]:
    """Say which figures are over the limits that were given; a line for each."""
    gaps, orphans = sum(outcome.summary.gaps.values()), outcome.summary.orphans
    return [
        screen.format_phrase(row, n=count, most=most)
        for row, count, most in (
            ("report.too-many-gaps", gaps, max_gaps),
            ("report.too-many-orphans", orphans, max_orphans),
        )
        if most is not None and count > most
    ]


def _as_dict(outcome: "Outcome") -> dict[str, Any]:
    data = asdict(outcome.summary) | {"pages": outcome.pages, "regions": outcome.regions}
    for name in ("top", "learning"):
        data[name] = [{"name": each["name"], "why": each["why"]} for each in data[name]]
    return data
