"""Each file in `render/regions/` adds its kinds of regions."""

from pathlib import Path

import pytest
from shared.regions import region
from shared.vaults import MakeVault, Run, pages

from vault_tools.render import regions

KIND = '''"""A greeting."""

from vault_tools.render.region import RegionKind


def fill(report, note, argument):
    """Greet somebody."""
    return f"hello {argument} from {note.path} of {len(report.graph.nodes)}"


REGIONS = (RegionKind("greeting", fill),)
'''


def test_a_file_in_regions_is_a_kind_of_region(
    tmp_path: Path, vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no other edit."""
    (tmp_path / "hello.py").write_text(KIND)
    monkeypatch.setattr(regions, "__path__", [*regions.__path__, str(tmp_path)])
    root = vault({"A.md": region("", "greeting 世界")})
    run("report", root, "--no-cache")
    assert "\nhello 世界 from A.md of 1\n" in (root / "A.md").read_text("utf-8")
    assert "no region" not in pages(root)["Overview.md"].decode()


def test_the_list_of_the_kinds_of_regions_is_complete() -> None:
    """A linter does not see the arrow from the folder to the list, so the list stands here."""
    assert list(regions.kinds()) == ["gaps", "week", "month", "quarter", "year", "topic", "next", "path"]
