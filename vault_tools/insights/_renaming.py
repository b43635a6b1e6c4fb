"""Suggests a new name for a file that no link can name."""

from collections.abc import Container, Iterable

from vault_tools.graph.names import file_key
from vault_tools.graph.renaming import better_name
from vault_tools.model.text import Ref, Say, Value, say


def renaming(paths: Iterable[str], names: Container[str]) -> Say:
    """Propose a name that links can say for a file that they cannot; `names` are the names of all files."""
    for path in paths:
        found = better_name(path, lambda other: file_key(other) not in names)
        if found is not None:
            old: Value = Ref(path) if found[0] == path else found[0]
            return say("broken.step-rename-file", file=old, name=found[1].removesuffix(".md"))
    return say("broken.step-rename-note")
