"""How the picture looks: its colours, in the light and in the dark, and its fonts."""

from collections.abc import Mapping

from vault_tools.render.charts.svg import format_number

SMALL = 10.5
"""The size of most texts, in pixels."""
LIGHT = {
    "card": "#ffffff", "edge": "#d8dce2", "ink": "#1f2328", "muted": "#5b636d", "line": "#2f6db3",
    "good": "#1a7437", "bad": "#b04400", "base": "#c3c9d1",
}  # fmt: skip
DARK = {
    "card": "#262626", "edge": "#3d3d3d", "ink": "#e8e8e8", "muted": "#a9b0b8", "line": "#6fb1f5",
    "good": "#5fc878", "bad": "#f2934d", "base": "#565c63",
}  # fmt: skip
"""The panels have their own background, so that they can be read on any theme, even if it and the system differ."""
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
)
_RULES = (
    f"text{{font-family:{_FONT};font-size:{format_number(SMALL)}px;fill:var(--muted)}}"
    ".title{font-size:13px;font-weight:600;fill:var(--ink)}.value{font-weight:600;fill:var(--ink)}"
    ".change,.none{font-size:12px}.good{fill:var(--good)}.bad{fill:var(--bad)}"
    ".card{fill:var(--card);stroke:var(--edge)}.base{stroke:var(--base)}"
    ".area{fill:var(--line);fill-opacity:.13}.line{fill:none;stroke:var(--line);stroke-width:2;"
    "stroke-linejoin:round;stroke-linecap:round}.target{stroke:var(--muted);stroke-dasharray:4 3}"
    ".dot{fill:var(--line);stroke:var(--card);stroke-width:1.5}.missing{fill:var(--card);stroke:var(--muted)}"
    ".point{fill:var(--ink);stroke:var(--card);stroke-width:3px;paint-order:stroke;stroke-linejoin:round}"
)


def _variables(palette: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())


STYLE = f":root{{{_variables(LIGHT)}}}@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}{_RULES}"
