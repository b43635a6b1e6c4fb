"""Numbers and records as the page carries them: columns in base64, and whatever is wanted later, deflated."""

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np

Record = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")
_LEVEL = 6


def column(numbers: Sequence[int]) -> Record:
    """Return whole numbers from 0 up: their width in bytes (1, 2 or 4), and the little-endian bytes in base64."""
    held = np.asarray(numbers, np.int64)
    most = int(held.max(initial=0))
    width = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
    return {"w": width, "d": b64encode(held.astype(f"<u{width}").tobytes()).decode()}


def numbers(held: Record) -> list[int]:
    """Return the numbers of a column."""
    found: list[int] = np.frombuffer(b64decode(held["d"]), f"<u{held['w']}").tolist()
    return found


def as_json(value: object) -> str:
    """Return JSON that any file can hold: half a sign becomes the replacement sign."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _SURROGATE.sub("\ufffd", text)


def in_script(value: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return as_json(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def packed(text: str) -> str:
    """Return a text, deflated (raw) and in base64."""
    squeezer = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    return b64encode(squeezer.compress(text.encode()) + squeezer.flush()).decode()


def unpacked(held: str) -> str:
    """Return what was packed."""
    return zlib.decompress(b64decode(held), wbits=-zlib.MAX_WBITS).decode()
