"""What a run leaves behind on the disk: our pages, whole and only where they may be, and nothing else."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.errors import NotAmendedError, NotOursError, NotWrittenError, SpoiledNoteError, VaultAwayError, reason
from vault_tools.model.change import Page
from vault_tools.store import disk, journal

OURS = ["Gaps.md", "Learning.md", "Orphans.md", "Overview.md", "graph.html", "learning.svg", "obsidian.json"]
NOTES: dict[str, str | bytes] = {
    "Good.md": "About [[Other]] and [[Missing]].\n",
    "Other.md": "---\ntype: knowledge\n---\nText #tag\n",
    "Crlf.md": "one\r\ntwo [[Good]]",
    "Bad.md": b"z\xfcrich\0\n",
    "Sub/pic.png": b"\x89PNG\r\n",
    "Board.canvas": '{"nodes":[{"id":"a","type":"file","file":"Good.md"}],"edges":[]}',
    "vault-tools.toml": "[reports]\nlimit = 5\n",
    ".obsidian/app.json": "{}",
    ".trash/Old.md": "[[Good]]",
}
MARK = ("generated-by: vault-tools",)


def everything(root: Path) -> dict[str, tuple[bytes | None, int]]:
    """Return bytes and time of every file and folder outside the folder of our pages."""
    return {
        str(path.relative_to(root)): (None if path.is_dir() else path.read_bytes(), path.lstat().st_mtime_ns)
        for path in root.rglob("*")
        if path.relative_to(root).parts[0] != "_vault-tools"
    }


@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_a_report_changes_no_file_of_the_vault(options: list[str], vault: MakeVault, run: Run) -> None:
    """Bytes and times of everything outside our folder are equal before and after; nothing is added."""
    root = vault(NOTES)
    before = everything(root)
    for _ in range(2):
        assert run("report", root, *options).exit_code == 0
        assert everything(root) == before
    assert sorted(pages(root)) == OURS


@pytest.mark.parametrize(
    "options", [["report", "--json"], ["export", "--format", "json"], ["export", "--format", "html"]]
)
def test_other_commands_change_no_file_of_the_vault_either(options: list[str], vault: MakeVault, run: Run) -> None:
    """Exports go to the screen and leave the vault as it is."""
    root = vault(NOTES)
    before = everything(root)
    assert run(options[0], root, *options[1:]).exit_code == 0
    assert everything(root) == before
    assert (root / "_vault-tools").exists() == (options[0] == "report")


def test_the_same_vault_gives_the_same_bytes(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two copies in different places, written in different orders, give the same pages."""
    one, two = vault(NOTES), vault(dict(reversed(NOTES.items())))
    run("report", one)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    run("report", two, "--no-cache")
    assert pages(one) == pages(two)


def test_an_unchanged_page_is_not_written_again(vault: MakeVault, run: Run) -> None:
    """Sync tools and Obsidian see no change where there is none."""
    root = vault(NOTES)
    run("report", root)
    times = _age(root)
    for options in ([], ["--no-cache"]):
        assert "(7 pages, none changed)" in run("report", root, *options).stdout
        assert {path.name: path.stat().st_mtime_ns for path in (root / "_vault-tools").iterdir()} == times


def test_only_the_pages_that_differ_are_written(vault: MakeVault, run: Run) -> None:
    """A new attachment that no note uses is no gap."""
    root = vault(NOTES)
    run("report", root)
    times = _age(root)
    (root / "unused.png").write_bytes(b"x")
    run("report", root)
    changed = {path.name for path in (root / "_vault-tools").iterdir() if path.stat().st_mtime_ns != times[path.name]}
    assert changed == {"Orphans.md", "Overview.md", "graph.html"}


def _age(root: Path) -> dict[str, int]:
    for path in (root / "_vault-tools").iterdir():
        os.utime(path, ns=(10**18, 10**18))
    return {path.name: path.stat().st_mtime_ns for path in (root / "_vault-tools").iterdir()}


def test_a_page_that_was_deleted_or_spoiled_comes_back(vault: MakeVault, run: Run) -> None:
    """A warm cache does not hide that a page is gone, or was edited below its head."""
    root = vault(NOTES)
    run("report", root)
    whole = pages(root)
    (root / "_vault-tools" / "graph.html").unlink()
    with (root / "_vault-tools" / "Gaps.md").open("a") as file:
        file.write("scribble\n")
    assert "2 of 7 written" in run("report", root).stdout
    assert pages(root) == whole
    shutil.rmtree(root / "_vault-tools")
    run("report", root)
    assert pages(root) == whole


