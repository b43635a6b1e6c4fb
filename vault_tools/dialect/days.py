"""The day that stands in a property such as `date:`, in the ISO form that Obsidian's own date fields write."""

import re
from datetime import date

_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?"
_ZONE = r"Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?"
_DAY = re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d)(?:[Tt ]{_TIME}(?: ?(?:{_ZONE}))?)?", re.ASCII)


def day(value: object) -> date | None:
    """Return the day of a property's value, as it is written (in the zone of the writer); None where it is none."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date.fromisoformat(found["day"])
    except ValueError:
        return None  # there is no 30 February
