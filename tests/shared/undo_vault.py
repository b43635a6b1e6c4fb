"""A vault in which we change notes, and what the journal says of each change."""

# ruff: noqa: D103  (a test is named for what it holds)

from pathlib import Path

from vault_tools.authoring.history import history
from vault_tools.store import amending, contents

BEGIN, END = "%% vault-tools:begin gaps %%", "%% vault-tools:end gaps %%"
HOME = f"\ufeff# 我的概览\r\n{BEGIN}\r\n{END}\r\n\r\n手写的一行"
VAULT: dict[str, str | bytes] = {
    "笔记/Home.md": HOME,
    "A.md": "---\ntype: knowledge\nrequires: ['[[显存]]']\n---\n",
    "Logs/2024-05-06.md": "",
    "vault-tools.toml": '[folders]\nlog = "Logs"\n[inject]\nquiet = 0\n',
}


def held(root: Path, path: str = "笔记/Home.md") -> bytes:
    return (root / path).read_bytes()


def amend(root: Path, path: str, text: str, by: str = "report") -> None:
    """Change a note as vault-tools does."""
    assert amending.amend(root, path, contents.digest_of(held(root, path)), text, by) == "written"


def states(root: Path) -> list[tuple[str, str, str]]:
    return [(row.change.path, row.change.by, row.state) for row in history(root)]
