"""The date for which a vault is read: that of this device, or the one on which the vault's devices agree."""

from dataclasses import dataclass
from datetime import date

from vault_tools import clock
from vault_tools.reading.opening import OpenVault
from vault_tools.render import page_head, pages
from vault_tools.store import marks


@dataclass(frozen=True, slots=True)
class Day:
    """A date to read a vault for.

    `own` is the date by this device's clock. `ahead` are the dates of pages, written by other devices, that are later
    than `today`.
    """

    today: date
    own: date
    ahead: tuple[date, ...]


def settle(vault: OpenVault, own: date | None = None) -> Day:
    """Return the day on which the vault's devices agree, unless the caller or the settings give one."""
    own = own or vault.chosen_day or clock.now(vault.settings.vault.timezone).date()
    if vault.chosen_day is not None:
        return Day(own, own, ())
    days = _days_of_pages(vault)
    today = own if vault.settings.vault.timezone else clock.agreed(own, days)
    return Day(today, own, tuple(sorted(day for day in days if day > today)))


def _days_of_pages(vault: OpenVault) -> set[date]:
    """Return the dates for which the pages in the vault were written."""
    heads = (marks.head(vault.root, f"{vault.folder}/{name}") for name in pages.names())
    return {day for head in heads if (day := page_head.day_of(head)) is not None}
