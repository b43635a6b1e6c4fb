"""The daemon as a service: what is written for three systems, and what is done on this one.

systemd is a stand-in here (`stand_in_systemctl.py`) that really starts and stops the daemon. launchd and the Task
Scheduler are played by tables: what is written for them is checked as text, by parsers of those formats.
"""

import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shared import stand_in_systemctl as systemd
from shared.vaults import MakeVault, Run

from vault_tools.daemon import service as services
from vault_tools.daemon import supervisor
from vault_tools.daemon.service import Machine, System, command_of, name_of, service
from vault_tools.daemon.supervisor import Answer, Done
from vault_tools.errors import ForeignServiceError, NoSupervisorError, ServiceStepError, UnsayableError
from vault_tools.store.marks import is_marked

GOLDEN = Path(__file__).parents[1] / "services"
LINUX = Machine(
    "/opt/py 3/bin/python", "/home/ada/.config/systemd/user", "1000", (("XDG_STATE_HOME", "/home/ada/50% $x"),)
)
MACOS = Machine("/opt/py 3/bin/python", "/Users/ada/Library/LaunchAgents", "501", (("XDG_STATE_HOME", "/a & b"),))
WINDOWS = Machine(r"C:\Program Files\Python\pythonw.exe", r"C:\Users\Ada\AppData\Local\vault-tools\services", r"PC\Ada")

EXAMPLES: dict[System, tuple[str, Machine, str]] = {
    "linux": ('/home/ada/我的 50% "笔记" $HOME\\x\'', LINUX, "systemd.service"),
    "macos": ("/Users/ada/Library/Mobile Documents/iCloud~md~obsidian/Documents/A & B <笔记>", MACOS, "launchd.plist"),
    "windows": (r"C:\Users\Ada\OneDrive - A & B\我的 笔记", WINDOWS, "task.xml"),
}


# ---------------------------------------------------------------- what is written


@pytest.mark.parametrize("system", EXAMPLES)
def test_the_file_of_a_service_is_so(system: System) -> None:
    """To the letter; the files lie in tests/services."""
    vault, machine, name = EXAMPLES[system]
    assert service(system, vault, machine).text.removeprefix("\ufeff") == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("system", EXAMPLES)
def test_a_service_bears_our_mark_and_the_vaults_name(system: System) -> None:
    """So that no other file is taken for one."""
    vault, machine, _ = EXAMPLES[system]
    made = service(system, vault, machine)
    head = made.content.decode(made.encoding)
    assert is_marked(head, services.MARK) or is_marked(head, f"# {services.MARK}")
    assert name_of(vault) in made.name
    assert name_of(vault) in made.path


def test_the_name_of_a_service_is_ascii_and_tells_vaults_apart() -> None:
    """Chinese folders, and two folders of one name."""
    assert name_of("/home/ada/My Notes").startswith("my-notes-")
    assert name_of("/home/ada/Café №1/").startswith("cafe-no1-")
    assert name_of("C:\\Users\\Ada\\笔记").startswith("vault-")
    assert name_of("/a/笔记") != name_of("/b/笔记")
    assert name_of("/a/笔记") == name_of("/a/笔记")


@given(st.text(min_size=1))
def test_every_name_is_safe_for_all_three_systems(vault: str) -> None:
    """Letters, digits and dashes, and not too many."""
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}", name_of(vault))
    assert len(name_of(vault)) < 64


# ---------------------------------------------------------------- systemd

POSIX = st.one_of(
    st.binary(min_size=1).map(lambda name: name.replace(b"\0", b"")),
    st.text("aé笔 %$\"'\\\n\t;#@{}[]=\u2028\ufffe", min_size=1).map(str.encode),
).map(lambda name: "/" + os.fsdecode(name))


