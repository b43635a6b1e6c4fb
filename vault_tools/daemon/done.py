"""What a round did to a vault."""

from dataclasses import dataclass, field

from vault_tools.model.text import Say


@dataclass(slots=True)
class Done:
    """(deed, vault path) for each file that was written, and a sentence for each that could not be.

    `busy` are notes that could not be written because somebody else was at them. `again` says in how many seconds what
    was left for later may be done: a note was too fresh, or the vault not calm.
    """

    deeds: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Say] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    again: float | None = None

    def leave(self, seconds: float) -> None:
        """Leave something for later."""
        self.again = seconds if self.again is None else min(self.again, seconds)
