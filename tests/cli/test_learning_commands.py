"""The commands that tell of learning: next, stats, check, why and path --to, for people and for programs."""

# ruff: noqa: D103  (a test is named for what it holds)
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from shared.vaults import MakeVault, Run

from vault_tools import config

SAMPLE = Path(__file__).parents[2] / "sample_vault"
DAY = ("--today", "2024-06-30")
ZH = 'language = "zh"\n'


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample vault."""
    copy = tmp_path / "sample_vault"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("_vault-tools"))
    return copy


@pytest.fixture
def chinese(sample: Path) -> Path:
    """The sample vault of a reader of Chinese."""
    settings = sample / "vault-tools.toml"
    settings.write_text(ZH + settings.read_text("utf-8"), "utf-8")
    return sample


def lines(run: Run, *args: str | Path) -> list[str]:
    """Run a command that must do well, and return its lines."""
    result = run(*args)
    assert result.exit_code == 0, result.output
    return list(result.stdout.splitlines())


def told(run: Run, *args: str | Path) -> Any:
    """Run a command with --json, and return what it says."""
    result = run(*args, "--json")
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


# ---------------------------------------------------------------- next


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


def test_next_names_as_many_as_are_asked_for(sample: Path, run: Run) -> None:
    assert len(told(run, "next", sample, *DAY, "-n", "2")) == 2
    assert len(told(run, "next", sample, *DAY)) == 4


def test_next_is_told_for_a_day(sample: Path, run: Run) -> None:
    early = told(run, "next", sample, "--today", "2024-05-05")
    assert "open for" not in early[0]["why"]
    assert "open for 7 days" in told(run, "next", sample, "--today", "2024-06-20")[0]["why"]


# ---------------------------------------------------------------- stats


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


def test_stats_by_week_says_how_many_more_it_takes(sample: Path, run: Run) -> None:
    shown = lines(run, "stats", sample, *DAY, "--by", "week", "--last", "1")
    assert shown[0].strip() == "2024-W26"
    assert "Success rate       2 more needed" in shown
    assert shown[-1] == '"More needed": a figure is shown from 5 cases on.'


def test_stats_of_a_resting_vault_says_since_when(sample: Path, run: Run) -> None:
    shown = lines(run, "stats", sample, "--today", "2026-01-01", "--last", "1")
    assert shown[0].strip() == "2024-06"
    assert shown[-1] == "No entries since 2024-06-28; figures are as of that date."


def test_columns_stand_below_each_other_in_chinese_too(chinese: Path, run: Run) -> None:
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


# ---------------------------------------------------------------- check


def limits(root: Path, *alerts: str, language: str = "") -> Path:
    """Set the limits of a vault."""
    (root / "vault-tools.toml").write_text(f"{language}[check]\nalerts = {json.dumps(alerts)}\n", "utf-8")
    return root


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


def test_a_crossed_limit_in_json_says_what_it_says(sample: Path, run: Run) -> None:
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
def test_where_no_limit_is_crossed_check_says_so_and_ends_with_0(
    alerts: tuple[str, ...], said: str, sample: Path, run: Run
) -> None:
    assert lines(run, "check", limits(sample, *alerts), *DAY) == said.split("\n")
    assert told(run, "check", sample, *DAY) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_limit_that_is_proposed_can_be_pasted(language: str, vault: MakeVault, run: Run) -> None:
    root = vault({})
    proposed = lines(run, "check", root, "--lang", language)[1:]
    assert config.parse("\n".join(proposed)).check.alerts
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
def test_a_limit_that_makes_no_sense_is_one_line_that_says_what_to_write(
    alert: str, hint: str, vault: MakeVault, run: Run
) -> None:
    result = run("check", limits(vault({}), alert))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "vault-tools.toml, line 2: [check] alerts #1 contains " in line
    assert hint in line


# ---------------------------------------------------------------- why


def test_why_tells_the_state_the_rule_the_step_and_where_it_shows(sample: Path, run: Run) -> None:
    shown = lines(run, "why", "FP8", "--vault", sample, *DAY)
    assert shown[:4] == [
        "FP8",
        "  needed by Serve Llama 3 70B on four H100",
        "  learned on 2024-06-18, never applied",
        "  matching rule: practise (Practise)",
    ]
    assert "2024-06-18 FP8 in the newsletter" in shown[-1]
    data = told(run, "why", "FP8", "--vault", sample, *DAY)
    assert data == {"note": "Knowledge/FP8.md", "why": [line.strip() for line in shown[1:]]}


def test_why_knows_a_note_by_its_alias_its_path_and_a_name_that_nobody_wrote(sample: Path, run: Run) -> None:
    assert told(run, "why", "k8s", "--vault", sample)["note"] == "Knowledge/Kubernetes.md"
    assert told(run, "why", "Knowledge/FP8", "--vault", sample)["note"] == "Knowledge/FP8.md"
    missing = lines(run, "why", "kubernetes scheduling", "--vault", sample, *DAY)
    assert "  its note does not exist yet" in missing
    assert "  a problem with it has been open for 17 days, since 2024-06-13" in missing
    assert "  reuse: 0 % (0 of 3)" in missing


@pytest.mark.parametrize(
    ("note", "type_"),
    [
        ("Deploy Llama 2 7B at 1000 QPS", "project"),
        ("2024-05-10 TensorRT and Kubernetes", "log"),
        ("2024-W19", "reflection"),
    ],
)
def test_why_of_what_is_no_knowledge_says_so(note: str, type_: str, sample: Path, run: Run) -> None:
    assert lines(run, "why", note, "--vault", sample, *DAY) == [
        note,
        f"  no advice: its type is {type_}, and advice is only for knowledge notes",
    ]


@pytest.mark.parametrize("command", ["why", "path"])
def test_a_name_that_nothing_has_is_wrong_use_with_the_names_that_come_near(
    command: str, sample: Path, run: Run
) -> None:
    asked = ("why", "Kubernets") if command == "why" else ("path", "--to", "Kubernets")
    result = run(*asked, "--vault", sample)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == (
        "Error: No note is called 'Kubernets'. Did you mean Kubernetes, Kubernetes scheduling?"
    )


def test_a_name_of_several_notes_is_wrong_use_with_their_paths(vault: MakeVault, run: Run) -> None:
    result = run("why", "Twin", "--vault", vault({"a/Twin.md": "", "b/Twin.md": ""}))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2:] == ["  a/Twin.md", "  b/Twin.md"]


# ---------------------------------------------------------------- path --to

WAY: dict[str, str | bytes] = {
    "Goal.md": "---\ntype: project\nrequires: ['[[量化]]', '[[Docker]]']\n---\n",
    "量化.md": "---\ntype: knowledge\n需要: '[[整数]]'\naliases: [Quantization]\n---\n" + "字" * 60,
    "Docker.md": "---\ntype: knowledge\n---\n" + "字" * 60,
    "2024-06-01.md": "---\ntype: log\nlearned: '[[Docker]]'\n---\n",
}


def test_path_to_a_goal_gives_the_order_in_which_to_learn_what_it_takes(vault: MakeVault, run: Run) -> None:
    root = vault(WAY)
    assert lines(run, "path", "--to", "Goal", "--vault", root) == [
        "1. 整数; its note does not exist yet",
        "2. 量化; builds on 整数",
    ]
    assert told(run, "path", "--to", "Goal", "--vault", root) == {
        "to": "Goal.md",
        "steps": ["missing://整数", "量化.md"],
    }
    assert told(run, "path", "--to", "Quantization", "--vault", root)["steps"] == ["missing://整数", "量化.md"]


def test_path_to_what_is_known_says_that_nothing_is_missing(vault: MakeVault, run: Run) -> None:
    root = vault(WAY)
    assert lines(run, "path", "--to", "Docker", "--vault", root) == [
        "Nothing is missing: you already know everything it needs."
    ]
    assert told(run, "path", "--to", "Docker", "--vault", root)["steps"] == []


# ---------------------------------------------------------------- wrong use, other languages, nothing to tell


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("next", "-n", "0"), "it must be at least 1, not 0."),
        (("next", "-n", "many"), "'many' is not a whole number."),
        (("next", "--today", "tomorrow"), "'tomorrow' is not a date. Write it as 2024-05-31."),
        (("stats", "--by", "day"), "'day' is not one of these: week, month, quarter, year."),
        (("stats", "--last", "0"), "it must be from 1 to 120, not 0."),
        (("check", "--today", "2024-02-30"), "'2024-02-30' is not a date"),
        (("why",), "NOTE is missing."),
        (("path", "A"), "Name two notes, FROM and TO, or a goal: vault-tools path --to GOAL"),
        (("path", "A", "B", "--to", "C"), "Name two notes, FROM and TO, or a goal: vault-tools path --to GOAL"),
    ],
)
def test_wrong_use_is_exit_2_with_one_line_that_helps(args: tuple[str, ...], hint: str, run: Run) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert hint in result.stderr.splitlines()[-1]


def test_the_answers_are_in_the_language_of_the_vault(chinese: Path, run: Run) -> None:
    assert "你已掌握 Kubernetes" in lines(run, "next", chinese, *DAY)[1]
    assert "适用的规则：practise（练习）" in "".join(lines(run, "why", "FP8", "--vault", chinese, *DAY))
    assert lines(run, "path", "--to", "Docker", "--vault", chinese) == ["什么都不缺：所需的知识都已掌握。"]
    assert run("check", limits(chinese, "summaries < 1", language=ZH), *DAY).stdout == (
        "写出的总结：2024-Q2 为 0，触发告警（summaries < 1）\n"
    )
    assert lines(run, "check", limits(chinese, "hours < 1", language=ZH), *DAY) == ["1 个阈值，都没有超出"]
    assert lines(run, "check", limits(chinese, language=ZH), *DAY)[0].startswith("你还没有设置阈值")
    assert "复用率" in json.dumps(told(run, "stats", chinese, *DAY), ensure_ascii=False)


def test_an_empty_vault_is_told_without_a_figure(vault: MakeVault, run: Run) -> None:
    root = vault({})
    assert lines(run, "next", root) == ["Nothing that your goals need is ready to learn right now."]
    assert told(run, "next", root) == []
    assert "Reuse rate         5 more needed" in lines(run, "stats", root, "--last", "1")
    data = told(run, "stats", root)
    assert {figure["value"] for measure in data["measures"] for figure in measure["figures"]} == {None, 0.0}
    assert lines(run, "check", root)[0].startswith("You have set no limits")
    assert run("why", "Anything", "--vault", root).exit_code == 2


@pytest.mark.parametrize(
    "args", [("next",), ("stats",), ("check",), ("why", "FP8", "--vault"), ("path", "--to", "FP8", "--vault")]
)
def test_quiet_prints_nothing(args: tuple[str, ...], sample: Path, run: Run) -> None:
    result = run(*args, sample, "-q", *DAY)
    assert (result.stdout, result.stderr) == ("", "")
