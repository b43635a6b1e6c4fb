"""How wide a text may become in the fonts of a system."""

import re
from unicodedata import category, combining, east_asian_width

_UNFIT = re.compile("[^\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""What XML forbids, what breaks a line, and what turns the direction of writing."""
_NARROW = frozenset(" .,:;'|!ijltfr()[]-/")
_BROAD = frozenset("mwMW%@")


def on_one_line(text: str) -> str:
    """Return a text with a blank for what XML, one line, or one direction of writing cannot hold."""
    return _UNFIT.sub(" ", text)


def text_width(text: str, size: float) -> float:
    """Return how wide a text may become, in pixels; rather too much than too little."""
    return size * sum(map(_em, text))


def _em(sign: str) -> float:
    """Return the width of a sign as a share of the size of the font."""
    if combining(sign):
        return 0.0
    if category(sign) == "So":
        return 1.4
    if east_asian_width(sign) in "WFA":
        return 1.0
    return _em_of_letter(sign)


def _em_of_letter(sign: str) -> float:
    if sign in _NARROW:
        return 0.42
    if sign in _BROAD:
        return 0.95
    return 0.75 if sign.isupper() else 0.63


def cut(text: str, size: float, most: float) -> str:
    """Return a text no wider than `most` pixels, shortened if necessary."""
    plain = on_one_line(text)
    if text_width(plain, size) <= most:
        return plain
    while plain and text_width(plain + "…", size) > most:
        plain = plain[:-1]
    return plain.rstrip() + "…"
