"""A page of names only: what is left of all that is known of a vault when nothing that notes say leaves with it."""

from dataclasses import replace

from vault_tools.model.export import Known, Surroundings
from vault_tools.model.learning import Facts, Learning


def names_only(around: Surroundings, known: Known) -> tuple[Surroundings, Known]:
    """Return what is around and what is known, without what tells more than names, links, types, tags and days do.

    That is: no searches of the vault's own, and what these find; nothing of learning; no gaps but those of links.
    """
    return (
        replace(around, groups=(), text=lambda _path: ""),
        replace(
            known,
            findings={insight: found for insight, found in known.findings.items() if insight.of_links},
            learning=Learning(Facts(known.learning.facts.today, resting=known.learning.facts.resting)),
        ),
    )
