"""How a view of the graph's page is spelled behind the `#` of its address; `templates/graph/address.js` reads it."""

import re
from collections.abc import Iterable
from urllib.parse import quote

_TAKEN = re.compile(r"[%&#,|=\s\x00-\x1f\"'<>\\^`{}()\[\]]|[\ud800-\udfff]")
"""What would end a word of an address, or the link around the address."""


def view(*, note: str = "", depth: int = 0, types: Iterable[str] = (), color: str = "", mode: str = "") -> str:
    """Return a view: a chosen note by its id, with its neighbourhood, some types, what colours say, a mode; "" for all.

    Text in any language stays readable.
    """
    words = {
        "mode": mode,
        "note": _safe(note),
        "depth": str(depth) if note and depth else "",
        "color": color,
        "type": ",".join(map(_safe, types)),
    }
    return "&".join(f"{key}={value}" for key, value in words.items() if value)


def _safe(text: str) -> str:
    return _TAKEN.sub(lambda sign: quote(sign[0], safe="", errors="replace"), text)
