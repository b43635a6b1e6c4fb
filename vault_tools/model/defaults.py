"""What counts as an orphan, as a stub and as enough data: the choices there are, and the one that counts by default.

The settings of a vault may choose differently (`settings.schema`).
"""

from typing import Literal, get_args

Role = Literal["", "topic", "knowledge", "source", "goal", "work", "log", "reflection", "index", "template", "excluded"]
"""What a type of notes is for; "" says nothing about it."""
OrphanDefinition = Literal["isolated", "no-in", "no-out", "islands", "weak"]
"""What an orphan is; `graph.unconnected` decides which notes meet which definition."""
ORPHAN_DEFINITIONS: tuple[OrphanDefinition, ...] = get_args(OrphanDefinition)
ORPHAN_DEFINITION: OrphanDefinition = "isolated"
EXEMPT: tuple[Role, ...] = ("template", "log", "reflection", "index", "excluded")
"""The roles of notes that are not expected to be linked."""
STUB_WORDS = 20
"""A note with fewer words is a stub."""
ENOUGH = 5
"""The fewest cases for which a share or a median is given."""
