"""The measure of reuse: what was applied of all that was learned."""

from datetime import date

from vault_tools.learning.shares import share_of_nodes
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import Facts, Measurement, Window


def reuse_rate(facts: Facts, window: Window, enough: int = ENOUGH) -> Measurement:
    """Return the share of what was learned by the window's end that was applied by then.

    Ten learned in April, three of them applied by 30 April: 0.3.
    """
    applied = knowledge_used_by(facts, window.end)
    learned = sorted(name for name, (day, _) in facts.learned.items() if day <= window.end)
    used = [name for name in learned if name in applied]
    idle = [name for name in learned if name not in applied]
    return share_of_nodes(used, idle, enough)


def knowledge_used_by(facts: Facts, day: date) -> set[str]:
    """Return what was applied by the end of a day; a use without a date counts from today on."""
    return {use.knowledge for use in facts.uses if (use.day or facts.today) <= day}
