"""The language that most notes of a vault are written in."""

from hypothesis import given
from hypothesis import strategies as st

from vault_tools.authoring.notes_language import language_of
from vault_tools.model.note import Note


@given(st.text(alphabet="量化模型推理", min_size=2, max_size=30), st.text(alphabet="abc xyz", max_size=30))
def test_a_vault_is_chinese_if_most_of_its_notes_are(chinese: str, english: str) -> None:
    """By the names and first words of its notes; what has no letters does not count, and Japanese is not Chinese."""
    notes = [Note("1.md", "", excerpt=chinese), Note("a/2.md", "", excerpt=chinese + " GPU")]
    assert language_of([*notes, Note("3.md", "", excerpt=f"word {english} " * 3)]) == "zh"
    assert language_of([*notes, *(Note(f"word {at}.md", "", excerpt="in English only") for at in (1, 2))]) == "en"
    assert language_of([Note("2024-01-01.md", ""), Note("12.md", "", excerpt="42")]) == "en"
    assert language_of([Note("モデルの量子化について.md", "", excerpt="これはメモです")]) == "en"
    assert language_of([]) == "en"
