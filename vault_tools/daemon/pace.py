"""How long the daemon waits for what, and when it has to look again."""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. A burst of changes ends after `quiet`, or is cut short after `most`.

    Everything is walked every `walk`; where no event reports changes, so often that walking takes no more of a core
    than `share`, within `polls`. No sleep is longer than a `nap`, so that a device that wakes up is noticed. A note is
    made by itself after the vault was calm for `settled`. The page of the graph follows once it was calm for `graph`,
    or after `graph_most`. A vault that is gone is looked for every `away`, a round that failed is tried again after
    `retry`.
    """

    quiet: float = 0.4
    most: float = 5.0
    walk: float = 300.0
    share: float = 0.004
    polls: tuple[float, float] = (2.0, 60.0)
    nap: float = 15.0
    settled: float = 60.0
    graph: float = 5.0
    graph_most: float = 60.0
    away: float = 5.0
    retry: float = 20.0

    def poll(self, cost: float) -> float:
        """Return how long to wait between walks that take `cost` seconds of the processor."""
        least, longest = self.polls
        return min(max(cost / self.share, least), longest)


@dataclass(slots=True)
class Agenda:
    """What is to be done later, by name, in seconds of the wall clock, which goes on while a device sleeps."""

    _due: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def put(self, name: str, now: float, after: float, most: float = math.inf) -> None:
        """Have something done `after` some seconds. It may be put off again and again, for `most` in all."""
        since = self._due[name][2] if name in self._due and most < math.inf else now
        after = max(min(after, since + most - now), 0.0)
        self._due[name] = (now + after, after, since)

    def take(self, now: float) -> list[str]:
        """Return what is due, and forget about it. A clock that was set back makes it due as well."""
        ready = [name for name, (at, after, _) in self._due.items() if not now < at <= now + after]
        for name in ready:
            del self._due[name]
        return ready

    def wait(self, now: float, most: float) -> float:
        """Return how long to wait for the next thing, or `most` if that is shorter."""
        return max(min([most, *(at - now for at, _, _ in self._due.values())]), 0.0)


def until_midnight(now: datetime) -> float:
    """Return the seconds to the next midnight, by the wall clock of the time zone.

    On a day when clocks change, it is off by an hour if `now` has a fixed offset.
    """
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow.astimezone(UTC) - now.astimezone(UTC)).total_seconds() + 0.05
