"""The most common mistakes in properties: how each looks, the message for it, and the text that corrects it.

A remedy is only given if it works: the block is read again with the new text in place.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from vault_tools.model.note import Problem
from vault_tools.parse.plain_yaml import FIRST_LINE
from vault_tools.parse.yaml_nodes import Mistake, YamlError
from vault_tools.parse.yaml_reader import DEEPEST

Check = Callable[[str], object]
"""Reads a block; raises YamlError with the first fault."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A faulty line of a block: all lines, its row, the column of the fault (0-based), what the reader said."""

    lines: list[str]
    row: int
    column: int
    mistake: Mistake

    @property
    def line(self) -> str:
        return self.lines[self.row]


@dataclass(frozen=True, slots=True)
class _Mended:
    """A text that replaces the rows `first` to `last`, and a word it is about."""

    text: str
    first: int
    last: int
    about: str | None = None


_Mend = Callable[[_Place], Iterator[str | _Mended]]

_ENTRY = re.compile(
    r"""(?P<head>\s*(?:-[ ]+)*)(?P<key>"[^"]*"|'[^']*'|\[\[[^\]]*\]\]|[^\s:：#"'][^:：]*?)"""
    r"""\s*(?P<colon>[:：])\s*(?P<value>.*)"""
)
_NAME = re.compile(r"""(?:[!&][^ ]*[ ]+)*(?:"([^"]*)"|'([^']*)'|([^:,\[\]{}#]+))""")
_ITEM = re.compile(r"(?P<head>\s*(?:-[ ]+)+)(?P<value>.*)")
_WIDE = str.maketrans(
    {"，": ", ", "【": "[", "】": "]", "［": "[", "］": "]", "｛": "{", "｝": "}", "：": ": ", "、": ", "}
)
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'"})
_QUOTES = "\"'“”‘’„"
_MARKS = "@`%|>&*!,]}?-"
"""A value or a name begins with one of these only if it has quotes."""
_LONGEST = 300
_STRING = re.compile(r"""(?:"[^"]*"|'[^']*')""")
_STRINGS = re.compile(rf"{_STRING.pattern}(?:\s*[,，、;；]\s*{_STRING.pattern})+")
_SIGN = re.compile(r"([\[{,] *)(#[^\s,\[\]{}\"'#]+)")
_ODD_ITEM = re.compile(r"""([\[,] *)([@`%*&!|>][^,\[\]{}"']*)""")
_BEFORE_SIGN = re.compile(r"(?<=[^\s,\[{]) +(?=#[^\s#])")
_OPENS_TEXT = re.compile(r":[ ]+[|>][+-]?[ ]*\Z")


def told(block: str, error: YamlError, check: Check) -> Problem:
    """Return what is wrong in a block, on which line of the note, and what to write instead."""
    row = block.count("\n", 0, min(error.pos, len(block)))
    lines = block.removesuffix("\n").split("\n")
    row = min(row, len(lines) - 1)
    place = _Place(lines, row, error.pos - block.rfind("\n", 0, error.pos) - 1, error.mistake)
    found = None if error.mistake in _WITHOUT_TEXT else _first_that_mends(place, check)
    if found is None:
        return replace(_WITHOUT_TEXT.get(error.mistake, _UNKNOWN), line=row + FIRST_LINE)
    problem, mended = found
    values = [("text", mended.text)]
    if mended.about is not None:
        values.append(("about", mended.about))
    if mended.first < mended.last:
        values += [("first", str(mended.first + FIRST_LINE)), ("last", str(mended.last + FIRST_LINE))]
    return replace(problem, line=row + FIRST_LINE, values=tuple(values))


def _first_that_mends(place: _Place, check: Check) -> tuple[Problem, _Mended] | None:
    if len(place.line) > _LONGEST:
        return None
    for problem, mend in _ROWS:
        for text in mend(place):
            mended = text if isinstance(text, _Mended) else _Mended(text, place.row, place.row)
            if _mends(place, mended, check):
                return problem, mended
    return None


