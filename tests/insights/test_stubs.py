"""Stubs: short notes that others link to."""

from shared.insight_findings import LONG, found, said, seen, typed
from shared.vaults import MakeVault


def test_a_short_note_that_two_others_link_to_is_a_stub(vault: MakeVault) -> None:
    """Of knowledge and of untyped notes; the more are linking and the less it says, the more urgent."""
    askers: dict[str, str | bytes] = {f"Asks {at}.md": f"[[Two]] [[Typed]] {LONG}" for at in range(2)}
    got = found(
        vault,
        "stubs",
        askers
        | {
            "Asks 3.md": f"[[Typed]] [[One]] [[Topic]] [[Log]] {LONG}",
            "Asks 4.md": f"[[Topic]] [[Log]] [[Long]] {LONG}",
            "Asks 5.md": f"[[Long]] {LONG}",
            "Two.md": "very short",
            "Typed.md": typed("knowledge", "short"),
            "One.md": "short",
            "Topic.md": typed("core-topic", "short"),
            "Log.md": typed("log", "short"),
            "Long.md": LONG,
        },
    )
    assert list(got) == ["Typed.md", "Two.md"]
    assert "3 notes" in said(got["Typed.md"])
    assert len(seen(got["Typed.md"])) == 3


def test_a_stub_has_fewer_words_than_the_settings_say(vault: MakeVault) -> None:
    """Twenty by default; each Chinese character counts as a word."""
    files: dict[str, str | bytes] = {
        "A.md": f"[[Nineteen]] [[Twenty]] [[汉字]] {LONG}",
        "B.md": f"[[Nineteen]] [[Twenty]] [[汉字]] {LONG}",
        "Nineteen.md": "word " * 19,
        "Twenty.md": "word " * 20,
        "汉字.md": "字" * 19,
    }
    assert sorted(found(vault, "stubs", files)) == ["Nineteen.md", "汉字.md"]
    assert list(found(vault, "stubs", files, "[gaps]\nstub_words = 21")) == ["Nineteen.md", "汉字.md", "Twenty.md"]
    assert not found(vault, "stubs", files, "[gaps]\nstub_words = 1")
