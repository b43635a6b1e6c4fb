"""Why there is nothing to say: each reason has its own sentence, and each sentence is true."""

# ruff: noqa: D103  (a test is named for what it holds)
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, write

from vault_tools import Vault
from vault_tools.cli import main
from vault_tools.insights.advice import INSIGHT
from vault_tools.model.speech import format_english
from vault_tools.render.pages import names as page_names

TODAY = date(2024, 6, 30)
LOG = "2024-06-30.md"
USED = "---\ntype: log\n---\nlearned:: [[A]]\napplied:: [[A]] in [[P]]\n"
TEXT = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen more.\n" * 2
KNOWLEDGE = f"---\ntype: knowledge\n---\n{TEXT}"
PROJECT = "---\ntype: project\nrequires: '[[A]]'\n---\n"
EVERY_RULE_OFF = "\n".join(f"[advice.{name}]\non = false" for name in ("learn", "practise", "keep", "pause", "review"))


def opened(root: Path) -> Vault:
    return Vault.open(root, cache=False, today=TODAY)


def page(root: Path) -> str:
    return next(each.text for each in opened(root).pages(lambda: "") if each.path.endswith("/Learning.md"))


def why(root: Path, name: str) -> str:
    vault = opened(root)
    return vault.format_text(vault.why(name)[-1])


ADVICE = [
    ({"P.md": "---\ntype: project\n---\n"}, "needs any knowledge, and no log records any"),
    ({"P.md": PROJECT, "A.md": KNOWLEDGE}, "you have a note on everything that your goals need, and no log records"),
    ({LOG: USED}, "you have applied everything that you logged"),
    ({LOG: "---\ntype: log\nlearned: '[[A]]'\n---\n", "A.md": "Few."}, "no open project or scenario needs it"),
    (
        {LOG: USED, "Q.md": PROJECT, "vault-tools.toml": EVERY_RULE_OFF},
        "no rule matches what you know and what your goals need",
    ),
]


@pytest.mark.parametrize(("files", "reason"), ADVICE)
def test_the_learning_page_says_why_it_has_no_advice(files: dict[str, str], reason: str, vault: MakeVault) -> None:
    section = page(vault(files)).partition("## What to do next")[2].partition("\n## ")[0]
    assert reason in section
    assert sum(each in section for _, each in ADVICE) == 1


NOTE = st.sampled_from(["", "learned: '[[A]]'\n", "applied: '[[A]]'\n", "learned: '[[A]]'\napplied: '[[A]]'\n"])


@settings(max_examples=40, deadline=None)
@given(
    log=NOTE,
    goal=st.sampled_from(["", PROJECT]),
    text=st.sampled_from(["", "Few.", KNOWLEDGE]),
    rules=st.sampled_from(["", EVERY_RULE_OFF]),
)
def test_the_reasons_for_no_advice_say_only_what_is_true_of_logs_and_goals(
    log: str, goal: str, text: str, rules: str
) -> None:
    """No sentence denies a log that there is, and none speaks of a goal that there is not."""
    with TemporaryDirectory() as folder:
        files = {LOG: f"---\ntype: log\n{log}---\n", "A.md": text, "Q.md": goal, "vault-tools.toml": rules}
        write(Path(folder), files)
        found = opened(Path(folder))
        if found.findings["advice"]:
            return
        said = format_english(INSIGHT.nothing(found.learning))
    assert not (log and "no log records" in said)
    assert not (not log and "you logged" in said)
    assert not (goal and ("no goal" in said or "no open project" in said))
    assert not (not goal and "your goals need" in said)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({LOG: USED}, "no advice: you have applied it, and no open goal needs it"),
        ({"A.md": KNOWLEDGE}, "no advice: no log records it, and no open goal needs it"),
        (
            {LOG: "---\ntype: log\nlearned: '[[A]]'\n---\n", "A.md": "---\ntype: knowledge\n---\nFew."},
            "no advice: a log records it, but no open goal needs it",
        ),
        (
            {"Q.md": PROJECT, "A.md": KNOWLEDGE},
            "no advice: it has a note, but no log records that you learned or applied it",
        ),
    ],
)
def test_why_says_why_no_rule_of_advice_matches(files: dict[str, str], reason: str, vault: MakeVault) -> None:
    root = vault(files)
    assert why(root, "A.md" if "A.md" in files else "missing://A") == reason


BASE = "---\ntype: knowledge\nrequires: '[[A]]'\n---\n"