def _mends(place: _Place, mended: _Mended, check: Check) -> bool:
    """Tell whether a block has no fault, or only one further down, with a text in place."""
    before, after = place.lines[: mended.first], place.lines[mended.last + 1 :]
    if mended.first == mended.last and mended.text == place.line:
        return False
    try:
        check("".join(f"{line}\n" for line in [*before, mended.text, *after]))
    except YamlError as error:
        begin = sum(len(line) + 1 for line in [*before, mended.text])
        return error.pos >= begin
    return True


# ---------------------------------------------------------------- how each is mended


def _in_quotes(text: str) -> str:
    """Return a text in quotes that do not change it."""
    text = text.strip()
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _quoted_value(place: _Place) -> Iterator[str]:
    """Put the value of the line in quotes, or all of an item."""
    for pattern in (_ENTRY, _ITEM):
        if (found := pattern.fullmatch(place.line)) and found["value"].strip():
            head = found["head"] if pattern is _ITEM else f"{found['head']}{found['key']}: "
            yield head + _in_quotes(found["value"])


def _quoted_key(place: _Place) -> Iterator[str]:
    found = _ENTRY.fullmatch(place.line)
    if found and found["key"][0] not in _QUOTES:
        yield f"{found['head']}{_in_quotes(found['key'])}: {found['value']}".rstrip()


def _wide_colon(place: _Place) -> Iterator[str]:
    found = _ENTRY.fullmatch(place.line)
    if found and found["colon"] == "：":
        head = "".join(char for char in found["head"] if char in " \t-")
        line = f"{head}{found['key']}: {found['value']}".rstrip()
        if found["value"].startswith("[["):
            yield from _links(replace(place, lines=[line], row=0))
        yield line
        yield f"{head}{found['key']}: {_in_quotes(found['value'])}"


def _blank_behind_colon(place: _Place) -> Iterator[str]:
    found = re.fullmatch(r"(\s*(?:- +)*[^\s:\"'\[{#][^:]*):([^ \t].*)", place.line)
    if found:
        yield f"{found[1]}: {found[2].lstrip()}"
        yield f"{found[1]}: {_in_quotes(found[2])}"


def _blank_behind_dash(place: _Place) -> Iterator[str]:
    found = re.fullmatch(r"(\s*)-(?=[^\s-])(.*)", place.line)
    if found:
        yield f"{found[1]}- {found[2]}"
        yield f"{found[1]}- {_in_quotes(found[2])}"


_OTHER_DASH = re.compile(r"(\s*)([–—•·‣◦]|[*+](?=\s))\s*(\S.*)")


def _other_dash(place: _Place) -> Iterator[_Mended]:
    """Give an item the dash that YAML wants in place of what Markdown or a word processor takes."""
    found = _OTHER_DASH.fullmatch(place.line)
    if found:
        for item in (found[3], _in_quotes(found[3])):
            yield _Mended(f"{found[1]}- {item}", place.row, place.row, found[2])


def _no_tabs(place: _Place) -> Iterator[str]:
    if "\t" in place.line:
        blanks = re.match(r"\s*(?:[-?:]\s+)*", place.line)
        end = blanks.end() if blanks else 0
        yield place.line[:end].replace("\t", "  ") + place.line[end:]
        yield place.line[:end].replace("\t", "") + place.line[end:]


def _links(place: _Place) -> Iterator[str]:
    found = _ENTRY.fullmatch(place.line)
    links = re.findall(r"\[\[[^\[\]]*\]\]", found["value"]) if found else []
    if found and len(links) > 1 and not re.sub(r"\[\[[^\[\]]*\]\]|[,，、;\s]", "", found["value"]):
        yield f"{found['head']}{found['key']}: [{', '.join(map(_in_quotes, links))}]"
    if found and (item := re.fullmatch(r"- +(\[\[[^\[\]]*\]\])\s*", found["value"])):
        yield f"{found['head']}{found['key']}: {_in_quotes(item[1])}"
    if "[[" in place.line and not (found and found["value"][:1] in {'"', "'"}):
        yield from _quoted_value(place)
        yield from _quoted_key(place)


