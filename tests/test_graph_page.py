"""The graph page, opened in a browser as a reader would open it."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser import Opened, browser_page, one_browser

from vault_tools.exporters.html import EXPORTER
from vault_tools.model.export import Surroundings
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.note import Note, Tag
from vault_tools.model.vocabulary import NoteType, Relation, Vocabulary

TEMPLATES = Path(__file__).parents[1] / "templates"

HOSTILE = (
    "</script><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    '"><svg onload=window.PWNED=1>',
    "javascript:window.PWNED=1",
    "see href <img src=x onerror=window.PWNED=1>",
    "</title><script>window.PWNED=1</script>",
    "--><script>window.PWNED=1</script>",
    "]]><script>window.PWNED=1</script>",
    "<!--<script>",
    "${window.PWNED=1} {{x}} <% x %>",
    "line\u2028and\u2029paragraph",
    "nul\x00inside",
    "half \ud800 a sign",
    "\u202eright to left",
)

VOCABULARY = Vocabulary(
    types={
        "knowledge": NoteType("knowledge", color="#2f7fb5"),
        "log": NoteType("log", color="#8a8f98"),
        "odd": NoteType("odd", color="red;} body{display:none"),
    },
    relations={
        "requires": Relation("requires", inverse="enables", color="#b23a5e"),
        "related": Relation("related", symmetric=True, color="#8a8f98"),
    },
)


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


# ------------------------------------------------------------------ graphs and pages


def note(title: str, type: str = "knowledge", path: str = "", **said: Any) -> Node:  # noqa: A002
    """A note as the resolver would hand it over."""
    path = path or f"Notes/{title}.md"
    return Node(path, "note", title, type, note=Note(path, "digest", **said))


def edge(source: Node, relation: str, target: Node) -> Edge:
    """An edge whose namespace follows from the vocabulary."""
    semantic = relation in VOCABULARY.relations or relation in HOSTILE
    return Edge(source.id, relation, target.id, "semantic" if semantic else "structural", ())


def graph_of(nodes: list[Node], edges: list[Edge], vocabulary: Vocabulary = VOCABULARY) -> KnowledgeGraph:
    """A whole graph around some nodes and edges."""
    incoming, outgoing = defaultdict(list), defaultdict(list)
    for each in edges:
        incoming[each.target].append(each)
        outgoing[each.source].append(each)
    return KnowledgeGraph(
        nodes={node.id: node for node in nodes},
        edges=tuple(edges),
        incoming={end: tuple(some) for end, some in incoming.items()},
        outgoing={end: tuple(some) for end, some in outgoing.items()},
        unresolved={},
        resolved={},
        broken=(),
        problems={},
        vocabulary=vocabulary,
    )


def small_graph() -> KnowledgeGraph:
    """Two topics, a log, a lone note, a missing note, a picture, a tag."""
    kalman = note(
        "Kalman filter",
        aliases=("卡尔曼滤波", "KF"),
        tags=("#math",),
        body_tags=(Tag("#control", 3, 0),),
        frontmatter={"status": "active", "level": 3, "done": True, "odd": math.nan, "near": ["a", {"b": None}]},
    )
    bayes = note("Bayes' rule (100%)", path="Notes/概率 & co/Bayes' rule (100%).md")
    diary = note("Monday", "log")
    lone = note("Lone note", "log")
    missing = Node("missing://Gauss", "missing", "Gauss", "")
    picture = Node("Attachments/plot.png", "attachment", "plot.png", "")
    tag = Node("tag://math", "tag", "#math", "")
    edges = [
        edge(kalman, "requires", bayes),
        edge(kalman, "links-to", missing),
        edge(diary, "links-to", kalman),
        edge(diary, "embeds", picture),
        edge(bayes, "related", diary),
        edge(kalman, "tagged", tag),
    ]
    return graph_of([kalman, bayes, diary, lone, missing, picture, tag], edges)


def surroundings(vault: str = "My vault") -> Surroundings:
    """The vault's name and the shipped template."""
    return Surroundings(vault, {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in EXPORTER.assets})


def page_text(graph: KnowledgeGraph, vault: str = "My vault") -> str:
    """The whole page."""
    return "".join(EXPORTER.export(graph, surroundings(vault)))


