"""The command line: words in, lines out, and an exit code that scripts can trust."""

import json
import os
import pty
import re
import subprocess
import sys
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from urllib.request import url2pathname

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault, __version__
from vault_tools.cli.graphs import _show
from vault_tools.dialect.address import view

NOTES: dict[str, str | bytes] = {
    "A.md": "---\ntype: knowledge\ntags: [One/two]\nrequires: '[[B]]'\n---\n"
    "[[Gone]] [[gone]] #one\n# Head\ntext ^b1\n\nx:: 1\n",
    "B.md": "---\nrelated: '[[A]]'\n---\n[[A#Head]] [[Lost.md]]\n",
    "Alone.md": "中文 alone\n",
    "Sub/p.png": b"",
    "Bad.md": b"z\xfc\n",
}


def python(*args: str, cwd: Path | None = None, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run Python on our command line in a process of its own."""
    return subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
        **more,
    )


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("C.UTF-8", "Error: There is no command 'repot'. Did you mean report?"),
        ("zh_CN.UTF-8", "错误：没有命令“repot”。是不是 report？"),
    ],
)
def test_a_mistyped_command_is_suggested_though_none_is_loaded_yet(locale: str, said: str) -> None:
    """In a new process, as a user runs it; in Chinese with the marks of Chinese."""
    done = python("-m", "vault_tools", "repot", env={**os.environ, "LC_ALL": locale})
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, said)


def test_version_and_help(run: Run) -> None:
    """With the exit codes in the help, and each command listed."""
    assert run("--version").stdout.split()[-1] == __version__
    for flag in ("--help", "-h"):
        text = run(flag).stdout
        assert [word for word in ("report", "graph", "export", "Exit codes", "--debug") if word not in text] == []
    for command in ("report", "graph", "export"):
        assert "VAULT" in run(command, "--help").stdout


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["report", "--help"]])
def test_help_and_version_import_nothing_slow(args: list[str]) -> None:
    """No networkx, pyvis, numpy, YAML or Markdown parser."""
    result = python("-X", "importtime", "-m", "vault_tools", *args)
    assert result.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "click" in loaded
    slow = ("networkx", "pyvis", "numpy", "yaml", "markdown_it", "sqlite3", "rich", "vault_tools.app", "asyncio")
    assert [name for name in slow if name in loaded] == []


WITHOUT_PYVIS = """
import sys
from click.testing import CliRunner
import vault_tools
from vault_tools.cli import main

root = sys.argv[1]
vault_tools.Vault.open(root, cache=False).graph
for command in sys.argv[2:]:
    CliRunner().invoke(main, command.format(root=root).split(), catch_exceptions=False)
    print(command, *sorted({"pyvis", "IPython", "jinja2"} & sys.modules.keys()), sep="|")
"""


def test_only_the_page_of_the_graph_loads_pyvis(vault: MakeVault) -> None:
    """It brings IPython and half of what is installed; nothing else pays for that, nor does a page that is current."""
    root = vault(NOTES)
    assert python("-m", "vault_tools", "report", str(root)).returncode == 0
    others = [
        "check {root}",
        "stats {root}",
        "next {root}",
        "export {root} --format json",
        "new log --vault {root} --read-only",
        "inject {root} --dry-run",
        "init {root} --dry-run",
        "undo --vault {root} --list",
        "report {root} --read-only",
        "report {root}",
    ]
    said = python("-c", WITHOUT_PYVIS, str(root), *others, "graph {root} --rearrange").stdout.splitlines()
    assert said[-1] == "graph {root} --rearrange|IPython|jinja2|pyvis"
    assert [line for line in said[-1 - len(others) : -1] if "|" in line] == []
    assert len(said) > len(others)


def test_report_says_in_short_what_it_found(vault: MakeVault, run: Run) -> None:
    """Figures, the gaps that matter most, and where the pages are."""
    root = vault(NOTES)
    result = run("report", root)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) < 20
    assert [
        word for word in ("v: 4 notes", "Gone", "2 of 4", "problems  1", str(root)) if word not in result.stdout
    ] == []
    assert "6 of 6 written" in result.stdout
    assert "(6 pages, none changed)" in run("report", root).stdout


def test_quiet_prints_nothing(vault: MakeVault, run: Run) -> None:
    """But errors."""
    root = vault(NOTES)
    for command in (["report"], ["graph"], ["export", "--format", "json", "-o", str(root.parent / "x.json")]):
        result = run(*command, root, "--quiet")
        assert (result.exit_code, result.output) == (0, "")
    assert run("report", root / "none", "-q").stderr


def test_json_gives_the_figures(vault: MakeVault, run: Run) -> None:
    """Warm or cold the same figures; the pages by name, and what became of them."""
    root = vault(NOTES)
    cold, warm = (json.loads(run("report", root, "--json").stdout) for _ in range(2))
    graph = Vault.open(root).knowledge
    assert set(cold.pop("pages").values()) == {"written"}
    assert warm.pop("pages") == dict.fromkeys([f"_vault-tools/{name}" for name in pages(root)], "unchanged")
    assert cold == warm
    assert cold["vault"] == "v"
    assert cold["notes"] == 4
    assert cold["types"] == {"knowledge": 1, "note": 3}
    assert cold["relations"] == dict(Counter(sorted(edge.relation for edge in graph.edges)))
    assert cold["missing"] == 2
    assert cold["gaps"]["missing"] == 2
    assert cold["gaps"]["unsourced"] == 1
    assert (cold["orphans"], cold["orphans_of"], cold["orphan_definition"]) == (2, 4, "isolated")
    assert cold["problems"] == 1
    assert {figure["name"] for figure in cold["top"]} >= {"Gone", "Lost"}


def test_the_vault_is_found_upwards(
    vault: MakeVault, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder inside it, and from the vault itself; the nearest one wins."""
    root = vault(NOTES | {"Sub/Deep/x.md": "", "Sub/.obsidian/app.json": "{}"})
    monkeypatch.chdir(root / "Sub" / "Deep")
    assert run("report").exit_code == 0
    assert (root / "Sub" / "_vault-tools").is_dir()
    assert not (root / "_vault-tools").exists()
    monkeypatch.chdir(root)
    assert run("graph").exit_code == 0
    assert sorted(pages(root)) == ["graph.html"]
    monkeypatch.chdir(tmp_path)
    result = run("report")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert ".obsidian" in result.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--max-gaps", "0"], 1),
        (["--max-gaps", "1000"], 0),
        (["--max-orphans", "1"], 1),
        (["--max-orphans", "2"], 0),
        (["--max-gaps", "1000", "--max-orphans", "0"], 1),
        (["--max-orphans", "0", "--orphans", "weak"], 0),
        ([], 0),
    ],
)
def test_exit_code_1_comes_only_with_a_threshold_that_was_asked_for(
    options: list[str], code: int, vault: MakeVault, run: Run
) -> None:
    """The pages are written all the same; a threshold that is just reached is not passed."""
    root = vault(NOTES)
    for _ in range(2):
        assert run("report", root, *options).exit_code == code
    assert len(pages(root)) == 6


