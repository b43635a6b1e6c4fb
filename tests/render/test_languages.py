"""Reports in other languages: nothing of ours is left in English, and the figures are the same."""

import re
from pathlib import Path
from urllib.parse import quote

from shared.chinese_vault import VAULT, english
from shared.vaults import Files, MakeVault, Run

from vault_tools import Vault
from vault_tools import words as catalogue
from vault_tools.insights import insights
from vault_tools.model.note import Source
from vault_tools.model.speech import format_words
from vault_tools.parse import note
from vault_tools.render.pages import names as page_names


def reports(root: Path, settings: str = "") -> dict[str, str]:
    """Return the Markdown pages of a vault by name."""
    (root / "vault-tools.toml").write_text(settings, "utf-8")
    opened = Vault.open(root)
    found = {page.path.rpartition("/")[2]: page.text for page in opened.pages(lambda: "")}
    opened.close()
    return {name: text for name, text in found.items() if name.endswith(".md")}


def test_a_report_in_chinese_has_no_english_of_ours(vault: MakeVault) -> None:
    """Every section of every page, with findings in each and problems of many kinds."""
    root = vault(VAULT)
    told = reports(root, '[reports]\nlanguage = "zh"\nlimit = 2')
    assert {name: english(text) for name, text in told.items()} == {name: set() for name in page_names()}
    why, step = (
        "有 17 篇笔记链接到它（前置知识 ×13、卡点 ×1、包含 ×1、普通链接 ×2）",
        "创建一篇“知识节点”笔记，或去掉指向它的链接",
    )
    assert f"- **调度**：{why} → *{step}*\n  - 出现在 " in told["Gaps.md"]
    assert "（第 1 行）" in told["Gaps.md"]
    assert "| 项目 | 13 |" in told["Overview.md"]
    assert "| 前置知识 | 带类型 | 16 |" in told["Overview.md"]
    assert "| **完全孤立（isolated，当前选用）** | 6/42 |" in told["Orphans.md"]
    everything = "".join(told.values())
    for insight in insights():
        assert format_words(insight.title, catalogue.words("zh"), str) in everything


def test_an_empty_report_is_in_chinese(vault: MakeVault) -> None:
    """What is said where nothing was found."""
    told = reports(vault({}), 'language = "zh"')
    assert {name: english(text) for name, text in told.items()} == {name: set() for name in page_names()}
    assert "*没有发现缺口。*" in told["Overview.md"]


def test_the_figures_of_a_report_are_the_same_in_every_language(vault: MakeVault) -> None:
    """Each page has as many lines, links and numbers in bold; only the words differ."""
    root = vault(VAULT)
    one, other = reports(root), reports(root, 'language = "zh"')
    assert one.keys() == other.keys()
    for name, text in one.items():
        assert english(text), name
        assert other[name].count("\n") == text.count("\n"), name
        for pattern in (r"\]\([^)\s]*\)", r"\*\*[\d.]+"):
            assert sorted(re.findall(pattern, other[name])) == sorted(re.findall(pattern, text)), name


def test_reports_are_in_the_language_of_the_vault_or_of_their_own_setting(vault: MakeVault) -> None:
    """The vault's language if there is a catalogue, else English; `[reports] language` goes before it."""
    root = vault({"A.md": "[[B]]"})
    chinese = "## 最需要补上的缺口"
    for settings in ('language = "zh"', 'language = "zh-CN"', 'language = "de"\n[reports]\nlanguage = "zh-Hans"'):
        assert chinese in reports(root, settings)["Overview.md"], settings
    for settings in ("", 'language = "de"', 'language = "zh"\n[reports]\nlanguage = "en-GB"'):
        told = reports(root, settings)["Overview.md"]
        assert "## Biggest gaps" in told, settings
        assert str(catalogue.words()["overview.problems-title"]) not in told, settings


