"""Whether one name may be a misspelling of another, and not the name of another thing."""

import re
from difflib import SequenceMatcher

_WORDS_ALIKE = 0.7
"""How much of a word must be the same for it to be a slip of another; june and july are no slip."""
_SHORTEST_WITH_SLIP = 4
"""CJK characters of a name in which one may be wrong: three of four is less alike than a longer name would be."""

_APOSTROPHE = re.compile("['’]")
# What distinguishes the members of a series: numbers in digits, Roman or Chinese, single letters, `C++` and `C#`.
_SERIES_MARK = re.compile(
    r"\d+|[+#]+|[〇零一二三四五六七八九十百千两上中下甲乙丙丁戊己庚辛壬癸]"
    r"|(?<![^\W\d_])(?:[^\W\d_]|[ivx]{2,5})(?![^\W\d_])"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CJK = re.compile("[぀-ヿ㐀-鿿가-힯]+")


def likeness(one: str, other: str, least: float) -> float:
    """Return how much of two names is the same (difflib's ratio); 0 if it is less than that."""
    matcher = SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def is_slip_of_one(wrong: str, right: str) -> bool:
    """Tell whether two CJK names of at least four characters begin alike and differ in one character."""
    if len(wrong) != len(right) or wrong[:1] != right[:1] or len(wrong) < _SHORTEST_WITH_SLIP:
        return False
    differences = [pair for pair in zip(wrong, right, strict=True) if pair[0] != pair[1]]
    return len(differences) == 1 and all(_CJK.fullmatch(char) for char in differences[0])


def may_be_misspelling(wrong: str, right: str, least: float) -> bool:
    """Tell whether one name may be a misspelling of another, and not the name of another thing of its kind.

    `Part A` is no misspelling of `Part B`, a day is none of a month, and a name is none of the same name with one
    more word.
    """
    one, other = _APOSTROPHE.sub("", wrong), _APOSTROPHE.sub("", right)
    if _SERIES_MARK.findall(one) != _SERIES_MARK.findall(other):
        return False
    if _adds_in_cjk(one, other) or _adds_in_cjk(other, one):
        return False
    words, others = _LETTERS.findall(one), _LETTERS.findall(other)
    if len(words) == len(others):
        return all(likeness(*pair, _WORDS_ALIKE) for pair in zip(words, others, strict=True))
    if _is_contained(*sorted((words, others), key=len)):
        return False
    return likeness("".join(words), "".join(others), least) > 0


def _adds_in_cjk(shorter: str, longer: str) -> bool:
    """Tell whether a name is another with more than a character of Chinese, Japanese or Korean before or behind it."""
    if len(longer) - len(shorter) <= 1:
        return False
    for more in (longer.removeprefix(shorter), longer.removesuffix(shorter)):
        if len(more) == len(longer) - len(shorter) and _CJK.fullmatch(more):
            return True
    return False


def _is_contained(fewer: list[str], more: list[str]) -> bool:
    """Tell whether all words of one list are in another, in the same order."""
    left = iter(more)
    return all(word in left for word in fewer)
