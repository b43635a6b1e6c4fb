"""Exports in a format without a mark: a later one replaces them, but never over an edit."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vault_tools.errors import TakenError
from vault_tools.store import exported, output, state_folder, untouched


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder for one test."""
    place = tmp_path / "state"
    monkeypatch.setattr(state_folder, "folder", lambda: place)
    return place


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a vault."""
    (tmp_path / "vault").mkdir()
    return (tmp_path / "vault").resolve()


def export(target: Path, text: str, root: Path) -> None:
    """Export a text that has no mark."""
    output.write_out(target, [text], root, ())


def test_an_export_without_a_mark_is_replaced_by_the_next_one(tmp_path: Path, root: Path) -> None:
    """As often as you like, in the vault and outside of it."""
    for target in (tmp_path / "links.csv", root / "links.csv"):
        for text in ("a,b\n", "a,b\na,c\n", "a\n"):
            export(target, text, root)
            assert target.read_text("utf-8") == text


def test_an_export_that_somebody_changed_is_not_replaced(tmp_path: Path, root: Path) -> None:
    """Not even one letter, and not by a file of the same size."""
    target = tmp_path / "links.csv"
    export(target, "a,b\n", root)
    target.write_text("a,c\n", "utf-8")
    with pytest.raises(TakenError):
        export(target, "a,d\n", root)
    assert target.read_text("utf-8") == "a,c\n"


def test_an_export_that_is_changed_while_the_next_one_is_made_is_not_replaced(tmp_path: Path, root: Path) -> None:
    """To compute an export takes a while; no draft stays behind."""
    target = tmp_path / "links.csv"
    export(target, "a,b\n", root)

    def slowly() -> Iterator[str]:
        yield "a,d\n"
        target.write_text("mine\n", "utf-8")

    with pytest.raises(TakenError):
        output.write_out(target, slowly(), root, ())
    assert target.read_text("utf-8") == "mine\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["links.csv", "state", "vault"]


def test_an_export_whose_digest_is_lost_is_not_replaced(tmp_path: Path, root: Path, state: Path) -> None:
    """Or is damaged: then vault-tools cannot know who wrote the file."""
    target = tmp_path / "links.csv"
    export(target, "a,b\n", root)
    (place,) = (state / "exports").iterdir()
    place.write_bytes(b"?")
    assert not exported.is_unchanged(target.resolve())
    place.unlink()
    with pytest.raises(TakenError):
        export(target, "a,d\n", root)


def test_an_export_works_without_a_state_folder(tmp_path: Path, root: Path, state: Path) -> None:
    """It only cannot be replaced later."""
    state.write_text("a file in its place", "utf-8")
    target = tmp_path / "links.csv"
    export(target, "a,b\n", root)
    assert target.read_text("utf-8") == "a,b\n"
    with pytest.raises(TakenError):
        export(target, "a,d\n", root)


def test_an_export_writes_nothing_into_a_vault_that_is_read_only(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even if the state folder is in it."""
    monkeypatch.setattr(state_folder, "folder", lambda: root / "state")
    untouched.keep(root)
    try:
        export(tmp_path / "links.csv", "a,b\n", root)
    finally:
        untouched.release(root)
    assert list(root.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_the_digest_of_an_export_is_for_the_user_only(tmp_path: Path, root: Path, state: Path) -> None:
    """And there is one file for each export, however often it is written."""
    for text in ("a\n", "b\n"):
        export(tmp_path / "links.csv", text, root)
    (place,) = (state / "exports").iterdir()
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_with_a_mark_needs_no_digest(tmp_path: Path, root: Path, state: Path) -> None:
    """Its mark says who wrote it."""
    output.write_out(tmp_path / "links.dot", ["// vault-tools\n"], root, ("// vault-tools",))
    assert not state.exists()
