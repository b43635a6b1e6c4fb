"""A page with names only: it contains nothing else that notes say."""

from dataclasses import replace

from vault_tools.model.export import Analysis, ExportContext
from vault_tools.model.learning import Facts, Learning


def names_only(context: ExportContext, analysis: Analysis) -> tuple[ExportContext, Analysis]:
    """Return the context and the analysis without what tells more than names, links, types, tags and days do.

    That is: no searches of the vault's own, and what these find; nothing of learning; no gaps but those of links.
    """
    return (
        replace(context, groups=(), text=lambda _path: ""),
        replace(
            analysis,
            findings={insight: findings for insight, findings in analysis.findings.items() if insight.of_links},
            learning=Learning(Facts(analysis.learning.facts.today, resting=analysis.learning.facts.resting)),
        ),
    )
