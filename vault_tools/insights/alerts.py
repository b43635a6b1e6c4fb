"""Which thresholds of the settings are crossed?"""

from collections.abc import Iterator

from vault_tools.learning.measures import BY_NAME
from vault_tools.learning.wording import format_measurement
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.text import Ref, Say, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find the alerts whose value in today's window crosses the limit, in the order of the settings."""
    alerts = context.learning.crossed_alerts
    for at, alert in enumerate(alerts):
        measure, measurement = BY_NAME[alert.measure], alert.measurement
        figure = format_measurement(measure, measurement)
        why = say("alerts.why-limit-crossed", figure=figure, window=alert.window.name, limit=alert.text)
        evidence = (*measurement.notes, *measurement.others)
        yield Finding("alerts", Ref("", measure.title), float(len(alerts) - at), (why,), (), evidence)


def _idle(learning: Learning) -> Say:
    """Say that no limit is exceeded, or that there is none."""
    return say("alerts.empty") if learning.limits else say("alerts.none-set")


INSIGHT = Insight(
    name="alerts",
    page="Learning",
    order=10,
    find=find,
    ranked=False,
    counts_as="figure",
    goes_first=True,
    idle=_idle,
)
