"""The names of communities."""

from dataclasses import replace
from typing import Any

from shared.graph_pages import edge, graph_of, note, page_text

from vault_tools.exporters.html.community_names import communities
from vault_tools.model.graph import Node
from vault_tools.model.note import Tag


def test_communities_with_any_path_are_named_in_finite_time() -> None:
    """Not even one that begins with a slash, which no path in a vault does."""
    for path in ("/", "//", "/a.md", "//a/b.md", "a/b.md", "a.md"):
        assert page_text(graph_of([note("a", path=path)], []))


def named(nodes: list[Node], edges: list[Any], home: list[int]) -> list[str]:
    """The names of communities."""
    return [row["n"] for row in communities(graph_of(nodes, edges), nodes, home)]


def test_a_community_is_called_after_the_topic_that_is_tied_to_most_of_it() -> None:
    """Not after one that is tied to few; then its most linked note gives the name, which comes first."""
    hub, a, b, c, plain = (note(title, path=f"{title}.md") for title in ("Hub", "A", "B", "C", "Topic"))
    topic = replace(plain, role="topic")
    tied = [edge(topic, "links-to", a), edge(topic, "requires", b), edge(hub, "links-to", topic)]
    assert named([hub, a, b, c, topic], tied, [0] * 5) == ["Topic"]
    assert named([hub, a, b, c, topic], tied[:2], [0] * 5) == ["Hub"]


def test_a_community_is_called_after_the_tag_or_the_folder_that_is_its_own() -> None:
    """One that notes elsewhere have as well says nothing of it; a tag says more than a folder."""
    paths = [f"Work/Cooking/{title}.md" for title in "abc"] + [f"Work/Other/{title}.md" for title in "def"]
    nodes = [note(path[-4], path=path) for path in paths]
    assert named(nodes, [], [0, 0, 0, 1, 2, 2]) == ["Cooking", "d", "Other"]
    tagged = [replace(node, note=replace(node.note, body_tags=(Tag("#food/Soup", 1, 0),))) for node in nodes[:3]]  # type: ignore[type-var]
    assert named([*tagged, *nodes[3:]], [], [0, 0, 0, 1, 1, 1]) == ["soup", "Other"]
    assert named(nodes, [], [0, 1, 2, 0, 1, 2]) == ["a", "b", "c"]


def test_empty_communities_have_rows_with_names() -> None:
    """Their numbers stay what they are."""
    rows = communities(graph_of([], []), [note("A"), note("B")], [2, -1])
    assert rows == [{"n": "", "m": 0}, {"n": "", "m": 0}, {"n": "A", "m": 1}]
