"""The daemon's turn at the regions of notes."""

from collections.abc import Mapping

from vault_tools.app import Vault
from vault_tools.daemon.done import Done
from vault_tools.model.outcome import UNFINISHED
from vault_tools.model.text import say

RETRY = 60.0
"""Seconds after which a note is tried again that the system kept from being written."""


class RegionTurn:
    """Fills regions, unless only regions changed: then another device has already filled them."""

    def __init__(self) -> None:
        """Nothing is filled yet."""
        self._filled_for = ""
        self._unmerged: list[str] = []

    def fill(self, vault: Vault, done: Done) -> Mapping[str, str]:
        """Fill the regions of a vault; return the new digests of the notes that were written, by path.

        Each turn reports unfinished merges.
        """
        digests: Mapping[str, str] = {}
        if vault.snapshot.fingerprint_without_regions != self._filled_for:
            digests = self._refresh(vault, done)
        done.troubles += (say("daemon.unfinished-merge", path=path) for path in self._unmerged)
        return digests

    def _refresh(self, vault: Vault, done: Done) -> Mapping[str, str]:
        # Of all that regions depend on, before they are filled.
        fingerprint = vault.snapshot.fingerprint_without_regions
        regions = vault.refresh_regions(by="watch")
        done.deeds += (("region", path) for path in regions.in_state("written"))
        done.troubles += regions.refused
        done.busy += regions.in_state("changed-meanwhile")
        if regions.refused:
            done.leave(RETRY)
        self._unmerged = regions.in_state(UNFINISHED)
        self._filled_for = "" if regions.refused or done.busy else fingerprint
        return regions.digests
