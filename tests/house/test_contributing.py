"""The recipes in CONTRIBUTING work as they are printed, in a copy of the sources, and the checks stay green."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from shared.manual_pages import TOP
from shared.vaults import write

TEXT = (TOP / "CONTRIBUTING.md").read_text("utf-8")
PARTS = ("vault_tools", "templates", "tests", "sample_vault", ".ci")
FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".gitignore")
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "node_modules", ".hypothesis", ".mypy_cache", "_vault-tools")
CODE = re.compile(r"^vault_tools/.*\.py$")


@dataclass(frozen=True, slots=True)
class Change:
    """What a recipe adds to a file: lines, after the line that is printed above them, or at the end of the file."""

    path: str
    after: str
    lines: str

    def apply(self, checkout: Path) -> None:
        """Make the change, as somebody types it."""
        file = checkout / self.path
        old = file.read_text("utf-8") if file.exists() else ""
        assert not self.after or old.count(f"\n{self.after}") == 1, f"{self.path} does not say {self.after!r} once"
        place = old.index(f"\n{self.after}") + len(self.after) + 1 if self.after else len(old)
        file.write_text(f"{old[:place]}{self.lines}{old[place:]}", "utf-8")


def changes(recipe: str) -> Iterator[Change]:
    """Yield the changes that a recipe prints."""
    for block in re.findall(r"^```diff\n(.*?)^```$", recipe, re.MULTILINE | re.DOTALL):
        for path, hunk in re.findall(r"^--- \S+\n\+\+\+ b/(\S+)\n@@\n((?:[ +].*\n|\+\n)+)", block, re.MULTILINE):
            marked = [(line[0], line[1:]) for line in hunk.splitlines(keepends=True)]
            after = "".join(text for mark, text in marked if mark == " ")
            yield Change(path, after, "".join(text for mark, text in marked if mark == "+"))


def recipes() -> dict[str, tuple[Change, ...]]:
    """Return the changes of each recipe by its heading."""
    section = TEXT.partition("\n## How to extend it\n")[2].partition("\n## ")[0]
    by_heading = {part.partition("\n")[0]: tuple(changes(part)) for part in section.split("\n### ")[1:]}
    return {heading: each for heading, each in by_heading.items() if each}


RECIPES = recipes()
LAST_STEP = re.findall(r"^```sh\npython (\S+)\n```$", TEXT.partition("\n### ")[0], re.MULTILINE)
"""The scripts that end every recipe."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A copy of the sources, and the commands that somebody runs in it."""

    folder: Path

    def run(self, *words: str) -> str:
        """Run Python with these words, and return what it prints; any exit code but 0 fails the test."""
        environment = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment["XDG_STATE_HOME"] = str(self.folder / "state")
        call = [sys.executable, *words]
        done = subprocess.run(
            call, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300
        )
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def vault_tools(self, *words: str) -> str:
        """Run a command of vault-tools."""
        return self.run("-m", "vault_tools", *words)

    def vault(self, notes: dict[str, str]) -> Path:
        """Make a vault beside the sources."""
        root = self.folder / "my vault"
        (root / ".obsidian").mkdir(parents=True)
        write(root, dict(notes))
        return root


