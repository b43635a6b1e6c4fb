"""What every command shares: the group, opening a vault, and printing errors."""

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from vault_tools import __version__
from vault_tools.errors import UnusableVaultError, VaultAwayError, VaultToolsError
from vault_tools.model.visible import visible as shown

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.text import Say
    from vault_tools.words import Words

PATIENCE = 0.4
"""Seconds of work after which a progress bar appears."""
MOST_WORKERS = 8
FILE = click.Path(path_type=Path, dir_okay=False)
VAULT = click.Path(path_type=Path, readable=False)


_EXIT_CODES = """Exit codes: 0 done; 1 findings over a threshold that was asked for, or nothing
found where one thing was asked for; 2 wrong use, or a vault that cannot be used.
"""


class _Failure(click.ClickException):
    exit_code = 2


def explained(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn our errors into one line and exit code 2. Any other error is reported as a bug; --debug shows its traceback.

    Every command takes --read-only as well.
    """

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:  # noqa: ANN401
        if click.get_current_context().find_root().params.get("debug"):
            return command(*args, **options)
        try:
            return command(*args, **options)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001  (a traceback is for --debug)
            raise _Failure(_line(error)) from None

    return _read_only_option(run)


_READ_ONLY = "vault_tools.read_only"


def _remember_read_only(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        context.meta[_READ_ONLY] = True  # which a group and its commands share


_read_only_option = click.option(
    "--read-only",
    is_flag=True,
    expose_value=False,
    callback=_remember_read_only,
    help="Do not write anything into the vault.",
)


def is_read_only() -> bool:
    """Tell whether nothing may be written into the vault."""
    return bool(click.get_current_context().meta.get(_READ_ONLY))


def refuse_if_read_only(command: str, instead: str = "") -> None:
    """Stop a command whose job is to write into the vault, if --read-only is set."""
    if is_read_only():
        raise VaultToolsError(f"`{command}` writes into the vault, which --read-only does not allow{instead}")


def kept(root: Path) -> Path:
    """Return a vault's real folder; with --read-only, forbid all writes there from now on."""
    from vault_tools.store import disk, untouched  # noqa: PLC0415  (see opened)

    whole = disk.check(root)
    if not is_read_only():
        untouched.release(whole)
    else:
        untouched.keep(whole)
        sys.dont_write_bytecode = True  # Python itself may be installed below the vault
    return whole


def _line(error: Exception) -> str:
    """Say in one line what stopped the run."""
    if isinstance(error, VaultToolsError):
        return str(error)
    if isinstance(error, OSError):
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        return f"{where}{error.strerror or error}; your notes are whole"
    return f"a fault in vault-tools ({type(error).__name__}: {error}): run it again as vault-tools --debug, and tell us"


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_CODES)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@_read_only_option
@click.pass_context
def main(context: click.Context, *, debug: bool) -> None:  # noqa: ARG001
    """Turn an Obsidian vault into a typed knowledge graph, and say what is missing in it.

    VAULT is the vault's folder; without it, the nearest folder upwards that holds an .obsidian folder.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a path that is not UTF-8 shall not stop a run
    gc.disable()  # a run is short and leaves no circles worth looking for: a sixth faster
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads cost more here than they give


def run() -> None:
    """Run the command line, and leave without giving a whole vault's memory back piece by piece."""
    _read_names_as_utf8()
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    try:
        if sys.stdout is not None:  # there is none under pythonw, as the Task Scheduler of Windows starts us
            sys.stdout.flush()
    except BrokenPipeError:
        pass  # the reader has seen enough
    except OSError as error:
        code = code or 2
        with suppress(OSError):
            sys.stderr.write(f"Error: what was to be printed is lost: {error.strerror}\n")
    os._exit(code)


def _read_names_as_utf8() -> None:
    """Begin again in Python's UTF-8 mode where names of files would be read in an older encoding.

    Names in a vault are UTF-8 in every locale; in another encoding they would be different names, or none.
    """
    is_utf8 = sys.getfilesystemencoding().lower().replace("-", "") == "utf8"
    if not is_utf8 and not sys.flags.utf8_mode and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  (this program again)


def vault_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the vault it works on, and the options that all such commands have."""
    return click.argument("vault", required=False, type=VAULT)(_shared(command))


def vault_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same for a command with other arguments; the vault is `--vault`."""
    return click.option("--vault", type=VAULT, metavar="VAULT", help="The vault's folder.")(_shared(command))


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--no-cache", is_flag=True, help="Read every note anew, and remember nothing.")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")(command)


