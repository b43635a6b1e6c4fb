"""Writes a vault of any size that looks like a real one: links by popularity, properties, lists, code, CJK.

    python tests/benchmarks/generate.py FOLDER [--notes 10000] [--seed 1]

The same arguments write the same bytes. Figures of shape (links a note, words a note, share of notes with
properties, of lists, of code) follow those of public vaults of some thousand notes.
"""

import argparse
import os
import random
from collections.abc import Iterator
from pathlib import Path

# fmt: off
WORDS = (
    "model", "latency", "batch", "cache", "token", "kernel", "graph", "memory", "throughput", "quantization",
    "cluster", "deployment", "scheduler", "experiment", "baseline", "accuracy", "pruning", "attention", "inference",
    "pipeline", "profile", "release", "container", "network", "note", "idea", "question", "answer", "project",
    "review", "week", "source", "paper", "course", "summary", "result", "effect", "reason", "example", "pattern",
)
# fmt: on
CHINESE = "知识图谱模型推理量化部署缓存吞吐延迟实验反思项目学习日志来源主题应用复盘调度显存精度剪枝蒸馏框架"
TYPES = ("knowledge", "knowledge", "knowledge", "source", "project", "log", "sub-topic", "scenario", None, None, None)
LINKS = 5
PER_FOLDER = 200
SETTLED = 1_700_000_000


def main() -> None:
    """Read the arguments and write the vault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write(chosen.folder, chosen.notes, chosen.seed)


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write a vault of `count` notes."""
    chance = random.Random(seed)
    names = [_name(chance, at) for at in range(count)]
    (folder / ".obsidian").mkdir(parents=True, exist_ok=True)
    (folder / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    for at, name in enumerate(names):
        path = folder / f"Area {at // PER_FOLDER:03}" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(_note(chance, names, at)) + "\n", encoding="utf-8", newline="\n")
        os.utime(path, (SETTLED, SETTLED))


def _name(chance: random.Random, at: int) -> str:
    if at % 3 == 0:
        return "".join(chance.choices(CHINESE, k=chance.randint(3, 8))) + f" {at}"
    return " ".join(chance.choices(WORDS, k=chance.randint(2, 4))).capitalize() + f" {at}"


def _target(chance: random.Random, names: list[str], at: int) -> str:
    """Choose a note to link to: mostly a near one, sometimes a popular one, now and then one not written yet."""
    roll = chance.random()
    if roll < 0.04:
        return f"Not written {chance.randrange(len(names) // 20 + 1)}"
    if roll < 0.3:
        return names[int(len(names) * chance.random() ** 4)]
    return names[min(len(names) - 1, max(0, at + int(chance.gauss(0, 60))))]


def _sentence(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return "".join(chance.choices(CHINESE, k=chance.randint(12, 40))) + "。"
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 22))).capitalize() + "."


def _note(chance: random.Random, names: list[str], at: int) -> Iterator[str]:
    links = [f"[[{_target(chance, names, at)}]]" for _ in range(chance.randint(1, 2 * LINKS - 1))]
    kind = chance.choice(TYPES)
    if kind or chance.random() < 0.5:
        yield "---"
        yield from (f"type: {kind}", f'requires: ["{links[0]}"]') if kind else ("created: 2024-05-01",)
        yield from ("tags:", f"  - area/{at % 40}", "---")
    yield from (f"# {names[at]}", "")
    for link in links:
        yield _line(chance, link)
        yield ""
    if chance.random() < 0.2:
        yield from ("```python", "for row in table[[0, 1]]:", "    print(row)  # no tag", "```", "")
    if chance.random() < 0.1:
        yield from ("| a | b |", "| --- | --- |", f"| {links[0]} | 1 |", "")


def _line(chance: random.Random, link: str) -> str:
    roll = chance.random()
    if roll < 0.3:
        return f"- {_sentence(chance)}\n- {_sentence(chance)} {link}\n\t- {_sentence(chance)} #idea"
    if roll < 0.4:
        return f"> [!note] {_sentence(chance)}\n> {link} {_sentence(chance)}"
    return f"{_sentence(chance)} {link} {_sentence(chance)}\n{_sentence(chance)}"


if __name__ == "__main__":
    main()
