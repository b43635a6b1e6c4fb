"""Reports in other languages: every sentence of ours is in each catalogue, and nothing of ours is left in English."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import catalogues
import pytest
from shared.vaults import MakeVault

from vault_tools import Vault, shipped
from vault_tools import words as catalogue
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.speech import format_words
from vault_tools.model.text import Term, say

LANGUAGES = shipped.languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_sentence_and_no_other(language: str) -> None:
    """With the values and the markup that English has; a row that is wrong is named with its file and line."""
    assert "\n".join(map(str, catalogues.faults(language))) == ""


def test_the_scripts_of_the_graph_page_say_literals() -> None:
    """Else no language could say it: the ids are found by how they are written."""
    call = re.compile(r"(?<!function )(?<![\w.])(?:say|count)\((?!\s*'[\w-]+\.[\w.-]+')[^\n]*")
    texts = {name: text for name, text in shipped.assets(["graph/"]).items() if name.endswith(".js")}
    said = {name: call.findall(text) for name, text in texts.items() if name != "graph/base/say.js"}
    assert {name: calls for name, calls in said.items() if calls} == {}


def test_the_ids_of_sentences_do_not_depend_on_the_english_text() -> None:
    """The ids stay as they are when a sentence is written better."""
    said = {
        id_
        for id_ in catalogues.rows("en")
        if id_.partition(".")[0] not in catalogues.TERMS and not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9-]+)+", id_)
    }
    assert said == set()


FRENCH = """
[missing]
title = "Notes manquantes"
lead = ""
gone = "rien"
[asked]
links-only = { one = "{n} lien", other = "{n} liens" }
[common]
more = "encore"
"""


TERMS_IN_FRENCH = """
[type]
project = "Projet"
[relation]
requires = "exige"
caused-by = "dû à"
[key]
status = "état"
[status]
active = "en cours"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A third language, begun in a file of its own beside the others."""
    templates = tmp_path / "templates"
    shutil.copytree(catalogues.FOLDER, templates / "words")
    (templates / "words" / "fr.toml").write_text(FRENCH, "utf-8")
    monkeypatch.setattr(shipped, "templates", lambda: templates)
    monkeypatch.setattr(catalogues, "FOLDER", templates / "words")
    catalogue.words.cache_clear()
    yield templates / "words" / "fr.toml"
    catalogue.words.cache_clear()


def test_a_third_language_is_one_file_and_its_missing_rows_are_english(french: Path) -> None:
    """An empty row counts as missing; the language's own rows and forms are used."""
    assert french.name.removesuffix(".toml") in shipped.languages()
    words = catalogue.words("fr-CA")
    assert format_words(say("missing.title"), words, str) == "Notes manquantes"
    assert format_words(say("missing.lead"), words, str) == format_words(
        say("missing.lead"), catalogue.words("en"), str
    )
    assert [format_words(say("asked.links-only", n=n), words, str) for n in (1, 2)] == ["1 lien", "2 liens"]
    assert set(words) >= set(catalogue.words("en"))


@pytest.mark.usefixtures("french")
def test_the_check_of_catalogues_names_file_line_and_row() -> None:
    """Of a row that is missing, that is empty, that nothing says, and that has lost a value."""
    found = {fault.id: fault for fault in catalogues.faults("fr")}
    assert str(found["missing.gone"]) == "templates/words/fr.toml:5: missing.gone: nothing says this sentence"
    assert str(found["missing.lead"]) == "templates/words/fr.toml:4: missing.lead: this sentence is missing"
    assert found["common.colon"].line == 0
    assert found["common.more"].why == "it has the values [], and English has ['n']"
    assert "missing.title" not in found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ('[missing]  # of notes\ntitle = "Notes"\n', None),
        ('  [ missing ]\ntitle = "Notes"\n', None),
        ("[missing]\ntitle = 'Notes'\n", None),
        ('[missing]\ntitle = "Notes\n', ":2: missing: this is not TOML"),
        ('[missing]\ntitle = "Notes"\n[missing]\nlead = "x"\n', ":3: missing: this is not TOML"),
        ("[missing]\ntitle = 3\n", ":1: missing.title: write a text, or the forms"),
        ('[missing]\ntitle = ["Notes"]\n', ":1: missing.title: write a text, or the forms"),
        ('[asked]\nlinks-only = { other = "{n}", many = "{n}" }\n', ":1: asked.links-only: write a text, or the forms"),
        ('missing.title = "Notes"\n', ":0: (no section): write [section] above its rows"),
        ('[missing]\ntitle = """a\n[stubs]\n"""\n', ":1: missing: write [section] above its rows"),
    ],
)
def test_a_catalogue_that_cannot_be_read_row_by_row_is_a_fault(french: Path, text: str, first: str | None) -> None:
    """With its file, line and section or row; what TOML allows besides, such as a comment, is understood."""
    french.write_text(text, "utf-8")
    found = list(map(str, catalogues.unreadable("fr")))
    assert found[:1] == [each for each in found if first and each.startswith(f"templates/words/fr.toml{first}")][:1]
    assert bool(found) == (first is not None)
    assert catalogues.main(["fr"]) == (2 if first else 0)
    if first is None:
        assert format_words(say("missing.title"), catalogue.words("fr"), str) == "Notes"


