"""Issue ledgers (问题台账): one row, one problem."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath

from campaign.intake.enumerated import listed
from campaign.intake.faults import fault
from campaign.intake.grid import CellKind, Sheet
from campaign.intake.headings import Heading
from campaign.intake.items import may_be_cut, read_item
from campaign.intake.meta import day_in_name, reported_on, said
from campaign.intake.parts import Group, grouped, said_in_all, tell_parts
from campaign.intake.statuses import State, read_state
from campaign.intake.tables import Row, Table, split_rows, without_other_headings
from campaign.intake.text import folded, shown
from campaign.intake.values import Desk, FieldReader, blocking, marked, sets_aside
from campaign.records import CellRef, Fault, ItemCode, PendingRow, Problem, Sourced, Status

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

    @property
    def usable(self) -> bool:
        """Whether its problems can be laid to a community at all."""
        return self.named is not None or "community" in self.heading.columns


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger row, read: a problem, or a pending row with the codes that forbid counting it.

    `key` is what makes two rows the same problem: community, item, words and day; each as typed where it
    could not be read.
    """

    row: Row
    office: str
    key: tuple[str, str, str, str]
    problem: Problem | None
    pending: PendingRow | None
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether community, words and day are there to know the problem by."""
        community, _, words, day = self.key
        return bool(community and words and day)

    @property
    def state(self) -> tuple[Status, date | None, date | None, date | None] | None:
        """What two rows of one problem must agree on."""
        p = self.problem
        return (p.status, p.due_on, p.rectified_on, p.closed_on) if p else None


def open_ledger(sheet: Sheet, heading: Heading, desk: Desk) -> LedgerSheet:
    """Find out who reports and when, and take the table apart."""
    essential = tuple(name for name in ESSENTIAL if name in heading.columns)
    table = without_other_headings(split_rows(sheet, heading, essential), desk.index.keys, essential)
    above = range(1, heading.top)
    day, line = reported_on(sheet, above, desk.window, heading.rows)
    below = {row.number for row, reason in table.passed_over if reason == "签字或说明行"}
    if line is None:
        day, line = reported_on(sheet, below, desk.window)
    faults = [
        fault("I-ROW-PASSED-OVER", row.sheet.ref(row.number, row.filled[0]), row.first_text(), found=reason)
        for row, reason in table.passed_over
    ]
    if line is not None and day is None:
        faults.append(fault("I-CELL-DATE", line.ref, line.text, field="填报时间"))
    if line is None and day is None:
        day = day_in_name(PurePosixPath(sheet.file).stem, desk.window)
        faults += [fault("I-SET-REPORTED-NAME", CellRef(sheet.file), expected=day.isoformat())] if day else []
    named = None if "community" in heading.columns else _named(sheet, heading, desk)
    if named is None and "community" not in heading.columns:
        ref = sheet.ref(heading.bottom, min(heading.titles))
        words = {"field": desk.title(KIND, "community"), "found": "、".join(heading.titles.values())}
        faults.append(fault("I-HEAD-MISSING", ref, **words))
        table = Table((), table.passed_over)
    return LedgerSheet(sheet, heading, table, _office(sheet, heading, below, desk), day, tuple(faults), named)


def _named(sheet: Sheet, heading: Heading, desk: Desk) -> Sourced | None:
    """The community that a whole sheet is about: by a line above, the sheet's name or the file's."""
    line = said(sheet, "community", range(1, heading.top), heading.rows)
    if line:
        return Sourced("community", line.ref, line.text)
    for text in (sheet.name, PurePosixPath(sheet.file).stem):
        if desk.names.communities.match(text).name:
            return Sourced("community", sheet.ref(), text)
    return None


def _office(sheet: Sheet, heading: Heading, below: Container[int], desk: Desk) -> str | None:
    """The reporting subdistrict: by its own line, else by the title, the file's or the sheet's name."""
    above = range(1, heading.top)
    line = (
        said(sheet, "office", above, heading.rows)
        or said(sheet, "subdistrict", above)
        or said(sheet, "office", below)
    )
    titles = " ".join(shown(sheet.cells[at]) for at in sheet.cells if at[0] in above)
    stem = PurePosixPath(sheet.file).stem
    names = desk.names
    return (
        (names.subdistricts.match(line.text).name or names.office_in(line.text) if line else None)
        or names.office_in(titles)
        or names.office_in(stem, stem_alone=True)
        or names.office_in(sheet.name, stem_alone=True)
        or names.office_in(str(PurePosixPath(sheet.file).parent), stem_alone=True)
    )


# --- Rows -----------------------------------------------------------------------------------------


def read_entries(ledger: LedgerSheet, desk: Desk, as_of: date) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Every data row of a sheet, and the faults of rows that are none."""
    rows, strays = _without_strays(ledger)
    photos: Counter[int] = Counter()
    for (number, _), count in ledger.sheet.pictures.items():
        photos[number] += count
    groups = _with_community(list(grouped(rows)), ledger.named)
    read = (_entry(group, ledger.office, photos, desk, as_of) for group in groups)
    entries = tuple(_without_repeated_lines(read, desk))
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


