"""The type and role of a note: by its own word, by a rule, or by its place."""

from collections.abc import Iterable, Iterator

from vault_tools.graph.dated import is_day
from vault_tools.graph.excluded import filters
from vault_tools.graph.names import file_key, word_key
from vault_tools.model.normal_form import composed
from vault_tools.model.note import Note, Value
from vault_tools.model.vocabulary import Conventions, Vocabulary
from vault_tools.parse.frontmatter import values_called
from vault_tools.parse.values import meanings

LONGEST_NAME = 40


class Kinds:
    """Gives the type and role of a note for one vocabulary and one vault's conventions."""

    def __init__(self, vocabulary: Vocabulary, conventions: Conventions) -> None:
        """Index the names of every type."""
        self.vocabulary = vocabulary
        self.conventions = conventions
        self._types = {
            word_key(name): kind.name for kind in vocabulary.types.values() for name in (*kind.names, kind.name)
        }
        self._types.update({word_key(name): name for name in vocabulary.types})
        self._excluded = tuple(filters(conventions.excluded))

    def type_of(self, note: Note) -> str:
        """Return a note's type: its place as a template, its `type`, a rule, a daily note, else `note`."""
        if _is_below(note.path, self.conventions.templates):
            return "template"
        type_ = self._by_property(values_called(note.frontmatter or {}, "type")) or self._by_rule(note)
        if type_ is not None:
            return type_
        return "daily" if is_day(note.path, self.conventions.periods) else "note"

    def called(self, word: str) -> str:
        """Return the type that a word means, in any language; the word itself if there is no such type."""
        return self._types.get(word_key(word), word)

    def role_of(self, path: str, type_: str) -> str:
        """Return the role of a file: `excluded` where Obsidian's settings hide it, else its type's role."""
        if any(hides(composed(path)) for hides in self._excluded):
            return "excluded"
        kind = self.vocabulary.types.get(type_)
        return kind.role if kind else ""

    def _by_property(self, value: Value) -> str | None:
        """Read the property `type`; an unknown word is a new type that the user made."""
        first = value[0] if isinstance(value, list) and value else value
        names = [name.strip() for name in meanings(first) if isinstance(name, str)]
        for key in map(word_key, names):
            if key in self._types:
                return self._types[key]
        return next(filter(_is_name, names), None)

    def _by_rule(self, note: Note) -> str | None:
        """Return the type of the first of the vault's rules that a note fits."""
        if not self.conventions.rules:
            return None
        tags = {tag.lower() for tag in (*note.tags, *_own_tags(note))}
        for rule in self.conventions.rules:
            if (rule.folder and _is_below(note.path, (rule.folder,))) or (rule.tag and _has_tag(tags, rule.tag)):
                return self.called(rule.type)
        return None


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    key = file_key(path)
    return any(key.startswith(file_key(folder.strip("/")) + "/") for folder in folders if folder.strip("/"))


def _has_tag(tags: Iterable[str], tag: str) -> bool:
    """Tell whether one of some tags, in lower case and with `#`, is a tag or below it."""
    above = "#" + tag.lower().removeprefix("#")
    return any(name == above or name.startswith(above + "/") for name in tags)


def _is_name(name: str) -> bool:
    """Tell whether a word may be a user's own type; an unfilled template placeholder is not."""
    return 0 < len(name) <= LONGEST_NAME and "{{" not in name and "<%" not in name


def _own_tags(note: Note) -> Iterator[str]:
    return (tag.name for tag in note.body_tags if not note.is_ours(tag.line))