def copy_of_sources(folder: Path) -> Checkout:
    """Return a copy of the sources."""
    for name in PARTS:
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, folder / name, ignore=LEFT_BEHIND)
    for name in FILES:
        if (TOP / name).is_file():
            shutil.copy(TOP / name, folder / name)
    return Checkout(folder)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A copy of the sources without any addition."""
    (tmp_path / "checkout").mkdir()
    return copy_of_sources(tmp_path / "checkout")


# ---------------------------------------------------------------- what each recipe adds


def use_section(checkout: Checkout) -> None:
    """A report has the section, with its findings."""
    root = checkout.vault({"Plain.md": "[[Tagged]]", "Tagged.md": "#seen [[Plain]]"})
    checkout.vault_tools("report", str(root), "-q")
    page = (root / "_vault-tools" / "Orphans.md").read_text("utf-8")
    section = page.partition("## Notes without a tag\n\n")[2].partition("\n## ")[0]
    assert "Plain" in section
    assert "Tagged" not in section
    (root / "Plain.md").write_text("#seen [[Tagged]]", "utf-8")
    checkout.vault_tools("report", str(root), "-q")
    page = (root / "_vault-tools" / "Orphans.md").read_text("utf-8")
    assert "## Notes without a tag\n\n*Nothing was found.*\n" in page


def use_page(checkout: Checkout) -> None:
    """The overview links to the page, in the language of the report."""
    root = checkout.vault({"A.md": "", "vault-tools.toml": 'language = "zh"\n'})
    checkout.vault_tools("report", str(root), "-q")
    folder = root / "_vault-tools"
    assert "# 阅读清单\n" in (folder / "Reading list.md").read_text("utf-8")
    assert "[阅读清单](_vault-tools/Reading%20list.md)" in (folder / "Overview.md").read_text("utf-8")


def use_relation(checkout: Checkout) -> None:
    """A property of one of its names makes an edge, and the overview counts it."""
    root = checkout.vault({"A.md": "disagrees with:: [[B]]", "B.md": "矛盾:: [[C]]", "C.md": ""})
    assert checkout.vault_tools("export", str(root), "--format", "json").count('"relation": "contradicts"') >= 2
    checkout.vault_tools("report", str(root), "-q")
    assert re.search(r"\| disagrees with \|.*\| 2 \|", (root / "_vault-tools" / "Overview.md").read_text("utf-8"))


def use_note_type(checkout: Checkout) -> None:
    """`new` writes such a note; `init` installs the template in the vault's language; its word there is the type."""
    root = checkout.vault({"vault-tools.toml": 'language = "zh"\n'})
    path = checkout.vault_tools("new", "person", "Grace", "--vault", str(root)).strip()
    assert path == "人物/Grace.md"
    assert "单位:" in (root / path).read_text("utf-8")
    write(root, {"Ada.md": "---\ntype: 人物\n---\n"})
    assert '"type": "person"' in checkout.vault_tools("export", str(root), "--format", "json")
    checkout.vault_tools("report", str(root), "-q")
    assert "| 人物 | 2 |" in (root / "_vault-tools" / "Overview.md").read_text("utf-8")
    checkout.vault_tools("init", str(root))
    assert "## 谈过什么" in (root / "模板" / "人物.md").read_text("utf-8")


def use_region(checkout: Checkout) -> None:
    """A report fills the region."""
    root = checkout.vault({"A.md": "%% vault-tools:begin untyped 3 %%\n%% vault-tools:end untyped %%\n", "B.md": ""})
    checkout.vault_tools("report", str(root), "-q")
    assert re.search(r"begin untyped 3 %%\n+- .*A", (root / "A.md").read_text("utf-8"))


def use_exporter(checkout: Checkout) -> None:
    """`export` prints the format, writes it and writes it again, but not over an edit."""
    root, target = checkout.vault({"A.md": "[[B]]", "B.md": ""}), checkout.folder / "links.tsv"
    call = ("export", str(root), "--format", "tsv")
    assert checkout.vault_tools(*call) == "A.md\tlinks-to\tB.md\n"
    checkout.vault_tools(*call, "-o", str(target))
    (root / "B.md").write_text("[[A]]", "utf-8")
    checkout.vault_tools(*call, "-o", str(target))
    assert target.read_text("utf-8") == "A.md\tlinks-to\tB.md\nB.md\tlinks-to\tA.md\n"
    target.write_text("mine", "utf-8")
    with pytest.raises(AssertionError, match="was not written by vault-tools"):
        checkout.vault_tools(*call, "-o", str(target))
    assert "tsv" in checkout.vault_tools("export", "--help")


def use_colour(checkout: Checkout) -> None:
    """The page offers the colour in its language, with the values that the notes have; so does the command."""
    root = checkout.vault({"A.md": "---\nstatus: urgent\n---\n", "vault-tools.toml": 'language = "zh"\n'})
    checkout.vault_tools("graph", str(root), "--color", "status")
    core = re.search(r'id="core">(.*?)</script>', (root / "_vault-tools" / "graph.html").read_text("utf-8"))
    assert core is not None
    assert re.search(r'"name": ?"status", ?"label": ?"状态", ?"values": ?\["urgent"\]', core[1])


