"""Texts of notes and canvases, made by chance from pieces of Markdown and YAML."""

from hypothesis import strategies as st

from vault_tools.model.note import Note, Source
from vault_tools.parse.note import parse

INDENTS = ("", "", "", "", " ", "  ", "   ", "    ", "\t", "\t\t", " \t", "      ", "        ")
TRAILING = (*("",) * 9, " ", "  ", "\t")
MARKERS = (
    *("", "", "", "- ", "* ", "+ ", "-   ", "-\t", "-     ", "-", "1. ", "2. ", "1) ", "10. ", "999. ", "1.", "> "),
    *(">", "> - ", "- > ", "- - ", "1. - ", "- [ ] ", "- [x] ", "> [!note] ", "# ", "## ", "###### ", "#", "#\t"),
    *("- # ", "[^1]: ", "[ref]: ", "| ", "\\- ", "\u00a0"),
    *("100. ", "1234567890. "),
)
INLINE = (
    *("word", "two words", "字句", "한국", "🟨", "e\u0301", "\u00a0", "(", ")", "]", "[", "|", "\\", "*", "**", "_"),
    *("!", "[[a]]", "![[a.png]]", "[[a|b]]", "[[a\\|b]]", "[[a#h|b]]", "[[#^id]]", "[[字]]", "[[a", "a]]", "[[]]"),
    *("[[e\u0301]]", "[t](a.md)", "![t](a%20b.png)", "[t](<a b.md>)", '[t](a "title")', "[t](", "]("),
    *("[a [b](c) d](e)", "[^1]", "#tag", "#a/b", "#1", "#字", "#🟨", "**#t**", "\\#no", "#a#b", "x#no"),
    *("http://x.y/[[a]]", "<http://x.y>", "k:: v", "up:: [[a]]", "[k:: 1]", "(k:: [[a]], 2)", "**k**:: v", "::"),
    *("^id", "x ^id-1", "^", "%%c [[a]]%%", "%%", "`x [[a]]`", "``", "`", "$x$", "$", "$$", "$$x$$", "<b>"),
    *("<br>[[a]]", "<!-- [[a]] -->", "<!--", "-->", "</b>"),
    *("^[", "^[[a](b) c]", "[[b](b.md) c]", "[y](x/https://a.b)", "\u3000"),
)
LINES = (
    *("", "", "", "", "", " ", "\t", "    ", "---", "--", "-", "===", "=", "***", "- - -", "___", "* * *", "```"),
    *("~~~", "````", "```js", "~~~ `x`", "``` `x`", "$$", "%%", "<div>", "</div>", "<script>", "</script>", "<!--"),
    *("-->", "<pre>", "<?x", "?>", "<b>", "</split>", "| a | [[b\\|c]] |", "| - | - |", "| --- |", "a | b"),
    *(
        "--- | ---",
        "^id",
        "> ^id",
        "# Heading",
        "## [[a]] #t ^id",
        "#tag",
        "[a]: /url",
        "[^1]: [[a]]",
        "[^1]: a\n\n    [[b]]",
    ),
    *("> [!tip] T", "text", "- item", "1. one", "\u00a0", " \u2003\t", "> \u00a0", "$$x", "%% x"),
)
ROWS = (
    *("| a | [[b\\|c]] |", "| #t | [[a]] |  ", "| - | - |", "| - | - |", "|:-|-:| ", "| --- |", "|---", "| [[a]] |"),
    *(
        "| a | [[b]] \\|",
        "||",
        "| [[a]] | b | c |",
        "| a \\\\| [[b]] |",
        "|\ta | `[[b]]` |",
        "| a | b | ^id",
        "|",
        "x | y",
    ),
)
PROPERTIES = (
    *("a: 1", "tags: [x, y/z]", "tags: x, y", "aliases:\n  - A\n  - 甲", 'up: "[[a]]"', 'up:\n  - "[[a|b]]"'),
    *("up: [[a]]", "date: 2024-02-30", "n: 1.5e3", "n: .inf", "b: yes", "b: true", "k:", "k: {a: {b: '[[c]]'}}"),
    *("a: a: b", "- x", "x", "n: 18446744073709551616", "n: -9223372036854775809", "t: !x y", "t: &a [1]", "u: *a"),
    *("# c", "'q': |\n  [[a]]\n"),
)

