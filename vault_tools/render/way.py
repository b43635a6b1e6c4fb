"""The order in which to learn what a target takes, as texts."""

from vault_tools.learning.demand import needs as needs_of
from vault_tools.learning.order import is_only_written, known_names, way
from vault_tools.model.learning import Learning
from vault_tools.model.text import Ref, Say, Text, say, with_more

LISTED = 20
"""How many things that a step builds on are named."""


def steps(learning: Learning, target: str) -> list[Text]:
    """Return what to learn for a target in order, a text for each step; the target itself is one if it is no goal."""
    return [format_step(learning, name) for name in names_to_learn(learning, target)]


def nothing(learning: Learning, target: str) -> Say:
    """Say why a target has no steps: it names no prerequisites, or all of them are known, or at least written."""
    if target in learning.facts.goals and not learning.facts.requires.get(target):
        return say("why.none-named")
    if any(is_only_written(learning.states, name) for name, _ in needs_of(learning.facts.requires, target)):
        return say("why.all-written")
    return say("why.nothing-missing")


def names_to_learn(learning: Learning, target: str) -> tuple[str, ...]:
    """Return what to learn for a target, prerequisites first; the target itself is last, if it can be learned."""
    mastered = known_names(learning.states)
    names = way(learning.facts, target, mastered)
    return names[:-1] if target in learning.facts.goals or target in mastered else names


def format_step(learning: Learning, name: str) -> Text:
    """Return a thing to learn, whether it is written, and what it builds on."""
    state = learning.states.get(name)
    needs = learning.facts.requires.get(name, ())
    text: Text = (Ref(name),)
    if state is not None and not state.written:
        text += (say("common.semicolon"), say("common.not-written"))
    if needs:
        base = with_more(tuple(map(Ref, needs[:LISTED])), max(0, len(needs) - LISTED))
        text += (say("common.semicolon"), say("region.ways.builds-on", names=base))
    return text
