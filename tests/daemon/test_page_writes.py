"""How often pages are written: each once a burst, and the page of the graph rarely while only words change."""

# ruff: noqa: D103  (a test is named for what it holds)

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.beside import QUICK, Beside, beside
from shared.vaults import MakeVault, write

from vault_tools.app import Vault
from vault_tools.daemon.keeper import Keeper
from vault_tools.publishing.graph import shape
from vault_tools.render import regions

REGIONS = {
    f"R {name}.md": f"%% vault-tools:begin {name} %%\n%% vault-tools:end {name} %%\n\nsee [[Gone]] and [[Topic]]\n"
    for name in regions.kinds()
}
"""Notes with links below a region: each line that comes into it moves them."""
FILES = {**REGIONS, "A.md": "[[B]]\n", "Topic.md": "---\ntype: topic\n---\n# Topic\n", "Logs/2024-05-06.md": "[[B]]\n"}
WORDS = [
    "more words. ",
    "\n[[gap {}]]\n",
    "\n#tag{}\n",
    "\n## Heading {}\n",
    "\n- [ ] task {}\n",
    "\nrequires:: [[X{}]]\n",
]
EDITS = st.lists(
    st.tuples(st.sampled_from(sorted(FILES)), st.sampled_from([*WORDS, "gone", "new"])), min_size=1, max_size=5
)


def now() -> datetime:
    return datetime.now().astimezone()


def deeds(keeper: Keeper) -> Counter[str]:
    """Do rounds until there is nothing to do; count what was written."""
    written: Counter[str] = Counter()
    for _ in range(9):
        keeper.look(now())
        done = keeper.work(now(), calm=True)
        if not done.deeds:
            return written
        written.update(path for _, path in done.deeds)
    raise AssertionError(written)


def edit(root: Path, path: str, what: str, number: int) -> None:
    """Change a note as somebody would who writes in it."""
    note = root / path
    if what == "gone":
        note.unlink(missing_ok=True)
    elif what == "new":
        write(root, {f"New {number}.md": "hello [[A]]\n"})
    else:
        note.parent.mkdir(exist_ok=True)
        with note.open("a", encoding="utf-8") as file:
            file.write(what.format(number))


@given(EDITS)
@settings(max_examples=12)
def test_each_save_of_a_note_writes_each_page_at_most_once(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    root = tmp_path_factory.mktemp("vault") / "v"
    write(root, {".obsidian/app.json": "{}", **FILES})
    keeper = Keeper(root.resolve(), "laptop")
    try:
        assert max(deeds(keeper).values()) == 1
        for number, (path, what) in enumerate(edits):
            edit(root, path, what, number)
            assert max(deeds(keeper).values(), default=0) <= 1
    finally:
        keeper.close()


def test_a_daemon_writes_pages_in_one_round_for_each_save(vault: MakeVault, tmp_path: Path) -> None:
    root = vault(FILES)
    with beside(root, tmp_path) as daemon:
        daemon.rest()
        for number in range(4):
            before, done = len(daemon.log), daemon.rounds
            edit(root, "A.md", "\n[[gap {}]]\n", number)
            daemon.wait_for(partial(_has_done_more, daemon, done), "a round")
            daemon.rest()
            rounds = [int(many) for many in re.findall(r"pages written (\d+)", daemon.log[before:])]
            assert [many for many in rounds if many] == [max(rounds)]


def _has_done_more(daemon: Beside, rounds: int) -> bool:
    return daemon.rounds > rounds


# ---------------------------------------------------------------- the page of the graph


DRAWING = replace(QUICK, graph=0.2, graph_most=2.0, walk=5.0)


@pytest.fixture
def drawn(vault: MakeVault, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Beside, list[int]]]:
    """A daemon whose vault has its map, and the times at which that was written so far."""
    root = vault({"A.md": "[[B]]\n", "B.md": "text\n", "vault-tools.toml": getattr(request, "param", "")})
    with beside(root, tmp_path, DRAWING) as daemon:
        daemon.wait_for((root / "_vault-tools" / "graph.html").exists, "the page of the graph")
        daemon.rest(calm=1.0)
        yield daemon, [written(daemon)]


def written(daemon: Beside) -> int:
    return (daemon.root / "_vault-tools" / "graph.html").stat().st_mtime_ns


def test_the_map_is_not_written_again_while_only_words_change(drawn: tuple[Beside, list[int]]) -> None:
    """Not by any walk either, until something is joined otherwise."""
    daemon, times = drawn
    for number in range(3):
        edit(daemon.root, "B.md", "a sentence more, {}. ", number)
        daemon.rest(calm=1.0)
    assert written(daemon) == times[0]
    edit(daemon.root, "B.md", "\n[[A]] {}\n", 1)
    daemon.wait_for(lambda: written(daemon) != times[0], "the new link shows at once")
    assert "a sentence more, 2" in daemon.root.joinpath("B.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("drawn", ["[watch]\ngraph_minutes = 0\n"], indirect=True)
def test_the_settings_may_let_the_map_show_new_words_immediately(drawn: tuple[Beside, list[int]]) -> None:
    daemon, times = drawn
    edit(daemon.root, "B.md", "a sentence more. ", 0)
    daemon.wait_for(lambda: written(daemon) != times[0], "the page is written")


@pytest.mark.parametrize("drawn", ["[watch]\ngraph_minutes = 0.05\n"], indirect=True)
def test_the_map_shows_new_words_when_its_waiting_time_is_over(drawn: tuple[Beside, list[int]]) -> None:
    daemon, times = drawn
    edit(daemon.root, "B.md", "a sentence more. ", 0)
    daemon.wait_for(lambda: written(daemon) != times[0], "the page is written")


@pytest.mark.slow
def test_a_deleted_map_is_written_immediately(drawn: tuple[Beside, list[int]]) -> None:
    daemon, _ = drawn
    (daemon.root / "_vault-tools" / "graph.html").unlink()
    edit(daemon.root, "B.md", "a sentence more. ", 0)
    daemon.wait_for(lambda: written(daemon), "the page is written")


SHAPES = [
    ("A.md", "[[B]] more words\n", True),
    ("A.md", "[[B]]\n\n- [ ] task\n", True),
    ("A.md", "[[B]] and [[B]] again\n", True),
    ("A.md", "[[B]] [[C]]\n", False),
    ("A.md", "![[B]]\n", False),
    ("A.md", "text\n", False),
    ("A.md", "[[B]] #tag\n", False),
    ("A.md", "requires:: [[B]]\n", False),
    ("A.md", "---\ntype: topic\n---\n[[B]]\n", False),
    ("New.md", "text\n", False),
    ("picture.png", "", False),
    ("vault-tools.toml", 'language = "zh"\n', False),
    (".obsidian/graph.json", '{"colorGroups": [{"query": "a", "color": {"a": 1, "rgb": 255}}]}', False),
]


@pytest.mark.parametrize(("path", "text", "same"), SHAPES)
def test_the_shape_of_a_map_is_all_but_its_words(vault: MakeVault, path: str, text: str, *, same: bool) -> None:
    root = vault({"A.md": "[[B]]\n", "B.md": "text\n"})
    before = shape(Vault.open(root, cache=False).answers)
    write(root, {path: text})
    assert (shape(Vault.open(root, cache=False).answers) == before) is same


def test_a_new_day_alone_does_not_change_the_map(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n"})
    shapes = {shape(Vault.open(root, cache=False, today=day).answers) for day in (date(2024, 1, 1), date(2024, 1, 2))}
    assert len(shapes) == 1
