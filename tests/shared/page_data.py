"""The data that a page of the graph carries."""

import json
import re
from typing import Any

from vault_tools.exporters.html import encoding as packs


def parts(page: str) -> dict[str, Any]:
    """The data of a page: its core, and what is packed."""
    held = dict(re.findall(r'<script type="[^"]*" id="(\w+)">(.*?)</script>', page, re.DOTALL))
    packed = {name: json.loads(packs.unpack(held[name])) for name in ("index", "details")}
    return {"core": json.loads(held["core"]), **packed}


def column(core: dict[str, Any], name: str) -> list[int]:
    """A column of the nodes."""
    return packs.numbers(core["nodes"][name])


SECRET = "the secret"
VAULT = {
    "A.md": f"---\ntype: knowledge\nmood: {SECRET}\naliases: [Alpha]\n---\n{SECRET} [[B]] [[Gone]] [[A#{SECRET}]]\n"
    + "word " * 30,
    "B.md": f"# {SECRET}\n[[Lost|{SECRET}]] ![[{SECRET}.png]]\nx:: {SECRET}\n",
    "Log.md": f"---\ntype: log\ndate: 2024-05-01\nlearned: '[[A]]'\nproblem: {SECRET}\noutcome: open\n---\n{SECRET}\n",
    "P.md": f"---\ntype: project\nrequires: ['[[Gone]]', '[[A]]']\nstatus: {SECRET}\nverify: {SECRET}\n---\n",
}