@contextmanager
def opened_text(text: str, folder: Path, **how: Any) -> Iterator[Opened]:
    """A page's text, opened in a browser."""
    path = folder / "graph.html"
    path.write_text(text, encoding="utf-8", newline="\n")
    with browser_page(path, **how) as opened:
        yield opened


@contextmanager
def opened_graph(graph: KnowledgeGraph, folder: Path, vault: str = "My vault", **how: Any) -> Iterator[Opened]:
    """A graph's page, opened and painted."""
    with opened_text(page_text(graph, vault), folder, **how) as opened:
        opened.page.wait_for_function("window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        yield opened


def ask(opened: Opened, question: str) -> Any:
    """A question to the page's own `vaultGraph`."""
    return opened.page.evaluate(f"window.vaultGraph.{question}")


def point_of(opened: Opened, title: str) -> tuple[float, float]:
    """Where on the screen a node is drawn."""
    point = opened.page.evaluate("(title) => window.vaultGraph.pointOf(title)", title)
    return point["x"], point["y"]


def find(opened: Opened, text: str) -> None:
    """Search for something and take the first answer."""
    opened.page.fill("#query", text)
    opened.page.press("#query", "Enter")


def switch(opened: Opened, box: str, name: str) -> None:
    """Click the box of one row of the legend."""
    opened.page.locator(f"#{box} li", has_text=name).locator("input").click()


def safe(text: str) -> str:
    """What a page can show of a text: half a sign becomes the replacement sign."""
    return text.replace("\ud800", "\ufffd")


# ------------------------------------------------------------------ the file


def test_the_same_graph_gives_the_same_bytes() -> None:
    """Two exports of one graph are equal to the last byte."""
    assert page_text(small_graph()) == page_text(small_graph())


def test_the_tool_can_recognise_its_own_page() -> None:
    """The marker stands right at the start of the head."""
    text = page_text(small_graph())
    head = text.index("<head>")
    assert '<meta name="generator" content="vault-tools">' in text[head : head + 300]


def test_the_policy_allows_nothing_but_the_pages_own_parts() -> None:
    """No `unsafe` word, no host, nothing by default."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_text(small_graph()))
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_a_page_can_be_written_whatever_the_notes_say() -> None:
    """Half a surrogate pair or a NUL in a note does not make a file that cannot be written."""
    nodes = [note(text, path=f"{number}.md") for number, text in enumerate(HOSTILE)]
    assert page_text(graph_of(nodes, []), vault=HOSTILE[-2]).encode("utf-8")


def test_a_colour_that_is_none_never_reaches_the_page() -> None:
    """Settings may hold anything; the page gets `#rgb` or `#rrggbb`."""
    text = page_text(graph_of([note("A", "odd")], []))
    assert "display:none" not in text.split('id="data">')[1].split("</script>")[0]


def test_types_without_a_colour_keep_their_own_colour() -> None:
    """The colour of an unknown type follows from its name alone."""
    one = page_text(graph_of([note("A", "recipe")], []))
    two = page_text(graph_of([note("A", "recipe"), note("B", "zebra")], []))
    colors = [re.search(r'"n":"recipe","c":"(#[0-9a-f]{6})"', text) for text in (one, two)]
    assert colors[0]
    assert colors[1]
    assert colors[0][1] == colors[1][1]


# ------------------------------------------------------------------ safety


def test_the_page_asks_nobody_and_complains_of_nothing(tmp_path: Path) -> None:
    """Only the file itself is requested, in use as at the start; no error, no broken policy."""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, "Kalman")
        opened.page.mouse.move(*point_of(opened, "Kalman filter"))
        opened.page.click("#theme")
        opened.page.click("#zoom-in")
        opened.page.click("#fit")
        opened.page.wait_for_timeout(700)
        assert opened.complaints == []
        assert opened.violations == []
        own = (tmp_path / "graph.html").as_uri()
        assert [url for url in opened.requests if url != own and not url.startswith(("data:", "blob:"))] == []


def hostile_graph() -> KnowledgeGraph:
    """Every hostile text in every place where a vault can put text."""
    nodes = [
        note(
            text,
            type=text,
            path=f"{text}/{number} {text}.md",
            aliases=(text, f"probe-{number}."),
            tags=(f"#{text}",),
            frontmatter={text: text, "nested": {text: [text]}},
        )
        for number, text in enumerate(HOSTILE)
    ]
    edges = [edge(nodes[0], text, node) for text, node in zip(HOSTILE[1:], nodes[1:], strict=True)]
    edges += [edge(nodes[-1], HOSTILE[0], nodes[0])]
    others = [Node(f"missing://{text}", "missing", text, "") for text in HOSTILE]
    others += [Node(f"tag://{text}", "tag", f"#{text}", "") for text in HOSTILE]
    return graph_of([*nodes, *others], edges)


def test_text_of_the_vault_never_becomes_markup(tmp_path: Path) -> None:
    """Titles, aliases, types, tags, folders, relations, properties and the vault's name are shown letter by letter."""
    vault = " ".join(HOSTILE)
    with opened_graph(hostile_graph(), tmp_path, vault) as opened:
        page = opened.page
        before = page.evaluate("document.querySelectorAll('script').length")
        assert page.evaluate("document.getElementById('vault').textContent") == safe(vault)
        assert legend(opened, "types") == {safe(text) for text in HOSTILE}
        assert legend(opened, "relations") == {safe(text) for text in HOSTILE}
        for number, text in enumerate(HOSTILE):
            find(opened, f"probe-{number}.")
            check_panel(opened, safe(text), f"{safe(text)}/{number} {safe(text)}.md", vault)
        page.click("#kinds input >> nth=-1")
        page.mouse.move(*point_of(opened, HOSTILE[1]))
        page.fill("#query", "PWNED")
        assert page.locator("#results [role=option]").count() > 5
        assert page.evaluate("typeof window.PWNED") == "undefined"
        assert page.evaluate("document.querySelectorAll('img, iframe, object, [onload], [onerror]').length") == 0
        assert page.evaluate("document.querySelectorAll('script').length") == before
        assert (opened.complaints, opened.violations) == ([], [])


def legend(opened: Opened, box: str) -> set[str]:
    """The names that a part of the legend shows."""
    rows = f"[...document.querySelectorAll('#{box} label > span:not(.count)')]"
    return set(opened.page.evaluate(f"{rows}.map((row) => row.textContent)"))


def check_panel(opened: Opened, text: str, path: str, vault: str) -> None:
    """The open panel shows a text in every place, letter by letter."""
    shown = opened.page.evaluate(
        """() => {
            const texts = (what) => [...document.querySelectorAll(`#details ${what}`)].map((part) => part.textContent);
            return {
                title: texts('h2')[0], type: texts('.kind')[0], path: texts('.path')[0], chips: texts('.chips li'),
                keys: texts('dt'), values: texts('dd'), href: document.querySelector('a.open').getAttribute('href'),
            };
        }"""
    )
    assert shown["title"] == shown["type"] == text
    assert shown["path"] == path
    assert {text, f"#{text}"} <= set(shown["chips"])
    assert text in shown["keys"]
    assert text in shown["values"]
    assert shown["href"] == link_to(vault, path)


def link_to(vault: str, path: str) -> str:
    """The link to a note, as the standard library would write it."""
    return f"obsidian://open?vault={quote(vault, safe='', errors='replace')}&file={quote(path, safe='')}"


def test_a_title_that_looks_like_a_placeholder_stays_a_title(tmp_path: Path) -> None:
    """What is put into the page is never looked at again."""
    names = ["{{data}}", "{{script}}", "{{style}} {{library}}", "{{policy}}"]
    with opened_graph(graph_of([note(name) for name in names], []), tmp_path, vault="{{script}}") as opened:
        assert sorted(ask(opened, "visibleNodes()")) == sorted(names)
        assert opened.page.inner_text("#vault") == "{{script}}"


# ------------------------------------------------------------------ finding


@pytest.mark.parametrize("query", ["卡尔曼", "kf", "KALMAN fil", "#control"])
def test_search_finds_a_note_by_title_alias_and_tag(tmp_path: Path, query: str) -> None:
    """As one types, in any language, capitals or not; Enter opens the panel."""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, query)
        assert opened.page.inner_text("#details h2") == "Kalman filter"
        assert ask(opened, "focused()") == "Kalman filter"


