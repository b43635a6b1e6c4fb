"""Times the graph page: building it, its first paint, and how smoothly it moves; prints medians.

    python tests/benchmarks/graph_page.py [--nodes 10000] [--edges-per-node 3] [--ratio 1] [--runs 5]
                                          [--lit] [--beside] [--force-graph force-graph.min.js]

The graph is made up like a vault: links by popularity and by community, names of 10 to 40 characters, Latin and
Chinese, types, tags, notes not written yet. Frames are counted by `requestAnimationFrame` while a real mouse drags the
map, and while its wheel turns; memory is the JavaScript heap after a collection. With `--lit`, frames are counted too
while much is lit: what a search for "a" finds, and what is around the most linked note, which is also dragged itself.
With `--beside`, what pyvis writes for
the same kind of graph is opened in the same run: once, and of 1,000 nodes at most, as it paints when it has settled,
which takes minutes (`inf`: over 90 s). With `--force-graph`, so is a page that draws the same nodes at the same places
with that library, its physics off.
"""

import argparse
import json
import math
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright  # noqa: A004

sys.path.insert(0, str(Path(__file__).parent.parent))

from shared.browser import browser_path
from shared.maps import graph_of

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.exporters.html import EXPORTER, places_in_page
from vault_tools.model.export import Analysis, ExportContext
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.note import Note, Tag
from vault_tools.model.speech import format_words
from vault_tools.model.vocabulary import NoteType, Relation, Vocabulary

SECONDS = 2.0
WAIT = 90_000
MOST_OF_PYVIS = 1000
TYPES = ("knowledge", "source", "project", "log", "scenario", "note")
COLORS = ("#2f7fb5", "#7a6bb0", "#2f8f6b", "#8a8f98", "#b23a5e", "#6f8296")
RELATIONS = {"requires": "#b23a5e", "applies": "#2f8f6b", "learned-from": "#7a6bb0"}
WORDS = ("model", "latency", "batch", "cache", "token", "kernel", "graph", "memory", "cluster", "release", "source")
CHINESE = "知识图谱模型推理量化部署缓存吞吐延迟实验反思项目学习日志来源主题应用复盘调度显存精度剪枝蒸馏框架"

