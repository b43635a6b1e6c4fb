"""What the graph page carries: numbers, names, places, and what is said of notes; no browser is needed to read it."""

import json
import re
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from conftest import MakeVault
from graph_pages import HOSTILE, edge, graph_of, hostile_graph, note, page_text, small_graph, surroundings
from hypothesis import given, settings
from hypothesis import strategies as st

from vault_tools import Vault, shipped
from vault_tools.exporters.html import EXPORTER, places_in_page
from vault_tools.exporters.html import encoding as packs
from vault_tools.exporters.html.community_names import communities
from vault_tools.exporters.html.scripts import joined, sentences
from vault_tools.insights import insights
from vault_tools.map.layout import places
from vault_tools.model.export import Known
from vault_tools.model.finding import Finding
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.note import Tag
from vault_tools.model.places import Places, farthest
from vault_tools.model.speech import english
from vault_tools.model.text import HOLE, Ref, Say, Term, Value, listed, quotes, say
from vault_tools.words import words


def parts(page: str) -> dict[str, Any]:
    """The data of a page: its core, and what is packed."""
    held = dict(re.findall(r'<script type="[^"]*" id="(\w+)">(.*?)</script>', page, re.DOTALL))
    packed = {name: json.loads(packs.unpacked(held[name])) for name in ("index", "details")}
    return {"core": json.loads(held["core"]), **packed}


def column(core: dict[str, Any], name: str) -> list[int]:
    """A column of the nodes."""
    return packs.numbers(core["nodes"][name])


# ---------------------------------------------------------------- packing


@given(st.lists(st.integers(0, 2**32 - 1)) | st.lists(st.integers(0, 255)) | st.lists(st.integers(0, 65535)))
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    """In as few bytes as the largest needs."""
    held = packs.column(numbers)
    assert packs.numbers(held) == numbers
    most = max(numbers, default=0)
    assert held["w"] == (1 if most < 256 else 2 if most < 65536 else 4)


@pytest.mark.parametrize("number", [-1, 2**32, 2**40])
def test_a_number_that_no_column_holds_is_told(number: int) -> None:
    """It is never cut off."""
    with pytest.raises(OverflowError):
        packs.column([number])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_unpacked_as_it_was_packed(text: str) -> None:
    """And is cut off nowhere unseen."""
    held = packs.packed(text)
    assert packs.unpacked(held) == text
    for end in range(0, len(held) - 1, max(1, len(held) // 5)):
        with pytest.raises(ValueError):  # noqa: PT011  (base64, zlib, ours)
            packs.unpacked(held[:end])


PLAIN = st.text(max_size=8) | st.sampled_from(["</script>", "<!--", "\u2028", "\ud800"]) | st.integers() | st.none()


@settings(max_examples=50)
@given(
    st.recursive(
        PLAIN,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    )
)
def test_no_value_ends_the_script_it_stands_in(value: object) -> None:
    """And half a sign is no trouble to any file."""
    text = packs.in_script(value)
    assert "<" not in text
    assert not {"\u2028", "\u2029"} & set(text)
    text.encode()
    json.loads(text)


# ---------------------------------------------------------------- places


@st.composite
def placed(draw: st.DrawFn) -> tuple[KnowledgeGraph, Places]:
    """A graph, and places for it that nobody arranged."""
    sign = st.characters(exclude_categories=["Cs"])
    titles = draw(st.lists(st.text(sign, min_size=1, max_size=8), max_size=6, unique=True))
    nodes = [note(title, path=f"{title}.md") for title in titles]
    some = st.integers(-farthest(len(nodes)), farthest(len(nodes)))
    ids = tuple(sorted(node.id for node in nodes))
    own = [tuple(draw(st.lists(some, min_size=len(ids), max_size=len(ids)))) for _ in range(2)]
    homes = draw(st.lists(st.integers(-1, max(0, len(ids) - 1)), min_size=len(ids), max_size=len(ids)))
    late = draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids)))
    ends = draw(st.lists(st.tuples(*[st.sampled_from(nodes)] * 2), max_size=9)) if nodes else []
    edges = [edge(one, "links-to", other) for one, other in dict.fromkeys(ends)]
    return graph_of(nodes, edges), Places(ids, own[0], own[1], tuple(homes), tuple(late))


