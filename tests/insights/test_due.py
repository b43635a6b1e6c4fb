"""Proposed from its day on, while there is something to look back on and it is not written: the week's reflection."""

# ruff: noqa: D103  (a test is named for what it holds)

from datetime import date

import pytest
from shared.vaults import MakeVault, Run

from vault_tools import Vault

LOG = {"Logs/2024-05-07.md": '---\ntype: log\nlearned: "[[A]]"\n---\n', "A.md": "---\ntype: knowledge\n---\nwords\n"}
SUNDAY, MONDAY, SATURDAY = date(2024, 5, 12), date(2024, 5, 13), date(2024, 5, 11)


@pytest.mark.parametrize(
    ("settings", "today", "due"),
    [
        ("", SATURDAY, []),
        ("", SUNDAY, ["2024-W19"]),
        ("", MONDAY, ["2024-W19"]),
        ("", date(2024, 5, 18), ["2024-W19"]),
        ("", date(2024, 5, 19), []),  # nothing was learned in the week after
        ('[learning]\nreflection_day = "friday"\n', date(2024, 5, 9), []),
        ('[learning]\nreflection_day = "friday"\n', date(2024, 5, 10), ["2024-W19"]),
    ],
)
def test_a_reflection_is_due_from_its_day_to_the_day_of_the_next_one(
    vault: MakeVault, settings: str, today: date, due: list[str]
) -> None:
    found = Vault.open(vault({**LOG, "vault-tools.toml": settings}), cache=False, today=today)
    assert [found.format_text((finding.subject.label,)) for finding in found.findings["due"]] == [
        f"Reflection for {week}" for week in due
    ]


@pytest.mark.parametrize(
    "note",
    [
        {"Reflections/2024-W19.md": "---\ntype: reflection\n---\n"},
        {"反思/第十九周.md": "---\ntype: 反思\n周期: 2024-W19\n---\n"},
    ],
)
def test_a_written_reflection_is_not_due(vault: MakeVault, note: dict[str, str]) -> None:
    assert Vault.open(vault(LOG), cache=False, today=SUNDAY).findings["due"]
    assert Vault.open(vault({**LOG, **note}), cache=False, today=SUNDAY).findings["due"] == ()


def test_the_learning_page_names_the_logs_and_the_command_of_a_due_reflection(vault: MakeVault) -> None:
    root = vault({**LOG, "vault-tools.toml": 'language = "zh"\n'})
    Vault.open(root, cache=False, today=SUNDAY).report()
    text = (root / "_vault-tools" / "Learning.md").read_text("utf-8")
    section = text.partition("## 待写的反思\n")[2].partition("\n## ")[0]
    assert "2024-W19 的反思" in section
    assert "2024-05-07" in section
    assert "vault-tools new weekly" in section


def test_an_unknown_weekday_for_reflections_is_refused_with_the_known_ones(vault: MakeVault, run: Run) -> None:
    root = vault({"vault-tools.toml": '[learning]\nreflection_day = "sonntag"\n'})
    result = run("report", root)
    assert result.exit_code == 2
    assert "[learning] reflection_day" in result.stderr
    assert "must be one of monday, tuesday" in result.stderr
