"""What Obsidian's settings mean, read from real folders."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from shared.obsidian_cases import CASES
from shared.settings import NOTES
from shared.vaults import MakeVault, Run, pages, write

from vault_tools import Vault
from vault_tools.store import obsidian, walking
from vault_tools.store.locales import locale

SETTINGS = {case["id"]: case for case in CASES if case["area"] == "config"}


def _app(root: Path, expected: dict[str, Any]) -> object:
    """Give the keys of `app.json` by Obsidian's own names."""
    app = obsidian.read(root).app
    values = {each.name.replace("_", "").lower(): getattr(app, each.name) for each in fields(app)}
    found = {key: values[key.lower()] for key in expected}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def _excluded(root: Path, _: object) -> object:
    nodes = Vault.open(root, cache=False).knowledge.nodes
    return sorted(path for path, node in nodes.items() if node.role == "excluded")


def _not_excluded(root: Path, expected: list[str]) -> object:
    return [path for path in expected if path not in _excluded(root, None)]  # type: ignore[operator]


def _dated(root: Path, kind: str, expected: dict[str, Any]) -> object:
    notes = next(each for each in obsidian.read(root).periodic if each.kind == kind)
    path = notes.path(datetime.fromisoformat(expected["date"]), locale("en")[0])
    found = {"date": expected["date"], "path": path, "template": notes.template or None}
    return {key: found[key] for key in expected}


def _colors(root: Path, _: object) -> object:
    return [{"query": group.query, "hex": group.color} for group in obsidian.read(root).color_groups]


CHECKS: dict[str, Callable[[Path, Any], object]] = {
    "attachment_dir": lambda root, expected: {note: obsidian.read(root).app.attachments_of(note) for note in expected},
    "color_groups": _colors,
    "config": _app,
    "config_dir": lambda root, _: obsidian.read(root).folder,
    "config_error": lambda root, _: bool(obsidian.read(root).problems),
    "core_plugins": lambda root, _: obsidian.read(root).core_plugins,
    "daily": lambda root, expected: _dated(root, "daily", expected),
    "excluded": _excluded,
    "not_excluded": _not_excluded,
    "property_types": lambda root, _: obsidian.read(root).property_types,
    "vault_files": lambda root, _: sorted(walking.walk(root).files),
    "weekly": lambda root, expected: _dated(root, "weekly", expected),
}


@pytest.mark.parametrize("key", SETTINGS)
def test_settings_of_obsidian_mean_what_obsidian_means(key: str, tmp_path: Path) -> None:
    """Each key that a case names."""
    case = SETTINGS[key]
    write(tmp_path, case["files"])
    for name, expected in case["expect"].items():
        assert CHECKS[name](tmp_path, expected) == expected, case["why"]


def test_a_setting_of_obsidian_of_another_kind_is_a_problem_and_its_default_counts(vault: MakeVault) -> None:
    """The rest of the file counts all the same."""
    root = vault({".obsidian/app.json": '{"newLinkFormat": "longest", "useMarkdownLinks": true, "more": 1}'})
    found = obsidian.read(root)
    assert (found.app.new_link_format, found.app.use_markdown_links) == ("shortest", True)
    assert [problem.code for problem in found.problems.values()] == ["settings-invalid"]


def test_settings_of_obsidian_in_a_folder_of_another_name_are_found(tmp_path: Path) -> None:
    """A device may have its own folder; which one counts is nowhere in the vault."""
    for name in (".phone", ".desk"):
        write(tmp_path, {f"{name}/app.json": "{}", f"{name}/core-plugins.json": "[]"})
    found = obsidian.read(tmp_path)
    assert found.folder == ".desk"
    assert [problem.code for problem in found.local_problems.values()] == ["settings-folder"]
    assert not found.problems
    (tmp_path / ".obsidian").mkdir()
    assert obsidian.read(tmp_path).folder == ".obsidian"
    assert not obsidian.read(tmp_path).local_problems


def test_missing_weekly_notes_are_known_in_the_language_of_the_settings(vault: MakeVault) -> None:
    """A month by its Chinese name is one only where the dates are Chinese; an unknown language is told."""
    files = {
        ".obsidian/plugins/periodic-notes/data.json": '{"monthly": {"enabled": true, "format": "YYYY年MMMM"}}',
        "a.md": "[[2031年五月]]",
    }

    def read(settings: str) -> tuple[list[str], set[str]]:
        graph = Vault.open(vault(files | {"vault-tools.toml": settings}), cache=False).knowledge
        codes = {problem.code for problems in graph.problems.values() for problem in problems}
        return [broken.reason for broken in graph.broken], codes

    assert read('language = "zh"') == (["date-not-yet-written"], set())
    assert read("") == (["no-such-note"], set())
    assert read('language = "xx"') == (["no-such-note"], {"language-unknown"})


def test_files_that_obsidian_excludes_are_excluded_from_reports(vault: MakeVault) -> None:
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
def test_settings_of_obsidian_that_are_no_json_are_a_problem_and_count_as_none(
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
def test_settings_of_obsidian_of_another_shape_count_as_none(text: str, vault: MakeVault, run: Run) -> None:
    """Other versions, other shapes."""
    names = ("app.json", "templates.json", "daily-notes.json", "types.json")
    root = vault(NOTES | {f".obsidian/{name}": text for name in names})
    assert run("report", root).exit_code == 0
    assert {node.type for node in Vault.open(root).knowledge.nodes.values()} == {"knowledge", "note", "missing"}


def test_settings_of_obsidian_that_are_not_utf8_are_read_as_obsidian_reads_them(vault: MakeVault) -> None:
    """A wrong byte spoils one character, not the file."""
    root = vault({".obsidian/app.json": '{"userIgnoreFilters": ["Zürich/", "Old"]}'.encode("latin-1"), "Old.md": ""})
    assert Vault.open(root).knowledge.nodes["Old.md"].role == "excluded"


def test_filters_of_obsidian_that_no_engine_accepts_are_ignored(vault: MakeVault) -> None:
    """Obsidian's excluded files may hold any text."""
    filters = ["/a{99999999999}/", "/" + "(" * 3000 + ")" * 3000 + "/"]
    root = vault({"A.md": "", ".obsidian/app.json": json.dumps({"userIgnoreFilters": filters})})
    assert list(Vault.open(root).knowledge.nodes) == ["A.md"]