@pytest.mark.parametrize("row", ['""', '{ one = "", other = "" }', '{ one = "", other = "{n} liens" }', "{}"])
def test_a_row_of_a_catalogue_with_an_empty_form_is_said_in_english(french: Path, row: str) -> None:
    """Whoever copies the English file and empties a row may leave its forms."""
    french.write_text(f"[asked]\nlinks-only = {row}\n", "utf-8")
    assert format_words(say("asked.links-only", n=1), catalogue.words("fr"), str) == "1 note links to it"
    assert "asked.links-only" in catalogues.missing("fr")


def test_only_a_catalogue_makes_a_language(french: Path) -> None:
    """Not what an editor or a system leaves beside it."""
    for name in (".DS_Store", "fr.toml~", ".fr.toml.swp", "README.md"):
        french.with_name(name).write_text("", "utf-8")
    assert shipped.languages() == ("en", "fr", "zh")
    assert catalogues.main(["../fr", "--add"]) == 2


def test_what_a_third_language_calls_a_term_can_be_typed_in_a_note(vault: MakeVault, french: Path) -> None:
    """Its one file is enough: the vocabulary need not know its words."""
    french.write_text(TERMS_IN_FRENCH, "utf-8")
    shutil.copytree(catalogues.ROOT / "templates", french.parents[1], dirs_exist_ok=True)
    note_ = "---\ntype: projet\nÉtat: En cours\nexige: '[[B]]'\ndû à: '[[B]]'\n---\n"
    opened = Vault.open(vault({"A.md": note_, "B.md": ""}))
    assert opened.knowledge.nodes["A.md"].type == "project"
    assert "requires" in {each.relation for each in opened.knowledge.outgoing["A.md"]}
    assert "causes" in {each.relation for each in opened.knowledge.outgoing["B.md"]}
    assert opened.answers.facts.goals["A.md"].status == "active"
    opened.close()


def test_missing_rows_of_a_catalogue_are_added_empty_and_nothing_else_changes(french: Path) -> None:
    """Each under its section; a second time there is nothing to add."""
    before = french.read_text("utf-8")
    count = catalogues.add("fr")
    text = french.read_text("utf-8")
    assert count == len([line for line in text.splitlines() if line.endswith(' = ""')]) - 1
    assert [line for line in before.splitlines() if line not in text.splitlines()] == []
    catalogue.words.cache_clear()
    assert set(catalogues.rows("fr")) >= set(catalogues.rows("en"))
    assert catalogues.add("fr") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_the_vocabulary_has_a_word_in_each_language(language: str, vault: MakeVault) -> None:
    """Types and their roles, relations and Obsidian's own, stages, modes; and no word is there that nothing has.

    A type or relation may have a label instead: from its template, or in its row of the vocabulary.
    """
    vocabulary = Vault.open(vault({})).vocabulary
    roles = {role for relation in vocabulary.relations.values() for role in relation.targets}
    types = {name for name, kind in vocabulary.types.items() if not kind.label}
    relations = [relation for relation in vocabulary.relations.values() if not relation.label]
    wanted = {Term("type", name).key for name in {*types, *roles}}
    wanted |= {Term("relation", name).key for name in {*(relation.name for relation in relations), *STRUCTURAL}}
    wanted |= {Term("relation", relation.inverse).key for relation in relations if relation.inverse}
    wanted |= {Term("stage", name).key for name in vocabulary.words["stages"]}
    wanted |= {Term("mode", name).key for name in vocabulary.words["modes"]}
    wanted |= {Term("status", name).key for name in vocabulary.words["statuses"]}
    wanted |= {Term("outcome", name).key for name in vocabulary.words["outcomes"]}
    wanted |= {Term("key", name).key for name in vocabulary.words["properties"] if name not in {"took", "time"}}
    given = {text for text in catalogue.words(language) if text.partition(".")[0] in catalogues.TERMS}
    lacking = [f"add {key} to templates/words/{language}.toml" for key in sorted(wanted - given)]
    assert lacking == [], "\n".join(lacking)
    rest = {key.partition(".")[2] for key in given - wanted}
    known_roles = {known.role for known in vocabulary.types.values()}
    assert rest - known_roles == {
        "a number",
        "true or false",
        "a date (2024-05-31)",
        "a date and time (2024-05-31T14:30)",
    }


