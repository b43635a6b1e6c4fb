"""The regions of notes, filled where they differ from what the vault answers."""

from collections.abc import Callable
from dataclasses import replace

from vault_tools.answers import Answers
from vault_tools.publishing import remembered
from vault_tools.publishing.refill import Content, Refilled, refill
from vault_tools.reading.snapshot import Snapshot
from vault_tools.render import regions


def refresh(
    answers: Answers, look_again: Callable[[], Snapshot], content: Content | None = None, by: str = "report"
) -> Refilled:
    """Fill the regions of every note that is no template; if any note was changed, call `look_again`.

    `content` gives what a region of a note is to hold; without it, that is what `render/regions` has. `by` says who
    does it, for the journal.
    """
    snapshot = answers.snapshot
    states = None if content else remembered.regions(snapshot)
    if states is not None:
        return Refilled(states)
    nodes = answers.knowledge.nodes
    marked = [note for note in snapshot.notes if note.regions and nodes[note.path].role != "template"]
    refilled = refill(snapshot.vault.root, marked, content or content_of(answers), by) if marked else Refilled()
    after = look_again() if refilled.is_written else snapshot
    # Somebody else may have written meanwhile; what they wrote is not in the regions yet.
    expected = replace(snapshot.survey, digests={**snapshot.digests, **refilled.digests})
    if refilled.is_whole and after.survey == expected:
        remembered.remember_regions(after, refilled.states)
    return refilled


def content_of(answers: Answers) -> Content:
    """Return what gives the content of each region."""
    known, report = regions.kinds(), answers.report(answers.linker_of("uri"))
    return lambda note, region: regions.body(known, report, note, region)
