"""The loop: wait for a ring or for what is due, look, work, tell what was done, and wait again."""

import errno
import gc
import math
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FrameType

import vault_tools
from vault_tools.app import Vault
from vault_tools.daemon.done import Done
from vault_tools.daemon.graphpage import Drawn, GraphPage
from vault_tools.daemon.keeper import Keeper
from vault_tools.daemon.log import Log, fault
from vault_tools.daemon.pace import Agenda, Pace, until_midnight
from vault_tools.errors import UnusableVaultError, VaultToolsError, reason
from vault_tools.model.text import Say, Value, say
from vault_tools.store.burst import Ring
from vault_tools.store.doorbell import Doorbell
from vault_tools.store.heard import folders, remedy
from vault_tools.store.mounts import needs_polling
from vault_tools.store.watchers import Deed, Status

FAULT = 70
"""The exit code where we are at fault."""
DEEDS = 30
"""How many of the last deeds are listed."""


def watch(daemon: "Daemon", log: Log, *, wait: bool) -> None:
    """Let a daemon run until a signal says to stop.

    Raises VaultToolsError where it cannot even begin; ends the process with `FAULT` where we are at fault, so that
    the service that runs the daemon restarts it.
    """
    with _stopped_by_signals() as is_stopped:
        try:
            daemon.run(is_stopped, wait=wait)
        except (KeyboardInterrupt, VaultToolsError):
            raise
        except Exception as error:
            log.error(fault(error))  # noqa: TRY400  (a traceback may quote a note)
            raise SystemExit(FAULT) from error
        finally:
            daemon.close()