@given(POSIX, POSIX)
@example("/v\udcff", "/s")
@example("/v", "/s\udcff")
def test_any_path_comes_out_of_a_unit_as_it_went_in(vault: str, state: str) -> None:
    """Read by the rules of systemd's manual: bytes that are no text, newlines, percents and all.

    In the environment systemd takes UTF-8 alone; else it would leave the variable out, so that is refused.
    """
    machine = Machine("/usr/bin/python3", "/units", environment=(("XDG_STATE_HOME", state),))
    try:
        unit = systemd.read_unit(service("linux", vault, machine).content)
    except UnsayableError:
        assert re.search("[\ud800-\udfff]", state)
        return
    assert systemd.command(unit) == list(command_of(vault, machine))
    assert systemd.environment(unit) == {"XDG_STATE_HOME": state}
    assert systemd.one(unit, "WantedBy") == "default.target"


@given(st.text("a笔 %$'\"\\\n\u0080", min_size=1))
def test_a_python_in_any_folder_is_started_or_refused(name: str) -> None:
    """No program with quotes, backslashes or control characters in its path is one for systemd."""
    machine = Machine(f"/opt/{name}/python", "/units")
    try:
        unit = systemd.read_unit(service("linux", "/v", machine).content)
    except UnsayableError:
        assert re.search("['\"\\\\\n]", name)
    else:
        assert systemd.command(unit)[0] == machine.program


@pytest.mark.parametrize("system", EXAMPLES)
def test_a_vault_whose_drive_is_not_there_yet_is_waited_for(system: System) -> None:
    """It may be connected long after the log-in."""
    vault, machine, _ = EXAMPLES[system]
    assert command_of(vault, machine)[-2:] == ("--wait", vault)


def test_wrong_use_is_not_tried_again() -> None:
    """A failure is, after a pause."""
    unit = systemd.read_unit(service("linux", "/v", LINUX).content)
    assert systemd.one(unit, "Restart") == "on-failure"
    assert systemd.one(unit, "RestartPreventExitStatus") == "2"
    assert int(systemd.one(unit, "RestartSec")) >= 10
    assert int(systemd.one(unit, "Nice")) > 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_itself_takes_the_unit(tmp_path: Path) -> None:
    """Its own checker has nothing to say of it, and does of a broken one."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    vault, _, _ = EXAMPLES["linux"]
    made = service("linux", vault, Machine(sys.executable, str(tmp_path), "", LINUX.environment))

    def said(text: str) -> str:
        (tmp_path / made.name).write_text(text, "utf-8")
        words = ["systemd-analyze", "--user", "verify", str(tmp_path / made.name)]
        variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime)}
        return subprocess.run(words, capture_output=True, encoding="utf-8", env=variables, check=False).stderr

    assert said(made.text) == ""
    assert "Bogus" in said(made.text + "Bogus=1\n")
    assert "not executable" in said(made.text.replace(sys.executable, "/no/python"))


# ---------------------------------------------------------------- launchd


@given(st.text(min_size=1).filter(lambda name: "\0" not in name), st.text(min_size=1))
def test_any_path_that_xml_can_hold_comes_out_of_a_property_list(name: str, state: str) -> None:
    """Read by Python's plistlib; control characters are refused, nothing is changed in silence."""
    vault = f"/Users/ada/{name}"
    machine = Machine("/usr/bin/python3", "/agents", "501", (("XDG_STATE_HOME", state),))
    try:
        read = plistlib.loads(service("macos", vault, machine).content)
    except UnsayableError:
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", name + state)
        return
    assert read["ProgramArguments"] == list(command_of(vault, machine))
    assert read["EnvironmentVariables"] == {"XDG_STATE_HOME": state}
    assert read["Label"] == service("macos", vault, machine).name
    assert read["KeepAlive"] == {"SuccessfulExit": False}
    assert read["ProcessType"] == "Background"


def test_an_agent_needs_no_environment() -> None:
    """Then its dictionary is empty."""
    read = plistlib.loads(service("macos", "/v", Machine("/python", "/agents", "501")).content)
    assert read["EnvironmentVariables"] == {}


