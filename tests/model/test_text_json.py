"""Texts that are remembered as JSON come back as they were, with mentions by what they are called."""

from hypothesis import given
from hypothesis import strategies as st

from vault_tools.model.speech import format_words
from vault_tools.model.text import Ref, Say, Term, say
from vault_tools.model.text_json import pack_text, unpack_text

LEAVES = st.text() | st.integers() | st.builds(Term, st.sampled_from(["type", "relation"]), st.text())
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(lambda id_, values: Say(id_, tuple(values.items())), st.text(), st.dictionaries(st.text(), inner))
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_text_that_is_saved_as_json_comes_back_unchanged(text: object) -> None:
    """Sentences in sentences, lists, words of the vocabulary, numbers and strings."""
    assert unpack_text(pack_text(text, lambda ref: ref.id)) == text  # type: ignore[arg-type]


def test_a_mention_in_a_text_that_is_saved_as_json_becomes_a_name() -> None:
    """A name, or a sentence that is said in the reader's language later."""
    text = say("x", notes=(Ref("A.md"), Ref("B.md", say("y"))))
    found = unpack_text(pack_text(text, lambda ref: ref.label or ref.id.removesuffix(".md")))
    words = {"x": "{notes}!", "y": "第二", "common.list-separator": "、"}
    assert format_words(found, words, str) == "A、第二!"
