"""Names that no link can say: the file is there, so nobody is to write it; it wants another name."""

import re
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, parsed

from vault_tools import Vault
from vault_tools import words as catalogue
from vault_tools.graph.build import build
from vault_tools.graph.linktext import Linktext
from vault_tools.graph.renaming import better_name
from vault_tools.graph.resolve import Resolver
from vault_tools.graph.unreachable import signs
from vault_tools.insights import broken, missing
from vault_tools.model.finding import Context
from vault_tools.model.graph import BrokenLink, KnowledgeGraph
from vault_tools.model.speech import format_english, format_words
from vault_tools.model.text import say
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
FORMS = ("[[{}]]", "![[{}]]", "[[{}|shown]]", "[[{}.md]]", "[[{}#Part]]", "[text](%s.md)", "[text](%s)")


def graph(files: Mapping[str, str]) -> KnowledgeGraph:
    """Build the graph of some files."""
    return build(parsed(files), files, VOCABULARY)


def written(form: str, name: str) -> str:
    """Write a link to a name."""
    return form.replace("{}", name).replace("%s", quote(name, safe="/"))


def steps(whole: KnowledgeGraph) -> list[str]:
    """Give what is advised for broken links."""
    return [format_words(each.step, catalogue.words(), lambda ref: ref.id) for each in broken.find(whole, Context())]


def judged(whole: KnowledgeGraph) -> list[BrokenLink]:
    """Give the broken links of the note from which all others are linked."""
    return [each for each in whole.broken if each.note == "from.md"]


PIECES = ["a", "b c", " ", "#", "^", "|", "[x]", "[[y]]", "]]", "[[", "[", "%", "字", "."]
names = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
    .map("".join)
    .filter(
        lambda name: (
            name.strip(" %") == name
            and not name.startswith((".", "|", "]"))
            and not re.search(r"\]\].*\[\[|\|.*[\[\]]|[\[\]].*\|", name)
        )
    )
)


@example("C# notes", "[[{}]]", "")
@example("x [[y]] z", "[[{}]]", "")
@example("a [b]", "[[{}]]", "folder")
@example("#", "[[{}]]", "")
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(names, st.sampled_from(FORMS), st.sampled_from(["", "folder", "C#"]))
def test_nobody_is_asked_to_write_a_note_that_exists(name: str, form: str, folder: str) -> None:
    """A link to a name either finds the file, or is told as one that cannot."""
    is_whole = form in FORMS[:2] or name.count("[[") == name.count("]]")
    assume(is_whole)  # `[[a[[|shown]]` is a link called `|shown`
    path = f"{folder}/{name}.md" if folder else f"{name}.md"
    whole = graph({path: "# Part\n", "from.md": written(form, name)})
    ends = set(whole.resolved["from.md"])
    assume(ends and path not in ends)  # what holds no link, or one that finds the file, asks for nothing
    told = judged(whole)
    assume(told or ends != {"from.md"})
    assert {each.reason for each in told} == {"unreachable-name"}
    assert {each.meant for each in told} == {(path,)}
    assert all(not each.replacements for each in told)
    assert not list(missing.find(whole, Context()))
    assert all(step.startswith("rename ") for step in steps(whole))
    assert path in {edge.target for edge in whole.outgoing["from.md"]} or ends != {None}
    assert all(node.kind != "missing" for node in whole.nodes.values())


@given(names, st.sets(st.sampled_from(["C notes.md", "C- notes.md", "ab.md", "a-b.md", "a_b.md"])))
def test_the_name_that_is_proposed_for_an_unreachable_note_is_free_and_links_reach_it(
    name: str, taken: set[str]
) -> None:
    """With its suffix, in its folder."""
    proposed = better_name(f"{name}.md", lambda path: path not in taken)
    if not signs(f"{name}.md"):
        assert proposed is None
    elif proposed is not None:
        old, new = proposed
        assert old == f"{name}.md"
        assert new not in taken
        assert not signs(new)
        assert Linktext(Resolver([new, *taken])).written(new, "from.md") is not None


