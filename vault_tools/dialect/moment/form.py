"""A pattern split into literal text and tokens, for a language."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from vault_tools.dialect.moment.locale import Locale
from vault_tools.dialect.moment.tokens import ERA_TOKENS, KEYS, PIECE

_ISO = "YYYY-MM-DDTHH:mm:ssZ"
_LONG = re.compile(r"\[[^\[]*\]|\\?(?:LTS|LT|L{1,4}|l{1,4})")
_CUT = {"MMMM", "MM", "DD", "dddd"}
"""Tokens of `LL` that are one letter shorter in `ll`."""


@dataclass(frozen=True, slots=True)
class MomentFormat:
    """A pattern split up, for a language: literal text and tokens, and the names in the case that it needs."""

    locale: Locale
    parts: tuple[tuple[str, bool], ...]
    names: Mapping[str, tuple[str, ...]]

    @property
    def settles(self) -> bool:
        """Whether the pattern identifies one day, or the days of one week, month, quarter or year."""
        keys = {KEYS.get(part, part) for part, is_token in self.parts if is_token}
        return self._tells_year(keys) and _tells_whole_periods(keys)

    def _tells_year(self, keys: AbstractSet[str]) -> bool:
        """Tell whether there is a year; a year of an era counts if there is no doubt about the era."""
        if keys & {"Y", "gggg", "GGGG"}:
            return True
        return "y" in keys and (len(self.locale.eras) == 1 or bool(keys & ERA_TOKENS))


def _tells_whole_periods(keys: AbstractSet[str]) -> bool:
    """Tell whether keys identify a day, or else a week, month or quarter without a part of it."""
    has_weekday = bool(keys & {"d", "e", "E"})
    if "DDD" in keys or {"M", "D"} <= keys:
        return True
    if has_weekday and keys & {"w", "W"}:
        return True
    return "D" not in keys and not has_weekday


@lru_cache(64)
def form_of(pattern: str, locale: Locale) -> MomentFormat:
    """Return a pattern split up, for a language."""
    expanded = _LONG.sub(lambda token: _long(token.group(), locale), pattern or _ISO)
    names = {
        "MMMM": locale.months.within(expanded),
        "MMM": locale.months_short.within(expanded),
        "dddd": locale.weekdays.within(expanded),
        "ddd": locale.weekdays_short,
        "dd": locale.weekdays_min,
        "A": tuple(upper for _, upper, _ in locale.meridiem),
        "a": tuple(lower for _, _, lower in locale.meridiem),
        **dict.fromkeys(("N", "NN", "NNN"), tuple(era.short for era in locale.eras)),
        "NNNN": tuple(era.name for era in locale.eras),
        "NNNNN": tuple(era.narrow for era in locale.eras),
    }
    return MomentFormat(locale, tuple(_parts(expanded)), names)


def _long(token: str, locale: Locale) -> str:
    """Replace a long format (`LL`) by its tokens; none contains another in any language. Other text stays."""
    if token in locale.long or token.upper() not in locale.long:
        return locale.long.get(token, token)
    cut = PIECE.sub(lambda piece: piece.group()[piece.group() in _CUT :], locale.long[token.upper()])
    return str(cut)


def _parts(pattern: str) -> Iterator[tuple[str, bool]]:
    """Split an expanded pattern into literal text and tokens (True). Line ends outside brackets are dropped."""
    for piece in PIECE.finditer(pattern):
        if piece["literal"] is not None:
            yield piece["literal"], False
        elif piece["token"] is not None:
            yield piece["token"], piece["escaped"] is None
        else:
            yield piece["sign"].replace("\\", ""), False  # of an escaped backslash nothing is left either
