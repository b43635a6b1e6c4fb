"""How JavaScript writes values as names of properties, and in which order it keeps these names."""

import re
from decimal import Decimal

from vault_tools.dialect.scalars import ENDLESS
from vault_tools.model.note import Value
from vault_tools.parse.yaml.core import is_of_kind, scalar

_ENDLESS = re.compile(ENDLESS)
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_LAST_INDEX = 2**32 - 2
_DECIMAL_FROM, _DECIMAL_BELOW = 1e-6, 1e21


def endless(text: str) -> str:
    """Return JavaScript's name of infinity or NaN; "" for any other text."""
    if _ENDLESS.fullmatch(text) is None and not _is_too_large(text):
        return ""
    if text[-1] in "nN":
        return "NaN"
    return "-Infinity" if text[0] == "-" else "Infinity"


def _is_too_large(text: str) -> bool:
    """Tell whether a text is a number that is larger than any that JavaScript can hold."""
    begins = text[:1] in "+-.0123456789"
    return begins and isinstance(scalar(text), str) and (is_of_kind(text, "int") or is_of_kind(text, "float"))


def value_text(value: Value) -> str:
    """Return a value that is no collection as JavaScript turns it into text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _number_text(value) if isinstance(value, int | float) else str(value)


def _number_text(number: float) -> str:
    size = abs(number)
    if not size:
        return "0"
    if _DECIMAL_FROM <= size < _DECIMAL_BELOW:
        text = format(Decimal(repr(number)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = repr(float(number)).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"


def ordered(mapping: dict[str, Value]) -> dict[str, Value]:
    """Put names that are whole numbers first, in numeric order, as JavaScript does."""
    numbers = [name for name in mapping if _is_index(name)]
    if not numbers:
        return mapping
    first = {name: mapping[name] for name in sorted(numbers, key=int)}
    return first | mapping


def _is_index(name: str) -> bool:
    return name[:1].isdigit() and _INDEX.fullmatch(name) is not None and int(name) <= _LAST_INDEX
