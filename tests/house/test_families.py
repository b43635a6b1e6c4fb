"""Insights, pages, regions and exporters: a file in their folder counts, and a wrong file is named."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from shared.loud_insight import loud_insight
from shared.vaults import MakeVault, Run, pages, write

from vault_tools import Vault, exporters, insights, shipped
from vault_tools.errors import FamilyError
from vault_tools.render import pages as report_pages
from vault_tools.render import regions
from vault_tools.words import words

CHECKOUT = Path(__file__).parents[2]
Put = Callable[[ModuleType, str, str], Path]
INSIGHT = loud_insight("Shouting list")
PAGE = '''"""What to read."""

from vault_tools.render.report import PageKind
from vault_tools.render.sections import render_sections


def render(report, insights):
    """Say how many notes there are."""
    yield f"{len(report.graph.nodes)} nodes"
    yield from render_sections(report, insights)


PAGE = PageKind(name="Shouting list", order=15, render=render)
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
    put(report_pages, "shouting_list.py", PAGE)
    put(insights, "loud.py", INSIGHT)
    text = english.read_text("utf-8").replace("\n[page]\n", '\n[page]\nshouting-list = "To read"\n') + WORDS
    english.write_text(text, "utf-8")
    words.cache_clear()
    root = vault({"LOUD.md": "[[soft]]", "soft.md": "[[LOUD]]"})
    assert run("report", root, "--no-cache").exit_code == 0
    page, overview = pages(root)["Shouting list.md"].decode(), pages(root)["Overview.md"].decode()
    assert page.startswith("---\ngenerated-by: vault-tools\n---\n2 nodes\n\n## Loud notes\n\nNotes that shout.\n\n- ")
    assert "[Gaps](_vault-tools/Gaps.md) · [To read](_vault-tools/Shouting%20list.md) · [Learning]" in overview
    again = Vault.open(root, cache=False)
    assert [note.path for note in again.notes] == ["LOUD.md", "soft.md"]
    assert "_vault-tools/Shouting list.md" in again.snapshot.vault.own_paths


def test_the_names_of_the_pages_are_those_of_their_files() -> None:
    """They are asked for in every run, so no page is imported for them. The published ones stay, in their order."""
    folder = Path(report_pages.__path__[0])
    stems = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    assert [name.lower().replace(" ", "_") for name in report_pages.names()] == [f"{stem}.md" for stem in stems]
    files = [kind.file for kind in report_pages.page_kinds()]
    assert sorted(files) == sorted(report_pages.names())
    published = ["Overview.md", "Gaps.md", "Learning.md", "Orphans.md"]
    assert [file for file in files if file in published] == published


# ---------------------------------------------------------------- what is no member


def test_a_file_whose_name_begins_with_an_underscore_is_no_member(put: Put) -> None:
    """It holds what several members share."""
    formats = exporters.names()
    for family in (insights, exporters, regions, report_pages):
        put(family, "_shared.py", "")
    assert exporters.names() == formats
    assert "_shared.md" not in report_pages.names()
    assert all(kind.name != "_shared" for kind in report_pages.page_kinds())
    assert all(insight.name != "_shared" for insight in insights.insights())
    assert "_shared" not in regions.kinds()


NO_CONSTANT = (
    "{file} does not define {constant}. Add {constant}, or begin the name of the file with _ if it is only a helper."
)
WRONG_KIND = "{constant} in {file} is a str, but must be a {kind}. Correct the file, or remove it."
WRONG_NAME = "{constant} in {file} has the name quiet, which does not fit its file. Change the name to {expected}."
WRONG_ROWS = "{constant} in {file} must be a tuple of {kind}. Correct the file, or remove it."
NAME_AGAIN = "{constant} in {file} has the name {name}, which is already taken. Choose another name."
QUIET_INSIGHT = INSIGHT.replace('name="loud", page="Shouting list"', 'name="quiet", page="Gaps"')
EXPORTER = """from vault_tools.model.export import Exporter

EXPORTER = Exporter("{name}", ".x", lambda graph, context: iter(()))
"""
REGION = """from vault_tools.render.region import RegionKind

