"""Links and tags in running text: one pass from left to right, in time linear in the length of the text.

What binds tightest is taken first, as in CommonMark: escapes, code, HTML, math; then wikilinks, Markdown links
and bare URLs; then tags. Rules and their evidence are in tests/obsidian/, with the cases.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from vault_tools.model.note import Syntax


class Found(NamedTuple):
    """A link in a run of text: where it starts and ends there, and its parts as written."""

    start: int
    end: int
    target: str
    subpath: str
    display: str | None
    embed: bool
    syntax: Syntax


@dataclass(slots=True)
class Scan:
    """What one run of text holds: links, tags as (start, name), URLs as (start, address), code as (start, end)."""

    links: list[Found] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)
    urls: list[tuple[int, str]] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)


TAG = re.compile("#(?=[^0-9]|[0-9]+[^0-9\\s])([^\\s\u2000-\u206f\u2e00-\u2e7f!\"#$%&'()*+,.:;<=>?@\\[\\\\\\]^`{|}~]+)")
_NUMBER = re.compile(r"[0-9]+\Z")
# Every branch begins with a fixed set of characters, so that the engine skips what none begins with.
_NEXT = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<|\$|\[\[?|!\[\[?|\^\[|\]|#|://")
_WEB = re.compile(r"(?:[hH][tT]{2}[pP][sS]?|[fF][tT][pP])\Z")
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*)>")
_ELEMENT = re.compile(r"</?[A-Za-z][A-Za-z0-9\-]*(?:\s[^<>\n]*)?/?>")
_URL = re.compile(r"[^\s<]+")
_MARKS = "?!.,:*_~"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_DESTINATION = re.compile(r"[ \t]*(?:\n[ \t]*)?(?:<((?:[^<>\n\\]|\\.)*)>|(?=[^<\s]))")
_TITLE = re.compile(r"""\s+(?:"(?:[^"\\\n]|\\.){0,999}"|'(?:[^'\\\n]|\\.){0,999}'|\((?:[^()\\\n]|\\.){0,999}\))""")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_REFERENCE = re.compile(r"\[[^\[\]\n]*\]")
_MARKER = re.compile(r"(?:\*{1,3}|~~|==|(?<![^\W_])_{1,3})\Z")
_DEEPEST = 32


def scan(text: str) -> Scan:
    r"""Scan a run of live text (a paragraph, a heading, a cell); its lines are joined by `\n`."""
    return _Scanner(text).run()


def split_wikilink(body: str) -> tuple[str, str, str | None]:
    """Split the text between `[[` and `]]` into linkpath, subpath and display text (spec 1.1, rules 2 and 3)."""
    pipe = body.find("|", 1)
    left, display = (body, None) if pipe < 0 else (body[:pipe].removesuffix("\\"), body[pipe + 1 :].strip())
    target, mark, rest = left.partition("#")
    return target.strip(), (mark + rest).rstrip() if mark else "", display


def split_destination(destination: str) -> tuple[str, str]:
    """Split a Markdown link's destination into linkpath and subpath; percent-decoded first, as Obsidian does."""
    target, mark, rest = unquote(destination, errors="replace").partition("#")
    return target, mark + rest


def shown_text(target: str, subpath: str, display: str | None) -> str:
    """Return what Obsidian shows of a link: its own text, or `note > heading` (spec 1.1, rule 6)."""
    if display is not None:
        return display
    return " > ".join(part.strip() for part in (target + subpath).split("#") if part.strip())


def whole_link(value: str) -> Found | None:
    """Read a property's value that is exactly one link, and an internal one; None otherwise."""
    if not value.startswith(("[", "!")) or not value.endswith((")", "]")):
        return None
    links = scan(value).links
    return links[0] if len(links) == 1 and (links[0].start, links[0].end) == (0, len(value)) else None


