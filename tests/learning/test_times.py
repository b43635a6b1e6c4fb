"""Time to solve and time spent: which property means which, and what is told where nobody can know."""

# ruff: noqa: D103  (a test is named for what it holds)

from datetime import date

import pytest
from shared.vaults import parsed

from vault_tools import shipped
from vault_tools.graph.build import build
from vault_tools.learning.facts import facts
from vault_tools.model.learning import Facts
from vault_tools.model.note import Problem
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary

TODAY = date(2024, 6, 30)
EITHER = ("用时", "耗时", "花费时间", "所用时间", "花了多久", "时间", "took", "time taken", "time", "Time")
SPENT = ("minutes", "时长", "学习时长", "学习用时", "分钟", "用时分钟", "duration", "time spent", "study time")
SOLVED = ("solved-in", "解决用时", "解决耗时", "time to solve", "solved in")
PROBLEM = ("problem: slow", "卡点: 太慢", "blocked by: '[[Kernel]]'")


def told(log: str, settings: str = "", **others: str) -> tuple[Facts, list[Problem]]:
    """Return the facts of a vault with a log, and what is said of the log."""
    vocabulary = build_vocabulary(shipped.asset("vocabulary.toml"), parse_settings(settings), {})
    texts = {"2024-05-01.md": log, **{f"{name}.md": text for name, text in others.items()}}
    found = facts(build(parsed(texts), texts, vocabulary), TODAY)
    return found, list(found.problems.get("2024-05-01.md", ()))


def log(*properties: str) -> str:
    return "---\ntype: log\nlearned: '[[A]]'\n" + "".join(f"{line}\n" for line in properties) + "---\n"


@pytest.mark.parametrize("name", SPENT)
@pytest.mark.parametrize("problem", ["", *PROBLEM])
def test_the_property_for_time_spent_means_time_spent_with_and_without_a_problem(name: str, problem: str) -> None:
    found, said = told(log(f"{name}: 90", *filter(None, [problem])))
    assert [(entry.minutes, entry.solved_in) for entry in found.entries] == [(90, None)]
    assert said == []


@pytest.mark.parametrize("name", SOLVED)
def test_the_property_for_time_to_solve_is_never_time_spent(name: str) -> None:
    found, said = told(log(f"{name}: 90", "problem: slow"))
    assert [(entry.minutes, entry.solved_in) for entry in found.entries] == [(None, 90)]
    assert said == []


@pytest.mark.parametrize("name", EITHER)
@pytest.mark.parametrize("problem", PROBLEM)
def test_a_time_beside_a_problem_is_the_time_to_solve_it(name: str, problem: str) -> None:
    """Whatever stands with it; the time spent stays what it is."""
    found, said = told(log(f"{name}: 2 days", problem, "minutes: 30"))
    assert [(entry.minutes, entry.solved_in) for entry in found.entries] == [(30, 2 * 24 * 60)]
    assert said == []


@pytest.mark.parametrize("name", EITHER)
@pytest.mark.parametrize("rest", [(), ("minutes: 30",), ("problem: slow", "solved-in: 1h"), ("problem:",)])
def test_an_ambiguous_time_of_a_log_is_a_problem_and_counts_in_no_figure(name: str, rest: tuple[str, ...]) -> None:
    """With its line, its name, and the two names to choose from."""
    found, said = told(log(f"{name}: 90", *rest))
    plain, _ = told(log(*rest))
    figures = [(entry.minutes, entry.solved_in) for entry in found.entries]
    assert figures == [(entry.minutes, entry.solved_in) for entry in plain.entries]
    (problem,) = said
    assert (problem.code, problem.line) == ("time-unclear", 4)
    assert f"'{name}'" in problem.what
    assert "`minutes`" in problem.todo
    assert "`solved-in`" in problem.todo


@pytest.mark.parametrize("value", ["14:30", "2024-05-01", "2024-05-01T14:30", "evening", "晚上", "14:00-15:30", "soon"])
@pytest.mark.parametrize("name", ["time", "时间"])
@pytest.mark.parametrize("problem", [(), ("problem: slow",)])
def test_a_time_of_day_in_a_log_is_no_problem(name: str, value: str, problem: tuple[str, ...]) -> None:
    found, said = told(log(f"{name}: '{value}'", *problem))
    assert [entry.solved_in for entry in found.entries] == [None]
    assert said == []


@pytest.mark.parametrize("name", ["用时", "took"])
def test_a_length_of_a_log_that_cannot_be_read_is_a_problem(name: str) -> None:
    _, said = told(log(f"{name}: 很久", "problem: slow"))
    assert [problem.code for problem in said] == ["duration-unknown"]
    assert f"'{name}'" in said[0].what


def test_a_time_in_one_section_of_a_log_does_not_belong_to_another_section() -> None:
    """A time beside the problem of another section stands alone."""
    text = "## One\nproblem:: slow\n用时:: 2h\n\n## Two\nlearned:: [[B]]\n用时:: 30\n"
    found, said = told(f"---\ntype: log\n---\n{text}")
    assert [(entry.minutes, entry.solved_in) for entry in found.entries] == [(None, 120), (None, None)]
    assert [(problem.code, problem.line) for problem in said] == [("time-unclear", 10)]


def test_a_section_of_a_log_with_only_a_time_is_a_problem() -> None:
    for text in ("time:: 90\n", "## One\nproblem:: slow\n\n## Two\ntime:: 90\n", "## Two\n用时:: 90\n"):
        _, said = told(f"---\ntype: log\n---\n{text}")
        assert [problem.code for problem in said] == ["time-unclear"], text


def test_only_times_of_logs_can_be_problems() -> None:
    found, _ = told("---\ntype: log\n---\n", P="---\ntype: project\n用时: 90\n---\n", N="---\ntime: 90\n---\n")
    assert found.problems == {}


@pytest.mark.parametrize(("meaning", "figures"), [("minutes", (90, None)), ("solved-in", (None, 90))])
def test_a_vault_may_define_what_its_word_for_a_time_means(
    meaning: str, figures: tuple[int | None, int | None]
) -> None:
    found, said = told(log("用时: 90"), f'[words.properties]\n{meaning} = ["用时"]\n')
    assert [(entry.minutes, entry.solved_in) for entry in found.entries] == [figures]
    assert said == []
