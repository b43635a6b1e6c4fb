"""What is said of a property whose value is of the wrong kind."""

import json

from shared.vaults import MakeVault

from vault_tools import Vault


def test_a_property_with_a_value_of_the_wrong_kind_is_a_problem(vault: MakeVault) -> None:
    """As Obsidian's own types.json has it."""
    types = {"types": {"due": "date", "pages": "number", "done": "checkbox", "free": "text"}}
    good = "---\ndue: 2024-05-31\npages: 3\ndone: true\nfree: 1\n---\n"
    bad = "---\nDue: soon\npages: many\ndone: 1\n---\n"
    root = vault({"A.md": good, "B.md": bad, ".obsidian/types.json": json.dumps(types)})
    problems = Vault.open(root).knowledge.problems
    assert {path: [problem.code for problem in found] for path, found in problems.items()} == {
        "B.md": ["property-type"] * 3
    }
