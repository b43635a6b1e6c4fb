"""vault-tools turns an Obsidian vault into a typed knowledge graph, and says what is missing in it.

>>> from vault_tools import Vault
>>> graph = Vault.open("sample_vault").graph      # a networkx.MultiDiGraph
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vault_tools.app import Vault as Vault

__version__ = "0.1.0"
__all__ = ["Vault", "__version__"]


def __getattr__(name: str) -> object:
    """Import `Vault` when it is first used, so that `--version` costs nothing."""
    if name != "Vault":
        message = f"module 'vault_tools' has no attribute {name!r}"
        raise AttributeError(message)
    from vault_tools.app import Vault  # noqa: PLC0415  (lazy on purpose, see above)

    return Vault
