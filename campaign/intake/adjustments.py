"""Manual adjustments of scores (得分调整): with reason, approver and expiry, or not at all."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading
from campaign.intake.others import passed_over
from campaign.intake.tables import Row, split_rows
from campaign.intake.text import folded, shown
from campaign.intake.values import Desk, FieldReader
from campaign.records import Adjustment, Fault

_KIND = "adjustment"
_POINTS = re.compile(r"(?P<sign>[加扣减+-]?)(?P<amount>\d+(?:\.\d+)?)分?")
_MINUS = ("扣", "减", "-")
_DASHES = str.maketrans("−–—﹣", "----")


def read_adjustments(
    tables: Sequence[tuple[Sheet, Heading]], desk: Desk, as_of: date
) -> tuple[tuple[Adjustment, ...], tuple[Fault, ...]]:
    """The adjustments in force on the as-of date, one a row.

    A row that lacks anything, names nobody in scope, or has expired is reported and not applied; one that
    repeats another word for word is applied once.
    """
    found: dict[tuple[object, ...], Adjustment] = {}
    faults: list[Fault] = []
    for sheet, heading in tables:
        table = split_rows(sheet, heading, ("subject", "points"))
        faults += passed_over(table)
        for row in table.rows:
            adjustment, wrong = _read(row, desk)
            faults += wrong
            if adjustment is None:
                continue
            cell = adjustment.origin.ref("subject")
            words = _words(adjustment)
            if adjustment.expires_on < as_of:
                ref = adjustment.origin.ref("expires_on")
                expiry = adjustment.expires_on.isoformat()
                faults.append(fault("I-ROW-ADJUST-EXPIRED", ref, expiry, expected=as_of.isoformat()))
            elif words in found:
                first = found[words].origin.ref("subject")
                faults.append(fault("I-ROW-ADJUST-TWICE", cell, adjustment.subject, found=first))
            else:
                found[words] = adjustment
    return tuple(found.values()), tuple(faults)


def _words(adjustment: Adjustment) -> tuple[object, ...]:
    return (adjustment.subject, adjustment.points, adjustment.reason, adjustment.approver)


def _read(row: Row, desk: Desk) -> tuple[Adjustment | None, list[Fault]]:
    reader = FieldReader(row, _KIND, desk)
    subject = _subject(reader)
    points = _points(reader)
    reason = reader.required_text("reason")
    approver = reader.required_text("approver")
    expires_on = reader.day("expires_on", required=True)
    if points is None or expires_on is None or reader.erred:
        return None, reader.faults
    return Adjustment(subject, points, reason, approver, expires_on, row.origin()), reader.faults


def _subject(reader: FieldReader) -> str:
    text = reader.required_text("subject")
    match = reader.desk.names.unit(text) if text else None
    if match and match.name is None:
        reader.report("I-CELL-UNIT", "subject", hint=match.hint)
    return (match.name if match else None) or ""


def _points(reader: FieldReader) -> Decimal | None:
    """Points with their sign: 2, +2, 加2分; -3, 扣3分."""
    if not reader.required_text("points"):
        return None
    typed = folded(shown(reader.row.cell("points"))).translate(_DASHES)
    found = _POINTS.fullmatch(typed)
    amount = Decimal(found["amount"]) if found else Decimal(0)
    if found is None or not amount:
        reader.report("I-CELL-POINTS", "points")
        return None
    return -amount if found["sign"] in _MINUS else amount