@pytest.mark.parametrize(
    ("files", "text", "meant"),
    [
        ({"C# notes.md": "", "c.md": "# Other\n"}, "[[C# notes]]", "C# notes.md"),
        ({"C# notes.md": "", "c.md": "# Other\n"}, "[x](C%23%20notes.md)", "C# notes.md"),
        ({"C# notes.md": "# Part\n"}, "[[C# notes#Part]]", "C# notes.md"),
        ({"x/C# notes.md": ""}, "[[x/C# notes|y]]", "x/C# notes.md"),
        ({"C#/x.md": ""}, "[[C#/x]]", "C#/x.md"),
        ({"#tag note.md": ""}, "[[#tag note]]", "#tag note.md"),
        ({"a|b.md": ""}, "[[a|b]]", "a|b.md"),
        ({"a|b.md": ""}, "| x |\n| - |\n| [[a\\|b]] |", "a|b.md"),
        ({"About [[y]].md": ""}, "[[About [[y]]]]", "About [[y]].md"),
        ({"a]] b.md": ""}, "[[a]] b]]", "a]] b.md"),
        ({"Re [draft].md": ""}, "[[Re [draft]]]", "Re [draft].md"),
        ({"pic #1.png": ""}, "![[pic #1.png]]", "pic #1.png"),
        ({"Notes .md": ""}, "[[Notes ]]", "Notes .md"),
        ({"Cafe\u0301 #1.md": ""}, "[[Caf\u00e9 #1]]", "Cafe\u0301 #1.md"),
    ],
)
def test_each_kind_of_name_that_no_link_reaches_is_recognised(files: dict[str, str], text: str, meant: str) -> None:
    """Even where what the link is read as is there, as `c.md` for `[[C# notes]]`."""
    whole = graph(files | {"from.md": text})
    assert [(each.reason, each.meant, each.replacements) for each in judged(whole)] == [
        ("unreachable-name", (meant,), ())
    ]
    assert not list(missing.find(whole, Context()))
    (step,) = steps(whole)
    assert step.startswith(f"rename {'C#' if meant.startswith('C#/') else meant} to ")


@pytest.mark.parametrize(
    ("files", "text", "reason"),
    [
        ({"C# notes.md": ""}, "[[C]]", "no-such-note"),
        ({"About [[y]].md": ""}, "[[y]]", "no-such-note"),
        ({"C# notes.md": "", "c.md": "# Other\n"}, "[[C#Notes and more]]", "heading-or-block-missing"),
        ({"a|b.md": ""}, "[[a|c]]", "no-such-note"),
    ],
)
def test_a_link_that_only_begins_like_an_unreachable_name_keeps_its_meaning(
    files: dict[str, str], text: str, reason: str
) -> None:
    """It may ask for a note that nobody has written."""
    assert [each.reason for each in judged(graph(files | {"from.md": text}))] == [reason]


def test_a_missing_note_stays_missing_beside_links_to_an_unreachable_name() -> None:
    """By those, and not by the links that mean the file which is there."""
    whole = graph({"C# notes.md": "", "from.md": "[[C# notes]]", "other.md": "[[C]]"})
    (found,) = missing.find(whole, Context())
    assert [ref.id for ref in found.evidence] == ["other.md"]
    assert found.subject.id == "missing://C"


def test_a_vault_that_stays_open_reports_unreachable_names_as_they_come_and_go(vault: MakeVault) -> None:
    """As one that is opened afresh."""
    root = vault({"from.md": "[[C# notes]] [[About [[y]]]]"})
    kept = Vault.open(root)

    def reasons() -> list[str]:
        kept.look_again()
        assert kept.knowledge.broken == Vault.open(root, cache=False).knowledge.broken
        return [each.reason for each in kept.knowledge.broken]

    assert reasons() == ["no-such-note", "no-such-note"]
    (root / "C# notes.md").write_text("x")
    assert reasons() == ["unreachable-name", "no-such-note"]
    (root / "About [[y]].md").write_text("x")
    assert reasons() == ["unreachable-name", "unreachable-name"]
    (root / "C# notes.md").rename(root / "C.md")
    assert reasons() == ["heading-or-block-missing", "unreachable-name"]


