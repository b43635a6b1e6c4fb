"""Obsidian's own settings of any content never stop anything."""

import json
import math
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared.any_values import NASTY, NOTES, NUMBERS, is_line
from shared.screen import FAULT
from shared.vaults import MakeVault, Run, write

from vault_tools.store import contents, locales, obsidian
from vault_tools.store.obsidian_app import App

CODE = "".join(file.read_text("utf-8") for file in Path(obsidian.__file__).parent.glob("obsidian*.py"))
KEYS = sorted(
    {
        *re.findall(r'"([A-Za-z_]+)"', CODE),
        *(re.sub(r"_(.)", lambda at: at[1].upper(), name) for name in App.__slots__),
    }
)
texts = st.sampled_from([*NASTY, "\ud800", "x\udfffy", "YYYY\ud83d", "\udcff/a"]) | st.text(max_size=8)
keys = st.sampled_from(KEYS) | texts
values = st.recursive(
    texts | st.sampled_from(NUMBERS[:9]) | st.sampled_from([None, 1e308, math.inf, math.nan]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=12,
)
found = st.dictionaries(keys, values, max_size=6)
# fmt: off
RAW = [
    b"",
    b"\xef\xbb\xbf{}",
    b"\0",
    b"\xff\xfe{\0}\0",
    b"[" * 100_000,
    b"{" * 90,
    b'{"a":' * 100_000,
    b"9" * 5_000,
    b"nul",
    b'"\\ud800"',
    b'{"folder": "\\u0000"}',
    b'{"a": 1, "a": 2}',
    b"// {}",
    b"NaN",
    b"-Infinity",
    b'{"format": 1e999}',
]


# fmt: on


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


CONTENT = found.map(_dumped) | values.map(_dumped) | st.sampled_from(RAW) | st.binary(max_size=20)
SOME = st.fixed_dictionaries({}, optional=dict.fromkeys(obsidian.FILES, CONTENT))


def put(root: Path, files: Mapping[str, bytes]) -> None:
    """Let a vault have these files of Obsidian's settings and no others."""
    shutil.rmtree(root / ".obsidian", ignore_errors=True)
    (root / ".obsidian").mkdir()
    write(root, {f".obsidian/{name}": data for name, data in files.items()})


def test_files_of_obsidian_of_any_content_are_read(vault: MakeVault) -> None:
    """Nothing that a name or a note cannot hold comes out of them."""
    root = vault(NOTES)

    @given(SOME)
    @settings(max_examples=80, suppress_health_check=list(HealthCheck))
    def law(files: dict[str, bytes]) -> None:
        put(root, files)
        read = obsidian.read(root)
        for notes in read.periodic:
            assert "\0" not in notes.path(datetime(2024, 5, 6, tzinfo=UTC), locales.locale("en")[0])
        str((read.app, read.templates, read.filled, read.periodic, read.color_groups, read.property_types)).encode()

    law()


@pytest.mark.parametrize("tries", [6, pytest.param(400, marks=pytest.mark.slow)])
def test_no_command_stops_at_what_obsidian_s_files_hold(tries: int, vault: MakeVault, run: Run) -> None:
    """Neither reading them, nor making notes by their formats and folders."""
    root = vault(NOTES)

    @given(SOME)
    @settings(max_examples=tries, suppress_health_check=list(HealthCheck))
    def law(files: dict[str, bytes]) -> None:
        put(root, files)
        for words in (["report", root, "--no-cache"], ["new", "daily", "--vault", root]):
            result = run(*words)
            assert result.exit_code in ({0} if words[0] == "report" else {0, 1, 2}), result.output
            assert FAULT not in result.output, result.output
            assert all(map(is_line, result.stderr.splitlines())), result.stderr

    law()


def test_a_folder_or_a_huge_file_in_the_place_of_settings_is_a_problem(vault: MakeVault, run: Run) -> None:
    """Obsidian's are taken for none; ours are refused."""
    root = vault(NOTES)
    (root / ".obsidian" / "app.json").mkdir(parents=True)
    with (root / ".obsidian" / "types.json").open("wb") as file:
        file.truncate(10**10)
    assert run("report", root).exit_code == 0
    with (root / "vault-tools.toml").open("wb") as file:
        file.truncate(10**10)
    why = "cannot be read (the file is too large). Check the file and its permissions."
    said = f"Error: {root / 'vault-tools.toml'} {why}\n"
    assert run("report", root).stderr == said
    (root / "vault-tools.toml").unlink()
    (root / "vault-tools.toml").mkdir()
    assert run("report", root).exit_code == 2
    assert contents.text_of(root, "vault-tools.toml") is None
