"""Names and texts that a plugin of Obsidian would run."""

import re

from hypothesis import strategies as st

PIECES = [
    *(
        "<%",
        "<%*",
        "<%+",
        "%>",
        "-%>",
        "<",
        ">",
        "%",
        "% app.x() %",
        "<% app.x() %>",
        "<%* app.x() -%>",
        "tp.file.title",
    ),
    *("`", "``", "```", "````", "~~~", "$=", "=", "`$= app.x()`", "`= x`", "` $= app.x() `", "``$= app.x()``", "dv:"),
    *(
        "`dv: x`",
        "`INPUT[x]`",
        "`BUTTON[x]`",
        "`VIEW[x]`",
        "`button-x`",
        "\\",
        "\\`",
        "\\\\`= x`",
        "$",
        "&lt;%",
        "&#60;%",
    ),
    *("```dataviewjs", "```dataview", "~~~dataviewjs", "```run-python", "```button", "```meta-bind", "```customjs"),
    *(
        "dataviewjs",
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\n```dataviewjs\napp.x()\n```\n",
        "    = x",
    ),
    *("<script>app.x()</script>", "<code>$= app.x()</code>", "<iframe src=x>", "<img src=x onerror=app.x()>", "<!--"),
    *(
        "%%",
        "%% vault-tools:begin gaps %%",
        "%% vault-tools:end %%",
        "---",
        "\n---\n",
        ": ",
        "x: y",
        "[[",
        "]]",
        "![[x]]",
    ),
    *(
        "'",
        '"',
        '"); app.x(); ("',
        "'); app.x(); ('",
        "${app.x()}",
        "{{title}}",
        "{{date}}",
        "{",
        "}",
        "|",
        "#",
        "^",
        "a",
    ),
    *(
        " ",
        "\t",
        "词",
        "\u202e",
        "\u200b",
        "\u00a0",
        "# ",
        "> ",
        "- ",
        "1. ",
        "\t= x",
        "delete app",
        "app.x()",
        "javascript:",
    ),
]
"""What a hostile name is made of."""

NAMES = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), min_size=1, max_size=6).map("".join)


RUNS = re.compile(
    r"<%|%>|^[ \t>]*(?:```|~~~)|(?<!\\)`\s*(?:\$?=|dv:|INPUT\[|VIEW\[|BUTTON\[|button-)|</?[a-z!?]|%%\s*vault-tools",
    re.IGNORECASE | re.MULTILINE,
)
"""What Templater, Dataview, Meta Bind and Buttons look for, spelled independently of the guard."""


HOSTILE = [
    "<%* app.x() %>",
    "`$= app.x()`",
    "`= this.file.name`",
    "``$= app.x()``",
    "`dv: x`",
    "a\n```dataviewjs\napp.x()\n```\n",
    "a\r~~~dataviewjs",
    "```run-python",
    "<iframe src=x>",
    "<code>$= app.x()<",
    "`BUTTON[x]`",
    "%% vault-tools:begin gaps %%",
    "x %> y",
    "[[Plain]]",
]
"""Names of notes that a plugin would run where they are written as they are."""