def test_max_gaps_counts_what_the_summary_counts(vault: MakeVault, run: Run) -> None:
    """The sum of the gaps is the threshold that is just reached."""
    root = vault(NOTES)
    count = sum(json.loads(run("report", root, "--json").stdout)["gaps"].values())
    assert run("report", root, "--max-gaps", str(count)).exit_code == 0
    assert run("report", root, "--max-gaps", str(count - 1)).exit_code == 1


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["reprot"], "reprot"),
        (["report", "--nope"], "--nope"),
        (["report", "--max-gaps", "-1"], "-1"),
        (["report", "--max-gaps", "many"], "many"),
        (["report", "--orphans", "lonely"], "isolated"),
        (["export"], "--format"),
        (["export", "--format", "nope"], "json"),
        (["report", "a", "b"], "b"),
    ],
)
def test_wrong_use_is_exit_2_and_told(args: list[str], word: str, run: Run) -> None:
    """On stderr, with what would have been right."""
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert word in result.stderr


def test_an_unknown_format_is_told_with_the_known_ones(vault: MakeVault, run: Run) -> None:
    """All of them."""
    from vault_tools.exporters import names

    result = run("export", vault(NOTES), "--format", "nope")
    assert result.exit_code == 2
    assert ", ".join(names()) in " ".join(result.stderr.split())


