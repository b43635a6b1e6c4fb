"""A text as it is after URL, HTML, JSON or CSS escapes in it are decoded."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

_ROUNDS = 2
"""How many times a text is decoded: `%2520` and `&amp;#46;` occur, deeper encodings do not."""
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n]?")
_LAST = 0x10FFFF


def decoded_forms(text: str) -> Iterator[str]:
    """Yield a text, and its decoded forms (URL, HTML, JSON, scripts, style sheets), each once."""
    known = {text}
    latest = [text]
    for _ in range(_ROUNDS):
        fresh = []
        for form in latest:
            yield form
            for decoded in _decoded(form):
                if decoded not in known:
                    known.add(decoded)
                    fresh.append(decoded)
        latest = fresh
    yield from latest


def _decoded(text: str) -> Iterator[str]:
    """Yield a text as each decoder reads it that may find something in it."""
    return (decode(text) for mark, decode in _DECODERS if mark in text)


def _unescaped(text: str) -> str:
    r"""Read escapes of JSON, YAML and scripts (`\u00e9`, `\n`), and of Markdown (`\_`)."""
    return _ESCAPE.sub(_char, text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _char(match: re.Match[str]) -> str:
    code = next((int(digits, 16) for digits in match.groups()[:4] if digits), None)
    if code is None:
        return " " if match[5] in "nrtbfv" else match[5]
    return chr(code) if code <= _LAST else ""


def _css(text: str) -> str:
    r"""Read escapes of style sheets (`\20 `)."""
    return _CSS_ESCAPE.sub(lambda match: chr(code) if 0 < (code := int(match[1], 16)) <= _LAST else "", text)


_DECODERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("\\", _unescaped),
    ("\\", _css),
    ("&", html.unescape),
    ("%", unquote),
)
