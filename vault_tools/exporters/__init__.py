"""A graph as one file, one format each: a file here with an `EXPORTER` is a choice of `export --format`."""

from vault_tools.families import Family
from vault_tools.model.export import Exporter

_FAMILY = Family(__name__, "EXPORTER", Exporter)


def names() -> list[str]:
    """Return the formats there are, without importing them."""
    return _FAMILY.names()


def exporter(name: str) -> Exporter:
    """Return the exporter of a format."""
    return _FAMILY.member(name)
