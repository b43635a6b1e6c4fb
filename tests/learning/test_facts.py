"""Facts that are gathered from notes: whatever their days are, and in whatever order the notes come."""

# ruff: noqa: D103  (a test is named for what it holds)
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.learning_facts import KNOWLEDGE, LAST, entries, near_days
from shared.vaults import parsed, write

from vault_tools import Vault
from vault_tools.graph.build import build
from vault_tools.learning.facts import facts
from vault_tools.learning.measures import BY_NAME, MEASURES
from vault_tools.learning.occasions import occasions
from vault_tools.learning.windows import EVER, containing
from vault_tools.model.finding import Finding
from vault_tools.model.learning import Entry, Facts
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

laws = partial(settings, deadline=None, derandomize=True)
VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})


JUNE = containing("month", date(2024, 6, 1))
TODAY = date(2024, 6, 30)


HOSTILE = (
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "2024-13-01",
    "soon",
    "2024-05",
    "''",
    "-5",
    "[2024-05-01, 2024-05-02]",
)
written_days = st.sampled_from(HOSTILE) | near_days.map(str)
links = st.lists(st.sampled_from(("Docker", "KV cache", "量化", "调度")), max_size=3, unique=True).map(
    lambda names: "[" + ", ".join(f"'[[{name}]]'" for name in names) + "]"
)
LOG_FIELDS: dict[str, st.SearchStrategy[str]] = {
    "date": written_days,
    "日期": written_days,
    "learned": links,
    "应用": links,
    "problem": st.sampled_from(("'[[调度]]'", "slow", "慢")),
    "solved-in": st.sampled_from(("2 days", "半天", "1e12", "999999999999", "-1", "PT1H")),
    "outcome": st.sampled_from(("success", "失败", "open", "splendid", "[success, failure]")),
    "minutes": st.sampled_from(("90", "1.5h", "两小时", ".inf", ".nan", "1e308")),
    "project": st.just("'[[Deploy]]'"),
    "mode": st.sampled_from(("project-first", "论文优先", "x")),
}
GOAL_FIELDS: dict[str, st.SearchStrategy[str]] = {
    "requires": links,
    "applies": links,
    "status": st.sampled_from(("active", "planned", "finished", "放弃", "?")),
    "started": written_days,
    "finished": written_days,
    "outcome": st.sampled_from(("success", "失败", "partial")),
}