@contextmanager
def _stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Let the signals that end a process end what is done, wherever it is: each write is whole or undone.

    Gives a question whether one has come, since an exception may be swallowed where Python allows none. A signal that
    is ignored stays so: `nohup` means it.
    """
    names = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
    found = [getattr(signal, name) for name in names if hasattr(signal, name)]
    known = [each for each in found if signal.getsignal(each) is not signal.SIG_IGN]
    came: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if len(came) == 1:  # once is enough: what is being put in order now is not to be disturbed
            raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in known}
    try:
        yield lambda: bool(came)
    except KeyboardInterrupt:
        if not came:
            raise
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Daemon:
    """What runs beside Obsidian for one vault."""

    def __init__(self, root: Path, status: Status, log: Log, pace: Pace, workers: int = 1) -> None:
        """Nothing is read yet; `status.polls` says why to poll, "" to listen to events."""
        self._root = root
        self._status = status
        self._log = log
        self._pace = pace
        self._workers = workers
        self._asked = status.polls
        self._agenda = Agenda()
        self._graph = GraphPage(root)
        self._bell: Doorbell | None = None
        self._keeper: Keeper | None = None
        self._seen = ""
        self._drawn = Drawn()
        self._graph_failed: Value = ""
        self._heard: set[str] = set()
        self._tries = 0
        self._awake = self._changed = time.monotonic()
        self._looked = -math.inf
        self._missed = False

    def close(self) -> None:
        """Stop all that runs, and say so."""
        self._status.state = "stopped"
        self._status.tell(self._root)
        self._log.info(say("log.stopped"))
        self._graph.stop()
        self._silence()
        if self._keeper is not None:
            self._keeper.close()

    def run(self, is_stopped: Callable[[], bool] = lambda: False, *, wait: bool = False) -> None:
        """Work until it is stopped, or something is raised that is no trouble of a vault, such as KeyboardInterrupt.

        A vault that cannot be used at the start is an error, unless it is to be waited for.
        """
        self._log.info(say("log.watching", root=str(self._root)))
        self._tell("reading", [])
        _import_all()
        if not wait:
            self._keeper = Keeper(self._root, self._status.device, self._workers)
        self._round("start")
        while not is_stopped():
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
                self._round(*due)
                gc.collect()  # a round leaves next to no circles, but months are long
            elif self._bell is not None and not self._bell.listens:
                self._round("another folder")

    # ------------------------------------------------------------ waiting

    def _listen(self, keeper: Keeper, *, anyway: bool = False) -> None:
        """Listen to events if that is possible and not done yet, and check that all folders are watched.

        Called when folders appear, and with `anyway` from time to time.
        """
        if self._bell is None or not self._bell.listens:
            self._begin_to_listen(keeper)
        if self._bell is None or not (anyway or self._bell.grew) or not self._bell.deaf():
            return
        self._begin_to_listen(keeper)  # a library may have lost track of folders that come and go fast
        missing = len(self._bell.deaf()) if self._bell is not None else 0
        if missing:
            every = folders(str(self._root))
            heard = str(max(every - missing, 0))
            self._poll(say("daemon.polls-folders", heard=heard, every=str(every)), remedy())

    def _begin_to_listen(self, keeper: Keeper) -> None:
        """Listen to events from now on, unless the vault must be polled."""
        self._silence()
        kind = needs_polling(self._root)
        why = say("daemon.polls-file-system", kind=kind) if kind else ""
        self._status.polls = self._asked or self._log.spoken(why)
        if self._status.polls:
            return
        pace, settings = self._pace, keeper.vault.obsidian.folder
        try:
            self._bell = Doorbell(self._root, keeper.is_own, settings, quiet=pace.quiet, most=pace.most)
        except OSError as error:
            if error.errno not in _NO_MORE:
                raise
            self._poll(say("daemon.polls-no-events"), remedy(error.errno))

    def _poll(self, why: Say, what_helps: Say | None = None) -> None:
        """Stop listening, and poll the vault until the daemon restarts."""
        self._silence()
        said = why if what_helps is None else say("daemon.polls-until", why=why, helps=what_helps)
        self._status.polls = self._asked = self._log.spoken(said)
        self._log.warning(say("log.polls", why=said))

    def _silence(self) -> None:
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        self._looked = -math.inf

    def _was_told(self) -> bool:
        """Tell whether any event came since the last look; one that is on its way is waited for."""
        end = time.monotonic() + self._pace.most
        while self._bell is not None and self._bell.idle > time.monotonic() - self._looked:
            if time.monotonic() > end:
                return False
            time.sleep(self._pace.quiet / 4)
        return True

    def _mistrust(self, keeper: Keeper) -> None:
        """Listen again if a walk found a change without an event; if that happens again, walk from time to time.

        So folders are not lost for which the system takes no more watches, or that somebody else's kernel writes to.
        """
        if self._missed:
            self._poll(say("daemon.polls-silence"))
            return
        self._missed = True
        self._begin_to_listen(keeper)

    def _wait(self, seconds: float) -> Ring | None:
        """Wait for a ring; a wait that lasts much longer than it should was slept through."""
        began, rang = time.time(), None
        if self._bell is not None:
            rang = self._bell.wait(seconds)
        else:
            time.sleep(seconds)
        if time.time() - began > seconds + self._pace.most + self._pace.nap:
            self._awake = time.monotonic()
        return rang

    @property
    def _idle(self) -> float:
        """Seconds since the vault last changed or we began to listen: a sync may be about to bring what we missed."""
        heard = self._bell.idle if self._bell is not None else time.monotonic() - self._changed
        return min(heard, time.monotonic() - self._awake)

    # ------------------------------------------------------------ one round

    def _round(self, *why: str) -> None:
        """Look and work once, and tell; trouble ends the round, not the loop."""
        began = time.monotonic()
        state, troubles = "waiting", list[Say]()
        try:
            troubles = self._look_and_work(why)
        except UnusableVaultError as error:
            state, troubles = "away", [error.said]
            self._silence()  # a folder that comes back is another one
            self._awake = began
            self._agenda.put("vault", time.time(), self._pace.away)
        except Exception as error:  # noqa: BLE001  (months of watching do not end with one fault)
            troubles = [_line(error)]
            self._agenda.put("walk", time.time(), self._pace.retry)
        self._status.took = round(time.monotonic() - began, 3)
        self._tell(state, troubles)

    def _prepare(self) -> None:
        """Use the time until a burst is over; the round will find and report anything that is wrong."""
        if self._keeper is not None and self._status.state == "waiting":
            with suppress(Exception):
                self._heard.update(self._keeper.look(self._keeper.now()))
                self._keeper.prepare()

    def _look_and_work(self, why: Sequence[str]) -> list[Say]:
        """Return what could not be done."""
        if self._keeper is None:
            self._keeper = Keeper(self._root, self._status.device, self._workers)
        keeper = self._keeper
        keeper.stay()
        self._listen(keeper, anyway="walk" in why)  # before the look, so that nothing is missed between the two
        now, began = keeper.now(), time.process_time()
        changed = self._look(keeper, now)
        cost = time.process_time() - began
        seen, self._seen = self._seen, keeper.vault.snapshot.fingerprint
        is_other = seen != self._seen
        if is_other and self._bell is None:
            self._changed = time.monotonic()
        calm = self._idle >= self._pace.quiet
        done = keeper.work(now, calm=calm)
        if self._idle >= self._pace.settled:
            keeper.make_notes(now, done)
        self._status.proposals = keeper.proposals(self._log.words)
        self._tell_whose_turn("" if keeper.is_its_device else keeper.vault.settings.watch.device)
        self._record(why, changed, done)
        self._try_again(done, calm=calm, is_news=bool(changed))
        self._plan(keeper, now, cost, is_other=is_other)
        return done.troubles

    def _look(self, keeper: Keeper, now: datetime) -> list[str]:
        """Return the notes that changed since the last round; a change without an event shows that events fail."""
        began = time.monotonic()
        changed = sorted(self._heard.union(keeper.look(now)))
        self._heard.clear()
        if changed and not self._was_told():
            self._mistrust(keeper)
        self._looked = began
        return changed

    def _try_again(self, done: Done, *, calm: bool, is_news: bool) -> None:
        """Schedule another try for what a round left; if somebody has a note open, try less and less often."""
        self._tries = self._tries + 1 if done.busy and not is_news else 0
        if done.busy:
            done.leave(min(self._pace.quiet * 2**self._tries, self._pace.walk))
        if done.again is not None:
            self._agenda.put("notes", time.time(), max(done.again, self._pace.quiet / 4 if calm else self._pace.quiet))

    def _tell_whose_turn(self, other: str) -> None:
        """Say once that another device writes: else a terminal says for ever that there is nothing to do."""
        if other and other != self._status.elsewhere:
            self._log.warning(say("log.elsewhere", device=other))
        self._status.elsewhere = other

    def _plan(self, keeper: Keeper, now: datetime, cost: float, *, is_other: bool) -> None:
        """Note what is to be done later."""
        clock, pace = time.time(), self._pace
        self._agenda.put("walk", clock, pace.walk if self._bell is not None else pace.poll(cost))
        self._agenda.put("midnight", clock, until_midnight(now))
        if keeper.owes_notes(now):
            self._agenda.put("new notes", clock, max(pace.settled - self._idle, pace.quiet))
        if is_other:
            self._agenda.put("graph", clock, pace.graph, most=pace.graph_most)

    # ------------------------------------------------------------ the page of the graph

    def _begin_graph(self) -> None:
        """Begin to write the page, unless it is up to date; check it again from time to time."""
        self._agenda.put("look at graph", time.time(), self._pace.walk)
        try:
            vault = self._vault_that_owes_graph()
            if vault is None:
                return
            rest = self._drawn.rest(vault, time.monotonic())
            if rest > 0:
                self._agenda.put("graph", time.time(), rest)
            elif self._graph.begin():
                self._drawn.begin(vault, time.monotonic())
            else:
                self._agenda.put("graph", time.time(), self._pace.graph)
        except Exception as error:  # noqa: BLE001  (the next round meets the same error and reports it)
            self._tell_graph_failed(_line(error))

    def _vault_that_owes_graph(self) -> Vault | None:
        """Return the vault if this device must write its page."""
        if self._keeper is None or self._status.state == "away":
            return None
        vault = self._keeper.vault
        return vault if self._keeper.is_its_device and self._drawn.is_owed(vault) else None

    def _hear_of_graph(self) -> None:
        said = self._graph.ended()
        if said:
            self._tell_graph_failed(said)
        elif said is not None:
            self._graph_failed = ""
            self._drawn.end()
            self._log.debug(say("log.graph-current"))

    def _tell_graph_failed(self, why: Value) -> None:
        """Log once why the page cannot be written, however often it is tried."""
        if why != self._graph_failed:
            self._log.warning(say("log.graph-failed", why=why))
        self._graph_failed = why

    # ------------------------------------------------------------ telling

    def _record(self, why: Sequence[str], changed: Sequence[str], done: Done) -> None:
        """Log what a round found and did; names of notes only, and those that changed only if asked."""
        status, at = self._status, _now()
        status.rounds += 1
        status.last = at
        status.deeds = [*status.deeds, *(Deed(at, what, path) for what, path in done.deeds)][-DEEDS:]
        for path in changed[:DEEDS] if status.rounds > 1 else ():
            self._log.debug(say("log.changed", path=path))
        for deed in (Deed(at, what, path) for what, path in done.deeds if what != "page"):
            self._log.info(say("log.deed", deed=deed.said, path=deed.path))
        pages = sum(what == "page" for what, _ in done.deeds)
        if done.deeds or changed:
            notes = len(done.deeds) - pages
            self._log.info(say("log.round", why=_said(why), changed=len(changed), pages=pages, notes=notes))
        else:
            self._log.debug(say("log.nothing", why=_said(why)))

    def _tell(self, state: str, troubles: Sequence[Say]) -> None:
        """Report the state; trouble that lasts is logged once."""
        status, lines = self._status, [self._log.spoken(said) for said in troubles]
        for line, said in dict(zip(lines, troubles, strict=True)).items():
            if line not in status.troubles:
                self._log.warning(said)
        if status.troubles and not troubles:
            self._log.info(say("log.well-again"))
        status.state, status.troubles = state, lines
        status.tell(self._root)


_NO_MORE = {errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM}


def _import_all() -> None:
    """Import all our modules now: an update may put newer ones in their place while we run."""
    for module in walk_packages(vault_tools.__path__, "vault_tools."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


_WHY = {
    "start": say("log.why-start"),
    "change": say("log.why-change"),
    "another folder": say("log.why-another-folder"),
    "walk": say("log.why-walk"),
    "notes": say("log.why-notes"),
    "new notes": say("log.why-new-notes"),
    "vault": say("log.why-vault"),
    "midnight": say("log.why-midnight"),
}
"""Why there is a round, by the name on the agenda."""


def _said(why: Sequence[str]) -> Value:
    return tuple(_WHY[name] for name in why)


def _line(error: Exception) -> Say:
    """Say what stopped a round; for a bug in vault-tools, only its place."""
    if isinstance(error, VaultToolsError):
        return error.said
    if isinstance(error, OSError) and error.filename:
        return say("log.file-error", file=os.fsdecode(error.filename), reason=reason(error))
    if isinstance(error, OSError):
        return say("log.system-error", reason=reason(error))
    return say("log.cache-error", why=str(error)) if isinstance(error, sqlite3.Error) else fault(error)


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
