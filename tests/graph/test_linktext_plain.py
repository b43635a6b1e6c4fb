"""A link that is taken out leaves its text as Obsidian shows it, whatever the text and wherever it stood."""

import json
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from shared.vaults import parsed

from vault_tools.graph.build import build
from vault_tools.model.graph import BrokenLink, KnowledgeGraph
from vault_tools.model.vocabulary import Conventions, LinkFormat
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
MARKDOWN = MarkdownIt("commonmark").enable(["strikethrough", "table"])
PLACES: dict[str, str] = {
    "line": "{}",
    "text": "before {} after",
    "list": "- {}",
    "numbered": "1. {}",
    "task": "- [ ] {}",
    "heading": "# {}",
    "quote": "> {}",
    "callout": "> [!note] Title\n> {}",
    "second line": "text\n{}",
    "cell": "| a |\n| - |\n| {} |",
    "emphasis": "*before {} after*",
}
# What a reader of Obsidian makes of text that CommonMark leaves alone.
LIVE = re.compile(r"==|%%|\$[^\s$]|(?<!\S)#[^\s#]|\[\^|::|https?://|(?<!\S)\^[\w-]+\Z")


def graph(text: str) -> KnowledgeGraph:
    """Build the graph of one note."""
    files = {"from.md": text}
    return build(parsed(files), files, VOCABULARY)


def only(text: str) -> BrokenLink | None:
    """Give the one broken link of a note, if there is one."""
    found = graph(text).broken
    return found[0] if len(found) == 1 else None


def rendered(text: str) -> tuple[list[str], str]:
    """Give the tags of a text, without those of links, and what it shows."""
    tags: list[str] = []
    shown: list[str] = []
    for token in MARKDOWN.parse(text):
        tags.append(f"{token.type}{token.markup}{token.info}")
        for child in token.children or ():
            tags += [child.type] if child.type not in {"text", "softbreak", "text_special"} else []
            shown.append("\n" if child.type == "softbreak" else child.content)
        shown.append("\n" if token.type == "inline" else "")
    return tags, " ".join("".join(shown).split())


PIECES = [*"ab 1.)-+*_~=$%#^&;<>`!:/\\\"'(字é🚀", "==", "%%", "~~", "::", "://", "https", "&amp;", "---", "- ", "1. "]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(str.strip)
names = texts.filter(lambda text: not re.search(r"[#|\\]|\{\{|<%|\$\{|\^", text))


def shown(target: str, parts: list[str], display: str | None) -> str:
    """Say what Obsidian shows of a wikilink."""
    return " > ".join((target, *parts)) if display is None else display


@example("1. a", [], None, "line")
@example("- a", [], None, "line")
@example("===", [], None, "second line")
@example("a", ["b"], None, "text")
@example("a", ["b"], "*c* ==d== #e", "text")
@example("a", [], "due:: today", "line")
@example("a", [], "https://b.c/", "line")
@given(
    names.map(str.strip),
    st.lists(texts.map(str.strip).filter(lambda text: not re.search(r"[#|]", text)), max_size=2),
    st.none() | texts.map(str.strip).filter(lambda text: "|" not in text),
    st.sampled_from(sorted(PLACES)),
)
def test_a_removed_wikilink_leaves_the_text_that_it_shows(
    target: str, parts: list[str], display: str | None, place: str
) -> None:
    """Note, headings and its own text, with no markup, tag, field, comment or address in it."""
    link = "[[" + "#".join((target, *parts)) + ("" if display is None else f"|{display}") + "]]"
    raw = link.replace("|", "\\|") if place == "cell" else link
    broken = only(PLACES[place].replace("{}", raw))
    assume(broken is not None and broken.link.raw == raw and broken.reason == "no-such-note")
    assert broken is not None
    (text,) = broken.replacements
    assert not broken.guess
    bare, said = rendered(PLACES[place].replace("{}", "word"))
    tags, told = rendered(PLACES[place].replace("{}", text))
    assert tags == bare
    assert told == said.replace("word", " ".join(shown(target, parts, display).split()))
    after = graph(PLACES[place].replace("{}", text))
    note = after.nodes["from.md"].note
    assert note is not None
    assert not any((note.links, note.body_tags, note.fields, note.external, note.blocks, note.footnotes))
    assert not LIVE.search(re.sub(r"\\.", "x", text))


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("[[a#b]]", "a > b"),
        ("[[a#b#c]]", "a > b > c"),
        ("[[a#^id]]", "a > \\^id"),
        ("[[x/a]]", "x/a"),
        ("[[a#b|c]]", "c"),
        ("![[a#b]]", "a > b"),
        ("![[a#b|c]]", "c"),
        ("[text](a.md#b)", "text"),
        ('[text](a.md "title")', "text"),
        ("[*text*](a.md)", "*text*"),
        ("[#tag](a.md)", "\\#tag"),
        ("[1. x](a.md)", "1\\. x"),
        ("[https://b.c](a.md)", "https\\://b.c"),
        ("[a:: b](a.md)", "a:\\: b"),
        ("[`a::b`](a.md)", "`a::b`"),
        ("[[2024. Plan]]", "2024\\. Plan"),
        ("[[snake_case_name]]", "snake_case_name"),
        ("[[A *star*]]", "A \\*star\\*"),
        ("[[C++ & co]]", "C++ \\& co"),
        ("[[Why?!]]", "Why?\\!"),
    ],
)
def test_each_form_of_removed_link_leaves_its_text(link: str, text: str) -> None:
    """Nothing gets a backslash that shows the same without one, as far as it can be told."""
    broken = only(link)
    assert broken is not None
    assert broken.replacements == (text,)


