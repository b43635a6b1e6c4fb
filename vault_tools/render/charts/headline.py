"""The last value of a panel in large letters, and how it changed."""

from collections.abc import Iterator

from vault_tools.render.charts.panel import PAD, Panel
from vault_tools.render.charts.svg import text_element
from vault_tools.render.charts.text_width import cut, text_width

_VALUE_Y = 62
_CHANGE_Y = 82
_CHANGE_SIZE = 12
_SIZES = (26.0, 20.0)
"""The sizes of the value, the first that fits; else it is smaller, and cut."""
_SMALLEST = 16.0


def render_headline(panel: Panel) -> Iterator[str]:
    """Yield the last value and its change; if there is none in the last period, the last one that is known."""
    periods = [at for at, value in enumerate(panel.values) if value is not None]
    if not periods:
        yield text_element(panel.say("common.not-enough"), PAD, _VALUE_Y, "none", size=15)
    elif periods[-1] != len(panel.values) - 1:
        yield text_element(panel.say("common.not-enough"), PAD, _VALUE_Y, "none")
        yield _last_known(panel, periods[-1])
    else:
        yield _value(panel, periods[-1])
        if len(periods) > 1:
            yield _change(panel, periods[-2], periods[-1])


def _value(panel: Panel, at: int) -> str:
    shown, most = panel.chart.shown[at], panel.width / 2
    size = next((size for size in _SIZES if text_width(shown, size) <= most), _SMALLEST)
    return text_element(cut(shown, size, most), PAD, _VALUE_Y, "value", size=size)


def _last_known(panel: Panel, at: int) -> str:
    text = panel.say("charts.last-known", value=panel.chart.shown[at], period=panel.chart.labels[at])
    return text_element(cut(text, _CHANGE_SIZE, panel.width / 2), PAD, _CHANGE_Y, "change")


def _change(panel: Panel, before: int, last: int) -> str:
    """Return the way from the value before: an arrow, that value, and whether this is better."""
    chart = panel.chart
    old, new = chart.values[before] or 0.0, chart.values[last] or 0.0
    if old == new or chart.shown[before] == chart.shown[last]:
        text = cut(f"→ {panel.say('charts.unchanged')}", _CHANGE_SIZE, panel.width / 2)
        return text_element(text, PAD, _CHANGE_Y, "change")
    is_better = (new > old) == (chart.better == "up")
    verdict = panel.say("charts.better" if is_better else "charts.worse")
    origin = cut(_origin(panel, before, last), _CHANGE_SIZE, panel.width / 2 - 60)
    text = f"{'↑' if new > old else '↓'} {origin} · {verdict}"
    return text_element(text, PAD, _CHANGE_Y, f"change {'good' if is_better else 'bad'}")


def _origin(panel: Panel, before: int, last: int) -> str:
    """Say the value before, with its period if that is not the one right before."""
    shown, period = panel.chart.shown[before], panel.chart.labels[before]
    if before == last - 1:
        return panel.say("charts.from", before=shown)
    return panel.say("charts.from-period", before=shown, period=period)
