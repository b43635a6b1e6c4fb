"""Trends as one picture (SVG): a panel for each measure, all of the same size, to be compared at a glance."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category, combining, east_asian_width
from xml.sax.saxutils import escape, quoteattr

from vault_tools import words as catalogue
from vault_tools.model.chart import Chart
from vault_tools.model.speech import spoken
from vault_tools.model.text import Say, Value, say
from vault_tools.words import Words

WIDTH = 760
"""The width of the picture, about that of a line in Obsidian."""

LIGHT = {
    "card": "#ffffff", "edge": "#d8dce2", "ink": "#1f2328", "muted": "#5b636d", "line": "#2f6db3",
    "good": "#1a7437", "bad": "#b04400", "base": "#c3c9d1",
}  # fmt: skip
DARK = {
    "card": "#262626", "edge": "#3d3d3d", "ink": "#e8e8e8", "muted": "#a9b0b8", "line": "#6fb1f5",
    "good": "#5fc878", "bad": "#f2934d", "base": "#565c63",
}  # fmt: skip
"""The panels have their own background, so that they can be read on any theme, even if it and the system differ."""

_GAP = 16
_HEIGHT = 228
_PAD = 20
_INSET = 28
_TOP, _BASE = 118.0, 180.0
_LABELS, _COUNTS = 197.0, 212.0
_SMALL = 10.5
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
)
_ENDS_AND_EXTREMES = 4
_Point = tuple[float, float]
_UNFIT = re.compile("[^\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""What XML forbids, what breaks a line, and what turns the direction of writing."""


