"""What an insight says: one subject, why it matters, the evidence, and the next step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from vault_tools.model.defaults import EXEMPT, ORPHAN_DEFINITION, STUB_WORDS, OrphanDefinition
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.text import Ref, Say, Text, say
from vault_tools.words import words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an insight found. `weight` ranks it: more is more urgent.

    `subject` is the node it is about; `cells` fill the insight's extra columns; `evidence` is where it shows. Without
    a `why`, the title of the insight says enough.
    """

    insight: str
    subject: Ref
    weight: float
    why: Text = ()
    step: Text = ()
    evidence: tuple[Ref, ...] = ()
    cells: tuple[str | Say, ...] = ()

    @property
    def reason(self) -> Text:
        """Why it matters, for a place that does not show the title of its insight."""
        return self.why or (say(f"{self.insight}.title"),)


@dataclass(frozen=True, slots=True)
class Context:
    """All that an insight may know besides the graph.

    `orphans` is the chosen definition, `exempt` are the roles that never count as orphans. A note with fewer than
    `stub_words` words is a stub. `learning` is what the vault says about learning. `mentions` are parts of texts
    outside the notes that may contain names of attachments, by source: other text files, Obsidian's settings.
    """

    orphans: OrphanDefinition = ORPHAN_DEFINITION
    exempt: tuple[str, ...] = EXEMPT
    stub_words: int = STUB_WORDS
    learning: Learning = field(default_factory=Learning)
    mentions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Insight:
    """A question about a graph, and how its answer is shown.

    Its words are in the catalogue, in the section of its name, as Markdown: `title`, and `column-NAME` for each of the
    `columns`, which head the extra `cells` of its findings. Two more are optional: `lead`, the first sentence of the
    section, and `empty`, what it says for no findings.

    `page` is the name of the page it belongs to, `order` its place there. What a finding `counts_as`: a `gap` counts in
    the overview, the summary and the map's mode for gaps; a `fault` only at the top of its page; a `figure` nowhere.
    `ranked` ones compete for the top of the overview, `grouped` ones are listed under their first cell. If one that
    `goes_first` finds something, its section may go before the head of its page. `picture` may draw the findings in
    Mermaid. `idle` chooses the sentence for no findings, if there are several reasons. `of_links` ones reveal only what
    names and links reveal, so a page of names may include them.
    """

    name: str
    page: str
    order: int
    find: Callable[[KnowledgeGraph, Context], Iterable[Finding]]
    columns: tuple[str, ...] = ()
    counts_as: Literal["gap", "fault", "figure"] = "gap"
    ranked: bool = True
    grouped: bool = False
    goes_first: bool = False
    of_links: bool = False
    picture: Callable[[tuple[Finding, ...]], str] | None = None
    idle: Callable[[Learning], Say] | None = None

    @property
    def title(self) -> Say:
        """The heading of its section."""
        return say(f"{self.name}.title")

    @property
    def lead(self) -> Say | None:
        """The first sentence of its section; None if the catalogue has none."""
        return self._optional("lead")

    @property
    def empty(self) -> Say:
        """What its section says if nothing was found, and there is nothing more to say about that."""
        return self._optional("empty") or say("common.nothing-found")

    def _optional(self, row: str) -> Say | None:
        id_ = f"{self.name}.{row}"
        return say(id_) if id_ in words() else None

    def nothing(self, learning: Learning) -> Say:
        """Return what its section says if nothing was found in a vault."""
        return self.idle(learning) if self.idle is not None else self.empty

    @property
    def heads(self) -> tuple[Say, ...]:
        """The headings of its columns."""
        return tuple(say(f"{self.name}.column-{column}") for column in self.columns)
