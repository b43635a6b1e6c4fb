"""Numbers and texts in a page: read as they were written, and no end of the script they are in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault_tools.exporters.html import encoding as packs


@given(st.lists(st.integers(0, 2**32 - 1)) | st.lists(st.integers(0, 255)) | st.lists(st.integers(0, 65535)))
def test_columns_of_numbers_in_a_page_are_read_as_they_were_written(numbers: list[int]) -> None:
    """In as few bytes as the largest needs."""
    held = packs.column(numbers)
    assert packs.numbers(held) == numbers
    most = max(numbers, default=0)
    assert held["w"] == (1 if most < 256 else 2 if most < 65536 else 4)


@pytest.mark.parametrize("number", [-1, 2**32, 2**40])
def test_a_number_that_is_too_large_for_a_column_is_refused(number: int) -> None:
    """It is never cut off."""
    with pytest.raises(OverflowError):
        packs.column([number])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_packed_text_in_a_page_is_unpacked_unchanged(text: str) -> None:
    """And is cut off nowhere unseen."""
    held = packs.pack(text)
    assert packs.unpack(held) == text
    for end in range(0, len(held) - 1, max(1, len(held) // 5)):
        with pytest.raises(ValueError):  # noqa: PT011  (base64, zlib, ours)
            packs.unpack(held[:end])


PLAIN = st.text(max_size=8) | st.sampled_from(["</script>", "<!--", "\u2028", "\ud800"]) | st.integers() | st.none()


@settings(max_examples=50)
@given(
    st.recursive(
        PLAIN,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    )
)
def test_no_value_in_a_page_ends_the_script_around_it(value: object) -> None:
    """And half a sign is no trouble to any file."""
    text = packs.in_script(value)
    assert "<" not in text
    assert not {"\u2028", "\u2029"} & set(text)
    text.encode()
    json.loads(text)


def test_a_page_text_that_unpacks_to_gigabytes_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever put it there."""
    monkeypatch.setattr(packs, "_MOST", 10_000)
    with pytest.raises(ValueError, match="too long"):
        packs.unpack(packs.pack("x" * 10_001))
    assert packs.unpack(packs.pack("x" * 9_999)) == "x" * 9_999
