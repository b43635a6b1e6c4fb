"""Each insight on a small vault: what it finds, what it passes over, and in which order."""

import re

import pytest
from shared.vaults import MakeVault

from vault_tools import Vault, config
from vault_tools import words as catalogue
from vault_tools.insights import insights
from vault_tools.model.finding import Finding
from vault_tools.model.speech import spoken
from vault_tools.model.text import Say, Term, mentions

LONG = "words " * 60


def found(vault: MakeVault, name: str, files: dict[str, str | bytes], settings: str = "") -> dict[str, Finding]:
    """Return the findings of one insight by the node they are about, in their order."""
    opened = Vault.open(vault(files), settings=config.parse(settings))
    return {finding.subject.id or text(finding.subject.label): finding for finding in opened.findings[name]}


def text(part: str | Say | Term) -> str:
    """Return words of ours in English, with the names of the nodes they mention."""
    return spoken(part, catalogue.words(), lambda ref: ref.id)


def said(finding: Finding) -> str:
    """Return what a finding says and advises, with the names of the nodes it mentions."""
    return spoken((*finding.why, *finding.step), catalogue.words(), lambda ref: ref.id)


def seen(finding: Finding) -> list[tuple[str, int]]:
    """Return where a finding shows."""
    return [(ref.id, ref.line) for ref in finding.evidence]


def typed(type_: str, body: str = LONG, **properties: str) -> str:
    """Return a note with a type and relations (`requires="A, B"`)."""
    rows = [
        f"{key.replace('_', '-')}: {'[' + ', '.join(repr(f'[[{name}]]') for name in value.split(', ')) + ']'}"
        for key, value in properties.items()
        if key != "status"
    ]
    rows += [f"status: {properties['status']}"] if "status" in properties else []
    return "\n".join(["---", f"type: {type_}", *rows, "---", body, ""])


def test_missing_notes_come_in_the_order_of_demand(vault: MakeVault) -> None:
    """A requirement asks louder than a link, two notes louder than one, a log more softly."""
    got = found(
        vault,
        "missing",
        {
            "A.md": typed("knowledge", "[[Linked twice]]", requires="Required"),
            "B.md": "[[Linked twice]] [[linked twice]] [[Linked once]]",
            "L.md": "---\ntype: log\n---\n[[In a log]]",
        },
    )
    assert [name.removeprefix("missing://") for name in got] == ["Required", "Linked twice", "Linked once", "In a log"]
    assert [finding.weight for finding in got.values()] == [3.0, 2.0, 1.0, 0.5]
    assert seen(got["missing://Required"]) == [("A.md", 3)]
    assert seen(got["missing://Linked twice"]) == [("A.md", 5), ("B.md", 1)]
    assert "2 notes" in said(got["missing://Linked twice"])


def test_a_name_that_is_an_alias_or_lies_elsewhere_is_not_missed(vault: MakeVault) -> None:
    """It is a broken link to a note that is there; one that is merely alike is offered."""
    got = found(
        vault,
        "missing",
        {
            "Key value cache.md": "---\naliases: [KV cache]\n---\n",
            "Sub/Deep.md": "x",
            "B.md": "[[kv cache]] [[Other/Deep]] [[Unknown]] [[Key valeu cache]]",
        },
    )
    assert sorted(got) == ["missing://Key valeu cache", "missing://Unknown"]
    assert "Key value cache.md" in said(got["missing://Key valeu cache"])
    assert ".md" not in said(got["missing://Unknown"])


def test_a_missing_note_that_a_relation_asks_for_gets_its_type(vault: MakeVault) -> None:
    """What is required should be knowledge."""
    got = found(vault, "missing", {"A.md": typed("project", "", requires="Wanted"), "B.md": "[[Just linked]]"})
    assert "knowledge" in said(got["missing://Wanted"])
    assert "knowledge" not in said(got["missing://Just linked"])


@pytest.mark.parametrize("name", ["{{title}}", "<% tp.file.title %>", "${1:note}", "2031-05-17", "photo.png"])
def test_placeholders_coming_days_and_attachments_are_not_missed(name: str, vault: MakeVault) -> None:
    """They are no notes to write."""
    assert list(found(vault, "missing", {"A.md": f"[[{name}]] [[Real]]"})) == ["missing://Real"]


