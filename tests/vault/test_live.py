"""Nothing that a plugin of Obsidian runs comes into a note or a page by a name, a setting or a word."""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, Run, write

from vault_tools import Vault
from vault_tools.authoring.complete import UnfinishedError, complete
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.guard import forbids
from vault_tools.daemon.done import Done
from vault_tools.daemon.newnotes import Newcomers
from vault_tools.dialect.live import constructs
from vault_tools.errors import SettingsError
from vault_tools.forms import Template
from vault_tools.parse import frontmatter
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.note import clean

NOW = datetime(2024, 5, 6, 13, 5, 9, tzinfo=UTC)
LONG_AGO = 1_600_000_000

PIECES = [
    *(
        "<%",
        "<%*",
        "<%+",
        "%>",
        "-%>",
        "<",
        ">",
        "%",
        "% app.x() %",
        "<% app.x() %>",
        "<%* app.x() -%>",
        "tp.file.title",
    ),
    *("`", "``", "```", "````", "~~~", "$=", "=", "`$= app.x()`", "`= x`", "` $= app.x() `", "``$= app.x()``", "dv:"),
    *(
        "`dv: x`",
        "`INPUT[x]`",
        "`BUTTON[x]`",
        "`VIEW[x]`",
        "`button-x`",
        "\\",
        "\\`",
        "\\\\`= x`",
        "$",
        "&lt;%",
        "&#60;%",
    ),
    *("```dataviewjs", "```dataview", "~~~dataviewjs", "```run-python", "```button", "```meta-bind", "```customjs"),
    *(
        "dataviewjs",
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\n```dataviewjs\napp.x()\n```\n",
        "    = x",
    ),
    *("<script>app.x()</script>", "<code>$= app.x()</code>", "<iframe src=x>", "<img src=x onerror=app.x()>", "<!--"),
    *(
        "%%",
        "%% vault-tools:begin gaps %%",
        "%% vault-tools:end %%",
        "---",
        "\n---\n",
        ": ",
        "x: y",
        "[[",
        "]]",
        "![[x]]",
    ),
    *(
        "'",
        '"',
        '"); app.x(); ("',
        "'); app.x(); ('",
        "${app.x()}",
        "{{title}}",
        "{{date}}",
        "{",
        "}",
        "|",
        "#",
        "^",
        "a",
    ),
    *(
        " ",
        "\t",
        "词",
        "\u202e",
        "\u200b",
        "\u00a0",
        "# ",
        "> ",
        "- ",
        "1. ",
        "\t= x",
        "delete app",
        "app.x()",
        "javascript:",
    ),
]
"""What a hostile name is made of."""

NAMES = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), min_size=1, max_size=6).map("".join)

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

# ---------------------------------------------------------------- what is live, told by another way

RUNS = re.compile(
    r"<%|%>|^[ \t>]*(?:```|~~~)|(?<!\\)`\s*(?:\$?=|dv:|INPUT\[|VIEW\[|BUTTON\[|button-)|</?[a-z!?]|%%\s*vault-tools",
    re.IGNORECASE | re.MULTILINE,
)
"""What Templater, Dataview, Meta Bind and Buttons look for, spelled independently of the guard."""


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


# ---------------------------------------------------------------- what is written into notes


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
def test_a_note_that_is_completed_holds_nothing_live_but_what_it_or_its_template_held(
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
def test_an_ordinary_name_comes_into_headings_and_quotes(name: str, text: str, drafts: Drafts) -> None:
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
def test_a_name_that_would_end_its_quotes_in_the_template_s_code_does_not_come_in(
    name: str, text: str, drafts: Drafts
) -> None:
    """Between quotes stands what is nothing but words."""
    one, path = template(drafts, text), f"Things/{name}.md"
    assert forbids(drafts, one, path, "", drafts.text(one, path)) is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [*((OWN[4], name) for name in ("app.x()", "x; y", "delete app", "a = b")), (OWN[3], "dataviewjs"), (OWN[3], "x")],
)
def test_a_name_is_no_code_and_chooses_no_plugin(name: str, text: str, drafts: Drafts) -> None:
    """Where it is a variable of a block of code without quotes, or in the line that opens one."""
    one, path = template(drafts, text), f"Things/{name}.md"
    assert forbids(drafts, one, path, "", drafts.text(one, path)) is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a `code` b", 0),
        ("`= x`", 1),
        ("`  $= x`", 1),
        ("``\n= x``", 1),
        ("\\`= x\\`", 0),
        ("\\\\`= x`", 1),
        ("\\``= x`", 1),
        ("<% x", 1),
        ("a %> b", 1),
        ("&lt;% x %&gt;", 0),
        ("```any\nx\n```", 1),
        ("a < b > c", 0),
        ("<b>", 1),
        ("<CODE>$= x</CODE>", 1),
        ("%% vault-tools:begin x %%", 1),
        ("-     = x", 1),
        ("= x", 0),
        ("`dv: x`", 1),
    ],
)
def test_what_counts_as_live(text: str, found: int) -> None:
    """Escaped signs and plain code do not."""
    assert sum(constructs(text, ["dv:"]).values()) == found


