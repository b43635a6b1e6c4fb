"""A graph as one file, one format each: a file here with an `EXPORTER` is a choice of `export --format`."""

from importlib import import_module
from pkgutil import iter_modules

from vault_tools.model.export import Exporter


def names() -> list[str]:
    """Return the formats there are, without importing them."""
    return sorted(module.name for module in iter_modules(__path__))


def exporter(name: str) -> Exporter:
    """Return the exporter of a format."""
    found: Exporter = import_module(f"{__name__}.{name}").EXPORTER
    return found
