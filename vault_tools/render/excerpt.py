"""The first words of a note, as plain text."""


def excerpt(text: str, most: int = 240) -> str:
    """Return what a note begins with, without frontmatter and markup, cut at a word."""
    return text[:most]
