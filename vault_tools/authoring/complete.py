"""Adds to a note of a known type the properties and sections of its template that it lacks."""

from collections.abc import Mapping

from vault_tools.authoring.draft import Drafts
from vault_tools.forms import Forms, Template
from vault_tools.model.note import Source, Value
from vault_tools.parse import frontmatter, note
from vault_tools.parse.edit import PropertiesError, append, merge
from vault_tools.parse.form import Section
from vault_tools.parse.note import clean


class UnfinishedError(ValueError):
    """A note ends inside a block that is never closed, so no section can be added below."""


def complete(drafts: Drafts, path: str, text: str, template: Template) -> str:
    """Return a note with what it lacks of its template; all its lines stay unchanged.

    Properties go behind those that are there, sections to the end, in the template's order. A property or heading that
    is there under another name or in another language is not missing. Doing it again changes nothing.

    Raises:
        PropertiesError: The note's properties cannot be read, or take no more lines.
        UnfinishedError: The note ends within something that is never closed.
    """
    forms = drafts.vault.forms
    changed = _with_properties(forms, text, _values(drafts, path, template))
    when = drafts.when(template, path)
    has = {forms.heading(heading) for heading in _headings(text)}
    lacking = [section for section in template.form.sections if forms.heading(section.text) not in has]
    if not lacking:
        return changed
    body = "\n\n".join(_markdown(section, text) for section in lacking) + "\n"
    return _below(changed, drafts.rendered(body, path, when), before=_headings(text))


def _values(drafts: Drafts, path: str, template: Template) -> dict[str, Value]:
    """Return a template's properties for a note that is there: a date that its name does not say stays empty."""
    front = frontmatter.read(clean(drafts.text(template, path)))
    if front.values is None and front.problems:
        raise PropertiesError(front.problems[0].sentence)
    values = front.values or {}
    if drafts.day_about(template, path) is not None:
        return dict(values)
    dates = {field.name for field in template.form.fields if field.kind in {"date", "datetime"}}
    return {name: None if name in dates else value for name, value in values.items()}


def _with_properties(forms: Forms, text: str, values: Mapping[str, Value]) -> str:
    """Add the properties that a note lacks; to its lists, what these lack too, where they are written plainly."""
    own = frontmatter.read(clean(text)).values or {}
    names = {name.lower() for name in own}
    lacking = _lacking(forms, own, values)
    try:
        return merge(text, {name: value for name, value in values.items() if name in lacking or name.lower() in names})
    except PropertiesError:
        return merge(text, {name: value for name, value in lacking.items() if name.lower() not in names})


def _lacking(forms: Forms, own: Mapping[str, Value], values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the properties that a note has under no name."""
    meanings = {forms.meaning(name) for name in own}
    return {name: value for name, value in values.items() if forms.meaning(name) not in meanings}


def _markdown(section: Section, text: str) -> str:
    """Return a section as it is added; the marks of a region that the note has already are not."""
    marks = section.above.strip()
    has_marks = marks and marks.split("\n")[0] in text
    return section.markdown.removeprefix(section.above if has_marks else "").strip("\n")


def _below(text: str, body: str, before: list[str]) -> str:
    """Put sections at the end of a note, a blank line before them."""
    tail = append(text, "\n") if clean(text).strip() and not clean(text).endswith("\n\n") else text
    if tail != text and not clean(tail).endswith("\n\n"):
        tail = append(tail, "\n")
    changed = append(tail, body)
    if _headings(changed) != [*before, *_headings(body)]:
        raise UnfinishedError
    return changed


def _headings(text: str) -> list[str]:
    return [heading.text for heading in note.parse(Source("", text, "")).headings]
