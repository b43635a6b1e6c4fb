"""Reports in other languages: every sentence of ours is in each catalogue, and nothing of ours is left in English."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import catalogues
import pytest
from conftest import Files, MakeVault, Run
from hypothesis import given
from hypothesis import strategies as st

from vault_tools import Vault, shipped
from vault_tools import words as catalogue
from vault_tools.insights import insights
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.note import Problem, Source
from vault_tools.model.speech import spoken
from vault_tools.model.text import Ref, Say, Term, listed, mentions, say
from vault_tools.parse import note
from vault_tools.render.markdown import escape

LANGUAGES = shipped.languages()

# ---------------------------------------------------------------- the catalogues


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    """With the values and the markup that English has; a row that is wrong is named with its file and line."""
    assert "\n".join(map(str, catalogues.faults(language))) == ""


def test_the_scripts_of_the_graph_page_say_literals() -> None:
    """Else no language could say it: the ids are found by how they are written."""
    call = re.compile(r"(?<!function )(?<![\w.])(?:say|count)\((?!\s*'[\w-]+\.[\w.-]+')[^\n]*")
    texts = {name: text for name, text in shipped.assets(["graph/"]).items() if name.endswith(".js")}
    said = {name: call.findall(text) for name, text in texts.items() if name != "graph/base/say.js"}
    assert {name: calls for name, calls in said.items() if calls} == {}


def test_english_is_no_key() -> None:
    """The ids stay as they are when a sentence is written better."""
    said = {
        id_
        for id_ in catalogues.rows("en")
        if id_.partition(".")[0] not in catalogues.TERMS and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", id_)
    }
    assert said == set()


FRENCH = """
[missing]
title = "Notes manquantes"
lead = ""
gone = "rien"
[asked]
links-only = { one = "{n} lien", other = "{n} liens" }
[common]
more = "encore"
"""
TERMS_IN_FRENCH = """
[type]
project = "Projet"
[relation]
requires = "exige"
caused-by = "dû à"
[key]
status = "état"
[status]
active = "en cours"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A third language, begun in a file of its own beside the others."""
    templates = tmp_path / "templates"
    shutil.copytree(catalogues.FOLDER, templates / "words")
    (templates / "words" / "fr.toml").write_text(FRENCH, "utf-8")
    monkeypatch.setattr(shipped, "templates", lambda: templates)
    monkeypatch.setattr(catalogues, "FOLDER", templates / "words")
    catalogue.words.cache_clear()
    yield templates / "words" / "fr.toml"
    catalogue.words.cache_clear()


def test_a_third_language_is_one_file_and_what_it_lacks_is_english(french: Path) -> None:
    """An empty row counts as missing; the language's own rows and forms are used."""
    assert french.name.removesuffix(".toml") in shipped.languages()
    words = catalogue.words("fr-CA")
    assert spoken(say("missing.title"), words, str) == "Notes manquantes"
    assert spoken(say("missing.lead"), words, str) == spoken(say("missing.lead"), catalogue.words("en"), str)
    assert [spoken(say("asked.links-only", n=n), words, str) for n in (1, 2)] == ["1 lien", "2 liens"]
    assert set(words) >= set(catalogue.words("en"))


