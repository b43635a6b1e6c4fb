"""Obsidian's own template variables: `{{title}}`, `{{date}}`, `{{time}}`, the latter two with any Moment format."""

import re
from datetime import datetime
from functools import partial

from vault_tools.dialect.moment import Locale, format_moment

# A format contains no opening of another variable or of a command, so no text takes long. (A group is made
# atomic and not repeated possessively, here and elsewhere: Python 3.11.2 fails at that.)
_VARIABLE = r"""\{\{[ \t]*+(?:
    (?P<title>title)|(?P<time>date|time)(?:[ \t]*+:(?P<format>(?>(?:[^{}<\n]|\{(?!\{)|\}(?!\})|<(?!%))*)))?
    )[ \t]*+\}\}"""
_OURS = re.compile(_VARIABLE, re.VERBOSE | re.IGNORECASE | re.ASCII)
_COMMAND_OR_OURS = re.compile(rf"<%(?s:.*?)%>|{_VARIABLE}", re.VERBOSE | re.IGNORECASE | re.ASCII)


def render(
    text: str,
    *,
    title: str,
    now: datetime,
    locale: Locale,
    date_format: str = "YYYY-MM-DD",
    time_format: str = "HH:mm",
) -> str:
    """Return a template with its variables filled in; other text in braces stays, and so do Templater's `<% … %>`.

    Args:
        text: The template.
        title: The name of the note, without folder and suffix; variables in it are not replaced.
        now: The time to write; one without a zone counts as UTC.
        locale: The language of names and of weeks.
        date_format: What `{{date}}` means; if empty, as in Obsidian.
        time_format: What `{{time}}` means.
    """
    formats = {"date": date_format or "YYYY-MM-DD", "time": time_format or "HH:mm"}
    fill = partial(_filled, title=title, now=now, locale=locale, formats=formats)
    # After the last `%>` no command can end, so the search stops there.
    end = text.rfind("%>") + 2 if "%>" in text else 0
    return _COMMAND_OR_OURS.sub(fill, text[:end]) + _OURS.sub(fill, text[end:])


def _filled(match: re.Match[str], title: str, now: datetime, locale: Locale, formats: dict[str, str]) -> str:
    if match["title"]:
        return title
    if match["time"]:
        return format_moment(now, (match["format"] or "").strip() or formats[match["time"].lower()], locale)
    return match.group()
