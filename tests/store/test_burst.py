"""A burst of changes rings once when it pauses, and once when it is over."""

# ruff: noqa: D103  (a test is named for what it holds)

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vault_tools.store.burst import Burst, Ring

QUIET, MOST = 1.0, 5.0
GAPS = st.lists(st.floats(0.01, 0.9) | st.floats(0.01, 0.9) | st.floats(0.01, 2.0), min_size=1, max_size=60)
"""Seconds between one change and the next."""


def rings(times: list[float]) -> list[tuple[float, Ring]]:
    """Return what rings, and when, for changes at these times, if each ring is waited for."""
    burst, rang = Burst(QUIET, MOST, latest=0.0), list[tuple[float, Ring]]()
    for now in [*times, times[-1] + 10 * MOST]:
        while burst.due(now) < now:
            due = burst.due(now)
            ring = burst.ring(due)
            assert ring is not None
            rang.append((due, ring))
            assert len(rang) <= 2 * len(times)
        burst.hear(now)
    return rang


def at_times(gaps: list[float]) -> list[float]:
    """Return the times of changes that lie so far apart."""
    return [100.0 + sum(gaps[:count]) for count in range(len(gaps) + 1)]


@given(GAPS)
def test_every_change_is_followed_by_an_end_that_neither_comes_early_nor_waits_for_ever(gaps: list[float]) -> None:
    times = at_times(gaps)
    ends = [when for when, ring in rings(times) if ring == "over"]
    for time in times:
        assert any(time < end <= time + MOST + 1e-9 for end in ends)
    for end in ends:
        latest = max(time for time in times if time < end)
        began = min(time for time in times if time > max((other for other in ends if other < end), default=0.0))
        assert end - latest >= QUIET - 1e-9 or end - began >= MOST - 1e-9


@given(GAPS)
def test_a_burst_pauses_once_at_most_and_before_its_end(gaps: list[float]) -> None:
    kinds = [ring for _, ring in rings(at_times(gaps))]
    assert kinds[-1] == "over"
    assert all(ring == "over" for before, ring in pairwise(kinds) if before == "pause")


def test_nothing_rings_without_a_change() -> None:
    burst = Burst(QUIET, MOST, latest=0.0)
    assert burst.ring(1000.0) is None
    assert burst.due(7.0) == 7.0


def test_only_the_first_change_begins_a_burst() -> None:
    burst = Burst(QUIET, MOST, latest=0.0)
    assert [burst.hear(now) for now in (1.0, 1.5, 1.9)] == [True, False, False]
    assert burst.ring(2.5) == "pause"
    assert burst.ring(2.9) == "over"
    assert burst.hear(3.0)
    assert burst.ring(3.5) == "pause"
    assert burst.ring(3.6) is None