def test_an_unknown_language_of_reports_is_a_problem_and_the_reports_are_in_english(vault: MakeVault) -> None:
    """The line says which there are."""
    told = reports(vault({"A.md": ""}), 'language = "zh"\n[reports]\nlanguage = "tlh"')["Overview.md"]
    assert "## Biggest gaps" in told
    (row,) = (line for line in told.splitlines() if line.startswith("| **vault-tools.toml**"))
    assert "vault-tools cannot write pages in the language" in row
    assert "choose one of en, zh" in row


def test_the_machine_interface_and_the_screen_stay_english(vault: MakeVault, run: Run) -> None:
    """To the byte: a program that reads them need not know the language."""
    plain = vault(VAULT)
    chinese = vault({**VAULT, "vault-tools.toml": '[reports]\nlanguage = "zh"'})
    for command in (["export", "--format", "json"], ["report", "--json"]):
        one, other = (run(command[0], root, *command[1:]) for root in (plain, chinese))
        assert one.exit_code == other.exit_code == 0
        assert one.stdout == other.stdout
    assert "has no quotes, so Obsidian does not see it" in run("export", chinese, "--format", "json").stdout


def test_a_vault_may_call_its_types_and_relations_what_it_likes(vault: MakeVault) -> None:
    """In any language; its word goes before that of the language, and is text like any other."""
    settings = (
        '[types.knowledge]\nlabel = "概念 *x*"\n[types.book]\nlabel = "书"\n[relations.requires]\nlabel = "先修"\n'
    )
    root = vault({"A.md": "---\ntype: knowledge\nrequires: '[[B]]'\n---\n", "B.md": "---\ntype: book\n---\n"})
    for language in ("en", "zh"):
        told = reports(root, f'language = "{language}"\n{settings}')["Overview.md"]
        assert "| 概念 \\*x\\* | 1 |" in told
        assert "| 书 | 1 |" in told
        assert "| 先修 |" in told


HOSTILE: Files = {
    "<b>恶* [x](y) `c` #t (k ::.md": "[[恶 |* <script>::]] [[x*y_ %% z]] [[A|x:]] [[<% tp %>]]",
    "恶二.md": "---\nrequires: ['[[== **粗** <i>]]', '[[#a]]']\n'{list} <i>#t [[x]]': [[y]]\n---\n",
    "恶三.md": "[[== **粗** <i>]] [[{list} and {n} more]] [[#没有::这个]] [[量化:]] ![[Gaps.pdf]]",
    "型.md": "---\ntype: '{n} *t* <b>'\n---\n",
    "log.md": "---\ntype: Gaps\n---\n",
}


def test_hostile_names_stay_text_in_chinese_reports(vault: MakeVault) -> None:
    """Read again, a page holds no tag, no field and no link but those to its own headings; and no markup."""
    for name, text in reports(vault(HOSTILE), 'language = "zh"').items():
        page = note.parse(Source(name, text, ""))
        elsewhere = {link.target for link in page.links if link.target}
        assert elsewhere <= {
            "./graph.html",
            *(f"_vault-tools/{file}" for file in (*map(quote, page_names()), *page_names(), "learning.svg")),
        }, name
        assert page.body_tags == (), name
        assert page.fields == (), name
        assert not re.search(r"<(?:b|i|script|%)", re.sub(r"\]\([^)\s]*\)", "", text)), name
        headings = {heading.text for heading in page.headings}
        assert {link.subpath[1:] for link in page.links if not link.target} <= headings, name


def test_names_that_look_like_our_sentences_are_not_translated(vault: MakeVault) -> None:
    """A type called Gaps, a note that looks like a sentence with holes."""
    told = reports(vault(HOSTILE), 'language = "zh"')
    assert "| Gaps | 1 |" in told["Overview.md"]
    assert "| {n} \\*t\\* &lt;b&gt; | 1 |" in told["Overview.md"]
    assert "**{list} and {n} more**" in told["Gaps.md"]
