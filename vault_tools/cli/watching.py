"""The commands for the daemon: watch, status."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vault_tools.cli.base import (
    MOST_WORKERS,
    VAULT,
    columns,
    explained,
    is_read_only,
    main,
    place,
    print_json,
    refuse_if_read_only,
    short,
    titled,
)
from vault_tools.errors import VaultToolsError

if TYPE_CHECKING:
    from vault_tools.store.watchers import Deed, Status

SHOWN = 8


@main.command()
@click.argument("vault", required=False, type=VAULT)
@click.option("--poll", is_flag=True, help="Walk the vault from time to time, and rely on no events of changes.")
@click.option("--wait", is_flag=True, help="Wait for a vault that is not there yet, as before its drive is connected.")
@click.option("-v", "--verbose", is_flag=True, help="Say what changed, too.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what stands in the way.")
@explained
def watch(*, vault: Path | None, poll: bool, wait: bool, verbose: bool, quiet: bool) -> None:
    """Keep reports, regions and templates current while you write, until Ctrl+C.

    Pages are written after each burst of saves; regions are refreshed, and new empty notes in a folder of a type get
    their template, once the vault is calm. Runs beside Obsidian for months; `vault-tools service install` starts it
    at each login.
    """
    from vault_tools import words as catalogue  # noqa: PLC0415  (see base.opened)
    from vault_tools.daemon import log  # noqa: PLC0415
    from vault_tools.daemon import watch as loop  # noqa: PLC0415
    from vault_tools.daemon.pace import Pace  # noqa: PLC0415
    from vault_tools.model.text import say  # noqa: PLC0415
    from vault_tools.store import disk, watchers  # noqa: PLC0415

    refuse_if_read_only("watch", "; `report --output FOLDER` writes the pages elsewhere")
    root = place(vault)
    root = root.resolve() if wait else disk.check(root)
    with (
        watchers.claimed(root),
        log.opened(watchers.log_of(root), verbose=verbose, quiet=quiet, words=catalogue.words()) as told,
    ):
        since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        status = watchers.Status(
            str(root),
            os.getpid(),
            watchers.device(),
            since,
            polls=told.spoken(say("daemon.polls-asked")) if poll else "",
        )
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        loop.watch(loop.Daemon(root, status, told, Pace(), workers), told, wait=wait)


@main.command()
@click.argument("vault", required=False, type=VAULT)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@explained
def status(*, vault: Path | None, as_json: bool) -> None:
    """Say whether the vault is watched on this device, since when, and what was written last.

    Ends with 0 where it is watched, with 1 where it is not.
    """
    from vault_tools.store import journal, untouched, watchers  # noqa: PLC0415

    root = place(vault).resolve()
    if is_read_only() and untouched.holds(root, journal.folder()):  # to look is to take a lock there
        raise VaultToolsError(f"{journal.folder()} is in the vault, so `status` would write there")
    told, runs = watchers.Status.of(root), watchers.runs(root)
    if as_json:
        print_json({"running": runs, "device": watchers.device(), "log": str(watchers.log_of(root)), **_data(told)})
    else:
        _say(root, told, runs=runs)
    if not runs:
        sys.exit(1)


def _data(told: "Status | None") -> dict[str, object]:
    import msgspec  # noqa: PLC0415

    return msgspec.to_builtins(told) if told else {}


def _say(root: Path, told: "Status | None", *, runs: bool) -> None:
    """Print how the daemon of a vault fares."""
    from vault_tools.store import watchers  # noqa: PLC0415

    click.secho(f"{short(root.name, 40)}: {_state(told, runs=runs)}", bold=True)
    click.echo(f"  device    {short(watchers.device(), 60)}")
    if told is None:
        return
    if runs:
        how = f"walked from time to time ({short(told.polls, 160)})" if told.polls else "told by events of the system"
        click.echo(f"  changes   {how}")
        if told.elsewhere:
            click.echo(f"  writes    nothing here: only {short(told.elsewhere, 60)} writes ([watch] device)")
    if told.last:
        click.echo(f"  last look {_when(told.last)}, in {told.took:.2f} s")
    rows = [[_when(at), short(what, 20), short(paths, 70)] for at, what, paths in _grouped(told.deeds)[:SHOWN]]
    titled("wrote", columns(rows).splitlines() if rows else ())
    titled("due", (short(line, 160) for line in told.proposals[:SHOWN]))
    titled("problems", (short(line, 160) for line in told.troubles[:SHOWN]))
    click.echo(f"  log       {watchers.log_of(root)}")


def _grouped(deeds: "list[Deed]") -> list[tuple[str, str, str]]:
    """Return the deeds, the newest first; the pages of one round together."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for deed in reversed(deeds):
        folder, _, name = deed.path.rpartition("/")
        is_page = deed.what == "page"
        rows.setdefault((deed.at, deed.what, folder if is_page else deed.path), []).append(name)
    return [(at, what, ", ".join(names) if what == "page" else where) for (at, what, where), names in rows.items()]


def _state(told: "Status | None", *, runs: bool) -> str:
    if not runs:
        died = told is not None and told.state != "stopped"
        return "not watched; the last daemon ended without a word, as when it is killed" if died else "not watched"
    if told is None:
        return "watched"
    away = "; the vault is not there, so it waits" if told.state == "away" else ""
    return f"watched since {_when(told.since)} (process {told.pid}){away}"


def _when(at: str) -> str:
    return short(at[:19].replace("T", " "), 19) if at else "never"
