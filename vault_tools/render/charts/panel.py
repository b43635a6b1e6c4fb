"""One measure on its card: where its values are, counted from the upper left corner."""

from dataclasses import dataclass

from vault_tools.model.chart import Chart, finite
from vault_tools.model.speech import format_words
from vault_tools.model.text import Value, say
from vault_tools.render.charts.svg import Point
from vault_tools.words import Words

HEIGHT = 228
PAD = 20
BASE = 180.0
"""Where the lowest value is."""
_TOP = 118.0
"""Where the highest value is."""
_INSET = 28
LABEL_WIDTH = 2 * (PAD + _INSET) - 8
"""The most that a label of one period may take."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart, the width of its panel, and the words of the reader's language."""

    chart: Chart
    width: float
    words: Words

    @property
    def values(self) -> list[float | None]:
        """The values of the periods; None where there is none to draw."""
        return [finite(value) for value in self.chart.values]

    @property
    def points(self) -> list[Point | None]:
        """The places of the values."""
        return [None if value is None else (self.x(at), self.y(value)) for at, value in enumerate(self.values)]

    @property
    def target(self) -> float | None:
        """The target, if there is one to draw."""
        return finite(self.chart.target)

    def x(self, at: int) -> float:
        """Return how far to the right a period is, by its number."""
        last = len(self.chart.values) - 1
        inner = self.width - 2 * (PAD + _INSET)
        return PAD + _INSET + (inner * at / last if last else inner / 2)

    def y(self, value: float) -> float:
        """Return how far down a value is; zero is always on the picture, so that heights compare."""
        drawn = [0.0, *(each for each in (*self.values, self.target) if each)]
        scale = max(abs(each) for each in drawn) or 1.0
        low, high = min(drawn) / scale, max(drawn) / scale
        return BASE - (value / scale - low) / ((high - low) or 1.0) * (BASE - _TOP)

    def say(self, text: str, **values: Value) -> str:
        """Return a sentence in the reader's language."""
        return format_sentence(text, self.words, **values)


def format_sentence(text: str, words: Words, **values: Value) -> str:
    """Return a sentence of the catalogue as plain text."""
    return format_words(say(text, **values), words, lambda ref: ref.id)
