"""`new`: what a new note holds, what it is called, and where it lies."""

from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.authoring_vaults import NOW, files, new, opened
from shared.vaults import MakeVault, Run, write

from vault_tools import Vault
from vault_tools.authoring import create
from vault_tools.dialect.template import render
from vault_tools.errors import OutsideVaultError, SettingsError, UnclearWordError
from vault_tools.parse import frontmatter
from vault_tools.settings.parsing import parse_settings
from vault_tools.store import drafts, locales, output


def test_new_writes_what_obsidian_would_make_of_the_template(vault: MakeVault) -> None:
    """With the vault's own formats of date and time, and in its language."""
    text = "---\ntype: log\ncreated: {{date}}\n---\n# {{title}}\n{{time}} {{date:dddd}} <% tp.x('{{date}}') %>\n"
    root = vault(
        {
            ".obsidian/templates.json": '{"folder": "T", "dateFormat": "D.M.YYYY", "timeFormat": "HH"}',
            "T/Entry.md": text,
            "vault-tools.toml": 'language = "zh"',
        }
    )
    locale, _ = locales.locale("zh")
    expected = render(text, title="量化: A"[:2], now=NOW, locale=locale, date_format="D.M.YYYY", time_format="HH")
    assert new(root, "日志", "量化") == ("日志/量化.md", expected)
    assert "6.5.2024" in expected
    assert "星期一 <% tp.x('{{date}}') %>" in expected


@pytest.mark.parametrize(
    ("word", "path", "period"),
    [
        ("weekly", "Reflections/2024-W19.md", ("2024-W19", "2024-W18", "2024-W20")),
        ("monthly", "Reflections/2024-05.md", ("2024-05", "2024-04", "2024-06")),
        ("季度反思", "Reflections/2024-Q2.md", ("2024-Q2", "2024-Q1", "2024-Q3")),
        ("yearly", "Reflections/2024.md", ("2024", "2023", "2025")),
    ],
)
def test_a_new_reflection_knows_its_period_and_its_neighbours(
    word: str, path: str, period: tuple[str, str, str], vault: MakeVault
) -> None:
    """Doing it again leaves the one that is there; a title of one's own does not change the period."""
    root = vault({})
    made, text = new(root, word)
    assert made == path
    this, before, after = period
    wanted = {"type": "reflection", "period": this, "prev": f"[[{before}]]", "next": f"[[{after}]]"}
    assert frontmatter.read(text).values == wanted
    before_ = files(root)
    assert create.create(opened(root), word, None, NOW).new is False
    assert files(root) == before_
    assert frontmatter.read(new(root, word, "A look back")[1]).values == wanted


def test_new_asks_obsidian_how_the_notes_of_a_period_are_called(vault: MakeVault) -> None:
    """Folder and format of Periodic Notes; links with their folder where the name alone may mean others."""
    plugin = '{"weekly": {"enabled": true, "folder": "周记", "format": "gggg/[第]w[周]", "template": ""}}'
    root = vault({".obsidian/plugins/periodic-notes/data.json": plugin, "vault-tools.toml": 'language = "zh"'})
    path, text = new(root, "weekly")
    assert path == "周记/2024/第19周.md"
    assert frontmatter.read(text).values == {
        "type": "反思",
        "周期": "2024-W19",
        "上一篇": "[[周记/2024/第18周]]",
        "下一篇": "[[周记/2024/第20周]]",
    }


def test_a_new_log_asks_for_nothing(vault: MakeVault) -> None:
    """Its day is in its name; the next one of the day gets a number, whatever the capitals of what is there."""
    root = vault({})
    assert [new(root, "log")[0] for _ in range(3)] == [f"Logs/2024-05-06 log{end}.md" for end in ("", " 1", " 2")]
    assert frontmatter.read(new(root, "log", "KV cache")[1]).values == {
        **dict.fromkeys(("project", "minutes", "mode", "problem", "solved-in", "outcome", "effect", "rating")),
        "type": "log",
        "date": "2024-05-06",
        "learned": [],
        "applied": [],
    }
    assert new(root, "log", "kv CACHE")[0] == "Logs/kv CACHE 1.md"


def test_a_new_note_is_about_the_day_in_its_name(vault: MakeVault) -> None:
    """And not today."""
    values = frontmatter.read(new(vault({}), "log", "2024-04-02 KV cache")[1]).values
    assert values is not None
    assert values["date"] == "2024-04-02"


@pytest.mark.parametrize(
    ("given_", "word", "path"),
    [
        ({}, "knowledge", "Knowledge/T.md"),
        ({"vault-tools.toml": 'language = "zh"'}, "knowledge", "知识/T.md"),
        ({"knowledge/x.md": ""}, "knowledge", "knowledge/T.md"),
        (
            {
                "A/x.md": "---\ntype: 知识\n---",
                "B/y.md": "---\ntype: concept\n---",
                "B/z.md": "---\ntype: knowledge\n---",
            },
            "概念",
            "B/T.md",
        ),
        (
            {"A/x.md": "---\ntype: knowledge\n---", "vault-tools.toml": '[folders]\n"知识" = "深/处"'},
            "knowledge",
            "深/处/T.md",
        ),
        ({"vault-tools.toml": '[folders]\nreflection = "R"\nweekly = "W"'}, "weekly", "W/T.md"),
        ({"vault-tools.toml": '[folders]\nreflection = "R"\nweekly = "W"'}, "monthly", "R/T.md"),
        ({".obsidian/daily-notes.json": '{"folder": "Days"}'}, "daily", "Days/T.md"),
        ({"x.md": "---\ntype: knowledge\n---"}, "knowledge", "T.md"),
        ({"T.md": "---\ntype: knowledge\n---"}, "knowledge", "T 1.md"),
    ],
)
def test_a_new_note_goes_where_notes_of_its_type_go(
    given_: dict[str, str | bytes], word: str, path: str, vault: MakeVault
) -> None:
    """Our settings, then Obsidian's, then where most of them lie, then a plain name."""
    assert new(vault(given_), word, "T")[0] == path


