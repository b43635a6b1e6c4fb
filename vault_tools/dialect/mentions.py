"""Names of attachments in any text: collected when it is read, and looked up when a file seems unused.

How a text is read does not matter: a name in HTML, in code, in a comment, a style sheet or a script counts too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from vault_tools.dialect.encodings import decoded_forms

LONGEST = 255
"""The most characters of a file name; no file system allows more."""
_SUFFIXES = (
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|flac|m4a|mp3|ogg|wav|webm|3gp|mkv|mov|mp4|ogv|pdf|canvas|base"
    r"|docx?|xlsx?|pptx?|csv|txt|zip|html?|epub|json)"
)
_SUFFIX = re.compile(_SUFFIXES, re.IGNORECASE)
_ATTACHMENT = re.compile(_SUFFIXES + r"\Z", re.IGNORECASE)
_TAIL = 5
"""The shortest name: one character and a suffix of four. Names are looked up by how they end."""
# Double brackets with others in them: they look like a link to a name with brackets, but are not links.
_TANGLED = re.compile(
    r"\[\[(?=(?:[^\[\]\n]|\](?!\])){0,200}\[|[^\[\n]{0,200}?\]\](?:[^\[\n]|\[(?!\[)){0,200}\]\])[^\n]{0,255}\]\]"
)
_OPENS = re.compile(r"""[\["'(<{:=|/\\]""")
_ENCODED = re.compile(r"%2e|%[46-7][0-9a-f]|%25|&#|&(?:amp|period);|\\(?:u\{?0|x|0{0,4}2e)", re.IGNORECASE)
_WRAPPED = re.compile(r"\s*\n[\s>]*|\s+")
# Scripts without blanks between words: any of their characters may be the first of a name.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


def is_attachment(name: str) -> bool:
    """Tell whether a name is that of an attachment, by its suffix."""
    return _ATTACHMENT.search(name) is not None


def mentions(text: str) -> tuple[str, ...]:
    """Return the parts of a text that may contain names of attachments, in every encoding.

    Each part ends with the suffix of an attachment and is normalised for comparing names. Text that looks like a link
    to a name with brackets (`[[a [b]]]`) is a part too. Together they are at most a few times as long as the text; the
    time is linear in its length.
    """
    tangled = _TANGLED.finditer(text) if "[[" in text else ()
    parts = [_folded(text[_line(text, found.start()) : found.end()]) for found in tangled]
    if _SUFFIX.search(text) or _ENCODED.search(text):
        parts += [_folded(part) for spelled in decoded_forms(text) for part in _parts(spelled)]
    return tuple(dict.fromkeys(parts))


def mentioned(names: Iterable[str], parts: Iterable[str]) -> set[str]:
    """Return those file names that occur in some parts of texts (see `mentions`).

    A name must start at the start of a word, so `a.png` does not occur in `banana.png`.
    """
    by_end = _by_end(names)
    occurring: set[str] = set()
    for part in parts if by_end else ():
        for suffix in _SUFFIX.finditer(part):
            end = suffix.end()
            for length, keys in by_end.get(part[max(0, end - _TAIL) : end], {}).items():
                same = keys.get(part[end - length : end]) if length <= end else None
                if same and _begins(part, end - length):
                    occurring.update(same)
    return occurring


def _by_end(names: Iterable[str]) -> dict[str, dict[int, dict[str, list[str]]]]:
    """Return names by their last characters, then by their length, then by the form in which they are compared."""
    by_end: dict[str, dict[int, dict[str, list[str]]]] = {}
    for name in names:
        key = _folded(name)
        by_end.setdefault(key[-_TAIL:], {}).setdefault(len(key), {}).setdefault(key, []).append(name)
    return by_end


def _begins(text: str, at: int) -> bool:
    """Tell whether a word may begin at an offset."""
    before = text[at - 1 : at]
    if not before.isalnum() or not text[at].isalnum():
        return True
    return bool(_UNSPACED.match(before) or _UNSPACED.match(text[at]))


def _folded(text: str) -> str:
    """Return a text in the form in which names are compared: NFC, lower case, one space for any white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _WRAPPED.sub(" ", text).strip().lower()


def _parts(text: str) -> Iterator[str]:
    """Yield the text before each suffix, as far as a name may reach; overlapping parts are merged."""
    begin = end = -1
    for found in _SUFFIX.finditer(text):
        start = _start(text, found.start())
        if end < 0:
            begin = start
        elif start > end:
            yield text[begin:end]
            begin = start
        end = found.end()
    if end >= 0:
        yield text[begin:end]


def _line(text: str, at: int) -> int:
    """Return where the line of a place begins, or a little before the place."""
    least = max(0, at - LONGEST)
    return text.rfind("\n", least, at) + 1 or least


def _start(text: str, at: int) -> int:
    """Return where a name that ends at an offset may begin: after a slash, on its line or on the line before."""
    least, line = max(0, at - LONGEST), _line(text, at)
    if line > least and not _OPENS.search(text, line, at):
        line = text.rfind("\n", least, line - 1) + 1 or least
    return text.rfind("/", line, at) + 1 or line
