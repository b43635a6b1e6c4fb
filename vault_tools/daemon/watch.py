"""The loop: wait until something changes or is due, look, work, report, and wait again."""

import gc
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from vault_tools.daemon.bulletin import Bulletin
from vault_tools.daemon.done import Done
from vault_tools.daemon.graphturn import ON_AGENDA, GraphTurn
from vault_tools.daemon.hearing import Hearing
from vault_tools.daemon.keeper import Keeper
from vault_tools.daemon.log import Log, fault, trouble
from vault_tools.daemon.pace import Agenda, Pace, until_midnight
from vault_tools.daemon.preload import import_all
from vault_tools.daemon.stopping import stopped_by_signals
from vault_tools.errors import UnusableVaultError, VaultToolsError
from vault_tools.model.text import Say
from vault_tools.store.watchers import Status

FAULT = 70
"""The exit code where we are at fault."""


def watch(daemon: "Daemon", log: Log, *, wait: bool) -> None:
    """Let a daemon run until a signal says to stop.

    Raises VaultToolsError where it cannot even begin; ends the process with `FAULT` where we are at fault, so that
    the service that runs the daemon restarts it.
    """
    with stopped_by_signals() as is_stopped:
        try:
            daemon.run(is_stopped, wait=wait)
        except (KeyboardInterrupt, VaultToolsError):
            raise
        except Exception as error:
            log.error(fault(error))  # noqa: TRY400  (a traceback may quote a note)
            raise SystemExit(FAULT) from error
        finally:
            daemon.close()


class Daemon:
    """What runs beside Obsidian for one vault: the order in which its parts get their turn."""

    def __init__(self, root: Path, status: Status, log: Log, pace: Pace, workers: int = 1) -> None:
        """Nothing is read yet; `status.polls` says why to poll, "" to listen to events."""
        self._root, self._status, self._log, self._pace, self._workers = root, status, log, pace, workers
        self._agenda = Agenda()
        self._bulletin = Bulletin(root, status, log)
        self._hearing = Hearing(root, log, pace, status.polls)
        self._graph = GraphTurn(root, self._agenda, log, pace)
        self._keeper: Keeper | None = None
        self._fingerprint = ""
        self._prepared: set[str] = set()
        self._tries = 0

    def close(self) -> None:
        """Stop all that runs, and say so."""
        self._bulletin.end()
        self._graph.stop()
        self._hearing.stop()
        if self._keeper is not None:
            self._keeper.close()

    def run(self, is_stopped: Callable[[], bool] = lambda: False, *, wait: bool = False) -> None:
        """Work until it is stopped, or something is raised that is no trouble of a vault, such as KeyboardInterrupt.

        A vault that cannot be used at the start is an error, unless it is to be waited for.
        """
        self._bulletin.begin()
        import_all()
        if not wait:
            self._open()
        self._round("start")
        while not is_stopped():
            self._turn()

    def _turn(self) -> None:
        """Wait for a ring or for what is due, and do what follows from it."""
        ring = self._hearing.wait(self._agenda.wait(time.time(), self._pace.nap))
        self._graph.hear_of_end()
        due = self._agenda.take(time.time())
        if not ON_AGENDA.isdisjoint(due):
            self._begin_graph()
        rounds = [name for name in due if name not in ON_AGENDA]
        if ring == "pause":
            self._prepare()
        elif ring == "over":
            self._round("change")
        elif rounds:
            self._round(*rounds)
            gc.collect()  # a round leaves next to no circles, but months are long
        elif self._hearing.is_lost:
            self._round("another folder")

    def _begin_graph(self) -> None:
        self._graph.begin(None if self._status.state == "away" else self._keeper)

    def _prepare(self) -> None:
        """Use the time until a burst is over; the round will find and report anything that is wrong."""
        if self._keeper is not None and self._status.state == "waiting":
            with suppress(Exception):
                self._prepared.update(self._keeper.look(self._keeper.now()))
                self._keeper.prepare()

    def _round(self, *why: str) -> None:
        """Look and work once, and tell; trouble ends the round, not the loop."""
        began = time.monotonic()
        state, troubles = "waiting", list[Say]()
        try:
            troubles = self._look_and_work(why)
        except UnusableVaultError as error:
            state, troubles = "away", [error.sentence]
            self._hearing.lose(began)
            self._agenda.put("vault", time.time(), self._pace.away)
        except Exception as error:  # noqa: BLE001  (months of watching do not end with one fault)
            troubles = [trouble(error)]
            self._agenda.put("walk", time.time(), self._pace.retry)
        self._status.took = round(time.monotonic() - began, 3)
        self._status.polls = self._hearing.polls
        self._bulletin.report_state(state, troubles)

    def _open(self) -> Keeper:
        """Return the vault, which is read if it was not yet."""
        if self._keeper is None:
            self._keeper = Keeper(self._root, self._status.device, self._workers)
        return self._keeper

    def _look_and_work(self, why: Sequence[str]) -> list[Say]:
        """Return what could not be done."""
        keeper = self._open()
        keeper.stay()
        self._hearing.listen(keeper, anyway="walk" in why)  # before the look, so that nothing is missed between the two
        now, began = keeper.now(), time.process_time()
        changed = self._look(keeper, now)
        cost = time.process_time() - began
        is_other = self._is_other(keeper)
        calm = self._hearing.idle >= self._pace.quiet
        done = self._work(keeper, now, calm=calm)
        self._bulletin.record(why, changed, done)
        self._try_again(done, calm=calm, has_news=bool(changed))
        self._plan(keeper, now, cost)
        if is_other:
            self._graph.put_off()
        return done.troubles

    def _look(self, keeper: Keeper, now: datetime) -> list[str]:
        """Return the notes that changed since the last round."""
        began = time.monotonic()
        changed = sorted(self._prepared.union(keeper.look(now)))
        self._prepared.clear()
        self._hearing.confirm_look(keeper, began, has_changes=bool(changed))
        return changed

    def _is_other(self, keeper: Keeper) -> bool:
        """Tell whether anything that pages depend on is different from the last round."""
        fingerprint, self._fingerprint = self._fingerprint, keeper.vault.snapshot.fingerprint
        is_other = fingerprint != self._fingerprint
        if is_other:
            self._hearing.note_change()
        return is_other

    def _work(self, keeper: Keeper, now: datetime, *, calm: bool) -> Done:
        """Write what is to be written, and return what became of it."""
        done = keeper.work(now, calm=calm)
        if self._hearing.idle >= self._pace.settled:
            keeper.make_notes(now, done)
        self._status.proposals = keeper.proposals(self._log.words)
        self._bulletin.tell_whose_turn("" if keeper.is_its_device else keeper.vault.settings.watch.device)
        return done

    def _try_again(self, done: Done, *, calm: bool, has_news: bool) -> None:
        """Schedule another try for what a round left; if somebody has a note open, try less and less often."""
        self._tries = self._tries + 1 if done.busy and not has_news else 0
        if done.busy:
            done.leave(min(self._pace.quiet * 2**self._tries, self._pace.walk))
        if done.again is not None:
            self._agenda.put("notes", time.time(), max(done.again, self._pace.quiet / 4 if calm else self._pace.quiet))

    def _plan(self, keeper: Keeper, now: datetime, cost: float) -> None:
        """Note what is to be done later."""
        clock = time.time()
        self._agenda.put("walk", clock, self._hearing.until_walk(cost))
        self._agenda.put("midnight", clock, until_midnight(now))
        if keeper.owes_notes(now):
            rest = self._pace.settled - self._hearing.idle
            self._agenda.put("new notes", clock, max(rest, self._pace.quiet))