def notes(kind: str, fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    def written(values: dict[str, str]) -> str:
        return "\n".join(["---", f"type: {kind}", *(f"{name}: {value}" for name, value in values.items()), "---", "x"])

    return st.fixed_dictionaries({}, optional=fields).map(written)


small_vaults = st.fixed_dictionaries(
    {},
    optional={
        "2024-05-01 a.md": notes("log", LOG_FIELDS),
        "0001-01-01.md": notes("log", LOG_FIELDS),
        "9999-12-31 夜.md": notes("log", LOG_FIELDS),
        "2024-02-30.md": notes("log", LOG_FIELDS),
        "Logs/free.md": notes("log", LOG_FIELDS),
        "Deploy.md": notes("project", GOAL_FIELDS),
        "部署.md": notes("scenario", GOAL_FIELDS),
        "量化.md": notes("knowledge", {"requires": links, "stage": st.sampled_from(("read", "复现", "x"))}),
        "Docker.md": notes("knowledge", {"requires": links, "date": written_days}),
        "run.md": notes("experiment", {"date": written_days, "applies": links, "project": st.just("'[[Deploy]]'")}),
        "May.md": notes("summary", {"date": written_days}),
    },
)
Files = dict[str, str]


def told(root: Path, settings_: str = "") -> tuple[Facts, dict[str, tuple[Finding, ...]]]:
    """Return a vault's facts and all that its pages say, opened as they are in tests."""
    vault = Vault.open(root, cache=False, settings=parse_settings(settings_), today=LAST)
    return vault.learning.facts, dict(vault.findings)


@laws(max_examples=60)
@given(small_vaults, st.randoms(use_true_random=False))
def test_facts_can_be_gathered_from_any_days_and_do_not_depend_on_the_order_of_files(
    files: Files, chance: Random
) -> None:
    alerts = '[check]\nalerts = ["reuse_rate < 50 %", "time_to_solve > 1h in year", "hours < 1 in week"]'
    stirred = dict(chance.sample(sorted(files.items()), len(files)))
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "a" / "v", Path(folder) / "b" / "v"
        for root, content in ((one, files), (other, stirred)):
            (root / ".obsidian").mkdir(parents=True)
            write(root, content)
        first, second = told(one, alerts), told(other, alerts)
    assert first == second
    facts = first[0]
    days = [entry.day for entry in facts.entries] + [use.day for use in facts.uses if use.day]
    days += [case.closed for case in facts.cases if case.closed] + [day for day, _ in facts.summaries]
    days += [each.ended for each in facts.goals.values() if each.ended]
    assert all(date(1900, 1, 1) <= day <= facts.today for day in days), "all that counts lies between 1900 and today"


def gathered_from(files: Files, today: date = LAST) -> Facts:
    return facts(build(parsed(files), files, VOCABULARY), today)


def test_an_empty_vault_has_no_facts() -> None:
    facts = gathered_from({})
    assert facts == Facts(LAST, resting=False)
    assert [measure.reckon(facts, JUNE, 5).value for measure in MEASURES] == [None, None, None, 0, 0, 0]
    assert not occasions(facts)


@laws(max_examples=50)
@given(st.lists(entries(st.just(date(2024, 5, 1))), min_size=1, max_size=4))
def test_a_daily_page_with_a_section_for_each_entry_gives_the_facts_of_single_logs(logs: list[Entry]) -> None:
    def lines(entry: Entry) -> str:
        links_ = {"learned": entry.learned, "applied": entry.applied}
        said = [f"{name}:: [[{target}]]" for name, targets in links_.items() for target in targets]
        said += [f"minutes:: {entry.minutes:.0f}"] if entry.minutes is not None else []
        said += [f"outcome:: {entry.outcome}"] if entry.outcome else []
        return "\n".join(said)

    def shape(facts: Facts) -> list[object]:
        return [(each.day, each.learned, each.applied, each.minutes, each.outcome) for each in facts.entries]

    text = "\n\n".join(f"## {at}\n{lines(entry)}" for at, entry in enumerate(logs))
    single = {f"2024-05-01 {at}.md": lines(entry) for at, entry in enumerate(logs)}
    plain = {name: "---\ntype: knowledge\n---\n" for name in KNOWLEDGE if name.endswith(".md")}
    one = gathered_from({**plain, "2024-05-01.md": f"---\ntype: log\n---\n{text}"})
    other = gathered_from({**plain, **{name: f"---\ntype: log\n---\n{each}" for name, each in single.items()}})
    assert shape(one) == shape(other)
    assert one.learned.keys() == other.learned.keys()
    for measure in MEASURES:
        assert measure.reckon(one, EVER, 1).value == measure.reckon(other, EVER, 1).value


@pytest.mark.parametrize("name", ["0001-01-01.md", "9999-12-31.md", "2024-02-30.md", "12340506 number.md"])
def test_a_log_that_is_named_by_an_impossible_day_is_reported_as_undated(name: str) -> None:
    facts = gathered_from({name: "---\ntype: log\nminutes: 5\n---\n"})
    assert not facts.entries
    assert [problem.code for problem in facts.problems[name]] == ["log-undated"]


def test_a_project_that_ends_after_today_is_not_finished_yet() -> None:
    text = "---\ntype: project\nrequires: '[[Docker]]'\nfinished: {}\noutcome: success\n---\n"
    today = date(2024, 6, 12)
    late, done = (gathered_from({"P.md": text.format(day)}, today) for day in ("2024-06-14", "2024-06-12"))
    assert (late.goals["P.md"].status, late.goals["P.md"].ended) == ("active", None)
    assert (done.goals["P.md"].status, done.goals["P.md"].ended) == ("finished", today)
    assert BY_NAME["projects"].reckon(late, containing("week", today), 1).value == 0


def test_a_vault_in_which_a_summary_was_written_of_late_does_not_rest() -> None:
    files = {"2024-01-05.md": "minutes:: 5", "June.md": "---\ntype: summary\ndate: 2024-06-20\n---\n"}
    facts = gathered_from(files, TODAY)
    assert (facts.today, facts.resting) == (TODAY, False)
    later = gathered_from(files, date(2025, 6, 30))
    assert (later.today, later.resting) == (date(2024, 6, 20), True)
