"""The cache may only make a run faster: cold, warm, damaged or absent, the pages are the same."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.caches import LONG_AGO, counted, database, fresh, old
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.reading import survey
from vault_tools.store import cache

NOTES: dict[str, str | bytes] = {
    "Good.md": "---\naliases: [Fine]\n---\nAbout [[Other]] and [[Missing]].\n",
    "Other.md": "---\ntype: knowledge\nrequires: ['[[Good]]', '[[Gone]]']\n---\n# Head\nText #tag\n",
    "Third.md": "[[Other#Hed]] x:: 1\n",
    "Big.md": "---\nn: 123456789012345678901234567890\n---\n[[Good]]\n",
    "Bad.md": b"z\xfcrich [[Other]]\n",
    "Board.canvas": '{"nodes":[{"id":"a","type":"file","file":"Good.md"}],"edges":[]}',
    "pic.png": b"\x89PNG",
}


def test_a_cold_a_warm_and_no_cache_give_the_same_pages(vault: MakeVault, run: Run) -> None:
    """Each way of running writes the same pages."""
    root = vault(NOTES)
    expected = fresh(root)
    for options in (["--no-cache"], [], [], ["--no-cache"], []):
        shutil.rmtree(root / "_vault-tools", ignore_errors=True)
        assert run("report", root, *options).exit_code == 0
        assert pages(root) == expected


def _touch(root: Path) -> None:
    os.utime(root / "Good.md")


def _change(root: Path) -> None:
    (root / "Good.md").write_text("Now about [[Third]] alone\n")


def _rename(root: Path) -> None:
    (root / "Good.md").rename(root / "Better.md")


def _swap(root: Path) -> None:
    (root / "Good.md").rename(root / "x")
    (root / "Third.md").rename(root / "Good.md")
    (root / "x").rename(root / "Third.md")


def _delete(root: Path) -> None:
    (root / "Good.md").unlink()


def _move(root: Path) -> None:
    (root / "Sub").mkdir()
    (root / "Good.md").rename(root / "Sub" / "Good.md")


def _add(root: Path) -> None:
    (root / "Missing.md").write_text("here now\n")


def _attach(root: Path) -> None:
    (root / "more.png").write_bytes(b"x")


def _settings(root: Path) -> None:
    (root / "vault-tools.toml").write_text('[orphans]\ndefinition = "no-in"\n')


def _obsidian(root: Path) -> None:
    (root / ".obsidian" / "app.json").write_text('{"userIgnoreFilters": ["Good"]}')


def _canvas(root: Path) -> None:
    (root / "Board.canvas").write_text("{")


CHANGES = [_touch, _change, _rename, _swap, _delete, _move, _add, _attach, _settings, _obsidian, _canvas]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__[1:])
@pytest.mark.parametrize("settled", [True, False], ids=["old files", "new files"])
def test_after_a_change_a_warm_cache_gives_what_a_fresh_copy_gives(
    change: Callable[[Path], None], *, settled: bool, vault: MakeVault, run: Run
) -> None:
    """Touched, changed, renamed, swapped, deleted, moved, added: the pages are those of a fresh copy."""
    root = vault(NOTES)
    if settled:
        old(root)
    run("report", root)
    before = pages(root)
    change(root)
    assert run("report", root).exit_code == 0
    assert pages(root) == fresh(root)
    assert (pages(root) == before) == (change is _touch)


def test_a_warm_run_parses_nothing_and_a_change_only_the_changed(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This is what the cache is for."""
    root = vault(NOTES)
    old(root)
    parsed = counted(monkeypatch)
    Vault.open(root).report()
    assert len(parsed) == 6
    parsed.clear()
    Vault.open(root).report()
    assert not parsed
    parsed.clear()
    _change(root)
    _touch_as_new(root / "Third.md")
    Vault.open(root).report()
    assert parsed == ["Good.md"]


def _touch_as_new(path: Path) -> None:
    os.utime(path, (LONG_AGO + 5, LONG_AGO + 5))


