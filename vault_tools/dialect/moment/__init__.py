"""Dates and times in the patterns of Moment.js, in which Obsidian names and fills notes: `YYYY-MM-DD`, `gggg-[W]ww`.

Tokens are those of Moment 2.29; what they become in a language is data (`templates/locales.json`).
"""

from vault_tools.dialect.moment.locale import Locale
from vault_tools.dialect.moment.names import matches, name_pattern
from vault_tools.dialect.moment.reading import read, readings, says, settles
from vault_tools.dialect.moment.writing import format_moment

__all__ = ["Locale", "format_moment", "matches", "name_pattern", "read", "readings", "says", "settles"]
