"""Bytes that say by themselves whether they are whole: a checksum stands before them.

It is taken over the bytes, the name under which they are kept, and whose they are. So a value that lies under another
name, or comes from elsewhere, is as damaged as one of which a bit is wrong.
"""

from hashlib import blake2b

SIZE = 8
"""Bytes of a checksum."""


class Seal:
    """Closes and opens the values of one owner."""

    def __init__(self, owner: bytes) -> None:
        """Whatever the owner is, its values are not those of another one."""
        self._start = blake2b(key=blake2b(owner, digest_size=32).digest(), digest_size=SIZE)

    def closed(self, name: bytes, data: bytes) -> bytes:
        """Return a value with its checksum before it."""
        return self._sum(name, data) + data

    def opened(self, name: bytes, sealed: object) -> bytes | None:
        """Return the value that was closed under a name; None if this is not what it was."""
        if not isinstance(sealed, bytes):
            return None
        data = sealed[SIZE:]
        return data if self._sum(name, data) == sealed[:SIZE] else None

    def _sum(self, name: bytes, data: bytes) -> bytes:
        found = self._start.copy()
        found.update(len(name).to_bytes(4, "little") + name)
        found.update(data)
        return found.digest()
