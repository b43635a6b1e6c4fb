"""Attachments that nothing uses."""

from shared.insight_findings import found
from shared.vaults import MakeVault


def test_attachments_that_nothing_uses_are_found(vault: MakeVault) -> None:
    """Linked, embedded, on a canvas or named in a property: used."""
    got = found(
        vault,
        "attachments",
        {
            "A.md": "---\nbanner: Pics/named.png\ncover: ['[[linked.png]]', listed.jpg]\n---\n"
            "![[shown.png]] [t](Pics/text.pdf)",
            **{f"Pics/{name}": b"" for name in ("named.png", "linked.png", "listed.jpg", "shown.png", "text.pdf")},
            "Pics/card.png": b"",
            "Pics/idle.png": b"",
            "idle.pdf": b"",
            "Table.base": "",
            "Board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "Pics/card.png"}], "edges": []}',
        },
    )
    assert list(got) == ["Pics/idle.png", "idle.pdf"]
