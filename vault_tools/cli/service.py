"""The command that makes the daemon a service of the system: service install, uninstall, status."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vault_tools.cli import screen
from vault_tools.cli.base import explained, main, only_vault_argument, refuse_if_read_only, stdout
from vault_tools.cli.commands import option
from vault_tools.cli.layout import padded
from vault_tools.cli.opening import place
from vault_tools.cli.value_types import ChoiceType

if TYPE_CHECKING:
    from vault_tools.daemon.service import Service, Step, System
    from vault_tools.daemon.supervisor import Action

SYSTEMS = ("linux", "macos", "windows")


@main.group()
def service() -> None:
    """Start `vault-tools watch` at login, and keep it running."""


def _for_a_vault(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the vault whose service it is about, and the options to look at it only."""
    command = option("--for", "for_system", type=ChoiceType(SYSTEMS))(only_vault_argument(command))
    return option("--print", "show", is_flag=True)(command)


@service.command()
@_for_a_vault
@explained
def install(*, vault: Path | None, show: bool, for_system: "System | None") -> None:
    """Install the service and start it; a second time renews it."""
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (imports are here so that --help is quick)
    from vault_tools.store import places  # noqa: PLC0415

    if not show:
        refuse_if_read_only("watch", "service.read-only-instead")
    _check_options(for_system, show=show)
    root = _root(vault, for_system)
    if not _is_foreign(for_system):
        places.check(Path(root))
    made = _service(root, for_system)
    if show:
        _show(made, made.start, file=True)
        return
    _report(supervisor.install(made))
    back = supervisor.format_command(("vault-tools", "service", "uninstall", root))
    if not supervisor.stays(made):
        screen.report_phrase(
            "service.not-running", err=True, watch=supervisor.format_command(("vault-tools", "watch", root)), back=back
        )
        sys.exit(2)
    screen.report_phrase("service.running", back=back)


@service.command()
@_for_a_vault
@explained
def uninstall(*, vault: Path | None, show: bool, for_system: "System | None") -> None:
    """Stop the service and remove it; the vault may already be gone."""
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    _check_options(for_system, show=show)
    root = _root(vault, for_system)
    made = _service(root, for_system)
    if show:
        _show(made, made.stop)
        screen.report_phrase("service.remove", path=made.path)
        _print_steps(made.forget)
    elif not _report(supervisor.uninstall(made)):
        screen.report_phrase("service.none", root=root)


@service.command()
@_for_a_vault
@explained
def status(*, vault: Path | None, show: bool, for_system: "System | None") -> None:
    """Show whether the service is installed and running; end with 1 if it is not running."""
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    _check_options(for_system, show=show)
    made = _service(_root(vault, for_system), for_system)
    if show:
        click.echo(supervisor.format_command(made.running.words))
        return
    state = supervisor.status(made)
    installed = "service.outdated" if state.installed and not state.current else "service.installed"
    rows = (
        ("service.column-installed", screen.format_phrase(installed, path=made.path) if state.installed else ""),
        ("service.column-running", screen.format_phrase("service.yes") if state.running else ""),
    )
    for title, text in rows:
        click.echo(padded(screen.format_phrase(title), 11) + (text or screen.format_phrase("service.no")))
    if not state.running:
        sys.exit(1)


def _check_options(for_system: "System | None", *, show: bool) -> None:
    """Refuse to do anything for another system than this one; to print it is no harm."""
    if not _is_foreign(for_system):
        return
    if not show:
        raise screen.usage_error("service.for-needs-print", system=str(for_system))
    screen.report_phrase("service.foreign", err=True)


def _is_foreign(for_system: "System | None") -> bool:
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    return for_system not in (None, supervisor.system())


def _root(vault: Path | None, for_system: "System | None") -> str:
    """Return the whole path of the vault that is meant, be it there or not; for another system, as it was typed."""
    root = place(vault)
    return os.fspath(root).rstrip("/\\") if _is_foreign(for_system) and vault else str(root.resolve())


def _service(root: str, for_system: "System | None") -> "Service":
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)
    from vault_tools.daemon.service import service as made  # noqa: PLC0415  (see install)

    system = for_system or supervisor.system()
    return made(system, root, supervisor.machine(system))


def _report(steps: "Iterator[Action]") -> int:
    """Print what is done as it is done, and return how much it was."""
    count = 0
    for step in steps:
        count += 1
        click.echo(f"{padded(screen.format_phrase(f'service.{step.verb}'), 8)} {step.what}")
    return count


def _show(service: "Service", steps: "tuple[Step, ...]", *, file: bool = False) -> None:
    """Print what would be written and run."""
    if file:
        screen.report_phrase("service.write", path=service.path, encoding=service.encoding)
        click.echo()
        stdout().write(service.text.removeprefix("\ufeff") + "\n")
    _print_steps(steps)


def _print_steps(steps: "tuple[Step, ...]") -> None:
    from vault_tools.daemon import supervisor  # noqa: PLC0415  (see install)

    for step in steps:
        screen.report_phrase(
            "service.run-may-fail" if step.may_fail else "service.run", command=supervisor.format_command(step.words)
        )