def test_templates_and_hidden_notes_do_not_ask(vault: MakeVault) -> None:
    """What only they link to is not missed."""
    files: dict[str, str | bytes] = {
        ".obsidian/templates.json": '{"folder": "T"}',
        ".obsidian/app.json": '{"userIgnoreFilters": ["Old"]}',
        "T/x.md": "[[From a template]]",
        "Old.md": "[[From a hidden note]]",
        "Asks.md": "---\ntype: template\n---\n[[From a typed template]]",
    }
    assert not found(vault, "missing", files)
    assert not found(vault, "missing", {"A.md": "[[B]] [[#Here]] [[A]]\n# Here", "B.md": "[[a]]"})


def test_a_short_note_that_two_others_link_to_is_a_stub(vault: MakeVault) -> None:
    """Of knowledge and of untyped notes; the more are linking and the less it says, the more urgent."""
    askers: dict[str, str | bytes] = {f"Asks {at}.md": f"[[Two]] [[Typed]] {LONG}" for at in range(2)}
    got = found(
        vault,
        "stubs",
        askers
        | {
            "Asks 3.md": f"[[Typed]] [[One]] [[Topic]] [[Log]] {LONG}",
            "Asks 4.md": f"[[Topic]] [[Log]] [[Long]] {LONG}",
            "Asks 5.md": f"[[Long]] {LONG}",
            "Two.md": "very short",
            "Typed.md": typed("knowledge", "short"),
            "One.md": "short",
            "Topic.md": typed("core-topic", "short"),
            "Log.md": typed("log", "short"),
            "Long.md": LONG,
        },
    )
    assert list(got) == ["Typed.md", "Two.md"]
    assert "3 notes" in said(got["Typed.md"])
    assert len(seen(got["Typed.md"])) == 3


def test_a_stub_has_fewer_words_than_the_settings_say(vault: MakeVault) -> None:
    """Twenty by default; each Chinese character counts as a word."""
    files: dict[str, str | bytes] = {
        "A.md": f"[[Nineteen]] [[Twenty]] [[汉字]] {LONG}",
        "B.md": f"[[Nineteen]] [[Twenty]] [[汉字]] {LONG}",
        "Nineteen.md": "word " * 19,
        "Twenty.md": "word " * 20,
        "汉字.md": "字" * 19,
    }
    assert sorted(found(vault, "stubs", files)) == ["Nineteen.md", "汉字.md"]
    assert list(found(vault, "stubs", files, "[gaps]\nstub_words = 21")) == ["Nineteen.md", "汉字.md", "Twenty.md"]
    assert not found(vault, "stubs", files, "[gaps]\nstub_words = 1")


CHAIN: dict[str, str | bytes] = {
    "Goal.md": typed("project", requires="First", status="active"),
    "First.md": typed("knowledge", depends_on="Second"),
    "Second.md": typed("knowledge", requires="Not written"),
}


def test_what_an_open_goal_lacks_is_found_at_any_distance(vault: MakeVault) -> None:
    """Through which note it is needed is said."""
    got = found(vault, "prerequisites", CHAIN)
    assert list(got) == ["missing://Not written"]
    assert "Goal.md" in said(got["missing://Not written"])
    assert "Second.md" in said(got["missing://Not written"])
    assert seen(got["missing://Not written"]) == [("Second.md", 3)]


def test_a_stub_and_what_was_never_learned_are_lacking_too(vault: MakeVault) -> None:
    """In this order: not written, a stub, never learned; learned or applied is not lacking."""
    files: dict[str, str | bytes] = CHAIN | {
        "Second.md": typed("knowledge", "short", requires="Not written"),
        "Third.md": typed("knowledge"),
        "Goal.md": typed("scenario", requires="First, Third, Applied"),
        "Applied.md": typed("knowledge"),
        "Log.md": typed("log", learns="First", applies="Applied"),
    }
    assert list(found(vault, "prerequisites", files)) == ["missing://Not written", "Second.md", "Third.md"]


def test_without_any_log_nothing_counts_as_never_learned(vault: MakeVault) -> None:
    """A vault that keeps no logs is not blamed for it."""
    assert not found(vault, "prerequisites", {"Goal.md": typed("project", requires="A"), "A.md": typed("knowledge")})


def test_an_active_goal_needs_more_urgently_than_a_planned_one_and_a_finished_one_needs_nothing(
    vault: MakeVault,
) -> None:
    """By the words of `status` in any language; two goals need more than one."""
    files: dict[str, str | bytes] = {
        "1.md": typed("project", requires="Planned, Both", status="待办"),
        "2.md": typed("project", requires="Active, Both", status="Doing"),
        "3.md": typed("project", requires="Finished", status="完成"),
        "4.md": typed("project", requires="Dropped", status="dropped"),
        "5.md": typed("knowledge", requires="No goal"),
        "6.md": typed("project", requires="Odd", status="who knows"),
    }
    got = found(vault, "prerequisites", files)
    assert {name.removeprefix("missing://"): finding.weight for name, finding in got.items()} == {
        "Both": 4.5,
        "Active": 3.0,
        "Odd": 3.0,
        "Planned": 1.5,
    }
    assert next(iter(got)) == "missing://Both"


