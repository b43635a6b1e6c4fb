"""Unfinished merges: told with line and remedy, and no note that holds one is touched."""

import pytest
from shared.vaults import Files, MakeVault

from vault_tools import Vault
from vault_tools.model.note import Problem, Source
from vault_tools.parse import merges
from vault_tools.parse.note import parse

GIT = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> feature\n"
DIFF3 = "<<<<<<< ours\none\n||||||| base\nnone\n=======\ntwo\n>>>>>>> theirs\n"
JUJUTSU = "<<<<<<< Conflict 1 of 1\n%%%%%%% Changes\n-a\n+b\n+++++++ Contents\nc\n>>>>>>> Conflict 1 of 1 ends\n"


def told(text: str) -> list[Problem]:
    """Return what is said of the merges of a note."""
    return [each for each in parse(Source("N.md", text, "digest")).problems if each.code == "merge-unfinished"]


@pytest.mark.parametrize(
    "text", [GIT, DIFF3, JUJUTSU, GIT.replace("\n", "\r\n"), GIT.rstrip("\n"), "a\n\n" + GIT + "b\n"]
)
def test_an_unfinished_merge_is_a_problem_with_its_lines(text: str) -> None:
    """It begins with the line that the problem names, and the remedy names the last."""
    (found,) = told(text)
    lines = text.splitlines()
    values = {name: int(str(value)) for name, value in found.values}
    assert lines[found.line - 1].startswith("<<<<<<<")
    assert lines[values["last"] - 1].startswith(">>>>>>>")
    assert str(values["last"]) in found.todo


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{GIT}```\n",
        f"~~~~ git\n{GIT}~~~~\n",
        f"text\n\n```diff\n{DIFF3}```\n\nmore\n",
        "\n".join(f"    {line}" for line in GIT.splitlines()),
        "<<<<<<< HEAD\none\ntwo\n",
        "one\n=======\ntwo\n>>>>>>> x\n",
        ">>>>>>> x\n=======\n<<<<<<< y\n",
        "<<<<<<< a\n>>>>>>> b\n",
        "<<<<<<<< a\n========\n>>>>>>>> b\n",
        "A title\n=======\n\ntext\n",
        "see `<<<<<<<` and `>>>>>>>`\n",
        "> <<<<<<< a\n> =======\n> >>>>>>> b\n",
    ],
)
def test_text_that_only_looks_like_a_merge_is_no_problem(text: str) -> None:
    """Examples in code, marks without their partner, and headings underlined by seven signs."""
    assert told(text) == []


def test_each_unfinished_merge_of_a_note_is_a_problem() -> None:
    """A code block that is closed between two of them hides neither, and one within a side opens none."""
    text = f"{GIT}\n```\ncode\n```\n\n{DIFF3}\n<<<<<<< a\n```\n=======\nb\n>>>>>>> c\n\n{GIT}"
    assert [each.line for each in told(text)] == [1, 11, 19, 25]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n---\ntext\n", 3),
        ("---\n<<<<<<< HEAD\nb: 2\n||||||| base\n=======\nb: 3\n>>>>>>> x\n---\n", 2),
        ("---\n<<<<<<< HEAD\nb: 2\n---\none\n=======\nb: 3\n---\ntwo\n>>>>>>> x\n", 2),
        ("---\na: |\n  ```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n---\n", 4),
    ],
)
def test_an_unfinished_merge_in_properties_is_their_only_problem(text: str, line: int) -> None:
    """The remedy is to finish the merge, not to put quotes around its marks."""
    note = parse(Source("N.md", text, "digest"))
    (found,) = note.problems
    assert (note.frontmatter, found.code, found.line) == (None, "merge-unfinished", line)
    assert "properties" in found.what
    assert "keep one version" in found.todo


def test_a_body_of_many_merge_marks_is_read_once() -> None:
    """Opened ten thousand times and closed once, it is one merge."""
    text = "<<<<<<< a\n=======\n" * 10_000 + ">>>>>>> b\n"
    assert [found.last for found in merges.conflicts(text)] == [20_001]


REGION = "%% vault-tools:begin gaps 3 %%\nold\n%% vault-tools:end gaps %%\n"


def test_regions_of_a_note_with_an_unfinished_merge_are_left_alone(vault: MakeVault) -> None:
    """The reason is told, and its neighbour is refreshed all the same."""
    files: Files = {"Merged.md": f"{GIT}\n{REGION}", "Fine.md": REGION, "A.md": "[[Nowhere]]\n"}
    root = vault(files)
    refilled = Vault.open(root).refresh_regions()
    assert refilled.states == {"Merged.md": "unfinished-merge", "Fine.md": "written"}
    assert (root / "Merged.md").read_text("utf-8") == files["Merged.md"]
