"""Whatever is done to a vault, and however fast: in the end it stands there as a fresh report would have left it."""

# ruff: noqa: D102  (a rule is named for what it does)

import os
import random
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from shared.beside import PAGES, QUICK, Beside, agrees, beside
from shared.vaults import write

pytestmark = pytest.mark.ci

SECONDS = float(os.environ.get("VAULT_TOOLS_MACHINE_SECONDS", "300"))
"""How long the slow one goes on."""
TYPED = ("Logs", "知识")
FOLDERS = ("", "Logs", "知识", "项目/甲", "Archive (old)", "a b/[c]", "Cafe\u0301")
NAMES = ("量化", "剪枝 与 蒸馏", "Café", "Cafe\u0301", "note", "Note", "[draft] x", "a (b)", "C#, 100 %", "2024-05-06")
REGIONS = ("gaps", "next", "topic")
SETTINGS = "[inject]\nquiet = 0.2\n\n[watch]\ngraph_minutes = 0\n\n" + '[folders]\nlog = "Logs"\nknowledge = "知识"\n\n'
OURS = (
    SETTINGS,
    'language = "zh"\n' + SETTINGS,
    SETTINGS + '[reports]\nlimit = 3\nlinks = "wikilink"\n',
    SETTINGS + '[[rules]]\nfolder = "项目"\ntype = "project"\n',
    'skip = ["Archive"]\n' + SETTINGS,
)
OBSIDIANS = (
    {"app.json": "{}"},
    {"app.json": '{"userIgnoreFilters": ["Archive (old)/"], "newLinkFormat": "relative"}'},
    {"app.json": '{"useMarkdownLinks": true}', "types.json": '{"types": {"rating": "number"}}'},
    {"app.json": "{broken"},
)
FILES = {"vault-tools.toml": OURS[0], ".obsidian/app.json": "{}", "量化.md": "[[剪枝]]\n", "Logs/旧.md": "[[量化]]\n"}

places = st.integers(0, 10_000)
names = st.sampled_from(NAMES)
somewhere = st.sampled_from(FOLDERS)
lines = st.sampled_from(
    [
        *(f"[[{name}]]" for name in NAMES),
        *(
            "requires:: [[量化]]",
            "![[图.png]]",
            "learned:: [[剪枝 与 蒸馏]] 90 分钟",
            "problem:: [[缺]]",
            "#标签",
            "# 题",
        ),
        *("---\ntype: knowledge\n---", "[x](Caf%C3%A9.md)", "[[Archive (old)/note|旧]]", "date:: 2024-05-06"),
    ]
)
texts = st.lists(lines, min_size=1, max_size=4).map("\n".join)


