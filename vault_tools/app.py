"""The one joint of outside and inside: walk, read what changed, build the graph, ask, render, write.

    walk -> stamps -> what the cache does not know is read and parsed -> every note
    notes -> graph -> findings -> pages -> written where they differ

`Vault.open(path).graph` is the entry point for Python; the command line uses the same class.
"""

import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from vault_tools import clock, config, shipped
from vault_tools import words as catalogue
from vault_tools.beside import beside
from vault_tools.dialect.periodic import customary, names_a_period
from vault_tools.errors import NotOursError, NotWrittenError, OutputError, VaultToolsError, by_cause, reason
from vault_tools.exporters import exporter
from vault_tools.forms import Forms
from vault_tools.graph.build import Built, rebuild
from vault_tools.graph.copies import with_copies
from vault_tools.graph.frame import Rules, frame
from vault_tools.graph.names import file_key
from vault_tools.graph.redirect import redirect_links
from vault_tools.graph.unapplied import unapplied_filters, unapplied_searches
from vault_tools.insights import ask, insights
from vault_tools.insights._orphans import eligible
from vault_tools.insights.advice import explained
from vault_tools.learning.alerts import alert, crossed
from vault_tools.learning.created import created
from vault_tools.learning.demand import states
from vault_tools.learning.facts import facts
from vault_tools.learning.windows import recent
from vault_tools.model.change import Page
from vault_tools.model.export import Known, Surroundings
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts, Learning, WindowKind
from vault_tools.model.note import Note, Problem
from vault_tools.model.outcome import Figure, Outcome, Summary
from vault_tools.model.speech import english
from vault_tools.model.text import Ref, Say, Text, Value, say
from vault_tools.model.text_json import packed, unpacked
from vault_tools.model.vocabulary import Conventions, Vocabulary
from vault_tools.refill import Content, Refilled, outline, refill
from vault_tools.render import pages, regions
from vault_tools.render.learning import CHARTS, headlines, picture, told_as_data
from vault_tools.render.markdown import Linker, LinkStyle, linker
from vault_tools.render.pages import Report
from vault_tools.store import disk, locales, obsidian, record, untouched
from vault_tools.store.cache import Cache, edition, folder
from vault_tools.store.copies import copies, doubles
from vault_tools.store.heal import heal
from vault_tools.store.page_copies import page_copies
from vault_tools.store.record import Record
from vault_tools.survey import Progress, Survey, may_name, path_of, read_again, survey
from vault_tools.words import Words

if TYPE_CHECKING:
    import networkx as nx

_UNKNOWN_LANGUAGE = Problem(
    "language-unknown",
    0,
    "vault.language-unknown",
    "vault.language-unknown-fix",
)
_UNKNOWN_REPORTS = Problem(
    "reports-language-unknown",
    0,
    "vault.report-language-unused",
    "vault.report-language-unused-fix",
)
GRAPH_PAGE = pages.GRAPH_PAGE
LARGE = 1_000
"""The number of nodes from which the graph's page is worth a separate process."""
MARKS = (pages.MARK, '<meta name="generator" content="vault-tools">', record.MARK)
AGAIN = 1
"""How often a page that another device changed is written again if nothing else is new; more would never end."""


