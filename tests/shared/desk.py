"""A vault with notes to edit, and a daemon beside it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from shared.beside import QUICK, Beside, beside
from shared.vaults import write

REGION = "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"
SETTINGS = '[inject]\nquiet = 0.2\n\n[folders]\nlog = "Logs"\n\n[reports]\nlimit = 1000\n'
FILES = {
    ".obsidian/app.json": "{}",
    "vault-tools.toml": SETTINGS,
    "Home.md": "[[量化]]\n",
    "Logs/2024-05-06.md": "learned:: [[量化]]\n",
}
OLD = 1_600_000_000
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A vault with a daemon beside it."""

    root: Path
    daemon: Beside

    def page(self, name: str = "Gaps.md", folder: str = "_vault-tools") -> str:
        """Return the text of a page."""
        return (self.root / folder / name).read_text("utf-8")

    def sees(self, *words: str, page: str = "Gaps.md", without: str | None = None) -> None:
        """Wait until a page tells of all these words, and no more of another."""

        def holds() -> bool:
            text = self.page(page)
            return all(word in text for word in words) and (without is None or without not in text)

        self.daemon.wait_for(holds, f"{page} has {words}, and not {without}")

    def has_note(self, text: str) -> Path:
        """Have a note of a new name that the daemon has seen."""
        note = self.root / f"笔记 {next(numbers)}.md"
        note.write_text(text, "utf-8")
        return note

    def rounds_of(self, deed: Callable[[], object]) -> int:
        """Return how many rounds follow upon what is done to a vault at rest."""
        before = self.daemon.rest()
        deed()
        return self.daemon.rest() - before


@contextmanager
def made(files: dict[str, str], folder: Path, prelude: str = "", **options: float) -> Iterator[Desk]:
    """Make a vault with a daemon beside it; options are those of its pace."""
    root = folder / "v"
    write(root, files)
    pace = replace(QUICK, **options)  # type: ignore[arg-type]
    with beside(root, folder / "home", pace, prelude=prelude) as daemon:
        yield Desk(root, daemon)


def in_place(note: Path, text: str) -> None:
    """Obsidian, and most editors: the file is cut to nothing, then written."""
    note.write_text(text, "utf-8")


def renamed_over(note: Path, text: str) -> None:
    """VS Code with some settings, vim with `backupcopy=auto`, most sync programs: a draft takes the note's place."""
    draft = note.with_name(f"{note.name}~{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(note)
