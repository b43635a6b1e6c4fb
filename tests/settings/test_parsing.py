"""Settings: each key works."""

from pathlib import Path

import pytest
from shared.screen import invoke
from shared.settings import NOTES, opened
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.errors import SettingsError
from vault_tools.model.speech import format_words
from vault_tools.model.text import Value, say
from vault_tools.render.pages import names as page_names
from vault_tools.settings.schema import Settings
from vault_tools.words import words


def edges(found: Vault, namespace: str = "semantic") -> set[tuple[str, str, str]]:
    """Return the typed relations of a vault."""
    return {(edge.source, edge.relation, edge.target) for edge in found.knowledge.edges if edge.namespace == namespace}


def test_a_vault_needs_no_settings(vault: MakeVault) -> None:
    """And an empty file is none."""
    assert opened(vault, "").settings == Vault.open(vault(NOTES)).settings == Settings()


def test_reports_folder_moves_the_pages(vault: MakeVault, run: Run) -> None:
    """The pages go there, and stay out of the graph there too."""
    root = vault(NOTES | {"vault-tools.toml": '[reports]\nfolder = "Meta/报告"\n'})
    run("report", root)
    first = pages(root, "Meta/报告")
    assert sorted(first) == sorted([*page_names(), "graph.html", "learning.svg"])
    assert not (root / "_vault-tools").exists()
    run("report", root, "--no-cache")
    assert pages(root, "Meta/报告") == first


def test_reports_limit_cuts_the_lists_and_says_so(vault: MakeVault) -> None:
    """What is cut is counted."""
    links: dict[str, str | bytes] = {"Many.md": "".join(f"[[Missing {at}]] " for at in range(9))}
    gaps = {page.path: page.text for page in opened(vault, "[reports]\nlimit = 3", links).pages()}[
        "_vault-tools/Gaps.md"
    ]
    listed = gaps.partition("## Missing notes")[2].partition("\n## ")[0]
    assert listed.count("\n- **") == 3
    assert "7 more" in listed


def test_reports_links_chooses_how_the_pages_link(vault: MakeVault) -> None:
    """Addresses by default; wikilinks, or Markdown links where the vault uses those."""
    gaps = "_vault-tools/Gaps.md"

    def text(settings: str, files: dict[str, str | bytes] | None = None) -> str:
        return {page.path: page.text for page in opened(vault, settings, files).pages()}[gaps]

    assert "obsidian://open?file=A" in text("")
    assert "[[A|A]]" in text('[reports]\nlinks = "wikilink"')
    assert "obsidian://" not in text('[reports]\nlinks = "wikilink"')
    markdown = text('[reports]\nlinks = "wikilink"', {".obsidian/app.json": '{"useMarkdownLinks": true}'})
    assert "[A](A.md)" in markdown
    assert "[[A" not in markdown


@pytest.mark.parametrize("definition", ["isolated", "no-in", "no-out", "islands", "weak"])
def test_orphans_definition_chooses_the_definition_that_counts(definition: str, vault: MakeVault, run: Run) -> None:
    """In the settings, or for one run on the command line."""
    found = opened(vault, f'[orphans]\ndefinition = "{definition}"')
    assert found.summary.orphan_definition == definition
    root = vault(NOTES)
    n, whole = found.summary.orphans, found.summary.orphans_of
    figures: dict[str, Value] = {"n": n, "all": whole, "percent": f"{100 * n / whole:.0f}"}
    said = format_words(say(f"report.orphans-{definition}", **figures), words(), str)
    assert said in run("report", root, "--orphans", definition).stdout


def test_orphans_exempt_names_the_roles_that_are_not_expected_to_be_linked(vault: MakeVault) -> None:
    """By default logs are; with an empty list nobody is."""
    log: dict[str, str | bytes] = {"Log.md": "---\ntype: log\n---\nalone too\n"}
    assert opened(vault, "", log).summary.orphans == 1
    assert opened(vault, "[orphans]\nexempt = []", log).summary.orphans == 2
    assert opened(vault, '[orphans]\nexempt = ["knowledge"]', log).summary.orphans_of == 4


def test_gaps_stub_words_says_what_is_short(vault: MakeVault) -> None:
    """A note of fewer words is a stub."""
    assert opened(vault, "[gaps]\nstub_words = 30").summary.gaps["stubs"] == 2
    assert opened(vault, "[gaps]\nstub_words = 1").summary.gaps["stubs"] == 0


def test_skip_leaves_paths_out_of_the_graph(vault: MakeVault) -> None:
    """They are no part of the graph; links to them find them all the same."""
    nodes = opened(vault, 'skip = ["Lon"]').knowledge.nodes
    assert "Loner.md" not in nodes
    assert "missing://Loner" not in nodes


