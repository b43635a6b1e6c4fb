"""The typed graph, and the way to it from Python."""

import shutil
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.errors import SettingsError, UnusableVaultError
from vault_tools.model.graph import Edge, Place

Typed = set[tuple[str, str, str]]


def semantic(vault: MakeVault, files: dict[str, str | bytes]) -> dict[tuple[str, str, str], Edge]:
    """Return the typed edges of a vault by (source, relation, target)."""
    graph = Vault.open(vault(files)).knowledge
    return {(edge.source, edge.relation, edge.target): edge for edge in graph.edges if edge.namespace == "semantic"}


# ---------------------------------------------------------------- relations


@pytest.mark.parametrize(
    "text",
    [
        "---\nrequires: '[[B]]'\n---\n",
        "---\nrequires: ['[[B]]']\n---\n",
        '---\nRequires:\n  - "[[B|bee]]"\n---\n',
        "---\nrequires: '[bee](B.md)'\n---\n",
        "requires:: [[B]]\n",
        "- requires:: [[B]]\n",
        "Text (requires:: [[B]]) goes on\n",
        "Text [requires:: [[B#Head]]] goes on\n",
        "**Requires**:: [[B]]\n",
        "prerequisites:: [b](B.md)\n",
        "需要:: [[B]]\n",
        "---\n前置: '[[B]]'\n---\n",
    ],
)
def test_a_relation_may_be_a_property_or_an_inline_field(text: str, vault: MakeVault) -> None:
    """In any of its names, in any form, with any kind of link."""
    assert set(semantic(vault, {"A.md": text, "B.md": "# Head"})) == {("A.md", "requires", "B.md")}


@pytest.mark.parametrize(
    "text",
    [
        "---\nrequires: B\n---\n",
        "requires: [[B]]",
        "`requires:: [[B]]`",
        "---\nwanted: '[[B]]'\n---\n",
        "requires [[B]]",
    ],
)
def test_text_that_is_no_relation_is_only_a_link_or_nothing(text: str, vault: MakeVault) -> None:
    """A name without a link, a single colon, code, a word that no relation knows."""
    assert not semantic(vault, {"A.md": text, "B.md": ""})


def test_a_labelled_arrow_on_a_canvas_is_a_relation(vault: MakeVault) -> None:
    """Between two cards of files; in Chinese too; other labels say nothing."""
    cards = '"nodes": [' + ", ".join(f'{{"id": "{n}", "type": "file", "file": "{n}.md"}}' for n in "ABC") + "]"
    arrows = ", ".join(
        f'{{"id": "{at}", "fromNode": "{a}", "toNode": "{b}", "label": "{label}"}}'
        for at, (a, label, b) in enumerate([("A", "requires", "B"), ("B", "属于", "C"), ("C", "likes", "A")])
    )
    files: dict[str, str | bytes] = {f"{name}.md": "" for name in "ABC"}
    got = semantic(vault, files | {"Board.canvas": f'{{{cards}, "edges": [{arrows}]}}'})
    assert set(got) == {("A.md", "requires", "B.md"), ("C.md", "contains", "B.md")}
    assert got["A.md", "requires", "B.md"].places[0].note == "Board.canvas"


def test_an_inverse_relation_is_turned_round_and_both_ends_make_one_edge(vault: MakeVault) -> None:
    """Two places, one of them told from the other end."""
    got = semantic(
        vault,
        {
            "Topic.md": "---\ntype: core-topic\ncontains: '[[A]]'\n---\n",
            "A.md": "---\ntype: knowledge\npart-of: '[[Topic]]'\n---\n",
            "B.md": "属于:: [[Topic]]\n",
        },
    )
    assert set(got) == {("Topic.md", "contains", "A.md"), ("Topic.md", "contains", "B.md")}
    assert got["Topic.md", "contains", "A.md"].places == (
        Place("A.md", 3, "part-of", inverted=True),
        Place("Topic.md", 3, "contains"),
    )
    assert [place.inverted for place in got["Topic.md", "contains", "B.md"].places] == [True]


