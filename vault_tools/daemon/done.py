"""What a round did to a vault."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Done:
    """(deed, vault path) for each file that was written, and a line for each that could not be.

    `busy` are notes that could not be written because somebody else was at them. `again` says in how many seconds what
    was left for later may be done: a note was too fresh, or the vault not calm.
    """

    deeds: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    again: float | None = None

    def leave(self, seconds: float) -> None:
        """Leave something for later."""
        self.again = seconds if self.again is None else min(self.again, seconds)