def test_goals_whose_needs_go_round_in_a_circle_end(vault: MakeVault) -> None:
    """A circle is the matter of another insight."""
    files: dict[str, str | bytes] = CHAIN | {"Second.md": typed("knowledge", requires="First, Not written")}
    assert list(found(vault, "prerequisites", files)) == ["missing://Not written"]


def test_coverage_counts_what_a_topic_contains_at_any_depth(vault: MakeVault) -> None:
    """Sub-topics themselves do not count; the share applied is that of what is written."""
    got = found(
        vault,
        "coverage",
        {
            "Area.md": typed("core-topic", contains="Part, Direct, Gone"),
            "Part.md": typed("sub-topic", contains="Deep"),
            "Direct.md": typed("knowledge"),
            "Deep.md": typed("knowledge"),
            "Up.md": typed("knowledge", part_of="Part"),
            "Log.md": typed("log", applies="Deep"),
            "Empty.md": typed("core-topic"),
        },
    )
    assert list(got) == ["Area.md", "Part.md"]
    assert [text(cell).partition("(")[0].strip() for cell in got["Area.md"].cells] == ["3 of 4", "1 of 3"]
    assert [text(cell).partition("(")[0].strip() for cell in got["Part.md"].cells] == ["2 of 2", "1 of 2"]
    assert "Gone" in said(got["Area.md"])
    assert not found(vault, "coverage", {"A.md": "x", "T.md": typed("core-topic")})


def test_a_heading_or_block_that_is_not_there_is_found_with_the_nearest_name(vault: MakeVault) -> None:
    """With the line of the link; headings and blocks that are there are no finding."""
    files: dict[str, str | bytes] = {
        "A.md": "\n[[B#Heading one]]\n[[B#Headng one]]\n[[B#^blok-1]]\n"
        "[[B#^block-1]]\n[[#Nowhere at all]]\n[[B#heading ONE!]]",
        "B.md": "# Heading one\ntext ^block-1\n",
    }
    opened = Vault.open(vault(files))
    got = {finding.subject.line: said(finding) for finding in opened.findings["broken"]}
    assert sorted(got) == [3, 4, 6]
    assert "#Heading one" in got[3]
    assert "#^block-1" in got[4]
    assert "nearest" not in got[6]


def test_an_attachment_that_is_not_there_is_found_with_the_nearest_name(vault: MakeVault) -> None:
    """One that is there is no finding; a missing note is not one either."""
    got = found(
        vault,
        "broken",
        {"A.md": "![[diagrm.png]] ![[there.pdf#page=2]] [[Note]] ![[zzz.mp3]]", "x/diagram.png": b"", "there.pdf": b""},
    )
    assert sorted(got) == ["missing://diagrm.png", "missing://zzz.mp3"]
    assert "x/diagram.png" in said(got["missing://diagrm.png"])
    assert "diagram" not in said(got["missing://zzz.mp3"])
    assert seen(got["missing://diagrm.png"]) == [("A.md", 1)]


def test_footnotes_pdf_pages_and_hidden_notes_are_not_broken(vault: MakeVault) -> None:
    """Places in other files are not checked."""
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": '{"userIgnoreFilters": ["Old"]}',
        "Old.md": "[[B#Gone]]",
        "A.md": "[[B]] [[B#]] [[Board.canvas#x]] [[p.pdf#page=3]]",
        "B.md": "",
        "Board.canvas": "{}",
        "p.pdf": b"",
    }
    assert not found(vault, "broken", files)


def test_a_circle_is_found_once_with_each_of_its_notes_and_drawn(vault: MakeVault) -> None:
    """The picture is Mermaid, and closes."""
    got = found(
        vault,
        "cycles",
        {
            "A.md": typed("knowledge", depends_on="B"),
            "B.md": typed("knowledge", depends_on="C"),
            "C.md": typed("knowledge", depends_on="A"),
            "D.md": typed("knowledge", depends_on="A"),
        },
    )
    assert list(got) == ["A.md"]
    assert [ref.id for ref in mentions(got["A.md"].why)] == ["A.md", "B.md", "C.md", "A.md"]
    assert seen(got["A.md"]) == [("A.md", 3), ("B.md", 3), ("C.md", 3)]
    (insight,) = (one for one in insights() if one.name == "cycles")
    assert insight.picture is not None
    lines = insight.picture(tuple(got.values())).splitlines()
    assert lines[0].startswith("flowchart")
    arrows = [re.findall(r'\["(\w)"\]', line) for line in lines[1:]]
    assert arrows == [["A", "B"], ["B", "C"], ["C", "A"]]