def test_an_empty_prefix_makes_all_inline_code_live() -> None:
    """As Dataview takes it."""
    assert constructs("a `code` b", [""])


@pytest.mark.parametrize(
    "piece",
    ["<%", "%>", "`", "` ", "`= ", "\\`", "```", "~~~", "<code>", "<a", "<", "%%", "    ", "\t= ", "\n= "],
)
def test_looking_for_what_is_live_takes_as_long_as_the_text(piece: str) -> None:
    """Processor time for eight times the text is far below what a quadratic search would take."""

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        began = process_time()
        constructs(text)
        return process_time() - began

    assert min(cost(80_000) for _ in range(2)) < 24 * max(min(cost(10_000) for _ in range(3)), 0.001)


# ---------------------------------------------------------------- with files

HOSTILE = [
    "<%* app.x() %>",
    "`$= app.x()`",
    "`= this.file.name`",
    "``$= app.x()``",
    "`dv: x`",
    "a\n```dataviewjs\napp.x()\n```\n",
    "a\r~~~dataviewjs",
    "```run-python",
    "<iframe src=x>",
    "<code>$= app.x()<",
    "`BUTTON[x]`",
    "%% vault-tools:begin gaps %%",
    "x %> y",
    "[[Plain]]",
]
"""Names of notes that a plugin would run where they are written as they are."""
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
def test_inject_leaves_such_notes_alone_and_says_why(vault: MakeVault, run: Run) -> None:
    """The others get their template."""
    root = hostile(vault)
    result = run("inject", root)
    assert {path.stem for path in (root / "K").iterdir() if path.stat().st_size} == {"Plain"}
    assert (root / "K/Plain.md").read_text() == "---\ntype: knowledge\n---\n# Plain\n"
    assert result.stderr.count("rename") >= 3
    assert all(line.startswith("Warning: ") for line in result.stderr.splitlines())


@on_linux
def test_the_daemon_leaves_such_notes_alone_and_says_why(vault: MakeVault) -> None:
    """As inject does."""
    root = hostile(vault)
    kept, done, newcomers = Vault.open(root, cache=False), Done(), Newcomers()
    newcomers.meet({}, kept.digests)
    newcomers.fill(kept, done, datetime.now(UTC), calm=True)
    assert done.deeds == [("template", "K/Plain.md")]
    assert {path.stem for path in (root / "K").iterdir() if path.stat().st_size} == {"Plain"}
    assert len(done.troubles) == len(HOSTILE)


@on_linux
def test_a_template_that_does_not_name_the_note_fills_it_whatever_it_is_called(vault: MakeVault, run: Run) -> None:
    """There is nothing then that could come in."""
    root = hostile(vault, "---\ntype: knowledge\n---\n## Notes\n")
    run("inject", root)
    assert {path.stat().st_size for path in (root / "K").iterdir()} == {33}