def test_search_finds_a_note_by_its_folder(tmp_path: Path) -> None:
    """The path counts as well, after titles and aliases."""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, "概率 & co")
        assert opened.page.inner_text("#details h2") == "Bayes' rule (100%)"


def test_arrow_keys_walk_through_the_results(tmp_path: Path) -> None:
    """Down goes to the second answer, up from the first to the last."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.fill("#query", "notes/")
        titles = opened.page.locator("#results .title").all_inner_texts()
        opened.page.press("#query", "ArrowDown")
        opened.page.press("#query", "Enter")
        assert opened.page.inner_text("#details h2") == titles[1]


def test_a_note_that_is_filtered_away_is_shown_when_it_is_chosen(tmp_path: Path) -> None:
    """Search looks at everything; choosing a hidden tag switches tags on."""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, "#math")
        opened.page.fill("#query", "#math")
        opened.page.locator("#results li", has_text="#math").first.click()
        assert "#math" in ask(opened, "visibleNodes()")


# ------------------------------------------------------------------ filtering


def test_tags_are_there_but_off_at_first(tmp_path: Path) -> None:
    """Tags tie everything to everything; whoever wants them switches them on."""
    with opened_graph(small_graph(), tmp_path) as opened:
        assert "#math" not in ask(opened, "visibleNodes()")
        switch(opened, "kinds", "Tags")
        assert "#math" in ask(opened, "visibleNodes()")
        assert ["Kalman filter", "tagged", "#math"] in ask(opened, "visibleEdges()")


def test_switching_a_type_off_hides_its_notes_and_their_links(tmp_path: Path) -> None:
    """The legend is the filter."""
    with opened_graph(small_graph(), tmp_path) as opened:
        switch(opened, "types", "log")
        assert not {"Monday", "Lone note"} & set(ask(opened, "visibleNodes()"))
        assert all("Monday" not in line for line in ask(opened, "visibleEdges()"))
        switch(opened, "types", "log")
        assert "Monday" in ask(opened, "visibleNodes()")


def test_switching_a_relation_off_hides_its_links(tmp_path: Path) -> None:
    """Notes stay, lines go."""
    with opened_graph(small_graph(), tmp_path) as opened:
        before = ask(opened, "visibleNodes()")
        switch(opened, "relations", "requires")
        assert {relation for _, relation, _ in ask(opened, "visibleEdges()")} == {"links-to", "embeds", "related"}
        assert ask(opened, "visibleNodes()") == before


def test_only_semantic_relations_hides_mere_mentions(tmp_path: Path) -> None:
    """What notes mean, without what they mention."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.check("#only-semantic")
        assert {relation for _, relation, _ in ask(opened, "visibleEdges()")} == {"requires", "related"}