def test_a_page_of_somebody_else_is_never_overwritten(vault: MakeVault, run: Run) -> None:
    """Exit 2 and one line that says what to do; the other pages are written."""
    root = vault(NOTES | {"_vault-tools/Gaps.md": "# My own gaps\n"})
    for _ in range(2):
        result = run("report", root)
        assert result.exit_code == 2
        assert len(result.stderr.strip().splitlines()) == 1
        assert "_vault-tools/Gaps.md" in result.stderr
        assert result.stderr == (
            "Warning: _vault-tools/Gaps.md was not written by vault-tools, so it was not changed. "
            "Rename it, or choose another folder with [reports] folder in vault-tools.toml.\n"
        )
        assert (root / "_vault-tools/Gaps.md").read_text() == "# My own gaps\n"
        assert sorted(pages(root)) == OURS
    (root / "_vault-tools/Gaps.md").rename(root / "_vault-tools/Mine.md")
    assert run("report", root).exit_code == 0
    assert b"generated-by" in pages(root)["Gaps.md"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text that names generated-by: somebody\n",
        "x" * 700 + "generated-by: vault-tools",
        "generated-by: vault-tools\n",
        "我的笔记：`generated-by: vault-tools` 是什么？\n",
        "---\ntype: note\n---\ngenerated-by: vault-tools\n",
        "---\nquote: |\n  generated-by: vault-tools\n---\n",
        "---\ngenerated-by: vault-tools-of-mine\n---\n",
        "# Marks\n<!-- generated-by: vault-tools -->\n",
        'In a page: <meta name="generator" content="vault-tools">\n',
        '{"mine": {"generator": "vault-tools"}}\n',
    ],
)
def test_only_the_mark_in_its_place_makes_a_page_ours(content: str, vault: MakeVault, run: Run) -> None:
    """An empty file, or one that mentions the mark in its text, is somebody else's."""
    root = vault(NOTES | {"_vault-tools/Gaps.md": content})
    assert run("report", root).exit_code == 2
    assert (root / "_vault-tools/Gaps.md").read_text() == content


@pytest.mark.parametrize("change", [lambda text: text.replace(b"\n", b"\r\n"), lambda text: b"\xef\xbb\xbf" + text])
def test_a_page_of_ours_is_known_whatever_its_line_ends(
    change: Callable[[bytes], bytes], vault: MakeVault, run: Run
) -> None:
    """Git and editors change these, and Obsidian may write a property above the mark."""
    root = vault(NOTES)
    run("report", root)
    first = pages(root)
    for name, text in first.items():
        (root / "_vault-tools" / name).write_bytes(change(text.replace(b"---\n", b"---\ncssclasses: wide\n", 1)))
    assert run("report", root).exit_code == 0
    assert pages(root) == first


def test_the_graph_page_of_somebody_else_is_never_overwritten(vault: MakeVault, run: Run) -> None:
    """By `report` and by `graph` alike."""
    root = vault(NOTES | {"_vault-tools/graph.html": "<html>mine"})
    for command in ("report", "graph"):
        result = run(command, root)
        assert result.exit_code == 2
        assert "graph.html" in result.stderr
    assert (root / "_vault-tools/graph.html").read_text() == "<html>mine"


def test_a_folder_in_the_place_of_a_page_is_left_alone(vault: MakeVault, run: Run) -> None:
    """As a file of somebody else's is."""
    root = vault(NOTES | {"_vault-tools/Gaps.md/inner.md": "x"})
    assert run("report", root).exit_code == 2
    assert (root / "_vault-tools/Gaps.md/inner.md").read_text() == "x"
    assert "Overview.md" in pages(root)


def test_a_file_in_the_place_of_our_folder_is_left_alone(vault: MakeVault, run: Run) -> None:
    """No page can be written; the line says to choose another folder."""
    root = vault(NOTES | {"_vault-tools": "a file"})
    result = run("report", root)
    assert result.exit_code == 2
    assert "[reports] folder" in result.stderr
    assert (root / "_vault-tools").read_text() == "a file"


