"""退回修改: what goes back to an office, so that it can see in its own workbook what to mend.

A copy of its .xlsx with the faulty cells filled and commented and a first sheet 校验意见; where marking would
harm the file (another format, macros, a signature) or it cannot be read, that sheet as a workbook of its own.
When the corrected copy comes back, `is_our_sheet` and `own_words` tell our marks from what the office wrote.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePosixPath

from campaign.intake.opinions import in_order
from campaign.intake.returns.annotate import annotate
from campaign.intake.returns.marks import COMMENT_END, COMMENT_MARK, STAMP, is_our_sheet, own_words
from campaign.intake.returns.opinion_sheet import opinion_workbook
from campaign.records import Fault, Severity

__all__ = [
    "COMMENT_END",
    "COMMENT_MARK",
    "STAMP",
    "ReturnCopy",
    "is_our_sheet",
    "needs_return",
    "own_words",
    "return_copies",
    "return_copy",
]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReturnCopy:
    """What goes back for one file: `annotated` tells a marked copy from a list of faults by itself."""

    name: str
    data: bytes
    annotated: bool
    file: str = ""  # the path below the input folder of what it answers


def needs_return(faults: Iterable[Fault]) -> bool:
    """Whether an office has anything to do about these faults: 提示 alone sends nothing back."""
    return any(fault.severity is not Severity.INFO for fault in faults)


def return_copy(original: Path, faults: Sequence[Fault]) -> ReturnCopy:
    """What goes back for one workbook; the original is only read.

    Args:
        original: the office's file.
        faults: the faults of that file; those of severity info are left out, nobody need do anything.
    """
    data = original.read_bytes()
    told = in_order([fault for fault in faults if fault.severity is not Severity.INFO])
    file = told[0].ref.file if told else original.name
    if _readable(told):
        try:
            return ReturnCopy(original.name, annotate(data, told), annotated=True, file=file)
        except Exception:  # noqa: BLE001 - strangers' files make zipfile and lxml raise whatever they have
            _log.info("cannot be marked: %s", file, exc_info=True)
    digest = hashlib.sha256(data).hexdigest()
    alone = opinion_workbook(told, digest)
    return ReturnCopy(f"{original.name}（校验意见）.xlsx", alone, annotated=False, file=file)


def return_copies(root: Path, faults: Sequence[Fault]) -> tuple[ReturnCopy, ...]:
    """What goes back for every workbook below `root` that needs it, in the order of their paths.

    Files of one name in different folders get the folder's name in front, so that no copy hides another.
    """
    by_file: dict[str, list[Fault]] = {}
    for fault in faults:
        by_file.setdefault(fault.ref.file, []).append(fault)
    copies = [
        return_copy(root / file, own)
        for file, own in sorted(by_file.items())
        if file and needs_return(own) and (root / file).is_file()
    ]
    return tuple(_apart(copies))


def _readable(faults: Iterable[Fault]) -> bool:
    """Whether the file could be read in the ordinary way; otherwise marking it would fail as reading did."""
    return not any(
        fault.code.startswith("I-FILE-")
        and fault.code != "I-FILE-KIND"  # read, only not understood
        and (fault.severity is Severity.FATAL or fault.code == "I-FILE-FALLBACK")
        for fault in faults
    )


def _apart(copies: Sequence[ReturnCopy]) -> list[ReturnCopy]:
    shared = Counter(copy.name.casefold() for copy in copies)
    taken: set[str] = set()
    apart = []
    for copy in copies:
        folders = PurePosixPath(copy.file).parent.parts if shared[copy.name.casefold()] > 1 else ()
        wished = "-".join([*folders, copy.name])
        free = (f"{n}-{wished}" for n in count(2))
        own = next(name for name in chain([wished], free) if name.casefold() not in taken)
        taken.add(own.casefold())
        apart.append(replace(copy, name=own))
    return apart
