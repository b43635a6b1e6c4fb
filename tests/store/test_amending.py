"""A note of the user is changed in place, only if it has not changed since it was read, or not at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared.journals import amend, images
from shared.vaults import MakeVault

from vault_tools.errors import NotAmendedError, SpoiledNoteError
from vault_tools.store import amending, contents, journal


@pytest.mark.parametrize("old", [b"old", b"\xef\xbb\xbfold\r\nline\r\n", "旧\r\n".encode(), b"", b"x" * 200_000])
@pytest.mark.parametrize("new", ["new", "\ufeff新\r\nlines\r", " ", "y" * 150_000])
def test_a_note_is_changed_in_place(old: bytes, new: str, vault: MakeVault) -> None:
    """Byte by byte what was asked for; the file itself, its mode and its other names stay, and what it was is kept."""
    root = vault({"Sub/笔记.md": old}).resolve()
    note = root / "Sub/笔记.md"
    note.chmod(0o640)
    (root / "other.md").hardlink_to(note)
    before = note.stat()
    assert amend(root, "Sub/笔记.md", new) == "written"
    assert note.read_bytes() == new.encode() == (root / "other.md").read_bytes()
    after = note.stat()
    assert (after.st_ino, after.st_mode, after.st_nlink) == (before.st_ino, before.st_mode, 2)
    ((said, kept),) = images(root)
    assert (said["path"], said["vault"], kept) == ("Sub/笔记.md", str(root), old)
    assert (said["before"], said["after"]) == (contents.digest_of(old), contents.digest_of(new.encode()))


@given(st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_the_old_and_the_new_text_of_a_changed_note_can_be_read_back(tmp_path: Path, old: str, new: str) -> None:
    """Whatever the note says, before and after."""
    root = tmp_path.resolve()
    data = old.encode("utf-8", "replace")
    (root / "N.md").write_bytes(data)
    kept = len(images(root))
    state = amend(root, "N.md", new)
    assert (root / "N.md").read_bytes() == new.encode("utf-8", "replace")
    if state == "written":
        assert images(root)[-1][1] == data
    assert len(images(root)) == kept + (state == "written")


def test_a_note_that_already_has_the_new_text_is_not_touched(vault: MakeVault) -> None:
    """Its time stays, and no image is kept, though it may not be written."""
    root = vault({"N.md": "same\r\n"}).resolve()
    os.utime(root / "N.md", ns=(10**18, 10**18))
    (root / "N.md").chmod(0o444)
    assert amend(root, "N.md", "same\r\n") == "unchanged"
    assert (root / "N.md").stat().st_mtime_ns == 10**18
    assert images(root) == []


def test_a_note_that_changed_since_it_was_read_is_left_alone(vault: MakeVault) -> None:
    """And one that is gone, with its folder or without."""
    root = vault({"N.md": "the user's"}).resolve()
    assert amend(root, "N.md", "ours", old=b"as it was read") == "changed-meanwhile"
    assert amend(root, "Gone.md", "ours", old=b"x") == "changed-meanwhile"
    assert amend(root, "No/Gone.md", "ours", old=b"x") == "changed-meanwhile"
    assert (root / "N.md").read_text() == "the user's"
    assert not (root / "Gone.md").exists()
    assert images(root) == []


@pytest.mark.parametrize("how", ["by another file", "in place"])
def test_a_note_that_changes_while_its_image_is_kept_is_left_alone(
    how: str, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As editors save: into the file, or by another in its place."""
    root = vault({"N.md": "old"}).resolve()
    keep = journal.keep

    def meanwhile(*args: object) -> journal.Change:
        if how == "by another file":
            (root / "draft").write_text("old")
            (root / "draft").replace(root / "N.md")
        else:
            (root / "N.md").write_text("the user's")
        return keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "keep", meanwhile)
    assert amend(root, "N.md", "ours") == "changed-meanwhile"
    assert (root / "N.md").read_text() == ("the user's" if how == "in place" else "old")


