"""No regular expression of ours takes more than linear time, on the texts that cost it most."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from shared.cost import KB, SIZES, grown, pumps, repeated

import vault_tools

Act = Callable[[], object]
ROOT = Path(vault_tools.__file__).parent
SEARCHING = frozenset({"search", "sub", "subn", "split", "finditer", "findall"})
USES: Mapping[str, Callable[["re.Pattern[str]", str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: [None for _ in pattern.finditer(text)],
}
MADE_LATER = {
    "dialect/moment/locale.py": {"within"},
    "dialect/moment/names.py": {"matcher"},
    "dialect/moment/reading.py": {"_values"},
    "dialect/periodic.py": {"customary"},
    "graph/copies.py": {"_is_meant"},
    "graph/dated.py": {"_is_of"},
    "graph/repair.py": {"_with_same_label"},
    "parse/blocks/chunks.py": {"_fence_end"},
    "parse/dropped.py": {"_tags_in_one_text"},
    "parse/form.py": {"_placeholders_replaced", "fill"},
    "parse/yaml/mends/blanks.py": {"before_comment", "behind_colon", "behind_dash", "tabs"},
    "parse/yaml/mends/brackets.py": {"commas"},
    "parse/yaml/mends/properties.py": {"name_twice"},
    "parse/yaml/mends/quotes.py": {"_links_in", "backslashes", "unclosed"},
    "render/markdown.py": {"_cell"},
    "render/mermaid.py": {"_text"},
    "render/report.py": {"link_to_section"},
    "store/marks.py": {"is_marked"},
}
"""Functions that make an expression of their own and meet a person's text: what `test_cost.py` has texts for."""
NOT_A_PERSONS = {
    "daemon/service.py",
    "daemon/supervisor.py",
    "exporters/html/local.py",
    "settings/fit.py",
    "shipped.py",
    "store/obsidian_app.py",
    "settings/toml_text.py",
}
"""Files whose functions make expressions for what no note says: our own settings, and the names of systems."""


USED_ELSEWHERE = {
    "parse.yaml.core:_KINDS": "match",
    "parse.fields:_BRACKETS": "search",
    "parse.yaml.core:_TAGGED": "fullmatch",
    "store.marks:_HEAD": "fullmatch",
    "store.marks:_OBJECT": "fullmatch",
}
"""How expressions are used that other variables hold when they are."""


def modules() -> Iterator[str]:
    """Yield the names of all modules."""
    for found in pkgutil.walk_packages([str(ROOT)], "vault_tools."):
        if not found.name.endswith("__main__"):
            yield found.name


def held(value: object) -> Iterator["re.Pattern[str]"]:
    """Yield the expressions in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from held(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from held(each)


def patterns() -> dict[str, tuple["re.Pattern[str]", frozenset[str]]]:
    """Return each expression of a module with how it is used, by its name; what is used in no clear way is searched."""
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    seen = set()
    for name in modules():
        module = importlib.import_module(name)
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        used = ways(tree)
        for variable, value in vars(module).items():
            for number, pattern in enumerate(held(value)):
                key = f"{name.removeprefix('vault_tools.')}:{variable}"
                methods = frozenset(used.get(variable, {USED_ELSEWHERE.get(key, "search")}))
                if (pattern, methods) not in seen:
                    found[f"{key}[{number}]" if number else key] = (pattern, methods)
                seen.add((pattern, methods))
    return found


def ways(tree: ast.AST) -> dict[str, set[str]]:
    """Return by which methods each variable of a module is called: `match`, `fullmatch` or `search`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            method = "search" if node.attr in SEARCHING else node.attr
            if method in USES:
                found.setdefault(node.value.id, set()).add(method)
    return found


BOUNDED = {
    "dialect.durations:_PART": "only texts of at most 100 characters are read as durations",
    "dialect.live:_BACKSLASHES": "it looks at the last 64 characters before a place",
    "parse.yaml.mends.place:_ENTRY": "only lines of at most 300 characters are mended",
    "parse.yaml.mends.place:_ITEM": "only lines of at most 300 characters are mended; of others it sees the head",
}
"""Expressions that are not linear, and why they need not be."""
PATTERNS = {name: found for name, found in patterns().items() if name not in BOUNDED}


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_regular_expression_of_ours_is_linear_in_what_it_repeats(name: str) -> None:
    """As it is used: at one place, over the whole text, or wherever it is found."""
    _check(name, (5 * KB, 10 * KB))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_regular_expression_of_ours_is_linear_up_to_a_large_note(name: str) -> None:
    """Up to 80 kB."""
    _check(name, SIZES)


def _check(name: str, sizes: tuple[int, ...]) -> None:
    pattern, used = PATTERNS[name]
    for before, piece, after in pumps(pattern):
        for use in used:

            def make(size: int, parts: tuple[str, str, str] = (before, piece, after), use: str = use) -> Act:
                text = repeated(parts[1], size, parts[0], parts[2])
                return lambda: USES[use](pattern, text)

            dear = grown(make, sizes)
            assert not dear, f"{use} of {pattern.pattern!r} on {before!r} + {piece!r} × n + {after!r}: {dear}"


def test_every_function_that_builds_a_regular_expression_is_listed() -> None:
    """Whoever adds one gives it a text in `test_cost.py` too."""
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and _calls_re(function):
                found.setdefault(path.relative_to(ROOT).as_posix(), set()).add(function.name)
    assert {name: names for name, names in found.items() if name not in NOT_A_PERSONS} == MADE_LATER


def _calls_re(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
        and node.attr in {*USES, *SEARCHING, "compile"}
        for part in function.body
        for node in ast.walk(part)
    )  # fmt: skip
