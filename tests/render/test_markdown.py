"""Text of notes that is shown as text: no markup, no link."""

from vault_tools.model.note import Source
from vault_tools.parse import note
from vault_tools.render.markdown import escape


def test_an_address_in_a_name_becomes_no_link_in_a_page() -> None:
    """Obsidian links bare addresses; in our pages it finds none."""
    assert not note.parse(Source("x.md", escape("https://evil.example/x"), "")).external
