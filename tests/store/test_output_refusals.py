"""Pages that the system refuses to write: no other page suffers, and one line says why."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from shared.pages import MARK, NOTES
from shared.vaults import MakeVault, Run, pages

from vault_tools.errors import NotWrittenError, reason
from vault_tools.model.change import Page
from vault_tools.store import output


def test_a_failed_writing_leaves_the_old_page_and_no_draft(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is never half a page."""
    root = vault({"_vault-tools/Gaps.md": "---\ngenerated-by: vault-tools\n---\nold"}).resolve()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        output.write(root, Page("_vault-tools/Gaps.md", "---\ngenerated-by: vault-tools\n---\nnew"), MARK)
    assert pages(root) == {"Gaps.md": b"---\ngenerated-by: vault-tools\n---\nold"}


def refused(path: str, code: int, more: int = 0) -> str:
    """Return what is said of a page that the system refuses."""
    return str(NotWrittenError(path, reason(OSError(code, os.strerror(code))), more))


def failing(monkeypatch: pytest.MonkeyPatch, error: OSError, name: str = "") -> None:
    """Let the system refuse a page of this name, or every one."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".tmp" and target.name.startswith(name):
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_page_that_the_system_refuses_stops_no_other(
    code: int, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows one that another program holds open; it is told, and written when it can be."""
    root = vault(NOTES | {"Mine.md": "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"})
    run("report", root)
    before = pages(root)
    (root / "Good.md").write_text("[[Another missing]] [[再一个]]")
    with monkeypatch.context() as patch:
        failing(patch, OSError(code, os.strerror(code)), "Gaps.md")
        for _ in range(2):
            result = run("report", root)
            (line,) = result.stderr.splitlines()
            assert result.exit_code == 2
            assert line == f"Warning: {refused('_vault-tools/Gaps.md', code)}"
            assert json.loads(run("report", root, "--json").stdout)["pages"]["_vault-tools/Gaps.md"] == "refused"
    after = pages(root)
    assert after["Gaps.md"] == before["Gaps.md"]
    assert after["Overview.md"] != before["Overview.md"]
    assert "再一个" in (root / "Mine.md").read_text("utf-8")
    assert run("report", root).exit_code == 0
    assert "再一个" in pages(root)["Gaps.md"].decode()


def test_a_page_that_may_not_be_read_is_not_taken_for_a_foreign_page(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows that is one that another program holds for itself."""
    root = vault(NOTES)
    run("report", root)
    opened = Path.open

    def refuse(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "Gaps.md":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    (root / "Good.md").write_bytes(b"[[Another missing]]")
    result = run("report", root)
    assert result.exit_code == 2
    assert result.stderr == f"Warning: {refused('_vault-tools/Gaps.md', errno.EACCES)}\n"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_ends_a_report_with_one_line(
    code: int, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the figures."""
    root = vault(NOTES)
    failing(monkeypatch, OSError(code, os.strerror(code)))
    result = run("report", root)
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2
    assert line == f"Warning: {refused('_vault-tools/Overview.md', code, more=6)}"
    assert "notes" in result.stdout
    assert pages(root) == {}


def test_a_vault_that_goes_away_while_pages_are_written_ends_a_report_with_one_line(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the system says of the page that was being written."""
    root = vault(NOTES)

    def away(_self: Path, target: Path) -> None:
        root.rename(root.with_name("away"))
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(target))

    monkeypatch.setattr(Path, "replace", away)
    result = run("report", root)
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2
    away_ = f"{root} is missing or empty. Its drive may not be connected. Nothing is written until it is back."
    assert line == f"Error: {away_}"
    assert not root.exists()


@pytest.mark.parametrize("command", [("new", "knowledge", "N", "--vault"), ("graph", "-o"), ("init",), ("graph",)])
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_error_names_the_file_or_its_folder_and_never_our_draft(
    command: tuple[str, ...],
    number: int,
    language: str,
    vault: MakeVault,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the system says of it."""
    root = vault(NOTES)
    out = (root.with_name("out.html"), root) if command[-1] == "-o" else (root,)
    real = os.open

    def refused(path: str | Path, *more: Any, **options: Any) -> int:
        if str(path).endswith(".tmp"):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *more, **options)

    monkeypatch.setattr(os, "open", refused)
    result = run("--lang", language, *command, *out)
    assert result.exit_code == 2
    assert ".tmp" not in result.output
    (line,) = result.stderr.splitlines()
    if number == errno.EACCES:
        again = {"en": "run the command again", "zh": "再运行一次命令"}
        assert again[language] in line
