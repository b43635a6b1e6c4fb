"""The commands that show what is in a vault: report, export."""

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli import screen
from vault_tools.cli.base import (
    FILE,
    FOLDER,
    explained,
    force_option,
    is_read_only,
    json_option,
    main,
    print_json,
    short,
    stdout,
    titled,
    vault_argument,
)
from vault_tools.cli.commands import Choice, Number, option
from vault_tools.cli.opening import opened
from vault_tools.model.defaults import ORPHAN_DEFINITIONS
from vault_tools.model.text import Say, say

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.outcome import Figure, Outcome, Summary

SHOWN = 5


class Definition(Choice):
    """A definition of orphans, by its id or by what a page calls it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the id."""
        named = {screen.phrase(f"definitions.name-{each}").casefold(): each for each in ORPHAN_DEFINITIONS}
        return str(super().convert(named.get(str(value).strip().casefold(), value), param, ctx))


@main.command()
@vault_argument
@json_option
@option("--orphans", type=Definition(ORPHAN_DEFINITIONS))
@option("--no-regions", is_flag=True)
@option("-o", "--output", type=FOLDER, metavar="folder")
@option("--max-gaps", type=Number(0), metavar="number")
@option("--max-orphans", type=Number(0), metavar="number")
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
    from vault_tools.store import places  # noqa: PLC0415  (see opened)

    writes = not no_regions and output is None
    with opened(vault, cache=not no_cache, quiet=quiet, orphans=orphans, writes=writes) as vault_:
        outcome = vault_.report(regions=not no_regions) if output is None else vault_.report_to(output)
        if as_json:
            print_json(_as_dict(outcome))
        elif not quiet:
            _say(outcome, vault_.root)
            _say_left(vault_, output)
        if not outcome.summary.notes and not places.settings_folders(vault_.root):
            screen.warn(say("report.no-vault", folder=str(vault_.root)))
    for said in (*_left(outcome), *vault_.snapshot.troubles, *outcome.refused):
        screen.warn(said)
    if outcome.refused:
        sys.exit(2)
    over = _over(outcome, max_gaps, max_orphans)
    for line in over:
        click.echo(line, err=True)
    if over:
        sys.exit(1)


def _left(outcome: "Outcome") -> list[Say]:
    """Say which notes' regions were not refreshed, and why; a line for each."""
    from vault_tools.model.outcome import UNFINISHED  # noqa: PLC0415  (see opened)

    reasons = (("changed-meanwhile", "report.left-changed"), (UNFINISHED, "report.left-unfinished"))
    regions = outcome.regions.items()
    return [say(row, path=path) for state, row in reasons for path, each in regions if each == state]


def _over(outcome: "Outcome", max_gaps: int | None, max_orphans: int | None) -> list[str]:
    """Say which figures are over the limits that were given; a line for each."""
    gaps, orphans = sum(outcome.summary.gaps.values()), outcome.summary.orphans
    return [
        screen.phrase(row, n=count, most=most)
        for row, count, most in (
            ("report.too-many-gaps", gaps, max_gaps),
            ("report.too-many-orphans", orphans, max_orphans),
        )
        if most is not None and count > most
    ]


def _show_schema(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    """Print what `export --format json` looks like, and stop."""
    from vault_tools.exporters.json import schema  # noqa: PLC0415  (see opened)

    if wanted:
        click.echo(schema(), nl=False)
        context.exit()


class _Format(click.ParamType):  # type: ignore[type-arg]  # older versions of click take none
    """A format of `export`."""

    name = "format"

    @property
    def choices(self) -> list[str]:
        """The formats there are."""
        from vault_tools.exporters import names  # noqa: PLC0415  (see opened)

        return names()


@main.command()
@vault_argument
@option("--format", "form", required=True, type=_Format(), metavar="format")
@option("-o", "--output", type=FILE, metavar="file")
@force_option
@option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=_show_schema)
@explained
def export(*, vault: Path | None, no_cache: bool, quiet: bool, form: str, output: Path | None, force: bool) -> None:
    """Print the graph and everything in it for other programs."""
    from vault_tools import ours  # noqa: PLC0415  (see opened)
    from vault_tools.exporters import exporter, names  # noqa: PLC0415
    from vault_tools.store.output import write_out  # noqa: PLC0415

    if form not in names():
        raise screen.misuse("export.no-such-format", name=form, known=tuple(names()))
    with opened(vault, cache=not no_cache, quiet=quiet or output is None) as vault_:
        if output is None:
            stdout().writelines(vault_.export(form))
            return
        marks = (*ours.MARKS, *filter(None, [exporter(form).mark]))
        write_out(output, vault_.export(form), vault_.root, marks, force=force)
    if not quiet:
        click.echo(output)