class Desk(RuleBasedStateMachine):
    """Somebody who works in a vault, and a daemon beside it that is never asked to wait."""

    root: ClassVar[Path]
    daemon: ClassVar[Beside]
    steps: ClassVar[int] = 0

    @initialize()
    def begin_anew(self) -> None:
        for each in self.root.iterdir():
            if each.is_dir() and each.name not in {PAGES, ".obsidian"}:
                shutil.rmtree(each)
            elif each.is_file():
                each.unlink()
        write(
            self.root,
            {"vault-tools.toml": OURS[0], "量化.md": "[[剪枝]]\n", "Logs/2024-05-01.md": "learned:: [[量化]]\n"},
        )
        write(self.root, {f".obsidian/{name}": text for name, text in OBSIDIANS[0].items()})

    # ---------------------------------------------------------------- what there is

    @property
    def notes(self) -> list[Path]:
        return [path for path in self.files if path.suffix == ".md"]

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.everything if path.is_file() and path.name != "vault-tools.toml")

    @property
    def folders(self) -> list[Path]:
        return sorted(path for path in self.everything if path.is_dir())

    @property
    def everything(self) -> Iterator[Path]:
        for path in self.root.rglob("*"):
            first = path.relative_to(self.root).parts[0]
            if first != PAGES and not first.startswith("."):
                yield path

    def free(self, folder: str | Path, name: str) -> Path | None:
        """Return a place where nothing stands yet; None if something does."""
        place = self.root / folder / name
        if place.exists():
            return None
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    # ---------------------------------------------------------------- what is done

    @rule(folder=somewhere, name=names, text=texts)
    def create(self, folder: str, name: str, text: str) -> None:
        type(self).steps += 1
        if place := self.free(folder, f"{name}.md"):
            place.write_text(text, "utf-8")

    @rule(folder=st.sampled_from(TYPED), name=names, text=st.sampled_from(["", "\n", "\r\n"]))
    def create_empty(self, folder: str, name: str, text: str) -> None:
        """Of a name that was never there: a note that goes and comes back at once may be an old one, emptied."""
        type(self).steps += 1
        if place := self.free(folder, f"{name} 新{self.steps}.md"):
            place.write_bytes(text.encode())

    @rule(folder=somewhere, name=names)
    def attach(self, folder: str, name: str) -> None:
        type(self).steps += 1
        if place := self.free(folder, f"{name}.png"):
            place.write_bytes(b"\x89PNG")

    @precondition(lambda self: self.notes)
    @rule(at=places, text=texts, way=st.sampled_from(["in place", "renamed over", "made anew", "appended"]))
    def edit(self, at: int, text: str, way: str) -> None:
        type(self).steps += 1
        note = self.notes[at % len(self.notes)]
        if way == "appended":
            with note.open("a", encoding="utf-8") as file:
                file.write(f"\n{text}")
            return
        if way == "made anew":
            note.unlink()
        place = note.with_name(".draft.tmp") if way == "renamed over" else note
        place.write_text(text, "utf-8")
        place.replace(note)

    @precondition(lambda self: self.notes)
    @rule(at=places, kind=st.sampled_from(REGIONS))
    def add_region(self, at: int, kind: str) -> None:
        type(self).steps += 1
        with self.notes[at % len(self.notes)].open("a", encoding="utf-8") as file:
            file.write(f"\n\n%% vault-tools:begin {kind} %%\n%% vault-tools:end {kind} %%\n")

    @precondition(lambda self: self.files)
    @rule(at=places, name=names)
    def rename(self, at: int, name: str) -> None:
        type(self).steps += 1
        file = self.files[at % len(self.files)]
        if place := self.free(file.parent, name + file.suffix):
            file.rename(place)

    @precondition(lambda self: self.files)
    @rule(at=places, spell=st.sampled_from([str.swapcase, lambda name: unicodedata.normalize("NFD", name)]))
    def spell_otherwise(self, at: int, spell: Callable[[str], str]) -> None:
        type(self).steps += 1
        file = self.files[at % len(self.files)]
        if place := self.free(file.parent, spell(file.stem) + file.suffix):
            file.rename(place)

    @precondition(lambda self: self.files)
    @rule(at=places, folder=somewhere)
    def move(self, at: int, folder: str) -> None:
        type(self).steps += 1
        file = self.files[at % len(self.files)]
        if place := self.free(folder, file.name):
            file.rename(place)

    @precondition(lambda self: self.folders)
    @rule(at=places, name=names)
    def rename_folder(self, at: int, name: str) -> None:
        type(self).steps += 1
        folder = self.folders[at % len(self.folders)]
        if place := self.free(folder.parent, name):
            folder.rename(place)

    @precondition(lambda self: self.files)
    @rule(at=places, keep=st.booleans())
    def delete(self, at: int, keep: bool) -> None:  # noqa: FBT001
        """As Obsidian does: for good, or into the trash of the vault."""
        type(self).steps += 1
        file = self.files[at % len(self.files)]
        (self.root / ".trash").mkdir(exist_ok=True)
        if keep:
            file.replace(self.root / ".trash" / file.name)
        else:
            file.unlink()

    @precondition(lambda self: self.folders)
    @rule(at=places)
    def delete_folder(self, at: int) -> None:
        type(self).steps += 1
        shutil.rmtree(self.folders[at % len(self.folders)])

    @rule(seed=places)
    def check_out(self, seed: int) -> None:
        """As git does with another branch: thirty files are changed, made and deleted at once."""
        type(self).steps += 1
        chance, notes = random.Random(seed), self.notes
        for note in chance.sample(notes, min(20, len(notes))):
            note.unlink()
        for note in chance.sample(notes, min(10, len(notes))):
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(f"[[{chance.choice(NAMES)}]] 换 {seed}\n", "utf-8")
        for at in range(10):
            folder, name = chance.choice(FOLDERS), chance.choice(NAMES)
            write(self.root, {f"{folder}/{name} 分支{at}.md".lstrip("/"): f"[[{chance.choice(NAMES)}]] {seed}\n"})

    @rule(text=st.sampled_from(OURS))
    def set_ours(self, text: str) -> None:
        type(self).steps += 1
        (self.root / "vault-tools.toml").write_text(text, "utf-8")

    @rule(texts=st.sampled_from(OBSIDIANS))
    def set_obsidian(self, texts: dict[str, str]) -> None:
        type(self).steps += 1
        write(self.root, {f".obsidian/{name}": text for name, text in texts.items()})

    @rule(seconds=st.floats(0.0, 0.4))
    def pause(self, seconds: float) -> None:
        """So that what follows falls between two rounds, or into the middle of one."""
        time.sleep(seconds)

    # ---------------------------------------------------------------- what must hold

    @rule()
    def compare(self) -> None:
        agrees(self.daemon, typed=TYPED)

    def teardown(self) -> None:
        agrees(self.daemon, typed=TYPED)


@contextmanager
def at_a_desk(place: Path) -> Iterator[type[Desk]]:
    """Make a vault with a daemon beside it; in the end, the page of the graph must be right, too."""
    root = place / "我的 vault"
    write(root, FILES)
    with beside(root, place / "home", replace(QUICK, graph=2.0)) as daemon:
        Desk.root, Desk.daemon, Desk.steps = root, daemon, 0
        yield Desk
        agrees(daemon, graph=True, typed=TYPED)
        daemon.rest()


def run(machine: type[Desk], examples: int, steps: int, *, derandomize: bool) -> None:
    """Run a machine; an example that fails is told as it is, for to make it smaller takes a minute for each try."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=derandomize,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_after_any_edits_the_daemon_leaves_the_vault_as_a_fresh_report_does(tmp_path: Path) -> None:
    """Pages and notes, byte for byte."""
    with at_a_desk(tmp_path) as machine:
        run(machine, examples=6, steps=20, derandomize=True)
        assert machine.steps > 30


@pytest.mark.slow
def test_after_minutes_of_edits_the_daemon_leaves_the_vault_as_a_fresh_report_does(tmp_path: Path) -> None:
    """The same, at length, and by chance."""
    with at_a_desk(tmp_path) as machine:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            run(machine, examples=5, steps=50, derandomize=False)
            agrees(machine.daemon, graph=True, typed=TYPED)
        print(f"{machine.steps} steps, {machine.daemon.rounds} rounds")  # noqa: T201  (figures, with -s)
