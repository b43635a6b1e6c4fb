"""Which way the lines of a canvas point: their arrowheads decide, as in JSON Canvas 1.0."""

import json
from typing import Any

import pytest
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Problem

FORWARD, BACK = ("a.md", "b.md"), ("b.md", "a.md")
ABSENT: dict[str, Any] = {}


def graph_of(vault: MakeVault, edge: dict[str, Any], **files: str) -> KnowledgeGraph:
    """Build the graph of two cards, a and b, with a line from the first to the second."""
    cards = [{"id": name, "type": "file", "file": f"{name}.md"} for name in "ab"]
    line = {"id": "e", "fromNode": "a", "toNode": "b"} | edge
    board = json.dumps({"nodes": cards, "edges": [line]})
    return Vault.open(vault({"a.md": "", "b.md": "", "x.canvas": board, **files}), cache=False).knowledge


def relations(graph: KnowledgeGraph) -> list[tuple[str, str, str]]:
    """Give the semantic edges: relation, source, target."""
    return [(edge.relation, edge.source, edge.target) for edge in graph.edges if edge.namespace == "semantic"]


def told(graph: KnowledgeGraph) -> tuple[Problem, ...]:
    """Give the problems of the canvas."""
    return graph.problems.get("x.canvas", ())


@pytest.mark.parametrize(
    ("ends", "ways"),
    [
        (ABSENT, [FORWARD]),
        ({"toEnd": "arrow"}, [FORWARD]),
        ({"fromEnd": "none"}, [FORWARD]),
        ({"fromEnd": "none", "toEnd": "arrow"}, [FORWARD]),
        ({"fromEnd": "arrow", "toEnd": "none"}, [BACK]),
        ({"fromEnd": "arrow"}, [FORWARD, BACK]),
        ({"fromEnd": "arrow", "toEnd": "arrow"}, [FORWARD, BACK]),
        ({"fromEnd": None, "toEnd": None}, [FORWARD]),
        ({"fromEnd": [], "toEnd": 7}, [FORWARD]),
    ],
)
@pytest.mark.parametrize(("label", "turned"), [("requires", False), ("enables", True), ("需要", False)])
def test_a_canvas_line_points_to_each_end_with_an_arrowhead(
    ends: dict[str, Any], ways: list[tuple[str, str]], label: str, *, turned: bool, vault: MakeVault
) -> None:
    """Where the canvas says nothing, the head is at the end; a label may name the relation from its other end."""
    graph = graph_of(vault, ends | {"label": label})
    expected = [(target, source) if turned else (source, target) for source, target in ways]
    assert sorted(relations(graph)) == sorted(("requires", *way) for way in expected)
    assert told(graph) == ()


@pytest.mark.parametrize("ends", [{"toEnd": "none"}, {"fromEnd": "none", "toEnd": "none"}])
def test_a_canvas_line_without_an_arrowhead_only_says_that_two_notes_are_related(
    ends: dict[str, Any], vault: MakeVault
) -> None:
    """A relation with a direction is not guessed, but told; one without needs no head."""
    graph = graph_of(vault, ends | {"label": "requires"})
    assert relations(graph) == [("related", "a.md", "b.md")]
    (problem,) = told(graph)
    assert problem.code == "canvas-undirected"
    assert "'requires'" in problem.what
    graph = graph_of(vault, ends | {"label": "同"})
    assert (relations(graph), told(graph)) == ([("same", "a.md", "b.md")], ())
    for nothing in ({"label": "see page 3"}, {"label": ""}, ABSENT):
        graph = graph_of(vault, ends | nothing)
        assert (relations(graph), told(graph)) == ([], ())


def test_a_relation_from_the_settings_points_as_its_canvas_line_does(vault: MakeVault) -> None:
    """Whatever the settings add."""
    settings = '[relations.refutes]\nnames = ["反驳"]\n[relations.echoes]\nsymmetric = true\n'
    back = {"fromEnd": "arrow", "toEnd": "none"}
    graph = graph_of(vault, back | {"label": "反驳"}, **{"vault-tools.toml": settings})
    assert relations(graph) == [("refutes", "b.md", "a.md")]
    graph = graph_of(vault, {"toEnd": "none", "label": "echoes"}, **{"vault-tools.toml": settings})
    assert (relations(graph), told(graph)) == ([("echoes", "a.md", "b.md")], ())
