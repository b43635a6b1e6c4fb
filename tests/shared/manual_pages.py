"""The README and the manual: their code blocks, links and words, and what their commands print in the sample vault."""

import gc
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import click
from click.testing import CliRunner

from vault_tools.cli import main

TOP = Path(__file__).parents[2]
README = TOP / "README.md"
MANUAL = sorted((TOP / "templates" / "manual").glob("*/*.md"))
PAGES = [README, *MANUAL]
"""What tells the user about vault-tools."""
DOCUMENTS = [*PAGES, TOP / "CONTRIBUTING.md", *sorted((TOP / "tests").glob("*/README.md"))]
LOCALES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
CUT = "…"
"""The last line of an output that goes on."""
ANY = ("COMMAND", "命令", CUT)
"""What stands for the name of a command."""

_BLOCK = re.compile(r"^```(?P<kind>\w*)(?: (?P<more>[^\n]+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `console` shows commands and their output; `markdown NOTE.md` a note, for the next of these."""

    kind: str
    more: str
    text: str


def name(page: Path) -> str:
    """Return a short name of a page for the list of tests."""
    return page.relative_to(TOP).as_posix().removeprefix("templates/manual/")


def language(page: Path) -> str:
    """Return the language of a page."""
    return page.parent.name if page in MANUAL else "en"


def blocks(text: str, kind: str = "") -> list[Block]:
    """Return the blocks of a page, or those of one kind."""
    found = [Block(*_parts(match)) for match in _BLOCK.finditer(text)]
    return [block for block in found if not kind or block.kind == kind]


def prose(text: str) -> str:
    """Return a page without its blocks."""
    return _BLOCK.sub("", text)


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    return match["kind"], match["more"] or "", match["text"]


def links(text: str) -> list[tuple[str, str]]:
    """Return the links into the repository: the path from the page, and the heading there."""
    return [(match[1], match[2] or "") for match in _LINK.finditer(prose(text))]


def anchors(text: str) -> set[str]:
    """Return the addresses of the headings of a page, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


class Sample:
    """A copy of the sample vault, in which the commands of a page are run one after another."""

    def __init__(self, folder: Path, language: str) -> None:
        """Copy the sample vault into an empty folder."""
        self.folder, self.vault = folder, folder / "sample_vault"
        shutil.copytree(TOP / "sample_vault", self.vault, ignore=shutil.ignore_patterns("_vault-tools"))
        self.hidden: dict[Path, bytes] = {}
        self.shown: list[Path] = []
        places = {key: str(folder / key) for key in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")}
        self.environment = {"LANG": LOCALES[language], "LC_ALL": "", "LC_MESSAGES": "", "NO_COLOR": "1", **places}

    def put(self, path: str, text: str) -> None:
        """Write a note that a page shows, until `restore`; a note of a day takes the place of all for that day."""
        note = self.vault / path
        self.hidden |= {other: other.read_bytes() for other in note.parent.glob(f"{note.stem}*.md")}
        for other in self.hidden:
            other.unlink()
        note.write_text(text, "utf-8")
        self.shown.append(note)

    def restore(self) -> None:
        """Put the sample vault's own notes back."""
        while self.shown:
            self.shown.pop().unlink()
        while self.hidden:
            note, content = self.hidden.popitem()
            note.write_bytes(content)

    def run(self, command: str) -> str:
        """Return what a command prints, in the vault; beside it, if it names the vault."""
        words = shlex.split(command)
        if words[0] != "vault-tools":
            message = f"only vault-tools can be run, not {command!r}"
            raise ValueError(message)
        with chdir(self.folder if "sample_vault" in words else self.vault):
            result = CliRunner().invoke(main, words[1:], env=self.environment, prog_name=words[0])
        gc.enable()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output


def rewritten(page: Path, folder: Path) -> str:
    """Return a page with the output that its commands have now, run in an empty folder."""
    text = page.read_text("utf-8")
    sample = Sample(folder, language(page)) if blocks(text, "console") else None

    def block(match: re.Match[str]) -> str:
        kind, more, inside = _parts(match)
        if sample is not None and kind == "markdown" and more:
            sample.put(more, inside)
        if sample is None or kind != "console":
            return match[0]
        printed = "".join(_transcripts(inside, sample))
        sample.restore()
        return f"```console\n{printed}```"

    return _BLOCK.sub(block, text)


def _transcripts(block: str, sample: Sample) -> Iterator[str]:
    """Yield each command of a block with its output; an output that is cut stays as long as it is."""
    for command, recorded in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        printed = sample.run(command)
        lines = recorded.splitlines()
        if lines[-1:] == [CUT]:
            printed = "".join(f"{line}\n" for line in [*printed.splitlines()[: len(lines) - 1], CUT])
        yield f"$ {command}\n{printed}"


def commands(page: Path) -> list[str]:
    """Return the commands that a page runs."""
    shown = "".join(block.text for block in blocks(page.read_text("utf-8"), "console"))
    return re.findall(r"^\$ (.*)$", shown, re.MULTILINE)


def mentioned(text: str) -> list[str]:
    """Return the calls of vault-tools in blocks and in the text, and the options that are named by themselves."""
    shown = "\n".join(block.text for block in blocks(text) if block.kind in ("text", "sh", "console"))
    lines = re.findall(r"^(?:\$ )?(?:\S+/)?(vault-tools .*)$", shown, re.MULTILINE)
    return [*lines, *(" ".join(code.split()) for code in re.findall(r"`((?:vault-tools\s|--?\w)[^`]*)`", prose(text)))]


def options(line: str) -> Sequence[str]:
    """Return the options in a line."""
    return re.findall(r"(?<!\S)--?[a-zA-Z][\w-]*", line)


def wrong_calls(text: str) -> list[str]:
    """Return what a page mentions of the command line that is not so."""
    context = click.Context(main)
    every = {name: main.get_command(context, name) for name in main.list_commands(context)}
    known = {name: {*_options(command), *_options(main)} for name, command in every.items() if command}
    anywhere = set().union(*known.values())
    wrong = []
    for line in mentioned(text):
        words = [word for word in line.split()[1:] if not word.startswith("-")]
        named = words[0] if line.startswith("vault-tools ") and words and words[0] not in ANY else None
        allowed = anywhere if named is None else known.get(named)
        if allowed is None or not set(options(line)) <= allowed:
            wrong.append(line)
    return wrong


def _options(command: object) -> set[str]:
    """Return the options of a command and of those below it."""
    found = {"-h", "--help"}
    for option in getattr(command, "params", ()):
        found |= {*option.opts, *option.secondary_opts}
    for below in getattr(command, "commands", {}).values() if command is not main else ():
        found |= _options(below)
    return found


def update(folder: Path) -> list[Path]:
    """Write the outputs of all pages again, and return the pages that changed."""
    changed = []
    for at, page in enumerate(PAGES):
        (folder / str(at)).mkdir()
        text = rewritten(page, folder / str(at))
        if text != page.read_text("utf-8"):
            page.write_text(text, "utf-8")
            changed.append(page)
    return changed
