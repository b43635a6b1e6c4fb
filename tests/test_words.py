"""Reports in other languages: every sentence of ours is in each catalogue, and nothing of ours is left in English."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from conftest import Files, MakeVault, Run
from hypothesis import given
from hypothesis import strategies as st

import vault_tools
from vault_tools import Vault, config
from vault_tools.dialect import durations
from vault_tools.exporters.html import scripts
from vault_tools.insights import insights
from vault_tools.learning.measures import MEASURES
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.note import Problem, Source
from vault_tools.model.text import HOLE, Ref, Say, Term, count, listed, mentions, say
from vault_tools.parse import note
from vault_tools.render.markdown import escape
from vault_tools.render.speech import spoken
from vault_tools.store import assets

LANGUAGES = [language for language in assets.languages() if language != "en"]
PUNCTUATION = {", ", ": "}
"""What stands between the items of a list, and between a note and what is said of it."""
SAID = {"say": 1, "count": 2, "own": 1, "heads": 9, "_say": 1, "_said": 1}
"""The functions that say something, and how many of their first arguments are said."""
PROBLEMS = {"Problem": 2, "_invalid": 0}
"""What makes a problem, and where its message stands; the remedy is behind it."""

# ---------------------------------------------------------------- what the code can say

Names = Mapping[str, list[ast.expr]]


def trees() -> list[ast.Module]:
    """Return our code."""
    return [ast.parse(file.read_text("utf-8")) for file in sorted(Path(vault_tools.__file__).parent.rglob("*.py"))]


def sentences() -> set[str]:
    """Return every English sentence that the reports, the problems in them and the graph page can say."""
    found = {text for tree in trees() for text in [*_spoken(tree), *_problems(tree)]} | PUNCTUATION
    for insight in insights():
        found |= {insight.page, insight.title, insight.lead, insight.empty, *insight.columns}
    found |= {measure.title for measure in MEASURES}
    found |= {text for row in durations._SHOWN for text in row[2:]}
    for rule in config.advice(assets.asset("advice.toml"), config.Settings()):
        found |= {rule.title, rule.step}
    page = {name.removeprefix("graph/"): text for name, text in assets.assets(("graph/",)).items()}
    return {*found, *scripts.sentences(page)} - {""}


def test_the_scripts_of_the_graph_page_say_literals() -> None:
    """Else no language could say it: the sentences are found by how they are written."""
    call = re.compile(r"(?<!function )(?<![\w.])(?:say|count)\((?!\s*['\"])[^\n]*")
    texts = {name: text for name, text in assets.assets(["graph/"]).items() if name.endswith(".js")}
    said = {name: call.findall(text) for name, text in texts.items() if name != "graph/say.js"}
    assert {name: calls for name, calls in said.items() if calls} == {}


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield (node.func.id if isinstance(node.func, ast.Name) else node.func.attr), node


def _spoken(tree: ast.Module) -> Iterator[str]:
    """Yield the literals that are said: `say("…")`, `count("…", "…", n)`, `own("…")`, `heads("…", "…")`."""
    for name, call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and name == "count":  # a text's or a tuple's own
            continue
        for each in call.args[: SAID.get(name, 0)]:
            yield from _literals(each, {})


def _problems(tree: ast.Module) -> Iterator[str]:
    """Yield the messages and remedies of problems; each must be a literal, or a name for one."""
    here = _names(tree.body)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(call) for function in functions for _, call in _calls(function)}
    yield from _of_problems(here, [call for _, call in _calls(tree) if id(call) not in inside])
    for function in functions:
        yield from _of_problems({**here, **_names(ast.walk(function))}, [call for _, call in _calls(function)])


def _names(nodes: Iterator[ast.AST] | list[ast.stmt]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _of_problems(names: Names, calls: list[ast.Call]) -> Iterator[str]:
    for call in calls:
        if isinstance(call.func, ast.Name) and (first := PROBLEMS.get(call.func.id)) is not None:
            for each in call.args[first : first + 2]:
                literals = list(_literals(each, names))
                assert literals, f"no literal, so no language can say it: {ast.unparse(call)}"
                yield from literals


def _literals(value: ast.expr, names: Names) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from [*_literals(one, names), *_literals(other, names)]
        case ast.Name(id=name):
            for meant in names.get(name, []):
                yield from _literals(meant, names)


# ---------------------------------------------------------------- the catalogues


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    """A sentence that is missing would be English in the middle of the page; one that is left over is never said."""
    said = {text for text in assets.words(language) if not _is_term(text)}
    meant = sentences()
    assert sorted(meant - said) == []
    assert sorted(said - meant) == []


def _is_term(text: str) -> bool:
    return text.partition(".")[0] in get_args(get_type_hints(Term)["kind"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_holes_and_the_same_markup(language: str) -> None:
    """Holes in any order; code is kept or given in the vault's words, and the bold and italic words are as many."""
    for english, other in assets.words(language).items():
        if _is_term(english):
            continue
        assert sorted(HOLE.findall(other)) == sorted(HOLE.findall(english)), english
        assert other.count("*") == english.count("*"), english
        assert other.count("`") % 2 == 0, english
        assert "\n" not in other, english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_can_be_linked_to(language: str) -> None:
    """The summary on top of a page links to the headings below it."""
    words = assets.words(language)
    titles = [words[insight.title] for insight in insights()]
    assert not [title for title in titles if re.search(r"[\[\]|#^\\:*`]", title)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_vocabulary_has_one_in_the_language(language: str, vault: MakeVault) -> None:
    """Types and their roles, relations and Obsidian's own, stages, modes; and no word is there that nothing has."""
    vocabulary = Vault.open(vault({})).vocabulary
    roles = {role for relation in vocabulary.relations.values() for role in relation.targets}
    wanted = {Term("type", name).key for name in {*vocabulary.types, *roles}}
    wanted |= {Term("relation", name).key for name in {*vocabulary.relations, *STRUCTURAL}}
    wanted |= {Term("relation", known.inverse).key for known in vocabulary.relations.values() if known.inverse}
    wanted |= {Term("stage", name).key for name in vocabulary.words["stages"]}
    wanted |= {Term("mode", name).key for name in vocabulary.words["modes"]}
    wanted |= {Term("status", name).key for name in vocabulary.words["statuses"]}
    wanted |= {Term("outcome", name).key for name in vocabulary.words["outcomes"]}
    wanted |= {Term("key", name).key for name in vocabulary.words["properties"] if name != "time"}
    given = {text for text in assets.words(language) if _is_term(text)}
    assert sorted(wanted - given) == []
    rest = {key.partition(".")[2] for key in given - wanted}
    known_roles = {known.role for known in vocabulary.types.values()}
    assert rest - known_roles == {
        "a number",
        "true or false",
        "a date (2024-05-31)",
        "a date and time (2024-05-31T14:30)",
    }


def test_a_language_is_found_by_any_name_it_goes_by() -> None:
    """With a region or a variant, as Obsidian or a system has it; of English and of what is not there, nothing."""
    chinese = assets.words("zh")
    assert chinese["Gaps"] == "缺口"
    for name in ("zh-CN", "zh_CN.UTF-8", "zh-Hans-CN", "ZH", "zh-TW"):
        assert assets.words(name) == chinese, name
        assert assets.speaks(name), name
    for name in ("en", "en-GB", "en_US.UTF-8"):
        assert assets.words(name) == {}, name
        assert assets.speaks(name), name
    for name in ("tlh", "", "../zh", "z"):
        assert assets.words(name) == {}, name
        assert not assets.speaks(name), name


# ---------------------------------------------------------------- sentences


def test_a_sentence_takes_its_values_wherever_the_language_wants_them() -> None:
    """A list has the language's commas, and what is left out of it is counted."""
    words = {
        "{n} of {all}": "{all} 中的 {n}",
        "one of {all}": "其一",
        ", ": "、",
        "{list} and {n} more": "{list} 等 {n} 个",
    }
    some = count("one of {all}", "{n} of {all}", 2, all=listed(["甲", Ref("乙.md"), "丙"], 2))
    assert spoken(some, {}, lambda ref: ref.id) == "2 of 甲, 乙.md and 1 more"
    assert spoken(some, words, lambda ref: ref.id) == "甲、乙.md 等 1 个 中的 2"
    assert [ref.id for ref in mentions(some)] == ["乙.md"]


def test_a_language_that_makes_no_difference_of_number_may_say_it_once() -> None:
    """The sentence for many stands for the one that is not there; English has both."""
    one = count("{n} note", "{n} notes", 1)
    assert spoken(one, {}, str) == "1 note"
    assert spoken(one, {"{n} notes": "{n} 篇"}, str) == "1 篇"
    assert spoken(one, {"{n} notes": "{n} 篇", "{n} note": "一篇"}, str) == "一篇"


@given(st.text() | st.sampled_from(["{n}", "{a}", "Gaps", ", ", "type.log", "{"]))
def test_what_a_user_wrote_is_never_translated_and_never_a_hole(text: str) -> None:
    """Not even where it is letter by letter a sentence of ours."""
    words = {**assets.words("zh"), text: "翻译"}
    assert spoken((text,), words, str) == text
    assert spoken(say("{a}", a=text), {"{a}": "【{a}】"}, str) == f"【{text}】"
    problem = Problem("x", 0, "{name}", text, (("name", text),))
    assert problem.what == text
    assert spoken(Say(problem.message, problem.values), {}, str) == text


@given(st.text(), st.text())
def test_what_is_harmless_in_pieces_is_harmless_together(one: str, other: str) -> None:
    """Words of ours and of the user's are escaped as one text: two colons may come from two of them."""
    both = say("{one}:{other}", one=one, other=other)
    assert spoken(both, {}, str, escape) == escape(f"{one}:{other}")
    assert spoken((both, ":", both), {"{one}:{other}": "{other}："}, str, escape) == escape(f"{other}：:{other}：")


# ---------------------------------------------------------------- a Chinese vault

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


def reports(root: Path, settings: str = "") -> dict[str, str]:
    """Return the Markdown pages of a vault by name."""
    (root / "vault-tools.toml").write_text(settings, "utf-8")
    opened = Vault.open(root)
    found = {page.path.rpartition("/")[2]: page.text for page in opened.pages(lambda: "")}
    opened.close()
    return {name: text for name, text in found.items() if name.endswith(".md")}


def english(text: str) -> set[str]:
    """Return the runs of two or more English words outside of code, addresses and the page's own properties."""
    shown = re.sub(r"`[^`\n]+`|\]\([^)\s]*\)|\[!\w+\]", "", text.partition("\n---\n")[2])
    return {run for line in shown.splitlines() for run in ENGLISH.findall(line)} - NOT_OURS


def test_a_report_in_chinese_has_no_english_of_ours(vault: MakeVault) -> None:
    """Every section of every page, with findings in each and problems of many kinds."""
    root = vault(VAULT)
    told = reports(root, '[reports]\nlanguage = "zh"\nlimit = 2')
    assert {name: english(text) for name, text in told.items()} == {
        "Overview.md": set(),
        "Gaps.md": set(),
        "Learning.md": set(),
        "Orphans.md": set(),
    }
    why, step = "有 17 篇笔记指向它：前置知识 13、卡点 1、包含 1、普通链接 2", "写成一篇“知识节点”笔记，或去掉这些链接"
    assert f"- **调度**：{why} → *{step}*\n  - 见 " in told["Gaps.md"]
    assert "（第 1 行）" in told["Gaps.md"]
    assert "| 项目 | 13 |" in told["Overview.md"]
    assert "| 前置知识 | 语义 | 16 |" in told["Overview.md"]
    assert "| **isolated（当前选定）** | 6 / 42 |" in told["Orphans.md"]
    everything = "".join(told.values())
    for insight in insights():
        assert assets.words("zh")[insight.title] in everything


def test_a_report_with_nothing_in_it_is_in_chinese_too(vault: MakeVault) -> None:
    """What is said where nothing was found."""
    told = reports(vault({}), 'language = "zh"')
    assert {name: english(text) for name, text in told.items()} == {
        "Overview.md": set(),
        "Gaps.md": set(),
        "Learning.md": set(),
        "Orphans.md": set(),
    }
    assert "*没有发现缺口。*" in told["Overview.md"]


def test_the_figures_are_the_same_in_every_language(vault: MakeVault) -> None:
    """Each page has as many lines, links and numbers in bold; only the words differ."""
    root = vault(VAULT)
    one, other = reports(root), reports(root, 'language = "zh"')
    assert one.keys() == other.keys()
    for name, text in one.items():
        assert english(text), name
        assert other[name].count("\n") == text.count("\n"), name
        for pattern in (r"\]\([^)\s]*\)", r"\*\*[\d.]+"):
            assert sorted(re.findall(pattern, other[name])) == sorted(re.findall(pattern, text)), name


# ---------------------------------------------------------------- which language


def test_reports_are_in_the_language_of_the_vault_or_one_of_their_own(vault: MakeVault) -> None:
    """The vault's language if there is a catalogue, else English; `[reports] language` goes before it."""
    root = vault({"A.md": "[[B]]"})
    chinese = "## 最缺什么"
    for settings in ('language = "zh"', 'language = "zh-CN"', 'language = "de"\n[reports]\nlanguage = "zh-Hans"'):
        assert chinese in reports(root, settings)["Overview.md"], settings
    for settings in ("", 'language = "de"', 'language = "zh"\n[reports]\nlanguage = "en-GB"'):
        told = reports(root, settings)["Overview.md"]
        assert "## What is missing most" in told, settings
        assert "Problems in notes" not in told, settings


def test_a_language_that_reports_do_not_speak_is_a_problem_and_they_are_in_english(vault: MakeVault) -> None:
    """The line says which there are."""
    told = reports(vault({"A.md": ""}), 'language = "zh"\n[reports]\nlanguage = "tlh"')["Overview.md"]
    assert "## What is missing most" in told
    (row,) = (line for line in told.splitlines() if line.startswith("| **vault-tools.toml**"))
    assert "the reports are not written in the language" in row
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


# ---------------------------------------------------------------- hostile names

HOSTILE: Files = {
    "<b>恶* [x](y) `c` #t (k ::.md": "[[恶 |* <script>::]] [[x*y_ %% z]] [[A|x:]] [[<% tp %>]]",
    "恶二.md": "---\nrequires: ['[[== **粗** <i>]]', '[[#a]]']\n'{list} <i>#t [[x]]': [[y]]\n---\n",
    "恶三.md": "[[== **粗** <i>]] [[{list} and {n} more]] [[#没有::这个]] [[量化:]] ![[Gaps.pdf]]",
    "型.md": "---\ntype: '{n} *t* <b>'\n---\n",
    "log.md": "---\ntype: Gaps\n---\n",
}


def test_hostile_names_stay_text_in_chinese(vault: MakeVault) -> None:
    """Read again, a page holds no tag, no field and no link but those to its own headings; and no markup."""
    for name, text in reports(vault(HOSTILE), 'language = "zh"').items():
        page = note.parse(Source(name, text, ""))
        elsewhere = {link.target for link in page.links if link.target}
        assert elsewhere <= {
            "./graph.html",
            *(f"_vault-tools/{file}" for file in ("Gaps.md", "Learning.md", "Orphans.md", "learning.svg")),
        }, name
        assert page.body_tags == (), name
        assert page.fields == (), name
        assert not re.search(r"<(?:b|i|script|%)", re.sub(r"\]\([^)\s]*\)", "", text)), name
        headings = {heading.text for heading in page.headings}
        assert {link.subpath[1:] for link in page.links if not link.target} <= headings, name


def test_names_that_are_sentences_of_ours_are_not_translated(vault: MakeVault) -> None:
    """A type called Gaps, a note that looks like a sentence with holes."""
    told = reports(vault(HOSTILE), 'language = "zh"')
    assert "| Gaps | 1 |" in told["Overview.md"]
    assert "| {n} \\*t\\* &lt;b&gt; | 1 |" in told["Overview.md"]
    assert "**{list} and {n} more**" in told["Gaps.md"]
