"""A time written in the form of a pattern."""

from datetime import UTC, datetime

from vault_tools.dialect.moment.form import MomentFormat, form_of
from vault_tools.dialect.moment.instant import Instant
from vault_tools.dialect.moment.locale import Locale
from vault_tools.dialect.moment.tokens import NAMED, NUMBERS, ORDINALS, OTHERS, VALUES


def format_moment(when: datetime, pattern: str, locale: Locale) -> str:
    """Return a time in the form of a pattern; a time without a zone counts as UTC.

    An empty pattern means the whole time in ISO form, as in Moment.
    """
    form = form_of(pattern, locale)
    instant = Instant(when if when.tzinfo else when.replace(tzinfo=UTC), locale)
    text = "".join(_token(part, instant, form) if is_token else part for part, is_token in form.parts)
    return text.translate(locale.table) if locale.signs else text


def _token(token: str, instant: Instant, form: MomentFormat) -> str:
    """Return what a token becomes."""
    if token in NUMBERS:
        key, least, _ = NUMBERS[token]
        return f"{VALUES[key](instant):0{least}}"
    if token in NAMED:
        return form.names[token][NAMED[token](instant)]
    if token in OTHERS:
        return OTHERS[token][0](instant)
    key = ORDINALS[token]
    return instant.locale.ordinals_of(key).counted(VALUES[key](instant))