def test_a_folder_of_ours_that_leads_out_of_the_vault_is_refused(vault: MakeVault, run: Run) -> None:
    """A symbolic link must not carry our pages elsewhere."""
    root = vault(NOTES)
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "_vault-tools").symlink_to(outside)
    for command in ("report", "graph"):
        assert run(command, root).exit_code == 2
    assert not list(outside.iterdir())


def test_a_page_that_is_a_link_to_a_note_does_not_overwrite_the_note(vault: MakeVault, run: Run) -> None:
    """Neither the note nor the link is touched."""
    root = vault(NOTES | {"_vault-tools/Mine.md": "x"})
    (root / "_vault-tools/Gaps.md").symlink_to("../Good.md")
    assert run("report", root).exit_code == 2
    assert (root / "Good.md").read_text() == str(NOTES["Good.md"])
    assert (root / "_vault-tools/Gaps.md").is_symlink()


def test_a_note_of_ones_own_in_our_folder_stays_a_note(vault: MakeVault, run: Run) -> None:
    """It is kept, counted, and its links count."""
    from vault_tools import Vault

    root = vault(NOTES | {"_vault-tools/Plan.md": "[[Wanted]]\n"})
    run("report", root)
    assert run("report", root).exit_code == 0
    assert (root / "_vault-tools/Plan.md").read_text() == "[[Wanted]]\n"
    nodes = Vault.open(root).knowledge.nodes
    assert nodes["_vault-tools/Plan.md"].kind == "note"
    assert "missing://Wanted" in nodes
    assert not [name for name in nodes if name.startswith("_vault-tools/") and name != "_vault-tools/Plan.md"]


