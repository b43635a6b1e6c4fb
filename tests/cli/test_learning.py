"""`why` and `path`: what is said of one note, the way to a goal, and the path between two notes."""

import json

# ruff: noqa: D103  (a test is named for what it holds)
from pathlib import Path

import pytest
from shared.sample_lines import DAY, ZH, limits, lines, told
from shared.vaults import MakeVault, Run

NOTES: dict[str, str | bytes] = {
    "TensorRT.md": "---\ntype: knowledge\nrequires: '[[CUDA streams]]'\naliases: [TRT]\n---\n",
    "部署.md": "---\ntype: project\nrequires: '[[TensorRT]]'\n---\n",
    "a/Same.md": "alone",
    "b/Same.md": "[[a/Same]]",
}


def test_path_shows_each_step_in_words(vault: MakeVault, run: Run) -> None:
    """Each relation in words that read from left to right."""
    root = vault(NOTES)
    result = run("path", "部署", "CUDA streams", "--vault", root)
    assert result.exit_code == 0
    assert result.stdout == "部署 --requires--> TensorRT\nTensorRT --requires--> CUDA streams (does not exist yet)\n"
    result = run("path", "cuda streams", "[[部署]]", "--vault", root)
    assert result.stdout == "CUDA streams --enables--> TensorRT\nTensorRT --enables--> 部署\n"
    assert run("path", "b/Same", "a/Same", "--vault", root).stdout == "b/Same.md --links-to--> a/Same.md\n"
    assert run("path", "TRT", "TensorRT", "--vault", root).stdout == "TensorRT and TensorRT are the same note.\n"


def test_path_gives_its_steps_as_json(vault: MakeVault, run: Run) -> None:
    """Nodes by their ids; no steps where nothing leads there."""
    root = vault(NOTES)
    said = json.loads(run("path", "CUDA streams", "TRT", "--json", "--vault", root).stdout)
    step = {"source": "missing://CUDA streams", "relation": "requires", "target": "TensorRT.md", "forward": False}
    assert said == {"from": "missing://CUDA streams", "to": "TensorRT.md", "steps": [step | {"told": "enables"}]}
    result = run("path", "TRT", "a/Same", "--json", "--vault", root)
    assert (json.loads(result.stdout)["steps"], result.exit_code) == (None, 1)


def test_path_ends_with_exit_code_1_if_there_is_no_path(vault: MakeVault, run: Run) -> None:
    """For scripts."""
    result = run("path", "TRT", "a/Same", "--vault", vault(NOTES))
    assert (result.exit_code, result.stdout) == (1, "TensorRT and a/Same.md are not connected.\n")


def test_path_refuses_an_unclear_name(vault: MakeVault, run: Run) -> None:
    """With the paths it may mean, or the names that come near."""
    root = vault(NOTES)
    several = run("path", "Same", "TRT", "--vault", root)
    assert several.exit_code == 2
    assert several.stderr.endswith("Give the path of one:\n  a/Same.md\n  b/Same.md\n")
    unknown = run("path", "TRT", "Tensor", "--vault", root)
    assert unknown.exit_code == 2
    assert unknown.stderr.endswith("No note is called 'Tensor'. Did you mean TensorRT?\n")


