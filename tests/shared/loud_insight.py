"""An insight to drop in: it finds the notes whose name is in capitals."""

_LOUD = '''"""Which notes have a name in capitals?"""

from vault_tools.model.finding import Finding, Insight
from vault_tools.model.text import Ref


def find(graph, _context):
    """Find loud notes."""
    for node in graph.nodes.values():
        if node.kind == "note" and node.title.isupper():
            yield Finding("loud", Ref(node.id), 99.0, ("its name is LOUD",), ("whisper",))


INSIGHT = Insight(name="loud", page="{page}", order=15, find=find)
'''


def loud_insight(page: str) -> str:
    """Return the text of `loud.py`, a section of a page."""
    return _LOUD.replace("{page}", page)
