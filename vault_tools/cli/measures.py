"""The commands about learning: next, stats, check."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli.base import columns, explained, main, opened, print_json, today_option, vault_argument

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.finding import Finding
    from vault_tools.model.learning import Crossed, WindowKind

WINDOWS = ("week", "month", "quarter", "year")


@main.command("next")
@vault_argument
@today_option
@click.option("-n", "--most", type=click.IntRange(1), default=5, show_default=True, help="How many to name.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@explained
def next_(*, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, most: int, as_json: bool) -> None:
    """Say what you are ready to learn now: what most needs it, and what it unlocks."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        found = vault_.findings["ready"][:most]
        if as_json:
            print_json([_as_data(vault_, finding) for finding in found])
            return
        if quiet:
            return
        if not found:
            from vault_tools.insights.ready import INSIGHT  # noqa: PLC0415  (see opened)

            click.echo(vault_.linker.own(INSIGHT.empty))
        for at, finding in enumerate(found, 1):
            click.secho(f"{at}. {vault_.linker.name(finding.subject)}", bold=True)
            click.echo(f"   {vault_.speak(finding.why)}")
            if finding.step:
                click.echo(f"   → {vault_.speak(finding.step)}")


@main.command()
@vault_argument
@today_option
@click.option("--json", "as_json", is_flag=True, help="Print everything, with the notes behind each figure, as JSON.")
@click.option("--by", type=click.Choice(WINDOWS), default="month", show_default=True, help="The kind of period.")
@click.option("--last", type=click.IntRange(1, 120), default=4, show_default=True, help="How many periods.")
@explained
def stats(
    *, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, as_json: bool, by: "WindowKind", last: int
) -> None:
    """Print the measures of learning, period by period."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        rows = vault_.stats(by, last)
        if as_json:
            print_json(rows)
            return
        if quiet:
            return
        heads = ["", *rows["windows"]]
        lines = [[measure["title"], *(figure["said"] for figure in measure["figures"])] for measure in rows["measures"]]
        click.echo(columns([heads, *lines]))
        if rows["resting"]:
            from vault_tools.render.learning import resting  # noqa: PLC0415  (see opened)

            click.echo(vault_.speak((resting(rows["today"]),)))


@main.command()
@vault_argument
@today_option
@click.option("--json", "as_json", is_flag=True, help="Print the limits that are crossed as JSON.")
@explained
def check(*, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, as_json: bool) -> None:
    """Look at the limits that the settings name under [check]; end with 1 if one is crossed."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        crossed = vault_.learning.crossed
        said = [
            f"{vault_.linker.name(each.subject)}{vault_.linker.own('common.colon')}{vault_.speak(each.why)}"
            for each in vault_.findings["alerts"]
        ]
        if as_json:
            print_json([_limit(each, line) for each, line in zip(crossed, said, strict=True)])
        elif not quiet:
            for line in said or [_none_crossed(vault_)]:
                click.echo(line)
    if crossed:
        sys.exit(1)


def _none_crossed(vault: "Vault") -> str:
    """Say that no limit is crossed, or that there is none."""
    from vault_tools.model.text import say  # noqa: PLC0415  (see opened)

    limits = len(vault.settings.check.alerts)
    if not limits:
        none = say("stats.no-limits")
        return vault.speak((none,))
    return vault.speak((say("stats.none-crossed", n=limits),))


def _limit(crossed: "Crossed", said: str) -> dict[str, Any]:
    figure = {"value": crossed.figure.value, "part": crossed.figure.part, "whole": crossed.figure.whole}
    return {"limit": crossed.text, "measure": crossed.measure, "window": crossed.window.name, **figure, "said": said}


def _as_data(vault: "Vault", finding: "Finding") -> dict[str, Any]:
    return {
        "note": finding.subject.id,
        "title": vault.linker.name(finding.subject),
        "weight": finding.weight,
        "why": vault.speak(finding.why),
        "step": vault.speak(finding.step),
    }