def _as_dict(outcome: "Outcome") -> dict[str, Any]:
    found = asdict(outcome.summary) | {"pages": outcome.pages, "regions": outcome.regions}
    for name in ("top", "learning"):
        found[name] = [{"name": each["name"], "why": each["why"]} for each in found[name]]
    return found


def _say(outcome: "Outcome", root: Path) -> None:
    """Print the summary: short, and useful."""
    found = outcome.summary
    notes = screen.phrase("report.notes", n=found.notes)
    relations = screen.phrase("report.relations", n=sum(found.relations.values()))
    screen.tell("report.head", bold=True, vault=short(found.vault, 40), notes=notes, relations=relations)
    _row("report.gaps", _gaps(found))
    for figure in found.top[:SHOWN]:
        titled("", [f"· {_figure(figure, 40, 76)}"])
    titled(screen.phrase("report.learning"), (_figure(figure, 40, 100) for figure in found.learning))
    if found.learn_now:
        names = tuple(short(name, 40) for name in found.learn_now[:SHOWN])
        _row(
            "report.learn",
            screen.phrase("report.list-more" if len(found.learn_now) > SHOWN else "report.list", items=names),
        )
    _row("report.orphans", _orphans(found))
    if found.problems:
        _row("report.problems", screen.phrase("report.problems-listed", n=found.problems))
    if outcome.regions:
        _row("report.regions", _regions(outcome))
    if outcome.pages:
        _row("report.pages", _pages(outcome, root))


def _row(title: str, text: str) -> None:
    """Print a line of the summary with its title."""
    titled(screen.phrase(title), [text])


def _figure(figure: "Figure", name: int, why: int) -> str:
    """Return a gap or a measure with the reason, each cut where it is too long."""
    from vault_tools.model.text_json import unpacked  # noqa: PLC0415  (see opened)

    texts = [screen.render(unpacked(text)) for text in figure.texts]
    return screen.phrase("report.figure", name=short(texts[0], name), why=short(texts[1], why))


def _gaps(found: "Summary") -> str:
    """Return the gaps by kind, with how many there are of each."""
    from vault_tools.insights import insights  # noqa: PLC0415  (see opened)

    titles = {insight.name: insight.title for insight in insights()}
    kinds = (screen.phrase("report.gap", kind=titles[name], n=count) for name, count in found.gaps.items() if count)
    return (
        screen.phrase("report.list", items=tuple(kinds)) if any(found.gaps.values()) else screen.phrase("report.none")
    )


def _orphans(found: "Summary") -> str:
    """Return how many orphans there are, and what counts as one."""
    if not found.orphans_of:
        return screen.phrase("report.no-notes")
    share = f"{100 * found.orphans / found.orphans_of:.0f}"
    return screen.render(
        say(f"report.orphans-{found.orphan_definition}", n=found.orphans, all=found.orphans_of, percent=share)
    )


def _pages(outcome: "Outcome", root: Path) -> str:
    """Return where the pages are, and how many of them were written."""
    written = sum(state == "written" for state in outcome.pages.values())
    folder = root / next(iter(outcome.pages)).rpartition("/")[0]
    here = Path.cwd()
    where = folder.relative_to(here) if folder.is_relative_to(here) else folder
    if not written and set(outcome.pages.values()) == {"unchanged"}:
        return screen.phrase("report.pages-unchanged", folder=str(where), n=len(outcome.pages))
    return screen.phrase("report.pages-written", folder=str(where), n=written, all=len(outcome.pages))


def _say_left(vault: "Vault", output: Path | None) -> None:
    """Say what was not written because the vault must not change."""
    if output is None and not is_read_only():
        return
    if any(note.regions for note in vault.notes):
        _row("report.regions", screen.phrase("report.regions-untouched"))
    if output is None:
        _row("report.pages", screen.phrase("report.pages-untouched"))


def _regions(outcome: "Outcome") -> str:
    """Say what became of the notes with regions."""
    from vault_tools.model.outcome import UNFINISHED  # noqa: PLC0415  (see opened)

    counts = Counter(outcome.regions.values())
    more = (
        ("changed-meanwhile", "report.regions-changed"),
        ("left-as-undone", "report.regions-undone"),
        (UNFINISHED, "report.regions-unfinished"),
        ("refused", "report.regions-refused"),
    )
    if set(counts) == {"unchanged"}:
        return screen.phrase("report.regions-unchanged", n=len(outcome.regions))
    written = screen.phrase("report.regions-refreshed", n=counts["written"], all=len(outcome.regions))
    rest = [screen.phrase(row, n=counts[state]) for state, row in more if counts[state]]
    return screen.phrase("report.list", items=(written, *rest))
