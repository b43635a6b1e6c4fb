"""What plugins of Obsidian run in a note."""

from time import process_time

import pytest

from vault_tools.dialect.live import constructs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a `code` b", 0),
        ("`= x`", 1),
        ("`  $= x`", 1),
        ("``\n= x``", 1),
        ("\\`= x\\`", 0),
        ("\\\\`= x`", 1),
        ("\\``= x`", 1),
        ("<% x", 1),
        ("a %> b", 1),
        ("&lt;% x %&gt;", 0),
        ("```any\nx\n```", 1),
        ("a < b > c", 0),
        ("<b>", 1),
        ("<CODE>$= x</CODE>", 1),
        ("%% vault-tools:begin x %%", 1),
        ("-     = x", 1),
        ("= x", 0),
        ("`dv: x`", 1),
    ],
)
def test_commands_of_plugins_count_as_live(text: str, found: int) -> None:
    """Escaped signs and plain code do not."""
    assert sum(constructs(text, ["dv:"]).values()) == found


def test_an_empty_prefix_makes_all_inline_code_live() -> None:
    """As Dataview takes it."""
    assert constructs("a `code` b", [""])


@pytest.mark.parametrize(
    "piece",
    ["<%", "%>", "`", "` ", "`= ", "\\`", "```", "~~~", "<code>", "<a", "<", "%%", "    ", "\t= ", "\n= "],
)
def test_looking_for_live_code_takes_a_time_in_proportion_to_the_text(piece: str) -> None:
    """Processor time for eight times the text is far below what a quadratic search would take."""

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        began = process_time()
        constructs(text)
        return process_time() - began

    assert min(cost(80_000) for _ in range(2)) < 24 * max(min(cost(10_000) for _ in range(3)), 0.001)
