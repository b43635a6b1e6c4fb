"""The scripts of the graph page lie in folders, and these build on each other in one direction."""

import re

import pytest

from vault_tools import shipped
from vault_tools.exporters.html.scripts import imported_paths, join_modules

FLOORS = ("base", "seeing", "drawing", "asking", "reading", "touching", "linking", "")
"""The folders of the page, the lowest first; a script imports from its own folder and from those before it."""

FILES = {
    "main.js": "import { b } from './upper/b.js';\nb();\n",
    "upper/b.js": "import { c } from '../lower/c.js';\nimport { d } from './d.js';\nexport const b = () => c + d;\n",
    "upper/d.js": "export const d = 2;\n",
    "lower/c.js": "export const c = 1;\n",
}


def scripts() -> dict[str, str]:
    """The modules of the page by their paths in its folder."""
    texts = shipped.assets(("graph/",))
    return {name.removeprefix("graph/"): text for name, text in texts.items() if name.endswith(".js")}


def floor(path: str) -> int:
    """How high the folder of a script lies."""
    return FLOORS.index(path.rpartition("/")[0])


def test_a_script_imports_from_its_own_folder_and_from_lower_ones() -> None:
    """So no two folders need each other, and each can be read without those above it."""
    up = [
        f"{name} imports {other}"
        for name, text in scripts().items()
        for other in imported_paths(name, text)
        if floor(other) > floor(name)
    ]
    assert up == []


def test_every_folder_of_scripts_has_a_floor() -> None:
    """And every floor has scripts."""
    assert {name.rpartition("/")[0] for name in scripts()} == set(FLOORS)


def test_a_module_is_found_from_the_folder_of_the_one_that_imports_it() -> None:
    """Each is put after what it imports."""
    text = join_modules(FILES, "main.js")
    assert re.findall(r"const (\w)", text) == ["c", "d", "b"]
    assert "import" not in text


def test_a_missing_module_is_named_with_the_one_that_imports_it() -> None:
    """A misspelled folder would else be a script that never starts."""
    wrong = {**FILES, "upper/d.js": "import { e } from '../lover/e.js';\nexport const d = e;\n"}
    with pytest.raises(ValueError, match=r"upper/d\.js imports lover/e\.js, and there is no such script"):
        join_modules(wrong, "main.js")


def test_a_circle_of_modules_in_two_folders_is_named() -> None:
    """In the order in which the modules import each other."""
    wrong = {**FILES, "lower/c.js": "import { b } from '../upper/b.js';\nexport const c = b;\n"}
    with pytest.raises(ValueError, match=r"in a circle: main\.js -> upper/b\.js -> lower/c\.js -> upper/b\.js"):
        join_modules(wrong, "main.js")
