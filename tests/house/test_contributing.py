"""The examples in CONTRIBUTING work as they are shown, in a copy of the sources."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shared.manual_pages import TOP
from shared.vaults import MakeVault

TEXT = (TOP / "CONTRIBUTING.md").read_text("utf-8")
ADDED = re.compile(r"^```diff\n--- .*\n\+\+\+ b/(.*)\n@@\n((?:\+.*\n)+)```$", re.MULTILINE)
"""Each example adds a file, or lines at the end of one."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with all that the examples add."""
    copy = tmp_path_factory.mktemp("sources")
    for name in ("vault_tools", "templates"):
        shutil.copytree(TOP / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path, lines in ADDED.findall(TEXT):
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write("\n" + re.sub(r"^\+", "", lines, flags=re.MULTILINE))
    return copy


def test_every_example_of_contributing_is_tried(sources: Path) -> None:
    """As many as are shown."""
    assert len(ADDED.findall(TEXT)) == TEXT.count("```diff\n") == 6
    assert (sources / "vault_tools" / "insights" / "untagged.py").is_file()


def test_the_examples_of_contributing_work(sources: Path, vault: MakeVault) -> None:
    """A section, its words, a relation, a note type, a region and an exporter, with no other edit."""
    region = "%% vault-tools:begin untyped 3 %%\n%% vault-tools:end untyped %%\n"
    root = vault({"A.md": f"disagrees with:: [[B]]\n\n{region}", "B.md": "---\ntype: knowledge\n---\n[[A]] #seen\n"})

    def run(*words: str) -> str:
        call = [sys.executable, "-m", "vault_tools", *words]
        done = subprocess.run(call, cwd=sources, capture_output=True, encoding="utf-8", check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("report", str(root))
    section = (root / "_vault-tools" / "Orphans.md").read_text("utf-8").partition("## Untagged notes")[2]
    assert "Notes without a tag." in section
    assert "it has no tag" in section
    assert re.search(r"begin untyped 3 %%\n+- .*A", (root / "A.md").read_text("utf-8"))
    assert '"A.md" -> "B.md" [label="contradicts"]' in run("export", str(root), "--format", "dot")
    made = root / run("new", "book", "Dune", "--vault", str(root)).strip()
    assert "author:" in made.read_text("utf-8")
