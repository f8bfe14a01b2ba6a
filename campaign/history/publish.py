"""Putting a finished folder in place: all of it or none, whatever interrupts.

A folder is written beside its place and then exchanged with what stood there in one step of the file
system. Where that cannot be, two renames do it, and the next run repairs what a crash between them left.
"""

import ctypes
import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from campaign.errors import ArchiveError

MANIFEST = "manifest.json"
KEPT = "改过的旧稿"  # files the clerk changed or added since the folder was written
_NEW = ".new-"
_OLD = ".old-"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BusyError(ArchiveError):
    """Another run is writing to the same output folder."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"另一次运行（进程号 {holder}）正在写 output 文件夹，请等它结束后再试")


class UnwritableError(ArchiveError):
    """The output folder cannot be written to."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"无法写入 {path}：{reason}。请检查磁盘空间、权限，以及文件是否正被 Word/WPS 打开")


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the output folder for one run; what an interrupted run left behind is put right first.

    Raises:
        BusyError: another run holds it.
        UnwritableError: the folder cannot be written to.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        handle = (output / ".lock").open("a+")
    except OSError as cause:
        raise UnwritableError(output, cause.strerror or str(cause)) from cause
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            handle.seek(0)
            raise BusyError(handle.read().strip() or "不详") from cause
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        _HELD.add(handle)
        try:
            _repair(output)
            yield
        finally:
            _HELD.discard(handle)


_HELD: set[IO[str]] = set()


def _let_go() -> None:
    """A process that is split off does not hold the folder: it may outlive a run that was killed."""
    for handle in _HELD:
        handle.close()
    _HELD.clear()


os.register_at_fork(after_in_child=_let_go)


def publish(files: Mapping[str, bytes], target: Path) -> tuple[str, ...]:
    """Make `target` hold exactly `files` (path → bytes), and what the clerk changed in it under 改过的旧稿.

    Returns the paths at which changed files were kept this time. Must be called inside `locked`.

    Raises:
        UnwritableError: something could not be written; `target` is as it was.
    """
    staging = target.parent / f"{_NEW}{target.name}"
    try:
        shutil.rmtree(staging, ignore_errors=True)
        kept = _kept(target)
        for name, data in files.items():
            _write(staging / name, data)
        for name, source in kept.items():
            _write(staging / name, source.read_bytes())
        _sync(staging)
        _replace(staging, target)
    except OSError as cause:
        shutil.rmtree(staging, ignore_errors=True)
        raise UnwritableError(target, cause.strerror or str(cause)) from cause
    return tuple(name for name, source in kept.items() if source != target / name)


def prepare(staging: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder anew, durably, where nobody looks for it. Raises OSError where that cannot be done."""
    shutil.rmtree(staging, ignore_errors=True)
    for name, data in files.items():
        _write(staging / name, data)
    _sync(staging)


def put_file(output: Path, path: Path, data: bytes) -> None:
    """Make one file below the output folder hold this, or leave it as it was. Must be called inside `locked`.

    Raises:
        UnwritableError: it could not be written.
    """
    staging = output / f"{_NEW}file"
    try:
        prepare(staging, {path.name: data})
        (staging / path.name).replace(path)
        sync_folder(path.parent)
    except OSError as cause:
        raise UnwritableError(path, cause.strerror or str(cause)) from cause
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def free_space(output: Path) -> int:
    """Bytes free on the disk that holds, or would hold, the output folder."""
    place = next(p for p in (output, *output.resolve().parents) if p.exists())
    return shutil.disk_usage(place).free


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _kept(target: Path) -> dict[str, Path]:
    """What must not be lost: where each edited or added file of a folder goes, and where it lies now."""
    if not (target / MANIFEST).is_file():
        return {}
    written = json.loads((target / MANIFEST).read_bytes()).get("outputs", {})
    files = {p.relative_to(target).as_posix(): p for p in sorted(target.rglob("*")) if p.is_file()}
    kept = {name: path for name, path in files.items() if name.startswith(f"{KEPT}/")}
    for name, path in files.items():
        own = name in kept or name == MANIFEST or path.name.startswith((".", "~$"))
        if not own and written.get(name) != digest(path.read_bytes()):
            kept[_free(PurePosixPath(KEPT, name), kept)] = path
    return kept


def _free(name: PurePosixPath, taken: Mapping[str, Path]) -> str:
    """The name, with a number behind it where an earlier kept copy has it already."""
    candidates = (name, *(name.with_stem(f"{name.stem}（{n}）") for n in range(2, 1000)))
    return next(str(c) for c in candidates if str(c) not in taken)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder and its subfolders durable, innermost first."""
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in one folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
    elif not _exchange(staging, target):
        old = target.parent / f"{_OLD}{target.name}"
        target.rename(old)
        staging.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    sync_folder(target.parent)
    shutil.rmtree(staging, ignore_errors=True)  # after an exchange: the former folder


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code))


def _repair(output: Path) -> None:
    """Put back a folder that was moved aside, and clear what was never finished."""
    for old in output.glob(f"{_OLD}*"):
        place = output / old.name.removeprefix(_OLD)
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
    for new in output.glob(f"{_NEW}*"):
        shutil.rmtree(new, ignore_errors=True)
