"""Values with a checksum in front, which shows whether they are intact.

The checksum covers the bytes, the name under which they are stored, and their owner. So a value under a wrong name, or
from another owner, counts as damaged, like a value with a wrong bit.
"""

from hashlib import blake2b

SIZE = 8
"""Bytes of a checksum."""


class Seal:
    """Seals and opens the values of one owner."""

    def __init__(self, owner: bytes) -> None:
        """Set the owner; its values differ from those of every other owner."""
        self._start = blake2b(key=blake2b(owner, digest_size=32).digest(), digest_size=SIZE)

    def closed(self, name: bytes, data: bytes) -> bytes:
        """Return a value with its checksum in front."""
        return self._sum(name, data) + data

    def opened(self, name: bytes, sealed: object) -> bytes | None:
        """Return the value that was sealed under a name; None if it is damaged."""
        if not isinstance(sealed, bytes):
            return None
        data = sealed[SIZE:]
        return data if self._sum(name, data) == sealed[:SIZE] else None

    def _sum(self, name: bytes, data: bytes) -> bytes:
        found = self._start.copy()
        found.update(len(name).to_bytes(4, "little") + name)
        found.update(data)
        return found.digest()
