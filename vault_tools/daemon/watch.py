"""The loop: wait for a ring or for what is due, look, work, tell what was done, and wait again."""

import gc
import logging
import math
import signal
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from vault_tools.daemon.graphpage import GraphPage
from vault_tools.daemon.keeper import Done, Keeper
from vault_tools.daemon.log import fault
from vault_tools.daemon.pace import Agenda, Pace, until_midnight
from vault_tools.errors import UnusableVaultError, VaultToolsError
from vault_tools.store.doorbell import Doorbell, Ring
from vault_tools.store.mounts import needs_polling
from vault_tools.store.watchers import Deed, Status

DEEDS = 30
"""How many of the last deeds are told."""


def watch(daemon: "Daemon", log: logging.Logger, *, wait: bool) -> None:
    """Let a daemon run until a signal says to stop. Raises VaultToolsError where it cannot even begin."""
    with _stopped_by_signals():
        try:
            daemon.run(wait=wait)
        except KeyboardInterrupt:
            log.info("stopped")
        finally:
            daemon.close()


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let the signals that end a process end the loop, wherever it is: each write is whole or undone.

    One that is ignored stays so: `nohup` means it.
    """
    names = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
    found = [getattr(signal, name) for name in names if hasattr(signal, name)]
    known = [each for each in found if signal.getsignal(each) is not signal.SIG_IGN]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in known:
            signal.signal(each, signal.SIG_IGN)  # once is enough
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in known}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Daemon:
    """What runs beside Obsidian for one vault."""

    def __init__(self, root: Path, status: Status, log: logging.Logger, pace: Pace, workers: int = 1) -> None:
        """Nothing is read yet; `status.polls` says why to poll, "" to listen to events."""
        self._root = root
        self._status = status
        self._log = log
        self._pace = pace
        self._workers = workers
        self._agenda = Agenda()
        self._graph = GraphPage(root)
        self._bell: Doorbell | None = None
        self._keeper: Keeper | None = None
        self._seen = ""
        self._heard: set[str] = set()
        self._changed = -math.inf
        self._looked = -math.inf
        self._missed = False

    def close(self) -> None:
        """Stop all that runs, and say so."""
        self._status.state = "stopped"
        self._status.tell(self._root)
        self._graph.stop()
        self._silence()
        if self._keeper is not None:
            self._keeper.close()

    def run(self, *, wait: bool = False) -> None:
        """Work until something is raised that is no trouble of a vault, such as KeyboardInterrupt.

        A vault that cannot be used at the start is an error, unless it is to be waited for.
        """
        if not wait:
            self._keeper = Keeper(self._root, self._status.device, self._workers)
        self._log.info("watching %s", self._root)
        self._round("start")
        while True:
            rang = self._wait(self._agenda.wait(time.time(), self._pace.nap))
            self._hear_of_graph()
            due = self._agenda.take(time.time())
            if {"graph", "look at graph"}.intersection(due):
                due = [name for name in due if name not in {"graph", "look at graph"}]
                self._begin_graph()
            if rang == "pause":
                self._prepare()
            elif rang == "over":
                self._round("change")
            elif due:
                self._round(", ".join(due))
                gc.collect()  # a round leaves next to no circles, but months are long
            elif self._bell is not None and not self._bell.listens:
                self._round("another folder")

    # ------------------------------------------------------------ waiting

    def _listen(self, keeper: Keeper) -> None:
        """Listen to events, if they are to be had and are not heard yet."""
        self._status.polls = self._status.polls or needs_polling(self._root) or ""
        if self._status.polls or (self._bell is not None and self._bell.listens):
            return
        self._silence()
        pace, settings = self._pace, keeper.vault.obsidian.folder
        try:
            self._bell = Doorbell(self._root, keeper.is_own, settings, quiet=pace.quiet, most=pace.most)
        except OSError as error:
            self._status.polls = f"no events: {error.strerror or error}"
            self._log.warning("%s", _NO_EVENTS.format(error.strerror or error))

    def _silence(self) -> None:
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        self._looked = -math.inf

    def _mistrust(self, keeper: Keeper) -> None:
        """Listen anew where a walk found what no event told of; where it is so again, walk from time to time.

        So folders are not lost for which the system takes no more watches, or that somebody else's kernel writes to.
        """
        self._silence()
        if self._missed:
            self._status.polls = "the system does not tell of all changes"
            self._log.warning("%s", _MISSED)
        self._missed = True
        self._listen(keeper)

    def _was_told(self) -> bool:
        """Tell whether any event came since the last look; one that is on its way is waited for."""
        end = time.monotonic() + self._pace.most
        while self._bell is not None and self._bell.idle > time.monotonic() - self._looked:
            if time.monotonic() > end:
                return False
            time.sleep(self._pace.quiet / 4)
        return True

    def _wait(self, seconds: float) -> Ring | None:
        if self._bell is not None:
            return self._bell.wait(seconds)
        time.sleep(seconds)
        return None

    @property
    def _idle(self) -> float:
        """Seconds since the vault last changed."""
        return self._bell.idle if self._bell is not None else time.monotonic() - self._changed

    # ------------------------------------------------------------ one round

    def _round(self, why: str) -> None:
        """Look and work once; trouble ends the round, not the loop."""
        began = time.monotonic()
        try:
            self._look_and_work(why)
        except UnusableVaultError as error:
            self._silence()  # a folder that comes back is another one
            self._agenda.put("vault", time.time(), self._pace.away)
            self._tell("away", [str(error)])
        except (VaultToolsError, OSError, sqlite3.Error) as error:
            self._fail(_line(error))
        except Exception as error:  # noqa: BLE001  (months of watching do not end with one fault)
            self._fail(fault(error))
        self._status.took = round(time.monotonic() - began, 3)

    def _prepare(self) -> None:
        """Use the time until a burst is over; whatever is wrong, the round will find it, too, and tell."""
        if self._keeper is not None and self._status.state == "waiting":
            with suppress(Exception):
                self._heard.update(self._keeper.look(datetime.now(UTC).astimezone()))
                self._keeper.prepare()

    def _look_and_work(self, why: str) -> None:
        if self._keeper is None:
            self._keeper = Keeper(self._root, self._status.device, self._workers)
        keeper = self._keeper
        self._listen(keeper)
        now, began, clock = datetime.now(UTC).astimezone(), time.process_time(), time.monotonic()
        changed = sorted(self._heard.union(keeper.look(now)))
        self._heard.clear()
        cost = time.process_time() - began
        if changed and not self._was_told():
            self._mistrust(keeper)
        self._looked = clock
        seen, self._seen = self._seen, keeper.vault.fingerprint
        is_other = seen != self._seen
        if is_other and seen and self._bell is None:
            self._changed = time.monotonic()
        done = keeper.work(now, calm=self._idle >= self._pace.quiet)
        if self._idle >= self._pace.settled:
            keeper.make_notes(now, done)
        self._status.proposals = keeper.proposals
        self._record(why, changed, done)
        self._plan(keeper, now, cost, is_other=is_other, again=done.again)
        self._tell("waiting", done.troubles)

    def _plan(self, keeper: Keeper, now: datetime, cost: float, *, is_other: bool, again: float | None) -> None:
        """Note what is to be done later."""
        clock, pace = time.time(), self._pace
        self._agenda.put("walk", clock, pace.walk if self._bell is not None else pace.poll(cost))
        self._agenda.put("midnight", clock, until_midnight(now))
        if again is not None:
            self._agenda.put("notes", clock, max(again, pace.quiet / 4))
        if keeper.owes_notes(now):
            self._agenda.put("new notes", clock, max(pace.settled - self._idle, pace.quiet))
        if is_other:
            self._agenda.put("graph", clock, pace.graph, most=pace.graph_most)

    # ------------------------------------------------------------ the page of the graph

    def _begin_graph(self) -> None:
        """Begin to write the page, unless it is as it ought to be; see to it again at times, whatever became of it."""
        self._agenda.put("look at graph", time.time(), self._pace.walk)
        if self._owes_graph() and not self._graph.begin():
            self._agenda.put("graph", time.time(), self._pace.graph)

    def _owes_graph(self) -> bool:
        if self._keeper is None or self._status.state == "away":
            return False
        with suppress(OSError, sqlite3.Error):
            return self._keeper.vault.owes_graph
        return True  # where it cannot be told, the writing itself will tell what is wrong

    def _hear_of_graph(self) -> None:
        said = self._graph.ended()
        if said:
            self._log.warning("the page of the graph was not written: %s", said)
        elif said is not None:
            self._log.debug("the page of the graph is current")

    # ------------------------------------------------------------ telling

    def _record(self, why: str, changed: Sequence[str], done: Done) -> None:
        """Log what a round found and did; names of notes only, and those that changed only if asked."""
        status, at = self._status, _now()
        status.rounds += 1
        status.last = at
        status.deeds = [*status.deeds, *(Deed(at, what, path) for what, path in done.deeds)][-DEEDS:]
        for path in changed[:DEEDS] if status.rounds > 1 else ():
            self._log.debug("changed: %s", path)
        for what, path in done.deeds:
            if what != "page":
                self._log.info("%s: %s", what, path)
        pages = sum(what == "page" for what, _ in done.deeds)
        if pages or done.deeds or changed:
            figures = (len(changed), pages, len(done.deeds) - pages)
            self._log.info("%s: notes changed %d, pages written %d, notes written %d", why, *figures)
        else:
            self._log.debug("%s: nothing to do", why)

    def _fail(self, trouble: str) -> None:
        """Tell of a round that came to nothing; the next one may not."""
        self._agenda.put("walk", time.time(), min(self._pace.walk, self._pace.poll(0.0) * 10))
        self._tell("waiting", [trouble])

    def _tell(self, state: str, troubles: Sequence[str]) -> None:
        """Say how things stand; a trouble that lasts is logged once."""
        status = self._status
        for line in troubles:
            if line not in status.troubles:
                self._log.warning("%s", line)
        if status.troubles and not troubles:
            self._log.info("all is well again")
        status.state, status.troubles = state, list(troubles)
        status.tell(self._root)


_NO_EVENTS = (
    "the system gives no more events of changes ({}), so the vault is walked from time to time: "
    "on Linux, raise fs.inotify.max_user_watches to be told at once"
)


_MISSED = (
    "changes came of which no event told, so the vault is walked from time to time: "
    "on Linux, raise fs.inotify.max_user_watches if it has more folders than that"
)


def _line(error: Exception) -> str:
    """Say in a line what stopped a round."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror or error}"
    return str(error)


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
