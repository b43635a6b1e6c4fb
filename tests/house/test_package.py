"""What is installed, and the sample vault that comes with it."""

import importlib.util
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from shared.vaults import pages

from vault_tools import Vault, __version__, shipped
from vault_tools.words import words

CHECKOUT = Path(__file__).parents[2]
SAMPLE = CHECKOUT / "sample_vault"
TYPES_NOT_SHOWN = {"daily", "summary"}
RELATIONS_NOT_SHOWN: set[str] = set()


def call(*args: str | Path, **more: dict[str, str] | Path) -> str:
    """Run Python, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **more,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample vault without pages of ours."""
    copy = tmp_path_factory.mktemp("sample") / "sample_vault"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("_vault-tools"))
    return copy


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources as they are at this moment."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("vault_tools", "templates"):
        shutil.copytree(CHECKOUT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a wheel brings it, in a folder of its own."""
    for name in ("build", "hatchling"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed, so no wheel can be built")
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    call("-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, source)
    (wheel,) = wheels.glob("*.whl")
    if importlib.util.find_spec("pip"):
        call("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel)
    else:
        shutil.unpack_archive(wheel, target, "zip")
    return target


def test_the_wheel_reports_the_sample_vault_with_its_own_templates(
    source: Path, installed: Path, sample: Path, tmp_path: Path
) -> None:
    """Away from the checkout: the pages are those that the checkout writes."""
    copy = tmp_path / "sample_vault"
    shutil.copytree(sample, copy)
    speaks = {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    where = "import vault_tools.shipped as a; print(a.__file__); print(a.templates())"
    module, templates = call("-c", where, env=speaks, cwd=tmp_path).splitlines()
    assert Path(module).is_relative_to(installed)
    assert Path(templates) == installed / "vault_tools" / "templates"
    assert __version__ in call("-m", "vault_tools", "--version", env=speaks, cwd=tmp_path)
    assert call("-m", "vault_tools", "help", "start", env=speaks, cwd=tmp_path).startswith("# Start\n")
    call("-m", "vault_tools", "report", copy, env=speaks, cwd=tmp_path)
    found = pages(copy)
    call("-m", "vault_tools", "report", sample, "--no-cache", env=speaks | {"PYTHONPATH": str(source)}, cwd=tmp_path)
    assert found == pages(sample)


def test_the_wheel_holds_the_templates_the_types_marker_and_the_licence(source: Path, installed: Path) -> None:
    """And neither tests nor the sample vault."""
    shipped = {path.relative_to(source / "templates") for path in (source / "templates").rglob("*") if path.is_file()}
    inside = installed / "vault_tools" / "templates"
    assert {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()} == shipped
    assert (installed / "vault_tools" / "py.typed").is_file()
    assert list(installed.rglob("LICENSE"))
    assert not (installed / "tests").exists()
    assert not (installed / "sample_vault").exists()


# ---------------------------------------------------------------- the sample vault


def test_every_note_of_the_sample_vault_parses_but_the_one_that_is_meant_not_to(sample: Path) -> None:
    """One note shows what broken properties look like in a report."""
    found = Vault.open(sample, cache=False)
    invalid = {note.path for note in found.notes if any(item.code == "properties-invalid" for item in note.problems)}
    assert invalid == {"Inbox/Broken properties.md"}
    assert {
        path.relative_to(sample).as_posix() for path in sample.rglob("*.md") if "_vault-tools" not in path.parts
    } == {note.path for note in found.notes if note.path.endswith(".md")}
    codes = {problem.code for problems in found.knowledge.problems.values() for problem in problems}
    assert codes <= {"properties-invalid", "link-unquoted", "relation-in-text", "tags-text"}


def test_every_type_and_relation_of_the_vocabulary_is_shown_in_the_sample_vault(sample: Path) -> None:
    """So that a reader sees what each of ours looks like: those that the catalogue has words for."""
    vocabulary = tomllib.loads(shipped.asset("vocabulary.toml"))
    english = words()
    graph = Vault.open(sample, cache=False).knowledge
    types = {node.type for node in graph.nodes.values()}
    relations = {edge.relation for edge in graph.edges if edge.namespace == "semantic"}
    ours = {
        kind: {name for name in vocabulary[f"{kind}s"] if f"{kind}.{name}" in english} for kind in ("type", "relation")
    }
    assert ours["type"] - types == TYPES_NOT_SHOWN, "add a note of this type to sample_vault/"
    assert ours["relation"] - relations == RELATIONS_NOT_SHOWN, "add a note with this relation to sample_vault/"


def test_every_insight_finds_something_in_the_sample_vault(sample: Path) -> None:
    """So that each section of the reports has an example; only its reflections are all written, so that none is due."""
    found = Vault.open(sample, cache=False)
    assert [name for name, findings in found.findings.items() if not findings] == ["due"]


def test_the_version_is_said_once() -> None:
    """In the package; the project reads it from there."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "vault_tools/__init__.py"
