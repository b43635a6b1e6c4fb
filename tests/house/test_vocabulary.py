"""The words of the vocabulary: what people type is understood, and what we print can be typed back."""

# ruff: noqa: D103  (a test is named for what it holds)

import re
import tomllib
import unicodedata
from collections.abc import Iterator

import catalogues
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.lexicon import KINDS, LEXICON, VOCABULARY, relation_of

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.graph.kinds import Kinds
from vault_tools.graph.names import word_key
from vault_tools.learning.lexicon import Lexicon
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.vocabulary import Conventions
from vault_tools.parse import form
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary

GROUPS = {"stage": "stages", "mode": "modes", "status": "statuses", "outcome": "outcomes", "key": "properties"}


UNCLEAR = {"took", "time"}
"""Names that may mean the time to solve a problem or the time spent: we never print one."""


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield group, meaning and word for each word that is understood."""
    for kind in VOCABULARY.types.values():
        yield from (("types", kind.name, word) for word in (kind.name, *kind.names))
    for one in VOCABULARY.relations.values():
        yield from (("relations", one.name, word) for word in (one.name, *one.names))
        yield from (("relations", one.inverse, word) for word in (one.inverse, *one.inverse_names) if word)
    for group, meanings in VOCABULARY.words.items():
        yield from ((group, name, word) for name, words in meanings.items() for word in (name, *words))


def meaning_of(kind: str, word: str) -> str | None:
    """Return what a word means that is typed where a term of a kind belongs."""
    if kind == "type":
        return KINDS.called(word)
    return relation_of(word) if kind == "relation" else LEXICON.meaning(GROUPS[kind], word)


# ---------------------------------------------------------------- one word, one meaning


def test_no_word_of_the_vocabulary_means_two_things_in_one_group_or_is_listed_twice() -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for group, name, word in rows():
        found.setdefault((group, word_key(word)), []).append(name)
    assert {word: names for word, names in found.items() if len(names) > 1} == {}


def test_a_property_that_names_a_problem_by_a_link_names_one_by_text() -> None:
    """`卡点: [[CORS]]` and `卡点: a word on CORS` must not differ in what they count for."""
    relation = VOCABULARY.relations["struggles-with"]
    assert {*VOCABULARY.words["properties"]["problem"], "problem"} == set(relation.names)


# ---------------------------------------------------------------- what people type

TYPED = {
    ("type", "core-topic"): "领域 核心主题 研究方向 area domain",
    ("type", "sub-topic"): "主题 子主题 专题 topic",
    ("type", "knowledge"): "知识点 知识节点 知识 术语 知识卡片 概念 算法 concept term",
    (
        "type",
        "source",
    ): "论文 书 书籍 课程 文章 博客 资料 参考资料 文献 学习资料 知识源 教程 文档 公众号 paper course book",
    ("type", "scenario"): "场景 应用场景 目标 use_case goal",
    ("type", "project"): "项目 小项目 实战项目 side_project",
    ("type", "experiment"): "实验 消融实验 实践 run benchmark",
    ("type", "log"): "日志 学习日志 学习笔记 学习记录 learning_log",
    ("type", "daily"): "日记 每日笔记 日报 daily_note journal",
    ("type", "reflection"): "反思 复盘 回顾 周复盘 周反思 月复盘 年度复盘 周报 weekly_review retrospective",
    ("type", "rule"): "习惯 规则 学习习惯 获取规则 habit",
    ("type", "summary"): "总结 技术总结 小结 write-up",
    ("type", "index"): "首页 导航 目录 索引 home moc",
    ("relation", "requires"): "前置知识 先修 前提 需要 所需知识 prerequisites",
    ("relation", "depends-on"): "依赖 依赖于 基于 builds_on",
    ("relation", "supports"): "支持 支撑 被依赖",
    ("relation", "enables"): "是其前提 使能 required_by",
    ("relation", "belongs-to"): "项目 所属项目 project",
    ("relation", "has-part"): "下属记录",
    ("relation", "answers"): "场景 应用场景 解决 scenario",
    ("relation", "answered-by"): "解决方案 solution",
    ("relation", "learned-from"): "参考 参考资料 资料 来自 来源 学习资料 文献 sources references",
    ("relation", "teaches"): "讲解 教授 explains",
    ("relation", "related"): "参见 另见 相关笔记 相关 延伸阅读 see_also",
    ("relation", "same"): "相同 同 same_as",
    ("relation", "applies"): "用到 用了 运用 应用 使用 用上了 uses",
    ("relation", "applied-in"): "应用于 用于 used_in",
    ("relation", "learns"): "学了 学会 学到 学习 掌握 learned",
    ("relation", "learned-in"): "学习记录 学于",
    ("relation", "struggles-with"): "卡点 困难 疑问 踩坑 难点 问题 难题 困扰 卡住了 卡在 blocked_by blockers",
    ("relation", "troubles"): "卡住的记录 blocks",
    ("relation", "contains"): "包含 包括 子主题 知识点 covers",
    ("relation", "part-of"): "父主题 属于 所属主题 parent",
    ("relation", "causes"): "引起 导致 造成 leads_to",
    ("relation", "caused-by"): "原因 起因 根因 cause",
    ("status", "active"): "进行中 正在进行 在做 wip",
    ("status", "planned"): "计划 计划中 待办 未开始 暂停 on_hold",
    ("status", "finished"): "完成 已完成 已结束 搞定 上线 done",
    ("status", "dropped"): "放弃 取消 归档 终止 cancelled",
    ("outcome", "success"): "成功 已解决 解决了 搞定 ✅ solved",
    ("outcome", "failure"): "失败 没成功 ❌ failed",
    ("outcome", "partial"): "部分成功 部分解决 partly",
    ("outcome", "open"): "未解决 待解决 卡住 unsolved",
    ("mode", "project-first"): "项目优先 动手 实战 边做边学 hands-on",
    ("mode", "paper-first"): "论文优先 读论文 看文档 reading",
    ("mode", "course-first"): "课程优先 上课 网课 video",
    ("mode", "people-first"): "请教优先 交流 讨论 结对编程 mentor",
    ("stage", "read"): "已读 读过 精读 读完 1",
    ("stage", "reproduced"): "复现 已复现 跑通 实现 2",
    ("stage", "improved"): "改进 优化 3",
    ("stage", "summarised"): "总结 已总结 归纳 4",
    ("key", "date"): "日期 date",
    ("key", "minutes"): "时长 学习时长 学习用时 分钟 用时分钟 time_spent duration",
    ("key", "solved-in"): "解决用时 解决耗时 time_to_solve",
    ("key", "took"): "用时 耗时 花费时间 took time_taken",
    ("key", "time"): "时间 time",
    ("key", "mode"): "学习方式 方式",
    ("key", "problem"): "卡点 问题 难点",
    ("key", "verify"): "验收标准 验证",
    ("key", "budget"): "时间预算 预算",
}
"""Chinese and English words by what they mean; a `_` stands for a blank."""


@pytest.mark.parametrize(("kind", "name"), TYPED)
def test_the_words_that_an_engineer_types_are_understood(kind: str, name: str) -> None:
    words = [word.replace("_", " ") for word in TYPED[kind, name].split()]
    assert {word: meaning_of(kind, word) for word in words} == dict.fromkeys(words, name)


# ---------------------------------------------------------------- what we print


def labels(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and label of each term that a note may hold, as a language prints it; by its name, if not."""
    words = catalogue.words(language)
    types = {*VOCABULARY.types, *(role for one in VOCABULARY.relations.values() for role in one.targets)}
    relations = {name for one in VOCABULARY.relations.values() for name in (one.name, one.inverse) if name}
    named = {"type": types, "relation": relations}
    named |= {kind: {*VOCABULARY.words[group]} - UNCLEAR for kind, group in GROUPS.items()}
    for kind, names in named.items():
        yield from ((kind, name, str(words.get(f"{kind}.{name}", name))) for name in sorted(names))


