"""`--read-only`: no command writes anything into the vault."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from shared.read_only import NOTES, READ_ONLY_MOUNT, environment, in_namespace, state
from shared.vaults import MakeVault, Run, pages, write

from vault_tools.store import contents, journal, places, untouched
from vault_tools.store.heal import heal

READS: dict[str, Sequence[str]] = {
    "report": ["report", "{vault}"],
    "report --output": ["report", "{vault}", "--output", "{out}"],
    "report --json": ["report", "{vault}", "--json", "--no-cache"],
    "graph --output": ["graph", "{vault}", "--output", "{out}.html"],
    "export": ["export", "{vault}", "--format", "json", "-o", "{out}.json"],
    "path": ["path", "Other", "Plain", "--vault", "{vault}"],
    "why": ["why", "Plain", "--vault", "{vault}"],
    "next": ["next", "{vault}"],
    "stats": ["stats", "{vault}"],
    "check": ["check", "{vault}"],
    "status": ["status", "{vault}"],
    "init --dry-run": ["init", "{vault}", "--dry-run"],
    "inject --dry-run": ["inject", "{vault}", "--dry-run"],
    "undo --list": ["undo", "--vault", "{vault}", "--list"],
    "undo --dry-run": ["undo", "--vault", "{vault}", "--dry-run"],
}
WRITES: dict[str, Sequence[str]] = {
    "graph": ["graph", "{vault}"],
    "init": ["init", "{vault}"],
    "new": ["new", "knowledge", "Thing", "--vault", "{vault}"],
    "inject": ["inject", "{vault}"],
    "undo": ["undo", "--vault", "{vault}"],
    "watch": ["watch", "{vault}"],
    "service install": ["service", "install", "{vault}"],
    "export -o inside": ["export", "{vault}", "--format", "json", "-o", "{vault}/x.json"],
    "graph -o inside": ["graph", "{vault}", "-o", "{vault}/x.html"],
}


def words(command: Sequence[str], root: Path, out: Path) -> list[str]:
    """A command with its vault, and a place outside."""
    return [word.format(vault=root, out=out) for word in command]


@pytest.fixture(autouse=True)
def kept_no_longer() -> Iterator[None]:
    """What one test keeps as it is is no business of the next."""
    yield
    untouched._ROOTS.clear()


def slow(name: str) -> ParameterSet:
    """A case that is tried with -m slow only."""
    return pytest.param(name, marks=pytest.mark.slow)


@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize("name", READS)
def test_a_command_that_only_shows_something_changes_nothing_in_the_vault(
    name: str, where: str, vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """No file, folder, mode or time; --read-only may stand before the command or behind it."""
    root = vault(NOTES)
    before = state(root)
    command = words(READS[name], root, tmp_path / "out")
    result = run(*(["--read-only", *command] if where == "before" else [*command, "--read-only"]))
    assert result.exit_code == (1 if name in {"status", "undo --dry-run"} else 0), result.output
    assert state(root) == before


@pytest.mark.parametrize("name", WRITES)
def test_a_command_that_would_write_is_refused_with_read_only(
    name: str, vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """In one line."""
    root = vault(NOTES)
    before = state(root)
    result = run(*words(WRITES[name], root, tmp_path / "out"), "--read-only")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--read-only" in result.stderr
    assert state(root) == before


def test_a_read_only_report_shows_its_figures_and_says_that_it_wrote_nothing(vault: MakeVault, run: Run) -> None:
    """And how to have the pages."""
    root = vault(NOTES)
    result = run("report", root, "--read-only")
    assert "v: 4 notes" in result.stdout
    assert "not refreshed" in result.stdout
    assert "--output FOLDER" in result.stdout
    run("report", root)
    assert "Overview.md" in pages(root)


def torn(root: Path) -> bytes:
    """Leave a note as a kill in the middle of a writing would, and return what it holds."""
    note = root / "Plain.md"
    old = b"old " * 400
    new = b"new " * 400
    note.write_bytes(old)
    root = places.check(root)
    change = journal.Change("", "Plain.md", contents.digest_of(old), contents.digest_of(new), 0, "report")
    journal.keep(root, change, old, new)
    note.write_bytes(new[:512] + old[512:])
    return note.read_bytes()


@pytest.mark.parametrize("name", READS)
def test_a_torn_note_is_not_repaired_with_read_only(name: str, vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """The next run that may write does it."""
    root = vault(NOTES)
    held = torn(root)
    before = state(root)
    run(*words(READS[name], root, tmp_path / "out"), "--read-only")
    assert state(root) == before
    untouched.release(places.check(root))
    assert [each.state for each in heal(places.check(root))] == ["put-back"]
    assert (root / "Plain.md").read_bytes() != held


@pytest.mark.skipif(sys.platform == "win32", reason="the folders are set otherwise")
@pytest.mark.parametrize("name", [name if name in {"report", "status"} else slow(name) for name in READS])
def test_read_only_writes_no_cache_and_no_state_inside_the_vault(name: str, vault: MakeVault, tmp_path: Path) -> None:
    """As where the vault is a whole home folder."""
    root = vault(NOTES)
    before = state(root)
    inside = {"XDG_CACHE_HOME": str(root / ".cache"), "XDG_STATE_HOME": str(root / ".state"), "HOME": str(root)}
    process(words(READS[name], root, tmp_path / "out"), environment(root, **inside), tmp_path)
    assert state(root) == before


def process(command: Sequence[str], env: dict[str, str], cwd: Path, before: Sequence[str] = ()) -> str:
    """Run a command with --read-only in a process of its own, and return what it printed."""
    line = [*before, sys.executable, "-m", "vault_tools", "--read-only", *command]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=120, check=False, env=env, cwd=cwd)
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


CHANGES = (
    "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,"
    "chmod,fchmod,fchmodat,chown,fchown,fchownat,utimensat,truncate,ftruncate,mknod,mknodat,setxattr,fsetxattr"
)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed; the audit hook looks on then")
@pytest.mark.parametrize("name", ["report", *map(slow, ["report --output", "inject --dry-run", "check"])])
def test_with_read_only_the_system_sees_no_call_that_writes_into_the_vault(
    name: str, vault: MakeVault, tmp_path: Path
) -> None:
    """Of the process and all its children; not even one that fails."""
    root, log = vault(NOTES), tmp_path / "calls"
    calls = ["strace", "-f", "-y", "-o", str(log), "-e", f"trace={CHANGES}"]
    said = process(words(READS[name], root, tmp_path / "out"), environment(root), tmp_path, calls)
    if "ptrace" in said or not log.is_file():
        pytest.skip("strace may not be used here")
    inside = [line for line in log.read_text("utf-8", "replace").splitlines() if str(root) in line]
    assert any("openat(" in line for line in inside)
    reading = re.compile(r"open(?:at)?\(.*O_RDONLY")
    assert [line for line in inside if not reading.search(line) or "O_CREAT" in line or "O_TRUNC" in line] == []


HOOK = """
import os, sys

