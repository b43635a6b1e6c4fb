"""What a write that was cut short leaves in a file."""

SECTOR = 512
"""Bytes of which a disk never writes a part only; the system's pages are whole multiples."""


def is_torn(data: bytes, before: bytes, after: bytes) -> bool:
    """Tell whether a file holds what is left where `after` was being written over `before`, or back, and stopped.

    Each sector of it is that of the one or of the other, or nothing but NUL, which some file systems leave after a
    power cut; and its length is that of one, or a whole number of sectors between the two. Neither of the two
    themselves is torn.
    """
    if data in (before, after):
        return False
    short, long = sorted((before, after), key=len)
    if len(data) not in (len(short), len(long)) and not _is_between(len(data), len(short), len(long)):
        return False
    mixed = short + long[len(short) :]
    texts = (before, after, mixed)
    return all(_is_of(data, at, texts) for at in range(0, len(data), SECTOR))


def _is_between(size: int, least: int, most: int) -> bool:
    return least < size < most and size % SECTOR == 0


def _is_of(data: bytes, at: int, texts: tuple[bytes, ...]) -> bool:
    sector = data[at : at + SECTOR]
    return any(sector == text[at : at + len(sector)] for text in texts) or not sector.strip(b"\0")