def test_no_path_keeps_the_naming_of_communities_busy_for_ever() -> None:
    """Not even one that begins with a slash, which no path in a vault does."""
    for path in ("/", "//", "/a.md", "//a/b.md", "a/b.md", "a.md"):
        assert page_text(graph_of([note("a", path=path)], []))


@settings(max_examples=12)
@given(placed())
def test_a_page_tells_the_places_that_it_was_given(given_: tuple[KnowledgeGraph, Places]) -> None:
    """To the unit, whatever they were; what is tied to what is told by its edges."""
    graph, before = given_
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["vault_tools.exporters.html.core"], "places", lambda _graph, _before: before)
        found = places_in_page(page_text(graph))
    assert found is not None
    assert replace(found, ties=()) == before
    fresh = places(graph)
    assert dict(zip(found.ids, found.ties, strict=True)) == dict(zip(fresh.ids, fresh.ties, strict=True))


@pytest.mark.parametrize(
    "make", [small_graph, hostile_graph, lambda: graph_of([], []), lambda: graph_of([note("A")], [])]
)
def test_a_page_that_is_made_again_from_its_own_places_is_the_same(make: Any) -> None:
    """To the byte, also where a name can be held by no file as it is."""
    first = page_text(make())
    assert page_text(make()) == first
    again = first
    for _ in range(2):
        again = page_text(make(), before=places_in_page(again))
    assert again == first


def test_a_page_that_is_cut_off_tells_all_its_places_or_none() -> None:
    """As a sync that was stopped leaves it, wherever; then all is arranged anew."""
    page = page_text(small_graph())
    start, whole = page.index('id="core"'), places_in_page(page)
    last = page.index("</script>", max(page.index(f'id="{name}"') for name in ("core", "index")))
    assert whole is not None
    for end in {0, *range(start, last, 499), *range(last - 9, last + len("</script>"))}:
        assert places_in_page(page[:end]) is None
    for end in range(last + len("</script>"), len(page), len(page) // 9):
        assert places_in_page(page[:end]) == whole


@cache
def small_page() -> tuple[KnowledgeGraph, str]:
    """A small graph, and its page."""
    return small_graph(), page_text(small_graph())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from([0, 1, 63, 200, 1_000, 1_700, 3_400, 9_999, 10**6, 2**31])] * 2), min_size=7),
    st.tuples(*[st.sampled_from([0, -1, -1_700, 900, -(10**6)])] * 2),
    st.sampled_from([[1] * 7, [0] * 7, [*range(1, 8)]]),
    st.sampled_from([0, 8]),
)
def test_whatever_a_page_says_a_map_after_it_is_made_and_tells_its_places(
    spots: list[tuple[int, int]], corner: tuple[int, int], homes: list[int], tied: int
) -> None:
    """Also where an island comes, or lone notes: no place that is believed asks for more room than any map of ours."""
    graph, page = small_page()
    new = [note(f"New {number}", path=f"New {number}.md") for number in range(8)]
    told = {"x": [x for x, _ in spots[:7]], "y": [y for _, y in spots[:7]], "community": homes[:7]}
    columns = {name: packs.column(numbers) for name, numbers in told.items()}
    before = places_in_page(held(page, corner=corner, map=columns))
    island = [edge(new[0], "links-to", each) for each in new[1:tied]]
    grown = graph_of([*graph.nodes.values(), *new], [*graph.edges, *island])
    after = places(grown, before)
    assert len(set(zip(after.x, after.y, strict=True))) >= len(new)
    assert max(map(abs, (*after.x, *after.y))) <= farthest(len(after.ids))


def held(page: str, **changed: Any) -> str:
    """A page with some keys of its core changed by somebody."""
    begin = page.index('id="core">') + len('id="core">')
    end = page.index("</script>", begin)
    core = json.loads(page[begin:end])
    for key, value in changed.items():
        if isinstance(core[key], dict) and isinstance(value, dict):
            core[key] |= value
        else:
            core[key] = value
    return page[:begin] + packs.in_script(core) + page[end:]


