"""A vault in which something happens all the time: the daemon takes no more of the machine in the end than at first."""

import os
import random
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from benchmarks import generate
from shared.beside import PAGES, Beside, agrees, beside
from shared.vaults import write

SECONDS = float(os.environ.get("VAULT_TOOLS_CHURN_SECONDS", "600"))
NOTES = int(os.environ.get("VAULT_TOOLS_CHURN_NOTES", "5000"))
LONG = 900.0
REGIONS = ("gaps", "next 5", "topic")


class Sample(NamedTuple):
    """What a process takes of the machine: bytes of memory, open files, threads."""

    memory: int
    files: int
    threads: int


def sample(process: psutil.Process) -> Sample:
    """Look at a process."""
    return Sample(process.memory_info().rss, process.num_fds(), process.num_threads())


class Churn:
    """Somebody, or something, that edits, makes, deletes and renames notes and folders."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.chance = random.Random(1)
        self._notes = sorted(path for path in root.rglob("*.md") if path.relative_to(root).parts[0] != PAGES)
        self.done = 0

    def step(self) -> None:
        """Do one thing."""
        self.done += 1
        kinds = [self._edit, self._create, self._delete, self._rename, self._move_folder, self._attach]
        self.chance.choices(kinds, [60, 14, 12, 12, 1, 1])[0]()

    def _any(self) -> int:
        return self.chance.randrange(len(self._notes))

    def _edit(self) -> None:
        note, other = self._notes[self._any()], self._notes[self._any()]
        text = note.read_text("utf-8") if self.chance.random() < 0.8 else "---\ntype: knowledge\n---\n"
        text = (
            f"{text[-4000:]}\nrequires:: [[{other.stem}]] 改 {self.done} [[Not written {self.chance.randrange(90)}]]\n"
        )
        if self.chance.random() < 0.01:
            kind = self.chance.choice(REGIONS)
            text += f"\n%% vault-tools:begin {kind} %%\n%% vault-tools:end {kind} %%\n"
        draft = note.with_name(".draft.tmp") if self.chance.random() < 0.5 else note
        draft.write_text(text, "utf-8")
        draft.replace(note)

    def _create(self) -> None:
        note = self._notes[self._any()].with_name(f"新 {self.done}.md")
        note.write_text(f"[[{self._notes[self._any()].stem}]] #标签\n", "utf-8")
        self._notes.append(note)

    def _delete(self) -> None:
        self._notes.pop(self._any()).unlink()

    def _rename(self) -> None:
        at = self._any()
        self._notes[at] = self._notes[at].rename(self._notes[at].with_name(f"名 {self.done}.md"))

    def _move_folder(self) -> None:
        folder = self._notes[self._any()].parent
        moved = folder.rename(folder.with_name(f"Area {self.done} 移"))
        self._notes = [moved / note.name if note.parent == folder else note for note in self._notes]

    def _attach(self) -> None:
        write(self._root, {f"图/{self.done % 50}.png": b"\x89PNG"})


@pytest.mark.slow
def test_a_daemon_that_works_for_long_uses_no_more_memory_files_or_threads(tmp_path: Path) -> None:
    """Memory, open files and threads stay as they are; the vault is right in the end, and the daemon rests."""
    root = tmp_path / "v"
    generate.write(root, NOTES)
    write(root, {"vault-tools.toml": "[watch]\ngraph_minutes = 0\n"})
    with beside(root, tmp_path / "home", None, "--verbose", begun=False) as daemon:
        daemon.wait_for(lambda: daemon.rounds, "it began", LONG)
        daemon.rest(calm=7.0, seconds=LONG)
        samples, churn = churned(daemon, root)
        rounds = daemon.rest(calm=7.0, seconds=LONG)
        agrees(daemon, graph=True, seconds=LONG)
        second, last = (Sample(*map(statistics.median, zip(*fifth, strict=True))) for fifth in fifths(samples))
        told = f"{churn.done} deeds, {rounds} rounds, {len(samples)} samples: {second} to {last}"
        print(told)  # noqa: T201  (figures, with -s)
        assert last.memory < 1.15 * second.memory, told
        assert last.files <= second.files + 1, told
        assert last.threads <= second.threads, told


def churned(daemon: Beside, root: Path) -> tuple[list[Sample], Churn]:
    """Let things happen, several a second, and look at the daemon every second."""
    process, churn, samples = psutil.Process(daemon.process.pid), Churn(root), list[Sample]()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        samples.append(sample(process))
        for _ in range(churn.chance.randrange(1, 9)):
            churn.step()
            time.sleep(0.01)
        time.sleep(1.0 if churn.chance.random() < 0.96 else 7.0)  # now and then all is quiet for a while
    return samples, churn


def fifths(samples: list[Sample]) -> tuple[list[Sample], list[Sample]]:
    """Return the second and the last of five parts, when all has been in use that will be."""
    size = len(samples) // 5
    return samples[size : 2 * size], samples[-size:]