def _entry(group: Group, office: str | None, photos: Mapping[int, int], desk: Desk, as_of: date) -> Entry:
    row = group.row
    reader = FieldReader(row, KIND, desk)
    rest = [FieldReader(part, KIND, desk) for part in group.rest]
    readers = (reader, *rest)
    community, company, subdistrict = _place(reader, group, office)
    item = _item(reader)
    description = reader.required_text("description")
    if (count := listed(description)) > 1:
        reader.report("I-CELL-SEVERAL", "description", count=count)
    found_on = reader.day("found_on", required=True)
    due_on, no_deadline = _deadline(reader)
    state = read_state(reader, found_on, as_of)
    _check_deadline(reader, found_on, due_on, state, no_deadline=no_deadline)
    persons, phones = zip(*(r.person_and_phone() for r in readers), strict=True)
    tell_parts(reader, rest)
    reader.faults += [f for r in rest for f in r.faults]
    written = desk.names.subdistricts.match(reader.text("subdistrict")).name
    office = office or written or subdistrict or ""
    key = (
        community or folded(group.community),
        str(item or folded(row.text("item"))),
        folded(description),
        found_on.isoformat() if found_on else folded(row.text("found_on")),
    )
    if reader.erred or state is None or found_on is None:
        pending = PendingRow(office, group.origin().fields, blocking(reader.faults), row.ref("description"))
        return Entry(row, office, key, None, pending, tuple(reader.faults))
    problem = Problem(
        serial=_serial(row),
        subdistrict=subdistrict,
        community=community,
        company=company,
        item=item,
        description=description,
        found_on=found_on,
        measure=said_in_all(readers, "measure", "；"),
        due_on=due_on,
        no_deadline=no_deadline,
        responsible_unit=said_in_all(readers, "responsible_unit") or said_in_all(readers, "unit_person"),
        responsible_person="、".join(dict.fromkeys(filter(None, persons))),
        phone="、".join(dict.fromkeys(filter(None, phones))),
        status=state.status,
        rectified_on=state.rectified_on,
        closed_on=state.closed_on,
        supervision=said_in_all(readers, "supervision"),
        note=said_in_all(readers, "note", "；"),
        origin=group.origin(),
        photos=sum(photos.get(part.number, 0) for part in group.rows),
    )
    if found_on > as_of:
        reader.report("I-ROW-FUTURE", "found_on", expected=as_of.isoformat())
    return Entry(row, office, key, problem, None, tuple(reader.faults))


def _serial(row: Row) -> str:
    """The running number as typed; it counts for nothing, so an error value is left out in silence."""
    cell = row.cell("serial")
    return "" if cell is None or cell.kind is CellKind.ERROR else shown(cell)


def _place(reader: FieldReader, group: Group, office: str | None) -> tuple[str, str, str]:
    """Community, company and subdistrict by their roster names; "" where the roster has no such community."""
    if group.above is not None:
        reader.report("I-ROW-FILLED", "community", expected=group.community)
    own = group.above is None and group.named is None
    text = reader.required_text("community") if own else group.community
    if not text:
        return "", "", ""
    match = reader.desk.names.communities.match(text)
    if match.name is None:
        reader.report("I-CELL-COMMUNITY", "community", text, hint=match.hint)
        return "", "", ""
    community = reader.desk.community(match.name)
    if _subdistrict_agrees(reader, community.subdistrict, office, text):
        _check_company(reader, community.company)
    return community.name, community.company, community.subdistrict


def _check_company(reader: FieldReader, expected: str) -> None:
    text = reader.text("company")
    if not text:
        return
    match = reader.desk.names.companies.match(text)
    if match.name is None:
        reader.report("I-CELL-COMPANY", "company", hint=match.hint, expected=expected)
    elif match.name != expected:
        reader.report("I-CELL-COMPANY-MISMATCH", "company", expected=expected)


def _subdistrict_agrees(reader: FieldReader, expected: str, office: str | None, community: str) -> bool:
    """Whether a community is its office's. If not, another may be meant: its company is no matter."""
    written = reader.text("subdistrict")
    named = reader.desk.names.subdistricts.match(written).name if written else office
    if named is None or named == expected:
        return True
    place = "subdistrict" if written else "community"
    reader.report("I-CELL-SUBDISTRICT", place, community, expected=expected, found=named)
    return False


def _item(reader: FieldReader) -> ItemCode | None:
    codes = reader.desk.rulebook.checklist.codes
    name = "item" if "item" in reader.row.columns else "category"
    cell = reader.row.cell(name)
    if name == "category":
        return read_item(cell, codes) if cell else None
    if cell is None or reader.desk.empty(cell):
        reader.report("I-CELL-ITEM-MISSING", "item")
        return None
    if not reader.readable("item"):
        return None
    code = read_item(cell, codes)
    if code is None:
        reader.report("I-CELL-ITEM-AMBIGUOUS" if may_be_cut(cell, codes) else "I-CELL-ITEM", "item")
    return code


