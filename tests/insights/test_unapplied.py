"""Knowledge that nobody applied."""

from shared.insight_findings import LONG, found, seen, typed
from shared.vaults import MakeVault


def test_unapplied_knowledge_is_found_and_what_a_goal_needs_comes_first(vault: MakeVault) -> None:
    """Stubs are left out; applied knowledge too, whoever applied it."""
    got = found(
        vault,
        "unapplied",
        {
            "Idle.md": typed("knowledge"),
            "Needed.md": typed("knowledge"),
            "Learned.md": typed("knowledge"),
            "Applied.md": typed("knowledge"),
            "Applied too.md": typed("knowledge", applied_in="Goal"),
            "Stub.md": typed("knowledge", "short"),
            "Plain.md": LONG,
            "Goal.md": typed("project", requires="Needed"),
            "2024-05-01.md": typed("log", learns="Learned", applies="Applied"),
        },
    )
    assert list(got) == ["Needed.md", "Learned.md", "Idle.md"]
    assert seen(got["Needed.md"]) == [("Goal.md", 3)]
    assert not found(vault, "unapplied", {"A.md": LONG})
