"""Settings: each key works, and a wrong one is told in a line that says what to write instead."""

from pathlib import Path

import pytest
from conftest import MakeVault, Run, pages

from vault_tools import Vault, config
from vault_tools.errors import SettingsError

NOTES = {
    "Hub.md": "[[Loner]] [[A]] [[B]]\n",
    "Loner.md": "short\n",
    "A.md": "---\ntype: knowledge\nrequires: '[[B]]'\n---\nshort [[Gone]]\n",
    "B.md": "---\ntype: knowledge\n---\nshort [[A]]\n",
    "Alone.md": "alone\n",
}


def opened(vault: MakeVault, settings: str, files: dict[str, str | bytes] | None = None) -> Vault:
    """Open a vault with settings."""
    return Vault.open(vault(NOTES | (files or {}) | {"vault-tools.toml": settings}))


def edges(found: Vault, namespace: str = "semantic") -> set[tuple[str, str, str]]:
    """Return the typed relations of a vault."""
    return {(edge.source, edge.relation, edge.target) for edge in found.knowledge.edges if edge.namespace == namespace}


# ---------------------------------------------------------------- each key works


def test_a_vault_needs_no_settings(vault: MakeVault) -> None:
    """And an empty file is none."""
    assert opened(vault, "").settings == Vault.open(vault(NOTES)).settings == config.Settings()


def test_reports_folder_moves_the_pages(vault: MakeVault, run: Run) -> None:
    """The pages go there, and stay out of the graph there too."""
    root = vault(NOTES | {"vault-tools.toml": '[reports]\nfolder = "Meta/报告"\n'})
    run("report", root)
    first = pages(root, "Meta/报告")
    assert sorted(first) == ["Gaps.md", "Learning.md", "Orphans.md", "Overview.md", "graph.html", "learning.svg"]
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
def test_orphans_definition_is_the_one_that_counts(definition: str, vault: MakeVault, run: Run) -> None:
    """In the settings, or for one run on the command line."""
    found = opened(vault, f'[orphans]\ndefinition = "{definition}"')
    assert found.summary.orphan_definition == definition
    root = vault(NOTES)
    assert definition in run("report", root, "--orphans", definition).stdout


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


def test_skip_leaves_paths_out(vault: MakeVault) -> None:
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


def test_types_may_be_added_and_changed(vault: MakeVault) -> None:
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


def test_relations_may_be_added_and_changed(vault: MakeVault) -> None:
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


# ---------------------------------------------------------------- a wrong one is told

WRONG: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown table": ("[report]\n", ("'report'", "reports")),
    "unknown key": ("[reports]\nlimt = 3", ("'limt'", "limit")),
    "unknown key far from all": ("[gaps]\nxyzzy = 3", ("'xyzzy'", "stub_words")),
    "unknown key of a rule": ('[[rules]]\ntype = "a"\nfoldr = "b"', ("'foldr'", "folder")),
    "unknown key of a type": ('[types.book]\nrol = "source"', ("'rol'", "role")),
    "unknown key of a relation": ('[relations.cites]\ninvers = "x"', ("'invers'", "inverse")),
    "wrong type": ('[reports]\nlimit = "many"', ("reports.limit", "int")),
    "wrong type in a list": ("skip = [1]", ("skip", "str")),
    "text for a list": ('skip = "a"', ("skip", "array")),
    "a rule without a type": ('[[rules]]\nfolder = "b"', ("type", "rules")),
    "wrong choice of links": ('[reports]\nlinks = "html"', ("html", "reports.links")),
    "wrong choice of orphans": ('[orphans]\ndefinition = "lonely"', ("lonely", "orphans.definition")),
    "limit of none": ("[reports]\nlimit = 0", ("limit", ">= 1")),
    "folder outside": ('[reports]\nfolder = "../x"', ("folder", "'../x'")),
    "folder outside, later": ('[reports]\nfolder = "a/../../x"', ("folder", "'a/../../x'")),
    "folder with a drive": ('[reports]\nfolder = "C:/x"', ("folder", "'C:/x'")),
    "folder from the root": ('[reports]\nfolder = "/x"', ("folder", "'/x'")),
    "folder that is hidden": ('[reports]\nfolder = ".x"', ("folder", "'.x'")),
    "no folder": ('[reports]\nfolder = ""', ("folder", "''")),
    "broken TOML": ("[reports\n", ("TOML", "line 1")),
    "a key twice": ("[gaps]\nstub_words = 1\nstub_words = 2", ("TOML",)),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_one_line_and_exit_2(name: str, vault: MakeVault, run: Run) -> None:
    """The line names the file and the key, and the nearest known one; nothing is written."""
    settings, words = WRONG[name]
    root = vault(NOTES | {"vault-tools.toml": settings})
    result = run("report", root)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert [word for word in ("vault-tools.toml", *words) if word not in result.stderr] == []
    assert not (root / "_vault-tools").exists()
    with pytest.raises(SettingsError):
        Vault.open(root)


