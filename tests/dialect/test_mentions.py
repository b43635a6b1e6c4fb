"""No file whose name stands anywhere in a vault is called unused; one that stands nowhere is."""

import html
import json
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.dialect.mentions import mentioned, mentions

NAMES = st.builds(
    lambda stem, suffix: stem.strip() + suffix,
    st.text(
        st.sampled_from("aZ09 _-.,;!@#$%&'()[]{}=+~^`éßΣİя字图한ไ🚀\u00a0")
        | st.characters(exclude_categories=["C", "Z"]),
        min_size=1,
        max_size=12,
    ).filter(lambda stem: stem.strip(" .\u00a0") and not set(stem) & set('/\\:*?"<>|')),
    st.sampled_from([".png", ".PNG", ".pdf", ".mp3", ".webm", ".svg", ".docx", ".json", ".html"]),
)
PLACES = (
    "{}",
    "text {} text",
    "see:{}!",
    '<img src="att/{}" width=300>',
    "<video><source src='{}'></video>",
    "<a href={}>paper</a>",
    "![alt][ref]\n\n[ref]: {}",
    "```ad-note\n![[{}]]\n```",
    "```dataviewjs\ndv.span(app.vault.getFiles('a/b/{}'))\n```",
    "---\ncover: {}\nlist: [{}]\n---\n",
    "%% {} %%",
    "<!-- {} -->",
    "*{}* and _{}_",
    "| a |\n| - |\n| {} |",
    "`{}`",
    "见{}。",
    "> quoted\n> {}",
    "[[gone/{}]]",
)
ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "upper case": lambda name: name.upper() if name.upper().lower() == name.lower() else name,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "composed": lambda name: unicodedata.normalize("NFC", name),
    "in an address": quote,
    "in an address, in lower case": lambda name: quote(name, safe="[]()").lower() if name.isascii() else quote(name),
    "blanks only": lambda name: name.replace("%", "%25").replace(" ", "%20"),
    "in HTML": html.escape,
    "in HTML by number": lambda name: "".join(f"&#{ord(char)};" for char in name),
    "in HTML, in an address": lambda name: html.escape(quote(name, safe="&'")),
    "in JSON": lambda name: json.dumps(name)[1:-1],
    "in JSON with its characters": lambda name: json.dumps(name, ensure_ascii=False)[1:-1],
    "in Markdown": lambda name: "".join("\\" + char if char in "[]()_*`#!~$&{}=+^" else char for char in name),
    "in CSS": lambda name: "".join(f"\\{ord(char):x} " if not char.isalnum() else char for char in name),
}


@given(NAMES, st.sampled_from(PLACES), st.sampled_from(sorted(ENCODINGS)), st.text(max_size=20))
def test_a_file_name_is_found_anywhere_in_a_text_and_in_any_encoding(
    name: str, place: str, encoding: str, around: str
) -> None:
    """The name of a file is compared as Obsidian compares names."""
    text = f"{around}\n" + place.replace("{}", ENCODINGS[encoding](name)) + f"\n{around}"
    assert mentioned([name, "another.png"], mentions(text)) >= {name}


@given(NAMES, st.lists(st.tuples(NAMES, st.sampled_from(PLACES)), max_size=6))
def test_a_file_name_that_no_text_holds_is_not_found(name: str, others: list[tuple[str, str]]) -> None:
    """Not even in a text that is full of other names."""
    text = "\n".join(place.replace("{}", other) for other, place in others)
    plain = unicodedata.normalize("NFC", html.unescape(text)).replace("\u00a0", " ").lower()
    assume(unicodedata.normalize("NFC", name).replace("\u00a0", " ").lower()[1:] not in plain)
    assert not mentioned([name], mentions(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("banana.png", set()),
        ("2a.png", set()),
        ("-a.png", {"a.png"}),
        ("_a.png_", {"a.png"}),
        ("图a.png", {"a.png"}),
        ("see My\nphoto 1.png", {"my photo 1.png"}),
        ("> see My\n> photo 1.png", {"my photo 1.png"}),
        ("cover: My\n  photo 1.png", {"my photo 1.png"}),
        ("My  photo 1.png", {"my photo 1.png"}),
        ("x%2520y.png", {"x y.png"}),
        ("a&amp;amp;b.png", {"a&b.png"}),
        (r"C:\vault\new\a.png", {"a.png"}),
        (r'"see\na.png"', {"a.png"}),
        ("url(x\\20 y.png)", {"x y.png"}),
        ("\\ud83d\\ude80.png", {"🚀.png"}),
        ("a.png" * 3, {"a.png"}),
        (".png a.pn", set()),
    ],
)
def test_a_file_name_begins_at_the_start_of_a_word(text: str, found: set[str]) -> None:
    """At the start of a word; a name may be wrapped, and stand in a text that is encoded twice."""
    names = ["a.png", "my photo 1.png", "x y.png", "a&b.png", "🚀.png"]
    assert mentioned(names, mentions(text)) == found


def test_the_parts_of_a_text_that_may_hold_file_names_are_no_longer_than_the_text() -> None:
    """Whatever the text: names that follow each other share one part, and prose without names leaves none."""
    for text in ("a.png" * 4000, "x" * 80_000 + ".png", "/a.png" * 4000, "prose, and a link: https://b.c/d " * 3000):
        assert sum(map(len, mentions(text))) <= len(text)
    assert mentions("prose, and a link: https://b.c/d " * 3000) == ()


# ---------------------------------------------------------------- whole vaults


