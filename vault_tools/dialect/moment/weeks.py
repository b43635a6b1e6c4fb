"""Weeks and their numbers, for any first day of the week and any rule for the first week of a year."""

from datetime import date

ISO_WEEK = (1, 4)
"""First weekday and first week (see `Locale`) of the weeks that begin on Monday."""


def week_of(day: date, first_weekday: int, first_week: int) -> tuple[int, int]:
    """Return year and number of the week of a day."""
    today = day.toordinal()
    for year in (day.year + 1, day.year):
        start = first_day_of_week_one(year, first_weekday, first_week)
        if start <= today:
            return year, 1 + (today - start) // 7
    return day.year - 1, 1 + (today - first_day_of_week_one(day.year - 1, first_weekday, first_week)) // 7


def first_day_of_week_one(year: int, first_weekday: int, first_week: int) -> int:
    """Return the day on which week 1 of a year begins, as `date.toordinal` counts, but beyond its bounds too."""
    before = year - 1
    new_year = 365 * before + before // 4 - before // 100 + before // 400 + 1
    inside = new_year + 6 + first_weekday - first_week
    return inside - (inside - first_weekday) % 7
