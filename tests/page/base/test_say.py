"""The language of the page: each sentence is there, in the language of the reader."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shared.browser import Opened
from shared.graph_pages import (
    edge,
    graph_of,
    note,
    opened_graph,
    page_text,
)

from vault_tools import shipped, words
from vault_tools.insights import insights
from vault_tools.model.export import Analysis
from vault_tools.model.finding import Finding
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import Facts, KnowledgeState, Learning, Supply
from vault_tools.model.note import Tag
from vault_tools.model.text import Ref, say

pytestmark = pytest.mark.ci


SHOWN = """() => [...document.querySelectorAll('body *:not(script, noscript, .why, kbd)')].flatMap((part) => [
    part.getAttribute('aria-label'), part.getAttribute('title'), part.getAttribute('placeholder'),
    ...[...part.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data)]).filter(Boolean)"""
VIEWS = (
    *("#mode=gaps", "#mode=learning", "#mode=learning&without=ready", "#mode=path"),
    *("#path=周一|笔记/卡尔曼滤波", "#path=周一|孤", "#path=孤|孤", "#path=笔记/贝叶斯公式|笔记/卡尔曼滤波"),
    *(f"#color={color}" for color in ("community", "folder", "tag", "stage", "group")),
    *(
        "#note=笔记/卡尔曼滤波",
        "#note=孤&depth=2",
        "#note=笔记/卡尔曼滤波&depth=2",
        "#note=missing://高斯",
        "#note=tag://数学",
    ),
    *("#note=没有", "#folder=没有", "#since=2990-01-01&undated=0", "#kinds=tag,attachment&tag=数学"),
)
"""Addresses that show each panel, list and message of the page."""


def chinese_graph() -> KnowledgeGraph:
    """Notes in Chinese, one of them without links, a missing note, a picture and a tag."""
    one = note(
        "卡尔曼滤波",
        path="笔记/卡尔曼滤波.md",
        aliases=("滤波",),
        tags=("#数学",),
        body_tags=(Tag("#控制", 3, 0),),
        frontmatter={"状态": "进行中"},
        words=12,
    )
    other, third = note("贝叶斯公式", path="笔记/贝叶斯公式.md"), note("周一", "log", path="周一.md")
    missing = Node("missing://高斯", "missing", "高斯", "")
    tag, picture = Node("tag://数学", "tag", "#数学", ""), Node("图.png", "attachment", "图.png", "")
    edges = [edge(one, "requires", other), edge(third, "links-to", one), edge(other, "related", third)]
    edges += [edge(one, "links-to", missing), edge(one, "tagged", tag), edge(third, "embeds", picture)]
    return graph_of([one, other, third, note("孤", path="孤.md"), missing, tag, picture], edges)


def chinese_analysis() -> Analysis:
    """A gap, a stage, days, and what is ready to be learned."""
    kinds = {insight.name: insight for insight in insights()}
    gap = Finding("missing", Ref("missing://高斯"), 2.0, (say("common.not-written"),), (say("advice.learn-step"),))
    ready = Finding("ready", Ref("笔记/贝叶斯公式.md"), 1.0, (say("ready.why-no-base"),))
    facts = Facts(date(2024, 5, 31), resting=False, stages={"笔记/卡尔曼滤波.md": "read"})
    stands: dict[str, Supply] = {"笔记/卡尔曼滤波.md": "works", "笔记/贝叶斯公式.md": "unlearned"}
    states = {
        name: KnowledgeState(name, (), (), None, (), None, written=True, supply=stand) for name, stand in stands.items()
    }
    created = {"周一.md": date(2024, 5, 1), "笔记/卡尔曼滤波.md": date(2024, 5, 31)}
    return Analysis({kinds["missing"]: (gap,), kinds["ready"]: (ready,)}, Learning(facts, states), created=created)


def shown_everywhere(opened: Opened) -> set[str]:
    """All texts of the page, names for screen readers and hints included, while each part of it is opened in turn."""
    page = opened.page
    texts: set[str] = set()

    def look() -> None:
        page.wait_for_timeout(800)
        texts.update(page.evaluate(SHOWN))

    for view in VIEWS:
        page.evaluate("(view) => { location.hash = view; }", view)
        look()
        if page.locator("#around[open]").count():
            if page.locator("#around-list .node").count():
                page.locator("#around-list .node").first.click()
            look()
            page.keyboard.press("Escape")
    page.evaluate("location.hash = ''")
    for key in ("o", "Escape", "?", "Escape", "g", "l", "Escape"):
        page.keyboard.press(key)
        look()
    for button in ("#more", "#play", "#time-close"):
        page.click(button)
        look()
    for typed in ("没有", "滤波"):
        page.fill("#query", typed)
        look()
    return texts


ENGLISH = re.compile(r"[A-Za-z][a-z]+(?:[ ,;:]+[A-Za-z][a-z]+)+|\b(?:the|of|and|note|notes|links?)\b", re.IGNORECASE)
NAMES = re.compile(r"Obsidian|PageRank|vault-tools|JavaScript|type:")
WRONG = re.compile(r"\{\w+\}|\bundefined\b|\bnull\b|\bNaN\b|\bmap\.[a-z]+\.")


@pytest.mark.parametrize("language", shipped.languages())
def test_no_sentence_of_the_page_is_missing(language: str, tmp_path: Path) -> None:
    """Wherever the reader looks, there is a sentence with its values, and no id; in another language, no English."""
    groups = (("path:笔记", "#2f7fb5"),)
    how: dict[str, Any] = {"vault": "知识库", "analysis": chinese_analysis(), "groups": groups, "language": language}
    with opened_graph(chinese_graph(), tmp_path, **how) as opened:
        texts = shown_everywhere(opened)
        assert opened.complaints == []
        assert opened.page.evaluate("document.documentElement.lang") == language
    own = words.words(language)
    assert own["map.panel.neighbourhood"] in texts
    assert {text for text in texts if text in own or WRONG.search(text)} == set()
    if language != "en":
        assert {text for text in texts if ENGLISH.search(NAMES.sub("", text))} == set()


def test_the_plain_list_of_the_page_is_in_the_language_of_the_reader() -> None:
    """It is there before any script runs."""
    text = page_text(chinese_graph(), language="zh")
    plain = text[text.index('<article id="plain">') : text.index("</article>")]
    assert f"<p>{words.words('zh')['map.plain.no-script']}</p>" in plain
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", re.sub(r"<[^>]*>", "", plain))