def test_a_language_of_the_catalogue_is_found_by_any_of_its_names() -> None:
    """With a region or a variant, as Obsidian or a system has it; of English and of what is not there, nothing."""
    chinese, english = catalogue.words("zh"), catalogue.words("en")
    assert (chinese["page.gaps"], english["page.gaps"]) == ("缺口", "Gaps")
    for name in ("zh-CN", "zh_CN.UTF-8", "zh-Hans-CN", "ZH", "zh-TW"):
        assert catalogue.words(name) is chinese, name
        assert shipped.has_language(name), name
    for name in ("en", "en-GB", "en_US.UTF-8"):
        assert catalogue.words(name) is english, name
        assert shipped.has_language(name), name
    for name in ("tlh", "", "../zh", "z"):
        assert catalogue.words(name) is english, name
        assert not shipped.has_language(name), name


SHOWING = {
    "echo",
    "secho",
    "write",
    "style",
    "prompt",
    "confirm",
    "print",
    "info",
    "warning",
    "error",
    "fail",
    "option",
}

SHOWING |= {"argument", "command", "group", "UsageError", "ClickException", "BadParameter", "VaultToolsError"}
"""Functions whose arguments a user sees: those of click and of loggers, and the errors that the command line tells."""


_TWO_WORDS = re.compile(r"[A-Za-z][a-z']+ [A-Za-z][a-z']+")


_SHOWN_BY_THE_PAGE = re.compile(
    r"(?:textContent|title|placeholder|ariaLabel|innerText)\s*[:=]\s*"
    r"(['\"`])(?:(?!\1).)*[A-Za-z]{2} [a-z]{2}(?:(?!\1).)*\1"
)


def test_no_call_that_shows_text_has_an_english_sentence_in_the_code() -> None:
    """A sentence of ours is in the catalogue. What stands in code is names, and text for other programs."""
    found = []
    for file in sorted((catalogues.ROOT / "vault_tools").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            shown = [*call.args, *(each.value for each in call.keywords)] if name in SHOWING else []
            shown += [each.value for each in call.keywords if each.arg in {"help", "epilog", "short_help", "prompt"}]
            texts = (node.value for each in shown for node in ast.walk(each) if isinstance(node, ast.Constant))
            found += [(file.name, text) for text in texts if isinstance(text, str) and _TWO_WORDS.search(text)]
    assert found == []


def test_no_script_of_the_graph_page_shows_an_english_sentence() -> None:
    """Nor does its markup or a style."""
    pages = shipped.assets(["graph/"])
    shown = {name: [each[0] for each in _SHOWN_BY_THE_PAGE.finditer(text)] for name, text in pages.items()}
    assert {name: texts for name, texts in shown.items() if texts} == {}
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", pages["graph/page.html"], flags=re.DOTALL)
    assert _TWO_WORDS.findall(re.sub(r"<!--.*?-->|<[^>]*>|\{\{[^}]*\}\}", "", markup, flags=re.DOTALL)) == []
    assert re.findall(r'(?:title|alt|placeholder|aria-label)="[^"{]*[A-Za-z]{2}[^"{]*"', markup) == []
    assert [name for name, text in pages.items() if re.search(r"content:\s*[\"'][A-Za-z]{2}", text)] == []
