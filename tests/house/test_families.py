"""Insights, pages, regions and exporters: a file in their folder counts, and a wrong file is named."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from conftest import MakeVault, Run, pages, write

from vault_tools import Vault, insights, shipped
from vault_tools.render import pages as report_pages
from vault_tools.words import words

CHECKOUT = Path(__file__).parents[2]
Put = Callable[[ModuleType, str, str], Path]
INSIGHT = '''"""Which notes have a name in capitals?"""

from vault_tools.model.finding import Finding, Insight
from vault_tools.model.text import Ref


def find(graph, _context):
    """Find loud notes."""
    for node in graph.nodes.values():
        if node.kind == "note" and node.title.isupper():
            yield Finding("loud", Ref(node.id), 99.0, ("its name is LOUD",), ("whisper",))


INSIGHT = Insight(name="loud", page="Reading list", order=15, find=find)
'''
PAGE = '''"""What to read."""

from vault_tools.render.report import PageKind
from vault_tools.render.sections import render_sections


def render(report, insights):
    """Say how many notes there are."""
    yield f"{len(report.graph.nodes)} nodes"
    yield from render_sections(report, insights)


PAGE = PageKind(name="Reading list", order=15, render=render)
'''
WORDS = '\n[loud]\ntitle = "Loud notes"\nlead = "Notes that shout."\nempty = "No note shouts."\n'


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Put a file into the folder of a family for one test."""
    before = set(sys.modules)

    def put_file(family: ModuleType, file: str, text: str) -> Path:
        folder = tmp_path / family.__name__
        write(folder, {file: text})
        monkeypatch.setattr(family, "__path__", [*family.__path__, str(folder)])
        return folder / file

    yield put_file
    for name in sys.modules.keys() - before:
        if name.startswith("vault_tools."):
            del sys.modules[name]


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The English catalogue, in a copy of the shipped templates."""
    copy = tmp_path / "templates"
    shutil.copytree(CHECKOUT / "templates", copy)
    monkeypatch.setattr(shipped, "templates", lambda: copy)
    words.cache_clear()
    yield copy / "words" / "en.toml"
    words.cache_clear()


# ---------------------------------------------------------------- a page


def test_a_file_in_pages_and_its_title_are_a_page(put: Put, english: Path, vault: MakeVault, run: Run) -> None:
    """It has the sections of its insights; the overview links to it, in its place; it is no note of the vault."""
    put(report_pages, "reading_list.py", PAGE)
    put(insights, "loud.py", INSIGHT)
    text = english.read_text("utf-8").replace("\n[page]\n", '\n[page]\nreading-list = "To read"\n') + WORDS
    english.write_text(text, "utf-8")
    words.cache_clear()
    root = vault({"LOUD.md": "[[soft]]", "soft.md": "[[LOUD]]"})
    assert run("report", root, "--no-cache").exit_code == 0
    page, overview = pages(root)["Reading list.md"].decode(), pages(root)["Overview.md"].decode()
    assert page.startswith("---\ngenerated-by: vault-tools\n---\n2 nodes\n\n## Loud notes\n\nNotes that shout.\n\n- ")
    assert "[Gaps](_vault-tools/Gaps.md) · [To read](_vault-tools/Reading%20list.md) · [Learning]" in overview
    again = Vault.open(root, cache=False)
    assert [note.path for note in again.notes] == ["LOUD.md", "soft.md"]
    assert "_vault-tools/Reading list.md" in again.own_pages


def test_the_names_of_the_pages_are_those_of_their_files() -> None:
    """They are asked for in every run, so no page is imported for them."""
    assert report_pages.names() == ["Gaps.md", "Learning.md", "Orphans.md", "Overview.md"]
    assert [kind.file for kind in report_pages.page_kinds()] == ["Overview.md", "Gaps.md", "Learning.md", "Orphans.md"]
