"""What is wrong in the notes: a table with a row for each problem."""

from collections.abc import Iterable, Sequence

from vault_tools.model.note import Problem
from vault_tools.model.text import Ref, Say, say
from vault_tools.render.markdown import Linker, table
from vault_tools.render.report import Report


def render_problems(report: Report) -> Iterable[str]:
    """Yield the table with its heading, if there are any problems."""
    link = report.linker
    problems = [(path, problem) for path, each in sorted(report.graph.problems.items()) for problem in each]
    most = report.limit * 4
    if not problems:
        return
    yield f"## {link.own('overview.problems-title')}"
    yield link.own("overview.problems-lead")
    heads = link.heads(*(f"overview.column-{name}" for name in ("note", "line", "problem", "remedy")))
    yield table(heads, [_row(path, problem, link) for path, problem in problems[:most]])
    if len(problems) > most:
        yield f"*{link.own(say('overview.more', n=len(problems) - most))}*"


def _row(path: str, problem: Problem, link: Linker) -> Sequence[str]:
    message = link.text((Say(problem.message, problem.values),))
    remedy = link.text((Say(problem.remedy, problem.values),))
    return link.ref(Ref(path)), str(problem.line or ""), message, remedy
