"""A note template's text -> the form that it declares: the type, the fields with their kinds, the sections."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from vault_tools.dialect.properties import dump
from vault_tools.model.note import Problem, Source, Value
from vault_tools.parse import frontmatter, note
from vault_tools.parse.note import clean

Kind = Literal["text", "list", "number", "checkbox", "date", "datetime", "links"]
"""What a property holds; `links` are one or more links to notes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property that notes of a type are expected to have."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Section:
    r"""A heading of a template: level, text, and the lines around it that belong to it (each with its `\n`).

    `above` are the markers of a region directly above it, `below` what follows up to the next section.
    """

    level: int
    text: str
    above: str
    below: str

    @property
    def written(self) -> str:
        """The section as it is in the template."""
        return f"{self.above}{'#' * self.level} {self.text}\n{self.below}"


@dataclass(frozen=True, slots=True)
class Form:
    """What a template declares. `type` is the written type, or the form's name; `text` is the template.

    `sections` omit headings with a variable or a command: those only repeat the note's name.
    `problems` say why the properties cannot be read.
    """

    name: str
    type: str
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    text: str
    problems: tuple[Problem, ...] = ()


_VARIABLE = r"\{\{[^{}\n]*\}\}"
"""What Obsidian fills in."""
_PLACEHOLDER = re.compile(rf"<%(?s:.*?)%>|{_VARIABLE}")
_FORMAT = re.compile(r"\{\{\s*(date|time)\s*(?::([^{}\n]*))?\}\}", re.IGNORECASE)
_DATES: Mapping[str, Kind] = {
    "YYYY-MM-DD": "date",
    "YYYY-MM-DD[T]HH:mm": "datetime",
    "YYYY-MM-DD[T]HH:mm:ss": "datetime",
    "YYYY-MM-DDTHH:mm": "datetime",
    "YYYY-MM-DDTHH:mm:ss": "datetime",
}
_MARKS = re.compile(r"[ \t]*%% vault-tools:(?:begin|end)\b[^\n]*%%[ \t]*")


def read(name: str, text: str, kind_of: Callable[[str], Kind | None] = lambda _name: None) -> Form:
    """Read a template. `kind_of` gives the kind of a property that is empty in it, if known."""
    plain = clean(text)
    front = frontmatter.read(plain)
    values, problems, found = _values(plain)
    fields = tuple(Field(key, _kind(value, found, kind_of(key))) for key, value in values.items())
    type_ = frontmatter.named(values, "type")
    written = type_.strip() if isinstance(type_, str) and type_ not in found else ""
    return Form(name, written or name, fields, tuple(_sections(plain, front.lines)), text, problems)


def _values(text: str) -> tuple[dict[str, Value], tuple[Problem, ...], dict[str, str]]:
    """Read the properties of a template; a placeholder, in quotes or bare, is a text found in the last mapping."""
    found: dict[str, str] = {}

    def blank(match: re.Match[str]) -> str:
        name = f"placeholder{len(found)}x"
        found[name] = match.group()
        return name + "\n" * match.group().count("\n")

    opening = frontmatter.read(text)
    block = text[: opening.body]
    front = frontmatter.read(_placeholders_replaced(block, blank)) if opening.body else opening
    problems = front.problems if front.values is None else ()
    return {key: value for key, value in (front.values or {}).items() if key not in found}, problems, found


def _placeholders_replaced(text: str, instead: Callable[[re.Match[str]], str]) -> str:
    """Return a text with each placeholder replaced. After the last `%>`, no command can end."""
    end = text.rfind("%>") + len("%>") if "%>" in text else 0
    return _PLACEHOLDER.sub(instead, text[:end]) + re.sub(_VARIABLE, instead, text[end:])


def _kind(value: Value, placeholders: Mapping[str, str], known: Kind | None) -> Kind:
    """Tell what a property holds by its value in the template or, if that is empty, by its known kind."""
    if isinstance(value, bool):
        return "checkbox"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        links = bool(value) and all(_is_link(item) for item in value)
        return "links" if links or (not value and known == "links") else "list"
    if not isinstance(value, str):
        return known or "text"
    if value in placeholders:
        return _dated(placeholders[value])
    return "links" if _is_link(value) else "text"


def _is_link(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("[[") and value.endswith("]]")


def _dated(placeholder: str) -> Kind:
    """Tell what `{{date}}` or `{{time}}` writes, as Obsidian would guess it from the outcome."""
    found = _FORMAT.fullmatch(placeholder)
    if found is None:
        return "text"
    format_ = (found[2] or "").strip() or ("YYYY-MM-DD" if found[1].lower() == "date" else "HH:mm")
    return _DATES.get(format_, "text")


def _sections(text: str, body: int) -> list[Section]:
    """Cut a template at its headings."""
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    headings = [heading for heading in note.parse(Source("", text, "")).headings if heading.line > body]
    rows = [heading.line - 1 for heading in headings]
    found = []
    for at, heading in enumerate(headings):
        before = "".join(lines[rows[at - 1] + 1 if at else body : rows[at]])
        end = rows[at + 1] if at + 1 < len(rows) else len(lines)
        below = "".join(lines[rows[at] + 1 : end])
        if at + 1 < len(rows):
            below = below.removesuffix(_marks(below))
        if _placeholders_replaced(heading.text, lambda _: "") == heading.text:
            found.append(Section(heading.level, heading.text, _marks(before), below))
    return found


def _marks(text: str) -> str:
    """Return the region markers at the end of a text, with the blank lines between and below them."""
    lines = text.split("\n")
    first = at = len(lines)
    while at and ((marked := _MARKS.fullmatch(lines[at - 1])) or not lines[at - 1].strip()):
        at -= 1
        first = at if marked else first
    return "\n".join(lines[first:])


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a template with values for some of its properties: those that are empty or only a variable."""
    front = frontmatter.read(clean(text))
    if not front.body:
        return text
    for name, value in values.items():
        line = dump({name: value}).removesuffix("\n")
        empty = re.compile(
            rf"^{re.escape(name)}:[ \t]*(?:\"{_VARIABLE}\"|'{_VARIABLE}'|{_VARIABLE})?[ \t]*(?=\r?$)", re.MULTILINE
        )
        found = empty.search(text)
        if found and text.count("\n", 0, found.start()) < front.lines:
            text = text[: found.start()] + line + text[found.end() :]
    return text
