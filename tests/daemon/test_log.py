"""The log of the daemon."""

# ruff: noqa: D103  (a test is named for what it holds)

from pathlib import Path

import pytest

from vault_tools.daemon import log
from vault_tools.model.text import say
from vault_tools.words import words


def test_a_new_log_is_started_before_the_old_one_grows_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST", 2000)
    with log.opened(tmp_path / "log" / "watch.log", verbose=False, quiet=True, words=words()) as told:
        for number in range(200):
            told.info(say("log.changed", path=f"{number}: 三"))
    files = list((tmp_path / "log").iterdir())
    assert len(files) == 1 + log.KEPT
    assert all(file.stat().st_size <= 2100 for file in files)
    assert "changed: 199: 三" in (tmp_path / "log" / "watch.log").read_text("utf-8")


def test_no_file_name_writes_to_the_terminal_or_forges_a_line_of_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with log.opened(tmp_path / "watch.log", verbose=False, quiet=False, words=words()) as told:
        told.warning(say("log.changed", path="a\x1b]0;pwned\x07\n2026-01-01 INFO all is well\u202e.md"))
    for text in (capsys.readouterr().err, (tmp_path / "watch.log").read_text("utf-8")):
        assert text.count("\n") == 1
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_a_log_that_cannot_be_written_does_not_stop_the_daemon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    with log.opened(tmp_path / "file" / "watch.log", verbose=False, quiet=True, words=words()) as told:
        told.warning(say("log.stopped"))
    said = capsys.readouterr().err
    assert f"The log {tmp_path / 'file' / 'watch.log'} cannot be written (" in said
    assert "stopped" in said
