"""Commands, options and arguments that find their help in the catalogue by their names.

The list of commands is [help.summary]. The help of `vault-tools graph` is [help.graph]: `text`, `text-2` … are its
paragraphs, and each other row is an option (`depth` for `--depth`). Options that several commands have are rows of
[help.options]; the placeholder of a value is a row of [help.metavar].
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import click

from vault_tools.cli import click_words, screen
from vault_tools.cli.layout import Formatter
from vault_tools.cli.value_types import LanguageType

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
LAST = ("vault", "today", "json", "no-cache", "quiet", "verbose", "read-only", "lang")
"""Options that many commands have: they come last in each help, in this order."""
READ_ONLY = "vault_tools.read_only"


def key(context: click.Context) -> str:
    """Return what a command is called in the catalogue: `graph`, `service-install`; `main` for all of it."""
    names = []
    while context.parent is not None:
        names.append(str(context.info_name))
        context = context.parent
    return "-".join(reversed(names)) or "main"


def help_of(command: str, name: str) -> str:
    """Return the help that a command has under a name, or that all commands share; "" if there is none."""
    return _row(f"help.{command}.{name}") or _row(f"help.options.{name}")


def summary(command: str) -> str:
    """Return the summary of a command in the list of commands; "" if there is none."""
    return _row(f"help.summary.{command}")


def _row(id_: str) -> str:
    text = screen.words().get(id_, "")
    return text if isinstance(text, str) else ""


def paragraphs(command: str, name: str) -> Iterator[str]:
    """Yield the rows `name`, `name-2`, `name-3` … of a command's help."""
    at, row = 1, help_of(command, name)
    while row:
        yield row
        at += 1
        row = help_of(command, f"{name}-{at}")


def long_name(parameter: click.Parameter) -> str:
    """Return the longest name of an option, without dashes."""
    return max(parameter.opts, key=len).lstrip("-")


class Option(click.Option):
    """An option whose help and placeholder are rows of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return its names and its help, with its choices where that mentions them."""
        self.help = help_of(key(ctx), long_name(self)) or self.help
        if self.help and "{choices}" in self.help:
            choices = screen.format_phrase("report.list", items=tuple(getattr(self.type, "choices", ())))
            self.help = self.help.replace("{choices}", choices)
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context | None = None) -> str:  # noqa: ARG002  (older versions of click give none)
        """Return the placeholder of its value."""
        if isinstance(self.type, click.Choice):
            return f"[{'|'.join(map(str, self.type.choices))}]"
        return screen.format_phrase(f"help.metavar.{self.metavar or 'path'}")


class Argument(click.Argument):
    """An argument that is named in the language of the screen."""

    def make_metavar(self, ctx: click.Context | None = None) -> str:  # noqa: ARG002  (see Option)
        """Return the placeholder of its value: a row of [help.metavar], such as `optional-vault`."""
        return screen.format_phrase(f"help.metavar.{self.metavar}")


def option(*names: str, **settings: Any) -> Decorator:  # noqa: ANN401  (as click's own)
    """Give a command an option; its help is in the catalogue."""
    return click.option(*names, cls=Option, **settings)


def argument(*names: str, **settings: Any) -> Decorator:  # noqa: ANN401  (as click's own)
    """Give a command an argument; `metavar` is its row in the catalogue."""
    return click.argument(*names, cls=Argument, **settings)


class CommandContext(click.Context):
    """Writes help in lines that fit the screen."""

    formatter_class = Formatter


def _remember_read_only(context: click.Context, _option: click.Parameter, is_set: bool) -> None:  # noqa: FBT001
    if is_set:
        context.meta[READ_ONLY] = True  # which a group and its commands share


SHARED = (
    Option(["--read-only"], is_flag=True, expose_value=False, callback=_remember_read_only),
    Option(["--lang"], metavar="language", type=LanguageType(), expose_value=False),
)
"""Options that every command takes."""


class Command(click.Command):
    """A command whose help is in the catalogue. Every command takes --read-only and --lang."""

    context_class = CommandContext

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401  (as click's own)
        """Add what every command takes, and put shared options last."""
        super().__init__(*args, **settings)
        names = {long_name(each) for each in self.params}
        self.params += [each for each in SHARED if long_name(each) not in names]
        self.params.sort(key=lambda each: LAST.index(long_name(each)) if long_name(each) in LAST else -1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; report a mistake in it in the language of the screen."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            from vault_tools.cli import command_lines  # noqa: PLC0415  (so that --help is quick)

            raise command_lines.in_our_words(error, ctx) from None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help with its help in the language of the screen."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = help_of(key(ctx), "help")
        return help_option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the text after the command's name in its usage."""
        self.options_metavar = screen.format_phrase("help.metavar.options")
        return super().collect_usage_pieces(ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the paragraphs of the help."""
        text = "\n\n".join(paragraphs(key(ctx), "text")) or summary(key(ctx)) or self.help or ""
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(text)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the text below the options."""
        for text in paragraphs(key(ctx), "epilog"):
            formatter.write_paragraph()
            formatter.write_text(text)


class Group(Command, click.Group):
    """A group of commands whose help is in the catalogue."""

    command_class = Command

    def main(self, args: Any = None, *more: Any, **settings: Any) -> Any:  # noqa: ANN401  (as click's own)
        """Run the command line in the language that it or the system names."""
        screen.begin(sys.argv[1:] if args is None else list(args))
        with click_words.translated():
            return super().main(args, *more, **settings)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the text after the group's name in its usage."""
        self.subcommand_metavar = screen.format_phrase("help.metavar.command")
        return super().collect_usage_pieces(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; an error names those that are close."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            from vault_tools.cli import command_lines  # noqa: PLC0415  (see Command.parse_args)

            raise command_lines.no_command(name, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands with their summaries."""
        begin = "" if ctx.parent is None else f"{key(ctx)}-"
        rows = [(name, self.summary(ctx, f"{begin}{name}", name)) for name in self.list_commands(ctx)]
        with formatter.section(screen.format_phrase("screen.commands")):
            formatter.write_dl(rows)

    def summary(self, ctx: click.Context, row: str, name: str) -> str:
        """Return the line that is beside a command; one that has no row in the catalogue says its docstring."""
        text = summary(row)
        command = None if text else self.get_command(ctx, name)
        return command.get_short_help_str(200) if command else text


class Commands(Group):
    """All commands. The module of a command is imported when it is needed, so that the list of commands is quick."""

    group_class = Group

    def __init__(self, *args: Any, modules: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401
        """Take the module of each command, by its name in this package."""
        super().__init__(*args, **settings)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*self.modules, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in self.commands and cmd_name in self.modules:
            import_module(f"{__package__}.{self.modules[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is typed. If there is none, load all, because click suggests only what is loaded."""
        if args and args[0] not in self.list_commands(ctx):
            for name in self.modules:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)
