"""When two names are the same: for Obsidian's files, for headings, and for the words of the vocabulary."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_BLANKS = re.compile("[\u00a0\u202f]")
_HEADING = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\r\n\s]+")
_WORD = re.compile(r"[\s_-]+")
_APOSTROPHE = re.compile("['’]")
# What distinguishes the members of a series: numbers in digits, Roman or Chinese, single letters, `C++` and `C#`.
_MARK = re.compile(
    r"\d+|[+#]+|[〇零一二三四五六七八九十百千两上中下甲乙丙丁戊己庚辛壬癸]"
    r"|(?<![^\W\d_])(?:[^\W\d_]|[ivx]{2,5})(?![^\W\d_])"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CJK = re.compile("[぀-ヿ㐀-鿿가-힯]+")


def file_key(path: str) -> str:
    """Return a path as Obsidian compares it: NFC, lower case (never case folding), no-break blanks as blanks."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", path)).lower()


def called(paths: Iterable[str], name: str) -> list[str]:
    """Return the paths that a name means: those that are it, with or without `.md`, or else the only file called so."""
    keys = {file_key(name), file_key(f"{name}.md")}
    known = list(dict.fromkeys(paths))
    whole = [path for path in known if file_key(path) in keys]
    alone = [path for path in known if file_key(path.rpartition("/")[2]) in keys]
    return whole or (alone if len(alone) == 1 else [])


@lru_cache(maxsize=1 << 16)
def heading_key(text: str) -> str:
    """Return a heading as links compare it: punctuation and blanks as one blank, lower case (API `stripHeading`)."""
    return _HEADING.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


@lru_cache(maxsize=1 << 14)
def word_key(text: str) -> str:
    """Return a word of the vocabulary as it is compared: `Part of`, `part_of`, `ｐａｒｔ－ｏｆ` are the same."""
    return _WORD.sub("-", unicodedata.normalize("NFKC", text).strip().lower())


class Nearest:
    """Offers the known name closest to a wrong one; asks only its neighbours in the alphabet, from both ends."""

    AROUND = 4
    LONGEST = 200

    def __init__(self, names: Iterable[str], alike: float = 0.6) -> None:
        """Sort the known names, forwards and backwards; what is less `alike` (difflib's ratio) is not offered."""
        self._alike = alike
        self._spelled = {file_key(name): name for name in sorted(names) if len(name) <= self.LONGEST}
        self._forwards = sorted(self._spelled)
        self._backwards = sorted(name[::-1] for name in self._spelled)

    def to(self, name: str) -> str | None:
        """Return the closest known name, or None if none is close, or another thing is meant by it."""
        wanted = file_key(name)
        if len(wanted) > self.LONGEST:
            return None
        close = [
            (ratio, near)
            for near in self._around(wanted)
            if (ratio := _ratio(wanted, near, self._alike)) or _is_slip_of_one(wanted, near)
        ]
        ranked = sorted(close, key=lambda found: (-found[0], found[1]))
        return next((self._spelled[near] for _, near in ranked if _may_be(wanted, near, self._alike)), None)

    def _around(self, wanted: str) -> set[str]:
        near = _window(self._forwards, wanted, self.AROUND)
        return {*near, *(name[::-1] for name in _window(self._backwards, wanted[::-1], self.AROUND))}


WORDS_ALIKE = 0.7
"""How much of a word must be the same for it to be a slip of another; june and july are no slip."""
_SHORTEST_WITH_SLIP = 4
"""CJK characters of a name in which one may be wrong: three of four is less alike than a longer name would be."""


def _ratio(one: str, other: str, least: float) -> float:
    """Return how much of two names is the same (difflib's ratio); 0 if it is less than that."""
    matcher = SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def _may_be(wanted: str, near: str, alike: float) -> bool:
    """Tell whether one name may be a misspelling of another, and not the name of another thing of its kind.

    `Part A` is no misspelling of `Part B`, a day is none of a month, and a name is none of the same name with one
    more word.
    """
    one, other = _APOSTROPHE.sub("", wanted), _APOSTROPHE.sub("", near)
    if _MARK.findall(one) != _MARK.findall(other) or _adds_in_cjk(one, other) or _adds_in_cjk(other, one):
        return False
    words, others = _LETTERS.findall(one), _LETTERS.findall(other)
    if len(words) == len(others):
        return all(_ratio(*pair, WORDS_ALIKE) for pair in zip(words, others, strict=True))
    fewer, more = sorted((words, others), key=len)
    left = iter(more)
    return not all(word in left for word in fewer) and _ratio("".join(words), "".join(others), alike) > 0


def _adds_in_cjk(shorter: str, longer: str) -> bool:
    """Tell whether a name is another with more than a character of Chinese, Japanese or Korean before or behind it."""
    if len(longer) - len(shorter) <= 1:
        return False
    for more in (longer.removeprefix(shorter), longer.removesuffix(shorter)):
        if len(more) == len(longer) - len(shorter) and _CJK.fullmatch(more):
            return True
    return False


def _is_slip_of_one(wanted: str, near: str) -> bool:
    """Tell whether two CJK names of at least four characters begin alike and differ in one character."""
    if len(wanted) != len(near) or wanted[:1] != near[:1] or len(wanted) < _SHORTEST_WITH_SLIP:
        return False
    differ = [pair for pair in zip(wanted, near, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and all(_CJK.fullmatch(char) for char in differ[0])


def _window(names: list[str], wanted: str, around: int) -> list[str]:
    at = bisect_left(names, wanted)
    return names[max(0, at - around) : at + around]
