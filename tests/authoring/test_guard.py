"""Nothing that a plugin of Obsidian runs comes into a note by a name, a setting or a word."""

import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shared.hostile_names import HOSTILE, NAMES, RUNS
from shared.vaults import MakeVault, Run, write

from vault_tools import Vault
from vault_tools.authoring.complete import UnfinishedError, complete
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.guard import forbids
from vault_tools.daemon.done import Done
from vault_tools.daemon.newnotes import Newcomers
from vault_tools.forms import Template
from vault_tools.parse import frontmatter
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.note import clean

NOW = datetime(2024, 5, 6, 13, 5, 9, tzinfo=UTC)
LONG_AGO = 1_600_000_000

BARE = [
    "# {{title}}\n",
    "{{title}}\n",
    "---\nalias: {{title}}\ntype: x\n---\n{{title}}",
    '---\nalias: "{{title}}"\ntags: [a, {{title}}]\n---\n\n## Notes\n',
    "`{{title}}` and `code` and {{title}}`\n",
    "<{{title}}> {{title}}> %{{title}}% `{{title}}\n",
    "    {{title}}\n\n-     {{title}}\n\t{{title}}\n",
    "``{{title}}\n``` {{title}}\ncode\n```\n",
    "> {{title}}\n> ~~{{title}}\n\n{{title}}\n---\n",
    "<code>{{title}}</code> <pre>{{title}}</pre>\n",
    "{{date}} {{time}} {{date:dddd}}\n",
]
"""Templates that hold no code of their own, or one that a name must not come into."""

OWN = [
    "```dataview\nLIST FROM [[{{title}}]]\n```\n",
    '```dataviewjs\ndv.list(dv.pages("[[{{title}}]]"))\n```\n# {{title}}\n',
    "`= [[{{title}}]].rating` <% tp.file.title %> `$= dv.current().file.name`\n",
    "```{{title}}\nx\n```\n",
    "```js\n{{title}}\n```\n",
    '<a href="{{title}}">x</a>\n',
]
"""Templates with code of their own."""


def runs(text: str) -> Counter[str]:
    """What a text holds that is run."""
    return Counter(RUNS.findall(text.replace("\r\n", "\n").replace("\r", "\n")))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Drafts:
    """Drafts in a vault that has all the templates, T0, T1 …, and in which Dataview has a prefix of its own."""
    root = tmp_path_factory.mktemp("live") / "v"
    files = {f"T/T{at}.md": text for at, text in enumerate((*BARE, *OWN))}
    dataview = json.dumps({"inlineQueryPrefix": "dv:", "inlineJsQueryPrefix": "$="})
    write(
        root,
        files | {".obsidian/templates.json": '{"folder": "T"}', ".obsidian/plugins/dataview/data.json": dataview},
    )
    return Drafts(Vault.open(root, cache=False), NOW)


def template(drafts: Drafts, text: str) -> Template:
    """The template of the vault that says this."""
    return next(one for one in drafts.vault.forms.templates.values() if one.form.text == text)


@given(name=NAMES, text=st.sampled_from([*BARE, *OWN]))
@example(name="<%* app.x() %>", text=BARE[0])
@example(name="`$= app.x()`", text=BARE[0])
@example(name="x\n```dataviewjs\napp.x()\n```", text=BARE[0])
@example(name="= app.x()", text=BARE[4])
@example(name="dv: app.x()", text=BARE[4])
@example(name="% app.x() %", text=BARE[5])
@example(name="$= app.x()", text=BARE[9])
@example(name="`js", text=BARE[7])
def test_a_note_of_any_name_holds_nothing_live_but_what_its_template_holds(
    name: str, text: str, drafts: Drafts
) -> None:
    """Else it is not written; and it has the template's properties, no others."""
    path = f"Things/{name.replace('/', '-')}.md"
    one = template(drafts, text)
    after = drafts.text(one, path)
    if forbids(drafts, one, path, "", after) is None:
        assert runs(after) - runs(text) == Counter()
        assert len(clean(after).split("\n")) == len(clean(text).split("\n"))
        declared = {field.name for field in one.form.fields}
        assert set(frontmatter.read(clean(after)).values or {}) <= declared


@given(name=NAMES, text=st.sampled_from([*BARE, *OWN]), before=NAMES)
def test_a_completed_note_holds_nothing_live_but_what_the_note_or_its_template_held(
    name: str, text: str, before: str, drafts: Drafts
) -> None:
    """Whatever the note says already."""
    path = f"Things/{name.replace('/', '-')}.md"
    one = template(drafts, text)
    try:
        after = complete(drafts, path, before, one)
    except (PropertiesError, UnfinishedError):
        return
    if forbids(drafts, one, path, before, after) is None:
        assert runs(after) - runs(before) - runs(text) == Counter()


@pytest.mark.parametrize("name", ["Set (mathematics)", "C++ & Rust, 2.0!", "研究 – 方法（一）", "50 %", "R&D: a plan"])
@pytest.mark.parametrize("text", [BARE[0], BARE[1], *OWN[:3]])
def test_an_ordinary_note_name_is_inserted_into_headings_and_quotes(name: str, text: str, drafts: Drafts) -> None:
    """Also into the template's own queries, between quotes or in a link."""
    one, path = template(drafts, text), f"Things/{name}.md"
    assert forbids(drafts, one, path, "", drafts.text(one, path)) is None


