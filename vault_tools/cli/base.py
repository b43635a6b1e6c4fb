"""What every command shares: the group, opening a vault, and printing errors."""

import gc
import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from vault_tools import __version__
from vault_tools.cli import screen
from vault_tools.cli.commands import READ_ONLY, Commands, Day, Option, Place, argument, option
from vault_tools.cli.layout import padded
from vault_tools.errors import UnusableVaultError, VaultAwayError, VaultToolsError, reason
from vault_tools.model.text import say
from vault_tools.model.visible import printable, visible

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.config import Settings
    from vault_tools.render.markdown import Linker

PATIENCE = 0.4
"""Seconds of work after which a progress bar appears."""
MOST_WORKERS = 8
FILE = Place(is_file=True)
FOLDER = Place(is_folder=True)
VAULT = Place()


MODULES = {
    "check": "measures",
    "export": "reports",
    "graph": "graphs",
    "help": "help",
    "init": "writing",
    "inject": "writing",
    "new": "writing",
    "next": "measures",
    "path": "learning",
    "report": "reports",
    "service": "service",
    "stats": "measures",
    "status": "watching",
    "undo": "undoing",
    "watch": "watching",
    "why": "learning",
}
"""Each command, and the module that it is in; a module is imported when one of its commands runs."""


class _Failure(click.ClickException):
    exit_code = 2


