"""What a colour of the map shows of each node, if its row in `templates/graph/choices.toml` says `by`."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from vault_tools.dialect.choices import Choice
from vault_tools.exporters.html.details import as_text
from vault_tools.exporters.html.encoding import Record, column
from vault_tools.model.graph import Node
from vault_tools.model.visible import visible_name


def property_value(node: Node, name: str) -> str:
    """Return the value of a property as text, the first one of a list; "" if the note does not have it."""
    properties = (node.note.frontmatter if node.note else None) or {}
    value = next((value for key, value in properties.items() if str(key).lower() == name.lower()), None)
    first = next(iter(value), None) if isinstance(value, list | tuple) else value
    return as_text(first).strip()


TRAITS: Mapping[str, Callable[[Node, str], str]] = {"property": property_value}
"""What may be said in `by`: a function of a node and of what the row says, which returns a value or ""."""


def values(color: Choice, nodes: Sequence[Node]) -> Record:
    """Return the values of a colour, the most frequent first, and the number of each node's (from 1; 0: none).

    Empty for a colour that the page's scripts find by themselves.
    """
    if color.by is None:
        return {}
    ((kind, argument),) = color.by.items()
    trait = TRAITS[kind]
    texts = [visible_name(trait(node, argument)) for node in nodes]
    counts = Counter(text for text in texts if text)
    order = sorted(counts, key=lambda value: (-counts[value], value))
    number = {value: at for at, value in enumerate(order, 1)}
    return {"values": order, "of": column([number.get(value, 0) for value in texts])}