def test_a_symmetric_relation_holds_in_both_directions(vault: MakeVault) -> None:
    """Written once, the export says it from both ends."""
    import json

    root = vault({"A.md": "相关:: [[B]]\n", "B.md": ""})
    rows = json.loads("".join(Vault.open(root).export("json")))["edges"]
    related = {(row["source"], row["target"], row["inferred"]) for row in rows if row["relation"] == "related"}
    assert related == {("A.md", "B.md", False), ("B.md", "A.md", True)}


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("---\ntype: log\nlearns:\n  - '[[B]]'\n---\n", 3, "learns.0"),
        ("---\ntype: log\nlearns: '[[B]]'\n---\n", 3, "learns"),
        ("one\n\nthree learns\nlearns:: [[B]]\n", 4, "learns"),
        ("one\n- two\n- x [学到:: [[B]]]\n", 3, "学到"),
    ],
)
def test_an_edge_knows_where_it_was_written(text: str, line: int, key: str, vault: MakeVault) -> None:
    """Note, line, property."""
    got = semantic(vault, {"A.md": text, "B.md": ""})
    assert got["A.md", "learns", "B.md"].places == (Place("A.md", line, key),)


def test_a_relation_that_is_written_often_is_one_edge_with_many_places(vault: MakeVault) -> None:
    """Links too."""
    graph = Vault.open(vault({"A.md": "[[B]]\n[[B]] [[b]]\nrequires:: [[B]]\nrequires:: [[B]]", "B.md": ""})).knowledge
    places = {edge.relation: [place.line for place in edge.places] for edge in graph.edges}
    assert places == {"links-to": [1, 2, 2, 3, 4], "requires": [3, 4]}


# ---------------------------------------------------------------- types


@pytest.mark.parametrize(
    ("written", "type_", "role"),
    [
        ("knowledge", "knowledge", "knowledge"),
        ("Knowledge", "knowledge", "knowledge"),
        ("knowledge node", "knowledge", "knowledge"),
        ("Core_Topic", "core-topic", "topic"),
        ("知识节点", "knowledge", "knowledge"),
        ("核心主题", "core-topic", "topic"),
        ("学习日志", "log", "log"),
        ("应用场景", "scenario", "goal"),
        ("[project, old]", "project", "goal"),
        ("'[[Project]]'", "project", "goal"),
        ("'[[Types/x|source]]'", "source", "source"),
        ("recipe", "recipe", ""),
        ("'  '", "note", ""),
        ("7", "note", ""),
        ("", "note", ""),
        ("'{{type}}'", "note", ""),
        ("x" * 200, "note", ""),
    ],
)
def test_a_note_says_its_type_in_any_of_its_names(written: str, type_: str, role: str, vault: MakeVault) -> None:
    """A word that no type knows is a type of one's own; what cannot be one is none."""
    node = Vault.open(vault({"A.md": f"---\ntype: {written}\n---\n"})).knowledge.nodes["A.md"]
    assert (node.type, node.role) == (type_, role)


def test_rules_of_folders_and_tags_give_notes_their_types(vault: MakeVault) -> None:
    """What the note says itself wins over both; the first rule wins over the second."""
    rules = '[[rules]]\ntype = "log"\ntag = "journal"\n[[rules]]\ntype = "source"\nfolder = "Papers"\n'
    files = {
        "Papers/A.md": "#journal/day",
        "Papers/B.md": "",
        "Papers/C.md": "---\ntype: rule\n---\n",
        "D.md": "#journals",
    }
    nodes = Vault.open(vault(files | {"vault-tools.toml": rules})).knowledge.nodes
    types = {path: nodes[path].type for path in files}
    assert types == {"Papers/A.md": "log", "Papers/B.md": "source", "Papers/C.md": "rule", "D.md": "note"}


# ---------------------------------------------------------------- networkx

SMALL: dict[str, str | bytes] = {
    "A.md": "---\ntype: knowledge\naliases: [Ay]\ntags: [one]\nrequires: ['[[B]]', '[[Gone]]']\nn: 3\n---\n"
    "[[B]] #two ![[p.png]]\n",
    "B.md": "x",
    "p.png": b"",
    "Board.canvas": '{"nodes":[{"id":"a","type":"file","file":"A.md"}],"edges":[]}',
}


def test_the_graph_is_a_networkx_multidigraph_that_cannot_be_changed(vault: MakeVault) -> None:
    """Frozen, since it is shared."""
    graph = Vault.open(vault(SMALL)).graph
    assert isinstance(graph, nx.MultiDiGraph)
    assert nx.is_frozen(graph)
    with pytest.raises(nx.NetworkXError):
        graph.add_node("x")


