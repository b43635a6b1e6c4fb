"""The command line: words in, lines out; nothing is decided here. A file here with commands adds them to the group."""

from vault_tools.cli import graphs, learning, measures, reports, service, undoing, watching, writing
from vault_tools.cli import help as help_
from vault_tools.cli.base import main, run

__all__ = [
    "graphs",
    "help_",
    "learning",
    "main",
    "measures",
    "reports",
    "run",
    "service",
    "undoing",
    "watching",
    "writing",
]
