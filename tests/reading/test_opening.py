"""A vault is opened in one way: what costs time, or may change a note, happens once."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from shared.vaults import MakeVault, Run

from vault_tools import Vault
from vault_tools.daemon.keeper import Keeper
from vault_tools.errors import SettingsError
from vault_tools.reading.opening import VaultFolder
from vault_tools.settings import parsing
from vault_tools.store import contents, heal, obsidian, places

NOTES: dict[str, str | bytes] = {
    "A.md": "[[B]]\n\n%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n",
    "vault-tools.toml": 'language = "zh"\n',
}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a folder is checked, settings are read and parsed, and torn notes are looked for."""
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            counts[name] += 1
            return function(*args, **options)

        return call

    for module, name in ((places, "check"), (contents, "settings_of"), (parsing, "parse_settings"), (obsidian, "read")):
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))
    heal_once = counted("heal", heal.heal)
    for place in ("vault_tools.reading.opening.heal", "vault_tools.app.heal", "vault_tools.daemon.keeper.heal"):
        monkeypatch.setattr(place, heal_once)
    return counts


OPENED = {"check": 1, "settings_of": 1, "parse_settings": 1}


def test_a_report_checks_reads_and_repairs_once(vault: MakeVault, run: Run, calls: Counter[str]) -> None:
    """From the command line, with a region to fill."""
    root = vault(NOTES)
    assert run("report", root).exit_code == 0
    assert b"[[B" in (root / "A.md").read_bytes()
    assert calls == {**OPENED, "read": 1, "heal": 1}


@pytest.mark.parametrize("command", ["stats", "check", "next"])
def test_a_command_that_only_shows_something_repairs_nothing(
    command: str, vault: MakeVault, run: Run, calls: Counter[str]
) -> None:
    """It checks and reads once, too."""
    run(command, vault(NOTES))
    assert calls == {**OPENED, "read": 1}


def test_a_report_from_python_repairs_before_it_writes_into_notes(vault: MakeVault, calls: Counter[str]) -> None:
    """To open a vault changes nothing in it."""
    opened = Vault.open(vault(NOTES))
    assert calls == {**OPENED, "read": 1}
    opened.report()
    assert calls["heal"] == 1


def test_a_daemon_opens_a_vault_like_a_command(vault: MakeVault, calls: Counter[str]) -> None:
    """Obsidian's settings are read twice: as they are here, and as all devices agree on them. Each round heals once."""
    keeper = Keeper(vault(NOTES), "here")
    assert calls == {**OPENED, "read": 2}
    keeper.work(datetime.now(UTC), calm=True)
    assert calls["heal"] == 1
    keeper.close()


def test_settings_that_cannot_be_parsed_are_named_as_the_user_named_the_vault(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the folder that the name leads to; from Python, the file is named without its folder."""
    root = vault({"vault-tools.toml": "language = 3\n"})
    monkeypatch.chdir(root.parent)
    assert run("report", root.name).stderr.startswith("Error: v/vault-tools.toml")
    with pytest.raises(SettingsError, match=r"^vault-tools\.toml"):
        VaultFolder.at(root).settings()
