"""What a scalar without quotes means: nothing, a boolean, a number or text (core schema of YAML 1.2)."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite

from vault_tools.dialect.scalars import CORE
from vault_tools.model.note import Value

LARGEST = 2**63 - 1
EXACT = 2**53
"""Up to here, JavaScript can hold every whole number; beyond, only the nearest one."""

_BASES = {"0o": 8, "0x": 16}
_Convert = Callable[[str], Value]


def _number(text: str) -> int | float | str:
    """Read an integer of the core schema (`010` is ten); a large one is what JavaScript shows of it."""
    base = _BASES.get(text[:2])
    try:
        number = int(text[2:], base) if base else int(text)
    except ValueError:
        return text
    return number if -EXACT <= number <= EXACT else _rounded(number, text)


def _rounded(number: int, text: str) -> int | float | str:
    """Return the nearest number that JavaScript can hold, a float beyond 64 bits; infinite ones stay text."""
    try:
        near = float(number)
    except OverflowError:
        return text
    shown = int(Decimal(repr(near)))
    return shown if -LARGEST <= shown <= LARGEST else near


def _decimal(text: str) -> float | str:
    """Read a float; NaN and infinity stay text, because JSON cannot express them."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _truth(text: str) -> bool:
    return text.lower() == "true"


def _nothing(_text: str) -> None:
    return None


_READERS: Mapping[str, _Convert] = {"null": _nothing, "bool": _truth, "int": _number, "float": _decimal}
_KINDS: dict[str, list[tuple[re.Pattern[str], _Convert]]] = {"": [(re.compile(r"\Z"), _nothing)]}
for _kind in CORE:
    for _char in _kind.firsts:
        _KINDS.setdefault(_char, []).append((re.compile(rf"(?:{_kind.pattern})\Z"), _READERS[_kind.name]))


def scalar(text: str) -> Value:
    """Read a plain scalar: nothing, truth, number, or text."""
    kinds = _KINDS.get(text[:1])
    if kinds is not None:
        for pattern, reader in kinds:
            if pattern.match(text):
                return reader(text)
    return text


# As the tags of YAML have it: a number without a point and an exponent is no float.
_TAGGED = {kind.name: re.compile(kind.pattern) for kind in CORE}
_TAGGED["float"] = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)")


def is_of_kind(text: str, kind: str) -> bool:
    """Tell whether a text is one that the tag of a kind (`int`) turns into a value; with other tags it stays text."""
    pattern = _TAGGED.get(kind)
    return pattern is not None and pattern.fullmatch(text) is not None