@pytest.mark.parametrize("language", shipped.languages())
def test_every_label_that_we_print_can_be_typed_back(language: str) -> None:
    """Types, relations and inverses, values, and the names of properties. A role is a type that plays it."""
    wrong = []
    for kind, name, label in labels(language):
        found = meaning_of(kind, label)
        plays = VOCABULARY.types[found].role if kind == "type" and found else ""
        if name not in {found, plays}:
            wrong.append((kind, name, label, found))
    assert wrong == []


@pytest.mark.parametrize("language", shipped.languages())
def test_a_language_has_a_label_for_each_term_and_for_nothing_else(language: str) -> None:
    terms = tomllib.loads(shipped.asset(f"words/{language}.toml"))
    wanted = {(kind, name) for kind, name, _ in labels(language)} | {("relation", name) for name in STRUCTURAL}
    kinds = {kind for kind, _ in wanted}
    assert {(kind, name) for kind in kinds for name in terms[kind]} == wanted


@pytest.mark.parametrize("language", shipped.note_languages())
def test_templates_and_pages_have_one_word_for_one_thing(language: str) -> None:
    """A property of a template is called as the pages call what it means."""
    words = catalogue.words(language)
    for name, text in shipped.note_templates(language).items():
        found = form.read(name, text)
        assert words.get(f"type.{KINDS.called(found.type)}") == found.type, name
        for field in found.fields:
            meant = LEXICON.meaning("properties", field.name), relation_of(field.name)
            terms = {words.get(f"key.{meant[0]}"), words.get(f"relation.{meant[1]}")} - {None}
            assert not terms or field.name in terms, (name, field.name)


