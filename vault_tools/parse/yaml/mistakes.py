"""The most common mistakes in properties: the message for each, and the text that corrects it.

A remedy is only given if it works: the block is read again with the new text in place.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vault_tools.model.note import Problem
from vault_tools.parse.yaml.faults import Mistake, YamlError
from vault_tools.parse.yaml.lines import FIRST_LINE
from vault_tools.parse.yaml.mends import blanks, brackets, keyboard, properties, quotes
from vault_tools.parse.yaml.mends.place import LONGEST, FaultyLine, Mend, Mended
from vault_tools.parse.yaml.scanner import DEEPEST

Check = Callable[[str], object]
"""Reads a block; raises YamlError with the first fault."""


class _Row(NamedTuple):
    """A mistake: its message, the remedy, and the texts that may correct it."""

    message: str
    remedy: str
    mend: Mend


_WRITE = "problem.yaml.fix-line"
_QUOTE = "problem.yaml.fix-with-quotes"
_ROWS = (
    _Row("problem.yaml.colon-full-width", _WRITE, keyboard.wide_colon),
    _Row("problem.yaml.tab", _WRITE, blanks.tabs),
    _Row("problem.yaml.property-twice", "problem.yaml.property-twice-fix", properties.name_twice),
    _Row("problem.yaml.list-below-value", "problem.yaml.list-below-value-fix", properties.list_below_value),
    _Row("problem.yaml.list-dash-unspaced", _WRITE, blanks.behind_dash),
    _Row("problem.yaml.list-dash-wrong", _WRITE, keyboard.other_dash),
    _Row("problem.yaml.link-unquoted", _QUOTE, quotes.link),
    _Row("problem.yaml.template-unquoted", _QUOTE, quotes.template),
    _Row("problem.yaml.quotes-curly", _WRITE, keyboard.curly_quotes),
    _Row("problem.yaml.brackets-full-width", _WRITE, keyboard.wide_brackets),
    _Row("problem.yaml.comment-unspaced", _WRITE, blanks.before_comment),
    _Row("problem.yaml.hash-unquoted", _QUOTE, brackets.sign),
    _Row("problem.yaml.backslash-in-quotes", _WRITE, quotes.backslashes),
    _Row("problem.yaml.quotes-unclosed", _WRITE, quotes.unclosed),
    _Row("problem.yaml.text-after-quote", _QUOTE, quotes.text_behind),
    _Row("problem.yaml.text-after-bracket", _WRITE, brackets.text_behind),
    _Row("problem.yaml.start-unquoted", _QUOTE, quotes.odd_start),
    _Row("problem.yaml.comma-misplaced", _WRITE, brackets.commas),
    _Row("problem.yaml.bracket-unclosed", _WRITE, brackets.unclosed),
    _Row("problem.yaml.indent-differs", _WRITE, blanks.indentation),
    _Row("problem.yaml.colon-unquoted", _QUOTE, quotes.single_colon),
    _Row("problem.yaml.colon-unspaced", _WRITE, blanks.behind_colon),
    _Row("problem.yaml.colon-missing", _WRITE, properties.without_colon),
    _Row("problem.yaml.value-unquoted", _QUOTE, quotes.value),
    _Row("problem.yaml.not-a-property", "problem.yaml.not-a-property-fix", properties.as_comment),
)
"""The first row that corrects a line is the one that is shown."""

_IN_SOURCE_MODE = "problem.yaml.fix-in-source-mode"
_WITHOUT_TEXT: Mapping[Mistake, tuple[str, str]] = {
    "deep": ("problem.yaml.nested-too-deep", _IN_SOURCE_MODE),
    "list": ("problem.yaml.not-names-and-values", _IN_SOURCE_MODE),
    "many": ("problem.yaml.anchors-too-many", "problem.yaml.fix-anchors"),
}
"""Mistakes that no other text of one line corrects: message and remedy."""


def problem_of(block: str, error: YamlError, check: Check) -> Problem:
    """Return what is wrong in a block, on which line of the note, and what to write instead."""
    place = _place(block, error)
    line = place.row + FIRST_LINE
    if error.mistake in _WITHOUT_TEXT:
        message, remedy = _WITHOUT_TEXT[error.mistake]
        values = (("most", str(DEEPEST)),) if error.mistake == "deep" else ()
        return Problem("properties-invalid", line, message, remedy, values)
    correction = _first_correction(place, check)
    if correction is None:
        return Problem("properties-invalid", line, "problem.yaml.not-a-property", _IN_SOURCE_MODE)
    row, mended = correction
    return Problem("properties-invalid", line, row.message, row.remedy, _values(mended))


def _place(block: str, error: YamlError) -> FaultyLine:
    """Return the line of a fault."""
    lines = block.removesuffix("\n").split("\n")
    row = block.count("\n", 0, min(error.pos, len(block)))
    column = error.pos - block.rfind("\n", 0, error.pos) - 1
    return FaultyLine(lines, min(row, len(lines) - 1), column, error.mistake)


def _first_correction(place: FaultyLine, check: Check) -> tuple[_Row, Mended] | None:
    if len(place.line) > LONGEST:
        return None
    for row in _ROWS:
        for text in row.mend(place):
            mended = text if isinstance(text, Mended) else Mended(text, place.row, place.row)
            if _is_correct(place, mended, check):
                return row, mended
    return None


def _is_correct(place: FaultyLine, mended: Mended, check: Check) -> bool:
    """Tell whether a block has no fault, or only one further down, with a text in place."""
    if mended.first == mended.last and mended.text == place.line:
        return False
    to_here = [*place.lines[: mended.first], mended.text]
    try:
        check("".join(f"{line}\n" for line in [*to_here, *place.lines[mended.last + 1 :]]))
    except YamlError as error:
        return error.pos >= sum(len(line) + 1 for line in to_here)
    return True


def _values(mended: Mended) -> tuple[tuple[str, str], ...]:
    """Return the values of a message: the text, the word that it is about, and the lines that it replaces."""
    values = [("text", mended.text)]
    if mended.about is not None:
        values.append(("about", mended.about))
    if mended.first < mended.last:
        values += [("first", str(mended.first + FIRST_LINE)), ("last", str(mended.last + FIRST_LINE))]
    return tuple(values)
