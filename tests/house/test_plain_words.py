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
CHINESE = {
    r"[ \t][，。：；！？、）”’》]|(?<=[\w`）”])[ \t][（“‘《]": "no blank before a full-width mark",
    r"[，。：；！？、（“‘《][ \t](?=[^\s%|])": "no blank after a full-width mark",
    r"[\d}] %": "no blank before %",
    r"您": "we say 你",
}
"""What is not written in Chinese, outside of code."""
TYPED = {"[：“”‘’，；（）]": "what is typed is half-width"}
"""What is not written in code, in Chinese text."""
_CHINESE = {re.compile(pattern): why for pattern, why in CHINESE.items()}
_TYPED = {re.compile(pattern): why for pattern, why in TYPED.items()}
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]*)`|\"[^\"\n]*\"")


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
        text = path.read_text("utf-8") if language == "en" else _FENCED.sub(blanked, path.read_text("utf-8"))
        for line, each in enumerate(text.splitlines(), 1):
            yield f"{path.relative_to(ROOT).as_posix()}:{line}", each
    if language == "en":
        yield from newest_changes()
        yield from docstrings()


def blanked(found: re.Match[str]) -> str:
    """Return as many empty lines: what is in a code block may be in another language."""
    return "\n" * found.group().count("\n")


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


def faults(text: str, patterns: dict[re.Pattern[str], str]) -> Iterator[str]:
    """Yield what is not written, and why."""
    for pattern, why in patterns.items():
        yield from (f"{match.group().strip()!r}: {why}" for match in pattern.finditer(text))


def in_english(text: str) -> Iterator[str]:
    """Yield the worst words of a text, outside of code."""
    yield from faults(_CODE.sub("`", text), _WORST)


def in_chinese(text: str) -> Iterator[str]:
    """Yield what is set wrong in a Chinese text."""
    yield from faults(_CODE.sub("`", text), _CHINESE)
    for code in _CODE.finditer(text):
        yield from faults(code[1] or "", _TYPED)


def test_english_texts_have_none_of_the_worst_words() -> None:
    """Catalogue, README, manual, templates, change log, and public docstrings."""
    found = [f"{place}: {fault}" for place, text in lines("en") for fault in in_english(text)]
    assert "\n".join(found) == ""


def test_chinese_texts_are_typeset_as_chinese() -> None:
    """Catalogue, manual and templates: marks, percent signs, and what is typed."""
    found = [f"{place}: {fault}" for place, text in lines("zh") for fault in in_chinese(text)]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("language", shipped.languages())
def test_the_check_of_words_looks_at_all_texts_that_people_read(language: str) -> None:
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
        ("with `anew`, all of their owners", 0),
    ],
)
def test_the_check_of_words_finds_whole_words_outside_of_code(text: str, count: int) -> None:
    """Not parts of others."""
    assert len(list(in_english(text))) == count


@pytest.mark.parametrize(
    "text", ["甲 ，乙", "（ 甲）", "甲， 乙", "`日期：2024`", "`“甲”`", "4.7 %", "{share} %", "甲 “乙”", "`a` ，乙"]
)
def test_the_check_of_chinese_finds_marks_that_are_set_wrong(text: str) -> None:
    """Each kind of them."""
    assert len(list(in_chinese(text))) >= 1


@pytest.mark.parametrize(
    "text",
    [
        *("甲，乙", "（甲）：“乙” 和", "`date: 2024-05-31`，", "4.7%", "- **甲**：`a`（b）", "| “甲” | 乙。 |"),
        *("`--a`（甲，`b`）", "%% 甲。 %%", '`a = ["x < 50 %"]`'),
    ],
)
def test_the_check_of_chinese_accepts_marks_that_are_set_right(text: str) -> None:
    """What is usual, and what is code."""
    assert list(in_chinese(text)) == []
