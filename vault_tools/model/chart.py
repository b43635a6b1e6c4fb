"""A measure over some periods, ready to be drawn."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Chart:
    """One measure: its periods from the first to the last, and what it was in each.

    `labels`, `values`, `counts` and `shown` have one entry for each period: its name, the value in `unit` (None where
    there was not enough to tell), on how many things the value rests, and the value in words. All words are the
    reader's already. `target` is in `unit` too, `target_shown` is that in words.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    counts: tuple[int, ...]
    shown: tuple[str, ...]
    better: Literal["up", "down"] = "up"
    target: float | None = None
    target_shown: str = ""
