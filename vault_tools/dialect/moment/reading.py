"""The day that a name means, by the pattern that made the name."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from vault_tools.dialect.moment.form import MomentFormat, form_of
from vault_tools.dialect.moment.locale import Locale
from vault_tools.dialect.moment.names import matcher, spellings
from vault_tools.dialect.moment.tokens import ERA_TOKENS, KEYS
from vault_tools.dialect.moment.weeks import ISO_WEEK, first_day_of_week_one
from vault_tools.dialect.moment.writing import format_moment

_LAST_OF_2000 = 68
"""The last two-digit year that Moment reads as one of this century."""
_WEEKS = (("gggg", "w"), ("GGGG", "W"))
"""The keys of a week's year and number: as the language counts, and from Monday."""
_Values = Mapping[str, int]
"""What a name says about a date, by the keys of the tokens."""


def read(text: str, pattern: str, locale: Locale) -> date | None:
    """Return the day, or the first day of the week, month, quarter or year, that a pattern writes as a text.

    None if there is none, or if the pattern fixes none of these. The time of day is midnight; years of two digits are
    those from 1969 to 2068.
    """
    return next(readings(text, pattern, locale), None)


def readings(text: str, pattern: str, locale: Locale) -> Iterator[date]:
    """Yield every day that `read` may return: a year with a week of another year may mean two days."""
    form = form_of(pattern, locale)
    name = matcher(pattern, locale).fullmatch(text) if form.settles else None
    values = dict(_values(name.groupdict(), form)) if name else {}
    for year, week_year in _years(values, form):
        day = _first_day(values, year, week_year, locale)
        if day and says(day, text, pattern, locale):
            yield day


def settles(pattern: str, locale: Locale) -> bool:
    """Tell whether the names of a pattern include the year, so that `read` can tell the days apart."""
    return form_of(pattern, locale).settles


def says(day: date, text: str, pattern: str, locale: Locale) -> bool:
    """Tell whether a pattern writes a day, at midnight, as a text."""
    return text in spellings(format_moment(datetime(day.year, day.month, day.day, tzinfo=UTC), pattern, locale))


def _values(texts: Mapping[str, str], form: MomentFormat) -> Iterator[tuple[str, int]]:
    """Read what the tokens in a name say about a date, by key."""
    for token, text in texts.items():
        if token in {"YY", "gg", "GG"}:
            yield KEYS[token], int(text) + (2000 if int(text) <= _LAST_OF_2000 else 1900)
        elif token in form.names:
            yield KEYS.get(token, token), _position(text, token, form) + (token in {"MMMM", "MMM"})
        elif token in KEYS:
            digits = re.search(r"\d+", text)  # the first year of a Japanese era is written without
            yield KEYS[token], int(digits.group()) if digits else 1


def _position(text: str, token: str, form: MomentFormat) -> int:
    """Return which of a token's names a text is."""
    names = (name.translate(form.locale.table) for name in form.names[token])
    return next(at for at, name in enumerate(names) if text in spellings(name))


def _years(values: _Values, form: MomentFormat) -> Iterator[tuple[int, int]]:
    """Yield the years that may be meant, each with the year to which its week may belong."""
    week_year = values.get("gggg", values.get("GGGG"))
    if "Y" in values:
        yield from ((values["Y"], values["Y"] + at) for at in (0, -1, 1))
    elif week_year is not None:
        yield from ((week_year + at, week_year) for at in (-1, 0, 1))
    elif "y" in values:
        yield from ((year, year) for year in _years_of_eras(values, form.locale))


def _years_of_eras(values: _Values, locale: Locale) -> Iterator[int]:
    """Yield the years that a year of an era may be: of all eras, or only of the one that is named."""
    named = {at for token, at in values.items() if token in ERA_TOKENS}
    for at, era in enumerate(locale.eras):
        if named <= {at}:
            yield era.before + values["y"]


def _first_day(values: _Values, year: int, week_year: int, locale: Locale) -> date | None:
    """Return the latest first day of what is said about a date: its month, its week, the day itself."""
    try:
        return max(_starts(values, year, week_year, locale))
    except (ValueError, OverflowError):
        return None


def _starts(values: _Values, year: int, week_year: int, locale: Locale) -> Iterator[date]:
    """Yield the first day of each part that is said about a date."""
    month = values.get("M", 3 * values.get("Q", 1) - 2)
    yield date(year, month, values.get("D", 1) if "M" in values else 1)
    if "DDD" in values:
        yield date(year, 1, 1) + timedelta(values["DDD"] - 1)
    rules = ((locale.first_weekday, locale.first_week), ISO_WEEK)
    for (of, week), (first_weekday, first_week) in zip(_WEEKS, rules, strict=True):
        if of in values or week in values:
            first = first_day_of_week_one(values.get(of, week_year), first_weekday, first_week)
            weeks = values.get(week, 1) - 1
            days = (_weekday(values, locale, first_weekday) - first_weekday) % 7 if week in values else 0
            yield date.fromordinal(max(1, first + 7 * weeks + days))


def _weekday(values: _Values, locale: Locale, unknown: int) -> int:
    """Return the day of the week, from Sunday = 0."""
    if "d" in values:
        return values["d"]
    if "E" in values:
        return values["E"]
    return values["e"] + locale.first_weekday if "e" in values else unknown
