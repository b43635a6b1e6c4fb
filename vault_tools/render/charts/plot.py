"""The way of the values of a panel: the line with the area below it, the target, and a dot for each period."""

from collections.abc import Iterator, Sequence

from vault_tools.render.charts.panel import PAD, Panel
from vault_tools.render.charts.svg import Point, dot, element, format_number, line, path


def render_plot(panel: Panel) -> Iterator[str]:
    """Yield the elements, from the ground up."""
    zero, left, right = panel.y(0.0), PAD, panel.width - PAD
    stretches = [stretch for stretch in _stretches(panel.points) if len(stretch) > 1]
    for stretch in stretches:
        yield _area(stretch, zero)
    yield line((left, zero), (right, zero), "base")
    if panel.target is not None:
        height = panel.y(panel.target)
        yield line((left, height), (right, height), "target")
    for stretch in stretches:
        yield element("path", {"class": "line", "d": path(stretch)})
    yield from _dots(panel, zero)


def _area(stretch: Sequence[Point], zero: float) -> str:
    start = stretch[0][0]
    return element("path", {"class": "area", "d": f"{path(stretch)}V{format_number(zero)}H{format_number(start)}Z"})


def _dots(panel: Panel, zero: float) -> Iterator[str]:
    """Yield a dot for each period, a hollow one on the line of zero if it has no value."""
    points = panel.points
    for at, point in enumerate(points):
        if point is None:
            yield dot((panel.x(at), zero), 2.5, "missing")
        else:
            yield dot(point, 4.5 if at == len(points) - 1 else 3, "dot")


def _stretches(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Yield the stretches of points without a gap."""
    stretch: list[Point] = []
    for point in (*points, None):
        if point is not None:
            stretch.append(point)
        elif stretch:
            yield stretch
            stretch = []
