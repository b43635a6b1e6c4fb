"""Alerts: thresholds on measures, as a user writes them (`reuse_rate < 50 %`, `time_to_solve > 3 days in month`)."""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vault_tools.dialect import durations
from vault_tools.learning.measures import BY_NAME, Measure
from vault_tools.learning.windows import before, containing
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import CrossedAlert, Facts, Unit, Window, WindowKind
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

    def __init__(self, sentence: Say) -> None:
        """Take the sentence."""
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold: it is crossed where the measure's value is `sign` the limit (in the measure's own unit)."""

    text: str
    measure: Measure
    sign: str
    limit: float
    window: WindowKind


def parse_alert(text: str) -> Alert:
    """Read an alert as it is written; AlertError says what is wrong with it."""
    alert = " ".join(text.split())
    match = _ALERT.fullmatch(alert)
    if match is None:
        raise AlertError(say("settings.alert-form", measures=tuple(BY_NAME)))
    measure = BY_NAME.get(match["measure"].lower())
    if measure is None:
        raise AlertError(say("settings.alert-measure", measure=match["measure"], measures=tuple(BY_NAME)))
    limit = _LIMITS[measure.unit](match["limit"])
    if limit is None:
        raise AlertError(say(_EXPECTED_LIMITS[measure.unit], limit=match["limit"], measure=measure.name))
    window = (match["window"] or "quarter").lower()
    return Alert(alert, measure, match["sign"], limit, window)  # type: ignore[arg-type]


def _share(text: str) -> float | None:
    """Read a limit between 0 and 1; it may be a percentage."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    limit = float(match[1]) / 100 if match[2] else float(match[1])
    return limit if limit <= 1 else None


def _number(text: str) -> float | None:
    match = _NUMBER.fullmatch(text)
    return None if match is None or match[2] else float(match[1])


_LIMITS: Mapping[Unit, Callable[[str], float | None]] = {
    "share": _share,
    "minutes": durations.minutes,
    "hours": _number,
    "count": _number,
}
"""How the limit of a measure is read, by the measure's unit."""
_EXPECTED_LIMITS: Mapping[Unit, str] = {
    "share": "settings.alert-share",
    "minutes": "settings.alert-duration",
    "hours": "settings.alert-hours",
    "count": "settings.alert-count",
}
"""The sentence on what the limit should be, by the measure's unit."""


def crossed_alerts(alerts: Iterable[Alert], facts: Facts, enough: int = ENOUGH) -> tuple[CrossedAlert, ...]:
    """Return the alerts that are crossed in the window of today, or the last full one; without a value, none is."""
    checks = (_check(alert, facts, enough) for alert in alerts)
    return tuple(alert for alert in checks if alert is not None)


def _check(alert: Alert, facts: Facts, enough: int) -> CrossedAlert | None:
    window = _window(alert, facts)
    measurement = alert.measure.reckon(facts, window, enough)
    if measurement.value is None or not _SIGNS[alert.sign](measurement.value, alert.limit):
        return None
    return CrossedAlert(alert.text, alert.measure.name, window, measurement)


def _window(alert: Alert, facts: Facts) -> Window:
    """Return the window of today; what adds up day by day is not too little before its window is over."""
    window = containing(alert.window, facts.today)
    grows = not alert.measure.is_rate and alert.sign in {"<", "<="}
    return before(window) if grows and window.end > facts.today else window