def test_a_change_of_a_note_within_one_tick_of_the_clock_is_seen(vault: MakeVault, run: Run) -> None:
    """A file read right after it changed is read again next time."""
    root = vault(NOTES)
    path = root / "Third.md"
    path.write_text("[[One]]\n")
    stamp = path.stat().st_mtime_ns
    run("report", root)
    assert b"One" in pages(root)["Gaps.md"]
    path.write_text("[[Two]]\n")
    os.utime(path, ns=(stamp, stamp))
    run("report", root)
    assert b"Two" in pages(root)["Gaps.md"]
    assert pages(root) == fresh(root)


def test_a_file_time_in_the_future_is_never_trusted(vault: MakeVault, run: Run) -> None:
    """Clocks of synced machines differ."""
    root = vault({"A.md": "[[One]]\n"})
    ahead = time.time() + 1000
    os.utime(root / "A.md", (ahead, ahead))
    run("report", root)
    (root / "A.md").write_text("[[Two]]\n")
    os.utime(root / "A.md", (ahead, ahead))
    run("report", root)
    assert b"Two" in pages(root)["Gaps.md"]


# ---------------------------------------------------------------- damage


def _garbage(path: Path) -> None:
    path.write_bytes(b"garbage" * 5000)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scrambled(path: Path) -> None:
    head, size = path.read_bytes()[:4096], path.stat().st_size
    path.write_bytes(head + b"\xa5" * (size - len(head)))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "x").write_text("x")


def _other_tables(path: Path) -> None:
    _sql(path, "drop table notes", "create table notes (x)")


def _other_edition(path: Path) -> None:
    """Each value of another edition has another checksum."""
    wrong = "substr(hex(randomblob(8)), 1, 8)"
    _sql(path, f"update notes set seen = {wrong}, note = {wrong}", f"update facts set value = {wrong}")


def _sql(path: Path, *lines: str) -> None:
    connection = sqlite3.connect(path)
    for line in lines:
        connection.execute(line)
    connection.commit()
    connection.close()


DAMAGES = [_garbage, _empty, _truncated, _scrambled, _folder, _other_tables, _other_edition]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__[1:])
def test_a_damaged_cache_is_rebuilt_silently(
    damage: Callable[[Path], None], vault: MakeVault, run: Run, own_cache: Path
) -> None:
    """Garbage, half a file, other tables, another edition, a folder: the pages are right, nothing is said."""
    root = vault(NOTES)
    old(root)
    run("report", root)
    damage(database(own_cache))
    _change(root)
    result = run("report", root)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert pages(root) == fresh(root)


