"""The learning page: what leads it, its figures and the notes behind each, and what it says where there is little."""

# ruff: noqa: D103  (a test is named for what it holds)
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from reading_view import leftovers, reading_view, uneven_rows
from shared.browser import one_browser
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools import words as catalogue
from vault_tools.insights import insights
from vault_tools.model.speech import format_english

SAMPLE = Path(__file__).parents[2] / "sample_vault"
TODAY = date(2024, 6, 30)
FOLDED = re.compile(r"> \[!quote\]- (.*)\n((?:>.*\n?)+)")
LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(obsidian:[^)]*\)")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample vault without pages of ours."""
    copy = tmp_path / "sample_vault"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("_vault-tools"))
    return copy


def opened(root: Path, settings: str | None = None, today: date = TODAY) -> Vault:
    """Open a vault as it is on a day, with other settings if there are some."""
    if settings is not None:
        (root / "vault-tools.toml").write_text(settings, "utf-8")
    return Vault.open(root, cache=False, today=today)


def page(vault: Vault, name: str = "Learning.md") -> str:
    """Return one of our pages."""
    return next(each.text for each in vault.pages(lambda: "") if each.path.endswith(f"/{name}"))


def plain(text: str) -> str:
    """Return Markdown with its links shown as their labels."""
    return LINK.sub(lambda found: found[1].replace("\\", ""), text).replace("&lt;", "<").replace("&gt;", ">")


def headings(text: str) -> list[str]:
    """Return the headings of the second level."""
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def figures(vault: Vault, kind: Any) -> dict[str, Any]:
    """Return what stats says of the current period of a kind, by the title of the measure."""
    return {each["title"]: each["figures"][0] for each in vault.stats(kind, 1)["measures"]}


# ---------------------------------------------------------------- order and figures


def test_the_learning_page_shows_crossed_limits_the_month_advice_and_figures_in_this_order(sample: Path) -> None:
    text = page(opened(sample))
    titles = [format_english(insight.title) for insight in insights() if insight.page == "Learning"]
    assert headings(text) == [*titles, "Figures", "Notes behind the figures"]
    assert titles[:4] == ["Alerts", "Reflections due", "What to do next", "Ready to learn"]
    at = [
        text.index(part) for part in ("## Alerts", "> [!abstract] Learning in 2024-06", "learning.svg", "## What to do")
    ]
    assert at == sorted(at)
    assert "- **Summaries written**: 0 in 2024-Q2 (alert: summaries &lt; 1)" in text


def test_the_learning_page_begins_with_the_month_if_no_limit_is_crossed(sample: Path) -> None:
    text = page(opened(sample, ""))
    assert text.partition("\n---\n")[2].startswith("> [!abstract]")
    assert "*You have set no limits. To set one, write it below the line `[check]`" in text


def test_the_learning_page_says_that_no_limit_is_crossed(sample: Path) -> None:
    text = page(opened(sample, '[check]\nalerts = ["reuse_rate < 1 %"]\n'))
    assert "*No limit is exceeded.*" in text
    assert "You have set no limits" not in text


def test_the_learning_page_gives_the_month_with_its_change_and_its_target(sample: Path) -> None:
    text = page(opened(sample))
    assert text[text.index("> [!abstract]") :].partition("\n\n")[0].splitlines() == [
        "> [!abstract] Learning in 2024-06",
        "> **Reuse rate**: 70 % (14 of 20) ↑ from 56 % in 2024-05",
        "> **Time to solve**: 1 day (7 of 8 solved) ↓ from 1.5 days in 2024-05",
        "> **Success rate**: 90 % (9 of 10) ↑ from 75 % in 2024-05",
        "> **Time spent**: 39.8 h ↓ from 49 h in 2024-05 (target 43.5 h)",
        "> **Projects finished**: 10 ↑ from 8 in 2024-05 (target 1)",
        "> **Summaries written**: 0, same as 2024-05",
    ]


def test_every_figure_of_the_learning_page_is_the_one_of_stats(sample: Path) -> None:
    vault = opened(sample)
    rows = re.findall(r"^\| (.*) \|$", page(vault).partition("## Figures")[2], re.MULTILINE)
    head, _, *rows = [row.split(" | ") for row in rows[:8]]
    assert head == ["Measure", "Week 2024-W26", "Month 2024-06", "Quarter 2024-Q2"]
    assert len(rows) == 6
    for at, kind in enumerate(("week", "month", "quarter"), 1):
        told = figures(vault, kind)
        assert [row[0] for row in rows] == list(told)
        assert all(row[at].startswith(told[row[0]]["said"]) for row in rows)


