"""Imports all our modules when the daemon begins: an update may put newer ones in their place while it runs."""

from importlib import import_module
from pkgutil import walk_packages

import vault_tools


def import_all() -> None:
    """Import every module of vault-tools."""
    for module in walk_packages(vault_tools.__path__, "vault_tools."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
