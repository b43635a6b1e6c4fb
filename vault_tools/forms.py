"""Which note templates a vault has: the shipped ones in its language, and the user's own over them.

A template is the declaration of its type, so this module also knows which properties a type has.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from posixpath import basename

import msgspec

from vault_tools import shipped
from vault_tools.dialect.periodic import PeriodicNotes
from vault_tools.graph.kinds import Kinds
from vault_tools.graph.names import file_key, word_key
from vault_tools.meanings import Meanings
from vault_tools.model.text import Term
from vault_tools.model.vocabulary import Conventions, NoteType, Vocabulary
from vault_tools.parse import form
from vault_tools.parse.form import FieldKind, Form
from vault_tools.parse.note import clean
from vault_tools.words import words


class _Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name of a template in a language. `names` mean it too, `dated` follows the day in a note's name."""

    name: str
    folder: str
    names: tuple[str, ...] = ()
    dated: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped `forms.toml`."""

    forms: dict[str, dict[str, _Name]]
    kinds: dict[FieldKind, tuple[str, ...]]
    formerly: dict[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """A note template of a vault.

    `form.type` is the vocabulary's name of the type. `label` names the template's file, `folder` is where its notes
    go if nothing else says so, `dated` is the word after the day in the name of a log; all are in the vault's language.
    `path` is "" for a shipped one.
    """

    form: Form
    label: str
    folder: str
    dated: str
    path: str = ""


_KINDS: Mapping[str, FieldKind] = {
    "multitext": "list",
    "number": "number",
    "checkbox": "checkbox",
    "date": "date",
    "datetime": "datetime",
    "tags": "list",
    "aliases": "list",
}


class Forms:
    """The templates of one vault, and which of them a word means."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        language: str,
        property_types: Mapping[str, str],
        own: Mapping[str, str],
        periodic: Iterable[PeriodicNotes] = (),
    ) -> None:
        """Lay the user's templates (text by vault path) over the shipped ones.

        A user's template takes the place of a shipped one if its file has the same name, in any language, if
        Obsidian makes the notes of such a period with it, or else by its type.
        """
        self.template_types = frozenset(_template_types())
        vocabulary = with_template_types(vocabulary, self.template_types, language)
        self._given = (vocabulary, property_types, own, tuple(periodic))
        self._kinds = Kinds(vocabulary, Conventions())
        self._vocabulary = vocabulary
        self._names = msgspec.toml.decode(shipped.asset("forms.toml"), type=_File)
        self._meanings = Meanings(vocabulary, self._names.formerly)
        self._hints = {name: kind for kind, names in self._names.kinds.items() for name in names}
        self._hints |= {name: _KINDS[kind] for name, kind in property_types.items() if kind in _KINDS}
        self.language = language
        self.templates = {name: self._shipped(name, text) for name, text in shipped.note_templates(language).items()}
        self._ours = {name: one.form.type for name, one in self.templates.items()}
        self._lay_over(own, {file_key(notes.template): notes.kind for notes in self._given[3] if notes.template})

    def in_language(self, language: str) -> "Forms":
        """Return the templates that the vault would have in another language."""
        vocabulary, property_types, own, periodic = self._given
        return Forms(vocabulary, language, property_types, own, periodic)

    def _shipped(self, name: str, text: str) -> Template:
        """Take a shipped template; one that is named like its type declares it, even if the word has other meanings."""
        label, folder, dated = self._called(name)
        found = self._read(name, text)
        own = word_key(form.read(name, text).type) == word_key(name) or name in self.template_types
        return Template(replace(found, type=name) if own else found, label, folder, dated)

    def _called(self, name: str) -> tuple[str, str, str]:
        """Return label and folder of a shipped template, and the word behind the day in a note's name."""
        rows = self._names.forms.get(name, {})
        row = rows.get(shipped.nearest_language(self.language, rows) or "en")
        plain = name.replace("-", " ").capitalize()
        return (row.name, row.folder, row.dated or row.name) if row else (plain, f"{plain}s", plain)

    def _read(self, name: str, text: str) -> Form:
        found = form.read(name, text, self._hint)
        return replace(found, type=self._kinds.called(found.type))

    def _hint(self, name: str) -> FieldKind | None:
        """Tell what a property holds that is empty in a template."""
        if word_key(name) in self._meanings.relations:
            return "links"
        return self._hints.get(name.lower()) or self._hints.get(self.meaning(name))

    def _lay_over(self, own: Mapping[str, str], made_with: Mapping[str, str]) -> None:
        """Take in the user's templates: those named like shipped ones first, then by type, the rest as new forms."""
        rest: list[tuple[str, Form]] = []
        for path, text in sorted(own.items()):
            stem = basename(path).removesuffix(".md")
            found = self._read(word_key(stem), text)
            words = {made_with.get(file_key(path), ""), self._labels.get(word_key(stem), "")}
            names = sorted(words & self.templates.keys())
            for name in names:
                self._replace(name, found, path)
            if not names:
                rest.append((path, found))
        for path, found in rest:
            ours = self.templates.get(found.type)
            by_type = _says_type(found) and (ours is None or not ours.path)
            self._replace(found.type if by_type else found.name, found, path)

    def _replace(self, name: str, template_form: Form, path: str) -> None:
        ours = self.templates.get(name)
        label = basename(path).removesuffix(".md")
        folder, dated = (ours.folder, ours.dated) if ours else (f"{label}s", label)
        self.templates[name] = Template(replace(template_form, name=name), label, folder, dated, path)

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The names of our templates in every language, by key."""
        rows = [(name, row) for name, languages in self._names.forms.items() for row in languages.values()]
        labels = {word_key(word): name for name, row in rows for word in (*row.names, row.name)}
        return labels | {word_key(name): name for name in self.templates}

    def called(self, word: str) -> tuple[Template, ...]:
        """Return the templates that a word may mean: the one called so, else the one or more of the type called so."""
        key = word_key(word)
        named = self.templates.get(self._labels.get(key, "")) or self.templates.get(key)
        named = named or next((one for one in self.templates.values() if word_key(one.label) == key), None)
        return (named,) if named else self.of(self._kinds.called(word))

    def of(self, type_: str) -> tuple[Template, ...]:
        """Return the templates of a type; if one is named like the type, only that one."""
        named = self.templates.get(type_)
        if named is not None and named.form.type == type_:
            return (named,)
        return self.all_of(type_)

    def all_of(self, type_: str) -> tuple[Template, ...]:
        """Return every template of a type."""
        return tuple(one for one in self.templates.values() if one.form.type == type_)

    def title(self, template: Template, language: str) -> str:
        """Return what a template is called in a language; the user's own, and in other languages, by its file."""
        row = None if template.path else self._names.forms.get(template.form.name, {}).get(language)
        return row.name if row else template.label

    def words(self) -> Iterator[str]:
        """Yield every word that means a template: names, labels, and the names of their types."""
        for name, one in self.templates.items():
            kind = self._vocabulary.types.get(one.form.type)
            rows = self._names.forms.get(name, {}).values()
            yield from (name, one.label, *(word for row in rows for word in (row.name, *row.names)))
            yield from (kind.name, *kind.names) if kind else ()

    def declared(self) -> dict[str, tuple[str, ...]]:
        """Return the properties of each type, in the order in which its templates have them."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.templates.values():
            if one.path and not _says_type(one.form):
                continue  # not every template of a user is meant to be a type
            found[one.form.type] = found.get(one.form.type, ()) + tuple(field.name for field in one.form.fields)
        return {type_: tuple(dict.fromkeys(names)) for type_, names in found.items()}

    def lines(self) -> dict[str, frozenset[str]]:
        """Return the lines of the templates of each type: the vault's, and ours in every language."""
        texts = [(one.form.type, one.form.text) for one in self.templates.values()]
        for language in ("en", *shipped.note_languages()):
            ours = shipped.note_templates(language)
            texts += [(type_, ours[name]) for name, type_ in self._ours.items() if name in ours]
        found: dict[str, set[str]] = {}
        for type_, text in texts:
            found.setdefault(type_, set()).update(_body_lines(text))
        return {type_: frozenset(rows) for type_, rows in found.items()}

    def meaning(self, name: str) -> str:
        """Return what a property is called in the vocabulary or in our English templates: `日期` is `date`."""
        return self._meanings.of_property(name)

    def heading(self, text: str) -> str:
        """Return a heading as it is compared: if it is from a shipped template, the heading of the English one."""
        return self._meanings.of_heading(text)


