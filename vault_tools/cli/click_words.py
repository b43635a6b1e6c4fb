"""Click's own words in the language of the screen: `Usage`, `No such option` and so on are rows of [click]."""

import gettext
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from vault_tools import words as catalogue
from vault_tools.cli import screen


@contextmanager
def translated() -> Iterator[None]:
    """Give click's modules our translations for a while. They have no setting for it: each imports gettext's own."""
    ours = {"_": (gettext.gettext, sentence), "ngettext": (gettext.ngettext, counted)}
    changed = []
    for module in [each for name, each in sys.modules.items() if name.partition(".")[0] == click.__name__]:
        for name, (theirs, own) in ours.items():
            if getattr(module, name, None) is theirs:
                setattr(module, name, own)
                changed.append((module, name, theirs))
    try:
        yield
    finally:
        for module, name, theirs in changed:
            setattr(module, name, theirs)


def sentence(message: str) -> str:
    """Return what click says in the language of the screen; as it is, if no row has it."""
    if screen.language() == catalogue.ENGLISH:
        return message
    rows = catalogue.words().section("click")
    name = next((name for name, text in rows.items() if text == message), None)
    text = screen.words()[f"click.{name}"] if name else message
    return text if isinstance(text, str) else message


def counted(one: str, more: str, number: int) -> str:
    """Return what click says of a number of things."""
    return sentence(one if number == 1 else more)