@pytest.mark.parametrize("title", ["`$= app.x()`", "`= x`", "```dataviewjs", "`button-x`"])
def test_new_refuses_such_a_title_in_one_line(title: str, vault: MakeVault, run: Run) -> None:
    """And writes nothing, not even the folder."""
    root = vault({"T/Thing.md": "# {{title}}\n", ".obsidian/templates.json": '{"folder": "T"}'})
    result = run("new", "thing", title, "--vault", root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "was not created" in result.stderr
    assert sorted(path.name for path in root.iterdir()) == [".obsidian", "T"]


@pytest.mark.parametrize("format_", ["[<% app.x() %>]", "[`$= app.x()`]", "YYYY[\n```dataviewjs\napp.x()\n```\n]"])
def test_a_setting_puts_nothing_live_into_a_note(format_: str, vault: MakeVault, run: Run) -> None:
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


# ---------------------------------------------------------------- pages and regions


def live_in(text: str) -> Iterable[str]:
    """Yield what is run in a page, but for drawings of Mermaid, and a block of our own words."""
    plain = re.sub(r"^((?:> )*)```(?:mermaid)?\n(.*?)\n\1```$", r"\2", text, flags=re.MULTILINE | re.DOTALL)
    yield from RUNS.findall(plain)


STYLES = {
    "uri": ("uri", "{}"),
    "wikilink": ("wikilink", '{"newLinkFormat": "shortest"}'),
    "markdown": ("wikilink", '{"useMarkdownLinks": true}'),
}


def soaked(names: Sequence[str], style: str) -> dict[str, str]:
    """A vault in which each name stands wherever one can: file, folder, alias, heading, property, type, tag, word."""
    links, app = STYLES[style]
    rows = [f'[reports]\nlinks = "{links}"\nfolder = {quoted("R " + as_file(names[0]))}\n']
    files: dict[str, str] = {".obsidian/app.json": app}
    for rule, name in zip(("learn", "practise", "keep", "pause", "review"), names, strict=False):
        rows.append(f"[advice.{rule}]\ntitle = {quoted(name)}\nstep = {quoted(name)}\n")
    for at, name in enumerate(names):
        said, file = quoted(name), as_file(name)
        known = f"names = [{said}]\nlabel = {said}\n"
        rows += [
            f"[types.{quoted(f't{at} {name}')}]\n{known}",
            f"[relations.{quoted(f'r{at} {name}')}]\n{known}",
        ]
        files |= {
            f"F {file}/{file}.md": f"---\ntype: {said}\naliases: [{said}]\nrequires: [{said}]\n---\n# {name}\n",
            f"{file}.md": f"---\ntype: knowledge\n{said}: {said}\ntags: [{said}]\n---\n[[{name}]] [[Gone|{name}]]\n",
            f"Logs/2024-05-06 {file}.md": f"---\ntype: log\ndate: 2024-05-06\nlearned: [{said}, '[[P{at}]]']\n---\n",
            f"P{at}.md": f"---\ntype: core-topic\ncontains: [{said}]\nstatus: {said}\n---\n{regions(name)}",
        }
    return files | {"vault-tools.toml": "".join(rows)}


def quoted(text: str) -> str:
    """A text in quotes that TOML and YAML read alike."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_file(name: str) -> str:
    """A name that a file can have."""
    return name.replace("/", "-").replace("\0", "")[:60] or "x"


KINDS = ("gaps", "topic", "next", "path", "week")


def regions(name: str) -> str:
    """The markers of every kind of region; one has the name for its argument."""
    argument = " ".join(name.replace("%", "").split())
    kinds = [*KINDS, *([f"path {argument}"] if argument else [])]
    return "".join(f"%% vault-tools:begin {kind} %%\n%% vault-tools:end {kind.split()[0]} %%\n\n" for kind in kinds)


def shown(root: Path) -> dict[str, str]:
    """The text of every page, and what every region of a note would hold."""
    read = Vault.open(root, cache=False, today=NOW.date())
    texts = {page.path: page.text for page in read.reports if page.path.endswith(".md")}
    content = read._content()
    bodies = [content(note, region) or "" for note in read.notes for region in note.regions]
    assert len(bodies) >= len(KINDS)
    assert any(bodies)
    return texts | {f"region {at}": body for at, body in enumerate(bodies)}


@on_linux
@pytest.mark.parametrize("style", STYLES)
def test_pages_and_regions_hold_nothing_live_whatever_the_names(style: str, tmp_path: Path) -> None:
    """Hostile names wherever a name can stand, all at once; and a vault that is called so."""
    root = tmp_path / "`$= app.x()` <% x %>"
    write(root, soaked(HOSTILE, style))
    assert {path: found for path, text in shown(root).items() if (found := list(live_in(text)))} == {}


@on_linux
@pytest.mark.slow
@given(names=st.lists(NAMES.filter(str.strip), min_size=1, max_size=4), style=st.sampled_from([*STYLES]))
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_pages_and_regions_hold_nothing_live_whatever_hostile_names_are_made_of(names: list[str], style: str) -> None:
    """Random ones; where the file system or the settings take no such name, the others are tried."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "v"
        with suppress(OSError, ValueError):
            write(root, soaked(names, style))
        try:
            texts = shown(root)
        except SettingsError:
            (root / "vault-tools.toml").unlink()
            texts = shown(root)
        assert {path: found for path, text in texts.items() if (found := list(live_in(text)))} == {}
