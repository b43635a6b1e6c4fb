"""What each command prints, in each language: sessions that a user can read, in `tests/commands/`.

`pytest tests/cli/test_sessions.py --rewrite` runs the commands of every session again and writes down what they print.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from shared.screen import COMMANDS

from vault_tools import shipped
from vault_tools.cli import main
from vault_tools.store import watchers

SESSIONS = Path(__file__).parents[1] / "commands"
SAMPLE = Path(__file__).parents[2] / "sample_vault"
LOCALES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
FILES = sorted(SESSIONS.glob("*/*.txt"))


class Session:
    """A folder with a copy of the sample vault and with an empty vault, in which commands are typed."""

    def __init__(self, home: Path, language: str) -> None:
        """Prepare the folder."""
        self.home, self.language = home, language
        shutil.copytree(SAMPLE, home / "sample_vault", ignore=shutil.ignore_patterns("_vault-tools"))
        (home / "new_vault" / ".obsidian").mkdir(parents=True)

    def played(self, text: str) -> Iterator[str]:
        """Yield the lines of a session: its first lines as they are, then each command and what it prints now."""
        lines = text.splitlines()
        first = next(at for at, line in enumerate(lines) if line.startswith("$ "))
        yield from lines[:first]
        for at, line in enumerate(line for line in lines if line.startswith("$ ")):
            if at:
                yield ""
            yield line
            yield from self.ran(line[2:])

    def ran(self, line: str) -> list[str]:
        """Run a command, and return the lines that it prints; an exit code other than 0 has a line of its own."""
        words = shlex.split(line)
        if words[0] == "vault-tools":
            runner = CliRunner(env={"LANG": LOCALES[self.language], "XDG_CONFIG_HOME": str(self.home / ".config")})
            result = runner.invoke(main, words[1:], prog_name="vault-tools")
            printed, code = result.output, result.exit_code
        else:
            done = subprocess.run(line, shell=True, cwd=self.home, capture_output=True, encoding="utf-8", check=True)
            printed, code = done.stdout, 0
        return [*self.readable(printed).splitlines(), *([f"[exit code {code}]"] if code else [])]

    def readable(self, text: str) -> str:
        """Return what is printed with what differs from run to run put in the words of one computer and one day."""
        now = datetime.now(UTC).astimezone()
        for found, shown in (
            (re.escape(sys.executable), "/usr/bin/python3"),
            (re.escape(str(self.home)), "/home/you"),
            (re.escape(quote(str(self.home), safe="")), quote("/home/you", safe="")),
            (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "2024-07-01 09:00:00"),
            (rf"{now:%Y-%m-%d}", "2024-07-01"),
            (rf"{now:%G-W%V}", "2024-W27"),
            (rf"(?<= ){re.escape(watchers.device())}$", "laptop"),
            (r"(?<=vault-)[0-9a-f]{8}(?=\.service)", "0a1b2c3d"),
            (r"(?<=/journal/)[0-9a-f]+/\d+-[0-9a-f]+", "0a1b2c3d/01719824400-0a1b2c3d"),
        ):
            text = re.sub(found, shown, text, flags=re.MULTILINE)
        return text


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands are typed in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="services of Linux are shown, and paths as they are written there")
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_command_prints_what_its_session_shows(file: Path, home: Path, request: pytest.FixtureRequest) -> None:
    """To the letter, with its exit code."""
    text = file.read_text("utf-8")
    played = "".join(f"{line.rstrip()}\n" for line in Session(home, file.parent.name).played(text))
    if request.config.getoption("--rewrite"):
        file.write_text(played, "utf-8")
    assert played == text or request.config.getoption("--rewrite")


@pytest.mark.parametrize("language", shipped.languages())
def test_every_command_is_shown_in_every_language(language: str) -> None:
    """With its help and at least one run, and the sessions of all languages have the same commands."""
    typed = [
        tuple(shlex.split(line[2:]))
        for file in FILES
        if file.parent.name == language
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("$ vault-tools")
    ]
    assert [path for path in COMMANDS if ("vault-tools", *path, "--help") not in typed] == []
    names = [file.name for file in FILES if file.parent.name == language]
    assert names == [file.name for file in FILES if file.parent.name == "en"]
