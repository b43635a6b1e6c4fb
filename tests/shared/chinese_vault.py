"""A vault in which each section of each page has something to say, and what is left of English in a text."""

import re

from shared.vaults import Files

LONG = "字" * 60
VAULT: Files = {
    ".obsidian/types.json": '{"types": {"年份": "number", "完成": "checkbox", "日期": "date", "时间": "datetime"}}',
    ".obsidian/app.json": '{"newLinkFormat": 7}',
    "主题/推理.md": "---\ntype: 核心主题\n包含: ['[[量化]]', '[[缓存]]', '[[调度]]']\n---\n推理的一切。\n",
    "量化.md": "---\ntype: 知识\naliases: [压缩]\n依赖: ['[[缓存]]']\n年份: 久\n完成: 大概\n日期: 昨\n时间: 今\n---\n"
    + LONG,
    "缓存.md": f"---\ntype: 知识\n依赖: ['[[量化]]']\n---\n{LONG}",
    "空.md": "",
    "短.md": "短",
    "甲.md": "[[空]] [[短]] [[压缩]] [[别处/缓存]] [[双]] [[量化#没有]] [[量化#^块]] [[缓从]] [[图四.png]] [[调度]]",
    "乙.md": "[[空]] [[短]] [[调度]] ![[没有.pdf]] [[丢]]",
    ".trash/丢.md": "丢",
    "一/双.md": "[[甲]]",
    "二/双.md": "[[甲]]",
    "图片/图三.png": b"",
    "图片/图.jpg": b"",
    "项目.md": f"---\ntype: 项目\nstatus: 进行中\n需要: ['[[调度]]', '[[短]]', '[[量化]]']\n---\n{LONG}",
    "场景.md": f"---\ntype: 应用场景\nstatus: 计划\n需要: ['[[量化]]']\n难点: '[[调度]]'\n---\n{LONG}",
    "日志.md": "---\ntype: 学习日志\n学习: ['[[量化]]']\n应用: ['[[缓存]]']\n---\n",
    "孤.md": "独自一人。",
    "孤空.md": "",
    **{f"岛/岛{at}.md": f"[[岛{(at + 1) % 12}]]" for at in range(12)},
    **{f"目标{at}.md": f"---\ntype: 项目\n需要: '[[调度]]'\n---\n{LONG}" for at in range(12)},
    "坏.md": "---\n没有: 结束\n文",
    "坏二.md": "---\n- 一\n- 二\n---\n",
    "标签.md": "---\ntags: 一, 二\nup: [[量化]]\n相关: 看 [[缓存]] 这篇\n---\n",
    "编码.md": b"\xff\xfe\x00",
    "板.canvas": "[]",
    "量化 (conflicted copy 2024-01-01).md": "旧",
    "类型.md": "---\ntype: 配方\n---\n[[岛0]]",
}
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'-]*(?:[ ,;:]+[A-Za-z][A-Za-z'-]*)+")
NOT_OURS = {"pie showData title", "flowchart LR", "conflicted copy"}
"""Runs of English words that stay: Mermaid's own, and what a service wrote into a file's name."""


def english(text: str) -> set[str]:
    """Return the runs of two or more English words outside of code, addresses and the page's own properties."""
    shown = re.sub(r"`[^`\n]+`|\]\([^)\s]*\)|\[!\w+\]", "", text.partition("\n---\n")[2])
    return {run for line in shown.splitlines() for run in ENGLISH.findall(line)} - NOT_OURS