def test_path_uses_the_vault_of_the_current_folder(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for the other commands."""
    monkeypatch.chdir(vault(NOTES))
    assert run("path", "TRT", "部署").stdout == "TensorRT --enables--> 部署\n"


def test_why_tells_the_state_the_rule_the_step_and_where_it_shows(sample: Path, run: Run) -> None:
    shown = lines(run, "why", "FP8", "--vault", sample, *DAY)
    assert shown[:4] == [
        "FP8",
        "  needed by Serve Llama 3 70B on four H100",
        "  learned on 2024-06-18, never applied",
        "  matching rule: practise (Practise)",
    ]
    assert "2024-06-18 FP8 in the newsletter" in shown[-1]
    data = told(run, "why", "FP8", "--vault", sample, *DAY)
    assert data == {"note": "Knowledge/FP8.md", "why": [line.strip() for line in shown[1:]]}


def test_why_knows_a_note_by_its_alias_its_path_and_a_name_that_nobody_wrote(sample: Path, run: Run) -> None:
    assert told(run, "why", "k8s", "--vault", sample)["note"] == "Knowledge/Kubernetes.md"
    assert told(run, "why", "Knowledge/FP8", "--vault", sample)["note"] == "Knowledge/FP8.md"
    missing = lines(run, "why", "kubernetes scheduling", "--vault", sample, *DAY)
    assert "  its note does not exist yet" in missing
    assert "  a problem with it has been open for 17 days, since 2024-06-13" in missing
    assert "  reuse: 0 % (0 of 3)" in missing


@pytest.mark.parametrize(
    ("note", "type_"),
    [
        ("Deploy Llama 2 7B at 1000 QPS", "project"),
        ("2024-05-10 TensorRT and Kubernetes", "log"),
        ("2024-W19", "reflection"),
    ],
)
def test_why_says_if_a_note_is_no_knowledge(note: str, type_: str, sample: Path, run: Run) -> None:
    assert lines(run, "why", note, "--vault", sample, *DAY) == [
        note,
        f"  no advice: its type is {type_}, and advice is only for knowledge notes",
    ]


@pytest.mark.parametrize("command", ["why", "path"])
def test_why_refuses_an_unknown_name_and_names_similar_ones(command: str, sample: Path, run: Run) -> None:
    asked = ("why", "Kubernets") if command == "why" else ("path", "--to", "Kubernets")
    result = run(*asked, "--vault", sample)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == (
        "Error: No note is called 'Kubernets'. Did you mean Kubernetes, Kubernetes scheduling?"
    )


def test_why_refuses_a_name_of_several_notes_and_names_their_paths(vault: MakeVault, run: Run) -> None:
    result = run("why", "Twin", "--vault", vault({"a/Twin.md": "", "b/Twin.md": ""}))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2:] == ["  a/Twin.md", "  b/Twin.md"]


WAY: dict[str, str | bytes] = {
    "Goal.md": "---\ntype: project\nrequires: ['[[量化]]', '[[Docker]]']\n---\n",
    "量化.md": "---\ntype: knowledge\n需要: '[[整数]]'\naliases: [Quantization]\n---\n" + "字" * 60,
    "Docker.md": "---\ntype: knowledge\n---\n" + "字" * 60,
    "2024-06-01.md": "---\ntype: log\nlearned: '[[Docker]]'\n---\n",
}


def test_path_to_a_goal_gives_the_order_in_which_to_learn_what_it_takes(vault: MakeVault, run: Run) -> None:
    root = vault(WAY)
    assert lines(run, "path", "--to", "Goal", "--vault", root) == [
        "1. 整数; its note does not exist yet",
        "2. 量化; builds on 整数",
    ]
    assert told(run, "path", "--to", "Goal", "--vault", root) == {
        "to": "Goal.md",
        "steps": ["missing://整数", "量化.md"],
    }
    assert told(run, "path", "--to", "Quantization", "--vault", root)["steps"] == ["missing://整数", "量化.md"]


def test_path_to_what_is_known_says_that_nothing_is_missing(vault: MakeVault, run: Run) -> None:
    root = vault(WAY)
    assert lines(run, "path", "--to", "Docker", "--vault", root) == [
        "Nothing is missing: you already know everything it needs."
    ]
    assert told(run, "path", "--to", "Docker", "--vault", root)["steps"] == []


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("next", "-n", "0"), "it must be at least 1, not 0."),
        (("next", "-n", "many"), "'many' is not a whole number."),
        (("next", "--today", "tomorrow"), "'tomorrow' is not a date. Write it as 2024-05-31."),
        (("stats", "--by", "day"), "'day' is not one of these: week, month, quarter, year."),
        (("stats", "--last", "0"), "it must be from 1 to 120, not 0."),
        (("check", "--today", "2024-02-30"), "'2024-02-30' is not a date"),
        (("why",), "NOTE is missing."),
        (("path", "A"), "Name two notes, FROM and TO, or a goal: vault-tools path --to GOAL"),
        (("path", "A", "B", "--to", "C"), "Name two notes, FROM and TO, or a goal: vault-tools path --to GOAL"),
    ],
)
def test_wrong_use_of_commands_of_learning_is_refused_with_one_line_that_helps(
    args: tuple[str, ...], hint: str, run: Run
) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert hint in result.stderr.splitlines()[-1]


def test_commands_of_learning_answer_in_the_language_of_the_vault(chinese: Path, run: Run) -> None:
    assert "你已掌握 Kubernetes" in lines(run, "next", chinese, *DAY)[1]
    assert "适用的规则：practise（练习）" in "".join(lines(run, "why", "FP8", "--vault", chinese, *DAY))
    assert lines(run, "path", "--to", "Docker", "--vault", chinese) == ["什么都不缺：所需的知识都已掌握。"]
    assert run("check", limits(chinese, "summaries < 1", language=ZH), *DAY).stdout == (
        "写出的总结：2024-Q2 为 0，触发告警（summaries < 1）\n"
    )
    assert lines(run, "check", limits(chinese, "hours < 1", language=ZH), *DAY) == ["1 个阈值，都没有超出"]
    assert lines(run, "check", limits(chinese, language=ZH), *DAY)[0].startswith("你还没有设置阈值")
    assert "复用率" in json.dumps(told(run, "stats", chinese, *DAY), ensure_ascii=False)


def test_commands_of_learning_give_an_empty_vault_no_figure(vault: MakeVault, run: Run) -> None:
    root = vault({})
    assert lines(run, "next", root) == ["Nothing that your goals need is ready to learn right now."]
    assert told(run, "next", root) == []
    assert "Reuse rate         5 more needed" in lines(run, "stats", root, "--last", "1")
    data = told(run, "stats", root)
    assert {figure["value"] for measure in data["measures"] for figure in measure["figures"]} == {None, 0.0}
    assert lines(run, "check", root)[0].startswith("You have set no limits")
    assert run("why", "Anything", "--vault", root).exit_code == 2


@pytest.mark.parametrize(
    "args", [("next",), ("stats",), ("check",), ("why", "FP8", "--vault"), ("path", "--to", "FP8", "--vault")]
)
def test_quiet_commands_of_learning_print_nothing(args: tuple[str, ...], sample: Path, run: Run) -> None:
    result = run(*args, sample, "-q", *DAY)
    assert (result.stdout, result.stderr) == ("", "")
