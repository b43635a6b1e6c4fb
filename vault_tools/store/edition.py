"""Which code is running: a digest that tells the caches of different versions apart."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def edition() -> str:
    """Return a digest of our own code, as it was when this process began: new code, new cache."""
    digest = blake2b(digest_size=10)
    for file in _code_below(files("vault_tools")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code_below(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".py"):
            yield item
        elif item.is_dir() and item.name not in {"templates", "__pycache__"}:
            yield from _code_below(item)
