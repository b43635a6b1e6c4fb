"""Whether the system tells of changes where a vault lies: mount tables of real machines, and laws."""

import sys
import unicodedata
from collections import namedtuple
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_tools.model.text import Value, say
from vault_tools.store import mounts
from vault_tools.store.mounts import Mount, mount_of, untold

Partition = namedtuple("Partition", "device mountpoint fstype opts")  # noqa: PYI024  (psutil gives such rows)


def table(text: str) -> list[Mount]:
    """Read a table: what stands before the last word of a line is the mount's point."""
    rows = (line.strip().rsplit(maxsplit=1) for line in text.strip().splitlines())
    return [Mount(point, kind) for point, kind in rows]


WSL2 = table("""
    /mnt/wsl tmpfs
    /usr/lib/wsl/drivers 9p
    / ext4
    /mnt/wslg tmpfs
    /mnt/wslg/distro ext4
    /init rootfs
    /dev devtmpfs
    /sys sysfs
    /proc proc
    /run tmpfs
    /mnt/c 9p
    /mnt/d 9p
    /mnt/wslg/run/user/1000 tmpfs
""")
WSL1 = table("""
    / wslfs
    /dev tmpfs
    /proc proc
    /sys sysfs
    /mnt/c drvfs
""")
DOCKER_ON_MAC = table("""
    / overlay
    /proc proc
    /dev tmpfs
    /vault fakeowner
    /old fuse.grpcfuse
    /named ext4
    /etc/hosts ext4
""")
MACOS = table("""
    / apfs
    /dev devfs
    /System/Volumes/VM apfs
    /System/Volumes/Preboot apfs
    /System/Volumes/Data apfs
    /System/Volumes/Data/home autofs
    /Volumes/笔记 smbfs
    /Volumes/Time Machine afpfs
    /Volumes/Stick exfat
    /Volumes/Drive macfuse
    /Users/ada/nextcloud webdav
""")
LINUX = table("""
    /sys sysfs
    /proc proc
    /dev devtmpfs
    /run tmpfs
    / btrfs
    /home btrfs
    /mnt/nas autofs
    /home/ada/remote fuse.sshfs
    /home/ada/drive fuse.rclone
    /home/ada/secret fuse.gocryptfs
    /run/user/1000/gvfs fuse.gvfsd-fuse
    /media/ada/Windows fuseblk
    /media/ada/Data ntfs3
    /mnt/nas nfs4
    /srv/old nfs
    /srv/cluster ceph
    /srv/win cifs
    /srv/notes ext4
    /media/sf_vault vboxsf
    /mnt/hgfs fuse.vmhgfs-fuse
    /var/lib/docker/overlay2/x/merged overlay
""")
WINDOWS = [Mount("C:\\", "NTFS"), Mount("D:\\", "ReFS"), Mount("E:\\", "exFAT"), Mount("Z:\\", "NTFS", remote=True)]


@pytest.mark.parametrize(
    ("path", "machine", "found"),
    [
        ("/mnt/c/Users/Ada/Notes", WSL2, "9p"),
        ("/home/ada/Notes", WSL2, None),
        ("/mnt/card/Notes", WSL2, None),
        ("/mnt/c/Users/Ada/Notes", WSL1, "drvfs"),
        ("/home/ada/Notes", WSL1, None),
        ("/vault", DOCKER_ON_MAC, "fakeowner"),
        ("/old/笔记", DOCKER_ON_MAC, "fuse.grpcfuse"),
        ("/named/v", DOCKER_ON_MAC, None),
        ("/work", DOCKER_ON_MAC, None),
        ("/Users/ada/Library/Mobile Documents/iCloud~md~obsidian/Documents/笔记", MACOS, None),
        ("/Volumes/笔记/v", MACOS, "smbfs"),
        ("/volumes/笔记/v", MACOS, "smbfs"),
        ("/Volumes/Time Machine/v", MACOS, "afpfs"),
        ("/Volumes/Stick/v", MACOS, None),
        ("/Volumes/Drive/v", MACOS, "macfuse"),
        ("/Users/ada/nextcloud/v", MACOS, "webdav"),
        ("/home/ada/Notes", LINUX, None),
        ("/home/ada/remote/Notes", LINUX, "fuse.sshfs"),
        ("/home/ada/drive", LINUX, "fuse.rclone"),
        ("/home/ada/secret/v", LINUX, "fuse.gocryptfs"),
        ("/run/user/1000/gvfs/smb-share:server=nas,share=x/v", LINUX, "fuse.gvfsd-fuse"),
        ("/media/ada/Windows/v", LINUX, None),
        ("/media/ada/Data/v", LINUX, None),
        ("/mnt/nas/v", LINUX, "nfs4"),
        ("/srv/old/v", LINUX, "nfs"),
        ("/srv/cluster/v", LINUX, "ceph"),
        ("/srv/win/v", LINUX, "cifs"),
        ("/srv/notes/v", LINUX, None),
        ("/media/sf_vault", LINUX, "vboxsf"),
        ("/mnt/hgfs/v", LINUX, "fuse.vmhgfs-fuse"),
        ("/var/lib/docker/overlay2/x/merged/v", LINUX, None),
    ],
)
def test_a_file_system_without_reliable_events_is_recognised(
    path: str, machine: list[Mount], found: str | None
) -> None:
    """On WSL 1 and 2, in Docker Desktop, on macOS and on Linux."""
    assert untold(PurePosixPath(path), machine, fold=machine is MACOS) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (r"C:\Users\Ada\OneDrive\Notes", None),
        (r"c:\users\ada\notes", None),
        (r"E:\笔记", None),
        (r"Z:\Notes", say("daemon.network-drive", kind="NTFS")),
        (r"z:\notes", say("daemon.network-drive", kind="NTFS")),
        (r"\\nas\share\Notes", say("daemon.network-share")),
        (r"\\?\UNC\nas\share\Notes", say("daemon.network-share")),
        (r"\\?\C:\Notes", None),
        (r"\\wsl$\Ubuntu\home\ada\Notes", "WSL"),
        (r"\\wsl.localhost\Ubuntu\home\ada\Notes", "WSL"),
        (r"Q:\unknown", None),
    ],
)
def test_on_windows_drives_of_other_machines_and_of_wsl_are_recognised(path: str, found: Value | None) -> None:
    """Drive letters in any case."""
    assert untold(PureWindowsPath(path), WINDOWS) == found


