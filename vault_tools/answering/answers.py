"""What a vault answers: its graph, its facts, what is found in it, its figures and pages."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from vault_tools import ours
from vault_tools import words as catalogue
from vault_tools.answering.base_graph import base_graph, build_graph, with_problems
from vault_tools.answering.summary import summarise
from vault_tools.carried import Carried
from vault_tools.graph.build import Built
from vault_tools.insights import ask, insights
from vault_tools.insights.advice import explanation
from vault_tools.learning.facts import facts
from vault_tools.learning.states import states
from vault_tools.learning.thresholds import crossed_alerts, parse_alert
from vault_tools.model.change import Page
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts, Learning
from vault_tools.model.outcome import Summary
from vault_tools.model.text import Text
from vault_tools.reading.snapshot import Snapshot
from vault_tools.render import pages
from vault_tools.render.markdown import Linker, LinkStyle, linker
from vault_tools.render.report import Report
from vault_tools.render.trends import picture
from vault_tools.words import Words

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Answers:
    """All that follows from a snapshot; each part is worked out when it is first needed.

    `build` is the graph as the notes give it. It is made from that of the answers before, if there are any.
    """

    snapshot: Snapshot
    build: Carried[Built | None]

    @cached_property
    def base_graph(self) -> KnowledgeGraph:
        """The graph of the vault before anything is concluded about learning."""
        build = self.build()
        assert build is not None
        return base_graph(self.snapshot, build)

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """The typed graph of the vault, as plain data, with all that is wrong in its notes."""
        return with_problems(self.base_graph, self.facts.problems)

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The graph as a networkx MultiDiGraph, read-only; `vault_tools.graph.measure.view` names its attributes."""
        from vault_tools.graph.measure import view  # noqa: PLC0415  (networkx is slow to import)

        return view(self.knowledge)

    @cached_property
    def facts(self) -> Facts:
        """What the notes say about learning, with dates."""
        return facts(self.base_graph, self.snapshot.today)

    @cached_property
    def learning(self) -> Learning:
        """What the vault says of learning: dated facts, the state of each piece of knowledge, rules, alerts."""
        settings, terms = self.snapshot.vault.settings, self.snapshot.terms
        limits = tuple(map(parse_alert, settings.check.alerts))
        stub_words, stale_days = settings.gaps.stub_words, settings.learning.stale_days
        return Learning(
            facts=self.facts,
            states=states(self.base_graph, self.facts, stub_words=stub_words, stale_days=stale_days),
            rules=terms.advice,
            targets=terms.targets,
            enough=settings.learning.enough,
            crossed_alerts=crossed_alerts(limits, self.facts, settings.learning.enough),
            limits=len(limits),
        )

    @cached_property
    def findings(self) -> dict[Insight, tuple[Finding, ...]]:
        """What every insight finds, in the order of the reports."""
        return {insight: ask(insight, self.knowledge, self.context) for insight in insights()}

    @property
    def context(self) -> Context:
        """What insights may know besides the graph."""
        settings = self.snapshot.vault.settings
        return Context(
            orphans=settings.orphans.definition,
            exempt=settings.orphans.exempt,
            stub_words=settings.gaps.stub_words,
            learning=self.learning,
            mentions=self.snapshot.mentions,
        )

    @cached_property
    def summary(self) -> Summary:
        """The figures of the vault."""
        return summarise(self.snapshot.vault.root.name, self.knowledge, self.findings, self.context)

    def why(self, name: str) -> tuple[Text, ...]:
        """Explain what is advised for a node: its state, the rule that fits it, and the step; a line each."""
        return explanation(self.knowledge, self.learning, name)

    @cached_property
    def words(self) -> Words:
        """The sentences of the reports' language."""
        return catalogue.words(self.snapshot.vault.settings.report_language)

    @cached_property
    def linker(self) -> Linker:
        """What draws mentions of notes in reports, in the reader's language."""
        links, app = self.snapshot.vault.settings.reports.links, self.snapshot.vault.obsidian.app
        return self.linker_of("markdown" if links == "wikilink" and app.use_markdown_links else links)

    def linker_of(self, style: LinkStyle, words: Words | None = None) -> Linker:
        """Return what draws mentions in a style of links; `words` are those of another language than the reports'."""
        vault = self.snapshot.vault
        is_bare = vault.obsidian.app.new_link_format == "shortest"
        words = self.words if words is None else words
        return linker(self.knowledge, vault.settings.reports.vault, style, bare=is_bare, words=words)

    def report(self, link: Linker, folder: str | None = None) -> Report:
        """Return what pages and regions show, with links in one style; `folder` replaces the pages' usual folder."""
        vault, summary = self.snapshot.vault, self.summary
        return Report(
            graph=self.knowledge,
            findings=self.findings,
            learning=self.learning,
            linker=link,
            pages=pages.page_kinds(),
            folder=vault.folder if folder is None else folder,
            limit=vault.settings.reports.limit,
            orphans=(summary.orphan_definition, summary.orphans, summary.orphans_of),
            is_any_day=vault.chosen_day is not None,
        )

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The report pages and the picture of the trends, for the folder of our pages."""
        return (*pages.pages(self.report(self.linker)), self.charts(f"{self.snapshot.vault.folder}/{ours.CHARTS}"))

    def charts(self, path: str) -> Page:
        """Return the picture of the trends, to be written to a path."""
        return Page(path, f"<!-- {ours.PAGE_MARK} -->\n{picture(self.learning, self.linker)}")


def answer(snapshot: Snapshot, earlier: Answers | None = None) -> Answers:
    """Return the answers of a vault; those to the snapshot before only make them faster."""
    before = earlier.build.newest if earlier is not None else None
    return Answers(snapshot, Carried(partial(build_graph, snapshot), before))
