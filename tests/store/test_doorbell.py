"""Events of the file system: a burst of them rings once, and reading a file does not ring."""

# ruff: noqa: D103  (a test is named for what it holds)

import shutil

from shared.beside import PATIENCE
from shared.vaults import MakeVault, write

from vault_tools.store.doorbell import Doorbell


def burst(bell: Doorbell) -> tuple[str | None, ...]:
    """Return how it rings for the next burst."""
    first = bell.wait(PATIENCE)
    return (first,) if first == "over" else (first, bell.wait(PATIENCE))


def test_a_burst_of_changes_rings_once_and_reading_does_not_ring(vault: MakeVault) -> None:
    root = vault({"A.md": "a", ".obsidian/workspace.json": "{}", "_vault-tools/Gaps.md": "ours"})
    bell = Doorbell(root, {"_vault-tools/Gaps.md"}.__contains__, quiet=0.2, most=5)
    try:
        for number in range(50):
            write(root, {f"{number}.md": "x"})
        assert burst(bell) == ("pause", "over")
        (root / "A.md").read_text()
        write(root, {".obsidian/workspace.json": "{ }", "_vault-tools/Gaps.md": "ours", ".hidden/x.md": "x"})
        assert not bell.wait(0.6)
        write(root, {".obsidian/app.json": "{}"})
        assert burst(bell)[-1] == "over"
        (root / "A.md").rename(root / ".A.md.draft")
        assert burst(bell)[-1] == "over"
        (root / ".A.md.draft").rename(root / "A.md")
        assert burst(bell)[-1] == "over"
    finally:
        bell.close()


def test_an_endless_burst_of_changes_rings(vault: MakeVault) -> None:
    root = vault({})
    bell = Doorbell(root, quiet=10, most=0.5)
    try:
        write(root, {"A.md": "a"})
        assert burst(bell)[-1] == "over"
        assert bell.idle < 10  # as long as a burst would have to rest
    finally:
        bell.close()


def test_the_doorbell_ignores_a_folder_that_took_the_place_of_the_vault(vault: MakeVault) -> None:
    root = vault({"A.md": "a"})
    bell = Doorbell(root)
    try:
        assert bell.listens
        shutil.move(root, root.with_name("old"))
        assert not bell.listens
        root.mkdir()
        assert not bell.listens
    finally:
        bell.close()
