"""豁免.xlsx: errors that the clerk lets pass, with a reason, a name and a day until which it holds.

A waiver names an error by its code and its cell, as 校验意见.xlsx prints them. File and sheet may be left out
where code and cell alone name one place; a file may go by its path below the input folder or by its name.
Only errors can be waived: a fatal fault leaves nothing that could be counted, a warning needs no leave.

What a waiver does. The fault keeps its severity and its place everywhere, but no longer blocks issuing. A row
whose errors are all waived counts if every field that is counted could still be read (`FaultKind.readable`:
two dates in the wrong order, a closing day that nobody knows any more, a company that is not the roster's).
It then counts by its status column; a day that contradicts the status is left aside. A row of which a
counted field could not be read (an unknown community or status, 2023年4月31日) stays pending (待核实) even
so: a waiver gives leave to issue without it, it cannot tell what the cell should have said.

A waiver without reason or name, with an unreadable or a past day, waives nothing and is an error itself, and
faults of waivers cannot be waived. One that matches nothing, or more than one place, is a warning.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading
from campaign.intake.tables import split_rows
from campaign.intake.text import folded
from campaign.intake.values import Desk, FieldReader, Grants, marked
from campaign.records import CellRef, Fault, Severity, Waiver

KIND = "waiver"
_OWN = "I-WAIVER-"
_BRACKETS = "《》“”\"'"


@dataclass(frozen=True, slots=True)
class Request:
    """One usable row of the workbook: which error it means, and the waiver it gives."""

    code: str
    file: str
    sheet: str
    cell: str
    waiver: Waiver

    def means(self, told: Fault) -> bool:
        """Whether a fault is of this code and at this place, as far as the row names one."""
        return (
            told.severity is Severity.ERROR
            and told.code == self.code
            and not told.code.startswith(_OWN)
            and told.ref.cell == self.cell
            and self.file in {"", *_names(told.ref.file)}
            and self.sheet in {"", folded(told.ref.sheet)}
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the requests: the places they waive, and what is wrong with those that waive nothing."""

    grants: Grants
    faults: tuple[Fault, ...]


def read_requests(
    sheet: Sheet, heading: Heading, desk: Desk, as_of: date
) -> tuple[tuple[Request, ...], tuple[Fault, ...]]:
    """The rows of one sheet. A row with an error is reported and waives nothing."""
    found: list[Request] = []
    faults: list[Fault] = []
    for row in split_rows(sheet, heading, ("code", "reason", "approver")).rows:
        reader = FieldReader(row, KIND, desk)
        code = folded(reader.required_text("code")).upper()
        reason, approver = reader.required_text("reason"), reader.required_text("approver")
        until = reader.day("until", required=True, distant=True)
        if until is not None and until < as_of:
            reader.report("I-WAIVER-EXPIRED", "until", expected=until.isoformat())
        if until is not None and not reader.erred:
            found.append(
                Request(
                    code,
                    _plain(reader.text("file")),
                    _plain(reader.text("sheet")),
                    folded(reader.text("cell")).replace("$", "").upper(),
                    Waiver(reason, approver, until, row.ref("code")),
                )
            )
        faults += reader.faults
    return tuple(found), tuple(faults)


def answer(requests: Sequence[Request], faults: Sequence[Fault]) -> Answer:
    """Hold the requests against all faults that were found."""
    grants: dict[tuple[str, CellRef], Waiver] = {}
    wrong: list[Fault] = []
    for request in requests:
        places = list(dict.fromkeys(f.ref for f in faults if request.means(f)))
        if len(places) == 1:
            grants.setdefault((request.code, places[0]), request.waiver)
        elif places:
            found = "、".join(map(str, places))
            wrong.append(fault("I-WAIVER-AMBIGUOUS", request.waiver.ref, request.code, found=found))
        else:
            hint = _why(request, faults)
            wrong.append(fault("I-WAIVER-UNUSED", request.waiver.ref, request.code, hint=hint))
    return Answer(grants, tuple(wrong))


def in_force(faults: Iterable[Fault]) -> Iterator[tuple[Fault, Waiver]]:
    """The faults that are waived, each with its waiver."""
    return ((f, f.waiver) for f in faults if f.waiver is not None)


def all_marked(faults: Iterable[Fault], grants: Grants) -> list[Fault]:
    """The faults, those that are waived marked so."""
    return [marked(f, grants) for f in faults]


def _names(file: str) -> Iterator[str]:
    """What a file may be called: its path, its name, its name without extension."""
    path = PurePosixPath(file)
    return map(folded, (file, path.name, path.stem, str(path.with_suffix("")) if path.name else ""))


def _plain(text: str) -> str:
    return folded(text.strip().strip(_BRACKETS))


def _why(request: Request, faults: Iterable[Fault]) -> str:
    """What stands at the place instead, where it cannot be waived."""
    other: Mapping[Severity, str] = {
        Severity.FATAL: "；这里的问题是“致命”级别，不能豁免",
        Severity.WARNING: "；这里的问题只是警告，不必豁免",
    }
    same = (f for f in faults if request.means(replace(f, severity=Severity.ERROR)))
    return next((other[f.severity] for f in same if f.severity in other), "")
