"""Finds the template that a word means. If it means none or several, the error says what to type instead."""

from difflib import get_close_matches

from vault_tools.app import Vault
from vault_tools.errors import UnclearWordError
from vault_tools.forms import Template
from vault_tools.graph.lookup import find_type
from vault_tools.graph.names import word_key
from vault_tools.model.text import say


def choose_template(vault: Vault, word: str, language: str = "") -> Template:
    """Return the template that a word means; an error names templates in a language, or else the vault's."""
    templates = vault.forms.called(word)
    if len(templates) == 1:
        return templates[0]
    offered = templates or vault.forms.templates.values()
    names = tuple(vault.forms.title(template, language) for template in offered)
    if templates:
        raise UnclearWordError(say("error.word-unclear", word=word, names=names))
    if _is_type(vault, word):
        raise UnclearWordError(say("error.type-without-template", word=word, names=names))
    near = _nearest(vault, word)
    if near:
        raise UnclearWordError(say("error.word-unknown-near", word=word, near=near))
    raise UnclearWordError(say("error.word-unknown", word=word, names=names))


def _nearest(vault: Vault, word: str) -> str:
    """Return the word for a template that is most like another word; "" if none is."""
    words_by_key = {word_key(each): each for each in vault.forms.words()}
    keys = get_close_matches(word_key(word), words_by_key, 1, 0.5)
    return words_by_key[keys[0]] if keys else ""


def _is_type(vault: Vault, word: str) -> bool:
    """Tell whether a word is a type that the vault declares, or that some of its notes have."""
    rows = vault.vocabulary.types.values()
    declared = {word_key(name) for row in rows for name in (row.name, row.label, *row.names)}
    return word_key(word) in declared or find_type(vault.knowledge, word) is not None
