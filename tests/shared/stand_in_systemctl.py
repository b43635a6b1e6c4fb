"""Answers as `systemctl --user` does, where there is no systemd: reads units, starts what they say, stops it again.

Written from the manual pages systemd.syntax(7), systemd.service(5), systemd.unit(5) and systemctl(1). It knows the
settings that our units have, and refuses a unit with any other. What it has loaded and started stands in
`$XDG_RUNTIME_DIR`; a service starts as a plain process, with no environment but home, path and its unit's own.
Without that folder it has no bus, as in a container or over `su`.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

_ESCAPED = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11, b"s": 32}
_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|(.))", re.DOTALL)
_KNOWN = {
    "Unit": {"Description"},
    "Service": {
        *("Type", "ExecStart", "Environment", "Restart", "RestartSec", "RestartPreventExitStatus", "TimeoutStopSec"),
        *("Nice", "IOSchedulingClass", "IOSchedulingPriority"),
    },
    "Install": {"WantedBy"},
}

Unit = list[tuple[str, str, str]]
"""Section, setting and value, line by line."""


def read_unit(data: bytes) -> Unit:
    """Read a unit; ValueError for what systemd would complain of."""
    section = ""
    found: Unit = []
    for line in _whole_lines(data.decode("utf-8", "strict")):
        if line.startswith("["):
            section = line.strip("[]")
            continue
        name, equals, value = line.partition("=")
        if not equals or name.strip() not in _KNOWN.get(section, ()):
            message = f"unknown setting in [{section}]: {line}"
            raise ValueError(message)
        found.append((section, name.strip(), value.strip()))
    return found


def _whole_lines(text: str) -> Iterator[str]:
    """Yield the lines of a unit that say something; one that ends in a backslash goes on in the next."""
    before = ""
    for raw in re.split("[\n\r\x00]", text):
        line = raw.lstrip() if not before else raw
        if line.startswith(("#", ";")):
            continue
        if line.endswith("\\"):
            before += line[:-1] + " "
        elif (before + line).strip():
            yield (before + line).strip()
            before = ""


def words(value: str) -> list[bytes]:
    """Split a value at blanks, and take quotes and escapes from its words."""
    left = value.encode()
    found = []
    while left := left.lstrip(b" \t\n\r"):
        word, left = _word(left)
        found.append(word)
    return found


def _word(data: bytes) -> tuple[bytes, bytes]:
    word = bytearray()
    quote = b""
    while data:
        char, rest = data[:1], data[1:]
        if char == b"\\":
            match = _ESCAPE.match(data)
            if match is None:
                message = f"a backslash at the end: {data!r}"
                raise ValueError(message)
            word.append(_escaped(match))
            data = data[match.end() :]
        elif quote and char == quote:
            quote, data = b"", rest
        elif not quote and char in (b'"', b"'"):
            quote, data = char, rest
        elif not quote and char in b" \t\n\r":
            break
        else:
            word += char
            data = rest
    if quote:
        message = "a quote is not closed"
        raise ValueError(message)
    return bytes(word), data


def _escaped(match: re.Match[bytes]) -> int:
    code, octal, char = match.groups()
    if code or octal:
        number = int(code, 16) if code else int(octal, 8)
        if number == 0:
            message = "no NUL in a unit"
            raise ValueError(message)
        return number
    if char in _ESCAPED:
        return _ESCAPED[char]
    if char in (b"\\", b'"', b"'"):
        return int(char[0])
    message = f"no such escape: {char!r}"
    raise ValueError(message)


def specified(value: bytes) -> bytes:
    """Replace `%%`; our units have no other specifier, so any other is one that slipped in."""
    if re.search(rb"%(?!%)", value.replace(b"%%", b"")):
        message = f"a specifier: {value!r}"
        raise ValueError(message)
    return value.replace(b"%%", b"%")


def expanded(value: bytes) -> bytes:
    """Replace `$$`; our units have no variable."""
    if b"$" in value.replace(b"$$", b""):
        message = f"a variable: {value!r}"
        raise ValueError(message)
    return value.replace(b"$$", b"$")


def command(unit: Unit) -> list[str]:
    """Return the words that a unit starts; the first is never expanded."""
    program, *arguments = (specified(word) for word in words(one(unit, "ExecStart")))
    if re.search(rb"[\x00-\x1f\x7f'\"\\]", program) or not program.startswith(b"/"):
        message = f"systemd starts no such program: {program!r}"
        raise ValueError(message)
    return [os.fsdecode(program), *(os.fsdecode(expanded(word)) for word in arguments)]


def environment(unit: Unit) -> dict[str, str]:
    """Return what a unit adds to the environment."""
    values = [value for _, name, value in unit if name == "Environment"]
    found = [specified(word) for value in values for word in words(value)]
    return {os.fsdecode(name): os.fsdecode(value) for name, _, value in (word.partition(b"=") for word in found)}


def one(unit: Unit, name: str, default: str = "") -> str:
    """Return the value of a setting that stands once."""
    return next((value for _, known, value in unit if known == name), default)


# ---------------------------------------------------------------- systemctl


def main(arguments: list[str]) -> int:
    """Run one command of systemctl, and return its exit code."""
    verb, *rest = [word for word in arguments if word != "--user"]
    names = [word for word in rest if not word.startswith("--")]
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if "--user" not in arguments or not runtime:
        sys.stderr.write("Failed to connect to bus: No medium found\n")
        return 1
    manager = Manager(Path(runtime), Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user")
    if verb == "daemon-reload":
        return manager.reload()
    if verb == "show":
        sys.stdout.write("Version=252 (stand-in)\n")
        return 0
    done = [getattr(manager, verb.replace("-", "_"))(name, now="--now" in rest) for name in names]
    return max(done, default=0)


class Manager:
    """What a user's manager keeps: the units it loaded, which are enabled, and what runs."""

    def __init__(self, runtime: Path, units: Path) -> None:
        """Keep everything below two folders."""
        self.loaded, self.pids, self.log = (runtime / name for name in ("loaded", "pids", "log"))
        self.units = units
        self.wants = units / "default.target.wants"
        for folder in (self.loaded, self.pids):
            folder.mkdir(parents=True, exist_ok=True)

    def reload(self) -> int:
        """Read all units anew."""
        shutil.rmtree(self.loaded)
        self.loaded.mkdir()
        for file in self.units.glob("*.service"):
            shutil.copy(file, self.loaded / file.name)
        return 0

    def enable(self, name: str, *, now: bool = False) -> int:
        """Link a unit to the target that its [Install] names."""
        if not (self.units / name).is_file():
            return _complain(f"Failed to enable unit: Unit file {name} does not exist.")
        target = one(read_unit((self.units / name).read_bytes()), "WantedBy")
        link = self.units / f"{target}.wants" / name
        link.parent.mkdir(exist_ok=True)
        if not link.is_symlink():
            link.symlink_to(self.units / name)
            sys.stderr.write(f"Created symlink {link} → {self.units / name}.\n")
        return self.start(name) if now else 0

    def disable(self, name: str, *, now: bool = False) -> int:
        """Remove the link, and with --now stop what runs."""
        if not (self.units / name).is_file():
            return _complain(f"Failed to disable unit: Unit file {name} does not exist.")
        (self.wants / name).unlink(missing_ok=True)
        return self.stop(name) if now else 0

    def start(self, name: str, *, now: bool = False) -> int:
        """Start what the loaded unit says, if it does not run."""
        del now
        if not (self.loaded / name).is_file():
            return _complain(f"Failed to start {name}: Unit {name} not found.")
        unit = read_unit((self.loaded / name).read_bytes())
        if self._process(name) is not None:
            return 0
        plain = {"HOME": str(Path.home()), "PATH": os.defpath, "XDG_RUNTIME_DIR": os.environ["XDG_RUNTIME_DIR"]}
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                command(unit),
                cwd=Path.home(),
                env=plain | environment(unit),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        psutil.Process(started.pid).nice(int(one(unit, "Nice", "0")))
        (self.pids / name).write_text(str(started.pid), "utf-8")
        return 0

    def stop(self, name: str, *, now: bool = False) -> int:
        """End what runs with SIGTERM, and with SIGKILL where that does not help; tell in the log which it took."""
        del now
        process = self._process(name)
        if process is None:
            return 0
        patience = float(one(read_unit((self.loaded / name).read_bytes()), "TimeoutStopSec", "90"))
        began = time.monotonic()
        for sent in (signal.SIGTERM, signal.SIGKILL):
            process.send_signal(sent)
            while _runs(process) and time.monotonic() - began < patience:
                time.sleep(0.02)
            if not _runs(process):
                with self.log.open("a") as log:
                    log.write(f"stand-in: stopped by {sent.name}\n")
                break
        (self.pids / name).unlink()
        return 0

    def restart(self, name: str, *, now: bool = False) -> int:
        """Stop and start."""
        return self.stop(name, now=now) or self.start(name)

    def is_active(self, name: str, *, now: bool = False) -> int:
        """Print whether something runs, 3 if not."""
        del now
        active = self._process(name) is not None
        sys.stdout.write("active\n" if active else "inactive\n")
        return 0 if active else 3

    def is_enabled(self, name: str, *, now: bool = False) -> int:
        """Print whether a unit is linked, 1 if not."""
        del now
        enabled = (self.wants / name).is_symlink()
        sys.stdout.write("enabled\n" if enabled else "disabled\n")
        return 0 if enabled else 1

    def reset_failed(self, name: str, *, now: bool = False) -> int:
        """Forget a failure; 1 for a unit that is not loaded."""
        del now
        if not (self.loaded / name).is_file():
            return _complain(f"Failed to reset failed state of unit {name}: Unit {name} not loaded.")
        return 0

    def _process(self, name: str) -> psutil.Process | None:
        file = self.pids / name
        if not file.is_file():
            return None
        try:
            process = psutil.Process(int(file.read_text("utf-8")))
        except psutil.NoSuchProcess:
            return None
        return process if _runs(process) else None


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _complain(message: str) -> int:
    sys.stderr.write(message + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
