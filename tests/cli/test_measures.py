"""`next`, `stats` and `check`: what to learn, measures by period, and limits."""

# ruff: noqa: D103  (a test is named for what it holds)
from pathlib import Path

import pytest
from rich.cells import cell_len
from shared.sample_lines import DAY, limits, lines, told
from shared.vaults import MakeVault, Run

from vault_tools.settings.parsing import parse_settings


def test_next_names_what_one_is_ready_to_learn_the_most_wanted_first(sample: Path, run: Run) -> None:
    shown = lines(run, "next", sample, *DAY)
    assert shown[0] == "1. Kubernetes scheduling"
    assert "you already know Kubernetes" in shown[1]
    assert "   → start with TensorRT-LLM repository" in shown
    rows = told(run, "next", sample, *DAY)
    assert [row["title"] for row in rows] == [line[3:] for line in shown if line[0] != " "]
    assert rows[0]["note"] == "missing://Kubernetes scheduling"
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)
    assert rows[0]["why"] == shown[1].strip()


def test_next_names_as_many_notes_as_its_limit_says(sample: Path, run: Run) -> None:
    assert len(told(run, "next", sample, *DAY, "-n", "2")) == 2
    assert len(told(run, "next", sample, *DAY)) == 4


def test_next_answers_for_a_given_day(sample: Path, run: Run) -> None:
    early = told(run, "next", sample, "--today", "2024-05-05")
    assert "open for" not in early[0]["why"]
    assert "open for 7 days" in told(run, "next", sample, "--today", "2024-06-20")[0]["why"]


def test_stats_shows_each_measure_period_by_period(sample: Path, run: Run) -> None:
    head, *rows = lines(run, "stats", sample, *DAY, "--last", "3")
    assert head.split() == ["2024-04", "2024-05", "2024-06"]
    assert rows[0].split("  ")[0] == "Reuse rate"
    for month, figure in (
        ("2024-04", "30 % (3 of 10)"),
        ("2024-05", "56 % (10 of 18)"),
        ("2024-06", "70 % (14 of 20)"),
    ):
        assert head.index(month) == rows[0].index(figure)


def test_stats_in_json_has_the_notes_behind_each_figure(sample: Path, run: Run) -> None:
    data = told(run, "stats", sample, *DAY, "--last", "2")
    assert (data["today"], data["resting"], data["windows"]) == ("2024-06-30", False, ["2024-05", "2024-06"])
    for measure in data["measures"]:
        assert len(measure["figures"]) == 2
        for figure in measure["figures"]:
            assert figure["whole"] > 0 or figure["value"] in {None, 0.0}
            assert not figure["notes"] or all((sample / note).is_file() for note in figure["notes"])
    reuse = data["measures"][0]["figures"][1]
    assert (reuse["value"], reuse["part"], reuse["whole"]) == (0.7, 14, 20)
    assert (len(reuse["notes"]), len(reuse["others"])) == (14, 6)
    assert reuse["low"] < 0.7 < reuse["high"]


def test_stats_by_week_says_how_many_more_cases_a_figure_needs(sample: Path, run: Run) -> None:
    shown = lines(run, "stats", sample, *DAY, "--by", "week", "--last", "1")
    assert shown[0].strip() == "2024-W26"
    assert "Success rate       2 more needed" in shown
    assert shown[-1] == '"More needed": a figure is shown from 5 cases on.'


def test_stats_of_a_resting_vault_says_since_when(sample: Path, run: Run) -> None:
    shown = lines(run, "stats", sample, "--today", "2026-01-01", "--last", "1")
    assert shown[0].strip() == "2024-06"
    assert shown[-1] == "No entries since 2024-06-28; figures are as of that date."


