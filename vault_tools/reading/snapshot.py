"""A vault as its files were at one moment. A changed vault is another snapshot; nothing in one ever changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from vault_tools.carried import Carried
from vault_tools.model.note import Note, Problem
from vault_tools.model.text import Say, say
from vault_tools.reading.day import Day, settle
from vault_tools.reading.file_reader import parse_again
from vault_tools.reading.fingerprint import Outlines, fingerprint, outlines
from vault_tools.reading.opening import OpenVault
from vault_tools.reading.sorted_files import SortedFiles, sort_files
from vault_tools.reading.survey import Progress, Survey, survey
from vault_tools.reading.terms import Terms, own_templates
from vault_tools.reading.text_files import path_of
from vault_tools.render import page_head

_Notes = Mapping[str, Note]


@dataclass(frozen=True)
class Snapshot:
    """What the files of a vault say, and nothing that is concluded from it.

    What is read only when it is needed, and what the next snapshot can take over, is `Carried`: the parsed form of each
    note and of each text that is searched for names, and the digests of notes without their regions.
    """

    vault: OpenVault
    day: Day
    files: SortedFiles
    survey: Survey
    terms: Terms
    parsed: Carried[_Notes]
    texts: Carried[_Notes]
    outlines: Carried[Outlines]

    @property
    def today(self) -> date:
        """The date for which learning is computed."""
        return self.day.today

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Every note and canvas, in the order of paths."""
        found = {**self.parsed(), **{note.path: note for note in self.survey.unreadable}}
        return tuple(found[path] for path in sorted(found) if not page_head.is_ours(found[path]))

    @cached_property
    def mentions(self) -> Mapping[str, tuple[str, ...]]:
        """The names of attachments found outside the notes: in other text files and in Obsidian's settings."""
        texts = sorted(self.texts().items())
        found = {path_of(key): text.mentions for key, text in texts if text.mentions}
        return {**found, self.vault.obsidian.folder: self.vault.obsidian.mentions}

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of each note and canvas that could be read, by its path."""
        return self.survey.digests

    @property
    def unreadable(self) -> list[str]:
        """The files and folders that could not be read."""
        return [path for path, problem in self.survey.problems.items() if problem.code == "unreadable"]

    @property
    def troubles(self) -> list[Say]:
        """What is wrong on this device only, so no page shows it."""
        obsidian, folder = self.vault.obsidian, self.vault.folder
        return [
            *(
                say("vault.other-settings", file=f"{obsidian.folder}/{name}", folder=folder)
                for name in obsidian.differing
            ),
            *(_in_file(path, problem) for path, problem in obsidian.local_problems.items()),
            *(say("vault.page-ahead", day=str(day), today=str(self.day.own)) for day in self.day.ahead[-1:]),
        ]

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that the pages depend on: notes, file names, settings, templates, and our own code."""
        return fingerprint(self.vault, self.today, self.files, self.survey, self.digests)

    @cached_property
    def fingerprint_without_regions(self) -> str:
        """The same without the contents of regions: filling regions does not change it."""
        outlined = {path: outline for (path, _), outline in self.outlines().items()}
        return fingerprint(self.vault, self.today, self.files, self.survey, {**self.digests, **outlined})


def _in_file(path: str, problem: Problem) -> Say:
    return say("vault.file-problem", path=path, problem=problem.sentence, remedy=Say(problem.remedy, problem.values))


def look(vault: OpenVault, progress: Progress | None = None) -> Snapshot:
    """Read a vault: what the cache does not know is read and parsed, by several processes if there is much."""
    day, files = settle(vault), sort_files(vault)
    found = _survey(vault, files, progress or (lambda _done, _all: None), vault.workers)
    return _snapshot(vault, day, files, found, None)


def look_again(earlier: Snapshot, today: date | None = None) -> Snapshot:
    """Read what changed on the disk since the `earlier` look; return that snapshot itself if nothing did.

    `today` is the date of this device, if it has changed. The settings of vault-tools and Obsidian stay as they
    were when the vault was opened.
    """
    vault = earlier.vault
    day, files = settle(vault, today or earlier.day.own), sort_files(vault)
    # Only by this process: a process with threads, such as a daemon, must not be forked.
    found = _survey(vault, files, lambda _done, _all: None, workers=1)
    is_same = (
        day.today == earlier.today
        and found == earlier.survey
        and (files.skipped, files.hidden) == (earlier.files.skipped, earlier.files.hidden)
    )
    return earlier if is_same else _snapshot(vault, day, files, found, earlier)


def _survey(vault: OpenVault, files: SortedFiles, progress: Progress, workers: int) -> Survey:
    return survey(vault.root, files.walk, vault.cache, progress, workers, files.for_names)


def _snapshot(vault: OpenVault, day: Day, files: SortedFiles, result: Survey, earlier: Snapshot | None) -> Snapshot:
    """Return what was found, with all that is still true of the earlier snapshot."""
    templates = own_templates(vault, result.digests)
    notes = Carried(partial(_parsed, vault, result.digests), earlier.parsed.newest if earlier else {})
    return Snapshot(
        vault=vault,
        day=day,
        files=files,
        survey=result,
        terms=earlier.terms if earlier and earlier.terms.templates == templates else Terms(vault, templates),
        parsed=notes,
        texts=Carried(partial(_parsed, vault, result.texts), earlier.texts.newest if earlier else {}),
        outlines=Carried(partial(outlines, vault.root, notes), earlier.outlines.newest if earlier else {}),
    )


def _parsed(vault: OpenVault, digests: Mapping[str, str], earlier: _Notes) -> _Notes:
    """Return the parsed form of each file: as it was known before, else from the cache, else read again."""
    found = {path: note for path, note in earlier.items() if digests.get(path) == note.digest}
    found |= {note.path: note for note in vault.cache.notes(digests.keys() - found.keys())}
    found |= {note.path: note for note in parse_again(vault.root, digests.keys() - found.keys())}
    return found
