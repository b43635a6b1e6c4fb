"""The neighbourhood of one note: a network of pyvis, drawn by the vis-network that pyvis brings along.

pyvis' own page template, its option parser and its adding of nodes one by one are not used: they put text into the page
as markup, ask other hosts, and are quadratic. The page fills this network with the nodes around a note as they are
needed; this module decides how it is drawn.
"""

import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from vault_tools.exporters.html.encoding import pack

_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def network() -> dict[str, Any]:
    """Return the network as vis-network takes it: no nodes or edges yet, and its options."""
    from pyvis.network import Network  # noqa: PLC0415  (it loads IPython and Jinja, which only this page pays for)

    network_ = Network(directed=True)
    network_.options = {
        "layout": {"improvedLayout": True, "randomSeed": 1},
        "physics": {
            "solver": "forceAtlas2Based",
            "forceAtlas2Based": {"gravitationalConstant": -80, "springLength": 130, "avoidOverlap": 0.4},
            "stabilization": {"iterations": 200, "fit": True},
        },
        "interaction": {"hover": True, "tooltipDelay": 1_000_000, "keyboard": False},
        "nodes": {"shape": "dot", "borderWidth": 0},
        "edges": {"smooth": False},
    }
    return {"nodes": network_.nodes, "edges": network_.edges, "options": network_.options}


@cache
def library() -> tuple[str, str]:
    """Return the script that draws it, as it runs and as the page holds it, packed."""
    text = _newest()
    return text, pack(text)


def _newest() -> str:
    """Return the newest vis-network inside the installed pyvis, without what would ask for other files."""
    folders = (resources.files("pyvis") / "templates" / "lib").iterdir()
    newest = max((folder for folder in folders if folder.name.startswith("vis-")), key=_version)
    text = (newest / "vis-network.min.js").read_text(encoding="utf-8").replace("\r\n", "\n")
    return _SOURCE_MAP.sub("", text)


def _version(folder: Traversable) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", folder.name)]
