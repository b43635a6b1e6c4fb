"""Dates and times in the patterns of Moment.js, in which Obsidian names and fills notes: `YYYY-MM-DD`, `gggg-[W]ww`.

Tokens are those of Moment 2.29; what they become in a language is data (`templates/locales.json`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache, partial
from unicodedata import normalize

LOOSE = 10_000
"""The most ways to read a name; with more, `name_pattern` ignores the rest of the name."""


@dataclass(frozen=True, slots=True)
class Names:
    """Twelve months or seven days from Sunday: plain, and in other cases, each with the patterns that use it."""

    plain: tuple[str, ...]
    cases: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def within(self, pattern: str) -> tuple[str, ...]:
        """Return the names in the case that a whole pattern needs."""
        return next((names for rule, names in self.cases if re.search(rule, pattern)), self.plain)


@dataclass(frozen=True, slots=True)
class Ordinals:
    """How the numbers of these tokens are counted: the usual text (`%dth`), and odd ones.

    An odd one is a divisor, the remainders that use it, and its text; the first that fits counts.
    """

    tokens: tuple[str, ...]
    usual: str
    odd: tuple[tuple[int, tuple[int, ...], str], ...] = ()

    def counted(self, number: int) -> str:
        """Return a number as an ordinal."""
        odd = (text for divisor, rests, text in self.odd if number % divisor in rests)
        return next(odd, self.usual).replace("%d", str(number))

    @property
    def texts(self) -> set[str]:
        """Every text."""
        return {self.usual, *(text for _, _, text in self.odd)}


@dataclass(frozen=True, slots=True)
class Era:
    """An era: its first and last day in ISO form ("" for none), the number of its first year, and its names."""

    since: str
    until: str
    offset: int
    name: str
    narrow: str
    short: str

    @property
    def before(self) -> int:
        """The year before its year 1, or what that would be."""
        return int(self.since[:4] or 1) - self.offset


@dataclass(frozen=True, eq=False)
class Locale:
    """The tables of a language.

    `first_weekday` counts from Sunday = 0; week 1 holds the day `7 + first_weekday - first_week` of January.
    `long` gives the long formats (`LL` …), `meridiem` the first minute of each part of the day with its words for
    `A` and `a`, `signs` what replaces single characters (digits, in some scripts). Eras are listed from the last to
    the first; if two overlap, the first one listed counts.
    """

    months: Names
    months_short: Names
    weekdays: Names
    weekdays_short: tuple[str, ...]
    weekdays_min: tuple[str, ...]
    first_weekday: int
    first_week: int
    long: Mapping[str, str]
    meridiem: tuple[tuple[int, str, str], ...]
    ordinals: tuple[Ordinals, ...]
    signs: Mapping[str, str] = field(default_factory=dict)
    eras: tuple[Era, ...] = (Era("", "", 1, "Anno Domini", "AD", "AD"),)

    @cached_property
    def table(self) -> Mapping[int, str]:
        """The signs, for `str.translate`."""
        return {ord(sign): shown for sign, shown in self.signs.items()}

    @cached_property
    def digit(self) -> str:
        """A regular expression for one digit."""
        return f"[{'0-9'.translate(self.table)}]"

    def ordinals_of(self, token: str) -> Ordinals:
        """Return how the numbers of a token (`D`, `w` …) are counted."""
        return next(row for row in self.ordinals if token in row.tokens)


def written(when: datetime, pattern: str, locale: Locale) -> str:
    """Return a time in the form of a pattern; a time without a zone counts as UTC.

    An empty pattern means the whole time in ISO form, as in Moment.
    """
    form = _form(pattern, locale)
    moment = _Moment(when if when.tzinfo else when.replace(tzinfo=UTC), form)
    text = "".join(_said(part, moment) if is_token else part for part, is_token in form.parts)
    return text.translate(locale.table) if locale.signs else text


@lru_cache(64)
def name_pattern(pattern: str, locale: Locale) -> str:
    """Return a regular expression for all names that a pattern makes.

    It has a group for each token, with the name of the token; a repeated token must repeat its text. Text that is not
    in the composed form of Unicode matches in either form. If there are too many ways to split a name into its parts,
    any text matches the rest of the name.
    """
    form = _form(pattern, locale)
    found: dict[str, str] = {}
    pieces = []
    ways = 1
    for part, is_token in form.parts:
        if not is_token:
            pieces.append(_either([part.translate(locale.table)]))
            continue
        if part in found:
            pieces.append(f"(?P={part})")
            continue
        found[part], choices = _shape(part, form)
        ways *= choices
        if ways > LOOSE:
            return "".join([*pieces, r"[\s\S]*"])
        pieces.append(f"(?P<{part}>{found[part]})")
    return "".join(pieces)


def read(text: str, pattern: str, locale: Locale) -> date | None:
    """Return the day, or the first day of the week, month, quarter or year, that a pattern writes as a text.

    None if there is none, or if the pattern fixes none of these. The time of day is midnight; years of two digits are
    those from 1969 to 2068.
    """
    return next(readings(text, pattern, locale), None)


def readings(text: str, pattern: str, locale: Locale) -> Iterator[date]:
    """Yield every day that `read` may return: a year with a week of another year may mean two days."""
    form = _form(pattern, locale)
    found = _matcher(pattern, locale).fullmatch(text) if form.settles else None
    values = dict(_values(found.groupdict(), form)) if found else {}
    for year, week_year in _years(values, form):
        day = _first_day(values, year, week_year, locale)
        if day and says(day, text, pattern, locale):
            yield day


def settles(pattern: str, locale: Locale) -> bool:
    """Tell whether the names of a pattern include the year, so that `read` can tell the days apart."""
    return _form(pattern, locale).settles


def says(day: date, text: str, pattern: str, locale: Locale) -> bool:
    """Tell whether a pattern writes a day, at midnight, as a text."""
    return text in _forms(written(datetime(day.year, day.month, day.day, tzinfo=UTC), pattern, locale))


def matches(text: str, pattern: str, locale: Locale) -> bool:
    """Tell whether a text has the form of a pattern, on any day."""
    return _matcher(pattern, locale).fullmatch(text) is not None


# ---------------------------------------------------------------- patterns

_LAST_OF_2000 = 68
"""The last two-digit year that Moment reads as one of this century."""

_ISO = "YYYY-MM-DDTHH:mm:ssZ"
_LONG = re.compile(r"\[[^\[]*\]|\\?(?:LTS|LT|L{1,4}|l{1,4})")
_CUT = {"MMMM", "MM", "DD", "dddd"}
"""Tokens of `LL` that are one letter shorter in `ll`."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A pattern split up, for a language: literal text and tokens, and the names in the case that it needs."""

    locale: Locale
    parts: tuple[tuple[str, bool], ...]
    names: Mapping[str, tuple[str, ...]]

    @property
    def settles(self) -> bool:
        """Whether the pattern identifies one day, or the days of one week, month, quarter or year."""
        keys = {_KEYS.get(part, part) for part, is_token in self.parts if is_token}
        weekday, week = bool(keys & {"d", "e", "E"}), bool(keys & {"w", "W"})
        if not keys & {"Y", "gggg", "GGGG"} and not ("y" in keys and self.tells_era(keys)):
            return False
        if "DDD" in keys or {"M", "D"} <= keys or (week and weekday):
            return True
        return "D" not in keys and not weekday

    def tells_era(self, tokens: Iterable[str]) -> bool:
        """Tell whether tokens, or the language itself, leave no doubt about the era."""
        return len(self.locale.eras) == 1 or not _ERA_TOKENS.isdisjoint(tokens)


