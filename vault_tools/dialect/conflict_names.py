"""Names that a sync service gives to a copy of a file that changed in two places."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """A copy of a file that changed in two places: the file's name, and the service that gives copies such names."""

    original: str
    service: str


# Only the end of a name is read, so that a long name takes no more time.
_TAIL = 200
# Most names are not those of copies, and one search finds that out.
_SAYS_CONFLICT = re.compile("onflict|[)）]")
_SAYS_COPY = re.compile(r"[ (_][1-9][0-9]?[).]|-")
_SUFFIX = re.compile(r"\.(?!sync-conflict-)[^.\s()（）]{1,40}\Z")
# What may end a name, without parentheses around it.
_ENDINGS = (
    (re.compile(r"\.sync-conflict-\d{8}-\d{6}(?:-[0-9A-Za-z]{0,10})?\Z"), "Syncthing"),
    (re.compile(r"_conflict-(?:[^_]{1,80}-)?\d{8}-\d{6}\Z"), "ownCloud"),
    (re.compile(r"_[^_]{1,80}_[A-Z][a-z]{2}-\d{2}-\d{4,6}-\d{4}_(?:Case)?Conflict\Z"), "Synology Drive"),
    (re.compile(r" ?\[conflicted(?: \d{1,4})?\]\Z"), "pCloud"),
)
# What may be in parentheses at the end of a name.
_REMARKS = (
    (re.compile(r"Conflicted copy (?:.* )?\d{12}", re.DOTALL), "Obsidian Sync"),
    (re.compile(r"conflicted copy (?:.* )?\d{4}-\d{2}-\d{2} \d{6}", re.DOTALL), "Nextcloud"),
    (re.compile(r"SFConflict .{1,150} \d{4}(?:-\d{2}){2}(?:-\d{1,2}){3}", re.DOTALL), "Seafile"),
    (
        re.compile(r"(?:case|unicode encoding|selective sync|whitespace) conflict(?: \(?\d{1,4}\)?)?", re.IGNORECASE),
        "Dropbox",
    ),
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ _]\d{1,2}[\d._:-]{0,12}(?: [AP]M)?)?(?: \(?\d{1,4}\)?)?\Z")
# Dropbox's words, in the languages in which such names were found; a name or a date comes before or after them.
_DROPBOX = (
    "conflicted copy",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "copia in conflitto",
    "conflicterende kopie",
    "modstridende kopi",
    "motstridende kopi",
    "motstridiga kopia",
    "конфліктна копія",
    "salinan konflik",
    "cópia em conflito",
    "конфликтующая копия",
    "kopia powodująca konflikt",
    "競合コピー",
    "冲突副本",
    "冲突的副本",
    "衝突複本",
    "衝突的複本",
    "충돌하는 사본",
)
_COUNTED = re.compile(r"(?: ([1-9][0-9]?)| ?\(([1-9][0-9]?)\))\Z")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_PARTS = 6
"""Hyphens that the name of a computer may hold, and one before it."""


def conflict_of(name: str) -> ConflictCopy | None:
    """Read a file name that can only be that of a conflict copy; None for any other name."""
    if not _SAYS_CONFLICT.search(name):
        return None
    stem, suffix = _parted(name)
    return _with_ending(stem, suffix) or _with_remark(stem, suffix)


def maybe_copies_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield the names of files that this may be a copy of, the likeliest first, and what its own name adds.

    `Note 2.md`, `Note (1).md`, `Note-DESKTOP-AB12CD3.md` and `Note-Anna’s MacBook Pro.md` are names of copies. People
    give such names to a second note too, so only the contents can tell.
    """
    if not _SAYS_COPY.search(name):
        return
    stem, suffix = _parted(name)
    number = _COUNTED.search(stem, max(0, len(stem) - _TAIL))
    if number and stem[: number.start()].strip():
        yield stem[: number.start()] + suffix, number[1] or number[2]
    for at in _hyphens(stem):
        if stem[:at].strip() and _LETTER.search(stem, at):
            yield stem[:at].rstrip() + suffix, stem[at + 1 :].strip()


def _with_ending(stem: str, suffix: str) -> ConflictCopy | None:
    """Read what a service adds to a name without parentheses."""
    for pattern, service in _ENDINGS:
        ending = pattern.search(stem, max(0, len(stem) - _TAIL))
        if ending and ending.start():
            return ConflictCopy(stem[: ending.start()] + suffix, service)
    return None


def _with_remark(stem: str, suffix: str) -> ConflictCopy | None:
    """Read what a service adds to a name in parentheses."""
    at = _opening(stem)
    original = stem[: max(0, at)].rstrip()
    service = _service(unicodedata.normalize("NFC", stem[at + 1 : -1])) if original else None
    return ConflictCopy(original + suffix, service) if service else None


def _hyphens(stem: str) -> Iterator[int]:
    """Yield where the last hyphens of a name are, the last one first."""
    at = len(stem)
    for _ in range(_MOST_PARTS):
        at = stem.rfind("-", max(0, len(stem) - _TAIL), at)
        if at < 0:
            return
        yield at


def _parted(name: str) -> tuple[str, str]:
    """Split a file name from its suffix; a suffix contains no blank and no parenthesis."""
    suffix = _SUFFIX.search(name, max(0, len(name) - _TAIL))
    return (name[: suffix.start()], name[suffix.start() :]) if suffix and suffix.start() else (name, "")


def _opening(stem: str) -> int:
    """Return where the parenthesis that closes at the end of a name opens, of any width; -1 if there is none."""
    depth = 0
    for at in range(len(stem) - 1, max(-1, len(stem) - 1 - _TAIL), -1):
        depth += (stem[at] in ")）") - (stem[at] in "(（")
        if depth == 0:
            return at if stem[at] in "(（" else -1
    return -1


def _service(remark: str) -> str | None:
    """Name the service that adds such a remark in parentheses; None if there is none."""
    for pattern, service in _REMARKS:
        if pattern.fullmatch(remark):
            return service
    return "Dropbox" if _is_dropbox(remark.lower()) else None


def _is_dropbox(remark: str) -> bool:
    """Tell whether a remark is Dropbox's: only its words, or its words and a date at the end."""
    return any(words == remark or (words in remark and _DATE.search(remark.upper())) for words in _DROPBOX)