def test_only_plain_notes_of_the_vault_are_changed(vault: MakeVault) -> None:
    """Hidden files, folders, pipes, links that lead out or to hidden files, what iCloud holds, what is not UTF-8."""
    root = vault(
        {".trash/N.md": "x", "Bad.md": b"z\xfc", "Cloud.md": "x", ".Cloud.md.icloud": "", "F.md/x": "x"}
    ).resolve()
    (root.parent / "out.md").write_text("x")
    (root / "Out.md").symlink_to("../out.md")
    (root / "Hidden.md").symlink_to(".trash/N.md")
    (root / "Loop.md").symlink_to("Loop.md")
    os.mkfifo(root / "Pipe.md")
    for path in (".trash/N.md", "../out.md", "Out.md", "Hidden.md", "Pipe.md", "Cloud.md", "F.md"):
        assert amending.amend(root, path, contents.digest_of(b"x"), "ours") == "refused", path
    assert amend(root, "Bad.md", "ours") == "refused"
    with pytest.raises(NotAmendedError):
        amending.amend(root, "Loop.md", "", "ours")
    assert (root / "Bad.md").read_bytes() == b"z\xfc"
    assert (root.parent / "out.md").read_text() == "x"
    assert images(root) == []


def test_a_symbolic_link_inside_the_vault_leads_to_the_note_that_is_changed(vault: MakeVault) -> None:
    """The link stays a link."""
    root = vault({"N.md": "x"}).resolve()
    (root / "Link.md").symlink_to("N.md")
    assert amend(root, "Link.md", "new") == "written"
    assert (root / "Link.md").is_symlink()
    assert (root / "N.md").read_text() == "new"


# Root may write what it may not: so these run as somebody else, where that can be.
AS_NOBODY = """
import os, sys
from pathlib import Path
import filelock  # which nobody may not read, perhaps; so with the catalogue
from vault_tools.errors import VaultToolsError
from vault_tools.store import amending, contents, journal
from vault_tools.words import words
words()
root, state = map(Path, sys.argv[1:3])
state_folder.folder = lambda: state
data = (root / "N.md").read_bytes()
if os.geteuid() == 0:
    os.setuid(65534)
try:
    print(amending.amend(root, "N.md", contents.digest_of(data), "ours"))
except VaultToolsError as error:
    print(error)
"""


@pytest.mark.parametrize("what", ["note", "journal"])
def test_a_note_or_journal_that_may_not_be_written_is_an_error_of_one_line(what: str) -> None:
    """The note is as it was, and the line says so."""
    if what == "journal" and os.geteuid() != 0:
        pytest.skip("the owner of a folder may open it again, and does")
    place = Path("/tmp") / f"vault-tools-{os.getpid()}-{what}"
    root, state = place / "v", place / "state"
    root.mkdir(parents=True)
    state.mkdir()
    try:
        note = root / "N.md"
        note.write_text("old")
        note.chmod(0o444 if what == "note" else 0o666)
        state.chmod(0o777 if what == "note" else 0o555)
        ran = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(root), str(state)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        said = {
            "note": "N.md could not be changed (permission denied). It is unmodified. "
            "Make it writable and run the command again.",
            "journal": f"{state}/journal cannot be used (permission denied), so no note was changed. Make sure that "
            "you can write there, or set XDG_STATE_HOME to a folder that you can write to.",
        }
        assert ran.stdout == f"{said[what]}\n"
        assert note.read_text() == "old"
    finally:
        state.chmod(0o777)
        shutil.rmtree(place)


# The size of files is limited for this process alone: the system takes a part of the note, then no more.
FULL = """
import resource, signal, sys
from collections.abc import Callable
from pathlib import Path
from vault_tools.errors import VaultToolsError
from vault_tools.store import amending, contents, journal
root = Path(sys.argv[1])
data = (root / "N.md").read_bytes()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
kept = journal.keep
def keep(*given):
    change = kept(*given) if sys.argv[2] == "note" else None
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    return change or kept(*given)
journal.keep = keep
try:
    print(amending.amend(root, "N.md", contents.digest_of(data), "x" * 200_000))
except VaultToolsError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(("full", "error"), [("note", "NotAmendedError"), ("journal", "StateError")])
def test_a_disk_that_takes_no_more_leaves_the_note_as_it_was(full: str, error: str, vault: MakeVault) -> None:
    """Though a part of it was written already, or of what is kept of it."""
    root = vault({"N.md": "old " * 5_000}).resolve()
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(root), full], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == f"{error}\n"
    assert (root / "N.md").read_text() == "old " * 5_000


def test_a_note_that_cannot_be_restored_is_reported_with_its_image(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The image holds all that the note was."""
    root = vault({"N.md": "old"}).resolve()

    def broken(_file: object, _data: bytes) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(amending, "_overwrite", broken)
    with pytest.raises(SpoiledNoteError) as told:
        amend(root, "N.md", "ours")
    assert str(next(journal.place_of(root).iterdir())) in str(told.value)
    assert images(root)[0][1] == b"old"
