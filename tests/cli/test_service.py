"""`service`: the daemon is installed, asked and removed on Linux, with a stand-in for systemd.

The stand-in (`tests/shared/stand_in_systemctl.py`) starts and stops a real daemon.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shared import stand_in_systemctl as systemd
from shared.vaults import MakeVault, Run

from vault_tools.daemon import supervisor
from vault_tools.daemon.service import Machine, System, service
from vault_tools.errors import NoSupervisorError

LINUX = Machine(
    "/opt/py 3/bin/python", "/home/ada/.config/systemd/user", "1000", (("XDG_STATE_HOME", "/home/ada/50% $x"),)
)


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the stand-in plays systemd")


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the stand-in as systemctl, and the folder where units go."""
    place = tmp_path / "bin"
    place.mkdir()
    program = place / "systemctl"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{systemd.__file__}" "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "systemd" / "user"


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A vault with a name that every format must quote."""
    root = tmp_path / '我的 50% "笔记" $HOME\\x\'\n2'
    (root / ".obsidian").mkdir(parents=True)
    return root


@ON_LINUX
def test_a_service_is_installed_runs_the_daemon_and_is_removed(
    units: Path, named: Path, tmp_path: Path, run: Run
) -> None:
    """For a vault of any name: started as the unit says, in an environment of its own, and stopped with SIGTERM."""
    assert run("service", "status", named).exit_code == 1
    done = run("service", "install", named)
    log = tmp_path / "run" / "log"
    try:
        assert done.exit_code == 0, done.output + (log.read_text("utf-8", "replace") if log.exists() else "")
        (unit,) = units.glob("*.service")
        lines = done.output.splitlines()
        assert f"written  {unit}" in lines
        assert f"ran      systemctl --user restart {unit.name}" in lines
        assert "The service is running. To remove it: vault-tools service uninstall" in done.output
        assert run("service", "status", named).exit_code == 0

        again = run("service", "install", named)
        assert again.exit_code == 0
        assert "written" not in again.output
        assert "restart" not in again.output
    finally:
        gone = run("service", "uninstall", named)
    assert gone.exit_code == 0
    assert f"removed  {unit}" in gone.output
    assert [path for path in units.rglob("*") if not path.is_dir()] == []
    assert log.read_text("utf-8", "replace").count("stopped by SIGTERM") == 1
    assert run("service", "status", named).exit_code == 1
    assert "No service is installed" in run("service", "uninstall", named).output


@ON_LINUX
def test_a_unit_that_would_be_written_differently_is_renewed(units: Path, vault: MakeVault, run: Run) -> None:
    """The daemon is started anew, as the new unit says."""
    root = vault({})
    assert run("service", "install", root).exit_code == 0
    try:
        (unit,) = units.glob("*.service")
        unit.write_text(unit.read_text("utf-8").replace("Nice=10", "Nice=5"), "utf-8")
        assert "install it again" in run("service", "status", root).output
        renewed = run("service", "install", root)
        assert renewed.exit_code == 0
        assert "written" in renewed.output
        assert "restart" in renewed.output
        assert "install it again" not in run("service", "status", root).output
    finally:
        run("service", "uninstall", root)


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize(("name", "code"), [("", 0), ("nowhere", 2)])
def test_commands_run_without_standard_streams(name: str, code: int, vault: MakeVault) -> None:
    """As pythonw runs them on Windows, which the Task Scheduler starts."""
    line = 'exec "$0" -m vault_tools report "$1" <&- >&- 2>&-'
    words = ["/bin/sh", "-c", line, sys.executable, str(vault({}) / name)]
    assert subprocess.run(words, check=False).returncode == code


@ON_LINUX
def test_service_install_says_if_the_daemon_ends_immediately(
    units: Path, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unit stays, and the words say how to see why."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    root = vault({})
    done = run("service", "install", root)
    assert done.exit_code == 2
    assert "The service is installed, but it is not running." in done.stderr
    assert run("service", "status", root).output.splitlines()[1] == "running    no"
    assert run("service", "uninstall", root).exit_code == 0
    assert list(units.glob("*.service")) == []


@ON_LINUX
def test_a_foreign_unit_of_systemd_is_left_alone(units: Path, vault: MakeVault, run: Run) -> None:
    """A file, or a unit that was masked."""
    root = vault({})
    made = service("linux", str(root), supervisor.machine("linux"))
    units.mkdir(parents=True)
    place = units / made.name
    for lay in (lambda: place.write_text("[Service]\nExecStart=/bin/true\n"), lambda: place.symlink_to(os.devnull)):
        lay()
        for verb in ("install", "uninstall"):
            done = run("service", verb, root)
            assert done.exit_code == 2
            assert "was not written by vault-tools, so it was not changed. Move it away and try again." in done.stderr
        assert run("service", "status", root).output.startswith("installed  no")
        assert place.is_symlink() or "/bin/true" in place.read_text("utf-8")
        place.unlink()


@ON_LINUX
def test_a_service_can_be_removed_after_its_vault_is_gone(units: Path, vault: MakeVault, run: Run) -> None:
    """The vault need not be there to be forgotten."""
    root = vault({})
    made = service("linux", str(root), supervisor.machine("linux"))
    units.mkdir(parents=True)
    (units / made.name).write_bytes(made.content)
    shutil.rmtree(root)
    assert run("service", "uninstall", root).exit_code == 0
    assert not (units / made.name).exists()


@ON_LINUX
def test_a_vault_that_does_not_exist_gets_no_service(units: Path, tmp_path: Path, run: Run) -> None:
    """Wrong use."""
    done = run("service", "install", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert not units.exists()


@ON_LINUX
def test_without_a_session_bus_no_service_is_written_and_other_ways_are_named(
    units: Path, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container, over su, in WSL without systemd."""
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    done = run("service", "install", vault({}))
    assert done.exit_code == 2
    assert "Failed to connect to bus" in done.stderr
    for way_out in ("autostart", "@reboot", "systemd=true", "-P -m vault_tools watch"):
        assert way_out in done.stderr
    assert not units.exists()


@ON_LINUX
def test_without_systemctl_no_service_is_written_and_other_ways_are_named(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Alpine, Devuan, Void, and others."""
    monkeypatch.setenv("PATH", "/nowhere")
    done = run("service", "install", vault({}))
    assert done.exit_code == 2
    assert "(there is no command systemctl)" in done.stderr
    with pytest.raises(NoSupervisorError):
        list(supervisor.install(service("linux", "/v", LINUX)))


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
def test_service_print_shows_every_step_and_does_none(
    system: System, vault: MakeVault, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For any system; and for another one, nothing else is possible."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    root = vault({})
    done = run("service", "install", root, "--print", "--for", system)
    assert done.exit_code == 0
    made = service(system, str(root), supervisor.machine(system))
    assert made.text.removeprefix("\ufeff") in done.stdout
    assert made.path in done.stdout
    assert all(f"run {supervisor.format_command(step.words)}" in done.stdout for step in made.start)
    taken = run("service", "uninstall", root, "--print", "--for", system)
    assert f"remove {made.path}" in taken.stdout
    assert not (tmp_path / "home").exists()
    if system != supervisor.system():
        refused = run("service", "install", root, "--for", system)
        assert refused.exit_code == 2
        assert "--print" in refused.stderr