def test_a_long_circle_names_its_first_notes_and_counts_the_rest(vault: MakeVault) -> None:
    """A row of a thousand names helps nobody; such a circle is not drawn either."""
    files: dict[str, str | bytes] = {
        f"N{at:03}.md": typed("knowledge", depends_on=f"N{(at + 1) % 300:03}") for at in range(300)
    }
    got = found(vault, "cycles", files)
    assert list(got) == ["N000.md"]
    assert [ref.id for ref in mentions(got["N000.md"].why)] == [f"N{at:03}.md" for at in [*range(12), 0]]
    assert "288 more notes" in said(got["N000.md"])
    assert len(seen(got["N000.md"])) == 12
    (insight,) = (one for one in insights() if one.name == "cycles")
    assert insight.picture is not None
    assert insight.picture(tuple(got.values())) == ""


def test_a_note_that_needs_itself_is_a_circle(vault: MakeVault) -> None:
    """The shortest there is."""
    assert list(found(vault, "cycles", {"A.md": typed("knowledge", depends_on="A")})) == ["A.md"]


def test_relations_that_may_come_round_and_inverses_are_no_circle(vault: MakeVault) -> None:
    """Links may go in circles, so may `related` and `causes`; both ends of one relation are one relation."""
    files: dict[str, str | bytes] = {
        "A.md": typed("knowledge", "[[B]]", related="B", causes="B", requires="G", depends_on="C"),
        "B.md": typed("knowledge", "[[A]]", related="A", causes="A"),
        "C.md": typed("knowledge", supports="A"),
        "G.md": typed("project", requires="A"),
    }
    assert not found(vault, "cycles", files)


def test_knowledge_that_nobody_applied_is_found_and_what_a_goal_needs_comes_first(vault: MakeVault) -> None:
    """Stubs are left out; applied knowledge too, whoever applied it."""
    got = found(
        vault,
        "unapplied",
        {
            "Idle.md": typed("knowledge"),
            "Needed.md": typed("knowledge"),
            "Learned.md": typed("knowledge"),
            "Applied.md": typed("knowledge"),
            "Applied too.md": typed("knowledge", applied_in="Goal"),
            "Stub.md": typed("knowledge", "short"),
            "Plain.md": LONG,
            "Goal.md": typed("project", requires="Needed"),
            "2024-05-01.md": typed("log", learns="Learned", applies="Applied"),
        },
    )
    assert list(got) == ["Needed.md", "Learned.md", "Idle.md"]
    assert seen(got["Needed.md"]) == [("Goal.md", 3)]
    assert not found(vault, "unapplied", {"A.md": LONG})


def test_knowledge_that_names_no_source_is_found_and_what_is_leant_on_comes_first(vault: MakeVault) -> None:
    """A source may be named from either end."""
    got = found(
        vault,
        "unsourced",
        {
            "Alone.md": typed("knowledge"),
            "Leant on.md": typed("knowledge"),
            "Leans.md": "[[Leant on]]",
            "Has one.md": typed("knowledge", learned_from="Book"),
            "Taught.md": typed("knowledge"),
            "Book.md": typed("source", teaches="Taught"),
        },
    )
    assert list(got) == ["Leant on.md", "Alone.md"]
    assert not found(vault, "unsourced", {"A.md": LONG})


SEA: dict[str, str | bytes] = {
    "Hub.md": f"[[In]] [[Through]] [[Nowhere]] {LONG}",
    "In.md": "x",
    "Through.md": "[[In]]",
    "Alone.md": LONG,
    "Alone and short.md": "x",
    "Self.md": "[[Self]] [[#Head]]\n# Head",
    "Island 1.md": "[[Island 2]]",
    "Island 2.md": "x",
    "Logged.md": "x",
    "Log.md": typed("log", "[[Logged]]"),
    "Day off.md": typed("log", ""),
    "Index.md": typed("moc", ""),
    "Template.md": typed("template", "[[Alone]]"),
    "Pic.md": "![[a.png]] #tag",
    "a.png": b"",
}
BY = {
    "isolated": ["Alone.md", "Self.md", "Pic.md", "Alone and short.md"],
    "no-in": ["Hub.md", "Alone.md", "Self.md", "Pic.md", "Island 1.md", "Alone and short.md"],
    "no-out": ["Alone.md", "Self.md", "Pic.md", "Alone and short.md", "In.md", "Island 2.md", "Logged.md"],
    "islands": ["Island 1.md", "Island 2.md", "Logged.md"],
    "weak": ["Logged.md"],
}