@pytest.mark.usefixtures("french")
def test_the_check_names_file_line_and_row() -> None:
    """Of a row that is missing, that is empty, that nothing says, and that has lost a value."""
    found = {fault.id: fault for fault in catalogues.faults("fr")}
    assert str(found["missing.gone"]) == "templates/words/fr.toml:5: missing.gone: nothing says this sentence"
    assert str(found["missing.lead"]) == "templates/words/fr.toml:4: missing.lead: this sentence is missing"
    assert found["common.colon"].line == 0
    assert found["common.more"].why == "it has the values [], and English has ['n']"
    assert "missing.title" not in found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ('[missing]  # of notes\ntitle = "Notes"\n', None),
        ('  [ missing ]\ntitle = "Notes"\n', None),
        ("[missing]\ntitle = 'Notes'\n", None),
        ('[missing]\ntitle = "Notes\n', ":2: missing: this is not TOML"),
        ('[missing]\ntitle = "Notes"\n[missing]\nlead = "x"\n', ":3: missing: this is not TOML"),
        ("[missing]\ntitle = 3\n", ":1: missing.title: write a text, or the forms"),
        ('[missing]\ntitle = ["Notes"]\n', ":1: missing.title: write a text, or the forms"),
        ('[asked]\nlinks-only = { other = "{n}", many = "{n}" }\n', ":1: asked.links-only: write a text, or the forms"),
        ('missing.title = "Notes"\n', ":0: (no section): write [section] above its rows"),
        ('[missing]\ntitle = """a\n[stubs]\n"""\n', ":1: missing: write [section] above its rows"),
    ],
)
def test_a_catalogue_that_cannot_be_read_row_by_row_is_a_fault(french: Path, text: str, first: str | None) -> None:
    """With its file, line and section or row; what TOML allows besides, such as a comment, is understood."""
    french.write_text(text, "utf-8")
    found = list(map(str, catalogues.unreadable("fr")))
    assert found[:1] == [each for each in found if first and each.startswith(f"templates/words/fr.toml{first}")][:1]
    assert bool(found) == (first is not None)
    assert catalogues.main(["fr"]) == (2 if first else 0)
    if first is None:
        assert spoken(say("missing.title"), catalogue.words("fr"), str) == "Notes"


@pytest.mark.parametrize("row", ['""', '{ one = "", other = "" }', '{ one = "", other = "{n} liens" }', "{}"])
def test_a_row_with_an_empty_form_is_said_in_english(french: Path, row: str) -> None:
    """Whoever copies the English file and empties a row may leave its forms."""
    french.write_text(f"[asked]\nlinks-only = {row}\n", "utf-8")
    assert spoken(say("asked.links-only", n=1), catalogue.words("fr"), str) == "1 note links to it"
    assert "asked.links-only" in catalogues.missing("fr")


def test_only_a_catalogue_is_a_language(french: Path) -> None:
    """Not what an editor or a system leaves beside it."""
    for name in (".DS_Store", "fr.toml~", ".fr.toml.swp", "README.md"):
        french.with_name(name).write_text("", "utf-8")
    assert shipped.languages() == ("en", "fr", "zh")
    assert catalogues.main(["../fr", "--add"]) == 2


def test_what_a_third_language_calls_a_term_can_be_typed_in_a_note(vault: MakeVault, french: Path) -> None:
    """Its one file is enough: the vocabulary need not know its words."""
    french.write_text(TERMS_IN_FRENCH, "utf-8")
    shutil.copytree(catalogues.ROOT / "templates", french.parents[1], dirs_exist_ok=True)
    note_ = "---\ntype: projet\nÉtat: En cours\nexige: '[[B]]'\ndû à: '[[B]]'\n---\n"
    opened = Vault.open(vault({"A.md": note_, "B.md": ""}))
    assert opened.knowledge.nodes["A.md"].type == "project"
    assert "requires" in {each.relation for each in opened.knowledge.outgoing["A.md"]}
    assert "causes" in {each.relation for each in opened.knowledge.outgoing["B.md"]}
    assert opened._facts.goals["A.md"].status == "active"
    opened.close()


