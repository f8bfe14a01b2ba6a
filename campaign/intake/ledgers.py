"""Issue ledgers (问题台账): one sheet, who reports it and when, and its rows; one row, one problem."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath

from campaign.intake.entries import Entry, read_entry
from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading
from campaign.intake.meta import day_in_name, reported_on, said
from campaign.intake.parts import Group, grouped
from campaign.intake.repeated import without_repeated_lines
from campaign.intake.shots import Address, Shot, album_of
from campaign.intake.tables import Row, Table, split_rows, without_other_headings
from campaign.intake.text import folded, shown
from campaign.intake.values import Desk
from campaign.records import CellRef, Fault, Sourced

ESSENTIAL = ("community", "description", "found_on", "status")
KIND = "ledger"
_TOTAL = re.compile(r"合计|总计|共计|累计|汇总")  # of the whole ledger, as against 小计 and 云栖苑合计


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One sheet of a ledger, taken apart but not yet judged: that needs the as-of date."""

    sheet: Sheet
    heading: Heading
    table: Table
    office: str | None  # the subdistrict that reports, where the sheet or its file names one
    reported_on: date | None
    faults: tuple[Fault, ...]
    named: Sourced | None = None  # the community of the whole sheet, where it has no column for it
    shots: Mapping[Address, Shot] = field(default_factory=dict)  # pictures taken out of it (see photos)

    @property
    def usable(self) -> bool:
        """Whether its problems can be laid to a community at all."""
        return self.named is not None or "community" in self.heading.columns


def open_ledger(sheet: Sheet, heading: Heading, desk: Desk) -> LedgerSheet:
    """Find out who reports and when, and take the table apart."""
    essential = tuple(name for name in ESSENTIAL if name in heading.columns)
    table = without_other_headings(split_rows(sheet, heading, essential), desk.index.keys, essential)
    below = {row.number for row, reason in table.passed_over if reason == "签字或说明行"}
    day, undated = _day(sheet, heading, below, desk)
    office, unknown = _office(sheet, heading, below, desk)
    faults = [
        fault("I-ROW-PASSED-OVER", row.sheet.ref(row.number, row.filled[0]), row.first_text(), found=reason)
        for row, reason in table.passed_over
    ]
    faults += [*undated, *unknown]
    named = None if "community" in heading.columns else _named(sheet, heading, desk)
    if named is None and "community" not in heading.columns:
        ref = sheet.ref(heading.bottom, min(heading.titles))
        words = {"field": desk.title(KIND, "community"), "found": "、".join(heading.titles.values())}
        faults.append(fault("I-HEAD-MISSING", ref, **words))
        table = Table((), table.passed_over)
    return LedgerSheet(sheet, heading, table, office, day, tuple(faults), named)


def _day(
    sheet: Sheet, heading: Heading, below: Container[int], desk: Desk
) -> tuple[date | None, list[Fault]]:
    """填报时间 by its line, else by the name of sheet or file; a day far from the campaign is none."""
    day, line = reported_on(sheet, desk.labels, range(1, heading.top), desk.window, heading.rows)
    if line is None:
        day, line = reported_on(sheet, desk.labels, below, desk.window)
    if line is not None and day is None:
        return None, [fault("I-CELL-DATE", line.ref, line.text, field="填报时间")]
    if line is not None and day is not None and not desk.window.plausible(day):
        words = {"field": "填报时间", "window": desk.window}
        return None, [fault("I-CELL-DATE-RANGE", line.ref, line.text, **words)]
    if day is None:
        names = (sheet.name, PurePosixPath(sheet.file).stem)
        day = next((day for name in names if (day := day_in_name(name, desk.window))), None)
        told = fault("I-SET-REPORTED-NAME", CellRef(sheet.file), expected=day.isoformat()) if day else None
        return day, [told] if told else []
    return day, []


def _named(sheet: Sheet, heading: Heading, desk: Desk) -> Sourced | None:
    """The community that a whole sheet is about: by a line above, the sheet's name or the file's."""
    line = said(sheet, desk.labels, "community", range(1, heading.top), heading.rows)
    if line:
        return Sourced("community", line.ref, line.text)
    for text in (sheet.name, PurePosixPath(sheet.file).stem):
        if desk.names.communities.match(text).name:
            return Sourced("community", sheet.ref(), text)
    return None


