"""Runs the commands in the README and the manual, and writes their output into these pages.

    python tests/update_outputs.py

Prints the pages that changed. The commands are those of the blocks marked `console`.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from shared.manual_pages import name, update

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for page in update(Path(folder)):
            sys.stdout.write(f"{name(page)}\n")
