"""The commands that show what is in a vault: report, export."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli.base import (
    FILE,
    explained,
    force_option,
    is_read_only,
    main,
    opened,
    short,
    stdout,
    titled,
    vault_argument,
)
from vault_tools.model.outcome import UNFINISHED
from vault_tools.model.speech import english

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.outcome import Outcome

SHOWN = 5
FOLDER = click.Path(path_type=Path, file_okay=False)
ORPHANS = ("isolated", "no-in", "no-out", "islands", "weak")


@main.command()
@vault_argument
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--orphans", type=click.Choice(ORPHANS), help="What counts as an orphan, for this run.")
@click.option("--no-regions", is_flag=True, help="Leave the regions in notes alone.")
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    metavar="FOLDER",
    help="Write the pages to this folder outside the vault, and change nothing in the vault.",
)
@click.option("--max-gaps", type=click.IntRange(0), help="Exit with 1 if there are more gaps than this.")
@click.option("--max-orphans", type=click.IntRange(0), help="Exit with 1 if there are more orphans than this.")
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
    """Write the reports and graph.html into the vault, and fill the regions that notes have marked.

    With --output, the pages go to a folder outside the vault, and the vault does not change. With --read-only and no
    --output, you only see the figures.
    """
    writes = not no_regions and output is None
    with opened(vault, cache=not no_cache, quiet=quiet, orphans=orphans, writes=writes) as vault_:
        outcome = vault_.report(regions=not no_regions) if output is None else vault_.report_to(output)
        if as_json:
            stdout().write(json.dumps(_as_dict(outcome), ensure_ascii=False, indent=2) + "\n")
        elif not quiet:
            _say(outcome, vault_.root)
            _say_left(vault_, output)
    for line in (*_left(outcome), *map(english, (*vault_.troubles, *outcome.refused))):
        click.echo(f"Warning: {line}", err=True)
    if outcome.refused:
        sys.exit(2)
    over = _over(outcome, max_gaps, max_orphans)
    for line in over:
        click.echo(line, err=True)
    if over:
        sys.exit(1)


def _left(outcome: "Outcome") -> list[str]:
    """Say which notes' regions were left alone, and why; a line for each."""
    reasons = (
        ("changed-meanwhile", "{} changed while it was read, so its regions were left alone: run again"),
        (UNFINISHED, "{} contains an unfinished merge, so its regions were not refreshed"),
    )
    return [line.format(path) for state, line in reasons for path, each in outcome.regions.items() if each == state]


def _over(outcome: "Outcome", max_gaps: int | None, max_orphans: int | None) -> list[str]:
    """Say which figures are over the limits that were given; a line for each."""
    gaps, alone = sum(outcome.summary.gaps.values()), outcome.summary.orphans
    return [
        f"{count} {name}, more than the {most} allowed"
        for name, count, most in (("gaps", gaps, max_gaps), ("orphans", alone, max_orphans))
        if most is not None and count > most
    ]


def _show_schema(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    """Print what `export --format json` looks like, and stop."""
    from vault_tools.exporters.json import schema  # noqa: PLC0415  (see opened)

    if wanted:
        click.echo(schema(), nl=False)
        context.exit()


@main.command()
@vault_argument
@click.option(
    "--format",
    "form",
    required=True,
    metavar="FORMAT",
    help="What to export: json, html, or another that is installed.",
)
@click.option("-o", "--output", type=FILE, help="Write to this file, not to the screen.")
@force_option
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_show_schema, help="Print the JSON Schema."
)
@explained
def export(*, vault: Path | None, no_cache: bool, quiet: bool, form: str, output: Path | None, force: bool) -> None:
    """Print everything known of the vault for other programs."""
    from vault_tools.app import MARKS  # noqa: PLC0415  (see opened)
    from vault_tools.exporters import exporter, names  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    if form not in names():
        message = f"there is no format {form!r}; there are {', '.join(names())}"
        raise click.BadParameter(message, param_hint="--format")
    with opened(vault, cache=not no_cache, quiet=quiet or output is None) as vault_:
        if output is None:
            stdout().writelines(vault_.export(form))
            return
        marks = (*MARKS, *filter(None, [exporter(form).mark]))
        disk.write_out(output, vault_.export(form), vault_.root, marks, force=force)
    if not quiet:
        click.echo(output)


def _as_dict(outcome: "Outcome") -> dict[str, Any]:
    return asdict(outcome.summary) | {"pages": outcome.pages, "regions": outcome.regions}


def _say(outcome: "Outcome", root: Path) -> None:
    """Print the summary: short, and useful."""
    found = outcome.summary
    click.secho(f"{short(found.vault, 40)}: {found.notes} notes, {sum(found.relations.values())} relations", bold=True)
    gaps = ", ".join(f"{name} {count}" for name, count in found.gaps.items() if count)
    click.echo(f"  gaps      {gaps or 'none'}")
    for figure in found.top[:SHOWN]:
        click.echo(f"            · {short(figure.name, 40)}: {short(figure.why, 76)}")
    titled("learning", (f"{figure.name}: {figure.why}" for figure in found.learning))
    if found.learn_now:
        names = ", ".join(short(name, 40) for name in found.learn_now[:SHOWN])
        click.echo(f"  learn     {names}{' …' if len(found.learn_now) > SHOWN else ''}")
    share = f" ({100 * found.orphans / found.orphans_of:.0f} %)" if found.orphans_of else ""
    click.echo(f"  orphans   {found.orphans} of {found.orphans_of} notes{share}, {found.orphan_definition}")
    if found.problems:
        click.echo(f"  problems  {found.problems}, listed in Overview.md")
    if outcome.regions:
        click.echo(f"  regions   {_regions(outcome)}")
    if not outcome.pages:
        return
    written = sum(state == "written" for state in outcome.pages.values())
    folder = root / next(iter(outcome.pages)).rpartition("/")[0]
    here = Path.cwd()
    where = folder.relative_to(here) if folder.is_relative_to(here) else folder
    click.echo(f"  pages     {where} ({written} of {len(outcome.pages)} written)")


def _say_left(vault: "Vault", output: Path | None) -> None:
    """Say what was not written because the vault must not change."""
    if output is None and not is_read_only():
        return
    if any(note.regions for note in vault.notes):
        click.echo("  regions   not refreshed: nothing is written into the vault")
    if output is None:
        click.echo("  pages     not written; --output FOLDER writes them outside the vault")


def _regions(outcome: "Outcome") -> str:
    """Say what became of the notes with regions."""
    counts = Counter(outcome.regions.values())
    more = (
        ("changed-meanwhile", "changed meanwhile"),
        ("left-as-undone", "left as undone"),
        (UNFINISHED, "skipped because of an unfinished merge"),
        ("refused", "left alone"),
    )
    said = [f"{counts[state]} {words}" for state, words in more if counts[state]]
    return ", ".join([f"{counts['written']} of {len(outcome.regions)} refreshed", *said])
