"""The tool grows by a file or a row: each kind of thing is dropped in, and works with no other edit."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared.loud_insight import loud_insight
from shared.vaults import MakeVault, Run, pages, write

from vault_tools import Vault, exporters, insights, shipped
from vault_tools.words import words

CHECKOUT = Path(__file__).parents[2]

SECTION_WORDS = '\n[loud]\ntitle = "Loud notes"\nlead = "Notes that shout."\nempty = "No note shouts."\n'

FORMAT = '''"""The graph for Graphviz."""

import json

from vault_tools.model.export import Exporter


def export(graph, context):
    """Yield a digraph."""
    yield "digraph " + json.dumps(context.vault) + " {\\n"
    for edge in graph.edges:
        yield f"  {json.dumps(edge.source)} -> {json.dumps(edge.target)};\\n"
    yield "}\\n"


EXPORTER = Exporter("dot", ".dot", export)
'''

NOTES: dict[str, str | bytes] = {"LOUD.md": "---\ntype: knowledge\n---\n[[soft]]\n", "soft.md": "[[LOUD]]"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A folder that belongs to `insights` and `exporters` for one test."""
    folder = tmp_path / "room"
    folder.mkdir()
    yield folder
    for name in [name for name in sys.modules if name.endswith((".loud", ".dot"))]:
        del sys.modules[name]


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped templates, in their place for one test."""
    copy = tmp_path / "templates"
    shutil.copytree(CHECKOUT / "templates", copy)
    monkeypatch.setattr(shipped, "templates", lambda: copy)
    words.cache_clear()
    yield copy
    words.cache_clear()


def _add_words(templates: Path) -> None:
    with (templates / "words" / "en.toml").open("a", encoding="utf-8") as file:
        file.write(SECTION_WORDS)
    words.cache_clear()


def test_a_file_in_insights_and_its_words_are_a_section_of_a_report(
    room: Path, templates: Path, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its page, in its place, in the figures, and at the top of the overview."""
    root = vault(NOTES)
    run("report", root, "--no-cache")
    before = pages(root)
    write(room, {"loud.py": loud_insight("Gaps")})
    _add_words(templates)
    monkeypatch.setattr(insights, "__path__", [*insights.__path__, str(room)])
    assert run("report", root, "--no-cache").exit_code == 0
    gaps = pages(root)["Gaps.md"].decode()
    titles = [line for line in gaps.splitlines() if line.startswith("## ")]
    assert titles.index("## Loud notes") == titles.index("## Missing notes") + 1
    section = gaps.partition("## Loud notes")[2].partition("\n## ")[0]
    assert "LOUD" in section
    assert "soft" not in section
    assert "whisper" in section
    assert "LOUD" in next(line for line in pages(root)["Overview.md"].decode().splitlines() if line.startswith("| 1 |"))
    assert Vault.open(root).summary.gaps["loud"] == 1
    monkeypatch.undo()
    assert b"Loud" not in before["Gaps.md"]


