"""What a reader sees of a text: without invisible characters and without those that reverse a line."""

import re

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Line breaks, terminal controls and half surrogate pairs: each run becomes a space."""
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e001f]+"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007f]+"
)
"""Zero-width characters and direction marks; the Arabic number signs of the same category are visible.

Tag characters after a black flag are visible too: together they are a regional flag.
"""
_JOINERS = re.compile("[\u200c\u200d]+")
_MOST_CODES = 8


def printable(line: str, keep: str = "") -> str:
    """Return a line for a terminal or a log: what would command it, or turn the line about, is shown as �."""
    return "".join(char if char.isprintable() or char in keep else "\ufffd" for char in line)


def visible(text: str) -> str:
    """Return a text as it is shown, on one line.

    Joiners stay where they shape the characters around them: in emoji, Persian and Indic scripts.
    """
    if text.isprintable() and (text.isascii() or not _HIDDEN.search(text)):
        return text
    return _JOINERS.sub(_joiner, _HIDDEN.sub("", _BREAKS.sub(" ", text)))


def visible_name(name: str) -> str:
    """Return a name as it is shown; if nothing of it is visible, return the code points of its characters."""
    shown = visible(name)
    return shown if shown.strip() else " ".join(f"U+{ord(char):04X}" for char in name[:_MOST_CODES])


def _joiner(match: re.Match[str]) -> str:
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    return match[0] if _shapes(before) and _shapes(after) else ""


def _shapes(char: str) -> bool:
    return bool(char) and not char.isascii() and not char.isspace()
