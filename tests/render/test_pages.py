"""Reports: pages that name what was found, change nothing in the graph, and hold no markup of the notes'."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.model.note import Link, Note, Source
from vault_tools.model.speech import format_english
from vault_tools.parse.note import parse
from vault_tools.render.pages import names as page_names

LINKING: dict[str, str | bytes] = {
    "A.md": "---\ntype: knowledge\nrequires: '[[B]]'\n---\n[[Missing one]] [[B#Nope]] ![[no.png]] #tag\n",
    "B.md": "---\ntype: knowledge\nrequires: '[[A]]'\n---\n[[A]] [[sub/A]]\n",
    "C.md": "[[B]] [[A]] [[Missing one]]\n",
    "sub/A.md": "---\ntype: knowledge\n---\nthe other A, known to B alone\n",
    "Topic.md": "---\ntype: core-topic\ncontains: ['[[A]]', '[[Missing two]]']\n---\n",
    "Goal.md": "---\ntype: project\nrequires: ['[[A]]', '[[Missing two]]']\n---\n",
    "Log.md": "---\ntype: log\ndate: 2024-05-01\nlearns: '[[A]]'\n---\n",
    "Alone [1].md": "alone\n",
    "I1.md": "[[I2]]\n",
    "I2.md": "island\n",
    "unused.png": b"x",
    "Bad.md": "---\na: b: c\n---\n",
    "Board.canvas": "{",
}

MARKUP = [
    "</script><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    '"><svg onload=window.PWNED=1>',
    "javascript:window.PWNED=1",
    "see href <img src=x onerror=window.PWNED=1>",
    "</title>",
    "-->",
    "]]>",
    "<!--<script>",
    "${1}",
    "{{x}}",
    "<% x %>",
    "line\u2028separator",
    "nul\0byte",
    "\u202ertl override",
    "[[x]]",
    "![[x]]",
    "[x](y.md)",
    "[x][y]",
    "#tag",
    "a #tag/sub b",
    "key:: value",
    "[key:: value]",
    "(key:: [[x]])",
    "<% tp.file.delete() %>",
    "a | pipe",
    "a \\| pipe",
    "ends in a backslash \\",
    "`code`",
    "``` fence",
    "%% comment",
    "%% a %%",
    "==mark== ~~gone~~ **bold** _it_",
    "$x$ $$y$$",
    "^block-id",
    "[^1]: note",
    "[^1]",
    "- item",
    "> quote",
    "# heading",
    "--- \n---\ntype: log",
    "&lt;b&gt; &#91;&#91;x&#93;&#93;",
    "\"quoted\" 'too'",
    "名字::值 #标签 [[链接]]",
    "http://example.org/#tag",
    "end]] of [[it",
]


def links_of(note: Note) -> list[Link]:
    """Return the links of a page of ours that lead to a note, not to a heading of itself or to our own pages."""
    own = {f"_vault-tools/{file}" for name in page_names() for file in (name, name.removesuffix(".md"))}
    own |= {"_vault-tools/graph.html", "_vault-tools/graph", "_vault-tools/learning.svg", "./graph.html"}
    return [link for link in note.links if link.target and link.target not in own]


def parsed(root: Path) -> dict[str, Note]:
    """Return our Markdown pages as Obsidian reads them."""
    return {
        name: parse(Source(f"_vault-tools/{name}", data.decode(), ""))
        for name, data in pages(root).items()
        if name.endswith(".md")
    }


def is_inert(root: Path) -> None:
    """Check that no page holds a tag, a field, a block, a foreign link, or properties of somebody else's."""
    for name, note in parsed(root).items():
        assert not note.body_tags, name
        assert not note.fields, name
        assert not note.blocks, name
        assert not note.footnotes, name
        assert not links_of(note), name
        assert {**(note.frontmatter or {}), "generated-for": ""} == {"generated-by": "vault-tools", "generated-for": ""}
        assert not note.problems
        text = pages(root)[name].decode()
        assert "<%" not in text
        assert not re.search(r"<(?!%)[a-zA-Z/!]", text)
        assert "\0" not in text
        assert "\u2028" not in text
        headings = {heading.text for heading in note.headings}
        assert {link.subpath[1:] for link in note.links if not link.target} <= headings


