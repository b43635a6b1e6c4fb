"""Answers follow from a snapshot, and from nothing else."""

import shutil

from shared.vaults import MakeVault, write

from vault_tools import Vault
from vault_tools.answering.answers import Answers, answer

NOTES: dict[str, str | bytes] = {
    "目标.md": "---\ntype: goal\nstatus: active\n---\nrequires:: [[知识/量化]], [[知识/缓存]]\n",
    "知识/量化.md": "---\ntype: knowledge\n---\n[[缺失]] and [[知识/缓存#没有]]\n",
    "日志/2026-11-30.md": "---\ntype: log\n---\nlearned:: [[知识/量化]]\n",
    "注释.txt": "uses 图.png\n",
    "图.png": b"\x89PNG",
}


def everything(answers: Answers) -> tuple[object, ...]:
    """All that answers say."""
    return answers.knowledge, answers.learning, answers.findings, answers.summary, answers.pages


def test_answers_made_from_earlier_ones_are_those_made_from_scratch(vault: MakeVault) -> None:
    """The earlier ones only save work."""
    root = vault(NOTES)
    opened = Vault.open(root, cache=False)
    assert len(opened.knowledge.nodes) > 5
    write(root, {"知识/缓存.md": "# 没有\n", "知识/量化.md": "---\ntype: knowledge\n---\n[[新]]\n"})
    (root / "注释.txt").unlink()
    opened.look_again()
    assert everything(opened.answers) == everything(answer(opened.snapshot))
    assert [each.subject.id for each in opened.findings["attachments"]] == ["图.png"]


def test_answers_need_no_disk(vault: MakeVault) -> None:
    """Once a snapshot is read, its vault may be gone."""
    root = vault(NOTES)
    there = everything(answer(Vault.open(root, cache=False).snapshot))
    snapshot = Vault.open(root, cache=False).snapshot
    assert all([snapshot.notes, snapshot.mentions, snapshot.terms.vocabulary])  # all that is read when it is needed
    shutil.rmtree(root)
    assert everything(answer(snapshot)) == there
