"""What a daemon says of itself: it comes through whole, whatever its vault is called, and however it ends."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import signal
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vault_tools.store import state_folder
from vault_tools.store.watchers import Deed, Status

TEXTS = st.lists(st.sampled_from(["\udcfc", "\ud800", "笔记", "/", '"', "\\x", "\n"]) | st.text(max_size=3)).map(
    "".join
)


def status(vault: str = "/v", **said: object) -> Status:
    """Return what a daemon may say."""
    return msgspec.structs.replace(Status(vault, 7, "laptop", "2024-05-06T07:08:09"), **said)


def drafts() -> list[str]:
    """Return what lies beside the status of a vault's daemon."""
    folder = state_folder.folder() / "watch"
    return sorted(file.name for file in folder.iterdir() if file.name.startswith("."))


@given(TEXTS, TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_the_status_of_a_daemon_is_read_back(tmp_path: Path, path: str, said: str) -> None:
    """Odd bytes of a path are spelled out: the rest stays as it is."""
    told = status(path, deeds=[Deed("now", "page", path)], troubles=[said, "x"], proposals=[said])
    told.write_status(tmp_path)
    read = Status.of(tmp_path)
    assert read is not None
    plain = said.encode("utf-8", "backslashreplace").decode()
    assert (read.troubles, read.proposals) == ([plain, "x"], [plain])
    assert read.deeds[0].path == read.vault == path.encode("utf-8", "backslashreplace").decode()
    assert drafts() == []


def test_a_vault_whose_path_is_not_utf_8_has_a_status(tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"z\xfcrich")
    status(str(root)).write_status(root)
    read = Status.of(root)
    assert read is not None
    assert read.vault == f"{tmp_path}/z\\udcfcrich"


def test_a_daemon_that_has_just_started_is_reading(tmp_path: Path) -> None:
    status().write_status(tmp_path)
    read = Status.of(tmp_path)
    assert read is not None
    assert read.state == "reading"


def test_the_status_of_an_older_daemon_is_read(tmp_path: Path) -> None:
    """It may run still, with the code that it began with."""
    status().write_status(tmp_path)
    (file,) = (state_folder.folder() / "watch").glob("*.json")
    file.write_bytes(file.read_bytes()[:-1] + b',"graph":""}')
    assert Status.of(tmp_path) == status()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("no home"), ValueError("x")])
def test_no_failure_to_write_the_status_stops_a_daemon(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise error

    for what in ("write_bytes", "replace", "mkdir"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, what, fails)
            status().write_status(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(state_folder, "folder", fails)
        status().write_status(tmp_path)
    status(polls="NFS").write_status(tmp_path)
    assert (Status.of(tmp_path), drafts()) == (status(polls="NFS"), [])


def test_a_signal_ends_a_daemon_that_cannot_write_its_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        status().write_status(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="fork is safe here only there")
def test_kills_leave_at_most_one_draft_of_the_status_which_the_next_writing_removes(tmp_path: Path) -> None:
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            Path.replace = lambda *_args: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,method-assign]
            status().write_status(tmp_path)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        assert len(drafts()) == 1
    status().write_status(tmp_path)
    assert drafts() == []
