"""`week`, `month`, `quarter`, `year`: the evidence of a period, for each of the three questions of a reflection.

`week solved`: problems solved and what was applied; `week method`: the measures, and the ways of learning compared;
`week short`: what is open, and what was learned and not used. Without a word, all three. The period is the one that
the note names, in its property `period` or in its title.
"""

from functools import partial

from vault_tools.learning.lexicon import Lexicon
from vault_tools.learning.note_values import period_of
from vault_tools.learning.windows import KINDS
from vault_tools.model.learning import WindowKind
from vault_tools.model.note import Note
from vault_tools.render.periods import PARTS
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report


def fill(kind: WindowKind, report: Report, note: Note, argument: str) -> str | None:
    """Return the evidence of the period that a note is about; None where a word of the argument is not known."""
    words = argument.split() or list(PARTS)
    if not PARTS.keys() >= set(words):
        return None
    window = period_of(kind, note, Lexicon(report.graph.vocabulary))
    if window is None:
        return f"*{report.linker.own('region.periods.ask-period')}*"
    blocks = [block for word in words for block in PARTS[word](report, window)]
    return "\n\n".join(blocks) or f"*{report.linker.own('region.periods.empty')}*"


REGIONS = tuple(RegionKind(kind, partial(fill, kind), tuple(PARTS)) for kind in KINDS)
