"""The addresses that open a note, a search or a new note in Obsidian from anywhere else."""

import re
from functools import lru_cache
from urllib.parse import quote

_LEFT = "!'()*~-._"
"""What JavaScript's `encodeURIComponent` leaves unchanged besides letters and digits."""

_BREAKS_OUT = re.compile(r"[!'()*]")


def address(action: str = "open", *, subpath: str = "", **parameters: str) -> str:
    """Return an obsidian:// address with its parameters in the order given.

    Args:
        action: `open`, `new`, `daily`, `search` …
        subpath: `#Heading` or `#^block`; it becomes part of `file` or `path`.
        **parameters: `vault` (name or id), `file`, `path`, `query`, `name`, `content` …, as plain text.
    """
    query = "&".join(
        f"{name}={encoded(value + subpath if name in {'file', 'path'} else value)}"
        for name, value in parameters.items()
    )
    return f"obsidian://{action}" + (f"?{query}" if query else "")


def uri(vault: str, file: str, subpath: str = "") -> str:
    """Return the address that opens a file of a vault: its full path, since a bare name is resolved like a link.

    Without a vault name (`""`), Obsidian looks in the vault that was used last.
    """
    named = {"vault": vault} if vault else {}
    return address(**named, file=file, subpath=subpath)


@lru_cache(maxsize=1 << 12)
def encoded(text: str) -> str:
    """Encode text as `encodeURIComponent` does; half a surrogate pair, where that fails, becomes a `?`."""
    return quote(text, safe=_LEFT, errors="replace")


def in_markdown(address: str) -> str:
    """Return an address that is safe in the parentheses of a Markdown link and in quotes."""
    return _BREAKS_OUT.sub(lambda sign: f"%{ord(sign.group()):02X}", address)
