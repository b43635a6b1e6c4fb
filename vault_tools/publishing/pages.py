"""The pages of a vault, written where they differ from what is on the disk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vault_tools import ours
from vault_tools.answering.answers import Answers
from vault_tools.errors import NotOursError, NotWrittenError, VaultToolsError, by_cause, reason
from vault_tools.model.change import Page
from vault_tools.model.text import Say
from vault_tools.publishing import remembered
from vault_tools.reading.snapshot import Snapshot
from vault_tools.store import contents, output, record

_REPORTS = "pages"
"""The name under which the cache remembers the reports."""


@dataclass(slots=True)
class PageStates:
    """What became of each page, by path, and why some could not be written."""

    states: dict[str, str] = field(default_factory=dict)
    errors: list[VaultToolsError] = field(default_factory=list)

    def refuse(self, path: str, error: VaultToolsError) -> None:
        """Record a page that could not be written."""
        self.states[path] = "refused"
        self.errors.append(error)

    @property
    def refused(self) -> list[Say]:
        """A sentence for each cause."""
        return by_cause(self.errors)


def reports(answers: Answers) -> tuple[Page, ...]:
    """Return all pages but that of the graph."""
    vault = answers.snapshot.vault
    known = vault.obsidian.record
    kept = [Page(f"{vault.folder}/{ours.RECORD}", record.format_record(known))] if known else []
    return (*answers.pages, *kept)


def refresh_reports(answers: Answers, *, stops: bool = True) -> PageStates:
    """Write the reports that differ. A full disk is an OSError if it `stops` the run."""
    return refresh(answers.snapshot, _REPORTS, lambda: reports(answers), stops=stops)


def owes_reports(snapshot: Snapshot) -> bool:
    """Tell whether some report is out of date."""
    return remembered.pages(snapshot, _REPORTS) is None


def refresh(
    snapshot: Snapshot, name: str, make: Callable[[], Iterable[Page]], *, again: bool = False, stops: bool = True
) -> PageStates:
    """Write some pages, unless they are still as they were last written and nothing changed since.

    With `again` they are always made. A full disk is an OSError if it `stops` the run.
    """
    last = None if again else remembered.pages(snapshot, name)
    if last is not None:
        return PageStates(dict.fromkeys(last.pages, "unchanged"))
    result = PageStates()
    digests: dict[str, str] = {}
    for page in make():
        write(snapshot.vault.root, page, result, stops=stops)
        digests[page.path] = contents.digest_of(page.text.encode())
    if not result.errors:
        remembered.remember_pages(snapshot, name, digests, is_written="written" in result.states.values())
    return result


def write(root: Path, page: Page, result: PageStates, *, stops: bool) -> None:
    """Write a page below a folder if it differs; if it is refused, the other pages are still written."""
    try:
        result.states[page.path] = "written" if output.write(root, page, ours.MARKS) else "unchanged"
    except (NotOursError, NotWrittenError) as error:
        result.refuse(page.path, error)
    except OSError as error:
        if stops:
            raise
        result.refuse(page.path, NotWrittenError(page.path, reason(error)))
