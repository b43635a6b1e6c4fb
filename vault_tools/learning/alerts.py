"""Alerts: thresholds on measures, as a user writes them (`reuse_rate < 50 %`, `time_to_solve > 3 days in month`)."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vault_tools.dialect import durations
from vault_tools.learning.measures import BY_NAME, Measure
from vault_tools.learning.windows import before, containing
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import Crossed, Facts, Window, WindowKind
from vault_tools.model.text import Say, say

_ALERT = re.compile(
    r"(?P<measure>[a-z_]{1,40}) ?(?P<sign><=|>=|<|>) ?(?P<limit>[^<>=]{1,40}?)"
    r"(?: in (?P<window>week|month|quarter|year))?",
    re.IGNORECASE,
)
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(%?)")


class AlertError(ValueError):
    """An alert that is not valid; `said` is what is wrong with it."""

    def __init__(self, said: Say) -> None:
        """Take the sentence."""
        self.said = said
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold: it is crossed where the measure's figure is `sign` the limit (in the measure's own unit)."""

    text: str
    measure: Measure
    sign: str
    limit: float
    window: WindowKind


def alert(text: str) -> Alert:
    """Read an alert as it is written; AlertError says what is wrong with it."""
    written = " ".join(text.split())
    found = _ALERT.fullmatch(written)
    if found is None:
        raise AlertError(say("settings.alert-form", measures=tuple(BY_NAME)))
    measure = BY_NAME.get(found["measure"].lower())
    if measure is None:
        raise AlertError(say("settings.alert-measure", measure=found["measure"], measures=tuple(BY_NAME)))
    limit = _limit(found["limit"], measure)
    if limit is None:
        raise AlertError(say(_LIMITS[measure.unit], limit=found["limit"], measure=measure.name))
    window = (found["window"] or "quarter").lower()
    return Alert(written, measure, found["sign"], limit, window)  # type: ignore[arg-type]


_LIMITS = {
    "share": "settings.alert-share",
    "minutes": "settings.alert-duration",
    "hours": "settings.alert-hours",
    "count": "settings.alert-count",
}


def _limit(text: str, measure: Measure) -> float | None:
    if measure.unit == "minutes":
        return durations.minutes(text)
    found = _NUMBER.fullmatch(text)
    if found is None or (found[2] and measure.unit != "share"):
        return None
    number = float(found[1])
    if measure.unit != "share":
        return number
    limit = number / 100 if found[2] else number
    return limit if limit <= 1 else None


def _window(each: Alert, facts: Facts) -> Window:
    """Return the window of today; what adds up day by day is not too little before its window is over."""
    window = containing(each.window, facts.today)
    grows = not each.measure.is_rate and each.sign in {"<", "<="}
    return before(window) if grows and window.end > facts.today else window


def crossed(alerts: tuple[Alert, ...], facts: Facts, enough: int = ENOUGH) -> tuple[Crossed, ...]:
    """Return the alerts that are crossed in the window of today, or the last full one; without a figure, none is."""
    found = []
    for each in alerts:
        window = _window(each, facts)
        figure = each.measure.reckon(facts, window, enough)
        if figure.value is not None and _SIGNS[each.sign](figure.value, each.limit):
            found.append(Crossed(each.text, each.measure.name, window, figure))
    return tuple(found)
