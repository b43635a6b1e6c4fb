"""Which folders of a vault the system watches for this process, and which limit stops it from watching the rest.

Linux watches each folder separately, and the library may skip a folder that the system refuses. So the watches of this
process are compared with the existing folders. Other systems watch a whole tree together.
"""

import errno
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from vault_tools.model.text import Say, say

_PROCESS = Path("/proc/self")
_SYSTEM = Path("/proc/sys")
_WATCH = re.compile(r"^inotify wd:\S+ ino:([0-9a-f]+)", re.MULTILINE)
_LIMITS = {
    errno.ENOSPC: ("fs/inotify/max_user_watches", "user/max_inotify_watches"),
    errno.EMFILE: ("fs/inotify/max_user_instances", "user/max_inotify_instances"),
    errno.ENFILE: ("fs/file-max", ""),
}
"""The limits of the whole system and of a user namespace, by the error that they cause."""


def unheard(root: str) -> dict[str, int]:
    """Return the folders of a vault that no watch of this process covers, each with its inode.

    Returns nothing if the system does not provide this. Folders without read permission have no watch and are left out.
    Some file systems give a folder two inode numbers. If none of a device's numbers is among the watches, the watches
    are counted instead, and all folders of that device are returned if there are too few.
    """
    held = _held()
    if held is None:
        return {}
    devices: dict[int, dict[str, int]] = defaultdict(dict)
    for path, device, inode in _folders(root):
        devices[device][path] = inode
    missing: dict[str, int] = {}
    for folders in devices.values():
        if held.keys().isdisjoint(folders.values()):
            spare = held.total() - sum(map(len, devices.values())) + len(folders)
            missing |= folders if spare < len(folders) else {}
        else:
            missing |= {path: inode for path, inode in folders.items() if inode not in held}
    return missing


def folders(root: str) -> int:
    """Return how many folders of a vault must be watched."""
    return sum(1 for _ in _folders(root))


def remedy(error: int = errno.ENOSPC) -> Say | None:
    """Say which setting to raise if the system refuses more watches, or events at all; None if none helps."""
    if error == errno.EMFILE and not _opens():
        return say("daemon.raise-open-files")
    if error not in _LIMITS:
        return None
    found = {name: value for name in _LIMITS[error] if (value := _value(name)) is not None}
    name = min(found, key=found.__getitem__, default=_LIMITS[error][0])  # of equals, that of the system
    limit = name.replace("/", ".")
    if name in found:
        return say("daemon.raise-limit-from", limit=limit, now=str(found[name]))
    return say("daemon.raise-limit", limit=limit)


def _held() -> Counter[int] | None:
    """Return the inodes that this process watches; None if the system does not provide this."""
    listed = _PROCESS / "fd"
    if not listed.is_dir():
        return None
    found: Counter[int] = Counter()
    for name in os.listdir(listed):  # noqa: PTH208  (a descriptor may be gone by now)
        try:
            if "inotify" in os.readlink(listed / name):  # noqa: PTH115
                text = (_PROCESS / "fdinfo" / name).read_text("ascii", "replace")
                found.update(int(inode, 16) for inode in _WATCH.findall(text))
        except OSError:
            continue
    return found


def _folders(root: str) -> Iterator[tuple[str, int, int]]:
    """Yield every folder that can be watched, hidden ones too, with device and inode; does not follow links."""
    for path, _, _ in os.walk(root):
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        if os.access(path, os.R_OK):
            yield path, status.st_dev, status.st_ino


def _opens() -> bool:
    """Tell whether this process may open one more file."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return False
    return True


def _value(name: str) -> int | None:
    try:
        return int((_SYSTEM / name).read_text("ascii"))
    except (OSError, ValueError):
        return None
