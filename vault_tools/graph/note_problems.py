"""What is wrong in a note by the rules of its vault: relations, properties, dates, and the lines of a canvas."""

from collections.abc import Iterator
from posixpath import basename

from vault_tools.dialect.properties import one_line
from vault_tools.graph.frame import Rules
from vault_tools.graph.names import word_key
from vault_tools.graph.properties import misfits, no_days
from vault_tools.model.note import Arrow, Note, Problem, Value


def note_problems(note: Note, type_: str, rules: Rules) -> Iterator[Problem]:
    """Yield the problems of a note of some type; the first are those of its text."""
    yield from note.problems
    yield from _relations_in_text(note, rules)
    yield from (_without_arrowhead(arrow) for arrow in note.arrows if lacks_direction(arrow, rules))
    if type_ != "template":
        types = rules.conventions.property_types
        yield from misfits(note, types)
        yield from no_days(note, types, rules.dates)


def lacks_direction(arrow: Arrow, rules: Rules) -> bool:
    """Tell whether a line of a canvas names a directed relation but does not show the direction."""
    if arrow.directed:
        return False
    meaning = rules.relation_of(arrow.label)
    relation = rules.vocabulary.relations.get(meaning[0]) if meaning else None
    return relation is not None and not relation.symmetric


def _relations_in_text(note: Note, rules: Rules) -> Iterator[Problem]:
    """Report relations with a link inside other text: Obsidian sees no link there."""
    if not note.frontmatter:
        return
    linked = {link.property.partition(".")[0] for link in note.links if link.frontmatter and link.property}
    for (key, value), line in zip(note.frontmatter.items(), note.property_lines, strict=True):
        if key not in linked and word_key(key) in rules.relations and _mentions_link(value):
            yield Problem(
                "relation-in-text",
                line,
                "problem.note.relation-in-text",
                "problem.note.relation-in-text-fix",
                (("property", key), ("line", f'{one_line(key)}: ["[[…]]"]')),
            )


def _mentions_link(value: Value) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, str) and "[[" in item for item in items)


def _without_arrowhead(arrow: Arrow) -> Problem:
    message = "problem.note.canvas-undirected"
    remedy = "problem.note.canvas-undirected-fix"
    ends = ("one", basename(arrow.source)), ("other", basename(arrow.target))
    return Problem("canvas-undirected", arrow.line, message, remedy, (*ends, ("label", arrow.label)))
