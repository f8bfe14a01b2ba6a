"""One entry of an issue ledger: its fields read, judged each by itself and against one another."""

from dataclasses import dataclass, replace
from datetime import date

from campaign.intake.enumerated import listed
from campaign.intake.grid import CellKind
from campaign.intake.items import may_be_cut, read_item
from campaign.intake.parts import Group, said_in_all, tell_parts
from campaign.intake.shots import Album
from campaign.intake.statuses import State, read_state
from campaign.intake.tables import Row
from campaign.intake.text import folded, shown
from campaign.intake.values import Desk, FieldReader, blocking
from campaign.records import Fault, ItemCode, PendingRow, Problem, Status

KIND = "ledger"


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


def read_entry(group: Group, office: str | None, album: Album, desk: Desk, as_of: date) -> Entry:
    """The problem of some rows, or why it cannot be counted. `office` is who reports, where that is known."""
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
    if found_on is not None and found_on > as_of:
        reader.report("I-ROW-FUTURE", "found_on", expected=as_of.isoformat())
    persons, phones = zip(*(r.person_and_phone() for r in readers), strict=True)
    tell_parts(reader, rest)
    reader.faults += [*(f for r in rest for f in r.faults), *album.faults(group.rows)]
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
        photos=album.count(group.rows),
        pictures=album.photos(group.rows),
    )
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
    written = _written_subdistrict(reader, expected)
    named = office or written
    if named is None or named == expected:
        if written not in {None, expected}:
            reader.report("I-CELL-SUBDISTRICT-OTHER", "subdistrict", expected=expected)
        return True
    place = "community" if office else "subdistrict"
    reader.report("I-CELL-SUBDISTRICT", place, community, expected=expected, found=named)
    return False


def _written_subdistrict(reader: FieldReader, expected: str) -> str | None:
    """The roster's name for what the ledger's own column says; None where it says nothing that is known."""
    written = reader.text("subdistrict")
    if not written:
        return None
    match = reader.desk.names.subdistricts.match(written)
    if match.name is None:
        reader.report("I-CELL-SUBDISTRICT-UNKNOWN", "subdistrict", hint=match.hint, expected=expected)
    return match.name


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


def set_aside(entry: Entry, code: str = "") -> Entry:
    """A row that does not count after all, for a fault of its own or for `code`."""
    codes = (*blocking(list(entry.faults)), *([code] if code else []))
    pending = PendingRow(entry.office, entry.row.origin().fields, codes, entry.row.ref("description"))
    return replace(entry, problem=None, pending=pending)
