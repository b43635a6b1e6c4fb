"""Which notes a name means."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.titled_graph import graph

from vault_tools.graph.lookup import Match, find
from vault_tools.graph.nearest import Nearest

LIBRARY = {
    "Knowledge/TensorRT": "---\naliases: [TRT, 张量运行时, Quant]\n---\n[[显存管理]] [[sub/Wanted]]",
    "Knowledge/Café": "",
    "a/Same": "",
    "b/Same": "",
    "Quant": "",
    "C#": "",
    "C": "",
}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Knowledge/TensorRT.md", "Knowledge/TensorRT.md"),
        ("knowledge/tensorrt", "Knowledge/TensorRT.md"),
        ("tensorrt", "Knowledge/TensorRT.md"),
        (" TensorRT.md ", "Knowledge/TensorRT.md"),
        ("[[TensorRT]]", "Knowledge/TensorRT.md"),
        ("[[TensorRT#Head|shown]]", "Knowledge/TensorRT.md"),
        ("TensorRT#Head", "Knowledge/TensorRT.md"),
        ("[x](Knowledge/TensorRT.md)", "Knowledge/TensorRT.md"),
        ("trt", "Knowledge/TensorRT.md"),
        ("张量运行时", "Knowledge/TensorRT.md"),
        (unicodedata.normalize("NFD", "café"), "Knowledge/Café.md"),
        ("b/Same", "b/Same.md"),
        ("/a/Same", "a/Same.md"),
        ("Quant", "Quant.md"),
        ("C#", "C#.md"),
        ("显存管理", "missing://显存管理"),
        ("missing://显存管理", "missing://显存管理"),
        ("Wanted", "missing://sub/Wanted"),
    ],
)
def test_a_name_means_a_node(name: str, meant: str) -> None:
    """By path, title, link, alias or the name alone; a title comes before an alias."""
    assert find(graph(LIBRARY), name) == Match((meant,))


def test_an_unclear_name_means_all_nodes_that_it_may_mean() -> None:
    """In order."""
    assert find(graph(LIBRARY), "same") == Match(("a/Same.md", "b/Same.md"))


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Tensor", ("TensorRT",)),
        ("TenssorRT", ("TensorRT",)),
        ("显存", ("显存管理",)),
        ("ant", ("Quant", "sub/Wanted")),
        ("", ()),
        ("x" * 999, ()),
    ],
)
def test_an_unknown_name_is_refused_with_similar_names(name: str, near: tuple[str, ...]) -> None:
    """Those that hold it, the shortest first, and those that look like it."""
    assert find(graph(LIBRARY), name) == Match((), near)


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_any_text_is_a_name_of_nodes_or_of_none(name: str) -> None:
    """It means nodes that are there, or none."""
    found = graph({"A": "[[B]] #t"})
    assert set(find(found, name).nodes) <= found.nodes.keys()


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_note_is_found_by_its_path(name: str) -> None:
    """Whatever else has that name."""
    assert find(graph(LIBRARY), f"{name}.md").nodes == (f"{name}.md",)


def test_pictures_with_different_time_stamps_are_not_similar() -> None:
    """A name that differs in its digits alone is no slip of the pen; a misspelt one is."""
    names = Nearest(["Pasted image 20220902100327.png", "throughput 1.png"])
    assert names.to("Pasted image 20220225094037.png") is None
    assert names.to("Pasted image 20220225094037.jpg") is None
    assert names.to("troughput 1.png") == "throughput 1.png"
