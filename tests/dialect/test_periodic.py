"""Periodic notes: the note beside another, and weeks that are not written yet."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from shared.note_templates import LANGUAGES
from shared.vaults import MakeVault, write

from vault_tools import Vault
from vault_tools.dialect.periodic import FORMATS, beside
from vault_tools.store import locales


@given(st.sampled_from(list(FORMATS)), st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.sampled_from(LANGUAGES))
def test_the_next_and_the_previous_period_have_the_next_and_the_previous_name(
    kind: str, day: date, language: str
) -> None:
    """There and back is the same period, and the names differ."""
    from vault_tools.dialect.moment import format_moment

    def name(when: date) -> str:
        return format_moment(
            datetime(when.year, when.month, when.day, 12, tzinfo=UTC), FORMATS[kind], locales.locale(language)[0]
        )

    later = beside(kind, day, 1)
    assert name(later) > name(day)
    assert name(beside(kind, later, -1)) == name(day)


def test_missing_weekly_notes_are_no_gap_in_a_vault_with_weekly_notes(vault: MakeVault) -> None:
    """Without a setting of Obsidian's, the notes that are there tell; a week in a vault without weeks is a note."""
    root = vault({"R/2024-W19.md": 'next: "[[2024-W20]]" [[2024-06]]'})
    found = Vault.open(root, cache=False)
    assert [row.node for row in found.knowledge.broken if row.reason == "no-such-note"] == ["missing://2024-06"]
    write(root, {"R/2024-05.md": ""})
    assert not [row for row in Vault.open(root, cache=False).knowledge.broken if row.reason == "no-such-note"]