def stdout() -> TextIO:
    """Return the screen or pipe for what other programs read: UTF-8 everywhere."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def place(vault: Path | None) -> Path:
    """Return the folder of the vault that is named, or else the nearest one upwards; UnusableVaultError if none is."""
    from vault_tools.store import disk  # noqa: PLC0415  (see opened)

    root = vault or next(disk.vaults_above(Path.cwd()), None)
    if root is None:
        message = "no vault here: name its folder, or go into one (a folder that holds .obsidian)"
        raise UnusableVaultError(message)
    return root


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
    import msgspec  # noqa: PLC0415

    from vault_tools import config  # noqa: PLC0415
    from vault_tools.app import Vault  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    root = place(vault)
    whole = kept(root)
    settings = config.parse(disk.settings_of(root, config.FILE), str(root / config.FILE))
    if orphans is not None:
        chosen = msgspec.structs.replace(settings.orphans, definition=orphans)
        settings = msgspec.structs.replace(settings, orphans=chosen)
    if writes and not is_read_only():
        _refuse_empty(whole)
        tell_healed(whole)
    with _progress(quiet=quiet) as progress:
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        caches = cache and not (is_read_only() and _has_cache_inside(whole))
        vault_ = Vault.open(
            root, cache=caches, settings=settings, progress=progress, workers=workers, today=today, edited=edited
        )
    if vault_.cache_trouble is not None and not quiet:
        _tell_forgetful(vault_.cache_trouble)
    try:
        yield vault_
    finally:
        vault_.close()


def _has_cache_inside(root: Path) -> bool:
    """Tell whether the cache is in the vault, for example because the vault is a whole home folder."""
    from vault_tools.store import untouched  # noqa: PLC0415  (see opened)
    from vault_tools.store.cache import folder  # noqa: PLC0415

    return untouched.holds(root, folder())


def _tell_forgetful(error: OSError) -> None:
    """Say that the cache cannot be used, and what to do about it."""
    place = short(os.fsdecode(error.filename), 500) if error.filename else "the cache folder"
    why = f"{place} cannot be used ({error.strerror or error}), so the next run reads every note again"
    click.echo(
        f"Warning: {why}: make sure that you can write there, or set XDG_CACHE_HOME to a folder that you can write to",
        err=True,
    )


def _refuse_empty(root: Path) -> None:
    """Refuse what a drive leaves behind that was taken out: an empty folder, though notes in it were changed by us."""
    from vault_tools.store import disk, journal  # noqa: PLC0415  (see opened)

    settled = bool(disk.settings_folders(root))
    if not disk.is_there(root, settled=settled) and journal.changes(root):
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
    task = bar.add_task("Reading notes", total=None)

    def advance(done: int, whole: int) -> None:
        if time.monotonic() - began > PATIENCE and not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=whole)

    try:
        yield advance
    finally:
        bar.stop()


def short(text: str, most: int) -> str:
    """Return a text on one line, cut short where it is too long."""
    line = " ".join("".join(char if char.isprintable() else " " for char in shown(text)).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def visible(line: str) -> str:
    """Return a line of a note for the screen: what would command a terminal, or turn the line about, is shown as �."""
    return "".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in line)


def show_difference(path: str, old: str, new: str) -> None:
    """Print how a note would change, as a diff."""
    import difflib  # noqa: PLC0415  (see opened)

    for line in difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), path, path):
        click.echo(visible(line.rstrip("\r\n")))


def titled(title: str, lines: Iterable[str]) -> None:
    """Print lines below each other, with a title before the first."""
    for at, line in enumerate(lines):
        click.echo(f"  {'' if at else title:10}{line}")


def said(text: "Say", words: "Words") -> str:
    """Return a sentence in the reader's language."""
    from vault_tools.model.speech import spoken  # noqa: PLC0415  (see opened)

    return spoken(text, words, lambda ref: ref.id)


def tell_healed(root: Path) -> None:
    """Put back the notes that a run was killed over, and say so."""
    from vault_tools.store.heal import heal  # noqa: PLC0415  (see opened)

    for each in heal(root):
        path, image = short(each.path, 500), short(str(each.image), 500)
        if each.state == "put-back":
            line = f"{path} was half written when vault-tools was stopped; it is as it was, {image} holds what it had"
        else:
            line = f"{path} was changed since vault-tools was stopped over it; {image} holds what it was before"
        click.echo(f"Warning: {line}", err=True)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines with their columns below each other; a Chinese character is two columns wide."""
    from rich.cells import cell_len  # noqa: PLC0415

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    padded = (
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in padded)


def _day(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="DAY",
    help="Tell it for this day (2024-05-31), not for the day of the clock.",
)


force_option = click.option("--force", is_flag=True, help="Write even over a file that vault-tools did not write.")


def print_json(value: object) -> None:
    """Print what another program is to read."""
    stdout().write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
