"""The commands of the command line, and what the screen says of a fault."""

from collections.abc import Iterator

import click
from click.testing import CliRunner

from vault_tools.cli import main
from vault_tools.model.speech import format_english
from vault_tools.model.text import say


def walk(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that name it, groups too."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(walk())
"""Every command and group, by the words that name it."""

FAULT = format_english(say("screen.fault")).partition("(")[0]
"""The start of the message about an internal error. No command may print it."""


def named(language: str) -> list[str]:
    """Return the option that names a language."""
    return ["--lang", language]


def invoke(*words: object) -> tuple[int, str, str]:
    """Run a command; return its exit code, output and errors."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr
