"""A two-way sync of two folders, as a sync program does it: what changed on one side goes to the other."""

import os
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Literal

Form = Literal["NFC", "NFD"]
PRIVATE = (".obsidian/",)
"""What stays on its device."""


class Sync:
    """Two folders that are kept alike; names are spelled in the form of each, and contents are the same."""

    def __init__(self, *sides: tuple[Path, Form]) -> None:
        """Each side is a folder and the form of its names, `NFC` or `NFD`."""
        self.sides = sides
        self.moved: Counter[str] = Counter()
        """How often each file went from one side to the other."""
        self._last: dict[str, bytes] = {}

    def turn(self) -> int:
        """Bring both sides together once, and return how many files moved."""
        here, there = (self._contents(root) for root, _ in self.sides)
        before = self.moved.total()
        for name in sorted(here.keys() | there.keys()):
            one, other, last = here.get(name), there.get(name), self._last.get(name)
            if one == other:
                self._settle(name, one)
            elif other == last or (one != last and self._is_newer(name)):
                self._move(name, one, 1)
            else:
                self._move(name, other, 0)
        return self.moved.total() - before

    def _is_newer(self, name: str) -> bool:
        """Tell whether the first side has what was written last; what is gone gives way."""
        times = [path.stat().st_mtime_ns if path.exists() else 0 for path in map(self._place, (0, 1), (name, name))]
        return times[0] >= times[1]

    def _place(self, side: int, name: str) -> Path:
        root, form = self.sides[side]
        return root / unicodedata.normalize(form, name)

    def _move(self, name: str, data: bytes | None, to: int) -> None:
        source, target = self._place(1 - to, name), self._place(to, name)
        if data is None:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(".sync.tmp")
            draft.write_bytes(data)
            if source.exists():
                shutil.copystat(source, draft)
            os.replace(draft, target)  # noqa: PTH105
        self.moved[name] += 1
        self._settle(name, data)

    def _settle(self, name: str, data: bytes | None) -> None:
        if data is None:
            self._last.pop(name, None)
        else:
            self._last[name] = data

    @staticmethod
    def _contents(root: Path) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for path in root.rglob("*"):
            name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
            if path.is_file() and not name.startswith(PRIVATE) and not path.name.startswith("."):
                found[name] = path.read_bytes()
        return found
