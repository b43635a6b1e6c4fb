"""A service is installed, renewed and removed: by launchd, the Task Scheduler, and a stand-in for systemd."""

import plistlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from vault_tools.daemon import service as services
from vault_tools.daemon import supervisor
from vault_tools.daemon.service import Machine, System, service
from vault_tools.daemon.supervisor import Answer, Done
from vault_tools.errors import ForeignServiceError, ServiceStepError

WINDOWS = Machine(r"C:\Program Files\Python\pythonw.exe", r"C:\Users\Ada\AppData\Local\vault-tools\services", r"PC\Ada")


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
def test_a_service_is_installed_kept_renewed_and_removed(system: System, tmp_path: Path) -> None:
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


def test_a_foreign_task_of_the_task_scheduler_is_left_alone(tmp_path: Path) -> None:
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


def test_a_step_of_a_service_that_fails_is_reported_with_the_words_of_the_system(tmp_path: Path) -> None:
    """And what may fail, may."""

    def answer(_table: Table, words: Sequence[str]) -> Answer:
        return Answer(1, "", "ERROR: Access is denied.\n") if "/Create" in words else scheduler(_table, words)

    made = _in_folder(service("windows", r"C:\v", WINDOWS), tmp_path)
    with pytest.raises(ServiceStepError, match=r"schtasks /Create .* failed \(ERROR: Access is denied\)"):
        list(supervisor.install(made, Table(answer)))
