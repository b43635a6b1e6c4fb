"""Keeps code that a plugin would run out of a note, unless the note or its template already contains it."""

import re
from collections import Counter
from collections.abc import Iterator
from posixpath import basename

from vault_tools.authoring.draft import Drafts
from vault_tools.dialect.live import constructs
from vault_tools.forms import Template
from vault_tools.model.text import Say, Value, say
from vault_tools.parse import frontmatter
from vault_tools.parse.note import clean

LONGEST = 60
"""Characters of a piece of code that are shown."""

_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}")
_TITLE = re.compile(r"\{\{[ \t]*title[ \t]*\}\}", re.IGNORECASE)
# A name must not add another line, a comment, a vault-tools region or a link.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]|%%|\\[\\[|\\]\\]")
_FENCED = ("```", "~~~")
_PASSIVE = re.compile(r"[`~]{3,}[ \t]*(?:mermaid|markdown|md|text|txt)[ \t]*$", re.IGNORECASE | re.MULTILINE)
# Within code a variable may be replaced by words; between quotes or in a link, by anything that does not end these.
_LITERAL = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\[\[[^\[\]\n]*\]\]")
_WORD = re.compile(r"[\w:-]*")
_WORDS = re.compile(r"[\w: -]*")
_QUOTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\"'`\\\[\]{}<>$]*")


def forbids(drafts: Drafts, template: Template, path: str, before: str, after: str) -> Say | None:
    """Say why the planned text must not be written into a note; None if it may.

    Everything in it that a plugin would run must already be in `before` or in the template. Variables in the template's
    code may only become plain words. A name, a date format or a folder must not add properties or lines.
    """
    name = basename(path).removesuffix(".md")
    if _TITLE.search(template.form.text) and (unfit := _UNFIT.search(name)):
        return say("guard.piece-changes-text", piece=_one_line(unfit[0]))
    prefixes = drafts.vault.obsidian.prefixes
    new = constructs(after, prefixes) - constructs(before, prefixes)
    for piece in new - _of_template(drafts, template, path):
        return say("guard.piece-runs-code", piece=_one_line(piece))
    if not template.form.problems and _properties(after) - _properties(before) - _declared(template):
        return say("guard.changes-properties")
    return None


def _of_template(drafts: Drafts, template: Template, path: str) -> Counter[str]:
    """Return the code in a template that a plugin may run, with its variables filled in where that is safe."""
    when = drafts.when(template, path)
    pieces: Counter[str] = Counter()
    for piece, times in constructs(template.form.text, drafts.vault.obsidian.prefixes).items():
        if all(_fits(piece, variable, drafts.rendered(variable, path, when)) for variable in _variables(piece)):
            pieces[drafts.rendered(piece, path, when)] += times
    return pieces


def _variables(piece: str) -> Iterator[str]:
    """Yield the variables in a piece of code; Templater's commands are not filled in."""
    if not piece.startswith("<%"):
        yield from _VARIABLE.findall(piece)


def _fits(piece: str, variable: str, value: str) -> bool:
    """Tell whether a value can replace a variable in a piece of code, and is only words there."""
    if value == variable:  # it is none of Obsidian's
        return True
    if piece.startswith(_FENCED) and variable in piece.partition("\n")[0]:
        return False  # it would say which plugin runs the block
    if variable not in _LITERAL.sub("", piece):
        return _QUOTABLE.fullmatch(value) is not None
    return (_WORDS if _PASSIVE.match(piece) else _WORD).fullmatch(value) is not None


def _properties(text: str) -> set[str]:
    """Return the names of a note's properties; if they cannot be read, a name that no note has."""
    front = frontmatter.read(clean(text))
    return {"\n"} if front.values is None and front.problems else {name.lower() for name in front.values or {}}


def _declared(template: Template) -> set[str]:
    return {field.name.lower() for field in template.form.fields}


def _one_line(piece: str) -> Value:
    """Return the beginning of a piece of code, to show on one line."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in piece).split())
    if not plain:
        return say("guard.line-break")
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
