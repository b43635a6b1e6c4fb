"""What a reader sees of a text: characters that show nothing, and those that turn a line about, are taken out."""

import re

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What breaks a line or commands a terminal, and halves of characters: a blank each run."""
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e001f]+"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007f]+"
)
"""Characters of no width, and marks of direction; numbers of Arabic that Unicode files beside them are visible.

So are tags behind a black flag: together they are the flag of a region.
"""
_JOINERS = re.compile("[\u200c\u200d]+")
_MOST_CODES = 8


def visible(text: str) -> str:
    """Return a text as it is shown, on one line.

    Joiners stay where they shape what stands around them: in emoji, in Persian, in scripts of India.
    """
    if text.isprintable() and (text.isascii() or not _HIDDEN.search(text)):
        return text
    return _JOINERS.sub(_joiner, _HIDDEN.sub("", _BREAKS.sub(" ", text)))


def visible_name(name: str) -> str:
    """Return a name as it is shown; one of which nothing can be seen is shown by the numbers of its characters."""
    shown = visible(name)
    return shown if shown.strip() else " ".join(f"U+{ord(char):04X}" for char in name[:_MOST_CODES])


def _joiner(found: re.Match[str]) -> str:
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return found[0] if _shapes(before) and _shapes(after) else ""


def _shapes(char: str) -> bool:
    return bool(char) and not char.isascii() and not char.isspace()
