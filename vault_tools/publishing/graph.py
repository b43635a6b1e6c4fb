"""The graph of a vault as one file: exports in every format, and the vault's own page of the map."""

from collections.abc import Iterator

from vault_tools import ours, shipped
from vault_tools.answering.answers import Answers
from vault_tools.exporters import exporter
from vault_tools.learning.creation import creation_days
from vault_tools.model.change import Page
from vault_tools.model.export import Analysis, ExportContext
from vault_tools.publishing import remembered
from vault_tools.publishing.pages import PageStates, refresh
from vault_tools.reading.fingerprint import digest_of
from vault_tools.reading.opening import OpenVault
from vault_tools.reading.snapshot import Snapshot
from vault_tools.store import contents, marks
from vault_tools.store.edition import edition

NAME = "graph"
"""The name under which the cache remembers the page of the map."""


def export(
    answers: Answers,
    form: str,
    *,
    view: str = "",
    names_only: bool = False,
    rearrange: bool = False,
    outside: bool = False,
) -> Iterator[str]:
    """Yield the text of an export, piece by piece; see `Vault.export`."""
    vault, chosen = answers.snapshot.vault, exporter(form)
    context = ExportContext(
        vault=vault.root.name,
        named=vault.settings.reports.vault,
        folder="" if outside else vault.folder,
        assets=shipped.assets(chosen.assets),
        language=shipped.spoken_language(vault.settings.report_language),
        words=answers.words,
        analysis=lambda: _analysis(answers),
        text=lambda path: contents.text_of(vault.root, path) or "",
        groups=tuple((group.query, group.color) for group in vault.obsidian.color_groups),
        before=chosen.places(_page_on_disk(vault)) if chosen.places and not rearrange else None,
        view=view,
        names_only=names_only,
    )
    return chosen.export(answers.knowledge, context)


def _analysis(answers: Answers) -> Analysis:
    return Analysis(
        answers.findings, answers.learning, creation_days(answers.knowledge), answers.linker_of("uri").plain
    )


def html(answers: Answers, *, rearrange: bool = False, outside: bool = False) -> str:
    """Return the text of the page of the map; with `rearrange` all nodes get new places."""
    return "".join(export(answers, "html", rearrange=rearrange, outside=outside))


def page_path(vault: OpenVault) -> str:
    """Return the vault path of the page of the map."""
    return f"{vault.folder}/{ours.GRAPH_PAGE}"


def page(vault: OpenVault, text: str) -> Page:
    """Return the page of the map; the existing one, if it only differs in how its data is compressed."""
    before, same = _page_on_disk(vault), exporter("html").same
    return Page(page_path(vault), before if before and same and same(before, text) else text)


def has_page(vault: OpenVault) -> bool:
    """Tell whether there is a page of the map, be it current or not."""
    return marks.is_ours(vault.root, page_path(vault), ours.MARKS) is True


def _page_on_disk(vault: OpenVault) -> str:
    """Return the vault's current page of the map; "" if vault-tools wrote none."""
    return contents.text_of(vault.root, page_path(vault)) or "" if has_page(vault) else ""


def is_remembered(snapshot: Snapshot) -> bool:
    """Tell whether the page of the map is still as it was last written, and nothing changed since."""
    return remembered.pages(snapshot, NAME) is not None


def owes_page(snapshot: Snapshot) -> bool:
    """Tell whether the page of the map is out of date, and no other program's file is in its place."""
    own = marks.is_ours(snapshot.vault.root, page_path(snapshot.vault), ours.MARKS)
    return own is not False and not is_remembered(snapshot)


def refresh_page(answers: Answers, *, rearrange: bool = False) -> PageStates:
    """Write the page of the map if it differs. With `rearrange` all nodes get new places."""
    vault = answers.snapshot.vault

    def make() -> list[Page]:
        return [page(vault, html(answers, rearrange=rearrange))]

    return refresh(answers.snapshot, NAME, make, again=rearrange)


def shape(answers: Answers) -> str:
    """Return a digest of what the map draws: nodes with their types and names, their links, and the settings.

    It does not change if only the text of notes changes.
    """
    graph, vault = answers.knowledge, answers.snapshot.vault
    nodes = ((node.id, node.kind, node.title, node.type, node.role) for node in graph.nodes.values())
    edges = ((edge.source, edge.relation, edge.target) for edge in graph.edges)
    return digest_of([*nodes, *edges, edition(), vault.settings, vault.obsidian.text])
