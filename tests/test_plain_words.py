"""The worst words stay out of what people read: each is a word of old books, or has a second meaning that matters.

Only the worst are here; the rest of good style is not for a test.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import catalogues
import pytest

import vault_tools
from vault_tools import shipped

ROOT = Path(vault_tools.__file__).parents[1]
WORST = {
    r"anew|afresh": "write: again",
    r"alone": "write: only. To leave alone means the opposite of only this",
    r"stands?|stood": "write: is, says or means. Files and words do not stand",
    r"bears?|bore": "write: has",
    r"told": "say who does it: vault-tools reports, lists or shows it",
    r"tells? of": "write: describes, names or mentions",
    r"(?:what|is|are|was|were|be) asked": "say who needs or chooses it",
    r"so many": "write the number, or: this many",
    r"of ours": "write: of vault-tools",
    r"of (?:its|their|one's) own": "write: its own, separate or new",
    r"of (?:the|a) user's": "write: the user's",
    r"in the way": "say what it blocks or stops",
    r"at once": "write: immediately, or together",
    r"wrong use": "write: invalid usage",
    r"answers? to": "write: has this name",
    r"lies": "write: is. A file that lies is not true",
    r"otherwise than": "write: differently from",
    r"but for": "write: except for",
    r"see to it": "write what to do",
    r"hangs? together": "write: is connected",
    r"ought": "write: should",
    r"cannot be meant": "write: is not allowed, or does not exist",
}
"""What is not written, and what to write instead."""
_WORST = {re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE): why for words, why in WORST.items()}
_WIDE = "，。：；！？、（）“”‘’《》…"
CHINESE = {
    rf"[ \t][{_WIDE[:-1]}]": "no blank before a full-width mark",
    rf"[{_WIDE[:8]}][ \t](?=\S)": "no blank after a full-width mark",
    r"`[^`\n]*[：“”‘’][^`\n]*`": "what is typed is half-width",
    r"\d ?% %|[\d}] %": "no blank before %",
    r"您": "we say 你",
}
"""What is not written in Chinese."""
_CHINESE = {re.compile(pattern): why for pattern, why in CHINESE.items()}


# ---------------------------------------------------------------- what people read


def files(language: str) -> Iterator[Path]:
    """Yield the text files that are written in a language."""
    templates = ROOT / "templates"
    yield from templates.glob(f"manual/{language}/*.md")
    yield templates / "settings" / f"{language}.toml"
    yield from templates.glob("notes/*.md" if language == "en" else f"notes/{language}/*.md")
    if language == "en":
        yield from (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "tests" / "obsidian" / "README.md")
        yield from templates.glob("*.toml")


def lines(language: str) -> Iterator[tuple[str, str]]:
    """Yield each line that people read in a language, with its place."""
    for id_, (line, entry) in catalogues.rows(language).items():
        for text in catalogues.forms(entry).values():
            yield f"templates/words/{language}.toml:{line}: {id_}", text
    for path in files(language):
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield f"{path.relative_to(ROOT).as_posix()}:{line}", text
    if language == "en":
        yield from newest_changes()
        yield from docstrings()


def newest_changes() -> Iterator[tuple[str, str]]:
    """Yield the lines of the newest section of the change log."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first, _, _ = text.partition("\n## ")[2].partition("\n## ")
    at = text.index(first)
    for line, each in enumerate(first.splitlines(), text.count("\n", 0, at) + 1):
        yield f"CHANGELOG.md:{line}", each


def docstrings() -> Iterator[tuple[str, str]]:
    """Yield the lines of all docstrings of modules, and of public classes, functions and values."""
    for path in sorted(Path(vault_tools.__file__).parent.rglob("*.py")):
        for first, whole in documented(ast.parse(path.read_text("utf-8"))):
            for line, text in enumerate(whole.splitlines(), first):
                yield f"{path.relative_to(ROOT).as_posix()}:{line}", text


def documented(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the docstrings in a module that are part of its public face, with their lines."""
    for owner in ast.walk(tree):
        if isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            named: ast.AST = owner
            for statement in owner.body:
                text = statement.value if isinstance(statement, ast.Expr) else None
                if isinstance(text, ast.Constant) and isinstance(text.value, str) and name(named)[:1] != "_":
                    yield text.lineno, text.value
                named = statement


def name(node: ast.AST) -> str:
    """Return what a statement names; "" for a module."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else getattr(node, "name", "")


# ---------------------------------------------------------------- the words


def found(language: str, patterns: dict[re.Pattern[str], str]) -> list[str]:
    """Return what is not written, with its place and what to write instead."""
    return [
        f"{place}: {match.group().strip()!r}: {why}"
        for place, text in lines(language)
        for pattern, why in patterns.items()
        for match in pattern.finditer(text)
    ]


def test_english_has_none_of_the_worst_words() -> None:
    """Catalogue, README, manual, templates, change log, and public docstrings."""
    assert "\n".join(found("en", _WORST)) == ""


def test_chinese_is_set_as_chinese_is() -> None:
    """Catalogue, manual and templates: marks, percent signs, and what is typed."""
    assert "\n".join(found("zh", _CHINESE)) == ""


@pytest.mark.parametrize("language", shipped.languages())
def test_all_that_people_read_is_looked_at(language: str) -> None:
    """Else the tests above would hold less than they say."""
    places = {place.partition(":")[0] for place, _ in lines(language)}
    assert {f"templates/words/{language}.toml", f"templates/settings/{language}.toml"} <= places
    assert any(place.startswith(f"templates/manual/{language}/") for place in places)
    if language == "en":
        assert {
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "vault_tools/app.py",
            "templates/notes/log.md",
        } <= places


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("it is told anew, and stands alone", 4),
        ("a standard stand-in understands the gold-told, not alone-ish", 0),
        ("a note of its own lies in the way", 3),
        ("of their owners", 0),
    ],
)
def test_words_are_whole_words(text: str, count: int) -> None:
    """Not parts of others."""
    assert sum(len(pattern.findall(text)) for pattern in _WORST) == count


@pytest.mark.parametrize("text", ["甲 ，乙", "（ 甲 ）", "甲， 乙", "`日期：2024`", "`“甲”`", "4.7 %", "{share} %"])
def test_marks_that_are_set_wrong_are_found(text: str) -> None:
    """Each kind of them."""
    assert any(pattern.search(text) for pattern in _CHINESE)


@pytest.mark.parametrize("text", ["甲，乙", "（甲）：“乙” 和", "`date: 2024-05-31`，", "4.7%", "- **甲**：`a`（b）"])
def test_marks_that_are_set_right_are_not(text: str) -> None:
    """What is usual."""
    assert not any(pattern.search(text) for pattern in _CHINESE)
