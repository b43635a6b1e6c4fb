"""The command that writes the map: graph."""

import os
import string
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vault_tools.cli import screen
from vault_tools.cli.base import FILE, explained, force_option, main, refuse_if_read_only, vault_argument
from vault_tools.cli.commands import Choice, Number, option
from vault_tools.cli.notes import node_called
from vault_tools.cli.opening import opened
from vault_tools.dialect.choices import choices
from vault_tools.errors import VaultToolsError
from vault_tools.model.text import Term

if TYPE_CHECKING:
    from vault_tools.app import Vault
    from vault_tools.model.graph import KnowledgeGraph

COLORS = tuple(color.name for color in choices().colors)
DEEPEST = 4
_DROPPING = ("win32", "darwin")
_LEADING = """<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={address}">
<title>vault-tools</title>
<a href="{address}">{address}</a>
"""


@main.command()
@vault_argument
@option("--focus", metavar="note")
@option("--depth", type=Number(1, DEEPEST), metavar="number")
@option("--type", "types", metavar="type", multiple=True)
@option("--color", type=Choice(COLORS))
@option("--names-only", is_flag=True)
@option("--rearrange", is_flag=True)
@option("--anew", "old_rearrange", is_flag=True, hidden=True)
@option("-o", "--output", type=FILE, metavar="file")
@force_option
@option("--open", "show", is_flag=True)
@explained
def graph(  # noqa: PLR0913  (its options)
    *,
    vault: Path | None,
    no_cache: bool,
    quiet: bool,
    focus: str | None,
    depth: int | None,
    types: tuple[str, ...],
    color: str | None,
    names_only: bool,
    rearrange: bool,
    old_rearrange: bool,
    output: Path | None,
    force: bool,
    show: bool,
) -> None:
    """Write the page of the graph, and print where it is."""
    _check_options(focus, depth, output, names_only=names_only)
    rearrange = rearrange or old_rearrange
    with opened(vault, cache=not no_cache, quiet=quiet, edited=frozenset()) as vault_:
        view = _view(vault_, focus, depth, types, color)
        if output is None:
            page = _refresh(vault_, rearrange=rearrange)
        else:
            page = _write(vault_, output, view, names_only=names_only, rearrange=rearrange, force=force)
    if not quiet:
        click.echo(output or (_address(page, view) if view else page))
    if show:
        _show(_address(page, view))


def _address(page: Path, view: str) -> str:
    """Return the address of a page in a view; "" is the whole page."""
    return f"{page.as_uri()}#{view}" if view else page.as_uri()


def _check_options(focus: str | None, depth: int | None, output: Path | None, *, names_only: bool) -> None:
    """Refuse options that do not fit each other; without a file to write to, the vault's own page is written."""
    if depth is not None and focus is None:
        raise screen.misuse("graph.depth-needs-focus")
    if names_only and output is None:
        raise screen.misuse("graph.names-need-output")
    if output is None:
        refuse_if_read_only("graph", "graph.read-only-instead")


def _view(vault: "Vault", focus: str | None, depth: int | None, types: Iterable[str], color: str | None) -> str:
    """Return the view that the options describe, as an address spells it."""
    from vault_tools.dialect.address import view  # noqa: PLC0415  (see opened)

    note = node_called(vault.knowledge, focus) if focus is not None else ""
    named = dict.fromkeys(_type(vault.knowledge, word) for word in types)
    return view(note=note, depth=depth or 0, types=named, color=color or "")


def _type(graph: "KnowledgeGraph", word: str) -> str:
    """Return the type that a word means; a usage error if no note has this type."""
    from vault_tools.graph.lookup import find_type, near_types, types  # noqa: PLC0415  (see opened)

    type_ = find_type(graph, word)
    if type_ is not None:
        return type_
    near, all_types = near_types(graph, word), types(graph)
    if near:
        raise screen.misuse("graph.no-such-type-near", name=word, near=_terms(near))
    if not all_types:
        raise screen.misuse("graph.no-types", name=word)
    raise screen.misuse("graph.no-such-type", name=word, known=_terms(all_types))


def _terms(types: Iterable[str]) -> tuple[Term, ...]:
    """Return types as the language of the screen calls them; these words can be typed."""
    return tuple(Term("type", name) for name in types)


def _refresh(vault: "Vault", *, rearrange: bool) -> Path:
    """Bring the vault's own page up to date, and return where it is."""
    from vault_tools.publishing.graph import refresh_page  # noqa: PLC0415  (see opened)

    pages = refresh_page(vault.answers, rearrange=rearrange)
    if pages.refused:
        raise VaultToolsError(pages.refused[0])
    return vault.root / next(iter(pages.states))


def _write(vault: "Vault", output: Path, view: str, *, names_only: bool, rearrange: bool, force: bool) -> Path:
    """Write a separate page to a file that the user named, and return its place."""
    from vault_tools import ours  # noqa: PLC0415  (see opened)
    from vault_tools.store.output import write_out  # noqa: PLC0415

    page = output.resolve()
    if (view or names_only) and page == (vault.root / vault.folder / ours.GRAPH_PAGE).resolve():
        raise screen.misuse("graph.own-page", path=str(output))
    text = vault.export("html", view=view, names_only=names_only, rearrange=rearrange)
    write_out(output, text, vault.root, ours.MARKS, force=force)
    return page


def _show(address: str) -> None:
    """Open a page in the default browser; where there is no screen for one, say so."""
    import webbrowser  # noqa: PLC0415  (see opened)
    from urllib.parse import quote  # noqa: PLC0415

    if not _has_screen() or not webbrowser.open(_openable(quote(address, safe=string.punctuation))):
        screen.tell("graph.no-browser", err=True)


def _openable(address: str) -> str:
    """Return an address that reaches the browser whole.

    Windows and macOS open the file that an address names, and drop the view behind it: there a page leads to it.
    """
    if "#" not in address or sys.platform not in _DROPPING:
        return address
    from html import escape  # noqa: PLC0415  (see opened)
    from tempfile import NamedTemporaryFile  # noqa: PLC0415

    with NamedTemporaryFile("w", encoding="utf-8", prefix="vault-tools-", suffix=".html", delete=False) as page:
        page.write(_LEADING.format(address=escape(address)))
    return Path(page.name).as_uri()


def _has_screen() -> bool:
    """Tell whether a browser could be seen: else one for the terminal may take it over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