FRAMES = """() => {
  window.frames_ = [];
  const count = (now) => { window.frames_.push(now); requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""


class Seen(NamedTuple):
    """One opening of a page: milliseconds, frames a second twice, MB."""

    paint: float
    pan: float
    zoom: float
    heap: float


def main() -> None:
    """Read the arguments, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--edges-per-node", type=int, default=3)
    parser.add_argument("--ratio", type=float, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--lit", action="store_true")
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--force-graph", type=Path)
    chosen = parser.parse_args()
    graph = made_up(chosen.nodes, chosen.edges_per_node)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        _head(chosen.nodes, len(graph.edges), chosen.ratio, chosen.runs)
        for name, page, painted in _pages(graph, folder, chosen):
            runs = 1 if name.startswith("pyvis") else chosen.runs
            seen = [_opened(browser, page, painted, chosen.ratio) for _ in range(runs)]
            _row(name, page, seen)
        if chosen.lit:
            _lit_rows([_opened_lit(browser, folder / "ours.html", chosen.ratio) for _ in range(chosen.runs)])
        browser.close()


# ------------------------------------------------------------------ the graph


def made_up(count: int, edges_per_node: int, seed: int = 1) -> KnowledgeGraph:
    """A graph that looks like a vault's; the same arguments make the same graph."""
    chance = random.Random(seed)
    homes = _homes(chance, count)
    members = defaultdict(list)
    nodes = []
    for at in range(count):
        node = _node(chance, at, homes[at])
        nodes.append(node)
        members[homes[at]].append(at)
    pairs = {_pair(chance, at, homes, members, count) for at in range(count) for _ in range(edges_per_node)}
    edges = [_edge(chance, nodes[one], nodes[other]) for one, other in sorted(pairs) if one != other]
    return _graph(nodes, edges)


def _homes(chance: random.Random, count: int) -> list[int]:
    """The community of each node: some are large, many are small."""
    many = max(1, round(count**0.5 / 2.5))
    return chance.choices(range(many), [1 / (rank + 1) ** 0.7 for rank in range(many)], k=count)


def _node(chance: random.Random, at: int, home: int) -> Node:
    title = f"{_name(chance)} {at}"
    if chance.random() < 0.05:
        return Node(f"missing://{title}", "missing", title, "")
    path = f"Area {home:02}/{title}.md"
    tags = tuple(Tag(f"topic/{chance.randrange(30)}", 1, 0) for _ in range(chance.randrange(3)))
    return Node(path, "note", title, chance.choice(TYPES), note=Note(path, "digest", body_tags=tags))


def _name(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return "".join(chance.choices(CHINESE, k=chance.randint(8, 16)))
    return " ".join(chance.choices(WORDS, k=chance.randint(2, 5))).capitalize()


def _pair(
    chance: random.Random, at: int, homes: list[int], members: dict[int, list[int]], count: int
) -> tuple[int, int]:
    """A link: mostly to a popular note of the own community, sometimes to one of all, now and then to any."""
    roll = chance.random()
    if roll < 0.8:
        own = members[homes[at]]
        return at, own[int(len(own) * chance.random() ** 3)]
    return at, int(count * chance.random() ** (3 if roll < 0.95 else 1))


def _edge(chance: random.Random, one: Node, other: Node) -> Edge:
    if one.kind == "note" and chance.random() < 0.15:
        return Edge(one.id, chance.choice(list(RELATIONS)), other.id, "semantic", ())
    return Edge(one.id, "links-to", other.id, "structural", ())


def _graph(nodes: list[Node], edges: list[Edge]) -> KnowledgeGraph:
    types = {name: NoteType(name, color=color) for name, color in zip(TYPES, COLORS, strict=True)}
    relations = {name: Relation(name, color=color) for name, color in RELATIONS.items()}
    return graph_of(nodes, edges, Vocabulary(types=types, relations=relations))


# ------------------------------------------------------------------ the pages


def _pages(graph: KnowledgeGraph, folder: Path, chosen: argparse.Namespace) -> Iterator[tuple[str, Path, str]]:
    """Write each page: its name, the file, and what tells in the page when it was first painted."""
    ours = folder / "ours.html"
    _timed("this page", ours, lambda: ours_text(graph))
    yield "this page", ours, "window.vaultGraph && window.vaultGraph.firstPaint()"
    if chosen.force_graph:
        page = folder / "force-graph.html"
        page.write_text(force_graph_text(graph, ours, chosen.force_graph), encoding="utf-8")
        yield "force-graph", page, "window.painted"
    if chosen.beside:
        small = made_up(min(MOST_OF_PYVIS, chosen.nodes), chosen.edges_per_node)
        page = folder / "pyvis.html"
        _timed(f"pyvis ({len(small.nodes):,})", page, lambda: pyvis_text(small))
        yield f"pyvis ({len(small.nodes):,})", page, "window.painted"


def _timed(name: str, page: Path, made: Callable[[], str]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    text = made()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    page.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{name}: built in {wall:.2f} s ({cpu:.2f} s of processor time)\n")


def ours_text(graph: KnowledgeGraph) -> str:
    """The page as the tool writes it."""
    analysis = Analysis(format_text=lambda text: format_words(text, catalogue.words(), str))
    context = ExportContext("Made up", shipped.assets(EXPORTER.assets), analysis=lambda: analysis)
    return "".join(EXPORTER.export(graph, context))


def pyvis_text(graph: KnowledgeGraph) -> str:
    """The page as pyvis writes it by itself."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="800px")
    for node in graph.nodes.values():
        network.add_node(node.id, label=node.title)
    for edge in graph.edges:
        network.add_edge(edge.source, edge.target)
    watch = """<script>let kept;
      Object.defineProperty(window, 'network', { configurable: true, get: () => kept, set(made) {
        kept = made;
        if (made && made.on) made.on('afterDrawing', () => { window.painted ||= performance.now(); });
      } });</script>"""
    text: str = network.generate_html()
    return text.replace("<head>", f"<head>{watch}", 1)


def force_graph_text(graph: KnowledgeGraph, ours: Path, library: Path) -> str:
    """A page of force-graph with the same nodes at the same places."""
    found = places_in_page(ours.read_text(encoding="utf-8"))
    assert found
    color = dict(zip(TYPES, COLORS, strict=True))
    nodes = [
        {
            "id": id_,
            "name": graph.nodes[id_].title,
            "color": color.get(graph.nodes[id_].type, "#b5474a"),
            "fx": x,
            "fy": y,
        }
        for id_, x, y in zip(found.ids, found.x, found.y, strict=True)
    ]
    links = [{"source": edge.source, "target": edge.target} for edge in graph.edges]
    data = json.dumps({"nodes": nodes, "links": links}, ensure_ascii=False).replace("<", "\\u003c")
    return f"""<!doctype html><meta charset="utf-8"><style>body {{ margin: 0 }}</style><div id="map"></div>
<script>{library.read_text(encoding="utf-8")}</script><script type="application/json" id="data">{data}</script><script>
ForceGraph()(document.getElementById('map')).graphData(JSON.parse(document.getElementById('data').textContent))
  .cooldownTicks(0).nodeRelSize(8).linkColor(() => 'rgba(140,148,160,0.2)')
  .onRenderFramePost(() => {{ window.painted ||= performance.now(); }}).zoom(0.1);
</script>"""


# ------------------------------------------------------------------ in the browser


def _opened(browser: Browser, path: Path, painted: str, ratio: float) -> Seen:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=ratio)
    page = context.new_page()
    page.goto(path.as_uri())
    try:
        page.wait_for_function(painted, timeout=WAIT)
        paint = page.evaluate(painted)
    except TimeoutError:  # counted as never
        context.close()
        return Seen(math.inf, 0, 0, 0)
    page.wait_for_timeout(1500)
    page.evaluate(FRAMES)
    pan, zoom = _frames(page, _drag), _frames(page, _turn_wheel)
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    context.close()
    return Seen(paint, pan, zoom, heap)


def _opened_lit(browser: Browser, path: Path, ratio: float) -> dict[str, float]:
    """Frames a second while the map moves under many lights."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=ratio)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_timeout(2500)
    page.evaluate(FRAMES)
    seen = {}
    page.fill("#query", "a")
    page.wait_for_timeout(600)
    seen["found, pan"], seen["found, zoom"] = _frames(page, _drag), _frames(page, _turn_wheel)
    page.fill("#query", "")
    page.keyboard.press("Escape")
    page.click("#fit")
    page.wait_for_timeout(800)
    most = "window.vaultGraph.pointOf(window.vaultGraph.visibleNodes()[0])"
    point = page.evaluate(most)
    page.mouse.click(point["x"], point["y"])
    page.wait_for_timeout(800)
    seen["chosen, pan"], seen["chosen, zoom"] = _frames(page, _drag), _frames(page, _turn_wheel)
    page.wait_for_timeout(800)
    seen["carried"] = _frames(page, lambda page: _drag(page, page.evaluate(most)))
    context.close()
    return seen


def _frames(page: Page, act: Callable[[Page], None]) -> float:
    """Frames a second while something is done."""
    page.evaluate("window.frames_ = []")
    act(page)
    seen: list[float] = page.evaluate("window.frames_")
    return (len(seen) - 1) / max(1.0, seen[-1] - seen[0]) * 1000 if len(seen) > 1 else 0.0


def _drag(page: Page, start: dict[str, float] | None = None) -> None:
    x, y = (start["x"], start["y"]) if start else (640, 440)
    page.mouse.move(x, y)
    page.mouse.down()
    for turn in _ticks(0.008):
        page.mouse.move(640 + 260 * _wave(turn, 61), 440 + 160 * _wave(turn, 47))
    page.mouse.up()


def _turn_wheel(page: Page) -> None:
    page.mouse.move(640, 440)
    for turn in _ticks(0.05):
        page.mouse.wheel(0, -100 if turn // 12 % 2 == 0 else 100)


def _ticks(pause: float) -> Iterator[int]:
    end, turn = time.perf_counter() + SECONDS, 0
    while time.perf_counter() < end:
        yield turn
        turn += 1
        time.sleep(pause)


def _wave(turn: int, period: int) -> float:
    """A triangle between -1 and 1."""
    return abs(turn % period - period / 2) / period * 4 - 1


# ------------------------------------------------------------------ the table


def _head(nodes: int, edges: int, ratio: float, runs: int) -> None:
    sys.stdout.write(f"{nodes:,} nodes, {edges:,} edges, device pixel ratio {ratio:g}, medians of {runs}\n")


def _lit_rows(seen: list[dict[str, float]]) -> None:
    for name in seen[0]:
        sys.stdout.write(f"lit: {name:12} {statistics.median(each[name] for each in seen):5.1f} fps\n")


def _row(name: str, page: Path, seen: list[Seen]) -> None:
    paint, pan, zoom, heap = (statistics.median(column) for column in zip(*seen, strict=True))
    size = page.stat().st_size / 1e6
    sys.stdout.write(
        f"{name:16} first paint {paint:7.0f} ms   pan {pan:5.1f} fps   zoom {zoom:5.1f} fps"
        f"   heap {heap:6.1f} MB   file {size:5.2f} MB\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