@lru_cache(64)
def _form(pattern: str, locale: Locale) -> _Form:
    whole = _LONG.sub(lambda found: _long(found.group(), locale), pattern or _ISO)
    names = {
        "MMMM": locale.months.within(whole),
        "MMM": locale.months_short.within(whole),
        "dddd": locale.weekdays.within(whole),
        "ddd": locale.weekdays_short,
        "dd": locale.weekdays_min,
        "A": tuple(upper for _, upper, _ in locale.meridiem),
        "a": tuple(lower for _, _, lower in locale.meridiem),
        **dict.fromkeys(("N", "NN", "NNN"), tuple(era.short for era in locale.eras)),
        "NNNN": tuple(era.name for era in locale.eras),
        "NNNNN": tuple(era.narrow for era in locale.eras),
    }
    return _Form(locale, tuple(_parts(whole)), names)


def _long(token: str, locale: Locale) -> str:
    """Replace a long format (`LL`) by its tokens; none contains another in any language. Other text stays."""
    if token in locale.long or token.upper() not in locale.long:
        return locale.long.get(token, token)
    cut = _PIECE.sub(lambda found: found.group()[found.group() in _CUT :], locale.long[token.upper()])
    return str(cut)


def _parts(pattern: str) -> Iterator[tuple[str, bool]]:
    """Split an expanded pattern into literal text and tokens (True). Line ends outside brackets are dropped."""
    for found in _PIECE.finditer(pattern):
        if found["literal"] is not None:
            yield found["literal"], False
        elif found["token"] is not None:
            yield found["token"], found["escaped"] is None
        else:
            yield found["sign"].replace("\\", ""), False  # of an escaped backslash nothing is left either


