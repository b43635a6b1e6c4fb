"""How one note leads to another, and which note a name means."""

import json
import unicodedata
from random import Random

import pytest
from conftest import MakeVault, Run
from hypothesis import given, settings
from hypothesis import strategies as st

from vault_tools.graph.build import build
from vault_tools.graph.lookup import Match, find
from vault_tools.graph.paths import PathStep, relation_as_read, shortest
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Note, Source
from vault_tools.model.vocabulary import Conventions, NoteType, Relation, Vocabulary
from vault_tools.parse.note import parse

WORDS = Vocabulary(
    types={"template": NoteType("template", role="template"), "note": NoteType("note")},
    relations={
        "requires": Relation("requires", inverse="enables"),
        "causes": Relation("causes"),
        "related": Relation("related", symmetric=True),
    },
)


def graph(files: dict[str, str]) -> KnowledgeGraph:
    """Return the graph of some notes, named without `.md`."""
    notes = [parse(Source(f"{name}.md", text, "")) for name, text in files.items()]
    return build(notes, (), WORDS, Conventions(excluded=("Secret/",)))


def way(found: KnowledgeGraph, source: str, target: str) -> list[str] | None:
    """Return a path as titles and relations; `~` marks those that lead the other way."""
    steps = shortest(found, source, target)
    if steps is None:
        return None
    said = [source.removesuffix(".md")]
    for step in steps:
        said += [step.relation if step.forward else "~" + step.relation, step.target.removesuffix(".md")]
    return said


# ---------------------------------------------------------------- paths


def test_typed_relations_make_the_path() -> None:
    """Though plain links would make a shorter one."""
    found = graph({"A": "requires:: [[B]]\n\n[[D]]", "B": "", "C": "causes:: [[B]]\n\ncauses:: [[D]]", "D": ""})
    assert way(found, "A.md", "D.md") == ["A", "requires", "B", "~causes", "C", "causes", "D"]


def test_plain_links_and_embeds_make_one_where_there_is_no_other() -> None:
    """Typed relations among them first."""
    found = graph({"A": "requires:: [[B]]", "B": "![[C]]", "C": "", "D": "[[C]]"})
    assert way(found, "A.md", "D.md") == ["A", "requires", "B", "embeds", "C", "~links-to", "D"]


def test_templates_excluded_notes_and_tags_are_on_no_way() -> None:
    """They may be its end."""
    files = {"A": "[[T]] [[Secret/S]] #tag", "T": "---\ntype: template\n---\n[[B]]", "Secret/S": "[[B]]", "B": "#tag"}
    found = graph(files)
    assert way(found, "A.md", "B.md") is None
    assert way(found, "A.md", "T.md") == ["A", "links-to", "T"]
    assert way(found, "T.md", "B.md") == ["T", "links-to", "B"]


def test_a_name_that_nobody_wrote_may_stand_on_the_way() -> None:
    """Two notes that ask for the same are not far from one another."""
    found = graph({"A": "requires:: [[显存]]", "B": "requires:: [[显存]]"})
    assert way(found, "A.md", "B.md") == ["A", "requires", "missing://显存", "~requires", "B"]


def test_only_the_relations_that_are_asked_for_are_used() -> None:
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
def test_a_relation_is_told_in_its_own_words_from_either_end(source: str, target: str, words: str | None) -> None:
    """By its inverse, where it has one."""
    text = "requires:: [[B]]\n\ncauses:: [[C]]\n\nrelated:: [[D]]"
    found = graph({"A": text, "B": "", "C": "", "D": "[[E]]", "E": ""})
    (step,) = shortest(found, f"{source}.md", f"{target}.md") or ()
    assert relation_as_read(found, step) == words


