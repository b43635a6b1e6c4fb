"""What the manual says you can write is understood, and means the same on the page of each language."""

import re
from pathlib import Path

import pytest
from shared.lexicon import KINDS, LEXICON, VOCABULARY, relation_of
from shared.manual_pages import MANUAL, TOP, blocks, name

EN = TOP / "templates" / "manual" / "en"
KEY = re.compile(r"^([\w-]+):(?= |$)|(?:^|\[)([\w-]+)::", re.MULTILINE)
OF_OBSIDIAN = {"type", "aliases"}
"""Names of properties that are the same in every language."""

each_page = pytest.mark.parametrize("page", MANUAL, ids=name)
relations_pages = pytest.mark.parametrize("page", [page for page in MANUAL if page.stem == "relations"], ids=name)
log_pages = pytest.mark.parametrize("page", [page for page in MANUAL if page.stem == "log"], ids=name)


def rows(page: Path) -> list[list[str]]:
    """Return the cells of the first table of a page, without its head."""
    table = next(re.finditer(r"(?:^\|.*\n)+", page.read_text("utf-8"), re.MULTILINE))[0]
    return [re.split(r" (?<!\\)\| ", line.strip("| \n")) for line in table.splitlines()[2:]]


def meaning(key: str) -> str:
    """Return what a property means, with a link or with a value; a KeyError if nothing."""
    found = key if key in OF_OBSIDIAN else LEXICON.relation(key) or LEXICON.meaning("properties", key)
    if found is None:
        raise KeyError(key)
    return found


def written(page: Path) -> list[str]:
    """Return what the properties and fields in the notes of a page mean, in their order."""
    text = "".join(block.text for block in blocks(page.read_text("utf-8"), "markdown"))
    return [meaning(match[1] or match[2]) for match in KEY.finditer(text)]


@relations_pages
def test_each_relation_in_the_table_of_the_manual_can_be_typed(page: Path) -> None:
    """From one end and from the other."""
    for head, *ends in rows(page):
        code = re.search(r"`(.+)`", head)
        relation = VOCABULARY.relations[code[1] if code else head]
        other = relation.name if relation.symmetric else relation.inverse
        for wanted, words in zip((relation.name, other), ends, strict=True):
            for word in re.split(r"、|, ", words):
                assert relation_of(word) == wanted, word


@log_pages
def test_each_property_in_the_table_of_the_manual_can_be_typed(page: Path) -> None:
    """Its names in both languages mean one thing, and the same as on the English page."""
    for row, english in zip(rows(page), rows(EN / page.name), strict=True):
        names = re.findall(r"[\w-]+", row[0])
        assert {meaning(each) for each in names} == {meaning(each) for each in re.findall(r"`([\w-]+)`", english[0])}


@each_page
def test_the_notes_of_a_manual_page_mean_the_same_in_each_language(page: Path) -> None:
    """Whoever copies them gets what the page explains."""
    assert written(page) == written(EN / page.name)


@relations_pages
def test_the_manual_names_all_types(page: Path) -> None:
    """Each under the names that the page calls it."""
    section = page.read_text("utf-8").split("\n## ")[1]
    words = set(re.findall(r"`([\w-]+)`", section)) - {"type"}
    assert {KINDS.called(word) for word in words} == set(VOCABULARY.types) - {"template"}