@pytest.mark.parametrize("definition", BY)
def test_orphans_by_each_definition(definition: str, vault: MakeVault) -> None:
    """Logs, index notes and templates are not asked; attachments, tags and links to oneself are no neighbours."""
    got = found(vault, "orphans", SEA, f'[orphans]\ndefinition = "{definition}"')
    assert sorted(got) == sorted(BY[definition])


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True),
        ("\n \r\n", True),
        ("---\n---\n", True),
        ("---\ntype: knowledge\n---\n", False),
        ("---\na: [\n---\n", False),
        (b"z\xfcrich", False),
        (b"\0\0", False),
        ("%% later %%", False),
        ("![](https://x.org/a.png)", False),
    ],
)
def test_only_a_note_that_holds_nothing_is_called_empty(text: str | bytes, empty: bool, vault: MakeVault) -> None:  # noqa: FBT001
    """The advice to delete it would lose what could not be read."""
    (finding,) = found(vault, "orphans", {"A.md": text}).values()
    assert (
        spoken(finding.step, catalogue.words(), lambda ref: ref.id) == "it is empty: add some text, or delete it"
    ) is empty


def test_the_longest_orphans_come_first(vault: MakeVault) -> None:
    """They have most to give."""
    assert next(iter(found(vault, "orphans", SEA))) == "Alone.md"
    assert not found(vault, "orphans", {"A.md": "[[B]]", "B.md": ""})


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("C#", "rename C#.md to C, then link to it"),
        ("a|b", "rename a|b.md to a-b, then link to it"),
        ("x[[y]]", "rename x[[y]].md to xy, then link to it"),
        ("c^d", "link to it from a related note"),
        ("问：答", "link to it from a related note"),
    ],
)
def test_an_orphan_that_no_link_can_name_is_renamed_first(name: str, step: str, vault: MakeVault) -> None:
    """Linking it from somewhere would lead nowhere."""
    (finding,) = found(vault, "orphans", {f"{name}.md": "word"}).values()
    assert said(finding) == step


def test_all_definitions_are_counted_over_the_same_notes(vault: MakeVault) -> None:
    """With the number of notes that could be one, and the chosen one marked."""
    got = found(vault, "definitions", SEA, '[orphans]\ndefinition = "weak"')
    cells = {re.findall(r"\((\S+?)[,)]", name)[-1]: text(finding.cells[0]) for name, finding in got.items()}
    assert cells == {name: f"{len(names)} of 10" for name, names in BY.items()}
    assert [name for name in got if "chosen" in name] == [
        "backlinks only from logs, reflections and index notes (weak, chosen)"
    ]


def test_groups_beside_the_largest_are_islands(vault: MakeVault) -> None:
    """The larger first; single notes are orphans instead, and a group of exempt notes alone is none."""
    got = found(vault, "islands", SEA)
    assert {name: len(list(mentions(finding.why))) for name, finding in got.items()} == {
        "Island 1.md": 1,
        "Log.md": 1,
    }
    assert not found(vault, "islands", {"A.md": "[[B]]", "B.md": "", "Alone.md": ""})


def test_attachments_that_nothing_uses_are_found(vault: MakeVault) -> None:
    """Linked, embedded, on a canvas or named in a property: used."""
    got = found(
        vault,
        "attachments",
        {
            "A.md": "---\nbanner: Pics/named.png\ncover: ['[[linked.png]]', listed.jpg]\n---\n"
            "![[shown.png]] [t](Pics/text.pdf)",
            **{f"Pics/{name}": b"" for name in ("named.png", "linked.png", "listed.jpg", "shown.png", "text.pdf")},
            "Pics/card.png": b"",
            "Pics/idle.png": b"",
            "idle.pdf": b"",
            "Table.base": "",
            "Board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "Pics/card.png"}], "edges": []}',
        },
    )
    assert list(got) == ["Pics/idle.png", "idle.pdf"]


def test_a_source_may_be_an_address(vault: MakeVault) -> None:
    """Most sources are."""
    typed = "---\ntype: knowledge\nsource: {}\n---\n"
    root = vault({"A.md": typed.format("https://example.org"), "B.md": typed.format("")})
    assert [item.subject.id for item in Vault.open(root).findings["unsourced"]] == ["B.md"]
