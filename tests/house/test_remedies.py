"""Text that a remedy says to write can be copied as it is shown, in every language."""

import json
import re
from datetime import date

import catalogues
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shared.vaults import parsed
from shared.yaml_mistakes import MISTAKES
from shared.yaml_mistakes import problem as mistake

from vault_tools import shipped
from vault_tools.dialect.properties import one_line
from vault_tools.graph.build import build
from vault_tools.learning.facts import facts
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Problem
from vault_tools.model.speech import format_words
from vault_tools.model.text import Say
from vault_tools.parse import frontmatter
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset
from vault_tools.words import words

LANGUAGES = shipped.languages()
VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
WIDE = "：“”‘’，；、（）【】！？　"
"""What no one should have to type into a property."""
_LITERAL = re.compile(r"`[^`]*`|\"[^\"]*\"")
_REMEDY = re.compile(r"(?:problem\.\w+|region|vault)\.(?:fix-.*|.*-fix(?:-.*)?)")


def remedies(language: str) -> dict[str, str]:
    """Return the remedies of a language by id."""
    rows = catalogues.rows(language)
    return {id_: text for id_, (_, text) in rows.items() if _REMEDY.fullmatch(id_) and isinstance(text, str)}


def told(problem: Problem, language: str) -> str:
    """Return what to do, in a language."""
    return format_words(Say(problem.remedy, problem.values), words(language), str)


def test_the_check_of_remedies_finds_every_remedy() -> None:
    """Every remedy that a problem has; else the tests below would hold nothing."""
    assert len(remedies("en")) > 60
    assert remedies("en").keys() == remedies("zh").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_literal_text_of_a_remedy_is_half_width(language: str) -> None:
    """In backticks or straight quotes; and in Chinese, a name with a half-width colon is always in them."""
    for id_, text in remedies(language).items():
        literals = "".join(_LITERAL.findall(text))
        assert not set(literals) & set(WIDE), id_
        if language == "zh":
            assert not re.search(r":(?!\d)", _LITERAL.sub("", text)), id_


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remedy_shows_where_a_line_to_write_ends(language: str) -> None:
    """The line is all that follows a colon, or it is in backticks; quotes around it might be typed with it."""
    for id_, text in remedies(language).items():
        assert not re.search(r"[“‘]\{(?:text|line|begin|end|turned)\}", text), id_
        if "{text}" in text or re.search(r"(?<!line )(?<!第 )\{line\}", text):
            assert re.search(r"(?:(?:: |：)\{(?:text|line)\}\Z)|`\{line\}`", text), id_


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("block", [row[0] for row in MISTAKES])
def test_the_text_that_corrects_a_mistake_is_at_the_end_of_the_remedy(block: str, language: str) -> None:
    """With no sign of ours in it: only what the note has already may be full-width."""
    said = mistake(block)
    assert said is not None
    text = str(dict(said.values)["text"])
    assert told(said, language).endswith(text)
    assert set(text) & set(WIDE) <= set(block)


NAMES = st.text(st.sampled_from("ab甲乙1 :：#-'\"“”[]{}&*!|>%@`,，.?\\_/"), min_size=1, max_size=8).filter(str.strip)
SHAPES = {
    "link-unquoted": "{}: [[x]]",
    "link in a list": "{}:\n  - [[x]]\n  - [[y z]]",
    "list-unspaced": "{}:\n  -a\n  -“b”",
}


@given(NAMES.map(str.strip), st.sampled_from(sorted(SHAPES)))
def test_a_line_that_a_remedy_says_to_write_is_read_as_the_property_that_is_meant(name: str, shape: str) -> None:
    """Whatever its name is: the line is a property of that name, with nothing wrong in it."""
    assume(name.lower() not in {"tags", "tag", "alias", "aliases", "cssclass"})
    block = SHAPES[shape].format(one_line(name))
    (note,) = parsed({"a.md": f"---\n{block}\n---\n"})
    assume(note.problems)
    (problem,) = note.problems
    line = str(dict(problem.values)["line"])
    assert set(line) & set(WIDE) <= set(block)
    for language in LANGUAGES:
        assert told(problem, language).endswith(line)
    front = frontmatter.read(f"---\n{line}\n---\n")
    assert front.problems == ()
    assert list(front.values or ()) == [name]
    (mended,) = parsed({"a.md": f"---\n{line}\n---\n"})
    assert mended.problems == ()


@given(NAMES.map(str.strip))
def test_a_relation_that_a_remedy_says_to_write_is_read_as_that_relation(name: str) -> None:
    """A relation may have any name that the user chooses."""
    settings = parse_settings(f"[relations.mine]\nnames = [{json.dumps(name, ensure_ascii=False)}]\n")
    vocabulary = build_vocabulary(asset("vocabulary.toml"), settings, {})
    text = f"---\n{one_line(name)}: see [[b]] too\n---\n"
    graph = build(parsed({"a.md": text, "b.md": ""}), {"a.md", "b.md"}, vocabulary)
    found = [each for each in graph.problems.get("a.md", ()) if each.code == "relation-in-text"]
    assume(found)
    line = str(dict(found[0].values)["line"])
    assert told(found[0], "zh").endswith(line)
    assert frontmatter.read(f"---\n{line}\n---\n").values == {name: ["[[…]]"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["A, B", "[A, B]", "\n- A\n- B", "A、B"])
def test_the_remedy_for_names_without_brackets_is_a_list_that_reads_as_links(value: str, language: str) -> None:
    """Pasted behind the property, it gives links: brackets without quotes would not."""
    found = facts(read(f"date: 2024-05-31\nlearns: {value}"), date(2024, 6, 1)).problems["L.md"]
    (code,) = re.findall(r"`([^`]+)`", told(found[0], language))
    again = read(f"learns: {code}")
    assert [edge.relation for edge in again.outgoing["L.md"]].count("learns") == 2
    assert again.problems.get("L.md", ()) == ()


def read(rows: str) -> KnowledgeGraph:
    """Return the graph of a log with some properties."""
    texts = {"L.md": f"---\ntype: log\n{rows}\n---\n"}
    return build(parsed(texts), texts, VOCABULARY)