# ---------------------------------------------------------------- graph and export


def test_graph_writes_the_page_that_report_writes(vault: MakeVault, run: Run) -> None:
    """Into the vault, or elsewhere."""
    root = vault(NOTES)
    run("report", root)
    whole = pages(root)["graph.html"]
    (root / "_vault-tools/graph.html").unlink()
    assert run("graph", root).stdout.strip() == str(root / "_vault-tools" / "graph.html")
    assert pages(root)["graph.html"] == whole
    other = root.parent / "other.html"
    assert run("graph", root, "-o", other).stdout.strip() == str(other)
    assert other.read_bytes() == whole


MAPPED = {
    "Knowledge/量化.md": "---\ntype: 知识\naliases: [Quantization]\n---\nsome words [[A & B]]\n",
    "Top/A & B.md": "---\ntype: log\nmood: a secret\n---\nmore words\n",
    "Sub/A & B.md": "",
}


def view_in(page: bytes) -> str:
    """What a page opens with."""
    found = re.search(rb'"view":"([^"]*)"', page)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize(
    ("options", "view"),
    [
        (("--focus", "Quantization"), "note=Knowledge/量化.md"),
        (("--focus", "[[量化]]", "--depth", "3"), "note=Knowledge/量化.md&depth=3"),
        (("--focus", "Sub/A & B"), "note=Sub/A%20%26%20B.md"),
        (("--type", "概念", "--type", "学习日志"), "type=knowledge,log"),
        (("--type", "Knowledge", "--type", "concept", "--color", "community"), "color=community&type=knowledge"),
    ],
)
def test_the_map_opens_with_what_is_asked_for(vault: MakeVault, run: Run, options: tuple[str, ...], view: str) -> None:
    """The vault's own page stays what it is, and its address says the rest; a page elsewhere says it itself."""
    root = vault(MAPPED)
    run("graph", root)
    whole = pages(root)["graph.html"]
    page = root / "_vault-tools" / "graph.html"
    assert run("graph", root, *options).stdout == f"{page.as_uri()}#{view}\n"
    assert pages(root)["graph.html"] == whole
    other = root.parent / "other.html"
    assert run("graph", root, *options, "-o", other).stdout == f"{other}\n"
    assert view_in(other.read_bytes()) == view
    assert view_in(whole) == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--focus", "A & B"), "  Sub/A & B.md\n  Top/A & B.md"),
        (("--focus", "量"), "Did you mean 量化?"),
        (("--type", "knowlege"), "No note has the type 'knowlege'. Did you mean knowledge?"),
        (("--type", "source"), "No note has the type 'source'. The types in this vault are: knowledge, log, note."),
        (("--depth", "2"), "--focus"),
        (("--focus", "量化", "--depth", "5"), "from 1 to 4, not 5"),
        (("--names-only",), "--output"),
        (("--color", "mood"), "type, community"),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(vault: MakeVault, run: Run, options: tuple[str, ...], said: str) -> None:
    """With what would do instead; and nothing is written."""
    root = vault(MAPPED)
    result = run("graph", root, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (root / "_vault-tools").exists()


def test_a_map_of_names_alone_is_written_elsewhere(vault: MakeVault, run: Run) -> None:
    """The plain list in it says no more than its map."""
    root = vault(MAPPED)
    other = root.parent / "names.html"
    assert run("graph", root, "--names-only", "-o", other).exit_code == 0
    assert '"names_only":true' in other.read_text("utf-8")
    assert "a secret" not in other.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--names-only",), "is the vault's own map, which"),
        (("--focus", "量化"), "is the vault's own map, which"),
        (("--color", "type"), "is the vault's own map, which"),
    ],
)
def test_the_page_of_the_vault_is_not_written_in_part(
    vault: MakeVault, run: Run, options: tuple[str, ...], said: str
) -> None:
    """By whatever name it is asked for; without these, it is written as it is."""
    root = vault(MAPPED)
    run("graph", root)
    whole, page = pages(root), root / "Top" / ".." / "_vault-tools" / "graph.html"
    result = run("graph", root, *options, "-o", page)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert run("graph", root, "-o", page).exit_code == 0
    assert pages(root) == whole


