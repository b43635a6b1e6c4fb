"""The command line: words in, lines out; nothing is decided here.

A command is a function in a file here and a row of `base.MODULES`.
"""

from vault_tools.cli.base import main, run

__all__ = ["main", "run"]
