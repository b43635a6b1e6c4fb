"""What the catalogues call the terms of the vocabulary, so that whatever is shown can be typed back."""

from collections.abc import Mapping

import msgspec

from vault_tools.graph.names import word_key
from vault_tools.settings.schema import RelationRow, TypeRow, WordGroup
from vault_tools.shipped import languages
from vault_tools.words import words

_SECTIONS: Mapping[WordGroup, str] = {
    "statuses": "status",
    "outcomes": "outcome",
    "modes": "mode",
    "stages": "stage",
    "properties": "key",
}
"""The section of the catalogues with what is shown for a group of words."""


class Labels:
    """The labels of all languages, to be added to the names of terms."""

    def __init__(self) -> None:
        """Read the catalogue of each language."""
        self._catalogues = [words(language) for language in languages()]

    def of_type(self, name: str, row: TypeRow) -> TypeRow:
        """Return a row of a type with what the catalogues call it."""
        return msgspec.structs.replace(row, names=self._with(row.names, "type", name))

    def of_relation(self, name: str, row: RelationRow) -> RelationRow:
        """Return a row of a relation with what the catalogues call it, both ways."""
        names = self._with(row.names, "relation", name)
        inverse = self._with(row.inverse_names, "relation", row.inverse or "")
        return msgspec.structs.replace(row, names=names, inverse_names=inverse)

    def of_words(self, group: WordGroup, rows: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Return the words of a group, each with what the catalogues call it."""
        return {name: self._with(names, _SECTIONS[group], name) for name, names in rows.items()}

    def _with(self, names: tuple[str, ...], section: str, name: str) -> tuple[str, ...]:
        """Add the labels that mean nothing yet to the names of a term."""
        taken = {"", word_key(name), *map(word_key, names)}
        labels = [str(catalogue.section(section).get(name) or "") for catalogue in self._catalogues]
        return (*names, *dict.fromkeys(label for label in labels if word_key(label) not in taken))