def test_missing_rows_are_added_empty_and_nothing_else_changes(french: Path) -> None:
    """Each under its section; a second time there is nothing to add."""
    before = french.read_text("utf-8")
    count = catalogues.add("fr")
    text = french.read_text("utf-8")
    assert count == len([line for line in text.splitlines() if line.endswith(' = ""')]) - 1
    assert [line for line in before.splitlines() if line not in text.splitlines()] == []
    catalogue.words.cache_clear()
    assert set(catalogues.rows("fr")) >= set(catalogues.rows("en"))
    assert catalogues.add("fr") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_can_be_linked_to(language: str) -> None:
    """The summary on top of a page links to the headings below it."""
    words = catalogue.words(language)
    titles = [spoken(insight.title, words, str) for insight in insights()]
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
    wanted |= {Term("key", name).key for name in vocabulary.words["properties"] if name not in {"took", "time"}}
    given = {text for text in catalogue.words(language) if text.partition(".")[0] in catalogues.TERMS}
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
    chinese, english = catalogue.words("zh"), catalogue.words("en")
    assert (chinese["page.gaps"], english["page.gaps"]) == ("缺口", "Gaps")
    for name in ("zh-CN", "zh_CN.UTF-8", "zh-Hans-CN", "ZH", "zh-TW"):
        assert catalogue.words(name) is chinese, name
        assert shipped.speaks(name), name
    for name in ("en", "en-GB", "en_US.UTF-8"):
        assert catalogue.words(name) is english, name
        assert shipped.speaks(name), name
    for name in ("tlh", "", "../zh", "z"):
        assert catalogue.words(name) is english, name
        assert not shipped.speaks(name), name


# ---------------------------------------------------------------- sentences


def test_a_sentence_takes_its_values_wherever_the_language_wants_them() -> None:
    """A list has the language's commas, and what is left out of it is counted."""
    english = {"x": "{n} of {all}", "common.list-separator": ", ", "common.list-more": "{list} and {n} more"}
    words = {"x": "{all} 中的 {n}", "common.list-separator": "、", "common.list-more": "{list} 等 {n} 个"}
    some = say("x", n=2, all=listed(["甲", Ref("乙.md"), "丙"], 2))
    assert spoken(some, english, lambda ref: ref.id) == "2 of 甲, 乙.md and 1 more"
    assert spoken(some, words, lambda ref: ref.id) == "甲、乙.md 等 1 个 中的 2"
    assert [ref.id for ref in mentions(some)] == ["乙.md"]


def test_the_number_decides_between_two_forms() -> None:
    """A language that makes no difference says it once; a number with decimals is more than one."""
    one, many, some = say("notes", n=1), say("notes", n=2), say("notes", n="1.0")
    english = {"notes": {"one": "{n} note", "other": "{n} notes"}}
    assert [spoken(each, english, str) for each in (one, many, some)] == ["1 note", "2 notes", "1.0 notes"]
    assert [spoken(each, {"notes": "{n} 篇"}, str) for each in (one, many)] == ["1 篇", "2 篇"]


@given(st.text() | st.sampled_from(["{n}", "{a}", "page.gaps", ", ", "type.log", "{"]))
def test_what_a_user_wrote_is_never_translated_and_never_a_hole(text: str) -> None:
    """Not even where it is letter by letter a sentence of ours."""
    words = {**catalogue.words("zh"), text: "翻译"}
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


@given(st.text())
def test_code_of_a_sentence_is_code_where_it_is_shown(value: str) -> None:
    """Its backticks are no text to escape; a value beside it is."""
    words = {"x": "use `a_b*` or {value}"}
    assert spoken(say("x", value=value), words, str, escape) == f"use `a_b*`{escape(f' or {value}')}"
    assert spoken(say("x", value=value), words, str) == f"use `a_b*` or {value}"


@pytest.mark.parametrize("value", ["date", "解决用时", "time spent", "type: knowledge", "a, b", 'x: "2024"'])
def test_a_plain_value_in_the_code_of_a_sentence_is_code(value: str) -> None:
    """So that each of several shows exactly what to type, and the text between two of them is text."""
    words = {"y": "write `{value}`, and *not* (`{other}`)"}
    said = spoken(say("y", value=value, other="a"), words, str, escape)
    assert said == f"write `{value}`{escape(', and *not* (')}`a`)"


