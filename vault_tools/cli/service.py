"""The command that makes the daemon a service of the system: service install, uninstall, status."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli.base import VAULT, explained, main, place, refuse_if_read_only, stdout

if TYPE_CHECKING:
    from vault_tools.daemon.service import Service, Step, System
    from vault_tools.daemon.supervisor import Done

SYSTEMS = ("linux", "macos", "windows")


@main.group()
def service() -> None:
    """Let the system start `vault-tools watch` for a vault when you log in, and keep it running."""


def _for_a_vault(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the vault whose service it is about, and the options to look at it only."""
    command = click.option("--for", "wanted", type=click.Choice(SYSTEMS), help="Print it for another system.")(command)
    command = click.option("--print", "show", is_flag=True, help="Print files and commands, and do nothing.")(command)
    return click.argument("vault", required=False, type=VAULT)(command)


@service.command()
@_for_a_vault
@explained
def install(*, vault: Path | None, show: bool, wanted: "System | None") -> None:
    """Install the service and start it; a second time renews it.

    It runs as you, at low priority, from your next log-in on and now: systemd on Linux, launchd on macOS, the Task
    Scheduler on Windows.
    """
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (imports are here so that --help is quick)
    from vault_tools.store import disk  # noqa: PLC0415

    if not show:
        refuse_if_read_only("watch", "; --print shows what would be installed")
    _check_options(wanted, show=show)
    root = _root(vault, wanted)
    if not _is_foreign(wanted):
        disk.check(Path(root))
    made = _service(root, wanted)
    if show:
        _show(made, made.start, file=True)
        return
    _tell(supervisor.install(made))
    back = f"to take it back: {supervisor.shown(('vault-tools', 'service', 'uninstall', root))}"
    if not supervisor.stays(made):
        why = supervisor.shown(("vault-tools", "watch", root))
        click.echo(f"installed, but not running: `{why}` in a terminal says why; {back}", err=True)
        sys.exit(2)
    click.echo(f"running; {back}")


@service.command()
@_for_a_vault
@explained
def uninstall(*, vault: Path | None, show: bool, wanted: "System | None") -> None:
    """Stop the service and remove it; the vault may be gone already."""
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    _check_options(wanted, show=show)
    root = _root(vault, wanted)
    made = _service(root, wanted)
    if show:
        _show(made, made.stop)
        click.echo(f"remove {made.path}")
        _print_steps(made.forget)
    elif not _tell(supervisor.uninstall(made)):
        click.echo(f"no service is installed for {root}")


@service.command()
@_for_a_vault
@explained
def status(*, vault: Path | None, show: bool, wanted: "System | None") -> None:
    """Tell whether the service is installed and running; end with 1 if it is not."""
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    _check_options(wanted, show=show)
    made = _service(_root(vault, wanted), wanted)
    if show:
        click.echo(supervisor.shown(made.running.words))
        return
    state = supervisor.status(made)
    renewed = "" if state.current else "; it would be written differently now: install it again"
    click.echo(f"installed  {f'yes, {made.path}{renewed}' if state.installed else 'no'}")
    click.echo(f"running    {'yes' if state.running else 'no'}")
    if not state.running:
        sys.exit(1)


def _check_options(wanted: "System | None", *, show: bool) -> None:
    """Refuse to do anything for another system than this one; to print it is no harm."""
    if not _is_foreign(wanted):
        return
    if not show:
        message = f"--for {wanted} is for looking only: say --print as well"
        raise click.UsageError(message)
    click.echo("for another machine: put its Python, its user and its vault in the place of those here", err=True)


def _is_foreign(wanted: "System | None") -> bool:
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    return wanted not in (None, supervisor.system())


def _root(vault: Path | None, wanted: "System | None") -> str:
    """Return the whole path of the vault that is meant, be it there or not; for another system, as it was typed."""
    root = place(vault)
    return os.fspath(root).rstrip("/\\") if _is_foreign(wanted) and vault else str(root.resolve())


def _service(root: str, wanted: "System | None") -> "Service":
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)
    from vault_tools.daemon.service import service as made  # noqa: PLC0415  (see install)

    system = wanted or supervisor.system()
    return made(system, root, supervisor.machine(system))


def _tell(steps: "Iterator[Done]") -> int:
    """Say what is done as it is done, and return how much it was."""
    count = 0
    for step in steps:
        count += 1
        click.echo(f"{step.verb:<8} {step.what}")
    return count


def _show(made: "Service", steps: "tuple[Step, ...]", *, file: bool = False) -> None:
    """Print what would be written and run."""
    if file:
        click.echo(f"write {made.path} ({made.encoding})\n")
        stdout().write(made.text.removeprefix("\ufeff") + "\n")
    _print_steps(steps)


def _print_steps(steps: "tuple[Step, ...]") -> None:
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    for step in steps:
        click.echo(f"run {supervisor.shown(step.words)}{' (may fail)' if step.may_fail else ''}")
