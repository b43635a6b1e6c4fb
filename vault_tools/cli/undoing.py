"""The command that takes back what we changed in notes: undo."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vault_tools.cli.base import (
    columns,
    explained,
    kept,
    main,
    place,
    refuse_if_read_only,
    said,
    short,
    show_difference,
    tell_healed,
)

if TYPE_CHECKING:
    from vault_tools.authoring.undo import Row
    from vault_tools.words import Words

SHOWN = 20
"""How many changes `--list` shows by default."""
LONGEST = 500
"""Characters of a path or a reason on the screen."""
_STATES = {
    "ready": "can be undone",
    "later": "can be undone, after the newer one",
    "undone": "undone",
    "edited": "edited since",
    "gone": "the note is gone",
    "undo": "",
}


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    """Read a moment, or how long ago it was, as nanoseconds since 1970."""
    from vault_tools.dialect.durations import minutes  # noqa: PLC0415  (see opened)

    if value is None:
        return None
    try:
        return int(datetime.fromisoformat(value).astimezone().timestamp()) * 10**9
    except (ValueError, OverflowError, OSError):
        ago = minutes(value)
    if ago is None:
        message = f"{value!r} is no moment: write 2024-05-31, 2024-05-31T18:00, or how long ago: 90 min, 2h, 3 days"
        raise click.BadParameter(message)
    return time.time_ns() - int(ago * 60 * 10**9)


@main.command()
@click.argument("names", nargs=-1, metavar="[NOTE]...")
@click.option("--vault", type=click.Path(path_type=Path, readable=False), metavar="VAULT", help="The vault's folder.")
@click.option("--list", "listing", is_flag=True, help="Show what was changed, the newest first, and change nothing.")
@click.option("--last", type=click.IntRange(1), metavar="N", help="Take back the newest N changes.")
@click.option("--since", callback=_moment, metavar="WHEN", help="Take back all since then: 2024-05-31T18:00, 2h …")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@explained
def undo(
    *,
    names: tuple[str, ...],
    vault: Path | None,
    listing: bool,
    last: int | None,
    since: int | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Take back the newest change that vault-tools made to a note, or to NOTE.

    The note becomes what it was, byte for byte, and stays so until you change it. One that was edited since is left as
    it is. Ends with 1 where there is nothing to undo, with 2 where a note was left.
    """
    from vault_tools.authoring.undo import chosen, history, named, passed_over  # noqa: PLC0415  (see opened)

    if last is not None and since is not None:
        message = "say --last or --since, not both"
        raise click.UsageError(message)
    if not (listing or dry_run):
        refuse_if_read_only("undo", "; --dry-run shows what it would write")
    root = kept(place(vault))
    if not (listing or dry_run):
        tell_healed(root)
    rows, wanted = history(root), [_inside(root, name) for name in names]
    if listing:
        _list(named(rows, wanted), last, since)
        return
    found = chosen(rows, wanted, last, since)
    if not found:
        click.echo("nothing to undo; `vault-tools undo --list` shows what was changed", err=True)
        sys.exit(1)
    if not (wanted or last or since):
        for row in passed_over(rows, found[0]):
            click.echo(f"passed over: {_told(row)}, {_STATES[row.state]}", err=True)
    if not (_show(root, found) if dry_run else _take_back(root, found, quiet=quiet)):
        sys.exit(2)


def _inside(root: Path, name: str) -> str:
    """Return the vault path of a file that is named from here; other names as they are."""
    here = Path(name).absolute()
    return here.relative_to(root).as_posix() if here.is_relative_to(root) and here.exists() else name


def _take_back(root: Path, rows: list["Row"], *, quiet: bool) -> bool:
    """Take changes back, the newest first; tell whether all could be. A note that stays is named once."""
    from vault_tools.authoring.undo import take_back  # noqa: PLC0415  (see opened)

    left: set[str] = set()
    for row in rows:
        if row.change.path in left:
            continue
        why = take_back(root, row.change)
        if why is not None:
            left.add(row.change.path)
            _tell_left(row, said(why, _words(root)))
        elif not quiet:
            click.echo(f"undone  {_told(row)}")
    return not left


def _tell_left(row: "Row", why: str) -> None:
    click.echo(f"Warning: {_told(row)} left alone: {short(why, LONGEST)}", err=True)


def _told(row: "Row") -> str:
    """Say which change it is, when it was made, and by what."""
    return f"{short(row.change.path, LONGEST)} ({short(row.change.by, LONGEST) or '-'}, {_when(row.change.at)})"


def _when(at: int) -> str:
    return datetime.fromtimestamp(at / 1e9, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _list(rows: list["Row"], last: int | None, since: int | None) -> None:
    """Show changes, the newest first."""
    kept = [row for row in rows if since is None or row.change.at >= since]
    most = last or (SHOWN if since is None else len(kept))
    table = [
        [
            _when(row.change.at),
            short(row.change.by, LONGEST) or "-",
            short(row.change.path, LONGEST),
            _STATES[row.state],
        ]
        for row in kept[:most]
    ]
    if not table:
        click.echo("nothing was changed", err=True)
        return
    click.echo(columns(table))
    if len(kept) > most:
        click.echo(f"… and {len(kept) - most} more: say --last {len(kept)}")


def _show(root: Path, rows: list["Row"]) -> bool:
    """Print what would change, as diffs; of a note that was edited since, how it differs from what it was."""
    from vault_tools.authoring.undo import before  # noqa: PLC0415  (see opened)
    from vault_tools.model.change import Stamp  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    texts: dict[str, str] = {}
    for row in rows:
        path, old = row.change.path, before(root, row.change)
        if old is None or row.state not in {"ready", "later"}:
            _tell_left(row, "what it was is not kept whole" if old is None else _STATES[row.state])
        if old is not None:
            now = texts.get(path) or disk.read(root, path, Stamp(0, 0)).text
            show_difference(path, now, old)
            texts[path] = old
    return all(row.state in {"ready", "later"} for row in rows)


def _words(root: Path) -> "Words":
    from vault_tools import config  # noqa: PLC0415  (see opened)
    from vault_tools import words as catalogue  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    settings = config.parse(disk.settings_of(root, config.FILE), str(root / config.FILE))
    return catalogue.words(settings.spoken)
