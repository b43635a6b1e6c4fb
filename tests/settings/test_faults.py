"""A wrong setting is told in a line that says what to write instead."""

import re
from collections.abc import Iterator

import pytest
from msgspec import inspect
from shared.settings import NOTES
from shared.vaults import MakeVault, Run

from vault_tools import Vault
from vault_tools.errors import SettingsError
from vault_tools.model.speech import format_words
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.schema import Settings
from vault_tools.words import words

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
def test_a_wrong_setting_is_refused_with_its_line_and_what_to_write(name: str, vault: MakeVault, run: Run) -> None:
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


KEYS = sorted(keys_of(inspect.type_info(Settings)))
OF_ANOTHER_KIND = ["1e3", '"\\u0000"', "[[]]", "{a = 1}", "2024-05-31", "true", "[3]", "-1.5"]
THEIRS = re.compile(
    r"\$\.|Expected|[Ii]nvalid|Object|array|\bint\b|\bstr\b|regex|`(?:int|str|bool|float|null|array|object)"
)
"""What the parsers say."""


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_a_wrong_value_of_any_setting_is_refused_in_our_words(key: tuple[str, ...]) -> None:
    """In both languages: the file, the line, the key as it is written, and nothing of what the parsers say."""
    *tables, name = key
    head, written = (f"[{'.'.join(tables)}]", f"[{'.'.join(tables)}] {name}") if tables else ("", name)
    texts = [f"# settings\n\n{head}\n{name} = {value}\n" for value in OF_ANOTHER_KIND]
    refused = [error.sentence for error in map(refusal, texts) if error is not None]
    assert len(refused) >= 5  # each kind of value takes some of these at most
    for said in refused:
        assert said.id != "settings.wrong-somewhere"
        for language, at, ends in (("en", ", line 4: ", ".?"), ("zh", " 第 4 行：", "。？")):
            shown = format_words(said, words(language), str)
            assert shown.startswith(f"vault-tools.toml{at}{written}"), shown
            assert shown.endswith(tuple(ends)), shown
            assert not THEIRS.search(shown), shown


def refusal(text: str) -> SettingsError | None:
    """Return what is said against some settings."""
    try:
        parse_settings(text)
    except SettingsError as error:
        return error
    return None
