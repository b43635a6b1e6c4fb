"""Tells by the head of a file whether vault-tools wrote it: the mark must be where we put it, not just anywhere."""

import re
from collections.abc import Iterable
from pathlib import Path

from vault_tools.store.spelling import on_disk

_TOP = 600
"""How many bytes of a file are read; the mark is among them."""
_KEY = re.compile(r"[\w-]+: \S.*")
_MARKUP = r"\s*(?:<\?xml[^<>]*\?>\s*)?"
_HEAD = re.compile(r"\s*(?:<!doctype html>\s*)?<html[^<>]*>\s*<head>\s*(?:<meta [^<>]*>\s*)*", re.IGNORECASE)
_OBJECT = re.compile(r"\s*\{\s*(?:\"\w+\":\s*(?:\d+|\"[^\"\\]*\"),\s*)*")


def is_ours(root: Path, path: str, marks: Iterable[str]) -> bool | None:
    """Tell whether a page of this name is ours, by the mark at the top of it; None if there is no such file."""
    try:
        top = _head(root, path)
    except FileNotFoundError:
        return None
    except OSError:
        return False
    return any(is_marked(top, mark) for mark in marks)


def head(root: Path, path: str) -> str:
    """Return the beginning of a page; "" if it cannot be read."""
    try:
        return _head(root, path)
    except OSError:
        return ""


def _head(root: Path, path: str) -> str:
    with (root / on_disk(root, path)).open("rb") as file:
        return file.read(_TOP).decode("utf-8", "replace")


def is_marked(text: str, mark: str) -> bool:
    """Tell whether a text, of which this is the head, has a mark in its place.

    That of a mark `name: value` is a line of the properties at the top, or the first comment of HTML or XML; that of
    any other is the very start of the text, among the first `meta` of an HTML page, or among the first plain members
    of a JSON object. A text that only quotes the mark is not marked.
    """
    text = text.removeprefix("\ufeff")
    if _KEY.fullmatch(mark):
        return _in_properties(text, mark) or re.match(f"{_MARKUP}<!--\\s*{re.escape(mark)}\\s*-->", text) is not None
    return text.startswith(mark) or _follows(_HEAD, text, mark) or _follows(_OBJECT, text, mark)


def _in_properties(text: str, mark: str) -> bool:
    first, *lines = (line.rstrip() for line in text.split("\n"))
    if first != "---":
        return False
    end = lines.index("---") if "---" in lines else len(lines)
    return mark in lines[:end]


def _follows(opening: re.Pattern[str], text: str, mark: str) -> bool:
    """Tell whether a mark is in a text, and all before it is what an opening may be."""
    at = text.find(mark)
    return at >= 0 and opening.fullmatch(text, 0, at) is not None
