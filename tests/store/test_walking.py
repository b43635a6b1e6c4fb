"""Which files of a vault are looked at: `skip` leaves folders out."""

from shared.pages import NOTES
from shared.vaults import MakeVault

from vault_tools import Vault


def test_folders_in_skip_are_not_walked(vault: MakeVault) -> None:
    """`skip` takes path prefixes."""
    root = vault(NOTES | {"vault-tools.toml": 'skip = ["Sub/", "Bad"]', "Sub/Note.md": "x"})
    graph = Vault.open(root).knowledge
    assert not [name for name in graph.nodes if name.startswith(("Sub/", "Bad"))]


def test_links_to_what_is_skipped_are_not_broken(vault: MakeVault) -> None:
    """The files are there for Obsidian, whether they are read or not."""
    files: dict[str, str | bytes] = {"A.md": "[[Old]] ![[pic.png]]", "Raw/Old.md": "[[Gone]]", "Raw/pic.png": b""}
    graph = Vault.open(vault(files | {"vault-tools.toml": 'skip = ["raw/"]'})).knowledge
    assert (list(graph.nodes), graph.unresolved) == (["A.md"], {})
