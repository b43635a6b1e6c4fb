"""Two real daemons over one vault on two devices: each edit has at most one exchange, then there is silence."""

# ruff: noqa: D103  (a test is named for what it holds)

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from shared.beside import CALM, PAGES, PATIENCE, QUICK, Beside, beside
from shared.devices import APP, contents, differing, notes, spelled
from shared.syncing import Sync
from shared.vaults import write

pytestmark = [
    pytest.mark.ci,
    pytest.mark.skipif(sys.platform == "win32", reason="the time zone of a process is set by TZ"),
]
GRAPH = replace(QUICK, graph=0.3, graph_most=1.0)


def next_to_each_other() -> tuple[str, str]:
    """Two time zones in which it is one day, and the day after."""
    return ("Etc/GMT-14", "UTC") if datetime.now(UTC).hour >= 10 else ("UTC", "Etc/GMT+12")


def two_days_apart() -> tuple[str, str]:
    """Two time zones that are two days apart for two hours a day, and one in the others."""
    return "Pacific/Kiritimati", "Etc/GMT+12"


class Pair:
    """Two daemons, and the sync between them."""

    def __init__(self, one: Beside, other: Beside, sync: Sync) -> None:
        self.daemons = (one, other)
        self.sync = sync

    @property
    def roots(self) -> list[Path]:
        """The folders of the vault."""
        return [daemon.root for daemon in self.daemons]

    def settle(self, calm: float = 2 * CALM, seconds: float = PATIENCE) -> Counter[str]:
        """Sync until nothing has moved for a while and both daemons rest; return what moved, and how often."""
        before, since, end = Counter(self.sync.moved), time.monotonic(), time.monotonic() + seconds
        while time.monotonic() - since < calm:
            if self.sync.turn():
                since = time.monotonic()
            assert time.monotonic() < end, f"no rest: {self.sync.moved - before}\n{self.daemons[0].log[-2000:]}"
            time.sleep(0.1)
        for daemon in self.daemons:
            daemon.rest()
        return (
            self.sync.moved - before if not self.sync.turn() else self.sync.moved - before + self.settle(calm, seconds)
        )

    def edit(self, side: int, path: str, text: str) -> None:
        """Write a note on one side."""
        (root, form) = self.sync.sides[side]
        write(root, spelled({path: text}, form))


@contextmanager
def pair(place: Path, zones: tuple[str, str], pace: object = QUICK) -> Iterator[Pair]:
    """Two devices: folders of other names, other days, names in NFC and NFD, Obsidian's settings on one of them."""
    one, other = place / "MyVault", place / "phone" / "Notes-phone"
    write(one, notes())
    write(other, spelled({path: text for path, text in notes().items() if not path.startswith(".obsidian")}, "NFD"))
    (other / ".obsidian").mkdir()
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(beside(root, place / f"home {at}", pace, within=("env", f"TZ={zone}")))  # type: ignore[arg-type]
            for at, (root, zone) in enumerate(zip((one, other), zones, strict=True))
        )
        yield Pair(first, second, Sync((one, "NFC"), (other, "NFD")))


def edits(count: int, seed: int) -> Iterator[tuple[int, str, str]]:
    """Notes that are new or another, on either side."""
    chance = random.Random(seed)
    names = ["Café/Résumé.md", "Neu é.md", "Notes/Zweite.md", "Café/Zebra.md", "量化.md"]
    for number in range(count):
        links = " ".join(f"[[{chance.choice(['Zoë', 'Résumé', 'Gone', 'Fehlt é', '量化'])}]]" for _ in range(3))
        yield chance.randrange(2), chance.choice(names), f"Edit {number}: {links} ![[Bilder/über.png]]\n"


def is_quiet(pair: Pair, seconds: float) -> bool:
    """Let time go by, and tell whether nothing moved or was written."""
    before = [contents(root) for root in pair.roots], Counter(pair.sync.moved)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pair.sync.turn()
        time.sleep(0.2)
    return before == ([contents(root) for root in pair.roots], pair.sync.moved)


def check(pair: Pair, count: int, seed: int, silence: float) -> None:
    pair.settle()
    for side, path, text in edits(count, seed):
        pair.edit(side, path, text)
        moved = pair.settle()
        often = {name: times for name, times in moved.items() if times > 2}
        assert not often, "a page goes there and back at most once"
        assert differing(*map(contents, pair.roots)) == []
    assert is_quiet(pair, silence)
    assert not any(b"Notes-phone" in data or b"MyVault" in data for data in contents(pair.roots[1]).values())


def test_two_daemons_exchange_an_edit_once_and_come_to_rest(tmp_path: Path) -> None:
    """The day is that of the device that is ahead, and Obsidian's settings are those of the device that has them."""
    with pair(tmp_path, next_to_each_other()) as two:
        check(two, 2, seed=1, silence=1.5)
        latest = (datetime.now(UTC) + timedelta(hours=14 if datetime.now(UTC).hour >= 10 else 0)).date()
        for root in two.roots:
            assert f"generated-for: {latest}\n" in (root / PAGES / "Learning.md").read_text("utf-8")
        assert APP.split('"')[3] in (two.roots[1] / PAGES / "obsidian.json").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("zones", [next_to_each_other, two_days_apart])
def test_two_daemons_have_equal_pages_after_ten_edits_on_both_sides(zones: object, tmp_path: Path) -> None:
    """With graph.html, and with edits that come faster than they are answered."""
    with pair(tmp_path, zones(), GRAPH) as two:  # type: ignore[operator]
        check(two, 10, seed=2, silence=0)
        for side, path, text in edits(10, 3):
            two.edit(side, path, text)
            time.sleep(0.05)
        two.settle(calm=10, seconds=180)
        assert differing(*map(contents, two.roots)) == []
        assert is_quiet(two, 120)
        assert b"Fehlt" in contents(two.roots[0])[f"{PAGES}/Gaps.md"]