def test_a_note_alone_does_not_count_as_knowing_its_subject(vault: MakeVault) -> None:
    goal = "---\ntype: project\nrequires: '[[B]]'\n---\n"
    root = vault({"A.md": KNOWLEDGE, "B.md": BASE, "P.md": goal})
    found = opened(root)
    (ready,) = found.findings["ready"]
    assert found.format_text(ready.why).startswith("you have notes on A")
    assert "you have notes on its prerequisites: A" in found.format_text(found.findings["advice"][0].step)
    (root / LOG).write_text("---\ntype: log\nlearned: '[[A]]'\n---\n")
    found = opened(root)
    (ready,) = found.findings["ready"]
    assert found.format_text(ready.why).startswith("you already know A")
    assert "you already know its prerequisites: A" in found.format_text(found.findings["advice"][0].step)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "No prerequisites are named. List them in `requires`."),
        ({"A.md": KNOWLEDGE, "P.md": PROJECT}, "Nothing is missing: you have notes on everything it needs."),
        (
            {LOG: USED, "P.md": PROJECT},
            "Nothing is missing: you already know everything it needs.",
        ),
    ],
)
def test_the_way_to_a_goal_says_why_it_has_no_steps(files: dict[str, str], said: str, vault: MakeVault) -> None:
    """On the screen as in a region."""
    begin = "%% vault-tools:begin path P %%\n%% vault-tools:end path %%\n"
    root = vault({"P.md": "---\ntype: project\n---\n", **files, "Plan.md": begin})
    run = CliRunner()
    shown = run.invoke(main, ["--lang", "en", "path", "--to", "P", "--vault", str(root)])
    assert shown.stdout == f"{said}\n", shown.output
    run.invoke(main, ["--lang", "en", "report", str(root)])
    assert f"*{said}*" in (root / "Plan.md").read_text()


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("---\ntype: project\nstatus: planned\nrequires: '[[A]]'\n---\n", "0 %, only planned goals need it"),
        ("---\ntype: project\nrequires: '[[B]]'\n---\n", "0 %, needed only indirectly"),
        ("---\ntype: log\nproblem: '[[A]]'\n---\n", "0 %, only an open problem mentions it"),
        ("", "0 %, not needed"),
        ("---\ntype: project\nrequires: '[[A]]'\n---\n", "0 % (0 of 1)"),
    ],
)
def test_the_measure_of_reuse_says_why_there_was_no_opportunity(goal: str, said: str, vault: MakeVault) -> None:
    log = "---\ntype: log\nlearned: '[[A]]'\n---\n"
    found = opened(vault({LOG: log, "A.md": KNOWLEDGE, "B.md": BASE, "2024-06-29.md": goal}))
    row = next(each for each in found.findings["reuse"] if each.subject.id == "A.md")
    assert found.format_text((row.cells[0],)) == said


def test_a_problem_of_today_has_been_open_since_today(vault: MakeVault) -> None:
    found = opened(vault({LOG: "---\ntype: log\nproblem: '[[A]]'\n---\n", "P.md": PROJECT}))
    assert found.format_text(found.findings["problems"][0].why).startswith("open since today; ")
    assert "a problem with it has been open since today" in "; ".join(map(found.format_text, found.why("missing://A")))


@pytest.mark.parametrize(("language", "command"), [("en", "new project"), ("zh", "new 项目")])
def test_an_empty_learning_page_says_how_to_create_the_project_of_its_example(
    language: str, command: str, vault: MakeVault
) -> None:
    """And with exactly the name that the example links to, so that both lines work."""
    root = vault({"vault-tools.toml": f'language = "{language}"'})
    text = page(root)
    line = next(each for each in text.splitlines() if f"vault-tools {command}" in each)
    name = line.partition(f'{command} "')[2].partition('"')[0]
    assert f"[[{name}]]" in text
    made = CliRunner().invoke(main, [*command.split(), name, "--vault", str(root)])
    assert made.exit_code == 0, made.output
    assert list(root.rglob(f"{name}.md"))


@pytest.mark.parametrize(
    ("language", "sentence", "fresh"),
    [
        ("en", "2 of 4 notes (50 %) have no links at all", ("1, up to date", "({pages} pages, none changed)")),
        ("zh", "4 篇笔记中有 2 篇（50%）没有任何链接", ("1 篇，都是最新的", "（{pages} 个页面，都没有变化）")),
    ],
)
def test_the_summary_of_a_report_says_in_sentences_what_was_found_and_written(
    language: str, sentence: str, fresh: tuple[str, ...], vault: MakeVault
) -> None:
    fresh = tuple(each.replace("{pages}", str(len(page_names()) + 2)) for each in fresh)  # with the map and the chart
    begin = "%% vault-tools:begin next %%\n%% vault-tools:end next %%\n"
    root = vault({"A.md": TEXT, "B.md": TEXT, "C.md": "[[D]]", "D.md": begin})
    args = ["--lang", language, "report", str(root)]
    first = CliRunner().invoke(main, args).stdout
    assert sentence in first
    assert not any(each in first for each in fresh)
    second = CliRunner().invoke(main, args).stdout
    assert all(each in second for each in fresh), second


def test_a_next_step_that_is_the_same_for_all_rows_is_said_once_above_the_table(vault: MakeVault) -> None:
    root = vault({"A.md": TEXT, "B.md": TEXT, "C.md": "[[D]]", "D.md": ""})
    text = next(each.text for each in opened(root).pages(lambda: "") if each.path.endswith("/Orphans.md"))
    section = text.partition("## Orphans\n")[2].partition("\n## ")[0]
    assert section.count("link to it from a related note") == 1
    assert "Next step" not in section
    (root / "E.md").write_text("")
    text = next(each.text for each in opened(root).pages(lambda: "") if each.path.endswith("/Orphans.md"))
    section = text.partition("## Orphans\n")[2].partition("\n## ")[0]
    assert section.count("link to it from a related note") == 2
    assert "Next step" in section
