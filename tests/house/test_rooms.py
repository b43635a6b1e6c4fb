"""Tests lie in rooms like those of the package, and each test file can be read by itself."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
PACKAGE = TESTS.parent / "vault_tools"
FILES = sorted(TESTS.rglob("test_*.py"))
ROOMS = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/**/*.py")}
BESIDES = {
    "house": "the sources, the package and the manual",
    "page": "the scripts of the graph page",
    "vault": "modules that lie in no room, and a vault as a whole",
}
"""Rooms of tests that are no room of the package, and what they test."""
MOST_LINES = 400
NO_SUBJECT = {"bugs", "issues", "misc", "more", "other", "others", "regressions", "review", "various"}
PRONOUNS = {"he", "it", "none", "she", "such", "these", "they", "this", "those"}


def imports(file: Path) -> Iterator[str]:
    """Yield the names of the modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names_of_tests(file: Path) -> list[str]:
    """Return the names of the tests in a file."""
    functions = ast.parse(file.read_text("utf-8")).body
    return [node.name for node in functions if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def test_each_room_of_the_package_has_a_room_of_tests() -> None:
    """So a reader knows where the tests of a module are."""
    rooms = {file.relative_to(TESTS).parts[0] for file in FILES}
    assert rooms == ROOMS | BESIDES.keys()
    assert ROOMS.isdisjoint(BESIDES)


def test_each_folder_of_page_tests_is_one_of_its_scripts() -> None:
    """`tests/page/` has the folders of `templates/graph/`."""
    folders = {file.parent.name for file in FILES if file.relative_to(TESTS).parts[0] == "page"} - {"page"}
    scripts = {path.name for path in (PACKAGE.parent / "templates" / "graph").iterdir() if path.is_dir()}
    assert folders <= scripts


def test_no_test_file_imports_another_one() -> None:
    """What test files share is in `tests/shared/`, or in the `conftest.py` of their room."""
    stems = {file.stem for file in FILES} | {"conftest"}
    imported = [(file.name, name) for file in FILES for name in imports(file) if stems & set(name.split("."))]
    assert imported == []


def test_each_test_file_is_named_for_a_subject() -> None:
    """And not for the occasion on which it was written."""
    assert [file.name for file in FILES if NO_SUBJECT & set(file.stem.split("_"))] == []


def test_each_test_file_is_short() -> None:
    """A long file has two subjects, and slows down tests that run in parallel."""
    lines = {file.name: len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert [name for name, number in lines.items() if number > MOST_LINES] == []


def test_the_name_of_a_test_says_its_subject_and_is_given_once() -> None:
    """A list of names alone can be read as a specification."""
    names = Counter(name for file in FILES for name in names_of_tests(file))
    assert [name for name, times in names.items() if times > 1] == []
    assert [name for name in names if name.split("_")[1] in PRONOUNS] == []
