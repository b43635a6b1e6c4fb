"""A row of settings that is laid over a shipped one: where it says nothing, the shipped value stays."""

from collections.abc import Iterable
from typing import Any

import msgspec


def set_fields(row: msgspec.Struct, names: Iterable[str]) -> dict[str, Any]:
    """Return those of some fields that a row sets, with their values."""
    values = {name: getattr(row, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}
