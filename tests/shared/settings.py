"""A vault with settings, and what is said against them."""

from shared.vaults import MakeVault

from vault_tools import Vault

NOTES = {
    "Hub.md": "[[Loner]] [[A]] [[B]]\n",
    "Loner.md": "short\n",
    "A.md": "---\ntype: knowledge\nrequires: '[[B]]'\n---\nshort [[Gone]]\n",
    "B.md": "---\ntype: knowledge\n---\nshort [[A]]\n",
    "Alone.md": "alone\n",
}


def opened(vault: MakeVault, settings: str, files: dict[str, str | bytes] | None = None) -> Vault:
    """Open a vault with settings."""
    return Vault.open(vault(NOTES | (files or {}) | {"vault-tools.toml": settings}))