@pytest.mark.parametrize(
    "changed",
    [
        {"corner": [0]},
        {"corner": [0, "1"]},
        {"corner": [0, 10**12]},
        {"corner": [0.5, 1]},
        {"corner": None},
        {"corner": [True, 1]},
        {"corner": [0, 10**6]},
        {"corner": [-(10**6), 0]},
        {"late": None},
        {"late": [1]},
        {"late": packs.column([7])},
        {"map": None},
        {"map": {"x": {"w": 8, "d": "AAAA"}}},
        {"map": {"x": {"w": "1", "d": "AAAA"}}},
        {"map": {"x": {"w": 1, "d": "A"}}},
        {"map": {"x": {"w": 1, "d": "AAAA"}}},
        {"map": {"x": {"w": 1}}},
        {"map": {"x": packs.column([2**32 - 1] * 7)}},
        {"map": {"x": packs.column([0] * 6 + [1_000_000])}},
        {"map": {"community": packs.column([200] * 7)}},
        {"edges": {"from": packs.column([7] * 6)}},
        {"edges": {"from": packs.column([1])}},
    ],
)
def test_a_page_that_somebody_changed_tells_no_places(changed: dict[str, Any]) -> None:
    """Nothing is believed that no map of ours would say."""
    page = small_page()[1]
    assert places_in_page(held(page)) == places_in_page(page) is not None
    assert places_in_page(held(page, **changed)) is None


@pytest.mark.parametrize(
    "ids",
    [
        "[]",
        '{"ids": null}',
        '{"ids": [1, 2, 3, 4, 5, 6, 7]}',
        '{"ids": ["a", "a", "b", "c", "d", "e", "f"]}',
        "[" * 99999,
        "x",
    ],
)
def test_names_that_are_none_tell_no_places(ids: str) -> None:
    """Nor two of one name, nor too few."""
    page = page_text(small_graph())
    index = re.search(r'id="index">([^<]*)<', page)
    assert index is not None
    assert places_in_page(page.replace(index[1], packs.packed(ids))) is None