# ---------------------------------------------------------------- tokens


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time with a zone, to be written in a form."""

    when: datetime
    form: _Form

    @property
    def weekday(self) -> int:
        """Sunday is 0."""
        return self.when.isoweekday() % 7

    @property
    def week(self) -> tuple[int, int]:
        """Year and number of the week, as the language counts."""
        return _week(self.when.date(), self.form.locale.first_weekday, self.form.locale.first_week)

    @property
    def iso_week(self) -> tuple[int, int]:
        """Year and number of the week from Monday."""
        return _week(self.when.date(), *_ISO_WEEK)

    @property
    def part_of_day(self) -> int:
        """Which row of the language's `meridiem` it is."""
        minute = self.when.hour * 60 + self.when.minute
        return max(at for at, (first, _, _) in enumerate(self.form.locale.meridiem) if first <= minute)

    @property
    def era(self) -> int:
        """Which row of the language's `eras` it is."""
        today = self.when.date().isoformat()
        eras = enumerate(self.form.locale.eras)
        return next(at for at, era in eras if era.since <= today and (not era.until or today <= era.until))

    @property
    def milliseconds(self) -> int:
        """Since the beginning of 1970."""
        return (self.when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)

    def offset(self, colon: str) -> str:
        """How far the zone is ahead of UTC."""
        minutes = round((self.when.utcoffset() or timedelta()).total_seconds() / 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"

    def zone(self, name: str) -> str:
        """Name the zone, which Moment does only for UTC."""
        return name if self.when.tzinfo is UTC else ""

    def compact(self, hour: str, *, seconds: bool) -> str:
        """Write the time of day without anything between its numbers."""
        return f"{_VALUES[hour](self)}{self.when:%M%S}" if seconds else f"{_VALUES[hour](self)}{self.when:%M}"


def _fraction(length: int, moment: _Moment) -> str:
    """Write a number of digits of the fraction of a second; Moment knows three."""
    return f"{moment.when.microsecond // 1000:03}".ljust(length, "0")[:length]


_VALUES: Mapping[str, Callable[[_Moment], int]] = {
    "Y": lambda moment: moment.when.year,
    "YY": lambda moment: moment.when.year % 100,
    "y": lambda moment: moment.when.year - moment.form.locale.eras[moment.era].before,
    "Q": lambda moment: (moment.when.month + 2) // 3,
    "M": lambda moment: moment.when.month,
    "D": lambda moment: moment.when.day,
    "DDD": lambda moment: moment.when.timetuple().tm_yday,
    "d": lambda moment: moment.weekday,
    "e": lambda moment: (moment.weekday - moment.form.locale.first_weekday) % 7,
    "E": lambda moment: moment.when.isoweekday(),
    "gggg": lambda moment: moment.week[0],
    "gg": lambda moment: moment.week[0] % 100,
    "w": lambda moment: moment.week[1],
    "GGGG": lambda moment: moment.iso_week[0],
    "GG": lambda moment: moment.iso_week[0] % 100,
    "W": lambda moment: moment.iso_week[1],
    "H": lambda moment: moment.when.hour,
    "h": lambda moment: moment.when.hour % 12 or 12,
    "k": lambda moment: moment.when.hour or 24,
    "m": lambda moment: moment.when.minute,
    "s": lambda moment: moment.when.second,
}

_NUMBERS: Mapping[str, tuple[str, int, int]] = (
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

_ORDINALS = {f"{key}o": key for key in ("M", "D", "DDD", "d", "w", "W", "Q", "y")}

_ERA_TOKENS = frozenset({"N", "NN", "NNN", "NNNN", "NNNNN"})

_NAMED: Mapping[str, Callable[[_Moment], int]] = {
    **dict.fromkeys(("MMMM", "MMM"), lambda moment: moment.when.month - 1),
    **dict.fromkeys(("dddd", "ddd", "dd"), lambda moment: moment.weekday),
    **dict.fromkeys(("A", "a"), lambda moment: moment.part_of_day),
    **dict.fromkeys(_ERA_TOKENS, lambda moment: moment.era),
}

_OTHERS: Mapping[str, tuple[Callable[[_Moment], str], str, int]] = {
    "YYYYYY": (lambda moment: f"{moment.when.year:+07}", r"\+\d{6}", 1),
    "Z": (lambda moment: moment.offset(":"), r"[+-]\d\d:\d\d", 1),
    "ZZ": (lambda moment: moment.offset(""), r"[+-]\d{4}", 1),
    "z": (lambda moment: moment.zone("UTC"), "(?:UTC)?", 2),
    "zz": (lambda moment: moment.zone("Coordinated Universal Time"), "(?:Coordinated Universal Time)?", 2),
    "X": (lambda moment: str(moment.milliseconds // 1000), r"-?\d{1,12}", 12),
    "x": (lambda moment: str(moment.milliseconds), r"-?\d{1,15}", 15),
    "Hmm": (lambda moment: moment.compact("H", seconds=False), r"\d{3,4}", 2),
    "Hmmss": (lambda moment: moment.compact("H", seconds=True), r"\d{5,6}", 2),
    "hmm": (lambda moment: moment.compact("h", seconds=False), r"\d{3,4}", 2),
    "hmmss": (lambda moment: moment.compact("h", seconds=True), r"\d{5,6}", 2),
    **{"S" * length: (partial(_fraction, length), rf"\d{{{length}}}", 1) for length in range(1, 10)},
}
"""All other tokens: what they mean, a regular expression for it, and the number of ways in which it may match."""

_KEYS = (
    {token: key for token, (key, _, _) in _NUMBERS.items()}
    | _ORDINALS
    | {"YY": "Y", "YYYYYY": "Y", "gg": "gggg", "GG": "GGGG", "MMMM": "M", "MMM": "M"}
    | dict.fromkeys(("dddd", "ddd", "dd"), "d")
)
"""What a token says about a date."""

_TOKENS = "|".join(sorted({*_NUMBERS, *_ORDINALS, *_NAMED, *_OTHERS}, key=len, reverse=True))
# `w|` is not a token, but Moment reads it as one, and writes it unchanged.
_PIECE = re.compile(
    rf"""\[(?P<literal>[^\[]*)\]
    |(?P<escaped>\\)?(?:(?P<token>(?![wW]\|)(?:{_TOKENS}))|(?P<sign>[wW]\||[^\n\r\u2028\u2029]))""",
    re.VERBOSE,
)


def _said(token: str, moment: _Moment) -> str:
    if token in _NUMBERS:
        key, least, _ = _NUMBERS[token]
        return f"{_VALUES[key](moment):0{least}}"
    if token in _NAMED:
        return moment.form.names[token][_NAMED[token](moment)]
    if token in _OTHERS:
        return _OTHERS[token][0](moment)
    key = _ORDINALS[token]
    return moment.form.locale.ordinals_of(key).counted(_VALUES[key](moment))


# ---------------------------------------------------------------- what a pattern makes, and back


def _shape(token: str, form: _Form) -> tuple[str, int]:
    """Return a regular expression for all texts of a token, and in how many ways it may match."""
    digit, ways = form.locale.digit, 1
    if token in _NUMBERS:
        _, least, most = _NUMBERS[token]
        return digit + (f"{{{least},{most}}}" if least < most else f"{{{most}}}"), most - least + 1
    if token in _NAMED:
        names = form.names[token]
        return _either([name.translate(form.locale.table) for name in names]), _depth(names)
    if token in _OTHERS:
        _, shape, ways = _OTHERS[token]
        return shape.replace(r"\d", digit), ways
    key = _ORDINALS[token]
    texts = form.locale.ordinals_of(key).texts
    most = _NUMBERS[key][2]
    shape = _either([text.translate(form.locale.table) for text in texts])
    return shape.replace("%d", f"{digit}{{1,{most}}}"), len(texts) * most


def _either(texts: Iterable[str]) -> str:
    """Return a regular expression for one of some texts, the longest first, composed or as they are."""
    forms = {form for text in texts for form in _forms(text)}
    found = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    return f"(?:{found})" if len(forms) > 1 else found


def _forms(text: str) -> set[str]:
    return {text, normalize("NFC", text)}


def _depth(names: Iterable[str]) -> int:
    """Return the greatest number of names that one and the same text may begin with."""
    return max(sum(name.startswith(other) for other in set(names)) for name in names)


@lru_cache(64)
def _matcher(pattern: str, locale: Locale) -> re.Pattern[str]:
    return re.compile(name_pattern(pattern, locale))


def _values(found: Mapping[str, str], form: _Form) -> Iterator[tuple[str, int]]:
    """Read what the tokens found in a name say about a date, by key."""
    for token, text in found.items():
        if token in {"YY", "gg", "GG"}:
            yield _KEYS[token], int(text) + (2000 if int(text) <= _LAST_OF_2000 else 1900)
        elif token in form.names:
            names = [name.translate(form.locale.table) for name in form.names[token]]
            at = next(at for at, name in enumerate(names) if text in _forms(name))
            yield _KEYS.get(token, token), at + (token in {"MMMM", "MMM"})
        elif token in _KEYS:
            digits = re.search(r"\d+", text)  # the first year of a Japanese era is written without
            yield _KEYS[token], int(digits.group()) if digits else 1


def _years(values: Mapping[str, int], form: _Form) -> Iterator[tuple[int, int]]:
    """Yield the years that may be meant, each with the year to which its week may belong."""
    week_year = values.get("gggg", values.get("GGGG"))
    if "Y" in values:
        yield from ((values["Y"], values["Y"] + at) for at in (0, -1, 1))
    elif week_year is not None:
        yield from ((week_year + at, week_year) for at in (-1, 0, 1))
    elif "y" in values:
        eras = {token: at for token, at in values.items() if token in _ERA_TOKENS}
        for at, era in enumerate(form.locale.eras):
            if all(at == other for other in eras.values()):
                yield era.before + values["y"], era.before + values["y"]


def _first_day(values: Mapping[str, int], year: int, week_year: int, locale: Locale) -> date | None:
    """Return the latest first day of what is known about a date: its month, its week, the day itself."""
    month = values.get("M", 3 * values.get("Q", 1) - 2)
    try:
        starts = [date(year, month, values.get("D", 1) if "M" in values else 1)]
        if "DDD" in values:
            starts.append(date(year, 1, 1) + timedelta(values["DDD"] - 1))
        for of, week, rule in (("gggg", "w", (locale.first_weekday, locale.first_week)), ("GGGG", "W", _ISO_WEEK)):
            if of in values or week in values:
                first = _week_one(values.get(of, week_year), *rule) + 7 * (values.get(week, 1) - 1)
                later = (_weekday(values, locale, rule[0]) - rule[0]) % 7 if week in values else 0
                starts.append(date.fromordinal(max(1, first + later)))
    except (ValueError, OverflowError):
        return None
    return max(starts)


def _weekday(values: Mapping[str, int], locale: Locale, unknown: int) -> int:
    """Return the day of the week, from Sunday = 0."""
    if "d" in values:
        return values["d"]
    if "E" in values:
        return values["E"]
    return values["e"] + locale.first_weekday if "e" in values else unknown


# ---------------------------------------------------------------- weeks

_ISO_WEEK = (1, 4)
"""First weekday and first week (see `Locale`) of the weeks that begin on Monday."""


def _week(day: date, first_weekday: int, first_week: int) -> tuple[int, int]:
    """Return year and number of the week of a day."""
    today = day.toordinal()
    starts = ((year, _week_one(year, first_weekday, first_week)) for year in (day.year + 1, day.year, day.year - 1))
    year, start = next((year, start) for year, start in starts if start <= today)
    return year, 1 + (today - start) // 7


def _week_one(year: int, first_weekday: int, first_week: int) -> int:
    """Return the day on which week 1 of a year begins, as `date.toordinal` counts, but beyond its bounds too."""
    before = year - 1
    new_year = 365 * before + before // 4 - before // 100 + before // 400 + 1
    held = new_year + 6 + first_weekday - first_week
    return held - (held - first_weekday) % 7
