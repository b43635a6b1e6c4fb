"""The floor that the benchmarks count in: read every note of a vault once, and run one wikilink regex over it."""

import os
import re
import sys

WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")


def main(root: str) -> int:
    """Count the wikilinks below a folder."""
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.endswith(".md"):
                with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:  # noqa: PTH118, PTH123
                    count += len(WIKILINK.findall(file.read()))
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1])}\n")
