"""Graphs to draw, and their pages as a reader opens them."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shared import maps
from shared.browser import Opened, browser_page

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.exporters.html import EXPORTER
from vault_tools.insights import insights
from vault_tools.model.export import Analysis, ExportContext
from vault_tools.model.finding import Finding
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.learning import Facts, KnowledgeState, Learning
from vault_tools.model.note import Note, Tag
from vault_tools.model.speech import format_english, format_words
from vault_tools.model.text import Ref, say
from vault_tools.model.vocabulary import NoteType, Relation, Vocabulary

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


def note(title: str, type: str = "knowledge", path: str = "", **said: Any) -> Node:  # noqa: A002
    """A note as the resolver would hand it over."""
    path = path or f"Notes/{title}.md"
    return Node(path, "note", title, type, note=Note(path, "digest", **said))


def edge(source: Node, relation: str, target: Node) -> Edge:
    """An edge whose namespace follows from the vocabulary."""
    semantic = relation in VOCABULARY.relations or relation in HOSTILE
    return Edge(source.id, relation, target.id, "semantic" if semantic else "structural", ())


def graph_of(nodes: list[Node], edges: list[Edge], vocabulary: Vocabulary = VOCABULARY) -> KnowledgeGraph:
    """A whole graph around some nodes and edges, in the words of these tests."""
    return maps.graph_of(nodes, edges, vocabulary)


def small_graph() -> KnowledgeGraph:
    """Two topics, a log, a lone note, a missing note, a picture, a tag."""
    kalman = note(
        "Kalman filter",
        aliases=("卡尔曼滤波", "KF"),
        tags=("#math",),
        body_tags=(Tag("#control", 3, 0),),
        frontmatter={"status": "active", "level": 3, "done": True, "odd": math.nan, "near": ["a", {"b": None}]},
        excerpt="First words.",
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


def export_context(
    vault: str = "My vault", *, language: str = "en", analysis: Analysis | None = None, **more: Any
) -> ExportContext:
    """What an exporter gets besides the graph: the name of the vault, shipped files, and words of a language."""
    words = catalogue.words(language)
    analysis = replace(analysis or Analysis(), format_text=lambda text: format_words(text, words, str))
    return ExportContext(
        vault,
        shipped.assets(EXPORTER.assets),
        language=language,
        words=words,
        analysis=lambda: analysis,
        named=vault,
        **more,
    )


def page_text(graph: KnowledgeGraph, vault: str = "My vault", **more: Any) -> str:
    """The whole page; `more` is what `export_context` takes."""
    return "".join(EXPORTER.export(graph, export_context(vault, **more)))


@contextmanager
def opened_text(text: str, folder: Path, **how: Any) -> Iterator[Opened]:
    """A page's text, opened in a browser."""
    path = folder / "graph.html"
    path.write_text(text, encoding="utf-8", newline="\n")
    with browser_page(path, **how) as opened:
        yield opened


_SAID = ("analysis", "language", "text", "groups", "before", "view", "names_only")


@contextmanager
def opened_graph(graph: KnowledgeGraph, folder: Path, vault: str = "My vault", **how: Any) -> Iterator[Opened]:
    """A graph's page, opened and painted; `how` is what `export_context` and the browser take."""
    said = {name: how.pop(name) for name in _SAID if name in how}
    with opened_text(page_text(graph, vault, **said), folder, **how) as opened:
        opened.page.set_default_timeout(10_000)
        until(opened, "window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        yield opened


def until(opened: Opened, condition: str, seconds: float = 10) -> None:
    """Wait until a condition holds (`page.wait_for_function` evaluates text in the page, which its policy forbids).

    An error in the condition means that it does not hold yet.
    """
    holds = f"(() => {{ try {{ return Boolean({condition}); }} catch {{ return false; }} }})()"
    end = time.monotonic() + seconds
    while not opened.page.evaluate(holds):
        assert time.monotonic() < end, f"{condition}: not within {seconds} s; {opened.complaints}"
        opened.page.wait_for_timeout(20)


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


def said(id_: str, **values: str | int) -> str:
    """Return a sentence of the page in English."""
    return format_english(say(id_, **values))


def safe(text: str) -> str:
    """What a page can show of a text: half a sign becomes the replacement sign."""
    return text.replace("\ud800", "\ufffd")


def link_to(vault: str, path: str) -> str:
    """The link to a note, as the standard library would write it."""
    return f"obsidian://open?vault={quote(safe(vault), safe='')}&file={quote(path, safe='')}"


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
            excerpt=text,
        )
        for number, text in enumerate(HOSTILE)
    ]
    edges = [edge(nodes[0], text, node) for text, node in zip(HOSTILE[1:], nodes[1:], strict=True)]
    edges += [edge(nodes[-1], HOSTILE[0], nodes[0])]
    others = [Node(f"missing://{text}", "missing", text, "") for text in HOSTILE]
    others += [Node(f"tag://{text}", "tag", f"#{text}", "") for text in HOSTILE]
    return graph_of([*nodes, *others], edges)


def hostile_analysis(graph: KnowledgeGraph) -> Analysis:
    """Findings, steps of learning and stages that say hostile things about the notes of a graph."""
    notes = [node for node in graph.nodes.values() if node.kind == "note"]
    found = tuple(
        Finding("missing", Ref(node.id), 1.0, (text,), (text,)) for node, text in zip(notes, HOSTILE, strict=True)
    )
    kinds = [insight for insight in insights() if insight.name in ("missing", "ready")]
    stages = dict(zip((node.id for node in notes), HOSTILE, strict=True))
    states = {
        node.id: KnowledgeState(node.id, (), (), None, (), None, written=True, supply="unlearned") for node in notes
    }
    return Analysis(
        dict.fromkeys(kinds, found), Learning(Facts(date(2024, 5, 31), resting=False, stages=stages), states)
    )


def foreign(opened: Opened, path: Path) -> list[str]:
    """Requests for anything but the file itself and what it holds."""
    return [
        url for url in opened.requests if url.split("#")[0] != path.as_uri() and not url.startswith(("data:", "blob:"))
    ]
