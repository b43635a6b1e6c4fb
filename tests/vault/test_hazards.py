"""A bad file costs only itself: the run goes on, the good notes stay, and the overview says what to do."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.model.change import Stamp
from vault_tools.store import contents, walking

GOOD = {"Good.md": "About [[Other]].\n", "Other.md": "Back to [[Good]].\n"}
MODES_COUNT = hasattr(os, "geteuid") and os.geteuid() != 0
NO_MODES = "root may read everything, whatever the mode says"
LOOP_FREE = {"Good.md", "Other.md"}

# name: (path, contents, code of the problem, line, a word of the remedy)
LISTED: dict[str, tuple[str, bytes, str, int, str]] = {
    "bad YAML": ("Bad.md", b"---\ntype: note\ntitle: a: b\n---\ntext\n", "properties-invalid", 3, "quotes"),
    "open brackets in YAML": ("Bad.md", b"---\ntags: [a\n---\ntext\n", "properties-invalid", 2, "write this line as"),
    "YAML bomb": (
        "Bad.md",
        b"---\na: &a [1,1,1,1,1,1,1,1,1]\n"
        + b"".join(
            f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n".encode()
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + b"---\n",
        "properties-invalid",
        5,
        "anchors",
    ),
    "YAML nested deep": ("Bad.md", b"---\na: " + b"[" * 5000 + b"\n---\n", "properties-invalid", 2, "source mode"),
    "properties that are a list": ("Bad.md", b"---\n- a\n---\n", "properties-invalid", 2, "YAML"),
    "a date that is none": ("Bad.md", b"---\ndate: 2024-02-30\n---\n[[Good]]\n", "day-impossible", 2, "2024-02-29"),
    "unclosed frontmatter": (
        "Bad.md",
        b"---\ntype: knowledge\nand the text goes on\n",
        "properties-unclosed",
        1,
        "---",
    ),
    "Latin-1": ("Bad.md", "first\nz\xfcrich\n".encode("latin-1"), "not-utf8", 2, "UTF-8"),
    "UTF-16": ("Bad.md", "text [[Good]]\n".encode("utf-16"), "not-utf8", 1, "UTF-8"),
    "broken canvas": ("Bad.canvas", b'{"nodes": [\n{"id": }]}', "canvas-invalid", 2, "Obsidian"),
    "canvas that is a list": ("Bad.canvas", b"[1, 2]", "canvas-invalid", 1, "Obsidian"),
    "canvas nested deep": ("Bad.canvas", b"[" * 100_000, "canvas-invalid", 0, "Obsidian"),
    "note of over 8 MB": ("Bad.md", b"word " * 1_700_000, "too-large", 0, "split"),
    "canvas of over 8 MB": ("Bad.canvas", b" " * 8_100_000, "too-large", 0, "split"),
}

# What is strange, and still no trouble: it is read as Obsidian reads it.
QUIET: dict[str, tuple[str, bytes]] = {
    "empty note": ("Odd.md", b""),
    "empty canvas": ("Odd.canvas", b""),
    "blank note": ("Odd.md", b" \n\t\n"),
    "NUL bytes": ("Odd.md", b"a\0b [[Good]]\0\n\0\0"),
    "byte order mark": ("Odd.md", b"\xef\xbb\xbf---\ntype: knowledge\n---\n"),
    "old Mac line ends": ("Odd.md", b"one\rtwo [[Good]]\r"),
    "frontmatter that is a word": ("Odd.md", b"---\n---\n[[Good]]\n"),
    "a number of 30 digits": ("Odd.md", b"---\nn: 123456789012345678901234567890\n---\n[[Good]]\n"),
    "a field of 30 digits": ("Odd.md", b"n:: 123456789012345678901234567890\n"),
    "a float out of range": ("Odd.md", b"---\nn: 1e999\n---\n"),
    "half a surrogate pair in a canvas": (
        "Odd.canvas",
        rb'{"nodes": [{"id": "a", "type": "file", "file": "\ud800.md"}], "edges": []}',
    ),
    "60,000 brackets in a line": ("Odd.md", b"[" * 60_000 + b"\n"),
    "30,000 open links in a line": ("Odd.md", b"[[" * 30_000 + b"\n"),
    "60,000 open parentheses": ("Odd.md", b"[a](" * 15_000 + b"\n"),
    "40,001 backticks in a line": ("Odd.md", b"`" * 40_001 + b"\n"),
    "5,000 quotes deep": ("Odd.md", b">" * 5_000 + b" deep\n"),
    "one huge paragraph": ("Odd.md", b"word and [[Good]] more\n" * 20_000),
    "2 MB of prose": ("Odd.md", b"Some words of prose, and some more.\n\n" * 56_000),
    "2 MB of links": ("Odd.md", b"See [[Good]] and [[Other|it]] too.\n\n" * 56_000),
    "2 MB of punctuation": ("Odd.md", b"prose [ with ( marks * that _ never ` close\n\n" * 46_000),
}


def survives(root: Path, run: Run) -> Result:
    """Report a vault: exit 0, no trace of a traceback, and the good notes in the graph."""
    result = run("report", root)
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.output
    graph = Vault.open(root).knowledge
    assert {"Good.md", "Other.md"} <= graph.nodes.keys()
    assert ("Good.md", "Other.md") in {(edge.source, edge.target) for edge in graph.edges}
    return result


def rows_of(root: Path) -> list[list[str]]:
    """Return the rows of the overview's last table: note, line, what, what to do."""
    text = pages(root)["Overview.md"].decode()
    table = text.partition("## Problems")[2]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines() if "|" in line][2:]