def test_a_second_report_equals_the_first(vault: MakeVault, run: Run) -> None:
    """Our own pages are no notes, so a report does not change what it measures."""
    root = vault(LINKING)
    graph = Vault.open(root, cache=False).knowledge
    run("report", root)
    first = pages(root)
    for options in ([], ["--no-cache"]):
        run("report", root, *options)
        assert pages(root) == first
        after = Vault.open(root, cache=False).knowledge
        assert (after.nodes, after.edges) == (graph.nodes, graph.edges)


@pytest.mark.parametrize("links", ["uri", "wikilink"])
def test_a_second_report_equals_the_first_in_either_style_of_links(links: str, vault: MakeVault, run: Run) -> None:
    """Links of ours do not count, however they are drawn."""
    root = vault(LINKING | {"vault-tools.toml": f'[reports]\nlinks = "{links}"\n'})
    run("report", root)
    first = pages(root)
    run("report", root, "--no-cache")
    assert pages(root) == first


def test_pages_link_to_notes_by_address_and_so_leave_the_graph_of_obsidian_alone(vault: MakeVault, run: Run) -> None:
    """The only wikilinks are those to headings of the same page; the only Markdown links those to our own pages."""
    root = vault(LINKING)
    run("report", root)
    is_inert(root)
    text = b"".join(data for name, data in pages(root).items() if name.endswith(".md")).decode()
    assert "obsidian://open?file=A)" in text
    assert "obsidian://open?file=sub%2FA)" in text
    assert "obsidian://open?file=Alone%20%5B1%5D)" in text


def test_pages_have_wikilinks_if_the_settings_say_so_and_each_finds_its_note(vault: MakeVault, run: Run) -> None:
    """Each one resolves to the note it names, by path where two share a name."""
    root = vault(LINKING | {"vault-tools.toml": '[reports]\nlinks = "wikilink"\n'})
    run("report", root)
    from vault_tools.graph.resolve import Resolver

    resolver = Resolver(Vault.open(root).knowledge.nodes)
    targets = [link.target for note in parsed(root).values() for link in links_of(note)]
    assert {"A", "B", "sub/A", "unused.png"} <= set(targets)
    found = {target: resolver.resolve(target, "_vault-tools/Gaps.md") for target in targets}
    assert [target for target, path in found.items() if path is None] == []
    assert found["A"] == "A.md"
    assert found["sub/A"] == "sub/A.md"


def test_links_between_our_pages_find_their_page(vault: MakeVault, run: Run) -> None:
    """The overview leads to each of the others."""
    root = vault(LINKING)
    run("report", root)
    targets = {link.target for link in parsed(root)["Overview.md"].links}
    assert {"Gaps.md", "Learning.md", "Orphans.md"} <= {*page_names()}
    pages_ = {f"_vault-tools/{name}" for name in page_names() if name != "Overview.md"}
    assert targets == pages_ | {"./graph.html"}
    assert [target for target in pages_ if not (root / target).is_file()] == []
    assert (root / "_vault-tools" / "graph.html").is_file()


def test_the_reports_lead_to_views_of_the_map(vault: MakeVault, run: Run) -> None:
    """By links between files, so that any program may follow them; a report without anything to show has none."""
    root = vault(LINKING | {"Log.md": "---\ntype: log\ndate: 2024-05-01\nlearned: '[[A]]'\n---\n"})
    run("report", root)
    views = {
        name: [link.subpath for link in note.links if link.target == "./graph.html"]
        for name, note in parsed(root).items()
    }
    assert {name: each for name, each in views.items() if each or name == "Orphans.md"} == {
        "Overview.md": ["", "#mode=gaps", "#mode=learning"],
        "Gaps.md": ["#mode=gaps"],
        "Learning.md": ["#mode=learning"],
        "Orphans.md": [],
    }


