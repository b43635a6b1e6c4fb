"""Copies that sync services made, and files that they took off the disk: kept out of the graph, and told."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, write

from vault_tools import Vault, shipped
from vault_tools.dialect.periodic import names_a_period, periodic
from vault_tools.store import locales
from vault_tools.store.copies import doubles

LONG = "# Filter\n\nThe gain weighs what was predicted against what was measured, step by step.\n"


def opened(root: Path) -> tuple[set[str], dict[str, str], Vault]:
    """Give the files in the graph, and the first problem of each path that has one."""
    found = Vault.open(root, cache=False)
    graph = found.knowledge
    files = {name for name, node in graph.nodes.items() if node.kind in {"note", "canvas", "attachment"}}
    return files, {path: problems[0].code for path, problems in graph.problems.items()}, found


@pytest.mark.parametrize(
    "name",
    [
        "Note (Conflicted copy laptop 202405061305).md",
        "Note.sync-conflict-20240506-130509-ABCDEFG.md",
        "Note (Anna's conflicted copy 2024-05-06).md",
        "Note (Anna 的冲突副本 2024-05-06).md",
        "Note（冲突副本 2024-05-06）.md",
        "Note (SFConflict anna@example.org 2024-05-06-13-05-09).md",
        "Note_laptop_May-06-130509-2024_Conflict.md",
    ],
)
def test_a_copy_with_the_name_of_a_conflict_is_kept_out_of_the_graph_and_reported(name: str, vault: MakeVault) -> None:
    """Its links and tags count for nothing; a link to it is not broken, since Obsidian finds it."""
    files = {"Note.md": LONG, name: "[[Gone]] #tag", "a.md": f"[[{name.removesuffix('.md')}]]"}
    held, problems, found = opened(vault(files))
    assert held == {"Note.md", "a.md"}
    assert problems == {name: "conflict-copy"}
    assert not found.knowledge.unresolved
    assert "Note.md" in found.knowledge.problems[name][0].todo


def test_a_copy_without_its_original_is_reported_with_how_to_keep_it(vault: MakeVault) -> None:
    """It may be all that is left."""
    name = "Note (Conflicted copy laptop 202405061305).md"
    _, _, found = opened(vault({name: LONG}))
    assert "gone" in found.knowledge.problems[name][0].todo


def test_a_link_to_a_note_of_which_only_a_copy_is_left_names_the_copy(vault: MakeVault) -> None:
    """With the remedy that stands among the problems; no note is to be written in its place."""
    name = "x/孤本（冲突副本 2024-05-06）.md"
    _, problems, found = opened(vault({name: LONG, "a.md": "[[孤本]] [x](孤本.md)"}))
    assert problems == {name: "conflict-copy"}
    told = [(broken.reason, broken.meant, broken.replacements) for broken in found.knowledge.broken]
    assert told == [("excluded-or-hidden", (name,), ())] * 2
    assert {found.format_text(finding.step) for finding in found.findings["broken"]} == {
        found.knowledge.problems[name][0].todo
    }
    assert not found.findings["missing"]


MAYBE = (
    *("Note 2.md", "Note 1.md", "Note (1).md", "Note (2).md", "Note-DESKTOP-AB12CD3.md", "Note-Anna’s MacBook Pro.md"),
    *("Note-MacBook-Pro-von-Anna.md", "Note-iMac 2.md", "Note-平川的电脑.md", "Note-a-b-c.md"),
)
"""Names that a service may have given, and a person as well."""


def told(files: dict[str, str], vault: MakeVault) -> dict[str, str]:
    """Give what is to be done about each file of a vault that has a problem; every note is in the graph."""
    held, _, found = opened(vault(files))
    assert held == set(files)
    assert not any(problem.code != "conflict-copy" for each in found.knowledge.problems.values() for problem in each)
    return {path: problems[0].todo for path, problems in found.knowledge.problems.items()}


@pytest.mark.parametrize("name", MAYBE)
def test_a_note_that_may_be_a_copy_stays_a_note_and_is_compared_with_its_original(name: str, vault: MakeVault) -> None:
    """The same: one may go. Nearly the same: both are to be compared. Else nothing is said."""
    assert told({"Note.md": LONG, name: LONG}, vault) == {
        name: "delete it if you do not need both; first check that no query, base or bookmark uses its name"
    }
    edited = LONG + "One more line.\n"
    assert told({"Note.md": LONG, name: edited}, vault) == {
        name: "compare both files, and keep what you need in Note.md"
    }
    for other in (
        {"Note.md": LONG, name: "# Part two\n\nAnother matter altogether.\n"},
        {name: LONG},
        {"x/Note.md": LONG, name: LONG},
    ):
        assert told(other, vault) == {}


@pytest.mark.parametrize("name", MAYBE)
@pytest.mark.parametrize("link", ["[[{}]]", "![[{}]]", "[x](<{}.md>)", '---\nup: "[[{}]]"\n---\n'])
def test_a_note_that_is_linked_is_never_called_a_copy(name: str, link: str, vault: MakeVault) -> None:
    """However alike the two are: its writer knows it by that name."""
    linked = link.format(name.removesuffix(".md"))
    assert told({"Note.md": "Song.", name: "Song.", "Album.md": linked}, vault) == {}
    assert told({"Note.md": f"Song. {linked}\n", name: f"Song. {linked}\n"}, vault) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Song (2).md", "# Song, take 2\n"),
        ("Song 2.md", "---\ntitle: Song 2\n---\n"),
        ("Song 2.md", "---\naliases: [Second Song, Song 2]\n---\n"),
        ("Song-live.md", "# Song (Live)\n"),
    ],
)
def test_a_note_that_says_what_its_name_adds_is_no_copy(name: str, text: str, vault: MakeVault) -> None:
    """In its title, a heading or another name; even where the other note holds the same."""
    assert told({"Song.md": text, name: text}, vault) == {}


def test_notes_with_similar_names_are_no_copies(vault: MakeVault) -> None:
    """Nothing but days or numbers behind a hyphen, and other kinds of files, make no copy; nor do two empty notes."""
    assert told({"2024.md": LONG, "2024-05.md": LONG, "2024-05-06.md": LONG}, vault) == {}
    assert told({"Untitled.md": "", "Untitled 2.md": "", "Untitled 3.md": "\n"}, vault) == {}
    blank = '{\n\t"nodes":[],\n\t"edges":[]\n}'
    assert (
        told({"Untitled.canvas": blank, "Untitled 1.canvas": blank, "x.canvas": "{}", "x 2.canvas": "{}"}, vault) == {}
    )
    assert opened(vault({"pic.png": "x", "pic 2.png": "x", "a.md": "![[pic.png]] ![[pic 2.png]]"}))[1] == {}


def test_the_folder_of_a_vault_makes_no_note_a_copy(tmp_path: Path) -> None:
    """Two devices that keep one vault in different folders say the same of it."""
    said = []
    for folder in ("My Drive/v", "Mobile Documents/v", "plain/v"):
        write(tmp_path / folder, {"Note.md": LONG, "Note 2.md": LONG + "\nMore.\n", ".Other.md.icloud": ""})
        said.append(opened(tmp_path / folder)[:2])
    assert said[0] == said[1] == said[2]


def test_a_certain_copy_that_a_note_links_to_must_not_be_deleted(vault: MakeVault) -> None:
    """It is not read, but a note shows it."""
    name = "Note (Conflicted copy laptop 202405061305).md"
    _, problems, found = opened(vault({"Note.md": LONG, name: LONG, "a.md": f"![[{name.removesuffix('.md')}]]"}))
    assert problems == {name: "conflict-copy"}
    assert "delete" not in found.knowledge.problems[name][0].todo


def test_a_copy_of_an_attachment_is_kept_out_of_the_graph(vault: MakeVault) -> None:
    """Whatever its suffix."""
    name = "board (Conflicted copy iPad 202405061305).canvas"
    assert opened(vault({"board.canvas": "{}", name: "{}"}))[0] == {"board.canvas"}


def test_a_note_that_icloud_took_off_the_disk_is_reported_and_links_to_the_note_are_explained(vault: MakeVault) -> None:
    """Its placeholder is no file of the vault; once it is back, all is well."""
    root = vault({"x/.Note.md.icloud": b"bplist00", "a.md": "[[Note]]", ".pic.png.icloud": b"", "pic.png": b""})
    files, problems, found = opened(root)
    assert files == {"a.md", "pic.png"}
    assert problems == {"x/Note.md": "icloud-placeholder"}
    assert [broken.reason for broken in found.knowledge.broken] == ["excluded-or-hidden"]
    (root / "x/.Note.md.icloud").rename(root / "x/Note.md")
    assert opened(root)[0] == {"a.md", "pic.png", "x/Note.md"}


def test_a_note_in_the_trash_is_hidden_and_files_of_programs_are_no_notes(vault: MakeVault) -> None:
    """Only what lies in other hidden folders may be what a link meant."""
    files = {".trash/x/Old.md": "", ".git/Mine.md": "", ".obsidian/plugins/p/README.md": "", ".hid.md": ""}
    root = vault({**files, "a.md": "[[Old]] [[Mine]] [[README]] [[.hid]]"})
    meant = {broken.link.target: broken.meant for broken in opened(root)[2].knowledge.broken}
    assert meant == {"Old": (".trash/x/Old.md",), "Mine": (), "README": (), ".hid": (".hid.md",)}


def test_a_copy_that_comes_and_goes_changes_the_report(vault: MakeVault) -> None:
    """The last report is not taken for today's."""
    name = "Note (Conflicted copy laptop 202405061305).md"
    root = vault({"Note.md": LONG})
    assert Vault.open(root).report().summary.problems == 0
    (root / name).write_text(LONG, "utf-8")
    assert Vault.open(root).report().summary.problems == 1
    (root / name).unlink()
    assert Vault.open(root).report().summary.problems == 0