def test_new_prints_the_path_or_the_link_and_explains_a_wrong_word(vault: MakeVault, run: Run) -> None:
    """The nearest type is named; several templates are listed; a note that needs a title says so."""
    root = vault({})
    assert run("new", "项目", "Deploy: A/B?", "--vault", root).stdout == "Projects/Deploy A-B.md\n"
    link = run("new", "knowledge", "量化", "--vault", root, "--open").stdout
    place = quote(str(root.resolve() / "Knowledge" / "量化.md"), safe="")
    assert link == f"obsidian://open?path={place}\n"
    for word, title, part in (
        ("knowlege", "x", "There is no note type 'knowlege'. Did you mean knowledge?"),
        ("reflection", "x", "Monthly reflection, Quarterly reflection, Weekly reflection, Yearly reflection"),
        ("knowledge", None, "new Knowledge TITLE"),
        ("knowledge", ".hidden", "begin with a dot"),
    ):
        result = run("new", word, *([title] if title else []), "--vault", root)
        assert result.exit_code == 2
        assert part in result.stderr
        assert len(result.stderr.splitlines()) == 1


@given(st.text(max_size=300))
def test_a_new_note_of_any_title_lies_in_its_folder_and_nothing_else_changes(title: str) -> None:
    """Or the title is refused; nothing is overwritten."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        root = (Path(folder) / "v").resolve()
        write(root, {".obsidian/app.json": "{}", "Knowledge/a.md": "mine"})
        before = files(root)
        try:
            made = create.create(opened(root), "knowledge", title, NOW)
        except UnclearWordError:
            assert files(root) == before
            return
        after = files(root)
        assert after.keys() - before.keys() == {made.path}
        assert made.path.rpartition("/")[0] == "Knowledge"
        assert before.items() <= after.items()


def test_a_new_note_is_never_written_outside_the_vault(vault: MakeVault, tmp_path: Path) -> None:
    """Not through a link of the disk either, nor where Obsidian does not look, nor over a file."""
    root = vault({"a.md": "mine"})
    (tmp_path / "elsewhere").mkdir()
    (root / "Out").symlink_to(tmp_path / "elsewhere")
    for path in ("../b.md", "Out/b.md", ".trash/b.md"):
        with pytest.raises(OutsideVaultError):
            output.create(root, path, "x")
    assert output.create(root, "a.md", "x") is False
    assert output.create(root, "New/b.md", "量") is True
    assert files(root) == {"a.md": b"mine", "New/b.md": "量".encode()}
    assert list((tmp_path / "elsewhere").iterdir()) == []
    for folder in ("../x", "/x", ".hidden"):
        with pytest.raises(SettingsError):
            parse_settings(f'[folders]\nlog = "{folder}"')


def test_a_new_note_is_written_on_a_disk_without_hard_links(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on many sticks and phones: still whole, still over nothing, and without a draft left behind."""

    def refuse(_target: Path, _draft: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    root = vault({})
    assert output.create(root, "a.md", "量") is True
    assert output.create(root, "a.md", "x") is False
    assert files(root) == {"a.md": "量".encode()}


def test_of_two_programs_that_create_a_note_at_the_same_time_the_second_is_refused(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look whether the name is free and the writing, somebody takes it."""
    root = vault({})
    fresh = drafts._write_new

    def slow(target: Path, data: bytes) -> None:
        write(root, {"a.md": "theirs"})
        fresh(target, data)

    monkeypatch.setattr(drafts, "_write_new", slow)
    assert output.create(root, "a.md", "ours") is False
    assert files(root) == {"a.md": b"theirs"}


@pytest.mark.parametrize(
    ("settings", "name", "now", "period"),
    [
        ("", "2027-W01", "2027-01-05", "2027-W01"),
        ("", "2024-W18", "2024-05-05", "2024-W18"),
        ('{"weekly": {"enabled": true, "format": "gggg-[W]ww"}}', "2027-W02", "2027-01-05", "2027-W01"),
    ],
)
def test_a_weekly_note_is_about_the_iso_week_that_is_measured(
    settings: str, name: str, now: str, period: str, vault: MakeVault
) -> None:
    """By its own name where the vault says none, and beside the name of a week that begins on a Sunday."""
    root = vault({".obsidian/plugins/periodic-notes/data.json": settings} if settings else {})
    opened = Vault.open(root, cache=False)
    made = create.create(opened, "weekly", None, datetime.fromisoformat(f"{now}T12:00:00+00:00"))
    assert made.path.endswith(f"{name}.md")
    assert f"period: {period}\n" in (root / made.path).read_text("utf-8")
