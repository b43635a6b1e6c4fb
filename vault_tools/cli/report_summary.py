"""The summary that `report` prints: the figures of the vault, and what was written."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from vault_tools.cli import screen
from vault_tools.cli.base import is_read_only, short, titled
from vault_tools.model.text import say

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.outcome import Figure, Outcome, Summary

SHOWN = 5
"""How many gaps and notes are named."""


def report_outcome(outcome: "Outcome", vault: "Vault", output: Path | None) -> None:
    """Print the summary of a run, short and useful, and what was not written."""
    _report_summary(outcome.summary)
    if outcome.regions:
        _row("report.regions", _format_regions(outcome))
    if outcome.pages:
        _row("report.pages", _format_pages(outcome, vault.root))
    _report_untouched(vault, output)


def _report_summary(summary: "Summary") -> None:
    """Print the figures of a vault."""
    notes = screen.format_phrase("report.notes", n=summary.notes)
    relations = screen.format_phrase("report.relations", n=sum(summary.relations.values()))
    screen.report_phrase("report.head", bold=True, vault=short(summary.vault, 40), notes=notes, relations=relations)
    _row("report.gaps", _format_gaps(summary))
    for figure in summary.top[:SHOWN]:
        titled("", [f"· {_format_figure(figure, 40, 76)}"])
    titled(screen.format_phrase("report.learning"), (_format_figure(figure, 40, 100) for figure in summary.learning))
    if summary.learn_now:
        _row("report.learn", _format_learn_now(summary))
    _row("report.orphans", _format_orphans(summary))
    if summary.problems:
        _row("report.problems", screen.format_phrase("report.problems-listed", n=summary.problems))


def _format_learn_now(summary: "Summary") -> str:
    """Return the notes to learn now: the first few."""
    names = tuple(short(name, 40) for name in summary.learn_now[:SHOWN])
    return screen.format_phrase("report.list-more" if len(summary.learn_now) > SHOWN else "report.list", items=names)


def _row(title: str, text: str) -> None:
    """Print a line of the summary with its title."""
    titled(screen.format_phrase(title), [text])


def _format_figure(figure: "Figure", name: int, why: int) -> str:
    """Return a gap or a measure with the reason, each cut where it is too long."""
    from vault_tools.model.text_json import unpack_text  # noqa: PLC0415  (see opened)

    texts = [screen.format_text(unpack_text(text)) for text in figure.texts]
    return screen.format_phrase("report.figure", name=short(texts[0], name), why=short(texts[1], why))


def _format_gaps(summary: "Summary") -> str:
    """Return the gaps by kind, with how many there are of each."""
    from vault_tools.insights import insights  # noqa: PLC0415  (see opened)

    titles = {insight.name: insight.title for insight in insights()}
    counts = [(titles[name], count) for name, count in summary.gaps.items() if count]
    if not counts:
        return screen.format_phrase("report.none")
    kinds = tuple(screen.format_phrase("report.gap", kind=title, n=count) for title, count in counts)
    return screen.format_phrase("report.list", items=kinds)


def _format_orphans(summary: "Summary") -> str:
    """Return how many orphans there are, and what counts as one."""
    if not summary.orphans_of:
        return screen.format_phrase("report.no-notes")
    share = f"{100 * summary.orphans / summary.orphans_of:.0f}"
    return screen.format_text(
        say(f"report.orphans-{summary.orphan_definition}", n=summary.orphans, all=summary.orphans_of, percent=share)
    )


def _format_pages(outcome: "Outcome", root: Path) -> str:
    """Return where the pages are, and how many of them were written."""
    written = sum(state == "written" for state in outcome.pages.values())
    folder = root / next(iter(outcome.pages)).rpartition("/")[0]
    here = Path.cwd()
    where = folder.relative_to(here) if folder.is_relative_to(here) else folder
    if not written and set(outcome.pages.values()) == {"unchanged"}:
        return screen.format_phrase("report.pages-unchanged", folder=str(where), n=len(outcome.pages))
    return screen.format_phrase("report.pages-written", folder=str(where), n=written, all=len(outcome.pages))


def _report_untouched(vault: "Vault", output: Path | None) -> None:
    """Print what was not written because the vault must not change."""
    if output is None and not is_read_only():
        return
    if any(note.regions for note in vault.notes):
        _row("report.regions", screen.format_phrase("report.regions-untouched"))
    if output is None:
        _row("report.pages", screen.format_phrase("report.pages-untouched"))


def _format_regions(outcome: "Outcome") -> str:
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
        return screen.format_phrase("report.regions-unchanged", n=len(outcome.regions))
    written = screen.format_phrase("report.regions-refreshed", n=counts["written"], all=len(outcome.regions))
    rest = [screen.format_phrase(row, n=counts[state]) for state, row in more if counts[state]]
    return screen.format_phrase("report.list", items=(written, *rest))
