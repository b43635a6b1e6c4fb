"""`inject` names the notes that a name may mean."""

from shared.vaults import MakeVault, Run


def test_inject_names_the_notes_that_an_unclear_name_may_mean(vault: MakeVault, run: Run) -> None:
    """With their paths; it is no word for a note that is not there."""
    result = run("inject", vault({"a/N.md": "", "b/N.md": ""}), "N")
    assert result.exit_code == 2
    assert "a/N.md" in result.stderr
    assert "b/N.md" in result.stderr
