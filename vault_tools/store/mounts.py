"""Which file system a folder is on, and whether the system reports every change there."""

import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

import psutil

from vault_tools.model.text import Value, say

_SHARED = frozenset(
    {
        *("9p", "v9fs", "drvfs", "virtiofs", "vboxsf", "vmhgfs", "hgfs", "prl_fs", "fakeowner", "grpcfuse", "osxfs"),
        *("cifs", "smb3", "smbfs", "smb2", "nfs", "nfs3", "nfs4", "afpfs", "afs", "coda", "ncpfs", "autofs"),
        *("webdav", "davfs", "davfs2", "ftp", "lifs", "dfsfuse_dfs", "osxfuse", "osxfusefs", "macfuse", "fuse4x"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "orangefs", "pvfs2", "ocfs2", "gfs", "gfs2"),
    }
)
"""File systems that others may write to while this machine's kernel looks away: what a host shares with its guests
(WSL, Docker Desktop, VirtualBox, VMware, Parallels), what comes over a network, and what several machines hold."""

_DISK = "fuseblk"
"""FUSE over a disk of this machine (NTFS, exFAT): all writes go through this kernel, which reports them.
Any other FUSE may change from below (sshfs, rclone, gocryptfs under a sync), and nothing reports that."""


@dataclass(frozen=True, slots=True)
class Mount:
    """Where a file system begins, and what kind it is; `remote` if the system says that it is elsewhere."""

    point: str
    kind: str
    remote: bool = False


def needs_polling(root: Path) -> Value | None:
    """Return the name of the file system, of a vault or of a folder in it, that does not report every change.

    None if changes are reported, and if the system does not say what is mounted: then the daemon's regular walk
    finds changes without events.
    """
    path = root.resolve()
    if (share := _share(path)) is not None:
        return share
    try:
        listed = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError, psutil.Error):
        return None
    mounts = [Mount(each.mountpoint, each.fstype, "remote" in each.opts.split(",")) for each in listed]
    return untold(path, mounts, fold=sys.platform in ("win32", "darwin"))


def untold(path: PurePath, mounts: Iterable[Mount], *, fold: bool = False) -> Value | None:
    """Return the kind of the first of a path's file systems that does not report every change.

    They are the one the path is on, and those mounted below it. `path` is absolute and free of links; `fold` where
    names do not differ by case or by composition of their letters.
    """
    if (share := _share(path)) is not None:
        return share
    whole = _parts(path, fold=fold)
    seen = {_point(mount, path, fold=fold): mount for mount in mounts}  # of two at one point, the last covers the other
    own = mount_of(path, seen.values(), fold=fold)
    below = (mount for point, mount in seen.items() if len(point) > len(whole) and _starts(point, whole))
    return next((_name(mount) for mount in (own, *below) if mount is not None and _is_untold(mount)), None)


def mount_of(path: PurePath, mounts: Iterable[Mount], *, fold: bool = False) -> Mount | None:
    """Return what a path is on: the mount with the longest point above it, and of those the one mounted last."""
    whole = _parts(path, fold=fold)
    above = [(len(point), mount) for mount in mounts if _starts(whole, point := _point(mount, path, fold=fold))]
    longest = max((length for length, _ in above), default=0)
    return next((mount for length, mount in reversed(above) if length == longest), None)


def _is_untold(mount: Mount) -> bool:
    kind = mount.kind.lower()
    return mount.remote or kind in _SHARED or (kind.startswith("fuse") and kind != _DISK)


def _name(mount: Mount) -> Value:
    """Return what a file system is called; a drive of another Windows machine has the name of its disk's format."""
    return say("daemon.network-drive", kind=mount.kind) if mount.remote else mount.kind


def _share(path: PurePath) -> Value | None:
    r"""Return what a Windows path of another machine (`\\server\share`) or of WSL (`\\wsl$`) is on."""
    if not isinstance(path, PureWindowsPath):
        return None
    drive = path.drive.replace("/", "\\").lower()
    if drive.startswith("\\\\?\\unc\\"):
        drive = "\\\\" + drive[8:]
    if not drive.startswith("\\\\") or drive[:4] in ("\\\\?\\", "\\\\.\\"):
        return None
    return "WSL" if drive.startswith(("\\\\wsl$\\", "\\\\wsl.localhost\\")) else say("daemon.network-share")


def _point(mount: Mount, path: PurePath, *, fold: bool) -> tuple[str, ...]:
    return _parts(type(path)(mount.point), fold=fold)


def _parts(path: PurePath, *, fold: bool) -> tuple[str, ...]:
    if not fold and not isinstance(path, PureWindowsPath):
        return path.parts
    return tuple(unicodedata.normalize("NFC", part).casefold() for part in path.parts)


def _starts(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return bool(part) and whole[: len(part)] == part