class _Scanner:
    """One walk over one text. It remembers what was not found, so that nothing is searched twice."""

    __slots__ = (
        *("absent", "after_escape", "after_tag", "close", "dollar", "found", "openers", "pending", "runs", "text"),
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Scan()
        self.openers: list[tuple[int, bool, int]] = []
        self.after_tag = self.after_escape = -1
        self.pending: dict[int, tuple[int, str]] = {}
        self.runs: dict[int, list[int]] | None = None
        self.absent: set[str] = set()
        self.close = -2
        self.dollar = -1

    def run(self) -> Scan:
        """Visit each character that may begin something."""
        text, pos = self.text, 0
        while (match := _NEXT.search(text, pos)) is not None:
            start, token = match.start(), match.group()
            first = token[0]
            if first == "\\":
                pos = self.after_escape = match.end()
            elif first == "`":
                pos = self._code(start, len(token))
            elif first == "#":
                pos = self._tag(start)
            elif token.endswith("[["):
                pos = self._wikilink(start, match.end())
            elif first in "[!^":
                self._open(start, match.end())
                pos = match.end()
            elif first == "]":
                pos = self._bracket(start)
            elif first == "<":
                pos = self._html(start)
            elif first == "$":
                pos = self._math(start)
            else:
                pos = self._url(start, pos)
        self.found.links.sort()
        self.found.tags.sort()
        return self.found

    def _open(self, start: int, inside: int) -> None:
        """Remember a bracket that may open a link, an image or (`^[`) a footnote; the last few are enough."""
        self.openers = [*self.openers[1 - _DEEPEST :], (start, self.text[start] == "!", inside)]

    def _find(self, what: str, pos: int) -> int:
        """Find a string from a position on; one that is absent once is never looked for again."""
        if what in self.absent:
            return -1
        at = self.text.find(what, pos)
        if at < 0:
            self.absent.add(what)
        return at

    def _code(self, start: int, length: int) -> int:
        """Skip a code span: it closes at the next run of as many backticks; where there is none, fewer may open one."""
        if self.runs is None:
            self.runs = {}
            for run in re.finditer("`+", self.text):
                self.runs.setdefault(run.end() - run.start(), []).append(run.start())
            for places in self.runs.values():
                places.reverse()
        for opening in range(length, 0, -1):
            places = self.runs.get(opening, [])
            while places and places[-1] <= start:
                places.pop()
            if places:
                end = places[-1] + opening
                self.found.code.append((start, end))
                return end
        return start + length

    def _html(self, start: int) -> int:
        """Skip a comment, an autolink or a tag of HTML."""
        if self.text.startswith("<!--", start):
            end = self._find("-->", start + 4)
            return end + 3 if end >= 0 else start + 4
        auto = AUTOLINK.match(self.text, start)
        if auto is not None:
            self.found.urls.append((start + 1, auto.group(1)))
            return auto.end()
        element = _ELEMENT.match(self.text, start)
        return element.end() if element else start + 1

    def _math(self, start: int) -> int:
        """Skip `$…$` (no blank inside its ends, no digit after) and `$$…$$`."""
        text = self.text
        if text.startswith("$$", start):
            end = self._find("$$", start + 2)
            return end + 2 if end > start + 2 else start + 2
        if text[start + 1 : start + 2].isspace():
            return start + 1
        if self.dollar <= start:
            self.dollar = self._next_dollar(start + 1)
        closes = self.dollar < len(text) and not text[self.dollar - 1].isspace()
        return self.dollar + 1 if closes else start + 1

    def _next_dollar(self, pos: int) -> int:
        """Return the next `$` that ends math or prevents it; the earlier `$` makes no difference."""
        text = self.text
        end = self._find("$", pos)
        while end >= 0 and not text[end - 1].isspace() and (text[end - 1] == "\\" or text[end + 1 : end + 2].isdigit()):
            end = self._find("$", end + 1)
        return end if end >= 0 else len(text)

    def _wikilink(self, start: int, inside: int) -> int:
        """Take `[[…]]`: up to the first `]]` on its line, without another `[[` inside."""
        text = self.text
        if self.close < inside and self.close != -1:
            self.close = text.find("]]", inside)
        end = self.close
        if end < 0:
            return self._two_brackets(start, inside)
        inner = text.find("[[", inside, end)
        body = text[inside:end] if inner < 0 else ""
        if not body or "\n" in body:
            return self._two_brackets(start, inside)
        target, subpath, display = split_wikilink(body)
        if not (target or subpath):
            return end + 2
        embed = text[start] == "!"
        self.found.links.append(Found(start, end + 2, target, subpath, display, embed, "wikilink"))
        return end + 2

    def _two_brackets(self, start: int, inside: int) -> int:
        """Read the first of two brackets that are not a wikilink; the second may open one, or a link."""
        if self.text.startswith("[", inside):
            self._open(start, inside - 1)
            return inside - 1
        self._open(start, inside - 1)
        self._open(inside - 1, inside)
        return inside

    def _bracket(self, close: int) -> int:
        """At `]`: take a Markdown link or image if a bracket is open and a destination follows."""
        if not self.openers:
            return close + 1
        start, image, inside = self.openers.pop()
        text = self.text
        if text[start] == "^":
            return close + 1
        if text.startswith("[", close + 1) and not text.startswith("[[", close + 1):
            reference = None if text[inside:close].isspace() else _REFERENCE.match(text, close + 1)
            return reference.end() if reference else close + 1
        if not text.startswith("(", close + 1):
            return close + 1
        parsed = self._destination(close + 2)
        if parsed is None:
            return close + 1
        destination, end = parsed
        label = text[inside:close]
        if inside in self.pending:
            self.found.tags.append(self.pending.pop(inside))
        self._swallow(inside, everything=image)
        if _SCHEME.match(destination):
            self.found.urls.append((close + 2, destination))
        elif destination and ":" not in destination:
            target, subpath = split_destination(destination)
            self.found.links.append(Found(start, end, target, subpath, label, image, "markdown"))
        return end

    def _swallow(self, inside: int, *, everything: bool) -> None:
        """Take back the Markdown links in the text of a link; `everything` in that of a picture, which is no markup."""
        kept: list[Found] = []
        links, tags, urls = self.found.links, self.found.tags, self.found.urls
        while links and links[-1].start >= inside:
            link = links.pop()
            if not everything and (link.syntax == "wikilink" or link.embed):
                kept.append(link)
        links.extend(reversed(kept))
        while everything and tags and tags[-1][0] >= inside:
            tags.pop()
        while everything and urls and urls[-1][0] >= inside:
            urls.pop()

    def _destination(self, pos: int) -> tuple[str, int] | None:
        """Read `destination "title")` after the parenthesis; returns the destination and where the link ends."""
        text = self.text
        opening = _DESTINATION.match(text, pos)
        if opening is None:
            return ("", pos + 1) if text.startswith(")", pos) else None
        if opening.group(1) is not None:
            destination, end = opening.group(1), opening.end()
        else:
            end = self._balanced(opening.end())
            destination = text[opening.end() : end]
        title = _TITLE.match(text, end)
        end = title.end() if title else end
        while end < len(text) and text[end] in " \t\n":
            end += 1
        if not text.startswith(")", end):
            return None
        return ESCAPED.sub(r"\1", destination), end + 1

    def _balanced(self, pos: int) -> int:
        """Return where an unquoted destination ends: at white space, or at a parenthesis it did not open."""
        depth = 0
        for match in _PAREN.finditer(self.text, pos):
            char = match.group()
            if char == "(":
                depth += 1
                if depth > _DEEPEST:
                    return match.start()
            elif char == ")":
                depth -= 1
                if depth < 0:
                    return match.start()
            elif char[0] != "\\":
                return match.start()
        return len(self.text)

    def _url(self, colon: int, free: int) -> int:
        """At `://`: take a bare URL up to white space, whose scheme is in the text from `free` on."""
        scheme = _WEB.search(self.text, max(free, colon - 5), colon)
        if scheme is None or self.openers:
            return colon + 3
        start = scheme.start()
        before = self.text[start - 1 : start]
        match = None if before.isascii() and before.isalnum() else _URL.match(self.text, start)
        if match is None:
            return colon + 3
        self.found.urls.append((start, _address(match.group())))
        return match.end()

    def _tag(self, start: int) -> int:
        """Take a tag where a run of text begins: at a line's start, after white space, a tag, an escape, a marker."""
        match = TAG.match(self.text, start)
        if match is None or _NUMBER.match(match.group(1)):
            return start + 1
        before = self.text[start - 1 : start]
        tag = (start, match.group())
        if self._begins(start, before):
            self.found.tags.append(tag)
        elif before == "[" and self.openers and self.openers[-1][2] == start:
            self.pending[start] = tag
        else:
            return start + 1
        self.after_tag = match.end()
        return match.end()

    def _begins(self, start: int, before: str) -> bool:
        """Tell whether a run of text begins: `before` is the character in front of it."""
        if before == "" or before.isspace() or start in (self.after_tag, self.after_escape):
            return True
        return before in "*~=_" and _MARKER.search(self.text, max(0, start - 4), start) is not None


def _address(url: str) -> str:
    """Return a bare URL without the marks behind it, and the parentheses that close nothing in it (GFM)."""
    most = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in _MARKS or (most > 0 and url[end - 1] == ")")):
        end -= 1
        most -= url[end] == ")"
    return url[:end]


_PAREN = re.compile(r"\\[!-/:-@\[-`{-~]|[()<\s\x00-\x1f\x7f]")
