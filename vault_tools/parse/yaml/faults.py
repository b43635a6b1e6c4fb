"""The fault that ends reading a block: its kind, and where it is."""

from typing import Literal

Mistake = Literal[
    "alias",
    "anchor",
    "bracket",
    "character",
    "colon",
    "comma",
    "comment",
    "deep",
    "documents",
    "escape",
    "header",
    "indent",
    "item",
    "key",
    "list",
    "many",
    "nested",
    "quote",
    "start",
    "tab",
    "tag",
    "trailing",
    "twice",
]
"""Why a block cannot be read; `mistakes` puts it into words."""


class YamlError(ValueError):
    """A block that Obsidian calls invalid: the offset of the fault in it, and its kind."""

    def __init__(self, pos: int, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.pos = pos
        self.mistake: Mistake = mistake
