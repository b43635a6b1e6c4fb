"""The words of the vocabulary in all languages, and what each means."""

from shared.vaults import parsed

from vault_tools import shipped
from vault_tools.graph.build import build
from vault_tools.graph.kinds import Kinds
from vault_tools.learning.lexicon import Lexicon
from vault_tools.model.vocabulary import Conventions
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary

VOCABULARY = build_vocabulary(shipped.asset("vocabulary.toml"), parse_settings(""), {})
LEXICON = Lexicon(VOCABULARY)
KINDS = Kinds(VOCABULARY, Conventions())


def relation_of(word: str) -> str | None:
    """Return the relation or inverse that a field of this name makes, as the graph has it."""
    texts = {"N.md": f"{word}:: [[Other]]", "Other.md": ""}
    edges = [edge for edge in build(parsed(texts), texts, VOCABULARY).edges if edge.namespace == "semantic"]
    if not edges:
        return None
    (edge,) = edges
    relation = VOCABULARY.relations[edge.relation]
    return relation.name if edge.source == "N.md" else relation.inverse