# ---------------------------------------------------------------- the Task Scheduler


def split_windows(line: str) -> list[str]:
    """Split a command line as CommandLineToArgvW does with what follows the program."""
    found: list[str] = []
    word, inside, quoted, at = "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        after = line[at + slashes : at + slashes + 1]
        if slashes:
            word += "\\" * (slashes // 2 if after == '"' else slashes)
            inside, at = True, at + slashes
            if after == '"' and slashes % 2:
                word, at = word + '"', at + 1
        elif after == '"':
            if quoted and line[at + 1 : at + 2] == '"':
                word, at = word + '"', at + 1
            else:
                quoted = not quoted
            inside, at = True, at + 1
        elif after in " \t" and not quoted:
            found += [word] if inside else []
            word, inside, at = "", False, at + 1
        else:
            word, inside, at = word + after, True, at + 1
    return found + ([word] if inside else [])


def test_the_splitter_splits_as_microsoft_says() -> None:
    """The examples of its documentation."""
    assert split_windows(r'"a b c" d e') == ["a b c", "d", "e"]
    assert split_windows(r'"ab\"c" "\\" d') == ['ab"c', "\\", "d"]
    assert split_windows(r'a\\\b d"e f"g h') == [r"a\\\b", "de fg", "h"]
    assert split_windows(r"a\\\"b c d") == [r"a\"b", "c", "d"]
    assert split_windows(r'a\\\\"b c" d e') == [r"a\\b c", "d", "e"]
    assert split_windows('""') == [""]


def task(vault: str, machine: Machine = WINDOWS) -> dict[str, str]:
    """Read the file of a task, and return its texts by tag."""
    root = ET.fromstring(service("windows", vault, machine).content)
    return {each.tag.rpartition("}")[2]: each.text or "" for each in root.iter()}


@given(
    st.lists(st.text("a笔&'% ^!()$;=,\u2028\U0001f4d3\ud800", min_size=1, max_size=8), min_size=1, max_size=4),
    st.sampled_from(["C:\\", "\\\\nas\\share\\", "c:\\Users\\Ada Lovelace\\"]),
    st.sampled_from(["", "\\", "\\\\"]),
)
def test_any_windows_path_comes_out_of_a_task(parts: list[str], drive: str, end: str) -> None:
    """Read by an XML parser from UTF-16, and split as Windows splits; variables are refused."""
    vault = drive + "\\".join(parts) + end
    try:
        read = task(vault)
    except UnsayableError:
        assert vault.count("%") > 1 or "\ud800" in vault
        return
    assert [read["Command"], *split_windows(read["Arguments"])] == list(command_of(vault, WINDOWS))


def test_a_task_is_in_utf_16_with_its_mark_of_byte_order() -> None:
    """As schtasks reads it; and it runs as its user, who need be no administrator."""
    content = service("windows", r"C:\笔记", WINDOWS).content
    assert content.startswith(b"\xff\xfe<\0?\0")
    read = task(r"C:\笔记")
    assert read["UserId"] == r"PC\Ada"
    assert read["RunLevel"] == "LeastPrivilege"
    assert read["MultipleInstancesPolicy"] == "IgnoreNew"
    assert read["ExecutionTimeLimit"] == "PT0S"
    assert int(read["Priority"]) > 7


def test_a_path_that_the_task_scheduler_would_change_is_refused() -> None:
    """`%TEMP%` is a folder's name here; one percent sign is harmless."""
    with pytest.raises(UnsayableError, match="would read the text between two % as a variable"):
        service("windows", r"C:\%TEMP%\v", WINDOWS)
    assert split_windows(task(r"C:\100% sure")["Arguments"])[-1] == r"C:\100% sure"


# ---------------------------------------------------------------- launchd and the Task Scheduler, played by tables


class Table:
    """Answers commands of a system from what it keeps, and remembers them."""

    def __init__(self, answer: "Callable[[Table, Sequence[str]], Answer]") -> None:
        """Take the rules of the system."""
        self.kept: dict[str, str] = {}
        self.running: set[str] = set()
        self.asked: list[str] = []
        self._answer = answer

    def __call__(self, words: Sequence[str]) -> Answer:
        """Answer a command."""
        self.asked.append(" ".join(words[:2]))
        return self._answer(self, words)


def launchd(table: Table, words: Sequence[str]) -> Answer:
    """Answer as launchctl does: what is loaded cannot be loaded again."""
    verb, target, *rest = words[1:]
    label = target.rpartition("/")[2]
    if verb == "bootstrap":
        label = plistlib.loads(Path(rest[0]).read_bytes())["Label"]
        if label in table.running:
            return Answer(5, "", "Bootstrap failed: 5: Input/output error")
        table.running.add(label)
        return Answer(0, "")
    if verb == "bootout":
        code = 0 if label in table.running else 3
        table.running.discard(label)
        return Answer(code, "", "Boot-out failed: 3: No such process" if code else "")
    if verb == "print" and target != "gui/501":
        return Answer(0, "\tstate = running\n") if label in table.running else Answer(113, "", "Could not find service")
    return Answer(0, "")


def scheduler(table: Table, words: Sequence[str]) -> Answer:
    """Answer as schtasks does on a German Windows, where states have German names."""
    if words[0] == "powershell":
        name = re.search("TaskName '(.*)'", words[-1])
        assert name is not None
        return Answer(0, "4\n" if f"\\vault-tools\\{name.group(1)}" in table.running else "3\n")
    verb, name_ = words[1], words[3] if len(words) > 3 else ""
    if words[-1] == "/?":
        return Answer(0, "SCHTASKS /Query")
    if verb == "/Create":
        table.kept[name_] = Path(words[5]).read_bytes().decode("utf-16")
        return Answer(0, "ERFOLGREICH")
    if name_ not in table.kept:
        return Answer(1, "", "FEHLER: Das System kann die angegebene Datei nicht finden.")
    if verb == "/Run":
        table.running.add(name_)
    if verb in ("/End", "/Delete"):
        table.running.discard(name_)
    if verb == "/Delete":
        del table.kept[name_]
    return Answer(0, table.kept.get(name_, "") if verb == "/Query" else "ERFOLGREICH")


@pytest.mark.parametrize("system", ["macos", "windows"])
def test_a_service_comes_stays_is_renewed_and_goes(system: System, tmp_path: Path) -> None:
    """With launchd and the Task Scheduler."""
    table = Table(launchd if system == "macos" else scheduler)
    old, new = (Machine(f"{tmp_path}/{name}", str(tmp_path), "501") for name in ("old", "new"))
    first, second = service(system, "/v", old), service(system, "/v", new)
    if system == "windows":
        first, second = (_in_folder(each, tmp_path) for each in (first, second))

    assert supervisor.status(first, table) == supervisor.State(installed=False, current=False, running=False)
    assert list(supervisor.uninstall(first, table)) == []
    assert Done("written", first.path) in list(supervisor.install(first, table))
    assert supervisor.status(first, table) == supervisor.State(installed=True, current=True, running=True)

    assert Done("written", first.path) not in list(supervisor.install(first, table))
    assert supervisor.status(second, table) == supervisor.State(installed=True, current=False, running=True)
    assert Done("written", second.path) in list(supervisor.install(second, table))
    assert supervisor.status(second, table) == supervisor.State(installed=True, current=True, running=True)

    assert Done("removed", second.path) in list(supervisor.uninstall(second, table))
    assert supervisor.status(second, table) == supervisor.State(installed=False, current=False, running=False)
    assert not table.running
    assert not table.kept
    assert list(tmp_path.iterdir()) == []


def _in_folder(made: services.Service, folder: Path) -> services.Service:
    """Return the service of Windows with its file where this system can have it."""
    from dataclasses import replace

    path = str(folder / "task.xml")
    start = tuple(
        replace(step, words=tuple(path if word == made.path else word for word in step.words)) for step in made.start
    )
    return replace(made, path=path, start=start)


def test_a_task_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    """Even where its name is that of ours."""
    table = Table(scheduler)
    made = _in_folder(service("windows", r"C:\v", WINDOWS), tmp_path)
    table.kept[made.name] = (
        "<Task><RegistrationInfo><Source>vault-tools services of mine</Source></RegistrationInfo></Task>"
    )
    with pytest.raises(ForeignServiceError, match="was not written by vault-tools, so it was not changed"):
        list(supervisor.install(made, table))
    with pytest.raises(ForeignServiceError):
        list(supervisor.uninstall(made, table))
    assert not supervisor.status(made, table).installed
    assert list(table.kept) == [made.name]
    assert not any("/Create" in asked or "/Delete" in asked for asked in table.asked)


def test_a_step_that_fails_is_told_with_what_the_system_said(tmp_path: Path) -> None:
    """And what may fail, may."""

    def answer(_table: Table, words: Sequence[str]) -> Answer:
        return Answer(1, "", "ERROR: Access is denied.\n") if "/Create" in words else scheduler(_table, words)

    made = _in_folder(service("windows", r"C:\v", WINDOWS), tmp_path)
    with pytest.raises(ServiceStepError, match=r"schtasks /Create .* failed \(ERROR: Access is denied\)"):
        list(supervisor.install(made, Table(answer)))


# ---------------------------------------------------------------- on Linux, with a stand-in for systemd

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
def test_the_daemon_is_installed_runs_and_is_taken_back(units: Path, named: Path, tmp_path: Path, run: Run) -> None:
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
def test_commands_run_without_any_streams(name: str, code: int, vault: MakeVault) -> None:
    """As pythonw runs them on Windows, which the Task Scheduler starts."""
    line = 'exec "$0" -m vault_tools report "$1" <&- >&- 2>&-'
    words = ["/bin/sh", "-c", line, sys.executable, str(vault({}) / name)]
    assert subprocess.run(words, check=False).returncode == code


@ON_LINUX
def test_a_daemon_that_ends_at_once_is_told(
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
def test_a_unit_of_somebody_elses_is_left_alone(units: Path, vault: MakeVault, run: Run) -> None:
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
def test_a_service_goes_when_its_vault_is_gone(units: Path, vault: MakeVault, run: Run) -> None:
    """The vault need not be there to be forgotten."""
    root = vault({})
    made = service("linux", str(root), supervisor.machine("linux"))
    units.mkdir(parents=True)
    (units / made.name).write_bytes(made.content)
    shutil.rmtree(root)
    assert run("service", "uninstall", root).exit_code == 0
    assert not (units / made.name).exists()


@ON_LINUX
def test_a_vault_that_is_not_there_gets_no_service(units: Path, tmp_path: Path, run: Run) -> None:
    """Wrong use."""
    done = run("service", "install", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert not units.exists()


@ON_LINUX
def test_without_a_session_bus_nothing_is_written_and_the_ways_out_are_told(
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
def test_without_systemctl_the_same_is_told(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Alpine, Devuan, Void, and others."""
    monkeypatch.setenv("PATH", "/nowhere")
    done = run("service", "install", vault({}))
    assert done.exit_code == 2
    assert "(there is no command systemctl)" in done.stderr
    with pytest.raises(NoSupervisorError):
        list(supervisor.install(service("linux", "/v", LINUX)))


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
def test_print_shows_everything_and_does_nothing(
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
    assert all(f"run {supervisor.shown(step.words)}" in done.stdout for step in made.start)
    taken = run("service", "uninstall", root, "--print", "--for", system)
    assert f"remove {made.path}" in taken.stdout
    assert not (tmp_path / "home").exists()
    if system != supervisor.system():
        refused = run("service", "install", root, "--for", system)
        assert refused.exit_code == 2
        assert "--print" in refused.stderr
