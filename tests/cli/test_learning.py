"""`path` between two notes."""

import json

import pytest
from shared.vaults import MakeVault, Run

NOTES: dict[str, str | bytes] = {
    "TensorRT.md": "---\ntype: knowledge\nrequires: '[[CUDA streams]]'\naliases: [TRT]\n---\n",
    "部署.md": "---\ntype: project\nrequires: '[[TensorRT]]'\n---\n",
    "a/Same.md": "alone",
    "b/Same.md": "[[a/Same]]",
}


def test_path_says_a_path_step_by_step(vault: MakeVault, run: Run) -> None:
    """Each relation in words that read from left to right."""
    root = vault(NOTES)
    result = run("path", "部署", "CUDA streams", "--vault", root)
    assert result.exit_code == 0
    assert result.stdout == "部署 --requires--> TensorRT\nTensorRT --requires--> CUDA streams (does not exist yet)\n"
    result = run("path", "cuda streams", "[[部署]]", "--vault", root)
    assert result.stdout == "CUDA streams --enables--> TensorRT\nTensorRT --enables--> 部署\n"
    assert run("path", "b/Same", "a/Same", "--vault", root).stdout == "b/Same.md --links-to--> a/Same.md\n"
    assert run("path", "TRT", "TensorRT", "--vault", root).stdout == "TensorRT and TensorRT are the same note.\n"


def test_path_gives_json(vault: MakeVault, run: Run) -> None:
    """Nodes by their ids; no steps where nothing leads there."""
    root = vault(NOTES)
    said = json.loads(run("path", "CUDA streams", "TRT", "--json", "--vault", root).stdout)
    step = {"source": "missing://CUDA streams", "relation": "requires", "target": "TensorRT.md", "forward": False}
    assert said == {"from": "missing://CUDA streams", "to": "TensorRT.md", "steps": [step | {"told": "enables"}]}
    result = run("path", "TRT", "a/Same", "--json", "--vault", root)
    assert (json.loads(result.stdout)["steps"], result.exit_code) == (None, 1)


def test_no_path_is_said_and_is_exit_code_1(vault: MakeVault, run: Run) -> None:
    """For scripts."""
    result = run("path", "TRT", "a/Same", "--vault", vault(NOTES))
    assert (result.exit_code, result.stdout) == (1, "TensorRT and a/Same.md are not connected.\n")


def test_a_name_that_is_not_clear_is_wrong_use(vault: MakeVault, run: Run) -> None:
    """With the paths it may mean, or the names that come near."""
    root = vault(NOTES)
    several = run("path", "Same", "TRT", "--vault", root)
    assert several.exit_code == 2
    assert several.stderr.endswith("Give the path of one:\n  a/Same.md\n  b/Same.md\n")
    unknown = run("path", "TRT", "Tensor", "--vault", root)
    assert unknown.exit_code == 2
    assert unknown.stderr.endswith("No note is called 'Tensor'. Did you mean TensorRT?\n")


def test_the_vault_is_the_one_we_stand_in(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for the other commands."""
    monkeypatch.chdir(vault(NOTES))
    assert run("path", "TRT", "部署").stdout == "TensorRT --enables--> 部署\n"
