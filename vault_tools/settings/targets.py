"""What the user means to do, as the settings say it."""

from typing import get_args

from vault_tools.model.learning import Targets
from vault_tools.settings.schema import Settings, Weekday


def targets_of(settings: Settings) -> Targets:
    """Return what the user means to do."""
    learning = settings.learning
    day = get_args(Weekday).index(learning.reflection_day)
    return Targets(learning.hours_a_week, learning.projects_a_month, learning.summaries_a_quarter, day)
