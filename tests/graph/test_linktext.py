"""Links that are written as Obsidian writes them, and find their file when they are read back."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.obsidian_cases import BY_ID, area, expected

from vault_tools.graph.linktext import Linktext
from vault_tools.graph.resolve import Resolver
from vault_tools.model.vocabulary import LinkFormat
from vault_tools.parse.inline import scan

laws = partial(settings, deadline=None, derandomize=True)


@pytest.mark.parametrize("key", area("link-writing"))
def test_a_link_is_written_as_obsidian_writes_it(key: str) -> None:
    """In each of its three formats, and in Markdown."""
    links = Linktext(Resolver(BY_ID[key]["files"]))
    for row in expected(key, "written"):
        markdown = row["useMarkdownLinks"]
        assert links.written(row["to"], row["from"], row["newLinkFormat"], markdown=markdown) == row["out"]


@pytest.mark.parametrize(
    ("paths", "target", "form", "wanted"),
    [
        (["x/v1.2", "x/v1.2.md"], "x/v1.2.md", "shortest", "[[v1.2.md]]"),
        (["x/a.md", "x/a.md.md"], "x/a.md.md", "shortest", "[[a.md.md]]"),
        (["y/s/N.md", "s/N.md"], "y/s/N.md", "relative", "[[./s/N]]"),
        (["y/N.md", "N.md"], "y/N.md", "relative", "[[./N]]"),
        (["y/N.md", "N.md"], "N.md", "relative", "[[../N]]"),
        (["y/s/N.md", "N.md"], "N.md", "shortest", "[[N]]"),
        (["Cafe\u0301.md"], "Cafe\u0301.md", "shortest", "[[Café]]"),
    ],
)
def test_a_written_link_has_as_much_of_the_path_as_it_needs(
    paths: list[str], target: str, form: LinkFormat, wanted: str
) -> None:
    """The name of a namesake, of an attachment, or of a file at the root needs more to be told apart."""
    assert Linktext(Resolver(paths)).written(target, "y/src.md", form) == wanted


def test_a_link_is_written_with_its_text_its_heading_and_the_mark_of_an_embed() -> None:
    """What stands beside the path: text, heading or block, the mark of an embed."""
    written = Linktext(Resolver(["src.md", "x/My Note.md", "x/pic (1).png"])).written
    assert written("x/My Note.md", "src.md", display="it|s") == "[[My Note|it|s]]"
    assert written("x/My Note.md", "src.md", display="My Note") == "[[My Note]]"
    assert written("x/My Note.md", "src.md", subpath="#A b") == "[[My Note#A b]]"
    assert written("x/My Note.md", "src.md", subpath="#^id", markdown=True) == "[My Note](My%20Note.md#^id)"
    assert written("src.md", "src.md", subpath="#A") == "[[#A]]"
    assert written("x/pic (1).png", "src.md", embed=True, display="300") == "![[pic (1).png|300]]"
    assert written("x/pic (1).png", "src.md", embed=True, markdown=True) == "![](pic%20%281%29.png)"


def test_a_markdown_link_keeps_every_script_readable() -> None:
    """As in the app, only what would break the link is encoded."""
    assert (
        Linktext(Resolver(["字/100% ü.md"])).written("字/100% ü.md", "a.md", markdown=True) == "[100% ü](100%25%20ü.md)"
    )


@pytest.mark.parametrize("name", ["a#b", "a^b", "a[b]", "a|b", "a%%b", "a: b", "a\\b", "a\nb", " a", "a\ud800"])
def test_a_name_that_no_wikilink_can_say_gets_no_wikilink(name: str) -> None:
    """Better no link than one that leads elsewhere."""
    assert Linktext(Resolver([f"{name}.md"])).written(f"{name}.md", "src.md", "shortest") is None


def test_a_text_that_would_end_a_wikilink_gets_no_wikilink() -> None:
    """In a wikilink nothing can be escaped; in a Markdown link it can."""
    written = Linktext(Resolver(["a.md"])).written
    assert written("a.md", "b.md", display="x]] [[y") is None
    assert written("a.md", "b.md", display="x\ny") is None
    assert written("a.md", "b.md", display="x](y) [[z]]\n", markdown=True) == r"[x\](y) \[\[z\]\] ](a.md)"


NAMES = (
    *("a", "A", "b", "v1.2", "a.md", "é", "e\u0301", "字", "a b", "a\u00a0b", "#", "^", "[", "]", "|", "%%", "%41"),
    *("(", ")", "a)b(", "<a>", "`", "$1$", "&amp;", "http:", "x:y", "..", " a", "a ", "\\", "!", "🟨", "*_~="),
)
names = st.sampled_from(NAMES) | st.text(min_size=1, max_size=3).filter(lambda name: "/" not in name)
parts = st.lists(names, min_size=1, max_size=3).map("/".join)
files = st.tuples(parts, st.sampled_from([".md", ".md", ".md", ".png", ""])).map("".join)
shown = st.sampled_from(["x", "a|b", "]]", "[", "[x](y)", "`", "\\", "$"]) | st.text(max_size=3)


@laws(max_examples=600)
@given(
    paths=st.lists(files, min_size=1, max_size=6, unique=True),
    data=st.data(),
    form=st.sampled_from(["shortest", "relative", "absolute"]),
    display=st.none() | shown,
    markdown=st.booleans(),
    embed=st.booleans(),
)
def test_a_link_that_is_written_finds_its_file(
    paths: list[str], data: st.DataObject, form: LinkFormat, display: str | None, *, markdown: bool, embed: bool
) -> None:
    """Read back, the text is one link, whatever the vault, and it means the file it was written for."""
    target, source = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(paths))
    text = Linktext(Resolver(paths)).written(target, source, form, markdown=markdown, display=display, embed=embed)
    if text is None:
        return
    (link,) = scan(text).links
    assert (link.start, link.end, link.embed) == (0, len(text), embed)
    assert link.syntax == ("markdown" if markdown else "wikilink")
    assert Resolver(paths).resolve(link.target, source) == target


@laws(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(["a", "b", "v1.2", "字", "x y"]), min_size=1, max_size=3), min_size=1))
def test_every_note_with_a_plain_name_can_be_linked(folders: list[list[str]]) -> None:
    """From anywhere, in each format and both ways to write it."""
    paths = sorted({"/".join(path) + ".md" for path in folders})
    links = Linktext(Resolver(paths))
    for target in paths:
        for form in ("shortest", "relative", "absolute"):
            assert links.written(target, paths[0], form)
            assert links.written(target, paths[0], form, markdown=True)
