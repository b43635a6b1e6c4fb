"""What a vault is called in the user's own folders: one name a folder, however its path is typed."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
from hashlib import blake2b
from pathlib import Path
from types import SimpleNamespace

import pytest

from vault_tools.errors import WatchedError
from vault_tools.store import cache, database, journal, watchers
from vault_tools.store.edition import edition
from vault_tools.store.naming import name_of

SPELLINGS = [
    ("/Users/me/Documents/Vault", "/Users/me/documents/vault"),
    ("/Users/me/Documents/Vault", "/USERS/ME/DOCUMENTS/VAULT"),
    ("/Users/me/Caf\u00e9 笔记", "/Users/me/Cafe\u0301 笔记"),
    ("/Users/me/\u00c9tudes", "/Users/me/e\u0301tudes"),
]


def places(root: Path, place: Path) -> list[Path]:
    """Return all that is kept of a vault: its journal, its daemon's lock, status and log, its cache."""
    kept = [watchers._place(root, "lock"), watchers._place(root, "json"), watchers.log_of(root)]
    return [journal.place_of(root), *kept, database.path_of(place, root, edition())]


@pytest.fixture(params=["darwin", "win32"])
def folded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system on which capitals do not tell two files apart."""
    monkeypatch.setattr("vault_tools.store.naming.sys", SimpleNamespace(platform=request.param))


@pytest.mark.usefixtures("folded")
@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_two_spellings_of_a_vault_folder_have_one_name(one: str, other: str, tmp_path: Path) -> None:
    assert places(Path(one), tmp_path) == places(Path(other), tmp_path)


@pytest.mark.usefixtures("folded")
def test_two_vault_folders_have_two_names(tmp_path: Path) -> None:
    folders = [
        "/Users/me/Vault",
        "/Users/me/Vault 2",
        "/Users/me/笔记",
        "/Users/me/笔迹",
        os.fsdecode(b"/Users/me/\xfc"),
    ]
    found = [place for name in folders for place in places(Path(name), tmp_path)]
    assert len(set(found)) == len(found)


@pytest.mark.usefixtures("folded")
def test_a_vault_has_one_daemon_for_any_spelling_of_its_path(tmp_path: Path) -> None:
    with watchers.claimed(tmp_path / "Vault"):
        assert watchers.runs(tmp_path / "vault")
        with pytest.raises(WatchedError), watchers.claimed(tmp_path / "VAULT"):
            pass


@pytest.mark.usefixtures("folded")
def test_a_vault_has_one_cache_for_any_spelling_of_its_path(tmp_path: Path) -> None:
    for name in ("Vault", "vault"):
        found = cache.Cache.open(tmp_path / name, tmp_path)
        assert (found.fact("regions", dict[str, str]) is None) == (name == "Vault")
        found.remember("regions", {"a": "b"})
        found.close()


@pytest.mark.parametrize("path", ["/home/me/Documents/Vault", "/home/me/Caf\u00e9", os.fsdecode(b"/home/me/\xfc")])
def test_on_linux_the_name_of_a_vault_follows_from_its_path_byte_for_byte(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it always was: a journal is found again."""
    monkeypatch.setattr("vault_tools.store.naming.sys", SimpleNamespace(platform="linux"))
    assert name_of(Path(path)) == blake2b(os.fsencode(path), digest_size=10).hexdigest()
    assert name_of(Path(path)) != name_of(Path(path.upper()))
