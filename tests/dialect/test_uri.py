"""The addresses that open notes in Obsidian."""

from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.obsidian_cases import area, expected

from vault_tools.dialect.uri import address, in_markdown, uri
from vault_tools.parse.inline import scan

laws = partial(settings, deadline=None, derandomize=True)


@pytest.mark.parametrize("key", area("uri"))
def test_an_address_of_a_note_is_encoded_as_obsidian_does(key: str) -> None:
    """Each value as `encodeURIComponent` has it, the subpath with its file."""
    parameters = dict(expected(key, "uri"))
    wanted = parameters.pop("uri")
    assert address(**parameters) == wanted


def test_an_address_opens_a_file_by_vault_and_path() -> None:
    """The short way to the address that is wanted most."""
    assert uri("v", "a/b", "#^id") == "obsidian://open?vault=v&file=a%2Fb%23%5Eid"
    assert address("choose-vault") == "obsidian://choose-vault"


@laws(max_examples=200)
@given(st.text(st.characters()), st.text(st.characters()))
@example("v", "\ud800")
@example("v", "a) [x](y")
def test_an_address_of_a_note_in_markdown_is_one_external_link(vault: str, file: str) -> None:
    """Whatever the names, half a surrogate pair included, nothing ends the link early."""
    link = in_markdown(uri(vault, file))
    found = scan(f"[x]({link})(")
    assert (found.links, found.urls) == ([], [(4, link)])
    assert not set(link) & set("()'*!\"<>")