def test_a_network_share_mounted_inside_the_vault_counts() -> None:
    """Half of the notes may lie there."""
    assert untold(PurePosixPath("/home/ada"), LINUX) == "fuse.sshfs"
    assert untold(PurePosixPath("/home/ad"), LINUX) is None


def test_on_macos_mounts_are_found_in_either_unicode_form() -> None:
    """A volume's name comes decomposed, the user types it composed."""
    there = [Mount("/", "apfs"), Mount(unicodedata.normalize("NFD", "/Volumes/Größe"), "smbfs")]
    path = PurePosixPath(unicodedata.normalize("NFC", "/Volumes/Größe/v"))
    assert untold(path, there, fold=True) == "smbfs"
    assert untold(path, there) is None


def test_a_disk_that_is_mounted_when_it_is_first_used_is_a_disk() -> None:
    """The automount stays in the table, below what it mounted."""
    there = [Mount("/", "ext4"), Mount("/mnt/data", "autofs"), Mount("/mnt/data", "ext4")]
    assert untold(PurePosixPath("/mnt/data"), there) is None
    assert untold(PurePosixPath("/mnt"), there) is None


def test_on_linux_mounts_are_case_sensitive() -> None:
    """Two folders, one of them a share."""
    there = [Mount("/", "ext4"), Mount("/mnt/NAS", "cifs")]
    assert untold(PurePosixPath("/mnt/nas/v"), there) is None


NAMES = st.text("ab笔", min_size=1, max_size=3)
PLACES = st.lists(NAMES, max_size=4).map(lambda names: PurePosixPath("/", *names))
KINDS = st.sampled_from(["ext4", "nfs4", "fuse.sshfs", "fuseblk", "9p", "apfs"])


@given(PLACES, st.lists(st.tuples(PLACES, KINDS), max_size=8))
def test_a_path_lies_on_the_nearest_mount_above_it(path: PurePath, rows: list[tuple[PurePath, str]]) -> None:
    """Found by walking up from the path, and looking in the table from its end."""
    table_ = [Mount(str(point), kind) for point, kind in rows]
    last = {mount.point: mount for mount in table_}
    nearest = next((last[str(each)] for each in (path, *path.parents) if str(each) in last), None)
    assert mount_of(path, table_) == nearest


def test_the_mount_of_a_folder_is_found_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The link is followed before the table is asked."""
    share = tmp_path.resolve() / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share, target_is_directory=True)
    listed = [Partition("none", str(share.parent), "ext4", "rw"), Partition("nas:/v", str(share), "nfs4", "rw,soft")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: listed)
    assert mounts.needs_polling(tmp_path / "link" / "v") == "nfs4"
    assert mounts.needs_polling(tmp_path / "other") is None


def test_events_are_trusted_if_the_system_does_not_show_its_mounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The regular walk finds the rest."""

    def refuse(**_: object) -> list[object]:
        raise PermissionError(13, "Permission denied", "/proc/self/mounts")

    monkeypatch.setattr(psutil, "disk_partitions", refuse)
    assert mounts.needs_polling(tmp_path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/mounts")
def test_the_mount_of_a_folder_is_the_one_that_the_kernel_names(tmp_path: Path) -> None:
    """Read here without psutil."""
    rows = [line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
    there = [Mount(row[1], row[2]) for row in rows]
    assert mounts.needs_polling(tmp_path) == untold(tmp_path.resolve(), there)
