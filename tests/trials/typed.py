"""Types into a note while its region is refreshed, and looks whether every line is there in the end.

    python tests/trials/typed.py FOLDER WAY TRIES

A WAY is how an editor saves: `truncate`, `rename`, `append`, each after it has read the note again, as one that merges;
`buffer`: it reads once, and saves all that it has each time, as one that does not.
"""

import contextlib
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import filelock  # noqa: F401  (before it counts)

from vault_tools.model.change import Stamp
from vault_tools.store import amending, contents, state_folder

BEGIN, END = "%% vault-tools:begin gaps %%\n", "%% vault-tools:end gaps %%\n"
NOTE = f"# 笔记\n{BEGIN}{END}" + "原有的一行\n" * 400
WAYS = ("truncate", "rename", "append", "buffer")


def line(number: int) -> str:
    """Return what is typed the so manieth time."""
    return f"打的第 {number} 行，共 {number * 7}\n"


def save(note: Path, way: str, text: str, new: str) -> None:
    """Save a note as an editor does."""
    if way == "append":
        with note.open("a", encoding="utf-8", newline="") as file:
            file.write(new)
    elif way == "rename":
        draft = note.with_name(".draft")
        draft.write_text(text + new, "utf-8", newline="")
        draft.replace(note)
    else:
        note.write_text(text + new, "utf-8", newline="")


def type_into(note: Path, way: str, tries: int) -> None:
    """Type so many lines, quickly and unevenly."""
    chance, buffer = random.Random(way), note.read_text("utf-8")
    for number in range(tries):
        text = buffer if way == "buffer" else note.read_text("utf-8")
        time.sleep(chance.choice((0, 0, 0.0002, 0.001)))
        save(note, way, text, line(number))
        buffer += line(number)
        time.sleep(chance.choice((0.0005, 0.001, 0.003, 0.006)))


def refreshed(text: str, count: int) -> str:
    """Return a note with another region: longer or shorter than it was."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    return head + begin + f"round {count}\n" * (count % 50 + 1) + end + tail if end else text


def main(place: Path, way: str, tries: int) -> dict[str, int]:
    """Refresh a region for as long as a second process types, and count the lines that are lost."""
    root, state = place / "v", place / "state"
    root.mkdir(parents=True)
    state_folder.folder = lambda: state
    (root / "N.md").write_text(NOTE, "utf-8", newline="")
    pid = os.fork()
    if pid == 0:
        code = 1
        with contextlib.suppress(Exception):
            type_into(root / "N.md", way, tries)
            code = 0
        os._exit(code)
    states: Counter[str] = Counter()
    ended = 0
    while not ended:
        count = states.total()
        source = contents.read(root, "N.md", Stamp(0, 0))
        states[amending.amend(root, "N.md", source.digest, refreshed(source.text, count))] += 1
        ended, status = os.waitpid(pid, os.WNOHANG)
    if status:
        raise RuntimeError("the typist stopped")
    held = (root / "N.md").read_text("utf-8")
    lines = Counter(held.splitlines(keepends=True))
    lost = sum(lines[line(number)] != 1 for number in range(tries)) + (400 - lines["原有的一行\n"])
    return {"tries": tries, "lost": lost, **states}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))) + "\n")
