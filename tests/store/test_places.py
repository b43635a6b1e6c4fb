"""A vault's folder on the disk: gone, back again, or another one at the same path."""

import shutil
from pathlib import Path

import pytest
from shared.pages import MARK, NOTES
from shared.vaults import MakeVault, Run, pages

from vault_tools.errors import VaultAwayError
from vault_tools.model.change import Page
from vault_tools.store import output, places


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "another disk"])
@pytest.mark.parametrize("way", ["write", "create"])
def test_nothing_is_created_in_the_place_of_a_vault_that_went_away(
    left: str, way: str, vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drive was taken out after it was read; when it is back, and was looked at, all is as before."""
    root = places.check(vault(NOTES))
    root.rename(tmp_path / "away")
    if left != "nothing":
        root.mkdir()
    if left == "another disk":
        (root / "Other.md").write_text("of another vault")
        monkeypatch.setattr(places, "_CHECKED", {root: (-1, root.stat().st_ino)})
    before = sorted(root.parent.rglob("*"))

    def attempt() -> bool:
        if way == "write":
            return output.write(root, Page("深/_pages/Gaps.md", "generated-by: vault-tools"), MARK)
        return output.create(root, "深/Logs/新.md", "text")

    with pytest.raises(VaultAwayError, match=" is missing or empty\\. Its drive may not be connected\\. "):
        attempt()
    assert sorted(root.parent.rglob("*")) == before
    shutil.rmtree(root, ignore_errors=True)
    (tmp_path / "away").rename(root)
    places.check(root)
    assert attempt()


def test_a_vault_that_replaces_another_at_its_path_is_another_vault(vault: MakeVault, run: Run) -> None:
    """Each run looks at the folder it is given."""
    root = vault(NOTES)
    run("report", root)
    shutil.rmtree(root)
    (root / ".obsidian").mkdir(parents=True)
    assert run("report", root).exit_code == 0
    assert "Gaps.md" in pages(root)


def test_a_vault_folder_with_a_new_inode_stays_the_same_vault(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some do so for what nobody has open."""
    root = places.check(vault(NOTES))
    monkeypatch.setattr(places, "_CHECKED", {root: (root.stat().st_dev, -1)})
    assert output.create(root, "New.md", "text")
