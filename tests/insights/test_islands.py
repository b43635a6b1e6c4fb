"""Groups of notes beside the largest one."""

from shared.insight_findings import SEA, found
from shared.vaults import MakeVault

from vault_tools.model.text import mentions


def test_groups_beside_the_largest_are_islands(vault: MakeVault) -> None:
    """The larger first; single notes are orphans instead, and a group of exempt notes alone is none."""
    got = found(vault, "islands", SEA)
    assert {name: len(list(mentions(finding.why))) for name, finding in got.items()} == {
        "Island 1.md": 1,
        "Log.md": 1,
    }
    assert not found(vault, "islands", {"A.md": "[[B]]", "B.md": "", "Alone.md": ""})