def test_the_overview_gives_the_figures_of_the_vault(vault: MakeVault, run: Run) -> None:
    """Notes, orphans with their denominator, types, relations, problems, the gap that matters most."""
    root = vault(LINKING)
    summary = json.loads(run("report", root, "--json").stdout)
    text = pages(root)["Overview.md"].decode()
    assert f"**{summary['notes']}** notes" in text
    for name, count in summary["types"].items():
        assert f"| {name} | {count} |" in text
    for name, count in summary["relations"].items():
        assert re.search(rf"^\| {name} \| \w+ \| {count} \|$", text, re.MULTILINE)
    assert f"of {summary['orphans_of']} notes" in text
    assert f"**{summary['problems']}** problems" in text
    assert summary["problems"] == 2
    top = [line for line in text.splitlines() if line.startswith("| 1 |")]
    assert summary["top"][0]["name"] in top[0]


def test_every_insight_has_its_section_even_if_it_found_nothing(vault: MakeVault, run: Run) -> None:
    """In an empty vault too, which is no error; there the page on learning only says how to begin."""
    from vault_tools.insights import insights

    for files, left_out in ((LINKING, set()), ({}, {"Learning"})):
        root = vault(files)
        assert run("report", root).exit_code == 0
        headings = {heading.text for note in parsed(root).values() for heading in note.headings}
        assert {format_english(insight.title) for insight in insights() if insight.page not in left_out} <= headings
        assert ("learned::" in pages(root)["Learning.md"].decode()) is bool(left_out)


def test_each_row_of_a_table_in_a_page_has_as_many_cells_as_its_head(vault: MakeVault, run: Run) -> None:
    """Whatever a name holds."""
    root = vault({f"Bad | pipe {at}.md": f"---\na: b: {text}\n---\n" for at, text in enumerate(("|", "\\|", "||"))})
    run("report", root)
    _tables_are_even(root)


def _tables_are_even(root: Path) -> None:
    for data in pages(root).values():
        width = None
        for line in data.decode().splitlines():
            if not line.startswith("| "):
                width = None
                continue
            cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
            width = width or cells
            assert cells == width, line


def _file_name(text: str) -> str:
    return re.sub(r"[/\0\n]", " ", text).strip()[:80]


def hostile(text: str) -> dict[str, str | bytes]:
    """Return a vault in which one text stands everywhere a note can put text."""
    quoted = json.dumps(text)
    name = _file_name(text)
    return {
        f"{name}.md": f"---\ntype: {quoted}\naliases: [{quoted}]\ntags: [{quoted}]\nrequires: [{quoted}]\n"
        f"{quoted}: 1\n---\n"
        f"# {text}\n[[Hub]] [[{text}|x]] [[Hub#{text}]] ![[{text}.png]]\n",
        "Hub.md": f"---\ntype: core-topic\ncontains: ['[[{name}]]', '[[Gone {name}]]']\n---\n"
        f"[[{name}]] [[Gone {name}]]\n",
        "Goal.md": f"---\ntype: project\nrequires: ['[[{name}]]', '[[Gone {name}]]']\nstatus: {quoted}\n---\n",
        "Circle.md": "---\ntype: knowledge\ndepends-on: '[[Circle 2]]'\n---\n",
        "Circle 2.md": "---\ntype: knowledge\ndepends-on: '[[Circle]]'\n---\n",
        "Bad.md": f"---\n{quoted}\nx: y: z\n---\n",
        "Twice.md": f"---\n{quoted}: 1\n{quoted}: 2\n---\n",
        "Unquoted.md": f"---\n{quoted}: [[x]]\n---\n",
        f"{name} in here/Alone.md": "alone",
        f"unused {name}.png": b"x",
        f"Board {name}.canvas": "{" + text,
        "vault-tools.toml": f"[types.{quoted}]\nnames = [{quoted}]\n[relations.{quoted}]\nacyclic = true\n"
        if "\0" not in text
        else "",
    }


@pytest.mark.parametrize("text", MARKUP)
def test_text_of_the_notes_never_becomes_markup_in_a_page(text: str, vault: MakeVault, run: Run) -> None:
    """Titles, aliases, types, tags, properties, file names, messages: no tag, field, link, command or element."""
    root = vault(hostile(text))
    result = run("report", root)
    assert result.exit_code == 0, result.output
    is_inert(root)
    _tables_are_even(root)
    assert run("export", root, "--format", "json").exit_code == 0


