"""The file of a service on each system: it is written for systemd, launchd and the Task Scheduler."""

import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shared import stand_in_systemctl as systemd

from vault_tools.daemon import service as services
from vault_tools.daemon.service import Machine, System, command_of, name_of, service
from vault_tools.errors import UnsayableError
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


@pytest.mark.parametrize("system", EXAMPLES)
def test_the_file_of_a_service_is_the_expected_one_to_the_letter(system: System) -> None:
    """To the letter; the files lie in tests/services."""
    vault, machine, name = EXAMPLES[system]
    assert service(system, vault, machine).text.removeprefix("\ufeff") == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("system", EXAMPLES)
def test_the_file_of_a_service_has_our_mark_and_the_name_of_the_vault(system: System) -> None:
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
def test_every_name_of_a_service_is_safe_for_all_three_systems(vault: str) -> None:
    """Letters, digits and dashes, and not too many."""
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}", name_of(vault))
    assert len(name_of(vault)) < 64


POSIX = st.one_of(
    st.binary(min_size=1).map(lambda name: name.replace(b"\0", b"")),
    st.text("aé笔 %$\"'\\\n\t;#@{}[]=\u2028\ufffe", min_size=1).map(str.encode),
).map(lambda name: "/" + os.fsdecode(name))


@given(POSIX, POSIX)
@example("/v\udcff", "/s")
@example("/v", "/s\udcff")
def test_systemd_reads_any_path_in_a_unit_as_it_was_meant(vault: str, state: str) -> None:
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
def test_a_unit_starts_a_python_in_any_folder_or_is_refused(name: str) -> None:
    """No program with quotes, backslashes or control characters in its path is one for systemd."""
    machine = Machine(f"/opt/{name}/python", "/units")
    try:
        unit = systemd.read_unit(service("linux", "/v", machine).content)
    except UnsayableError:
        assert re.search("['\"\\\\\n]", name)
    else:
        assert systemd.command(unit)[0] == machine.program


@pytest.mark.parametrize("system", EXAMPLES)
def test_a_service_waits_for_the_drive_of_its_vault(system: System) -> None:
    """It may be connected long after the log-in."""
    vault, machine, _ = EXAMPLES[system]
    assert command_of(vault, machine)[-2:] == ("--wait", vault)


def test_a_service_is_not_restarted_after_wrong_use() -> None:
    """A failure is, after a pause."""
    unit = systemd.read_unit(service("linux", "/v", LINUX).content)
    assert systemd.one(unit, "Restart") == "on-failure"
    assert systemd.one(unit, "RestartPreventExitStatus") == "2"
    assert int(systemd.one(unit, "RestartSec")) >= 10
    assert int(systemd.one(unit, "Nice")) > 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_itself_accepts_the_unit(tmp_path: Path) -> None:
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


@given(st.text(min_size=1).filter(lambda name: "\0" not in name), st.text(min_size=1))
def test_launchd_reads_any_path_in_a_property_list_as_it_was_meant(name: str, state: str) -> None:
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


def test_a_launchd_agent_needs_no_environment() -> None:
    """Then its dictionary is empty."""
    read = plistlib.loads(service("macos", "/v", Machine("/python", "/agents", "501")).content)
    assert read["EnvironmentVariables"] == {}


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


def test_the_windows_splitter_of_these_tests_follows_the_examples_of_microsoft() -> None:
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
def test_the_task_scheduler_reads_any_path_in_a_task_as_it_was_meant(parts: list[str], drive: str, end: str) -> None:
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