def with_template_types(vocabulary: Vocabulary, names: Iterable[str], language: str) -> Vocabulary:
    """Add the words of shipped templates for some types: those that the catalogue has no word for.

    The word in the template of any language means the type. The one in `language` is its label.
    """
    types = dict(vocabulary.types)
    for name in names:
        known = types.get(name, NoteType(name))
        type_words = (*known.names, *_type_words(name, ("en", *shipped.note_languages())))
        label = known.label or next(_type_words(name, (language,)))
        types[name] = replace(known, names=tuple(dict.fromkeys(type_words)), label=label)
    return replace(vocabulary, types=types)


def _template_types() -> Iterator[str]:
    """Yield the types that the catalogue has no word for: those of English templates that are named like their type."""
    for name, text in shipped.note_templates().items():
        if Term("type", name).key not in words() and word_key(form.read(name, text).type) == word_key(name):
            yield name


def _type_words(name: str, languages: Iterable[str]) -> Iterator[str]:
    """Yield what the template of this name calls its type, in some languages."""
    for language in languages:
        yield form.read(name, shipped.note_templates(language)[name]).type


def _body_lines(text: str) -> Iterator[str]:
    """Yield the lines below the properties of a template, without blanks around them."""
    plain = clean(text)
    body = plain.partition("\n---\n")[2] if plain.startswith("---\n") else plain
    return filter(None, map(str.strip, body.split("\n")))


def _says_type(template_form: Form) -> bool:
    return any(field.name.lower() == "type" for field in template_form.fields)
