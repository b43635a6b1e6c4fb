"""Installs, removes and looks after a service: the files that are written and the commands that are run."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vault_tools.daemon.service import MARK, Machine, Question, Service, Step, System
from vault_tools.errors import ForeignServiceError, NoSupervisorError, ServiceStepError, reason
from vault_tools.model.text import Say, Value, say
from vault_tools.store.marks import is_marked

KEPT = ("PYTHONPATH", "XDG_CACHE_HOME", "XDG_STATE_HOME")
"""What a service keeps of the environment in which it is installed: where vault-tools itself is found, and where it
puts cache, state and lock. A supervisor knows nothing of a shell's settings, and a daemon that kept its lock elsewhere
would be invisible to `vault-tools status`."""

PATIENCE = 60
"""Seconds that a command of the system may take."""
SETTLING = 1.5
"""Seconds in which a daemon that cannot work has ended."""

_FOLDERS = {
    "linux": "~/.config/systemd/user",
    "macos": "~/Library/LaunchAgents",
    "windows": "%LOCALAPPDATA%\\vault-tools\\services",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command ended with, what it said on both streams, and what kept it from running."""

    code: int
    printed: str
    complained: str = ""
    trouble: Say | None = None


Run = Callable[[Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class Action:
    """What was done: `written`, `removed` or `ran`, and a file or a command."""

    verb: str
    what: str


@dataclass(frozen=True, slots=True)
class ServiceState:
    """The state of a service; `current` if it is what would be installed now."""

    installed: bool
    current: bool
    running: bool


def system() -> System:
    """Return the system that this is."""
    return "windows" if sys.platform == "win32" else "macos" if sys.platform == "darwin" else "linux"


def machine(target: System) -> Machine:
    """Return what a service must know of this machine; of another system than this one, what is usual there."""
    program = os.path.abspath(sys.executable)  # noqa: PTH100  (a link into a virtual environment stays one)
    if target != system():
        return Machine(program, _FOLDERS[target], "USER")
    return _windows_machine(program) if target == "windows" else _unix_machine(program, target)


def _windows_machine(program: str) -> Machine:
    silent = Path(program).with_name("pythonw.exe")
    folder = platformdirs.user_state_path("vault-tools", appauthor=False) / "services"
    account = "\\".join(filter(None, map(os.environ.get, ("USERDOMAIN", "USERNAME"))))
    return Machine(str(silent) if silent.is_file() else program, str(folder), account)


def _unix_machine(program: str, target: System) -> Machine:
    environment = tuple((name, os.environ[name]) for name in KEPT if os.environ.get(name))
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    folder = settings / "systemd" / "user" if target == "linux" else Path.home() / "Library" / "LaunchAgents"
    return Machine(program, str(folder), str(os.getuid()), environment)


def run(words: Sequence[str]) -> Answer:
    """Run a command of the system; one that is not there, or does not end, is an answer too."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except FileNotFoundError:
        return Answer(127, "", trouble=say("error.no-command", command=words[0]))
    except OSError as error:
        return Answer(126, "", trouble=say("error.command-refused", command=words[0], reason=reason(error)))
    except subprocess.TimeoutExpired:
        return Answer(124, "", trouble=say("error.command-too-slow", seconds=str(PATIENCE)))
    return Answer(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes) -> str:
    """Return what a command said; those of Windows say some in UTF-16."""
    return data.replace(b"\0", b"").decode("utf-8", "replace")


def format_command(words: Sequence[str]) -> str:
    """Return a command as it is typed on the system that has it."""
    windows = words[0] in ("schtasks", "powershell")
    return subprocess.list2cmdline(words) if windows else shlex.join(words)


def install(service: Service, run: Run = run) -> Iterator[Action]:
    """Write the service's file and start it; each step is reported when it is done. To install again is no harm.

    NoSupervisorError before anything is written, ForeignServiceError if somebody else's file or service is there,
    ServiceStepError where a command fails.
    """
    _check(service, run)
    before = _read(service)
    if before != service.content:
        _write(Path(service.path), service.content)
        yield Action("written", service.path)
    settled = before == service.content and _asked(service.running, run)
    yield from _take(service.confirm if settled else service.start, run)


def uninstall(service: Service, run: Run = run) -> Iterator[Action]:
    """Stop the service and remove it; where there is none, nothing is done. Raises as `install` does."""
    if not _is_installed(service, run):
        return
    _check(service, run)
    yield from _take(service.stop, run)
    if _read(service) is not None:
        Path(service.path).unlink(missing_ok=True)
        yield Action("removed", service.path)
    yield from _take(service.forget, run)


def status(service: Service, run: Run = run) -> ServiceState:
    """Return the state of the service; somebody else's service with its name counts as not installed."""
    there = _read(service)
    if _is_foreign(service, there, run) or not _is_installed(service, run):
        return ServiceState(installed=False, current=False, running=False)
    return ServiceState(installed=True, current=there == service.content, running=_asked(service.running, run))


def stays(service: Service, run: Run = run, wait: float = SETTLING) -> bool:
    """Tell whether a service that was started is running, and still runs after a while."""
    time.sleep(wait)
    return _asked(service.running, run)


def _check(service: Service, run: Run) -> None:
    """Refuse to go on where no service can be run, or if the service there is not ours."""
    answer = run(service.supervised.words)
    if answer.code != 0:
        raise NoSupervisorError(_reason(answer), service.instead)
    if _is_foreign(service, _read(service), run):
        raise ForeignServiceError(service.path if service.exists is None else service.name)


def _is_foreign(service: Service, there: bytes | None, run: Run) -> bool:
    if there is not None and not is_marked(there.decode(service.encoding, "replace"), _mark(service)):
        return True
    if service.exists is None or service.ours is None:
        return False
    return _asked(service.exists, run) and not _asked(service.ours, run)


def _mark(service: Service) -> str:
    """Return our mark as it is written in a service's file: in XML as a comment, elsewhere as the first line."""
    return MARK if "<!--" in service.text else f"# {MARK}"


def _is_installed(service: Service, run: Run) -> bool:
    return _read(service) is not None if service.exists is None else _asked(service.exists, run)


def _asked(question: Question, run: Run) -> bool:
    answer = run(question.words)
    return answer.code == 0 and re.search(question.pattern, answer.printed) is not None


def _take(steps: Sequence[Step], run: Run) -> Iterator[Action]:
    for step in steps:
        answer = _tried(step, run)
        if answer.code == 0:
            yield Action("ran", format_command(step.words))
        elif not step.may_fail:
            raise ServiceStepError(format_command(step.words), _reason(answer))


def _tried(step: Step, run: Run) -> Answer:
    answer = run(step.words)
    for _ in range(step.tries - 1):
        if answer.code == 0:
            break
        time.sleep(1)
        answer = run(step.words)
    return answer


def _reason(answer: Answer) -> Value:
    if answer.trouble is not None:
        return answer.trouble
    sentence = (answer.complained.strip() or answer.printed.strip()).splitlines()
    return sentence[0].strip().rstrip(".") if sentence else say("error.exit-code", code=str(answer.code))


def _read(service: Service) -> bytes | None:
    """Return the bytes of the service's file, None if there is none. A file that we may not read is empty."""
    path = Path(service.path)
    try:
        return path.read_bytes() if path.is_file() else b"" if os.path.lexists(path) else None
    except OSError:
        return b""


def _write(path: Path, content: bytes) -> None:
    """Write a whole file atomically; everybody may read it, and only its owner may change it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise
