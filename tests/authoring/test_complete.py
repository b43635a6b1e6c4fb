"""`inject --complete`: a note gets what its template has and it lacks, and keeps every line."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shared.authoring_vaults import NOW, files, opened, settled
from shared.vaults import MakeVault, Run, write

from vault_tools import shipped
from vault_tools.authoring.complete import UnfinishedError, complete
from vault_tools.authoring.draft import Drafts
from vault_tools.model.note import Source
from vault_tools.parse import frontmatter, note
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.note import clean


def test_complete_adds_only_what_is_missing(vault: MakeVault, run: Run) -> None:
    """In the order of the template; what is there under another name, in another language, counts."""
    text = (
        "---\r\n# mine\r\ntype: 知识\r\n需要: ['[[X]]']\r\nAliases: []\r\n---\r\n"
        "text\r\n### 何时有用，何时无用\r\nsometimes\r\n"
    )
    root = settled(vault({"量化.md": "\ufeff" + text}))
    assert run("inject", root, "--complete", "量化").exit_code == 0
    assert (root / "量化.md").read_bytes().decode() == "\ufeff" + text.replace(
        "Aliases: []\r\n", "Aliases: []\r\nlearned-from: []\r\nstage:\r\n"
    ) + ("\r\n## How it works\r\n\r\n## Where I used it\r\n")


def test_complete_gives_a_reflection_the_regions_of_its_own_period(vault: MakeVault, run: Run) -> None:
    """Told by its name or by its property; a region that is there already is not given twice."""
    root = settled(
        vault(
            {
                "2024-W19.md": "---\ntype: reflection\n---\n"
                "%% vault-tools:begin week short %%\n%% vault-tools:end week %%\n",
                "April.md": "---\ntype: 反思\n周期: 2024-04\n---\n## 我还缺什么？\n",
                "Some day.md": "---\ntype: reflection\n---\n",
            }
        )
    )
    assert run("inject", root, "--complete").exit_code == 0
    week, april = (root / "2024-W19.md").read_text("utf-8"), (root / "April.md").read_text("utf-8")
    assert week.count("%% vault-tools:begin week short %%") == week.count("%% vault-tools:begin week solved %%") == 1
    assert 'next: "[[2024-W20]]"' in week
    assert "begin month solved" in april
    assert "begin month short" not in april
    assert "short of" not in april
    assert "period" not in april
    assert (root / "Some day.md").read_text("utf-8") == "---\ntype: reflection\n---\n"


def test_complete_invents_no_date(vault: MakeVault, run: Run) -> None:
    """The day that a note's name says is its day; that of another is not known, and stays empty."""
    root = settled(vault({"2024-04-02 x.md": "---\ntype: log\n---\n", "y.md": "---\ntype: log\n---\n"}))
    run("inject", root, "--complete")
    dates = {path: (frontmatter.read(data.decode()).values or {})["date"] for path, data in files(root).items()}
    assert dates == {"2024-04-02 x.md": "2024-04-02", "y.md": None}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntype: knowledge\n---\n```\ncode", "inside a code block, formula or comment that is not closed"),
        ("---\ntype: knowledge\n---\n~~~\n\n", "inside a code block, formula or comment that is not closed"),
        ("---\ntype: knowledge\na: b: c\n---\n", "its type has no template"),
        ("---\ntype: knowledge\n---\n<!-- html\n", "inside a code block, formula or comment that is not closed"),
    ],
)
def test_complete_leaves_a_note_alone_where_nothing_can_be_added(
    text: str, reason: str, vault: MakeVault, run: Run
) -> None:
    """It says why."""
    root = settled(vault({"N.md": text}))
    assert reason in run("inject", root, "--complete", "N.md").stderr
    assert (root / "N.md").read_text("utf-8") == text


@cache
def _drafts(language: str, folder: str) -> Drafts:
    root = Path(folder) / language
    write(root, {".obsidian/app.json": "{}", "vault-tools.toml": f'language = "{language}"'})
    return Drafts(opened(root.resolve()), NOW)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A folder for two vaults, one in each language."""
    yield str(tmp_path_factory.mktemp("laws"))
    _drafts.cache_clear()


LINES = st.sampled_from(
    [
        *(
            "text",
            "",
            "- item",
            "# 标题",
            "## How it works",
            "## 步骤",
            "```",
            "%%",
            "> quote",
            "    code",
            "| a |",
            "$$",
        ),
        *("## Question", "---", "a: b", "<!--", "<div>", "[^1]: x", "#tag", "  ", "## 原理 ##", "Setext", "==="),
    ]
)
PROPERTIES = st.sampled_from(
    [
        "",
        "---\n---\n",
        "---\ntype: x\n---\n",
        "---\ntype: x\n需要: [a]\ndate: 2024-01-01\n---\n",
        '---\nRequires:\n  - "[[A]]"\n# why\nstatus: done\n---\n',
        '---\n"type": {a: 1}\n学习: []\n---\n',
        "---\na: |\n  text\n---\n",
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A note of odd lines, with any line ends, with or without a mark and a last line end."""
    body = "\n".join(draw(st.lists(LINES, max_size=8))) + draw(st.sampled_from(["", "\n"]))
    text = (draw(PROPERTIES) + body).replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text


@given(texts(), st.sampled_from(list(shipped.note_templates())), st.sampled_from(["en", "zh"]))
def test_completing_a_note_keeps_every_line_and_a_second_time_adds_nothing(
    place: str, text: str, name: str, language: str
) -> None:
    """Nothing but what is missing comes in; the second time, nothing does."""
    drafts = _drafts(language, place)
    template = drafts.vault.forms.templates[name]
    try:
        after = complete(drafts, "N.md", text, template)
    except (PropertiesError, UnfinishedError):
        assume(condition=False)
        return
    assert complete(drafts, "N.md", after, template) == after
    _keeps(text, after)
    forms = drafts.vault.forms
    old, new_ = (note.parse(Source("N.md", each, "")) for each in (text, after))
    values = new_.frontmatter or {}
    assert {forms.meaning(field.name) for field in template.form.fields} <= {forms.meaning(key) for key in values}
    assert {**values, **(old.frontmatter or {})} == values
    added = [heading.text for heading in new_.headings][len(old.headings) :]
    wanted = {section.text for section in template.form.sections}
    assert set(added) <= wanted
    assert {forms.heading(text_) for text_ in wanted} <= {forms.heading(heading.text) for heading in new_.headings}


def _keeps(text: str, after: str) -> None:
    """Every line of a text is in the other, in its order, with its line end; the mark is where it was."""
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    rest: Any = iter(after.removeprefix("\ufeff").splitlines(keepends=True))
    own = text.removeprefix("\ufeff").splitlines(keepends=True)
    whole = own if not own or own[-1].endswith(("\n", "\r")) else own[:-1]
    assert all(line in rest for line in whole)
    assert not own or own is whole or clean(own[-1]) in clean(after)
