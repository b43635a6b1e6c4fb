"""The notes that can say something about learning, each with its values and its edges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from posixpath import basename

from vault_tools.learning.calendar_names import named_day
from vault_tools.learning.lexicon import Lexicon
from vault_tools.learning.note_values import NoteValue, field_values, property_names, property_values
from vault_tools.learning.reader import Reader
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.note import Note, Problem
from vault_tools.model.text import Ref, Term

SUMMARY = "summary"
"""The type of a written summary."""
GOALS = ("belongs-to", "answers")
"""The relations that lead from a log or an experiment to the goals that it was done for."""
_DATED = frozenset({"log", "goal", "work"})
_STAGED = frozenset({"knowledge", "source"})


@dataclass(frozen=True, slots=True)
class LearningNote:
    """A note with its values and its edges. `problems` are those found so far: reading a value may add one.

    `front` are the values of its properties, `fields` those in its text, `reader` reads both, properties first.
    `nodes` are all nodes of the graph.
    """

    node: Node
    note: Note
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    lexicon: Lexicon
    front: Mapping[str, NoteValue]
    fields: tuple[tuple[str, NoteValue], ...]
    reader: Reader

    @property
    def id(self) -> str:
        """The id of its node."""
        return self.node.id

    @property
    def role(self) -> str:
        """The role of its type."""
        return self.node.role

    @property
    def problems(self) -> list[Problem]:
        """What could not be read so far."""
        return self.reader.problems

    def key(self, name: str) -> str | Term:
        """Return what the note calls a property; what the reader's language calls it where the note has none."""
        return property_names(self.note, self.lexicon).get(name) or Term("key", name)

    def reader_of(self, values: Mapping[str, NoteValue]) -> Reader:
        """Return a reader for some of the note's values; what it cannot read is among the note's problems."""
        return Reader(values, self.lexicon, self.problems)

    def targets(self, *relations: str) -> tuple[str, ...]:
        """Return the nodes to which some relations lead, each once."""
        return tuple(dict.fromkeys(edge.target for edge in self.edges if edge.relation in relations))

    def day(self) -> date | None:
        """Return the note's day: by its property, else by its name."""
        return self.reader.day("date") or named_day(basename(self.id))


def learning_notes(graph: KnowledgeGraph) -> list[LearningNote]:
    """Return the notes that can have dates, outcomes or a stage."""
    lexicon = Lexicon(graph.vocabulary)
    return [
        _learning_note(graph, node, node.note, lexicon)
        for node in graph.nodes.values()
        if node.note is not None and (_is_dated(node) or _has_stage(node, node.note, lexicon))
    ]


def _is_dated(node: Node) -> bool:
    return node.role in _DATED or node.type == SUMMARY


def _has_stage(node: Node, note: Note, lexicon: Lexicon) -> bool:
    """Tell whether a note of knowledge or of a source names a stage; it says nothing else about learning."""
    if node.role not in _STAGED:
        return False
    keys = chain(note.frontmatter or (), (field.key for field in note.fields))
    return any(lexicon.meaning("properties", key) == "stage" for key in keys)


def _learning_note(graph: KnowledgeGraph, node: Node, note: Note, lexicon: Lexicon) -> LearningNote:
    front = property_values(note, lexicon)
    fields = tuple(field_values(note, lexicon))
    return LearningNote(
        node=node,
        note=note,
        nodes=graph.nodes,
        edges=graph.outgoing.get(node.id, ()),
        lexicon=lexicon,
        front=front,
        fields=fields,
        reader=Reader({**dict(reversed(fields)), **front}, lexicon),
    )


def stages_of(notes: Iterable[LearningNote]) -> dict[str, str]:
    """Return the stage that each note has reached."""
    found = ((note.id, note.reader.word("stage", "stages")) for note in notes)
    return {name: stage for name, stage in found if stage}


def summaries_of(notes: Iterable[LearningNote], today: date) -> tuple[tuple[date, Ref], ...]:
    """Return the written summaries up to today, by day."""
    dated = ((note.day(), Ref(note.id)) for note in notes if note.node.type == SUMMARY)
    return tuple(sorted((day, ref) for day, ref in dated if day is not None and day <= today))


def problems_of(notes: Iterable[LearningNote]) -> dict[str, tuple[Problem, ...]]:
    """Return what could not be read in each note, each problem once."""
    found = sorted((note for note in notes if note.problems), key=lambda note: note.id)
    return {note.id: tuple(dict.fromkeys(note.problems)) for note in found}
