"""JavaScript's regular expressions on a linear engine: what they find, and what is told where they are not run."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.dialect.regex import UnsupportedPatternError, compiled


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        ("daily-.*", ["j/daily-1.md"], ["j/note.md"]),
        (r"^a\/b\.md$", ["a/b.md"], ["a/bxmd", "a/b.md\n", "xa/b.md"]),
        (r"\d\w\s\S", ["1a\u3000b", "1_\ufeffc"], ["١a b", "1é b"]),
        (r"[^\S\n]x", ["\u2003x", " x"], ["\nx", "ax"]),
        (r"^[^]$", ["\n", "a"], ["", "ab"]),
        ("[]", [], ["", "a"]),
        ("^.$", ["é", "a"], ["\n", "\u2028", "\r"]),
        (r"\u91cf\x41\cJ", ["量A\n"], ["uA"]),
        (r"\uD83D\uDE80", ["🚀"], ["D"]),
        (r"^[\uD83D\uDE80-\uD83D\uDE82]$", ["🚁"], ["🚃"]),
        (r"a{|}]{,2}", ["a{", "}]{,2}"], ["a"]),
        (r"\a\z\Q\-\é", ["azQ-é"], ["\a"]),
        (r"[[:alpha:]]", ["[]", "p]", ":]"], ["b]", "p"]),
        (r"[a-\d]", ["-", "a", "7"], ["b"]),
        (r"[a\-c]", ["-", "a", "c"], ["b"]),
        (r"[(?][\b]", ["(\b", "?\b"], ["(b"]),
        (r"(?<year>\d{4})-(?:1|2)+?", ["2024-1"], ["24-1"]),
        (r"\bword\b", ["a word."], ["swords"]),
        (r"\0", ["\0"], ["0"]),
    ],
)
def test_an_expression_finds_what_javascript_finds(pattern: str, hits: list[str], misses: list[str]) -> None:
    """Outcomes of `new RegExp(pattern).test(text)`."""
    found = compiled(pattern)
    assert [text for text in [*hits, *misses] if found(text)] == hits


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        *((pattern, "unsupported") for pattern in ("(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1", r"(?<n>a)\k<n>")),
        *((pattern, "unsupported") for pattern in (r"\ud83d", r"\012")),
        *((pattern, "invalid") for pattern in ("(", ")", "a(b))", "[a", "[\\", "\\", "[b-a]", "*a", "a**", "a{2}{3}")),
        *((pattern, "invalid") for pattern in ("^*", r"\b+", "(?P<n>a)", "(?i)a", "(+)", "a|*", "a{3,2}", "(?", "a++")),
        *((pattern, "large") for pattern in ("a{1001}", "(a{999}){999}", "(" * 500 + ")" * 500, "a" * 3000)),
    ],
)
def test_an_expression_that_cannot_be_run_is_refused_with_a_reason(pattern: str, reason: str) -> None:
    """What JavaScript calls a syntax error, and what no linear engine can do."""
    with pytest.raises(UnsupportedPatternError) as refused:
        compiled(pattern)
    assert refused.value.reason == reason


@given(st.text(st.sampled_from("ab(|)[]^-*+?{}1,.$\\dDwWsSbBuxkc0=!:<>é🚀\n"), max_size=14), st.text(max_size=6))
def test_any_expression_is_run_or_refused(pattern: str, text: str) -> None:
    """It never raises anything else, and says the same each time."""
    try:
        found = compiled(pattern, cased=False, by_line=True)
    except UnsupportedPatternError:
        return
    assert found(text) == found(text)


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\W", r"\.", "-", "ä"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=2).map(lambda pair: f"({pair[0]}|{pair[1]})"),
    ),
    max_leaves=8,
).flatmap(lambda body: st.sampled_from([body, f"^{body}", rf"{body}\b", f"^{body}x|{body}"]))


@given(_PATTERNS, st.text(st.sampled_from("ab.-ä "), max_size=8))
def test_the_linear_engine_agrees_where_python_and_javascript_agree(pattern: str, text: str) -> None:
    """Against Python's own engine, over what both languages read alike."""
    assert compiled(pattern)(text) == (re.search(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(a|a)*b", "(a*)*b", "(.*a){20}", "a.*a.*a.*b", "[^b]{900}$"])
def test_no_filter_with_an_expression_takes_long(pattern: str) -> None:
    """Eight times the name takes about eight times as long."""
    found = compiled(pattern)

    def spent(size: int) -> float:
        start = time.process_time()
        found("a" * size + "!")
        return time.process_time() - start

    small, large = (min(spent(size) for _ in range(3)) for size in (10_000, 80_000))
    assert large < 20 * small + 0.05


def test_a_filter_that_cannot_be_applied_is_reported_and_hides_nothing(vault: MakeVault) -> None:
    """With its exact text; the others go on hiding what they name, and a search of a group is told likewise."""
    filters = ["/^(a+)+$/", "/(?=x)y/", "/(/", "/a{1001}/", "Archive/", r"/\.old\.md$/"]
    groups = [{"query": query, "color": {"rgb": 1}} for query in ("path:/(?!x)/", "", "tag:#a", "path:/(a|b)+/")]
    root = vault(
        {
            ".obsidian/app.json": json.dumps({"userIgnoreFilters": filters, "newLinkFormat": 1}),
            ".obsidian/graph.json": json.dumps({"colorGroups": groups}),
            **dict.fromkeys(["a" * 40 + "!.md", "xy.md", "Archive/x.md", "b.old.md"], ""),
        }
    )
    graph = Vault.open(root, cache=False).knowledge
    assert [path for path, node in graph.nodes.items() if node.role == "excluded"] == ["Archive/x.md", "b.old.md"]
    told = [(each.code, dict(each.values).get("filter")) for each in graph.problems[".obsidian/app.json"]]
    assert told == [("settings-invalid", None), *(("filter-not-applied", filters[at]) for at in (1, 2, 3))]
    (search,) = graph.problems[".obsidian/graph.json"]
    assert search.values == (("query", "path:/(?!x)/"),)
    assert "path:/(?!x)/" in search.what
