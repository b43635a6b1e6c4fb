"""Which file a link means: Obsidian's own rules (tests/obsidian/, area resolution)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from vault_tools.graph.names import file_key


class Resolver:
    """Finds the file that a linkpath means, among every file of a vault."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take every path of the vault (POSIX, as spelled on disk)."""
        self._path_of: dict[str, str] = {}
        self._named: dict[str, list[str]] = {}
        for path in sorted(paths):
            key = file_key(path)
            if key not in self._path_of:
                self._path_of[key] = path
                self._named.setdefault(key.rpartition("/")[2], []).append(key)
        self._files: dict[str, tuple[str, ...]] = {}
        self._alike: dict[str, _Namesakes] = {}
        self._known: dict[tuple[str, str], str | None] = {}

    def resolve(self, target: str, source: str) -> str | None:
        """Return the path that `target` (a linkpath, without `#…`) means in the note `source`; None if no file does."""
        if not target:
            return source
        folder = source.rpartition("/")[0]
        found = self._known.get((target, folder), "")
        if found == "":
            found = self._known[target, folder] = self._find(file_key(target).strip(), file_key(folder))
        return found

    @property
    def paths(self) -> Iterable[str]:
        """Every path of the vault, in order."""
        return self._path_of.values()

    def namesakes(self, name: str) -> tuple[str, ...]:
        """Return every file of a name, in any folder; `.md` may be left out."""
        found = next(filter(self._named.get, _attempts(file_key(name))), "")
        if found not in self._files:
            self._files[found] = tuple(self._path_of[key] for key in self._named.get(found, ()))
        return self._files[found]

    def _find(self, target: str, folder: str) -> str | None:
        if target.endswith("/") or "\\" in target:
            return None
        if target.startswith("/"):
            return self._exact(target[1:])
        if target.startswith(_STEPS):
            target = _joined(folder, target)
        elif (beside := self._beside(target, folder)) is not None:
            return beside
        for attempt in _attempts(target):
            name = attempt.rpartition("/")[2]
            if name in self._named:
                return self._best(attempt, name, folder)
        return None

    def _beside(self, target: str, folder: str) -> str | None:
        """Return a file without a suffix in the source's own folder, unless a note of that name is there too.

        What Obsidian does is not known. A reader who follows `[LICENSE](LICENSE)` means the file in the note's folder.
        """
        path = f"{folder}/{target}" if folder else target
        near = (f"{path}.md", f"{target}.md")
        if path not in self._path_of or "." in target or any(note in self._path_of for note in near):
            return None
        return self._path_of[path]

    def _exact(self, target: str) -> str | None:
        return next((self._path_of[attempt] for attempt in _attempts(target) if attempt in self._path_of), None)

    def _best(self, target: str, name: str, folder: str) -> str | None:
        """Choose: the exact path, else below the source's folder, else the shortest path string."""
        if target in self._path_of:
            return self._path_of[target]
        if len(self._named[name]) == 1:
            (only,) = self._named[name]
            return self._path_of[only] if f"/{only}".endswith(f"/{target}") else None
        if target not in self._alike:
            self._alike[target] = self._namesakes(target, name)
        best = self._alike[target].nearest(folder)
        return None if best is None else self._path_of[best]

    def _namesakes(self, target: str, name: str) -> "_Namesakes":
        """Return the files whose path ends with a target, given its last part, that is their name."""
        if target == name:
            return _Namesakes(self._named[name])
        if name not in self._alike:
            self._alike[name] = _Namesakes(self._named[name])
        return _Namesakes(self._alike[name].ending("/" + target))


_STEPS = ("./", "../")


def sought(target: str, source: str) -> Iterator[str]:
    """Yield the file names (as they are compared) that decide which file a linkpath in a note means."""
    key = file_key(target).strip()
    path = _joined(file_key(source.rpartition("/")[0]), key) if key.startswith(_STEPS) else key
    yield from (attempt.rpartition("/")[2] for attempt in dict.fromkeys((*_attempts(path), path)))


class _Namesakes:
    """Files of one name: those in one folder, or with the same ending, are found without a look at all the others."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(keys)

    @cached_property
    def _shortest(self) -> str | None:
        return min(self._keys, key=_length, default=None)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(key[::-1] for key in self._keys)

    def nearest(self, folder: str) -> str | None:
        """Return the shortest path below a folder, or else of all."""
        below = _beginning(self._keys, folder + "/") if folder else []
        return min(below, key=_length, default=None) or self._shortest

    def ending(self, end: str) -> list[str]:
        """Return the paths that end with a text."""
        return [key[::-1] for key in _beginning(self._backwards, end[::-1])]


def _length(key: str) -> tuple[int, str]:
    return len(key), key


def _beginning(keys: list[str], begin: str) -> list[str]:
    """Return those of some sorted keys that begin with a text."""
    first = bisect_left(keys, begin)
    last = first
    while last < len(keys) and keys[last].startswith(begin):
        last += 1
    return keys[first:last]


def _attempts(target: str) -> tuple[str, ...]:
    """Return the file names to look for: as written if it has a dot, then with `.md`."""
    return (target, target + ".md") if "." in target.rpartition("/")[2] else (target + ".md",)


def _joined(folder: str, target: str) -> str:
    """Join a relative linkpath to a folder; steps above the root are ignored."""
    parts = folder.split("/") if folder else []
    for part in target.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