def _deadline(reader: FieldReader) -> tuple[date | None, bool]:
    if reader.desk.means("no_deadline", reader.row.text("due_on")):
        return None, True
    return reader.day("due_on", deadline=True), False


def _check_deadline(
    reader: FieldReader, found_on: date | None, due_on: date | None, state: State | None, *, no_deadline: bool
) -> None:
    """A deadline before the discovery is an error: nobody may be overdue by a day that cannot be meant."""
    ends_on = reader.desk.window.last
    if due_on is not None and found_on is not None and due_on < found_on:
        title = reader.desk.title
        words = {"later": title(KIND, "due_on"), "earlier": title(KIND, "found_on")}
        reader.report("I-ROW-ORDER", "due_on", expected=found_on.isoformat(), **words)
    if due_on is not None and due_on > ends_on and reader.desk.window.plausible(due_on):
        reader.report("I-ROW-DUE-LATE", "due_on", expected=ends_on.isoformat())
    unsettled = state is not None and not state.status.done
    if unsettled and due_on is None and not no_deadline and not reader.text("due_on"):
        reader.report("I-ROW-DUE-MISSING", "due_on")


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


# --- Rows that repeat rows ------------------------------------------------------------------------


def _without_repeated_lines(entries: Iterable[Entry], desk: Desk) -> Iterator[Entry]:
    """A line of a sheet that was entered twice, its number included, counts once; the second is an error.

    Cells merged over several lines are one entry, not two.
    """
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        serial = folded(entry.row.text("serial"))
        known = first.setdefault((serial, *entry.key), entry)
        place = entry.row.ref("description")
        if known is entry or not serial or not entry.whole or known.row.ref("description") == place:
            yield entry
            continue
        words = {"found": known.row.ref("description")}
        told = marked(fault("I-ROW-REPEATED", place, entry.row.text("description"), **words), desk.grants)
        again = replace(entry, faults=(*entry.faults, told))
        yield _set_aside(again) if sets_aside(told) else again


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of several sheets with repeats taken out."""

    entries: tuple[Entry, ...]
    repeats: dict[CellRef, int]  # sheet → rows that another sheet already has
    faults: tuple[Fault, ...]


def without_repeats(sheets: Iterable[tuple[Entry, ...]]) -> Merged:
    """Count each problem once where one sheet of a workbook repeats the rows of others (汇总 beside 分表).

    A problem that one sheet has twice counts twice; across sheets the greatest number counts, not the sum.
    """
    kept: dict[tuple[str, ...], list[Entry]] = {}
    order: list[Entry] = []
    repeats: dict[CellRef, int] = {}
    faults: list[Fault] = []
    conflicts: set[int] = set()
    for entries in sheets:
        seen: dict[tuple[str, ...], int] = {}
        for entry in entries:
            nth = seen[entry.key] = seen.get(entry.key, 0) + 1
            known = kept.setdefault(entry.key, [])
            if nth > len(known):
                known.append(entry)
                order.append(entry)
                continue
            sheet = entry.row.sheet.ref()
            repeats[sheet] = repeats.get(sheet, 0) + 1
            wrong = _conflict(known[nth - 1], entry)
            conflicts |= {id(known[nth - 1]) for f in wrong if f.code == "I-SHEET-CONFLICT"}
            faults += wrong
    entries = tuple(_set_aside(e, "I-SHEET-CONFLICT") if id(e) in conflicts else e for e in order)
    told = [fault("I-SHEET-SUMMARY", sheet, count=count) for sheet, count in repeats.items()]
    return Merged(entries, repeats, (*told, *faults))


def _conflict(first: Entry, again: Entry) -> list[Fault]:
    """Where two sheets disagree on one problem; the errors of the second where only the first is right."""
    if first.problem is not None and again.problem is None:
        return [f for f in again.faults if f.severity.blocks]
    if first.problem is None or again.problem is None or first.state == again.state:
        return []
    name = next(
        n
        for n in ("status", "due_on", "rectified_on", "closed_on")
        if getattr(first.problem, n) != getattr(again.problem, n)
    )
    field = name if name in first.row.columns else "status"
    other = again.row.ref(field)
    words = {"found": f"“{other.sheet}”{other.cell}", "expected": again.row.text(name)}
    return [fault("I-SHEET-CONFLICT", first.row.ref(field), first.row.text(name), **words)]


def _set_aside(entry: Entry, code: str = "") -> Entry:
    """A row that does not count after all, for a fault of its own or for `code`."""
    codes = (*blocking(list(entry.faults)), *([code] if code else []))
    pending = PendingRow(entry.office, entry.row.origin().fields, codes, entry.row.ref("description"))
    return replace(entry, problem=None, pending=pending)
