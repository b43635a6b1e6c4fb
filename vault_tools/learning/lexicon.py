"""The words of a vocabulary by their meaning: which property, relation, status or outcome a word names."""

from collections.abc import Mapping

from vault_tools.graph.frame import by_property
from vault_tools.graph.names import word_key
from vault_tools.model.note import Value
from vault_tools.model.text import Term, TermKind
from vault_tools.model.vocabulary import Vocabulary
from vault_tools.parse.values import meanings, quoted

_KINDS: Mapping[str, TermKind] = {"statuses": "status", "outcomes": "outcome", "modes": "mode", "stages": "stage"}
"""The groups of values, and the kind of term that each holds."""


class Lexicon:
    """Knows which words of a vocabulary have which meaning."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index every group of words; a meaning's own name goes before another's synonym."""
        self._groups = {group: _index(rows) for group, rows in vocabulary.words.items()}
        self._relations = by_property(vocabulary)
        self._spelled = {group: tuple(rows) for group, rows in vocabulary.words.items()}

    def meaning(self, group: str, word: str) -> str | None:
        """Return what a word of a group means; None for an unknown one."""
        return self._groups.get(group, {}).get(word_key(word))

    def read(self, group: str, value: Value) -> str | None:
        """Return what a value means in a group of words; it may be a link to a note with that name."""
        for each in meanings(value):
            meaning = self.meaning(group, quoted(each))
            if meaning is not None:
                return meaning
        return None

    def relation(self, word: str) -> str | None:
        """Return the relation that a property or field names from its own end; None where it names none so."""
        name, inverted = self._relations.get(word_key(word), (None, False))
        return None if inverted else name

    def terms(self, group: str) -> tuple[Term, ...]:
        """Return the meanings of a group of values, in their order, as they are shown and typed."""
        return tuple(Term(_KINDS[group], name) for name in self._spelled.get(group, ()))


def _index(rows: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    synonyms = {word_key(word): name for name, words in reversed(list(rows.items())) for word in words}
    return synonyms | {word_key(name): name for name in rows}