HIDDEN = '[reports]\nfolder = "a/.x"'


def test_a_hidden_folder_below_another_is_refused_too(vault: MakeVault, run: Run) -> None:
    """Obsidian would not show it."""
    assert run("report", vault(NOTES | {"vault-tools.toml": HIDDEN})).exit_code == 2


def test_a_wrong_key_of_a_type_is_told_with_the_name_of_the_type(vault: MakeVault, run: Run) -> None:
    """So that it is found in a long file."""
    assert "[types.book]" in run("report", vault({"vault-tools.toml": '[types.book]\nrol = "x"'})).stderr


def test_a_wrong_choice_is_told_with_the_right_ones(vault: MakeVault, run: Run) -> None:
    """A reader should not have to look them up."""
    assert "isolated" in run("report", vault({"vault-tools.toml": '[orphans]\ndefinition = "isolatd"'})).stderr


@pytest.mark.parametrize("data", ["# für mich\n".encode("latin-1"), "[reports]\n".encode("utf-16")])
def test_settings_that_are_not_utf8_are_told(data: bytes, vault: MakeVault, run: Run) -> None:
    """They must not be taken for none."""
    result = run("report", vault(NOTES | {"vault-tools.toml": data}))
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr


def test_settings_that_are_not_utf8_are_told_in_python_too(vault: MakeVault) -> None:
    """`Vault.open` reads the same file."""
    with pytest.raises(SettingsError):
        Vault.open(vault(NOTES | {"vault-tools.toml": "[reports]\n".encode("utf-16")}))


def test_a_byte_order_mark_before_the_settings_is_taken(vault: MakeVault) -> None:
    """Windows editors write one."""
    assert opened(vault, "\ufeff[reports]\nlimit = 7").settings.reports.limit == 7


# ---------------------------------------------------------------- Obsidian's own settings


def test_files_that_obsidian_excludes_are_excluded(vault: MakeVault) -> None:
    """By path or by regular expression: they stay in the graph, and neither ask nor are orphans."""
    root = vault(
        NOTES
        | {
            ".obsidian/app.json": '{"userIgnoreFilters": ["Archive/", "/^Old .*2/", "/[/", 3]}',
            "Archive/X.md": "[[Asked]]",
            "Old 2.md": "",
            "Old 3.md": "",
        }
    )
    found = Vault.open(root)
    roles = {name: found.knowledge.nodes[name].role for name in ("Archive/X.md", "Old 2.md", "Old 3.md")}
    assert roles == {"Archive/X.md": "excluded", "Old 2.md": "excluded", "Old 3.md": ""}
    missing = [item.subject.id for item in found.findings["missing"]]
    assert missing == ["missing://Gone"]


