"""Notes that are named by a day: no two types make notes of one name, and what earlier versions made is found."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
from datetime import UTC, datetime
from pathlib import Path
from posixpath import basename
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, write

from vault_tools import Vault
from vault_tools.authoring import create
from vault_tools.dialect.periodic import FORMATS
from vault_tools.errors import UnclearWordError

NOW = datetime(2026, 12, 1, 13, 5, 9, tzinfo=UTC)
NAMED_BY_DATE = ["log", *FORMATS]
LOGS = {"en": "Logs/2026-12-01 log.md", "zh": "日志/2026-12-01 学习.md"}
DAYS = {"en": "Daily/2026-12-01.md", "zh": "日记/2026-12-01.md"}


def made(root: Path, word: str, *, once: bool = False) -> create.Created:
    return create.create(Vault.open(root, cache=False), word, None, NOW, once=once)


@pytest.mark.parametrize("language", LOGS)
def test_a_log_and_a_daily_note_of_one_day_have_two_names(language: str, vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": f'language = "{language}"'})
    assert made(root, "log").path == LOGS[language]
    assert made(root, "daily").path == DAYS[language]


FOLDERS = st.sampled_from(["", "Logs", "日志", "Daily", "D/E"])
DAILY = st.sampled_from(
    ["", "YYYY-MM-DD", "YYYY-MM-DD [log]", "YYYY-MM-DD [学习]", "YYYY-MM-DD [Learning log]", "YYYY/YYYY-MM-DD [log]",
     "YYYY-MM-DD [LOG]", "YYYY-MM-DD dddd", "D.M.YYYY"]
)  # fmt: skip
OWN = st.lists(
    st.sampled_from(["log", "学习", "Log", "Workout", "Learning log", "学习日志"]), unique_by=str.lower, max_size=4
)


@given(language=st.sampled_from(["en", "zh"]), folder=FOLDERS, pattern=DAILY, logs=FOLDERS, own=OWN)
@settings(max_examples=60, deadline=None)
def test_no_two_types_make_notes_of_one_name(
    language: str, folder: str, pattern: str, logs: str, own: list[str]
) -> None:
    """Whatever folder and format the daily notes have, and whatever templates for logs the user has."""
    files = {
        "vault-tools.toml": f'language = "{language}"\ntemplates = "T"\n'
        + (f'[folders]\nlog = "{logs}"\n' if logs else "")
        + '[types.workout]\nrole = "log"\n',
        ".obsidian/daily-notes.json": json.dumps({"folder": folder, "format": pattern}),
        **{f"T/{name}.md": f"---\ntype: {'log' if at % 2 else 'workout'}\n---\n" for at, name in enumerate(own)},
    }
    with TemporaryDirectory() as place:
        root = (Path(place) / "v").resolve()
        write(root, files)
        forms = Vault.open(root, cache=False).forms.templates
        roles = [name for name, one in forms.items() if name in NAMED_BY_DATE or one.form.type in {"log", "workout"}]
        found = [made(root, name) for name in roles]
        names = [basename(each.path).lower() for each in found if each.new]
        assert len(set(names)) == len(names), found
        assert all(each.new for each in found)


@pytest.mark.parametrize("language", LOGS)
@pytest.mark.parametrize("text", ["---\ntype: log\n---\n", "---\ntype: 学习日志\n---\n", "words\n"])
def test_the_log_of_an_earlier_version_is_opened_and_not_doubled(language: str, text: str, vault: MakeVault) -> None:
    """By hand and by the daemon."""
    path = f"{LOGS[language].partition('/')[0]}/2026-12-01.md"
    root = vault({"vault-tools.toml": f'language = "{language}"', path: text})
    for once in (False, True):
        found = made(root, "log", once=once)
        assert (found.path, found.new) == (path, False)
    assert (root / path).read_text("utf-8") == text


@pytest.mark.parametrize("text", ["words\n", "---\ntype: daily\n---\n"])
def test_a_daily_note_in_the_folder_of_logs_is_no_log(text: str, vault: MakeVault) -> None:
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"folder": "Logs"}',
            "vault-tools.toml": '[folders]\nlog = "Logs"\n',
            "Logs/2026-12-01.md": text,
        }
    )
    assert made(root, "log").path == "Logs/2026-12-01 log.md"
    assert not made(root, "daily").new


def test_a_daily_note_that_is_a_log_is_the_log_of_its_day(vault: MakeVault) -> None:
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"folder": "D", "template": "T/Learning log"}',
            ".obsidian/templates.json": '{"folder": "T"}',
            "T/Learning log.md": "---\ntype: log\n---\n",
        }
    )
    day = made(root, "daily")
    assert (day.path, day.new) == ("D/2026-12-01.md", True)
    again = made(root, "log")
    assert (again.path, again.new) == (day.path, False)


def test_the_day_of_a_log_is_the_day_in_its_name(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": 'language = "zh"'})
    made(root, "log")
    found = Vault.open(root, cache=False).knowledge.nodes[LOGS["zh"]]
    assert found.type == "log"
    assert found.note is not None
    assert (found.note.frontmatter or {})["日期"] == "2026-12-01"


@pytest.mark.parametrize(("word", "name"), [("周复盘", "weekly"), ("月报", "monthly"), ("Weekly review", "weekly")])
def test_a_review_of_a_week_is_its_reflection(word: str, name: str, vault: MakeVault) -> None:
    root = vault({})
    assert made(root, word).path == made(root, name).path


@pytest.mark.parametrize("title", [None, "2026-12-01", "2026-12-01 LOG", "Any"])
@pytest.mark.parametrize("there", ["Else/2026-12-01.md", "Else/2026-12-01 log.md", "Any.md"])
def test_a_log_gets_no_name_that_another_note_has_in_any_folder(
    title: str | None, there: str, vault: MakeVault
) -> None:
    root = vault({there: "words", "Daily/2026-12-02.md": "---\ntype: daily\n---\n"})
    for word in ("log", "daily", "log"):
        if title is not None or word == "log":
            create.create(Vault.open(root, cache=False), word, title, NOW)
    names = [each.name.lower() for each in root.rglob("*.md")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("once", [False, True])
def test_a_daily_note_is_not_made_beside_a_log_of_its_name(once: bool, vault: MakeVault) -> None:  # noqa: FBT001
    """As an earlier version named it; whoever asks is told what to rename, and afterwards it works."""
    root = vault({"Logs/2026-12-01.md": "---\ntype: log\n---\n"})
    with pytest.raises(UnclearWordError, match=r"Logs/2026-12-01\.md has the name"):
        made(root, "daily", once=once)
    (root / "Logs/2026-12-01.md").rename(root / "Logs/2026-12-01 log.md")
    assert made(root, "daily", once=once).new
    assert not made(root, "daily", once=once).new


def test_the_daily_note_of_a_day_is_found_in_any_folder(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[folders]\ndaily = "D"\n', "Old/2026-12-01.md": "---\ntype: daily\n---\n"})
    found = made(root, "daily")
    assert (found.path, found.new) == ("Old/2026-12-01.md", False)
