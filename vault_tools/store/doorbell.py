"""The doorbell of a vault: it says that something may have changed. What changed, a walk finds out.

So a missed event, a doubled one and a false one are no errors: at worst a walk comes late, or finds nothing.
"""

import os
import threading
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.utils import BaseThread

from vault_tools.dialect.filenames import is_hidden, placeholder_of
from vault_tools.store.burst import Burst, Ring
from vault_tools.store.heard import unheard

# Not among them: files that are opened, read, or closed, or a reader would ring, and we ourselves, who open a note for
# writing to see whether somebody is at it; and folders that are "modified", which only repeats what became of the files
# in them.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Doorbell(FileSystemEventHandler):
    """Rings for each burst of changes: when nothing has changed for `quiet` seconds, or after `most` at last.

    It rings before that, once, at the first short pause, so that work can begin whose outcome may be wanted.
    `ignores` names vault paths whose changes are nobody's business, such as our own pages. Hidden files are never
    heard, except for those of `settings`, a hidden folder, whose `workspace` files change at every click, and for the
    placeholders of iCloud.
    """

    def __init__(
        self,
        root: Path,
        ignores: Callable[[str], bool] = lambda _path: False,
        settings: str = ".obsidian",
        *,
        quiet: float = 0.4,
        most: float = 5.0,
    ) -> None:
        """Begin to listen to a vault. Raises OSError where the system gives no events (or no more of them)."""
        self._place = os.fspath(root)
        self._root = unicodedata.normalize("NFC", self._place)
        self._ignores = ignores
        self._settings = settings
        self._burst = Burst(quiet, most, latest=time.monotonic())
        self._grew = True
        self._changed = threading.Condition()
        self._folder = _identity(self._place)
        self._observer = Observer()
        self._threads = self._begin()

    def _begin(self) -> list[BaseThread]:
        """Begin to listen, and return the threads that do."""
        others = set(threading.enumerate())
        self._observer.schedule(self, self._place, recursive=True, event_filter=_CHANGES)
        try:
            self._observer.start()
        except BaseException:
            self.close()
            raise
        return [each for each in threading.enumerate() if isinstance(each, BaseThread) and each not in others]

    def close(self) -> None:
        """Stop listening."""
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join(1)

    @property
    def listens(self) -> bool:
        """Tell whether events still come; they do not where the vault's folder is gone, even if it came back."""
        is_alive = bool(self._observer.emitters) and all(each.is_alive() for each in self._threads)
        return is_alive and self._folder == _identity(self._place)

    @property
    def idle(self) -> float:
        """Seconds since the last change that was heard; while a sync program is at work there are few."""
        return time.monotonic() - self._burst.latest

    @property
    def grew(self) -> bool:
        """Tell whether folders appeared since the last call of `deaf`."""
        return self._grew

    def deaf(self) -> dict[str, int]:
        """Return the folders that two calls in a row found unwatched; a new folder may just not be watched yet."""
        self._grew = False
        missing = unheard(self._place)
        if missing:
            time.sleep(self._burst.quiet)
            again = unheard(self._place)
            missing = {path: inode for path, inode in again.items() if missing.get(path) == inode}
        return missing

    def wait(self, seconds: float) -> Ring | None:
        """Wait for a ring, for `seconds` at most; None if there was none. A burst that has begun is waited for."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                now = time.monotonic()
                ring = self._burst.ring(now)
                due = self._burst.due(end)
                if ring is not None or now >= due:
                    return ring
                self._changed.wait(due - now)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hear of a change, at either end of a move: editors and sync programs write a draft, then rename it."""
        self._grew = self._grew or isinstance(event, (DirCreatedEvent, DirMovedEvent))
        if any(self._matters(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path):
            with self._changed:
                if self._burst.hear(time.monotonic()):
                    self._changed.notify()

    def _matters(self, where: str) -> bool:
        whole = unicodedata.normalize("NFC", where)  # macOS may report a path in another form than it was given
        path = whole[len(self._root) :].replace(os.sep, "/").strip("/")
        if not is_hidden(path):
            return not self._ignores(path)
        folder, _, name = path.rpartition("/")
        if placeholder_of(name) is not None:
            return not is_hidden(folder)
        inside = path.removeprefix(self._settings + "/")
        return inside != path and inside.endswith(".json") and not inside.startswith("workspace")


def _identity(folder: str) -> tuple[int, int] | None:
    """Return what tells a folder from another one that takes its place, as a drive does that is put back in."""
    try:
        status = os.stat(folder)  # noqa: PTH116
    except OSError:
        return None
    return status.st_dev, status.st_ino
