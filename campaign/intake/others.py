"""Spot checks (督导抽查), complaints (信访投诉), activity counts (工作开展情况), matters (考核事项)."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading
from campaign.intake.items import read_item
from campaign.intake.meta import reported_on
from campaign.intake.tables import Row, Table, split_rows
from campaign.intake.values import Desk, FieldReader
from campaign.records import Activity, Complaint, Fault, ItemCode, Merit, Origin, Recheck, Sourced, SpotCheck

Read = TypeVar("Read")


def filled(
    tables: Iterable[tuple[Sheet, Heading]],
    read: Callable[[Sheet, Heading, Desk], tuple[tuple[Read, ...], tuple[Fault, ...]]],
    desk: Desk,
    faults: list[Fault],
) -> tuple[Read, ...] | None:
    """What all tables of a kind say, their faults added to `faults`; None where none was handed in.

    A form that nobody filled in, not even its 填报时间, was not handed in: that is 未报送, not zero.
    """
    found: list[Read] | None = None
    for sheet, heading in tables:
        rows, wrong = read(sheet, heading, desk)
        faults += wrong
        said = reported_on(sheet, desk.labels, range(1, heading.top), desk.window, heading.rows)[1]
        if not rows and said is None and not any(f.severity.blocks for f in wrong):
            faults.append(fault("I-SET-BLANK", sheet.ref()))
        else:
            found = [*(found or ()), *rows]
    return None if found is None else tuple(found)


def read_spot_checks(
    sheet: Sheet, heading: Heading, desk: Desk
) -> tuple[tuple[SpotCheck, ...], tuple[Fault, ...]]:
    """Inspections by the leading group's office, one a row. A row with an error is reported and left out."""
    table = split_rows(sheet, heading, ("checked_on", "unit", "finding"))
    found: list[SpotCheck] = []
    faults = passed_over(table)
    for row in table.rows:
        reader = FieldReader(row, "spot_check", desk)
        spot_check = _spot_check(reader)
        if spot_check is not None and not reader.erred:
            found.append(spot_check)
        faults += reader.faults
    return tuple(found), tuple(faults)


def read_complaints(
    sheet: Sheet, heading: Heading, desk: Desk
) -> tuple[tuple[Complaint, ...], tuple[Fault, ...]]:
    """Complaints and petitions, one a row. A row with an error is reported and left out."""
    table = split_rows(sheet, heading, ("received_on", "community", "content"))
    found: list[Complaint] = []
    faults = passed_over(table)
    for row in table.rows:
        reader = FieldReader(row, "complaint", desk)
        received_on = reader.day("received_on", required=True)
        community = _community(reader, required=True)
        content = reader.required_text("content")
        handler = _unit(reader, "handler") if reader.text("handler") else ""
        settled_on = reader.day("settled_on")
        if settled_on is not None and received_on is not None and settled_on < received_on:
            words = {
                "later": desk.title("complaint", "settled_on"),
                "earlier": desk.title("complaint", "received_on"),
            }
            reader.report("I-ROW-ORDER", "settled_on", expected=received_on.isoformat(), **words)
        if received_on is not None and not reader.erred:
            found.append(Complaint(received_on, community, content, handler, settled_on, row.origin()))
        faults += reader.faults
    return tuple(found), tuple(faults)


def read_activities(
    sheet: Sheet, heading: Heading, desk: Desk
) -> tuple[tuple[Activity, ...], tuple[Fault, ...]]:
    """How often each unit did what; one column per kind of activity, its heading kept as typed."""
    table = split_rows(sheet, heading, ("unit",))
    found: list[Activity] = []
    faults = passed_over(table)
    for row in table.rows:
        reader = FieldReader(row, "activity", desk)
        unit = _unit(reader, "unit")
        for column in heading.counts:
            title = heading.titles[column]
            count = reader.count(column, title)
            if count is not None and unit:
                found.append(Activity(unit, title, count, _counted(row, column)))
        faults += reader.faults
    return tuple(found), tuple(faults)


