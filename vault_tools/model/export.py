"""How a graph is exported as one file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from vault_tools import words as catalogue
from vault_tools.model.finding import Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.places import Places
from vault_tools.model.text import Say, Term, Text
from vault_tools.words import Words


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known about a vault besides its graph: findings, learning, and the creation day in each note.

    `format_text` gives a text in the reader's language.
    """

    findings: Mapping[Insight, tuple[Finding, ...]] = field(default_factory=dict)
    learning: Learning = field(default_factory=Learning)
    created: Mapping[str, date] = field(default_factory=dict)
    format_text: Callable[[Text | Say | Term], str] = str


@dataclass(frozen=True, slots=True)
class ExportContext:
    """All that an exporter may know besides the graph.

    `vault` is the name of the vault's folder on this device, for output that stays on it. `named` is the vault's name
    in its settings ("" for none), and `folder` is the vault path of the report pages; only these two may go into a
    page. `assets` are shipped files by name; `words` are the sentences of `language`. `analysis`
    computes what only some exporters need. `text` returns the text of a note. `groups` are the vault's graph searches
    with their colours. `before` holds the positions in an earlier map. `view` is what the page opens with (the part of
    its address after `#`). With `names_only`, the export contains names only and no other text of notes.
    """

    vault: str
    assets: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    words: Words = field(default_factory=catalogue.words)
    analysis: Callable[[], Analysis] = Analysis
    text: Callable[[str], str] = lambda _path: ""
    groups: tuple[tuple[str, str], ...] = ()
    before: Places | None = None
    view: str = ""
    names_only: bool = False
    named: str = ""
    folder: str = "_vault-tools"


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name (`--format NAME`), a file suffix, and a function that yields the file's text.

    `assets` are the shipped files (below `templates/`) that it needs, or folders of them (`graph/`); they are read for
    it. `mark` is how every text that it yields begins (or see `store.marks`: one of the first members of a JSON object,
    the first `meta` of an HTML page). Without a mark, an older export is replaced only if nobody changed it (see
    `store.exported`).
    `places` reads the positions of nodes from an older text. `same` tells whether two texts have the same content
    although their bytes differ.
    """

    name: str
    suffix: str
    export: Callable[[KnowledgeGraph, ExportContext], Iterator[str]]
    assets: tuple[str, ...] = ()
    mark: str = ""
    places: Callable[[str], Places | None] | None = None
    same: Callable[[str, str], bool] | None = None
