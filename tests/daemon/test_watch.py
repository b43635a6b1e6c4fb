"""The life of the daemon: one for each vault, stopped cleanly, and asked what it does."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import psutil
import pytest
from shared.beside import PATIENCE, Beside, beside
from shared.daemon_rounds import gaps, one_round, quick
from shared.vaults import MakeVault, Run, pages, write

from vault_tools.daemon import log
from vault_tools.daemon.pace import Pace
from vault_tools.errors import WatchedError
from vault_tools.store import watchers
from vault_tools.store.watchers import Status
from vault_tools.words import words

LIVELY = Pace(quiet=0.1, most=1, nap=0.5, settled=0.5, graph=0.3, graph_most=5, away=0.3)
"""Of a daemon beside a test, which waits less than one beside a person."""
REGION = "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"
Start = Callable[..., Beside]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start daemons: `start(vault, "--poll")`; what is left of them is stopped."""
    with ExitStack() as running:

        def begin(root: Path, *options: str, begun: bool = True) -> Beside:
            return running.enter_context(beside(root, tmp_path, LIVELY, *options, begun=begun))

        yield begin


def test_the_daemon_writes_what_a_report_would_follows_saved_notes_and_stops(
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
def test_every_signal_that_ends_a_program_ends_the_daemon_with_0(vault: MakeVault, start: Start, number: int) -> None:
    daemon = start(vault({"A.md": "[[B]]\n"}))
    daemon.says("start:")
    assert daemon.stop(number=number) == 0
    assert daemon.status is not None
    assert daemon.status.state == "stopped"
    assert "Traceback" not in daemon.log


@pytest.mark.skipif(shutil.which("nohup") is None, reason="there is no nohup")
def test_under_nohup_the_daemon_outlives_its_terminal(vault: MakeVault, tmp_path: Path) -> None:
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


def test_the_daemon_can_be_stopped_while_it_reads_a_large_vault(vault: MakeVault, start: Start) -> None:
    root = vault({f"n/{number}.md": "[[x]] words\n" * 200 for number in range(1500)})
    daemon = start(root, begun=False)
    daemon.says("watching")
    daemon.stop()
    assert not list(root.rglob("*.tmp"))


def test_a_second_daemon_says_that_one_is_running(vault: MakeVault, start: Start, run: Run) -> None:
    root = vault({"A.md": ""})
    daemon = start(root)
    daemon.says("start:")
    result = run("watch", root)
    assert result.exit_code == 2
    said = f"{root} is already being watched (process {daemon.process.pid}). Stop it first; see `vault-tools status`."
    assert result.stderr == f"Error: {said}\n"


def test_a_killed_daemon_is_not_taken_for_a_running_one(vault: MakeVault, start: Start, run: Run) -> None:
    root = vault({"A.md": ""})
    daemon = start(root)
    daemon.says("start:")
    daemon.process.kill()
    daemon.process.wait()
    result = run("status", root)
    assert result.exit_code == 1
    assert "the last `watch` was killed or crashed" in result.stdout
    start(root).says("start:")


def test_watch_refuses_a_wrong_folder_or_wrong_settings_immediately(vault: MakeVault, run: Run, tmp_path: Path) -> None:
    assert run("watch", tmp_path / "nowhere").exit_code == 2
    result = run("watch", vault({"vault-tools.toml": "[watch]\ndevise = 1\n"}))
    assert result.exit_code == 2
    assert "line 2: [watch] devise is not a known setting. Did you mean device?\n" in result.stderr


def test_the_status_of_the_daemon_is_given_as_json_too(vault: MakeVault, start: Start, run: Run) -> None:
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


@pytest.mark.parametrize("leaves_its_folder", [True, False])
def test_the_daemon_waits_for_a_vault_that_vanishes_and_writes_nothing(
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


def test_the_daemon_waits_for_a_vault_that_does_not_exist_yet_if_it_is_asked_to(
    vault: MakeVault, start: Start, tmp_path: Path
) -> None:
    root = vault({"A.md": "[[B]]\n"})
    shutil.move(root, tmp_path / "away")
    daemon = start(root, "--wait", begun=False)
    daemon.says("There is no folder")
    shutil.move(tmp_path / "away", root)
    daemon.wait_for((root / "_vault-tools" / "Overview.md").exists, "pages")


def test_without_events_the_daemon_walks_the_vault_from_time_to_time(
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


def test_a_daemon_on_a_device_that_must_not_write_says_that_once(vault: MakeVault, tmp_path: Path) -> None:
    """Else its terminal says that there is nothing to do, however much you write."""
    root = vault({"vault-tools.toml": '[watch]\ndevice = "not this one"\n', "A.md": ""})
    with quick(root) as daemon, log.opened(tmp_path / "watch.log", verbose=False, quiet=True, words=words()):
        one_round(daemon)
        write(root, {"A.md": "[[B]]"})
        one_round(daemon)
    assert not (root / "_vault-tools").exists()
    said = "This device writes nothing: only not this one writes ([watch] device).\n"
    assert (tmp_path / "watch.log").read_text("utf-8").count(said) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells whether a file is open")
def test_a_note_that_stays_open_costs_the_daemon_few_rounds(vault: MakeVault, start: Start) -> None:
    root = vault({"A.md": "[[缺]]\n", "Topic.md": REGION})
    daemon = start(root)
    daemon.rest()
    with (root / "Topic.md").open():
        write(root, {"A.md": "[[缺]] [[又缺]]\n"})
        daemon.wait_for(lambda: "又缺" in gaps(root), "the gap")
        daemon.rest(calm=1.5)
    daemon.wait_for(lambda: "又缺" in (root / "Topic.md").read_text("utf-8"), "the region")


def test_the_daemon_proposes_due_notes_in_the_language_of_the_reader(vault: MakeVault, run: Run) -> None:
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


def test_a_vault_has_one_lock_and_the_daemon_releases_it(vault: MakeVault) -> None:
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


def test_a_daemon_at_rest_uses_no_processor_time(vault: MakeVault, start: Start) -> None:
    """Time of the processor while nothing changes, against that of the rounds before."""
    root = vault({f"{number}.md": "[[x]]\n" for number in range(300)})
    daemon = start(root)
    daemon.rest()
    process = psutil.Process(daemon.process.pid)
    worked = sum(process.cpu_times()[:2])
    time.sleep(2)
    assert sum(process.cpu_times()[:2]) - worked < worked / 10
