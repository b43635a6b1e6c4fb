"""What makes the daemon a service of a system: its file, and the commands that start, stop and ask after it.

All here is text made of values; `vault_tools.daemon.supervisor` writes and runs it.
"""

import posixpath
import re
import shlex
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from vault_tools import shipped
from vault_tools.daemon import quoting
from vault_tools.model.text import Say, say

System = Literal["linux", "macos", "windows"]

MARK = "written-by: vault-tools service"
"""The mark in the first lines of our service files, so that we recognise them."""

_LONGEST = 40
_TASK_IS_OURS = r"<Source>vault-tools service</Source>"
_TASK_RUNS = r"^\s*4\s*$"
"""The number for a running task; its name is in the language of the system."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What a service must know of the machine and the user.

    `program` is a Python that has vault-tools, `folder` the one where the system looks for files of services (on
    Windows: where ours are kept), `user` the number of the user on macOS and the account on Windows, and
    `environment` what the daemon needs to find itself and its state.
    """

    program: str
    folder: str
    user: str = ""
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A command to run; where it `may_fail`, nothing depends on it. It is tried up to `tries` times, a second apart."""

    words: tuple[str, ...]
    may_fail: bool = False
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A command that answers yes: it ends with 0, and in what it prints a pattern is found."""

    words: tuple[str, ...]
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """The service of one vault.

    `start` are the steps once the file is written, and `confirm` all that is left of them if the file was so already
    and the daemon is running; `stop` come before the file is removed, `forget` after. `supervised` asks whether
    services can be run at all, and `instead` says what to do if not. Where the system keeps services itself, `exists`
    asks whether it has this one, and `ours` whether that one is ours; else only the file decides.
    """

    name: str
    path: str
    text: str
    encoding: str
    start: tuple[Step, ...]
    confirm: tuple[Step, ...]
    stop: tuple[Step, ...]
    forget: tuple[Step, ...]
    supervised: Question
    running: Question
    instead: Say
    exists: Question | None = None
    ours: Question | None = None

    @property
    def content(self) -> bytes:
        """Return the bytes of the file."""
        return self.text.encode(self.encoding)


def name_of(vault: str) -> str:
    """Return the name of a vault's service: what is ASCII in the folder's name, and a digest of its path."""
    plain = unicodedata.normalize("NFKD", _last(vault)).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-") or "vault"
    return f"{slug}-{blake2b(vault.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"


def command_of(vault: str, machine: Machine) -> tuple[str, ...]:
    """Return the words that start the daemon, which waits for a vault whose drive is not there yet.

    With -P, no module in the folder that it starts in hides ours.
    """
    return machine.program, "-P", "-m", "vault_tools", "watch", "--wait", vault


def service(system: System, vault: str, machine: Machine) -> Service:
    """Return the service that watches a vault, given by its whole path; UnsayableError if its path has no spelling."""
    return _SERVICES[system](vault, machine)


def _linux(vault: str, machine: Machine) -> Service:
    unit = f"vault-tools-{name_of(vault)}.service"
    reload, enable = Step(_systemctl("daemon-reload")), Step(_systemctl("enable", unit))
    return Service(
        name=unit,
        path=posixpath.join(machine.folder, unit),
        text=_systemd_unit(vault, machine),
        encoding="utf-8",
        start=(reload, enable, Step(_systemctl("restart", unit))),
        confirm=(reload, enable),
        stop=(Step(_systemctl("disable", "--now", unit)),),
        forget=(reload, Step(_systemctl("reset-failed", unit), may_fail=True)),
        supervised=Question(_systemctl("show", "--property=Version")),
        running=Question(_systemctl("is-active", unit)),
        instead=say("error.instead-linux", command=shlex.join(command_of(vault, machine))),
    )


def _systemd_unit(vault: str, machine: Machine) -> str:
    assignments = (quoting.systemd_assignment(*each) for each in machine.environment)
    return _filled(
        "systemd.service",
        title=_title(vault).replace("%", "%%"),
        command=quoting.systemd_command(command_of(vault, machine)),
        environment="\n".join(f"Environment={assignment}" for assignment in assignments),
    )


