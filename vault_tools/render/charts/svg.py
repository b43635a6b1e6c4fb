"""Elements of SVG: texts, lines, dots and paths."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from vault_tools.render.charts.text_width import on_one_line

Point = tuple[float, float]


def format_number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def escape_text(text: str) -> str:
    """Return text that XML holds as it is."""
    return escape(on_one_line(text))


def element(name: str, attributes: Mapping[str, str], inside: str = "") -> str:
    """Return an element; attributes without a value are left out."""
    pairs = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{pairs}>{inside}</{name}>\n" if inside else f"<{name}{pairs}/>\n"


def text_element(text: str, x: float, y: float, kind: str = "", *, anchor: str = "", size: float = 0) -> str:
    """Return a text on a line at `y`; `kind` is its class, `anchor` the part of it that is at `x`."""
    attributes = {"x": format_number(x), "y": format_number(y), "class": kind, "text-anchor": anchor}
    attributes["style"] = f"font-size:{format_number(size)}px" if size else ""
    return element("text", attributes, escape_text(text))


def line(start: Point, end: Point, kind: str) -> str:
    """Return a line between two points."""
    (x1, y1), (x2, y2) = start, end
    ends = {"x1": format_number(x1), "y1": format_number(y1), "x2": format_number(x2), "y2": format_number(y2)}
    return element("line", {"class": kind, **ends})


def dot(center: Point, radius: float, kind: str) -> str:
    """Return a dot."""
    x, y = center
    place = {"cx": format_number(x), "cy": format_number(y), "r": format_number(radius)}
    return element("circle", {"class": kind, **place})


def path(points: Sequence[Point]) -> str:
    """Return the commands that draw a line through points."""
    return "M" + "L".join(f"{format_number(x)} {format_number(y)}" for x, y in points)
