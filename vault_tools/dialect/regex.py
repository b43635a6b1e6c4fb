"""Regular expressions written for Obsidian (JavaScript), matched in linear time (RE2)."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import re2

PatternFault = Literal["unsupported", "invalid", "large"]
"""Why an expression is not run: it needs lookaround, backreferences or surrogates; is invalid; is too large."""


class UnsupportedPatternError(ValueError):
    """A regular expression that is not run, and the `reason`."""

    def __init__(self, reason: PatternFault) -> None:
        super().__init__(reason)
        self.reason: PatternFault = reason


_LONGEST = 2_000
_DEEPEST = 100
_SPACES = (
    r"\t-\r\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"  # `\s` in JavaScript
)
_NO_SPACES = (
    r"\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}"
    r"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"
)
_SETS = {"d": r"\d", "D": r"\D", "w": r"\w", "W": r"\W", "s": _SPACES, "S": _NO_SPACES}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}
_ANY, _NOTHING, _IN_LINE = r"(?s:.)", r"[^\x{0}-\x{10ffff}]", r"[^\n\r\x{2028}\x{2029}]"
_WORD_EDGES = (r"\b", r"\B")
_TOKEN = re.compile(
    r"""(?P<escape>\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|0\d+|.))
      | (?P<look>\(\?<?[=!])
      | (?P<open>\((?:\?:|\?<[A-Za-z_$][\w$]*>|(?!\?)))
      | (?P<close>\))
      | (?P<times>(?:[*+?]|\{\d{1,9}(?:,\d{0,9})?\})\??)
      | (?P<edge>[\^$])
      | (?P<either>\|)
      | (?P<set>\[\^?)
      | (?P<dot>\.)
      | (?P<plain>(?!\(\?)[^\\])
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


def compiled(pattern: str, *, cased: bool = True, by_line: bool = False) -> Callable[[str], bool]:
    r"""Return a function that tells whether a JavaScript expression (no slashes, no flag `u`) is found in a text.

    Unlike JavaScript, a character outside the Basic Multilingual Plane counts as one.

    Args:
        pattern: The expression.
        cased: Whether case matters; if not, this is flag `i`.
        by_line: Whether `^` and `$` match at each line (flag `m`).

    Raises:
        UnsupportedPatternError: It is not a valid expression, or cannot be run in linear time.
    """
    if len(pattern) > _LONGEST:
        raise UnsupportedPatternError("large")
    flags = ("" if cased else "i") + ("m" if by_line else "")
    translated = (f"(?{flags})" if flags else "") + "".join(_translated(pattern))
    options = re2.Options()
    options.log_errors = False
    try:
        expression = re2.compile(translated.encode(), options)
    except (re2.error, UnicodeEncodeError) as error:
        raise UnsupportedPatternError("large" if "repetition size" in str(error) else "invalid") from None
    return lambda text: expression.search(text.encode("utf-8", "replace")) is not None


def _translated(pattern: str) -> Iterator[str]:
    """Yield the pieces of an expression as RE2 spells them."""
    at, depth, repeatable = 0, 0, False
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise UnsupportedPatternError("invalid")
        at, kind, text = token.end(), token.lastgroup or "", token.group()
        depth = _depth_after(kind, depth)
        if kind == "times" and not repeatable:
            raise UnsupportedPatternError("invalid")
        repeatable = kind not in {"open", "either", "edge", "times"} and text not in _WORD_EDGES
        if kind == "set":
            piece, at = _set(pattern, at, negated=text == "[^")
        else:
            piece = _piece(kind, text)
        yield piece
    if depth:
        raise UnsupportedPatternError("invalid")


def _depth_after(kind: str, depth: int) -> int:
    """Return how many groups are open after a token, given how many are open before it."""
    depth += (kind == "open") - (kind == "close")
    if depth < 0:
        raise UnsupportedPatternError("invalid")
    if depth > _DEEPEST:
        raise UnsupportedPatternError("large")
    return depth


def _piece(kind: str, text: str) -> str:
    """Spell one piece that is not a set."""
    if kind == "look":
        raise UnsupportedPatternError("unsupported")
    if kind == "escape":
        if text in _WORD_EDGES:
            return text
        member = _escaped(text)
        return member.spelled if member.char else f"[{member.spelled}]"
    if kind == "plain":
        return _spelled(text)
    if kind == "times" and _is_backwards(text):
        raise UnsupportedPatternError("invalid")
    return {"open": "(?:", "dot": _IN_LINE}.get(kind, text)


def _is_backwards(times: str) -> bool:
    """Tell whether the end of a repetition is below its beginning, as in `{3,2}`."""
    least, _, most = times.strip("{}?").partition(",")
    return most.isdecimal() and int(most) < int(least)


class _Member(NamedTuple):
    """What a set may contain: a character, or ("" for it) several, as RE2 spells them there."""

    char: str
    spelled: str


def _escaped(text: str) -> _Member:
    """Return what an escape means."""
    body = text[1:]
    if body in _SETS:
        return _Member("", _SETS[body])
    if body[0] in "123456789k" or (body[0] == "0" and body != "0"):
        raise UnsupportedPatternError("unsupported")
    char = _CONTROLS.get(body) or _numbered(body)
    if "\ud800" <= char <= "\udfff":
        raise UnsupportedPatternError("unsupported")
    return _Member(char, _spelled(char))


def _numbered(body: str) -> str:
    """Return the character that an escape names by its number; one without a number means itself."""
    if len(body) == 1:
        return body
    if body[0] == "c":
        return chr(ord(body[1]) % 32)
    if len(body) > len("uXXXX"):
        return bytes.fromhex(body[1:5] + body[7:]).decode("utf-16-be")
    return chr(int(body[1:], 16))


def _spelled(char: str) -> str:
    """Spell a character so that it means itself, in a set too."""
    return char if char.isascii() and char.isalnum() else rf"\x{{{ord(char):x}}}"


_DASH = _Member("-", r"\x{2d}")
"""A `-` that may make a range; one with a backslash is another."""
_BACKSPACE = _Member("\b", _spelled("\b"))


def _set(pattern: str, at: int, *, negated: bool) -> tuple[str, int]:
    """Read a set after its `[`; return it as RE2 spells it, and where it ends."""
    members: list[_Member] = []
    while not pattern.startswith("]", at):
        member, at = _member(pattern, at)
        members.append(member)
    if not members:
        return _ANY if negated else _NOTHING, at + 1
    return f"[{'^' if negated else ''}{''.join(_ranged(members))}]", at + 1


def _member(pattern: str, at: int) -> tuple[_Member, int]:
    """Read one member of a set; return it, and where it ends."""
    if at >= len(pattern):
        raise UnsupportedPatternError("invalid")
    token = _TOKEN.match(pattern, at)
    if token is not None and token.lastgroup == "escape":
        return _BACKSPACE if token.group() == r"\b" else _escaped(token.group()), token.end()
    char = pattern[at]
    if char == "\\":
        raise UnsupportedPatternError("invalid")
    return _DASH if char == "-" else _Member(char, _spelled(char)), at + 1


def _ranged(members: list[_Member]) -> Iterator[str]:
    """Spell the members of a set, two with a dash between as a range; where one is a set itself, the dash is one."""
    at = 0
    while at < len(members):
        three = members[at : at + 3]
        if len(three) == len("a-z") and three[1] is _DASH and three[0].char and three[2].char:
            if three[0].char > three[2].char:
                raise UnsupportedPatternError("invalid")
            yield f"{three[0].spelled}-{three[2].spelled}"
            at += 3
        else:
            yield three[0].spelled
            at += 1