def _template(place: _Place) -> Iterator[str]:
    if "{{" in place.line or "<%" in place.line:
        yield from _quoted_value(place)


def _curly(place: _Place) -> Iterator[str]:
    plain = place.line.translate(_CURLY)
    if plain != place.line:
        yield plain
        yield plain.translate(_WIDE)


def _wide(place: _Place) -> Iterator[str]:
    plain = place.line.translate(_WIDE)
    if plain != place.line:
        yield plain.rstrip()
        yield plain.translate(_CURLY).rstrip()


def _closed_quote(place: _Place) -> Iterator[str]:
    if place.mistake != "quote":
        return
    line = place.line.rstrip()
    entry = _ENTRY.fullmatch(line) or _ITEM.fullmatch(line)
    value = entry["value"] if entry else ""
    if len(value) > 1 and value[0] in "\"'" and value[-1] in "\"'":
        if value[0] != value[-1]:
            yield line[:-1] + value[0]
        else:
            yield line[: -len(value)] + _in_quotes(value[1:-1])
    found = re.search(r"[\"'](?=[^\"']*$)", line)
    mark = found.group() if found else '"'
    yield line + mark
    if line[-1] in "]}":
        yield line[:-1] + mark + line[-1]
    yield from _quoted_value(place)


def _text_behind_quotes(place: _Place) -> Iterator[str]:
    found = _ENTRY.fullmatch(place.line) or _ITEM.fullmatch(place.line)
    if not found or found["value"][:1] not in {'"', "'"}:
        return
    value = found["value"].strip()
    head = place.line[: place.line.rindex(found["value"])]
    if _STRINGS.fullmatch(value):
        yield f"{head}[{', '.join(_STRING.findall(value))}]"
    if value[0] == value[-1] and _opens_again(value):
        yield head + _in_quotes(value[1:-1])
    yield head + _in_quotes(value)


def _opens_again(value: str) -> bool:
    """Tell whether the second mark of a text in quotes is before or inside a word, so it does not end the first."""
    at = value.find(value[0], 1)
    if at < 0:
        return False
    before, behind = value[at - 1], value[at + 1 : at + 2]
    return behind.isalnum() and (not before.isalnum() or (value[0] == "'" and behind.isascii()))


def _text_behind_bracket(place: _Place) -> Iterator[str]:
    """Remove brackets that close nothing, or put the value in quotes, which it needs if more text follows."""
    found = _ENTRY.fullmatch(place.line) or _ITEM.fullmatch(place.line)
    if not found or place.mistake != "trailing" or found["value"][:1] not in {"[", "{"}:
        return
    line = place.line.rstrip()
    if line[: place.column + 1].rstrip()[-1:] in {"]", "}"}:
        yield line[: place.column]
    yield from _quoted_value(place)


def _sign_in_brackets(place: _Place) -> Iterator[str]:
    """Put items that begin with `#` in quotes; without them, what follows is a comment, and no bracket closes."""
    if "[" in place.line or "{" in place.line:
        for line in (place.line, _BEFORE_SIGN.sub(", ", place.line)):
            quoted = _SIGN.sub(lambda found: found[1] + _in_quotes(found[2]), line)
            if quoted != line:
                yield from (quoted, f"{quoted}]", f"{quoted}}}")


def _closed_bracket(place: _Place) -> Iterator[str]:
    if place.mistake not in {"bracket", "comma"}:
        return
    line = place.line.rstrip()
    closing = {"[": "]", "{": "}"}
    open_ = [closing[char] for char in line if char in closing]
    for char in line:
        if char in "]}" and char in open_:
            open_.remove(char)
    yield line.rstrip(",") + "".join(reversed(open_))
    if line[-1] in "]}" and open_:
        yield line[:-1] + open_[-1]


def _single_colon(place: _Place) -> Iterator[str]:
    if place.mistake == "nested":
        yield from _quoted_value(place)


