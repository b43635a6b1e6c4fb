"""Which notes are new: those with a name of their own, that never held a word before."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import MakeVault, write

from vault_tools.daemon.keeper import Keeper
from vault_tools.daemon.newnotes import Newcomers
from vault_tools.store import contents

TYPED = '[folders]\nlog = "Logs"\nknowledge = "知识"\n'


def now() -> datetime:
    return datetime.now().astimezone()


def rounds(keeper: Keeper) -> set[str]:
    """Look and work, and return the notes that were given a template."""
    for path in keeper._root.rglob("*.md"):
        if not path.read_bytes().strip():
            os.utime(path, (0, 0))
    keeper.look(now())
    return {path for what, path in keeper.work(now(), calm=True).deeds if what == "template"}


@pytest.fixture
def kept(vault: MakeVault) -> Iterator[tuple[Path, Keeper]]:
    """A vault that the daemon has seen once."""
    root = vault({"vault-tools.toml": TYPED, "A.md": "words\n", "Logs/full.md": "my text\n", "Logs/old.md": ""})
    keeper = Keeper(root, "laptop")
    rounds(keeper)
    yield root, keeper
    keeper.close()


def test_the_daemon_fills_a_new_note_once_it_has_a_name(kept: tuple[Path, Keeper]) -> None:
    """Its name stands in the template; the folder may change with the name, and the name more than once."""
    root, keeper = kept
    names = ["Untitled", "Untitled 3", "未命名 2", "Sans titre", "ohne titel"]
    write(root, {f"知识/{name}.md": "" for name in names})
    for _ in range(3):
        assert rounds(keeper) == set()
    assert {(root / "知识" / f"{name}.md").read_bytes() for name in names} == {b""}
    for number, name in enumerate(names):
        (root / "知识" / f"{name}.md").rename(root / "知识" / f"Named {number}.md")
        assert rounds(keeper) == {f"知识/Named {number}.md"}
        assert name.casefold() not in (root / "知识" / f"Named {number}.md").read_text("utf-8").casefold()


def test_a_note_without_a_name_costs_the_daemon_no_rounds(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"Logs/Untitled.md": ""})
    keeper.look(now())
    keeper.work(now(), calm=True)
    keeper.look(now())
    assert keeper.work(now(), calm=True).again is None


def test_an_untitled_note_is_new_each_time_it_is_created(kept: tuple[Path, Keeper]) -> None:
    """Somebody wrote in the last one of that name, and threw it away."""
    root, keeper = kept
    write(root, {"Logs/Untitled.md": "words\n"})
    rounds(keeper)
    (root / "Logs" / "Untitled.md").unlink()
    rounds(keeper)
    write(root, {"Logs/Untitled.md": ""})
    rounds(keeper)
    (root / "Logs" / "Untitled.md").rename(root / "Logs" / "A day.md")
    assert rounds(keeper) == {"Logs/A day.md"}


@pytest.mark.parametrize(
    "ways",
    [
        ("gone", "empty"),
        ("empty", "gone", "empty"),
        ("gone", "gone", "empty"),
        ("blank", "gone", "blank"),
        ("gone", "text", "gone", "empty"),
        ("empty",),
    ],
)
def test_the_daemon_leaves_an_empty_note_alone_that_once_held_text(
    ways: tuple[str, ...], kept: tuple[Path, Keeper]
) -> None:
    """As a program that syncs takes it away, or cuts it short, before it writes it again."""
    root, keeper = kept
    note = root / "Logs" / "full.md"
    for way in ways:
        if way == "gone":
            note.unlink(missing_ok=True)
        else:
            note.write_text({"empty": "", "blank": "\n", "text": "other text\n"}[way])
        assert rounds(keeper) == set()
    write(root, {"Logs/really new.md": ""})
    assert rounds(keeper) == {"Logs/really new.md"}
    assert note.read_bytes().strip() == b""


LOOKS = st.lists(
    st.tuples(
        st.booleans(), st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "\n", "x", "y"]), max_size=3)
    ),
    max_size=8,
)


@given(LOOKS)
def test_a_path_that_ever_held_a_word_is_no_new_note(looks: list[tuple[bool, dict[str, str]]]) -> None:
    """In any order of looks; capitals make no other path."""
    newcomers = Newcomers()
    known: dict[str, str] = {}
    held: set[str] = set()
    for upper, look in looks:
        texts = {f"{name.upper() if upper else name}.md": text for name, text in look.items()}
        found = {path: contents.digest_of(text.encode()) for path, text in texts.items()}
        newcomers.meet(known, found)
        assert not {path for path in newcomers._empty if path.casefold() in held}
        held |= {path.casefold() for path, text in texts.items() if text.strip()}
        known = found