def explained(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn our errors into one line and exit code 2. Any other error is called a bug; --debug shows its traceback."""

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

    return run


def is_read_only() -> bool:
    """Tell whether nothing may be written into the vault."""
    return bool(click.get_current_context().meta.get(READ_ONLY))


def refuse_if_read_only(command: str, instead: str = "screen.read-only-none") -> None:
    """Stop a command whose job is to write into the vault, if --read-only is set; `instead` says what to do."""
    if is_read_only():
        raise VaultToolsError(say("screen.read-only", command=command, instead=say(instead)))


def kept(root: Path) -> Path:
    """Return a vault's real folder; with --read-only, forbid all writes there from now on."""
    from vault_tools.store import places, untouched  # noqa: PLC0415  (see opened)

    whole = places.check(root)
    if not is_read_only():
        untouched.release(whole)
    else:
        untouched.keep(whole)
        sys.dont_write_bytecode = True  # Python itself may be installed below the vault
    return whole


def _line(error: Exception) -> str:
    """Say in one line what stopped the run."""
    if isinstance(error, VaultToolsError):
        return screen.render(error.said)
    if isinstance(error, OSError):
        where = os.fsdecode(error.filename) if error.filename else ""
        if where and isinstance(error, PermissionError):
            return screen.phrase("screen.no-permission", place=where, reason=reason(error))
        return screen.phrase("screen.system-at" if where else "screen.system", place=where, reason=reason(error))
    return screen.phrase("screen.fault", kind=type(error).__name__, text=str(error))


@click.group(cls=Commands, modules=MODULES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s", cls=Option)
@option("--debug", is_flag=True)
@click.pass_context
def main(context: click.Context, *, debug: bool) -> None:  # noqa: ARG001
    """Turn an Obsidian vault into a typed knowledge graph, and say what is missing in it."""
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
            sys.stderr.write(screen.phrase("screen.output-lost", reason=reason(error)) + "\n")
    os._exit(code)


def _read_names_as_utf8() -> None:
    """Begin again in Python's UTF-8 mode where names of files would be read in an older encoding.

    Names in a vault are UTF-8 in every locale; in another encoding they would be different names, or none.
    """
    is_utf8 = sys.getfilesystemencoding().lower().replace("-", "") == "utf8"
    if not is_utf8 and not sys.flags.utf8_mode and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  (this program again)


def vault_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its vault, as an argument or as `--vault`, and the options that all such commands take."""
    return only_vault_argument(_shared(command))


def only_vault_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the vault it works on, as an argument or as `--vault`."""

    @wraps(command)
    def run(*args: Any, vault: Path | None, vault_named: Path | None, **options: Any) -> Any:  # noqa: ANN401
        return command(*args, vault=one_vault(vault, vault_named), **options)

    named = option("--vault", "vault_named", type=VAULT)(run)
    return argument("vault", required=False, type=VAULT, metavar="optional-vault")(named)


def one_vault(vault: Path | None, named: Path | None) -> Path | None:
    """Return the vault that is named as an argument or with `--vault`; an error if these are two vaults."""
    if vault is not None and named is not None and vault.resolve() != named.resolve():
        raise screen.misuse("screen.two-vaults", one=str(vault), other=str(named))
    return vault or named


def vault_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command with other arguments the vault as `--vault`, and the options that all such commands take."""
    return option("--vault", type=VAULT)(_shared(command))


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    return option("--no-cache", is_flag=True)(quiet_option(command))


quiet_option = option("-q", "--quiet", is_flag=True)
json_option = option("--json", "as_json", is_flag=True)
today_option = option("--today", type=Day(), metavar="day")
force_option = option("--force", is_flag=True)


def stdout() -> TextIO:
    """Return the screen or pipe for what other programs read: UTF-8 everywhere."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def place(vault: Path | None) -> Path:
    """Return the folder of the vault that is named, or else the nearest one upwards; UnusableVaultError if none is."""
    from vault_tools.store import places  # noqa: PLC0415  (see opened)

    root = vault or next(places.vaults_above(Path.cwd()), None)
    if root is None:
        raise UnusableVaultError(say("screen.no-vault"))
    screen.adopt(root)
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
    from vault_tools.app import Vault  # noqa: PLC0415

    root = place(vault)
    whole = kept(root)
    settings = _settings(root, orphans)
    if writes and not is_read_only():
        _refuse_empty(whole)
        tell_healed(whole)
    with _progress(quiet=quiet) as progress:
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        caches = cache and not (is_read_only() and _has_cache_inside(whole))
        vault_ = Vault.open(
            root, cache=caches, settings=settings, progress=progress, workers=workers, today=today, edited=edited
        )
    _tell_language(settings)
    if vault_.cache_trouble is not None and not quiet:
        _tell_forgetful(vault_.cache_trouble)
    try:
        yield vault_
    finally:
        vault_.close()


def _tell_language(settings: "Settings") -> None:
    """Say that a language in the settings is not known, with those that vault-tools speaks."""
    from vault_tools import shipped  # noqa: PLC0415  (see opened)
    from vault_tools.store import locales  # noqa: PLC0415

    pages, own = settings.reports.language, settings.language
    unknown = {} if locales.locale(own)[1] else {"language": own}
    unknown |= {} if not pages or shipped.speaks(pages) else {"[reports] language": pages}
    for key, name in unknown.items():
        screen.warn(say("screen.language-in-settings", key=key, name=name, languages=shipped.languages()))


def _settings(root: Path, orphans: str | None) -> "Settings":
    """Return a vault's settings, with the definition of orphans that the command line names."""
    import msgspec  # noqa: PLC0415  (see opened)

    from vault_tools import config  # noqa: PLC0415
    from vault_tools.store import contents  # noqa: PLC0415

    settings = config.parse(contents.settings_of(root, config.FILE), str(root / config.FILE))
    if orphans is None:
        return settings
    chosen = msgspec.structs.replace(settings.orphans, definition=orphans)
    return msgspec.structs.replace(settings, orphans=chosen)


def _has_cache_inside(root: Path) -> bool:
    """Tell whether the cache is in the vault, for example because the vault is a whole home folder."""
    from vault_tools.store import untouched  # noqa: PLC0415  (see opened)
    from vault_tools.store.cache import folder  # noqa: PLC0415

    return untouched.holds(root, folder())


def _tell_forgetful(error: OSError) -> None:
    """Say that the cache cannot be used, and what to do about it."""
    place = short(os.fsdecode(error.filename), 500) if error.filename else screen.phrase("screen.cache-folder")
    screen.warn(say("screen.no-cache", place=place, reason=reason(error)))


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
    task = bar.add_task(screen.phrase("screen.reading"), total=None)

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
    line = " ".join("".join(char if char.isprintable() else " " for char in visible(text)).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def show_difference(path: str, old: str, new: str) -> None:
    """Print how a note would change, as a diff."""
    import difflib  # noqa: PLC0415  (see opened)

    for line in difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), path, path):
        click.echo(printable(line.rstrip("\r\n"), keep="\t"))


def titled(title: str, lines: Iterable[str]) -> None:
    """Print lines below each other, with a title before the first."""
    for at, line in enumerate(lines):
        click.echo(f"  {padded('' if at else title, 10)}{line}")


def linker(vault: "Vault") -> "Linker":
    """Return what names the notes, types and relations of a vault in the language of the screen."""
    return vault.linker_in(screen.words())


def tell_healed(root: Path) -> None:
    """Put back the notes that a run was killed over, and say so."""
    from vault_tools.store.heal import heal  # noqa: PLC0415  (see opened)

    for each in heal(root):
        path, image = short(each.path, 500), short(str(each.image), 500)
        row = "screen.healed" if each.state == "put-back" else "screen.not-healed"
        screen.warn(say(row, path=path, image=image))


def print_json(value: object) -> None:
    """Print what another program is to read."""
    import json  # noqa: PLC0415  (see opened)

    stdout().write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
