"""One report: the pages and the map, written into the vault or into a folder outside."""

from collections.abc import Iterator
from pathlib import Path

from vault_tools import ours
from vault_tools.answering.answers import Answers
from vault_tools.errors import NotOursError, OutputError, VaultToolsError, by_cause, reason
from vault_tools.model.change import Page
from vault_tools.model.outcome import Outcome, Summary
from vault_tools.model.text import say
from vault_tools.publishing import graph, remembered
from vault_tools.publishing.beside import beside
from vault_tools.publishing.pages import PageStates, refresh, refresh_reports, write
from vault_tools.publishing.refill import RegionStates
from vault_tools.render import pages
from vault_tools.store import untouched

LARGE = 1_000
"""The number of nodes from which the graph's page is worth a separate process."""


def figures(answers: Answers) -> Summary:
    """Return the figures of the vault; the previous ones if nothing has changed since."""
    last = remembered.summary(answers.snapshot)
    if last is not None:
        return last
    remembered.remember_summary(answers.snapshot, answers.summary)
    return answers.summary


def report(answers: Answers, regions: RegionStates) -> Outcome:
    """Write every page that differs; `regions` is what became of the regions.

    If the disk is full or read-only, the outcome says so and still has the figures.
    """
    snapshot = answers.snapshot
    is_to_draw = snapshot.vault.workers > 1 and not graph.is_remembered(snapshot)
    is_large = is_to_draw and len(answers.knowledge.nodes) >= LARGE
    with beside(lambda: graph.html(answers), is_wanted=is_large) as html:
        reports = refresh_reports(answers, stops=False)
        drawn = refresh(snapshot, graph.NAME, lambda: [graph.page(snapshot.vault, html())], stops=False)
    errors = (*by_cause([*reports.errors, *drawn.errors]), *by_cause(regions.errors))
    return Outcome(figures(answers), {**reports.states, **drawn.states}, errors, dict(regions.states))


def report_to(answers: Answers, place: Path) -> Outcome:
    """Write every page that differs into a folder outside the vault; see `Vault.report_to`."""
    if untouched.holds(answers.snapshot.vault.root, place):
        raise OutputError(say("error.output-in-vault", place=str(place)))
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = say("error.output-not-created", place=str(place), reason=reason(error))
        return Outcome(figures(answers), {}, (why,))
    folder, result = place.resolve(), PageStates()
    for page in list(_pages_outside(answers)):
        write(folder, page, result, stops=False)
    states = {str(folder / name): state for name, state in result.states.items()}
    errors = (_named(folder, error) for error in result.errors)
    return Outcome(figures(answers), states, tuple(by_cause(errors)))


def _pages_outside(answers: Answers) -> Iterator[Page]:
    """Yield the pages for a folder outside the vault; they link to each other by file name."""
    yield from pages.pages(answers.report(answers.linker_of("uri"), ""))
    yield answers.charts(ours.CHARTS)
    yield Page(ours.GRAPH_PAGE, graph.html(answers, outside=True))


def _named(folder: Path, error: VaultToolsError) -> VaultToolsError:
    """Return an error about a file that is not ours with the whole path of the file."""
    if not isinstance(error, NotOursError):
        return error
    return OutputError(say("error.output-not-ours", path=str(folder / error.path)))
