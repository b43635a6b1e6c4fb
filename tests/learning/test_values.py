"""A value may be a link to what it names; and what is said of a value quotes the note, never a program's inner form."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import parsed

from vault_tools.graph.build import build
from vault_tools.learning.creation import creation_days
from vault_tools.learning.facts import facts
from vault_tools.learning.lexicon import Lexicon
from vault_tools.learning.note_values import period_of
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Entry, Facts
from vault_tools.model.note import Problem
from vault_tools.parse.values import as_property, quoted
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
TODAY = date(2024, 6, 30)


def graph(**texts: str) -> KnowledgeGraph:
    """Build the graph of some notes, by name."""
    files = {f"{name}.md": text for name, text in texts.items()}
    return build(parsed(files), files, VOCABULARY)


def told(**texts: str) -> Facts:
    """Gather what some notes say."""
    return facts(graph(**texts), TODAY)


LINKS = (
    "[[{}]]",
    "[[Words/{}]]",
    "[[Words/{}.md]]",
    "[[{}|as it is called]]",
    "[[Elsewhere|{}]]",
    "[[Words#{}]]",
    "[{}](<Words/{}.md>)",
    "[text](<Words/{}.md>)",
)
"""All that may stand in quotes; a field takes the wikilinks without."""
SAID = {
    "date": "2024-05-06",
    "outcome": "success",
    "mode": "project-first",
    "minutes": "90",
    "solved-in": "2 days",
}


def entry(text: str) -> Entry:
    """Give the one entry of a log."""
    (found,) = told(Log=text).entries
    return found


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", SAID)
def test_a_value_that_is_a_link_means_what_the_link_names(name: str, link: str) -> None:
    """In a property, in a list of one, and in a field; days, words and lengths alike."""
    rest = {key: value for key, value in SAID.items() if key != name}
    written = link.replace("{}", SAID[name])
    front = "".join(f"{key}: {value}\n" for key, value in rest.items())

    def log(more: str, body: str = "") -> Entry:
        return entry(f"---\ntype: log\n{front}{more}---\n{body}learned:: [[K]]\n")

    plain = log(f"{name}: {SAID[name]}\n")
    assert log(f"{name}: {json.dumps(written)}\n") == plain
    assert log(f"{name}: [{json.dumps(written)}]\n") == plain
    if written.startswith("[["):
        assert log("", f"{name}:: {written}\n\n") == plain


def test_a_value_in_double_brackets_without_quotes_is_read() -> None:
    """YAML makes a list in a list of it; its writer meant a link."""
    log = "---\ntype: [[log]]\ndate: [[2024-05-06]]\noutcome: [[success]]\n---\nlearned:: [[K]]\n"
    assert entry(log).day == date(2024, 5, 6)
    assert entry(log).outcome == "success"


WHOLE = {
    "type": "project",
    "status": "done",
    "stage": "reproduced",
    "created": "2024-05-06",
    "started": "2024-04-01",
    "finished": "2024-05-31",
    "period": "2024-W19",
}


@pytest.mark.parametrize("link", LINKS)
def test_type_status_stage_period_and_days_of_a_note_may_be_links(link: str) -> None:
    """Whatever tells what a note is, how it stands, and when it was."""
    said = {key: json.dumps(link.replace("{}", value)) for key, value in WHOLE.items()}
    whole = graph(
        P="---\n" + "".join(f"{key}: {value}\n" for key, value in said.items()) + "---\n",
        K=f"---\ntype: knowledge\nstage: {said['stage']}\n---\n",
    )
    found = facts(whole, TODAY)
    (goal,) = found.goals.values()
    assert (goal.type, goal.status, goal.started) == ("project", "finished", date(2024, 4, 1))
    assert goal.ended == date(2024, 5, 31)
    assert found.stages["K.md"] == "reproduced"
    assert creation_days(whole)["P.md"] == date(2024, 5, 6)
    (own,) = (node.note for node in whole.nodes.values() if node.id == "P.md")
    assert own is not None
    window = period_of("week", own, Lexicon(VOCABULARY))
    assert window is not None
    assert window.name == "2024-W19"


@pytest.mark.parametrize("name", ["2024-05-06 Monday", "20240506", "2024年5月6日", "2024.05.06"])
def test_a_link_to_the_note_of_a_day_means_the_day_however_it_is_called(name: str) -> None:
    """As the name of a log itself is read."""
    assert entry(f'---\ntype: log\ndate: "[[Days/{name}]]"\n---\nlearned:: [[K]]\n').day == date(2024, 5, 6)


def test_a_link_that_stands_for_text_is_told_as_it_is_shown() -> None:
    """The problem of a log, in properties and fields."""
    for link, text in (("[[CORS]]", "CORS"), ("[[CORS#Why|why]]", "why"), ("[[CORS#Why]]", "CORS > Why")):
        for log in (f'---\ntype: log\nproblem: "{link}"\n---\n', f"---\ntype: log\n---\nproblem:: {link}\n"):
            (found,) = told(**{"2024-05-06": log}).entries
            assert found.problem == text


# ---------------------------------------------------------------- what is said of values

words = st.text("abz é字'\"\\{}:,#|-", min_size=1, max_size=12).map(str.strip).filter(bool)
scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9).map(lambda x: round(x, 2)) | words
linked = st.text("abz é字", min_size=1, max_size=8).map(str.strip).filter(bool).map("[[{}]]".format)
values = st.recursive(
    scalars | linked,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=2),
    max_leaves=6,
)
KEYS = ("date", "minutes", "outcome", "mode", "status", "solved-in", "learned", "tags", "aliases", "stage", "finished")
FIELDS = ("date", "minutes", "outcome", "mode", "solved-in", "learned")
INNER = re.compile(r"""[{\[(]['"]|['"]: |\b(?:None|True|False)\b|'link'|'date':|\\u[0-9a-f]{4}""")


def problems(text: str, kind: str) -> list[Problem]:
    """Give all that is said of one note."""
    whole = graph(N=f"---\ntype: {kind}\n{text}")
    found = [*whole.problems.get("N.md", ()), *facts(whole, TODAY).problems.get("N.md", ())]
    return [problem for problem in found if problem.code != "frontmatter-invalid"]


@given(st.sampled_from(KEYS), values, st.sampled_from(["log", "project", "knowledge"]))
def test_no_message_about_a_property_shows_the_value_as_a_program_writes_it(key: str, value: object, kind: str) -> None:
    """Whatever the value: no dictionary, no `None` or `True`, no escape that the note does not have.

    A line of properties to write in place is YAML, and quotes what it must; so does code in the sentence.
    """
    written = json.dumps(value, ensure_ascii=False)
    day = "finished: 2024-05-01\n" if key != "finished" else ""
    for problem in problems(f"{key}: {written}\n{day}---\n", kind):
        said = (problem.what + problem.todo).replace(str(dict(problem.values).get("line") or "\0"), "")
        said = re.sub(r"`[^`]*`", "", said)
        if not INNER.search(written.replace("\\", "")):
            assert not INNER.search(said), said


@given(st.sampled_from(FIELDS), words | linked | st.lists(linked, min_size=2, max_size=3).map(", ".join))
def test_a_message_on_a_value_quotes_the_note(key: str, value: str) -> None:
    """To the letter, but for runs of blanks."""
    for problem in problems(f"date: 2024-05-06\n---\n{key}:: {value}\n", "log"):
        quote = dict(problem.values).get("value")
        if quote is not None and '"' not in value and "true" not in value:
            assert quote == " ".join(value.split())


def test_a_link_that_is_no_day_is_quoted_as_a_link() -> None:
    """The sample of the kind: a field that is one link was read as such."""
    found = problems("---\ndate:: [[Some day|x]]\nlearned:: [[K]]\n", "log")
    assert [dict(problem.values)["value"] for problem in found if problem.code == "day-unknown"] == ["[[Some day|x]]"]


@pytest.mark.parametrize("value", ["![[a]]", "![[a|b]]", "![[a.png#x|100]]", "[[a]]", "[[a]], ![[b]]"])
def test_a_field_that_embeds_is_quoted_with_its_mark(value: str) -> None:
    """The note says `!`, and so do messages on it."""
    (field,) = next(iter(parsed({"a.md": f"date:: {value}"}))).fields
    assert quoted(as_property(field.value)) == value
