"""Settings: each key works, and a wrong one is told in a line that says what to write instead."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import inspect
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault, config, toml_text
from vault_tools.errors import SettingsError
from vault_tools.model.speech import spoken
from vault_tools.model.text import Value, say
from vault_tools.words import words

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
    n, whole = found.summary.orphans, found.summary.orphans_of
    figures: dict[str, Value] = {"n": n, "all": whole, "percent": f"{100 * n / whole:.0f}"}
    said = spoken(say(f"report.orphans-{definition}", **figures), words(), str)
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

WRONG: dict[str, tuple[str, str]] = {
    "unknown table": (
        "[report]\n",
        ", line 1: report is not a known setting. Did you mean reports?",
    ),
    "unknown key": (
        "\n[reports]\nlimt = 3",
        ", line 3: [reports] limt is not a known setting. Did you mean limit?",
    ),
    "unknown key far from all": (
        "[gaps]\nxyzzy = 3",
        ", line 2: [gaps] xyzzy is not a known setting. Known here: stub_words.",
    ),
    "unknown key of a rule": (
        '[[rules]]\ntype = "a"\nfoldr = "b"',
        ", line 3: [[rules]] #1 foldr is not a known setting. Did you mean folder?",
    ),
    "unknown key of a type": (
        '[types.book]\nrol = "source"',
        ", line 2: [types.book] rol is not a known setting. Did you mean role?",
    ),
    "unknown key of a relation": (
        '[relations.cites]\ninvers = "x"',
        ", line 2: [relations.cites] invers is not a known setting. Did you mean inverse?",
    ),
    "unknown group of words": (
        '[words.stage]\nread = ["gelesen"]',
        ", line 1: [words] stage is not a known setting. Did you mean stages?",
    ),
    "wrong type": (
        '[reports]\nlimit = "many"',
        ', line 2: [reports] limit must be a whole number from 1 to 1000000, not "many".',
    ),
    "wrong type in a list": (
        'skip = [\n  "a",\n  1,\n]',
        ", line 1: skip #2 must be text in quotes, not 1.",
    ),
    "text for a list": (
        'skip = "a"',
        ', line 1: skip must be a list in square brackets, not "a".',
    ),
    "a number for a table": (
        "reports = 3",
        ", line 1: reports must be a table with keys and values, not 3.",
    ),
    "text for a flag": (
        '[watch]\ninject = "yes"',
        ', line 2: [watch] inject must be true or false, not "yes".',
    ),
    "text for a flag or a list": (
        '[relations.x]\nacyclic = "yes"',
        ', line 2: [relations.x] acyclic must be true or false, or a list in square brackets, not "yes".',
    ),
    "a number for a text": (
        "language = 3",
        ", line 1: language must be text in quotes, not 3.",
    ),
    "text for a number": (
        '[learning]\nhours_a_week = "ten"',
        ', line 2: [learning] hours_a_week must be a number from 0 to 168, not "ten".',
    ),
    "a fraction for a whole number": (
        "[learning]\nenough = 2.5",
        ", line 2: [learning] enough must be a whole number from 1 to 1000000, not 2.5.",
    ),
    "wrong colour": (
        '[types."a b"]\ncolor = "red"',
        ', line 2: [types."a b"] color must be a colour such as "#4a90d9", not "red".',
    ),
    "a rule without a type": (
        '[[rules]]\ntype = "a"\ntag = "b"\n[[rules]]\nfolder = "b"',
        ", line 4: [[rules]] #2 type is missing. Add it.",
    ),
    "a rule that fits nothing": (
        '[[rules]]\ntype = "a"\n',
        (
            ", line 1: [[rules]] #1 folder is missing, and so is tag. "
            "Add one of them; without it, the rule matches no note."
        ),
    ),
    "wrong choice of links": (
        '[reports]\nlinks = "html"',
        ', line 2: [reports] links must be one of uri, wikilink, not "html".',
    ),
    "wrong choice of orphans": (
        '[orphans]\ndefinition = "isolatd"',
        (
            ", line 2: [orphans] definition must be one of isolated, no-in, no-out, islands, weak, not "
            '"isolatd". Did you mean isolated?'
        ),
    ),
    "wrong choice in a list": (
        '[orphans]\nexempt = ["log", "lgo"]',
        (
            ", line 2: [orphans] exempt #2 must be one of topic, knowledge, source, goal, work, log, "
            'reflection, index, template, excluded, not "lgo". Did you mean log?'
        ),
    ),
    "wrong day": (
        '[learning]\nreflection_day = "Sunday"',
        (
            ", line 2: [learning] reflection_day must be one of monday, tuesday, wednesday, thursday, "
            'friday, saturday, sunday, not "Sunday". Did you mean sunday?'
        ),
    ),
    "limit of none": (
        "[reports]\nlimit = 0",
        ", line 2: [reports] limit must be a whole number from 1 to 1000000, not 0.",
    ),
    "too many": (
        "[learning]\nstale_days = 40_000",
        ", line 2: [learning] stale_days must be a whole number from 1 to 36500, not 40000.",
    ),
    "no number": (
        "[relations.x]\nweight = nan",
        ", line 2: [relations.x] weight must be a number from -1000000 to 1000000, not NaN.",
    ),
    "folder outside": (
        '[reports]\nfolder = "../x"',
        (
            ", line 2: [reports] folder must be a visible folder in the vault with a name that is valid on "
            'every system, not "../x".'
        ),
    ),
    "folder of a type": (
        '[folders]\nbook = "/x"',
        (
            ", line 2: [folders] book must be a visible folder in the vault with a name that is valid on "
            'every system, not "/x".'
        ),
    ),
    "folder of templates": (
        'templates = ".x"',
        (
            ", line 1: templates must be a visible folder in the vault with a name that is valid on every "
            'system, not ".x".'
        ),
    ),
    "wrong time zone": (
        '[vault]\ntimezone = "Asia/Shanghi"',
        (
            ', line 2: [vault] timezone must be the name of a time zone, such as "Asia/Shanghai", not '
            '"Asia/Shanghi". Did you mean Asia/Shanghai?'
        ),
    ),
    "no device": (
        '[watch]\ncreate = ["daily"]',
        (
            ", line 2: [watch] create needs [watch] device: the name of the device that creates the notes. "
            "`vault-tools status` shows the name of this one."
        ),
    ),
    "a relation of Obsidian": (
        '[relations.links-to]\ncolor = "#123456"',
        ", line 1: [relations] links-to is a relation of Obsidian itself. Choose another name.",
    ),
    "an alert on nothing": (
        '[check]\nalerts = ["reuse < 50 %"]',
        (
            ', line 2: [check] alerts #1 contains "reuse < 50 %", which is not valid. There is no measure '
            "reuse. Choose one of reuse_rate, time_to_solve, success_rate, hours, projects, summaries."
        ),
    ),
    "an alert without a sign": (
        '[check]\nalerts = ["hours < 3", "reuse_rate"]',
        (
            ', line 2: [check] alerts #2 contains "reuse_rate", which is not valid. Write a measure, one of '
            "< > <= >=, and a limit, such as `reuse_rate < 50 %`. It applies to the quarter; add `in week`, "
            "`in month` or `in year` to change that. Measures: reuse_rate, time_to_solve, success_rate, "
            "hours, projects, summaries."
        ),
    ),
    "an alert on a share": (
        '[check]\nalerts = ["reuse_rate < 50"]',
        (
            ', line 2: [check] alerts #1 contains "reuse_rate < 50", which is not valid. 50 is not a limit '
            "for reuse_rate. Write a share, such as 50 % or 0.5."
        ),
    ),
    "broken TOML": (
        "[reports\n",
        ", line 1, column 9: the name of the table has no closing ].",
    ),
    "a key twice": (
        "[gaps]\nstub_words = 1\nstub_words = 2",
        ", line 3, column 15: this key or table is already set above.",
    ),
    "curly quotes": (
        "language = “zh”",
        ', line 1, column 12: use the half-width characters " = : , [ ] instead of full-width ones or curly quotes.',
    ),
    "a wide equals sign": (
        'language ＝ "zh"',
        ', line 1, column 10: use the half-width characters " = : , [ ] instead of full-width ones or curly quotes.',
    ),
}
"""Settings that are wrong in one way, and what is said after the name of the file."""


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_told_with_its_line_and_what_to_write(name: str, vault: MakeVault, run: Run) -> None:
    """The whole sentence, and exit 2; nothing is written."""
    settings, said = WRONG[name]
    root = vault(NOTES | {"vault-tools.toml": settings})
    result = run("report", root)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {root}/vault-tools.toml{said}\n"
    assert not (root / "_vault-tools").exists()
    with pytest.raises(SettingsError) as caught:
        Vault.open(root)
    assert str(caught.value) == f"vault-tools.toml{said}"


def keys_of(kind: inspect.Type, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of each single value of the settings; a table of any names has one called x."""
    if isinstance(kind, inspect.StructType):
        for each in kind.fields:
            yield from keys_of(each.type, (*path, each.name))
    elif isinstance(kind, inspect.DictType):
        names = kind.key_type.values[:1] if isinstance(kind.key_type, inspect.LiteralType) else ("x",)
        yield from keys_of(kind.value_type, (*path, str(names[0])))
    else:
        yield path


