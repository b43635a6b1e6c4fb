"""The day on which each note was made, as it says itself."""

from collections.abc import Mapping
from datetime import date

from vault_tools.model.graph import KnowledgeGraph


def created(graph: KnowledgeGraph) -> Mapping[str, date]:
    """Return the day of each note that tells it: by a property `created`, else by its date or its name."""
    return {}
