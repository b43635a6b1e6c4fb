"""The command that prints the manual: help."""

import os
import re
import sys
from collections.abc import Iterable, Iterator

import click

from vault_tools.cli.base import columns, explained, main, stdout
from vault_tools.errors import VaultToolsError

TOPICS = "Topics (vault-tools help TOPIC):"
COMMANDS = "Commands (vault-tools help COMMAND):"
UNKNOWN = "there is no help on {name}{near}; `vault-tools help` lists all topics and commands"
NEAR = "; did you mean {names}?"
SEE = "{text} (vault-tools help {topic})"

WIDEST = 100
"""Columns of a page on a terminal; longer lines are hard to read."""
_PAGES = "manual/{}/%s.md"
_PICTURE = re.compile(r"^!\[[^]]*\]\([^)]*\)\n+", re.MULTILINE)
_FENCE = re.compile(r"^```\S.*$", re.MULTILINE)
_TO_TOPIC = re.compile(r"\[([^][]+)\]\((\w+)\.md(?:#[^)]*)?\)")
_TO_FILE = re.compile(r"\[([^][]+)\]\((?!\w+:)[^)]*\)")


@main.command("help")
@click.argument("words", nargs=-1, metavar="[TOPIC]")
@click.option("--lang", metavar="LANGUAGE", help="The language of the manual: en or zh.")
@explained
@click.pass_context
def help_(context: click.Context, *, words: tuple[str, ...], lang: str | None) -> None:
    """Show the manual: all topics, one TOPIC, or a command.

    If a topic and a command have the same name, the topic is shown. `vault-tools COMMAND --help` shows the command.
    """
    name, language_ = " ".join(words), lang or language()
    if not words:
        _list(context.find_root(), language_)
    elif name.lower() in topics():
        _show(page(name.lower(), language_))
    else:
        click.echo(_found(context.find_root(), words).get_help())


def language() -> str:
    """Return the language that the system is set to, as it names it."""
    return next((name for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (name := os.environ.get(key))), "en")


def topics() -> list[str]:
    """Return the names of all topics."""
    from vault_tools import shipped  # noqa: PLC0415  (so that --help is fast)

    folder = shipped.templates() / "manual" / "en"
    return sorted(item.name.removesuffix(".md") for item in folder.iterdir() if item.name.endswith(".md"))


def page(topic: str, language: str) -> str:
    """Return the manual's page on a topic, in English if there is none in the language."""
    from vault_tools import shipped  # noqa: PLC0415

    return shipped.translated(_PAGES % topic, language)


def summary(text: str) -> str:
    """Return the line that says what a page is about: the first below its title."""
    return next((line for line in text.splitlines()[1:] if line), "")


def _list(context: click.Context, language: str) -> None:
    """Print each topic and each command with the line that says what it is for."""
    for title, rows in (
        (TOPICS, [(topic, summary(page(topic, language))) for topic in topics()]),
        (COMMANDS, [(name, each.get_short_help_str(WIDEST)) for name, each in _commands(context)]),
    ):
        click.echo(title)
        click.echo("\n".join(f"  {line}" for line in columns(rows).splitlines()) + "\n")


def _commands(context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands that may be seen, by name."""
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None and not command.hidden:
            yield name, command


def _found(context: click.Context, words: Iterable[str]) -> click.Context:
    """Return the context of the command that some words name, as in `service install`; VaultToolsError if none."""
    for word in words:
        group = context.command
        command = group.get_command(context, word) if isinstance(group, click.Group) else None
        if command is None:
            raise VaultToolsError(_unknown(context, " ".join(words)))
        context = click.Context(command, info_name=word, parent=context)
    return context


def _unknown(context: click.Context, name: str) -> str:
    """Say that nothing has this name, and which names are close to it."""
    import difflib  # noqa: PLC0415  (see topics)

    known = {*topics(), *(name for name, _ in _commands(context.find_root()))}
    near = difflib.get_close_matches(name.lower(), sorted(known))
    return UNKNOWN.format(name=name, near=NEAR.format(names=", ".join(near)) if near else "")


def _show(text: str) -> None:
    """Print a page: formatted on a terminal, as it is in a pipe."""
    if not sys.stdout.isatty():
        stdout().write(text)
        return
    from vault_tools.cli.manual import draw  # noqa: PLC0415  (see topics)

    draw(readable(text), WIDEST)


def readable(text: str) -> str:
    """Return a page for a terminal: without pictures and coloured code, and with commands in place of links."""
    linked = _TO_TOPIC.sub(lambda found: SEE.format(text=found[1], topic=found[2]), _PICTURE.sub("", text))
    return _FENCE.sub("```text", _TO_FILE.sub(r"\1", linked))
