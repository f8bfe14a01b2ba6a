"""Whatever happens to a reading process costs one file, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from campaign.intake.reading.limits import MEBIBYTE
from campaign.intake.reading.wall import Crashed, Outcome, OutOfMemory, TimedOut, behind_wall

ROOT = Path(__file__).parents[3]


class Panic(BaseException):
    """Like the panics of readers written in Rust: no Exception."""


def _panic() -> None:
    raise Panic


def _interrupt() -> None:
    raise KeyboardInterrupt


def _hang() -> None:
    while True:
        pass


def _print() -> None:
    print("printed")  # noqa: T201 - what this is about
    os.write(2, b"thread panicked")


def _write() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x")


TROUBLES: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "exit": lambda: sys.exit(0),
    "vanish": lambda: os._exit(0),
    "panic": _panic,
    "interrupt": _interrupt,
    "hang": _hang,
    "memory": lambda: b"x" * (400 * MEBIBYTE),
    "write": _write,
    "print": _print,
}


def task(subject: str) -> Sequence[bytes]:
    TROUBLES.get(subject, lambda: None)()
    return [subject.encode(), str(os.getpid()).encode()]


def run(subjects: list[str], jobs: int = 2, seconds: float = 20.0) -> list[Outcome]:
    outcomes: dict[int, Outcome] = {}
    behind_wall(
        task,
        subjects,
        jobs=jobs,
        memory=200 * MEBIBYTE,
        seconds=lambda _: seconds,
        done=outcomes.__setitem__,
    )
    return [outcomes[index] for index in range(len(subjects))]


def answers(outcomes: list[Outcome]) -> list[str]:
    return [
        outcome[0].decode() if isinstance(outcome, tuple) else type(outcome).__name__ for outcome in outcomes
    ]


@pytest.mark.parametrize("jobs", [0, 1, 2, 9])
def test_answers_come_in_the_order_of_the_subjects(jobs: int) -> None:
    subjects = [f"台账{number}" for number in range(20)]
    outcomes = run(subjects, jobs)
    assert answers(outcomes) == subjects
    children = {outcome[1] for outcome in outcomes if isinstance(outcome, tuple)}
    assert 1 <= len(children) <= max(1, jobs)
    assert str(os.getpid()).encode() not in children


def test_nothing_to_do_starts_nothing() -> None:
    assert run([]) == []


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("death", ["abort", "exit", "vanish", "panic", "interrupt", "write"])
def test_a_dying_child_costs_one_subject(death: str, jobs: int) -> None:
    outcomes = run(["a", death, "b", death, "c", "d"], jobs)
    assert answers(outcomes) == ["a", "Crashed", "b", "Crashed", "c", "d"]


def test_a_crash_is_explained_to_engineers() -> None:
    crash, panic = run(["abort", "panic"])
    assert isinstance(crash, Crashed)
    assert crash.args == (f"exit code {-signal.SIGABRT}",)
    assert isinstance(panic, Crashed)
    assert "Panic" in str(panic)


def test_a_hanging_child_is_stopped() -> None:
    begun = time.monotonic()
    outcomes = run(["a", "hang", "b", "c"], jobs=2, seconds=0.3)
    assert answers(outcomes) == ["a", "TimedOut", "b", "c"]
    assert isinstance(outcomes[1], TimedOut)
    assert time.monotonic() - begun < 5


def test_a_greedy_child_is_stopped() -> None:
    outcomes = run(["a", "memory", "b"], jobs=1)
    assert isinstance(outcomes[1], OutOfMemory)
    assert answers(outcomes) == ["a", "OutOfMemory", "b"]


def test_children_are_silent(capfd: pytest.CaptureFixture[str]) -> None:
    assert answers(run(["print"])) == ["print"]
    assert capfd.readouterr() == ("", "")


def test_messages_may_be_large() -> None:
    outcomes: list[Outcome] = []
    behind_wall(
        lambda _: [b"x" * MEBIBYTE] * 5,
        ["a"],
        jobs=1,
        memory=500 * MEBIBYTE,
        seconds=lambda _: 20.0,
        done=lambda _, outcome: outcomes.append(outcome),
    )
    assert outcomes == [tuple([b"x" * MEBIBYTE] * 5)]


PARENT = """
import time
from campaign.intake.reading.wall import behind_wall
behind_wall(
    lambda _: time.sleep(60), ["a", "b"], jobs=2, memory=1 << 30, seconds=lambda _: 60.0, done=print
)
"""


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(signal.SIGINT, marks=pytest.mark.deep),
        signal.SIGKILL,  # the one that leaves the parent no time to see to them
        pytest.param(signal.SIGTERM, marks=pytest.mark.deep),
    ],
)
def test_children_end_with_their_parent(ending: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
        try:
            _until(lambda: len(_children(parent.pid)) == 2)
            children = _children(parent.pid)
        finally:
            parent.send_signal(ending)
    _until(lambda: not any(map(_alive, children)))


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
