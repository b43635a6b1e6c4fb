"""What a period fell short of: the problems still open at its end, and what was learned in it and not used by then."""

from collections.abc import Iterator, Sequence

from vault_tools.learning.reuse_rate import knowledge_used_by
from vault_tools.learning.time_to_solve import open_at
from vault_tools.learning.windows import within
from vault_tools.model.learning import Case, Facts, Window
from vault_tools.model.text import Ref, Say, listing, say
from vault_tools.render.periods.lists import MOST, format_problem, notes_of, render_list
from vault_tools.render.report import Report


def render_short(report: Report, window: Window) -> Iterator[str]:
    """Yield the list."""
    facts = report.learning.facts
    lines = [_format_case(case) for case in facts.cases if open_at(case, window, facts.today)]
    unused = _unused(facts, window)
    if unused:
        lines.append(say("measure.not-used", notes=listing(unused, MOST)))
    return render_list(report, lines)


def _unused(facts: Facts, window: Window) -> Sequence[Ref]:
    """Return what was learned in a window and not used by its end."""
    used = knowledge_used_by(facts, window.end)
    learned = (name for name, (day, _) in facts.learned.items() if within(day, window))
    return tuple(Ref(name) for name in learned if name not in used)


def _format_case(case: Case) -> Say:
    day, notes = case.opened.isoformat(), notes_of(case)
    return say("region.periods.problem-open", problem=format_problem(case), day=day, notes=notes)