@pytest.mark.parametrize("damage", [one for one in DAMAGES if one is not _folder], ids=lambda one: one.__name__[1:])
def test_a_rebuilt_cache_is_used_by_the_next_run(
    damage: Callable[[Path], None], vault: MakeVault, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the damage one run parses everything, the next one nothing."""
    root = vault({"A.md": "[[B]]", "B.md": "x"})
    old(root)
    Vault.open(root).close()
    damage(database(own_cache))
    parsed = counted(monkeypatch)
    Vault.open(root).close()
    assert sorted(parsed) == ["A.md", "B.md"]
    Vault.open(root).close()
    assert len(parsed) == 2


def test_a_note_that_the_cache_cannot_decode_is_read_again(vault: MakeVault, run: Run, own_cache: Path) -> None:
    """One spoiled row must not take a note out of the graph."""
    root = vault(NOTES)
    old(root)
    run("report", root)
    _sql(database(own_cache), "update notes set note = x'ff' where path = cast('Other.md' as blob)")
    _change(root)
    run("report", root)
    assert pages(root) == fresh(root)


def test_a_cache_folder_that_cannot_be_written_is_done_without(
    vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the folder would go; or SQLite may not write."""
    root = vault(NOTES)
    own_cache.write_text("a file")
    assert run("report", root).exit_code == 0
    assert pages(root) == fresh(root)
    own_cache.unlink()
    own_cache.mkdir()
    connect = sqlite3.connect

    def refuse(name: Path | str, timeout: float) -> sqlite3.Connection:
        if name != ":memory:":
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(name, timeout)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    _change(root)
    assert run("report", root).exit_code == 0
    assert pages(root) == fresh(root)
    assert not list(own_cache.iterdir())


def test_a_cache_that_turns_read_only_during_the_run_is_done_without(
    vault: MakeVault, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, say: what it does not take is held in memory for this run."""
    root = vault(NOTES)
    vault_cache = cache.Cache.open(root.resolve(), own_cache)
    vault_cache._database.execute("pragma query_only = on")
    with monkeypatch.context() as patch:
        patch.setattr(cache.Cache, "open", lambda _root, _place: vault_cache)
        opened = Vault.open(root)
    opened.report()
    assert pages(root) == fresh(root)
    opened.close()


def test_several_processes_give_the_same_graph_as_one(vault: MakeVault) -> None:
    """Many notes are parsed by several processes; the order in which they end makes no difference."""
    root = vault(NOTES | {f"n{at}.md": f"[[n{at + 1}]] [[Gone {at % 7}]] #t{at % 3}\n" for at in range(survey.ENOUGH)})
    Vault.open(root, cache=False, workers=2).report()
    assert pages(root) == fresh(root)


def test_a_cache_that_another_run_holds_is_left_alone(
    vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked cache is not thrown away; this run goes without."""
    root = vault(NOTES)
    run("report", root)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, **_: connect(name, timeout=0))
    held = connect(database(own_cache), isolation_level=None)
    held.execute("pragma locking_mode = exclusive")
    held.execute("begin exclusive")
    inode = database(own_cache).stat().st_ino
    _change(root)
    assert run("report", root).exit_code == 0
    assert pages(root) == fresh(root)
    assert database(own_cache).stat().st_ino == inode
    held.close()


def test_no_cache_leaves_no_cache(vault: MakeVault, run: Run, own_cache: Path) -> None:
    """`--no-cache` reads anew, and remembers nothing."""
    run("report", vault(NOTES), "--no-cache")
    assert not own_cache.exists()


def test_the_cache_is_outside_the_vault_and_two_vaults_do_not_mix(vault: MakeVault, run: Run, own_cache: Path) -> None:
    """Vaults are synced, so the cache stands in the user's own folder, one file a vault."""
    one, two = vault({"A.md": "[[One]]"}), vault({"A.md": "[[Two]]"})
    run("report", one)
    run("report", two)
    assert len(list(own_cache.rglob("*.sqlite"))) == 2
    assert b"One" in pages(one)["Gaps.md"]
    assert b"Two" in pages(two)["Gaps.md"]
    assert not [path for path in one.rglob("*") if "sqlite" in path.name]


def test_a_vault_in_the_place_of_another_does_not_see_the_cached_notes_of_the_other(vault: MakeVault, run: Run) -> None:
    """The same path, other contents, even with equal times and sizes of old files."""
    root = vault({"A.md": "[[One]]"})
    run("report", root)
    shutil.rmtree(root)
    (root / ".obsidian").mkdir(parents=True)
    (root / "B.md").write_text("[[Two]]")
    run("report", root)
    assert pages(root) == fresh(root)


def test_each_edition_of_our_code_has_its_own_cache(
    vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daemon that goes on with older code writes nothing that newer code would read; caches left behind go."""
    root = vault({"A.md": "[[One]]"})
    run("report", root)
    (old,) = own_cache.glob("*.sqlite")
    monkeypatch.setattr("vault_tools.store.cache.edition", lambda: "newer")
    run("report", root)
    (new,) = own_cache.glob("*.sqlite")
    assert old != new


def test_the_cache_may_be_in_another_folder(vault: MakeVault, tmp_path: Path) -> None:
    """`Vault.open(path, cache=folder)`."""
    Vault.open(vault(NOTES), cache=tmp_path / "mine").close()
    assert list((tmp_path / "mine").glob("*.sqlite"))
