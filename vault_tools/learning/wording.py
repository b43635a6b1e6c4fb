"""How measurements are said: a share with its parts, a duration, a count, or that there is not enough yet."""

from vault_tools.dialect import durations
from vault_tools.learning.measures import Measure
from vault_tools.model.learning import Measurement, Unit
from vault_tools.model.text import Say, say


def format_measurement(measure: Measure, measurement: Measurement) -> Say:
    """Say a measurement: `70 % (14 of 20)`, `1 day (7 of 8 solved)`, `12 h`, or that there is not enough yet."""
    if measurement.lacking:
        return say("figure.not-enough", n=measurement.lacking)
    if measure.unit == "share":
        return format_share(measurement)
    if measure.unit == "minutes":
        return _format_time_to_solve(measurement)
    return format_amount(measurement.value, measure.unit)


def format_amount(value: float | None, unit: Unit) -> Say:
    """Say a value in its unit, without what it was made of."""
    if value is None:
        return say("figure.none")
    if unit == "share":
        return say("figure.percent", percent=round(100 * value))
    if unit == "minutes":
        return durations.format_duration(value)
    return say("figure.hours", hours=_short(value)) if unit == "hours" else say("figure.number", number=_short(value))


def format_share(share: Measurement) -> Say:
    """Say a share with its parts: `70 % (14 of 20)`, or only the parts if there are too few for a share."""
    if share.value is None:
        return say("common.part-of-whole", part=share.part, whole=share.whole)
    return say("figure.share-of", percent=round(100 * share.value), part=share.part, whole=share.whole)


def _format_time_to_solve(median: Measurement) -> Say:
    if median.value is None:
        return say("figure.mostly-unsolved", part=median.part, whole=median.whole)
    duration = durations.format_duration(median.value)
    if median.part == median.whole:
        return say("figure.all-solved", duration=duration, n=median.whole)
    return say("figure.solved-of", duration=duration, part=median.part, whole=median.whole)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