def test_a_text_that_unpacks_to_gigabytes_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever put it there."""
    monkeypatch.setattr(packs, "_MOST", 10_000)
    with pytest.raises(ValueError, match="too long"):
        packs.unpacked(packs.packed("x" * 10_001))
    assert packs.unpacked(packs.packed("x" * 9_999)) == "x" * 9_999


@given(st.text() | st.sampled_from(["<html>", '<script type="application/json" id="core">', "</script>"]))
def test_any_text_may_stand_where_the_page_stood(text: str) -> None:
    """It never raises."""
    assert places_in_page(text) is None
    assert places_in_page(f'<script type="text/plain" id="index">{text}</script>') is None


# ---------------------------------------------------------------- the map's columns


def test_nodes_and_edges_are_told_in_the_order_of_their_weight() -> None:
    """The most linked node first, tags and attachments last; edges that mean something before plain links."""
    found = parts(page_text(small_graph()))
    core, index = found["core"], found["index"]
    assert core["names"] == [
        "Kalman filter",
        "Monday",
        "Bayes' rule (100%)",
        "Gauss",
        "Lone note",
        "plot.png",
        "#math",
    ]
    ends = [packs.numbers(core["edges"][name]) for name in ("from", "relation", "to")]
    said = [
        (core["names"][one], core["relations"][relation]["n"], core["names"][other])
        for one, relation, other in zip(*ends, strict=True)
    ]
    assert said == [
        ("Kalman filter", "requires", "Bayes' rule (100%)"),
        ("Bayes' rule (100%)", "related", "Monday"),
        ("Monday", "links-to", "Kalman filter"),
        ("Kalman filter", "links-to", "Gauss"),
        ("Monday", "embeds", "plot.png"),
        ("Kalman filter", "tagged", "#math"),
    ]
    assert index["aliases"][0] == ["卡尔曼滤波", "KF"]
    assert index["tags"][0] == ["#math", "#control"]
    assert index["ids"][0] == "Notes/Kalman filter.md"
    assert [core["types"][number]["n"] for number in column(core, "type")][:1] == ["knowledge"]
    assert len(set(column(core, "kind"))) == 4


def test_days_groups_and_stages_are_told_where_there_are_any() -> None:
    """Days count from 1900; the first group that finds a note counts."""
    graph = small_graph()
    known = Known(created={"Notes/Monday.md": date(1900, 1, 3), "Notes/Lone note.md": date(1899, 1, 1)})
    groups = (("path:Lone", "#123456"), ("path:Notes", "#654321"))
    core = parts(page_text(graph, known=known, groups=groups))["core"]
    days = dict(zip(core["names"], column(core, "day"), strict=True))
    assert {name: day for name, day in days.items() if day} == {"Monday": 2}
    numbers = dict(zip(core["names"], column(core, "group"), strict=True))
    assert numbers["Lone note"] == 1
    assert numbers["Monday"] == 2
    assert numbers["Gauss"] == 0
    assert core["groups"] == [{"q": "path:Lone", "c": "#123456"}, {"q": "path:Notes", "c": "#654321"}]


def test_properties_are_told_as_a_reader_would_write_them() -> None:
    """Long ones are cut; what the panel tells otherwise (type, aliases, tags, links alone) is left out."""
    front = {
        "Type": "x",
        "aliases": ["a"],
        "Tags": ["t"],
        "up": "[[A]]",
        "near": ["[[A]]", "[[B|b]]"],
        "said": "see [[A]]",
        "done": False,
        "none": None,
        "many": [1, "two", {"three": 3, "four": None}],
        "long": "x" * 1000,
    }
    node = note("A", frontmatter=front, excerpt="It begins.", words=7)
    (row,) = parts(page_text(graph_of([node], [])))["details"]["nodes"]
    assert row["w"] == 7
    assert row["e"] == "It begins."
    assert row["f"] == [
        ["said", "see [[A]]"],
        ["done", "false"],
        ["none", ""],
        ["many", "1, two, three: 3; four:"],
        ["long", "x" * 400 + "…"],
    ]


def test_a_view_stands_in_the_page_as_it_was_asked_for() -> None:
    """And an empty one is none."""
    assert parts(page_text(small_graph(), view="note=A.md&depth=2"))["core"]["view"] == "note=A.md&depth=2"
    assert parts(page_text(small_graph()))["core"]["view"] == ""


# ---------------------------------------------------------------- communities


def named(nodes: list[Node], edges: list[Any], home: list[int]) -> list[str]:
    """The names of communities."""
    return [row["n"] for row in communities(graph_of(nodes, edges), nodes, home)]


def test_a_community_is_called_after_the_topic_that_is_tied_to_most_of_it() -> None:
    """Not after one that is tied to few; then its most linked note gives the name, which comes first."""
    hub, a, b, c, plain = (note(title, path=f"{title}.md") for title in ("Hub", "A", "B", "C", "Topic"))
    topic = replace(plain, role="topic")
    tied = [edge(topic, "links-to", a), edge(topic, "requires", b), edge(hub, "links-to", topic)]
    assert named([hub, a, b, c, topic], tied, [0] * 5) == ["Topic"]
    assert named([hub, a, b, c, topic], tied[:2], [0] * 5) == ["Hub"]


def test_a_community_is_called_after_the_tag_or_the_folder_that_is_its_own() -> None:
    """One that notes elsewhere have as well says nothing of it; a tag says more than a folder."""
    paths = [f"Work/Cooking/{title}.md" for title in "abc"] + [f"Work/Other/{title}.md" for title in "def"]
    nodes = [note(path[-4], path=path) for path in paths]
    assert named(nodes, [], [0, 0, 0, 1, 2, 2]) == ["Cooking", "d", "Other"]
    tagged = [replace(node, note=replace(node.note, body_tags=(Tag("#food/Soup", 1, 0),))) for node in nodes[:3]]  # type: ignore[type-var]
    assert named([*tagged, *nodes[3:]], [], [0, 0, 0, 1, 1, 1]) == ["soup", "Other"]
    assert named(nodes, [], [0, 1, 2, 0, 1, 2]) == ["a", "b", "c"]


def test_communities_that_are_empty_have_rows_too() -> None:
    """Their numbers stay what they are."""
    rows = communities(graph_of([], []), [note("A"), note("B")], [2, -1])
    assert rows == [{"n": "", "m": 0}, {"n": "", "m": 0}, {"n": "A", "m": 1}]


# ---------------------------------------------------------------- names only

SECRET = "the secret"
VAULT = {
    "A.md": f"---\ntype: knowledge\nmood: {SECRET}\naliases: [Alpha]\n---\n{SECRET} [[B]] [[Gone]] [[A#{SECRET}]]\n"
    + "word " * 30,
    "B.md": f"# {SECRET}\n[[Lost|{SECRET}]] ![[{SECRET}.png]]\nx:: {SECRET}\n",
    "Log.md": f"---\ntype: log\ndate: 2024-05-01\nlearned: '[[A]]'\nproblem: {SECRET}\noutcome: open\n---\n{SECRET}\n",
    "P.md": f"---\ntype: project\nrequires: ['[[Gone]]', '[[A]]']\nstatus: {SECRET}\nverify: {SECRET}\n---\n",
}


def test_a_page_of_names_holds_nothing_that_notes_say(vault: MakeVault) -> None:
    """Neither a property, nor an excerpt, nor a finding that quotes one; names, links and reasons of ours stay."""
    vault_ = Vault.open(vault(VAULT))
    whole, names = ("".join(vault_.export("html", names_only=flag)) for flag in (False, True))
    hidden = {f"missing://{SECRET}.png", f"{SECRET}.png"}
    for page, is_there in ((whole, True), (names, False)):
        found = parts(page)
        texts = [found["details"], [group["r"] for group in found["details"]["gaps"]]]
        said = json.dumps(texts, ensure_ascii=False).replace(f"{SECRET}.png", "")
        assert (SECRET in said) == is_there
        plain = page[page.index("<article") : page.index("</article>")].replace(f"{SECRET}.png", "")
        assert SECRET not in plain or is_there
        assert {"A.md", "missing://Gone"} <= set(found["index"]["ids"])
        assert set(found["index"]["ids"]) & hidden
        assert ["Alpha"] in found["index"]["aliases"]
    reasons = {row["y"] for group in parts(names)["details"]["gaps"] for row in group["r"]}
    assert vault_.speak(vault_.findings["missing"][0].why) in reasons
    assert parts(names)["core"]["names_only"] is True


STAGE, QUERY = "the stage", "the query"
TELLING = {
    "A.md": "---\ntype: knowledge\n---\n" + "words " * 77 + "[[Stub]] [[Gone]]",
    "Stub.md": f"---\ntype: knowledge\n---\nno {QUERY} more",
    "Log.md": f"---\ntype: log\ndate: 2024-05-01\nlearned: '[[A]]'\nstage: {STAGE}\nproblem: x\noutcome: open\n---\n",
    "Goal.md": "---\ntype: project\nrequires: ['[[A]]', '[[Stub]]', '[[Gone]]']\n---\n",
    ".obsidian/graph.json": json.dumps({"colorGroups": [{"query": f'"{QUERY}"', "color": {"a": 1, "rgb": 1}}]}),
}


def test_a_page_of_names_does_not_tell_what_was_counted_or_learned(vault: MakeVault) -> None:
    """Nor what the groups of the vault search for, and which notes say it."""
    vault_ = Vault.open(vault(TELLING), today=date(2024, 5, 31))
    whole, names = ("".join(vault_.export("html", names_only=flag)) for flag in (False, True))

    def told(page: str) -> str:
        return page + json.dumps(parts(page), ensure_ascii=False)

    for telling in (QUERY, STAGE, '"w": 79', "4 words"):
        assert telling in told(whole), telling
        assert telling not in told(names), telling
    core, details = parts(names)["core"], parts(names)["details"]
    assert core["groups"] == core["stages"] == details["learning"] == []
    assert set(column(core, "group")) == set(column(core, "stage")) == {0}
    assert not any(details["nodes"])
    assert {group["k"] for group in details["gaps"]} == {"missing"}


@given(
    st.recursive(
        st.text(min_size=1) | st.integers(),
        lambda inner: st.tuples(inner) | st.builds(lambda a: say("{a}", a=a), inner),
    )
)
def test_a_text_quotes_where_words_of_somebody_else_stand_in_it(value: Any) -> None:
    """At any depth; names and numbers are none."""

    def has_words(part: Value) -> bool:
        if isinstance(part, Say):
            return any(has_words(each) for _, each in part.values)
        return isinstance(part, str) or (isinstance(part, tuple) and any(map(has_words, part)))

    assert quotes((say("{a} {b}", a=value, b=Ref("A.md")), Term("type", "x"))) == has_words(value)
    assert quotes(say("{a}", a=Term("stage", "x")))
    assert not quotes(say("{n} of {all}", n=3, all=listed([Ref("A.md")] * 9, 2)))
    assert quotes(Ref("A.md", "label"))


def test_the_modes_say_what_the_reports_say(vault: MakeVault) -> None:
    """Each gap is told with the words of its report, and points to its node."""
    vault_ = Vault.open(vault(VAULT))
    found = parts(vault_.html())
    titles = {insight.name: english(insight.title) for insight in insights()}
    for group in found["details"]["gaps"]:
        assert group["l"] == titles[group["k"]]
        assert len(group["r"]) == len(vault_.findings[group["k"]])
        for row, finding in zip(group["r"], vault_.findings[group["k"]], strict=True):
            assert found["index"]["ids"][row["i"]] == finding.subject.id
            assert row["y"] == vault_.linker.plain(finding.why)
    stands = {found["index"]["ids"][row["i"]]: row["h"] for row in found["details"]["learning"]}
    assert stands["missing://Gone"] == "ready"
    assert stands["A.md"] in {"due", "learned"}


def test_a_finding_about_no_node_is_passed_over() -> None:
    """A file of settings, say, has no place on the map."""
    insight = next(each for each in insights() if each.name == "missing")
    known = Known(findings={insight: (Finding("missing", Ref("nowhere.toml"), 1.0, ("why",)),)})
    assert parts(page_text(small_graph(), known=known))["details"]["gaps"] == []


# ---------------------------------------------------------------- the page as a file


def test_no_text_of_a_vault_can_leave_its_place() -> None:
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


def test_the_policy_of_the_page_names_every_script_in_it() -> None:
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


def test_scripts_are_joined_in_the_order_in_which_they_need_each_other() -> None:
    """Each once, strict, with no import or export left."""
    text = joined(FILES, "main.js")
    assert [text.count(piece) for piece in ("const c = 1;", "function b()", "b(c);")] == [1, 1, 1]
    assert text.index("const c = 1;") < text.index("function b()") < text.index("b(c);")
    assert not re.search(r"\b(?:import|export)\b", text)
    assert "'use strict';" in text
    with pytest.raises(ValueError, match=r"b\.js -> main\.js|circle"):
        joined({**FILES, "c.js": "import { x } from './main.js';\n"}, "main.js")


@pytest.mark.parametrize("said", ["export default 3;", "export { d };", "export * from './d.js';", "import './d.js';"])
def test_a_script_that_cannot_be_joined_is_refused(said: str) -> None:
    """It would be a fault in the page that only its reader saw."""
    with pytest.raises(ValueError, match=r"c\.js: .*(?:import|export)"):
        joined({**FILES, "c.js": f"const d = 1;\n{said}\n"}, "main.js")


def test_the_ids_of_sentences_are_found_however_they_are_written() -> None:
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


def test_the_exporter_needs_what_it_names() -> None:
    """All files of the page's folder, and none else."""
    around = surroundings()
    assert EXPORTER.assets == ("graph/",)
    assert {name.partition("/")[0] for name in around.assets} == {"graph"}
