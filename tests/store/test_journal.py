"""The journal keeps what notes were before we changed them: for how long, and for whom."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.journals import amend, images
from shared.vaults import MakeVault

from vault_tools.store import journal

DAY = 24 * 3600 * 10**9


@pytest.fixture
def note_of(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Path]:
    """A note that is changed, with what was long ago forgotten after it, so many days after the first time."""
    root = vault({"N.md": "0"}).resolve()
    start = time.time_ns()

    def change(days: float) -> Path:
        monkeypatch.setattr(time, "time_ns", lambda: start + int(days * DAY))
        assert amend(root, "N.md", f"{days}") == "written"
        journal.forget_old(root)
        return root

    return change


def kept(root: Path) -> list[bytes]:
    """Return what the images hold."""
    return [old for _, old in images(root)]


def test_old_images_of_notes_are_deleted(note_of: Callable[[float], Path]) -> None:
    """Those of the last ninety days stay; a week later than that nothing older is left."""
    for days in range(1, 200):
        root = note_of(days)
    assert (len(kept(root)), kept(root)[0]) == (99, b"100")


@pytest.mark.parametrize("jump", [91, 36_500])
def test_a_clock_that_jumps_ahead_deletes_no_image(jump: float, note_of: Callable[[float], Path]) -> None:
    """Nor has it thrown any away when it is right again; what was kept meanwhile stays, for it seems new."""
    for days in (1, 2, jump, jump + 0.1, jump + 2, 3, 4, 12):
        root = note_of(days)
    assert kept(root)[:2] == [b"0", b"1"]
    assert len(kept(root)) == 8


def test_after_a_long_rest_old_images_are_deleted_a_little_later(note_of: Callable[[float], Path]) -> None:
    """The first change alone cannot be told from a wrong clock."""
    lengths = [len(kept(note_of(days))) for days in (1, 2, 103, 104, 109, 111, 112)]
    assert lengths == [1, 2, 3, 4, 5, 4, 5]


def test_the_image_of_a_writing_that_was_cut_short_is_never_deleted(note_of: Callable[[float], Path]) -> None:
    """The note is put back from it, whenever that can be."""
    root = note_of(1)
    torn = journal.keep(root, journal.Change("", "Torn.md", "a", "b", 0), b"torn", b"new")
    journal.keep_torn(root, torn, b"half")
    for days in range(2, 200):
        note_of(days)
    image = journal.image_of(root, torn)
    assert image.exists()
    assert image.with_suffix(".torn").exists()
    journal.finish(root, torn)
    note_of(201)
    assert not image.exists()
    assert not image.with_suffix(".torn").exists()


def test_only_its_owner_can_read_the_journal(vault: MakeVault) -> None:
    """It holds whole notes."""
    root = vault({"N.md": "one"}).resolve()
    amend(root, "N.md", "two")
    assert journal.place_of(root).stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in journal.place_of(root).iterdir()} == {0o600}
