"""Regular expressions for all names that a pattern makes."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from vault_tools.dialect.moment.form import MomentFormat, form_of
from vault_tools.dialect.moment.locale import Locale
from vault_tools.dialect.moment.tokens import NAMED, NUMBERS, ORDINALS, OTHERS

LOOSE = 10_000
"""The most ways to read a name; with more, `name_pattern` ignores the rest of the name."""


@lru_cache(64)
def name_pattern(pattern: str, locale: Locale) -> str:
    """Return a regular expression for all names that a pattern makes.

    It has a group for each token, with the name of the token; a repeated token must repeat its text. Text that is not
    in the composed form of Unicode matches in either form. If there are too many ways to split a name into its parts,
    any text matches the rest of the name.
    """
    form = form_of(pattern, locale)
    groups: set[str] = set()
    pieces = []
    ways = 1
    for part, is_token in form.parts:
        if not is_token:
            pieces.append(_either([part.translate(locale.table)]))
        elif part in groups:
            pieces.append(f"(?P={part})")
        else:
            shape, choices = _shape(part, form)
            ways *= choices
            if ways > LOOSE:
                return "".join([*pieces, r"[\s\S]*"])
            groups.add(part)
            pieces.append(f"(?P<{part}>{shape})")
    return "".join(pieces)


@lru_cache(64)
def matcher(pattern: str, locale: Locale) -> re.Pattern[str]:
    """Return the compiled expression for all names that a pattern makes."""
    return re.compile(name_pattern(pattern, locale))


def matches(text: str, pattern: str, locale: Locale) -> bool:
    """Tell whether a text has the form of a pattern, on any day."""
    return matcher(pattern, locale).fullmatch(text) is not None


def spellings(text: str) -> set[str]:
    """Return a text as it is and in the composed form of Unicode."""
    return {text, normalize("NFC", text)}


def _shape(token: str, form: MomentFormat) -> tuple[str, int]:
    """Return a regular expression for all texts of a token, and in how many ways it may match."""
    digit = form.locale.digit
    if token in NUMBERS:
        _, least, most = NUMBERS[token]
        return digit + (f"{{{least},{most}}}" if least < most else f"{{{most}}}"), most - least + 1
    if token in NAMED:
        names = form.names[token]
        return _either([name.translate(form.locale.table) for name in names]), _depth(names)
    if token in OTHERS:
        _, shape, ways = OTHERS[token]
        return shape.replace(r"\d", digit), ways
    return _ordinal_shape(ORDINALS[token], form.locale)


def _ordinal_shape(key: str, locale: Locale) -> tuple[str, int]:
    texts = locale.ordinals_of(key).texts
    most = NUMBERS[key][2]
    shape = _either([text.translate(locale.table) for text in texts])
    return shape.replace("%d", f"{locale.digit}{{1,{most}}}"), len(texts) * most


def _either(texts: Iterable[str]) -> str:
    """Return a regular expression for one of some texts, the longest first, composed or as they are."""
    each = {spelling for text in texts for spelling in spellings(text)}
    pattern = "|".join(map(re.escape, sorted(each, key=lambda text: (-len(text), text))))
    return f"(?:{pattern})" if len(each) > 1 else pattern


def _depth(names: Iterable[str]) -> int:
    """Return the greatest number of names that one and the same text may begin with."""
    return max(sum(name.startswith(other) for other in set(names)) for name in names)
