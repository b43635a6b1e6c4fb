"""Wikilinks: `[[note#heading|text]]`, and embeds with a `!` in front."""

from vault_tools.parse.inline.brackets import open_two_brackets
from vault_tools.parse.inline.walk import InlineLink, Walk


def take_wikilink(walk: Walk, start: int, inside: int) -> int:
    """Take `[[…]]`, or leave its brackets to Markdown links."""
    close = _close(walk, inside)
    if close < 0:
        return open_two_brackets(walk, start, inside)
    target, subpath, display = split_wikilink(walk.text[inside:close])
    end = close + 2
    if target or subpath:
        is_embed = walk.text[start] == "!"
        walk.scan.links.append(InlineLink(start, end, target, subpath, display, is_embed, "wikilink"))
    return end


def _close(walk: Walk, inside: int) -> int:
    """Return the first `]]` if it is on the same line, with text and without another `[[` before it; -1 otherwise."""
    if walk.next_close < inside:
        walk.next_close = walk.find("]]", inside)
    close, text = walk.next_close, walk.text
    if close <= inside or text.find("[[", inside, close) >= 0 or text.find("\n", inside, close) >= 0:
        return -1
    return close


def split_wikilink(body: str) -> tuple[str, str, str | None]:
    """Split the text between `[[` and `]]` into linkpath, subpath and display text (spec 1.1, rules 2 and 3)."""
    pipe = body.find("|", 1)
    left, display = (body, None) if pipe < 0 else (body[:pipe].removesuffix("\\"), body[pipe + 1 :].strip())
    target, mark, rest = left.partition("#")
    return target.strip(), (mark + rest).rstrip() if mark else "", display


def shown_text(target: str, subpath: str, display: str | None) -> str:
    """Return what Obsidian shows of a link: its own text, or `note > heading` (spec 1.1, rule 6)."""
    if display is not None:
        return display
    return " > ".join(part.strip() for part in (target + subpath).split("#") if part.strip())
