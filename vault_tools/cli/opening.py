"""Opening a vault for a command: finding it, reading its settings, repairing torn notes, a progress bar."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vault_tools.cli import screen
from vault_tools.cli.base import is_read_only, short
from vault_tools.errors import UnusableVaultError, VaultAwayError, VaultToolsError, reason
from vault_tools.model.text import say

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.reading.opening import VaultFolder
    from vault_tools.render.markdown import Linker
    from vault_tools.settings.schema import Settings

PATIENCE = 0.4
"""Seconds of work after which a progress bar appears."""
MOST_WORKERS = 8


def place(vault: Path | None) -> Path:
    """Return the folder of the vault that is named, or else the nearest one upwards; UnusableVaultError if none is.

    Nothing in it is checked. The screen speaks the language of its settings, if they can be read.
    """
    from vault_tools import ours  # noqa: PLC0415  (see opened)
    from vault_tools.store import contents  # noqa: PLC0415

    root = _named(vault)
    with suppress(VaultToolsError, OSError):  # whoever opens the vault says what is wrong
        screen.adopt(contents.settings_of(root, ours.SETTINGS))
    return root


def checked(vault: Path | None) -> "VaultFolder":
    """Return the checked folder of a vault; with --read-only, forbid all writes there from now on."""
    from vault_tools import ours  # noqa: PLC0415  (see opened)
    from vault_tools.reading.opening import VaultFolder  # noqa: PLC0415
    from vault_tools.store import untouched  # noqa: PLC0415

    root = _named(vault)
    folder = VaultFolder.at(root, str(root / ours.SETTINGS))
    screen.adopt(folder.settings_text)
    if is_read_only():
        untouched.keep(folder.root)
        sys.dont_write_bytecode = True  # Python itself may be installed below the vault
    else:
        untouched.release(folder.root)
    return folder


def _named(vault: Path | None) -> Path:
    from vault_tools.store import places  # noqa: PLC0415  (see opened)

    root = vault or next(places.vaults_above(Path.cwd()), None)
    if root is None:
        raise UnusableVaultError(say("screen.no-vault"))
    return root


def repaired(folder: "VaultFolder") -> "VaultFolder":
    """Repair the notes that a killed run was writing, and say so."""
    mended = folder.repaired()
    for each in mended.healed or ():
        path, image = short(each.path, 500), short(str(each.image), 500)
        row = "screen.healed" if each.state == "put-back" else "screen.not-healed"
        screen.report_warning(say(row, path=path, image=image))
    return mended


@contextmanager
def opened(
    vault: Path | None,
    *,
    cache: bool,
    quiet: bool,
    orphans: str | None = None,
    today: date | None = None,
    writes: bool = False,
    edited: frozenset[str] | None = None,
) -> "Iterator[Vault]":
    """Open the vault, with a progress bar where work lasts. Imports are here so that --help is quick.

    `writes` says that notes are to be changed: those that a run was killed over are put back first. Raises
    VaultAwayError then where nothing is left of a vault that is known.
    """
    from vault_tools.app import Vault  # noqa: PLC0415

    folder = checked(vault)
    settings = _with_orphans(folder.settings(), orphans)
    if writes:
        folder = _ready_to_write(folder)
    caches = cache and not (is_read_only() and _has_cache_inside(folder.root))
    with _progress(quiet=quiet) as progress:
        vault_ = Vault.open(
            folder, cache=caches, settings=settings, progress=progress, workers=_workers(), today=today, edited=edited
        )
    _warn_of_languages(settings)
    _warn_of_cache(vault_, quiet=quiet)
    with closing(vault_):
        yield vault_


def _warn_of_languages(settings: "Settings") -> None:
    """Warn of a language in the settings that is not known, with those that vault-tools speaks."""
    from vault_tools import shipped  # noqa: PLC0415  (see opened)
    from vault_tools.store import locales  # noqa: PLC0415

    pages, own = settings.reports.language, settings.language
    unknown = {} if locales.locale(own)[1] else {"language": own}
    unknown |= {} if not pages or shipped.has_language(pages) else {"[reports] language": pages}
    for key, name in unknown.items():
        screen.report_warning(say("screen.language-in-settings", key=key, name=name, languages=shipped.languages()))


def _with_orphans(settings: "Settings", orphans: str | None) -> "Settings":
    """Return settings with the definition of orphans that the command line names."""
    import msgspec  # noqa: PLC0415  (see opened)

    if orphans is None:
        return settings
    chosen = msgspec.structs.replace(settings.orphans, definition=orphans)
    return msgspec.structs.replace(settings, orphans=chosen)


def _has_cache_inside(root: Path) -> bool:
    """Tell whether the cache is in the vault, for example because the vault is a whole home folder."""
    from vault_tools.store import untouched  # noqa: PLC0415  (see opened)
    from vault_tools.store.cache import folder  # noqa: PLC0415

    return untouched.holds(root, folder())


def _warn_of_cache(vault: "Vault", *, quiet: bool) -> None:
    """Warn if the cache cannot be used, and say what to do about it."""
    error = vault.snapshot.vault.cache.trouble
    if error is None or quiet:
        return
    where = short(os.fsdecode(error.filename), 500) if error.filename else screen.format_phrase("screen.cache-folder")
    screen.report_warning(say("screen.no-cache", place=where, reason=reason(error)))


def _workers() -> int:
    return min(os.cpu_count() or 1, MOST_WORKERS)


def _ready_to_write(folder: "VaultFolder") -> "VaultFolder":
    """Repair torn notes, if anything may be written; an empty folder is refused."""
    if is_read_only():
        return folder
    _refuse_empty(folder.root)
    return repaired(folder)


def _refuse_empty(root: Path) -> None:
    """Refuse what a drive leaves behind that was taken out: an empty folder, though notes in it were changed by us."""
    from vault_tools.store import journal, places  # noqa: PLC0415  (see opened)

    settled = bool(places.settings_folders(root))
    if not places.is_there(root, settled=settled) and journal.changes(root):
        raise VaultAwayError(str(root))


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal once work has lasted a while; silence in a pipe."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    began = time.monotonic()
    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(screen.format_phrase("screen.reading"), total=None)

    def advance(done: int, whole: int) -> None:
        if time.monotonic() - began > PATIENCE and not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=whole)

    try:
        yield advance
    finally:
        bar.stop()


def linker(vault: "Vault") -> "Linker":
    """Return what names the notes, types and relations of a vault in the language of the screen."""
    return vault.linker_in(screen.words())


def now(vault: "Vault") -> datetime:
    """Return the time in the zone of a vault."""
    from vault_tools import clock  # noqa: PLC0415  (see opened)

    return clock.now(vault.settings.vault.timezone)
