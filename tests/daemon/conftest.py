"""Daemons for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shared.desk import FILES, Desk, made
from shared.keeper_rounds import LAPTOP, REGION, TYPED, look_and_work, now
from shared.vaults import MakeVault

from vault_tools.daemon.keeper import Keeper


@pytest.fixture
def kept(vault: MakeVault) -> Iterator[tuple[Path, Keeper]]:
    """A vault that the daemon has seen once: nothing in it is new."""
    root = vault({"vault-tools.toml": TYPED, "A.md": "[[B]]\n", "Logs/old.md": "", "Topic.md": REGION})
    keeper = Keeper(root, LAPTOP)
    keeper.work(now(), calm=True)
    look_and_work(keeper)
    yield root, keeper
    keeper.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One vault and daemon for all that do not change its settings."""
    with made(FILES, tmp_path_factory.mktemp("saves")) as desk:
        yield desk


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    """A vault and daemon for one test."""
    with made(FILES, tmp_path) as desk:
        yield desk
