"""What readers of the code and first users stumbled over, each as a test."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import MakeVault

from vault_tools import Vault
from vault_tools.cli import main
from vault_tools.dialect.moment import name_pattern
from vault_tools.graph.nearest import Nearest
from vault_tools.model.note import Source
from vault_tools.parse import canvas, note
from vault_tools.render.markdown import escape
from vault_tools.store.locales import locale


def invoke(*words: object) -> tuple[int, str, str]:
    """Run a command; return its exit code, output and errors."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("command", [("graph",), ("export", "--format", "json")])
def test_an_output_never_replaces_a_note(command: tuple[str, ...], vault: MakeVault) -> None:
    """`-o` may name any file outside the vault, and inside it only what is ours or not there yet."""
    notes = {
        "A.md": "years of work",
        "引用.md": "---\ngenerated-by: vault-tools\n---\nkept by hand\n",
        "B.canvas": '{"generator": "vault-tools", "nodes": []}',
    }
    root = vault(notes)
    for name, text in notes.items():
        code, _, errors = invoke(*command, root, "-o", root / name)
        assert (code, (root / name).read_text("utf-8")) == (2, text)
        assert "is a note in the vault, so it was not changed" in errors
    code, _, _ = invoke(*command, root, "-o", root.parent / "out")
    assert code == 0


def test_too_many_gaps_say_how_many(vault: MakeVault) -> None:
    """Exit code 1 comes with its reason, on the error stream."""
    root = vault({"A.md": "[[B]] [[C]]"})
    code, _, errors = invoke("report", root, "--quiet", "--max-gaps", 1)
    assert (code, errors.strip()) == (1, "2 gaps, more than the 1 allowed")


def test_a_title_cannot_write_to_the_terminal(vault: MakeVault) -> None:
    """Control characters in a name are shown as blanks."""
    root = vault({"A.md": "[[\x1b]0;pwned\x07 x]]", "B.md": "[[\x1b]0;pwned\x07 x]]"})
    _, output, _ = invoke("report", root)
    assert "pwned" in output
    assert not {"\x1b", "\x07"} & set(output)


def test_an_address_in_a_name_becomes_no_link() -> None:
    """Obsidian links bare addresses; in our pages it finds none."""
    assert not note.parse(Source("x.md", escape("https://evil.example/x"), "")).external


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ('[orphans]\nexempt = ["templates"]', "Did you mean template?"),
        ('[types.book]\nrole = "sorce"', "Did you mean source?"),
        ('[types.book]\ncolor = "purple"', '[types.book] color must be a colour such as "#4a90d9"'),
        ('[[rules]]\ntype = "source"', "[[rules]] #1 folder is missing, and so is tag"),
        ("[relations.embeds]", "Choose another name"),
        ("x = " + "[" * 4000, "not valid TOML"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: str, word: str, vault: MakeVault) -> None:
    """In one line that says what may stand there."""
    code, _, errors = invoke("report", vault({"vault-tools.toml": wrong}))
    assert code == 2
    assert word in errors
    assert len(errors.strip().splitlines()) == 1


def test_filters_that_no_engine_takes_are_passed_over(vault: MakeVault) -> None:
    """Obsidian's excluded files may hold any text."""
    filters = ["/a{99999999999}/", "/" + "(" * 3000 + ")" * 3000 + "/"]
    root = vault({"A.md": "", ".obsidian/app.json": json.dumps({"userIgnoreFilters": filters})})
    assert list(Vault.open(root).knowledge.nodes) == ["A.md"]


def test_a_source_may_be_an_address(vault: MakeVault) -> None:
    """Most sources are."""
    typed = "---\ntype: knowledge\nsource: {}\n---\n"
    root = vault({"A.md": typed.format("https://example.org"), "B.md": typed.format("")})
    assert [item.subject.id for item in Vault.open(root).findings["unsourced"]] == ["B.md"]


def test_another_time_stamp_is_another_picture() -> None:
    """A name that differs in its digits alone is no slip of the pen; a misspelt one is."""
    names = Nearest(["Pasted image 20220902100327.png", "throughput 1.png"])
    assert names.to("Pasted image 20220225094037.png") is None
    assert names.to("Pasted image 20220225094037.jpg") is None
    assert names.to("troughput 1.png") == "throughput 1.png"


def test_a_property_of_the_wrong_kind_is_told(vault: MakeVault) -> None:
    """As Obsidian's own types.json has it."""
    types = {"types": {"due": "date", "pages": "number", "done": "checkbox", "free": "text"}}
    good = "---\ndue: 2024-05-31\npages: 3\ndone: true\nfree: 1\n---\n"
    bad = "---\nDue: soon\npages: many\ndone: 1\n---\n"
    root = vault({"A.md": good, "B.md": bad, ".obsidian/types.json": json.dumps(types)})
    problems = Vault.open(root).knowledge.problems
    assert {path: [problem.code for problem in found] for path, found in problems.items()} == {
        "B.md": ["property-type"] * 3
    }


