"""Markdown links and images: `[text](destination)`, from the bracket that opens one to the one that closes it."""

import re

from vault_tools.parse.inline.destinations import read_destination, split_destination
from vault_tools.parse.inline.walk import InlineLink, Scan, Walk

DEEPEST = 32
"""How many brackets may be open; of more, only the last count."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_REFERENCE = re.compile(r"\[[^\[\]\n]*\]")


def open_bracket(walk: Walk, start: int, inside: int) -> int:
    """Remember a bracket that may open a link, an image (`![`) or a footnote (`^[`)."""
    if len(walk.openers) == DEEPEST:
        del walk.openers[0]
    walk.openers.append((start, inside))
    return inside


def open_two_brackets(walk: Walk, start: int, inside: int) -> int:
    """Read the first of two brackets that are not a wikilink; the second may open one, or a link."""
    second = inside - 1
    open_bracket(walk, start, second)
    return second if walk.text.startswith("[", inside) else open_bracket(walk, second, inside)


def close_bracket(walk: Walk, _start: int, end: int) -> int:
    """At `]`: take a Markdown link or image if a bracket is open and a destination follows."""
    if not walk.openers:
        return end
    start, inside = walk.openers.pop()
    if walk.text[start] == "^":
        return end
    following = walk.text[end : end + 1]
    if following == "(":
        return _take_link(walk, start, inside, end)
    if following == "[":
        return _skip_reference(walk.text, inside, end)
    return end


def _skip_reference(text: str, inside: int, end: int) -> int:
    """Skip the `[name]` of a link `[text][name]`, whose text ends before `end`."""
    if text[inside : end - 1].isspace():
        return end
    reference = _REFERENCE.match(text, end)
    return reference.end() if reference else end


def _take_link(walk: Walk, start: int, inside: int, after: int) -> int:
    """Take `[text](destination)` with the text from `inside` on, if a destination follows the bracket."""
    destination = read_destination(walk.text, after + 1)
    if destination is None:
        return after
    address, end = destination
    is_image = walk.text[start] == "!"
    _take_back(walk, inside, is_image=is_image)
    if _SCHEME.match(address):
        walk.scan.urls.append((after + 1, address))
    elif address and ":" not in address:
        target, subpath = split_destination(address)
        label = walk.text[inside : after - 1]
        walk.scan.links.append(InlineLink(start, end, target, subpath, label, is_image, "markdown"))
    return end


def _take_back(walk: Walk, inside: int, *, is_image: bool) -> None:
    """Take back what was read in the text of a link and is not allowed there; the text of an image is no markup."""
    if inside in walk.tags_in_openers:
        walk.scan.tags.append(walk.tags_in_openers.pop(inside))
    if is_image:
        _take_back_all(walk.scan, inside)
    else:
        _take_back_links(walk.scan.links, inside)


def _take_back_all(scan: Scan, inside: int) -> None:
    for places in (scan.links, scan.tags, scan.urls):
        while places and places[-1][0] >= inside:
            places.pop()


def _take_back_links(links: list[InlineLink], inside: int) -> None:
    """Take back the Markdown links from a place on; wikilinks and embeds stay."""
    kept: list[InlineLink] = []
    while links and links[-1].start >= inside:
        link = links.pop()
        if link.syntax == "wikilink" or link.embed:
            kept.append(link)
    links.extend(reversed(kept))