def test_nodes_and_edges_have_the_documented_attributes(vault: MakeVault) -> None:
    """`kind`, `title`, `type`, `role`, `tags`, `aliases`, `properties`; `relation`, `namespace`, `count`, `places`."""
    graph: Any = Vault.open(vault(SMALL)).graph
    assert graph.nodes["A.md"] == {
        "kind": "note",
        "title": "A",
        "type": "knowledge",
        "role": "knowledge",
        "tags": ("#one", "#two"),
        "aliases": ("Ay",),
        "properties": {
            "type": "knowledge",
            "aliases": ["Ay"],
            "tags": ["one"],
            "requires": ["[[B]]", "[[Gone]]"],
            "n": 3,
        },
    }
    kinds = dict(graph.nodes(data="kind"))
    assert kinds == {
        "A.md": "note",
        "B.md": "note",
        "Board.canvas": "canvas",
        "p.png": "attachment",
        "tag://one": "tag",
        "tag://two": "tag",
        "missing://Gone": "missing",
    }
    edge = graph.edges["A.md", "B.md", "requires"]
    assert edge == {
        "relation": "requires",
        "namespace": "semantic",
        "count": 1,
        "places": (Place("A.md", 5, "requires.0"),),
    }
    assert set(graph.edges(keys=True)) == {
        ("A.md", "B.md", "requires"),
        ("A.md", "B.md", "links-to"),
        ("A.md", "missing://Gone", "requires"),
        ("A.md", "missing://Gone", "links-to"),
        ("A.md", "p.png", "embeds"),
        ("A.md", "tag://one", "tagged"),
        ("A.md", "tag://two", "tagged"),
        ("Board.canvas", "A.md", "embeds"),
    }
    assert graph.edges["A.md", "B.md", "links-to"]["count"] == 2


def test_the_graph_answers_the_questions_of_networkx(vault: MakeVault) -> None:
    """Its edges and nodes are those of the knowledge graph."""
    found = Vault.open(vault(SMALL))
    assert list(found.graph) == list(found.knowledge.nodes)
    assert found.graph.number_of_edges() == len(found.knowledge.edges)
    assert nx.has_path(found.graph, "Board.canvas", "missing://Gone")


def test_a_relation_named_like_one_of_obsidians_own_is_refused(vault: MakeVault) -> None:
    """Two layers under one name could not be told apart."""
    settings = '[relations.links-to]\nnames = ["goes to"]\n'
    with pytest.raises(SettingsError, match="Choose another name"):
        Vault.open(vault({"A.md": "", "vault-tools.toml": settings}))


def test_opening_a_folder_that_is_no_vault_raises_an_error(vault: MakeVault) -> None:
    """The error says what to do in one line."""
    with pytest.raises(UnusableVaultError, match="Give the folder of a vault"):
        Vault.open(vault({}) / "nowhere")
    with pytest.raises(UnusableVaultError, match="is a file"):
        Vault.open(vault({"A.md": ""}) / "A.md")


def test_a_folder_without_settings_of_obsidian_is_read(vault: MakeVault) -> None:
    """A vault that was never opened in Obsidian; its path may be text."""
    root = vault({"Sub/A.md": ""})
    shutil.rmtree(root / ".obsidian")
    assert list(Vault.open(str(root / "Sub")).knowledge.nodes) == ["A.md"]


def test_opening_a_part_of_a_vault_raises_an_error(vault: MakeVault) -> None:
    """Its pages would lie among the notes, and its links would name a vault that is none."""
    root = vault({"Sub/A.md": ""})
    with pytest.raises(UnusableVaultError, match=r"is inside the vault .*Give that folder instead"):
        Vault.open(root / "Sub")
    with pytest.raises(UnusableVaultError, match="whole disk"):
        Vault.open(Path(root.anchor))


def test_progress_is_reported_while_notes_are_read(vault: MakeVault) -> None:
    """Up to all of them; nothing is told where nothing is read."""
    root = vault({f"{at}.md": "" for at in range(1200)})
    steps: list[tuple[int, int]] = []
    Vault.open(root, cache=False, progress=lambda done, whole: steps.append((done, whole)))
    assert len(steps) > 1
    assert steps == sorted(set(steps))
    assert steps[-1] == (1200, 1200)
    assert Vault.open(vault({}), progress=lambda *_: steps.clear())
    assert steps


def test_an_unknown_name_in_the_package_is_an_error() -> None:
    """`Vault` comes lazily, nothing else does."""
    import vault_tools

    with pytest.raises(AttributeError, match="Vualt"):
        _ = vault_tools.Vualt
