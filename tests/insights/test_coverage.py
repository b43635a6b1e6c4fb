"""How much of a topic is written."""

from shared.insight_findings import found, said, text, typed
from shared.vaults import MakeVault


def test_coverage_counts_what_a_topic_contains_at_any_depth(vault: MakeVault) -> None:
    """Sub-topics themselves do not count; the share applied is that of what is written."""
    got = found(
        vault,
        "coverage",
        {
            "Area.md": typed("core-topic", contains="Part, Direct, Gone"),
            "Part.md": typed("sub-topic", contains="Deep"),
            "Direct.md": typed("knowledge"),
            "Deep.md": typed("knowledge"),
            "Up.md": typed("knowledge", part_of="Part"),
            "Log.md": typed("log", applies="Deep"),
            "Empty.md": typed("core-topic"),
        },
    )
    assert list(got) == ["Area.md", "Part.md"]
    assert [text(cell).partition("(")[0].strip() for cell in got["Area.md"].cells] == ["3 of 4", "1 of 3"]
    assert [text(cell).partition("(")[0].strip() for cell in got["Part.md"].cells] == ["2 of 2", "1 of 2"]
    assert "Gone" in said(got["Area.md"])
    assert not found(vault, "coverage", {"A.md": "x", "T.md": typed("core-topic")})