PERIODS = [
    *("YYYY", "YYYY-MM", "YYYY-[Q]Q", "gggg-[W]ww", "GGGG-[W]WW", "YYYY-MM-DD", "YYYY-MM-DD-dddd", "YYYY-MMM"),
    *("YYYY MM", "YYYY年", "YYYY年-第Q季度", "YYYY年-M月", "YYYY/MM/YYYY-MM-DD", "YYYY-[week]-w"),
]
"""Moment formats of daily and periodic notes, some of which begin like others."""
KINDS = ("daily", "weekly", "monthly", "quarterly", "yearly")


@settings(max_examples=60)
@given(
    formats=st.lists(st.sampled_from(PERIODS), min_size=1, max_size=5),
    days=st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=1, max_size=3),
    language=st.sampled_from(["en", "zh"]),
)
def test_the_note_of_a_period_is_never_a_copy_of_the_note_of_another_period(
    formats: list[str], days: list[date], language: str
) -> None:
    """Whatever the formats of a vault are, and however alike the notes are: by nature, they have nothing but a name."""
    locale = locales.locale(language)[0]
    known = [periodic(kind, pattern=each) for kind, each in zip(KINDS, formats, strict=False)]
    paths = {
        each.path(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), locale) for each in known for day in days
    }
    with TemporaryDirectory() as folder:
        write(Path(folder), dict.fromkeys(paths, LONG))
        assert doubles(Path(folder), paths, lambda name: names_a_period(name, known, locale)) == {}