def _odd_start(place: _Place) -> Iterator[_Mended]:
    """Quote a value or a name that begins with a character that is special in YAML."""
    found = _ENTRY.fullmatch(place.line) or _ITEM.fullmatch(place.line)
    value = found["value"] if found else ""
    if value[:1] and value[0] in _MARKS:
        for text in _quoted_value(place):
            yield _Mended(text, place.row, place.row, value[0])
    if value[:1] == "[" and (odd := _ODD_ITEM.search(value)):
        line = _ODD_ITEM.sub(lambda found: found[1] + _in_quotes(found[2]), place.line)
        yield _Mended(line, place.row, place.row, odd[2][0])
    name = place.line.strip()[:1]
    if name and name in _MARKS:
        for text in _quoted_key(place):
            yield _Mended(text, place.row, place.row, name)


def _mixed_list(place: _Place) -> Iterator[_Mended]:
    """Join a value and the items below it into one list."""
    first = place.row - 1
    while first > 0 and (not place.lines[first].strip() or _ITEM.match(place.lines[first])):
        first -= 1
    above = place.lines[first] if first >= 0 and len(place.lines[first]) <= _LONGEST else ""
    key = _ENTRY.fullmatch(above) if _ITEM.match(place.line) else None
    if key is None or not key["value"]:
        return
    last = place.row
    while last + 1 < len(place.lines) and _ITEM.match(place.lines[last + 1]):
        last += 1
    items = [found["value"] for line in place.lines[first + 1 : last + 1] if (found := _ITEM.fullmatch(line))]
    value = key["value"].strip()
    own = value[1:-1].strip().rstrip(",") if value[0] == "[" and value[-1] == "]" else value
    for inside in ([own, *items], [own, *map(_in_quotes, items)]):
        yield _Mended(f"{key['head']}{key['key']}: [{', '.join(filter(None, inside))}]", first, last)


def _renamed(place: _Place) -> Iterator[_Mended]:
    """Add a number to a name that exists already."""
    found = _NAME.match(place.line, place.column) if place.mistake == "twice" else None
    if found is None:
        return
    name = found[found.lastindex or 0].strip()  # the only group that matched; "" is a name too
    for number in range(2, 10):
        new = f"{name}-{number}" if re.fullmatch(r"\w[\w -]*", name) else _in_quotes(f"{name}-{number}")
        yield _Mended(place.line[: place.column] + new + place.line[found.end() :], place.row, place.row, name)


def _indented(place: _Place) -> Iterator[str]:
    """Give the line the indentation of a line above it."""
    if place.mistake not in {"indent", "nested", "item", "trailing", "colon"}:
        return
    text = place.line.strip()
    above_it = next((line for line in reversed(place.lines[: place.row]) if line.strip()), "")
    if _OPENS_TEXT.search(above_it[-_LONGEST:]):
        yield " " * (len(above_it) - len(above_it.lstrip(" ")) + 2) + text
    now = len(place.line) - len(place.line.lstrip())
    above = set(_indents(place.lines[: place.row]))
    for indent in sorted(above - {now}, key=lambda each: (abs(each - now), -each)):
        yield " " * indent + text


def _indents(lines: Iterable[str]) -> Iterator[int]:
    """Yield the columns at which lines begin, and those after the dashes of items."""
    for line in lines:
        if line.strip():
            yield len(line) - len(line.lstrip())
            yield len(line) - len(line.lstrip().lstrip("- "))


def _spaced_comment(place: _Place) -> Iterator[str]:
    if place.mistake == "comment":
        yield re.sub(r"(?<=[\"'\]}|>\w])#", " #", place.line)


def _commas(place: _Place) -> Iterator[str]:
    if place.mistake == "comma":
        yield re.sub(r"(?:,\s*)+,", ",", re.sub(r"([\[{])\s*,\s*", r"\1", place.line))
        yield re.sub(r"([\"'\]}])\s+(?=[\"'\[{\w])", r"\1, ", place.line)


def _backslashes(place: _Place) -> Iterator[str]:
    if place.mistake == "escape":
        yield re.sub(r'"([^"]*)"', lambda found: _in_quotes(found[1]), place.line)
        yield place.line.replace("\\", "\\\\")


def _may_be_name(char: str) -> bool:
    """Tell whether people begin names with a character."""
    return char.isalnum() or char == "_" or not char.isascii()


