"""When the daemon looks again: what is put off, what is due, and clocks that jump."""

# ruff: noqa: D103  (a test is named for what it holds)

import math
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from vault_tools.daemon.pace import Agenda, Pace, until_midnight

SECONDS = st.floats(0, 1e6, allow_nan=False)


@given(st.dictionaries(st.text(max_size=3), SECONDS, max_size=6), SECONDS)
def test_a_scheduled_task_is_due_at_its_time_and_once(things: dict[str, float], later: float) -> None:
    agenda = Agenda()
    for name, after in things.items():
        agenda.put(name, 0.0, after)
    assert set(agenda.take(later)) == {name for name, after in things.items() if after <= later}
    assert agenda.take(later) == []


@given(st.lists(SECONDS, max_size=6), SECONDS, SECONDS)
def test_the_daemon_waits_until_the_next_task_and_never_longer_than_a_nap(
    things: list[float], now: float, nap: float
) -> None:
    agenda = Agenda()
    for number, after in enumerate(things):
        agenda.put(str(number), 0.0, after)
    assert 0 <= agenda.wait(now, nap) <= nap
    assert not things or agenda.wait(now, nap) <= max(min(things) - now, 0)


def test_a_task_that_is_put_off_repeatedly_is_done_after_its_longest_wait() -> None:
    agenda = Agenda()
    waits = []
    for second in range(100):
        agenda.put("graph", float(second), 5.0, most=60.0)
        waits += [second] if agenda.take(float(second)) else []
    assert waits == [60]


def test_a_clock_that_is_set_back_makes_every_task_due() -> None:
    """It would be an hour late otherwise, or a year."""
    agenda = Agenda()
    agenda.put("walk", 10_000.0, 300.0)
    assert agenda.take(10_001.0) == []
    assert agenda.take(5_000.0) == ["walk"]


@given(st.datetimes(max_value=datetime(9999, 1, 1, tzinfo=UTC).replace(tzinfo=None)), st.integers(-12, 14))
def test_the_next_midnight_is_within_a_day_and_on_the_next_day(when: datetime, zone: int) -> None:
    now = when.replace(tzinfo=timezone(timedelta(hours=zone)))
    left = until_midnight(now)
    assert 0 < left <= 86_400.1
    then = now + timedelta(seconds=left)
    assert then.date() == now.date() + timedelta(days=1)
    assert (then - timedelta(seconds=0.1)).date() == now.date()


@given(st.floats(0, 1e4, allow_nan=False))
def test_walks_of_the_daemon_take_a_small_share_of_a_core(cost: float) -> None:
    pace = Pace()
    wait = pace.poll(cost)
    assert pace.polls[0] <= wait <= pace.polls[1]
    assert cost / wait <= pace.share * (1 + 1e-9) or wait == pace.polls[1]
    assert math.isclose(Pace(share=1.0, polls=(0.0, 10.0)).poll(2.0), 2.0)


def test_the_daemon_uses_the_time_of_day() -> None:
    assert until_midnight(datetime(2024, 5, 6, 23, 59, 59, tzinfo=UTC)) < 1.1