def test_a_write_that_fails_leaves_the_old_page_and_no_draft(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is never half a page."""
    root = vault({"_vault-tools/Gaps.md": "---\ngenerated-by: vault-tools\n---\nold"}).resolve()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        disk.write(root, Page("_vault-tools/Gaps.md", "---\ngenerated-by: vault-tools\n---\nnew"), MARK)
    assert pages(root) == {"Gaps.md": b"---\ngenerated-by: vault-tools\n---\nold"}


def refused(path: str, code: int, more: int = 0) -> str:
    """Return what is said of a page that the system refuses."""
    return str(NotWrittenError(path, reason(OSError(code, os.strerror(code))), more))


def failing(monkeypatch: pytest.MonkeyPatch, error: OSError, name: str = "") -> None:
    """Let the system refuse a page of this name, or every one."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".tmp" and target.name.startswith(name):
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_page_that_the_system_refuses_stops_no_other(
    code: int, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows one that another program holds open; it is told, and written when it can be."""
    root = vault(NOTES | {"Mine.md": "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"})
    run("report", root)
    before = pages(root)
    (root / "Good.md").write_text("[[Another missing]] [[再一个]]")
    with monkeypatch.context() as patch:
        failing(patch, OSError(code, os.strerror(code)), "Gaps.md")
        for _ in range(2):
            result = run("report", root)
            (line,) = result.stderr.splitlines()
            assert result.exit_code == 2
            assert line == f"Warning: {refused('_vault-tools/Gaps.md', code)}"
            assert json.loads(run("report", root, "--json").stdout)["pages"]["_vault-tools/Gaps.md"] == "refused"
    after = pages(root)
    assert after["Gaps.md"] == before["Gaps.md"]
    assert after["Overview.md"] != before["Overview.md"]
    assert "再一个" in (root / "Mine.md").read_text("utf-8")
    assert run("report", root).exit_code == 0
    assert "再一个" in pages(root)["Gaps.md"].decode()


def test_a_page_that_may_not_be_read_is_not_taken_for_somebody_elses(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows that is one that another program holds for itself."""
    root = vault(NOTES)
    run("report", root)
    opened = Path.open

    def refuse(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "Gaps.md":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    (root / "Good.md").write_bytes(b"[[Another missing]]")
    result = run("report", root)
    assert result.exit_code == 2
    assert result.stderr == f"Warning: {refused('_vault-tools/Gaps.md', errno.EACCES)}\n"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_ends_a_report_with_one_line(
    code: int, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the figures."""
    root = vault(NOTES)
    failing(monkeypatch, OSError(code, os.strerror(code)))
    result = run("report", root)
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2
    assert line == f"Warning: {refused('_vault-tools/Overview.md', code, more=6)}"
    assert "notes" in result.stdout
    assert pages(root) == {}


def test_a_vault_that_goes_away_while_pages_are_written_ends_a_report_with_one_line(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the system says of the page that was being written."""
    root = vault(NOTES)

    def away(_self: Path, target: Path) -> None:
        root.rename(root.with_name("away"))
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(target))

    monkeypatch.setattr(Path, "replace", away)
    result = run("report", root)
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2
    away_ = f"{root} is missing or empty. Its drive may not be connected. Nothing is written until it is back."
    assert line == f"Error: {away_}"
    assert not root.exists()


@pytest.mark.parametrize("command", [("new", "knowledge", "N", "--vault"), ("graph", "-o"), ("init",), ("graph",)])
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_error_names_the_file_or_its_folder_and_never_our_draft(
    command: tuple[str, ...],
    number: int,
    language: str,
    vault: MakeVault,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the system says of it."""
    root = vault(NOTES)
    out = (root.with_name("out.html"), root) if command[-1] == "-o" else (root,)
    real = os.open

    def refused(path: str | Path, *more: Any, **options: Any) -> int:
        if str(path).endswith(".tmp"):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *more, **options)

    monkeypatch.setattr(os, "open", refused)
    result = run("--lang", language, *command, *out)
    assert result.exit_code == 2
    assert ".tmp" not in result.output
    (line,) = result.stderr.splitlines()
    if number == errno.EACCES:
        again = {"en": "run the command again", "zh": "再运行一次命令"}
        assert again[language] in line


def test_a_page_outside_the_vault_is_never_written(vault: MakeVault) -> None:
    """Whatever path a page has."""
    root = vault(NOTES).resolve()
    with pytest.raises(NotOursError):
        disk.write(root, Page("../out.md", "generated-by: vault-tools"), MARK)
    assert not (root.parent / "out.md").exists()


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "another disk"])
@pytest.mark.parametrize("way", ["write", "create"])
def test_nothing_is_made_where_the_vault_no_longer_is(
    left: str, way: str, vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drive was taken out after it was read; when it is back, and was looked at, all is as before."""
    root = disk.check(vault(NOTES))
    root.rename(tmp_path / "away")
    if left != "nothing":
        root.mkdir()
    if left == "another disk":
        (root / "Other.md").write_text("of another vault")
        monkeypatch.setattr(disk, "_CHECKED", {root: (-1, root.stat().st_ino)})
    before = sorted(root.parent.rglob("*"))

    def attempt() -> bool:
        if way == "write":
            return disk.write(root, Page("深/_pages/Gaps.md", "generated-by: vault-tools"), MARK)
        return disk.create(root, "深/Logs/新.md", "text")

    with pytest.raises(VaultAwayError, match=" is missing or empty\\. Its drive may not be connected\\. "):
        attempt()
    assert sorted(root.parent.rglob("*")) == before
    shutil.rmtree(root, ignore_errors=True)
    (tmp_path / "away").rename(root)
    disk.check(root)
    assert attempt()


def test_a_vault_that_is_made_anew_at_its_path_is_another_one_from_then_on(vault: MakeVault, run: Run) -> None:
    """Each run looks at the folder it is given."""
    root = vault(NOTES)
    run("report", root)
    shutil.rmtree(root)
    (root / ".obsidian").mkdir(parents=True)
    assert run("report", root).exit_code == 0
    assert "Gaps.md" in pages(root)


def test_a_folder_that_its_file_system_numbers_anew_stays_the_vault(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some do so for what nobody has open."""
    root = disk.check(vault(NOTES))
    monkeypatch.setattr(disk, "_CHECKED", {root: (root.stat().st_dev, -1)})
    assert disk.create(root, "New.md", "text")


def test_a_rewritten_page_keeps_the_mode_it_was_given(vault: MakeVault, run: Run) -> None:
    """A group that shares a vault keeps its rights."""
    root = vault(NOTES)
    run("report", root)
    assert (root / "_vault-tools/Gaps.md").stat().st_mode & 0o777 == 0o644
    (root / "_vault-tools/Gaps.md").chmod(0o664)
    (root / "Good.md").write_text("[[Another missing]]")
    run("report", root)
    assert b"Another missing" in pages(root)["Gaps.md"]
    assert (root / "_vault-tools/Gaps.md").stat().st_mode & 0o777 == 0o664


def test_folders_named_in_skip_are_left_out(vault: MakeVault) -> None:
    """`skip` takes path prefixes."""
    root = vault(NOTES | {"vault-tools.toml": 'skip = ["Sub/", "Bad"]', "Sub/Note.md": "x"})
    graph = Vault.open(root).knowledge
    assert not [name for name in graph.nodes if name.startswith(("Sub/", "Bad"))]


def test_links_to_what_is_skipped_are_not_broken(vault: MakeVault) -> None:
    """The files are there for Obsidian, whether they are read or not."""
    files: dict[str, str | bytes] = {"A.md": "[[Old]] ![[pic.png]]", "Raw/Old.md": "[[Gone]]", "Raw/pic.png": b""}
    graph = Vault.open(vault(files | {"vault-tools.toml": 'skip = ["raw/"]'})).knowledge
    assert (list(graph.nodes), graph.unresolved) == (["A.md"], {})


# ---------------------------------------------------------------- changing a note of the user's


def images(root: Path) -> list[tuple[dict[str, str], bytes]]:
    """Return what the journal holds of a vault: what is said of each change, and the bytes that were."""
    found = [file.read_bytes().partition(b"\n") for file in sorted(journal.place_of(root).glob("*"))]
    return [(json.loads(said), old) for said, _, old in found]


def amend(root: Path, path: str, text: str, old: bytes | None = None) -> disk.Amended:
    """Change a note as if it had been read with these bytes; those it has, if none are given."""
    return disk.amend(root, path, disk.digest_of((root / path).read_bytes() if old is None else old), text)


@pytest.mark.parametrize("old", [b"old", b"\xef\xbb\xbfold\r\nline\r\n", "旧\r\n".encode(), b"", b"x" * 200_000])
@pytest.mark.parametrize("new", ["new", "\ufeff新\r\nlines\r", " ", "y" * 150_000])
def test_a_note_is_changed_in_place(old: bytes, new: str, vault: MakeVault) -> None:
    """Byte by byte what was asked for; the file itself, its mode and its other names stay, and what it was is kept."""
    root = vault({"Sub/笔记.md": old}).resolve()
    note = root / "Sub/笔记.md"
    note.chmod(0o640)
    (root / "other.md").hardlink_to(note)
    before = note.stat()
    assert amend(root, "Sub/笔记.md", new) == "written"
    assert note.read_bytes() == new.encode() == (root / "other.md").read_bytes()
    after = note.stat()
    assert (after.st_ino, after.st_mode, after.st_nlink) == (before.st_ino, before.st_mode, 2)
    ((said, kept),) = images(root)
    assert (said["path"], said["vault"], kept) == ("Sub/笔记.md", str(root), old)
    assert (said["before"], said["after"]) == (disk.digest_of(old), disk.digest_of(new.encode()))


@given(st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_what_was_and_what_is_can_both_be_read_back(tmp_path: Path, old: str, new: str) -> None:
    """Whatever the note says, before and after."""
    root = tmp_path.resolve()
    data = old.encode("utf-8", "replace")
    (root / "N.md").write_bytes(data)
    kept = len(images(root))
    state = amend(root, "N.md", new)
    assert (root / "N.md").read_bytes() == new.encode("utf-8", "replace")
    if state == "written":
        assert images(root)[-1][1] == data
    assert len(images(root)) == kept + (state == "written")


def test_a_note_that_says_it_already_is_not_touched(vault: MakeVault) -> None:
    """Its time stays, and no image is kept, though it may not be written."""
    root = vault({"N.md": "same\r\n"}).resolve()
    os.utime(root / "N.md", ns=(10**18, 10**18))
    (root / "N.md").chmod(0o444)
    assert amend(root, "N.md", "same\r\n") == "unchanged"
    assert (root / "N.md").stat().st_mtime_ns == 10**18
    assert images(root) == []


def test_a_note_that_changed_meanwhile_is_left_alone(vault: MakeVault) -> None:
    """And one that is gone, with its folder or without."""
    root = vault({"N.md": "the user's"}).resolve()
    assert amend(root, "N.md", "ours", old=b"as it was read") == "changed-meanwhile"
    assert amend(root, "Gone.md", "ours", old=b"x") == "changed-meanwhile"
    assert amend(root, "No/Gone.md", "ours", old=b"x") == "changed-meanwhile"
    assert (root / "N.md").read_text() == "the user's"
    assert not (root / "Gone.md").exists()
    assert images(root) == []


@pytest.mark.parametrize("how", ["by another file", "in place"])
def test_a_note_that_changes_while_its_image_is_kept_is_left_alone(
    how: str, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As editors save: into the file, or by another in its place."""
    root = vault({"N.md": "old"}).resolve()
    keep = journal.keep

    def meanwhile(*args: object) -> journal.Change:
        if how == "by another file":
            (root / "draft").write_text("old")
            (root / "draft").replace(root / "N.md")
        else:
            (root / "N.md").write_text("the user's")
        return keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "keep", meanwhile)
    assert amend(root, "N.md", "ours") == "changed-meanwhile"
    assert (root / "N.md").read_text() == ("the user's" if how == "in place" else "old")


def test_what_is_no_plain_note_of_the_vault_is_refused(vault: MakeVault) -> None:
    """Hidden files, folders, pipes, links that lead out or to hidden files, what iCloud holds, what is not UTF-8."""
    root = vault(
        {".trash/N.md": "x", "Bad.md": b"z\xfc", "Cloud.md": "x", ".Cloud.md.icloud": "", "F.md/x": "x"}
    ).resolve()
    (root.parent / "out.md").write_text("x")
    (root / "Out.md").symlink_to("../out.md")
    (root / "Hidden.md").symlink_to(".trash/N.md")
    (root / "Loop.md").symlink_to("Loop.md")
    os.mkfifo(root / "Pipe.md")
    for path in (".trash/N.md", "../out.md", "Out.md", "Hidden.md", "Pipe.md", "Cloud.md", "F.md"):
        assert disk.amend(root, path, disk.digest_of(b"x"), "ours") == "refused", path
    assert amend(root, "Bad.md", "ours") == "refused"
    with pytest.raises(NotAmendedError):
        disk.amend(root, "Loop.md", "", "ours")
    assert (root / "Bad.md").read_bytes() == b"z\xfc"
    assert (root.parent / "out.md").read_text() == "x"
    assert images(root) == []


def test_a_link_inside_the_vault_leads_to_the_note_that_is_changed(vault: MakeVault) -> None:
    """The link stays a link."""
    root = vault({"N.md": "x"}).resolve()
    (root / "Link.md").symlink_to("N.md")
    assert amend(root, "Link.md", "new") == "written"
    assert (root / "Link.md").is_symlink()
    assert (root / "N.md").read_text() == "new"


# Root may write what it may not: so these run as somebody else, where that can be.
AS_NOBODY = """
import os, sys
from pathlib import Path
import filelock  # which nobody may not read, perhaps; so with the catalogue
from vault_tools.errors import VaultToolsError
from vault_tools.store import disk, journal
from vault_tools.words import words
words()
root, state = map(Path, sys.argv[1:3])
journal.folder = lambda: state
data = (root / "N.md").read_bytes()
if os.geteuid() == 0:
    os.setuid(65534)
try:
    print(disk.amend(root, "N.md", disk.digest_of(data), "ours"))
except VaultToolsError as error:
    print(error)
"""


@pytest.mark.parametrize("what", ["note", "journal"])
def test_a_note_or_journal_that_may_not_be_written_is_an_error_of_one_line(what: str) -> None:
    """The note is as it was, and the line says so."""
    if what == "journal" and os.geteuid() != 0:
        pytest.skip("the owner of a folder may open it again, and does")
    place = Path("/tmp") / f"vault-tools-{os.getpid()}-{what}"
    root, state = place / "v", place / "state"
    root.mkdir(parents=True)
    state.mkdir()
    try:
        note = root / "N.md"
        note.write_text("old")
        note.chmod(0o444 if what == "note" else 0o666)
        state.chmod(0o777 if what == "note" else 0o555)
        ran = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(root), str(state)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        said = {
            "note": "N.md could not be changed (permission denied). It is unmodified. "
            "Make it writable and run the command again.",
            "journal": f"{state}/journal cannot be used (permission denied), so no note was changed. Make sure that "
            "you can write there, or set XDG_STATE_HOME to a folder that you can write to.",
        }
        assert ran.stdout == f"{said[what]}\n"
        assert note.read_text() == "old"
    finally:
        state.chmod(0o777)
        shutil.rmtree(place)


# The size of files is limited for this process alone: the system takes a part of the note, then no more.
FULL = """
import resource, signal, sys
from collections.abc import Callable
from pathlib import Path
from vault_tools.errors import VaultToolsError
from vault_tools.store import disk, journal
root = Path(sys.argv[1])
data = (root / "N.md").read_bytes()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
kept = journal.keep
def keep(*given):
    change = kept(*given) if sys.argv[2] == "note" else None
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    return change or kept(*given)
journal.keep = keep
try:
    print(disk.amend(root, "N.md", disk.digest_of(data), "x" * 200_000))
except VaultToolsError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(("full", "error"), [("note", "NotAmendedError"), ("journal", "StateError")])
def test_a_disk_that_takes_no_more_leaves_the_note_as_it_was(full: str, error: str, vault: MakeVault) -> None:
    """Though a part of it was written already, or of what is kept of it."""
    root = vault({"N.md": "old " * 5_000}).resolve()
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(root), full], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == f"{error}\n"
    assert (root / "N.md").read_text() == "old " * 5_000


def test_a_note_that_cannot_be_put_back_is_told_with_its_image(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The image holds all that the note was."""
    root = vault({"N.md": "old"}).resolve()

    def broken(_file: object, _data: bytes) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(disk, "_overwrite", broken)
    with pytest.raises(SpoiledNoteError) as told:
        amend(root, "N.md", "ours")
    assert str(next(journal.place_of(root).iterdir())) in str(told.value)
    assert images(root)[0][1] == b"old"


DAY = 24 * 3600 * 10**9


@pytest.fixture
def note_of(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Path]:
    """A note that is changed, with what was long ago forgotten after it, so many days after the first time."""
    root = vault({"N.md": "0"}).resolve()
    start = time.time_ns()

    def change(days: float) -> Path:
        monkeypatch.setattr(time, "time_ns", lambda: start + int(days * DAY))
        assert amend(root, "N.md", f"{days}") == "written"
        journal.forget_old(root)
        return root

    return change


def kept(root: Path) -> list[bytes]:
    """Return what the images hold."""
    return [old for _, old in images(root)]


def test_images_are_thrown_away_when_they_are_old(note_of: Callable[[float], Path]) -> None:
    """Those of the last ninety days stay; a week later than that nothing older is left."""
    for days in range(1, 200):
        root = note_of(days)
    assert (len(kept(root)), kept(root)[0]) == (99, b"100")


@pytest.mark.parametrize("jump", [91, 36_500])
def test_a_clock_that_jumps_ahead_throws_no_image_away(jump: float, note_of: Callable[[float], Path]) -> None:
    """Nor has it thrown any away when it is right again; what was kept meanwhile stays, for it seems new."""
    for days in (1, 2, jump, jump + 0.1, jump + 2, 3, 4, 12):
        root = note_of(days)
    assert kept(root)[:2] == [b"0", b"1"]
    assert len(kept(root)) == 8


def test_after_a_long_rest_images_are_thrown_away_a_little_later(note_of: Callable[[float], Path]) -> None:
    """The first change alone cannot be told from a wrong clock."""
    lengths = [len(kept(note_of(days))) for days in (1, 2, 103, 104, 109, 111, 112)]
    assert lengths == [1, 2, 3, 4, 5, 4, 5]


def test_the_image_of_a_writing_that_was_cut_short_is_never_thrown_away(note_of: Callable[[float], Path]) -> None:
    """The note is put back from it, whenever that can be."""
    root = note_of(1)
    torn = journal.keep(root, journal.Change("", "Torn.md", "a", "b", 0), b"torn", b"new")
    journal.keep_torn(root, torn, b"half")
    for days in range(2, 200):
        note_of(days)
    image = journal.image_of(root, torn)
    assert image.exists()
    assert image.with_suffix(".torn").exists()
    journal.finish(root, torn)
    note_of(201)
    assert not image.exists()
    assert not image.with_suffix(".torn").exists()


def test_the_journal_is_for_its_owner_alone(vault: MakeVault) -> None:
    """It holds whole notes."""
    root = vault({"N.md": "one"}).resolve()
    amend(root, "N.md", "two")
    assert journal.place_of(root).stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in journal.place_of(root).iterdir()} == {0o600}
