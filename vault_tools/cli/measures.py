"""The commands about learning: next, stats, check."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli import screen
from vault_tools.cli.base import explained, json_option, main, print_json, today_option, vault_argument
from vault_tools.cli.commands import option
from vault_tools.cli.layout import columns
from vault_tools.cli.opening import linker, opened
from vault_tools.cli.value_types import ChoiceType, NumberType

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.finding import Finding
    from vault_tools.model.learning import CrossedAlert, WindowKind

WINDOWS = ("week", "month", "quarter", "year")


@main.command("next")
@vault_argument
@today_option
@option("-n", "--most", type=NumberType(1), default=5, show_default=True, metavar="number")
@json_option
@explained
def next_(*, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, most: int, as_json: bool) -> None:
    """List what you are ready to learn now: what needs it most, and what it unlocks."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        found = vault_.findings["ready"][:most]
        if as_json:
            print_json([_as_data(vault_, finding) for finding in found])
            return
        if quiet:
            return
        if not found:
            from vault_tools.insights.ready import INSIGHT  # noqa: PLC0415  (see opened)

            click.echo(screen.format_text(INSIGHT.empty))
        link = linker(vault_)
        for at, finding in enumerate(found, 1):
            click.secho(f"{at}. {link.name(finding.subject)}", bold=True)
            click.echo(f"   {link.plain(finding.why)}")
            if finding.step:
                click.echo(f"   → {link.plain(finding.step)}")


@main.command()
@vault_argument
@today_option
@json_option
@option("--by", type=ChoiceType(WINDOWS), default="month", show_default=True)
@option("--last", type=NumberType(1, 120), default=4, show_default=True, metavar="number")
@explained
def stats(
    *, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, as_json: bool, by: "WindowKind", last: int
) -> None:
    """Print the measures of your learning, period by period."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        rows = vault_.stats(by, last, None if as_json else linker(vault_))
        if as_json:
            print_json(rows)
            return
        if quiet:
            return
        heads = ["", *rows["windows"]]
        lines = [[measure["title"], *map(_cell, measure["figures"])] for measure in rows["measures"]]
        click.echo(columns([heads, *lines]))
        if any(figure["lacking"] for measure in rows["measures"] for figure in measure["figures"]):
            screen.report_phrase("stats.not-enough", n=vault_.learning.enough)
        if rows["resting"]:
            from vault_tools.render.figures import resting  # noqa: PLC0415  (see opened)

            click.echo(screen.format_text(resting(rows["today"])))


def _cell(figure: dict[str, Any]) -> str:
    """Return a figure of the table, or how many cases it lacks; below the table, one line explains that."""
    sentence: str = figure["said"]
    return screen.format_phrase("stats.more-needed", n=figure["lacking"]) if figure["lacking"] else sentence


@main.command()
@vault_argument
@today_option
@json_option
@explained
def check(*, vault: Path | None, no_cache: bool, quiet: bool, today: date | None, as_json: bool) -> None:
    """Check the limits of your settings; end with 1 if one is exceeded."""
    with opened(vault, cache=not no_cache, quiet=quiet, today=today) as vault_:
        crossed = vault_.learning.crossed_alerts
        link = vault_.linker if as_json else linker(vault_)
        sentence = [
            f"{link.name(each.subject)}{link.own('common.colon')}{link.plain(each.why)}"
            for each in vault_.findings["alerts"]
        ]
        if as_json:
            print_json([_limit(each, line) for each, line in zip(crossed, sentence, strict=True)])
        elif not quiet:
            for line in sentence or _none_crossed(vault_):
                click.echo(line)
    if crossed:
        sys.exit(1)


def _none_crossed(vault: "Vault") -> list[str]:
    """Say that no limit is exceeded, or that there is none, with lines that can be pasted."""
    limits = len(vault.settings.check.alerts)
    if limits:
        return [screen.format_phrase("stats.none-crossed", n=limits)]
    return [screen.format_phrase("stats.no-limits"), "", "[check]", screen.format_phrase("stats.limits-example")]


def _limit(crossed: "CrossedAlert", sentence: str) -> dict[str, Any]:
    figure = {"value": crossed.measurement.value, "part": crossed.measurement.part, "whole": crossed.measurement.whole}
    return {
        "limit": crossed.text,
        "measure": crossed.measure,
        "window": crossed.window.name,
        **figure,
        "said": sentence,
    }


def _as_data(vault: "Vault", finding: "Finding") -> dict[str, Any]:
    return {
        "note": finding.subject.id,
        "title": vault.linker.name(finding.subject),
        "weight": finding.weight,
        "why": vault.format_text(finding.why),
        "step": vault.format_text(finding.step),
    }
