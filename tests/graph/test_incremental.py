"""A graph that was made from the one before is the graph that is built afresh, whatever was changed in between."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, parsed

from vault_tools.app import Vault
from vault_tools.graph.build import Built, rebuild
from vault_tools.graph.frame import Rules, frame
from vault_tools.model.change import Stamp
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Problem, Source
from vault_tools.model.vocabulary import Conventions, Period, Relation, Rule, Vocabulary
from vault_tools.store import contents

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

# Few names, so that links meet files, and files namesakes.
FOLDERS = ("", "", "a/", "a/b/", "T/")
NAMES = ("A", "A", "a", "B", "B", "Note one", "甲乙丙丁", "O\u0308", "2024-W19", "x.y")
FILES = ("c.png", "c.png", "B.pdf", "A.canvas", "B.canvas")
SPELLINGS = (
    *(
        "A",
        "A",
        "A",
        "B",
        "B",
        "B",
        "c.png",
        "c.png",
        "A.canvas",
        "Note one",
        "甲乙丙丁",
        "Ö",
        "x.y",
        "a/A",
        "/A",
        "a/b/B",
    ),
    *("./A", "../A", "../B", "./x/../A", "../c.png", "a.MD", "B.pdf", "X.Y.md", "C.PNG", "", "A/", "a\\A"),
    *(
        "Nothing",
        "nothing",
        "NOTHING",
        "Note tow",
        "甲乙丙己",
        "2024-W20",
        "{{date}}",
        "Other name",
        "别名",
        "A^id",
        "B^id",
    ),
    *("Ours", "Lost", "z/A", "z/B#One"),
)
SUBPATHS = (*("",) * 4, "#One", "#One", "#One#Two", "#Onee", "#^id", "#^id", "#[^1]", "#")
PROPERTIES = ("requires", "needs", "required-by", "part-of", "up", "related", "需要", "say")
LINES = (
    *(
        "# One",
        "# One",
        "## Two",
        "# Onee",
        "text ^id",
        "text ^id",
        "[^1]: foot",
        "#t",
        "#T/u",
        "#t/",
        "x #二",
        "",
        "words",
    ),
    *("%% vault-tools:begin gaps %%", "%% vault-tools:end %%", "%% vault-tools:begin ways %%"),
)

paths = st.builds("{}{}.md".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
others = st.builds("{}{}".format, st.sampled_from(("", "a/")), st.sampled_from(FILES))
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
    st.lists(st.sampled_from(("A.md", "a/A.md", "B.md", "a/b/B.md", "c.png", "x/No.md")), min_size=2, max_size=3),
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.sampled_from(PROPERTIES)), max_size=3),
)
files = st.one_of(
    st.tuples(paths, notes),
    st.tuples(paths, notes),
    st.tuples(paths, notes),
    st.tuples(others.filter(lambda path: path.endswith(".canvas")), canvases),
    st.tuples(others.filter(lambda path: not path.endswith(".canvas")), st.just("")),
)
vaults = st.lists(files, min_size=2, max_size=9).map(dict)
edits = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 20), files),
    st.tuples(st.just("rewrite"), st.integers(0, 20), notes),
    st.tuples(st.just("append"), st.integers(0, 20), st.one_of(links, st.sampled_from(LINES))),
    st.tuples(st.just("delete"), st.integers(0, 20), st.none()),
    st.tuples(st.just("rename"), st.integers(0, 20), st.one_of(paths, others)),
    st.tuples(st.just("own"), st.just(0), st.lists(st.one_of(paths, others), max_size=2)),
    st.tuples(st.just("hide"), st.just(0), st.lists(paths, max_size=2)),
    st.tuples(st.just("set"), st.integers(0, len(SETTINGS) - 1), st.none()),
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
            case "rewrite", str(text) if path.endswith(".md"):
                self.texts[path] = text
            case "append", str(line) if path.endswith(".md"):
                self.texts[path] += f"\n{line}"
            case "rename", str(new) if path and path.rpartition(".")[2] == new.rpartition(".")[2]:
                self.texts[new] = self.texts.pop(path)
            case "delete", None if path:
                self.texts.pop(path)
            case "own", [*found]:
                self.own = ["_vault-tools/Ours.md", *map(str, found)]
            case "hide", [*found]:
                self.hidden = [".trash/Lost.md", *map(str, found)]
            case "set", None:
                self.rules = SETTINGS[at]

    def built(self, before: Built | None) -> Built:
        """Build the graph, from the one before if there is any."""
        found = parsed(self.texts)
        last = before.frame if before else None
        now = frame(found, self.texts, self.rules, self.own, self.hidden, last)
        problems = {path: Problem("vanished", 0, "gone", "run again") for path in self.texts if path.endswith(".pdf")}
        return rebuild(now, problems, before)


CASES: dict[str, tuple[Files, tuple[str, int, object]]] = {
    "a heading that others link to comes": (
        {"A.md": "x", "B.md": "[[A#One]]", "C.md": "[[#One]]", "D.md": "[[A]]"},
        ("append", 0, "# One"),
    ),
    "a block that others link to goes": ({"A.md": "x ^id", "B.md": "![[A#^id]]"}, ("rewrite", 0, "x")),
    "a block comes that a link meant": ({"A.md": "x", "B.md": "[[A^id]]"}, ("append", 0, "\ny ^id")),
    "a heading comes in a note that a link meant": ({"A.md": "x", "B.md": "[[z/A#One]]"}, ("append", 0, "# One")),
    "both ends of a relation tell of it": (
        {"A.md": "requires:: [[B]]", "B.md": "required-by:: [[A]]"},
        ("rewrite", 0, "more\n\nrequires:: [[B]]"),
    ),
    "an arrow goes": (
        {"A.md": "x", "B.md": "y", "m.canvas": _canvas(["A.md", "B.md"], [(0, 1, "requires")])},
        ("write", 0, ("m.canvas", _canvas(["A.md", "B.md"], []))),
    ),
    "a note comes to which an arrow leads": (
        {"A.md": "x", "m.canvas": _canvas(["A.md", "B.md"], [(0, 1, "requires")])},
        ("write", 0, ("B.md", "y")),
    ),
    "a note goes to which an arrow leads": (
        {"A.md": "x", "B.md": "y", "m.canvas": _canvas(["A.md", "B.md"], [(0, 1, "requires")])},
        ("delete", 1, None),
    ),
    "a spelling becomes the most frequent": (
        {"A.md": "[[nothing]]", "B.md": "[[Nothing]]", "C.md": "x"},
        ("append", 2, "[[nothing]]"),
    ),
    "a namesake comes that is nearer": (
        {"b/A.md": "x", "a/X.md": "[[A]]", "X.md": "[[A]] ![[A]]"},
        ("write", 0, ("a/A.md", "y")),
    ),
    "a step up means another name in each folder": (
        {"X.md": "[[./..]]", "a/b/Y.md": "[[./..]]"},
        ("write", 0, ("a.md", "x")),
    ),
    "a picture goes": ({"A.md": "![[c.png]]", "c.png": ""}, ("delete", 1, None)),
    "a page becomes ours": ({"b/A.md": "x", "a/X.md": "[[A]]"}, ("own", 0, ["a/A.md"])),
    "a note is hidden": ({"A.md": "[[Gone]]"}, ("hide", 0, [".trash/Gone.md"])),
    "an alias comes": ({"A.md": "x", "B.md": "[[Other]]"}, ("rewrite", 0, "---\naliases: [Other]\n---")),
    "a note like it comes": ({"B.md": "[[Note tow]]"}, ("write", 0, ("Note two.md", "x"))),
    "what is ours is no spelling": (
        {"A.md": "[[Nothing]]", "B.md": "%% vault-tools:begin gaps %%\n[[nothing]]\n%% vault-tools:end %%"},
        ("rewrite", 0, "x"),
    ),
    "nothing is left": ({"A.md": "[[B]]"}, ("delete", 0, None)),
    "the words change": ({"A.md": "needs:: [[B]]", "B.md": "x"}, ("set", 2, None)),
}


def _ordered(value: object) -> object:
    """Return a value in which the order of dictionaries counts."""
    return [(key, _ordered(each)) for key, each in value.items()] if isinstance(value, dict) else value


def _same(one: KnowledgeGraph, other: KnowledgeGraph) -> None:
    for field in fields(KnowledgeGraph):
        assert _ordered(getattr(one, field.name)) == _ordered(getattr(other, field.name)), field.name


@laws(max_examples=400)
@given(vaults, st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_graph_that_is_made_from_the_last_one_equals_one_from_scratch(
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


@pytest.mark.parametrize("case", CASES)
def test_a_change_rebuilds_the_parts_of_the_graph_that_it_affects(case: str) -> None:
    """It makes a graph that differs from the one before, too."""
    texts, edit = CASES[case]
    vault = _Vault(texts)
    before = vault.built(None)
    vault.edit(*edit)
    now = vault.built(before)
    _same(now.graph, vault.built(None).graph)
    _same(before.graph, _Vault(texts).built(None).graph)
    assert any(getattr(before.graph, each.name) != getattr(now.graph, each.name) for each in fields(KnowledgeGraph))


# ---------------------------------------------------------------- a vault that is kept open

STEPS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _root: None,
    "a note is changed": lambda root: (root / "A.md").write_text("[[B#One]] 改\n", "utf-8"),
    "a heading is taken out": lambda root: (root / "a" / "B.md").write_text("nothing\n", "utf-8"),
    "a log is written": lambda root: (root / "2024-05-02.md").write_text("---\ntype: log\n---\nlearns:: [[A]]\n"),
    "a picture comes": lambda root: (root / "c.png").write_bytes(b"png"),
    "a note is moved": lambda root: (root / "A.md").rename(root / "a" / "A.md"),
    "a template is changed": lambda root: (root / "T" / "paper.md").write_text("---\ntype: paper\n评分:\n---\n"),
    "a note is no text any more": lambda root: (root / "C.md").write_bytes(b"\xff\xfe [[A]]"),
    "a note is deleted": lambda root: (root / "a" / "A.md").unlink(),
    "a copy comes": lambda root: (root / "C.sync-conflict-20240501-101010-ABCDEFG.md").write_text("[[A]]"),
    "a folder goes": lambda root: shutil.rmtree(root / "a"),
}


@pytest.mark.parametrize("cached", [True, False])
def test_a_vault_that_is_looked_at_again_equals_one_that_is_opened_again(vault: MakeVault, *, cached: bool) -> None:
    """After each of some changes on the disk, one on top of the other."""
    root = vault(
        {
            "A.md": "---\ntype: knowledge\n---\n[[B]] ![[c.png]] [[Nothing]]\n",
            "a/B.md": "# One\n[[A]] [[C]]\n",
            "C.md": "[[B#One]] [[nothing]]\n",
            "T/paper.md": "---\ntype: paper\n---\n",
            ".obsidian/templates.json": '{"folder": "T"}',
        }
    )
    kept = Vault.open(root, cache=cached)
    for name, step in STEPS.items():
        step(root)
        kept.look_again()
        fresh = Vault.open(root, cache=False)
        fresh.look_again(kept.today)
        _same(kept.knowledge, fresh.knowledge)
        assert (kept.learning, kept.findings, kept.summary) == (fresh.learning, fresh.findings, fresh.summary), name
        assert (list(kept.pages()), kept.vocabulary) == (list(fresh.pages()), fresh.vocabulary), name


def test_a_vault_that_is_looked_at_again_knows_the_new_day(vault: MakeVault) -> None:
    """The day stays what it was unless a new one is given."""
    kept = Vault.open(vault({"2024-05-02.md": "---\ntype: log\n---\nlearns:: [[A]]\n"}), today=date(2024, 5, 1))
    assert not kept.learning.facts.entries
    kept.look_again()
    assert not kept.learning.facts.entries
    kept.look_again(date(2024, 5, 2))
    assert [entry.day for entry in kept.learning.facts.entries] == [date(2024, 5, 2)]


def test_a_vault_that_is_looked_at_again_reads_and_parses_only_what_changed(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note that stayed is the same object, and so is its node."""
    monkeypatch.setattr("vault_tools.model.change._TICK_NS", -(10**12))  # as if long after the change
    root = vault({"A.md": "[[B]]\n", "B.md": "[[A]]\n"})
    kept = Vault.open(root)
    before = kept.knowledge
    (root / "A.md").write_text("[[B]] more\n")
    read: list[str] = []
    whole = contents.read

    def told(root: Path, path: str, stamp: Stamp) -> Source:
        read.append(path)
        return whole(root, path, stamp)

    monkeypatch.setattr(contents, "read", told)
    kept.look_again()
    assert kept.knowledge.nodes["B.md"] is before.nodes["B.md"]
    assert kept.knowledge.nodes["A.md"] != before.nodes["A.md"]
    assert read == ["A.md"]
