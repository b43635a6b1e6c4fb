"""What the library `yaml` 2 (JavaScript) says of blocks of YAML, and whether our readers say the same.

    python tests/yaml_answers.py COUNT [--seed 1] [--vault FOLDER ...] [--freeze FILE]

Obsidian reads properties with that library: `parseYaml` calls its `parse` with default options. That is YAML 1.2, the
core schema; a key that comes twice is an error; `<<` is a key like any other; more than 100 uses of what an anchor
names is an error; warnings are none. `npm install` in `tests/yaml` brings the library; the answers of the past are in
`tests/yaml/answers.jsonl`, so that ordinary tests need neither it nor Node.

COUNT blocks are made by a grammar and changed at random (see `yaml_fuzz.py`); those of the vaults come on top.
`--freeze` appends what our readers say otherwise to a file, in the form of `answers.jsonl`.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.yaml_fuzz import Grammar, mutated

from vault_tools.parse.note import clean
from vault_tools.parse.yaml import plain as plain_yaml
from vault_tools.parse.yaml.document import compose
from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.javascript import endless
from vault_tools.parse.yaml.values import value_of

HERE = Path(__file__).parent / "yaml"
FROZEN = HERE / "answers.jsonl"
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"---\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

_QUESTION = re.compile(r"^[ \-?:]*(?:[!&]\S*[ \t]+)*\?(?:[ \t]|$)", re.MULTILINE)
_LATE_COLON = re.compile(r"^[ \t]+(?:[!&]\S*[ \t]+)*:(?:[ \t]|$)", re.MULTILINE)
_BRACKET_KEY = re.compile(r"\s*(?:[!&]\S*\s+)*[\[{]")
_OBJECT = re.compile(r"!!(?:binary|set|omap|pairs|timestamp)")

Answer = dict[str, Any]
"""`{"value": …}` with mappings as `{"m": [[key, value], …]}`, or `{"error": code, "line": 0-based}`."""

REASONS: dict[str, str] = {
    "key of several": "A key that is a list or a mapping becomes text. How the library lays out long or tagged ones is "
    "its own affair (it breaks lines at 80 columns); no property is called so but by mistake.",
    "no end": "`.inf` and `.nan` stay the text that they are, since JSON has no word for them.",
    "objects": "`!!binary`, `!!set`, `!!omap`, `!!pairs` and `!!timestamp` make JavaScript objects, which JSON cannot "
    "say; we keep what is written.",
    "in itself": "A value that holds itself cannot be written as JSON, so we call it invalid.",
    "deep": "Values nested more than 50 deep are refused, so that a note of brackets cannot fill the memory.",
    "behind ?": "Behind a key that is marked by `?`, the library lets pass what it cannot place on the same lines, and "
    "loses it; we call that invalid, since something is lost.",
    "key in brackets": "Where a key in brackets follows comments or blank lines, the library stumbles over its own "
    "count of comments; we repeat the common cases only.",
    "late colon": "A colon that stands on a line below its key, or further in than the other keys: we repeat what the "
    "library makes of the simple cases only.",
    "directive": "`%` directives need a line `---` behind them, which ends the properties.",
}
"""The differences that stay, and why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A block that is read otherwise by one of our readers, `plain` or `full`."""

    reader: str
    block: str
    theirs: Answer
    ours: Answer


def missing() -> str:
    """Say why the library cannot be asked here; "" where it can."""
    if shutil.which("node") is None:
        return "Node is not installed"
    if not (HERE / "node_modules" / "yaml").is_dir():
        return f"the library is not installed: run `npm ci` in {HERE}"
    return ""


def answers(blocks: list[str]) -> Iterator[Answer]:
    """Ask the library about blocks, in one process of Node."""
    command = ["node", str(HERE / "answers.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as node:
        assert node.stdin
        assert node.stdout
        feeder = threading.Thread(target=_feed, args=(node.stdin, blocks), daemon=True)
        feeder.start()
        for line in node.stdout:
            yield json.loads(line)
        feeder.join()


def _feed(pipe: Any, blocks: Iterable[str]) -> None:
    for block in blocks:
        pipe.write(json.dumps(block).encode() + b"\n")
    pipe.close()


def full(block: str) -> Answer:
    """Read a block with our full reader."""
    try:
        node = compose(block)
        return {"value": shown(None if node is None else value_of(node))}
    except YamlError as error:
        return {"error": error.mistake, "line": block.count("\n", 0, error.pos)}


def plain(block: str) -> Answer | None:
    """Read a block with our reader of plain lines; None where it asks the full one."""
    read = plain_yaml.read(block)
    return None if read is None else {"value": shown(read[0])}


def shown(value: Any) -> Any:
    """Return a value in the form of an answer."""
    if isinstance(value, dict):
        return {"m": [[key, shown(item)] for key, item in value.items()]}
    return [shown(item) for item in value] if isinstance(value, list) else value


def is_same(ours: Answer, theirs: Answer) -> bool:
    """Tell whether two answers agree: both errors, or the same values of the same kinds in the same order."""
    if "error" in ours or "error" in theirs:
        return "error" in ours and "error" in theirs
    return _alike(ours["value"], theirs["value"])


def _alike(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, dict) and "m" in theirs:
        pairs = ours.get("m") if isinstance(ours, dict) else None
        return pairs is not None and len(pairs) == len(theirs["m"]) and all(map(_alike, pairs, theirs["m"]))
    if isinstance(theirs, list):
        return isinstance(ours, list) and len(ours) == len(theirs) and all(map(_alike, ours, theirs))
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return ours is theirs
    if isinstance(theirs, int | float) and isinstance(ours, int | float):
        return float(ours) == float(theirs)
    return type(ours) is type(theirs) and bool(ours == theirs)


def reason(found: Difference) -> str:
    """Return which of the REASONS a difference has; "" for none."""
    ours, theirs = found.ours, found.theirs
    if "error" in ours:
        return _why_we_refuse(found)
    if "error" in theirs:
        return _why_they_refuse(found)
    excuses = _excuses(ours["value"], theirs["value"])
    if excuses is not None:
        return min(excuses, default="")
    return "behind ?" if _QUESTION.search(found.block) else _late_colon(found.block)


def _why_we_refuse(found: Difference) -> str:
    mistake, line = found.ours["error"], found.ours["line"]
    if mistake == "deep":
        return "deep" if "error" in found.theirs else "in itself"
    if mistake == "bracket" and _BRACKET_KEY.match(_lines(found.block, line, line)):
        return "key in brackets"
    return _rare_mark(found.block, line)


def _why_they_refuse(found: Difference) -> str:
    line = found.theirs["line"]
    if found.theirs["error"] == "THROWN":
        if _OBJECT.search(found.block):
            return "objects"
        return "key of several" if _has_key_of_several(found.ours["value"]) else ""
    if _BRACKET_KEY.match(_lines(found.block, line, line)):
        return "key in brackets"
    return _rare_mark(found.block, line)


def _rare_mark(block: str, line: int) -> str:
    """Return the reason for a fault on a line, if a mark that is seldom used stands there or beside it."""
    if _lines(block, line, line).startswith("%"):
        return "directive"
    if _QUESTION.search(_lines(block, line - 1, line)):
        return "behind ?"
    return _late_colon(_lines(block, 0, line + 1))


def _late_colon(lines: str) -> str:
    return "late colon" if _LATE_COLON.search(lines) else ""


def _lines(block: str, first: int, last: int) -> str:
    """Return some lines of a block, 0-based, both included."""
    return "\n".join(block.split("\n")[max(first, 0) : last + 1])


def _excuses(ours: Any, theirs: Any) -> set[str] | None:
    """Return the reasons why two values differ, each for a part of its own; None where a part has none."""
    if isinstance(theirs, dict) and "n" in theirs:
        return {"no end"} if isinstance(ours, str) and endless(ours) else None
    if isinstance(theirs, dict) and "o" in theirs:
        return {"objects"}
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return _all_excuses(map(_pair_excuses, ours["m"], theirs["m"]), len(ours["m"]) == len(theirs["m"]))
    if isinstance(theirs, list) and isinstance(ours, list):
        return _all_excuses(map(_excuses, ours, theirs), len(ours) == len(theirs))
    return set() if _alike(ours, theirs) else None


def _all_excuses(parts: Iterable[set[str] | None], as_many: bool) -> set[str] | None:  # noqa: FBT001
    found = list(parts)
    known = [part for part in found if part is not None]
    return set().union(*known) if as_many and len(known) == len(found) else None


def _pair_excuses(ours: list[Any], theirs: list[Any]) -> set[str] | None:
    """Return those of a key and its value."""
    if ours[0] == theirs[0]:
        key: set[str] | None = set()
    else:
        key = {"key of several"} if ours[0][:1] in {"[", "{"} and ours[0][:1] == theirs[0][:1] else None
    return _all_excuses([key, _excuses(ours[1], theirs[1])], as_many=True)


def _has_key_of_several(value: Any) -> bool:
    if isinstance(value, dict):
        return any(key[:1] in {"[", "{"} or _has_key_of_several(item) for key, item in value["m"])
    return isinstance(value, list) and any(map(_has_key_of_several, value))


def differences(blocks: list[str]) -> Iterator[Difference]:
    """Yield each block that one of our readers reads otherwise than the library."""
    for block, theirs in zip(blocks, answers(blocks), strict=True):
        for reader, ours in (("full", full(block)), ("plain", plain(block))):
            if ours is not None and not is_same(ours, theirs):
                yield Difference(reader, block, theirs, ours)


def made(count: int, seed: int, real: list[str]) -> Iterator[str]:
    """Yield blocks: a third by the grammar, a third of those changed, a third real ones changed."""
    grammar, chance = Grammar(seed), random.Random(seed)
    for number in range(count):
        if number % 3 == 0:
            block = grammar.block()
        elif number % 3 == 1 or not real:
            block = mutated(grammar.block(), chance)
        else:
            block = mutated(chance.choice(real), chance)
        block = clean(block)
        if not _CLOSING.search(block):
            yield block


def real_blocks(folders: Iterable[Path]) -> list[str]:
    """Return the properties of every note below some folders."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.md")):
            text = clean(path.read_bytes().decode("utf-8", "replace"))
            if front := _FRONT.match(text):
                found.append(front.group(1))
    return found


def main() -> None:
    """Compare as many blocks as are asked for, and print how many of which kind differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vault", type=Path, action="append", default=[])
    parser.add_argument("--freeze", type=Path)
    chosen = parser.parse_args()
    if why := missing():
        sys.exit(why)
    real = real_blocks(chosen.vault)
    blocks = [*real, *made(chosen.count, chosen.seed, real)]
    found = list(differences(blocks))
    kinds = Counter(reason(each) or "none" for each in found)
    sys.stdout.write(f"{len(blocks)} blocks, {len(real)} of them real; {len(found)} differ, by reason: {dict(kinds)}\n")
    for each in found:
        if not reason(each):
            sys.stdout.write(f"{each.reader} {each.block!r}\n    theirs {each.theirs}\n    ours   {each.ours}\n")
    if chosen.freeze:
        with chosen.freeze.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps({'block': each.block, 'answer': each.theirs})}\n" for each in found)


if __name__ == "__main__":
    main()
