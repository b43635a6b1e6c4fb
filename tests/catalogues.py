"""What the catalogues in `templates/words/` must say: the ids that the code uses, and what is wrong with each row.

`python tests/catalogues.py fr` lists the sentences that a language lacks. With `--add`, it adds an empty row for each
of them, and creates the file if there is none. Without a language, it checks every catalogue.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

import vault_tools
from vault_tools import shipped
from vault_tools.dialect.choices import choices
from vault_tools.exporters.html import scripts
from vault_tools.insights import insights
from vault_tools.learning.measures import MEASURES
from vault_tools.model.text import HOLE
from vault_tools.render.pages import page_kinds
from vault_tools.words import HEADER, Catalogue, Entry, is_said, words

ROOT = Path(vault_tools.__file__).parents[1]
FOLDER = ROOT / "templates" / "words"
TERMS = frozenset({"type", "relation", "property", "stage", "mode", "key", "status", "outcome"})
"""Sections of single words: the names of the vocabulary, and what is typed into notes."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]+)*")
FORMS = ("one", "other")
_ID = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9-]+)+\Z")
_ROW = re.compile(r'^\s*(?:"([^"]+)"|([\w-]+)) *=')


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is wrong: its file, its line there (1-based, 0 if the row is missing), its id, and why."""

    file: str
    line: int
    id: str
    why: str

    def __str__(self) -> str:
        """Say it as a compiler does."""
        return f"{self.file}:{self.line}: {self.id}: {self.why}"


# ---------------------------------------------------------------- what the code says


SAYING = {
    **dict.fromkeys(
        (
            "say",
            "own",
            "heads",
            "report_phrase",
            "format_phrase",
            "usage_error",
            "format_on_one_line",
            "_say",
            "_said",
            "_row",
        ),
        0,
    ),
    "form": 1,
    "Problem": 2,
}
"""The functions that take ids, and at which argument these begin."""


@cache
def said() -> frozenset[str]:
    """Return the ids that must be in every catalogue."""
    page = {name.removeprefix("graph/"): text for name, text in shipped.assets(("graph/",)).items()}
    found = {*scripts.sentences(page), *re.findall(r"\{\{([\w-]+\.[\w.-]+)\}\}", page["page.html"])}
    found |= {
        each.id
        for insight in insights()
        for each in (insight.title, insight.lead, insight.empty, *insight.heads)
        if each is not None
    }
    found |= choices().sentences
    found |= {kind.title.id for kind in page_kinds()}
    found |= {measure.title.id for measure in MEASURES}
    found |= {f"advice.{rule}-{part}" for rule in _rules() for part in ("title", "step")}
    calls = (node for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Call))
    return frozenset(found | {id_ for call in calls for id_ in _ids(call)})


def _rules() -> Iterator[str]:
    yield from tomllib.loads(shipped.asset("advice.toml"))["advice"]


def _ids(call: ast.Call) -> Iterator[str]:
    """Yield the literal ids that a call says."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    for argument in call.args[SAYING[name] :] if name in SAYING else ():
        put = {id(part) for node in ast.walk(argument) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and id(node) not in put and _ID.match(str(node.value)):
                yield str(node.value)


@cache
def mentioned() -> frozenset[str]:
    """Return the ids that the code may say: also those in tables, and those that are put together from parts."""
    nodes = [node for tree in _trees() for node in ast.walk(tree)]
    literals = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = [found for node in nodes if isinstance(node, ast.JoinedStr) and (found := _pattern(node))]
    put = {id_ for id_ in rows("en") for pattern in patterns if pattern.fullmatch(id_)}
    return said() | literals | put


@cache
def _trees() -> list[ast.Module]:
    return [ast.parse(file.read_text("utf-8")) for file in sorted(Path(vault_tools.__file__).parent.rglob("*.py"))]


def _pattern(text: ast.JoinedStr) -> re.Pattern[str] | None:
    """Return a pattern for an f-string such as `f"learning.{kind}"`; None if it cannot be an id."""
    first = text.values[0]
    if not (isinstance(first, ast.Constant) and re.match(r"[a-z-]+\.", str(first.value))):
        return None
    parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+" for part in text.values)
    return re.compile("".join(parts))


# ---------------------------------------------------------------- what a catalogue says


def rows(language: str) -> dict[str, tuple[int, Entry]]:
    """Return the rows of a language by id: their lines in the file, and what they say."""
    catalogue, found = words(language), {}
    section = ""
    for line, text in enumerate(shipped.asset(f"words/{language}.toml").splitlines(), 1):
        if header := HEADER.match(text):
            section = header[1]
        elif row := _ROW.match(text):
            name = row[1] or row[2]
            if name in catalogue.section(section):
                found[f"{section}.{name}"] = line, catalogue.section(section)[name]
    return found


def unreadable(language: str) -> Iterator[Fault]:
    """Yield what keeps a catalogue from being read row by row: no TOML, sections written otherwise, other values."""
    text, file = shipped.asset(f"words/{language}.toml"), f"templates/words/{language}.toml"
    lines = {each[1]: text.count("\n", 0, each.start(1)) + 1 for each in HEADER.finditer(text)}
    try:
        whole = dict(_sections(tomllib.loads(text), "", lines))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        section = max((each for each in lines if lines[each] <= line), key=lines.__getitem__, default="")
        yield Fault(file, line, section, f"this is not TOML: {error}")
        return
    for section, own in whole.items():
        if section not in lines or _alone(text, section) != own:
            yield Fault(file, lines.get(section, 0), section or "(no section)", "write [section] above its rows")
        for name in (name for name, entry in own.items() if not isinstance(entry, str) and not _has_forms(entry)):
            yield Fault(file, lines.get(section, 0), f"{section}.{name}", f"write a text, or the forms {FORMS}")


def _alone(text: str, section: str) -> Mapping[str, object] | None:
    """Return the rows of a section as vault-tools reads them, without the rest of the file; None if it cannot."""
    try:
        return Catalogue(text).section(section)
    except tomllib.TOMLDecodeError:
        return None


def _sections(table: Mapping[str, object], above: str, known: Iterable[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the rows of each section of a TOML file; a table that has no line of its own is a row."""
    own = dict(table)
    for name, value in table.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, dict) and any(f"{each}.".startswith(f"{path}.") for each in known):
            yield from _sections(own.pop(name), path, known)  # type: ignore[arg-type]  # it is this table
    if own:
        yield above, own


def _has_forms(entry: object) -> bool:
    texts = entry.values() if isinstance(entry, dict) and entry.keys() <= set(FORMS) else [None]
    return all(isinstance(text, str) for text in texts)


def missing(language: str) -> list[str]:
    """Return the ids of sentences that a language does not have, in the order of the English catalogue."""
    own = rows(language) if language in shipped.languages() else {}
    return [id_ for id_ in rows("en") if not is_said(own.get(id_, (0, ""))[1])]


def faults(language: str) -> Iterator[Fault]:
    """Yield what is wrong with a catalogue: rows that are missing, that nothing says, or that lose a value."""
    broken = list(unreadable(language))
    yield from broken
    if broken:
        return
    english, own, file = rows("en"), rows(language), f"templates/words/{language}.toml"
    for id_ in sorted({*said(), *english} - {id_ for id_, (_, entry) in own.items() if is_said(entry)}):
        yield Fault(file, own.get(id_, (0, ""))[0], id_, "this sentence is missing")
    for id_, (line, entry) in own.items():
        if id_.partition(".")[0] in TERMS:
            continue
        if id_ not in mentioned():
            yield Fault(file, line, id_, "nothing says this sentence")
        elif id_ in english:
            yield from (Fault(file, line, id_, why) for why in _differences(english[id_][1], entry))


def _differences(english: Entry, other: Entry) -> Iterator[str]:
    """Say in what a sentence differs from the English one that it may not differ in."""
    want = _holes(_many(english))
    for text in forms(other).values():
        got = _holes(text)
        if got != want and not (set(want) - set(got) <= {"n"} and text != _many(other)):
            yield f"it has the values {got}, and English has {want}"
        if text.count("*") != _many(english).count("*"):
            yield "it has not as many * as English"
        if text.count("`") % 2:
            yield "a ` is not closed"
        if "\n" in text:
            yield "it has more than one line"
    if not isinstance(other, str) and ("n" not in want or not {"other"} <= other.keys() <= {"one", "other"}):
        yield "forms need a value {n}, and are `one` and `other`"


def _holes(text: str) -> list[str]:
    """Return the values of a sentence; click quotes some of its own as Python does, which other languages need not."""
    return sorted(HOLE.findall(text.replace("!r}", "}")))


def forms(entry: Entry) -> Mapping[str, str]:
    """Return a sentence's forms by name."""
    return {"other": entry} if isinstance(entry, str) else entry


def _many(entry: Entry) -> str:
    return forms(entry)["other"]


# ---------------------------------------------------------------- adding rows


def add(language: str) -> int:
    """Add an empty row for each sentence that a language lacks, at its section's end; return how many were added."""
    path = FOLDER / f"{language}.toml"
    wanted = [id_ for id_ in missing(language) if id_ not in (rows(language) if path.exists() else {})]
    lines = path.read_text("utf-8").rstrip("\n").split("\n") if path.exists() else []
    for section, names in _by_section(wanted).items():
        header = f"[{section}]"
        if header not in lines:
            lines += ["", header]
        at = lines.index(header) + 1
        while at < len(lines) and not lines[at].startswith("["):
            at += 1
        while not lines[at - 1].strip():
            at -= 1
        lines[at:at] = [f'{_key(name)} = ""' for name in names]
    path.write_text("\n".join(lines).lstrip("\n") + "\n", "utf-8")
    return len(wanted)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else f'"{name}"'


def _by_section(ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_ in ids:
        section, _, name = id_.rpartition(".")
        found.setdefault(section, []).append(name)
    return found


def main(arguments: list[str]) -> int:
    """Check the catalogues, or list what one language lacks; return the exit code."""
    languages = [each for each in arguments if not each.startswith("-")]
    wrong = [fault for language in languages if language in shipped.languages() for fault in unreadable(language)]
    if wrong or not all(map(LANGUAGE.fullmatch, languages)):
        click.echo("\n".join(map(str, wrong)) or "write a language as it is in BCP 47, in lower case: fr, pt-br")
        return 2
    if "--add" in arguments:
        for language in languages:
            click.echo(f"{add(language)} rows added to templates/words/{language}.toml")
        return 0
    if languages:
        lacking = [id_ for language in languages for id_ in missing(language)]
        click.echo("\n".join([*lacking, f"{len(lacking)} missing"]))
        return 0
    found = [fault for language in shipped.languages() for fault in faults(language)]
    click.echo("\n".join(map(str, found)) or "complete")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
