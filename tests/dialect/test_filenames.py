"""File names: which ones every system takes, and which are those of drafts, copies and placeholders."""

import time
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.obsidian_cases import expected

from vault_tools.dialect import filenames
from vault_tools.dialect.conflict_names import ConflictCopy, conflict_of, maybe_copies_of

laws = partial(settings, deadline=None, derandomize=True)


def test_a_title_becomes_a_name_that_every_system_takes() -> None:
    """What the app itself refuses is dashed or left out."""
    for key in ("X001", "X004"):
        case = expected(key, "filename")
        assert filenames.safe(case["in"]) in case["out_options"]
    assert not set(filenames.safe("A/B: C?") or "") & set(expected("X001", "filename")["forbidden"].split())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Note #1 ^x [y] | z", "Note 1 x y z"),
        ("12:30", "12-30"),
        ("a\nb\u00a0 c", "a b c"),
        ("e\u0301", "é"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("Console", "Console"),
        ("%?%", "%"),
        ("  x . ", "x"),
        ("字" * 100, "字" * 80),
        (".hidden", None),
        ("?.hidden", None),
        ("...", None),
        ("?", None),
        ("", None),
    ],
)
def test_a_title_is_changed_no_more_than_it_must(title: str, name: str | None) -> None:
    """None where nothing is left, or where Obsidian would not see the note (X003)."""
    assert filenames.safe(title) == name


@laws(max_examples=500)
@given(
    st.text()
    | st.text(st.sampled_from("%?:|./\\ #^[]\u0301eCONcom1\u00a0\ufeff<\u0338"), max_size=12)
    | st.text(min_size=200)
)
def test_a_file_name_that_was_made_safe_stays_the_same(title: str) -> None:
    """Made safe twice, it is the same; links can say it; a file system takes it."""
    name = filenames.safe(title)
    if name is None:
        return
    assert filenames.safe(name) == name == unicodedata.normalize("NFC", name)
    assert not filenames.breaks_links(name)
    assert not set(name) & set('*"\\/<>:|?#^[]\n\t\0')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert 0 < len(name.encode()) <= filenames.LONGEST


def test_file_names_that_break_links_are_reported() -> None:
    """X002, one by one."""
    case = expected("X002", "filename")
    assert filenames.breaks_links(case["in"])
    assert all(filenames.breaks_links(f"a{char}b") for char in case["link_breaking"].split())
    assert not filenames.breaks_links("100% – plain (1).md")


def test_our_drafts_have_hidden_names_and_other_temporary_files_have_not() -> None:
    """X005: Obsidian sees every name that starts with no dot."""
    case = expected("X005", "temp_file")
    assert all(filenames.is_hidden(path) for path in (*case["good"], ".trash/a.md"))
    assert not any(filenames.is_hidden(path) for path in (*case["bad"], case["target"], "a.b/c.md"))


@pytest.mark.parametrize("name", expected("X007", "conflict_names"))
def test_conflict_copies_of_obsidian_sync_and_syncthing_are_known(name: str) -> None:
    """X007, by name alone."""
    found = conflict_of(name)
    assert found is not None
    assert found.original == "Note.md"


@pytest.mark.parametrize(
    ("name", "original", "service"),
    [
        ("A (b) (Conflicted copy iPad (2) 202405061305).canvas", "A (b).canvas", "Obsidian Sync"),
        ("a.b.sync-conflict-20240506-130509-ABCDEFG.tar", "a.b.tar", "Syncthing"),
        ("Makefile.sync-conflict-20240506-130509", "Makefile", "Syncthing"),
        ("Note (Anna's conflicted copy 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Anna (Work)'s conflicted copy 2024-05-06 1).md", "Note.md", "Dropbox"),
        ("v1.2 (conflicted copy 2024-05-06)", "v1.2", "Dropbox"),
        ("Note (conflicted copy).md", "Note.md", "Dropbox"),
        ("Note (conflicted copy 2024-05-06 130509).md", "Note.md", "Nextcloud"),
        ("Note (conflicted copy anna 2024-05-06 130509).png", "Note.png", "Nextcloud"),
        ("Note_conflict-20240506-130509.md", "Note.md", "ownCloud"),
        ("Note (SFConflict anna@example.org 2024-05-06-13-05-09).md", "Note.md", "Seafile"),
        ("Note_laptop_May-06-130509-2024_Conflict.md", "Note.md", "Synology Drive"),
        ("My_Note_DESKTOP-AB12CD3_May-06-1305-2024_CaseConflict.md", "My_Note.md", "Synology Drive"),
        ("Note [conflicted].md", "Note.md", "pCloud"),
        ("Note (Anna's modstridende kopi 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Case Conflict).md", "Note.md", "Dropbox"),
        ("Note (Case Conflict 1).md", "Note.md", "Dropbox"),
        ("Note (Unicode Encoding Conflict (2)).md", "Note.md", "Dropbox"),
        ("Note (Annas in Konflikt stehende Kopie 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Copie en conflit de Anna B 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Copia en conflicto de PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Copia in conflitto di PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Co\u0301pia em conflito de PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Конфликтующая копия с компьютера PC 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (平川 の競合コピー 2024-05-06).md", "Note.md", "Dropbox"),
        ("Note (Anna 的冲突副本 2024-05-06).md", "Note.md", "Dropbox"),
        ("P（冲突副本 2024-01-01）.md", "P.md", "Dropbox"),
        ("笔记 （Anna（公司）的冲突副本 2024-05-06）.md", "笔记.md", "Dropbox"),
        ("Note (Anna와(과) 충돌하는 사본 2024-05-06).md", "Note.md", "Dropbox"),
        ("A (x's conflicted copy 2024-05-06) (y's conflicted copy 2024-05-07).md",
         "A (x's conflicted copy 2024-05-06).md", "Dropbox"),
    ],
)  # fmt: skip
def test_a_conflict_copy_names_its_original(name: str, original: str, service: str) -> None:
    """Any suffix, any device, in the languages in which such names were met."""
    assert conflict_of(name) == ConflictCopy(original, service)


