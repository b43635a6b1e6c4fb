"""A page of the manual on a terminal: formatted, with lines that also break inside Chinese, and no text cut off."""

import re
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, MarkdownElement, TableElement
from rich.table import Table
from rich.theme import Theme

STYLES = {"markdown.code": "bold", "markdown.table.header": "bold", "markdown.table.border": "dim"}
"""In place of styles of rich that draw on black, also on a light terminal."""
_BREAK = "\x1f"
"""A blank without width, for rich: it breaks lines at blanks only. It is taken out before anything is printed."""
_BETWEEN = re.compile(
    r"(?<=[\u3001-\u9fff\uff01-\uff5e])(?<![（《「])(?=[\u3001-\u9fff\uff01-\uff5e])(?![，。：；、！？）》」])"
    r"|(?<=[，。：；、！？）])(?=[`\[\w])"
)
"""Between two Chinese characters, unless a mark would begin or end a line wrongly; and behind a mark."""


class _Table(TableElement):
    """A table with long words folded; rich cuts them off."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table."""
        for table in super().__rich_console__(console, options):
            for column in table.columns if isinstance(table, Table) else ():
                column.overflow = "fold"
            yield table


class _Markdown(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "table_open": _Table}


class _Page:
    """Markdown with lines that break between Chinese characters."""

    def __init__(self, text: str) -> None:
        """Mark where lines may break."""
        self._marked = _Markdown(_BETWEEN.sub(_BREAK, text), code_theme="ansi_dark", hyperlinks=False)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the page without the marks."""
        for segment in console.render(self._marked, options):
            yield segment._replace(text=segment.text.replace(_BREAK, ""))


def draw(text: str, widest: int) -> None:
    """Print a page, at most `widest` columns wide."""
    console = Console(theme=Theme(STYLES))
    console.print(_Page(text), width=min(console.width, widest))
