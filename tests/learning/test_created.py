"""The day on which a note was made, as it says itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.learning.creation import creation_days
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.note import Note, Value
from vault_tools.model.vocabulary import Vocabulary

DAY = date(2024, 5, 31)
WORDS = Vocabulary(words={"properties": {"date": ("日期",), "created": ("date created", "创建时间")}})


def told(path: str, frontmatter: dict[str, Value] | None = None) -> date | None:
    """The day of a note with some properties."""
    lines = tuple(range(2, 2 + len(frontmatter or {})))
    node = Node(path, "note", path, "note", note=Note(path, "", frontmatter, lines))
    graph = KnowledgeGraph({path: node}, (), {}, {}, {}, {}, (), {}, WORDS)
    return creation_days(graph).get(path)


@pytest.mark.parametrize(
    ("path", "properties"),
    [
        ("A.md", {"created": "2024-05-31"}),
        ("A.md", {"created": "2024-05-31T18:30:00+02:00"}),
        ("A.md", {"Date Created": "2024-05-31 18:30"}),
        ("A.md", {"date_created": ["2024-05-31"]}),
        ("A.md", {"创建时间": "2024年5月31日"}),
        ("A.md", {"created": "[[2024-05-31]]"}),
        ("A.md", {"created": "2024/05/31, 18:30"}),
        ("A.md", {"created": 20240531}),
        ("A.md", {"created": "202405311830"}),
        ("A.md", {"date": "2024-05-31"}),
        ("2023-01-01.md", {"date": "2023-02-02", "created": "2024-05-31"}),
        ("2023-01-01.md", {"日期": "2024-05-31"}),
        ("Logs/2024-05-31 Kubernetes.md", {}),
        ("20240531.md", {"created": "yesterday"}),
        ("202405311830 Zettel.md", {"created": ""}),
        ("20240531183059.md", {"created": None}),
        ("2024年5月31日.md", {"created": "{{date}}"}),
        ("2024-05-31.md", {"created": "0024-05-31"}),
        ("2024-05-31.md", {"created": "2024-02-30"}),
    ],
)
def test_the_creation_day_of_a_note_is_read_from_its_properties_or_its_name(
    path: str, properties: dict[str, Value]
) -> None:
    """By `created`, else by its date, else by its name; what is no day, or none that can be, is passed over."""
    assert told(path, properties) == DAY


@pytest.mark.parametrize(
    "path", ["A.md", "1899-12-31.md", "2201-01-01.md", "2024-13-01.md", "2024.md", "2024-05.md", "1234567890123.md"]
)
def test_a_note_without_a_day_has_no_creation_day(path: str) -> None:
    """Its file's day is not asked: it differs from device to device."""
    assert told(path, {"created": "some day"}) is None


def test_the_shipped_words_for_a_creation_day_are_known_also_in_a_field(vault: MakeVault) -> None:
    """And nothing is said of what cannot be read: that is not ours to judge here."""
    root = vault(
        {
            "A.md": "---\ncreation date: 2024-05-31\n---\n",
            "B.md": "created:: 2024-05-31\n",
            "C.md": "---\n创建: 2024-05-31\n---\n",
            "D.md": "---\ncreated: soon\n---\n",
            "E.canvas": "{}",
        }
    )
    graph = Vault.open(root).knowledge
    assert creation_days(graph) == {"A.md": DAY, "B.md": DAY, "C.md": DAY}
    assert graph.problems == {}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(max_value=date(3000, 1, 1)).map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(VALUES, st.text(min_size=1))
def test_any_value_may_be_given_as_a_creation_day(value: Value, name: str) -> None:
    """It never raises, and a day lies in the years of which a vault may tell."""
    day = told(f"{name}.md", {"created": value, "date": value})
    assert day is None or 1900 <= day.year <= 2200