def learned(*names: str, applied: str = "") -> str:
    """Return a log that learned some knowledge, and applied some."""
    return f"---\ntype: log\nlearned: {[f'[[{name}]]' for name in names]}\napplied: {applied}\n---\n"


def test_equal_rounded_figures_are_not_called_a_change(vault: MakeVault) -> None:
    few = {"2024-05-01.md": learned(*(f"K{at}" for at in range(28)), applied="'[[K1]]'")}
    many = {"2024-05-01.md": learned(*(f"K{at}" for at in range(148)), applied="'[[K1]]'")}
    june = {"2024-06-01.md": learned("L")}
    assert "**Reuse rate**: 3 % (1 of 29) ↓ from 4 % in 2024-05\n" in page(opened(vault(few | june)))
    assert "**Reuse rate**: 1 % (1 of 149), same as 2024-05\n" in page(opened(vault(many | june)))


# ---------------------------------------------------------------- the notes behind each figure


def test_every_figure_of_the_learning_page_lists_its_notes_folded(sample: Path) -> None:
    vault = opened(sample)
    folded = {plain(title): [found[1] for found in LINK.finditer(body)] for title, body in FOLDED.findall(page(vault))}
    names = {"week": "2024-W26", "month": "2024-06", "quarter": "2024-Q2"}
    seen = 0
    for kind, name in names.items():
        for title, figure in figures(vault, kind).items():
            notes = [*figure["notes"], *figure["others"]]
            if not notes:
                assert figure["part"] == 0
                continue
            (shown,) = [
                listed
                for said, listed in folded.items()
                if said.startswith(f"{title}, ") and name in said and said.endswith(f": {figure['said']}")
            ]
            assert len(shown) == len(notes)
            assert {label.replace("\\", "") for label in shown} <= {Path(note).stem for note in notes} | set(notes)
            seen += 1
    assert seen > 12


def test_periods_with_one_figure_share_a_list_of_notes(sample: Path) -> None:
    titles = [plain(title) for title, _ in FOLDED.findall(page(opened(sample)))]
    assert [title for title in titles if title.startswith("Reuse rate")] == [
        "Reuse rate, 2024-W26, 2024-06, 2024-Q2: 70 % (14 of 20)"
    ]
    assert len(set(titles)) == len(titles)


def test_notes_that_lower_a_figure_are_listed_apart_from_notes_that_make_it(sample: Path) -> None:
    bodies = {plain(title): plain(body) for title, body in FOLDED.findall(page(opened(sample)))}
    reuse = next(body for title, body in bodies.items() if title.startswith("Reuse rate"))
    assert "\n>\n> learned but not applied: FP8, FlashAttention, " in reuse
    assert "\n>\n> not successful: Bin packing by GPU memory" in bodies["Success rate, 2024-06: 90 % (9 of 10)"]
    assert "\n>\n> still open: 2024-06-13 four replicas" in bodies["Time to solve, 2024-06: 1 day (7 of 8 solved)"]


# ---------------------------------------------------------------- said once, in words that fit together


def test_a_next_step_for_a_whole_group_is_said_once(sample: Path) -> None:
    text = page(opened(sample))
    assert text.count("you already use it: no extra study needed") == 1
    assert text.count("wait until a goal needs it") == 1
    assert "### Pause\n\n→ *wait until a goal needs it*\n\n- " in text


def test_notes_that_an_item_mentions_are_not_listed_again_below_it(sample: Path) -> None:
    text = page(opened(sample)).partition("## What to do next")[2].partition("\n## ")[0]
    for item in re.findall(r"^- .*\n  - seen in .*$", text, re.MULTILINE):
        above, below = item.split("\n")
        assert not {found[1] for found in LINK.finditer(above)} & {found[1] for found in LINK.finditer(below)}


def test_an_unlocked_goal_is_not_named_again_as_a_goal_with_a_need(sample: Path) -> None:
    text = page(opened(sample)).partition("## Ready to learn")[2].partition("\n## ")[0]
    first = plain(text).split("\n- ")[1]
    assert first.count("Llama 2 7B in the cloud at 1000 QPS") == 1
    assert "needed by" not in first


def test_unused_knowledge_of_a_source_is_named_once(sample: Path) -> None:
    row = next(line for line in plain(page(opened(sample))).splitlines() if line.startswith("| EfficientML course"))
    assert "not applied: Knowledge distillation, Pruning" in row
    assert row.count("Pruning") == 1
    assert "Quantization" in row


