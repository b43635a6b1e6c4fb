"""What the regions of reflections, topics, goals and homes hold: evidence in the reader's language, and no more."""

# ruff: noqa: D103  (a test is named for what it holds)
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import Files, MakeVault

from vault_tools import Vault
from vault_tools.learning.calendar_names import named_window
from vault_tools.learning.windows import KINDS, containing
from vault_tools.model.learning import WindowKind
from vault_tools.model.note import Source
from vault_tools.parse.note import parse
from vault_tools.parse.regions import find
from vault_tools.settings.parsing import parse_settings

SAMPLE = Path(__file__).parents[2] / "sample_vault"
TODAY = date(2024, 6, 30)
ADDRESS = re.compile(r"\]\(obsidian:[^)]*\)")


def region(name: str) -> str:
    """Return an empty region."""
    return f"%% vault-tools:begin {name} %%\n%% vault-tools:end {name.split(maxsplit=1)[0]} %%\n"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample vault without pages of ours."""
    copy = tmp_path / "sample_vault"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("_vault-tools"))
    return copy


def opened(root: Path, text: str = "") -> Vault:
    """Open a vault as it is on the last day of June."""
    return Vault.open(root, cache=False, settings=parse_settings(text) if text else None, today=TODAY)


def filled(root: Path, path: str, text: str = "", chosen: str = "") -> list[str]:
    """Write a note if there is a text, fill its regions, and return their bodies with links shown as [label]."""
    if text:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    vault = opened(root, chosen)
    vault.refresh_regions()
    vault.close()
    now = (root / path).read_text("utf-8")
    return [ADDRESS.sub("]", now[found.start : found.end]).strip() for found in find(now)]


# ---------------------------------------------------------------- the evidence of a period


def test_the_region_of_a_week_says_what_was_solved_how_and_what_is_missing(sample: Path) -> None:
    note = f'---\ntype: reflection\nperiod: "2024-W19"\n---\n{region("week solved")}\n{region("week method")}\n'
    solved, method, short = filled(sample, "R.md", note + region("week short"))
    assert "- [Deploy Llama 2 7B at 1000 QPS]: finished (success)" in solved
    assert "[2024-05-10 TensorRT and Kubernetes]" in solved
    assert "2024-05-01" not in solved
    assert "| Measure | 2024-W19 |" in method
    assert "| Reuse rate | " in method
    assert "- project-first: " in method
    assert "Nothing" not in short or short == "*Nothing to show for this period.*"


def test_the_region_of_a_week_consists_of_its_three_parts(sample: Path) -> None:
    note = f"{region('month')}\n{region('month solved')}\n{region('month method')}\n{region('month short')}\n"
    whole, *parts = filled(sample, "2024-06 back.md", note + region("month short solved"))
    assert whole == "\n\n".join(parts[:3])
    assert parts[3] == f"{parts[2]}\n\n{parts[0]}"


def test_the_regions_of_a_month_and_a_quarter_show_their_own_projects_and_open_problems(sample: Path) -> None:
    month, quarter = filled(sample, "2024-06, 2024-Q2.md", f"{region('month')}\n{region('quarter')}\n")
    assert "Bin packing by GPU memory" in month
    assert "Distil a support classifier" not in month
    assert "**Kubernetes scheduling**: open since 2024-06-13" in month
    assert "learned but not applied: [FP8]" in month
    assert "| Reuse rate | 70 % (14 of 20) ↑ from 56 % in 2024-05 |" in month
    assert "Distil a support classifier" in quarter
    assert "| Success rate | 78 % (18 of 23) |" in quarter


CHINESE: dict[str, str | bytes] = {
    "知识/量化.md": "---\ntype: 知识\n---\n" + "字" * 60,
    "知识/缓存.md": "---\ntype: 知识\n---\n" + "字" * 60,
    "日志/2024-05-07.md": "---\ntype: 学习日志\n学习: ['[[量化]]', '[[缓存]]']\n应用: ['[[量化]]']\n问题: 显存不够\n"
    "解决用时: 2天\n时长: 90分钟\n方式: 项目优先\n---\n",
    "日志/2024-05-08.md": "---\ntype: 学习日志\n应用: ['[[量化]]']\n难点: '[[调度]]'\n---\n",
}


def test_the_regions_of_a_chinese_reflection_are_in_chinese(vault: MakeVault) -> None:
    root = vault(CHINESE | {"vault-tools.toml": 'language = "zh"\n'})
    solved, method, short = filled(
        root,
        "反思.md",
        "---\ntype: 反思\n周期: 2024年第19周\n---\n"
        + "\n".join(map(region, ("week solved", "week method", "week short"))),
    )
    assert solved.splitlines() == [
        "- 显存不够：解决用时 2 天，应用了 [量化]（[2024-05-07]）",
        "- [2024-05-08]：应用了 [量化]",
    ]
    assert "| 指标 | 2024-W19 |" in method
    assert "| 复用率 |" in method
    assert "数据不足" in method
    assert "- **调度**：" in short
    assert "[缓存]" in short
    assert not re.search(r"[A-Za-z]{3,} [a-z]", solved + method + short)


@pytest.mark.parametrize(
    ("kind", "path", "period", "name"),
    [
        ("week", "R.md", "period: 2024-W19", "2024-W19"),
        ("week", "R.md", "周期: 2024年第19周", "2024-W19"),
        ("week", "R.md", "周期: 2024年19週", "2024-W19"),
        ("week", "R.md", "period: 2024-05-06", "2024-W19"),
        ("week", "2024W19 back.md", "", "2024-W19"),
        ("week", "2024-05-06 Monday.md", "", "2024-W19"),
        ("week", "2024年5月6日.md", "", "2024-W19"),
        ("week", "2024年第9周.md", "period: '{{title}}'", "2024-W09"),
        ("week", "2024-W01.md", "period: 2024-W19", "2024-W19"),
        ("month", "R.md", "周期: 2024年5月", "2024-05"),
        ("month", "2024-05.md", "", "2024-05"),
        ("month", "2024年5月反思.md", "", "2024-05"),
        ("quarter", "2024-Q2.md", "", "2024-Q2"),
        ("quarter", "2024年第2季度.md", "", "2024-Q2"),
        ("quarter", "2024年第二季度.md", "", "2024-Q2"),
        ("year", "R.md", "period: 2024", "2024"),
        ("year", "2024年.md", "", "2024"),
    ],
)
def test_the_period_of_a_region_is_named_by_the_property_or_else_by_the_title(
    kind: str, path: str, period: str, name: str, vault: MakeVault
) -> None:
    front = f"---\ntype: reflection\n{period}\n---\n" if period else ""
    (body,) = filled(vault({}), path, front + region(f"{kind} method"))
    assert body.splitlines()[0] == f"| Measure | {name} |"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("week", "2024年5月"),
        ("week", "2024年第2季度"),
        ("week", "2024-W54"),
        ("week", "2024"),
        ("month", "2024年第5周"),
        ("month", "2024-13"),
        ("month", "2024-W05"),
        ("quarter", "2024年3月"),
        ("quarter", "2024-Q5"),
        ("year", "0024"),
        ("week", "2024-02-30"),
    ],
)
def test_a_name_of_another_kind_of_period_names_no_period_for_a_region(kind: WindowKind, text: str) -> None:
    assert named_window(kind, text) is None


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(KINDS), st.dates(date(1900, 1, 8), date(2200, 12, 20)))
def test_the_period_of_a_region_is_found_by_its_own_name(kind: WindowKind, day: date) -> None:
    window = containing(kind, day)
    assert named_window(kind, window.name) == window
    assert named_window(kind, f"我的 {window.name} 回顾") == window


@given(st.sampled_from(KINDS), st.text() | st.from_regex(r"\d{4}[-年]?[WQ第]?\d{1,3}[周月季日]?"))
def test_any_text_in_a_region_names_a_period_or_none(kind: WindowKind, text: str) -> None:
    found = named_window(kind, text)
    assert found is None or found.kind == kind


@pytest.mark.parametrize(
    ("chosen", "said", "property_"), [("", "Which period?", "period"), ('language = "zh"', "哪个周期？", "周期")]
)
def test_a_region_asks_a_note_without_a_period_for_one(
    chosen: str, said: str, property_: str, vault: MakeVault
) -> None:
    """With a line that can be typed as it is shown: then the region is filled."""
    root = vault({})
    (body,) = filled(root, "Back.md", region("week"), chosen)
    assert body.startswith(f"*{said}")
    typed = re.search(rf"`({property_}: \S+)`", body)
    assert typed is not None
    (body,) = filled(root, "Back.md", f"---\n{typed[1]}\n---\n{region('week')}", chosen)
    assert "2024-W19" in body


def test_a_region_of_a_period_in_which_nothing_happened_says_that(sample: Path) -> None:
    solved, short = filled(sample, "2023-W05.md", f"{region('week solved')}\n{region('week short')}")
    assert solved == short == "*Nothing to show for this period.*"


def test_an_unknown_argument_of_a_region_is_a_problem_with_the_known_ones(vault: MakeVault) -> None:
    text = "%% vault-tools:begin week solvd %%\nmine\n%% vault-tools:end week %%\n"
    root = vault({"2024-W19.md": text})
    assert filled(root, "2024-W19.md") == ["mine"]
    (problem,) = opened(root).knowledge.problems["2024-W19.md"]
    assert (problem.code, problem.line) == ("region-word-unknown", 1)
    assert problem.what == "the region week does not take the word solvd, so vault-tools did not change it"
    assert problem.todo.endswith(": solved, method, short")


# ---------------------------------------------------------------- what must not happen

HOSTILE = "x] #tag key:: v %% <% tp %> `c` $a$ ==m== ^id <b> [[Wanted]]"
NAME = "K ==m== `c` $x$ %% <% tp %> ~~s~~ *b* _e_"
"""What a title may be that a link can name."""
OTHER = "Other <b> %% `x` 甲:: 乙"


def hostile() -> Files:
    """Return a vault whose titles, names and problems are full of markup."""
    return {
        "2024-06-03.md": f"---\ntype: log\nlearned: ['[[{NAME}]]']\nproblem: '{HOSTILE}'\n---\n",
        "2024-06-04.md": f"---\ntype: log\napplied: ['[[{NAME}]]']\nproblem: 'two {HOSTILE}'\nsolved in: 1h\n"
        "solved-in: 1h\n---\n",
        "2024-06-05.md": f"---\ntype: log\nblocked by: '[[{OTHER}]]'\n---\n",
        f"{NAME}.md": f"---\ntype: knowledge\nrequires: '[[{OTHER}]]'\n---\n",
        "Topic.md": f"---\ntype: core-topic\ncontains: ['[[{NAME}]]', '[[{OTHER}]]']\n---\n{region('topic')}",
        "P.md": f"---\ntype: project\nrequires: ['[[{NAME}]]', '[[{OTHER}]]']\n---\n"
        f"{region('path')}\n{region('path ==m== `c` $x$ <% tp [[W]] #tag a:: b')}\n{region('next')}",
        "2024-06.md": f"{region('month')}\n{region('year')}",
    }


def test_text_of_notes_never_becomes_markup_in_a_region(vault: MakeVault) -> None:
    root = vault(hostile())
    opened(root).refresh_regions()
    for path in ("2024-06.md", "Topic.md", "P.md"):
        text = (root / path).read_text("utf-8")
        assert find(text), path
        bare = text
        for found in reversed(find(text)):
            assert text[found.start : found.end].strip(), path
            bare = bare[: found.start] + bare[found.end :]
            body = text[found.start : found.end]
            note = parse(Source("Body.md", body, ""))
            assert (note.links, note.body_tags, note.fields, note.headings, note.blocks) == ((), (), (), (), ()), body
            assert "%%" not in body
            assert "<%" not in body
            assert "<b>" not in body
        whole, without = parse(Source(path, text, "")), parse(Source(path, bare, ""))
        assert [link.target for link in whole.links] == [link.target for link in without.links]
        assert (whole.fields, whole.words) == (without.fields, without.words)


ALL = "\n".join(
    region(name)
    for name in (
        *("gaps", "week", "month", "quarter", "year", "week solved", "week method", "week short", "topic", "next 3"),
        "path Serve Llama 3 70B on four H100",
    )
)


def test_a_region_shows_no_line_numbers(sample: Path) -> None:
    """Not even of logs that are parts of a day's page, whose lines move when a region above them is filled."""
    morning, afternoon = "problem:: 显存不够\nsolved-in:: 2h\n", "applied:: [[FP8]]\nproblem:: 很慢\n"
    day = f"---\ntype: log\n---\n## 上午\n{morning}\n## 下午\n{afternoon}"
    (sample / "2024-06-21.md").write_text(day, "utf-8")
    bodies = filled(sample, "2024-W25, 2024-06, 2024-Q2.md", ALL)
    assert all(bodies)
    everything = "".join(bodies)
    assert "显存不够: solved in 2 h ([2024-06-21])" in everything
    assert "很慢: open since 2024-06-21 ([2024-06-21])" in everything
    assert "[2024-06-21]: applied [FP8]" in everything
    assert "(line " not in everything


