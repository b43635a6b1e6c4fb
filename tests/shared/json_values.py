"""Values that JSON can say, made by chance, to write as properties."""

from hypothesis import strategies as st

from vault_tools.parse import frontmatter
from vault_tools.parse.note import clean


def read(text: str) -> frontmatter.Frontmatter:
    """Read the properties of a note as the parser does."""
    return frontmatter.read(clean(text))


TEXTS = (
    *("a", "字", "🟨", ":", ": ", "#", " #", "-", "- x", "?", "[[x]]", '"', "'", "\\", "\n", " ", "\t", "|", ">", "&a"),
    *("1e5", "0x1F", "0o7", "null", "~", "true", "2024-01-01", "12:30", ".inf", "---", "...", "\r", "\x85", "\u2028"),
    *("{", "}", "[", "]", ",", "*", "!", "%", "@", "`", "=", "<<", "\ufeff", "\ufffe", "\x7f", "\U0001fffe"),
)
some_text = st.lists(st.sampled_from(TEXTS), max_size=5).map("".join) | st.text(max_size=12)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    some_text,
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(some_text, inner, max_size=3),
    max_leaves=8,
)
