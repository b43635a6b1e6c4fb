"""Numbers and records as the page carries them: columns in base64, and the parts needed later, deflated."""

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Record = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")
_LEVEL = 6
_WIDTHS = (1, 2, 4)
_MOST = 1 << 28
"""The longest text that is unpacked, in bytes."""


def column(numbers: Sequence[int] | NDArray[np.int64]) -> Record:
    """Return whole numbers from 0 to 2^32 - 1: their width in bytes (1, 2 or 4), and the bytes (little-endian, base64).

    Raises OverflowError for others.
    """
    values = np.asarray(numbers, np.int64)
    most = int(values.max(initial=0))
    if most >> 32 or values.min(initial=0) < 0:
        raise OverflowError(f"no column holds {most if most >> 32 else int(values.min())}")
    width = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
    return {"w": width, "d": b64encode(values.astype(f"<u{width}").tobytes()).decode()}


def numbers(packed_column: Record) -> list[int]:
    """Return the numbers of a column; ValueError, TypeError or KeyError for what is none."""
    width = packed_column["w"]
    if width not in _WIDTHS:
        raise ValueError(f"a column of {width} bytes")
    values: list[int] = np.frombuffer(b64decode(packed_column["d"], validate=True), f"<u{int(width)}").tolist()
    return values


def clean(text: str) -> str:
    """Return a text that any file can hold: half a sign becomes the replacement sign."""
    return _SURROGATE.sub("\ufffd", text)


def as_json(value: object) -> str:
    """Return JSON that any file can hold."""
    return clean(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def in_script(value: object) -> str:
    """Return JSON that cannot end the script element around it."""
    return as_json(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def pack(text: str) -> str:
    """Return a text, deflated (raw) and in base64."""
    squeezer = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    return b64encode(squeezer.compress(text.encode()) + squeezer.flush()).decode()


def unpack(text: str) -> str:
    """Return what was packed; ValueError if it cannot be read, or is longer than any page may be."""
    opener = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        opened = opener.decompress(b64decode(text, validate=True), _MOST)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not opener.eof:
        raise ValueError("cut off, or too long")
    return opened.decode()