@given(st.text() | st.sampled_from(["= this.file", "$= dv", "a`b", "a::b", "[[x]]", "_a_", "<% x %>", "%%", "", "a\n"]))
def test_any_other_value_in_code_is_text(value: str) -> None:
    """Code runs in some plugins, and a backtick would end it."""
    words = {"y": "write `{value}`, then `b`"}
    said = spoken(say("y", value=value), words, str, escape)
    as_text = f"{escape(f'write `{value}`, then ')}`b`"
    assert said in {as_text, f"write `{value}`, then `b`"}
    if not re.fullmatch(r"\w(?:[^\S\n]|[\w,.，、()（）'\"/:-])*", value) or "::" in value:
        assert said == as_text


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
        assert spoken(insight.title, catalogue.words("zh"), str) in everything


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
    chinese = "## 最需要补上的缺口"
    for settings in ('language = "zh"', 'language = "zh-CN"', 'language = "de"\n[reports]\nlanguage = "zh-Hans"'):
        assert chinese in reports(root, settings)["Overview.md"], settings
    for settings in ("", 'language = "de"', 'language = "zh"\n[reports]\nlanguage = "en-GB"'):
        told = reports(root, settings)["Overview.md"]
        assert "## Biggest gaps" in told, settings
        assert str(catalogue.words()["overview.problems-title"]) not in told, settings


def test_a_language_that_reports_do_not_speak_is_a_problem_and_they_are_in_english(vault: MakeVault) -> None:
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


# ---------------------------------------------------------------- no sentence is in the code

SHOWING = {
    "echo",
    "secho",
    "write",
    "style",
    "prompt",
    "confirm",
    "print",
    "info",
    "warning",
    "error",
    "fail",
    "option",
}
SHOWING |= {"argument", "command", "group", "UsageError", "ClickException", "BadParameter", "VaultToolsError"}
"""Functions whose arguments a user sees: those of click and of loggers, and the errors that the command line tells."""
_TWO_WORDS = re.compile(r"[A-Za-z][a-z']+ [A-Za-z][a-z']+")
_SHOWN_BY_THE_PAGE = re.compile(
    r"(?:textContent|title|placeholder|ariaLabel|innerText)\s*[:=]\s*"
    r"(['\"`])(?:(?!\1).)*[A-Za-z]{2} [a-z]{2}(?:(?!\1).)*\1"
)


def test_no_call_that_shows_something_has_an_english_sentence() -> None:
    """A sentence of ours is in the catalogue. What stands in code is names, and text for other programs."""
    found = []
    for file in sorted((catalogues.ROOT / "vault_tools").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            shown = [*call.args, *(each.value for each in call.keywords)] if name in SHOWING else []
            shown += [each.value for each in call.keywords if each.arg in {"help", "epilog", "short_help", "prompt"}]
            texts = (node.value for each in shown for node in ast.walk(each) if isinstance(node, ast.Constant))
            found += [(file.name, text) for text in texts if isinstance(text, str) and _TWO_WORDS.search(text)]
    assert found == []


def test_no_script_of_the_graph_page_shows_an_english_sentence() -> None:
    """Nor does its markup or a style."""
    pages = shipped.assets(["graph/"])
    shown = {name: [each[0] for each in _SHOWN_BY_THE_PAGE.finditer(text)] for name, text in pages.items()}
    assert {name: texts for name, texts in shown.items() if texts} == {}
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", pages["graph/page.html"], flags=re.DOTALL)
    assert _TWO_WORDS.findall(re.sub(r"<!--.*?-->|<[^>]*>|\{\{[^}]*\}\}", "", markup, flags=re.DOTALL)) == []
    assert re.findall(r'(?:title|alt|placeholder|aria-label)="[^"{]*[A-Za-z]{2}[^"{]*"', markup) == []
    assert [name for name, text in pages.items() if re.search(r"content:\s*[\"'][A-Za-z]{2}", text)] == []
