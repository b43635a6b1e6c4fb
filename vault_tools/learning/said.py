"""How figures are said: a share with what it is a share of, a duration, a count, or that there is not enough yet."""

from vault_tools.dialect import durations
from vault_tools.learning.measures import Measure
from vault_tools.model.learning import Figure, Unit
from vault_tools.model.text import Say, say


def told(measure: Measure, figure: Figure) -> Say:
    """Say a figure: `70 % (14 of 20)`, `1 day (7 of 8 solved)`, `12 h`, or that there is not enough yet."""
    if figure.lacking:
        return say("figure.not-enough", n=figure.lacking)
    if measure.unit == "share":
        return ratio(figure)
    if measure.unit == "minutes":
        return _solved(figure)
    return amount(figure.value, measure.unit)


def amount(value: float | None, unit: Unit) -> Say:
    """Say a value in its unit, without what it was made of."""
    if value is None:
        return say("figure.none")
    if unit == "share":
        return say("figure.percent", percent=round(100 * value))
    if unit == "minutes":
        return durations.format_duration(value)
    return say("figure.hours", hours=_short(value)) if unit == "hours" else say("figure.number", number=_short(value))


def ratio(figure: Figure) -> Say:
    """Say a share with its parts: `70 % (14 of 20)`, or only the parts if there are too few for a share."""
    if figure.value is None:
        return say("common.part-of-whole", part=figure.part, whole=figure.whole)
    return say("figure.share-of", percent=round(100 * figure.value), part=figure.part, whole=figure.whole)


def _solved(figure: Figure) -> Say:
    if figure.value is None:
        return say("figure.mostly-unsolved", part=figure.part, whole=figure.whole)
    took = durations.format_duration(figure.value)
    if figure.part == figure.whole:
        return say("figure.all-solved", duration=took, n=figure.whole)
    return say("figure.solved-of", duration=took, part=figure.part, whole=figure.whole)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
