"""Runs the commands in the README, the manual and `tests/commands/`, and writes their output into these pages.

    python tests/update_outputs.py

Prints the pages of the README and the manual that changed. Their commands are those of the blocks marked `console`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from shared.manual_pages import name, update


def record_sessions() -> int:
    """Write down what the commands in `tests/commands/` print now; return the exit code."""
    call = [sys.executable, "-m", "pytest", "cli/test_sessions.py", "--rewrite"]
    return subprocess.run(call, cwd=Path(__file__).parent, stdout=sys.stderr, check=False).returncode


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for page in update(Path(folder)):
            sys.stdout.write(f"{name(page)}\n")
    sys.exit(record_sessions())
