"""The command that takes back what we changed in notes: undo."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from vault_tools.cli import screen
from vault_tools.cli.base import VAULT, explained, main, quiet_option, refuse_if_read_only, short, show_difference
from vault_tools.cli.commands import argument, option
from vault_tools.cli.layout import columns
from vault_tools.cli.notes import unclear_name
from vault_tools.cli.opening import checked, repaired
from vault_tools.cli.value_types import NumberType
from vault_tools.model.text import Say, say

if TYPE_CHECKING:
    from vault_tools.authoring.history import HistoryRow

SHOWN = 20
"""How many changes `--list` shows by default."""
LONGEST = 500
"""Characters of a path or a reason on the screen."""


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
        raise click.BadParameter(screen.format_on_one_line("undo.no-moment", value=value))
    return time.time_ns() - int(ago * 60 * 10**9)


@main.command()
@argument("names", nargs=-1, metavar="notes")
@option("--list", "listing", is_flag=True)
@option("--last", type=NumberType(1), metavar="number")
@option("--since", callback=_moment, metavar="when")
@option("--dry-run", is_flag=True)
@option("--vault", type=VAULT)
@quiet_option
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
    """Undo the newest change that vault-tools made to a note, or to NOTE."""
    from vault_tools.authoring.history import history, rows_called  # noqa: PLC0415  (see opened)

    if last is not None and since is not None:
        raise screen.usage_error("undo.last-or-since")
    root = _folder(vault, writes=not (listing or dry_run))
    rows, notes = history(root), [_inside(root, name) for name in names]
    _refuse_unchanged(root, rows, notes)
    if listing:
        _report_history(rows_called(rows, notes), last, since)
        return
    chosen = _chosen(rows, notes, last, since)
    is_whole = _show(root, chosen) if dry_run else _take_back(root, chosen, quiet=quiet)
    if not is_whole:
        sys.exit(2)


def _chosen(rows: list["HistoryRow"], notes: list[str], last: int | None, since: int | None) -> "list[HistoryRow]":
    """Return the changes to be taken back; end with 1 if there is none."""
    from vault_tools.authoring.history import choose  # noqa: PLC0415  (see opened)

    chosen = choose(rows, notes, last, since)
    if not chosen:
        screen.report_phrase("undo.nothing", err=True)
        sys.exit(1)
    if not (notes or last or since):
        _report_passed_over(rows, chosen[0])
    return chosen


def _folder(vault: Path | None, *, writes: bool) -> Path:
    """Return the folder of the vault; before something is written there, torn notes are repaired."""
    if not writes:
        return checked(vault).root
    refuse_if_read_only("undo", "screen.dry-run-instead")
    return repaired(checked(vault)).root


def _refuse_unchanged(root: Path, rows: list["HistoryRow"], notes: list[str]) -> None:
    """Stop if there is nothing to undo in one of the notes that are named."""
    from vault_tools.authoring.history import rows_called  # noqa: PLC0415  (see opened)

    for name in notes:
        if not rows_called(rows, [name]):
            _stop_at_unchanged(root, rows, name)


def _stop_at_unchanged(root: Path, rows: list["HistoryRow"], name: str) -> NoReturn:
    """Say that there is nothing to undo in a note, and stop; a usage error if no note, or several, are called so."""
    from vault_tools.graph.names import paths_called  # noqa: PLC0415  (see opened)
    from vault_tools.store import entries, walking  # noqa: PLC0415

    paths = sorted({*filter(entries.is_note, walking.walk(root).files), *(row.change.path for row in rows)})
    notes = paths_called(paths, name)
    if notes:
        screen.report_phrase("undo.nothing-in", err=True, note=short(notes[0], LONGEST))
        sys.exit(1)
    raise _not_one_note(paths, name)


def _not_one_note(paths: list[str], name: str) -> click.UsageError:
    """Return the error of a name that several notes have, or none."""
    from difflib import get_close_matches  # noqa: PLC0415  (see opened)

    from vault_tools.graph.lookup import cutoff  # noqa: PLC0415
    from vault_tools.graph.names import file_key  # noqa: PLC0415

    same = [path for path in paths if file_key(Path(path).name) in {file_key(name), file_key(f"{name}.md")}]
    if same:
        return unclear_name(name, same)
    near = get_close_matches(name, sorted({Path(path).stem for path in paths}), cutoff=cutoff(name))
    if near:
        return screen.usage_error("screen.no-such-note-near", name=name, near=tuple(near))
    return screen.usage_error("screen.no-such-note", name=name)


def _report_passed_over(rows: list["HistoryRow"], newest: "HistoryRow") -> None:
    """Print which newer changes cannot be taken back."""
    from vault_tools.authoring.history import passed_over  # noqa: PLC0415  (see opened)

    for row in passed_over(rows, newest):
        screen.report_phrase("undo.passed-over", err=True, change=_format_change(row), state=_format_state(row))


def _inside(root: Path, name: str) -> str:
    """Return the vault path of a file that is named from here; other names as they are."""
    here = Path(name).absolute()
    return here.relative_to(root).as_posix() if here.is_relative_to(root) and here.exists() else name


def _take_back(root: Path, rows: list["HistoryRow"], *, quiet: bool) -> bool:
    """Take changes back, the newest first; tell whether all could be. A note that stays is named once."""
    from vault_tools.authoring.undo import take_back  # noqa: PLC0415  (see opened)

    left: set[str] = set()
    for row in rows:
        if row.change.path in left:
            continue
        why = take_back(root, row.change)
        if why is not None:
            left.add(row.change.path)
            _warn_of_left(row, why)
        elif not quiet:
            screen.report_phrase("undo.done", change=_format_change(row))
    return not left


def _warn_of_left(row: "HistoryRow", why: Say) -> None:
    screen.report_warning(say("screen.left-alone", what=_format_change(row), reason=why))


def _format_change(row: "HistoryRow") -> Say:
    """Say which change it is, when it was made, and by what."""
    by = short(row.change.by, LONGEST) or "-"
    return say("undo.change", path=short(row.change.path, LONGEST), by=by, when=_format_time(row.change.at))


def _format_state(row: "HistoryRow") -> Say:
    """Say whether a change can be undone."""
    return Say(f"undo.state-{row.state}")


def _format_time(at: int) -> str:
    return datetime.fromtimestamp(at / 1e9, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _report_history(rows: list["HistoryRow"], last: int | None, since: int | None) -> None:
    """Print changes, the newest first."""
    kept = [row for row in rows if since is None or row.change.at >= since]
    most = last or (SHOWN if since is None else len(kept))
    if not kept:
        screen.report_phrase("undo.no-changes", err=True)
        return
    click.echo(columns([_format_columns(row) for row in kept[:most]]))
    if len(kept) > most:
        screen.report_phrase("undo.more", n=len(kept) - most, all=len(kept))


def _format_columns(row: "HistoryRow") -> list[str]:
    """Return the row of the list for a change."""
    by, path = short(row.change.by, LONGEST) or "-", short(row.change.path, LONGEST)
    state = "" if row.state == "undo" else screen.format_text(_format_state(row))
    return [_format_time(row.change.at), by, path, state]


def _show(root: Path, rows: list["HistoryRow"]) -> bool:
    """Print what would change, as diffs; of a note that was edited since, how it differs from what it was."""
    from vault_tools.authoring.undo import text_before  # noqa: PLC0415  (see opened)
    from vault_tools.model.change import Stamp  # noqa: PLC0415
    from vault_tools.store import contents  # noqa: PLC0415

    texts: dict[str, str] = {}
    for row in rows:
        path, old = row.change.path, text_before(root, row.change)
        if old is None or row.state not in {"ready", "later"}:
            _warn_of_left(row, say("undo.old-text-lost") if old is None else _format_state(row))
        if old is not None:
            now = texts.get(path) or contents.read(root, path, Stamp(0, 0)).text
            show_difference(path, now, old)
            texts[path] = old
    return all(row.state in {"ready", "later"} for row in rows)
