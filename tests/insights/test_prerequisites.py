"""What an open goal lacks, at any distance."""

from shared.insight_findings import found, said, seen, typed
from shared.vaults import MakeVault

CHAIN: dict[str, str | bytes] = {
    "Goal.md": typed("project", requires="First", status="active"),
    "First.md": typed("knowledge", depends_on="Second"),
    "Second.md": typed("knowledge", requires="Not written"),
}


def test_the_missing_prerequisites_of_an_open_goal_are_found_at_any_distance(vault: MakeVault) -> None:
    """Through which note it is needed is said."""
    got = found(vault, "prerequisites", CHAIN)
    assert list(got) == ["missing://Not written"]
    assert "Goal.md" in said(got["missing://Not written"])
    assert "Second.md" in said(got["missing://Not written"])
    assert seen(got["missing://Not written"]) == [("Second.md", 3)]


def test_stubs_and_knowledge_that_was_never_learned_are_missing_prerequisites(vault: MakeVault) -> None:
    """In this order: not written, a stub, never learned; learned or applied is not lacking."""
    files: dict[str, str | bytes] = CHAIN | {
        "Second.md": typed("knowledge", "short", requires="Not written"),
        "Third.md": typed("knowledge"),
        "Goal.md": typed("scenario", requires="First, Third, Applied"),
        "Applied.md": typed("knowledge"),
        "Log.md": typed("log", learns="First", applies="Applied"),
    }
    assert list(found(vault, "prerequisites", files)) == ["missing://Not written", "Second.md", "Third.md"]


def test_without_any_log_nothing_counts_as_never_learned(vault: MakeVault) -> None:
    """A vault that keeps no logs is not blamed for it."""
    assert not found(vault, "prerequisites", {"Goal.md": typed("project", requires="A"), "A.md": typed("knowledge")})


def test_an_active_goal_needs_more_urgently_than_a_planned_one_and_a_finished_one_needs_nothing(
    vault: MakeVault,
) -> None:
    """By the words of `status` in any language; two goals need more than one."""
    files: dict[str, str | bytes] = {
        "1.md": typed("project", requires="Planned, Both", status="待办"),
        "2.md": typed("project", requires="Active, Both", status="Doing"),
        "3.md": typed("project", requires="Finished", status="完成"),
        "4.md": typed("project", requires="Dropped", status="dropped"),
        "5.md": typed("knowledge", requires="No goal"),
        "6.md": typed("project", requires="Odd", status="who knows"),
    }
    got = found(vault, "prerequisites", files)
    assert {name.removeprefix("missing://"): finding.weight for name, finding in got.items()} == {
        "Both": 4.5,
        "Active": 3.0,
        "Odd": 3.0,
        "Planned": 1.5,
    }
    assert next(iter(got)) == "missing://Both"


def test_the_prerequisites_of_goals_in_a_circle_are_found_in_finite_time(vault: MakeVault) -> None:
    """A circle is the matter of another insight."""
    files: dict[str, str | bytes] = CHAIN | {"Second.md": typed("knowledge", requires="First, Not written")}
    assert list(found(vault, "prerequisites", files)) == ["missing://Not written"]
