"""The interface for Python: open a vault, query it, and write its pages.

    files -> Snapshot -> Answers -> pages, regions, map
    reading     answering  publishing

`Vault.open(path).graph` is the entry point for Python; the command line uses the same class.
"""

import weakref
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from vault_tools.answering.answers import Answers, answer
from vault_tools.forms import Forms
from vault_tools.learning.windows import recent
from vault_tools.model.change import Page
from vault_tools.model.finding import Finding
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning, WindowKind
from vault_tools.model.note import Note
from vault_tools.model.outcome import Outcome, Summary
from vault_tools.model.text import Text
from vault_tools.model.vocabulary import Vocabulary
from vault_tools.publishing import graph, pages, regions, report
from vault_tools.publishing.refill import Content, RegionStates
from vault_tools.reading.opening import VaultFolder, open_vault
from vault_tools.reading.snapshot import Snapshot, look, look_again
from vault_tools.reading.survey import Progress
from vault_tools.render.figures_json import figures_as_data
from vault_tools.render.markdown import Linker
from vault_tools.settings.schema import Settings
from vault_tools.store import untouched
from vault_tools.store.heal import heal
from vault_tools.store.obsidian import ObsidianSettings
from vault_tools.words import Words

if TYPE_CHECKING:
    import networkx as nx


