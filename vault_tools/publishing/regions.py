"""The regions of notes, filled where they differ from what the vault answers."""

from collections.abc import Callable
from dataclasses import replace

from vault_tools.answering.answers import Answers
from vault_tools.model.note import Note
from vault_tools.publishing import remembered
from vault_tools.publishing.refill import Content, RegionStates, refill
from vault_tools.reading.snapshot import Snapshot
from vault_tools.render import regions


def refresh(
    answers: Answers, look_again: Callable[[], Snapshot], content: Content | None = None, by: str = "report"
) -> RegionStates:
    """Fill the regions of every note that is no template; if any note was changed, call `look_again`.

    `content` gives what a region of a note is to hold; without it, that is what `render/regions` has. `by` says who
    does it, for the journal.
    """
    snapshot = answers.snapshot
    states = None if content else remembered.regions(snapshot)
    if states is not None:
        return RegionStates(states)
    marked = _marked(answers)
    result = refill(snapshot.vault.root, marked, content or content_of(answers), by) if marked else RegionStates()
    _remember(snapshot, look_again() if result.is_written else snapshot, result)
    return result


def _marked(answers: Answers) -> list[Note]:
    """Return the notes with regions; those of templates wait for the notes that are made from them."""
    nodes = answers.knowledge.nodes
    return [note for note in answers.snapshot.notes if note.regions and nodes[note.path].role != "template"]


def _remember(before: Snapshot, after: Snapshot, result: RegionStates) -> None:
    """Remember that all regions hold what they should, unless somebody else wrote meanwhile."""
    expected = replace(before.survey, digests={**before.digests, **result.digests})
    if result.is_complete and after.survey == expected:
        remembered.remember_regions(after, result.states)


def content_of(answers: Answers) -> Content:
    """Return what gives the content of each region."""
    kinds, report = regions.kinds(), answers.report(answers.linker_of("uri"))
    return lambda note, region: regions.body(kinds, report, note, region)