def test_hiding_orphans_hides_what_no_shown_line_touches(tmp_path: Path) -> None:
    """A note whose only lines are filtered away is an orphan too."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.check("#hide-orphans")
        assert "Lone note" not in ask(opened, "visibleNodes()")
        opened.page.check("#only-semantic")
        assert sorted(ask(opened, "visibleNodes()")) == ["Bayes' rule (100%)", "Kalman filter", "Monday"]


# ------------------------------------------------------------------ looking


def test_hovering_dims_all_but_the_neighbourhood(tmp_path: Path) -> None:
    """The node under the pointer and what it is tied to stay bright."""
    with opened_graph(small_graph(), tmp_path) as opened:
        assert ask(opened, "lit()") is None
        opened.page.mouse.move(*point_of(opened, "Monday"))
        assert sorted(ask(opened, "lit()")) == ["Bayes' rule (100%)", "Kalman filter", "Monday", "plot.png"]
        opened.page.mouse.move(2, 2)
        assert ask(opened, "lit()") is None


def test_a_click_on_a_note_opens_its_panel_and_escape_closes_it(tmp_path: Path) -> None:
    """Title, place, properties as text, links both ways, and the way to Obsidian."""
    with opened_graph(small_graph(), tmp_path, vault="Mein Tresor/ä") as opened:
        opened.page.mouse.click(*point_of(opened, "Bayes' rule (100%)"))
        opened.page.wait_for_selector("#panel:not([hidden])")
        path = "Notes/概率 & co/Bayes' rule (100%).md"
        assert opened.page.get_attribute("a.open", "href") == link_to("Mein Tresor/ä", path)
        assert opened.page.locator("#details h3").all_inner_texts() == ["related", "enables"]
        opened.page.keyboard.press("Escape")
        assert opened.page.is_hidden("#panel")


def test_properties_are_shown_as_a_reader_would_write_them(tmp_path: Path) -> None:
    """Numbers, yes and no, lists and nothing: all text, and not-a-number breaks nothing."""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, "Kalman")
        keys = opened.page.locator("#details dt").all_inner_texts()
        values = opened.page.locator("#details dd").all_inner_texts()
        shown = dict(zip(keys, values, strict=True))
        assert shown == {"status": "active", "level": "3", "done": "true", "odd": "nan", "near": "a, b:"}


def test_a_link_in_the_panel_leads_to_the_other_note(tmp_path: Path) -> None:
    """The panel is also a way to walk through the graph without a mouse."""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, "Kalman")
        opened.page.locator("#details .links button", has_text="Gauss").click()
        assert opened.page.inner_text("#details h2") == "Gauss"
        assert opened.page.locator("a.open").count() == 0


def test_dark_and_light_follow_the_system_and_the_button(tmp_path: Path) -> None:
    """The background differs, and the button turns one into the other."""
    background = "getComputedStyle(document.body).backgroundColor"
    with opened_graph(small_graph(), tmp_path, color_scheme="light") as opened:
        light = opened.page.evaluate(background)
        opened.page.click("#theme")
        dark = opened.page.evaluate(background)
    with opened_graph(small_graph(), tmp_path, color_scheme="dark") as opened:
        assert opened.page.evaluate(background) == dark != light


def test_on_a_phone_the_panel_is_a_sheet_at_the_bottom(tmp_path: Path) -> None:
    """Full width, at the lower edge, nothing to scroll sideways, legend folded."""
    with opened_graph(small_graph(), tmp_path, size=(390, 844), has_touch=True) as opened:
        assert opened.page.is_hidden("#legend")
        opened.page.touchscreen.tap(*point_of(opened, "Monday"))
        opened.page.wait_for_selector("#panel:not([hidden])")
        box = opened.page.locator("#panel").bounding_box()
        assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
        assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
        opened.page.click("#close")
        opened.page.click("#filter")
        assert opened.page.is_visible("#legend")


def test_every_control_has_a_name(tmp_path: Path) -> None:
    """A screen reader can say what each button and box is for."""
    nameless = """() => [...document.querySelectorAll('button, input, a, nav, aside')].filter((part) =>
        !(part.getAttribute('aria-label') || part.textContent.trim() || part.closest('label'))).length"""
    with opened_graph(small_graph(), tmp_path) as opened:
        find(opened, "Kalman")
        assert opened.page.evaluate(nameless) == 0


# ------------------------------------------------------------------ when something is not as usual


def test_data_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    """A damaged file shows a sentence, not an empty page."""
    text = page_text(small_graph()).replace('id="data">{', 'id="data">{oops')
    with opened_text(text, tmp_path) as opened:
        assert "cannot be read" in opened.page.inner_text("#message")


def test_without_scripts_the_page_says_what_to_do(tmp_path: Path) -> None:
    """The reader learns that scripts are off and that nothing is loaded from elsewhere."""
    with opened_text(page_text(small_graph()), tmp_path, java_script_enabled=False) as opened:
        assert "Allow scripts" in opened.page.locator("noscript").inner_text()


def test_an_empty_vault_says_so(tmp_path: Path) -> None:
    """No notes, no error, one sentence."""
    with opened_graph(graph_of([], []), tmp_path) as opened:
        assert "nothing in this vault yet" in opened.page.inner_text("#message")
        assert opened.complaints == []


def test_three_thousand_notes_are_drawn(tmp_path: Path) -> None:
    """A large vault opens, is searched and is filtered without a complaint."""
    nodes = [note(f"笔记 {number}", path=f"{number % 40}/{number}.md") for number in range(3000)]
    edges = [edge(nodes[number], "links-to", nodes[number * number % 997]) for number in range(1, 3000)]
    edges += [edge(nodes[number], "requires", nodes[number // 7]) for number in range(7, 3000)]
    with opened_graph(graph_of(nodes, edges), tmp_path) as opened:
        find(opened, "笔记 2999")
        opened.page.check("#only-semantic")
        assert len(ask(opened, "visibleNodes()")) == 3000
        assert opened.complaints == []