def test_the_notes_of_periods_that_vault_tools_makes_are_no_copies(vault: MakeVault) -> None:
    """Nor by the names that it gives where a vault has no settings; a copy of one is still told."""
    names = ("2026", "2026-Q4", "2026-12", "2026-W49", "2026-12-01")
    assert told({f"{name}.md": LONG for name in names}, vault) == {}
    assert set(told({"2026-W49.md": LONG, "2026-W49-iMac.md": LONG, "2026-W49 2.md": LONG}, vault)) == {
        "2026-W49-iMac.md",
        "2026-W49 2.md",
    }


@pytest.mark.parametrize("language", ["en", *shipped.note_languages()])
@pytest.mark.parametrize("name", list(shipped.note_templates()))
def test_notes_that_hold_only_their_template_are_no_copies(name: str, language: str, vault: MakeVault) -> None:
    """Two of a type are the same at first, whatever their names; with a text of one's own, they are compared."""
    root = vault({"vault-tools.toml": f'language = "{language}"'})
    form = shipped.note_templates(language)[name]
    write(root, {"Llama.md": form, "Llama 2.md": form})
    assert "Llama 2.md" not in Vault.open(root, cache=False).knowledge.problems
    write(root, {"Llama.md": form + LONG, "Llama 2.md": form + LONG})
    assert opened(root)[1].get("Llama 2.md") == "conflict-copy"
