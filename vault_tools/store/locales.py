"""What comes with vault-tools from Moment and Obsidian: dates and the names of new notes in many languages."""

import tomllib
from functools import cache

import msgspec

from vault_tools.dialect.moment import Locale
from vault_tools.dialect.untitled import key
from vault_tools.shipped import asset, nearest_language


@cache
def locale(name: str) -> tuple[Locale, bool]:
    """Return the dates of a language by the name that Obsidian or a system has for it; English, and False, if unknown.

    Of `de-CH`, `pt_BR`, `zh` or `fr_FR.UTF-8` the nearest known is taken, with parts cut from the right.
    """
    known = _locales()
    found = nearest_language(name, known)
    return msgspec.json.decode(known[found or "en"], type=Locale), found is not None


@cache
def untitled() -> frozenset[str]:
    """Return Obsidian's names for a new note in all its languages, as `dialect.untitled.key` spells them."""
    groups = tomllib.loads(asset("untitled.toml")).values()
    return frozenset(key(word) for languages in groups for words in languages.values() for word in words)


@cache
def _locales() -> dict[str, str]:
    """Return the known languages, each with its line of JSON: only those that are needed are decoded."""
    rows = (line.rstrip(",").partition(": ") for line in asset("locales.json").split("\n"))
    return {name.strip('"'): table for name, _, table in rows if table.startswith("{")}
