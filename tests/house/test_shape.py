"""The shape of the code: short functions of few branches, files that fit a reader's head, no class that does it all.

Lengths are counted without docstrings. Complexity is McCabe's, as radon counts it.
"""

import ast
import statistics
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from radon.complexity import cc_visit
from radon.visitors import Class, Function
from shared.manual_pages import TOP

PACKAGE = TOP / "vault_tools"


class Size(NamedTuple):
    """The lines and the complexity of a function."""

    name: str
    lines: int
    complexity: int


def _lines(node: ast.AST) -> int:
    """Return the lines of a function without its decorators and its docstring."""
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def _functions(blocks: list[Function | Class]) -> Iterator[Function]:
    for block in blocks:
        if isinstance(block, Class):
            yield from _functions([*block.methods, *block.inner_classes])
        else:
            yield block
            yield from _functions(block.closures)


@cache
def sizes() -> tuple[Size, ...]:
    """Return the size of each function, method and inner function of the package."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        text = file.read_text("utf-8")
        nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        starts = {min([node.lineno, *(each.lineno for each in node.decorator_list)]): node for node in nodes}
        starts |= {node.lineno: node for node in nodes}
        place = file.relative_to(PACKAGE).as_posix()
        unique = {(each.lineno, each.name): each for each in _functions(cc_visit(text))}
        found += [
            Size(f"{place}: {each.name}", _lines(starts[each.lineno]), each.complexity) for each in unique.values()
        ]
    return tuple(found)


def test_every_function_of_the_package_is_measured() -> None:
    """None is left out, and none is counted twice."""
    whole = sum(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
    )
    assert len(sizes()) == whole


def test_functions_are_short() -> None:
    """Half of them have 5 lines at most, 95 of 100 have 15, and all have 25."""
    lines = sorted(each.lines for each in sizes())
    assert statistics.median(lines) <= 5
    assert lines[len(lines) * 95 // 100] <= 15
    assert [each for each in sizes() if each.lines > 25] == []


def test_functions_have_few_branches() -> None:
    """10 at most in any function, and 3.3 on average."""
    assert [each for each in sizes() if each.complexity > 10] == []
    assert statistics.mean(each.complexity for each in sizes()) <= 3.3


def test_files_and_classes_are_not_long() -> None:
    """300 lines for a file, 250 for a class."""
    files = {file.relative_to(PACKAGE).as_posix(): file.read_text("utf-8") for file in PACKAGE.rglob("*.py")}
    assert {name for name, text in files.items() if len(text.splitlines()) > 300} == set()
    classes = {
        f"{name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
    }
    assert {name for name, lines in classes.items() if lines > 250} == set()


def test_a_banner_comment_is_a_module_that_was_not_made() -> None:
    """Nowhere in Python, nor in the scripts of the graph page."""
    files = [*PACKAGE.rglob("*.py"), *(TOP / "templates" / "graph").rglob("*.js")]
    lines = ((file, line.strip()) for file in files for line in file.read_text("utf-8").splitlines())
    assert [f"{file.name}: {line}" for file, line in lines if line.startswith(("# ---", "// ---"))] == []


def test_all_that_can_hurt_a_note_is_one_short_file() -> None:
    """A reader of `store/amending.py` has read all that changes a user's note in place."""
    assert len((PACKAGE / "store" / "amending.py").read_text("utf-8").splitlines()) <= 200
    opens = [file.name for file in PACKAGE.rglob("*.py") if '.open("r+b"' in file.read_text("utf-8")]
    assert opens == ["amending.py"]
