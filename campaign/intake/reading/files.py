"""Which files lie below the input folder, and which of them are worth reading."""

import os
from dataclasses import dataclass
from pathlib import Path

from campaign.intake.reading.sniff import OLE_MAGIC, TABLE_SUFFIXES, ZIP_MAGIC

_HEAD = 1 << 16
_SYSTEM_FILES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_SYSTEM_FOLDERS = frozenset({"__macosx"})
_OTHER_OFFICE_SUFFIXES = frozenset(
    {".doc", ".docx", ".wps", ".ppt", ".pptx", ".dps", ".msg", ".zip", ".rar", ".7z", ".jar", ".apk"}
)


@dataclass(frozen=True, slots=True)
class FilesFound:
    """Paths below the input folder, with forward slashes, sorted.

    `tables` by content or extension; `locks` are what Excel, WPS or LibreOffice leave while a file is open;
    `others` is everything else that somebody put there. What systems leave behind (.DS_Store, Thumbs.db) is
    in none of them.
    """

    tables: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def list_files(root: Path) -> FilesFound:
    """Everything below `root`. Links to folders are not followed; what is no regular file is not listed."""
    tables, locks, others = [], [], []
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        if is_lock(path.name):
            locks.append(name)
        elif path.name.startswith(".") or path.name.lower() in _SYSTEM_FILES:
            continue
        elif path.suffix.lower() in TABLE_SUFFIXES or _looks_like_table(path):
            tables.append(name)
        else:
            others.append(name)
    return FilesFound(tuple(sorted(tables)), tuple(sorted(locks)), tuple(sorted(others)))


def list_workbooks(root: Path) -> tuple[str, ...]:
    """The files below `root` whose content or extension suggests a table, sorted."""
    return list_files(root).tables


def is_lock(name: str) -> bool:
    """Whether a program left this file while it had another one open."""
    return name.startswith(("~$", ".~lock."))


def _walk(root: Path) -> list[Path]:
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith(".") and f.lower() not in _SYSTEM_FOLDERS]
        found += [path for name in names if (path := Path(folder, name)).is_file()]
    return found


def _looks_like_table(path: Path) -> bool:
    """Whether a file without a table's extension is one all the same ("台账.xlsx.bak", "台账")."""
    if path.suffix.lower() in _OTHER_OFFICE_SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, path.stat().st_size - _HEAD))
            tail = file.read(_HEAD)
    except OSError:
        return False
    if head.startswith(ZIP_MAGIC):
        return b"xl/" in head + tail or b"opendocument.spreadsheet" in head
    return head.startswith(OLE_MAGIC) and "Workbook".encode("utf-16-le") in head + tail
