"""Knowledge that names no source."""

from shared.insight_findings import LONG, found, typed
from shared.vaults import MakeVault

from vault_tools import Vault


def test_unsourced_knowledge_is_found_and_what_other_notes_build_on_comes_first(vault: MakeVault) -> None:
    """A source may be named from either end."""
    got = found(
        vault,
        "unsourced",
        {
            "Alone.md": typed("knowledge"),
            "Leant on.md": typed("knowledge"),
            "Leans.md": "[[Leant on]]",
            "Has one.md": typed("knowledge", learned_from="Book"),
            "Taught.md": typed("knowledge"),
            "Book.md": typed("source", teaches="Taught"),
        },
    )
    assert list(got) == ["Leant on.md", "Alone.md"]
    assert not found(vault, "unsourced", {"A.md": LONG})


def test_the_source_of_knowledge_may_be_an_address(vault: MakeVault) -> None:
    """Most sources are."""
    typed = "---\ntype: knowledge\nsource: {}\n---\n"
    root = vault({"A.md": typed.format("https://example.org"), "B.md": typed.format("")})
    assert [item.subject.id for item in Vault.open(root).findings["unsourced"]] == ["B.md"]
