"""What the first click shows: properties of notes, and what a page of names leaves out."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from shared.graph_pages import graph_of, note, page_text
from shared.page_data import SECRET, VAULT, column, parts
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.model.text import Ref, Say, Term, Value, listing, quotes, say


def test_a_page_shows_properties_as_a_reader_would_write_them() -> None:
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
    assert vault_.format_text(vault_.findings["missing"][0].why) in reasons
    assert parts(names)["core"]["names_only"] is True


STAGE, QUERY = "the stage", "the query"
TELLING = {
    "A.md": "---\ntype: knowledge\n---\n" + "words " * 77 + "[[Stub]] [[Gone]]",
    "Stub.md": f"---\ntype: knowledge\n---\nno {QUERY} more",
    "Log.md": f"---\ntype: log\ndate: 2024-05-01\nlearned: '[[A]]'\nstage: {STAGE}\nproblem: x\noutcome: open\n---\n",
    "Goal.md": "---\ntype: project\nrequires: ['[[A]]', '[[Stub]]', '[[Gone]]']\n---\n",
    ".obsidian/graph.json": json.dumps({"colorGroups": [{"query": f'"{QUERY}"', "color": {"a": 1, "rgb": 1}}]}),
}


def test_a_page_of_names_says_nothing_of_measures_and_learning(vault: MakeVault) -> None:
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
def test_a_sentence_quotes_if_it_holds_words_of_a_note(value: Any) -> None:
    """At any depth; names and numbers are none."""

    def has_words(part: Value) -> bool:
        if isinstance(part, Say):
            return any(has_words(each) for _, each in part.values)
        return isinstance(part, str) or (isinstance(part, tuple) and any(map(has_words, part)))

    assert quotes((say("{a} {b}", a=value, b=Ref("A.md")), Term("type", "x"))) == has_words(value)
    assert quotes(say("{a}", a=Term("stage", "x")))
    assert not quotes(say("{n} of {all}", n=3, all=listing([Ref("A.md")] * 9, 2)))
    assert quotes(Ref("A.md", "label"))