KEYS = sorted(keys_of(inspect.type_info(config.Settings)))
OF_ANOTHER_KIND = ["1e3", '"\\u0000"', "[[]]", "{a = 1}", "2024-05-31", "true", "[3]", "-1.5"]
THEIRS = re.compile(
    r"\$\.|Expected|[Ii]nvalid|Object|array|\bint\b|\bstr\b|regex|`(?:int|str|bool|float|null|array|object)"
)
"""What the parsers say."""


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_a_wrong_value_of_any_key_is_told_in_our_words(key: tuple[str, ...]) -> None:
    """In both languages: the file, the line, the key as it is written, and nothing of what the parsers say."""
    *tables, name = key
    head, written = (f"[{'.'.join(tables)}]", f"[{'.'.join(tables)}] {name}") if tables else ("", name)
    texts = [f"# settings\n\n{head}\n{name} = {value}\n" for value in OF_ANOTHER_KIND]
    refused = [error.said for error in map(refusal, texts) if error is not None]
    assert len(refused) >= 5  # each kind of value takes some of these at most
    for said in refused:
        assert said.id != "settings.wrong-somewhere"
        for language, at, ends in (("en", ", line 4: ", ".?"), ("zh", " 第 4 行：", "。？")):
            shown = spoken(said, words(language), str)
            assert shown.startswith(f"vault-tools.toml{at}{written}"), shown
            assert shown.endswith(tuple(ends)), shown
            assert not THEIRS.search(shown), shown


