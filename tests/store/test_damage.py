"""Damage outside the vault: whatever becomes of cache, journal and state, no page is wrong and no command stops."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.caches import counted, database, fresh, old
from shared.region_notes import NOTES
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.model import change
from vault_tools.publishing.graph import has_page
from vault_tools.publishing.pages import owes_reports
from vault_tools.publishing.report import figures
from vault_tools.reading import survey
from vault_tools.store import walking
from vault_tools.store.cache import Cache
from vault_tools.store.sealed import SIZE, Seal

# ---------------------------------------------------------------- what says by itself that it is whole


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=60), st.data())
def test_a_sealed_value_of_the_cache_opens_only_unchanged_and_under_its_own_name(
    owner: bytes, name: bytes, data: bytes, drawn: st.DataObject
) -> None:
    """With another name, for another owner, or with any byte wrong, missing or too many, it does not open."""
    seal = Seal(owner)
    whole = seal.closed(name, data)
    assert seal.opened(name, whole) == data
    assert Seal(owner + b"x").opened(name, whole) is None
    assert seal.opened(name + b"x", whole) is None
    assert seal.opened(name, whole + b"\0") is None
    assert seal.opened(name + data[:1], seal.closed(name, data[:1] + data)) is None or not data
    at, bit = drawn.draw(st.integers(0, len(whole) - 1)), drawn.draw(st.integers(0, 7))
    flipped = bytearray(whole)
    flipped[at] ^= 1 << bit
    assert seal.opened(name, bytes(flipped)) is None
    assert seal.opened(name, whole[:at]) is None
    for other in (None, 1, "text", 1.5):
        assert seal.opened(name, other) is None
    assert len(whole) == len(data) + SIZE


# ---------------------------------------------------------------- the cache


def _flip(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at] ^= chance.randrange(1, 256)


def _flip_many(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(2, 400)):
        _flip(data, chance)


def _zero(data: bytearray, chance: random.Random) -> None:
    size = chance.choice([16, 512, 4096])
    at = chance.randrange(len(data)) // size * size
    data[at : at + size] = bytes(len(data[at : at + size]))


def _swap(data: bytearray, chance: random.Random) -> None:
    one, two = (chance.randrange(len(data) // 4096) * 4096 for _ in range(2))
    data[one : one + 4096], data[two : two + 4096] = data[two : two + 4096], data[one : one + 4096]


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _shift(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))


def _grow(data: bytearray, chance: random.Random) -> None:
    data += bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9000)))


OTHERS = [_flip_many, _zero, _swap, _cut, _shift, _grow]


class _Tries:
    """A vault with its cache as it was, to be damaged again and again."""

    def __init__(self, root: Path, place: Path, run: Run) -> None:
        old(root)
        self.root, self._place, self._run = root, place, run
        report(run, root)
        self._file = database(place)
        merge = sqlite3.connect(self._file)
        merge.execute("pragma wal_checkpoint(truncate)")
        merge.close()
        self._whole = self._file.read_bytes()
        self._vault = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        self._right, self._told = pages(root), self.look()

    def __call__(self, damage: Callable[[bytearray, random.Random], None], chance: random.Random) -> None:
        """Damage the cache, and see that all that is read and made from it is right; now and then, by a command."""
        data = bytearray(self._whole)
        damage(data, chance)
        self._put(data)
        assert self.look() == self._told
        if chance.random() < COMMANDS:
            self._put(data)
            shutil.rmtree(self.root / "_vault-tools")
            report(self._run, self.root)
            assert pages(self.root) == self._right
        assert {path: path.read_bytes() for path in self._vault} == self._vault

    def _put(self, data: bytes | bytearray) -> None:
        shutil.rmtree(self._place)
        self._place.mkdir()
        self._file.write_bytes(data)

    def look(self) -> object:
        """Return all that a vault says, its pages and figures made anew."""
        opened = Vault.open(self.root, cache=self._place)
        now = opened.snapshot
        told, owes = figures(opened.answers), owes_reports(now)
        found = (opened.notes, now.digests, told, opened.reports, owes and not has_page(now.vault))
        opened.close()
        return found


COMMANDS = 0.05
"""The share of tries in which a command is run, too."""


def report(run: Run, root: Path) -> None:
    result = run("report", root)
    assert (result.exit_code, result.stderr) == (0, ""), result.output


@pytest.mark.parametrize("tries", [100, pytest.param(1_000, marks=pytest.mark.slow)])
def test_random_flipped_bytes_in_the_cache_change_no_page_and_stop_no_command(
    tries: int, vault: MakeVault, run: Run, own_cache: Path
) -> None:
    attempt, chance = _Tries(vault(NOTES), own_cache, run), random.Random(tries)
    for _ in range(tries):
        attempt(_flip, chance)


@pytest.mark.parametrize("tries", [4, pytest.param(150, marks=pytest.mark.slow)])
@pytest.mark.parametrize("damage", OTHERS, ids=lambda damage: damage.__name__[1:])
def test_any_damage_to_the_cache_changes_no_page_and_stops_no_command(
    damage: Callable[[bytearray, random.Random], None], tries: int, vault: MakeVault, run: Run, own_cache: Path
) -> None:
    """Many bytes, pages of nothing, pages that changed places, half a file, bytes too many."""
    attempt, chance = _Tries(vault(NOTES), own_cache, run), random.Random(tries)
    for _ in range(tries):
        attempt(damage, chance)


@pytest.mark.parametrize("seed", [1])
def test_a_damaged_cache_is_repaired_after_two_runs(
    seed: int, vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first may find a note damaged when it is too late to keep a new one; the third parses nothing."""
    root, chance = vault(NOTES), random.Random(seed)
    attempt = _Tries(root, own_cache, run)
    for _ in range(8):
        attempt(_flip_many, chance)
        attempt.look()
        with monkeypatch.context() as patch:
            parsed = counted(patch)
            attempt.look()
        assert parsed == []


