"""Names say what a thing is: one class for each name, and nouns where something crosses a function's border."""

import ast
from collections.abc import Iterator

from shared.manual_pages import TOP

PACKAGE = TOP / "vault_tools"
PARTICIPLES = frozenset(
    {
        *("asked", "begun", "chosen", "drawn", "found", "given", "held", "joined", "kept", "known", "left", "listed"),
        *("lost", "made", "marked", "meant", "met", "named", "opened", "packed", "said", "seen", "shown", "spoken"),
        *("taken", "told", "wanted", "worded", "written"),
    }
)
"""Words that say what happened to a thing, not what it is."""
OF_THE_FIELD = {
    "Case.opened": "the day on which somebody met a problem, as logs say it",
    "KnowledgeState.written": "there is a note on it; the opposite is a missing note",
    "BrokenLink.meant": "the member has this name in exports, which other programs read",
    "ExportContext.named": "the page has this member, too",
    "Chart.shown": "the values as a reader sees them, beside the values",
    "Setup.kept": "the files that a set-up leaves as they are",
}
"""Fields that may have such a name, and why."""


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text("utf-8"))


def test_no_class_name_means_two_things() -> None:
    """In the whole package; private ones may repeat in another module."""
    places: dict[str, list[str]] = {}
    for file, tree in _trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(file)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
    assert len(places) > 100


def test_no_parameter_is_called_by_what_happened_to_it() -> None:
    """A reader of a call knows what to give."""
    wrong = [
        f"{file}: {function.name}({argument.arg})"
        for file, tree in _trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        if argument.arg in PARTICIPLES
    ]
    assert wrong == []


def test_no_field_is_called_by_what_happened_to_it() -> None:
    """Except for words of the field, each with its reason."""
    fields = {
        f"{owner.name}.{field.target.id}"
        for _, tree in _trees()
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for field in owner.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and field.target.id in PARTICIPLES
    }
    assert fields - OF_THE_FIELD.keys() == set()
    assert OF_THE_FIELD.keys() - fields == set()


def test_a_function_is_called_by_what_it_gives_or_does() -> None:
    """`format_value`, not `told`; a context manager may say what is true inside it, as `opened` does."""
    wrong = {
        f"{file}: {function.name}"
        for file, tree in _trees()
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and function.name in PARTICIPLES
        and not any("contextmanager" in ast.unparse(each) for each in function.decorator_list)
    }
    assert wrong == set()


def test_pages_are_rendered_where_pages_are_made() -> None:
    """`render_` gives Markdown or HTML; what gives plain text is a `format_`."""
    rooms = {
        file.partition("/")[0]
        for file, tree in _trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.startswith("render_")
    }
    assert rooms <= {"render", "exporters"}