USES: dict[str, Callable[[Checkout], None]] = {
    "A section of a report": use_section,
    "A page": use_page,
    "A relation": use_relation,
    "A note type": use_note_type,
    "A region": use_region,
    "An exporter": use_exporter,
    "A colour of the map": use_colour,
}
ADDITIONS = {
    "A section of a report": (1, 2),
    "A page": (1, 2),
    "A relation": (0, 1),
    "A note type": (2, 1),
    "A region": (1, 0),
    "An exporter": (1, 0),
    "A colour of the map": (0, 3),
}
"""How many files each recipe adds, and in how many others it adds a row."""


def test_every_example_in_contributing_belongs_to_a_recipe_that_is_tried() -> None:
    """None is printed that nobody runs."""
    assert RECIPES.keys() == USES.keys()
    assert sum(len(each) for each in RECIPES.values()) == TEXT.count("\n+++ b/")
    assert len(LAST_STEP) == 1


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_adds_one_file_or_one_row_in_each_place(recipe: str) -> None:
    """A row is a key with its value, or a table of a few keys."""
    new = [change for change in RECIPES[recipe] if not (TOP / change.path).exists()]
    rows = [change for change in RECIPES[recipe] if change not in new]
    assert (len(new), len(rows)) == ADDITIONS[recipe]
    assert [change for change in rows if change.lines.strip().count("\n\n")] == []


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_adds_what_it_says(recipe: str, checkout: Checkout) -> None:
    """Without any other edit."""
    for change in RECIPES[recipe]:
        change.apply(checkout.folder)
    USES[recipe](checkout)


# ---------------------------------------------------------------- what turns red without every line

CHECKED = ("house/test_published.py", "house/test_words.py", "house/test_shape.py", "cli/test_sessions.py")
"""Tests that look at all members of a family, at all rows of a table, or at the sources; and for some recipes more."""
PAGES = ("render/test_languages.py", "cli/test_reports.py", "cli/test_report_output.py", "house/test_families.py")
TERMS = ("house/test_vocabulary.py", "house/test_growth.py", "house/test_plain_words.py")
CHECKED_TOO = {
    "A section of a report": ("render/test_languages.py", "insights/test_reasons.py", "house/test_families.py"),
    "A page": (*PAGES, "store/test_output.py", "insights/test_reasons.py", "settings/test_parsing.py"),
    "A relation": TERMS,
    "A note type": (*TERMS, "authoring/test_setup.py"),
    "A region": ("house/test_families.py",),
    "An exporter": ("house/test_families.py", "exporters/test_json.py", "house/test_manual.py"),
    "A colour of the map": ("page/test_choices.py", "house/test_manual.py"),
}


@pytest.mark.ci
@pytest.mark.parametrize("recipe", RECIPES)
def test_the_checks_are_green_after_a_recipe(recipe: str, checkout: Checkout) -> None:
    """The linters, the contracts of imports, the catalogues, and the tests that look at what the recipe adds to."""
    for change in RECIPES[recipe]:
        change.apply(checkout.folder)
    checkout.run(*LAST_STEP)
    checkout.run("-m", "ruff", "check", "--no-cache", "vault_tools")
    checkout.run("-m", "ruff", "format", "--check", "--no-cache", "vault_tools")
    assert checkout.run("tests/catalogues.py") == "complete\n"
    checkout.run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])")
    files = [f"tests/{name}" for name in (*CHECKED, *CHECKED_TOO[recipe])]
    checkout.run("-m", "pytest", *files, "-p", "no:cacheprovider")


@pytest.mark.ci
def test_the_code_of_all_recipes_together_has_proper_types(checkout: Checkout) -> None:
    """Checked once for all, because a cold start takes a while."""
    for change in (change for recipe in RECIPES.values() for change in recipe):
        change.apply(checkout.folder)
    code = [change.path for recipe in RECIPES.values() for change in recipe if CODE.match(change.path)]
    assert len(code) == 4
    assert "no issues found in 4 source files" in checkout.run("-m", "mypy", *code)
