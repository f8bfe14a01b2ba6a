"""The whole of intake in one call: the input folder in, books and faults out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from campaign.errors import UsageError
from campaign.intake.adjustments import read_adjustments
from campaign.intake.faults import fault
from campaign.intake.grid import Sheet, Workbook
from campaign.intake.headings import Heading, index_of
from campaign.intake.ledgers import LedgerSheet, open_ledger
from campaign.intake.offices import about_reporting, one_per_office, read_ledger, receipts
from campaign.intake.others import read_activities, read_complaints, read_merits, read_spot_checks
from campaign.intake.reading import list_files, read_workbooks
from campaign.intake.roster import read_roster, scope_faults
from campaign.intake.selfchecks import latest, read_self_check
from campaign.intake.sorting import Tables, sort_sheets
from campaign.intake.values import Desk, desk_of
from campaign.records import Books, CellRef, Complaint, Fault, Roster, SelfCheck
from campaign.rulebook.model import Rulebook

_FRIDAY = 4


class AsOfUnknownError(UsageError):
    """No ledger says when it was reported, so the week cannot be told."""

    def __init__(self) -> None:
        super().__init__(
            "各台账都没有写明填报时间，无法确定截至日期；请指定，例如：make weekly AS_OF=2023-04-28"
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of the input folder. `kinds` tells for each file what it was taken for ("" where nothing)."""

    books: Books
    faults: tuple[Fault, ...]
    files: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...] = ()


def receive(root: Path, rulebook: Rulebook, as_of: date | None, jobs: int = 2) -> Intake:
    """Read everything below `root`. Without `as_of`, the first Friday on or after the newest 填报时间 counts.

    Raises:
        AsOfUnknownError: no as-of date was given and no ledger states when it was reported.
    """
    files = list_files(root)
    workbooks, faults = _read(root, files.tables, jobs)
    faults += [fault("I-FILE-LOCK", CellRef(file)) for file in files.locks]
    faults += [fault("I-FILE-OTHER", CellRef(file)) for file in files.others]
    index = index_of(rulebook.words)
    tables = [sort_sheets(workbook, index, rulebook.words) for workbook in workbooks]
    faults += [f for t in tables for f in t.faults]
    roster, roster_faults = _roster([t for t in tables if t.roster], rulebook)
    desk = desk_of(rulebook, roster)
    ledgers = [
        sheets for t in tables if (sheets := tuple(open_ledger(s, h, desk) for s, h in t.of("ledger")))
    ]
    day = as_of or _closing_date(ledgers)
    books, more = _books(tables, ledgers, roster, desk, day)
    kinds = tuple((t.workbook.file, _kind(t)) for t in tables)
    return Intake(books, _in_order([*faults, *roster_faults, *more]), (*files.tables, *files.others), kinds)


def _read(root: Path, files: Sequence[str], jobs: int) -> tuple[list[Workbook], list[Fault]]:
    """Every readable workbook, each content once."""
    workbooks: list[Workbook] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for workbook, wrong in read_workbooks(root, files, jobs):
        faults += wrong
        if workbook is None:
            continue
        first = seen.setdefault(workbook.sha256, workbook.file)
        if first == workbook.file:
            workbooks.append(workbook)
        else:
            faults.append(fault("I-FILE-COPY", CellRef(workbook.file), found=first))
    return workbooks, faults


def _roster(tables: list[Tables], rulebook: Rulebook) -> tuple[Roster, list[Fault]]:
    if not tables:
        return Roster(), [fault("I-SET-ROSTER", CellRef("名册"))]
    if len(tables) > 1:
        found = "、".join(f"《{t.workbook.file}》" for t in tables)
        return Roster(), [fault("I-SET-ROSTER-TWICE", CellRef(tables[1].workbook.file), found=found)]
    roster, faults = read_roster(tables[0].roster)
    return roster, [*faults, *scope_faults(roster, rulebook.campaign, tables[0].workbook.file)]


