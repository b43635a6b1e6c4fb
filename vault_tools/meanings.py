"""What a property or a heading of a note means, whatever the language or the name that it is written in."""

from collections.abc import Mapping
from functools import cached_property

from vault_tools import shipped
from vault_tools.graph.names import heading_key, word_key
from vault_tools.model.vocabulary import Vocabulary
from vault_tools.parse import form


class Meanings:
    """The meanings of properties and headings, by the vocabulary and by the shipped templates of each language."""

    def __init__(self, vocabulary: Vocabulary, old_headings: Mapping[str, str]) -> None:
        """Take the vocabulary, and the headings that earlier versions of the templates had."""
        self._vocabulary = vocabulary
        self._old_headings = old_headings

    def of_property(self, name: str) -> str:
        """Return what a property is called in the vocabulary or in our English templates: `日期` is `date`."""
        key = word_key(name)
        return self.relations.get(key) or self._properties.get(key) or self._translated[0].get(key, key)

    def of_heading(self, text: str) -> str:
        """Return a heading as it is compared: if it is from a shipped template, the heading of the English one."""
        key = self._formerly.get(heading_key(text), heading_key(text))
        return self._translated[1].get(key, key)

    @cached_property
    def relations(self) -> dict[str, str]:
        """The relation that each name means, by key."""
        names: dict[str, str] = {}
        for relation in self._vocabulary.relations.values():
            names |= {word_key(name): relation.name for name in (relation.name, *relation.names)}
            names |= {word_key(name): relation.inverse for name in (relation.inverse, *relation.inverse_names) if name}
        return names

    @cached_property
    def _properties(self) -> dict[str, str]:
        words = reversed([*self._vocabulary.words.get("properties", {}).items()])
        return {word_key(word): name for name, more in words for word in (name, *more)}

    @cached_property
    def _formerly(self) -> dict[str, str]:
        return {heading_key(old): heading_key(new) for old, new in self._old_headings.items()}

    @cached_property
    def _translated(self) -> tuple[dict[str, str], dict[str, str]]:
        """Properties and headings of translated templates, with the English ones in the same place."""
        fields: dict[str, str] = {}
        headings: dict[str, str] = {}
        english = {name: form.read(name, text) for name, text in shipped.note_templates().items()}
        for language in shipped.note_languages():
            for name, text in shipped.note_templates(language).items():
                ours, theirs = english[name], form.read(name, text)
                pairs = zip(theirs.fields, ours.fields, strict=False)
                fields |= {word_key(one.name): word_key(other.name) for one, other in pairs}
                parts = zip(theirs.sections, ours.sections, strict=False)
                headings |= {heading_key(one.text): heading_key(other.text) for one, other in parts}
        return fields, headings