@pytest.mark.parametrize(
    "name",
    [
        *("Note.md", "Note 2.md", "Romeo and Juliet (Conflicts between families).md", "Git (Conflict resolution).md"),
        *("The conflicted copy.md", "Note (on the conflicted copy).md", "(Case Conflict).md", "()).md", ".md", ""),
        *("sync-conflict.md", ".sync-conflict-20240506-130509-ABCDEFG.md", "Note (2024-05-06).md"),
        *("笔记（2024-05-06）.md", "（冲突副本 2024-01-01）.md", "笔记（）.md"),
    ],
)
def test_names_that_only_contain_similar_words_are_no_conflict_copies(name: str) -> None:
    """Words alone do not make one."""
    assert conflict_of(name) is None


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("Note 2.md", [("Note.md", "2")]),
        ("Note 1.md", [("Note.md", "1")]),
        ("Note (1).md", [("Note.md", "1")]),
        ("Note-DESKTOP-AB12CD3.md", [("Note-DESKTOP.md", "AB12CD3"), ("Note.md", "DESKTOP-AB12CD3")]),
        ("Note-WIN-ABCDEFGH123.canvas", [("Note-WIN.canvas", "ABCDEFGH123"), ("Note.canvas", "WIN-ABCDEFGH123")]),
        ("Note-Anna’s iMac 2.md", [("Note-Anna’s iMac.md", "2"), ("Note.md", "Anna’s iMac 2")]),
        ("Note - Anna.md", [("Note.md", "Anna")]),
        ("Note-PC.md", [("Note.md", "PC")]),
        *((name, []) for name in ("Note 2024.md", "2.md", "2024-05-06.md", "-x.md", "Note.md", "(2).md", " 2.md", "")),
    ],
)
def test_a_name_that_may_be_a_copy_names_the_original_that_must_exist(name: str, copied: list[tuple[str, str]]) -> None:
    """Whether it is one, its neighbour says; a year, a day or a first part names none."""
    assert list(maybe_copies_of(name)) == copied
    assert conflict_of(name) is None


def test_a_placeholder_of_icloud_names_the_note_that_was_taken_off_the_disk() -> None:
    """ICloud leaves it in place of a note that it took off this disk."""
    assert filenames.placeholder_of(".Note.md.icloud") == "Note.md"
    assert [filenames.placeholder_of(name) for name in ("Note.md.icloud", "..icloud", ".icloud", ".a.md")] == [None] * 4


HOSTILE = (
    *("a", " ", ".", "(", ")", "()", "-", "-a", " 2", "%", "2024-01-01 ", "-Annas-MacBook", ".sync-conflict-20240506"),
    *(
        "(Conflicted copy ",
        "conflicted copy 2024-05-06 ",
        "_conflict-",
        "字",
        ".icloud",
        ".sync-conflict-20240506-130509-",
    ),
)


@pytest.mark.parametrize(
    "read",
    [
        *(filenames.safe, conflict_of, lambda name: list(maybe_copies_of(name))),
        *(filenames.placeholder_of, filenames.breaks_links),
    ],
)
@pytest.mark.parametrize("seed", HOSTILE, ids=repr)
def test_time_to_judge_a_file_name_grows_with_its_length(read: Callable[[str], object], seed: str) -> None:
    """A name eight times as long takes some eight times as long, not sixty-four; a busy machine may try again."""

    def seconds(size: int) -> float:
        name = f"n ({seed * size}x).md"
        begin = time.perf_counter()
        read(name)
        return time.perf_counter() - begin

    longest = 100_000 // len(seed)
    assert any(seconds(longest) < 8 * 3 * max(seconds(longest // 8), 0.001) for _ in range(4))
