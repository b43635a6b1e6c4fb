"""How the daemon hears of changes: by events of the system, or else by polling."""

import errno
import math
import time
from pathlib import Path

from vault_tools.daemon.keeper import Keeper
from vault_tools.daemon.log import Log
from vault_tools.daemon.pace import Pace
from vault_tools.model.text import Say, say
from vault_tools.store.burst import Ring
from vault_tools.store.doorbell import Doorbell
from vault_tools.store.heard import folders, remedy
from vault_tools.store.mounts import needs_polling

_NO_MORE = {errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""Errors of a system that gives no events, or no more of them."""


class Hearing:
    """Listens to a vault where that is possible and every change is reported; else the vault must be polled.

    `polls` says why it is polled, in the language of the log; "" while events are listened to.
    """

    def __init__(self, root: Path, log: Log, pace: Pace, polls: str) -> None:
        """Nothing is listened to yet; with `polls`, it never is."""
        self._root, self._log, self._pace = root, log, pace
        self.polls = self._always = polls
        self._bell: Doorbell | None = None
        self._awake = self._changed = time.monotonic()
        self._looked = -math.inf
        self._has_missed = False

    def listen(self, keeper: Keeper, *, anyway: bool = False) -> None:
        """Listen to events if that is possible and not done yet, and check that all folders are watched.

        Called when folders appear, and with `anyway` from time to time.
        """
        if self._bell is None or not self._bell.listens:
            self._begin(keeper)
        if self._bell is None or not (anyway or self._bell.grew) or not self._bell.deaf():
            return
        self._begin(keeper)  # a library may have lost track of folders that come and go fast
        missing = len(self._bell.deaf()) if self._bell is not None else 0
        if missing:
            every = folders(str(self._root))
            heard = str(max(every - missing, 0))
            self._poll(say("daemon.polls-folders", heard=heard, every=str(every)), remedy())

    def _begin(self, keeper: Keeper) -> None:
        """Listen to events from now on, unless the vault must be polled."""
        self.stop()
        kind = needs_polling(self._root)
        why = say("daemon.polls-file-system", kind=kind) if kind else ""
        self.polls = self._always or self._log.format(why)
        if self.polls:
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
        self.stop()
        reason = why if what_helps is None else say("daemon.polls-until", why=why, helps=what_helps)
        self.polls = self._always = self._log.format(reason)
        self._log.warning(say("log.polls", why=reason))

    def stop(self) -> None:
        """Stop listening until `listen` is called again."""
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        self._looked = -math.inf

    def lose(self, since: float) -> None:
        """Take note since when the vault is away; a folder that comes back is another one."""
        self.stop()
        self._awake = since

    def wait(self, seconds: float) -> Ring | None:
        """Wait for a ring; a wait that lasts much longer than it should was slept through."""
        began, ring = time.time(), None
        if self._bell is not None:
            ring = self._bell.wait(seconds)
        else:
            time.sleep(seconds)
        if time.time() - began > seconds + self._pace.most + self._pace.nap:
            self._awake = time.monotonic()
        return ring

    @property
    def is_lost(self) -> bool:
        """Tell whether no event can come any more: the vault's folder is another one."""
        return self._bell is not None and not self._bell.listens

    @property
    def idle(self) -> float:
        """Seconds since the vault last changed or we began to listen: a sync may be about to bring what we missed."""
        quiet = self._bell.idle if self._bell is not None else time.monotonic() - self._changed
        return min(quiet, time.monotonic() - self._awake)

    def until_walk(self, cost: float) -> float:
        """Return the seconds until everything is walked again; the last walk took `cost` of the processor."""
        return self._pace.walk if self._bell is not None else self._pace.poll(cost)

    def confirm_look(self, keeper: Keeper, began: float, *, has_changes: bool) -> None:
        """Take note of a look at the vault; a change without an event shows that events fail."""
        if has_changes and not self._came_with_event():
            self._mistrust(keeper)
        self._looked = began

    def note_change(self) -> None:
        """Take note that a round found changes; events are more exact."""
        if self._bell is None:
            self._changed = time.monotonic()

    def _came_with_event(self) -> bool:
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
        if self._has_missed:
            self._poll(say("daemon.polls-silence"))
            return
        self._has_missed = True
        self._begin(keeper)
