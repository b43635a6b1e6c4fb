"""The page as a file: the same bytes, small, and with a strict content policy."""

import json
import re
from pathlib import Path
from typing import Any

from shared.graph_pages import (
    HOSTILE,
    ask,
    edge,
    graph_of,
    note,
    opened_graph,
    page_text,
    small_graph,
)

from vault_tools.exporters.html.encoding import unpack


def part(page: str, name: str) -> str:
    """What an element of data holds."""
    return page.partition(f'id="{name}">')[2].partition("</script>")[0]


def core(page: str) -> dict[str, Any]:
    """What is drawn."""
    found: dict[str, Any] = json.loads(part(page, "core"))
    return found


def test_the_same_graph_gives_the_same_page() -> None:
    """Two exports of one graph are equal to the last byte."""
    assert page_text(small_graph()) == page_text(small_graph())


def test_vault_tools_recognises_its_own_page() -> None:
    """The marker stands right at the start of the head."""
    text = page_text(small_graph())
    head = text.index("<head>")
    assert '<meta name="generator" content="vault-tools">' in text[head : head + 300]


def test_the_content_policy_of_the_page_allows_only_its_own_parts() -> None:
    """No `unsafe` word, no host, nothing by default."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_text(small_graph()))
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_a_page_of_notes_with_any_text_can_be_written() -> None:
    """Half a surrogate pair or a NUL in a note does not make a file that cannot be written."""
    nodes = [note(text, path=f"{number}.md") for number, text in enumerate(HOSTILE)]
    assert page_text(graph_of(nodes, []), vault=HOSTILE[-2]).encode("utf-8")


def test_an_invalid_colour_in_the_settings_never_reaches_the_page() -> None:
    """Settings may hold anything; the page gets `#rgb` or `#rrggbb`."""
    text = page_text(graph_of([note("A", "odd")], []), groups=(("a", "url(https://example.org)"),))
    assert "display:none" not in part(text, "core")
    assert "example.org" not in part(text, "core")


def test_a_type_without_a_colour_always_has_the_same_colour() -> None:
    """The colour of an unknown type follows from its name alone."""
    one = core(page_text(graph_of([note("A", "recipe")], [])))["types"]
    two = core(page_text(graph_of([note("A", "recipe"), note("B", "zebra")], [])))["types"]
    (color,) = (row["c"] for row in one)
    assert re.fullmatch("#[0-9a-f]{6}", color)
    assert color in {row["c"] for row in two if row["n"] == "recipe"}


def test_the_plain_list_of_ten_thousand_notes_is_small() -> None:
    """At most 400 kB, and every name is in it."""
    nodes = [note(f"A note with a name {number:05}", path=f"{number % 90}/{number}.md") for number in range(10_000)]
    plain = page_text(graph_of(nodes, [])).split('<article id="plain">')[1].split("</article>")[0]
    assert len(plain.encode()) <= 400_000
    assert plain.count("A note with a name") == 10_000


def test_a_page_of_two_hundred_notes_is_small() -> None:
    """With the library that draws neighbourhoods, 700 kB at most."""
    nodes = [note(f"Note {number}", excerpt="word " * 48) for number in range(200)]
    edges = [edge(nodes[number], "requires", nodes[number // 3]) for number in range(1, 200)]
    assert len(page_text(graph_of(nodes, edges)).encode()) <= 700_000


def test_a_page_of_names_holds_no_excerpts_and_no_properties() -> None:
    """Neither excerpts nor properties are in the file."""
    whole = unpack(part(page_text(small_graph()), "details"))
    names = unpack(part(page_text(small_graph(), names_only=True), "details"))
    assert "First words" in whole
    assert "active" in whole
    assert "First words" not in names
    assert "active" not in names


def test_a_title_that_looks_like_a_placeholder_of_the_page_stays_a_title(tmp_path: Path) -> None:
    """What is put into the page is never looked at again."""
    names = ["{{core}}", "{{script}}", "{{style}} {{library}}", "{{policy}}"]
    with opened_graph(graph_of([note(name) for name in names], []), tmp_path, vault="{{script}}") as opened:
        assert sorted(ask(opened, "visibleNodes()")) == sorted(names)
        assert opened.page.inner_text("#vault") == "{{script}}"
