"""Nothing that a plugin of Obsidian runs is in a page or a region, whatever the names in a vault."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared.hostile_names import HOSTILE, NAMES, RUNS
from shared.vaults import write

from vault_tools import Vault
from vault_tools.errors import SettingsError
from vault_tools.publishing.regions import content_of

NOW = datetime(2024, 5, 6, 13, 5, 9, tzinfo=UTC)
on_linux = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")


def live_in(text: str) -> Iterable[str]:
    """Yield what is run in a page, but for drawings of Mermaid, and a block of our own words."""
    plain = re.sub(r"^((?:> )*)```(?:mermaid)?\n(.*?)\n\1```$", r"\2", text, flags=re.MULTILINE | re.DOTALL)
    yield from RUNS.findall(plain)


STYLES = {
    "uri": ("uri", "{}"),
    "wikilink": ("wikilink", '{"newLinkFormat": "shortest"}'),
    "markdown": ("wikilink", '{"useMarkdownLinks": true}'),
}


def soaked(names: Sequence[str], style: str) -> dict[str, str]:
    """A vault in which each name stands wherever one can: file, folder, alias, heading, property, type, tag, word."""
    links, app = STYLES[style]
    rows = [f'[reports]\nlinks = "{links}"\nfolder = {quoted("R " + as_file(names[0]))}\n']
    files: dict[str, str] = {".obsidian/app.json": app}
    for rule, name in zip(("learn", "practise", "keep", "pause", "review"), names, strict=False):
        rows.append(f"[advice.{rule}]\ntitle = {quoted(name)}\nstep = {quoted(name)}\n")
    for at, name in enumerate(names):
        said, file = quoted(name), as_file(name)
        known = f"names = [{said}]\nlabel = {said}\n"
        rows += [
            f"[types.{quoted(f't{at} {name}')}]\n{known}",
            f"[relations.{quoted(f'r{at} {name}')}]\n{known}",
        ]
        files |= {
            f"F {file}/{file}.md": f"---\ntype: {said}\naliases: [{said}]\nrequires: [{said}]\n---\n# {name}\n",
            f"{file}.md": f"---\ntype: knowledge\n{said}: {said}\ntags: [{said}]\n---\n[[{name}]] [[Gone|{name}]]\n",
            f"Logs/2024-05-06 {file}.md": f"---\ntype: log\ndate: 2024-05-06\nlearned: [{said}, '[[P{at}]]']\n---\n",
            f"P{at}.md": f"---\ntype: core-topic\ncontains: [{said}]\nstatus: {said}\n---\n{regions(name)}",
        }
    return files | {"vault-tools.toml": "".join(rows)}


def quoted(text: str) -> str:
    """A text in quotes that TOML and YAML read alike."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_file(name: str) -> str:
    """A name that a file can have."""
    return name.replace("/", "-").replace("\0", "")[:60] or "x"


KINDS = ("gaps", "topic", "next", "path", "week")


def regions(name: str) -> str:
    """The markers of every kind of region; one has the name for its argument."""
    argument = " ".join(name.replace("%", "").split())
    kinds = [*KINDS, *([f"path {argument}"] if argument else [])]
    return "".join(f"%% vault-tools:begin {kind} %%\n%% vault-tools:end {kind.split()[0]} %%\n\n" for kind in kinds)


def shown(root: Path) -> dict[str, str]:
    """The text of every page, and what every region of a note would hold."""
    read = Vault.open(root, cache=False, today=NOW.date())
    texts = {page.path: page.text for page in read.reports if page.path.endswith(".md")}
    content = content_of(read.answers)
    bodies = [content(note, region) or "" for note in read.notes for region in note.regions]
    assert len(bodies) >= len(KINDS)
    assert any(bodies)
    return texts | {f"region {at}": body for at, body in enumerate(bodies)}


@on_linux
@pytest.mark.parametrize("style", STYLES)
def test_pages_and_regions_hold_nothing_live_whatever_the_names(style: str, tmp_path: Path) -> None:
    """Hostile names wherever a name can stand, all at once; and a vault that is called so."""
    root = tmp_path / "`$= app.x()` <% x %>"
    write(root, soaked(HOSTILE, style))
    assert {path: found for path, text in shown(root).items() if (found := list(live_in(text)))} == {}


@on_linux
@pytest.mark.slow
@given(names=st.lists(NAMES.filter(str.strip), min_size=1, max_size=4), style=st.sampled_from([*STYLES]))
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_pages_and_regions_hold_nothing_live_whatever_hostile_names_are_made_of(names: list[str], style: str) -> None:
    """Random ones; where the file system or the settings take no such name, the others are tried."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "v"
        with suppress(OSError, ValueError):
            write(root, soaked(names, style))
        try:
            texts = shown(root)
        except SettingsError:
            (root / "vault-tools.toml").unlink()
            texts = shown(root)
        assert {path: found for path, text in texts.items() if (found := list(live_in(text)))} == {}