def test_wikilinks_in_reports_follow_the_link_format(vault: MakeVault) -> None:
    """Shortest unless the vault wants whole paths; homonyms always in full."""
    files = {
        "In/A.md": "[[Gone]]",
        "In/B.md": "[[Gone]]",
        "B.md": "",
        "vault-tools.toml": '[reports]\nlinks = "wikilink"',
    }
    root = vault(files)
    Vault.open(root).report()
    gaps = (root / "_vault-tools/Gaps.md").read_text("utf-8")
    assert "[[A|A]]" in gaps
    assert "[[In/B|In/B]]" in gaps
    root = vault(files | {".obsidian/app.json": '{"newLinkFormat": "absolute"}'})
    Vault.open(root).report()
    assert "[[In/A|A]]" in (root / "_vault-tools/Gaps.md").read_text("utf-8")


def test_names_in_either_normal_form_are_the_same(vault: MakeVault) -> None:
    """Obsidian writes NFC; some disks and tools give NFD."""
    folder = unicodedata.normalize("NFD", "Café")
    settings = json.dumps({"userIgnoreFilters": [unicodedata.normalize("NFC", folder) + "/"]})
    nodes = Vault.open(vault({f"{folder}/A.md": "", ".obsidian/app.json": settings})).knowledge.nodes
    assert nodes[unicodedata.normalize("NFC", f"{folder}/A.md")].role == "excluded"
    root = vault({f"{folder}/A.md": "", "vault-tools.toml": f'skip = ["{unicodedata.normalize("NFC", folder)}"]'})
    assert not Vault.open(root).knowledge.nodes


def test_an_arrow_to_a_page_of_ours_is_no_gap(vault: MakeVault) -> None:
    """Nor is a link to one."""
    board = {
        "nodes": [
            {"id": "a", "type": "file", "file": "A.md"},
            {"id": "b", "type": "file", "file": "_vault-tools/Gaps.md"},
        ],
        "edges": [{"fromNode": "a", "toNode": "b", "label": "requires"}],
    }
    root = vault({"A.md": "[[_vault-tools/Overview]]", "Board.canvas": json.dumps(board)})
    assert not [node for node in Vault.open(root).knowledge.nodes.values() if node.kind == "missing"]


def test_cards_without_ids_are_cards_too() -> None:
    """JSON Canvas wants ids; a file without them still shows its notes."""
    cards = {"nodes": [{"type": "file", "file": "A.md"}, {"type": "file", "file": "B.md"}]}
    assert [link.raw for link in canvas.parse(Source("x.canvas", json.dumps(cards), "")).links] == ["A.md", "B.md"]


def _seconds(text: str, path: str) -> float:
    began = time.perf_counter()
    (canvas.parse if path.endswith("canvas") else note.parse)(Source(path, text, ""))
    return time.perf_counter() - began


def _bomb(levels: int) -> str:
    rows = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}' if at else 'x'] * 9)}]\n" for at in range(levels)]
    return f"---\n{''.join(rows)}? *a{levels - 1}\n: v\n---\n"


@pytest.mark.parametrize(
    ("path", "small", "large"),
    [
        ("x.md", "$1" * 4_000 + " $", "$1" * 16_000 + " $"),
        ("x.md", _bomb(5), _bomb(9)),
        (
            "x.canvas",
            *(json.dumps({"nodes": [{"type": "file", "file": f"{n}.md"} for n in range(k)]}) for k in (3000, 12_000)),
        ),
    ],
)
def test_time_grows_with_the_length_alone(path: str, small: str, large: str) -> None:
    """Four times the text (or a bomb of four more levels) takes no more than ten times as long."""
    base = max(min(_seconds(small, path) for _ in range(3)), 0.002)
    assert min(_seconds(large, path) for _ in range(3)) < 10 * base


def test_a_date_format_of_many_names_is_matched_at_once() -> None:
    """However often a month is named, there is one way to read it."""
    import re

    began = time.perf_counter()
    assert not re.fullmatch(name_pattern("MMMM" * 12 + "X", locale("en")[0]), "a" * 40)
    assert time.perf_counter() - began < 1


def test_new_files_follow_the_umask(vault: MakeVault, tmp_path: Path) -> None:
    """A page is as private as the user's other files."""
    import os
    import sys

    if sys.platform == "win32":
        pytest.skip("Windows has no umask")
    root = vault({"A.md": ""})
    before = os.umask(0o077)
    try:
        Vault.open(root, cache=tmp_path / "cache").report()
    finally:
        os.umask(before)
    assert (root / "_vault-tools/graph.html").stat().st_mode & 0o777 == 0o600
