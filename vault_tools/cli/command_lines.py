"""What is wrong with a command line, in the language of the screen, where click's own sentence says too little."""

from collections.abc import Iterator

import click

from vault_tools.cli import screen
from vault_tools.model.visible import printable


def in_our_words(error: click.UsageError, context: click.Context) -> click.UsageError:
    """Return an error of click in our words; the error itself if its sentence is enough."""
    error.ctx = error.ctx or context
    if isinstance(error, click.NoSuchOption):
        return _of(error, _no_option(error.option_name, error.possibilities or (), error.ctx))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _of(error, _missing(error.param, error.ctx))
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = _name(error.param, error.ctx)
        return _of(error, screen.usage_error("screen.invalid-value", name=name, message=error.message))
    if isinstance(error, click.BadOptionUsage):
        return _of(error, click.UsageError(printable(error.message)))
    return error


def _of(error: click.UsageError, better: click.UsageError) -> click.UsageError:
    """Give an error the command that another one is about."""
    better.ctx = error.ctx
    return better


def no_command(name: str, context: click.Context) -> click.UsageError:
    """Return the error of a command that does not exist, with those whose names are close to it."""
    from difflib import get_close_matches  # noqa: PLC0415  (so that --help is quick)

    group = context.command
    known = group.list_commands(context) if isinstance(group, click.Group) else []
    near = next(iter(get_close_matches(name.lower(), known, 1)), "")
    if near:
        return screen.usage_error("screen.no-such-command-near", name=name, near=near)
    return screen.usage_error("screen.no-such-command", name=name, command=f"{context.command_path} --help")


def _no_option(name: str, near: "list[str] | tuple[str, ...]", context: click.Context) -> click.UsageError:
    """Say that an option does not exist; which command takes it, or which names are close to it."""
    owners = list(_owners(name, context))
    if owners:
        example = f"{context.command_path} {owners[0]} {name}"
        return screen.usage_error("screen.option-elsewhere", name=name, commands=tuple(owners), example=example)
    if near:
        return screen.usage_error("screen.no-such-option-near", name=name, near=tuple(sorted(near)))
    return screen.usage_error("screen.no-such-option", name=name, command=f"{context.command_path} --help")


def _owners(option: str, context: click.Context) -> Iterator[str]:
    """Yield the commands of a group that take an option."""
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and any(option in parameter.opts for parameter in command.params):
            yield name


def _missing(parameter: click.Parameter, context: click.Context) -> click.UsageError:
    """Say that an argument or an option is missing, and what it may be."""
    name = _name(parameter, context)
    if not isinstance(parameter, click.Option):
        return screen.usage_error("screen.missing", name=name)
    choices = tuple(map(str, getattr(parameter.type, "choices", ())))
    if choices:
        return screen.usage_error("screen.missing-option-choices", name=name, choices=choices)
    return screen.usage_error("screen.missing-option", name=name)


def _name(parameter: click.Parameter, context: click.Context) -> str:
    """Return what a parameter is called in the help: `--most`, `NOTE`."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(context).strip("[].…")
