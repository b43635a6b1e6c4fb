"""What the reader of the map can choose, as the page takes it: with labels in the reader's language."""

from collections.abc import Sequence

from vault_tools.dialect.choices import Choice, Choices
from vault_tools.exporters.html.encoding import Record
from vault_tools.exporters.html.traits import values
from vault_tools.model.export import ExportContext
from vault_tools.model.graph import Node
from vault_tools.model.speech import form


def choices_in_page(choices: Choices, nodes: Sequence[Node], context: ExportContext) -> Record:
    """Return the choices, which `templates/graph/base/data.js` reads."""
    return {
        "kinds": choices.kinds,
        "colors": [
            _row(color, context) | values(color, nodes) for color in choices.colors if _may_show(color, context)
        ],
        "sizes": [_row(size, context) for size in choices.sizes],
        "modes": [_row(mode, context) for mode in choices.modes],
        "address": choices.address,
    }


def _row(choice: Choice, context: ExportContext) -> Record:
    row = {"name": choice.name, "label": form(context.words, choice.label)}
    if choice.heading:
        row["heading"] = form(context.words, choice.heading)
    if choice.hidden:
        row["hidden"] = choice.hidden
    return row


def _may_show(color: Choice, context: ExportContext) -> bool:
    """Tell whether a page may have a colour; a page of names only says nothing else of what notes contain."""
    return color.by is None or not context.names_only
