"""What should I learn now, practise, keep, pause, or look at again?"""

from collections.abc import Iterator, Mapping
from itertools import islice

from vault_tools.insights._learning import MOST, because, joined, project_for, projects_asking, urgency, way_to
from vault_tools.learning.demand import advised
from vault_tools.learning.occasions import occasions
from vault_tools.learning.order import Ways, known
from vault_tools.learning.said import ratio
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Advice, Goal, Learning, State
from vault_tools.model.text import Ref, Say, Term, Text, listed, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Advise by the rules: the first that fits what a piece of knowledge is needed for and how well it is known."""
    learning = context.learning
    known_, asking = known(learning.states), projects_asking(learning)
    ways = Ways(learning.facts, known_)
    for state in learning.states.values():
        rule = advised(state, learning.rules)
        if rule is not None:
            rank = len(learning.rules) - learning.rules.index(rule)
            weight = 1000.0 * rank + urgency(learning, state)
            why, step = because(learning, state), _step(learning, state, rule, ways, asking)
            yield Finding("advice", Ref(state.id), weight, why, step, _seen(state), (rule.title,))


def explained(graph: KnowledgeGraph, learning: Learning, name: str) -> tuple[Text, ...]:
    """Say, a line each, all that the rules know of a node, which of them speaks, and what it advises."""
    state = learning.states.get(name)
    if state is None:
        kind = Term("type", graph.nodes[name].type)
        return ((say("advice.no-rule-for-type", type=kind),),)
    told: list[Text] = [(part,) for part in because(learning, state) if part != say("common.semicolon")]
    figure = occasions(learning.facts).get(name)
    if figure is not None:
        told.append((say("advice.reuse", figure=ratio(figure)),))
    rule = advised(state, learning.rules)
    if rule is None:
        return (*told, (_unadvised(state),))
    fits = say("advice.rule-fits", rule=rule.name, title=rule.title)
    ways = Ways(learning.facts, known(learning.states))
    step = _step(learning, state, rule, ways, projects_asking(learning))
    places = _seen(state)
    seen: list[Text] = [(say("common.seen-in", places=listed(places, MOST)),)] if places else []
    return (*told, (fits,), step, *seen)


def _unadvised(state: State) -> Say:
    """Say why no rule speaks of something."""
    logged = bool(state.learned or state.uses)
    if state.demanded:
        return say("advice.no-rule-fits" if logged or state.supply != "written" else "advice.no-rule-unlogged")
    if not logged:
        return say("advice.no-rule-unneeded")
    return say("advice.no-rule-applied" if state.supply == "works" else "advice.no-rule-logged")


def _idle(learning: Learning) -> Say:
    """Say why nothing is advised at all."""
    logged = [state for state in learning.states.values() if state.learned or state.uses]
    if any(state.demanded for state in learning.states.values()):
        return say("advice.empty-no-rule" if logged else "advice.empty-unlogged")
    if not logged:
        return say("advice.empty")
    return say("advice.empty-applied" if all(state.uses for state in logged) else "advice.empty-unneeded")


def _step(learning: Learning, state: State, rule: Advice, ways: Ways, asking: Mapping[str, list[Goal]]) -> Text:
    """Say what to do: the rule's word, then the way through what is not known yet, then something small to try."""
    parts = [rule.step]
    if rule.demand and not ways.knows(state.id):
        parts += way_to(learning, state.id, ways)
    if rule.demand and state.supply not in {"works", "stale"}:
        parts += project_for(learning, state, asking)
    return joined(parts)


def _seen(state: State) -> tuple[Ref, ...]:
    places = dict.fromkeys(place for case in state.cases for place in case.places)
    places |= dict.fromkeys(Ref(goal) for goal in islice(dict.fromkeys(need.goal for need in state.needs), MOST))
    places |= dict.fromkeys([state.learned[1]] if state.learned else [])
    places |= dict.fromkeys(use.place for use in state.uses)
    return tuple(places)


INSIGHT = Insight(
    name="advice",
    page="Learning",
    order=20,
    find=find,
    grouped=True,
    ranked=False,
    counts_as="figure",
    idle=_idle,
)