def _office(
    sheet: Sheet, heading: Heading, below: Container[int], desk: Desk
) -> tuple[str | None, list[Fault]]:
    """The reporting subdistrict: by its own line, else by the title, the file's or the sheet's name.

    A line with a name that nobody has is told, whatever else names the office.
    """
    above = range(1, heading.top)
    line = (
        said(sheet, desk.labels, "office", above, heading.rows)
        or said(sheet, desk.labels, "subdistrict", above)
        or said(sheet, desk.labels, "office", below)
    )
    titles = " ".join(shown(sheet.cells[at]) for at in sheet.cells if at[0] in above)
    stem = PurePosixPath(sheet.file).stem
    names = desk.names
    said_so = (names.subdistricts.match(line.text).name or names.office_in(line.text)) if line else None
    unknown = []
    if line and said_so is None and desk.names.subdistricts.keys:
        match = names.unit(line.text)
        if match.name is None and names.office_in(line.text, stem_alone=True) is None:
            unknown = [fault("I-CELL-OFFICE", line.ref, line.text, hint=match.hint)]
    office = (
        said_so
        or names.office_in(titles)
        or names.office_in(stem, stem_alone=True)
        or names.office_in(sheet.name, stem_alone=True)
        or names.office_in(str(PurePosixPath(sheet.file).parent), stem_alone=True)
    )
    return office, unknown


# --- Rows -----------------------------------------------------------------------------------------


def read_entries(ledger: LedgerSheet, desk: Desk, as_of: date) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Every data row of a sheet, and the faults of rows that are none."""
    rows, strays = _without_strays(ledger)
    album = album_of(ledger.sheet, ledger.shots, desk.words.values.get("photo", {}))
    groups = _with_community(list(grouped(rows)), ledger.named)
    read = (read_entry(group, ledger.office, album, desk, as_of) for group in groups)
    entries = tuple(without_repeated_lines(read, desk))
    faults = [fault("I-ROW-AFTER-END", r.sheet.ref(r.number, r.filled[0]), r.first_text()) for r in strays]
    return entries, (*faults, *_declared_totals(ledger, len(entries)))


def _without_strays(ledger: LedgerSheet) -> tuple[list[Row], list[Row]]:
    """Data rows, and incomplete rows below the closing total or signature: another table's."""
    essential = [n for n in ESSENTIAL if n in ledger.heading.columns]
    complete = [r.number for r in ledger.table.rows if all(r.own(n) or r.text(n) for n in essential)]
    last = max(complete, default=ledger.heading.bottom)
    ends = [
        row.number for row, reason in ledger.table.passed_over if row.number > last and _ends(row, reason)
    ]
    end = min(ends, default=ledger.sheet.last_row + 1)
    rows = [r for r in ledger.table.rows if r.number < end]
    return rows, [r for r in ledger.table.rows if r.number > end]


def _ends(row: Row, reason: str) -> bool:
    """Whether the ledger's problems end here; after a subtotal or a repeated heading they go on."""
    if reason == "合计行":
        return _TOTAL.match(folded(row.first_text())) is not None
    return reason in {"签字或说明行", "另一张表的表头"}


def _with_community(groups: list[Group], whole: Sourced | None) -> Iterator[Group]:
    """Each problem with what names its community: the sheet, or the row above where a name is written once.

    A sheet that repeats a name from row to row is not written so: a blank there is a blank.
    """
    if whole is not None:
        yield from (replace(group, named=whole) for group in groups)
        return
    texts = [g.row.text("community") for g in groups if g.row.own("community")]
    repeats = any(a == b for a, b in pairwise(texts))
    named: Row | None = None
    for group in groups:
        if group.row.text("community"):
            named = group.row
            yield group
        else:
            yield replace(group, above=None if repeats else named)


def _declared_totals(ledger: LedgerSheet, counted: int) -> Iterator[Fault]:
    """A 合计 row that states a number of problems is held against the rows."""
    for row, reason in ledger.table.passed_over:
        text = folded(row.text("description")) if reason == "合计行" and row.own("description") else ""
        digits = (
            text.removesuffix("个问题")
            .removesuffix("条")
            .removesuffix("个")
            .removesuffix("项")
            .removesuffix("件")
        )
        label = folded(row.first_text())
        if digits.isdigit() and int(digits) != counted and _TOTAL.match(label):
            yield fault("I-ROW-TOTAL", row.ref("description"), row.text("description"), expected=counted)
