"""Our pages as they are seen in Obsidian's reading view: whole tables, no raw markup; and the viewer that shows it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_view import body, leftovers, reading_view, uneven_rows
from shared.browser import one_browser
from shared.vaults import MakeVault, Run

from vault_tools.model.chart import Chart
from vault_tools.render.charts import svg_trends
from vault_tools.render.mermaid import mermaid_trend

SAMPLE = Path(__file__).parents[2] / "sample_vault"
CHART = Chart("复用率", "%", ("一月", "二月"), (30.0, 70.0), (3, 7), ("30 %", "70 %"), target=50.0)


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


# ------------------------------------------------------------------ our pages

PUBLISHED = {"Gaps.md", "Learning.md", "Orphans.md", "Overview.md"}
BROKEN = r"!?\[\[[^\[\]]*\]\]"
"""Broken links are shown as they are written, and so is the text that mends them: both are to be found and copied."""


@pytest.fixture(params=["uri", "wikilink"])
def reported(tmp_path: Path, run: Run, request: pytest.FixtureRequest) -> Path:
    """The sample vault with its pages, in each style of links."""
    vault = tmp_path / "vault"
    shutil.copytree(SAMPLE, vault)
    settings = vault / "vault-tools.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[reports]\nlinks = "{request.param}"\n', "utf-8")
    assert run("report", vault).exit_code == 0
    return vault


def test_every_page_of_the_sample_vault_shows_no_raw_markup(reported: Path) -> None:
    """In every table each row has as many cells as its head, and each block that Mermaid is to draw is drawn."""
    made = sorted((reported / "_vault-tools").glob("*.md"))
    assert {page.name for page in made} >= PUBLISHED
    for page in made:
        text = page.read_text("utf-8")
        assert uneven_rows(text) == []
        assert ("\n## " in text and "\n> [!" in text) or page.name not in PUBLISHED
        with reading_view(page, vault=reported) as opened:
            assert leftovers(opened, BROKEN if page.name == "Gaps.md" else "") == []
            assert opened.complaints == []
            assert (opened.page.locator("h2").count() > 0) == ("\n## " in text)
            assert (opened.page.locator(".callout-title").count() > 0) == ("\n> [!" in text)
            drawn = opened.page.locator("pre.mermaid svg").count()
            assert drawn == (opened.page.locator("pre.mermaid").count() if os.environ.get("VAULT_TOOLS_MERMAID") else 0)


def test_a_page_with_a_trend_shows_its_picture_and_its_block(vault: MakeVault) -> None:
    """The picture is embedded by its name, as Obsidian finds it."""
    root = vault({
        "_vault-tools/Page.md": f"---\na: 1\n---\n![[trends.svg]]\n\n{mermaid_trend(CHART)}\n",
        "_vault-tools/trends.svg": svg_trends([CHART]),
    })  # fmt: skip
    with reading_view(root / "_vault-tools" / "Page.md", vault=root) as opened:
        assert opened.page.evaluate("document.images[0].naturalWidth") == 760
        assert opened.page.locator("pre.mermaid").count() == 1
        assert leftovers(opened) == []


# ------------------------------------------------------------------ the viewer


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("---\na: [[b]]\n---\ntext", "<p>text</p>\n"),
        ("[[A#B|c]]", '<p><a class="internal-link" data-href="A#B">c</a></p>\n'),
        ("[[A#B]]", '<p><a class="internal-link" data-href="A#B">A &gt; B</a></p>\n'),
        ("[[#C]]", '<p><a class="internal-link" data-href="#C">C</a></p>\n'),
        (r"\[\[A\]\]", "<p>[[A]]</p>\n"),
        ("`[[A]]`", "<p><code>[[A]]</code></p>\n"),
        ("a ==b== %%c%%d", "<p>a <mark>b</mark> d</p>\n"),
        ("$x^2$, \\$5 and #tag/中文", '<p><span class="math">x^2</span>, $5 and <a class="tag">#tag/中文</a></p>\n'),
        ("a#b #1", "<p>a#b #1</p>\n"),
        ("one\ntwo", "<p>one<br />\ntwo</p>\n"),
        ("```mermaid\npie\n```", '<pre class="mermaid">pie\n</pre>\n'),
        (
            "> [!tip]- Title\n> text",
            '<div class="callout" data-callout="tip">\n<div class="callout-title">Title</div>\n<p>text</p>\n</div>\n',
        ),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
    ],
)  # fmt: skip
def test_the_viewer_shows_the_syntax_of_obsidian_as_obsidian_does(markdown: str, html: str) -> None:
    """Properties are hidden, links have their label, callouts their title; line breaks are kept."""
    assert body(markdown) == html


@pytest.mark.parametrize("row", ["| [[N|x]] | 1 |", "| 1 |", "| 1 | 2 | 3 |"])
def test_the_viewer_finds_rows_with_too_many_or_too_few_cells(row: str) -> None:
    """A pipe in a link's label must be escaped in a table."""
    head = "| a | b |\n| --- | --- |\n"
    assert uneven_rows(f"{head}| [[N\\|x]] | 1 |\n{row}\n") == [row]


@pytest.mark.parametrize(
    "raw",
    ["\\*\\*bold\\*\\*", "\\[\\[link\\]\\]", "a \\| b", "\\==mark\\==", "&amp;lt;", "\\## head", "\\[!tip]", "a\\\\b"],
)
def test_the_viewer_finds_raw_markup_and_ignores_code(raw: str, vault: MakeVault) -> None:
    """What looks like markup to a reader is markup that was lost, or escaped where it should not be."""
    root = vault({"Page.md": f"fine **bold** `**code**`\n\n{raw}\n"})
    with reading_view(root / "Page.md") as opened:
        assert len(leftovers(opened)) == 1
