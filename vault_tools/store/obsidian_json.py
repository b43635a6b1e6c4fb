"""JSON that Obsidian and its plugins wrote: what is broken, or of another kind than expected, counts as absent."""

import json
import re
from collections.abc import Mapping
from typing import Any

Table = Mapping[str, Any]
Decoded = tuple[Any, int | None]
"""The contents of a file, None if there are none; and the line where it stops being JSON, None if it is valid."""

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What JSON can express but neither a file name nor a text file can contain."""


def decode(text: str | None) -> Decoded:
    """Decode JSON; None where there is nothing, or nothing that can be read."""
    if text is None or not text.strip():
        return None, None
    try:
        return _writable(json.loads(text)), None
    except (ValueError, RecursionError) as error:
        return None, getattr(error, "lineno", 0)


def _writable(value: Any) -> Any:  # noqa: ANN401
    """Return a JSON value without characters that cannot be written."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_writable(each) for each in value]
    if isinstance(value, dict):
        return {_writable(key): _writable(each) for key, each in value.items()}
    return value


def table(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a value that is a table; an empty table for any other."""
    return value if isinstance(value, dict) else {}


def text(settings: Table, key: str) -> str:
    """Return the text of a key; "" if it has none."""
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def rows(settings: Table, key: str) -> list[Any]:
    """Return the list of a key; an empty one if it has none."""
    value = settings.get(key)
    return value if isinstance(value, list) else []
