"""The command line: words in, lines out; nothing is decided here. A file here with commands adds them to the group."""

from vault_tools.cli import measures, reports, writing
from vault_tools.cli.base import main, run

__all__ = ["main", "measures", "reports", "run", "writing"]