def test_filling_regions_again_writes_nothing(sample: Path) -> None:
    filled(sample, "2024-W25, 2024-06, 2024-Q2.md", ALL)
    again = opened(sample).refresh_regions()
    assert set(again.states.values()) == {"unchanged"}


def test_filled_regions_change_no_measure(sample: Path) -> None:
    (sample / "2024-W25, 2024-06, 2024-Q2.md").write_text(ALL, "utf-8")
    before = opened(sample)
    told = (before.summary, before.stats("month", 4), before.findings, [note.words for note in before.notes])
    assert before.refresh_regions().is_written
    after = opened(sample)
    assert after.summary == told[0]
    assert after.stats("month", 4) == told[1]
    assert [note.words for note in after.notes] == told[3]
    for name, found in after.findings.items():
        assert found == told[2][name], name


# ---------------------------------------------------------------- topics


def test_the_region_of_a_topic_counts_what_coverage_counts(sample: Path) -> None:
    vault = opened(sample)
    rows = {each.subject.id: each.cells for each in vault.findings["coverage"]}
    assert rows
    for path, (written, applied) in rows.items():
        (sample / path).write_text((sample / path).read_text("utf-8") + "\n" + region("topic"), "utf-8")
        body = filled(sample, path)[-1]
        found = re.match(r"(\d+) of (\d+) parts written, (\d+) of these applied", body)
        assert found is not None, body
        assert vault.format_text((written,)).startswith(f"{found[1]} of {found[2]}")
        assert vault.format_text((applied,)).startswith(f"{found[3]} of {found[1]}")
        assert len(body.splitlines()) == 4 + int(found[2])


