"""Lines with faults that have nothing to mend get a message too."""

import pytest

from vault_tools.parse import frontmatter


@pytest.mark.parametrize("blank", ["\xa0", "\u3000", "\u2003\u3000"])
def test_a_line_of_wide_blanks_in_brackets_is_a_problem_and_no_failure(blank: str) -> None:
    """Such a line is text to YAML, but it has no character that could be replaced."""
    front = frontmatter.read(f"---\n[\n{blank}\n---\n")
    assert front.values is None
    assert [(problem.code, problem.line) for problem in front.problems] == [("properties-invalid", 3)]
