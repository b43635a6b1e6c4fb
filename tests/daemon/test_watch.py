"""The life of the daemon: one a vault, stopped cleanly, and still there when the vault, the disk or a note fails it."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from beside import PATIENCE, Beside, beside
from conftest import MakeVault, Run, pages, write

from vault_tools.app import Vault
from vault_tools.daemon import log, watch
from vault_tools.daemon.pace import Pace
from vault_tools.errors import WatchedError
from vault_tools.model.note import Note, Source
from vault_tools.model.text import say
from vault_tools.parse import note
from vault_tools.store import watchers
from vault_tools.store.doorbell import Doorbell
from vault_tools.store.watchers import Status
from vault_tools.words import words

QUICK = Pace(quiet=0.1, most=1.0, walk=60, nap=0.2, settled=0.3, graph=0.2, graph_most=5, away=0.2)
LIVELY = Pace(quiet=0.1, most=1, nap=0.5, settled=0.5, graph=0.3, graph_most=5, away=0.3)
"""Of a daemon beside a test, which waits less than one beside a person."""
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
REGION = "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"
Start = Callable[..., Beside]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start daemons: `start(vault, "--poll")`; what is left of them is stopped."""
    with ExitStack() as running:

        def begin(root: Path, *options: str, begun: bool = True) -> Beside:
            return running.enter_context(beside(root, tmp_path, LIVELY, *options, begun=begun))

        yield begin


def gaps(root: Path) -> str:
    """Return the page of gaps, "" where there is none."""
    return pages(root).get("Gaps.md", b"").decode()


# ---------------------------------------------------------------- as a user meets it


def test_it_writes_what_a_report_would_follows_what_is_saved_and_stops(
    vault: MakeVault, start: Start, run: Run
) -> None:
    root = vault({"A.md": "[[缺]]\n", "Topic.md": REGION})
    daemon = start(root)
    daemon.wait_for((root / "_vault-tools" / "Overview.md").exists, "pages")
    write(root, {"B.md": "[[又缺一篇]]\n"})
    daemon.wait_for(lambda: "又缺一篇" in gaps(root), "the new gap")
    daemon.wait_for(lambda: "又缺一篇" in (root / "Topic.md").read_text("utf-8"), "the region")
    daemon.wait_for(lambda: "又缺一篇" in pages(root).get("graph.html", b"").decode(), "the page of the graph")
    assert run("status", root).exit_code == 0
    daemon.stop()
    assert "stopped" in daemon.log
    result = run("status", root)
    assert result.exit_code == 1
    assert "not being watched" in result.stdout
    before = pages(root)
    run("report", root)
    assert pages(root) == before