def refusal(text: str) -> SettingsError | None:
    """Return what is said against some settings."""
    try:
        config.parse(text)
    except SettingsError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[reports]\nfolder = 'limit'\nlimit = 'x'", 3, "[reports] limit"),
        ('skip = [\n  "limit",\n]\n[reports]\nlimit = [\n  1,\n]', 5, "[reports] limit"),
        ('templates = """\nlimit = 3\n"""\nreports.limit = "x"', 4, "[reports] limit"),
        ("[types.a]\nrole = 'log'\n[types.b]\nrole = 3", 4, "[types.b] role"),
        ("[[rules]]\ntype = 'a'\ntag = 'x'\n\n[[rules]]\ntag = 'x'\ntype = 3", 7, "[[rules]] #2 type"),
        ("rules = [{type = 'a', tag = 'x'},\n{tag = 'y'}]", 1, "[[rules]] #2 type"),
        ('["\\u0072eports"]\nlimit = 0', 2, "[reports] limit"),
    ],
)
def test_the_line_is_the_one_on_which_the_value_begins(text: str, line: int, key: str) -> None:
    """Whatever else the name stands in, and however the tables are written."""
    with pytest.raises(SettingsError) as caught:
        config.parse(text)
    assert str(caught.value).startswith(f"vault-tools.toml, line {line}: {key} ")


def test_a_line_that_cannot_be_told_is_that_of_the_table_or_left_out() -> None:
    """A name in escapes is not found in the text, and a very long file is not searched."""
    said = "[reports] limit must be a whole number from 1 to 1000000, not 0."
    for text, at in (
        ('\n["reports"]\n"l\\u0069mit" = 0', ", line 2"),
        ('"l\\u0069mit" = 0', ""),
        ("# x\n" * 20_000 + "reports.limit = 0", ""),
    ):
        with pytest.raises(SettingsError) as caught:
            config.parse(text)
        assert str(caught.value).startswith(f"vault-tools.toml{at}: "), text
        assert str(caught.value).endswith(said) or text.startswith('"')


