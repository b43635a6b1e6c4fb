"""The report: all that its pages and the regions in notes show, and what a page of it is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from vault_tools.dialect.address import view
from vault_tools.model.finding import Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.text import Say, say
from vault_tools.ours import GRAPH_PAGE
from vault_tools.render.markdown import Linker

Findings = Mapping[Insight, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page of the report.

    `name` is that of its file, with a capital letter and with blanks (`reading_list.py` is the page `Reading list`).
    `order` is its place among the pages. `render` yields its blocks of Markdown from the report and the insights that
    belong to the page. Its title is in the catalogue: `page.reading-list`.
    """

    name: str
    order: int
    render: Callable[["Report", Sequence[Insight]], Iterable[str]]

    @property
    def file(self) -> str:
        """The name of the file that vault-tools writes."""
        return f"{self.name}.md"

    @property
    def title(self) -> Say:
        """Its title, which is what the overview calls it."""
        return say(f"page.{self.name.lower().replace(' ', '-')}")


@dataclass(frozen=True, slots=True)
class Report:
    """All that the pages show.

    `pages` are the kinds of its pages, in order. `folder` is their folder in the vault, "" if they are outside; `limit`
    is the most findings listed of one insight. `orphans` are the definition of an orphan, how many there are, and of
    how many notes. `is_any_day`: they are written for a date that somebody chose, not for today.
    """

    graph: KnowledgeGraph
    findings: Findings
    learning: Learning
    linker: Linker
    pages: tuple[PageKind, ...]
    folder: str
    limit: int
    orphans: tuple[str, int, int]
    is_any_day: bool = False

    @property
    def has_learning(self) -> bool:
        """Tell whether the vault says anything about learning."""
        facts = self.learning.facts
        return bool(facts.entries or facts.goals or facts.uses or facts.stages)

    @property
    def day(self) -> date | None:
        """The date that the pages depend on; None if they say nothing about learning, or are for a chosen date."""
        depends = self.has_learning and not self.is_any_day
        return self.learning.facts.today if depends else None

    def beside(self, name: str) -> str:
        """Return the path of a file beside the pages."""
        return f"{self.folder}/{name}" if self.folder else name

    def link_to_section(self, title: str) -> str:
        """Return a link to a section of the same page; outside a vault, in a form that other programs understand."""
        anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        return f"[[#{title}]]" if self.folder else f"[{title}](#{quote(anchor)})"

    def link_to_map(self, words: Say, mode: str = "") -> str:
        """Return a link to the page of the graph, in one of its modes.

        It leads from file to file, in any program that shows the report; Obsidian leaves out the mode.
        """
        address = view(mode=mode)
        return f"[{self.linker.own(words)}](./{GRAPH_PAGE}{address and f'#{address}'})"
