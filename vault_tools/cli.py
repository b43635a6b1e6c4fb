"""The command line: words in, lines out; nothing is decided here.

Exit codes: 0 done; 1 findings over a threshold that was asked for; 2 wrong use, or a vault that cannot be used.
"""

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from vault_tools import __version__
from vault_tools.errors import UnusableVaultError, VaultToolsError

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.outcome import Outcome

PATIENCE = 0.4
"""Seconds of work after which a progress bar appears."""
SHOWN = 5
MOST_WORKERS = 8
ORPHANS = ("isolated", "no-in", "no-out", "islands", "weak")
_FILE = click.Path(path_type=Path, dir_okay=False)


class _Failure(click.ClickException):
    exit_code = 2


def _explained(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn our errors into one line and exit code 2; anything else is a bug, told so, with its traceback on --debug."""

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


def _line(error: Exception) -> str:
    """Say in one line what stopped the run."""
    if isinstance(error, VaultToolsError):
        return str(error)
    if isinstance(error, OSError):
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        return f"{where}{error.strerror or error}; nothing of yours was changed"
    return f"a fault in vault-tools ({type(error).__name__}: {error}): run it again as vault-tools --debug, and tell us"


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=(__doc__ or "").split("\n\n")[1])
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
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
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # the reader has seen enough
    except OSError as error:
        code = code or 2
        with suppress(OSError):
            sys.stderr.write(f"Error: what was to be printed is lost: {error.strerror}\n")
    os._exit(code)


def _vault_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--no-cache", is_flag=True, help="Read every note anew, and remember nothing.")(command)
    command = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")(command)
    return click.argument("vault", required=False, type=click.Path(path_type=Path, readable=False))(command)


@main.command()
@_vault_argument
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--orphans", type=click.Choice(ORPHANS), help="What counts as an orphan, for this run.")
@click.option("--max-gaps", type=click.IntRange(0), help="Exit with 1 if there are more gaps than this.")
@click.option("--max-orphans", type=click.IntRange(0), help="Exit with 1 if there are more orphans than this.")
@_explained
def report(
    *,
    vault: Path | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    orphans: str | None,
    max_gaps: int | None,
    max_orphans: int | None,
) -> None:
    """Write the reports and graph.html into the vault."""
    with _opened(vault, cache=not no_cache, quiet=quiet, orphans=orphans) as opened:
        outcome = opened.report()
        if as_json:
            _stdout().write(json.dumps(_as_dict(outcome), ensure_ascii=False, indent=2) + "\n")
        elif not quiet:
            _say(outcome, opened.root)
    for line in outcome.refused:
        click.echo(f"Warning: {line}", err=True)
    if outcome.refused:
        sys.exit(2)
    gaps, alone = sum(outcome.summary.gaps.values()), outcome.summary.orphans
    over = [
        f"{count} {name}, more than the {most} allowed"
        for name, count, most in (("gaps", gaps, max_gaps), ("orphans", alone, max_orphans))
        if most is not None and count > most
    ]
    for line in over:
        click.echo(line, err=True)
    if over:
        sys.exit(1)


@main.command()
@_vault_argument
@click.option("-o", "--output", type=_FILE, help="Write the page to this file.")
@_explained
def graph(*, vault: Path | None, no_cache: bool, quiet: bool, output: Path | None) -> None:
    """Write the interactive page of the graph alone."""
    from vault_tools.app import GRAPH_PAGE, MARKS  # noqa: PLC0415  (see _opened)
    from vault_tools.model.change import Page  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    with _opened(vault, cache=not no_cache, quiet=quiet) as opened:
        if output is None:
            page = Page(f"{opened.folder}/{GRAPH_PAGE}", opened.html())
            disk.write(opened.root, page, MARKS)
            output = opened.root / page.path
        else:
            disk.write_out(output, [opened.html()], opened.root, MARKS)
    if not quiet:
        click.echo(output)


def _show_schema(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    """Print what `export --format json` looks like, and stop."""
    from vault_tools.exporters.json import schema  # noqa: PLC0415  (see _opened)

    if wanted:
        click.echo(schema(), nl=False)
        context.exit()


@main.command()
@_vault_argument
@click.option(
    "--format",
    "form",
    required=True,
    metavar="FORMAT",
    help="What to export: json, html, or another that is installed.",
)
@click.option("-o", "--output", type=_FILE, help="Write to this file, not to the screen.")
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_show_schema, help="Print the JSON Schema."
)
@_explained
def export(*, vault: Path | None, no_cache: bool, quiet: bool, form: str, output: Path | None) -> None:
    """Print everything known of the vault for other programs."""
    from vault_tools.app import MARKS  # noqa: PLC0415  (see _opened)
    from vault_tools.exporters import names  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    if form not in names():
        message = f"there is no format {form!r}; there are {', '.join(names())}"
        raise click.BadParameter(message, param_hint="--format")
    with _opened(vault, cache=not no_cache, quiet=quiet or output is None) as opened:
        if output is None:
            _stdout().writelines(opened.export(form))
            return
        disk.write_out(output, opened.export(form), opened.root, MARKS)
    if not quiet:
        click.echo(output)


# ---------------------------------------------------------------- helpers


def _stdout() -> TextIO:
    """Return the screen or pipe for what other programs read: UTF-8 everywhere."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


@contextmanager
def _opened(vault: Path | None, *, cache: bool, quiet: bool, orphans: str | None = None) -> "Iterator[Vault]":
    """Open the vault, with a progress bar where work lasts. Imports stand here so that --help is quick."""
    import msgspec  # noqa: PLC0415

    from vault_tools import config  # noqa: PLC0415
    from vault_tools.app import Vault  # noqa: PLC0415
    from vault_tools.store import disk  # noqa: PLC0415

    root = vault or next(disk.vaults_above(Path.cwd()), None)
    if root is None:
        message = "no vault here: name its folder, or go into one (a folder that holds .obsidian)"
        raise UnusableVaultError(message)
    disk.check(root)
    settings = config.parse(disk.settings_of(root, config.FILE), str(root / config.FILE))
    if orphans is not None:
        chosen = msgspec.structs.replace(settings.orphans, definition=orphans)
        settings = msgspec.structs.replace(settings, orphans=chosen)
    with _progress(quiet=quiet) as progress:
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        opened = Vault.open(root, cache=cache, settings=settings, progress=progress, workers=workers)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal once work has lasted a while; silence in a pipe."""
    if quiet or not sys.stderr.isatty():
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


def _as_dict(outcome: "Outcome") -> dict[str, Any]:
    return asdict(outcome.summary) | {"pages": outcome.pages}


def _say(outcome: "Outcome", root: Path) -> None:
    """Print the summary: short, and useful."""
    found = outcome.summary
    click.secho(f"{_short(found.vault, 40)}: {found.notes} notes, {sum(found.relations.values())} relations", bold=True)
    gaps = ", ".join(f"{name} {count}" for name, count in found.gaps.items() if count)
    click.echo(f"  gaps      {gaps or 'none'}")
    for figure in found.top[:SHOWN]:
        click.echo(f"            · {_short(figure.name, 40)}: {_short(figure.why, 76)}")
    share = f" ({100 * found.orphans / found.orphans_of:.0f} %)" if found.orphans_of else ""
    click.echo(f"  orphans   {found.orphans} of {found.orphans_of} notes{share}, {found.orphan_definition}")
    if found.problems:
        click.echo(f"  problems  {found.problems}, listed in Overview.md")
    written = sum(state == "written" for state in outcome.pages.values())
    folder = root / next(iter(outcome.pages)).rpartition("/")[0]
    here = Path.cwd()
    where = folder.relative_to(here) if folder.is_relative_to(here) else folder
    click.echo(f"  pages     {where} ({written} of {len(outcome.pages)} written)")


def _short(text: str, most: int) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
