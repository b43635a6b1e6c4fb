"""The command that prints the graph for other programs: export."""

from pathlib import Path

import click

from vault_tools.cli import screen
from vault_tools.cli.base import FILE, explained, force_option, main, stdout, vault_argument
from vault_tools.cli.commands import option
from vault_tools.cli.opening import opened


def _show_schema(context: click.Context, _option: click.Parameter, is_set: bool) -> None:  # noqa: FBT001
    """Print what `export --format json` looks like, and stop."""
    from vault_tools.exporters.json import schema  # noqa: PLC0415  (see opened)

    if is_set:
        click.echo(schema(), nl=False)
        context.exit()


class _Format(click.ParamType):  # type: ignore[type-arg]  # older versions of click take none
    """A format of `export`."""

    name = "format"

    @property
    def choices(self) -> list[str]:
        """The formats there are."""
        from vault_tools.exporters import names  # noqa: PLC0415  (see opened)

        return names()


@main.command()
@vault_argument
@option("--format", "form", required=True, type=_Format(), metavar="format")
@option("-o", "--output", type=FILE, metavar="file")
@force_option
@option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=_show_schema)
@explained
def export(*, vault: Path | None, no_cache: bool, quiet: bool, form: str, output: Path | None, force: bool) -> None:
    """Print the graph and everything in it for other programs."""
    from vault_tools import ours  # noqa: PLC0415  (see opened)
    from vault_tools.exporters import exporter, names  # noqa: PLC0415
    from vault_tools.store.output import write_out  # noqa: PLC0415

    if form not in names():
        raise screen.usage_error("export.no-such-format", name=form, known=tuple(names()))
    with opened(vault, cache=not no_cache, quiet=quiet or output is None) as vault_:
        if output is None:
            stdout().writelines(vault_.export(form))
            return
        marks = (*ours.MARKS, *filter(None, [exporter(form).mark]))
        write_out(output, vault_.export(form), vault_.root, marks, force=force)
    if not quiet:
        click.echo(output)