def unused(root: Path) -> list[str]:
    """Give the files that are called unused."""
    with_cache = [finding.subject.id for finding in Vault.open(root).findings["attachments"]]
    assert with_cache == [finding.subject.id for finding in Vault.open(root).findings["attachments"]]
    return with_cache


FILES = {
    "note.md": '<img src="html.png"> <a href="A%20file.pdf">x</a>\n\n![alt][pic]\n\n[pic]: by-reference.png\n',
    "code.md": "```ad-note\n![[in-code.png]]\n```\n\n`inline.png` %% comment.png %% <!-- hidden.png -->\n",
    "front.md": "---\nnested:\n  - {deep: 'in front.png'}\n---\n",
    "broken.md": "---\nx: [\ny: broken.png\n---\n",
    "board.canvas": '{"nodes": [{"id": "g", "type": "group", "background": "att/back\\u0020ground.png"}]}',
    "bad.canvas": '{"nodes": [{"background": "bad.png"',
    "table.base": "views:\n  - image: base.png\n",
    "style.css": "body { background: url('sheet.png') }",
    "page.html": '<img src="page.png">',
    "script.js": "show('script.png')",
    "LICENSE": "license.png",
    "data.csv": "a,csv.png\n",
    "Skipped/s.md": "![[skipped.png]]",
    "Same.md": "a note of some length that two devices changed",
    "Same (conflicted copy 2024-05-06 101112).md": "a note of some length that two devices changed ![[copied.png]]",
    "vault-tools.toml": 'skip = ["Skipped/"]\n',
    ".obsidian/snippets/mine.css": ".x { background: url(snippet.png) }",
    ".obsidian/app.json": '{"x": "app.png"}',
    ".obsidian/plugins/banners/data.json": '{"default": "att/plug in.png"}',
}
USED = (
    *("html.png", "A file.pdf", "by-reference.png", "in-code.png", "inline.png", "comment.png", "hidden.png"),
    *("in front.png", "broken.png", "back ground.png", "bad.png", "base.png", "sheet.png", "page.png", "script.png"),
    *("license.png", "csv.png", "skipped.png", "copied.png", "snippet.png", "app.png", "plug in.png"),
)


def test_nothing_that_any_file_of_the_vault_names_is_called_unused(vault: MakeVault) -> None:
    """Notes, canvases, bases, style sheets, any other text, and Obsidian's own settings count."""
    root = vault({**FILES, **{f"att/{name}": b"" for name in USED}, "att/idle.png": b""})
    assert set(unused(root)) == {"att/idle.png", "data.csv", "page.html"}


def test_the_last_layout_of_windows_uses_no_file(vault: MakeVault) -> None:
    """Obsidian writes it at every click, and each device has its own; nor do our own exports use what they list."""
    files: dict[str, str | bytes] = {
        ".obsidian/workspace.json": '{"lastOpenFiles": ["idle.png"]}',
        ".obsidian/workspace-mobile.json": '{"lastOpenFiles": ["idle.png"]}',
        "out/export.json": '{"schema": 1, "generator": "vault-tools", "files": ["idle.png"]}',
        "idle.png": b"",
        "drawing.svg": "<svg docname='drawing.svg'/>",
        "a.md": "%% vault-tools:begin missing 3 %%\nidle.png\n%% vault-tools:end missing %%\n",
    }
    assert set(unused(vault(files))) == {"idle.png", "drawing.svg", "out/export.json"}


@pytest.mark.parametrize(
    ("drawing", "picture"),
    [
        ("Draw.excalidraw.md", "Draw.excalidraw.svg"),
        ("Draw.excalidraw.md", "Draw.svg"),
        ("Draw.excalidraw.md", "Draw.dark.png"),
        ("Draw.excalidraw.md", "Draw.excalidraw.light.svg"),
        ("Draw.excalidraw", "Draw.png"),
        ("x/Draw.md", "x/Draw.svg"),
        ("plan.drawio", "plan.drawio.svg"),
        ("Zeichnu\u0308ng.md", "Zeichn\u00fcng.PNG"),
    ],
)
def test_the_picture_beside_a_drawing_is_used(drawing: str, picture: str, vault: MakeVault) -> None:
    """Drawing plugins export pictures under the name of the drawing; in another folder it is another picture."""
    assert unused(vault({drawing: "", picture: b""})) == []
    assert unused(vault({drawing: "", f"elsewhere/{picture}": b""})) == [f"elsewhere/{picture}"]


def test_a_vault_that_stays_open_sees_new_and_removed_file_names(vault: MakeVault) -> None:
    """In a note, in another text, and in a note that became a copy and a note again."""
    root = vault({"a.md": "x", "b.css": "x", "one.png": b"", "two.png": b""})
    kept = Vault.open(root)

    def left() -> list[str]:
        kept.look_again()
        found = [finding.subject.id for finding in kept.findings["attachments"]]
        assert found == unused(root)
        return found

    assert left() == ["one.png", "two.png"]
    (root / "a.md").write_text("x `one.png`")
    assert left() == ["two.png"]
    (root / "b.css").write_text("url(two.png)")
    assert left() == []
    (root / "b.css").unlink()
    assert left() == ["two.png"]
    (root / "a.md").rename(root / "a.md.txt")
    assert set(left()) == {"a.md.txt", "two.png"}
    (root / "a.md.txt").rename(root / "a.md")
    assert left() == ["two.png"]
    assert "a.md" in kept.knowledge.nodes