@pytest.mark.parametrize(
    "settings",
    [
        {".obsidian/templates.json": '{"folder": "Forms"}'},
        {".obsidian/templates.json": '{"folder": "forms/"}'},
        {".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "Forms"}'},
    ],
)
def test_notes_in_the_folder_of_templates_are_templates(settings: dict[str, str], vault: MakeVault) -> None:
    """Whatever type they write: it is meant for the notes made from them."""
    files = {"Forms/Log.md": "---\ntype: log\n---\n[[{{title}}]]", "Forms.md": "x"}
    found = Vault.open(vault(files | settings))
    assert found.knowledge.nodes["Forms/Log.md"].type == "template"
    assert found.knowledge.nodes["Forms.md"].type == "note"
    assert found.summary.gaps["missing"] == 0


@pytest.mark.parametrize(
    ("settings", "days", "others"),
    [
        ('{"folder": "Days", "format": "YYYY-MM-DD"}', ["Days/2024-05-01"], ["Days/2024-05", "Days/Plan"]),
        ("{}", ["2024-05-01"], ["2024-W18"]),
        ('{"folder": "J", "format": "YYYY/MM/DD dddd"}', ["J/2024/05/01 Wednesday"], ["J/2024/05", "01 Wednesday"]),
        ('{"folder": "", "format": "[Day] D.M.YYYY"}', ["Day 1.5.2024"], ["Days 1.5.2024"]),
    ],
)
def test_daily_notes_are_known_by_their_folder_and_format(
    settings: str, days: list[str], others: list[str], vault: MakeVault
) -> None:
    """Those written are of type daily; those linked and not yet written are not missed."""
    written = {f"{name}.md": "x" for name in days + others}
    nodes = Vault.open(vault(written | {".obsidian/daily-notes.json": settings})).knowledge.nodes
    assert [nodes[f"{name}.md"].type for name in days + others] == ["daily"] * len(days) + ["note"] * len(others)
    linking = {"Plan ahead.md": " ".join(f"[[{name}]]" for name in days + others)}
    found = Vault.open(vault(linking | {".obsidian/daily-notes.json": settings}))
    missing = {item.subject.id for item in found.findings["missing"]}
    assert missing == {f"missing://{name}" for name in others}


@pytest.mark.parametrize("name", ["app.json", "templates.json", "daily-notes.json", "types.json"])
def test_settings_of_obsidian_that_are_no_json_are_told_and_taken_for_none(
    name: str, vault: MakeVault, run: Run
) -> None:
    """The run goes on with Obsidian's defaults; the overview lists the file and the line."""
    root = vault(NOTES | {f".obsidian/{name}": '{\n"folder": \n'})
    assert run("report", root).exit_code == 0
    row = next(line for line in pages(root)["Overview.md"].decode().splitlines() if name in line)
    assert "| 3 |" in row
    assert "repair" in row


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"userIgnoreFilters": "x", "folder": 3, "format": []}', "\ufeff{}"]
)
def test_settings_of_obsidian_of_another_shape_are_taken_for_none(text: str, vault: MakeVault, run: Run) -> None:
    """Other versions, other shapes."""
    names = ("app.json", "templates.json", "daily-notes.json", "types.json")
    root = vault(NOTES | {f".obsidian/{name}": text for name in names})
    assert run("report", root).exit_code == 0
    assert {node.type for node in Vault.open(root).knowledge.nodes.values()} == {"knowledge", "note", "missing"}


def test_settings_of_obsidian_that_are_not_utf8_are_read_as_obsidian_reads_them(vault: MakeVault) -> None:
    """A wrong byte spoils one character, not the file."""
    root = vault({".obsidian/app.json": '{"userIgnoreFilters": ["Zürich/", "Old"]}'.encode("latin-1"), "Old.md": ""})
    assert Vault.open(root).knowledge.nodes["Old.md"].role == "excluded"


def test_settings_are_read_from_the_vault_and_from_nowhere_else(vault: MakeVault, tmp_path: Path) -> None:
    """Not from a folder above, not from the current one."""
    (tmp_path / "vault-tools.toml").write_text("[reports]\nlimit = 3\n")
    assert Vault.open(vault(NOTES)).settings.reports.limit == 50
