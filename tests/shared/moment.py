"""The languages of Moment.js, and what Moment.js itself writes in each."""

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

from vault_tools import shipped
from vault_tools.dialect.moment import Locale
from vault_tools.store import locales

HERE = Path(__file__).parents[1] / "obsidian"

TABLES: dict[str, Any] = json.loads(shipped.asset("locales.json"))
LANGUAGES = [name for name in TABLES if name != "notice"]
ENGLISH = locales.locale("en")[0]


@cache
def vectors() -> dict[str, list[dict[str, str]]]:
    """What Moment.js itself writes, by language."""
    found: dict[str, list[dict[str, str]]] = {}
    with lzma.open(HERE / "moment-vectors.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["locale"], []).append(row)
    return found


def language(name: str) -> Locale:
    """Give a language that must be known."""
    found, known = locales.locale(name)
    assert known
    return found