class Vault:
    """An Obsidian vault, read. Notes are parsed once and remembered; everything else is computed when it is needed.

    `answers` belong to the vault as it was last read. `look_again` replaces them if anything changed.
    """

    def __init__(self, snapshot: Snapshot, *, is_healed: bool = False) -> None:
        """Answer for a snapshot; use `open`."""
        self.answers: Answers = answer(snapshot)
        self._is_healed = is_healed
        self._finalizer = weakref.finalize(self, snapshot.vault.cache.close)

    @classmethod
    def open(
        cls,
        path: str | Path | VaultFolder,
        *,
        cache: bool | Path = True,
        settings: Settings | None = None,
        progress: Progress | None = None,
        workers: int = 1,
        today: date | None = None,
        edited: Collection[str] | None = None,
    ) -> Self:
        """Open the vault in a folder.

        `cache` may be False (nothing is remembered) or a folder for the cache; `workers` is the number of processes
        that may parse; `today` is the date for which learning is computed, if it is not today. Give `edited` if no
        person started this run: it names the files of Obsidian's settings that were edited since the last run. For all
        other files, the record beside the pages counts (see `store.record`).

        Raises UnusableVaultError where the folder is not there or cannot be read, SettingsError where
        `vault-tools.toml` is wrong.
        """
        place = path if isinstance(path, VaultFolder) else VaultFolder.at(Path(path))
        vault = open_vault(place, cache=cache, settings=settings, today=today, edited=edited, workers=workers)
        return cls(look(vault, progress), is_healed=place.healed is not None)

    def close(self) -> None:
        """Let go of the cache; a vault that is thrown away does this by itself."""
        self._finalizer()

    def look_again(self, today: date | None = None) -> Snapshot:
        """Read what changed on the disk since the last look, and return the vault as it is now.

        `today` is the date of this device, if it has changed. The settings of vault-tools and Obsidian stay as they
        were when the vault was opened.
        """
        snapshot = look_again(self.snapshot, today)
        if snapshot is not self.snapshot:
            self.answers = answer(snapshot, self.answers)
        return snapshot

    # What was read.

    @property
    def snapshot(self) -> Snapshot:
        """The vault as it was last read."""
        return self.answers.snapshot

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return self.snapshot.vault.root

    @property
    def settings(self) -> Settings:
        """The settings of vault-tools."""
        return self.snapshot.vault.settings

    @property
    def obsidian(self) -> ObsidianSettings:
        """The settings of Obsidian."""
        return self.snapshot.vault.obsidian

    @property
    def folder(self) -> str:
        """The folder of our pages, as a vault path."""
        return self.snapshot.vault.folder

    @property
    def today(self) -> date:
        """The date for which learning is computed."""
        return self.snapshot.today

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note and canvas, in the order of paths."""
        return self.snapshot.notes

    @property
    def forms(self) -> Forms:
        """The note templates: the shipped ones in the vault's language, with the vault's own laid over them."""
        return self.snapshot.terms.forms

    @property
    def vocabulary(self) -> Vocabulary:
        """Types and relations: the shipped ones with the vault's own laid over them."""
        return self.snapshot.terms.vocabulary

    # What it answers.

    @property
    def knowledge(self) -> KnowledgeGraph:
        """The typed graph of the vault, as plain data, with all that is wrong in its notes."""
        return self.answers.knowledge

    @property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The graph as a networkx MultiDiGraph, read-only; `vault_tools.graph.measure.view` names its attributes."""
        return self.answers.graph

    @property
    def learning(self) -> Learning:
        """What the vault says of learning: dated facts, the state of each piece of knowledge, rules, alerts."""
        return self.answers.learning

    @property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What every insight finds, by its name (`missing`, `orphans` …), in the order of the reports."""
        return {insight.name: findings for insight, findings in self.answers.findings.items()}

    @property
    def summary(self) -> Summary:
        """The figures of the vault."""
        return self.answers.summary

    @property
    def linker(self) -> Linker:
        """What draws mentions of notes in reports, in the reader's language."""
        return self.answers.linker

    def linker_in(self, words: Words) -> Linker:
        """Return what draws mentions in another language than that of the reports, such as that of the screen."""
        return self.answers.linker_of("uri", words)

    def format_text(self, text: Text) -> str:
        """Return a text in the reader's language, without markup."""
        return self.linker.plain(text)

    def why(self, name: str) -> tuple[Text, ...]:
        """Explain what is advised for a node: its state, the rule that fits it, and the step; a line each."""
        return self.answers.why(name)

    def stats(self, kind: WindowKind, last: int, link: Linker | None = None) -> dict[str, Any]:
        """Return the measures of the last windows of a kind, the oldest first, with the notes behind each figure.

        They are in the language of the reports, or in that of `link`.
        """
        return figures_as_data(self.learning, recent(kind, self.learning.facts.today, last), link or self.linker)

    # What is written.

    @property
    def reports(self) -> tuple[Page, ...]:
        """All pages but that of the graph."""
        return pages.reports(self.answers)

    def pages(self, html: Callable[[], str] | None = None) -> Iterator[Page]:
        """Yield every page that should be in the vault; `html` may give the text of the graph's page."""
        yield from self.reports
        yield Page(graph.page_path(self.snapshot.vault), html() if html else self.html())

    def html(self, *, rearrange: bool = False) -> str:
        """Return the text of the interactive page of the graph; with `rearrange` all nodes get new places."""
        return graph.html(self.answers, rearrange=rearrange)

    def export(
        self, form: str, *, view: str = "", names_only: bool = False, rearrange: bool = False, outside: bool = False
    ) -> Iterator[str]:
        """Yield the text of an export, piece by piece; `form` is one of `vault_tools.exporters.names()`.

        A map opens with a `view` (the part of its address after `#`). With `names_only` it contains names only, and no
        other text of notes. Notes keep their positions from the vault's own page, which all devices share. They get new
        ones with `rearrange`. Say `outside` for a map that is stored outside the vault, because it cannot derive the
        vault's path from its own.
        """
        return graph.export(self.answers, form, view=view, names_only=names_only, rearrange=rearrange, outside=outside)

    def refresh_regions(self, content: Content | None = None, by: str = "report") -> RegionStates:
        """Fill the regions of every note that is no template, and look at the vault again if any note was changed.

        `content` gives what a region of a note is to hold; without it, that is what `render/regions` has. `by` says who
        does it, for the journal.
        """
        if untouched.is_kept(self.root):
            return RegionStates()
        if not self._is_healed and heal(self.root):
            self.look_again()
        return regions.refresh(self.answers, self.look_again, content, by)

    def report(self, *, regions: bool = True) -> Outcome:
        """Fill the regions of notes, and write every page that differs. Without `regions`, notes are not changed.

        A page is only computed again if something that it depends on changed. If the disk is full or read-only, the
        outcome says so and still has the figures. With `--read-only`, no page is written.
        """
        if untouched.is_kept(self.root):
            return Outcome(report.figures(self.answers), {})
        states = self.refresh_regions() if regions else RegionStates()
        return report.report(self.answers, states)

    def report_to(self, place: Path) -> Outcome:
        """Write every page that differs into a folder outside the vault; create it if needed. The vault stays as is.

        The pages link to each other by file name. Files there that vault-tools did not write are not touched.

        Raises:
            OutputError: The folder is in the vault.
        """
        return report.report_to(self.answers, place)