def _colon(place: _Place) -> Iterator[str]:
    """Make a name of a line without a colon; its further words are the value."""
    text = place.line.strip()
    head = place.line[: len(place.line) - len(place.line.lstrip())]
    if place.mistake not in {"colon", "trailing"} or not text or not _may_be_name(text[0]) or _OTHER_DASH.match(text):
        return
    if ": " in text:
        return
    name, _, rest = text.rstrip(":").partition(" ")
    yield f"{head}{name}: {rest.strip()}".rstrip()
    yield f"{head}{_in_quotes(text)}:"


def _out(place: _Place) -> Iterator[str]:
    yield f"# {place.line.strip()}"


# The line is that of the fault, once it is known.
_invalid = partial(Problem, "properties-invalid", 0)
_WRITE = "problem.yaml.fix-line"
_QUOTE = "problem.yaml.fix-with-quotes"
_ROWS: tuple[tuple[Problem, _Mend], ...] = (
    (_invalid("problem.yaml.colon-full-width", _WRITE), _wide_colon),
    (_invalid("problem.yaml.tab", _WRITE), _no_tabs),
    (
        _invalid(
            "problem.yaml.property-twice",
            "problem.yaml.property-twice-fix",
        ),
        _renamed,
    ),
    (
        _invalid(
            "problem.yaml.list-below-value",
            "problem.yaml.list-below-value-fix",
        ),
        _mixed_list,
    ),
    (
        _invalid("problem.yaml.list-dash-unspaced", _WRITE),
        _blank_behind_dash,
    ),
    (
        _invalid("problem.yaml.list-dash-wrong", _WRITE),
        _other_dash,
    ),
    (_invalid("problem.yaml.link-unquoted", _QUOTE), _links),
    (_invalid("problem.yaml.template-unquoted", _QUOTE), _template),
    (_invalid("problem.yaml.quotes-curly", _WRITE), _curly),
    (_invalid("problem.yaml.brackets-full-width", _WRITE), _wide),
    (_invalid("problem.yaml.comment-unspaced", _WRITE), _spaced_comment),
    (_invalid("problem.yaml.hash-unquoted", _QUOTE), _sign_in_brackets),
    (
        _invalid("problem.yaml.backslash-in-quotes", _WRITE),
        _backslashes,
    ),
    (_invalid("problem.yaml.quotes-unclosed", _WRITE), _closed_quote),
    (
        _invalid("problem.yaml.text-after-quote", _QUOTE),
        _text_behind_quotes,
    ),
    (
        _invalid("problem.yaml.text-after-bracket", _WRITE),
        _text_behind_bracket,
    ),
    (
        _invalid("problem.yaml.start-unquoted", _QUOTE),
        _odd_start,
    ),
    (_invalid("problem.yaml.comma-misplaced", _WRITE), _commas),
    (_invalid("problem.yaml.bracket-unclosed", _WRITE), _closed_bracket),
    (
        _invalid("problem.yaml.indent-differs", _WRITE),
        _indented,
    ),
    (_invalid("problem.yaml.colon-unquoted", _QUOTE), _single_colon),
    (_invalid("problem.yaml.colon-unspaced", _WRITE), _blank_behind_colon),
    (_invalid("problem.yaml.colon-missing", _WRITE), _colon),
    (_invalid("problem.yaml.value-unquoted", _QUOTE), _quoted_value),
    (
        _invalid(
            "problem.yaml.not-a-property",
            "problem.yaml.not-a-property-fix",
        ),
        _out,
    ),
)

_MEND = "problem.yaml.fix-in-source-mode"
_UNKNOWN = _invalid("problem.yaml.not-a-property", _MEND)
_WITHOUT_TEXT: dict[Mistake, Problem] = {
    "deep": _invalid(
        "problem.yaml.nested-too-deep",
        _MEND,
        (("most", str(DEEPEST)),),
    ),
    "list": _invalid("problem.yaml.not-names-and-values", _MEND),
    "many": _invalid(
        "problem.yaml.anchors-too-many",
        "problem.yaml.fix-anchors",
    ),
}