# ---------------------------------------------------------------- at the smallest scope


def _sql(path: Path, *lines: str) -> None:
    with sqlite3.connect(path) as connection:
        for line in lines:
            connection.execute(line)
    connection.close()


GOOD, OTHER = ("cast('Good.md' as blob)", "cast('Other.md' as blob)")


SWAP = "update notes set {0} = (select b.{0} from notes b where b.path = {1}) where path = {2}"


SCOPES: dict[str, tuple[str, set[str]]] = {
    "a note": (f"update notes set note = x'ff' where path = {GOOD}", {"Good.md"}),
    "a note of text": (f"update notes set note = 'x' where path = {GOOD}", {"Good.md"}),
    "no note": (f"update notes set note = null where path = {GOOD}", {"Good.md"}),
    "another note's text": (SWAP.format("note", OTHER, GOOD), {"Good.md"}),
    "what is known of another": (SWAP.format("seen", OTHER, GOOD), {"Good.md"}),
    "nothing known": (f"update notes set seen = null where path = {GOOD}", {"Good.md"}),
    "another path": (f"update notes set path = x'00' where path = {GOOD}", {"Good.md"}),
    "a path of text": (f"update notes set path = 'Good.md' where path = {GOOD}", {"Good.md"}),
    "a row gone": (f"delete from notes where path = {GOOD}", {"Good.md"}),
    "a row more": ("insert into notes values (x'01', x'02', x'03')", set()),
    "a fact": ("update facts set value = x'00'", set()),
    "facts that changed places": (
        "update facts set value = (select value from facts b where b.name != facts.name limit 1)",
        set(),
    ),
}