LOG = os.environ["VAULT_TOOLS_CALLS"]
READING = {"os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.getxattr", "os.listxattr"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
busy = []


def writes(event, args):
    if event == "open":
        return bool(set(str(args[1] or "")) & set("wax+") or (args[2] or 0) & WRITING)
    return event.split(".")[0] in {"os", "shutil", "tempfile", "sqlite3"} and event not in READING


def hook(event, args):
    if busy or not writes(event, args):
        return
    busy.append(1)
    handle = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{event} {args}\\n".encode("utf-8", "backslashreplace"))
    os.close(handle)
    busy.clear()


sys.addaudithook(hook)
"""


@pytest.mark.parametrize("name", ["report", *map(slow, ["report --output", "graph --output", "export", "check"])])
def test_with_read_only_python_sees_no_call_that_writes_into_the_vault(
    name: str, vault: MakeVault, tmp_path: Path
) -> None:
    """Of the process and all its children; on every system."""
    root, log = vault(NOTES), tmp_path / "calls"
    write(tmp_path, {"hook/sitecustomize.py": HOOK})
    more = {"PYTHONPATH": str(tmp_path / "hook"), "VAULT_TOOLS_CALLS": str(log)}
    process(words(READS[name], root, tmp_path / "out"), environment(root, **more), tmp_path)
    lines = log.read_text("utf-8").splitlines()
    assert lines  # the cache beside the vault, for one
    assert [line for line in lines if str(root) in line] == []


def test_a_vault_on_a_read_only_mount_can_be_read(vault: MakeVault, tmp_path: Path) -> None:
    """The pages go elsewhere, the figures to the screen, and no error is met."""
    root = vault(NOTES)
    said = in_namespace(
        READ_ONLY_MOUNT
        + '"$PY" -m vault_tools report "$V" --output "$T/out" && "$PY" -m vault_tools report "$V" --read-only',
        root,
        tmp_path,
    )
    assert said.count("v: 4 notes") == 2
    assert said.endswith("exit 0")
    assert "Warning" not in said
    assert len(list((tmp_path / "out").iterdir())) == 6
