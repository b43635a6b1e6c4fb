"""Kills a process that writes into notes, again and again, and looks at every note after each time.

    python tests/trials/killed.py FOLDER KILLS [SEED]

Prints how often a note was not whole after a kill, how often healing put one back, and what is not whole then.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import filelock  # noqa: F401  (once for all the processes that are started)

from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Region
from vault_tools.parse.note import parse
from vault_tools.parse.regions import refresh
from vault_tools.publishing.refill import refill
from vault_tools.store import amending, contents, journal, state_folder
from vault_tools.store.heal import heal

HEAD, TAIL = (
    "# 笔记 {note}\r\n\r\n%% vault-tools:begin gaps %%\r\n",
    "%% vault-tools:end gaps %%\r\n\r\n手写的结尾 {note}\r\n",
)
SIZES = (3, 40, 900, 6_000, 60_000, 180_000)
"""The most lines of the region of each note: some hundred bytes to some megabytes."""


def empty(note: int) -> str:
    """Return a note with nothing in its region."""
    return HEAD.format(note=note) + TAIL.format(note=note)


def body(note: int, count: int) -> str:
    """Return what a region holds the so manieth time: it grows, and it shrinks."""
    lines = random.Random(f"{note} {count}").randrange(SIZES[note])
    return f"round {count}" + f"\n- {count} 第 {count * 7919} 行" * lines


def whole(note: int, count: int) -> bytes:
    """Return a note that was written the so manieth time."""
    around = HEAD.format(note=note), TAIL.format(note=note)
    text = f"\n{body(note, count)}\n\n".replace("\n", "\r\n") if count else ""
    return text.join(around).encode()


def check(note: int) -> None:
    """See to it that this is how a region is filled."""
    if refresh(empty(note), lambda _region: body(note, 1)) != whole(note, 1).decode():
        raise RuntimeError("this is not how a region is filled")


def is_whole(root: Path, note: int) -> bool:
    """Tell whether a note is one of those that it may be, to the byte."""
    held = (root / f"{note}.md").read_bytes()
    if held == whole(note, 0):
        return True
    words = held[:200].decode("utf-8", "replace").partition("round ")[2].split()
    return bool(words) and words[0].isdecimal() and held == whole(note, int(words[0]))


def said(text: str, _note: Note, _region: Region) -> str:
    """Return what every region is to hold."""
    return text


def work(root: Path, count: int) -> None:
    """Write into the notes for ever, as reports do and as `inject` does."""
    while True:
        for note in range(len(SIZES)):
            count += 1
            path = f"{note}.md"
            source = contents.read(root, path, Stamp(0, 0))
            if count % 3 == 0 and len(source.text) < 100_000:
                text = body(note, count)
                refill(root, [parse(source)], partial(said, text))
            else:
                amending.amend(root, path, source.digest, whole(note, count).decode(), "inject")


def kill_one(root: Path, count: int, seconds: float) -> None:
    """Start a process that writes, and kill it after a while."""
    pid = os.fork()
    if pid == 0:
        try:
            work(root, count)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise RuntimeError("the writer stopped by itself")  # or nothing would be tried


def main(place: Path, kills: int, seed: int = 1) -> dict[str, int]:
    """Try it in a new vault, and count."""
    root, state = place / "v", place / "state"
    root.mkdir(parents=True)
    state_folder.folder = lambda: state
    for note in range(len(SIZES)):
        (root / f"{note}.md").write_bytes(whole(note, 0))
        check(note)
    chance, counts = random.Random(seed), Counter({"torn": 0, "healed": 0, "left": 0, "not whole": 0, "stray": 0})
    for kill in range(kills):
        kill_one(root, kill * 100_000, chance.uniform(0.002, 0.12))
        counts["unfinished"] += len(journal.unfinished(root))
        counts["torn"] += sum(not is_whole(root, note) for note in range(len(SIZES)))
        states = [each.state for each in heal(root)]
        counts["healed"] += states.count("put-back")
        counts["left"] += states.count("left")
        counts["not whole"] += sum(not is_whole(root, note) for note in range(len(SIZES)))
        counts["stray"] += sum(file.suffix != ".md" or file.name.startswith(".") for file in root.iterdir())
        counts["kills"] += 1
        if kill % 20 == 0:
            shutil.rmtree(journal.place_of(root), ignore_errors=True)
    return dict(counts)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:]))) + "\n")