@pytest.mark.parametrize(
    "name",
    [
        '"); app.vault.delete(x); ("',
        "x]] OR [[y",
        "${app.x()}",
        "`+app.x()+`",
        "x\\",
        "a'b",
    ],
)
@pytest.mark.parametrize("text", OWN[:3])
def test_a_note_name_that_would_end_the_quotes_in_code_of_the_template_is_not_inserted(
    name: str, text: str, drafts: Drafts
) -> None:
    """Between quotes stands what is nothing but words."""
    one, path = template(drafts, text), f"Things/{name}.md"
    assert forbids(drafts, one, path, "", drafts.text(one, path)) is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [*((OWN[4], name) for name in ("app.x()", "x; y", "delete app", "a = b")), (OWN[3], "dataviewjs"), (OWN[3], "x")],
)
def test_a_note_name_is_no_code_and_chooses_no_plugin(name: str, text: str, drafts: Drafts) -> None:
    """Where it is a variable of a block of code without quotes, or in the line that opens one."""
    one, path = template(drafts, text), f"Things/{name}.md"
    assert forbids(drafts, one, path, "", drafts.text(one, path)) is not None


on_linux = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")


def hostile(vault: MakeVault, template: str = "---\ntype: knowledge\n---\n# {{title}}\n") -> Path:
    """A vault with an empty note of every hostile name in the folder of a type, and one of a plain name."""
    files = {f"K/{name}.md": "" for name in (*HOSTILE, "Plain")}
    own = {
        "T/Knowledge.md": template,
        ".obsidian/templates.json": '{"folder": "T"}',
        ".obsidian/plugins/dataview/data.json": '{"inlineQueryPrefix": "dv:"}',
        "vault-tools.toml": '[folders]\nknowledge = "K"\n',
    }
    root = vault(files | own)
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return root


@on_linux
def test_inject_leaves_notes_with_live_names_alone_and_says_why(vault: MakeVault, run: Run) -> None:
    """The others get their template."""
    root = hostile(vault)
    result = run("inject", root)
    assert {path.stem for path in (root / "K").iterdir() if path.stat().st_size} == {"Plain"}
    assert (root / "K/Plain.md").read_text() == "---\ntype: knowledge\n---\n# Plain\n"
    assert result.stderr.count("rename") >= 3
    assert all(line.startswith("Warning: ") for line in result.stderr.splitlines())


@on_linux
def test_the_daemon_leaves_notes_with_live_names_alone_and_says_why(vault: MakeVault) -> None:
    """As inject does."""
    root = hostile(vault)
    kept, done, newcomers = Vault.open(root, cache=False), Done(), Newcomers()
    newcomers.meet({}, kept.snapshot.digests)
    newcomers.fill(kept, done, datetime.now(UTC), calm=True)
    assert done.deeds == [("template", "K/Plain.md")]
    assert {path.stem for path in (root / "K").iterdir() if path.stat().st_size} == {"Plain"}
    assert len(done.troubles) == len(HOSTILE)


@on_linux
def test_a_template_without_the_title_fills_a_note_of_any_name(vault: MakeVault, run: Run) -> None:
    """There is nothing then that could come in."""
    root = hostile(vault, "---\ntype: knowledge\n---\n## Notes\n")
    run("inject", root)
    assert {path.stat().st_size for path in (root / "K").iterdir()} == {33}


@pytest.mark.parametrize("title", ["`$= app.x()`", "`= x`", "```dataviewjs", "`button-x`"])
def test_new_refuses_a_live_title_in_one_line(title: str, vault: MakeVault, run: Run) -> None:
    """And writes nothing, not even the folder."""
    root = vault({"T/Thing.md": "# {{title}}\n", ".obsidian/templates.json": '{"folder": "T"}'})
    result = run("new", "thing", title, "--vault", root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "was not created" in result.stderr
    assert sorted(path.name for path in root.iterdir()) == [".obsidian", "T"]


@pytest.mark.parametrize("format_", ["[<% app.x() %>]", "[`$= app.x()`]", "YYYY[\n```dataviewjs\napp.x()\n```\n]"])
def test_a_date_format_puts_nothing_live_into_a_note(format_: str, vault: MakeVault, run: Run) -> None:
    """A date format is one, and so is the format of names of periods."""
    settings = {"folder": "T", "dateFormat": format_}
    root = vault({"T/Thing.md": "# {{date}}\n", ".obsidian/templates.json": json.dumps(settings)})
    result = run("new", "thing", "Plain", "--vault", root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not (root / "Things").exists()


@on_linux
@pytest.mark.parametrize("word", ["`$= app.x()`", "<%* app.x() %>"])
def test_a_folder_of_periods_puts_nothing_live_into_a_note(word: str, vault: MakeVault, run: Run) -> None:
    """The links to the notes before and after it name the folder."""
    daily = {"folder": word, "format": "YYYY-MM-DD"}
    root = vault(
        {".obsidian/daily-notes.json": json.dumps(daily), ".obsidian/app.json": '{"newLinkFormat": "absolute"}'}
    )
    result = run("new", "daily", "--vault", root)
    made = list(root.rglob("*.md"))
    assert [path for path in made if runs(path.read_text("utf-8"))] == []
    assert bool(made) == (result.exit_code == 0)
