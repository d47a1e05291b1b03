"""Where a database lies: on this machine's own disk, on a network share, or in the folder of a synchronising client.

SQLite's write-ahead log needs shared memory that a network share does not have, and a client that copies a database
while it is written copies a torn one. Both are used with a rollback journal and for one process at a time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor import lexicon

Kind = Literal["local", "network", "sync"]

# of /proc/mounts; FUSE ones are named fuse.sshfs and the like; 9p is how WSL sees the disks of Windows
NETWORK_FILE_SYSTEMS = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "afs",
        "davfs",
        "ncpfs",
        "glusterfs",
        "ceph",
        "9p",
        "sshfs",
        "rclone",
    )
)
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """A folder name that a synchronising client uses, and what the service is called."""

    folder: str
    service: str


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of place a file lies in; ``name`` is what staff call it (坚果云, 网络共享)."""

    kind: Kind
    name: str = ""


def place_of(path: Path) -> Place:
    """The kind of place that ``path`` (which need not exist) lies in."""
    resolved = path.resolve()
    service = sync_service(resolved)
    if service is not None:
        return Place("sync", service)
    if _on_network(resolved):
        return Place("network", "网络共享")
    return Place("local")


def sync_service(path: Path) -> str | None:
    """The synchronising service whose folder holds ``path``: by the names of its folders (OneDrive - 某某局 too)."""
    folders = {row.folder.casefold(): row.service for row in lexicon.load().rows("sync_folders", SyncFolder)}
    for part in path.parent.parts:
        name = part.casefold().split(" - ")[0].strip()
        if name in folders:
            return folders[name]
    return None


def _on_network(path: Path) -> bool:
    if sys.platform == "win32":
        return _windows_remote(path)
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return False
    kind = file_system(path, mounts.read_text(encoding="utf-8", errors="surrogateescape"))
    return kind.removeprefix("fuse.") in NETWORK_FILE_SYSTEMS


def _windows_remote(path: Path) -> bool:
    if path.drive.startswith("\\\\"):  # \\server\share
        return True
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return int(kernel.GetDriveTypeW(f"{path.drive}\\")) == _WINDOWS_REMOTE_DRIVE


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds ``path``, by the lines of ``mounts`` (those of /proc/mounts)."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if (point == path or point in path.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
