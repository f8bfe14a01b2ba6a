"""Interrupts a piece of work at any of its steps on the disk: by killing it, or by a disk that refuses.

A step is whatever changes what lies below a folder: opening a file to write, making, renaming, removing,
changing rights, and making durable. Python's audit hooks tell of all but the last.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_NAMES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"}
_KILLED = 9


class _Steps:
    """Counts steps below a folder while it is told to, and does something at one of them."""

    def __init__(self) -> None:
        self.root = ""
        self.count = 0
        self.act: Callable[[int], None] | None = None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.act is None or not (event in _NAMES or (event == "open" and _writes(arguments))):
            return
        path = arguments[0]
        if isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self.root):
            self.step()

    def step(self) -> None:
        if self.act is not None:
            self.count += 1
            self.act(self.count)


def _writes(arguments: tuple[object, ...]) -> bool:
    _, mode, flags = arguments
    return bool(set(str(mode or "")) & set("wxa+")) or (isinstance(flags, int) and bool(flags & _WRITES))


_STEPS = _Steps()
_HOOKED: list[bool] = []


@contextmanager
def watched(root: Path, act: Callable[[int], None]) -> Iterator[_Steps]:
    """Call `act` with its number before each step below a folder."""
    if not _HOOKED:
        sys.addaudithook(_STEPS)  # for good: Python cannot take one away
        _HOOKED.append(True)
    durable = os.fsync

    def fsync(fd: Any) -> None:  # noqa: ANN401 - whatever os.fsync takes
        _STEPS.step()
        durable(fd)

    _STEPS.root, _STEPS.count, _STEPS.act = str(root), 0, act
    os.fsync = fsync
    try:
        yield _STEPS
    finally:
        _STEPS.act = None
        os.fsync = durable


def steps_of(root: Path, work: Callable[[], object]) -> int:
    """Do the work, and say how many steps that took."""
    with watched(root, lambda _: None) as steps:
        work()
    return steps.count


def killed(root: Path, work: Callable[[], object], step: int) -> bool:
    """Do the work in a process of its own that dies before the given step; whether it came to that."""

    def die(count: int) -> None:
        if count == step:
            os._exit(_KILLED)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside a test runner's threads
        child = os.fork()
    if not child:
        code = 1
        try:
            with watched(root, die):
                work()
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in {0, _KILLED}:
        raise AssertionError(f"the work failed by itself: {code}")
    return code == _KILLED


@contextmanager
def refusing(root: Path, reason: int, *, since: int = 1, until: int | None = None) -> Iterator[None]:
    """A disk that refuses each step from one to another, with an error number such as ENOSPC."""

    def refuse(count: int) -> None:
        if since <= count and (until is None or count <= until):
            raise OSError(reason, os.strerror(reason))

    with watched(root, refuse):
        yield
