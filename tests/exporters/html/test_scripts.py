"""The scripts of the page: joined in order, with all of their sentences, and nothing of a vault among them."""

import re

import pytest
from shared.asked_pages import (
    SAMPLE,
)
from shared.graph_pages import (
    HOSTILE,
    export_context,
    graph_of,
    hostile_graph,
    page_text,
    small_graph,
)

from vault_tools import shipped
from vault_tools.exporters.html import EXPORTER
from vault_tools.exporters.html.scripts import join_modules, sentences
from vault_tools.model.text import HOLE
from vault_tools.words import words


def test_no_text_of_a_vault_becomes_a_script_of_the_page() -> None:
    """Only our own scripts are there, whatever notes, folders, types and groups are called."""
    groups = tuple((text, text) for text in HOSTILE)
    page = page_text(hostile_graph(), HOSTILE[0], groups=groups, view=HOSTILE[0])
    plain = page_text(graph_of([], []))
    assert page.lower().count("<script") == plain.lower().count("<script")
    assert page.lower().count("</script") == plain.lower().count("</script")
    assert "onerror=" not in page[page.index("<article") : page.index("</article>")].replace(
        "&lt;img src=x onerror=", ""
    )
    page.encode()


def test_the_content_policy_names_every_script_of_the_page() -> None:
    """By what it is, so that no other runs."""
    page = page_text(small_graph())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    from vault_tools.exporters.html import _fingerprint

    assert all(_fingerprint(script) in policy[1] for script in scripts)
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]


FILES = {
    "main.js": "import { b } from './b.js';\nimport { c } from './c.js';\nb(c);\n",
    "b.js": "import { c } from './c.js';\nexport function b() { return c; }\n",
    "c.js": "export const c = 1;\nexport async function d() {}\n",
}


def test_the_scripts_of_the_page_are_joined_in_the_order_of_their_imports() -> None:
    """Each once, strict, with no import or export left."""
    text = join_modules(FILES, "main.js")
    assert [text.count(piece) for piece in ("const c = 1;", "function b()", "b(c);")] == [1, 1, 1]
    assert text.index("const c = 1;") < text.index("function b()") < text.index("b(c);")
    assert not re.search(r"\b(?:import|export)\b", text)
    assert "'use strict';" in text
    with pytest.raises(ValueError, match=r"b\.js -> main\.js|circle"):
        join_modules({**FILES, "c.js": "import { x } from './main.js';\n"}, "main.js")


@pytest.mark.parametrize("said", ["export default 3;", "export { d };", "export * from './d.js';", "import './d.js';"])
def test_a_script_of_the_page_that_cannot_be_joined_is_refused(said: str) -> None:
    """It would be a fault in the page that only its reader saw."""
    with pytest.raises(ValueError, match=r"c\.js: .*(?:import|export)"):
        join_modules({**FILES, "c.js": f"const d = 1;\n{said}\n"}, "main.js")


def test_the_ids_of_sentences_in_scripts_are_found_in_any_layout() -> None:
    """On lines of their own too; not where another thing is called say, and not in other files."""
    script = "say('map.a.one');\ncount(\n  'map.b-c.two', 2);\nnode.say('no.no'); essay('no.no'); say('map.a.one');\n"
    assert sentences({"a.js": script, "b.html": "say('no.no')", "c.css": "say('no.no')"}) == [
        "map.a.one",
        "map.b-c.two",
    ]


def arguments(text: str) -> str:
    """What stands between a parenthesis, with which a text begins, and the one that closes it."""
    depth = 0
    for at, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if not depth:
            return text[1:at]
    return text


def test_each_sentence_of_the_scripts_is_given_its_values() -> None:
    """A value that a script forgets would be shown as a name in braces."""
    sentences_of, call = words("en"), re.compile(r"(?<![\w.])(say|count)(?=\(\s*'([\w.-]+)')")
    lacking = []
    for name, text in shipped.assets(("graph/",)).items():
        for found in call.finditer(text) if name.endswith(".js") else ():
            entry = sentences_of[found[2]]
            holes = set(HOLE.findall(entry if isinstance(entry, str) else entry["other"]))
            given = set(re.findall(r"\w+", arguments(text[found.end() :]).partition(",")[2]))
            lacking += [(name, found[2], hole) for hole in holes - given - ({"n"} if found[1] == "count" else set())]
    assert lacking == []


def test_the_exporter_of_the_page_names_every_file_of_its_folder() -> None:
    """All files of the page's folder, and none else."""
    context = export_context()
    assert EXPORTER.assets == ("graph/",)
    assert {name.partition("/")[0] for name in context.assets} == {"graph"}


def exports(text: str) -> set[str]:
    """The names that a script exports."""
    plain = re.findall(r"^export (?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE)
    rows = re.findall(r"^export const [{\[](.*?)[}\]] =", text, re.MULTILINE)
    return {*plain, *(name.split(":")[-1].strip() for row in rows for name in row.split(","))}


def test_every_name_that_a_script_of_the_page_imports_is_exported() -> None:
    """Joining takes imports out, so nothing else would tell."""
    folder = SAMPLE.parent / "templates" / "graph"
    files = {path.resolve(): path.read_text("utf-8") for path in folder.rglob("*.js")}
    for file, text in files.items():
        for names, source in re.findall(r"^import \{([^}]*)\} from '([^']*)';", text, re.MULTILINE):
            exported = exports(files[(file.parent / source).resolve()])
            missing = {each.strip() for each in names.split(",") if each.strip()} - exported
            assert not missing, (file.name, source)
