"""How one note leads to another, and which note a name means."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.titled_graph import WORDS, graph

from vault_tools.graph.build import build
from vault_tools.graph.paths import PathStep, relation_as_read, shortest
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Note, Source
from vault_tools.parse.note import parse


def way(found: KnowledgeGraph, source: str, target: str) -> list[str] | None:
    """Return a path as titles and relations; `~` marks those that lead the other way."""
    steps = shortest(found, source, target)
    if steps is None:
        return None
    said = [source.removesuffix(".md")]
    for step in steps:
        said += [step.relation if step.forward else "~" + step.relation, step.target.removesuffix(".md")]
    return said


def test_typed_relations_win_over_a_shorter_path_of_plain_links() -> None:
    """Though plain links would make a shorter one."""
    found = graph({"A": "requires:: [[B]]\n\n[[D]]", "B": "", "C": "causes:: [[B]]\n\ncauses:: [[D]]", "D": ""})
    assert way(found, "A.md", "D.md") == ["A", "requires", "B", "~causes", "C", "causes", "D"]


def test_plain_links_make_a_path_if_no_relation_does() -> None:
    """Typed relations among them first."""
    found = graph({"A": "requires:: [[B]]", "B": "![[C]]", "C": "", "D": "[[C]]"})
    assert way(found, "A.md", "D.md") == ["A", "requires", "B", "embeds", "C", "~links-to", "D"]


def test_no_path_leads_through_templates_excluded_notes_or_tags() -> None:
    """They may be its end."""
    files = {"A": "[[T]] [[Secret/S]] #tag", "T": "---\ntype: template\n---\n[[B]]", "Secret/S": "[[B]]", "B": "#tag"}
    found = graph(files)
    assert way(found, "A.md", "B.md") is None
    assert way(found, "A.md", "T.md") == ["A", "links-to", "T"]
    assert way(found, "T.md", "B.md") == ["T", "links-to", "B"]


def test_a_path_may_lead_through_a_missing_note() -> None:
    """Two notes that ask for the same are not far from one another."""
    found = graph({"A": "requires:: [[显存]]", "B": "requires:: [[显存]]"})
    assert way(found, "A.md", "B.md") == ["A", "requires", "missing://显存", "~requires", "B"]


def test_a_path_uses_only_the_relations_that_are_asked_for() -> None:
    """Links too, if they are."""
    found = graph({"A": "requires:: [[B]]\n\n[[C]]", "B": "causes:: [[C]]", "C": ""})
    assert shortest(found, "A.md", "C.md", {"requires"}) is None
    assert shortest(found, "A.md", "C.md", {"links-to"}) == (PathStep("A.md", "links-to", "C.md", forward=True),)
    assert len(shortest(found, "A.md", "C.md", {"requires", "causes"}) or ()) == 2


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("A", "B", "requires"),
        ("B", "A", "enables"),
        ("C", "A", None),
        ("D", "A", "related"),
        ("D", "E", "links-to"),
        ("E", "D", "linked-from"),
    ],
)
def test_a_path_names_a_relation_in_its_own_words_from_either_end(source: str, target: str, words: str | None) -> None:
    """By its inverse, where it has one."""
    text = "requires:: [[B]]\n\ncauses:: [[C]]\n\nrelated:: [[D]]"
    found = graph({"A": text, "B": "", "C": "", "D": "[[E]]", "E": ""})
    (step,) = shortest(found, f"{source}.md", f"{target}.md") or ()
    assert relation_as_read(found, step) == words


def test_a_node_that_does_not_exist_has_no_path() -> None:
    """From either end."""
    found = graph({"A": ""})
    assert shortest(found, "A.md", "Gone.md") is None
    assert shortest(found, "Gone.md", "A.md") is None


NAMES = [f"N{at}.md" for at in range(7)]
EDGES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["requires", "causes", "related", ""]), st.integers(0, 6)), max_size=14
)


def made(edges: list[tuple[int, str, int]]) -> list[Note]:
    """Return seven notes with these relations between them."""
    lines: dict[int, list[str]] = {at: [] for at in range(7)}
    for source, relation, target in edges:
        lines[source].append(f"{relation}:: [[N{target}]]" if relation else f"[[N{target}]]")
    return [parse(Source(f"N{at}.md", "\n\n".join(text), "")) for at, text in lines.items()]


@settings(deadline=None, max_examples=300, derandomize=True)
@given(EDGES, st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers())
def test_the_steps_of_a_path_connect_whatever_the_order_of_the_notes(
    edges: list[tuple[int, str, int]], source: str, target: str, seed: int
) -> None:
    """Each step is an edge; the way back is as long; the way to oneself is empty; the notes come in any order."""
    notes = made(edges)
    found = build(notes, (), WORDS)
    path = shortest(found, source, target)
    Random(seed).shuffle(notes)
    assert shortest(build(notes, (), WORDS), source, target) == path
    back = shortest(found, target, source)
    assert (path is None) == (back is None)
    assert shortest(found, source, source) == ()
    if path is None or back is None:
        return
    assert len(path) == len(back)
    ends = [source, *(step.target for step in path)]
    assert ends[-1] == target
    assert [step.source for step in path] == ends[:-1]
    assert len(set(ends)) == len(ends)
    written = {(edge.source, edge.relation, edge.target) for edge in found.edges}
    for step in path:
        here, there = (step.source, step.target) if step.forward else (step.target, step.source)
        assert (here, step.relation, there) in written


@settings(deadline=None, max_examples=200, derandomize=True)
@given(EDGES, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_no_path_is_shorter_than_the_one_that_is_found(
    edges: list[tuple[int, str, int]], source: str, target: str
) -> None:
    """By networkx, which stands on other feet."""
    import networkx as nx

    found = build(made(edges), (), WORDS)
    for namespaces in ({"semantic"}, {"semantic", "structural"}):
        walks: nx.Graph[str] = nx.Graph()
        walks.add_nodes_from(NAMES)
        walks.add_edges_from((edge.source, edge.target) for edge in found.edges if edge.namespace in namespaces)
        if nx.has_path(walks, source, target):
            assert len(shortest(found, source, target) or ()) == nx.shortest_path_length(walks, source, target)
            return
    assert shortest(found, source, target) is None
