"""Pages outside the vault, a vault that stays as it is, and a disk that takes nothing."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest
from _pytest.mark.structures import ParameterSet
from shared.vaults import MakeVault, Run, pages, write

from vault_tools import Vault
from vault_tools.errors import ReadOnlyError, reason
from vault_tools.model.change import Page
from vault_tools.model.speech import english
from vault_tools.store import disk, journal, untouched
from vault_tools.store.heal import heal

REGION = "%% vault-tools:begin gaps %%\nold\n%% vault-tools:end gaps %%\n"
NOTES = {
    "Plain.md": f"---\ntype: knowledge\nrequires: ['[[Gone]]']\n---\n{REGION}",
    "Other.md": "---\ntype: core-topic\ncontains: ['[[Plain]]', '[[Gone]]']\n---\n",
    "Logs/2024-05-06.md": "---\ntype: log\ndate: 2024-05-06\nlearned: ['[[Plain]]']\n---\n",
    "K/Empty.md": "",
    "vault-tools.toml": '[folders]\nknowledge = "K"\n',
}
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


def state(root: Path) -> dict[str, tuple[int, ...]]:
    """All that a write would change of a folder and of what lies below it: which file it is, its mode, its times."""
    found: dict[str, tuple[int, ...]] = {}
    for path in (root, *root.rglob("*")):
        status = path.lstat()
        numbers = status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        found[str(path)] = (*numbers, status.st_nlink)
    return found


def words(command: Sequence[str], root: Path, out: Path) -> list[str]:
    """A command with its vault, and a place outside."""
    return [word.format(vault=root, out=out) for word in command]


def environment(root: Path, **more: str) -> dict[str, str]:
    """What a process of its own gets: cache and state beside the vault, not in it."""
    places = {name: str(root.parent / name) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")}
    return {**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1", **more}


@pytest.fixture(autouse=True)
def kept_no_longer() -> Iterator[None]:
    """What one test keeps as it is is no business of the next."""
    yield
    untouched._ROOTS.clear()


def slow(name: str) -> ParameterSet:
    """A case that is tried with -m slow only."""
    return pytest.param(name, marks=pytest.mark.slow)


# ---------------------------------------------------------------- pages in another folder


def test_report_writes_its_pages_into_another_folder_and_nothing_into_the_vault(
    vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """The folder is made; the second time nothing is written there; regions stay as they are, and that is said."""
    root, out = vault(NOTES), tmp_path / "a" / "b"
    before = state(root)
    result = run("report", root, "--output", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "6 of 6 written" in result.stdout
    assert "not refreshed" in result.stdout
    names = ["Gaps.md", "Learning.md", "Orphans.md", "Overview.md", "graph.html", "learning.svg"]
    assert sorted(path.name for path in out.iterdir()) == names
    written = state(out)
    assert "(6 pages, none changed)" in run("report", root, "-o", out).stdout
    assert state(out) == written
    assert state(root) == before


def test_links_of_pages_outside_lead_to_each_other_and_into_the_vault(
    vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """No wikilinks, which only work in a vault; notes open in Obsidian, in the vault used last: no page names one."""
    root, out = vault({**NOTES, "vault-tools.toml": '[reports]\nlinks = "wikilink"\n'}), tmp_path / "out"
    run("report", root, "--output", out)
    texts = {path: path.read_text("utf-8") for path in out.glob("*.md")}
    links = [link for text in texts.values() for link in re.findall(r"\]\(([^)]+)\)", text)]
    beside = [unquote(link).partition("#")[0] for link in links if not link.startswith(("obsidian:", "#"))]
    assert {"Gaps.md", "./graph.html", "learning.svg"} <= set(beside)
    assert [link for link in beside if not (out / link).is_file()] == []
    into = [link for link in links if link.startswith("obsidian:")]
    assert into
    assert [link for link in into if not link.startswith("obsidian://open?file=")] == []
    assert [path.name for path, text in texts.items() if "[[" in text] == []
    for text in texts.values():
        headings = {re.sub(r"[^\w-]", "", line[3:].lower().replace(" ", "-")) for line in text.splitlines()}
        assert {unquote(link) for link in re.findall(r"\]\(#([^)]+)\)", text)} <= headings
    assert "](#" in texts[out / "Gaps.md"]


def test_a_foreign_file_in_the_other_folder_stays(vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """The other pages are written beside it."""
    root, out = vault(NOTES), tmp_path / "out"
    write(out, {"Gaps.md": "mine", "Mine.md": "mine"})
    result = run("report", root, "--output", out)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "Gaps.md was not written by vault-tools" in result.stderr
    assert (out / "Gaps.md").read_text() == (out / "Mine.md").read_text() == "mine"
    assert "5 of 6 written" in result.stdout


@pytest.mark.parametrize("way", ["", "new/below", "../v", "link"])
def test_a_folder_in_the_vault_is_refused(way: str, vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """By whatever way it is named."""
    root = vault(NOTES)
    before = state(root)
    out = root / way
    if way == "link":
        out = tmp_path / "link"
        out.symlink_to(root / "K", target_is_directory=True)
    result = run("report", root, "--output", out)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "is in the vault" in result.stderr
    assert state(root) == before


def test_a_folder_that_cannot_be_made_hides_no_figures(vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """A file is in its place."""
    root = vault(NOTES)
    write(tmp_path, {"file": "x"})
    result = run("report", root, "--output", tmp_path / "file" / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "v: 4 notes" in result.stdout


# ---------------------------------------------------------------- --read-only


@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize("name", READS)
def test_a_command_that_shows_something_changes_nothing_in_the_vault(
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
def test_a_command_that_would_write_into_the_vault_says_so_and_does_not(
    name: str, vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """In one line."""
    root = vault(NOTES)
    before = state(root)
    result = run(*words(WRITES[name], root, tmp_path / "out"), "--read-only")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--read-only" in result.stderr
    assert state(root) == before


def test_report_shows_its_figures_and_says_that_nothing_is_written(vault: MakeVault, run: Run) -> None:
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
    root = disk.check(root)
    change = journal.Change("", "Plain.md", disk.digest_of(old), disk.digest_of(new), 0, "report")
    journal.keep(root, change, old, new)
    note.write_bytes(new[:512] + old[512:])
    return note.read_bytes()


@pytest.mark.parametrize("name", READS)
def test_a_torn_note_is_not_put_back(name: str, vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """The next run that may write does it."""
    root = vault(NOTES)
    held = torn(root)
    before = state(root)
    run(*words(READS[name], root, tmp_path / "out"), "--read-only")
    assert state(root) == before
    untouched.release(disk.check(root))
    assert [each.state for each in heal(disk.check(root))] == ["put-back"]
    assert (root / "Plain.md").read_bytes() != held


DIGEST = disk.digest_of(b"old")
WRITERS: dict[str, Callable[[Path], object]] = {
    "write": lambda root: disk.write(root, Page("a/Overview.md", "x"), ()),
    "create": lambda root: disk.create(root, "a/New.md", "x"),
    "write_out": lambda root: disk.write_out(root / "x.json", ["x"], root, (), force=True),
    "amend": lambda root: disk.amend(root, "Old.md", DIGEST, "new"),
    "put_back": lambda root: disk.put_back(root, "Old.md", b"old", b"new", root / "x"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_refuses_a_vault_that_is_to_stay_as_it_is(name: str, vault: MakeVault) -> None:
    """Whoever calls it."""
    root = disk.check(vault({"Old.md": "old"}))
    before = state(root)
    untouched.keep(root)
    with pytest.raises(ReadOnlyError):
        WRITERS[name](root)
    assert state(root) == before
    untouched.release(root)
    WRITERS[name](root)
    assert state(root) != before


def test_all_that_opens_a_file_for_writing_is_known() -> None:
    """A new writer in the module that writes into vaults must ask, too: these are the ones that do."""
    text = Path(disk.__file__).read_text("utf-8")
    functions = re.split(r"^def ", text, flags=re.MULTILINE)[1:]
    asking = {body.partition("(")[0] for body in functions if "untouched.check(" in body}
    assert asking == set(WRITERS)
    public = {body.partition("(")[0] for body in functions if not body.startswith("_")}
    writing = r"_replace\(|_fresh\(|_name\(|_make_folders\(|_amend\(|_write_over\(|\.unlink\(|\.mkdir\("
    assert {body.partition("(")[0] for body in functions if re.search(writing, body)} & public == set(WRITERS)


@pytest.mark.skipif(sys.platform == "win32", reason="the folders are set otherwise")
@pytest.mark.parametrize("name", [name if name in {"report", "status"} else slow(name) for name in READS])
def test_cache_and_state_in_the_vault_are_not_written_either(name: str, vault: MakeVault, tmp_path: Path) -> None:
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


# ---------------------------------------------------------------- proven by the system

CHANGES = (
    "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,"
    "chmod,fchmod,fchmodat,chown,fchown,fchownat,utimensat,truncate,ftruncate,mknod,mknodat,setxattr,fsetxattr"
)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed; the audit hook looks on then")
@pytest.mark.parametrize("name", ["report", *map(slow, ["report --output", "inject --dry-run", "check"])])
def test_the_system_sees_no_call_that_could_write_into_the_vault(name: str, vault: MakeVault, tmp_path: Path) -> None:
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
def test_python_sees_no_call_that_could_write_into_the_vault(name: str, vault: MakeVault, tmp_path: Path) -> None:
    """Of the process and all its children; on every system."""
    root, log = vault(NOTES), tmp_path / "calls"
    write(tmp_path, {"hook/sitecustomize.py": HOOK})
    more = {"PYTHONPATH": str(tmp_path / "hook"), "VAULT_TOOLS_CALLS": str(log)}
    process(words(READS[name], root, tmp_path / "out"), environment(root, **more), tmp_path)
    lines = log.read_text("utf-8").splitlines()
    assert lines  # the cache beside the vault, for one
    assert [line for line in lines if str(root) in line] == []


def in_namespace(script: str, root: Path, tmp_path: Path) -> str:
    """Run a script where we may mount; the test is skipped where the system does not let us."""
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare here")
    probe = ["unshare", "-Urm", "sh", "-c", f"mount --bind {root} {root} && mount -o remount,bind,ro {root}"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no user namespace with mounts is to be had here")
    line = ["unshare", "-Urm", "sh", "-c", script]
    env = environment(root, V=str(root), T=str(tmp_path), PY=sys.executable)
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=240, check=False, env=env, cwd=tmp_path)
    return f"{done.stdout}{done.stderr}exit {done.returncode}"


READ_ONLY_MOUNT = 'mount --bind "$V" "$V" && mount -o remount,bind,ro "$V" && ! touch "$V/x" 2>/dev/null && '


def test_a_vault_that_is_really_read_only_can_be_read(vault: MakeVault, tmp_path: Path) -> None:
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


def test_a_read_only_disk_hides_no_figures(vault: MakeVault, tmp_path: Path) -> None:
    """Two causes here, pages and notes, so two lines; exit code 2."""
    said = in_namespace(READ_ONLY_MOUNT + '"$PY" -m vault_tools report "$V"', vault(NOTES), tmp_path)
    assert "v: 4 notes" in said
    assert said.count("Warning: ") == 2
    assert said.endswith("exit 2")


def test_a_full_disk_hides_no_figures(vault: MakeVault, tmp_path: Path) -> None:
    """One line for all pages, and no page is half written."""
    script = (
        'mkdir "$T/small" && mount -t tmpfs -o size=96k none "$T/small" && cp -r "$V" "$T/small/v" && '
        'cat /dev/zero > "$T/small/fill" 2>/dev/null; "$PY" -m vault_tools report "$T/small/v"; code=$?; '
        'find "$T/small" -name "*.tmp" -o -size -1 -path "*_vault-tools/*"; exit $code'
    )
    notes = {path: text for path, text in NOTES.items() if path != "Plain.md"}
    said = in_namespace(script, vault(notes), tmp_path)
    assert "v: 3 notes" in said
    assert said.count("Warning: ") == 1
    assert "could not be written (no space left on the disk)" in said
    assert ".tmp" not in said
    assert said.endswith("exit 2")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
def test_pages_that_cannot_be_written_are_told_in_one_line_for_each_cause(
    number: int, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures come first, and the exit code is 2; the next run writes the pages."""
    root = vault(NOTES)

    def fail(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(disk, "_replace", fail)
        result = run("report", root, "--no-regions")
    assert "v: 4 notes" in result.stdout
    assert "(0 of " in result.stdout
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f" could not be written ({english(reason(OSError(number, '')))}). " in result.stderr
    after = run("report", root)
    assert after.exit_code == 0
    assert f"and {len(pages(root)) - 1} more" in result.stderr
    assert f"({len(pages(root))} of {len(pages(root))} written)" in after.stdout


def test_figures_as_data_are_printed_too(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what became of each page."""
    root = vault(NOTES)

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "_replace", fail)
    result = run("report", root, "--json", "--no-regions")
    assert set(json.loads(result.stdout)["pages"].values()) == {"refused"}
    assert json.loads(result.stdout)["notes"] == 4


def test_a_vault_kept_open_writes_again_once_it_may(vault: MakeVault) -> None:
    """What was refused is not taken for written."""
    root = disk.check(vault(NOTES))
    read = Vault.open(root, cache=False)
    untouched.keep(root)
    assert read.report().pages == {}
    untouched.release(root)
    assert set(read.report().pages.values()) == {"written"}