class Vault:
    """An Obsidian vault, read. Notes are parsed once and remembered; everything else is computed when it is needed."""

    def __init__(
        self,
        root: Path,
        settings: config.Settings,
        cache: Cache,
        progress: Progress | None = None,
        workers: int = 1,
        today: date | None = None,
        edited: Collection[str] | None = None,
    ) -> None:
        """Read what the cache does not know yet; use `open`."""
        self.root = root
        self.is_any_day = today is not None
        self._own_day = today or clock.now(settings.vault.timezone).date()
        self.settings = settings
        self._runs_by_itself = edited is not None
        self.obsidian = obsidian.read(root, self.recorded, edited)
        self._workers = workers
        self._cache = cache
        self._finalizer = weakref.finalize(self, cache.close)
        self._held: dict[str, Note] = {}
        self._texts: dict[str, Note] = {}
        self._earlier: Built | None = None
        self._outlines: dict[tuple[str, str], str] = {}
        self._survey = self._surveyed(progress or (lambda _done, _all: None), workers)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        cache: bool | Path = True,
        settings: config.Settings | None = None,
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
        root = disk.check(Path(path))
        chosen = settings or config.parse(disk.settings_of(root, config.FILE))
        place = folder() if cache is True else cache or None
        return cls(root, chosen, Cache.open(root, place), progress, workers, today, edited)

    def close(self) -> None:
        """Let go of the cache; a vault that is thrown away does this by itself."""
        self._finalizer()

    @property
    def cache_trouble(self) -> OSError | None:
        """Why this run cannot fill the cache for the next one; None if it can."""
        return self._cache.trouble

    # ------------------------------------------------------------ reading

    def _walk(self) -> disk.Found:
        """Walk the vault; our own pages, what the settings skip, and conflict copies are no part of it."""
        found = disk.walk(self.root)
        skipped = self._below(self.settings.skip, (*found.files, *found.problems))
        self._skipped = sorted(skipped.intersection(found.files))
        ours = self._below([f"{self.folder}/"], found.files)
        own = {path for path in ours if disk.is_ours(self.root, path, MARKS)} | {config.FILE}
        self._only_for_names = {path: found.files[path] for path in skipped - own if path in found.files}
        self._settle_day()
        for path in own | skipped:
            found.files.pop(path, None)
            found.problems.pop(path, None)
        self._copies = copies(found.files)
        for path in self._copies:
            self._only_for_names[path] = found.files.pop(path)
        self._doubles = doubles(self.root, found.files, self._is_dated)
        self._hidden = sorted([*found.hidden, *found.elsewhere])
        found.problems |= {**self._copies, **self.obsidian.problems, **page_copies(own, self.own_pages)}
        return found

    def _is_dated(self, name: str) -> bool:
        """Tell whether a note's name (without folder and suffix) is that of a day or a period."""
        return names_a_period(name, self.obsidian.periodic, locales.locale(self.settings.language)[0])

    def _surveyed(self, progress: Progress, workers: int = 1) -> Survey:
        """Walk and read the vault; files that are not notes are only searched for names of attachments."""
        found = self._walk()
        more = {path: stamp for path, stamp in found.files.items() if may_name(path)}
        return survey(self.root, found, self._cache, progress, workers, more | self._only_for_names)

    def _settle_day(self) -> None:
        """Use the day on which the vault's devices agree, unless the caller or the settings give one."""
        told = (pages.day_of(disk.head(self.root, f"{self.folder}/{name}")) for name in pages.names(insights()))
        days = {day for day in told if day is not None}
        alone = self.is_any_day or bool(self.settings.vault.timezone)
        self.today = self._own_day if alone else clock.agreed(self._own_day, days)
        self._ahead = () if self.is_any_day else tuple(sorted(day for day in days if day > self.today))

    @property
    def recorded(self) -> Record:
        """The record of Obsidian's settings that is kept beside the pages."""
        return record.read(disk.text_of(self.root, f"{self.folder}/{record.FILE}"))

    @property
    def troubles(self) -> list[Say]:
        """What is wrong on this device only, so no page shows it."""
        return [
            *(
                say("vault.other-settings", file=f"{self.obsidian.folder}/{name}", folder=self.folder)
                for name in self.obsidian.differing
            ),
            *(_told(path, problem) for path, problem in self.obsidian.local_problems.items()),
            *(say("vault.page-ahead", day=str(day), today=str(self._own_day)) for day in self._ahead[-1:]),
        ]

    @staticmethod
    def _below(prefixes: Iterable[str], paths: Iterable[str]) -> set[str]:
        """Return those of some paths that begin with a prefix, as Obsidian compares them."""
        keys = tuple(file_key(prefix) for prefix in prefixes if prefix)
        return {path for path in paths if file_key(path).startswith(keys)} if keys else set()

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Every note and canvas, in the order of paths."""
        self._held = self._parsed(self._survey.digests, self._held)
        found = self._held | {note.path: note for note in self._survey.unreadable}
        return tuple(found[path] for path in sorted(found) if not pages.is_ours(found[path]))

    def _parsed(self, digests: Mapping[str, str], held: Mapping[str, Note]) -> dict[str, Note]:
        """Return the parsed form of each file: as held from before, else from the cache, else read again."""
        found = {path: note for path, note in held.items() if digests.get(path) == note.digest}
        found |= {note.path: note for note in self._cache.notes(digests.keys() - found.keys())}
        found |= {note.path: note for note in read_again(self.root, digests.keys() - found.keys())}
        return found

    @cached_property
    def _mentions(self) -> dict[str, tuple[str, ...]]:
        """The names of attachments found outside the notes: in other text files and in Obsidian's settings."""
        self._texts = self._parsed(self._survey.texts, self._texts)
        found = {path_of(key): text.mentions for key, text in sorted(self._texts.items()) if text.mentions}
        return {**found, self.obsidian.folder: self.obsidian.mentions}

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of each note and canvas that could be read, by its path."""
        return self._survey.digests

    @property
    def unreadable(self) -> list[str]:
        """The files and folders that could not be read."""
        return [path for path, problem in self._survey.problems.items() if problem.code == "unreadable"]

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that the pages depend on: notes, file names, settings, templates, and our own code."""
        return self._fingerprint(self.digests)

    @cached_property
    def fingerprint_without_regions(self) -> str:
        """The same without the contents of regions: filling regions does not change it."""
        marked = [note for note in self.notes if note.regions]
        kept = {(note.path, note.digest): self._outlines.get((note.path, note.digest)) for note in marked}
        self._outlines = {
            (note.path, note.digest): kept[note.path, note.digest] or outline(self.root, note) for note in marked
        }
        return self._fingerprint({**self.digests, **{path: own for (path, _), own in self._outlines.items()}})

    def _fingerprint(self, digests: Mapping[str, str]) -> str:
        found = self._survey
        ours = (edition(), shipped.digest(), self.settings, record.written(self.obsidian.record))
        read = (
            sorted(digests.items()),
            sorted(found.texts.items()),
            [(each.path, each.problems) for each in found.unreadable],
        )
        listed = (sorted(found.files), sorted(found.problems.items()), self._skipped, self._hidden)
        return _digest((self.today, *ours, *read, *listed))

    @cached_property
    def shape(self) -> str:
        """A digest of what the map draws: nodes with their types and names, their links, and the settings.

        It does not change if only the text of notes changes.
        """
        nodes = self.knowledge.nodes.values()
        drawn = ((node.id, node.kind, node.title, node.type, node.role) for node in nodes)
        joined = ((edge.source, edge.relation, edge.target) for edge in self.knowledge.edges)
        return _digest(chain(drawn, joined, (edition(), self.settings, self.obsidian.text)))

    # ------------------------------------------------------------ the graph

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Types and relations: the shipped ones with the vault's own laid over them."""
        forms = self.forms
        return config.vocabulary(shipped.asset("vocabulary.toml"), self.settings, forms.declared(), forms.lines())

    @cached_property
    def forms(self) -> Forms:
        """The note templates: the shipped ones in the vault's language, with the vault's own laid over them."""
        words = config.vocabulary(shipped.asset("vocabulary.toml"), self.settings, {})
        texts = {path: disk.text_of(self.root, path) or "" for path in self._own_templates()}
        return Forms(words, self.settings.language, self.obsidian.property_types, texts, self.obsidian.periodic)

    def _own_templates(self) -> dict[str, str]:
        """Return the vault's own templates and their digests."""
        below = tuple(file_key(folder.strip("/")) + "/" for folder in self.template_folders)
        notes = self._survey.digests.items() if below else ()
        return {
            path: known for path, known in notes if file_key(path).startswith(below) and path.lower().endswith(".md")
        }

    @property
    def template_folders(self) -> tuple[str, ...]:
        """The folders of the vault's own templates, as Obsidian's settings or ours name them."""
        return tuple(folder for folder in (*self.obsidian.templates, self.settings.templates) if folder.strip("/ "))

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """The typed graph of the vault, as plain data, with all that is wrong in its notes."""
        problems = dict(self._built.problems)
        for path, found in self._facts.problems.items():
            problems[path] = (*problems.get(path, ()), *found)
        return replace(self._built, problems=problems)

    @cached_property
    def _facts(self) -> Facts:
        return facts(self._built, self.today)

    @cached_property
    def learning(self) -> Learning:
        """What the vault says of learning: dated facts, the state of each piece of knowledge, rules, alerts."""
        settings = self.settings.learning
        limits = tuple(map(alert, self.settings.check.alerts))
        return Learning(
            facts=self._facts,
            states=states(
                self._built, self._facts, stub_words=self.settings.gaps.stub_words, stale_days=settings.stale_days
            ),
            rules=config.advice(shipped.asset("advice.toml"), self.settings),
            targets=config.targets(self.settings),
            enough=settings.enough,
            crossed=crossed(limits, self._facts, settings.enough),
            limits=len(limits),
        )

    @cached_property
    def _built(self) -> KnowledgeGraph:
        locale, _ = locales.locale(self.settings.language)
        conventions = Conventions(
            rules=config.rules(self.settings),
            excluded=self.obsidian.app.user_ignore_filters,
            templates=self.template_folders,
            periods=tuple(
                customary(
                    (note.path.rpartition("/")[2].removesuffix(".md") for note in self.notes),
                    self.obsidian.periodic,
                    locale,
                )
            ),
            property_types=self.obsidian.property_types,
            link_format=self.obsidian.app.new_link_format,
        )
        silent = [*self.own_pages, *self._skipped, *self._copies]
        found = self._survey
        problems = {**found.problems, **self._unknown()}
        lost = [*self._hidden, *self._copies]
        rules, before = Rules(self.vocabulary, conventions), self._earlier.frame if self._earlier else None
        now = frame(self.notes, found.files, rules, silent, lost, before)
        self._earlier = rebuild(now, problems, self._earlier)
        return with_copies(self._with_unknown(redirect_links(self._earlier.graph)), self._copies, self._doubles)

    def _with_unknown(self, graph: KnowledgeGraph) -> KnowledgeGraph:
        """Add the problems of regions that cannot be filled, and of Obsidian's settings that are not applied."""
        marked = [note for note in self.notes if note.regions]
        known = regions.kinds() if marked else {}
        found = {note.path: more for note in marked if (more := tuple(regions.unknown(known, note)))}
        found |= self._unapplied
        problems = {path: (*graph.problems.get(path, ()), *more) for path, more in found.items()}
        return replace(graph, problems={**graph.problems, **problems}) if problems else graph

    @cached_property
    def _unapplied(self) -> dict[str, tuple[Problem, ...]]:
        """The problems of Obsidian's filters and searches that are not applied, by the file that holds them."""
        told = {
            "app.json": tuple(unapplied_filters(self.obsidian.app.user_ignore_filters)),
            "graph.json": tuple(unapplied_searches(group.query for group in self.obsidian.color_groups)),
        }
        return {f"{self.obsidian.folder}/{name}": problems for name, problems in told.items() if problems}

    def _unknown(self) -> dict[str, Problem]:
        """Return what is wrong with the languages that are set; first that of the vault."""
        if not locales.locale(self.settings.language)[1]:
            return {config.FILE: _UNKNOWN_LANGUAGE}
        chosen = self.settings.reports.language
        if not chosen or shipped.speaks(chosen):
            return {}
        return {config.FILE: replace(_UNKNOWN_REPORTS, values=(("languages", tuple(shipped.languages())),))}

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The graph as a networkx MultiDiGraph, read-only; `vault_tools.graph.measure.view` names its attributes."""
        from vault_tools.graph.measure import view  # noqa: PLC0415  (networkx is slow to import)

        return view(self.knowledge)

    # ------------------------------------------------------------ findings and pages

    @property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What every insight finds, by its name (`missing`, `orphans` …), in the order of the reports."""
        return {insight.name: found for insight, found in self._found.items()}

    @cached_property
    def _found(self) -> dict[Insight, tuple[Finding, ...]]:
        return {insight: ask(insight, self.knowledge, self._context) for insight in insights()}

    @property
    def _context(self) -> Context:
        return Context(
            orphans=self.settings.orphans.definition,
            exempt=self.settings.orphans.exempt,
            stub_words=self.settings.gaps.stub_words,
            learning=self.learning,
            mentions=self._mentions,
        )

    @cached_property
    def linker(self) -> Linker:
        """What draws mentions of notes in reports, in the reader's language."""
        links = self.settings.reports.links
        return self._linker("markdown" if links == "wikilink" and self.obsidian.app.use_markdown_links else links)

    def linker_in(self, words: Words) -> Linker:
        """Return what draws mentions in another language than that of the reports, such as that of the screen."""
        return self._linker("uri", words)

    def _linker(self, style: LinkStyle, words: Words | None = None) -> Linker:
        bare, said = self.obsidian.app.new_link_format == "shortest", self._words if words is None else words
        return linker(self.knowledge, self.settings.reports.vault, style, bare=bare, words=said)

    @cached_property
    def _words(self) -> Words:
        return catalogue.words(self.settings.spoken)

    def speak(self, text: Text) -> str:
        """Return a text in the reader's language, without markup."""
        return self.linker.plain(text)

    def why(self, name: str) -> tuple[Text, ...]:
        """Explain what is advised for a node: its state, the rule that fits it, and the step; a line each."""
        return explained(self.knowledge, self.learning, name)

    def stats(self, kind: WindowKind, last: int, link: Linker | None = None) -> dict[str, Any]:
        """Return the measures of the last windows of a kind, the oldest first, with the notes behind each figure.

        They are in the language of the reports, or in that of `link`.
        """
        return told_as_data(self.learning, recent(kind, self.learning.facts.today, last), link or self.linker)

    @property
    def folder(self) -> str:
        """The folder of our pages, as a vault path."""
        return self.settings.reports.folder.strip("/")

    @cached_property
    def own_pages(self) -> frozenset[str]:
        """The vault paths of all pages that we write."""
        names = (*pages.names(insights()), CHARTS, record.FILE, GRAPH_PAGE)
        return frozenset(f"{self.folder}/{name}" for name in names)

    def pages(self, html: Callable[[], str] | None = None) -> Iterator[Page]:
        """Yield every page that should be in the vault; `html` may give the text of the graph's page."""
        yield from self.reports
        yield Page(f"{self.folder}/{GRAPH_PAGE}", html() if html else self.html())

    @cached_property
    def reports(self) -> tuple[Page, ...]:
        """All pages but that of the graph."""
        charts = f"<!-- {pages.MARK} -->\n{picture(self.learning, self.linker)}"
        known = self.obsidian.record
        kept = [Page(f"{self.folder}/{record.FILE}", record.written(known))] if known else []
        return (*pages.pages(self._report(self.linker)), Page(f"{self.folder}/{CHARTS}", charts), *kept)

    def _report(self, link: Linker, folder: str | None = None) -> Report:
        """Return what pages and regions show, with links in one style; `folder` replaces the pages' usual folder."""
        summary = self.summary
        return Report(
            graph=self.knowledge,
            findings=self._found,
            learning=self.learning,
            linker=link,
            folder=self.folder if folder is None else folder,
            limit=self.settings.reports.limit,
            orphans=(summary.orphan_definition, summary.orphans, summary.orphans_of),
            is_any_day=self.is_any_day,
        )

    # ------------------------------------------------------------ regions in notes

    def refresh_regions(self, content: Content | None = None, by: str = "report") -> Refilled:
        """Fill the regions of every note that is no template, and look at the vault again if any note was changed.

        `content` gives what a region of a note is to hold; without it, that is what `render/regions` has. `by` says who
        does it, for the journal.
        """
        if untouched.is_kept(self.root):
            return Refilled()
        if heal(self.root):
            self.look_again()
        last = None if content else self._cache.fact("regions", Filled)
        if last is not None and last.fingerprint == self.fingerprint:
            return Refilled(last.states)
        marked = [note for note in self.notes if note.regions and self.knowledge.nodes[note.path].role != "template"]
        refilled = refill(self.root, marked, content or self._content(), by) if marked else Refilled()
        expected = replace(self._survey, digests={**self.digests, **refilled.digests})
        if refilled.is_written:
            self.look_again()
        is_whole = not refilled.refused and "changed-meanwhile" not in refilled.states.values()
        if is_whole and self._survey == expected:  # else somebody wrote meanwhile what is not in the regions yet
            rest = {path: "unchanged" if state == "written" else state for path, state in refilled.states.items()}
            self._cache.remember("regions", Filled(self.fingerprint, rest))
        return refilled

    def _content(self) -> Content:
        known, report = regions.kinds(), self._report(self._linker("uri"))
        return lambda note, region: regions.body(known, report, note, region)

    def look_again(self, today: date | None = None) -> None:
        """Read what changed on the disk since the last look, and drop what was computed from it.

        `today` is the date of this device, if it has changed. The settings of vault-tools and Obsidian stay as they
        were when the vault was opened.
        """
        before, templates = (self.today, self._survey, self._skipped, self._hidden), self._own_templates()
        self._own_day = today or self._own_day
        # Only by this process: a process with threads, such as a daemon, must not be forked.
        self._survey = self._surveyed(lambda _done, _all: None)
        if before == (self.today, self._survey, self._skipped, self._hidden):
            return
        stays = {"forms", "vocabulary"} if self._own_templates() == templates else set()
        members = chain.from_iterable(vars(kind).items() for kind in type(self).__mro__)
        for name, member in members:
            if isinstance(member, cached_property) and name not in stays:
                self.__dict__.pop(name, None)

    def html(self, *, rearrange: bool = False) -> str:
        """Return the text of the interactive page of the graph; with `rearrange` all nodes get new places."""
        return "".join(self.export("html", rearrange=rearrange))

    def export(
        self, form: str, *, view: str = "", names_only: bool = False, rearrange: bool = False, outside: bool = False
    ) -> Iterator[str]:
        """Yield the text of an export, piece by piece; `form` is one of `vault_tools.exporters.names()`.

        A map opens with a `view` (the part of its address after `#`). With `names_only` it contains names only, and no
        other text of notes. Notes keep their positions from the vault's own page, which all devices share. They get new
        ones with `rearrange`. Say `outside` for a map that is stored outside the vault, because it cannot derive the
        vault's path from its own.
        """
        chosen = exporter(form)
        around = Surroundings(
            vault=self.root.name,
            named=self.settings.reports.vault,
            folder="" if outside else self.folder,
            assets=shipped.assets(chosen.assets),
            language=shipped.spoken_language(self.settings.spoken),
            words=self._words,
            known=self._known,
            text=lambda path: disk.text_of(self.root, path) or "",
            groups=tuple((group.query, group.color) for group in self.obsidian.color_groups),
            before=chosen.places(self._own_page()) if chosen.places and not rearrange else None,
            view=view,
            names_only=names_only,
        )
        return chosen.export(self.knowledge, around)

    def _own_page(self) -> str:
        """Return the vault's current page of the graph; "" if vault-tools wrote none."""
        return disk.text_of(self.root, f"{self.folder}/{GRAPH_PAGE}") or "" if self.has_graph else ""

    def _known(self) -> Known:
        return Known(self._found, self.learning, created(self.knowledge), self._linker("uri").plain)

    @cached_property
    def summary(self) -> Summary:
        """Return the figures of the vault."""
        graph = self.knowledge
        kinds = Counter(node.kind for node in graph.nodes.values())
        types = Counter(node.type for node in graph.nodes.values() if node.kind == "note")
        counts = {insight.name: len(found) for insight, found in self._found.items()}
        return Summary(
            vault=self.root.name,
            notes=kinds["note"],
            types=dict(sorted(types.items())),
            relations={relation: len(edges) for relation, edges in sorted(graph.by_relation.items())},
            missing=kinds["missing"],
            gaps={
                insight.name: counts[insight.name]
                for insight in self._found
                if insight.page == "Gaps" and insight.counted
            },
            top=tuple(_figure(graph, each.subject, each.why) for each in pages.top(self._found)[: pages.TOP]),
            orphans=counts["orphans"],
            orphans_of=len(eligible(graph, self._context)),
            orphan_definition=self.settings.orphans.definition,
            problems=sum(map(len, graph.problems.values())),
            learning=tuple(_figure(graph, name, said) for name, said in headlines(self.learning)),
            learn_now=tuple(_title(graph, each.subject.id) for each in self._urgent()),
        )

    def _urgent(self) -> Iterator[Finding]:
        """Yield what the rule `learn` advises to learn now."""
        title = next((rule.title for rule in self.learning.rules if rule.name == "learn"), None)
        yield from (each for each in self.findings["advice"] if each.cells == (title,))

    # ------------------------------------------------------------ what is written

    def report(self, *, regions: bool = True) -> Outcome:
        """Fill the regions of notes, and write every page that differs. Without `regions`, notes are not changed.

        A page is only computed again if something that it depends on changed. If the disk is full or read-only, the
        outcome says so and still has the figures. With `--read-only`, no page is written.
        """
        if untouched.is_kept(self.root):
            return Outcome(self.told, {})
        refilled = self.refresh_regions() if regions else Refilled()
        last = self._last("graph")
        large = self._workers > 1 and last is None and len(self.knowledge.nodes) >= LARGE
        with beside(self.html, wanted=large) as html:
            written = self._refreshed("pages", lambda: self.reports, stops=False)
            graph = self._refreshed("graph", lambda: [self._graph_page(html())], stops=False)
        return Outcome(
            self.told,
            {**written.states, **graph.states},
            (*by_cause([*written.errors, *graph.errors]), *by_cause(refilled.errors)),
            dict(refilled.states),
        )

    def report_to(self, place: Path) -> Outcome:
        """Write every page that differs into a folder outside the vault; create it if needed. The vault stays as is.

        The pages link to each other by file name. Files there that vault-tools did not write are not touched.

        Raises:
            OutputError: The folder is in the vault.
        """
        if untouched.holds(self.root, place):
            raise OutputError(say("error.output-in-vault", place=str(place)))
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = say("error.output-not-created", place=str(place), reason=reason(error))
            return Outcome(self.told, {}, (why,))
        folder = place.resolve()
        report = self._report(self._linker("uri"), "")
        charts = Page(CHARTS, f"<!-- {pages.MARK} -->\n{picture(self.learning, self.linker)}")
        texts = (*pages.pages(report), charts, Page(GRAPH_PAGE, "".join(self.export("html", outside=True))))
        written = Written()
        for page in texts:
            self._write(folder, page, written, stops=False)
        states = {str(folder / name): state for name, state in written.states.items()}
        errors = (_foreign(folder, error) if isinstance(error, NotOursError) else error for error in written.errors)
        return Outcome(self.told, states, tuple(by_cause(errors)))

    def refresh_pages(self) -> "Written":
        """Write the reports that differ."""
        return self._refreshed("pages", lambda: self.reports)

    def refresh_graph(self, *, rearrange: bool = False) -> "Written":
        """Write the page of the graph if it differs. With `rearrange` all nodes get new places."""
        return self._refreshed("graph", lambda: [self._graph_page(self.html(rearrange=rearrange))], again=rearrange)

    def _graph_page(self, text: str) -> Page:
        """Return the page of the graph; the existing one, if it only differs in how its data is compressed."""
        before, same = self._own_page(), exporter("html").same
        return Page(f"{self.folder}/{GRAPH_PAGE}", before if before and same and same(before, text) else text)

    @property
    def owes_pages(self) -> bool:
        """Tell whether some report is out of date."""
        return self._last("pages") is None

    @property
    def owes_graph(self) -> bool:
        """Tell whether the page of the graph is out of date, and no other program's file is in its place."""
        own = disk.is_ours(self.root, f"{self.folder}/{GRAPH_PAGE}", MARKS)
        return own is not False and self._last("graph") is None

    @property
    def has_graph(self) -> bool:
        """Tell whether there is a page of the graph, be it current or not."""
        return disk.is_ours(self.root, f"{self.folder}/{GRAPH_PAGE}", MARKS) is True

    @property
    def told(self) -> Summary:
        """The figures of the vault; the previous ones if nothing has changed since."""
        last = self._cache.fact("summary", Told)
        if last is not None and last.fingerprint == self.fingerprint:
            return last.summary
        self._cache.remember("summary", Told(self.fingerprint, self.summary))
        return self.summary

    def _refreshed(
        self, name: str, wanted: Callable[[], Iterable[Page]], *, again: bool = False, stops: bool = True
    ) -> "Written":
        """Write some pages, unless they are still as they were last written and nothing changed since.

        With `again` they are always made. A full disk is an OSError if it `stops` the run.
        """
        last = None if again else self._last(name)
        if last is not None:
            return Written(dict.fromkeys(last.pages, "unchanged"))
        written = Written()
        digests: dict[str, str] = {}
        for page in wanted():
            self._write(self.root, page, written, stops=stops)
            digests[page.path] = disk.digest_of(page.text.encode())
        if not written.errors:
            self._cache.remember(name, Remembered(self.fingerprint, digests, self._times_again(name, written)))
        return written

    def _times_again(self, name: str, written: "Written") -> int:
        """Return how often some pages were written again although nothing that they depend on changed."""
        before = self._cache.fact(name, Remembered)
        if before is None or before.fingerprint != self.fingerprint:
            return 0
        return before.again + ("written" in written.states.values())

    @staticmethod
    def _write(root: Path, page: Page, written: "Written", *, stops: bool) -> None:
        """Write a page below a folder if it differs; if it is refused, the other pages are still written."""
        try:
            written.states[page.path] = "written" if disk.write(root, page, MARKS) else "unchanged"
        except (NotOursError, NotWrittenError) as error:
            written.refuse(page.path, error)
        except OSError as error:
            if stops:
                raise
            written.refuse(page.path, NotWrittenError(page.path, reason(error)))

    def _last(self, name: str) -> "Remembered | None":
        """Return what was last written under a name, if that file is still there and still correct."""
        last = self._cache.fact(name, Remembered)
        if last is None or last.fingerprint != self.fingerprint:
            return None
        if (
            self._runs_by_itself
            and last.again >= AGAIN
            and all(disk.is_ours(self.root, path, MARKS) for path in last.pages)
        ):
            return last
        whole = all(disk.digest_at(self.root, path) == digest for path, digest in last.pages.items())
        return last if whole else None