@pytest.mark.parametrize(
    "number", [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
)
def test_every_signal_that_ends_a_program_ends_it_with_0(vault: MakeVault, start: Start, number: int) -> None:
    daemon = start(vault({"A.md": "[[B]]\n"}))
    daemon.says("start:")
    assert daemon.stop(number=number) == 0
    assert daemon.status is not None
    assert daemon.status.state == "stopped"
    assert "Traceback" not in daemon.log


@pytest.mark.skipif(shutil.which("nohup") is None, reason="there is no nohup")
def test_under_nohup_it_outlives_its_terminal(vault: MakeVault, tmp_path: Path) -> None:
    root = vault({"A.md": ""})
    command = ["nohup", sys.executable, "-m", "vault_tools", "watch", str(root)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path) as process:
        while not Status.of(root):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        assert process.poll() is None
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_it_can_be_stopped_while_it_reads_a_large_vault(vault: MakeVault, start: Start) -> None:
    root = vault({f"n/{number}.md": "[[x]] words\n" * 200 for number in range(1500)})
    daemon = start(root, begun=False)
    daemon.says("watching")
    daemon.stop()
    assert not list(root.rglob("*.tmp"))


def test_a_second_one_says_that_there_is_one(vault: MakeVault, start: Start, run: Run) -> None:
    root = vault({"A.md": ""})
    daemon = start(root)
    daemon.says("start:")
    result = run("watch", root)
    assert result.exit_code == 2
    said = f"{root} is already being watched (process {daemon.process.pid}). Stop it first; see `vault-tools status`."
    assert result.stderr == f"Error: {said}\n"


def test_one_that_was_killed_is_not_taken_for_alive(vault: MakeVault, start: Start, run: Run) -> None:
    root = vault({"A.md": ""})
    daemon = start(root)
    daemon.says("start:")
    daemon.process.kill()
    daemon.process.wait()
    result = run("status", root)
    assert result.exit_code == 1
    assert "the last `watch` was killed or crashed" in result.stdout
    start(root).says("start:")


def test_a_wrong_folder_or_wrong_settings_are_told_at_once(vault: MakeVault, run: Run, tmp_path: Path) -> None:
    assert run("watch", tmp_path / "nowhere").exit_code == 2
    result = run("watch", vault({"vault-tools.toml": "[watch]\ndevise = 1\n"}))
    assert result.exit_code == 2
    assert "line 2: [watch] devise is not a known setting. Did you mean device?\n" in result.stderr


def test_the_status_is_told_to_programs_too(vault: MakeVault, start: Start, run: Run) -> None:
    root = vault({"A.md": "[[B]]\n"})
    assert json.loads(run("status", root, "--json").stdout)["running"] is False
    daemon = start(root)
    daemon.says("start:")
    told = json.loads(run("status", root, "--json").stdout)
    assert told["running"] is True
    assert told["pid"] == daemon.process.pid
    assert told["troubles"] == []
    assert {"what": "page", "path": "_vault-tools/Gaps.md"}.items() <= told["deeds"][0].items() or told["deeds"]
    assert Path(told["log"]).is_file()


# ---------------------------------------------------------------- what fails, and comes back


@contextmanager
def quick(root: Path, *, polls: str = "", language: str = "en") -> Iterator[watch.Daemon]:
    """A daemon of quick pace whose rounds a test does by itself."""
    since = datetime.now(UTC).isoformat()
    status = Status(str(root), os.getpid(), watchers.device(), since, polls=polls)
    daemon = watch.Daemon(root, status, log.Log(logging.getLogger(log.NAME), words(language)), QUICK)
    try:
        yield daemon
    finally:
        daemon.close()


def one_round(daemon: watch.Daemon) -> Status:
    daemon._round("change")
    told = Status.of(Path(daemon._status.vault))
    assert told is not None
    return told


@pytest.mark.parametrize(
    "wrong", ['[words.statuses]\nnonsense = ["x"]\n', '[advice.own]\ntitle = "half a rule"\n'], ids=["words", "advice"]
)
def test_settings_that_no_graph_can_be_made_with_stop_no_daemon(wrong: str, vault: MakeVault) -> None:
    """A round tells of them; the page of the graph, which is due meanwhile, waits until they are mended."""
    root = vault({"A.md": "[[B]]\n"})
    with quick(root) as daemon:
        assert one_round(daemon).troubles == []
        write(root, {"vault-tools.toml": wrong})
        assert len(one_round(daemon).troubles) == 1
        daemon._begin_graph()
        write(root, {"vault-tools.toml": ""})
        assert one_round(daemon).troubles == []


@pytest.mark.parametrize("leaves_its_folder", [True, False])
def test_a_vault_that_vanishes_is_waited_for_and_nothing_is_written(
    vault: MakeVault, start: Start, tmp_path: Path, *, leaves_its_folder: bool
) -> None:
    """As when its drive is taken out: the folder goes, or stays behind with nothing in it."""
    root = vault({"A.md": "[[B]]\n"})
    daemon = start(root)
    daemon.says("start:")
    shutil.move(root, tmp_path / "away")
    if leaves_its_folder:
        root.mkdir()
    daemon.wait_for(lambda: daemon.status and daemon.status.state == "away", "away")
    time.sleep(0.5)
    assert list(root.iterdir()) == [] if leaves_its_folder else not root.exists()
    assert "is missing or empty" in daemon.log or "There is no folder" in daemon.log
    if leaves_its_folder:
        root.rmdir()
    write(tmp_path / "away", {"New.md": "[[沧海]]\n"})
    shutil.move(tmp_path / "away", root)
    daemon.wait_for(lambda: "沧海" in gaps(root), "resumed")
    write(root, {"Newer.md": "[[桑田]]\n"})  # events are heard again
    daemon.wait_for(lambda: "桑田" in gaps(root), "hears again")
    assert "all problems are solved" in daemon.log
    assert daemon.status is not None
    assert daemon.status.polls == ""


def test_a_vault_that_is_not_there_yet_is_waited_for_where_that_is_asked(
    vault: MakeVault, start: Start, tmp_path: Path
) -> None:
    root = vault({"A.md": "[[B]]\n"})
    shutil.move(root, tmp_path / "away")
    daemon = start(root, "--wait", begun=False)
    daemon.says("There is no folder")
    shutil.move(tmp_path / "away", root)
    daemon.wait_for((root / "_vault-tools" / "Overview.md").exists, "pages")


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
def test_a_folder_that_may_not_be_written_is_told_until_it_may(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n"})
    (root / "_vault-tools").mkdir(mode=0o500)
    with quick(root) as daemon:
        assert "(permission denied)" in one_round(daemon).troubles[0]
        (root / "_vault-tools").chmod(0o700)
        assert one_round(daemon).troubles == []


def test_a_note_that_the_parser_fails_on_is_told_skipped_and_tried_when_it_changes(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = note.parse
    tried: list[str] = []

    def fails(source: Source) -> Note:
        tried.append(source.path)
        if "boom" in source.text:
            raise RecursionError(source.text)
        return parse(source)

    monkeypatch.setattr("vault_tools.survey.note.parse", fails)
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


def test_a_fault_of_ours_ends_the_round_is_told_without_a_word_of_a_note_and_the_next_round_works(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"A.md": "[[B]] my secret\n"})

    def fails(self: Vault) -> object:
        raise ValueError((self.root / "A.md").read_text())

    with quick(root) as daemon, monkeypatch.context() as broken:
        broken.setattr(Vault, "refresh_pages", fails)
        (trouble,) = one_round(daemon).troubles
        assert trouble.startswith("Internal error (ValueError) at test_watch.py:")
        assert "secret" not in trouble
        broken.undo()
        assert one_round(daemon).troubles == []


def test_without_events_the_vault_is_walked_from_time_to_time(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch, start: Start, run: Run
) -> None:
    root = vault({"A.md": "[[B]]\n", "Topic.md": REGION})
    daemon = start(root, "--poll")
    daemon.says("start:")
    write(root, {"A.md": "[[B]] [[New]]\n"})
    daemon.wait_for(lambda: b"New" in pages(root)["Gaps.md"], "the gap")
    daemon.wait_for(lambda: b"New" in (root / "Topic.md").read_bytes(), "the region")
    assert "by polling (you asked for it with --poll)" in run("status", root).stdout

    def no_more(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("vault_tools.daemon.hearing.Doorbell", no_more)
    with quick(vault({"A.md": ""})) as other:
        assert one_round(other).polls.startswith("the system cannot report changes of more folders")


def test_a_page_of_the_graph_that_cannot_be_begun_is_told_and_ends_nothing(
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


def test_a_device_that_is_not_to_write_says_so_once(vault: MakeVault, tmp_path: Path) -> None:
    """Else its terminal says that there is nothing to do, however much you write."""
    root = vault({"vault-tools.toml": '[watch]\ndevice = "not this one"\n', "A.md": ""})
    with quick(root) as daemon, log.opened(tmp_path / "watch.log", verbose=False, quiet=True, words=words()):
        one_round(daemon)
        write(root, {"A.md": "[[B]]"})
        one_round(daemon)
    assert not (root / "_vault-tools").exists()
    said = "This device writes nothing: only not this one writes ([watch] device).\n"
    assert (tmp_path / "watch.log").read_text("utf-8").count(said) == 1


def test_a_note_of_the_day_is_not_made_before_a_sync_could_bring_it(vault: MakeVault) -> None:
    """However long nothing has changed: who has just begun to listen does not know."""
    settings = f'[watch]\ndevice = "{watchers.device()}"\ncreate = ["log"]\n'
    root = vault({"vault-tools.toml": settings, "A.md": ""})
    with quick(root) as daemon:
        one_round(daemon)
        assert not (root / "Logs").exists()
        time.sleep(QUICK.settled)
        one_round(daemon)
        assert len(list((root / "Logs").iterdir())) == 1


def test_a_fault_outside_the_rounds_ends_it_with_70_and_quotes_nothing(
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
    assert "Internal error (ValueError) at test_watch.py:" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells whether a file is open")
def test_a_note_that_is_held_open_costs_no_end_of_rounds(vault: MakeVault, start: Start) -> None:
    root = vault({"A.md": "[[缺]]\n", "Topic.md": REGION})
    daemon = start(root)
    daemon.rest()
    with (root / "Topic.md").open():
        write(root, {"A.md": "[[缺]] [[又缺]]\n"})
        daemon.wait_for(lambda: "又缺" in gaps(root), "the gap")
        daemon.rest(calm=1.5)
    daemon.wait_for(lambda: "又缺" in (root / "Topic.md").read_text("utf-8"), "the region")


def test_a_new_day_is_a_change(vault: MakeVault) -> None:
    root = vault({"A.md": ""})
    with quick(root) as daemon:
        one_round(daemon)
        assert daemon._agenda.wait(time.time() + 86_400, 1e9) == 0
        assert daemon._keeper is not None
        before = daemon._keeper.vault.fingerprint
        daemon._keeper.vault.look_again(datetime(2030, 1, 1, tzinfo=UTC).date())
        assert daemon._keeper.vault.fingerprint != before


def test_what_is_due_is_proposed_in_the_readers_language(vault: MakeVault, run: Run) -> None:
    today = datetime.now().astimezone().date()
    day = today.strftime("%A").lower()
    settings = f'language = "zh"\n[learning]\nreflection_day = "{day}"\n'
    root = vault(
        {"vault-tools.toml": settings, f"日志/{today}.md": f"---\ntype: log\ndate: {today}\nminutes: 30\n---\n"}
    )
    with quick(root, language="zh") as daemon:
        (proposal,) = one_round(daemon).proposals
        assert "的反思" in proposal
        assert "还没有写" in proposal
    assert "的反思" in run("status", root).stdout


# ---------------------------------------------------------------- its log, its lock


def test_the_log_is_begun_anew_before_it_grows_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST", 2000)
    with log.opened(tmp_path / "log" / "watch.log", verbose=False, quiet=True, words=words()) as told:
        for number in range(200):
            told.info(say("log.changed", path=f"{number}: 三"))
    files = list((tmp_path / "log").iterdir())
    assert len(files) == 1 + log.KEPT
    assert all(file.stat().st_size <= 2100 for file in files)
    assert "changed: 199: 三" in (tmp_path / "log" / "watch.log").read_text("utf-8")


def test_no_name_of_a_file_writes_to_the_terminal_or_forges_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with log.opened(tmp_path / "watch.log", verbose=False, quiet=False, words=words()) as told:
        told.warning(say("log.changed", path="a\x1b]0;pwned\x07\n2026-01-01 INFO all is well\u202e.md"))
    for text in (capsys.readouterr().err, (tmp_path / "watch.log").read_text("utf-8")):
        assert text.count("\n") == 1
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_a_log_that_cannot_be_kept_stops_no_daemon(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    with log.opened(tmp_path / "file" / "watch.log", verbose=False, quiet=True, words=words()) as told:
        told.warning(say("log.stopped"))
    said = capsys.readouterr().err
    assert f"The log {tmp_path / 'file' / 'watch.log'} cannot be written (" in said
    assert "stopped" in said


def test_the_lock_is_one_a_vault_and_is_let_go(vault: MakeVault) -> None:
    one, other = vault({}), vault({})
    with watchers.claimed(one):
        assert watchers.runs(one)
        assert not watchers.runs(other)
        with pytest.raises(WatchedError, match="is already being watched"), watchers.claimed(one):
            pass
    assert not watchers.runs(one)


def test_nothing_of_the_daemon_lies_in_the_vault(vault: MakeVault, start: Start) -> None:
    root = vault({"A.md": "[[B]]\n"})
    daemon = start(root)
    daemon.says("start:")
    daemon.wait_for((root / "_vault-tools" / "graph.html").exists, "the page of the graph")
    daemon.stop()
    names = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    assert {name for name in names if not name.startswith("_vault-tools")} == {".obsidian", "A.md"}


def test_a_rest_costs_nothing(vault: MakeVault, start: Start) -> None:
    """Time of the processor while nothing changes, against that of the rounds before."""
    root = vault({f"{number}.md": "[[x]]\n" for number in range(300)})
    daemon = start(root)
    daemon.rest()
    process = psutil.Process(daemon.process.pid)
    worked = sum(process.cpu_times()[:2])
    time.sleep(2)
    assert sum(process.cpu_times()[:2]) - worked < worked / 10


# ---------------------------------------------------------------- the doorbell alone


def burst(bell: Doorbell) -> tuple[str | None, ...]:
    """Return how it rings for the next burst."""
    first = bell.wait(PATIENCE)
    return (first,) if first == "over" else (first, bell.wait(PATIENCE))


def test_a_burst_is_one_ring_and_reading_is_none(vault: MakeVault) -> None:
    root = vault({"A.md": "a", ".obsidian/workspace.json": "{}", "_vault-tools/Gaps.md": "ours"})
    bell = Doorbell(root, {"_vault-tools/Gaps.md"}.__contains__, quiet=0.2, most=5)
    try:
        for number in range(50):
            write(root, {f"{number}.md": "x"})
        assert burst(bell) == ("pause", "over")
        (root / "A.md").read_text()
        write(root, {".obsidian/workspace.json": "{ }", "_vault-tools/Gaps.md": "ours", ".hidden/x.md": "x"})
        assert not bell.wait(0.6)
        write(root, {".obsidian/app.json": "{}"})
        assert burst(bell)[-1] == "over"
        (root / "A.md").rename(root / ".A.md.draft")
        assert burst(bell)[-1] == "over"
        (root / ".A.md.draft").rename(root / "A.md")
        assert burst(bell)[-1] == "over"
    finally:
        bell.close()


def test_a_burst_that_does_not_end_rings_all_the_same(vault: MakeVault) -> None:
    root = vault({})
    bell = Doorbell(root, quiet=10, most=0.5)
    try:
        write(root, {"A.md": "a"})
        assert burst(bell)[-1] == "over"
        assert bell.idle < 10  # as long as a burst would have to rest
    finally:
        bell.close()


def test_a_folder_that_took_the_vaults_place_is_not_listened_to(vault: MakeVault) -> None:
    root = vault({"A.md": "a"})
    bell = Doorbell(root)
    try:
        assert bell.listens
        shutil.move(root, root.with_name("old"))
        assert not bell.listens
        root.mkdir()
        assert not bell.listens
    finally:
        bell.close()
