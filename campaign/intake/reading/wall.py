"""A wall around reading: the work is done in child processes with bounded memory and time.

Two kilobytes can make a reader abort the interpreter, spin for ever or ask for half a terabyte. Behind the
wall that costs one file, not the run. Children are forked, so that they start in milliseconds with everything
imported, work through many files, and are replaced when one of them dies. They die with their parent.
"""

import ctypes
import faulthandler
import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

# What is done with one subject behind the wall: its answer in messages.
Task = Callable[[str], Sequence[bytes]]

_FORK = multiprocessing.get_context("fork")
_PR_SET_PDEATHSIG = 1
_ANSWER, _OUT_OF_MEMORY, _BROKEN = b"answer", b"memory", b"broken"
_FREE_MEMORY_FIRST = 1000  # of the kernel's -1000 … 1000: whom to kill when memory runs out


class Crashed(Exception):  # noqa: N818 - an outcome that is returned
    """The child died, or its task raised: `args` holds what is known of it, for engineers."""


class TimedOut(Exception):  # noqa: N818
    """The task was not done in time and was stopped."""


class OutOfMemory(Exception):  # noqa: N818
    """The task asked for more memory than it may have."""


Outcome = tuple[bytes, ...] | Crashed | TimedOut | OutOfMemory


@dataclass(slots=True)
class _Child:
    process: ForkProcess
    line: Connection
    subject: int = -1  # index of what it is working on
    deadline: float = 0.0

    def stop(self) -> None:
        """Kill the child, whatever it is doing, and forget it."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.line.close()


def behind_wall(
    task: Task,
    subjects: Sequence[str],
    *,
    jobs: int,
    memory: int,
    seconds: Callable[[str], float],
    done: Callable[[int, Outcome], None],
) -> None:
    """Do `task` for every subject in at most `jobs` children; `done` gets index and outcome as they come.

    `memory` is how many bytes of address space a child may take on, `seconds` how long a subject may take.
    """
    waiting = deque(range(len(subjects)))
    children: list[_Child] = []
    try:
        while waiting or any(child.subject >= 0 for child in children):
            while waiting and len(children) < max(1, jobs):
                with _undisturbed():
                    children.append(_start(task, memory))
            for child in children:
                if child.subject < 0 and waiting:
                    _assign(child, waiting.popleft(), subjects, seconds)
            for child in _settled(children):
                outcome = _outcome(child)
                done(child.subject, outcome)
                child.subject = -1
                if not isinstance(outcome, tuple):
                    child.stop()
                    children.remove(child)
    finally:
        for child in children:
            child.stop()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting: Python drops exceptions while it forks, and a child not yet listed would stay."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(task: Task, memory: int) -> _Child:
    ours, theirs = _FORK.Pipe()
    process = _FORK.Process(target=_serve, args=(theirs, task, memory, os.getpid()), daemon=True)
    with warnings.catch_warnings():
        # Python warns of forking beside other threads (numpy's own, a test runner's): the child has none of
        # them and takes no lock that they may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    return _Child(process, ours)


def _assign(child: _Child, index: int, subjects: Sequence[str], seconds: Callable[[str], float]) -> None:
    child.subject = index
    child.deadline = time.monotonic() + seconds(subjects[index])
    with suppress(OSError):  # a child that died meanwhile is found out when its answer is awaited
        child.line.send_bytes(os.fsencode(subjects[index]))


def _settled(children: list[_Child]) -> list[_Child]:
    """The children that have answered, died or run out of time; waits until there is one."""
    busy = [child for child in children if child.subject >= 0]
    left = min(child.deadline for child in busy) - time.monotonic()
    ready = wait([child.line for child in busy], timeout=max(0.0, left))
    now = time.monotonic()
    return [child for child in busy if child.line in ready or child.deadline <= now]


def _outcome(child: _Child) -> Outcome:
    if not child.line.poll():
        return TimedOut()
    try:
        verdict = child.line.recv_bytes()
        if verdict == _OUT_OF_MEMORY:
            return OutOfMemory()
        count = int.from_bytes(child.line.recv_bytes(), "big")
        messages = tuple(child.line.recv_bytes() for _ in range(count))
    except (EOFError, OSError):
        child.process.join()
        return Crashed(f"exit code {child.process.exitcode}")
    return messages if verdict == _ANSWER else Crashed(*(text.decode() for text in messages))


# --- In the child ---------------------------------------------------------------------------------


def _serve(line: Connection, task: Task, memory: int, parent: int) -> None:
    """Answer one subject after the other until the line is closed."""
    _isolate(memory, parent)
    while True:
        try:
            subject = os.fsdecode(line.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            _answer(line, _ANSWER, task(subject))
        except MemoryError:
            line.send_bytes(_OUT_OF_MEMORY)
            return
        except BaseException:  # noqa: BLE001 - Rust panics arrive as BaseException; the parent must hear of any
            _answer(line, _BROKEN, [traceback.format_exc().encode("utf-8", "replace")])
            return
        gc.collect()


def _answer(line: Connection, verdict: bytes, messages: Sequence[bytes]) -> None:
    line.send_bytes(verdict)
    line.send_bytes(len(messages).to_bytes(4, "big"))
    for message in messages:
        line.send_bytes(message)


def _isolate(memory: int, parent: int) -> None:
    """Bound memory, forbid writing, keep quiet, leave Ctrl-C to the parent and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent(parent)
    faulthandler.disable()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    sys.stdout = sys.stderr = os.fdopen(silence, "w")
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_AS, _address_space() + memory)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_FREE_MEMORY_FIRST), encoding="ascii")
    # Reading makes many objects and no cycles worth looking for.
    gc.freeze()
    gc.disable()


def _die_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _limit(what: int, bound: int) -> None:
    """Lower a limit; one that is lower already stays."""
    soft, hard = resource.getrlimit(what)
    lowest = min(limit for limit in (bound, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(what, (lowest, lowest))


def _address_space() -> int:
    """How many bytes of address space this process has taken already."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * resource.getpagesize()
    return 0
