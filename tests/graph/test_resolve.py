"""Which file a link means, for any vault."""

import json
import time
import unicodedata
from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.note_texts import (
    read,
    texts,
)
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.graph.build import build
from vault_tools.graph.names import file_key
from vault_tools.graph.resolve import Resolver
from vault_tools.model.note import Source
from vault_tools.model.vocabulary import Relation, Vocabulary
from vault_tools.parse.note import parse

laws = partial(settings, deadline=None, derandomize=True)


names = st.text(st.sampled_from("abAB é字İß-_.()1 "), min_size=1, max_size=5).filter(
    lambda name: name == name.strip() and not name.startswith(".")
)
paths = st.tuples(st.lists(names, max_size=3), names, st.sampled_from((".md", ".md", ".md", ".png", ".canvas"))).map(
    lambda parts: "/".join((*parts[0], parts[1] + parts[2]))
)
vaults = st.lists(paths, min_size=1, max_size=12, unique_by=file_key)


@laws(max_examples=200)
@given(vaults, paths)
def test_a_link_with_a_full_path_means_the_file_of_that_path(files: list[str], source: str) -> None:
    """From wherever, `/path` and `path` are the file of that path."""
    resolver = Resolver(files)
    for path in files:
        assert resolver.resolve("/" + path, source) == path
        assert resolver.resolve(path, source) == path


@laws(max_examples=400)
@given(vaults, paths, st.integers(1, 4))
def test_a_link_means_the_nearest_of_several_files_of_one_name(files: list[str], source: str, parts: int) -> None:
    """Below the folder of the source first, then of all that end alike: the shortest, the first of equals."""
    folder = file_key(source.rpartition("/")[0])
    for path in files:
        target = "/".join(path.split("/")[-parts:])
        alike = [key for key in map(file_key, files) if f"/{key}".endswith("/" + file_key(target))]
        near = [key for key in alike if folder and key.startswith(folder + "/")]
        exact = [key for key in alike if key == file_key(target)]
        found = Resolver(files).resolve(target, source)
        assert found is not None
        assert file_key(found) == min(exact or near or alike, key=lambda key: (len(key), key))


@laws(max_examples=200)
@given(vaults, paths, paths)
def test_a_link_finds_a_file_whose_name_has_the_other_unicode_form(files: list[str], source: str, target: str) -> None:
    """A link typed on one system reaches a file named on another."""
    composed = [unicodedata.normalize("NFC", path) for path in files]
    decomposed = [unicodedata.normalize("NFD", path) for path in files]
    for wanted in (target, *files):
        found = Resolver(composed).resolve(unicodedata.normalize("NFD", wanted), source)
        other = Resolver(decomposed).resolve(unicodedata.normalize("NFC", wanted), source)
        assert (found is None) == (other is None)
        assert found is None or other is None or file_key(found) == file_key(other)
    note = read("[[e\u0301/re\u0301sume\u0301]]")
    assert note.links[0].target == "é/résumé"


WORDS = Vocabulary(relations={"up": Relation("up", inverse="down"), "related": Relation("related", symmetric=True)})
folders = st.dictionaries(st.sampled_from(("a.md", "b.md", "d/a.md", "d/c.md", "e.md")), texts, min_size=2)


@laws(max_examples=100)
@given(folders, st.randoms(use_true_random=False))
def test_the_order_of_notes_makes_no_difference_to_the_graph(notes: dict[str, str], random: Random) -> None:
    """A vault has no order: its graph is the same however the notes come, down to the order of every list."""
    parsed = [parse(Source(path, text, "")) for path, text in notes.items()]
    files = ["a.png", "x/a.png"]
    shuffled = random.sample(parsed, len(parsed))
    one, other = build(parsed, files, WORDS), build(shuffled, files[::-1], WORDS)
    assert one == other
    assert [list(one.nodes), list(one.incoming), list(one.unresolved)] == [
        list(other.nodes),
        list(other.incoming),
        list(other.unresolved),
    ]


@pytest.mark.parametrize("target", ["folder/", "./folder/", "../folder/", "/folder/", "d\\folder", "folder\\"])
def test_a_link_means_no_folder_and_a_backslash_separates_no_folders(target: str) -> None:
    """Obsidian follows neither, whatever lies there."""
    resolver = Resolver(["folder.md", "d/folder.md", "folder/folder.md"])
    assert resolver.resolve(target, "d/source.md") is None


def resolving(size: int) -> float:
    """Time the links to a name that every folder has, from each folder: by name, and by the end of a path."""
    resolver = Resolver(f"d/{at}/README.md" for at in range(size))
    begin = time.process_time()
    for at in range(size):
        resolver.resolve("README", f"{at}/x.md")
        resolver.resolve(f"{at}/README", "x.md")
    return time.process_time() - begin


def test_time_to_resolve_links_grows_with_the_number_of_files_of_one_name() -> None:
    """A vault of projects has a README in each of them."""
    assert any(resolving(8_000) < 4 * 2.5 * resolving(2_000) for _ in range(4))


def test_paths_in_either_unicode_form_are_the_same(vault: MakeVault) -> None:
    """Obsidian writes NFC; some disks and tools give NFD."""
    folder = unicodedata.normalize("NFD", "Café")
    settings = json.dumps({"userIgnoreFilters": [unicodedata.normalize("NFC", folder) + "/"]})
    nodes = Vault.open(vault({f"{folder}/A.md": "", ".obsidian/app.json": settings})).knowledge.nodes
    assert nodes[unicodedata.normalize("NFC", f"{folder}/A.md")].role == "excluded"
    root = vault({f"{folder}/A.md": "", "vault-tools.toml": f'skip = ["{unicodedata.normalize("NFC", folder)}"]'})
    assert not Vault.open(root).knowledge.nodes


def test_a_canvas_arrow_to_one_of_our_pages_is_no_gap(vault: MakeVault) -> None:
    """Nor is a link to one."""
    board = {
        "nodes": [
            {"id": "a", "type": "file", "file": "A.md"},
            {"id": "b", "type": "file", "file": "_vault-tools/Gaps.md"},
        ],
        "edges": [{"fromNode": "a", "toNode": "b", "label": "requires"}],
    }
    root = vault({"A.md": "[[_vault-tools/Overview]]", "Board.canvas": json.dumps(board)})
    assert not [node for node in Vault.open(root).knowledge.nodes.values() if node.kind == "missing"]