def read_merits(sheet: Sheet, heading: Heading, desk: Desk) -> tuple[tuple[Merit, ...], tuple[Fault, ...]]:
    """Matters that count for or against a unit, one a row. A row with an error is reported and left out."""
    table = split_rows(sheet, heading, ("dated_on", "unit", "matter"))
    found: list[Merit] = []
    faults = passed_over(table)
    for row in table.rows:
        reader = FieldReader(row, "merit", desk)
        merit = _merit(reader)
        if merit is not None and not reader.erred:
            found.append(merit)
        faults += reader.faults
    return tuple(found), tuple(faults)


def _merit(reader: FieldReader) -> Merit | None:
    dated_on = reader.day("dated_on", required=True, distant=True)
    repaired_on = reader.day("repaired_on", distant=True)
    if dated_on is not None and repaired_on is not None and repaired_on < dated_on:
        words = {
            "later": reader.desk.title("merit", "repaired_on"),
            "earlier": reader.desk.title("merit", "dated_on"),
        }
        reader.report("I-ROW-ORDER", "repaired_on", expected=dated_on.isoformat(), **words)
    unit = _unit(reader, "unit")
    matter = reader.required_text("matter")
    if dated_on is None:
        return None
    return Merit(
        dated_on=dated_on,
        unit=unit,
        matter=matter,
        level=reader.text("level"),
        quantity=reader.number("quantity"),
        rater=reader.text("rater"),
        mark=reader.number("mark"),
        proof=reader.text("proof"),
        community=_community(reader, required=False),
        item=_item(reader),
        repaired_on=repaired_on,
        note=reader.text("note"),
        origin=reader.row.origin(),
    )


def _spot_check(reader: FieldReader) -> SpotCheck | None:
    checked_on = reader.day("checked_on", required=True)
    unit, community = _unit(reader, "unit"), _community(reader, required=False)
    recheck = _recheck(reader)
    if checked_on is None:
        return None
    return SpotCheck(
        checked_on=checked_on,
        unit=unit,
        community=community,
        finding=reader.text("finding"),
        handling=reader.text("handling"),
        origin=reader.row.origin(),
        serial=reader.text("problem"),
        recheck=recheck,
    )


def _recheck(reader: FieldReader) -> Recheck | None:
    if not reader.text("recheck"):
        return None
    meaning = reader.desk.means("recheck", reader.row.text("recheck"))
    if meaning is None:
        known = reader.desk.words.values["recheck"].values()
        reader.report("I-CELL-RECHECK", "recheck", expected="、".join(spelled[0] for spelled in known))
    return Recheck(meaning) if meaning else None


def _item(reader: FieldReader) -> ItemCode | None:
    cell = reader.row.cell("item")
    if cell is None or reader.desk.empty(cell) or not reader.readable("item"):
        return None
    code = read_item(cell, reader.desk.rulebook.checklist.codes)
    if code is None:
        reader.report("I-CELL-ITEM", "item")
    return code


def _counted(row: Row, column: int) -> Origin:
    ref = row.sheet.ref(row.number, column)
    return Origin(ref, (Sourced("count", ref, row.sheet.cells[row.number, column].raw),))


def _unit(reader: FieldReader, name: str) -> str:
    text = reader.required_text(name)
    if not text:
        return ""
    match = reader.desk.names.unit(text)
    if match.name is None:
        reader.report("I-CELL-UNIT", name, hint=match.hint)
    return match.name or ""


def _community(reader: FieldReader, *, required: bool) -> str:
    text = reader.required_text("community") if required else reader.text("community")
    if not text:
        return ""
    match = reader.desk.names.communities.match(text)
    if match.name is None:
        reader.report("I-CELL-COMMUNITY", "community", hint=match.hint)
    return match.name or ""


def passed_over(table: Table) -> list[Fault]:
    """Rows that are no data, said aloud: totals, signatures, repeated headings."""
    return [
        fault("I-ROW-PASSED-OVER", row.sheet.ref(row.number, row.filled[0]), row.first_text(), found=reason)
        for row, reason in table.passed_over
        if reason != "没有内容的行"
    ]