def test_the_region_of_a_topic_shows_the_state_of_each_part(vault: MakeVault) -> None:
    root = vault(CHINESE | {"空.md": "---\ntype: 知识\n---\n"})
    parts = "['[[量化]]', '[[缓存]]', '[[空]]', '[[没有]]']"
    (body,) = filled(root, "T.md", f"---\ntype: 核心主题\n包含: {parts}\n---\n{region('topic')}")
    assert body.splitlines() == [
        "3 of 4 parts written, 1 of these applied",
        "",
        "| Part | State |",
        "| --- | --- |",
        "| [缓存] | learned on 2024-05-07, never applied |",
        "| [量化] | applied in 2 notes |",
        "| [空] | written, not in any log |",
        "| **没有** | its note does not exist yet |",
    ]


def test_the_region_of_an_empty_topic_says_how_to_begin(vault: MakeVault) -> None:
    (body,) = filled(vault({}), "T.md", "---\ntype: core-topic\n---\n" + region("topic"))
    assert "`contains`" in body


# ---------------------------------------------------------------- what is next, and the way to a goal

WAY: dict[str, str | bytes] = {
    "A.md": "---\ntype: knowledge\nrequires: ['[[B]]', '[[C]]']\naliases: [甲, 始]\n---\n" + "a " * 60,
    "B.md": "---\ntype: knowledge\nrequires: '[[C]]'\n---\n" + "b " * 60,
    "x/Twin.md": "---\ntype: knowledge\n---\n",
    "y/Twin.md": "---\ntype: knowledge\n---\n",
    "Goal.md": "---\ntype: project\nrequires: '[[A]]'\n---\n",
    "2024-06-01.md": "---\ntype: log\nlearned: '[[Unrelated]]'\n---\n",
}


