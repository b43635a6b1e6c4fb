"""What vaults and programs may rely on stays: sections, formats, types, relations and templates keep their names."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import pytest
from shared.vaults import MakeVault

from vault_tools import Vault, exporters, insights, shipped


def _vocabulary() -> dict[str, dict[str, Any]]:
    return tomllib.loads(shipped.asset("vocabulary.toml"))


def _modules(package: str) -> list[str]:
    return sorted(
        file.name.removesuffix(".py")
        for file in (files("vault_tools") / package).iterdir()
        if not file.name.startswith("_") and (file.name.endswith(".py") or (file / "__init__.py").is_file())
    )


def _in_order(published: list[str], there: Iterable[str]) -> list[str]:
    """Return what there is of what was published, in the order in which it is there; new names may be between."""
    return [name for name in there if name in published]


INSIGHTS = [
    "missing",
    "stubs",
    "prerequisites",
    "coverage",
    "broken",
    "cycles",
    "unapplied",
    "unsourced",
    "alerts",
    "due",
    "advice",
    "ready",
    "problems",
    "reuse",
    "cohorts",
    "yields",
    "modes",
    "stages",
    "orphans",
    "definitions",
    "islands",
    "attachments",
]
TYPES = [
    "core-topic",
    "sub-topic",
    "knowledge",
    "source",
    "scenario",
    "project",
    "experiment",
    "log",
    "daily",
    "reflection",
    "rule",
    "summary",
    "index",
    "template",
    "note",
]
RELATIONS = {
    "contains": "part-of",
    "depends-on": "supports",
    "requires": "enables",
    "causes": "caused-by",
    "applies": "applied-in",
    "learns": "learned-in",
    "learned-from": "teaches",
    "answers": "answered-by",
    "struggles-with": "troubles",
    "belongs-to": "has-part",
    "related": "",
    "same": "",
    "up": "down",
    "next": "prev",
}
TEMPLATES = {
    "core-topic": "core-topic",
    "daily": "daily",
    "experiment": "experiment",
    "knowledge": "knowledge",
    "log": "log",
    "monthly": "reflection",
    "paper": "source",
    "project": "project",
    "quarterly": "reflection",
    "rule": "rule",
    "scenario": "scenario",
    "source": "source",
    "sub-topic": "sub-topic",
    "summary": "summary",
    "weekly": "reflection",
    "yearly": "reflection",
}


def test_every_file_in_insights_is_a_section_and_the_published_ones_stay_in_order() -> None:
    """Their names are in what `--json` prints, so that removing or renaming one breaks somebody's program."""
    names = [insight.name for insight in insights.insights()]
    assert sorted(names) == _modules("insights")
    assert _in_order(INSIGHTS, names) == INSIGHTS


def test_every_file_in_exporters_is_a_format_and_the_published_ones_stay() -> None:
    """As those of `export --format`."""
    assert exporters.names() == _modules("exporters")
    assert _in_order(["html", "json"], exporters.names()) == ["html", "json"]


def test_the_published_types_relations_and_templates_stay_as_they_are() -> None:
    """Removing or renaming one breaks somebody's vault; a new one breaks none."""
    data = _vocabulary()
    assert _in_order(TYPES, data["types"]) == TYPES
    inverses = {name: row.get("inverse", "") for name, row in data["relations"].items()}
    assert {name: inverses.get(name) for name in RELATIONS} == RELATIONS
    assert _in_order(list(RELATIONS), inverses) == list(RELATIONS)
    assert _in_order(list(TEMPLATES), shipped.note_templates()) == list(TEMPLATES)
    assert set(TEMPLATES.values()) <= set(TYPES)


@pytest.mark.parametrize("name", _modules("insights"))
def test_an_insight_is_named_like_its_file(name: str) -> None:
    """So that a section leads to its code."""
    from importlib import import_module

    assert import_module(f"vault_tools.insights.{name}").INSIGHT.name == name


@pytest.mark.parametrize("name", _modules("exporters"))
def test_an_exporter_is_named_like_its_file(name: str) -> None:
    """The suffix may be another one: `edges` may write `.tsv`."""
    exporter = exporters.exporter(name)
    assert exporter.name == name
    assert exporter.suffix.startswith(".")


@pytest.mark.parametrize("table", ["types", "relations"])
def test_no_word_of_the_vocabulary_means_two_things(table: str) -> None:
    """Among types, and among relations told from either end."""
    from vault_tools.graph.names import word_key

    data = _vocabulary()
    meanings: dict[str, set[str]] = {}
    for name, row in data[table].items():
        for word in (name, *row.get("names", ())):
            meanings.setdefault(word_key(word), set()).add(name)
        for word in (row.get("inverse", ""), *row.get("inverse_names", ())):
            meanings.setdefault(word_key(word), set()).add(f"inverse of {name}")
    assert {word: names for word, names in meanings.items() if word and len(names) > 1} == {}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", shipped.note_templates())
def test_a_note_template_is_a_note_of_its_type(name: str, language: str, vault: MakeVault) -> None:
    """It parses, and its relations are known ones or plain properties. A new one is named for its type."""
    node = Vault.open(vault({"New.md": shipped.note_templates(language)[name]})).knowledge
    assert node.nodes["New.md"].type == TEMPLATES.get(name, name)
    assert not node.problems
