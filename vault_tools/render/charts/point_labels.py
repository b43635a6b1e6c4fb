"""The values of a panel, written at their points where there is room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vault_tools.render.charts.panel import BASE, LABEL_WIDTH, Panel
from vault_tools.render.charts.style import SMALL
from vault_tools.render.charts.svg import Point, text_element
from vault_tools.render.charts.text_width import cut, text_width

_MUST = 4
"""How many labels are written even across a line: the ends and the extremes."""
_Points = Sequence[Point | None]


@dataclass(frozen=True, slots=True)
class _Label:
    """A text and its place: the middle of the line that it is written on."""

    x: float
    y: float
    text: str

    @property
    def half(self) -> float:
        """Half its width."""
        return text_width(self.text, SMALL) / 2

    def touches(self, other: "_Label") -> bool:
        """Tell whether two labels would touch."""
        return abs(self.x - other.x) < self.half + other.half + 4 and abs(self.y - other.y) < 1.3 * SMALL

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Tell whether a line, given from left to right, runs through the label."""
        left, right = max(start[0], self.x - self.half), min(end[0], self.x + self.half)
        if left >= right:
            return False
        slope = (end[1] - start[1]) / (end[0] - start[0])
        heights = (start[1] + slope * (left - start[0]), start[1] + slope * (right - start[0]))
        return min(heights) < self.y + 3 and max(heights) > self.y - 0.8 * SMALL


def render_point_labels(panel: Panel) -> Iterator[str]:
    """Yield the values at their points, the most important first, each where it has room."""
    points, lines = panel.points, list(_lines(panel))
    labels: list[_Label] = []
    for rank, at in enumerate(_by_importance(points)):
        places = [place for place in _places(panel, points, at) if not _touches_any(place, labels)]
        free = [place for place in places if not _is_crossed_by_any(place, lines)]
        candidates = free or places if rank < _MUST else free
        for label in candidates[:1]:
            labels.append(label)
            yield text_element(label.text, label.x, label.y, "point", anchor="middle")


def _touches_any(label: _Label, others: Iterable[_Label]) -> bool:
    return any(label.touches(other) for other in others)


def _is_crossed_by_any(label: _Label, lines: Iterable[tuple[Point, Point]]) -> bool:
    return any(label.is_crossed(start, end) for start, end in lines)


def _lines(panel: Panel) -> Iterator[tuple[Point, Point]]:
    """Yield the pieces of the line, from point to point, and the line of the target."""
    for start, end in pairwise(panel.points):
        if start is not None and end is not None:
            yield start, end
    if panel.target is not None:
        height = panel.y(panel.target)
        yield (0.0, height), (panel.width, height)


def _by_importance(points: _Points) -> Iterable[int]:
    """Return the periods that have a value, in the order in which they deserve a label: ends, extremes, the others."""
    heights = {at: point[1] for at, point in enumerate(points) if point is not None}
    periods = list(heights)
    by_height = sorted(periods, key=heights.__getitem__)
    return dict.fromkeys([*periods[-1:], *periods[:1], *by_height[:1], *by_height[-1:], *periods])


def _places(panel: Panel, points: _Points, at: int) -> Iterator[_Label]:
    """Yield the places for the label of a point, the better one first: above it, below it in a valley."""
    x, y = points[at] or (0.0, 0.0)
    text = cut(panel.chart.shown[at], SMALL, LABEL_WIDTH)
    above, below = _Label(x, y - 9, text), _Label(x, y + 17, text)
    if below.y > BASE - 3:
        yield above
    elif _is_valley(points, at):
        yield from (below, above)
    else:
        yield from (above, below)


def _is_valley(points: _Points, at: int) -> bool:
    """Tell whether the points beside one are higher; one without a value does not count."""
    point = points[at]
    sides = [side for side in (*points[max(0, at - 1) : at], *points[at + 1 : at + 2]) if side is not None]
    return point is not None and bool(sides) and all(side[1] < point[1] - 4 for side in sides)
