"""When the page of the graph is written: once the vault is calm, and no more often than the settings say."""

import time
from pathlib import Path

from vault_tools.app import Vault
from vault_tools.daemon.graphpage import Drawn, GraphPage
from vault_tools.daemon.keeper import Keeper
from vault_tools.daemon.log import Log, trouble
from vault_tools.daemon.pace import Agenda, Pace
from vault_tools.model.text import Value, say

ON_AGENDA = frozenset({"graph", "look at graph"})
"""The names on the agenda for which there is no round."""


class GraphTurn:
    """Begins to write the page of the graph when it is its turn, and hears how that ended."""

    def __init__(self, root: Path, agenda: Agenda, log: Log, pace: Pace) -> None:
        """Nothing is written yet."""
        self._agenda, self._log, self._pace = agenda, log, pace
        self._page = GraphPage(root)
        self._drawn = Drawn()
        self._failure: Value = ""

    def stop(self) -> None:
        """End a writing that goes on."""
        self._page.stop()

    def put_off(self) -> None:
        """Let the page follow once the vault is calm, since something has changed."""
        self._agenda.put("graph", time.time(), self._pace.graph, most=self._pace.graph_most)

    def begin(self, keeper: Keeper | None) -> None:
        """Begin to write the page, unless it is up to date, or there is no vault; check it again from time to time."""
        self._agenda.put("look at graph", time.time(), self._pace.walk)
        try:
            if keeper is not None and keeper.is_its_device and self._drawn.is_owed(keeper.vault):
                self._draw(keeper.vault)
        except Exception as error:  # noqa: BLE001  (the next round meets the same error and reports it)
            self._tell_failure(trouble(error))

    def _draw(self, vault: Vault) -> None:
        rest = self._drawn.rest(vault, time.monotonic())
        if rest > 0:
            self._agenda.put("graph", time.time(), rest)
        elif self._page.begin():
            self._drawn.begin(vault, time.monotonic())
        else:
            self._agenda.put("graph", time.time(), self._pace.graph)

    def hear_of_end(self) -> None:
        """Take note of how the last writing ended, if it has."""
        outcome = self._page.ended()
        if outcome:
            self._tell_failure(outcome)
        elif outcome is not None:
            self._failure = ""
            self._drawn.end()
            self._log.debug(say("log.graph-current"))

    def _tell_failure(self, why: Value) -> None:
        """Log once why the page cannot be written, however often it is tried."""
        if why != self._failure:
            self._log.warning(say("log.graph-failed", why=why))
        self._failure = why