@pytest.mark.parametrize("name", SCOPES)
def test_only_the_damaged_values_of_the_cache_are_computed_again(
    name: str, vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(NOTES)
    old(root)
    report(run, root)
    right = pages(root)
    sql, again = SCOPES[name]
    _sql(database(own_cache), sql)
    shutil.rmtree(root / "_vault-tools")
    parsed = counted(monkeypatch)
    report(run, root)
    assert set(parsed) == again
    assert pages(root) == right


# ---------------------------------------------------------------- something else in its place


def _foreign_database(path: Path) -> None:
    path.unlink()
    _sql(path, "create table notes (path, seen, note)", "create table facts (name, value)")


def _views(path: Path) -> None:
    _sql(path, "drop table notes", "create view notes as select 1 as path, 2 as seen, 3 as note")


def _trigger(path: Path) -> None:
    _sql(path, "create trigger t after insert on notes begin delete from notes; end")


def _first_version(path: Path) -> None:
    path.unlink()
    _sql(
        path,
        "create table notes (path text primary key, mtime integer, size integer, digest text, note blob)",
        "create table facts (name text primary key, value blob)",
        "insert into notes values ('Good.md', 1, 2, 'x', x'00')",
    )


def _huge(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(20_000_000_000)


def _huge_nothing(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 20_000_000_000)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _full_folder(path: Path) -> None:
    _folder(path)
    (path / "x").write_text("x")


def _folders_beside(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        beside.unlink(missing_ok=True)
        beside.mkdir()


def _garbage_beside(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).write_bytes(os.urandom(40_000))


def _link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "nowhere" / "at" / "all")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9000))


PLACED = [
    _foreign_database, _views, _trigger, _first_version, _huge, _huge_nothing, _folder, _full_folder, _folders_beside,
    _garbage_beside, _link_to_nowhere, _pipe, _picture,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACED, ids=lambda place: place.__name__[1:])
@pytest.mark.skipif(os.name != "posix", reason="pipes, links and files with holes")
def test_any_file_in_the_place_of_the_cache_changes_no_page(
    place: Callable[[Path], None], vault: MakeVault, run: Run, own_cache: Path
) -> None:
    root = vault(NOTES)
    old(root)
    report(run, root)
    right = pages(root)
    place(database(own_cache))
    for _ in range(2):
        shutil.rmtree(root / "_vault-tools")
        report(run, root)
        assert pages(root) == right


def _unlink(path: Path) -> None:
    path.unlink()


def _overwrite(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(50_000))


@pytest.mark.parametrize("damage", [_unlink, _overwrite], ids=lambda damage: damage.__name__[1:])
def test_a_cache_that_is_deleted_or_damaged_under_a_running_process_is_done_without(
    damage: Callable[[Path], None], vault: MakeVault, own_cache: Path
) -> None:
    """A daemon goes on; the next process makes the cache anew."""
    root = vault(NOTES)
    opened = Vault.open(root)
    opened.report()
    damage(database(own_cache))
    for text in ("now [[One]]\n", "now [[Two]]\n"):
        (root / "Good.md").write_text(text)
        opened.look_again()
        opened.report()
        assert pages(root) == fresh(root)
    opened.close()
    Vault.open(root).report()
    assert pages(root) == fresh(root)
    assert database(own_cache).stat().st_size


def test_notes_that_cannot_be_cached_are_parsed_once_for_each_run(
    own_cache: Path, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full, say: a note is parsed once, not at each look."""
    monkeypatch.setattr(change, "_TICK_NS", -(10**12))  # as if all had been looked at long after it changed
    parsed = counted(monkeypatch)
    root = vault({"A.md": "[[B]]"}).resolve()
    old(root)
    held = Cache.open(root, own_cache)
    held._database.execute("pragma query_only = on")
    found = walking.walk(root)
    for _ in range(2):
        survey.survey(root, found, held, lambda _done, _all: None)
        assert [note.path for note in held.notes(["A.md"])] == ["A.md"]
        assert held.versions()["A.md"].stamp == found.files["A.md"]
    held.close()
    assert parsed == ["A.md"]
