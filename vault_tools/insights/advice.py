"""What should I learn now, practise, keep, pause, or look at again?"""

from collections.abc import Iterator, Mapping

from vault_tools.insights._next_steps import project_for, projects_by_need, way_to
from vault_tools.insights._reasons import MOST, because, join_sentences, urgency
from vault_tools.learning.occasions import occasions
from vault_tools.learning.order import Ways, known_names
from vault_tools.learning.states import fitting_rule
from vault_tools.learning.wording import format_share
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Advice, Goal, KnowledgeState, Learning
from vault_tools.model.text import Ref, Say, Term, Text, listing, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Advise by the rules: the first that fits what a piece of knowledge is needed for and how well it is known."""
    learning = context.learning
    ways, projects = _ways(learning), projects_by_need(learning)
    for state in learning.states.values():
        rule = fitting_rule(state, learning.rules)
        if rule is not None:
            rank = len(learning.rules) - learning.rules.index(rule)
            weight = 1000.0 * rank + urgency(learning, state)
            why, step = because(learning, state), _step(learning, state, rule, ways, projects)
            yield Finding("advice", Ref(state.id), weight, why, step, _evidence(state), (rule.title,))


def _ways(learning: Learning) -> Ways:
    return Ways(learning.facts, known_names(learning.states))


def explanation(graph: KnowledgeGraph, learning: Learning, name: str) -> tuple[Text, ...]:
    """Say, a line each, all that the rules know of a node, which of them speaks, and what it advises."""
    state = learning.states.get(name)
    if state is None:
        kind = Term("type", graph.nodes[name].type)
        return ((say("advice.no-rule-for-type", type=kind),),)
    rule = fitting_rule(state, learning.rules)
    end = _advice(learning, state, rule) if rule is not None else [(_unadvised(state),)]
    return (*_reasons(learning, state), *end)


def _reasons(learning: Learning, state: KnowledgeState) -> Iterator[Text]:
    """Say, a line each, why something matters, and how often it was used where it was needed."""
    yield from ((part,) for part in because(learning, state) if part != say("common.semicolon"))
    share = occasions(learning.facts).get(state.id)
    if share is not None:
        yield (say("advice.reuse", figure=format_share(share)),)


def _advice(learning: Learning, state: KnowledgeState, rule: Advice) -> Iterator[Text]:
    """Say, a line each, which rule fits, what it advises, and where that shows."""
    yield (say("advice.rule-fits", rule=rule.name, title=rule.title),)
    yield _step(learning, state, rule, _ways(learning), projects_by_need(learning))
    places = _evidence(state)
    if places:
        yield (say("common.seen-in", places=listing(places, MOST)),)


def _unadvised(state: KnowledgeState) -> Say:
    """Say why no rule speaks of something."""
    if state.demanded:
        fits_no_rule = _is_logged(state) or state.supply != "written"
        return say("advice.no-rule-fits" if fits_no_rule else "advice.no-rule-unlogged")
    if not _is_logged(state):
        return say("advice.no-rule-unneeded")
    return say("advice.no-rule-applied" if state.supply == "works" else "advice.no-rule-logged")


def _idle(learning: Learning) -> Say:
    """Say why nothing is advised at all."""
    states = learning.states.values()
    logged = [state for state in states if _is_logged(state)]
    if any(state.demanded for state in states):
        return say("advice.empty-no-rule" if logged else "advice.empty-unlogged")
    if not logged:
        return say("advice.empty")
    return say("advice.empty-applied" if all(state.uses for state in logged) else "advice.empty-unneeded")


def _is_logged(state: KnowledgeState) -> bool:
    return bool(state.learned or state.uses)


def _step(
    learning: Learning, state: KnowledgeState, rule: Advice, ways: Ways, projects: Mapping[str, list[Goal]]
) -> Text:
    """Say what to do: the rule's word, then the way through what is not known yet, then something small to try."""
    parts = [rule.step]
    if rule.demand and not ways.knows(state.id):
        parts += way_to(learning, state.id, ways)
    if rule.demand and state.supply not in {"works", "stale"}:
        parts += project_for(learning, state, projects)
    return join_sentences(parts)


def _evidence(state: KnowledgeState) -> tuple[Ref, ...]:
    """Return where it shows: the logs of its open problems, some goals, where it was learned, where it was applied."""
    places = [place for case in state.cases for place in case.places]
    goals = list(dict.fromkeys(need.goal for need in state.needs))[:MOST]
    places += [Ref(goal) for goal in goals]
    places += [state.learned[1]] if state.learned else []
    places += [use.place for use in state.uses]
    return tuple(dict.fromkeys(places))


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
