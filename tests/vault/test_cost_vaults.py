"""Whatever the shape of a vault, a report takes a time in proportion to its size, and its rows stay short."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.cost import grown
from shared.vaults import MakeVault, parsed

from vault_tools import Vault
from vault_tools.graph.build import build
from vault_tools.graph.candidates import MOST, Candidates
from vault_tools.graph.names import heading_key
from vault_tools.graph.sections import Sections
from vault_tools.learning.order import LONGEST, Ways, way
from vault_tools.model.learning import Facts
from vault_tools.model.note import Heading, Note
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
Files = Mapping[str, str]


def concept(needs: str) -> str:
    """A piece of knowledge that requires another."""
    return f'---\ntype: concept\nrequires: ["[[{needs}]]"]\n---\n'


def goal(needs: str) -> str:
    """A project that requires something."""
    return f'---\ntype: project\nrequires: ["[[{needs}]]"]\n---\n'


def board(nodes: list[dict[str, str]], edges: list[dict[str, str]]) -> str:
    """A canvas."""
    return json.dumps({"nodes": nodes, "edges": edges})


def arrows(count: int) -> list[dict[str, str]]:
    """Arrows from each card to the next."""
    return [
        {"id": f"e{at}", "fromNode": str(at), "toNode": str(at + 1), "label": "requires"} for at in range(count - 1)
    ]


SHAPES: Mapping[str, Callable[[int], Files]] = {
    "one name everywhere, asked for in a folder that is not there": lambda n: {
        f"f{at}/README.md": "[[old/README]]" for at in range(n)
    },
    "one name everywhere, asked for in ever other folders": lambda n: {
        f"f{at}/README.md": f"[[old{at}/README]]" for at in range(n)
    },
    "one picture everywhere": lambda n: (
        {f"f{at}/image.png": "" for at in range(n)} | {f"n{at}.md": "![[old/image.png]]" for at in range(n)}
    ),
    "one alias of all": lambda n: {f"n{at}.md": "---\naliases: [home]\n---\n[[home]]" for at in range(n)},
    "headings and blocks that a note lacks": lambda n: {
        "N.md": "".join(f"# head {at}\n\ntext ^b{at}\n\n" for at in range(n)),
        "a.md": "".join(f"[[N#lack {at}]] [[N#^l{at}]]\n" for at in range(n)),
    },
    "headings below headings, there and lacking": lambda n: {
        "N.md": "# top\n\n" + "".join(f"## head {at}\n" for at in range(n)),
        "a.md": "".join(f"[[N#top#head {at}]] [[N#top#lack {at}]]\n" for at in range(n)),
    },
    "a long chain of what requires what": lambda n: (
        {f"k{at}.md": concept(f"k{at + 1}") for at in range(n)}
        | {"goal.md": '---\ntype: project\nrequires: ["[[k0]]"]\n---\n'}
    ),
    "a long chain of goals": lambda n: {f"g{at}.md": goal(f"g{at + 1}") for at in range(n)},
    "many goals at the head of a long chain": lambda n: (
        {f"g{at}.md": goal("k0") for at in range(n)} | {f"k{at}.md": concept(f"k{at + 1}") for at in range(n)}
    ),
    "a large circle of goals": lambda n: {f"g{at}.md": goal(f"g{(at + 1) % n}") for at in range(n)},
    "a large circle": lambda n: {f"k{at}.md": concept(f"k{(at + 1) % n}") for at in range(n)},
    "one link again and again": lambda n: {"a.md": "[[b]]\n" * (20 * n), "b.md": ""},
    "one lost link again and again": lambda n: {"a.md": "[[lost]]\n" * (20 * n)},
    "a star": lambda n: (
        {"hub.md": "".join(f"[[s{at}]]\n" for at in range(n))} | {f"s{at}.md": "[[hub]]" for at in range(n)}
    ),
    "many tags": lambda n: {"a.md": " ".join(f"#t{at}/x" for at in range(4 * n))},
    "many aliases": lambda n: {
        "a.md": f"---\naliases: [{', '.join(f'al{at}' for at in range(4 * n))}]\n---\n",
        "b.md": " ".join(f"[[al{at}]]" for at in range(4 * n)),
    },
    "many missing notes": lambda n: {"a.md": " ".join(f"[[miss {at}]]" for at in range(4 * n))},
    "many islands": lambda n: (
        {f"a{at}.md": f"[[b{at}]]" for at in range(n)} | {f"b{at}.md": f"[[a{at}]]" for at in range(n)}
    ),
    "a long canvas of texts": lambda n: {
        "c.canvas": board([{"id": str(at), "type": "text", "text": f"[[x{at}]]"} for at in range(n)], arrows(n))
    },
    "a long canvas of files": lambda n: (
        {f"x{at}.md": "" for at in range(n)}
        | {
            "c.canvas": board([{"id": str(at), "type": "file", "file": f"x{at}.md"} for at in range(n)], arrows(n)),
        }
    ),
    "many fields": lambda n: {"a.md": "".join(f"requires:: [[m{at}]]\n" for at in range(2 * n))},
    "many properties": lambda n: {"a.md": "---\n" + "".join(f"p{at}: '[[b]]'\n" for at in range(2 * n)) + "---\n"},
    "one name, found": lambda n: {f"f/{at}/N.md": f"[[N]] [[{at}/N]] [[x/N]]" for at in range(n)},
}


def _report(root: Path) -> None:
    vault = Vault.open(root, cache=False)
    sum(len(page.text) for page in vault.reports)
    sum(map(len, vault.export("json")))


def _growing(vault: MakeVault, shape: str) -> Callable[[int], Callable[[], object]]:
    def of(size: int) -> Callable[[], object]:
        files = {".obsidian/app.json": "{}", **SHAPES[shape](size)}
        root = vault({f"{size}/{path}": text for path, text in files.items()}) / str(size)
        return lambda: _report(root)

    return of


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_of_a_report_grows_with_a_vault_of_any_shape(shape: str, vault: MakeVault) -> None:
    """From 250 notes to 2,000."""
    assert not grown(_growing(vault, shape), (250, 500, 1_000, 2_000))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_of_a_graph_grows_with_a_vault_of_any_shape(shape: str) -> None:
    """Without the disk, and without what is said of it: enough to show a square."""

    def make(size: int) -> Callable[[], object]:
        files = SHAPES[shape](size)
        notes = parsed(files)
        return lambda: build(notes, files, VOCABULARY)

    assert not grown(make, (250, 500, 1_000))


@pytest.mark.slow
def test_a_vault_with_one_name_five_thousand_times_is_reported(vault: MakeVault) -> None:
    """With short rows, and the number of what is not named."""
    root = vault(SHAPES["one name everywhere, asked for in a folder that is not there"](5_000))
    _short(Vault.open(root, cache=False), 5_000)


@pytest.mark.parametrize("shape", [name for name in SHAPES if name.startswith("one ") and "found" not in name])
def test_rows_stay_short_however_many_files_a_link_may_mean(shape: str, vault: MakeVault) -> None:
    """Neither the pages nor the export write a row for each pair of a link and a file."""
    _short(Vault.open(vault(SHAPES[shape](200)), cache=False), 200)


def _short(whole: Vault, size: int) -> None:
    gaps = next(page.text for page in whole.reports if page.path.endswith("Gaps.md"))
    assert max(map(len, gaps.splitlines())) < 3_000
    for broken in whole.knowledge.broken:
        assert len(broken.meant) <= MOST
        assert broken.reason != "ambiguous" or len(broken.meant) + broken.more == size
    if any(broken.more for broken in whole.knowledge.broken):
        assert f"and {size - MOST} more" in gaps
    rows = json.loads("".join(whole.export("json")))["broken_links"]
    assert max((len(json.dumps(row)) for row in rows), default=0) < 2_000


def test_candidates_for_a_link_are_found_from_two_thousand_folders_deep() -> None:
    """A path of each folder in it; a system has none so long, an archive may."""

    def make(size: int) -> Callable[[], object]:
        paths = ["a/" * depth + "N.md" for depth in range(size)]
        candidates = Candidates(paths)
        return lambda: [candidates.near(path) for path in paths[-20:]]

    assert not grown(make, (500, 1_000, 2_000))


# ---------------------------------------------------------------- the laws of the two indexes

_PATHS = st.lists(st.sampled_from("ab"), max_size=3).map(lambda parts: "/".join([*parts, "N.md"]))


@given(st.sets(st.tuples(_PATHS, st.integers(0, 20)).map(lambda pair: pair[0].replace("N", f"N{pair[1]}"))), _PATHS)
def test_candidates_for_a_link_begin_with_the_nearest_files(paths: set[str], source: str) -> None:
    """Of two files the one that shares more folders with the note, then the first by its path; ten at most."""

    def far(path: str) -> tuple[int, str]:
        folders, own = source.split("/")[:-1], path.split("/")[:-1]
        shared = next((at for at in range(len(folders), 0, -1) if own[:at] == folders[:at]), 0)
        return -shared, path

    assert Candidates(paths).near(source) == tuple(sorted(paths, key=far)[:MOST])


def _walked(note: Note, chain: list[str]) -> int | None:
    """Walk the headings in order, as slowly as it can be said."""
    at, level = 0, 0
    for heading in note.headings:
        if at and heading.level <= level:
            at, level = 0, 0
        if heading.level > level and heading_key(heading.text) == chain[at]:
            at, level = at + 1, heading.level
            if at == len(chain):
                return heading.line
    return None


_HEADINGS = st.lists(st.tuples(st.sampled_from(["a", "B", "a b", "c"]), st.integers(1, 4)), max_size=12)


@given(_HEADINGS, st.lists(st.sampled_from(["A", "b", "a  b", "c", "d"]), min_size=1, max_size=4))
def test_an_index_of_headings_finds_what_a_walk_finds(headings: list[tuple[str, int]], chain: list[str]) -> None:
    """Each part below the part before."""
    rows = tuple(Heading(text, level, line) for line, (text, level) in enumerate(headings, 1))
    note = Note("a.md", "", headings=rows)
    assert Sections(note).find("#" + "#".join(chain)) == _walked(note, [heading_key(part) for part in chain])


_NEEDS = st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=3), max_size=9)


@given(_NEEDS, st.sets(st.integers(0, 9), max_size=4), st.integers(0, 9))
def test_the_first_step_of_a_way_to_a_goal_is_known_without_walking_the_way(
    needs: dict[int, set[int]], known: set[int], goal: int
) -> None:
    """Where nothing requires itself by way of others, it is the one with which the whole way begins."""
    requires = {f"k{name}": tuple(f"k{need}" for need in sorted(below) if need > name) for name, below in needs.items()}
    facts = Facts(date(2024, 5, 1), resting=False, requires=requires)
    done = {f"k{name}" for name in known if name != goal}
    assert Ways(facts, done).first(f"k{goal}") == way(facts, f"k{goal}", done)[0]


def test_a_very_long_way_to_a_goal_is_not_put_in_order() -> None:
    """One of just so many things is."""
    chain = {f"k{at}": (f"k{at + 1}",) for at in range(LONGEST + 5)}
    ways = Ways(Facts(date(2024, 5, 1), resting=False, requires=chain), ())
    assert ways.to("k0") is None
    assert ways.first("k0") == f"k{LONGEST + 5}"
    short = ways.to("k10")
    assert short is not None
    assert (short[0], short[-1], len(short)) == (f"k{LONGEST + 5}", "k10", LONGEST - 4)