def test_rules_give_a_type_by_folder_or_tag(vault: MakeVault) -> None:
    """The first that fits; a type the note writes itself wins."""
    rules = '[[rules]]\ntype = "source"\nfolder = "Papers"\n[[rules]]\ntype = "概念"\ntag = "idea"\n'
    nodes = opened(
        vault,
        rules,
        {
            "Papers/One.md": "x #idea",
            "papers2/Two.md": "x #idea/small",
            "Papers/Own.md": "---\ntype: log\n---\n",
            "Three.md": "---\ntags: [Idea]\n---\n",
            "Four.md": "#ideas",
        },
    ).knowledge.nodes
    types = {
        name: nodes[name].type for name in ("Papers/One.md", "papers2/Two.md", "Papers/Own.md", "Three.md", "Four.md")
    }
    assert list(types.values()) == ["source", "knowledge", "log", "knowledge", "note"]


def test_types_may_be_added_and_changed_in_the_settings(vault: MakeVault) -> None:
    """Names, role and colour; the shipped names stay."""
    found = opened(
        vault,
        '[types.recipe]\nnames = ["rezept"]\nrole = "knowledge"\ncolor = "#123456"\n[types.log]\nnames = ["diary"]\n',
        {"R.md": "---\ntype: Rezept\n---\n", "D.md": "---\ntype: diary\n---\n", "L.md": "---\ntype: 日志\n---\n"},
    )
    nodes = found.knowledge.nodes
    assert [nodes[name].type for name in ("R.md", "D.md", "L.md")] == ["recipe", "log", "log"]
    assert nodes["R.md"].role == "knowledge"
    assert "#123456" in "".join(found.export("html"))


def test_relations_may_be_added_and_changed_in_the_settings(vault: MakeVault) -> None:
    """Names, inverse, inverse names; the shipped names stay."""
    found = opened(
        vault,
        '[relations.cites]\nnames = ["zitiert"]\ninverse = "cited-by"\ninverse_names = ["zitiert in"]\n'
        '[relations.requires]\nnames = ["braucht"]\n',
        {"X.md": "zitiert:: [[A]]\n\ncited by:: [[B]]\n\nbraucht:: [[A]]\n\nzitiert-in:: [[Hub]]\n"},
    )
    assert edges(found) >= {
        ("X.md", "cites", "A.md"),
        ("B.md", "cites", "X.md"),
        ("X.md", "requires", "A.md"),
        ("Hub.md", "cites", "X.md"),
        ("A.md", "requires", "B.md"),
    }


def test_relations_may_be_symmetric_weighted_and_without_circles(vault: MakeVault) -> None:
    """`symmetric`, `weight`, `acyclic` (for all types or some), `sources` and `targets`, `color`."""
    circle: dict[str, str | bytes] = {
        "X.md": "beats:: [[Y]]\n",
        "Y.md": "beats:: [[X]]\n",
        "Z.md": "beats:: [[Void]]\n",
    }

    def row(settings: str) -> Vault:
        return opened(vault, f"[relations.beats]\n{settings}\n", circle)

    assert row("").summary.gaps["cycles"] == 0
    assert row("acyclic = true").summary.gaps["cycles"] == 1
    assert row('acyclic = ["knowledge"]').summary.gaps["cycles"] == 0
    assert row("acyclic = false").summary.gaps["cycles"] == 0
    assert row("").vocabulary.relations["beats"].symmetric is False
    assert row("symmetric = true").vocabulary.relations["beats"].symmetric is True
    heavy = row('weight = 9.0\nsources = ["note"]\ntargets = ["log"]\ncolor = "#fedcba"')
    beats = heavy.vocabulary.relations["beats"]
    assert (beats.sources, beats.targets, beats.color) == (("note",), ("log",), "#fedcba")
    first = heavy.findings["missing"][0]
    assert (first.subject.id, first.weight) == ("missing://Void", 9.0)


@pytest.mark.parametrize("data", ["# für mich\n".encode("latin-1"), "[reports]\n".encode("utf-16")])
def test_settings_that_are_not_utf8_are_refused(data: bytes, vault: MakeVault, run: Run) -> None:
    """They must not be taken for none."""
    root = vault(NOTES | {"vault-tools.toml": data})
    result = run("report", root)
    assert result.exit_code == 2
    assert f"{root / 'vault-tools.toml'} is not UTF-8" in result.stderr


def test_settings_that_are_not_utf8_are_refused_in_python(vault: MakeVault) -> None:
    """`Vault.open` reads the same file."""
    with pytest.raises(SettingsError):
        Vault.open(vault(NOTES | {"vault-tools.toml": "[reports]\n".encode("utf-16")}))


def test_a_byte_order_mark_before_the_settings_is_accepted(vault: MakeVault) -> None:
    """Windows editors write one."""
    assert opened(vault, "\ufeff[reports]\nlimit = 7").settings.reports.limit == 7


def test_settings_are_only_read_from_the_vault(vault: MakeVault, tmp_path: Path) -> None:
    """Not from a folder above, not from the current one."""
    (tmp_path / "vault-tools.toml").write_text("[reports]\nlimit = 3\n")
    assert Vault.open(vault(NOTES)).settings.reports.limit == 50


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
def test_settings_that_cannot_be_meant_are_refused_with_what_is_allowed(
    wrong: str, word: str, vault: MakeVault
) -> None:
    """In one line that says what may stand there."""
    code, _, errors = invoke("report", vault({"vault-tools.toml": wrong}))
    assert code == 2
    assert word in errors
    assert len(errors.strip().splitlines()) == 1