def test_the_own_label_of_a_vault_for_a_type_or_relation_can_be_typed() -> None:
    """Its own label is printed in the place of ours."""
    own = parse_settings('[types.knowledge]\nlabel = "知识块"\n[relations.requires]\nlabel = "先学"\n')
    vocabulary = build_vocabulary(shipped.asset("vocabulary.toml"), own, {})
    assert Kinds(vocabulary, Conventions()).called("知识块") == "knowledge"
    assert Lexicon(vocabulary).relation("先学") == "requires"


# ---------------------------------------------------------------- what a sentence says to type


def typed(language: str) -> dict[str, list[tuple[str, str]]]:
    """Return what the code in each sentence means: the types, relations and properties that it names, by id."""
    found = {}
    for id_, (_, entry) in catalogues.rows(language).items():
        codes = sorted({code for text in catalogues.forms(entry).values() for code in re.findall(r"`([^`]+)`", text)})
        found[id_] = sorted(meant for code in codes if (meant := meaning_of_code(code)) is not None)
    return found


def meaning_of_code(code: str) -> tuple[str, str] | None:
    """Return the type in `type: NAME`, or what another name of a property means."""
    name, _, value = code.partition(": ")
    kinds = ("type",) if name == "type" and value else ("relation", "key")
    return next(
        ((kind, meant) for kind in kinds if (meant := meaning_of(kind, value if name == "type" else name))), None
    )


@pytest.mark.parametrize("language", shipped.languages())
def test_the_code_in_a_sentence_is_understood_when_it_is_typed(language: str) -> None:
    """And means the same as in English."""
    english = typed("en")
    assert english["coverage.empty"] == [("relation", "contains"), ("type", "core-topic")]
    assert english["region.periods.ask-period"] == [("key", "period"), ("key", "period")]
    assert typed(language) == english


@given(st.sampled_from([row for language in shipped.languages() for row in labels(language)]), st.data())
def test_a_label_is_understood_in_any_spelling(row: tuple[str, str, str], data: st.DataObject) -> None:
    """In capitals, with blanks around it or in place of its dashes, decomposed; a value also in full-width letters."""
    kind, _, label = row
    ways = [str.upper, str.title, "  {}\u3000".format, lambda word: word.replace("-", " ")]
    ways += [lambda word: word.replace("-", "_"), lambda word: unicodedata.normalize("NFD", word)]
    ways += [lambda word: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)] * (
        kind not in {"relation", "key"}
    )
    assert meaning_of(kind, data.draw(st.sampled_from(ways))(label)) == meaning_of(kind, label)
