"""The pages of the report, one file each: a file here with a `PAGE` is a page.

A new one needs no other edit besides its title in the catalogue: `page_kinds()` walks this folder.
"""

from vault_tools.errors import FamilyError
from vault_tools.families import Family
from vault_tools.model.change import Page
from vault_tools.model.text import say
from vault_tools.render.page_head import render_head
from vault_tools.render.report import PageKind, Report

_FAMILY = Family(__name__, "PAGE", PageKind)


def names() -> list[str]:
    """Return the file names of all pages, without importing them."""
    return [f"{_page_name(module)}.md" for module in _FAMILY.names()]


def page_kinds() -> tuple[PageKind, ...]:
    """Return every page, in the order in which the overview links to them."""
    kinds = (_FAMILY.member(module, name=_page_name(module)) for module in _FAMILY.names())
    return tuple(sorted(kinds, key=lambda kind: (kind.order, kind.name)))


def _page_name(module: str) -> str:
    """Return the name of the page in a file: `Reading list` for `reading_list`."""
    return module.replace("_", " ").capitalize()


def pages(report: Report) -> list[Page]:
    """Return the text of every page; FamilyError if an insight belongs to none of them."""
    _check_insights(report)
    return [_page(report, kind) for kind in report.pages]


def _check_insights(report: Report) -> None:
    known = tuple(kind.name for kind in report.pages)
    for insight in report.findings:
        if insight.page not in known:
            raise FamilyError(say("family.no-page", insight=insight.name, page=insight.page, pages=known))


def _page(report: Report, kind: PageKind) -> Page:
    insights = [insight for insight in report.findings if insight.page == kind.name]
    blocks = "\n\n".join(block for block in kind.render(report, insights) if block)
    return Page(report.beside(kind.file), f"{render_head(report.day)}{blocks}\n")