@pytest.mark.parametrize("target", ["A", "甲", "[[A]]", "始", "a.md"])
def test_the_region_of_a_path_finds_its_note_by_any_name_and_begins_with_prerequisites(
    target: str, vault: MakeVault
) -> None:
    (body,) = filled(vault(WAY), "Home.md", region(f"path {target}"))
    assert [line.partition(";")[0] for line in body.splitlines()] == ["1. **C**", "2. [B]", "3. [A]"]
    assert body.splitlines()[1] == "2. [B]; builds on **C**"


def test_the_region_of_a_path_without_a_target_leads_to_its_own_note(vault: MakeVault) -> None:
    (body,) = filled(vault(WAY), "Goal.md", f"{WAY['Goal.md']!s}{region('path')}")
    assert [line.partition(";")[0] for line in body.splitlines()] == ["1. **C**", "2. [B]", "3. [A]"]


@pytest.mark.parametrize("target", ["Nowhere", "Twin", "不在"])
def test_the_region_of_a_path_says_if_its_target_is_unknown_or_unclear(target: str, vault: MakeVault) -> None:
    (body,) = filled(vault(WAY), "Home.md", region(f"path {target}"))
    assert body == f"*No note is called {target}, or several are.*"


def test_the_region_of_a_path_through_a_circle_is_finite(vault: MakeVault) -> None:
    circle: dict[str, str | bytes] = {"C.md": "---\ntype: knowledge\nrequires: '[[A]]'\n---\n"}
    (body,) = filled(vault(WAY | circle), "Home.md", region("path A"))
    assert [line.partition(";")[0] for line in body.splitlines()] == ["1. [C]", "2. [B]", "3. [A]"]


