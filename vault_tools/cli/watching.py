"""The commands for the daemon: watch, status."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vault_tools.cli import screen
from vault_tools.cli.base import (
    explained,
    is_read_only,
    json_option,
    main,
    only_vault_argument,
    print_json,
    quiet_option,
    refuse_if_read_only,
    short,
    titled,
)
from vault_tools.cli.commands import option
from vault_tools.cli.layout import columns
from vault_tools.cli.opening import MOST_WORKERS, place
from vault_tools.errors import VaultToolsError
from vault_tools.model.text import Say, say

if TYPE_CHECKING:
    from vault_tools.store.watchers import Deed, Status

SHOWN = 8


@main.command()
@only_vault_argument
@option("--poll", is_flag=True)
@option("--wait", is_flag=True)
@option("-v", "--verbose", is_flag=True)
@quiet_option
@explained
def watch(*, vault: Path | None, poll: bool, wait: bool, verbose: bool, quiet: bool) -> None:
    """Keep reports, regions and templates up to date while you write."""
    from vault_tools.daemon import log  # noqa: PLC0415  (see base.opened)
    from vault_tools.daemon import watch as loop  # noqa: PLC0415
    from vault_tools.daemon.pace import Pace  # noqa: PLC0415
    from vault_tools.store import places, watchers  # noqa: PLC0415

    refuse_if_read_only("watch", "watch.read-only-instead")
    root = place(vault)
    root = root.resolve() if wait else places.check(root)
    with (
        watchers.claimed(root),
        log.opened(watchers.log_of(root), verbose=verbose, quiet=quiet, words=screen.words()) as log_,
    ):
        since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        status = watchers.Status(
            str(root),
            os.getpid(),
            watchers.device(),
            since,
            polls=log_.format(say("daemon.polls-asked")) if poll else "",
        )
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        loop.watch(loop.Daemon(root, status, log_, Pace(), workers), log_, wait=wait)


@main.command()
@only_vault_argument
@json_option
@explained
def status(*, vault: Path | None, as_json: bool) -> None:
    """Show whether the vault is being watched, and what was written last; end with 1 if it is not."""
    from vault_tools.store import places, state_folder, untouched, watchers  # noqa: PLC0415

    root = place(vault).resolve()
    if is_read_only() and untouched.holds(root, state_folder.folder()):  # to look is to take a lock there
        raise VaultToolsError(say("watch.status.state-in-vault", folder=str(state_folder.folder())))
    state, runs = watchers.Status.of(root), watchers.runs(root)
    if state is None and not runs:
        places.check(root)  # nobody watched it, so it is no vault whose drive was taken out
    if as_json:
        print_json({"running": runs, "device": watchers.device(), "log": str(watchers.log_of(root)), **_data(state)})
    else:
        _report_status(root, state, runs=runs)
    if not runs:
        sys.exit(1)


def _data(status: "Status | None") -> dict[str, object]:
    import msgspec  # noqa: PLC0415

    return msgspec.to_builtins(status) if status else {}


def _report_status(root: Path, status: "Status | None", *, runs: bool) -> None:
    """Print how the daemon of a vault fares."""
    from vault_tools.store import watchers  # noqa: PLC0415

    screen.report_phrase(
        "watch.status.head", bold=True, vault=short(root.name, 40), state=_format_state(status, runs=runs)
    )
    _row("watch.status.device", short(watchers.device(), 60))
    if status is None:
        return
    if runs:
        _report_changes(status)
    if status.last:
        looked = screen.format_phrase(
            "watch.status.looked", when=_format_time(status.last), seconds=f"{status.took:.2f}"
        )
        _row("watch.status.last-look", looked)
    _report_lists(status)
    _row("watch.status.log", str(watchers.log_of(root)))


def _report_changes(status: "Status") -> None:
    """Print how the daemon learns of changes, and where another one writes."""
    how = say("watch.status.polls", reason=short(status.polls, 160)) if status.polls else say("watch.status.events")
    _row("watch.status.changes", screen.format_text(how))
    if status.elsewhere:
        _row("watch.status.writes", screen.format_phrase("watch.status.elsewhere", device=short(status.elsewhere, 60)))


def _report_lists(status: "Status") -> None:
    """Print what was written last, what is due, and what is wrong."""
    rows = [
        [_format_time(at), _format_deed(what), short(paths, 70)] for at, what, paths in _grouped(status.deeds)[:SHOWN]
    ]
    titled(screen.format_phrase("watch.status.wrote"), columns(rows).splitlines() if rows else ())
    titled(screen.format_phrase("watch.status.due"), (short(line, 160) for line in status.proposals[:SHOWN]))
    titled(screen.format_phrase("watch.status.problems"), (short(line, 160) for line in status.troubles[:SHOWN]))


def _row(title: str, text: str) -> None:
    titled(screen.format_phrase(title), [text])


def _format_deed(what: str) -> str:
    """Return what the daemon did to a file."""
    from vault_tools.store.watchers import word_for  # noqa: PLC0415  (see base.opened)

    return short(screen.format_text(word_for(what)), 20)


def _grouped(deeds: "list[Deed]") -> list[tuple[str, str, str]]:
    """Return the deeds, the newest first; the pages of one round together."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for deed in reversed(deeds):
        folder, _, name = deed.path.rpartition("/")
        is_page = deed.what == "page"
        rows.setdefault((deed.at, deed.what, folder if is_page else deed.path), []).append(name)
    return [(at, what, ", ".join(names) if what == "page" else where) for (at, what, where), names in rows.items()]


def _format_state(status: "Status | None", *, runs: bool) -> Say:
    if not runs:
        died = status is not None and status.state != "stopped"
        return say("watch.status.died") if died else say("watch.status.not-watched")
    if status is None:
        return say("watch.status.watched")
    since, process = _format_time(status.since), str(status.pid)
    if status.state == "away":
        return say("watch.status.away", since=since, process=process)
    return say("watch.status.watched-since", since=since, process=process)


def _format_time(at: str) -> str:
    return short(at[:19].replace("T", " "), 19) if at else screen.format_phrase("watch.status.never")
