"""The command that prints the manual: help."""

import re
import sys
from collections.abc import Iterable

import click

from vault_tools.cli import screen
from vault_tools.cli.base import explained, main, stdout
from vault_tools.cli.commands import Context, argument
from vault_tools.cli.layout import columns
from vault_tools.errors import VaultToolsError
from vault_tools.model.text import Say, say

WIDEST = 100
"""Columns of a page on a terminal; longer lines are hard to read."""
MOST = 3
"""How many topics and commands are offered for a word that is neither."""
_PAGES = "manual/{}/%s.md"
_PICTURE = re.compile(r"^!\[[^]]*\]\([^)]*\)\n+", re.MULTILINE)
_FENCE = re.compile(r"^```\S.*$", re.MULTILINE)
_TO_TOPIC = re.compile(r"\[([^][]+)\]\((\w+)\.md(?:#[^)]*)?\)")
_TO_FILE = re.compile(r"\[([^][]+)\]\((?!\w+:)[^)]*\)")


@main.command("help")
@argument("words", nargs=-1, metavar="topic")
@explained
@click.pass_context
def help_(context: click.Context, *, words: tuple[str, ...]) -> None:
    """Show the manual: all topics, one TOPIC, or a command. If a topic has the name of a command, it is shown."""
    name = " ".join(words)
    if not words:
        _list(context.find_root())
    elif name.lower() in topics() or (main.get_command(context, words[0]) is None and titled(name)):
        _show(page(titled(name) or name.lower(), screen.language()))
    else:
        click.echo(_found(context.find_root(), words).get_help())


def topics() -> list[str]:
    """Return the names of all topics."""
    from vault_tools import shipped  # noqa: PLC0415  (so that --help is fast)

    folder = shipped.templates() / "manual" / "en"
    return sorted(item.name.removesuffix(".md") for item in folder.iterdir() if item.name.endswith(".md"))


def page(topic: str, language: str) -> str:
    """Return the manual's page on a topic, in English if there is none in the language."""
    from vault_tools import shipped  # noqa: PLC0415

    return shipped.translated(_PAGES % topic, language)


def titled(words: str) -> str:
    """Return the topic with a page of this title, or the only one with these words in its title; "" if there is none.

    The titles in every language count.
    """
    from vault_tools import shipped  # noqa: PLC0415

    titles = {
        (topic, page(topic, language).partition("\n")[0].lstrip("# ").lower())
        for topic in topics()
        for language in shipped.languages()
    }
    same = {topic for topic, title in titles if title == words.lower()}
    holding = same or {topic for topic, title in titles if words.lower() in title}
    return holding.pop() if len(holding) == 1 else ""


def summary(text: str) -> str:
    """Return the line that says what a page is about: the first below its title."""
    return next((line for line in text.splitlines()[1:] if line), "")


def _list(context: click.Context) -> None:
    """Print each topic and each command with the line that says what it is for."""
    for title, rows in (
        ("manual.topics", [(topic, summary(page(topic, screen.language()))) for topic in topics()]),
        ("manual.commands", [(name, main.summary(context, name, name)) for name in main.list_commands(context)]),
    ):
        screen.tell("screen.heading", heading=say(title))
        click.echo("\n".join(f"  {line}" for line in columns(rows).splitlines()) + "\n")


def _found(context: click.Context, words: Iterable[str]) -> click.Context:
    """Return the context of the command that some words name, as in `service install`; VaultToolsError if none."""
    for word in words:
        group = context.command
        command = group.get_command(context, word) if isinstance(group, click.Group) else None
        if command is None:
            raise VaultToolsError(_unknown(context, " ".join(words)))
        context = Context(command, info_name=word, parent=context)
    return context


def _unknown(context: click.Context, name: str) -> Say:
    """Say that nothing has this name, and which names are close to it."""
    import difflib  # noqa: PLC0415  (see topics)

    known = sorted({*topics(), *main.list_commands(context)})
    near = difflib.get_close_matches(name.lower(), known) or _saying(name, known)
    return say("manual.unknown-near", name=name, near=tuple(near)) if near else say("manual.unknown", name=name)


def _saying(words: str, known: Iterable[str]) -> list[str]:
    """Return the topics and commands whose help says some words most often, at most three."""
    counts = {name: _about(name).lower().count(words.lower()) for name in known}
    return sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])[:MOST]


def _about(name: str) -> str:
    """Return what the manual and the list of commands say, in every language, of the topic or command of a name."""
    from vault_tools import shipped  # noqa: PLC0415
    from vault_tools.words import words  # noqa: PLC0415

    groups = ("help.summary", f"help.{name}", f"{name}.status", name)
    said = [
        text
        for language in shipped.languages()
        for group in groups
        for row, text in words(language).section(group).items()
        if group != "help.summary" or row == name
    ]
    pages = [page(name, language) for language in shipped.languages()] if name in topics() else []
    return "\n".join([*map(str, said), *pages])


def _show(text: str) -> None:
    """Print a page: formatted on a terminal, as it is in a pipe."""
    if not sys.stdout.isatty():
        stdout().write(text)
        return
    from vault_tools.cli.manual import draw  # noqa: PLC0415  (see topics)

    draw(readable(text), WIDEST)


def readable(text: str) -> str:
    """Return a page for a terminal: without pictures and coloured code, and with commands in place of links."""
    linked = _TO_TOPIC.sub(_see, _PICTURE.sub("", text))
    return _FENCE.sub("```text", _TO_FILE.sub(r"\1", linked))


def _see(link: re.Match[str]) -> str:
    """Return the command that shows the page of a link."""
    return screen.phrase("manual.see", text=link[1], topic=link[2])
