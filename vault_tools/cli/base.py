"""What every command shares: the group, opening a vault, and printing errors."""

import gc
import io
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

from vault_tools import __version__
from vault_tools.cli import screen
from vault_tools.cli.commands import READ_ONLY, Commands, Option, argument, option
from vault_tools.cli.layout import padded
from vault_tools.cli.value_types import DayType, PathType
from vault_tools.errors import VaultToolsError, reason
from vault_tools.model.text import say
from vault_tools.model.visible import printable, visible

FILE = PathType(is_file=True)
FOLDER = PathType(is_folder=True)
VAULT = PathType()


MODULES = {
    "check": "measures",
    "export": "exporting",
    "graph": "graphs",
    "help": "help",
    "init": "writing",
    "inject": "injecting",
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


def _line(error: Exception) -> str:
    """Say in one line what stopped the run."""
    if isinstance(error, VaultToolsError):
        return screen.format_text(error.sentence)
    if isinstance(error, OSError):
        where = os.fsdecode(error.filename) if error.filename else ""
        if where and isinstance(error, PermissionError):
            return screen.format_phrase("screen.no-permission", place=where, reason=reason(error))
        return screen.format_phrase("screen.system-at" if where else "screen.system", place=where, reason=reason(error))
    return screen.format_phrase("screen.fault", kind=type(error).__name__, text=str(error))


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
            sys.stderr.write(screen.format_phrase("screen.output-lost", reason=reason(error)) + "\n")
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


def one_vault(vault: Path | None, option: Path | None) -> Path | None:
    """Return the vault that is named as an argument or with `--vault`; an error if these are two vaults."""
    if vault is not None and option is not None and vault.resolve() != option.resolve():
        raise screen.usage_error("screen.two-vaults", one=str(vault), other=str(option))
    return vault or option


def vault_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command with other arguments the vault as `--vault`, and the options that all such commands take."""
    return option("--vault", type=VAULT)(_shared(command))


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    return option("--no-cache", is_flag=True)(quiet_option(command))


quiet_option = option("-q", "--quiet", is_flag=True)
json_option = option("--json", "as_json", is_flag=True)
today_option = option("--today", type=DayType(), metavar="day")
force_option = option("--force", is_flag=True)


def stdout() -> TextIO:
    """Return the screen or pipe for what other programs read: UTF-8 everywhere."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


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


def print_json(value: object) -> None:
    """Print what another program is to read."""
    import json  # noqa: PLC0415  (see opened)

    stdout().write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
