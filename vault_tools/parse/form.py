"""A note template's text -> the form that it declares: the type, the fields with their kinds, the sections."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from vault_tools.dialect.properties import dump
from vault_tools.model.note import Problem, Source, Value
from vault_tools.parse import frontmatter, note
from vault_tools.parse.note import clean

FieldKind = Literal["text", "list", "number", "checkbox", "date", "datetime", "links"]
"""What a property holds; `links` are one or more links to notes."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A property that notes of a type are expected to have."""

    name: str
    kind: FieldKind


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
    def markdown(self) -> str:
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
    fields: tuple[FormField, ...]
    sections: tuple[Section, ...]
    text: str
    problems: tuple[Problem, ...] = ()


_VARIABLE = r"\{\{[^{}\n]*\}\}"
"""What Obsidian fills in."""
_PLACEHOLDER = re.compile(rf"<%(?s:.*?)%>|{_VARIABLE}")
_FORMAT = re.compile(r"\{\{\s*(date|time)\s*(?::([^{}\n]*))?\}\}", re.IGNORECASE)
_DATES: Mapping[str, FieldKind] = {
    "YYYY-MM-DD": "date",
    "YYYY-MM-DD[T]HH:mm": "datetime",
    "YYYY-MM-DD[T]HH:mm:ss": "datetime",
    "YYYY-MM-DDTHH:mm": "datetime",
    "YYYY-MM-DDTHH:mm:ss": "datetime",
}
_MARKS = re.compile(r"[ \t]*%% vault-tools:(?:begin|end)\b[^\n]*%%[ \t]*")


def read(name: str, text: str, kind_of: Callable[[str], FieldKind | None] = lambda _name: None) -> Form:
    """Read a template. `kind_of` gives the kind of a property that is empty in it, if there is one."""
    plain = clean(text)
    front = frontmatter.read(plain)
    values, problems, placeholders = _values(plain, front.body)
    fields = tuple(FormField(key, _kind(value, placeholders, kind_of(key))) for key, value in values.items())
    type_ = frontmatter.values_called(values, "type")
    own_type = type_.strip() if isinstance(type_, str) and type_ not in placeholders else ""
    return Form(name, own_type or name, fields, tuple(_sections(plain, front.lines)), text, problems)


def _values(text: str, body: int) -> tuple[dict[str, Value], tuple[Problem, ...], dict[str, str]]:
    """Read the properties of a template, which end at `body`.

    A placeholder, in quotes or bare, is read as a name that the last mapping has.
    """
    placeholders: dict[str, str] = {}

    def name_of(match: re.Match[str]) -> str:
        name = f"placeholder{len(placeholders)}x"
        placeholders[name] = match.group()
        return name + "\n" * match.group().count("\n")

    front = frontmatter.read(_placeholders_replaced(text[:body], name_of) if body else text)
    problems = front.problems if front.values is None else ()
    values = {key: value for key, value in (front.values or {}).items() if key not in placeholders}
    return values, problems, placeholders


def _placeholders_replaced(text: str, instead: Callable[[re.Match[str]], str]) -> str:
    """Return a text with each placeholder replaced. After the last `%>`, no command can end."""
    end = text.rfind("%>") + len("%>") if "%>" in text else 0
    return _PLACEHOLDER.sub(instead, text[:end]) + re.sub(_VARIABLE, instead, text[end:])


def _kind(value: Value, placeholders: Mapping[str, str], kind_if_empty: FieldKind | None) -> FieldKind:
    """Tell what a property holds by its value in the template."""
    if isinstance(value, bool):
        return "checkbox"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return _kind_of_list(value, kind_if_empty)
    if isinstance(value, str):
        return _kind_of_text(value, placeholders)
    return kind_if_empty or "text"


def _kind_of_list(items: list[Value], kind_if_empty: FieldKind | None) -> FieldKind:
    if not items:
        return "links" if kind_if_empty == "links" else "list"
    return "links" if all(_is_link(item) for item in items) else "list"


def _kind_of_text(text: str, placeholders: Mapping[str, str]) -> FieldKind:
    if text in placeholders:
        return _kind_of_placeholder(placeholders[text])
    return "links" if _is_link(text) else "text"


def _is_link(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("[[") and value.endswith("]]")


def _kind_of_placeholder(placeholder: str) -> FieldKind:
    """Tell what `{{date}}` or `{{time}}` writes, as Obsidian would guess it from the outcome."""
    found = _FORMAT.fullmatch(placeholder)
    if found is None:
        return "text"
    format_ = (found[2] or "").strip() or ("YYYY-MM-DD" if found[1].lower() == "date" else "HH:mm")
    return _DATES.get(format_, "text")


def _sections(text: str, body: int) -> list[Section]:
    """Cut a template at its headings; the text between two of them ends with the marks above the second."""
    headings = [heading for heading in note.parse(Source("", text, "")).headings if heading.line > body]
    texts = _texts_between(text, body, [heading.line for heading in headings])
    marks = [*map(_marks, texts[:-1]), ""]
    return [
        Section(heading.level, heading.text, marks[at], texts[at + 1].removesuffix(marks[at + 1]))
        for at, heading in enumerate(headings)
        if _placeholders_replaced(heading.text, lambda _: "") == heading.text
    ]


def _texts_between(text: str, body: int, headings: list[int]) -> list[str]:
    """Return what is between the lines of headings: from the body to the first, and so on to the end."""
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    starts = [body, *headings]
    ends = [*(line - 1 for line in headings), len(lines)]
    return ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


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
        empty = re.compile(
            rf"^{re.escape(name)}:[ \t]*(?:\"{_VARIABLE}\"|'{_VARIABLE}'|{_VARIABLE})?[ \t]*(?=\r?$)", re.MULTILINE
        )
        line = empty.search(text)
        if line and text.count("\n", 0, line.start()) < front.lines:
            text = text[: line.start()] + dump({name: value}).removesuffix("\n") + text[line.end() :]
    return text