@pytest.mark.parametrize("text", MARKUP)
def test_text_of_the_notes_never_becomes_markup_in_a_page_with_wikilinks(text: str, vault: MakeVault, run: Run) -> None:
    """Each wikilink of ours names a file that is there, and nothing else slips in."""
    files = hostile(text)
    root = vault(files | {"vault-tools.toml": '[reports]\nlinks = "wikilink"\n'})
    assert run("report", root).exit_code == 0
    known = {name for path in root.rglob("*") for name in (path.relative_to(root).as_posix(), path.name)}
    for name, note in parsed(root).items():
        assert not note.body_tags
        assert not note.fields
        assert "<%" not in pages(root)[name].decode()
        assert [link.target for link in links_of(note) if not {link.target, link.target + ".md"} & known] == []


@pytest.mark.parametrize(
    "title", ["a<img src=x>", "*b* c", "甲 _乙_", "d ~~e~~", "f ==g==", "h $i$", "j `k`", "l &lt;m&gt;"]
)
def test_a_title_that_a_wikilink_cannot_show_is_linked_by_an_address(title: str, vault: MakeVault, run: Run) -> None:
    """In a wikilink nothing can be escaped; names with a plain underline or an ampersand are shown well."""
    plain = ("snake_case", "Q&A", "50% = half", "a~b")
    files = {f"{name}.md": "---\ntype: knowledge\n---\n" for name in (title, *plain)}
    root = vault(files | {"vault-tools.toml": '[reports]\nlinks = "wikilink"\n'})
    assert run("report", root).exit_code == 0
    text = pages(root)["Orphans.md"].decode() + pages(root)["Gaps.md"].decode()
    assert title not in text
    assert "<img" not in text
    assert quote(title, safe="") in text
    assert [name for name in plain if f"|{name}]]" not in text] == []


def test_a_circle_of_hostile_names_is_a_valid_picture(vault: MakeVault, run: Run) -> None:
    """No name ends its label, or the fence."""
    names = ['a"] --> b', "x`y```", "end; graph", "# h", "(round) {brace}"]
    files = {
        f"{name}.md": f"---\ntype: knowledge\ndepends-on: '[[{other}]]'\n---\n"
        for name, other in zip(names, [*names[1:], names[0]], strict=True)
        if "#" not in other
    }
    files["(round) {brace}.md"] = f"---\ntype: knowledge\ndepends-on: '[[{names[0]}]]'\n---\n"
    files[f"{names[2]}.md"] = f"---\ntype: knowledge\ndepends-on: '[[{names[4]}]]'\n---\n"
    root = vault(files)
    run("report", root)
    text = pages(root)["Gaps.md"].decode()
    picture = text.partition("```mermaid\n")[2].partition("\n```")[0].splitlines()
    assert picture[0].startswith("flowchart")
    assert len(picture) >= 3
    label = r'\w+\["[^"`\[\]{}()<>;]*(?:#\d+;[^"`\[\]{}()<>;]*)*"\]'
    assert [line for line in picture[1:] if not re.fullmatch(rf"\s*{label} --> {label}", line)] == []


def test_wikilinks_in_reports_follow_the_link_format(vault: MakeVault) -> None:
    """Shortest unless the vault wants whole paths; homonyms always in full."""
    files = {
        "In/A.md": "[[Gone]]",
        "In/B.md": "[[Gone]]",
        "B.md": "",
        "vault-tools.toml": '[reports]\nlinks = "wikilink"',
    }
    root = vault(files)
    Vault.open(root).report()
    gaps = (root / "_vault-tools/Gaps.md").read_text("utf-8")
    assert "[[A|A]]" in gaps
    assert "[[In/B|In/B]]" in gaps
    root = vault(files | {".obsidian/app.json": '{"newLinkFormat": "absolute"}'})
    Vault.open(root).report()
    assert "[[In/A|A]]" in (root / "_vault-tools/Gaps.md").read_text("utf-8")