def lists(root: Path, path: str, line: int, remedy: str) -> None:
    """Check that the overview lists a path with its line and its remedy."""
    name = path.removesuffix(".md").removesuffix(".canvas")
    rows = [row for row in rows_of(root) if name in row[0]]
    assert rows, rows_of(root)
    assert rows[0][1] == (str(line) if line else "")
    assert remedy in rows[0][3]


def codes(root: Path, path: str) -> list[str]:
    """Return the codes of the problems of a file."""
    return [problem.code for problem in Vault.open(root).knowledge.problems.get(path, ())]


@pytest.mark.parametrize("name", LISTED)
def test_a_file_that_cannot_be_read_is_listed_with_its_line_and_a_remedy(name: str, vault: MakeVault, run: Run) -> None:
    """The bad file is named, and every good note is in the graph."""
    path, data, code, line, remedy = LISTED[name]
    root = vault(GOOD | {path: data})
    survives(root, run)
    assert codes(root, path) == [code]
    lists(root, path, line, remedy)


@pytest.mark.parametrize("name", QUIET)
def test_a_strange_file_that_can_be_read_is_read(name: str, vault: MakeVault, run: Run) -> None:
    """No problem is told where there is none, and the strange file is a node too."""
    path, data = QUIET[name]
    root = vault(GOOD | {path: data})
    survives(root, run)
    assert not rows_of(root)
    assert path in Vault.open(root).knowledge.nodes
    assert run("export", root, "--format", "json").exit_code == 0


def test_properties_of_a_note_that_is_not_utf8_are_still_read(vault: MakeVault) -> None:
    """One wrong byte does not take the links of a note."""
    root = vault(GOOD | {"Bad.md": b"[[Good]] z\xfcrich\n"})
    assert [edge.target for edge in Vault.open(root).knowledge.outgoing["Bad.md"]] == ["Good.md"]


def test_a_folder_named_like_a_note_is_a_folder(vault: MakeVault, run: Run) -> None:
    """`x.md` may be a folder; what lies in it is read."""
    root = vault(GOOD | {"x.md/Inner.md": "in a folder\n"})
    survives(root, run)
    assert "x.md/Inner.md" in Vault.open(root).knowledge.nodes
    assert not rows_of(root)