def _systemctl(*words: str) -> tuple[str, ...]:
    return "systemctl", "--user", *words


def _macos(vault: str, machine: Machine) -> Service:
    label = f"vault-tools.{name_of(vault)}"
    path = posixpath.join(machine.folder, f"{label}.plist")
    domain = f"gui/{machine.user}"
    out = Step(("launchctl", "bootout", f"{domain}/{label}"), may_fail=True)
    enable = Step(("launchctl", "enable", f"{domain}/{label}"))
    bootstrap = Step(("launchctl", "bootstrap", domain, path), tries=5)  # the one before may take a moment to go
    return Service(
        name=label,
        path=path,
        text=_launchd_agent(vault, machine, label),
        encoding="utf-8",
        start=(enable, out, bootstrap),
        confirm=(enable,),
        stop=(out,),
        forget=(),
        supervised=Question(("launchctl", "print", domain)),
        running=Question(("launchctl", "print", f"{domain}/{label}"), r"(?m)^\s*state = running$"),
        instead=say("error.instead-macos"),
    )


def _launchd_agent(vault: str, machine: Machine, label: str) -> str:
    words = (quoting.xml_text(word) for word in command_of(vault, machine))
    variables = ((quoting.xml_text(name), quoting.xml_text(value)) for name, value in machine.environment)
    return _filled(
        "launchd.plist",
        label=label,
        command="\n".join(f"    <string>{word}</string>" for word in words),
        environment="\n".join(f"    <key>{name}</key>\n    <string>{value}</string>" for name, value in variables),
    )


def _windows(vault: str, machine: Machine) -> Service:
    name = name_of(vault)
    task = f"\\vault-tools\\{name}"
    path = f"{machine.folder}\\{name}.xml"
    end = Step(_schtasks("/End", task), may_fail=True)
    create = Step(_schtasks("/Create", task, "/XML", path, "/F"))
    number = f"[int](Get-ScheduledTask -TaskPath '\\vault-tools\\' -TaskName '{name}').State"
    query = _schtasks("/Query", task, "/XML")
    return Service(
        name=task,
        path=path,
        text="\ufeff" + _task(vault, machine),
        encoding="utf-16-le",
        start=(end, create, Step(_schtasks("/Run", task))),
        confirm=(),
        stop=(end, Step(_schtasks("/Delete", task, "/F"))),
        forget=(),
        supervised=Question(("schtasks", "/Query", "/?")),
        running=Question(("powershell", "-NoProfile", "-NonInteractive", "-Command", number), _TASK_RUNS),
        instead=say("error.instead-windows"),
        exists=Question(query),
        ours=Question(query, _TASK_IS_OURS),
    )


def _task(vault: str, machine: Machine) -> str:
    program, *arguments = command_of(vault, machine)
    quoting.windows_arguments([program])  # it is expanded as the arguments are
    return _filled(
        "task.xml",
        title=quoting.xml_text(_title(vault)),
        user=quoting.xml_text(machine.user),
        program=quoting.xml_text(program),
        arguments=quoting.xml_text(quoting.windows_arguments(arguments)),
    )


def _schtasks(verb: str, task: str, *options: str) -> tuple[str, ...]:
    return "schtasks", verb, "/TN", task, *options


_SERVICES: Mapping[System, Callable[[str, Machine], Service]] = {
    "linux": _linux,
    "macos": _macos,
    "windows": _windows,
}


def _title(vault: str) -> str:
    """Return what people call a vault, on one line."""
    return "".join(char if char.isprintable() else "?" for char in _last(vault))


def _last(vault: str) -> str:
    """Return the last name of a path of any system; one that starts with a slash has no other separator."""
    separators = "/" if vault.startswith("/") else "/\\"
    return re.split(f"[{re.escape(separators)}]", vault.rstrip(separators))[-1]


def _filled(template: str, **values: str) -> str:
    """Fill the holes of a template; a line that is only a hole is removed if nothing fills it."""
    lines = shipped.asset(f"services/{template}").splitlines(keepends=True)
    empty = {f"{{{name}}}" for name, value in values.items() if not value}
    return "".join(line.format_map(values) for line in lines if line.strip() not in empty)