def test_the_region_of_next_steps_has_as_many_as_its_argument_says(sample: Path) -> None:
    one, some, wrong = filled(sample, "Home2.md", "\n".join(map(region, ("next 1", "next", "next 二"))))
    assert one.startswith("1. **Kubernetes scheduling**: ")
    assert len(one.splitlines()) == 1
    assert len(some.splitlines()) == 4
    assert wrong == "*How many? Write a number after `next`, such as `next 5`. You can also leave it out.*"


def test_the_region_of_a_very_long_path_is_cut_and_counts_what_is_left_out(tmp_path: Path) -> None:
    """With the number of what is left out."""
    for at in range(300):
        (tmp_path / f"k{at:03}.md").write_text(f'---\ntype: concept\nrequires: "[[k{at + 1:03}]]"\n---\n')
    many = ", ".join(f'"[[m{at:02}]]"' for at in range(50))
    (tmp_path / "wide.md").write_text(f"---\ntype: concept\nrequires: [{many}]\n---\n")
    (long,) = filled(tmp_path, "goal.md", f"---\ntype: project\nrequires: '[[k000]]'\n---\n{region('path')}")
    rows = long.splitlines()
    assert len(rows) == 201
    assert rows[-1] == "201. 101 more notes"
    (wide,) = filled(tmp_path, "x.md", region("path wide"))
    assert wide.splitlines()[-1].endswith("and 30 more")
