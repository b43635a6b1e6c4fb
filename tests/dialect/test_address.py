"""The view that the address of the map names."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from vault_tools.dialect.address import view


@given(st.text(), st.lists(st.text(min_size=1)))
def test_a_view_in_an_address_of_the_map_is_read_back(note: str, types: list[str]) -> None:
    """Whatever notes and types are called; and it ends no link of Markdown."""
    spelled = view(note=note, depth=2, types=types, mode="gaps")
    assert not set(spelled) & set(" ()<>[]\"'\n\\")
    read = dict(part.split("=") for part in spelled.split("&"))
    assert read["mode"] == "gaps"
    assert unquote(read.get("note", "")) == note.encode("utf-8", "replace").decode()
    assert [unquote(word) for word in read.get("type", "").split(",") if word] == [
        word.encode("utf-8", "replace").decode() for word in types
    ]
    assert ("depth" in read) == bool(note)