LINKS: dict[str, tuple[str, str, str]] = {
    "dangling": ("Bad.md", "nowhere.md", "link-broken"),
    "to itself": ("Bad.md", "Bad.md", "link-broken"),
    "to the vault": ("Bad", ".", "link-folder"),
    "to a folder of the vault": ("Bad", "Folder", "link-folder"),
    "to a file outside": ("Bad.md", "../outside.md", "link-outside"),
    "to a folder outside": ("Bad", "..", "link-outside"),
    "to a hidden file": ("Bad.md", ".obsidian/hidden.md", "link-hidden"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_symbolic_link_that_is_not_followed_is_listed(name: str, vault: MakeVault, run: Run) -> None:
    """Links that lead nowhere, round, out of the vault, or to a folder: told, and nothing is read twice."""
    path, target, code = LINKS[name]
    root = vault(GOOD | {"Folder/Deep.md": "x\n", ".obsidian/hidden.md": "x\n"})
    (root.parent / "outside.md").write_text("secret\n")
    (root / path).symlink_to(target)
    survives(root, run)
    assert codes(root, path) == [code]
    lists(root, path, 0, "link")
    notes = {node.id for node in Vault.open(root).knowledge.nodes.values() if node.kind == "note"}
    assert notes == LOOP_FREE | {"Folder/Deep.md"}


def test_a_symbolic_link_to_a_note_of_the_vault_is_a_note(vault: MakeVault, run: Run) -> None:
    """A link to a file inside the vault is followed, as in Obsidian."""
    root = vault(GOOD)
    (root / "Also.md").symlink_to("Good.md")
    survives(root, run)
    assert Vault.open(root).knowledge.nodes["Also.md"].kind == "note"
    assert not rows_of(root)


def test_a_pipe_and_a_socket_are_listed_and_never_opened(vault: MakeVault, run: Run) -> None:
    """Opening a pipe would wait for ever."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes in folders")
    root = vault(GOOD)
    os.mkfifo(root / "Pipe.md")
    here = Path.cwd()
    os.chdir(root)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("Socket.md")
    finally:
        os.chdir(here)
    survives(root, run)
    lists(root, "Pipe.md", 0, "move")
    lists(root, "Socket.md", 0, "move")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems allow no such names")
def test_a_name_that_is_not_utf8_is_listed(vault: MakeVault, run: Run) -> None:
    """Such a file can neither be linked nor shown, so it is told to be renamed."""
    root = vault(GOOD)
    (Path(os.fsdecode(os.fsencode(root) + b"/Bad\xff.md"))).write_text("x\n")
    Path(os.fsdecode(os.fsencode(root) + b"/Dir\xff")).mkdir()
    survives(root, run)
    lists(root, "Bad", 0, "rename")
    lists(root, "Dir", 0, "rename")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems allow no such names")
@pytest.mark.parametrize("command", [["report"], ["report", "--json"], ["graph"], ["export", "--format", "json"]])
def test_a_vault_whose_own_name_is_not_utf8_is_reported(command: list[str], tmp_path: Path, run: Run) -> None:
    """The folder's name goes into pages, links and messages."""
    root = Path(os.fsdecode(os.fsencode(tmp_path) + b"/v\xff"))
    (root / ".obsidian").mkdir(parents=True)
    (root / "A.md").write_text("[[B]]\n")
    for options in ([], [], ["--no-cache"]):
        assert run(*command, root, *options).exit_code == 0


def test_hidden_folders_are_not_part_of_the_graph(vault: MakeVault, run: Run) -> None:
    """What Obsidian does not show is not there: `.trash`, `.git`, hidden notes."""
    root = vault(GOOD | {".trash/Old.md": "x", ".git/x.md": "x", "Sub/.hidden/y.md": "x", ".z.md": "x", "Sub/n.md": ""})
    survives(root, run)
    paths = {node.id for node in Vault.open(root).knowledge.nodes.values()}
    assert paths == LOOP_FREE | {"Sub/n.md"}


@pytest.mark.skipif(not MODES_COUNT, reason=NO_MODES)
def test_a_note_and_a_folder_that_may_not_be_read_are_listed(vault: MakeVault, run: Run) -> None:
    """Mode 000 stops nothing."""
    root = vault(GOOD | {"Closed.md": "x", "Locked/In.md": "x"})
    (root / "Closed.md").chmod(0)
    (root / "Locked").chmod(0)
    try:
        survives(root, run)
        lists(root, "Closed.md", 0, "permission to read it")
        lists(root, "Locked", 0, "permission to read it")
    finally:
        (root / "Locked").chmod(0o755)


def test_a_note_that_fails_to_open_is_listed_and_stays_a_node(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as mode 000, for those whom no mode stops."""
    root = vault(GOOD | {"Closed.md": "x"})
    read = contents._bytes

    def refuse(root: Path, path: str) -> bytes:
        if path == "Closed.md":
            raise PermissionError(13, "Permission denied")
        return read(root, path)

    monkeypatch.setattr(contents, "_bytes", refuse)
    survives(root, run)
    assert codes(root, "Closed.md") == ["unreadable"]
    lists(root, "Closed.md", 0, "permission to read it")
    assert Vault.open(root).knowledge.nodes["Closed.md"].kind == "note"


def test_a_note_that_could_not_be_read_is_read_by_the_next_run(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trouble is never remembered."""
    root = vault(GOOD | {"Closed.md": "[[Good]]"})
    read = contents._bytes

    def refuse(root: Path, path: str) -> bytes:
        if path == "Closed.md":
            raise OSError(5, "Input/output error")
        return read(root, path)

    with monkeypatch.context() as patch:
        patch.setattr(contents, "_bytes", refuse)
        assert codes(root, "Closed.md") == ["unreadable"]
    graph = Vault.open(root).knowledge
    assert not graph.problems
    assert graph.outgoing["Closed.md"]


def test_a_folder_that_fails_to_open_is_listed(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is named, once; the rest is walked."""
    root = vault(GOOD | {"Locked/In.md": "x"})
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("Locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    survives(root, run)
    assert codes(root, "Locked") == ["unreadable"]
    lists(root, "Locked", 0, "permission to read it")


def _raising(error: Exception) -> Callable[..., Any]:
    def fail(*_args: Any, **_options: Any) -> Any:
        raise error

    return fail


def test_a_note_that_vanishes_between_walk_and_read_is_listed(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sync tools and editors remove files at any time."""
    root = vault(GOOD)
    walk = walking.walk

    def late(folder: Path) -> walking.Listing:
        found = walk(folder)
        found.files["Gone.md"] = Stamp(1, 1)
        return found

    monkeypatch.setattr(walking, "walk", late)
    survives(root, run)
    assert codes(root, "Gone.md") == ["vanished"]
    lists(root, "Gone.md", 0, "again")
    assert "Gone.md" not in Vault.open(root).knowledge.nodes


def test_a_note_that_grows_between_walk_and_read_is_read_whole(vault: MakeVault) -> None:
    """The stamp of the walk is what is remembered, so the next run reads it again."""
    root = vault(GOOD)
    stamp = walking.walk(root).files["Good.md"]
    (root / "Good.md").write_text("longer than before [[Other]] [[Third]]\n")
    assert "Third" in contents.read(root, "Good.md", stamp._replace(size=3)).text


# ---------------------------------------------------------------- the vault itself


@pytest.mark.parametrize("command", [["report"], ["graph"], ["export", "--format", "json"]])
def test_a_missing_vault_folder_is_refused_in_one_line(command: list[str], tmp_path: Path, run: Run) -> None:
    """The line names the folder, and says what to give."""
    result = run(*command, tmp_path / "nowhere")
    one_line(result, "nowhere")


def test_a_file_instead_of_a_vault_folder_is_refused_in_one_line(vault: MakeVault, run: Run) -> None:
    """A note is not a vault."""
    one_line(run("report", vault(GOOD) / "Good.md"), "Good.md")


def test_a_vault_folder_that_may_not_be_read_is_refused_in_one_line(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by asking the system, since root may read everything."""
    root = vault(GOOD)
    monkeypatch.setattr(os, "access", lambda *_: False)
    one_line(run("report", root), "permission")


def test_a_vault_folder_that_fails_when_it_is_opened_is_refused_in_one_line(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that is gone, a link in a circle."""
    root = vault(GOOD)
    (root.parent / "loop").symlink_to("loop")
    one_line(run("report", root.parent / "loop"), "cannot be read")
    monkeypatch.setattr(walking, "walk", _raising(OSError(5, "Input/output error", str(root))))
    one_line(run("report", root), "the disk reported an error. Your notes are intact.")


def test_the_debug_option_shows_a_traceback(tmp_path: Path, run: Run) -> None:
    """Without it there is one line; with it, the error goes all the way up."""
    result = run("--debug", "report", tmp_path / "nowhere")
    assert result.exit_code != 0
    assert type(result.exception).__name__ == "UnusableVaultError"


def test_a_fault_of_ours_is_one_line_that_asks_for_debug(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1 means findings, so a bug must not end with it."""
    root = vault(GOOD)
    monkeypatch.setattr(walking, "walk", _raising(ZeroDivisionError("oops")))
    one_line(run("report", root), "--debug")
    assert isinstance(run("--debug", "report", root).exception, ZeroDivisionError)


def one_line(result: Result, word: str) -> None:
    """Check for exit code 2, nothing on the screen, and one line on stderr that holds a word."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert word in result.stderr
