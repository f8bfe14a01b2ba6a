"""What is wrong with a workbook (填报错误): values that are collected, never raised."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.records.places import CellRef


class Severity(StrEnum):
    """How bad a fault is. Fatal: the workbook or sheet cannot be used. Error: the row cannot be counted."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def blocks(self) -> bool:
        """Whether a week with such a fault may be drafted but not issued."""
        return self in {Severity.FATAL, Severity.ERROR}


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave to issue in spite of an error (豁免): why, on whose word, up to and including which day.

    `ref` is the row of the workbook 豁免 that grants it.
    """

    reason: str
    by: str
    until: date
    ref: CellRef


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a workbook that the office which sent it can mend (填报错误).

    `message` says where, what and why; `remedy` says what to type. Both are for the clerk, in Chinese.
    A fault that is waived keeps its severity and its place in every list; it only no longer blocks.
    """

    code: str
    severity: Severity
    ref: CellRef
    value: str
    message: str
    remedy: str
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether a week with this fault may be drafted but not issued."""
        return self.severity.blocks and self.waiver is None
