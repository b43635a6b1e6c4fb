"""The graph of some notes, named without `.md`."""

from vault_tools.graph.build import build
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Source
from vault_tools.model.vocabulary import Conventions, NoteType, Relation, Vocabulary
from vault_tools.parse.note import parse

WORDS = Vocabulary(
    types={"template": NoteType("template", role="template"), "note": NoteType("note")},
    relations={
        "requires": Relation("requires", inverse="enables"),
        "causes": Relation("causes"),
        "related": Relation("related", symmetric=True),
    },
)


def graph(files: dict[str, str]) -> KnowledgeGraph:
    """Return the graph of some notes, named without `.md`."""
    notes = [parse(Source(f"{name}.md", text, "")) for name, text in files.items()]
    return build(notes, (), WORDS, Conventions(excluded=("Secret/",)))
