"""Rounds of the daemon, done one by one: faults, full disks, days that change, and notes that are open elsewhere."""

# ruff: noqa: D103  (a test is named for what it holds)

import logging
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shared.daemon_rounds import QUICK, one_round, quick
from shared.vaults import MakeVault, pages, write

from vault_tools.app import Vault
from vault_tools.daemon import log, watch
from vault_tools.model.note import Note, Source
from vault_tools.parse import note
from vault_tools.store import watchers
from vault_tools.words import words


@pytest.mark.parametrize(
    "wrong", ['[words.statuses]\nnonsense = ["x"]\n', '[advice.own]\ntitle = "half a rule"\n'], ids=["words", "advice"]
)
def test_settings_that_allow_no_graph_do_not_stop_the_daemon(wrong: str, vault: MakeVault) -> None:
    """A round tells of them; the page of the graph, which is due meanwhile, waits until they are mended."""
    root = vault({"A.md": "[[B]]\n"})
    with quick(root) as daemon:
        assert one_round(daemon).troubles == []
        write(root, {"vault-tools.toml": wrong})
        assert len(one_round(daemon).troubles) == 1
        daemon._begin_graph()
        write(root, {"vault-tools.toml": ""})
        assert one_round(daemon).troubles == []


def test_a_full_disk_ends_the_round_and_not_the_daemon(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault({"A.md": "[[B]]\n"})
    with quick(root) as daemon:
        assert one_round(daemon).troubles == []
        before = pages(root)
        write(root, {"A.md": "[[B]] [[New]]\n"})
        replace = Path.replace

        def full(self: Path, target: Path) -> Path:
            if ".tmp" in self.name:
                raise OSError(28, "No space left on device", str(target))
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", full)
        (trouble,) = one_round(daemon).troubles
        assert (
            " could not be written (no space left on the disk). " in trouble
            or " cannot be used (no space left" in trouble
        )
        assert pages(root) == before
        monkeypatch.setattr(Path, "replace", replace)
        assert one_round(daemon).troubles == []
        assert b"New" in pages(root)["Gaps.md"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who may do all is refused nothing")
def test_the_daemon_reports_a_folder_that_it_may_not_write_until_it_may(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n"})
    (root / "_vault-tools").mkdir(mode=0o500)
    with quick(root) as daemon:
        assert "(permission denied)" in one_round(daemon).troubles[0]
        (root / "_vault-tools").chmod(0o700)
        assert one_round(daemon).troubles == []


def test_a_note_on_which_the_parser_fails_is_reported_skipped_and_tried_again_when_it_changes(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = note.parse
    tried: list[str] = []

    def fails(source: Source) -> Note:
        tried.append(source.path)
        if "boom" in source.text:
            raise RecursionError(source.text)
        return parse(source)

    monkeypatch.setattr("vault_tools.reading.survey.note.parse", fails)
    root = vault({"A.md": "[[B]]\n", "Bad.md": "boom [[C]]\n"})
    with quick(root) as daemon:
        one_round(daemon)
        overview = pages(root)["Overview.md"].decode()
        assert "stopped vault-tools from reading this note (RecursionError)" in overview
        assert "boom" not in overview
        assert b"B" in pages(root)["Gaps.md"]
        tried.clear()
        write(root, {"A.md": "[[B]] [[D]]\n"})
        one_round(daemon)
        assert "Bad.md" not in tried
        write(root, {"Bad.md": "good [[C]]\n"})
        one_round(daemon)
        assert "Bad.md" in tried
        assert b"from reading this note" not in pages(root)["Overview.md"]


def test_a_fault_of_ours_ends_one_round_and_the_report_of_it_quotes_no_note(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"A.md": "[[B]] my secret\n"})

    def fails(self: Vault) -> object:
        raise ValueError((self.root / "A.md").read_text())

    with quick(root) as daemon, monkeypatch.context() as broken:
        broken.setattr(Vault, "refresh_pages", fails)
        (trouble,) = one_round(daemon).troubles
        assert trouble.startswith("Internal error (ValueError) at test_watch_rounds.py:")
        assert "secret" not in trouble
        broken.undo()
        assert one_round(daemon).troubles == []


def test_a_map_that_cannot_be_started_is_reported_and_ends_no_round(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As where the Python that runs it was renewed meanwhile."""
    root = vault({"A.md": "[[B]]\n"})
    with quick(root) as daemon, log.opened(tmp_path / "watch.log", verbose=False, quiet=True, words=words()):
        one_round(daemon)
        monkeypatch.setattr("vault_tools.daemon.graphpage.sys.executable", str(tmp_path / "gone"))
        daemon._begin_graph()
        assert one_round(daemon).troubles == []
    said = f"The map was not written: {tmp_path / 'gone'} cannot be used (no such file or folder).\n"
    assert said in (tmp_path / "watch.log").read_text("utf-8")


def test_the_daemon_creates_no_daily_note_before_a_sync_could_bring_one(vault: MakeVault) -> None:
    """However long nothing has changed: who has just begun to listen does not know."""
    settings = f'[watch]\ndevice = "{watchers.device()}"\ncreate = ["log"]\n'
    root = vault({"vault-tools.toml": settings, "A.md": ""})
    with quick(root) as daemon:
        one_round(daemon)
        assert not (root / "Logs").exists()
        time.sleep(QUICK.settled)
        one_round(daemon)
        assert len(list((root / "Logs").iterdir())) == 1


def test_a_fault_outside_the_rounds_ends_the_daemon_with_70_and_quotes_no_note(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """So that whoever looks after it starts it anew; 2 means wrong use, which starting anew does not mend."""

    def fails(self: watch.Daemon, *_: object, **__: object) -> None:
        raise ValueError((Path(self._status.vault) / "A.md").read_text())

    root = vault({"A.md": "my secret"})
    monkeypatch.setattr(watch.Daemon, "run", fails)
    with quick(root) as daemon, pytest.raises(SystemExit) as end:
        watch.watch(daemon, log.Log(logging.getLogger("a test"), words()), wait=False)
    assert end.value.code == 70
    assert "Internal error (ValueError) at test_watch_rounds.py:" in caplog.text
    assert "secret" not in caplog.text


def test_a_new_day_starts_a_round(vault: MakeVault) -> None:
    root = vault({"A.md": ""})
    with quick(root) as daemon:
        one_round(daemon)
        assert daemon._agenda.wait(time.time() + 86_400, 1e9) == 0
        assert daemon._keeper is not None
        before = daemon._keeper.vault.snapshot.fingerprint
        daemon._keeper.vault.look_again(datetime(2030, 1, 1, tzinfo=UTC).date())
        assert daemon._keeper.vault.snapshot.fingerprint != before