@pytest.mark.parametrize("link", ["[](a.md)", "[[a| ]]"])
def test_a_link_that_shows_nothing_has_no_plain_text(link: str) -> None:
    """There is no text to offer."""
    broken = only(link)
    assert broken is not None
    assert broken.replacements == ()


@given(texts.map(str.strip).filter(lambda text: not re.search(r"[|#\\^]|\{\{|<%|\$\{", text)))
def test_a_link_in_a_property_leaves_its_text_unescaped(name: str) -> None:
    """So nothing is escaped there."""
    front = f"---\nup: {json.dumps(f'[[{name}]]', ensure_ascii=False)}\n---\n"
    broken = only(front)
    assume(broken is not None and broken.reason == "no-such-note")
    assert broken is not None
    assert broken.replacements == (name,)


def without_link(text: str) -> tuple[list[str], str]:
    """Give what a text renders to, as if no link were in it."""
    tags, said = rendered(text)
    return [tag for tag in tags if not tag.startswith("link_")], said


labels = texts.filter(lambda text: not re.search(r"[\[\]`<\\|$%*_]|==|~~", text)) | st.just("*a* b")


@example("- a", "line")
@example("#a", "line")
@example("a:: b", "list")
@given(labels, st.sampled_from(sorted(PLACES)))
def test_a_removed_markdown_link_leaves_its_label(label: str, place: str) -> None:
    """Which is Markdown itself, so emphasis in it stays."""
    link = f"[{label}](gone.md)"
    broken = only(PLACES[place].replace("{}", link))
    assume(broken is not None and broken.link.raw == link)
    assert broken is not None
    (text,) = broken.replacements
    assert without_link(PLACES[place].replace("{}", text)) == without_link(PLACES[place].replace("{}", link))
    note = graph(PLACES[place].replace("{}", text)).nodes["from.md"].note
    assert note is not None
    assert not any((note.links, note.body_tags, note.external, note.blocks))


# ---------------------------------------------------------------- links in the place of links

FORMS = (
    "[[{}]]",
    "![[{}]]",
    "[[{}|shown]]",
    "[[{}#Head]]",
    "![[{}#^id|300]]",
    "[[{}#No such head]]",
    "[text](<{}.md>)",
    '[text](<{}.md#Head> "a title")',
    "![alt|30](<{}.md> 'title')",
    "[*a* b](<{}.md>)",
)
stems = st.text(st.sampled_from("ab é字1.&;%'()!,-_~=+@$🚀"), min_size=1, max_size=6).filter(
    lambda name: name.strip(" .") == name and "%%" not in name
)


@given(
    stems,
    stems,
    st.sampled_from(FORMS),
    st.sampled_from(sorted(PLACES)),
    st.sampled_from(["old/", "alias"]),
    st.sampled_from(["shortest", "relative", "absolute"]),
)
def test_a_certain_replacement_of_a_link_finds_the_file_that_was_meant(
    name: str, alias: str, form: str, place: str, wrong: str, style: LinkFormat
) -> None:
    """The note is read again with it: the same number of links, the same text, and nothing broken."""
    assume(name.lower() != alias.lower())
    link = form.replace("{}", alias if wrong == "alias" else f"old/{name}")
    raw = link.replace("|", "\\|") if place == "cell" else link
    text = PLACES[place].replace("{}", raw)
    held = f"---\naliases: [{json.dumps(alias, ensure_ascii=False)}]\n---\n# Head\n\ntext ^id\n"
    files = {f"new/{name}.md": held, "from.md": text}
    whole = build(parsed(files), files, VOCABULARY, Conventions(link_format=style))
    assume(len(whole.broken) == 1 and whole.broken[0].link.raw in text)
    (broken,) = whole.broken
    assume(broken.replacements and not broken.guess)
    mended = text.replace(broken.link.raw, broken.replacements[0])
    files["from.md"] = mended
    after = build(parsed(files), files, VOCABULARY, Conventions(link_format=style))
    assert after.resolved["from.md"] == (f"new/{name}.md",)
    assert not after.broken
    (before_link,), (after_link,) = (each.nodes["from.md"].note.links for each in (whole, after))  # type: ignore[union-attr]
    assert after_link.embed == before_link.embed
    if before_link.display is not None:
        assert after_link.display == before_link.display
    elif not before_link.embed and wrong == "alias":
        assert after_link.display == before_link.target