def test_knowledge_that_only_a_plan_needs_is_not_called_unneeded(sample: Path) -> None:
    rows = dict(re.findall(r"^\| (\S.*?) \| (0 %, [^|]*) \|", plain(page(opened(sample))), re.MULTILINE))
    assert rows == {
        "FP8": "0 %, only planned goals need it",
        "Speculative decoding": "0 %, only planned goals need it",
        "vLLM": "0 %, not needed",
    }


# ---------------------------------------------------------------- where there is little to tell


def test_the_learning_page_says_how_many_more_cases_a_figure_needs(vault: MakeVault) -> None:
    root = vault({"2024-06-03.md": "---\ntype: log\nlearned: ['[[A]]', '[[B]]']\napplied: '[[A]]'\n---\n"})
    text = page(opened(root))
    assert "> **Reuse rate**: not enough data yet (3 more needed)" in text
    assert "> **Time to solve**: not enough data yet (5 more needed)" in text
    assert not re.search(r"\d+ % \(\d of [0-4]\)", text.replace("100 % (1 of 1)", ""))
    assert "of 0)" not in text
    assert "> [!quote]- Reuse rate, 2024-W23" not in text
    assert "Reuse rate, 2024-W26, 2024-06, 2024-Q2: not enough data yet (3 more needed)" in text
    assert "nan" not in text.lower()
    assert "```mermaid" not in text.partition("## Figures")[2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_learning_page_of_a_vault_without_logs_says_how_to_begin(language: str, vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]"})
    text = page(opened(root, f'language = "{language}"\n'))
    assert "> learned:: [[" in text or "学习:: [[" in text
    assert "`vault-tools init`" in text
    assert headings(text) == []
    assert "%" not in text
    ET.fromstring(page(opened(root), "learning.svg").partition("-->")[2].strip())


def test_the_learning_page_of_a_resting_vault_says_since_when(sample: Path) -> None:
    text = page(opened(sample, today=date(2026, 1, 1)))
    assert "> [!abstract] Learning in 2024-06" in text
    assert "*No entries since 2024-06-28; figures are as of that date.*" in text
    assert "No entries since" not in page(opened(sample))


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chart_of_the_learning_page_has_our_mark_and_the_same_values(language: str, sample: Path) -> None:
    vault = opened(sample, f'language = "{language}"\n')
    svg = page(vault, "learning.svg")
    assert svg.startswith("<!-- generated-by: vault-tools -->\n<svg ")
    shown = [text.strip() for text in ET.fromstring(svg.partition("\n")[2]).itertext()]
    data = vault.stats("month", 3)
    for measure in data["measures"]:
        assert measure["title"] in shown
        for figure in measure["figures"]:
            value = figure["said"].partition(" (")[0].partition("（")[0]
            assert value in shown, (measure["title"], value)
    assert set(data["windows"]) <= set(shown)


# ---------------------------------------------------------------- Chinese


def test_the_learning_page_of_a_chinese_reader_is_in_chinese(sample: Path) -> None:
    vault = opened(sample, 'language = "zh"\n[check]\nalerts = ["summaries < 1"]\n')
    text, words = page(vault), catalogue.words("zh")
    assert headings(text)[:3] == [words["alerts.title"], words["due.title"], words["advice.title"]]
    assert "> [!abstract] 2024-06 的学习" in text
    assert "\n> **复用率**：70%（14/20），较 2024-05 的 56% ↑\n" in text
    assert "投入时间" in text
    assert "；目标值 43.5 小时" in text
    assert "- **写出的总结**：2024-Q2 为 0，触发告警（summaries &lt; 1）" in text
    assert "> [!quote]- 复用率，2024-W26、2024-06、2024-Q2：70%（14/20）" in text
    assert len(FOLDED.findall(text)) == len(FOLDED.findall(page(opened(sample, ""))))


# ---------------------------------------------------------------- seen in the reading view


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_learning_page_shows_no_raw_markup(language: str, scheme: str, sample: Path) -> None:
    vault = opened(sample, f'language = "{language}"\n[check]\nalerts = ["summaries < 1"]\n')
    vault.report()
    made = sample / "_vault-tools" / "Learning.md"
    assert uneven_rows(made.read_text("utf-8")) == []
    with one_browser(), reading_view(made, vault=sample, scheme=scheme) as seen:
        assert leftovers(seen) == []
        assert seen.complaints == []
        assert seen.page.evaluate("document.images[0].naturalWidth") == 760
        assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert seen.page.locator('.callout[data-callout="quote"]').count() > 8
