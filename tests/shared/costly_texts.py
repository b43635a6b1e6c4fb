"""Texts that may cost a reader much time: each is as long as one asks for."""

from collections.abc import Callable, Mapping

from shared.cost import repeated

Act = Callable[[str], object]


OPENERS = [
    "[",
    "[[",
    "![",
    "![[",
    "[a](",
    "[a](<",
    "![a](",
    "[[a|",
    "[[a#",
    "[a](      ",
    "[a][",
    "[^a",
    "^[",
    "<",
    "<a ",
    "<!--",
    "%%",
    "$",
    "$$",
    "`",
    "``x ",
    "~~~\n",
    "```\n",
    "**",
    "*a",
    "_a ",
    "==",
    "~~",
    "((",
    "{{",
    "<%",
    "<% {{",
    "${",
    "(a::",
    "[a::",
    "![[a](",
    "<a:",
    "<div>\n",
    "#[",
    '"',
    "\\[",
    "[[a",
    "[](<a",
    "$a ",
    "$1",
    "[a:: ",
    "[http://",
    "[a](b ",
    "^[[",
    "*",
]
CHAINS = [
    "xhttps://b.c/",
    "https://b.c/(",
    "://",
    "http://a ",
    "&amp;",
    "&#1;",
    "&",
    "\\\\",
    "\\",
    "#a",
    "#a/",
    "# ",
    "a:: b ",
    "a::",
    "^a",
    " ^a\n",
    "](",
    "])",
    "]]",
    "[[a]]",
    "[a](b)",
    "[a](b",
    "[a] ",
    "!",
    "-",
    "=",
    "|",
    "a|",
    "\u200b",
    "\u00a0",
    "量化",
    "é",
    "🚀",
    "http://",
    "http://x)",
    "<a:b",
    "[k:: [[a]]] ",
    "(k:: [[a]]) ",
    "[[a](b) ",
    "_k_:: 1, ",
    " ",
]
LINES = [
    "%%\n",
    "$$x\n",
    "%% x\n",
    "\u00a0\n---\n",
    "```\nx\n```\n",
    "^a\n\n",
    "[^1]: a\n\n    [[b]]\n\n",
    "[^1]: a\n    ",
    "  1. a\n    - [[b]]\n",
    "> ",
    ">",
    "- ",
    "- a\n",
    "  - a\n",
    "1. a\n",
    "> - ",
    "# a\n",
    "a\n===\n",
    "a\n---\n",
    "---\n",
    "| a | b |\n",
    "|-|-|\n",
    "[^a]: b\n",
    "a[^a]\n",
    "%% vault-tools:begin next %%\n",
    "%% vault-tools:end %%\n",
    "- [ ] a\n",
    "```\na\n```\n",
    "> [!note] a\n",
    "a ^b\n",
    "    a\n",
    "\ta\n",
    "\n",
    " \n",
    "<div>\n\n",
    "a:: [[b]]\n",
    "<<<<<<<\n",
    "=======\n",
    "a  \n",
]
NESTED = [
    ("[", "]"),
    ("[[", "]]"),
    ("(", ")"),
    ("**", "**"),
    ("[a](", ")"),
    ("![", "](b)"),
    ("<a>", "</a>"),
    ("%%", "%%"),
    ("{{", "}}"),
    ("<%", "%>"),
    ("`", "`"),
    ("$", "$"),
    ('"', '"'),
    ("^[", "]"),
]