def test_many_files_with_an_unreachable_name_are_named_by_a_few() -> None:
    """As candidates are."""
    files = {f"{folder}/C# notes.md": "" for folder in range(300)}
    whole = graph({**files, "from.md": "[[C# notes]] " * 300})
    assert {len(each.meant) for each in judged(whole)} == {10}


ASKING = [
    format_english(say(id_)).partition(",")[0]
    for id_ in (
        "common.not-written",
        "prerequisites.why-unwritten",
        "missing.step-write-or-unlink",
        "coverage.step-write-or-remove",
    )
]
"""What a page says of a note that is missing."""
NAMES = ("C# notes", "a|b", "About [[y]]", "Re [draft]", "a]] b", "C#", "Notes ", "x #y ^z", "C# \u8bed\u8a00")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("body", ["", "words " * 30], ids=["a stub", "written"])
def test_no_page_region_or_map_asks_for_an_unreachable_note_that_exists(vault: MakeVault, name: str, body: str) -> None:
    """Not as what a goal needs, what to learn now, a part of a topic, or a dot that is not filled."""
    root = vault(
        {
            f"{name}.md": f"---\ntype: concept\n---\n{body}",
            "Goal.md": f"---\ntype: project\n---\nrequires:: [[{name}]]\n\n%% vault-tools:begin next %%\n"
            "%% vault-tools:end next %%\n%% vault-tools:begin path %%\n%% vault-tools:end path %%\n",
            "Topic.md": f"---\ntype: moc\n---\ncontains:: [[{name}]]\n\n%% vault-tools:begin topic %%\n"
            "%% vault-tools:end topic %%\n%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n",
        }
    )
    whole = Vault.open(root, cache=False)
    whole.report()
    told = [(root / note).read_text() for note in ("Goal.md", "Topic.md")] + [page.text for page in whole.reports]
    assert not [text for text in told[:2] if re.search("begin (\\w+) %%\n%% vault-tools:end", text)]
    told += [whole.format_text(line) for node in whole.knowledge.nodes for line in whole.why(node)]
    assert not [text for text in told if any(asked in text for asked in ASKING)]
    assert all(node.kind != "missing" for node in whole.knowledge.nodes.values())
    assert whole.learning.states[f"{name}.md"].written
    assert whole.summary.missing == 0
    assert {each.reason for each in whole.knowledge.broken} == {"unreachable-name"}
    rows = "".join(whole.export("json"))
    assert "missing://" not in rows


def test_one_line_may_ask_for_a_missing_note_and_mean_an_unreachable_one() -> None:
    """What is asked for in earnest stays; two names that read the same both lead to their files."""
    files = {"C# notes.md": "", "C# more.md": "", "both.md": "[[C# notes]] [[C]]", "two.md": "[[C# notes]] [[C# more]]"}
    whole = graph(files)
    assert [edge.target for edge in whole.outgoing["two.md"]] == ["C# more.md", "C# notes.md"]
    assert [edge.target for edge in whole.outgoing["both.md"]] == ["missing://C"]
    (found,) = missing.find(whole, Context())
    assert [ref.id for ref in found.evidence] == ["both.md"]


def test_an_inverse_relation_leads_to_an_unreachable_file() -> None:
    """`part of` in a note is an edge that begins at what the link names."""
    whole = graph({"C# notes.md": "", "x.md": "part of:: [[C# notes]]"})
    assert [(edge.source, edge.target) for edge in whole.by_relation["contains"]] == [("C# notes.md", "x.md")]


def test_a_link_that_finds_its_file_is_not_called_unreachable() -> None:
    """Without `#`, `^` is a sign like others; only the heading is not there."""
    whole = graph({"a^b.md": "", "from.md": "[[a^b]] [[a^b|s]] [x](a%5Eb.md) [[a^b#h]]"})
    assert set(whole.resolved["from.md"]) == {"a^b.md"}
    assert [(each.link.raw, each.reason) for each in judged(whole)] == [("[[a^b#h]]", "heading-or-block-missing")]
