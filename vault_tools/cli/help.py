"""The command that prints the manual: help."""

import re
import sys
from collections.abc import Iterable

import click

from vault_tools import shipped
from vault_tools.cli import screen
from vault_tools.cli.base import explained, main, stdout
from vault_tools.cli.commands import CommandContext, argument
from vault_tools.cli.layout import columns
from vault_tools.errors import VaultToolsError
from vault_tools.model.text import Say, say

WIDEST = 100
"""Columns of a page on a terminal; longer lines are hard to read."""
MOST = 3
"""How many topics and commands are offered for a word that is neither."""
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
    words = tuple(" ".join(words).split())
    topic = topic_of(" ".join(words))
    if not words:
        _list(context.find_root())
    elif topic is not None:
        _show(page(topic, screen.language()))
    else:
        click.echo(_context_of(context.find_root(), words).get_help())


def topics() -> list[str]:
    """Return the names of all topics."""
    folder = shipped.templates() / "manual" / "en"
    return sorted(item.name.removesuffix(".md") for item in folder.iterdir() if item.name.endswith(".md"))


def topic_of(name: str) -> str | None:
    """Return the topic of a name, or of the title of its page in any language; else the only one with it in its title.

    None if there is none, or a command has this name.
    """
    words = name.casefold()
    if not words or words in topics():
        return words or None
    return _topic_by_title(words)


def _topic_by_title(words: str) -> str | None:
    """Return the topic whose page has a title; else the only one with these words in its title."""
    titles = _titles()
    same = {topic for topic, own in titles if own == words}
    if not same and words.split(maxsplit=1)[0] in main.list_commands(click.get_current_context()):
        return None
    close = same or {topic for topic, own in titles if words in own}
    return close.pop() if len(close) == 1 else None


def _titles() -> list[tuple[str, str]]:
    """Return each topic with the title of its page in each language, in small letters."""
    return [(topic, title(page(topic, each)).casefold()) for each in shipped.languages() for topic in topics()]


def page(topic: str, language: str) -> str:
    """Return the manual's page on a topic, in English if there is none in the language."""
    return shipped.translated(f"manual/{{}}/{topic}.md", language)


def title(text: str) -> str:
    """Return the title of a page: its first line."""
    return text.partition("\n")[0].removeprefix("# ")


def summary(text: str) -> str:
    """Return the line that says what a page is about: the first below its title."""
    return next((line for line in text.splitlines()[1:] if line), "")


def _list(context: click.Context) -> None:
    """Print each topic and each command with the line that says what it is for."""
    for title, rows in (
        ("manual.topics", [(topic, summary(page(topic, screen.language()))) for topic in topics()]),
        ("manual.commands", [(name, main.summary(context, name, name)) for name in main.list_commands(context)]),
    ):
        screen.report_phrase("screen.heading", heading=say(title))
        click.echo("\n".join(f"  {line}" for line in columns(rows).splitlines()) + "\n")


def _context_of(context: click.Context, words: Iterable[str]) -> click.Context:
    """Return the context of the command that some words name, as in `service install`; VaultToolsError if none."""
    for word in words:
        group = context.command
        command = group.get_command(context, word) if isinstance(group, click.Group) else None
        if command is None:
            raise VaultToolsError(_unknown(context, " ".join(words)))
        context = CommandContext(command, info_name=word, parent=context)
    return context


def _unknown(context: click.Context, name: str) -> Say:
    """Say that nothing has this name, and which names are close to it."""
    import difflib  # noqa: PLC0415  (imports are here so that --help is quick)

    names = sorted({*topics(), *main.list_commands(context)})
    near = difflib.get_close_matches(name.lower(), names) or _that_mention(name, names)
    return say("manual.unknown-near", name=name, near=tuple(near)) if near else say("manual.unknown", name=name)


def _that_mention(words: str, names: Iterable[str]) -> list[str]:
    """Return the topics and commands whose help says some words most often, at most three."""
    counts = {name: _about(name).lower().count(words.lower()) for name in names}
    return sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])[:MOST]


def _about(name: str) -> str:
    """Return what the manual and the list of commands say, in every language, of the topic or command of a name."""
    from vault_tools.words import words  # noqa: PLC0415

    groups = ("help.summary", f"help.{name}", f"{name}.status", name)
    texts = [
        str(text)
        for language in shipped.languages()
        for group in groups
        for row, text in words(language).section(group).items()
        if group != "help.summary" or row == name
    ]
    if name in topics():
        texts += [page(name, language) for language in shipped.languages()]
    return "\n".join(texts)


def _show(text: str) -> None:
    """Print a page: formatted on a terminal, as it is in a pipe."""
    if not sys.stdout.isatty():
        stdout().write(text)
        return
    from vault_tools.cli.manual import draw  # noqa: PLC0415  (see _unknown)

    draw(readable(text), WIDEST)


def readable(text: str) -> str:
    """Return a page for a terminal: without pictures and coloured code, and with commands in place of links."""
    linked = _TO_TOPIC.sub(_see, _PICTURE.sub("", text))
    return _FENCE.sub("```text", _TO_FILE.sub(r"\1", linked))


def _see(link: re.Match[str]) -> str:
    """Return the command that shows the page of a link."""
    return screen.format_phrase("manual.see", text=link[1], topic=link[2])
