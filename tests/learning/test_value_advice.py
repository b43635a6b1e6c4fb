"""What the advice on a value says is done to the note, to the letter: then the trouble is gone, in each language."""

# ruff: noqa: D103  (a test is named for what it holds)

import re
from collections.abc import Iterator
from datetime import date

import pytest
from shared.vaults import parsed

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.graph.build import build
from vault_tools.learning.facts import facts
from vault_tools.model.note import Problem
from vault_tools.model.speech import format_words
from vault_tools.model.text import Say
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary

VOCABULARY = build_vocabulary(shipped.asset("vocabulary.toml"), parse_settings(""), {})
TODAY = date(2024, 6, 30)
LANGUAGES = shipped.languages()
MEASURED = "---\ntype: project\nstatus: done\nfinished: 2024-05-01\noutcome: success\n---\n"
"""A project with all that is measured: where there is one, others are told what they lack."""

TROUBLE: dict[str, tuple[str, ...]] = {
    "project-without-outcome": (
        "type: project\nstatus: done\nfinished: 2024-05-01\n",
        "type: 项目\n状态: 完成\n完成: 2024-05-01\n结果:\n",
        "type: project\nstatus: done\nfinished: 2024-05-01\nResult:\n",
    ),
    "project-undated": (
        "type: project\nstatus: done\noutcome: success\n",
        "type: 项目\n状态: 完成\n结果: 成功\n完成日期:\n",
    ),
    "log-undated": ("type: log\nlearned: '[[A]]'\n", "type: 学习日志\n学习: '[[A]]'\n日期:\n"),
    "status-contradicted": (
        "type: project\nstatus: doing\nfinished: 2024-05-01\n",
        "type: 项目\n状态: 进行中\n完成: 2024-05-01\n",
    ),
    "relation-without-link": (
        "type: log\ndate: 2024-05-01\nlearned: KV cache\n",
        "type: 学习日志\n日期: 2024-05-01\n用到: 显存管理\n",
    ),
    "status-unknown": ("type: project\nstatus: halfway\n", "type: 项目\n项目状态: 差不多\n"),
    "word-unknown": (
        "type: knowledge\nstage: skimmed\n",
        "type: 知识节点\n掌握阶段: 略知\n",
        "type: log\ndate: 2024-05-01\nminutes: 5\nmode: osmosis\n",
        "type: 学习日志\n日期: 2024-05-01\n时长: 5\n方式: 灌输\n",
        "type: log\ndate: 2024-05-01\nresult: splendid\n",
        "type: 学习日志\n日期: 2024-05-01\n结果: 极好\n",
    ),
    "duration-unknown": (
        "type: log\ndate: 2024-05-01\nproblem: slow\nsolved-in: soon\n",
        "type: 学习日志\n日期: 2024-05-01\n学习时长: 很久\n",
        "type: 学习日志\n日期: 2024-05-01\n卡点: 慢\n用时: 很久\n",
    ),
    "day-unknown": ("type: log\nday: some day\nminutes: 5\n", "type: 项目\n开始日期: 去年\n"),
    "time-unclear": (
        "type: log\ndate: 2024-05-01\ntook: 90\n",
        "type: 学习日志\n日期: 2024-05-01\n用时: 90\n学习: '[[A]]'\n",
        "type: 学习日志\n日期: 2024-05-01\n时间: 2小时\n解决用时:\n学习时长:\n",
    ),
}
"""The code of each problem that values may have, and properties that have it, in the words of several languages."""
ROWS = [(code, text, language) for code, texts in TROUBLE.items() for text in texts for language in LANGUAGES]


def problems(properties: str) -> dict[str, Problem]:
    """Return what is said of a note with some properties, by code."""
    texts = {"Note.md": f"---\n{properties}---\n", "Measured.md": MEASURED}
    graph = build(parsed(texts), texts, VOCABULARY)
    found = [*graph.problems.get("Note.md", ()), *facts(graph, TODAY).problems.get("Note.md", ())]
    return {problem.code: problem for problem in found}


def remedy(problem: Problem, language: str) -> str:
    return format_words(Say(problem.remedy, problem.values), catalogue.words(language), str)


def followed(problem: Problem, text: str, language: str) -> Iterator[str]:
    """Yield the properties as each thing that a remedy names makes them."""
    said, key = remedy(problem, language), dict(problem.values).get("name")
    typed = re.findall(r"`([^`]+)`", said)
    if problem.code == "time-unclear":
        problem_key = format_words(dict(problem.values)["problem"], catalogue.words(language), str)
        value = next(line for line in text.splitlines() if line.startswith(f"{key}:")).partition(":")[2]
        rest = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key}:"))
        yield from (with_line(rest, f"{name}:{value}") for name in typed if name != problem_key)
    elif problem.code == "day-unknown":
        yield from (with_line(text, f"{key}: {value}") for value in typed)
    elif typed:
        yield from (with_line(text, line) for line in typed)
    elif problem.code in {"word-unknown", "status-unknown"}:
        listed = re.split(r"[:：.；]", said)[1]
        yield from (with_line(text, f"{key}: {word.strip()}") for word in re.split("[,、]", listed))
    else:
        forms = re.findall(r"[\w.:-]*\d[\w.:-]*(?: (?:min|days|week)\b)?|半天", said)
        assert forms
        yield from (with_line(text, f"{key}: {form}") for form in forms)


def with_line(text: str, line: str) -> str:
    """Return properties with a line in the place of the one of the same name, or below all."""
    name = line.partition(":")[0]
    kept = [each for each in text.splitlines() if each.partition(":")[0] != name]
    return "\n".join([*kept, line, ""])


@pytest.mark.parametrize(("code", "text", "language"), ROWS)
def test_following_a_remedy_for_a_value_removes_the_problem(code: str, text: str, language: str) -> None:
    """Whatever of it is done; the names are those that the note has, the colons and quotes those of YAML."""
    found = problems(text)[code]
    assert "properties-invalid" not in problems(text)
    assert not re.search(r"`[^`]*[：“”][^`]*`", remedy(found, language))
    done = list(followed(found, text, language))
    assert done
    for each in done:
        assert {code, "properties-invalid"}.isdisjoint(problems(each)), each


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remedy_names_the_property_of_the_note_even_if_it_is_empty(language: str) -> None:
    """A second one of another name, or the same twice, is worse than none."""
    empty = "type: project\nstatus: done\nfinished: 2024-05-01\nResult:\n"
    assert "`Result: " in remedy(problems(empty)["project-without-outcome"], language)


def test_a_remedy_for_a_value_has_examples_in_the_language_of_the_reader() -> None:
    """The samples of the kind, as a Chinese reader sees them."""
    lacking = problems("type: 项目\n状态: 完成\n完成: 2024-05-01\n")["project-without-outcome"]
    assert "`结果: 成功`（或 失败、部分成功）" in remedy(lacking, "zh")
    unknown = problems("type: 知识节点\n阶段: 略知\n")["word-unknown"]
    assert "已读、复现、改进、总结" in remedy(unknown, "zh")
    assert format_words(Say(unknown.message, unknown.values), catalogue.words("zh"), str).startswith(
        "属性“阶段”的值“略知”"
    )