def test_a_file_in_exporters_is_a_format(
    room: Path, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`export --format dot` works, and a wrong format is told with it."""
    write(room, {"dot.py": FORMAT})
    monkeypatch.setattr(exporters, "__path__", [*exporters.__path__, str(room)])
    root = vault(NOTES)
    result = run("export", root, "--format", "dot")
    assert result.exit_code == 0, result.output
    assert result.stdout == 'digraph "v" {\n  "LOUD.md" -> "soft.md";\n  "soft.md" -> "LOUD.md";\n}\n'
    assert "dot" in run("export", root, "--format", "nope").stderr


def test_a_row_in_the_shipped_vocabulary_is_a_relation(templates: Path, vault: MakeVault) -> None:
    """With its names, its inverse, its circles and its colour on the page of the graph."""
    with (templates / "vocabulary.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[relations.disproves]\nnames = ["反驳"]\ninverse = "disproved-by"\nacyclic = true\ncolor = "#a1b2c3"\n'
        )
    found = Vault.open(
        vault(
            {"A.md": "反驳:: [[B]]", "B.md": "disproves:: [[C]]", "C.md": "disproves:: [[A]]\n\ndisproved by:: [[B]]"}
        )
    )
    _disproves(found)
    assert "#a1b2c3" in "".join(found.export("html"))


def test_a_row_in_the_settings_is_a_relation(vault: MakeVault) -> None:
    """The same row, in the vault's own words."""
    row = '[relations.disproves]\nnames = ["反驳"]\ninverse = "disproved-by"\nacyclic = true\n'
    _disproves(
        Vault.open(
            vault(
                {
                    "A.md": "反驳:: [[B]]",
                    "B.md": "disproves:: [[C]]",
                    "C.md": "disproves:: [[A]]\n\ndisproved by:: [[B]]",
                    "vault-tools.toml": row,
                }
            )
        )
    )


def _disproves(found: Vault) -> None:
    edges = {
        (edge.source, edge.target): len(edge.places) for edge in found.knowledge.edges if edge.relation == "disproves"
    }
    assert edges == {("A.md", "B.md"): 1, ("B.md", "C.md"): 2, ("C.md", "A.md"): 1}
    assert found.summary.gaps["cycles"] == 1
    assert found.summary.relations["disproves"] == 3
    assert '"disproved-by"' in "".join(found.export("json"))


def test_a_file_among_the_note_templates_and_a_row_are_a_note_type(templates: Path, vault: MakeVault) -> None:
    """The template gives the name and the properties, the row the other names, the role and the colour."""
    (templates / "notes" / "zine.md").write_text("---\ntype: zine\nissue:\npages:\n---\n", "utf-8")
    row = '[types.zine]\nnames = ["小志"]\nrole = "source"\ncolor = "#0a0b0c"\n'
    found = Vault.open(
        vault({"A.md": "---\ntype: 小志\n---\n", "B.md": "---\ntype: Zine\n---\n", "vault-tools.toml": row})
    )
    assert found.vocabulary.types["zine"].fields == ("type", "issue", "pages")
    assert [found.knowledge.nodes[name].type for name in ("A.md", "B.md")] == ["zine", "zine"]
    assert found.knowledge.nodes["A.md"].role == "source"
    assert found.summary.types == {"zine": 2}
    assert "#0a0b0c" in "".join(found.export("html"))


def test_a_file_among_the_note_templates_is_a_type_by_itself(templates: Path, vault: MakeVault) -> None:
    """Without a row it has no role."""
    (templates / "notes" / "zine.md").write_text("---\nissue:\n---\n", "utf-8")
    found = Vault.open(vault({"A.md": "---\ntype: ZINE\n---\n"}))
    assert found.knowledge.nodes["A.md"].type == "zine"


def test_a_file_among_the_words_is_a_language(templates: Path, vault: MakeVault) -> None:
    """What it does not say yet is said in English."""
    (templates / "words" / "eo.toml").write_text(
        '[overview]\ntop-title = "Kio plej mankas"\n[asked]\nlinks-only = "ligas ĝin {n} noto"\n'
        '[type]\nnote = "noto"\n[relation]\nlinks-to = "ligas"\n',
        "utf-8",
    )
    found = Vault.open(vault({"A.md": "[[B]]", "vault-tools.toml": 'language = "eo"'}))
    text = {page.path: page.text for page in found.pages()}["_vault-tools/Overview.md"]
    for said in (
        "## Kio plej mankas",
        "| ligas ĝin 1 noto | create this note, or",
        "| noto | 1 |",
        "| ligas | plain | 1 |",
    ):
        assert said in text
    assert str(words()["overview.problems-title"]) not in text


def test_a_file_among_the_note_templates_is_known_to_every_command(templates: Path, vault: MakeVault, run: Run) -> None:
    """Its type, though the word was a synonym before; `init` installs it, `new` writes one, `inject` completes one."""
    text = "---\ntype: book\nauthor:\nrating:\n---\n\n## What it says\n"
    (templates / "notes" / "book.md").write_text(text, "utf-8")
    root = vault({"Dune.md": "---\ntype: book\n---\n"})
    found = Vault.open(root, cache=False)
    assert found.knowledge.nodes["Dune.md"].type == "book"
    assert found.vocabulary.types["book"].fields == ("type", "author", "rating")
    run("init", root, "--lang", "zh")
    assert (root / "模板" / "Book.md").read_text("utf-8") == text
    assert run("new", "book", "Emma", "--vault", root).stdout == "Emma.md\n"
    os.utime(root / "Dune.md", (0, 0))
    assert run("inject", root, "--complete", "Dune").exit_code == 0
    assert (root / "Dune.md").read_text("utf-8") == text


def test_a_new_file_of_ours_makes_the_cache_forget_the_last_report(tmp_path: Path, vault: MakeVault) -> None:
    """Dropped into a copy of the package, with a warm cache: the next report has the section and the colour."""
    copy = tmp_path / "copy"
    shutil.copytree(CHECKOUT / "vault_tools", copy / "vault_tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(CHECKOUT / "templates", copy / "templates")
    root = vault(NOTES)

    def report() -> bytes:
        subprocess.run(
            [sys.executable, "-m", "vault_tools", "report", str(root), "-q"], cwd=copy, check=True, timeout=60
        )
        return pages(root)["Orphans.md"] + pages(root)["graph.html"]

    assert b"Loud notes" not in report()
    write(copy / "vault_tools", {"insights/loud.py": loud_insight("Orphans")})
    _add_words(copy / "templates")
    assert b"Loud notes" in report()
    vocabulary = copy / "templates" / "vocabulary.toml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("#2f7fb5", "#2f7fb6"), "utf-8")
    assert b"#2f7fb6" in report()
