"""The normal form of names: systems spell the accents of one file name in two ways."""

import unicodedata


def composed(name: str) -> str:
    """Return a name in NFC: each accent is a part of its letter."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)
