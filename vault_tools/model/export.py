"""How a graph leaves the tool as one file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from vault_tools.model.finding import Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.places import Places
from vault_tools.model.text import Say, Term, Text, Words


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a vault beside its graph: findings, learning, and the day on which each note says it was made.

    `speak` says a text in the reader's language.
    """

    findings: Mapping[Insight, tuple[Finding, ...]] = field(default_factory=dict)
    learning: Learning = field(default_factory=Learning)
    created: Mapping[str, date] = field(default_factory=dict)
    speak: Callable[[Text | Say | Term], str] = str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that an exporter may know beside the graph.

    `vault` is the name of the vault's folder here, for what stays on this device; `named` is the name that the vault's
    settings set for it ("" for none), and `folder` the vault path of our pages: only these may go into a page.
    `assets` are shipped files by name, `words` what is said instead of our English sentences in `language`. `known`
    works out what only some exporters want. `text` gives the text of a note, `groups` are the searches to which the
    vault gives colours of its own, with these. `before` are the places of an earlier map; `view` is what the page opens
    with (what would stand behind `#`). With `names_only` nothing that notes say leaves with it.
    """

    vault: str
    assets: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    words: Words = field(default_factory=dict)
    known: Callable[[], Known] = Known
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
    it. `mark` is how every text that it yields begins (or see `store.marks`: among the first members of a JSON object,
    the first `meta` of an HTML page); without one, an older export is not told from another's file and stays.
    `places` reads from an older text where its nodes stood. `same` tells whether two texts hold the same though their
    bytes differ.
    """

    name: str
    suffix: str
    export: Callable[[KnowledgeGraph, Surroundings], Iterator[str]]
    assets: tuple[str, ...] = ()
    mark: str = ""
    places: Callable[[str], Places | None] | None = None
    same: Callable[[str, str], bool] | None = None
