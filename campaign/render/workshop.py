"""PDFs made in a process of their own, beside everything else a run does.

Setting pages is most of a run's work, and half a second of that is loading the engine. The workshop starts
first and warms up while workbooks are read; then it sets pages while Word files and annexes are written.
"""

import multiprocessing
import os
import pickle
import signal
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from campaign.compose.blocks import Document
from campaign.errors import CampaignError, RenderError
from campaign.render.studio import Studio

_FORK = multiprocessing.get_context("fork")


class WorkshopError(RenderError):
    """A document could not be set; the message is the workshop's own."""


class WorkshopDiedError(RenderError):
    """The workshop's process ended before it delivered."""

    def __init__(self) -> None:
        super().__init__("生成 PDF 的进程意外中止（可能是内存不足），未生成文件；请关闭其他程序后再试")


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What went wrong, in a form that crosses from process to process."""

    message: str
    exit_code: int


class Workshop:
    """One process that makes PDFs. Use it as a context: it ends with the context, whatever happens.

    Args:
        templates: as for Studio.
        fonts: as for Studio.
    """

    def __init__(self, templates: Path, fonts: Path) -> None:
        self._line, theirs = _FORK.Pipe()
        self._process = _FORK.Process(target=_serve, args=(theirs, self._line, templates, fonts), daemon=True)
        with warnings.catch_warnings():
            # Python warns of forking beside threads (a test runner's); the child needs none of their locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()

    def order(self, documents: Sequence[Document]) -> None:
        """Have PDFs made of these; the call returns at once.

        Raises:
            WorkshopDiedError: nobody is there to take the order.
        """
        try:
            self._line.send(tuple(documents))
        except OSError as cause:
            raise WorkshopDiedError from cause

    def deliver(self) -> tuple[bytes, ...]:
        """The PDFs of the last order, in its order; waits until all are made.

        Raises:
            WorkshopError: one of them could not be set; its exit code is that of the cause.
            WorkshopDiedError: the process ended.
        """
        try:
            answer = self._line.recv()
        except (EOFError, OSError) as cause:
            raise WorkshopDiedError from cause
        if isinstance(answer, _Refusal):
            error = WorkshopError(answer.message)
            error.exit_code = answer.exit_code  # type: ignore[misc] # this one's, not the class's
            raise error
        return tuple(answer)


def _serve(line: Connection, parents: Connection, templates: Path, fonts: Path) -> None:
    """The process: warm up, then answer every order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    parents.close()  # or the parent's death would never be noticed
    try:
        studio = Studio(templates, fonts)
        studio.warm()
    except Exception as error:  # noqa: BLE001 - told when an order comes
        _answer(line, _refusal(error), once=True)
        return
    while True:
        try:
            documents = line.recv()
        except EOFError:
            return
        _answer(line, _made(studio, documents))


def _made(studio: Studio, documents: Sequence[Document]) -> tuple[bytes, ...] | _Refusal:
    """The PDFs in order, made in two piles of about equal weight: a fork, as warm as this one, has one."""
    try:
        studio.prepare(documents)
        mine, others = _piles(documents)
        if not others:
            return tuple(studio.pdf(document) for document in documents)
        reading, writing = os.pipe()
        hand = os.fork()
        if hand == 0:
            os.close(reading)  # or it would wait for itself where the workshop has died
            _lend_a_hand(writing, studio, [documents[n] for n in others])
        os.close(writing)
        made = {n: studio.pdf(documents[n]) for n in mine}
        with open(reading, "rb") as line:  # noqa: PTH123 - a pipe, not a path
            lent = pickle.load(line)  # noqa: S301 - from our own fork
        os.waitpid(hand, 0)
    except (EOFError, pickle.UnpicklingError):  # the hand died
        return _refusal(WorkshopDiedError())
    except Exception as error:  # noqa: BLE001 - told to the parent, which decides
        return _refusal(error)
    if isinstance(lent, _Refusal):
        return lent
    made.update(zip(others, lent, strict=True))
    return tuple(made[n] for n in range(len(documents)))


def _lend_a_hand(writing: int, studio: Studio, documents: Sequence[Document]) -> NoReturn:
    """The fork: make the other pile, hand it over, and end without any of the parent's farewells."""
    try:
        lent: object = tuple(studio.pdf(document) for document in documents)
    except Exception as error:  # noqa: BLE001 - told to the workshop
        lent = _refusal(error)
    try:
        with open(writing, "wb") as line:
            pickle.dump(lent, line)
    finally:
        os._exit(0)


def _piles(documents: Sequence[Document]) -> tuple[list[int], list[int]]:
    """Which documents go to which of two piles, by number: the heaviest first, each to the lighter pile."""
    weights = [sum(len(text) for _, text in document.lines()) for document in documents]
    piles: tuple[list[int], list[int]] = ([], [])
    for number in sorted(range(len(documents)), key=lambda n: -weights[n]):
        min(piles, key=lambda pile: sum(weights[n] for n in pile)).append(number)
    return piles


def _answer(line: Connection, answer: object, *, once: bool = False) -> None:
    try:
        if once:
            line.recv()
        line.send(answer)
    except (EOFError, OSError):
        return


def _refusal(error: Exception) -> _Refusal:
    if isinstance(error, CampaignError):
        return _Refusal(str(error), error.exit_code)
    return _Refusal("".join(traceback.format_exception(error)), CampaignError.exit_code)
