"""The evidence of a period, for each of the three questions of a reflection."""

from collections.abc import Callable, Iterator, Mapping

from vault_tools.model.learning import Window
from vault_tools.render.periods.method import render_method
from vault_tools.render.periods.short import render_short
from vault_tools.render.periods.solved import render_solved
from vault_tools.render.report import Report

PARTS: Mapping[str, Callable[[Report, Window], Iterator[str]]] = {
    "solved": render_solved,
    "method": render_method,
    "short": render_short,
}
"""The parts by the words of a region's argument, in order."""