@pytest.mark.parametrize("name", ["new.md", "Top/New.MD", "new.canvas"])
@pytest.mark.parametrize("command", [("graph",), ("export", "--format", "json")])
def test_no_export_becomes_a_note_of_the_vault(vault: MakeVault, run: Run, name: str, command: tuple[str, ...]) -> None:
    """It would be read as one; elsewhere a file may be called what it will."""
    root = vault(MAPPED)
    result = run(command[0], root, *command[1:], "-o", root / name, "--force")
    assert result.exit_code == 2
    assert "would become a note in the vault, so it was not created. Choose another file." in result.stderr
    assert not (root / name).exists()
    assert run(command[0], root, *command[1:], "-o", root.parent / "new.md").exit_code == 0


def test_a_vault_without_notes_has_no_types(vault: MakeVault, run: Run) -> None:
    """So none is offered."""
    assert run("graph", vault({}), "--type", "x").stderr.rstrip().endswith("there are no notes in this vault.")


def moved(page: bytes) -> bytes:
    """A page of the vault whose first node was put elsewhere, as another device might have it."""
    corner = re.search(rb'"corner":\[(-?\d+),', page)
    assert corner is not None
    return page.replace(corner[0], b'"corner":[%d,' % (int(corner[1]) + 500))


def test_the_map_stays_as_it_stands_in_the_vault_until_it_is_arranged_anew(vault: MakeVault, run: Run) -> None:
    """All devices share the page in the vault, so they agree; what is written elsewhere agrees with it as well."""
    root = vault(MAPPED)
    run("graph", root)
    first = pages(root)["graph.html"]
    other, page = root.parent / "other.html", root / "_vault-tools" / "graph.html"
    page.write_bytes(moved(first))
    run("graph", root)
    assert pages(root)["graph.html"] == moved(first) != first
    run("graph", root, "-o", other)
    assert other.read_bytes() == moved(first)
    run("graph", root, "-o", other, "--anew")
    assert other.read_bytes() == first
    assert pages(root)["graph.html"] == moved(first)
    assert run("graph", root, "--rearrange").exit_code == 0
    assert pages(root)["graph.html"] == first
    page.unlink()
    run("report", root)
    assert pages(root)["graph.html"] == first


