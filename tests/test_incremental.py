"""A graph that was made from the one before is the graph that is built afresh, whatever was changed in between."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import partial

from conftest import parsed
from hypothesis import given, settings
from hypothesis import strategies as st

from vault_tools.graph.build import Built, rebuild
from vault_tools.graph.frame import Rules, frame
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Problem
from vault_tools.model.vocabulary import Conventions, Period, Relation, Rule, Vocabulary

laws = partial(settings, deadline=None, derandomize=True)

Files = Mapping[str, str]
CALM = Conventions()
VOCABULARY = Vocabulary(
    relations={
        "requires": Relation("requires", ("needs", "需要"), inverse="required-by"),
        "contains": Relation("contains", inverse="part-of", inverse_names=("up",)),
        "related": Relation("related", symmetric=True),
    }
)
SETTINGS = (
    Rules(VOCABULARY, CALM),
    Rules(
        VOCABULARY,
        Conventions(
            rules=(Rule("topic", tag="t"), Rule("log", folder="b")),
            excluded=("b/",),
            templates=("T",),
            periods=(Period("weekly", "", r"(?P<gggg>\d{4})-W(?P<ww>\d{2})"),),
            property_types={"n": "number"},
            link_format="relative",
        ),
    ),
    Rules(Vocabulary(), CALM),
)

FOLDERS = ("", "", "a/", "a/b/", "b/", "T/", "é/")
NAMES = (
    "A",
    "a",
    "B",
    "Note one",
    "Note two",
    "Note ones",
    "甲乙丙丁",
    "甲乙丙戊",
    "Ö",
    "O\u0308",
    "2024-W19",
    "x.y",
    "c",
)
FILES = ("c.png", "B.pdf", "A.canvas", "p.base")
SPELLINGS = (
    *("A", "a", "B", "b", "a/A", "b/A", "a/b/A", "/A", "./A", "../A", "../b/A", "./x/../A", "b/../B", "A.md", "a.MD"),
    *(
        "Note one",
        "note ONE",
        "Note tow",
        "Note on",
        "Nothing",
        "nothing",
        "NOTHING",
        "甲乙丙丁",
        "甲乙丙己",
        "Ö",
        "O\u0308",
    ),
    *(
        "c.png",
        "a/c.png",
        "B.pdf",
        "C.PNG",
        "x.y",
        "X.Y.md",
        "2024-W20",
        "{{date}}",
        "Other name",
        "别名",
        "A^id",
        "B^id",
    ),
    *("p", "p.base", "A.canvas", "Ours", "Lost", "", "A/", "a\\A"),
)
SUBPATHS = (*("",) * 6, "#One", "#One#Two", "#Two", "#Onee", "#^id", "#^idd", "#[^1]", "#")
PROPERTIES = ("needs", "part-of", "up", "related", "需要", "n", "required-by", "say")
LINES = (
    *("# One", "## Two", "# Onee", "text ^id", "[^1]: foot", "#t", "#T/u", "#t/", "x #二", "", "", "words and words"),
    *("%% vault-tools:begin gaps %%", "%% vault-tools:end %%", "%% vault-tools:begin ways %%"),
)

paths = st.builds("{}{}.md".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
others = st.builds("{}{}".format, st.sampled_from(FOLDERS), st.sampled_from(FILES))
places = st.builds("{}{}".format, st.sampled_from(SPELLINGS), st.sampled_from(SUBPATHS))
links = st.one_of(
    st.builds("[[{}]]".format, places),
    st.builds("[[{}|shown]]".format, places),
    st.builds("![[{}]]".format, places),
    places.map(lambda place: "[t]({})".format(place.replace(" ", "%20"))),
    places.map(lambda place: "![]({})".format(place.replace(" ", "%20"))),
    st.builds("{}:: [[{}]]".format, st.sampled_from(PROPERTIES), places),
    st.builds("| [[{}\\|x]] | b |\n| --- | --- |".format, places),
)
properties = st.one_of(
    st.builds('{}: "[[{}]]"'.format, st.sampled_from(PROPERTIES), places),
    st.builds("{}: text [[{}]]".format, st.sampled_from(PROPERTIES), places),
    st.builds("aliases: [{}]".format, st.sampled_from(("Other name", "别名", "A", "Nothing", "one, two"))),
    st.sampled_from(("type: topic", "type: log", "tags: [t, 二/u]", "n: 1", "n: many", "words")),
)


def _note(head: Iterable[str], body: Iterable[str]) -> str:
    rows = "\n".join(head)
    return "\n".join([*([f"---\n{rows}\n---"] if rows else []), *body])


def _canvas(cards: list[str], arrows: list[tuple[int, int, str]]) -> str:
    nodes = ", ".join(f'{{"id": "{at}", "type": "file", "file": "{card}"}}' for at, card in enumerate(cards))
    edges = ", ".join(
        f'{{"id": "e{at}", "fromNode": "{one}", "toNode": "{other}", "label": "{label}"}}'
        for at, (one, other, label) in enumerate(arrows)
    )
    return f'{{"nodes": [{nodes}], "edges": [{edges}]}}'


notes = st.builds(
    _note, st.lists(properties, max_size=3), st.lists(st.one_of(links, st.sampled_from(LINES)), max_size=6)
)
canvases = st.builds(
    _canvas,
    st.lists(st.one_of(paths, others), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(PROPERTIES)), max_size=3),
)
files = st.one_of(
    st.tuples(paths, notes),
    st.tuples(paths, notes),
    st.tuples(paths, notes),
    st.tuples(others.filter(lambda path: path.endswith(".canvas")), canvases),
    st.tuples(others.filter(lambda path: not path.endswith(".canvas")), st.just("")),
)
vaults = st.dictionaries(paths, notes, min_size=1, max_size=7).flatmap(
    lambda known: st.lists(files, max_size=4).map(lambda more: known | dict(more))
)
edits = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 20), files),
    st.tuples(st.just("append"), st.integers(0, 20), st.one_of(links, st.sampled_from(LINES))),
    st.tuples(st.just("delete"), st.integers(0, 20), st.none()),
    st.tuples(st.just("rename"), st.integers(0, 20), st.one_of(paths, others)),
    st.tuples(st.just("set"), st.integers(0, len(SETTINGS) - 1), st.none()),
    st.tuples(st.just("own"), st.integers(0, 20), st.none()),
    st.tuples(st.just("hide"), st.integers(0, 20), st.none()),
)


class _Vault:
    """A vault in memory that is edited, and what it is built with."""

    def __init__(self, texts: Files) -> None:
        self.texts = dict(texts)
        self.rules = SETTINGS[0]
        self.own: list[str] = ["_vault-tools/Ours.md"]
        self.hidden: list[str] = [".trash/Lost.md"]

    def edit(self, kind: str, at: int, what: object) -> None:
        """Make one edit; `at` says which file or settings are meant."""
        path = sorted(self.texts)[at % len(self.texts)] if self.texts else ""
        match kind, what:
            case "write", (str(new), str(text)):
                self.texts[new] = text
            case "append", str(line) if path.endswith(".md"):
                self.texts[path] += f"\n{line}"
            case "rename", str(new) if path and path.rpartition(".")[2] == new.rpartition(".")[2]:
                self.texts[new] = self.texts.pop(path)
            case (("delete" | "own" | "hide"), None) if path:
                self.texts.pop(path)
                {"own": self.own, "hide": self.hidden}.get(kind, []).append(path)
            case "set", None:
                self.rules = SETTINGS[at]

    def built(self, before: Built | None) -> Built:
        """Build the graph, from the one before if there is any."""
        found = parsed(self.texts)
        last = before.frame if before else None
        now = frame(found, self.texts, self.rules, self.own, self.hidden, last)
        problems = {path: Problem("vanished", 0, "gone", "run again") for path in self.texts if path.endswith(".pdf")}
        return rebuild(now, problems, before)


def _ordered(value: object) -> object:
    """Return a value in which the order of dictionaries counts."""
    return [(key, _ordered(each)) for key, each in value.items()] if isinstance(value, dict) else value


def _same(one: KnowledgeGraph, other: KnowledgeGraph) -> None:
    for field in fields(KnowledgeGraph):
        assert _ordered(getattr(one, field.name)) == _ordered(getattr(other, field.name)), field.name


@laws(max_examples=400)
@given(vaults, st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_graph_made_from_the_last_one_is_the_graph_built_afresh(
    texts: Files, rounds: list[list[tuple[str, int, object]]]
) -> None:
    """Every field of it, in the same order."""
    vault = _Vault(texts)
    built = vault.built(None)
    for edits_ in rounds:
        for edit in edits_:
            vault.edit(*edit)
        built = vault.built(built)
        _same(built.graph, vault.built(None).graph)