@dataclass(slots=True)
class Written:
    """What became of each page, by vault path, and why some could not be written."""

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


@dataclass(frozen=True, slots=True)
class Remembered:
    """Pages as they were last written: what they depended on, the digest of each, how often they were written again."""

    fingerprint: str
    pages: dict[str, str]
    again: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """The notes with regions when they were last filled: what these depended on, and what became of each."""

    fingerprint: str
    states: dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of a vault when they were last computed."""

    fingerprint: str
    summary: Summary


def _digest(parts: Iterable[object]) -> str:
    """Return a digest of the Python representation of some values."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "backslashreplace") + b"\0")
    return digest.hexdigest()


def _told(path: str, problem: Problem) -> Say:
    return say("vault.file-problem", path=path, problem=problem.said, remedy=Say(problem.remedy, problem.values))


def _foreign(folder: Path, error: NotOursError) -> OutputError:
    return OutputError(say("error.output-not-ours", path=str(folder / error.path)))


def _figure(graph: KnowledgeGraph, name: Ref | Say, why: Text | Say) -> Figure:
    called = partial(_called, graph)
    texts = packed(name, called), packed(why, called)
    return Figure(english(unpacked(texts[0])), english(unpacked(texts[1])), texts)


def _called(graph: KnowledgeGraph, ref: Ref) -> Value:
    return ref.label or _title(graph, ref.id)


def _title(graph: KnowledgeGraph, name: str) -> str:
    node = graph.nodes.get(name)
    return node.title if node else name
