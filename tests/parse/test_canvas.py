"""How canvases are read: file cards, text cards and arrows."""

import json
from typing import Any

import pytest

from vault_tools.model.note import Arrow, Note, Source
from vault_tools.parse import canvas


def board(*cards: dict[str, Any], edges: object = ()) -> Note:
    """Parse a canvas of these cards."""
    return canvas.parse(Source("b.canvas", json.dumps({"nodes": cards, "edges": edges}, indent=1), "digest"))


CARDS: tuple[dict[str, Any], ...] = (
    {"id": "1", "type": "file", "file": "a.md"},
    {"id": "2", "type": "file", "file": "d/b.md", "subpath": "#Part"},
    {"id": "3", "type": "text", "text": "[[c]]"},
)


def test_a_file_card_is_a_link_to_exactly_that_file() -> None:
    """A canvas holds whole vault paths, so the target begins with `/`."""
    note = board(*CARDS[:2])
    assert [(link.target, link.subpath, link.embed, link.syntax) for link in note.links] == [
        ("/a.md", "", True, "canvas"),
        ("/d/b.md", "#Part", True, "canvas"),
    ]
    assert [link.line for link in note.links] == [6, 11]


def test_the_text_of_a_canvas_card_links_as_the_text_of_a_note_does() -> None:
    """On the line of the card's text, whatever its escapes; its tags and fields count for nothing."""
    text = 'say "字"\n\n![[c#H|d]] #tag `[[no]]`\nup:: [[e]]'
    note = board(*CARDS[:1], {"id": "2", "type": "text", "text": text}, {"id": "3", "type": "link", "text": "[[f]]"})
    assert [(link.raw, link.target, link.line, link.column, link.property) for link in note.links[1:]] == [
        ("![[c#H|d]]", "c", 11, -1, None),
        ("[[e]]", "e", 11, -1, None),
    ]
    assert (note.body_tags, note.fields) == ((), ())


def test_a_labelled_canvas_arrow_between_file_cards_counts() -> None:
    """Its label may be a relation's name; arrows without a label, or to other cards, say nothing."""
    note = board(
        *CARDS,
        edges=[
            {"id": "e", "fromNode": "1", "toNode": "2", "label": " depends-on "},
            {"id": "f", "fromNode": "1", "toNode": "2"},
            {"id": "g", "fromNode": "1", "toNode": "2", "label": "  "},
            {"id": "h", "fromNode": "1", "toNode": "3", "label": "depends-on"},
            {"id": "i", "fromNode": "1", "toNode": "9", "label": "depends-on"},
        ],
    )
    assert note.arrows == (Arrow("a.md", "depends-on", "d/b.md", 25),)


def test_an_empty_canvas_is_an_empty_note() -> None:
    """Obsidian makes a file of no bytes at all."""
    assert canvas.parse(Source("b.canvas", " \n", "digest")) == Note("b.canvas", "digest")
    assert canvas.parse(Source("b.canvas", "\ufeff{}", "digest")) == Note("b.canvas", "digest")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"nodes": [\n  {"id": "1",\n', 3),
        ("[[a]]", 1),
        ("[]", 1),
        ("42", 1),
        ("[" * 100_000, 0),
        ('{"nodes": ' + "9" * 5000 + "}", 0),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_a_broken_canvas_is_a_problem_with_a_line_and_a_remedy(text: str, line: int) -> None:
    """It is a note without links then."""
    note = canvas.parse(Source("b.canvas", text, "digest"))
    (found,) = note.problems
    assert (found.code, found.line, note.links) == ("canvas-invalid", line, ())
    assert "delete it" in found.todo


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes": {}, "edges": 1}',
        '{"nodes": [1, null, []], "edges": ["x"]}',
        '{"nodes": [{"type": "file"}, {"type": "file", "file": 3}, {"type": "file", "file": ""}]}',
        '{"nodes": [{"file": "a.md"}], "edges": [{"fromNode": {}, "toNode": [], "label": 1}]}',
    ],
)
def test_a_canvas_of_another_shape_holds_nothing(text: str) -> None:
    """What is not as the format says is passed over."""
    assert canvas.parse(Source("b.canvas", text, "digest")) == Note("b.canvas", "digest")


def test_halves_of_characters_in_a_canvas_are_replaced() -> None:
    """JSON can spell them, but no path and no cache can hold them."""
    (link,) = board({"id": "1", "type": "file", "file": "a\ud83d.md"}).links
    assert link.target == "/a?.md"


def test_canvas_cards_without_ids_count() -> None:
    """JSON Canvas wants ids; a file without them still shows its notes."""
    cards = {"nodes": [{"type": "file", "file": "A.md"}, {"type": "file", "file": "B.md"}]}
    assert [link.raw for link in canvas.parse(Source("x.canvas", json.dumps(cards), "")).links] == ["A.md", "B.md"]