def test_the_page_is_opened_in_a_browser_where_there_is_one(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its view; where nobody could see it, that is said, and the address is printed all the same."""
    root = vault(MAPPED)
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) is None)  # type: ignore[func-returns-value]
    monkeypatch.setattr("vault_tools.cli.graphs._has_screen", lambda: True)
    address = run("graph", root, "--focus", "量化", "--open").stdout.strip()
    assert asked == [quote(address, safe="/:#=&")]
    assert address.endswith("/_vault-tools/graph.html#note=Knowledge/量化.md")
    monkeypatch.setattr("webbrowser.open", lambda _address: False)
    result = run("graph", root, "--open")
    assert (result.exit_code, result.stdout.strip()) == (0, str(root / "_vault-tools" / "graph.html"))
    assert "No browser" in result.stderr
    monkeypatch.undo()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_view_is_opened_where_the_system_drops_what_stands_behind_an_address(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str
) -> None:
    """By way of a page that leads to it; an address without a view is opened as it is."""
    root = vault(MAPPED)
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) is None)  # type: ignore[func-returns-value]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    address = run("graph", root, "--focus", "量化").stdout.strip()
    plain = (root / "_vault-tools" / "graph.html").as_uri()
    monkeypatch.setattr("vault_tools.cli.graphs.sys.platform", system)
    _show(address)
    _show(plain)
    monkeypatch.undo()
    assert asked[1] == plain
    assert Path(url2pathname(urlsplit(asked[0]).path)).parent == tmp_path
    text = Path(url2pathname(urlsplit(asked[0]).path)).read_text("utf-8")
    assert f'content="0; url={escape(quote(address, safe="/:#=&"))}"' in text


@pytest.mark.parametrize("there", [True, False])
def test_no_browser_takes_over_a_terminal(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:  # noqa: FBT001
    """On Linux there must be a screen, or a browser that the user named."""
    from vault_tools.cli.graphs import _has_screen

    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    if there:
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert _has_screen() is there


@given(st.text(), st.lists(st.text(min_size=1)))
def test_a_view_can_be_read_again(note: str, types: list[str]) -> None:
    """Whatever notes and types are called; and it ends no link of Markdown."""
    spelled = view(note=note, depth=2, types=types, mode="gaps")
    assert not set(spelled) & set(" ()<>[]\"'\n\\")
    read = dict(part.split("=") for part in spelled.split("&"))
    assert read["mode"] == "gaps"
    assert unquote(read.get("note", "")) == note.encode("utf-8", "replace").decode()
    assert [unquote(word) for word in read.get("type", "").split(",") if word] == [
        word.encode("utf-8", "replace").decode() for word in types
    ]
    assert ("depth" in read) == bool(note)


def test_export_agrees_with_the_graph(vault: MakeVault, run: Run) -> None:
    """Notes, files, links, edges, unresolved names, tags."""
    root = vault(NOTES)
    result = run("export", root, "--format", "json")
    assert result.stderr == ""
    data = json.loads(result.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    graph = Vault.open(root).knowledge
    assert data["schema"] == 1
    assert data["vault"] == "v"
    assert [note["path"] for note in data["notes"]] == ["A.md", "Alone.md", "B.md", "Bad.md"]
    assert data["files"] == ["Sub/p.png"]
    written = {(row["source"], row["relation"], row["target"]) for row in data["edges"] if not row["inferred"]}
    assert written == {(edge.source, edge.relation, edge.target) for edge in graph.edges}
    inferred = {(row["source"], row["relation"], row["target"]) for row in data["edges"] if row["inferred"]}
    assert inferred == {("B.md", "enables", "A.md"), ("A.md", "related", "B.md")}
    assert data["unresolved"] == {"A.md": {"Gone": 1, "gone": 1}, "B.md": {"Lost": 1}} == graph.unresolved
    assert data["tag_counts"] == {"#one": 2, "#one/two": 1}
    note = data["notes"][0]
    assert note["frontmatter"] == {"type": "knowledge", "tags": ["One/two"], "requires": "[[B]]"}
    assert note["headings"] == [{"text": "Head", "level": 1, "line": 7}]
    assert note["blocks"] == [{"id": "b1", "line_start": 8, "line_end": 8}]
    assert [(link["raw"], link["where"], link["resolved"]) for link in note["links"]] == [
        ("[[B]]", "frontmatter", "B.md"),
        ("[[Gone]]", "body", None),
        ("[[gone]]", "body", None),
    ]
    assert [(field["key"], field["form"]) for field in note["fields"]] == [
        ("type", "frontmatter"),
        ("tags", "frontmatter"),
        ("requires", "frontmatter"),
        ("x", "line"),
    ]
    assert [(row["note"], row["raw"], row["reason"]) for row in data["broken_links"]] == [
        ("A.md", "[[Gone]]", "no-such-note"),
        ("A.md", "[[gone]]", "no-such-note"),
        ("B.md", "[[Lost.md]]", "no-such-note"),
    ]
    assert [problem["code"] for problem in data["notes"][3]["problems"]] == ["not-utf8"]


@pytest.mark.parametrize("form", ["json", "html"])
def test_export_to_a_file_gives_what_it_gives_on_the_screen(form: str, vault: MakeVault, run: Run) -> None:
    """And names the file."""
    root = vault(NOTES)
    target = root.parent / f"out.{form}"
    assert run("export", root, "--format", form, "-o", target).stdout.strip() == str(target)
    assert target.read_text("utf-8") == run("export", root, "--format", form).stdout


def test_a_file_that_cannot_be_written_is_one_line_and_exit_2(vault: MakeVault, run: Run) -> None:
    """The line names it."""
    root = vault(NOTES)
    for command in (["export", "--format", "json"], ["graph"]):
        for target in (root.parent / "no folder" / "x", root / "no folder" / "x"):
            result = run(*command, root, "-o", target)
            assert result.exit_code == 2
            assert len(result.stderr.strip().splitlines()) == 1
            assert f"{target}: " in result.stderr


@pytest.mark.parametrize("command", [("graph",), ("export", "--format", "json"), ("export", "--format", "html")])
def test_an_output_replaces_what_we_wrote_and_nothing_else(
    command: tuple[str, ...], vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """Anywhere on the disk, unless the user insists; an empty file is nobody's work."""
    root = vault(NOTES)
    target = tmp_path / "LICENSE"
    target.write_bytes(b"")
    assert run(*command, root, "-o", target).exit_code == 0
    written = target.read_bytes()
    assert run(*command, root, "-o", target).exit_code == 0
    target.write_text("years of work")
    refused = run(*command, root, "-o", target)
    assert (refused.exit_code, target.read_text()) == (2, "years of work")
    assert f"{target} was not written by vault-tools" in refused.stderr
    assert "--force" in refused.stderr
    assert "[reports]" not in refused.stderr
    assert run(*command, root, "-o", target, "--force").exit_code == 0
    assert target.read_bytes() == written


def test_what_lies_in_the_vault_is_not_replaced_by_force(vault: MakeVault, run: Run) -> None:
    """Your notes are never changed."""
    root = vault(NOTES)
    for name in NOTES:
        before = (root / name).read_bytes()
        result = run("export", root, "--format", "json", "-o", root / name, "--force")
        assert (result.exit_code, (root / name).read_bytes()) == (2, before)
        assert "--force" not in result.stderr


def test_an_export_into_the_vault_is_renewed(vault: MakeVault, run: Run) -> None:
    """It carries our mark, whatever it says."""
    root = vault(NOTES)
    for _ in range(2):
        assert run("export", root, "--format", "json", "-o", root / "vault.json").exit_code == 0


def test_an_export_into_a_pipe_that_closes_ends_in_silence(vault: MakeVault) -> None:
    """`vault-tools export --format html | head`."""
    root = vault(NOTES)
    with subprocess.Popen(
        [sys.executable, "-m", "vault_tools", "export", root, "--format", "html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) != 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_machines_get_utf8_whatever_the_terminal_speaks(encoding: str, vault: MakeVault) -> None:
    """And people get what their terminal can show, without an error."""
    root = vault(NOTES | {"知识.md": "[[缺失]]"})
    speaks = {**os.environ, "PYTHONIOENCODING": encoding}
    assert python("-m", "vault_tools", "report", str(root), env=speaks).returncode == 0
    exported = python("-m", "vault_tools", "export", str(root), "--format", "json", env=speaks)
    assert [note["path"] for note in json.loads(exported.stdout)["notes"]][-1] == "知识.md"
    summary = json.loads(python("-m", "vault_tools", "report", str(root), "--json", env=speaks).stdout)
    assert "缺失" in {figure["name"] for figure in summary["top"]}


# ---------------------------------------------------------------- terminals

SLOW = "import vault_tools.cli.base as base; base.PATIENCE = -1; import vault_tools.cli; base.main()"


def _in_terminal(*args: str) -> str:
    """Run slowly in a terminal, and return what came over stderr."""
    ours, theirs = pty.openpty()
    speaks = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *args], stdout=subprocess.DEVNULL, stderr=theirs, env=speaks
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        assert process.wait(30) == 0
    os.close(ours)
    return shown.decode()


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 1000)
    except OSError:  # the other end is closed
        return b""


def test_progress_shows_in_a_terminal_and_never_in_a_pipe(vault: MakeVault) -> None:
    """Nor where it is not wanted."""
    root = str(vault(NOTES))
    assert "Reading notes" in _in_terminal("report", root, "--no-cache")
    assert _in_terminal("report", root, "--no-cache", "--quiet") == ""
    assert python("-c", SLOW, "report", root, "--no-cache").stderr == ""


def test_colour_is_left_out_where_it_is_not_wanted(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR, and every pipe."""
    root = vault(NOTES)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in run("report", root, color=True).stdout
    assert "\x1b[" not in run("report", root).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("report", root, color=True).stdout