KEYS = (
    *("a", "b", "c", "a b", "字", "a-b", "a.b", "2024", "k ", "a?b", "'q'", '"d"', "-x", "~", "null", "a:b", "a#b"),
    *(
        "a #b",
        "<<",
        ".",
        "...",
        "---",
        "?",
        "*a",
        "k" * 130,
        "",
        "\u00a0",
        "🟨",
        "a,b",
        "a[b",
        "[a",
        "{{a}}",
        "|",
        "\t",
    ),
)
VALUES = (
    *("", " ", "x", "two words", "  far  ", "字", "2024-05-06", "2024-05-06 12:30", "http://x.y/z#a", "a: b", "a:"),
    *(
        "a #c",
        "a#c",
        "#c",
        "-1",
        "- 1",
        "-",
        "--",
        "1.5e3",
        ".5",
        "5.",
        ".",
        "0x1F",
        "0o7",
        "010",
        "1_000",
        "~",
        "null",
    ),
    *("Null", "true", "yes", "TRUE", '"q"', '"q\\n"', '"a: b"', '""', "'q'", "'it''s'", "''", "'", '"', "[]", "[ ]"),
    *("[a]", "[a, 1]", "[a,b , c]", "[a, ]", "[,]", "[a: b]", "[[x]]", '"[[x]]"', "[a, [b]]", "[a?b]", "[ -1 ]", "[a"),
    *('["[[x]]"]', "['a', \"b, c\" , d]", '["a" b]', '["a",]', "['it''s']", '["a\\n"]', '[""]', "[a'b]", '[a, "b]'),
    *(
        "{}",
        "{a: b}",
        "|",
        ">-",
        "&a x",
        "*a",
        "!t x",
        "!!int 5",
        "%x",
        "@x",
        "`x`",
        "x\t",
        "\tx",
        "\u00a0x",
        "x\u00a0",
    ),
    *("🟨", "e\u0301", "a\u2028b", "a\x85b", "<% x %>", "=1", "a,b", "a]", "12:30", "a  b", "?x", "? x", ":x", ": x"),
    *("a,:b", "a:,", "...", "--- x", "\ufeff", "x|y", "don't", "~/x", "-a", "-.5", "+1", "a\\b", "{{x}}"),
)

inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=4).map(" ".join) | st.lists(
    st.sampled_from(INLINE), min_size=1, max_size=4
).map("".join)
lines = st.one_of(
    st.sampled_from(LINES),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(LINES)).map("".join),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(MARKERS), inline).map("".join),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(MARKERS), inline).map("".join),
)
tables = st.lists(st.sampled_from(ROWS), min_size=2, max_size=4).map("\n".join)
trailed = st.tuples(lines, st.sampled_from(TRAILING)).map("".join)
bodies = st.lists(trailed | trailed | trailed | tables, max_size=14).map("\n".join)
values = st.sampled_from(VALUES)
listed = st.tuples(st.sampled_from(INDENTS), st.lists(values, min_size=1, max_size=3)).map(
    lambda parts: "".join(f"\n{parts[0]}- {value}" for value in parts[1])
)
properties = st.one_of(
    st.sampled_from(PROPERTIES),
    st.tuples(st.sampled_from(KEYS), st.just(": "), values).map("".join),
    st.tuples(st.sampled_from("abcd"), st.just(": "), values).map("".join),
    st.tuples(st.sampled_from("abcd"), st.just(":"), listed).map("".join),
    st.tuples(st.sampled_from(INDENTS), values).map("".join),
)
fronts = st.lists(properties, max_size=4).map(lambda rows: "".join(f"{row}\n" for row in rows))
texts = bodies | st.tuples(fronts, bodies).map(lambda parts: f"---\n{parts[0]}---\n{parts[1]}")


def read(text: str, *, fast: bool = True) -> Note:
    """Parse a text as a note of its own."""
    return parse(Source("note.md", text, ""), fast=fast)