def body(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A note of one piece again and again, on one line or its own."""
    return lambda size: repeated(piece, size, before, after)


def longer(mark: str) -> Callable[[int], str]:
    """Runs of a mark, each longer than the one before."""
    return lambda size: " ".join(mark * length for length in range(1, int((2 * size) ** 0.5)))


def nested(opening: str, closing: str) -> Callable[[int], str]:
    """Pairs in pairs."""
    return lambda size: opening * (size // len(opening + closing)) + closing * (size // len(opening + closing))


def deep(piece: str) -> Callable[[int], str]:
    """Lines that each are one step deeper than the one before: as many as a text of the size holds."""
    return lambda size: "".join(piece * depth + "a\n" for depth in range(1, int((2 * size / len(piece)) ** 0.5)))


TEXTS: Mapping[str, Callable[[int], str]] = {
    **{f"{piece!r} again and again": body(piece) for piece in [*OPENERS, *CHAINS, *LINES]},
    **{
        f"{piece!r}, then a text": body(piece, after="\n\n# a\n\n[[b]]\n")
        for piece in ("[", "[[", "`", "<", "$$", "%%", "<%")
    },
    "blanks in a link": lambda size: "[a](" + " " * size,
    "a marker that goes on": lambda size: "%% vault-tools:" + "-" * size,
    **{f"{pair[0]!r} in each other": nested(*pair) for pair in NESTED},
    **{f"{piece!r} ever deeper": deep(piece) for piece in ("> ", "  ", "- ", "\t")},
    **{f"{mark!r} of ever other lengths": longer(mark) for mark in ("`", "*", "_", "~", "$", "%", "#", "[")},
}
PLACES = {
    "beside a link": ("[[x]] ", ""),
    "in a heading": ("# a ", "b"),
    "in a code span": ("`", "`"),
    "in a list": ("- [[x]] ", ""),
    "in a field": ("k:: ", ""),
    "in a property": ("---\nk: ", "\n---\n"),
    "in a cell": ("| [[x]] |\n| - |\n| ", " |"),
}
PLACED: Mapping[str, Callable[[int], str]] = {
    f"{piece!r} {place}": body(piece, *around) for piece in [*OPENERS, *CHAINS] for place, around in PLACES.items()
}


def other_names(piece: str) -> Callable[[int], str]:
    """Properties of ever other names, each with the same value."""
    return lambda size: "".join(f"k{at}:{piece}\n" for at in range(size // 10))


MISREAD: Mapping[str, Callable[[int], str]] = {
    **{f"{piece!r} below a name": body(piece, "names:\n") for piece in ("  -x\n", "  - [[x]]\n")},
    **{f"ever other names of {piece!r}": other_names(piece) for piece in ("\n  -x", " [[x]]")},
}
"""Blocks that YAML takes, and reads otherwise than their writer means."""
BLOCKS: Mapping[str, Callable[[int], str]] = {
    **{
        f"{piece!r} as a value": body(piece, "a: ")
        for piece in (
            "[",
            "{",
            "[a, ",
            "{a: ",
            "- ",
            "? ",
            "? a: ",
            "'",
            '"',
            '"\\',
            "&a ",
            "*a ",
            "!a ",
            "| ",
            "a: ",
            "a #",
            "#",
            "1",
            "1e",
            "0x",
            "1:",
            "2024-01-01",
            "\t",
            ", ",
            "-",
            "a ",
            ": ",
            "\\u00e9",
            "[[a]]",
            "<%",
            "{{",
            "<% {{a}} ",
            "é",
            "量",
            "''",
        )
    },
    **{
        f"{piece!r} as lines": body(piece)
        for piece in (
            "a: b\n",
            "a:\n",
            "- a\n",
            " - a\n",
            "# a\n",
            "? a\n",
            "&a a: *a\n",
            "a: |\n  b\n",
            "a: >\n\n",
            "a: [\n",
            'a: "\n',
            "b\n",
            "\n",
            "  \n",
        )
    },
    "ever other keys": lambda size: "".join(f"key{at}: value\n" for at in range(size // 14)),
    "links": lambda size: "".join(f'key{at}: "[[x]]"\n' for at in range(size // 16)),
    "a key, then blanks": lambda size: "a" + " " * size + ':x\nk: "[[x]]"\n',
    "one long key": lambda size: "k" * size + ": v\n",
    "one long key that ends in nothing": lambda size: "k " * (size // 2) + "\n",
    "anchors and aliases": lambda size: "".join(f"a{at}: &x{at} [b]\nb{at}: *x{at}\n" for at in range(size // 30)),
    "aliases of aliases": lambda size: (
        "a0: &x0 [b]\n" + "".join(f"a{at}: &x{at} [*x{at - 1}, *x{at - 1}]\n" for at in range(1, size // 32))
    ),
    "a list in steps": deep("- "),
    "ever deeper": lambda size: "".join("  " * at + f"a{at}:\n" for at in range(int(size**0.5))),
    "a list of many": lambda size: "aliases: [" + ", ".join(f"a{at}" for at in range(size // 8)) + "]\n",
    "tags of many": lambda size: "tags:\n" + "".join(f"  - a{at}\n" for at in range(size // 9)),
}


def cards(row: str, key: str = "nodes") -> Callable[[int], str]:
    """A canvas of many rows that differ in a number, or not even in that."""
    return lambda size: f'{{"{key}": [{",".join(row.replace("N", str(at)) for at in range(size // len(row)))}]}}'


CARDS: Mapping[str, Callable[[int], str]] = {
    "brackets": body("["),
    "closed brackets": nested("[", "]"),
    "objects": body('{"a":'),
    "objects in lists": body('[{"a":'),
    "strings": body('"a", ', '{"nodes": [', '"a"]}'),
    "quotes": body('"'),
    "backslashes": body("\\\\", '{"nodes": "', '"}'),
    "lines": body("\n", after="{}"),
    "one text card": body("[[", '{"nodes": [{"id": "1", "type": "text", "text": "', '"}]}'),
    "text cards": cards('{"id": "N", "type": "text", "text": "[[b]]"}'),
    "text cards of one name": cards('{"id": "1", "type": "text", "text": "# b"}'),
    "file cards of one file": cards('{"id": "N", "type": "file", "file": "a.md"}'),
    "cards of one name": cards('{"id": "1", "type": "file", "file": "a.md"}'),
    "arrows": cards('{"id": "N", "fromNode": "1", "toNode": "2", "label": "b"}', "edges"),
}
LISTS = {piece: body(piece) for piece in ("[", "]", "x[", "x]", "] ", ", ", "a", '"')}
NAMES: Mapping[str, Callable[[int], str]] = {
    f"{piece!r} in a name": body(piece)
    for piece in (
        "a",
        " ",
        ".",
        "-",
        "_",
        "(",
        ")",
        "1",
        "%",
        "%%",
        " (1)",
        " 2",
        "-Mac",
        "conflicted copy ",
        "Conflicted copy ",
        ".sync-conflict-",
        "_conflict-",
        " 2024-01-01",
        "2024-01-01 1",
        "2024-W",
        "年",
        "2024年",
        "COM1",
        "#",
        "^",
        "[",
        "|",
        ":",
        "\u200b",
        "~",
        "=",
        "'",
        "/",
        "x/",
        "é",
        "1h ",
        "1 ",
        "第",
    )
}