NOT_TOML = {
    "a 1": ("no-equals", 1, 3),
    "=1": ("no-statement", 1, 1),
    "\n\na=": ("value", 3, 3),
    "a=1 2": ("after-value", 1, 5),
    "a=2024-13-01": ("after-value", 1, 7),
    "!x": ("no-statement", 1, 1),
    "[]": ("no-statement", 1, 2),
    "a=1\na=2\nb=3": ("twice", 2, 4),
    "[a]\n[a]": ("twice", 2, 3),
    "a={b=1,b=2}": ("twice", 1, 11),
    "a.b=1\na=2": ("twice", 2, 4),
    "a=[1,2\n\n": ("open-list", 1, 7),
    "a=[1 2]": ("open-list", 1, 6),
    "a={b=1": ("open-table", 1, 7),
    "[a": ("open-header", 1, 3),
    "[[a]": ("open-header", 1, 4),
    'a="x': ("open-text", 1, 5),
    'a="x\ny"': ("open-text", 1, 5),
    "a='''x": ("open-text", 1, 7),
    '"a=1': ("open-text", 1, 5),
    'a="\\q"': ("backslash", 1, 6),
    'a="\\u12"': ("backslash", 1, 6),
    'a="\\ud800"': ("backslash", 1, 10),
    "a=tru": ("value", 1, 3),
    'a="\x01"': ("character", 1, 4),
    "a=“x”": ("wide", 1, 3),
    'a ＝ "x"': ("wide", 1, 3),
    'a："x"': ("wide", 1, 2),
    'a=["x"，"y"]': ("wide", 1, 7),
}


@pytest.mark.parametrize("text", NOT_TOML)
def test_what_is_no_toml_is_told_with_line_and_column(text: str) -> None:
    """A sentence for each kind of mistake."""
    name, line, column = NOT_TOML[text]
    with pytest.raises(SettingsError) as caught:
        config.parse(text)
    why = say(f"settings.toml-{name}")
    assert caught.value.said == say(
        "settings.toml-at", where="vault-tools.toml", line=str(line), column=str(column), why=why
    )


NEEDS_QUOTES = {
    '知识节点 = "知识"': '"知识节点" = "知识"',
    "  a.知识 = 1": 'a."知识" = 1',
    "Straße = 1": '"Straße" = 1',
    "[types.读书]": '[types."读书"]',
    "[[知识]]": '[["知识"]]',
    "a = {b = 1, 知识 = 2}": 'a = {b = 1, "知识" = 2}',
    '[folders]\n读书 笔记 = "书" # 备注': '"读书 笔记" = "书" # 备注',
    '学.习 = "学.习"': '"学"."习" = "学.习"',
}


@pytest.mark.parametrize("text", NEEDS_QUOTES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_key_in_another_script_is_shown_in_quotes(text: str, language: str) -> None:
    """The line to write is TOML."""
    with pytest.raises(toml_text.TomlError) as caught:
        toml_text.read(text)
    line = NEEDS_QUOTES[text]
    assert toml_text.read(line)
    assert caught.value.why == say("settings.toml-bare-key", line=line)
    assert f"`{line}`" in spoken(caught.value.why, words(language), str)


@pytest.mark.parametrize(
    ("text", "table", "rest"),
    [
        ('[check] alerts = ["hours < 1"]', "[check]", 'alerts = ["hours < 1"]'),
        ('a = 1\n  [[rules]]folder = "书"', "[[rules]]", 'folder = "书"'),
    ],
)
def test_a_key_on_the_line_of_its_table_is_shown_below_it(text: str, table: str, rest: str) -> None:
    """The two lines are TOML."""
    with pytest.raises(toml_text.TomlError) as caught:
        toml_text.read(text)
    assert toml_text.read(f"{table}\n{rest}")
    assert caught.value.why == say("settings.toml-after-header", table=table, rest=rest)


def test_every_mistake_that_the_parser_knows_has_a_sentence() -> None:
    """Also those of a newer Python."""
    source = Path(tomllib.__path__[0], "_parser.py").read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") in {"suffixed_err", "TOMLDecodeError"}]
    said = {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "'x'" for part in argument.values)
        if isinstance(argument, ast.JoinedStr)
        else str(argument.value)
        for call in named
        for argument in call.args
        if isinstance(argument, (ast.JoinedStr, ast.Constant))
    }
    assert len(said) >= 15
    for each in said - {"'x' (at 'x')"}:
        assert toml_text.kind_of(each) != "settings.toml-unknown", each


@pytest.mark.parametrize("data", ["# für mich\n".encode("latin-1"), "[reports]\n".encode("utf-16")])
def test_settings_that_are_not_utf8_are_told(data: bytes, vault: MakeVault, run: Run) -> None:
    """They must not be taken for none."""
    root = vault(NOTES | {"vault-tools.toml": data})
    result = run("report", root)
    assert result.exit_code == 2
    assert f"{root / 'vault-tools.toml'} is not UTF-8" in result.stderr


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