def test_what_is_not_there_has_no_path() -> None:
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
def test_steps_connect_and_no_order_matters(
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
def test_no_path_is_shorter(edges: list[tuple[int, str, int]], source: str, target: str) -> None:
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


# ---------------------------------------------------------------- names


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


def test_a_name_that_may_mean_several_means_all_of_them() -> None:
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
def test_a_name_that_nothing_has_is_told_with_those_that_come_near(name: str, near: tuple[str, ...]) -> None:
    """Those that hold it, the shortest first, and those that look like it."""
    assert find(graph(LIBRARY), name) == Match((), near)


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_any_text_is_a_name(name: str) -> None:
    """It means nodes that are there, or none."""
    found = graph({"A": "[[B]] #t"})
    assert set(find(found, name).nodes) <= found.nodes.keys()


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_note_is_found_by_its_path(name: str) -> None:
    """Whatever else has that name."""
    assert find(graph(LIBRARY), f"{name}.md").nodes == (f"{name}.md",)


# ---------------------------------------------------------------- the command


NOTES: dict[str, str | bytes] = {
    "TensorRT.md": "---\ntype: knowledge\nrequires: '[[CUDA streams]]'\naliases: [TRT]\n---\n",
    "部署.md": "---\ntype: project\nrequires: '[[TensorRT]]'\n---\n",
    "a/Same.md": "alone",
    "b/Same.md": "[[a/Same]]",
}


def test_path_says_a_path_step_by_step(vault: MakeVault, run: Run) -> None:
    """Each relation in words that read from left to right."""
    root = vault(NOTES)
    result = run("path", "部署", "CUDA streams", "--vault", root)
    assert result.exit_code == 0
    assert result.stdout == "部署 --requires--> TensorRT\nTensorRT --requires--> CUDA streams (does not exist yet)\n"
    result = run("path", "cuda streams", "[[部署]]", "--vault", root)
    assert result.stdout == "CUDA streams --enables--> TensorRT\nTensorRT --enables--> 部署\n"
    assert run("path", "b/Same", "a/Same", "--vault", root).stdout == "b/Same.md --links-to--> a/Same.md\n"
    assert run("path", "TRT", "TensorRT", "--vault", root).stdout == "TensorRT and TensorRT are the same note.\n"


def test_path_gives_json(vault: MakeVault, run: Run) -> None:
    """Nodes by their ids; no steps where nothing leads there."""
    root = vault(NOTES)
    said = json.loads(run("path", "CUDA streams", "TRT", "--json", "--vault", root).stdout)
    step = {"source": "missing://CUDA streams", "relation": "requires", "target": "TensorRT.md", "forward": False}
    assert said == {"from": "missing://CUDA streams", "to": "TensorRT.md", "steps": [step | {"told": "enables"}]}
    result = run("path", "TRT", "a/Same", "--json", "--vault", root)
    assert (json.loads(result.stdout)["steps"], result.exit_code) == (None, 1)


def test_no_path_is_said_and_is_exit_code_1(vault: MakeVault, run: Run) -> None:
    """For scripts."""
    result = run("path", "TRT", "a/Same", "--vault", vault(NOTES))
    assert (result.exit_code, result.stdout) == (1, "TensorRT and a/Same.md are not connected.\n")


def test_a_name_that_is_not_clear_is_wrong_use(vault: MakeVault, run: Run) -> None:
    """With the paths it may mean, or the names that come near."""
    root = vault(NOTES)
    several = run("path", "Same", "TRT", "--vault", root)
    assert several.exit_code == 2
    assert several.stderr.endswith("Give the path of one:\n  a/Same.md\n  b/Same.md\n")
    unknown = run("path", "TRT", "Tensor", "--vault", root)
    assert unknown.exit_code == 2
    assert unknown.stderr.endswith("No note is called 'Tensor'. Did you mean TensorRT?\n")


def test_the_vault_is_the_one_we_stand_in(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for the other commands."""
    monkeypatch.chdir(vault(NOTES))
    assert run("path", "TRT", "部署").stdout == "TensorRT --enables--> 部署\n"