def test_columns_of_stats_are_aligned_in_chinese_too(chinese: Path, run: Run) -> None:
    head, *rows, explained = lines(run, "stats", chinese, *DAY)
    assert explained == "“还差”表示数据不足：至少要有 5 个才显示指标。"
    starts = [cell_len(head[: head.index(name)]) for name in ("2024-03", "2024-04", "2024-05", "2024-06")]
    assert len(rows) == 6
    for row in rows:
        for start in starts:
            before = next(row[:at] for at in range(len(row) + 1) if cell_len(row[:at]) >= start)
            assert cell_len(before) == start, row
            assert before.endswith("  "), row
            assert row[len(before)] != " ", row
    assert rows[0].startswith("复用率  ")


def test_a_crossed_limit_ends_with_1_and_names_figure_window_and_limit(sample: Path, run: Run) -> None:
    result = run(
        "check", limits(sample, "reuse_rate < 80 %", "success_rate < 50 %", "time_to_solve > 5 h in month"), *DAY
    )
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Reuse rate: 70 % (14 of 20) in 2024-Q2 (alert: reuse_rate < 80 %)",
        "Time to solve: 1 day (7 of 8 solved) in 2024-06 (alert: time_to_solve > 5 h in month)",
    ]
    assert run("check", sample, *DAY, "-q").exit_code == 1
    assert run("check", sample, *DAY, "-q").stdout == ""


def test_check_gives_a_crossed_limit_as_json(sample: Path, run: Run) -> None:
    limits(sample, "reuse_rate < 80 %")
    assert run("check", sample, *DAY, "--json").exit_code == 1
    assert told(run, "check", sample, *DAY) == [
        {
            "limit": "reuse_rate < 80 %",
            "measure": "reuse_rate",
            "window": "2024-Q2",
            "value": 0.7,
            "part": 14,
            "whole": 20,
            "said": "Reuse rate: 70 % (14 of 20) in 2024-Q2 (alert: reuse_rate < 80 %)",
        }
    ]


@pytest.mark.parametrize(
    ("alerts", "said"),
    [
        (
            (),
            (
                "You have set no limits. Add some to vault-tools.toml below the line [check], for example:"
                '\n\n[check]\nalerts = ["reuse_rate < 50 %"]'
            ),
        ),
        (("reuse_rate < 50 %",), "1 limit, not exceeded"),
        (("reuse_rate < 50 %", "hours < 1"), "2 limits, none exceeded"),
        (("success_rate < 100 % in week",), "1 limit, not exceeded"),  # too few for a figure
    ],
)
def test_check_ends_with_0_if_no_limit_is_crossed(alerts: tuple[str, ...], said: str, sample: Path, run: Run) -> None:
    assert lines(run, "check", limits(sample, *alerts), *DAY) == said.split("\n")
    assert told(run, "check", sample, *DAY) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_limit_that_check_proposes_can_be_pasted(language: str, vault: MakeVault, run: Run) -> None:
    root = vault({})
    proposed = lines(run, "check", root, "--lang", language)[1:]
    assert parse_settings("\n".join(proposed)).check.alerts
    (root / "vault-tools.toml").write_text("\n".join(proposed), "utf-8")
    assert lines(run, "check", root) == ["1 limit, not exceeded"]


@pytest.mark.parametrize(
    ("alert", "hint"),
    [
        ("reuse < 50 %", "Choose one of reuse_rate, time_to_solve, success_rate, hours, projects, summaries."),
        ("reuse_rate < 150 %", "Write a share, such as 50 % or 0.5."),
        ("time_to_solve > many", "Write a length of time, such as 3 days."),
        ("hours < 5 %", "Write a number of hours, such as 12."),
        ("projects < some", "Write a number."),
        ("复用率 < 50 %", "Measures: reuse_rate,"),
        ("reuse_rate = 5", "one of < > <= >="),
        ("reuse_rate < 50 % in decade", "50 % in decade is not a limit for reuse_rate."),
        ("", 'contains "", which is not valid'),
    ],
)
def test_a_senseless_limit_is_refused_with_one_line_that_says_what_to_write(
    alert: str, hint: str, vault: MakeVault, run: Run
) -> None:
    result = run("check", limits(vault({}), alert))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "vault-tools.toml, line 2: [check] alerts #1 contains " in line
    assert hint in line
