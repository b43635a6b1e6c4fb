"""What a vault says of learning, measured: the founding case, and how its figures move."""

import shutil

# ruff: noqa: D103  (a test is named for what it holds)
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.learning.measures import BY_NAME
from vault_tools.learning.occasions import occasions
from vault_tools.learning.states import fitting_rule
from vault_tools.learning.windows import containing
from vault_tools.model.finding import Finding
from vault_tools.model.learning import Measurement
from vault_tools.settings.parsing import parse_settings

SAMPLE = Path(__file__).parents[2] / "sample_vault"
DAY = 24 * 60
TODAY = date(2024, 6, 30)
Edit = Callable[[Path], object]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample vault without pages of ours, to change as one likes."""
    copy = tmp_path / "sample_vault"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("_vault-tools"))
    return copy


def opened(root: Path, settings: str = "", today: date = TODAY) -> Vault:
    """Open a vault as it is on a day."""
    return Vault.open(root, cache=False, settings=parse_settings(settings), today=today)


def month(vault: Vault, measure: str, number: int) -> Measurement:
    """Return a measure of a month of 2024."""
    window = containing("month", date(2024, number, 1))
    return BY_NAME[measure].reckon(vault.learning.facts, window, vault.learning.enough)


def advice(vault: Vault, title: str) -> tuple[str, Finding]:
    """Return what is advised for a note or name, and why."""
    found = next(each for each in vault.findings["advice"] if vault.linker.name(each.subject) == title)
    return vault.format_text((found.cells[0],)), found


# ---------------------------------------------------------------- the founding case


def test_in_the_sample_vault_reuse_rises_from_30_to_70_percent(sample: Path) -> None:
    vault = opened(sample)
    april, june = month(vault, "reuse_rate", 4), month(vault, "reuse_rate", 6)
    assert (april.value, april.part, april.whole) == (0.3, 3, 10)
    assert (june.value, june.part, june.whole) == (0.7, 14, 20)


def test_in_the_sample_vault_the_time_to_solve_falls_from_two_days_to_one(sample: Path) -> None:
    vault = opened(sample)
    assert month(vault, "time_to_solve", 4).value == 2 * DAY
    june = month(vault, "time_to_solve", 6)
    assert (june.value, june.part, june.whole) == (1 * DAY, 7, 8), "seven solved, one still open"


def test_in_the_sample_vault_success_rises_from_60_to_90_percent(sample: Path) -> None:
    vault = opened(sample)
    april, june = month(vault, "success_rate", 4), month(vault, "success_rate", 6)
    assert (april.value, april.part, april.whole) == (0.6, 3, 5)
    assert (june.value, june.part, june.whole) == (0.9, 9, 10)


def test_in_the_sample_vault_tensorrt_was_used_each_time_it_was_needed(sample: Path) -> None:
    figure = occasions(opened(sample).learning.facts)["Knowledge/TensorRT.md"]
    assert figure.value == 1.0
    assert figure.whole >= 5


def test_in_the_sample_vault_vllm_was_never_used_or_needed_and_may_pause(sample: Path) -> None:
    vault = opened(sample)
    row = next(each for each in vault.findings["reuse"] if each.subject.id == "Knowledge/vLLM.md")
    assert vault.format_text((row.cells[0],)) == "0 %, not needed"
    title, found = advice(vault, "vLLM")
    assert title == "Pause"
    assert "no open goal needs it" in vault.format_text(found.why)


def test_in_the_sample_vault_kubernetes_scheduling_is_to_be_learned_now(sample: Path) -> None:
    vault = opened(sample)
    assert vault.findings["advice"][0].subject.id == "missing://Kubernetes scheduling"
    title, found = advice(vault, "Kubernetes scheduling")
    why, step = vault.format_text(found.why), vault.format_text(found.step)
    assert title == "Learn now"
    assert "needed by" in why
    assert "Llama 2 7B in the cloud at 1000 QPS" in why
    assert "a problem with it has been open for" in why
    assert "its note does not exist yet" in why
    assert "in this order: GPU operator, Kubernetes scheduling" in step
    assert "Bin packing by GPU memory" in step
    assert {ref.id for ref in found.evidence} >= {
        "Logs/2024-06-13 four replicas on one node.md",
        "Logs/2024-06-20 bin packing gives up.md",
    }


def test_in_the_sample_vault_project_first_does_better_than_paper_first(sample: Path) -> None:
    vault = opened(sample)
    first, second = vault.findings["modes"]
    assert [vault.linker.name(each.subject) for each in (first, second)] == ["project-first", "paper-first"]
    assert first.weight > second.weight


def test_a_resting_vault_is_described_as_of_its_last_log() -> None:
    facts = opened(SAMPLE, today=date(2026, 11, 24)).learning.facts
    assert facts.resting
    assert facts.today == date(2024, 6, 28)


# ---------------------------------------------------------------- figures follow the notes


def replaced(root: Path, path: str, old: str, new: str) -> None:
    """Change a note."""
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_a_log_that_applies_more_raises_reuse(sample: Path) -> None:
    before = month(opened(sample), "reuse_rate", 4)
    replaced(sample, "Logs/2024-04-25 KV cache calculator.md", '"[[KV cache]]"', '"[[KV cache]]"\n  - "[[Pruning]]"')
    after = month(opened(sample), "reuse_rate", 4)
    assert (before.part, after.part, after.whole) == (3, 4, 10)


def test_a_slower_solution_lengthens_the_time_to_solve(sample: Path) -> None:
    for path in ("Logs/2024-04-09 ONNX export of BERT.md", "Logs/2024-04-15 Profiling with Nsight.md"):
        text = (sample / path).read_text("utf-8")
        solved = next(line for line in text.split("\n") if line.startswith("solved-in"))
        replaced(sample, path, solved, "solved-in: 9 days")
    assert month(opened(sample), "time_to_solve", 4).value == 4 * DAY


def test_a_failed_project_lowers_success(sample: Path) -> None:
    replaced(sample, "Projects/Warm start for new replicas.md", "outcome: success", "outcome: 失败")
    figure = month(opened(sample), "success_rate", 6)
    assert (figure.part, figure.whole, figure.value) == (8, 10, 0.8)


def test_solving_the_open_problem_ends_the_advice_to_learn_it(sample: Path) -> None:
    (sample / "Knowledge/Kubernetes scheduling.md").write_text(f"---\ntype: knowledge\n---\n{'word ' * 40}", "utf-8")
    (sample / "Logs/2024-06-29 scheduling.md").write_text(
        "---\ntype: log\nlearned: ['[[Kubernetes scheduling]]']\napplied: ['[[Kubernetes scheduling]]']\n"
        "problem: '[[Kubernetes scheduling]]'\nsolved-in: 3 days\noutcome: success\n---\n",
        "utf-8",
    )
    vault = opened(sample)
    assert advice(vault, "Kubernetes scheduling")[0] == "Keep"
    assert not vault.findings["problems"]
    assert month(vault, "time_to_solve", 6).part == 8


# ---------------------------------------------------------------- what counts as an entry


def test_two_lines_in_a_daily_note_make_a_log(vault: MakeVault) -> None:
    lines = "learned:: [[Quantization]]\napplied:: [[Quantization]] in [[Deploy]]\n"
    root = vault({"2024-05-01.md": lines, "Deploy.md": "---\ntype: project\n---\n"})
    (entry,) = opened(root).learning.facts.entries
    assert entry.day == date(2024, 5, 1)
    assert entry.learned == ("missing://Quantization",)
    assert entry.applied == ("missing://Quantization",)
    assert entry.goals == ("Deploy.md",)


def test_each_section_of_a_days_page_is_an_entry(vault: MakeVault) -> None:
    text = (
        "mode:: project-first\n\n## Morning\nlearned:: [[A]]\nminutes:: 30\n\n"
        "## 下午\n应用:: [[A]]\n时长:: 1小时\n\n## Lunch\nsoup\n"
    )
    morning, afternoon = opened(vault({"2024-05-01.md": text})).learning.facts.entries
    assert (morning.learned, morning.minutes, morning.mode) == (("missing://A",), 30.0, "project-first")
    assert (afternoon.applied, afternoon.minutes, afternoon.mode) == (("missing://A",), 60.0, "project-first")
    assert (morning.place.line, afternoon.place.line) == (3, 7)


def test_chinese_properties_of_a_log_mean_the_same_as_english_ones(vault: MakeVault) -> None:
    log = (
        "---\ntype: 学习日志\n日期: 2024-05-01\n学习: ['[[量化]]']\n应用: ['[[量化]]']\n方式: 项目优先\n"
        "问题: 精度下降\n用时: 2天\n结果: 成功\n时长: 90\n---\n"
    )
    (entry,) = opened(vault({"日志/一.md": log})).learning.facts.entries
    assert (entry.mode, entry.outcome, entry.problem) == ("project-first", "success", "精度下降")
    assert (entry.solved_in, entry.minutes) == (2 * DAY, 90.0)


def test_a_value_of_a_log_that_cannot_be_read_is_a_problem_and_the_other_values_count(vault: MakeVault) -> None:
    log = (
        "---\ntype: log\ndate: 2024-05-01\nlearned: ['[[A]]']\nminutes: a while\noutcome: splendid\nmode: osmosis\n"
        "problem: slow\nsolved-in: soon\n---\n"
    )
    opened_ = opened(vault({"Log.md": log}))
    (entry,) = opened_.learning.facts.entries
    assert entry.learned == ("missing://A",)
    assert (entry.minutes, entry.outcome, entry.mode, entry.solved_in) == (None, "", "", None)
    told = {problem.line: problem for problem in opened_.knowledge.problems["Log.md"]}
    assert sorted(told) == [5, 6, 7, 9]
    assert "'a while'" in told[5].what
    assert "1.5h" in told[5].todo
    assert "success, failure, partial, open" in told[6].todo
    assert "project-first" in told[7].todo


def test_something_learned_that_is_named_in_plain_words_is_a_problem(vault: MakeVault) -> None:
    text = "学习:: Docker\napplied:: [[Docker]], and more\n[applied:: [[Docker]]]\nproblem:: no link needed\n"
    opened_ = opened(vault({"2024-05-01.md": text}))
    (entry,) = opened_.learning.facts.entries
    assert (entry.learned, entry.applied, entry.problem) == ((), ("missing://Docker",), "no link needed")
    (problem,) = opened_.knowledge.problems["2024-05-01.md"]
    assert (problem.code, problem.line) == ("relation-without-link", 1)


def test_a_log_without_a_day_is_a_problem_and_counts_in_no_figure(vault: MakeVault) -> None:
    opened_ = opened(vault({"Log.md": "---\ntype: log\nlearned: ['[[A]]']\n---\n"}))
    assert not opened_.learning.facts.entries
    assert [problem.code for problem in opened_.knowledge.problems["Log.md"]] == ["log-undated"]


def test_a_log_of_the_future_counts_in_no_figure(vault: MakeVault) -> None:
    files = {"2024-07-05.md": "learned:: [[A]]", "2024-06-05.md": "learned:: [[B]]"}
    facts = opened(vault(files)).learning.facts
    assert list(facts.learned) == ["missing://B"]


@pytest.mark.parametrize("name", ["20240501 x.md", "2024.05.01.md", "2024年5月1日.md", "2024-05-01 読む.md"])
def test_the_day_of_a_log_may_stand_in_its_name(vault: MakeVault, name: str) -> None:
    (entry,) = opened(vault({name: "---\ntype: log\nminutes: 5\n---\n"})).learning.facts.entries
    assert entry.day == date(2024, 5, 1)


def test_the_day_of_a_log_may_stand_in_a_field_of_its_text(vault: MakeVault) -> None:
    opened_ = opened(vault({"Log.md": "---\ntype: log\n---\ndate:: 2024-05-01\nminutes:: 5\n"}))
    (entry,) = opened_.learning.facts.entries
    assert entry.day == date(2024, 5, 1)
    assert not opened_.knowledge.problems


# ---------------------------------------------------------------- too little to tell


def test_no_figure_is_given_for_too_few_cases_but_the_number_of_cases_that_are_missing(vault: MakeVault) -> None:
    files = {f"2024-06-0{day}.md": f"learned:: [[K{day}]]\napplied:: [[K{day}]]" for day in (1, 2, 3)}
    opened_ = opened(vault(files))
    figure = month(opened_, "reuse_rate", 6)
    assert (figure.value, figure.part, figure.whole, figure.lacking) == (None, 3, 3, 2)
    assert month(opened_, "success_rate", 6).lacking == 5
    assert month(opened(vault(files), "[learning]\nenough = 3"), "reuse_rate", 6).value == 1.0


def test_an_open_problem_raises_the_median_and_too_many_leave_no_median(vault: MakeVault) -> None:
    def log(day: int, more: str) -> str:
        return f"---\ntype: log\ndate: 2024-06-{day:02}\nproblem: p{day}\n{more}\n---\n"

    solved = {f"{day}.md": log(day, f"solved-in: {day} days") for day in range(1, 6)}
    assert month(opened(vault(solved)), "time_to_solve", 6).value == 3 * DAY
    one = solved | {"10.md": log(10, "outcome: open")}
    assert month(opened(vault(one)), "time_to_solve", 6).value == 3.5 * DAY
    many = solved | {f"{day}.md": log(day, "") for day in range(10, 17)}
    figure = month(opened(vault(many)), "time_to_solve", 6)
    assert (figure.value, figure.lacking, figure.part, figure.whole) == (None, 0, 5, 12)


# ---------------------------------------------------------------- rules and limits


def test_a_rule_of_advice_can_be_switched_off_changed_and_added(sample: Path) -> None:
    off = opened(sample, "[advice.pause]\non = false")
    assert {off.format_text((found.cells[0],)) for found in off.findings["advice"]} == {"Learn now", "Practise", "Keep"}
    words = '[advice.pause]\ntitle = "Park it"\n[advice.fresh]\ndemand = false\nsupply = ["works"]\nstep = "show it"'
    changed = opened(sample, words)
    titles = {changed.format_text((found.cells[0],)) for found in changed.findings["advice"]}
    assert {"Park it", "fresh"} <= titles


def test_every_state_of_knowledge_gets_advice_from_at_most_one_rule(sample: Path) -> None:
    vault = opened(sample)
    told = {
        (state.demanded, state.supply): rule.name if (rule := fitting_rule(state, vault.learning.rules)) else None
        for state in vault.learning.states.values()
    }
    plan = {
        (True, "problem"): "learn",
        (True, "missing"): "learn",
        (True, "stub"): "learn",
        (True, "unapplied"): "practise",
        (True, "works"): "keep",
        (False, "unapplied"): "pause",
        (False, "works"): None,
    }
    assert {state: rule for state, rule in told.items() if state in plan} == plan


@pytest.mark.parametrize(
    ("limit", "is_crossed"),
    [
        ("reuse_rate < 80 %", True),
        ("reuse_rate < 0.5", False),
        ("time_to_solve > 12h in month", True),
        ("time_to_solve > 3 天", False),
        ("success_rate >= 90% in month", True),
        ("hours < 1 in week", False),
        ("summaries < 1", True),
    ],
)
def test_a_limit_that_is_crossed_is_reported(sample: Path, limit: str, is_crossed: bool) -> None:  # noqa: FBT001
    vault = opened(sample, f'[check]\nalerts = ["{limit}"]')
    assert bool(vault.findings["alerts"]) is is_crossed
