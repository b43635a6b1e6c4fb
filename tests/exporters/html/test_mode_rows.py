"""The data of the modes: what the reports say."""

from shared.graph_pages import page_text, small_graph
from shared.page_data import VAULT, parts
from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools.insights import insights
from vault_tools.model.export import Analysis
from vault_tools.model.finding import Finding
from vault_tools.model.speech import format_english
from vault_tools.model.text import Ref


def test_the_modes_of_the_map_say_what_the_reports_say(vault: MakeVault) -> None:
    """Each gap is told with the words of its report, and points to its node."""
    vault_ = Vault.open(vault(VAULT))
    found = parts(vault_.html())
    titles = {insight.name: format_english(insight.title) for insight in insights()}
    for group in found["details"]["gaps"]:
        assert group["l"] == titles[group["k"]]
        assert len(group["r"]) == len(vault_.findings[group["k"]])
        for row, finding in zip(group["r"], vault_.findings[group["k"]], strict=True):
            assert found["index"]["ids"][row["i"]] == finding.subject.id
            assert row["y"] == vault_.linker.plain(finding.why)
    stands = {found["index"]["ids"][row["i"]]: row["h"] for row in found["details"]["learning"]}
    assert stands["missing://Gone"] == "ready"
    assert stands["A.md"] in {"due", "learned"}


def test_the_map_leaves_out_a_finding_about_no_node() -> None:
    """A file of settings, say, has no place on the map."""
    insight = next(each for each in insights() if each.name == "missing")
    analysis = Analysis(findings={insight: (Finding("missing", Ref("nowhere.toml"), 1.0, ("why",)),)})
    assert parts(page_text(small_graph(), analysis=analysis))["details"]["gaps"] == []
