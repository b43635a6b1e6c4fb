"""The period of a periodic note: of its day where that is known, of its name where only that is."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, write

from vault_tools import Vault
from vault_tools.authoring import create, inject
from vault_tools.authoring.draft import Drafts
from vault_tools.daemon.keeper import Keeper
from vault_tools.dialect.periodic import day_of_name
from vault_tools.learning.windows import containing
from vault_tools.model.learning import WindowKind
from vault_tools.parse import frontmatter
from vault_tools.store import locales

WINDOWS: dict[str, WindowKind] = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
DAYS = (
    "YYYY-MM-DD",
    "GGGG-[W]WW [from] YYYY-MM-DD",
    "gggg-[W]ww [from] YYYY-MM-DD",
    "GGGG-[W]WW-E",
    "gggg-[W]ww-e",
    "gggg/ww/d",
    "YYYY DDDD",
    "dddd, MMMM Do YYYY",
    "D.M.YY",
    "YYYYMMDD",
)
"""Formats that tell a day and its year, so that a name means one day."""
FORMATS = {
    "weekly": (
        *DAYS,
        "GGGG-[W]WW",
        "gggg-[W]ww",
        "gggg/ww",
        "gggg/[第]w[周]",
        "YYYY-[W]WW",  # a common slip: the year of the day with the week of another year
        "YYYY-[W]ww",
        "YYYY/MM/[W]WW",
        "[W]WW",
        "ww",
        "MM-DD",
        "ddd WW",
        "E [of] w",
        "MMMM Do",
        "Wo [week]",
    ),
    "monthly": ("YYYY-MM", "MMMM YYYY", "MMMM", "YYYY/MMM", "YYYY-MM-DD", "GGGG-[W]WW", "MM", "Mo"),
    "quarterly": ("YYYY-[Q]Q", "[Q]Q", "Qo YYYY", "YYYY-MM-DD", "YYYY-MM", "Q/YY"),
    "yearly": ("YYYY", "[Year] YY", "YYYY-MM-DD", "YYYY-[Q]Q", "GGGG"),
}
ROWS = [(kind, pattern) for kind, patterns in FORMATS.items() for pattern in patterns]
LANGUAGES = ("en", "zh", "de", "ar")
"""Weeks from Sunday, Monday and Saturday; digits of another script."""
ENDS = st.builds(
    lambda year, days: date(year, 1, 1) + timedelta(days=days), st.integers(1990, 2060), st.integers(-9, 9)
)
ANY = ENDS | st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("periods")
    _opened.cache_clear()


def plugin(kind: str, pattern: str, folder: str = "R") -> dict[str, str]:
    """Return the settings of a vault whose notes of a kind have names of a format."""
    row = {"enabled": True, "folder": folder, "format": pattern, "template": ""}
    return {".obsidian/plugins/periodic-notes/data.json": json.dumps({kind: row})}


@cache
def _opened(place: Path, kind: str, pattern: str, language: str) -> Vault:
    root = place / f"{ROWS.index((kind, pattern))}-{language}"
    write(root, {**plugin(kind, pattern), "vault-tools.toml": f'language = "{language}"'})
    return Vault.open(root.resolve(), cache=False)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def period(drafts: Drafts, kind: str, path: str) -> str:
    """Return the period that a note of a path is given."""
    values = frontmatter.read(drafts.text(drafts.vault.forms.templates[kind], path)).values or {}
    (found,) = (value for name, value in values.items() if drafts.vault.forms.meaning(name) == "period")
    return str(found)


def path_of(drafts: Drafts, kind: str, day: date) -> str:
    return drafts.notes_of(kind).path(at(day), drafts.locale)


# ---------------------------------------------------------------- the day is known


@pytest.mark.parametrize(("kind", "pattern"), ROWS)
@given(day=ANY, language=st.sampled_from(LANGUAGES), hour=st.sampled_from([0, 12, 23]))
@settings(max_examples=10)
def test_a_note_that_is_made_on_a_day_is_of_the_period_of_that_day(
    place: Path, kind: str, pattern: str, day: date, language: str, hour: int
) -> None:
    """Whatever the name makes of it, on all days of a week, and where the year ends."""
    drafts = Drafts(_opened(place, kind, pattern, language), at(day, hour), fresh=True)
    assert period(drafts, kind, path_of(drafts, kind, day)) == containing(WINDOWS[kind], day).name


@pytest.mark.parametrize("pattern", FORMATS["weekly"])
@pytest.mark.parametrize("monday", [date(2024, 6, 10), date(2024, 12, 30)])
def test_new_gives_the_iso_week_of_the_day_on_all_seven_days(place: Path, pattern: str, monday: date) -> None:
    vault = _opened(place, "weekly", pattern, "en")
    for day in (monday + timedelta(days=days) for days in range(7)):
        made = create.create(vault, "weekly", None, at(day))
        text = (vault.root / made.path).read_text("utf-8")
        (vault.root / made.path).unlink()
        assert made.new
        assert f"period: {day:%G-W%V}\n" in text


@pytest.mark.parametrize(
    ("pattern", "day"),
    [
        ("YYYY-MM-DD", date(2024, 6, 16)),
        ("gggg-[W]ww", date(2024, 6, 16)),
        ("YYYY-[W]WW", date(2024, 12, 31)),
        ("[W]WW", date(2027, 1, 1)),
    ],
)
def test_watch_gives_a_new_empty_note_the_period_of_its_day(vault: MakeVault, pattern: str, day: date) -> None:
    root = vault({**plugin("weekly", pattern), "A.md": "words\n"})
    keeper = Keeper(root, "laptop")
    keeper.work(at(day), calm=True)
    path = Drafts(keeper.vault, at(day)).notes_of("weekly").path(at(day), locales.locale("en")[0])
    write(root, {path: ""})
    os.utime(root / path, (0, 0))
    keeper.look(at(day))
    assert ("template", path) in keeper.work(at(day), calm=True).deeds
    keeper.close()
    assert f"period: {day:%G-W%V}\n" in (root / path).read_text("utf-8")


# ---------------------------------------------------------------- only the name is known


@pytest.mark.parametrize(("kind", "pattern"), [row for row in ROWS if row[1] in DAYS])
@given(day=ANY, today=ANY, language=st.sampled_from(LANGUAGES), fresh=st.booleans())
@settings(max_examples=6)
def test_a_name_with_a_day_means_the_period_of_that_day_at_any_time(
    place: Path, kind: str, pattern: str, day: date, today: date, language: str, *, fresh: bool
) -> None:
    drafts = Drafts(_opened(place, kind, pattern, language), at(today), fresh=fresh)
    assert period(drafts, kind, path_of(drafts, kind, day)) == containing(WINDOWS[kind], day).name


@pytest.mark.parametrize(("kind", "pattern"), [row for row in ROWS if row[1] not in DAYS])
@given(day=ANY, away=st.integers(-900, 900), language=st.sampled_from(LANGUAGES))
@settings(max_examples=6)
def test_a_name_of_several_periods_means_the_nearest_one(
    place: Path, kind: str, pattern: str, day: date, away: int, language: str
) -> None:
    """Held against all days around: the period is that of a day in the nearest run of days with this name."""
    today = day + timedelta(days=away)
    drafts = Drafts(_opened(place, kind, pattern, language), at(today))
    path = path_of(drafts, kind, day)
    near = next(
        distance
        for distance in range(901)
        if path in {path_of(drafts, kind, today + timedelta(days=sign * distance)) for sign in (1, -1)}
    )
    runs: set[str] = set()
    for sign in (1, -1):
        at_ = today + timedelta(days=sign * near)
        for step in (1, -1):
            each = at_
            while path_of(drafts, kind, each) == path and abs((each - at_).days) <= 366:
                runs.add(containing(WINDOWS[kind], each).name)
                each += timedelta(days=step)
    assert period(drafts, kind, path) in runs


@pytest.mark.parametrize(
    ("name", "pattern", "near", "first"),
    [
        ("2024-W01", "YYYY-[W]WW", date(2024, 3, 1), date(2024, 1, 1)),
        ("2024-W01", "YYYY-[W]WW", date(2024, 12, 1), date(2024, 12, 30)),
        ("2024-W01", "YYYY-[W]WW", date(2024, 7, 3), date(2024, 1, 1)),  # 178 days from the 7th, 180 to the 30th
        ("March", "MMMM", date(2024, 12, 1), date(2025, 3, 1)),
        ("March", "MMMM", date(2024, 3, 31), date(2024, 3, 1)),
        ("02-29", "MM-DD", date(2025, 6, 1), date(2024, 2, 29)),
        ("02-30", "MM-DD", date(2025, 6, 1), None),
        ("W53", "[W]WW", date(2024, 6, 1), date(2026, 12, 28)),
        ("W24 x", "[W]WW", date(2024, 6, 1), None),
        ("2024-W24", "GGGG-[W]WW", date(1999, 1, 1), date(2024, 6, 10)),
        ("Monday", "dddd", date(9999, 12, 31), date(9999, 12, 27)),
        ("Monday", "dddd", date(1, 1, 1), date(1, 1, 1)),
    ],
)
def test_the_nearest_period_is_counted_from_both_of_its_ends(
    name: str, pattern: str, near: date, first: date | None
) -> None:
    assert day_of_name(name, pattern, locales.locale("en")[0], near) == first


@pytest.mark.parametrize(
    ("pattern", "name", "week"),
    [
        ("YYYY-MM-DD", "2024-06-16", "2024-W24"),
        ("GGGG-[W]WW [from] YYYY-MM-DD", "2024-W24 from 2024-06-14", "2024-W24"),
        ("GGGG-[W]WW", "2024-W24", "2024-W24"),
        ("gggg-[W]ww", "2024-W25", "2024-W25"),  # from Sunday the 16th on; six of its days are of this week
        ("gggg-[W]ww", "2025-W01", "2025-W01"),
    ],
)
def test_inject_knows_a_week_by_its_name(vault: MakeVault, pattern: str, name: str, week: str) -> None:
    root = vault({**plugin("weekly", pattern), f"R/{name}.md": ""})
    os.utime(root / "R" / f"{name}.md", (0, 0))
    opened = Vault.open(root, cache=False)
    now = datetime.fromtimestamp(time.time(), UTC)
    (step,) = inject.plan(opened, [f"R/{name}.md"], now, fill_up=False)
    assert isinstance(step, inject.PlannedChange)
    assert f"period: {week}\n" in step.after
