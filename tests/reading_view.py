"""A Markdown page as Obsidian's reading view would show it, near enough to be looked at and asked about.

`python tests/reading_view.py PAGE.md PICTURE.png [--dark]` makes a picture of one page; its vault is the nearest folder
upwards that holds an `.obsidian` folder. Mermaid blocks are drawn where VAULT_TOOLS_MERMAID names a `mermaid.min.js`.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from shared.browser import Opened, browser_page

_FRONTMATTER = re.compile(r"\A\ufeff?---\r?\n.*?^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_CALLOUT = re.compile(r"\[!(?P<kind>[^\]\n]+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n(?P<rest>.*))?", re.DOTALL)
_WIKILINK = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|]+)(?:\|(?P<label>[^\[\]]*))?\]\]")
_MARK = re.compile(r"==(?=\S)(?P<inside>.+?)(?<=\S)==")
_MATH = re.compile(r"\$(?=\S)(?P<inside>[^$]+?)(?<=\S)\$(?!\d)")
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_TAG = re.compile(r"#(?P<inside>[\w/-]*[^\W\d][\w/-]*)")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")

_STYLE = """
:root { --back: #fff; --text: #222; --line: #e0e0e0; --link: #7852ee; --code: #f7f7f7; --call: #0570db; }
@media (prefers-color-scheme: dark) { :root {
  --back: #1e1e1e; --text: #dadada; --line: #3a3a3a; --link: #a68af9; --code: #262626; --call: #4c9df3; } }
body { margin: 0 auto; max-width: 700px; padding: 32px 24px; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei',
  'Noto Sans CJK SC', sans-serif; }
h1 { font-size: 1.6em; } h2 { font-size: 1.45em; } h3 { font-size: 1.3em; }
a { color: var(--link); }
a.tag { padding: .1em .6em; border-radius: 1em; font-size: .875em;
  background: color-mix(in srgb, var(--link) 12%, transparent); }
table { border-collapse: collapse; line-height: 1.3; margin: 1em 0; }
td, th { border: 1px solid var(--line); padding: 4px 8px; text-align: left; vertical-align: top; }
img { max-width: 100%; } mark { background: #ffd54f66; color: inherit; }
code, pre { background: var(--code); font-size: .875em; border-radius: 4px; }
pre { padding: 12px 16px; overflow: auto; } pre.mermaid { background: none; padding: 0; }
blockquote { margin-inline: 0; border-left: 2px solid var(--link); padding-left: 24px; }
.callout { margin: 1em 0; padding: 12px 12px 12px 24px; border-radius: 4px;
  background: color-mix(in srgb, var(--call) 10%, transparent); }
.callout > p { margin: .4em 0; } .callout-title { color: var(--call); font-weight: 600; }
"""


# ------------------------------------------------------------------ Obsidian's own marks


def _spans(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Read what Obsidian adds to CommonMark within a line."""
    rest = state.src[state.pos :]
    before = state.src[state.pos - 1 : state.pos]
    rows = (
        (_WIKILINK, "wikilink"), (_COMMENT, "comment"), (_MARK, "mark"), (_MATH, "math"),
        (_TAG if not before.strip() else None, "tag"),
    )  # fmt: skip
    for pattern, kind in rows:
        found = pattern.match(rest) if pattern else None
        if found:
            if not silent:
                state.push(kind, "", 0).meta = found.groupdict()
            state.pos += found.end()
            return True
    return False


def _callouts(state: StateCore) -> None:
    """Turn quotes that open with `[!kind]` into callouts."""
    tokens = state.tokens
    for at in range(len(tokens) - 3, -1, -1):
        found = _CALLOUT.match(tokens[at + 2].content) if tokens[at].type == "blockquote_open" else None
        if not found or tokens[at + 2].type != "inline":
            continue
        end = next(
            there
            for there in range(at + 1, len(tokens))
            if tokens[there].type == "blockquote_close" and tokens[there].level == tokens[at].level
        )
        tokens[at].tag = tokens[end].tag = "div"
        tokens[at].attrs = {"class": "callout", "data-callout": found["kind"].lower()}
        title = _paragraph(found["title"] or found["kind"].capitalize(), "callout-title")
        tokens[at + 1 : at + 4] = [*title, *(_paragraph(found["rest"], "") if found["rest"] else [])]


def _paragraph(content: str, kind: str) -> list[Token]:
    tag = "div" if kind else "p"
    opened, inline, closed = (
        Token("paragraph_open", tag, 1, attrs={"class": kind} if kind else {}, block=True),
        Token("inline", "", 0, content=content, children=[], block=True),
        Token("paragraph_close", tag, -1, block=True),
    )
    return [opened, inline, closed]


class _Renderer(RendererHTML):
    """Draws what Obsidian adds."""

    def wikilink(self, tokens: Sequence[Token], at: int, _options: Any, env: MutableMapping[str, Any]) -> str:
        meta = tokens[at].meta
        if meta["embed"] and meta["target"].lower().endswith(_PICTURES):
            width = f' width="{escape(meta["label"])}"' if (meta["label"] or "").isdecimal() else ""
            return f'<img src="{escape(_address(meta["target"], env["vault"]))}" alt="{escape(meta["target"])}"{width}>'
        shown = meta["label"] or re.sub(r"(?<=.)#", " > ", meta["target"]).removeprefix("#")
        return f'<a class="internal-link" data-href="{escape(meta["target"])}">{escape(shown)}</a>'

    def comment(self, *_: Any) -> str:
        return ""

    def mark(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        return f"<mark>{escape(tokens[at].meta['inside'])}</mark>"

    def math(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        return f'<span class="math">{escape(tokens[at].meta["inside"])}</span>'

    def tag(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        return f'<a class="tag">#{escape(tokens[at].meta["inside"])}</a>'

    def fence(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        if tokens[at].info.strip() == "mermaid":
            return f'<pre class="mermaid">{escape(tokens[at].content)}</pre>\n'
        return super().fence(tokens, at, options, env)

    def image(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        """Show a picture that is named by its path in the vault, as Obsidian finds it."""
        source = str(tokens[at].attrs["src"])
        if ":" not in source:
            tokens[at].attrs["src"] = _address(unquote(source), env["vault"])
        return super().image(tokens, at, options, env)


def _address(target: str, vault: Path | None) -> str:
    """Return where a file is that an embed names, by its path in the vault or by its name alone."""
    if vault is None or (vault / target).is_file():
        return ((vault or Path("/")) / target).as_uri()
    name = target.rpartition("/")[2]
    return next((path.as_uri() for path in sorted(vault.rglob("*")) if path.name == name), quote(target))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"breaks": True}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "obsidian", _spans)
    # Plain text ends where one of these marks may begin.
    parser.inline.ruler.before("text", "obsidian-first", _spans)
    parser.core.ruler.after("block", "callouts", _callouts)
    return parser


# ------------------------------------------------------------------ for tests


def body(markdown: str, vault: Path | None = None) -> str:
    """Return the HTML of a page without its properties."""
    return str(_parser().render(_FRONTMATTER.sub("", markdown, count=1), {"vault": vault}))


def uneven_rows(markdown: str) -> list[str]:
    """Return the lines of tables that have another number of cells than their head; a reader would miss some."""
    text = _FRONTMATTER.sub("", markdown, count=1)
    lines, uneven = text.splitlines(), []
    for token in _parser().parse(text, {"vault": None}):
        if token.type == "table_open" and token.map:
            rows = lines[slice(*token.map)]
            uneven += [row for row in rows if _pipes(row) != _pipes(rows[0])]
    return uneven


def _pipes(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row))


_LEFT = r"""(quoted) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), left = [];
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const text = quoted ? walk.currentNode.data.replaceAll(new RegExp(quoted, 'g'), '') : walk.currentNode.data;
    if (parent.closest('pre, code, script, svg')) continue;
    if (/\*\*|\[\[|\]\]|\]\(|\||==|%%|\$|\\|&[a-z]+;|^\s*(#{1,6} |> |[-*] |\[!)/.test(text)) left.push(text);
  }
  return left;
}"""


def leftovers(opened: Opened, quoted: str = "") -> list[str]:
    """Return the texts of an open page in which raw markup can be seen, save what `quoted` matches."""
    return list(opened.page.evaluate(_LEFT, quoted))


@contextmanager
def reading_view(page: Path, *, vault: Path | None = None, scheme: str = "light") -> Iterator[Opened]:
    """Open a page of a vault in a browser, its Mermaid blocks drawn where VAULT_TOOLS_MERMAID says with what."""
    script = os.environ.get("VAULT_TOOLS_MERMAID")
    theme = "dark" if scheme == "dark" else "default"
    draw = (
        f'<script src="{escape(Path(script).as_uri())}"></script><script>'
        f"mermaid.initialize({{startOnLoad: false, theme: '{theme}'}});"
        "mermaid.run().then(() => { window.drawn = true; }, (error) => { console.error(error); window.drawn = true; });"
        "</script>"
        if script
        else "<script>window.drawn = true;</script>"
    )
    base = f'<base href="{escape(page.parent.as_uri())}/">'
    head = f"<!doctype html><html><head><meta charset=utf-8>{base}<style>{_STYLE}</style></head>"
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder) / "page.html"
        html = f"{head}<body>\n{body(page.read_text('utf-8'), vault)}{draw}</body></html>"
        shown.write_text(html, "utf-8")
        with browser_page(shown, size=(760, 900), color_scheme=scheme) as opened:
            opened.page.wait_for_function("window.drawn")
            yield opened


def _look(page: Path, picture: Path, scheme: str) -> None:
    vault = next((folder for folder in page.resolve().parents if (folder / ".obsidian").is_dir()), None)
    with reading_view(page.resolve(), vault=vault, scheme=scheme) as opened:
        opened.page.screenshot(path=str(picture), full_page=True)


if __name__ == "__main__":
    _look(Path(sys.argv[1]), Path(sys.argv[2]), "dark" if "--dark" in sys.argv else "light")
