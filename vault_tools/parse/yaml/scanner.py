"""The place in a block up to which it is read, and what there is around this place in its lines."""

import re

from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.scalar_ends import at_marker

DEEPEST = 50
"""How deep values may nest."""

_GAP = re.compile(r"(?>(?:[ \t]*+(?:(?:(?<=[ \t\n])|\A)#[^\n]*+)?\n)*)")
_SPACES = re.compile(r" *+")
_BLANKS = re.compile(r"[ \t]*+")
_REST = re.compile(r"[ \t]*+(?:(?<=[ \t])#[^\n]*+)?(?=\n|\Z)")
_BEHIND_MARK = frozenset({" ", "\t", "\n", ""})


class Scanner:
    """A block, and the place in it.

    `depth` is how deep the value here nests. `tabbed` says that there is a tab among the blanks before this place.
    `least` is the indentation that the lines of the next scalar need, if its key has a colon on a line below.
    """

    __slots__ = ("depth", "least", "pos", "tabbed", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.depth = 0
        self.least = 0
        self.tabbed = False

    def skip_gap(self) -> bool:
        """Go to the next character that means something; tell whether it is the first of its line."""
        text = self.text
        gap = _GAP.match(text, self.pos)
        begin = gap.end() if gap else self.pos
        self.pos = begin
        self.pos = self.blanks_end()
        self.tabbed = "\t" in text[begin : self.pos]
        return begin == 0 or text[begin - 1] == "\n"

    def blanks_end(self) -> int:
        """Return where the blanks that begin here end."""
        blanks = _BLANKS.match(self.text, self.pos)
        return blanks.end() if blanks else self.pos

    def line_start(self) -> int:
        """Return where the line begins."""
        return self.text.rfind("\n", 0, self.pos) + 1

    def column(self) -> int:
        """Return how many spaces begin the line."""
        start = self.line_start()
        spaces = _SPACES.match(self.text, start)
        return spaces.end() - start if spaces else 0

    def is_first(self) -> bool:
        """Tell whether there are only spaces before this place in its line."""
        return self.line_start() + self.column() == self.pos

    def is_ended(self) -> bool:
        """Tell whether the document ends at this line."""
        return self.pos >= len(self.text) or (not self.column() and at_marker(self.text, self.line_start()))

    def is_mark(self, marks: str) -> bool:
        """Tell whether one of these characters is here, followed by a blank."""
        char = self.text[self.pos : self.pos + 1]
        return char != "" and char in marks and self.text[self.pos + 1 : self.pos + 2] in _BEHIND_MARK

    def to_colon(self) -> bool:
        """Go to the colon of a key, if one follows on this line; tell whether there is one."""
        end = self.blanks_end()
        if self.text.startswith(":", end) and self.text[end + 1 : end + 2] in _BEHIND_MARK:
            self.pos = end
            return True
        return False

    def to_line_end(self) -> None:
        """Go to the end of the line; the rest of it must be empty or a comment."""
        rest = _REST.match(self.text, self.pos)
        if rest is None:
            at = self.blanks_end()
            raise YamlError(at, "comment" if self.text[at] == "#" else "trailing")
        self.pos = rest.end()

    def begin_nested(self) -> None:
        """Go one level deeper."""
        if self.depth > DEEPEST:
            raise YamlError(self.pos, "deep")
        self.depth += 1
