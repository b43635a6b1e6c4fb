"""What Obsidian's plugins run in a note: Templater's commands, Dataview's queries, code blocks, HTML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

PREFIXES = ("$=", "=", "INPUT[", "VIEW[", "BUTTON[", "button-")
"""How inline code that a plugin runs begins: Dataview's queries, the fields of Meta Bind, and Buttons."""

_TICKS = re.compile("`+")
_BACKSLASHES = re.compile(r"\\*\Z")
_LEAD = re.compile(r"[ \t>*+.)\d-]*")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")
# Each pattern takes what it has matched, so none looks at a piece of text twice.
_ANYWHERE = re.compile(
    r"""
    <%(?s:.*?)(?:%>|\Z) | %>                            # Templater, and an end that may later get an opening
    | (?P<fence>`{3,}|~{3,})(?s:.*?)(?:(?P=fence)|\Z)   # any block of code: plugins run many languages
    | <(?P<tag>code|pre|script|style|iframe|svg)\b(?s:.*?)(?:</(?P=tag)|\Z)  # Dataview runs what a `<code>` holds, too
    | <[A-Za-z/!?][^<>]*>?                              # any other HTML
    | %%[ \t]*vault-tools:[^\n]*                        # a marker of vault-tools
    """,
    re.VERBOSE | re.IGNORECASE,
)


def constructs(text: str, prefixes: Iterable[str] = ()) -> Counter[str]:
    """Return every piece of a text that a plugin may run, and how often it occurs.

    When in doubt, a piece counts: a code block of any language does, because some plugin may run it. `prefixes` are
    those of inline queries in the vault's own settings, in addition to the usual ones. Line ends do not matter.
    """
    plain = _LINE_END.sub("\n", text)
    known = tuple(dict.fromkeys((*PREFIXES, *prefixes)))
    found = Counter(match.group() for match in _ANYWHERE.finditer(plain))
    found.update(_inline(plain, known))
    found.update(_indented(plain, [prefix for prefix in known if prefix]))
    return found


def _inline(text: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    """Yield the inline code that begins with a prefix, each up to the next backtick."""
    for ticks in _TICKS.finditer(text):
        begin = ticks.start() + _is_escaped(text, ticks.start())
        at = ticks.end()
        while at < len(text) and text[at].isspace():
            at += 1
        if begin < ticks.end() and text.startswith(prefixes, at):
            end = text.find("`", at)
            yield text[begin : end if end >= 0 else len(text)]


def _is_escaped(text: str, at: int) -> bool:
    """Tell whether a backslash escapes the character at a place."""
    begin = max(0, at - 64)
    found = _BACKSLASHES.search(text, begin, at)
    return found is not None and len(found.group()) % 2 == 1


def _indented(text: str, prefixes: Sequence[str]) -> Iterator[str]:
    """Yield the lines of indented code that begin with a prefix."""
    for line in text.split("\n"):
        lead = _LEAD.match(line)
        end = lead.end() if lead else 0
        begin = _code_start(line, end)
        if begin >= 0 and any(begin < line.find(prefix, begin, end + len(prefix)) for prefix in prefixes):
            yield line[begin:]


def _code_start(line: str, end: int) -> int:
    """Return where, before a place in a line, the blanks of indented code begin; -1 if there are none."""
    blanks = (line.find("\t", 0, end), line.find("    ", 0, end))
    return min((at for at in blanks if at >= 0), default=-1)
