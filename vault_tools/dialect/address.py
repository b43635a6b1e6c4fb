"""How a view of the graph page is written after the `#` of its address; `templates/graph/linking/` reads it."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from vault_tools.dialect.choices import choices

_TAKEN = re.compile(r"[%&#,|=\s\x00-\x1f\"'<>\\^`{}()\[\]]|[\ud800-\udfff]")
"""Characters that would end a word of an address, or the link that contains the address."""


def view(*, note: str = "", depth: int = 0, types: Iterable[str] = (), color: str = "", mode: str = "") -> str:
    """Return a view: a selected note by its id with its neighbourhood, types, colours, and a mode; "" shows everything.

    Text in any language stays readable.
    """
    words = choices().address
    values = {
        "mode": mode,
        "selected": _safe(note),
        "depth": str(depth) if note and depth else "",
        "color": color,
        "shownTypes": ",".join(map(_safe, types)),
    }
    return "&".join(f"{words[key]}={value}" for key, value in values.items() if value)


def _safe(text: str) -> str:
    return _TAKEN.sub(lambda sign: quote(sign[0], safe="", errors="replace"), text)
