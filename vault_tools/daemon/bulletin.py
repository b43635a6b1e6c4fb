"""What the daemon reports: its status and its log."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from vault_tools.daemon.done import Done
from vault_tools.daemon.log import Log
from vault_tools.model.text import Say, Value, say
from vault_tools.store.watchers import Deed, Status

DEEDS = 30
"""How many of the last deeds are listed."""

WHY = {
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


class Bulletin:
    """Keeps the status of a daemon up to date, and logs what is new in it."""

    def __init__(self, root: Path, status: Status, log: Log) -> None:
        """Nothing is said yet."""
        self._root, self._status, self._log = root, status, log

    def begin(self) -> None:
        """Say that the daemon reads the vault."""
        self._log.info(say("log.watching", root=str(self._root)))
        self.report_state("reading", [])

    def end(self) -> None:
        """Say that the daemon has stopped."""
        self._status.state = "stopped"
        self._status.write_status(self._root)
        self._log.info(say("log.stopped"))

    def report_state(self, state: str, troubles: Sequence[Say]) -> None:
        """Report the state; trouble that lasts is logged once."""
        status, lines = self._status, [self._log.format(trouble) for trouble in troubles]
        for line, trouble in dict(zip(lines, troubles, strict=True)).items():
            if line not in status.troubles:
                self._log.warning(trouble)
        if status.troubles and not troubles:
            self._log.info(say("log.well-again"))
        status.state, status.troubles = state, lines
        status.write_status(self._root)

    def tell_whose_turn(self, other: str) -> None:
        """Say once that another device writes: else a terminal says for ever that there is nothing to do."""
        if other and other != self._status.elsewhere:
            self._log.warning(say("log.elsewhere", device=other))
        self._status.elsewhere = other

    def record(self, why: Sequence[str], changed: Sequence[str], done: Done) -> None:
        """Log what a round found and did; names of notes only, and those that changed only if asked."""
        status, at = self._status, _now()
        deeds = [Deed(at, what, path) for what, path in done.deeds]
        status.rounds += 1
        status.last = at
        status.deeds = [*status.deeds, *deeds][-DEEDS:]
        if status.rounds > 1:
            for path in changed[:DEEDS]:
                self._log.debug(say("log.changed", path=path))
        notes = [deed for deed in deeds if deed.what != "page"]
        for deed in notes:
            self._log.info(say("log.deed", deed=deed.sentence, path=deed.path))
        self._sum_up(_reasons(why), len(changed), pages=len(deeds) - len(notes), notes=len(notes))

    def _sum_up(self, why: Value, changed: int, *, pages: int, notes: int) -> None:
        if pages or notes or changed:
            self._log.info(say("log.round", why=why, changed=changed, pages=pages, notes=notes))
        else:
            self._log.debug(say("log.nothing", why=why))


def _reasons(why: Sequence[str]) -> Value:
    return tuple(WHY[name] for name in why)


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
