"""The tokens of patterns as tables: what each one means, and in which forms it may be written."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from vault_tools.dialect.moment.instant import Instant


def _fraction(length: int, instant: Instant) -> str:
    """Write a number of digits of the fraction of a second; Moment knows three."""
    return f"{instant.when.microsecond // 1000:03}".ljust(length, "0")[:length]


def _compact(hour: str, instant: Instant, rest: str = "%M") -> str:
    """Write the time of day without anything between its numbers."""
    return f"{VALUES[hour](instant)}{instant.when:{rest}}"


VALUES: Mapping[str, Callable[[Instant], int]] = {
    "Y": lambda instant: instant.when.year,
    "YY": lambda instant: instant.when.year % 100,
    "y": lambda instant: instant.when.year - instant.locale.eras[instant.era].before,
    "Q": lambda instant: (instant.when.month + 2) // 3,
    "M": lambda instant: instant.when.month,
    "D": lambda instant: instant.when.day,
    "DDD": lambda instant: instant.when.timetuple().tm_yday,
    "d": lambda instant: instant.weekday,
    "e": lambda instant: (instant.weekday - instant.locale.first_weekday) % 7,
    "E": lambda instant: instant.when.isoweekday(),
    "gggg": lambda instant: instant.week[0],
    "gg": lambda instant: instant.week[0] % 100,
    "w": lambda instant: instant.week[1],
    "GGGG": lambda instant: instant.iso_week[0],
    "GG": lambda instant: instant.iso_week[0] % 100,
    "W": lambda instant: instant.iso_week[1],
    "H": lambda instant: instant.when.hour,
    "h": lambda instant: instant.when.hour % 12 or 12,
    "k": lambda instant: instant.when.hour or 24,
    "m": lambda instant: instant.when.minute,
    "s": lambda instant: instant.when.second,
}

NUMBERS: Mapping[str, tuple[str, int, int]] = (
    {letter: (letter, 1, 1) for letter in "QdeE"}
    | {letter: (letter, 1, 2) for letter in "MDwWHhkms"}
    | {letter * 2: (letter, 2, 2) for letter in "MDwWHhkms"}
    | {"DDD": ("DDD", 1, 3), "DDDD": ("DDD", 3, 3)}
    | {"y" * length: ("y", length, 4) for length in (1, 2, 3, 4)}
    | {"Y": ("Y", 4, 4), "YY": ("YY", 2, 2), "YYYY": ("Y", 4, 4), "YYYYY": ("Y", 5, 5)}
    | {"gg": ("gg", 2, 2), "gggg": ("gggg", 4, 4), "ggggg": ("gggg", 5, 5)}
    | {"GG": ("GG", 2, 2), "GGGG": ("GGGG", 4, 4), "GGGGG": ("GGGG", 5, 5)}
)
"""Tokens that are a number: the key of the value, and the fewest and most digits."""

ORDINALS = {f"{key}o": key for key in ("M", "D", "DDD", "d", "w", "W", "Q", "y")}

ERA_TOKENS = frozenset({"N", "NN", "NNN", "NNNN", "NNNNN"})

NAMED: Mapping[str, Callable[[Instant], int]] = {
    **dict.fromkeys(("MMMM", "MMM"), lambda instant: instant.when.month - 1),
    **dict.fromkeys(("dddd", "ddd", "dd"), lambda instant: instant.weekday),
    **dict.fromkeys(("A", "a"), lambda instant: instant.part_of_day),
    **dict.fromkeys(ERA_TOKENS, lambda instant: instant.era),
}

OTHERS: Mapping[str, tuple[Callable[[Instant], str], str, int]] = {
    "YYYYYY": (lambda instant: f"{instant.when.year:+07}", r"\+\d{6}", 1),
    "Z": (lambda instant: instant.offset(":"), r"[+-]\d\d:\d\d", 1),
    "ZZ": (lambda instant: instant.offset(""), r"[+-]\d{4}", 1),
    "z": (lambda instant: instant.zone("UTC"), "(?:UTC)?", 2),
    "zz": (lambda instant: instant.zone("Coordinated Universal Time"), "(?:Coordinated Universal Time)?", 2),
    "X": (lambda instant: str(instant.milliseconds // 1000), r"-?\d{1,12}", 12),
    "x": (lambda instant: str(instant.milliseconds), r"-?\d{1,15}", 15),
    "Hmm": (lambda instant: _compact("H", instant), r"\d{3,4}", 2),
    "Hmmss": (lambda instant: _compact("H", instant, "%M%S"), r"\d{5,6}", 2),
    "hmm": (lambda instant: _compact("h", instant), r"\d{3,4}", 2),
    "hmmss": (lambda instant: _compact("h", instant, "%M%S"), r"\d{5,6}", 2),
    **{"S" * length: (partial(_fraction, length), rf"\d{{{length}}}", 1) for length in range(1, 10)},
}
"""All other tokens: what they mean, a regular expression for it, and the number of ways in which it may match."""

KEYS = (
    {token: key for token, (key, _, _) in NUMBERS.items()}
    | ORDINALS
    | {"YY": "Y", "YYYYYY": "Y", "gg": "gggg", "GG": "GGGG", "MMMM": "M", "MMM": "M"}
    | dict.fromkeys(("dddd", "ddd", "dd"), "d")
)
"""What a token says about a date."""

_TOKENS = "|".join(sorted({*NUMBERS, *ORDINALS, *NAMED, *OTHERS}, key=len, reverse=True))
# `w|` is not a token, but Moment reads it as one, and writes it unchanged.
PIECE = re.compile(
    rf"""\[(?P<literal>[^\[]*)\]
    |(?P<escaped>\\)?(?:(?P<token>(?![wW]\|)(?:{_TOKENS}))|(?P<sign>[wW]\||[^\n\r\u2028\u2029]))""",
    re.VERBOSE,
)
