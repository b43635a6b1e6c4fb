"""Values and names that need quotes, and quotes that are wrong."""

import re
from collections.abc import Iterator

from vault_tools.parse.yaml.mends.place import QUOTES, FaultyLine, Mended, entry, in_quotes, instead, item, value_in

_MARKS = "@`%|>&*!,]}?-"
"""A value or a name begins with one of these only if it has quotes."""
_ALL_QUOTES = f"{QUOTES}“”‘’„"
_STRING = re.compile(r"""(?:"[^"]*"|'[^']*')""")
_STRINGS = re.compile(rf"{_STRING.pattern}(?:\s*[,，、;；]\s*{_STRING.pattern})+")
_ODD_ITEM = re.compile(r"""([\[,] *)([@`%*&!|>][^,\[\]{}"']*)""")


def value(place: FaultyLine) -> Iterator[str]:
    """Put the value of the line in quotes, or all of an item."""
    parts = entry(place.line)
    if parts and parts["value"].strip():
        yield f"{parts['head']}{parts['key']}: {in_quotes(parts['value'])}"
    parts = item(place.line)
    if parts and parts["value"].strip():
        yield parts["head"] + in_quotes(parts["value"])


def _name(place: FaultyLine) -> Iterator[str]:
    """Put the name in the line in quotes."""
    parts = entry(place.line)
    if parts and parts["key"][0] not in _ALL_QUOTES:
        yield f"{parts['head']}{in_quotes(parts['key'])}: {parts['value']}".rstrip()


def link(place: FaultyLine) -> Iterator[str]:
    """Put links in quotes."""
    parts = entry(place.line)
    if parts:
        yield from _links_in(parts)
    if "[[" in place.line and not (parts and parts["value"].startswith(('"', "'"))):
        yield from value(place)
        yield from _name(place)


def _links_in(parts: re.Match[str]) -> Iterator[str]:
    """Put several links in a list, and one behind a dash in quotes."""
    head = f"{parts['head']}{parts['key']}: "
    links = re.findall(r"\[\[[^\[\]]*\]\]", parts["value"])
    if len(links) > 1 and not re.sub(r"\[\[[^\[\]]*\]\]|[,，、;\s]", "", parts["value"]):
        yield f"{head}[{', '.join(map(in_quotes, links))}]"
    if behind_dash := re.fullmatch(r"- +(\[\[[^\[\]]*\]\])\s*", parts["value"]):
        yield head + in_quotes(behind_dash[1])


def template(place: FaultyLine) -> Iterator[str]:
    """Put what a template fills in in quotes."""
    if "{{" in place.line or "<%" in place.line:
        yield from value(place)


def single_colon(place: FaultyLine) -> Iterator[str]:
    """Put a value with a colon in quotes."""
    if place.mistake == "nested":
        yield from value(place)


def odd_start(place: FaultyLine) -> Iterator[Mended]:
    """Quote a value or a name that begins with a character that is special in YAML."""
    text = value_in(place.line)
    if text and text[0] in _MARKS:
        for line in value(place):
            yield instead(place, line, text[0])
    if text.startswith("[") and (odd := _ODD_ITEM.search(text)):
        line = _ODD_ITEM.sub(lambda found: found[1] + in_quotes(found[2]), place.line)
        yield instead(place, line, odd[2][0])
    yield from _odd_name(place)


def _odd_name(place: FaultyLine) -> Iterator[Mended]:
    start = place.line.strip()[:1]
    if start and start in _MARKS:
        for line in _name(place):
            yield instead(place, line, start)


def unclosed(place: FaultyLine) -> Iterator[str]:
    """Close quotes."""
    if place.mistake != "quote":
        return
    line = place.line.rstrip()
    yield from _same_ends(line)
    last = re.search(r"[\"'](?=[^\"']*$)", line)
    mark = last.group() if last else '"'
    yield line + mark
    if line[-1] in "]}":
        yield line[:-1] + mark + line[-1]
    yield from value(place)


def _same_ends(line: str) -> Iterator[str]:
    """Give a value that has quotes at both ends the same ones."""
    text = value_in(line)
    if len(text) < len('""') or text[0] not in QUOTES or text[-1] not in QUOTES:
        return
    if text[0] != text[-1]:
        yield line[:-1] + text[0]
    else:
        yield line[: -len(text)] + in_quotes(text[1:-1])


def text_behind(place: FaultyLine) -> Iterator[str]:
    """Make a list of several texts in quotes, or put all of a value in quotes that ends behind its quotes."""
    written = value_in(place.line)
    if not written.startswith(('"', "'")):
        return
    head = place.line[: place.line.rindex(written)]
    text = written.strip()
    if _STRINGS.fullmatch(text):
        yield f"{head}[{', '.join(_STRING.findall(text))}]"
    if text[0] == text[-1] and _opens_again(text):
        yield head + in_quotes(text[1:-1])
    yield head + in_quotes(text)


def _opens_again(text: str) -> bool:
    """Tell whether the second mark of a text in quotes is before or inside a word, so it does not end the first."""
    at = text.find(text[0], 1)
    if at < 0:
        return False
    before, behind = text[at - 1], text[at + 1 : at + 2]
    return behind.isalnum() and (not before.isalnum() or (text[0] == "'" and behind.isascii()))


def backslashes(place: FaultyLine) -> Iterator[str]:
    """Keep backslashes in quotes as they are."""
    if place.mistake == "escape":
        yield re.sub(r'"([^"]*)"', lambda found: in_quotes(found[1]), place.line)
        yield place.line.replace("\\", "\\\\")
