"""The walk over one run of text: what it reads, and what it remembers so that nothing is searched twice."""

from dataclasses import dataclass, field
from typing import NamedTuple

from vault_tools.model.note import Syntax


class InlineLink(NamedTuple):
    """A link in a run of text: where it starts and ends there, and its parts as written."""

    start: int
    end: int
    target: str
    subpath: str
    display: str | None
    embed: bool
    syntax: Syntax


@dataclass(slots=True)
class Scan:
    """What one run of text holds: links, tags as (start, name), URLs as (start, address), code as (start, end)."""

    links: list[InlineLink] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)
    urls: list[tuple[int, str]] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)


class Walk:
    """One walk over one text, from left to right. Each construct has its module, which reads and sets what it needs.

    `free` is the end of the last construct: the text from there to the current place belongs to none. `after_text` is
    a place where a tag may begin, because an escape or another tag ends there.

    `openers` are the open brackets as (start, start of the text in them), and `tags_in_openers` the tags at the start
    of such a text. `next_close`, `next_dollar` and `ticks` are the places of the next `]]`, of the next `$` and of all
    runs of backticks, as far as they are known.
    """

    __slots__ = (
        *("_absent", "after_text", "free", "next_close", "next_dollar", "openers", "scan", "tags_in_openers", "text"),
        "ticks",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.scan = Scan()
        self.free = 0
        self.after_text = -1
        self.openers: list[tuple[int, int]] = []
        self.tags_in_openers: dict[int, tuple[int, str]] = {}
        self.next_close = -1
        self.next_dollar = -1
        self.ticks: dict[int, list[int]] | None = None
        self._absent: set[str] = set()

    def find(self, what: str, pos: int) -> int:
        """Find a string from a position on; one that is absent once is never looked for again."""
        if what in self._absent:
            return -1
        at = self.text.find(what, pos)
        if at < 0:
            self._absent.add(what)
        return at
