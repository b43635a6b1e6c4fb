"""Days that the calendar lacks are told, wherever a note says one."""

from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import parsed

from vault_tools.graph.properties import no_days
from vault_tools.model.note import Problem

DATES = frozenset({"date", "日期"})
TYPES = {"due": "date", "seen": "datetime", "size": "number"}


def told(text: str) -> list[Problem]:
    """Give what is said of the days of a note."""
    (note,) = parsed({"a.md": text})
    return list(no_days(note, TYPES, DATES))


@given(
    st.sampled_from(["date", "日期", "Due", "seen"]),
    st.integers(1, 9999),
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from(["", "T10:00", " 10:00:00+9", "T10:00:00[Asia/Tokyo]"]),
)
def test_a_property_of_days_is_a_problem_exactly_if_the_calendar_lacks_its_day(
    name: str, year: int, month: int, day: int, time: str
) -> None:
    """And what the remedy says is a day."""
    written = f"{year:04}-{month:02}-{day:02}{time}"
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    problems = told(f"---\nx: 1\n{name}: {written}\n---\n")
    assert [(problem.code, problem.line) for problem in problems] == ([] if exists else [("day-impossible", 3)])
    for problem in problems:
        assert written in problem.what
        values = dict(problem.values)
        for better in (values[key] for key in ("last", "turned") if key in values):
            assert told(f"---\n{name}: {better}\n---\n") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ndate: 2024-02-30\n---\n", [2]),
        ('---\ndate: "2023-02-29"\n---\n', [2]),
        ("---\ndate: [2024-04-31, 2024-04-30]\n---\n", [2]),
        ("---\nanything: 2024-06-31\n---\n", [2]),
        ("date:: 2024-02-30\n", [1]),
        ("x\n\n- [ ] t [due:: 2024-09-31]\n", [3]),
        ("- [ ] t 📅 2024-09-31\n", [1]),
        ("(date:: 2024-31-05)\n", [1]),
        ("---\nserial: 2024-99-01\nsize: 1234-56-78\n---\n", []),
        ("---\ndate: 2024-02-29\nday: about 2024-02-30\nlink: '[[2024-02-30]]'\n---\n", []),
        ("---\ndate: 2024-02-30-x\nother: 2024-02-300\n---\n2024-02-30\n", []),
        ("```\ndate:: 2024-02-30\n```\n", []),
    ],
)
def test_a_day_that_the_calendar_lacks_is_a_problem_where_a_day_is_meant(text: str, lines: list[int]) -> None:
    """Other numbers of the same shape are nobody's business, unless the property holds days."""
    assert [problem.line for problem in told(text)] == lines


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024-02-30", "2024-02-29"),
        ("2023-02-29", "2023-02-28"),
        ("2024-31-05", "2024-05-31"),
        ("2024-00-00", "2024-05"),
        ("0000-01-01", "2024-05"),
    ],
)
def test_the_remedy_for_a_wrong_day_fits_the_mistake(written: str, said: str) -> None:
    """The end of the month, month and day in their order, or less than a day."""
    (problem,) = told(f"---\ndate: {written}\n---\n")
    assert said in problem.todo