REGIONS = (RegionKind("{name}", lambda report, note, argument: ""),)
"""
WRONG: dict[str, tuple[ModuleType, str, str]] = {
    "an insight without its constant": (insights, "", NO_CONSTANT),
    "an insight of a wrong kind": (insights, "INSIGHT = 'loud'\n", WRONG_KIND),
    "an insight with another name": (insights, QUIET_INSIGHT, WRONG_NAME),
    "a page without its constant": (report_pages, "", NO_CONSTANT),
    "a page of a wrong kind": (report_pages, "PAGE = 'Loud'\n", WRONG_KIND),
    "a page with another name": (report_pages, PAGE.replace("Shouting list", "quiet"), WRONG_NAME),
    "a region without its constant": (regions, "", NO_CONSTANT),
    "a region that is no tuple": (regions, "REGIONS = 'loud'\n", WRONG_ROWS),
    "a region of a wrong kind": (regions, "REGIONS = ('loud',)\n", WRONG_ROWS),
    "a region with a name that is taken": (regions, REGION.replace("{name}", "gaps"), NAME_AGAIN),
    "an exporter without its constant": (exporters, "", NO_CONSTANT),
    "an exporter of a wrong kind": (exporters, "EXPORTER = 'loud'\n", WRONG_KIND),
    "an exporter with another name": (exporters, EXPORTER.replace("{name}", "quiet"), WRONG_NAME),
}
CONSTANTS = {insights: "INSIGHT", report_pages: "PAGE", regions: "REGIONS", exporters: "EXPORTER"}
KINDS = {insights: "Insight", report_pages: "PageKind", regions: "RegionKind", exporters: "Exporter"}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_member_stops_the_run_with_one_line_that_names_its_file(
    case: str, put: Put, vault: MakeVault, run: Run
) -> None:
    """And says what to do about it."""
    family, text, sentence = WRONG[case]
    file = put(family, "loud.py", text)
    root = vault({"A.md": "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"})
    words = ("export", root, "--format", "loud") if family is exporters else ("report", root, "--no-cache")
    result = run(*words)
    expected = sentence.format(
        file=file,
        constant=CONSTANTS[family],
        kind=KINDS[family],
        name="gaps",
        expected="Loud" if family is report_pages else "loud",
    )
    assert (result.exit_code, result.stderr) == (2, f"Error: {expected}\n")


@pytest.mark.parametrize("family", CONSTANTS)
def test_a_member_that_cannot_be_loaded_is_named(family: ModuleType, put: Put, vault: MakeVault, run: Run) -> None:
    """With the mistake that Python found in it."""
    file = put(family, "loud.py", "from vault_tools import nothing_of_the_kind\n")
    root = vault({"A.md": "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"})
    words = ("export", root, "--format", "loud") if family is exporters else ("report", root, "--no-cache")
    line = run(*words).stderr
    assert line.startswith(f"Error: {file} cannot be loaded (ImportError: cannot import name 'nothing_of_the_kind'")
    assert line.endswith("Correct the file, or remove it.\n")


def test_an_insight_for_a_page_that_does_not_exist_is_named(put: Put, vault: MakeVault, run: Run) -> None:
    """With the pages that exist."""
    put(insights, "loud.py", INSIGHT.replace("Shouting list", "No such page"))
    existing = ", ".join(kind.name for kind in report_pages.page_kinds())
    assert run("report", vault({"A.md": ""}), "--no-cache").stderr == (
        "Error: The insight loud is for the page No such page, which does not exist. "
        f"In the file of the insight, change page to one of: {existing}.\n"
    )


def test_the_help_lists_the_formats(put: Put, run: Run) -> None:
    """Also one that was added."""
    formats = exporters.names()
    put(exporters, "loud.py", EXPORTER.replace("{name}", "loud"))
    assert f"The format: {', '.join(sorted([*formats, 'loud']))}." in run("export", "--help").stdout


def test_a_python_program_gets_an_error_of_ours(put: Put, vault: MakeVault) -> None:
    """Which it can catch."""
    put(insights, "loud.py", "")
    with pytest.raises(FamilyError, match=r"loud\.py does not define INSIGHT"):
        _ = Vault.open(vault({"A.md": ""}), cache=False).findings
