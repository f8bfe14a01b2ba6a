"""The state of a problem on the as-of date, from up to four columns of the ledger."""

from dataclasses import dataclass
from datetime import date

from campaign.intake.text import is_blank, shown
from campaign.intake.values import FieldReader, percent_done
from campaign.records import Status

_ALL = 100


@dataclass(frozen=True, slots=True)
class State:
    """A problem's state and the days that prove it."""

    status: Status
    rectified_on: date | None
    closed_on: date | None


def read_state(reader: FieldReader, found_on: date | None, as_of: date) -> State | None:
    """The state on the as-of date; None (and a fault) where the columns name none or disagree."""
    status = _status(reader)
    if status is not None:
        status = _with_closed_column(reader, status)
    rectified_on = reader.day("rectified_on")
    closed_on = reader.day("closed_on")
    if status is None:
        return None
    _check_dates(reader, status, rectified_on, closed_on)
    _check_order(reader, found_on, rectified_on, closed_on)
    # A day that contradicts the status is an error; where that is waived, the status column counts.
    rectified_on = rectified_on if status.done else None
    closed_on = closed_on if status is Status.CLOSED else None
    return _on(reader, State(status, rectified_on, closed_on), as_of)


def _status(reader: FieldReader) -> Status | None:
    cell = reader.row.cell("status")
    if not reader.readable("status"):
        return None
    if cell is None or is_blank(cell):
        reader.report("I-CELL-MISSING", "status")
        return None
    done = percent_done(cell, reader.row.title("status"))
    if done is not None:
        return Status.RECTIFIED if done == _ALL else Status.IN_PROGRESS if done else Status.OPEN
    meaning = reader.desk.means("status", shown(cell))
    if meaning is None:
        reader.report("I-CELL-STATUS", "status")
        return None
    return Status(meaning)


def _with_closed_column(reader: FieldReader, status: Status) -> Status | None:
    """是否销号 beside 整改状态: yes makes a rectified problem closed; no denies a status that says closed."""
    if not reader.readable("closed"):
        return None
    text = reader.row.text("closed")
    if not text:
        return status
    answer = reader.desk.means("yes_no", text)
    if answer is None:
        if reader.desk.empty(reader.row.cell("closed")):
            return status
        reader.report("I-CELL-CLOSED", "closed")
        return None
    if status is Status.CLOSED if answer == "no" else not status.done:
        reader.report("I-ROW-CLOSED-OPEN", "closed", status=status.zh)
        return None
    return Status.CLOSED if answer == "yes" else status


def _check_dates(
    reader: FieldReader, status: Status, rectified_on: date | None, closed_on: date | None
) -> None:
    if status is Status.CLOSED and closed_on is None and not reader.refused("closed_on"):
        reader.report("I-ROW-CLOSED-UNDATED", "closed_on")
    if status is Status.CLOSED and "verifier" in reader.row.columns and _unverified(reader):
        reader.report("I-ROW-UNVERIFIED", "verifier")
    if status is Status.RECTIFIED and rectified_on is None and not reader.refused("rectified_on"):
        reader.report("I-ROW-DONE-UNDATED", "rectified_on")
    if closed_on is not None and status is not Status.CLOSED:
        reader.report("I-ROW-DATED-OPEN", "closed_on", status=status.zh)
    elif rectified_on is not None and not status.done:
        reader.report("I-ROW-DATED-OPEN", "rectified_on", status=status.zh)


def _unverified(reader: FieldReader) -> bool:
    """Whether the column for who verified the closing is blank; an error value is reported by itself."""
    return reader.readable("verifier") and not reader.text("verifier")


def _check_order(
    reader: FieldReader, found_on: date | None, rectified_on: date | None, closed_on: date | None
) -> None:
    title = reader.desk.title
    pairs = (
        ("rectified_on", rectified_on, "found_on", found_on, "I-ROW-ORDER"),
        ("closed_on", closed_on, "found_on", found_on, "I-ROW-ORDER"),
        ("closed_on", closed_on, "rectified_on", rectified_on, "I-ROW-ORDER-DOUBT"),
    )
    for later, last, earlier, first, code in pairs:
        if last is not None and first is not None and last < first:
            words = {"later": title(reader.kind, later), "earlier": title(reader.kind, earlier)}
            reader.report(code, later, expected=first.isoformat(), **words)


def _on(reader: FieldReader, state: State, as_of: date) -> State:
    """The state as it was on the as-of date: what happened later had not happened yet."""
    status, rectified_on, closed_on = state.status, state.rectified_on, state.closed_on
    if closed_on is not None and closed_on > as_of:
        reader.report("I-ROW-DATED-FUTURE", "closed_on", expected=as_of.isoformat())
        status, closed_on = Status.RECTIFIED if rectified_on else Status.IN_PROGRESS, None
    if rectified_on is not None and rectified_on > as_of:
        reader.report("I-ROW-DATED-FUTURE", "rectified_on", expected=as_of.isoformat())
        status, rectified_on = Status.IN_PROGRESS, None
    return State(status, rectified_on, closed_on)