def svg_trends(charts: Sequence[Chart], words: Words | None = None) -> str:
    """Return a picture of some measures: the last value in large, its change, and the way there.

    It is one file that asks for nothing else, follows the reader's light or dark, and is the same for the same charts.
    """
    speech = catalogue.words() if words is None else words
    columns = 1 if len(charts) == 1 else 2
    width = (WIDTH - _GAP * (columns - 1)) / columns
    rows = max(1, math.ceil(len(charts) / columns))
    height = rows * _HEIGHT + (rows - 1) * _GAP
    panels = "".join(
        _placed(_Panel(chart, width, speech), at % columns * (width + _GAP), at // columns * (_HEIGHT + _GAP))
        for at, chart in enumerate(charts)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{_plain(_said("charts.trends", speech))}</title>\n'
        f'<desc id="desc">{_plain(_description(charts, speech))}</desc>\n'
        f"<style>{_style()}</style>\n{panels}</svg>\n"
    )


def _style() -> str:
    rules = (
        f"text{{font-family:{_FONT};font-size:{_number(_SMALL)}px;fill:var(--muted)}}"
        ".title{font-size:13px;font-weight:600;fill:var(--ink)}.value{font-weight:600;fill:var(--ink)}"
        ".change,.none{font-size:12px}.good{fill:var(--good)}.bad{fill:var(--bad)}"
        ".card{fill:var(--card);stroke:var(--edge)}.base{stroke:var(--base)}"
        ".area{fill:var(--line);fill-opacity:.13}.line{fill:none;stroke:var(--line);stroke-width:2;"
        "stroke-linejoin:round;stroke-linecap:round}.target{stroke:var(--muted);stroke-dasharray:4 3}"
        ".dot{fill:var(--line);stroke:var(--card);stroke-width:1.5}.missing{fill:var(--card);stroke:var(--muted)}"
        ".point{fill:var(--ink);stroke:var(--card);stroke-width:3px;paint-order:stroke;stroke-linejoin:round}"
    )
    return f":root{{{_colours(LIGHT)}}}@media (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}{rules}"


def _colours(palette: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())


def _description(charts: Sequence[Chart], words: Words) -> str:
    said = [_said("charts.described", words, title=chart.title, points=_points(chart)) for chart in charts]
    return _said("common.semicolon", words).join(said)


def _points(chart: Chart) -> tuple[Say, ...]:
    """Say what each period's value is, or that there is not enough for one."""
    shown = (
        shown if _known(value) is not None else say("common.not-enough")
        for value, shown in zip(chart.values, chart.shown, strict=True)
    )
    return tuple(say("charts.point", period=label, value=each) for label, each in zip(chart.labels, shown, strict=True))


# ------------------------------------------------------------------ words


def _said(text: str, words: Words, **values: Value) -> str:
    return spoken(say(text, **values), words, lambda ref: ref.id)


def _plain(text: str) -> str:
    """Return text that XML holds as it is."""
    return escape(_UNFIT.sub(" ", text))


def _text(text: str, x: float, y: float, kind: str = "", *, anchor: str = "", size: float = 0) -> str:
    attributes = {"x": _number(x), "y": _number(y), "class": kind, "text-anchor": anchor}
    attributes["style"] = f"font-size:{_number(size)}px" if size else ""
    return _element("text", attributes, _plain(text))


def _element(name: str, attributes: Mapping[str, str], inside: str = "") -> str:
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{given}>{inside}</{name}>\n" if inside else f"<{name}{given}/>\n"


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def text_width(text: str, size: float) -> float:
    """Return how wide a text may become in the fonts of a system, in pixels; rather too much than too little."""
    return size * sum(map(_em, text))


def _em(sign: str) -> float:
    if combining(sign):
        return 0.0
    if category(sign) == "So":
        return 1.4
    if east_asian_width(sign) in "WFA":
        return 1.0
    if sign in " .,:;'|!ijltfr()[]-/":
        return 0.42
    return 0.95 if sign in "mwMW%@" else 0.75 if sign.isupper() else 0.63


def _cut(text: str, size: float, most: float) -> str:
    """Return a text no wider than `most` pixels, shortened if necessary."""
    plain = _UNFIT.sub(" ", text)
    if text_width(plain, size) <= most:
        return plain
    while plain and text_width(plain + "…", size) > most:
        plain = plain[:-1]
    return plain.rstrip() + "…"


# ------------------------------------------------------------------ a panel


def _placed(panel: "_Panel", x: float, y: float) -> str:
    place = {"x": _number(x), "y": _number(y), "width": _number(panel.width), "height": str(_HEIGHT)}
    return _element("svg", place, "\n" + "".join(panel.drawn()))


def _known(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


@dataclass(frozen=True)
class _Panel:
    """One measure on its ground; coordinates are counted from its upper left corner."""

    chart: Chart
    width: float
    words: Words

    def drawn(self) -> Iterator[str]:
        """Yield the elements, from the ground up."""
        points = tuple(self._points())
        size = {"width": _number(self.width - 1), "height": str(_HEIGHT - 1)}
        yield _element("rect", {"class": "card", "x": "0.5", "y": "0.5", **size, "rx": "8"})
        yield _text(_cut(self.chart.title, 13, self.width - 2 * _PAD), _PAD, 30, "title")
        yield from self._head()
        yield from self._legend(points)
        yield from self._plot(points)
        yield from self._value_labels(points)
        yield from self._axis()

    def _x(self, at: int) -> float:
        last = len(self.chart.values) - 1
        inner = self.width - 2 * (_PAD + _INSET)
        return _PAD + _INSET + (inner * at / last if last else inner / 2)

    def _y(self, value: float) -> float:
        """Return the height of a value; zero is always on the picture, so that heights compare."""
        all_values = [0.0, *filter(None, map(_known, (*self.chart.values, self.chart.target)))]
        scale = max(map(abs, all_values)) or 1.0
        low, high = min(all_values) / scale, max(all_values) / scale
        return _BASE - (value / scale - low) / ((high - low) or 1.0) * (_BASE - _TOP)

    def _points(self) -> Iterator[_Point | None]:
        for at, value in enumerate(map(_known, self.chart.values)):
            yield None if value is None else (self._x(at), self._y(value))

    # -------------------------------------------------------------- words above

    def _head(self) -> Iterator[str]:
        known = [at for at, value in enumerate(self.chart.values) if _known(value) is not None]
        if not known:
            yield _text(self._say("common.not-enough"), _PAD, 62, "none", size=15)
            return
        last = known[-1]
        most = self.width / 2
        shown, period = self.chart.shown[last], self.chart.labels[last]
        if last != len(self.chart.values) - 1:
            yield _text(self._say("common.not-enough"), _PAD, 62, "none")
            yield _text(_cut(self._say("charts.last-known", value=shown, period=period), 12, most), _PAD, 82, "change")
            return
        size = next((size for size in (26.0, 20.0) if text_width(shown, size) <= most), 16.0)
        yield _text(_cut(shown, size, most), _PAD, 62, "value", size=size)
        if len(known) > 1:
            yield self._change(known[-2], last)

    def _change(self, before: int, last: int) -> str:
        """Return the way from the value before: an arrow, that value, and whether this is better."""
        old, new = self.chart.values[before] or 0.0, self.chart.values[last] or 0.0
        near = before == last - 1
        shown, period = self.chart.shown[before], self.chart.labels[before]
        if near:
            rest = self._say("charts.from", before=shown)
        else:
            rest = self._say("charts.from-period", before=shown, period=period)
        if old == new or self.chart.shown[before] == self.chart.shown[last]:
            return _text(_cut(f"→ {self._say('charts.unchanged')}", 12, self.width / 2), _PAD, 82, "change")
        good = (new > old) == (self.chart.better == "up")
        verdict = self._say("charts.better" if good else "charts.worse")
        line = f"{'↑' if new > old else '↓'} {_cut(rest, 12, self.width / 2 - 60)} · {verdict}"
        return _text(line, _PAD, 82, f"change {'good' if good else 'bad'}")

    def _legend(self, points: Sequence[_Point | None]) -> Iterator[str]:
        """Yield what the dashed line and the hollow points mean, at the right."""
        right, most = self.width - _PAD, self.width / 2 - 2 * _PAD - 26
        target = _known(self.chart.target)
        if target is not None:
            shown = self.chart.target_shown or f"{target:g} {self.chart.unit}".strip()
            text = _cut(self._say("charts.target", value=shown), _SMALL, most)
            yield _text(text, right, 62, anchor="end")
            end = right - text_width(text, _SMALL) - 4
            yield _line(end - 18, 58.5, end, 58.5, "target")
        if None in points and any(points):
            text = _cut(self._say("common.not-enough"), _SMALL, most)
            yield _text(text, right, 82, anchor="end")
            yield _dot(right - text_width(text, _SMALL) - 8, 78.5, 2.5, "missing")

    def _say(self, text: str, **values: Value) -> str:
        return _said(text, self.words, **values)

    # -------------------------------------------------------------- the way there

    def _plot(self, points: Sequence[_Point | None]) -> Iterator[str]:
        zero, left, right = self._y(0.0), _PAD, self.width - _PAD
        runs = list(_runs(points))
        for run in runs:
            if len(run) > 1:
                yield _element("path", {"class": "area", "d": f"{_path(run)}V{_number(zero)}H{_number(run[0][0])}Z"})
        yield _line(left, zero, right, zero, "base")
        target = _known(self.chart.target)
        if target is not None:
            yield _line(left, self._y(target), right, self._y(target), "target")
        yield from (_element("path", {"class": "line", "d": _path(run)}) for run in runs if len(run) > 1)
        for at, point in enumerate(points):
            x, y = point or (self._x(at), zero)
            last = at == len(points) - 1
            yield _dot(x, y, 2.5, "missing") if point is None else _dot(x, y, 4.5 if last else 3, "dot")

    def _value_labels(self, points: Sequence[_Point | None]) -> Iterator[str]:
        """Yield the values at their points, the telling ones first, each where it has room."""
        target = _known(self.chart.target)
        lines = [*_segments(points)]
        if target is not None:
            lines.append(((0.0, self._y(target)), (self.width, self._y(target))))
        taken: list[_Box] = []
        for rank, at in enumerate(_telling(points)):
            places = [box for box in self._places(points, at) if not any(box.meets(other) for other in taken)]
            free = [box for box in places if not any(box.crossed(*line) for line in lines)]
            chosen = (free or (places if rank < _ENDS_AND_EXTREMES else []))[:1]
            taken += chosen
            yield from (_text(box.text, box.x, box.y, "point", anchor="middle") for box in chosen)

    def _places(self, points: Sequence[_Point | None], at: int) -> Iterator["_Box"]:
        """Yield the places for the label of a point, the better one first: above it, below it in a valley."""
        x, y = points[at] or (0.0, 0.0)
        text = _cut(self.chart.shown[at], _SMALL, 2 * (_PAD + _INSET) - 8)
        above, below = _Box(x, y - 9, text), _Box(x, y + 17, text)
        if below.y > _BASE - 3:
            yield above
            return
        yield from (below, above) if _is_valley(points, at) else (above, below)

    def _axis(self) -> Iterator[str]:
        """Yield the names of the periods and on how much each value rests; some are left out where they are many."""
        most = 2 * (_PAD + _INSET) - 8
        labels = [_cut(label, _SMALL, most) for label in self.chart.labels]
        counts = [_cut(str(number), _SMALL, most) for number in self.chart.counts]
        for texts, y in ((labels, _LABELS), (counts, _COUNTS)):
            stride = self._stride(texts)
            for at in range(len(texts) - 1, -1, -stride):
                yield _text(texts[at], self._x(at), y, anchor="middle")
        yield from self._cases(counts)

    def _cases(self, counts: Sequence[str]) -> Iterator[str]:
        """Yield the word for the row of counts, behind the last of them, if there is room for it."""
        word = self._say("charts.cases")
        at = self._x(len(counts) - 1) + text_width(counts[-1], _SMALL) / 2 + 3 if counts else self.width
        if at + text_width(word, _SMALL) <= self.width - 4:
            yield _text(word, at, _COUNTS)

    def _stride(self, texts: Sequence[str]) -> int:
        """Return the smallest step at which none of these touches the next."""
        step = self._x(1) - self._x(0) if len(texts) > 1 else self.width
        widest = max((text_width(text, _SMALL) for text in texts), default=0.0)
        return max(1, math.ceil((widest + 4) / step))


@dataclass(frozen=True, slots=True)
class _Box:
    """A label and its place: the middle of the line that it is written on."""

    x: float
    y: float
    text: str

    @property
    def half(self) -> float:
        """Half its width."""
        return text_width(self.text, _SMALL) / 2

    def meets(self, other: "_Box") -> bool:
        """Whether two labels would touch."""
        return abs(self.x - other.x) < self.half + other.half + 4 and abs(self.y - other.y) < 1.3 * _SMALL

    def crossed(self, start: _Point, end: _Point) -> bool:
        """Whether a line, given from left to right, runs through the label."""
        left, right = max(start[0], self.x - self.half), min(end[0], self.x + self.half)
        if left >= right:
            return False
        slope = (end[1] - start[1]) / (end[0] - start[0])
        heights = (start[1] + slope * (left - start[0]), start[1] + slope * (right - start[0]))
        return min(heights) < self.y + 3 and max(heights) > self.y - 0.8 * _SMALL


def _telling(points: Sequence[_Point | None]) -> Iterable[int]:
    """Return which points have a value, in the order in which they deserve a label: ends, extremes, the others."""
    known = [at for at, point in enumerate(points) if point]
    by_height = sorted(known, key=lambda at: (points[at] or (0.0, 0.0))[1])
    return dict.fromkeys([*known[-1:], *known[:1], *by_height[:1], *by_height[-1:], *known])


def _is_valley(points: Sequence[_Point | None], at: int) -> bool:
    here, around = points[at], [*points[max(0, at - 1) : at], *points[at + 1 : at + 2]]
    return bool(here) and any(around) and all(not side or (here and side[1] < here[1] - 4) for side in around)


def _segments(points: Sequence[_Point | None]) -> Iterator[tuple[_Point, _Point]]:
    """Yield the pieces of the line, from point to point."""
    for start, end in pairwise(points):
        if start and end:
            yield start, end


def _runs(points: Iterable[_Point | None]) -> Iterator[list[_Point]]:
    """Yield the stretches of points without a gap."""
    run: list[_Point] = []
    for point in points:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(run: Sequence[_Point]) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in run)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
    return _element("line", {"class": kind, **ends})


def _dot(x: float, y: float, radius: float, kind: str) -> str:
    return _element("circle", {"class": kind, "cx": _number(x), "cy": _number(y), "r": _number(radius)})
