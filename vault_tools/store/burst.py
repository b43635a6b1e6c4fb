"""A burst of changes: when it rings, from the times at which something changed."""

from dataclasses import dataclass
from typing import Literal

Ring = Literal["pause", "over"]
"""A burst of changes has paused for the first time, and may be over soon; it is over, or has lasted too long."""


@dataclass(slots=True)
class Burst:
    """The changes that follow one another: it is over when nothing has changed for `quiet` seconds, or after `most`.

    All times are seconds of one clock. `began` is None while there is no burst, and `latest` is the last change ever.
    """

    quiet: float
    most: float
    latest: float
    began: float | None = None
    has_paused: bool = False

    def hear(self, now: float) -> bool:
        """Add a change, and tell whether it begins a burst."""
        self.latest = now
        if self.began is not None:
            return False
        self.began = now
        return True

    def ring(self, now: float) -> Ring | None:
        """Return the ring that is due, which is then over; None if none is."""
        if self.began is None or now < self.due(now):
            return None
        if now >= self._end(self.began):
            self.began, self.has_paused = None, False
            return "over"
        self.has_paused = True
        return "pause"

    def due(self, otherwise: float) -> float:
        """Return when it rings next if nothing else changes; `otherwise` if there is no burst."""
        if self.began is None:
            return otherwise
        end = self._end(self.began)
        return end if self.has_paused else min(end, self.latest + self.quiet / 4)

    def _end(self, began: float) -> float:
        return min(self.latest + self.quiet, began + self.most)
