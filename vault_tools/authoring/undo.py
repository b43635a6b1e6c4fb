"""Undoes a change in a note."""

from pathlib import Path

from vault_tools.errors import NotAmendedError
from vault_tools.model.text import Say, say
from vault_tools.store import amending, contents, entries, journal
from vault_tools.store.journal import Change


def text_before(root: Path, change: Change) -> str | None:
    """Return what a note was before a change; None if it is not kept any more, or its image is not whole."""
    record = journal.read(root, change.name)
    if record is None or contents.digest_of(record[1]) != change.before:
        return None
    return record[1].decode("utf-8", "replace")


def take_back(root: Path, change: Change) -> Say | None:
    """Put a note back as it was before a change, byte for byte, if it is still as the change left it.

    It stays so until its writer changes it. Where that cannot be, nothing is done, and the reason is returned.
    """
    image = str(journal.image_of(root, change))
    text = text_before(root, change)
    if text is None:
        return say("undo.not-kept-whole", image=image)
    if not entries.exists(root, change.path):
        return say("undo.gone", image=image)
    try:
        state = amending.amend(root, change.path, change.after, text, "undo", change.name)
    except NotAmendedError as error:
        return error.sentence
    if state == "refused":
        return say("inject.refused")
    if state == "changed-meanwhile":
        return say("undo.edited-since", image=image)
    return None