def _closing_date(ledgers: list[tuple[LedgerSheet, ...]]) -> date:
    newest = max((s.reported_on for sheets in ledgers for s in sheets if s.reported_on), default=None)
    if newest is None:
        raise AsOfUnknownError
    return newest + timedelta(days=(_FRIDAY - newest.weekday()) % 7)


def _books(
    tables: list[Tables], ledgers: list[tuple[LedgerSheet, ...]], roster: Roster, desk: Desk, as_of: date
) -> tuple[Books, list[Fault]]:
    read = [read_ledger(sheets, desk, as_of) for sheets in ledgers]
    accepted, faults = one_per_office(read)
    faults += [f for ledger in read for f in ledger.faults]
    faults += [f for ledger in accepted for f in about_reporting(ledger, as_of)]
    entries = [entry for ledger in accepted for entry in ledger.entries]
    problems = [entry.problem for entry in entries if entry.problem]
    covered = {office for ledger in accepted for office in ledger.offices}
    unreported = tuple(s.name for s in roster.subdistricts if s.name not in covered)
    faults += [fault("I-SET-UNREPORTED", CellRef(""), name) for name in unreported]
    books = Books(
        as_of=as_of,
        roster=roster,
        problems=tuple(p for p in problems if p.found_on <= as_of),
        future=tuple(p for p in problems if p.found_on > as_of),
        pending=tuple(entry.pending for entry in entries if entry.pending),
        receipts=tuple(receipt for ledger in accepted for receipt in receipts(ledger)),
        unreported=unreported,
    )
    return _with_other_tables(books, tables, desk, faults), faults


def _with_other_tables(books: Books, tables: list[Tables], desk: Desk, faults: list[Fault]) -> Books:
    checks: list[SelfCheck] = []
    for sheet, heading in _all(tables, "self_check"):
        received = read_self_check(sheet, heading, desk)
        checks += [received.check] if received.check else []
        faults += received.faults
    chosen, wrong = latest(checks, books.as_of)
    faults += wrong
    day = books.as_of
    adjustments, wrong = read_adjustments(_all(tables, "adjustment"), desk, day)
    faults += wrong
    spot = [read_spot_checks(s, h, desk) for s, h in _all(tables, "spot_check")]
    complaints = [read_complaints(s, h, desk) for s, h in _all(tables, "complaint")]
    activities = [read_activities(s, h, desk) for s, h in _all(tables, "activity")]
    merits = [read_merits(s, h, desk) for s, h in _all(tables, "merit")]
    faults += [f for _, more in [*spot, *complaints, *activities, *merits] for f in more]
    return replace(
        books,
        adjustments=adjustments,
        self_checks=chosen,
        spot_checks=tuple(c for rows, _ in spot for c in rows if c.checked_on <= day) if spot else None,
        complaints=tuple(_as_known_on(c, day) for rows, _ in complaints for c in rows if c.received_on <= day)
        if complaints
        else None,
        activities=tuple(a for rows, _ in activities for a in rows) if activities else None,
        merits=tuple(m for rows, _ in merits for m in rows if m.dated_on <= day) if merits else None,
    )


def _as_known_on(complaint: Complaint, as_of: date) -> Complaint:
    """A complaint settled after the as-of date was not settled on it."""
    later = complaint.settled_on is not None and complaint.settled_on > as_of
    return replace(complaint, settled_on=None) if later else complaint


def _all(tables: Iterable[Tables], kind: str) -> list[tuple[Sheet, Heading]]:
    return [pair for t in tables for pair in t.of(kind)]


def _kind(tables: Tables) -> str:
    if tables.roster:
        return "roster"
    return "、".join(dict.fromkeys(heading.kind for _, heading in tables.found))


_WORST_FIRST = {"fatal": 0, "error": 1, "warning": 2, "info": 3}


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """Worst first, then as the offices will look for them: by file, sheet, row."""
    unique = dict.fromkeys(faults)
    return tuple(sorted(unique, key=lambda f: (_WORST_FIRST[f.severity.value], f.ref, f.code)))
