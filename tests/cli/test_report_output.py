"""`report --output`: pages in a folder outside of the vault, and disks that take no pages."""

import errno
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from shared.read_only import NOTES, READ_ONLY_MOUNT, in_namespace, state
from shared.vaults import MakeVault, Run, pages, write

from vault_tools.errors import reason
from vault_tools.model.speech import format_english
from vault_tools.render.pages import names as page_names
from vault_tools.store import drafts, untouched


@pytest.fixture(autouse=True)
def kept_no_longer() -> Iterator[None]:
    """What one test keeps as it is is no business of the next."""
    yield
    untouched._ROOTS.clear()


def test_report_writes_its_pages_into_another_folder_and_nothing_into_the_vault(
    vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """The folder is made; the second time nothing is written there; regions stay as they are, and that is said."""
    root, out = vault(NOTES), tmp_path / "a" / "b"
    before = state(root)
    result = run("report", root, "--output", out)
    assert (result.exit_code, result.stderr) == (0, "")
    names = sorted([*page_names(), "graph.html", "learning.svg"])
    assert f"{len(names)} of {len(names)} written" in result.stdout
    assert "not refreshed" in result.stdout
    assert sorted(path.name for path in out.iterdir()) == names
    written = state(out)
    assert f"({len(names)} pages, none changed)" in run("report", root, "-o", out).stdout
    assert state(out) == written
    assert state(root) == before


def test_links_of_pages_outside_the_vault_lead_to_each_other_and_to_notes(
    vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """No wikilinks, which only work in a vault; notes open in Obsidian, in the vault used last: no page names one."""
    root, out = vault({**NOTES, "vault-tools.toml": '[reports]\nlinks = "wikilink"\n'}), tmp_path / "out"
    run("report", root, "--output", out)
    texts = {path: path.read_text("utf-8") for path in out.glob("*.md")}
    links = [link for text in texts.values() for link in re.findall(r"\]\(([^)]+)\)", text)]
    beside = [unquote(link).partition("#")[0] for link in links if not link.startswith(("obsidian:", "#"))]
    assert {"Gaps.md", "./graph.html", "learning.svg"} <= set(beside)
    assert [link for link in beside if not (out / link).is_file()] == []
    into = [link for link in links if link.startswith("obsidian:")]
    assert into
    assert [link for link in into if not link.startswith("obsidian://open?file=")] == []
    assert [path.name for path, text in texts.items() if "[[" in text] == []
    for text in texts.values():
        headings = {re.sub(r"[^\w-]", "", line[3:].lower().replace(" ", "-")) for line in text.splitlines()}
        assert {unquote(link) for link in re.findall(r"\]\(#([^)]+)\)", text)} <= headings
    assert "](#" in texts[out / "Gaps.md"]


def test_report_output_keeps_a_foreign_file_in_its_folder(vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """The other pages are written beside it."""
    root, out = vault(NOTES), tmp_path / "out"
    write(out, {"Gaps.md": "mine", "Mine.md": "mine"})
    result = run("report", root, "--output", out)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "Gaps.md was not written by vault-tools" in result.stderr
    assert (out / "Gaps.md").read_text() == (out / "Mine.md").read_text() == "mine"
    assert f"{len(page_names()) + 1} of {len(page_names()) + 2} written" in result.stdout


@pytest.mark.parametrize("way", ["", "new/below", "../v", "link"])
def test_report_output_refuses_a_folder_inside_the_vault(way: str, vault: MakeVault, run: Run, tmp_path: Path) -> None:
    """By whatever way it is named."""
    root = vault(NOTES)
    before = state(root)
    out = root / way
    if way == "link":
        out = tmp_path / "link"
        out.symlink_to(root / "K", target_is_directory=True)
    result = run("report", root, "--output", out)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "is in the vault" in result.stderr
    assert state(root) == before


def test_a_report_prints_its_figures_even_if_its_folder_cannot_be_made(
    vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    """A file is in its place."""
    root = vault(NOTES)
    write(tmp_path, {"file": "x"})
    result = run("report", root, "--output", tmp_path / "file" / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "v: 4 notes" in result.stdout


def test_a_report_prints_its_figures_on_a_read_only_disk(vault: MakeVault, tmp_path: Path) -> None:
    """Two causes here, pages and notes, so two lines; exit code 2."""
    said = in_namespace(READ_ONLY_MOUNT + '"$PY" -m vault_tools report "$V"', vault(NOTES), tmp_path)
    assert "v: 4 notes" in said
    assert said.count("Warning: ") == 2
    assert said.endswith("exit 2")


def test_a_report_prints_its_figures_on_a_full_disk(vault: MakeVault, tmp_path: Path) -> None:
    """One line for all pages, and no page is half written."""
    script = (
        'mkdir "$T/small" && mount -t tmpfs -o size=96k none "$T/small" && cp -r "$V" "$T/small/v" && '
        'cat /dev/zero > "$T/small/fill" 2>/dev/null; "$PY" -m vault_tools report "$T/small/v"; code=$?; '
        'find "$T/small" -name "*.tmp" -o -size -1 -path "*_vault-tools/*"; exit $code'
    )
    notes = {path: text for path, text in NOTES.items() if path != "Plain.md"}
    said = in_namespace(script, vault(notes), tmp_path)
    assert "v: 3 notes" in said
    assert said.count("Warning: ") == 1
    assert "could not be written (no space left on the disk)" in said
    assert ".tmp" not in said
    assert said.endswith("exit 2")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
def test_a_report_gives_one_line_for_each_cause_that_stops_pages(
    number: int, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures come first, and the exit code is 2; the next run writes the pages."""
    root = vault(NOTES)

    def fail(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(drafts, "replace", fail)
        result = run("report", root, "--no-regions")
    assert "v: 4 notes" in result.stdout
    assert "(0 of " in result.stdout
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f" could not be written ({format_english(reason(OSError(number, '')))}). " in result.stderr
    after = run("report", root)
    assert after.exit_code == 0
    assert f"and {len(pages(root)) - 1} more" in result.stderr
    assert f"({len(pages(root))} of {len(pages(root))} written)" in after.stdout


def test_a_report_prints_its_figures_as_json_even_if_no_page_can_be_written(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what became of each page."""
    root = vault(NOTES)

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(drafts, "replace", fail)
    result = run("report", root, "--json", "--no-regions")
    assert set(json.loads(result.stdout)["pages"].values()) == {"refused"}
    assert json.loads(result.stdout)["notes"] == 4
