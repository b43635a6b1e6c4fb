"""The properties at the head of a page: they say that vault-tools wrote it, and for which day."""

import re
from datetime import date

from vault_tools.model.note import Note
from vault_tools.ours import PAGE_MARK

DAY = "generated-for"
"""The property with the date that a page is written for; a device where that day begins later uses it."""
_DAY = re.compile(rf"---\n(?:[\w-]+: .*\n)*?{DAY}: (\d{{4}}-\d\d-\d\d)\n")


def render_head(day: date | None) -> str:
    """Return the properties of a page that is written for a day; None if it depends on no day."""
    line = f"{DAY}: {day}\n" if day else ""
    return f"---\n{PAGE_MARK}\n{line}---\n"


def day_of(head: str) -> date | None:
    """Return the day that a page says it is written for; None if it says none."""
    match = _DAY.match(head.replace("\r\n", "\n"))
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def is_ours(note: Note) -> bool:
    """Tell whether a note is a report page, in any folder."""
    key, _, value = PAGE_MARK.partition(": ")
    return (note.frontmatter or {}).get(key) == value
