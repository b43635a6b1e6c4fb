"""Both of our readers of properties against the library with which Obsidian reads them.

The answers are frozen in `tests/yaml/answers.jsonl`; the slow test asks the library itself (see `yaml_answers.py`).
"""

import json
import os
import random
from pathlib import Path

import pytest
import yaml_answers
from shared.yaml_fuzz import Grammar

FROZEN = [json.loads(line) for line in yaml_answers.FROZEN.read_text("utf-8").splitlines()]
COUNT = int(os.environ.get("VAULT_TOOLS_YAML_BLOCKS", "200000"))
VAULTS = [Path(folder) for folder in os.environ.get("VAULT_TOOLS_VAULTS", "").split(os.pathsep) if folder]
SAMPLES = Path(__file__).parents[2] / "sample_vault"


def test_the_full_reader_of_yaml_agrees_with_recorded_answers_of_the_library() -> None:
    """Thousands of blocks were read otherwise once; these are the shortest of each kind, with the library's answer."""
    found = [
        yaml_answers.Difference("full", row["block"], row["answer"], ours)
        for row in FROZEN
        if not yaml_answers.is_same(ours := yaml_answers.full(row["block"]), row["answer"])
    ]
    assert [each for each in found if not yaml_answers.reason(each)] == []


def test_the_plain_reader_of_yaml_agrees_with_recorded_answers_of_the_library() -> None:
    """It never takes a block that the library refuses."""
    read = [
        yaml_answers.Difference("plain", row["block"], row["answer"], ours)
        for row in FROZEN
        if (ours := yaml_answers.plain(row["block"])) is not None
    ]
    found = [each for each in read if not yaml_answers.is_same(each.ours, each.theirs)]
    assert len(read) > 20
    assert [each for each in found if not yaml_answers.reason(each)] == []


def test_both_readers_of_yaml_agree() -> None:
    """No library is needed to see where the two part ways."""
    blocks = list(yaml_answers.made(3000, random.randrange(10**9), yaml_answers.real_blocks([SAMPLES])))
    pairs = [(block, yaml_answers.plain(block), yaml_answers.full(block)) for block in blocks]
    assert [row for row in pairs if row[1] is not None and not yaml_answers.is_same(row[1], row[2])] == []


READ = {"value": {"m": [["a", "b"]]}}
OTHER = {"value": {"m": [["a", "c"]]}}


@pytest.mark.parametrize(
    ("block", "ours", "theirs"),
    [
        ("? a\n: b\nc: d\ne: [f\n", {"error": "bracket", "line": 3}, READ),
        ("? a\n: b\nc: d\ne: [f\n", READ, {"error": "BAD_INDENT", "line": 3}),
        ("a: [b\n", {"error": "bracket", "line": 0}, READ),
        ("[a]: b\nc: }d\n", READ, {"error": "UNEXPECTED_TOKEN", "line": 1}),
        ("a: b\n%c\nd: ,\n", {"error": "start", "line": 2}, READ),
        ("a: ,\nb:\nc:\nd\n :\n", {"error": "start", "line": 0}, READ),
        ("a: !!set b\n", READ, {"error": "BAD_INDENT", "line": 0}),
        ("a: b\n", READ, {"error": "THROWN", "line": 0}),
        ("a: b\n", READ, OTHER),
        ("x", {"value": [".inf", "b"]}, {"value": [{"n": "Infinity"}, "c"]}),
        ("x", {"value": ["b"]}, {"value": [{"n": "Infinity"}]}),
        ("x", {"value": ["a", "b"]}, {"value": [{"o": "Set"}, "c"]}),
        ("x", {"value": {"m": [["[ a ]", "b"]]}}, {"value": {"m": [["{ a }", "b"]]}}),
    ],
)
def test_a_reason_for_a_difference_to_the_library_excuses_only_what_it_names(
    block: str, ours: yaml_answers.Answer, theirs: yaml_answers.Answer
) -> None:
    """What is rare may stand in a block and have no part in the difference."""
    assert yaml_answers.reason(yaml_answers.Difference("full", block, theirs, ours)) == ""


@pytest.mark.parametrize("seed", range(3))
def test_no_block_of_yaml_stops_a_reader(seed: int) -> None:
    """Whatever the grammar makes is read or refused, and an error names a line of the block."""
    grammar = Grammar(seed)
    for block in (grammar.block() for _ in range(500)):
        answer = yaml_answers.full(block)
        assert 0 <= answer.get("line", 0) <= block.count("\n")


@pytest.mark.slow
@pytest.mark.skipif(bool(yaml_answers.missing()), reason=yaml_answers.missing() or "the library is there")
def test_both_readers_of_yaml_agree_with_the_library_on_200_000_blocks() -> None:
    """Made, changed, and real ones; a difference that is left has its reason in `REASONS`, but for 1 in 10,000.

    Those are blocks that were broken on purpose, several times over; no real block may differ at all.
    """
    real = yaml_answers.real_blocks([SAMPLES, *VAULTS])
    blocks = [*real, *yaml_answers.made(COUNT, random.randrange(10**9), real)]
    found = list(yaml_answers.differences(blocks))
    unexplained = [each for each in found if not yaml_answers.reason(each)]
    known = set(real)
    assert [each for each in found if each.block in known] == []
    assert len(unexplained) <= len(blocks) / 10_000, unexplained
    assert len(found) < len(blocks) / 100
