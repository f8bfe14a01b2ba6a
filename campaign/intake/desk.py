"""The whole of intake in one call: the input folder in, books and faults out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from campaign.errors import UsageError
from campaign.intake.adjustments import read_adjustments
from campaign.intake.checks import Material, run
from campaign.intake.faults import fault, in_words
from campaign.intake.grid import Sheet, Workbook
from campaign.intake.headings import Heading, index_of
from campaign.intake.ledgers import LedgerSheet, open_ledger
from campaign.intake.offices import one_per_office, read_ledger, receipts
from campaign.intake.others import filled, read_activities, read_complaints, read_merits, read_spot_checks
from campaign.intake.photos import with_photos
from campaign.intake.reading import list_files, read_workbooks
from campaign.intake.roster import read_roster
from campaign.intake.selfchecks import latest, read_self_check
from campaign.intake.settlements import read_settlements
from campaign.intake.sorting import Tables, sort_sheets
from campaign.intake.values import Desk, Grants, desk_of
from campaign.intake.waivers import Request, all_marked, answer, read_requests
from campaign.records import Books, CellRef, Complaint, Fault, Roster, SelfCheck
from campaign.rulebook.model import Rulebook, Words

_FRIDAY = 4
_NO_WEEKS: Mapping[str, str] = MappingProxyType({})


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
    photos: Mapping[str, bytes] = field(default_factory=dict, repr=False)  # JPEGs of the problems, by digest


@dataclass(frozen=True, slots=True)
class _Tables:
    """Everything that was recognised, before it is judged."""

    tables: tuple[Tables, ...]
    ledgers: tuple[tuple[LedgerSheet, ...], ...]
    as_of: date
    earlier: Mapping[str, str]


def receive(
    root: Path,
    rulebook: Rulebook,
    as_of: date | None,
    jobs: int = 2,
    *,
    earlier: Mapping[str, str] = _NO_WEEKS,
) -> Intake:
    """Read everything below `root`. Without `as_of`, the first Friday on or after the newest 填报时间 counts.

    `earlier` tells of the files of other weeks: SHA-256 → where it first lay, as "2023-04-21/台账/丹砂.xlsx".

    Raises:
        AsOfUnknownError: no as-of date was given and no ledger states when it was reported.
    """
    files = list_files(root)
    workbooks, faults = _read(root, files.tables, jobs)
    faults += [fault("I-FILE-LOCK", CellRef(file)) for file in files.locks]
    faults += [fault("I-FILE-OTHER", CellRef(file)) for file in files.others]
    index = index_of(rulebook.words)
    tables = tuple(sort_sheets(workbook, index, rulebook.words) for workbook in workbooks)
    faults += [f for t in tables for f in t.faults]
    roster, roster_faults = _roster([t for t in tables if t.roster], rulebook.words)
    desk = desk_of(rulebook, roster)
    ledgers = tuple(
        sheets for t in tables if (sheets := tuple(open_ledger(s, h, desk) for s, h in t.of("ledger")))
    )
    closing = as_of or _closing_date(ledgers)
    illustrated = with_photos(root, ledgers, jobs)
    received = _Tables(tables, illustrated.ledgers, closing, earlier)
    books, told = _judged(received, [*faults, *roster_faults, *illustrated.faults], roster, desk)
    kinds = tuple((t.workbook.file, _kind(t)) for t in tables)
    shown = {photo.digest for problem in (*books.problems, *books.future) for photo in problem.pictures}
    photos = {digest: illustrated.files[digest] for digest in sorted(shown)}
    return Intake(books, _in_order(told, rulebook), (*files.tables, *files.others), kinds, photos)


def receive_roster(root: Path, rulebook: Rulebook, jobs: int = 2) -> tuple[Roster, tuple[Fault, ...]]:
    """The roster alone, of all that lies below `root`, and what is wrong with it.

    Where no roster can be used, the faults of files that could not be read are told too: one may be it.
    """
    workbooks, unread = _read(root, list_files(root).tables, jobs)
    index = index_of(rulebook.words)
    tables = [t for t in (sort_sheets(w, index, rulebook.words) for w in workbooks) if t.roster]
    roster, faults = _roster(tables, rulebook.words)
    faults += [f for t in tables for f in t.faults]
    if not roster.communities:
        faults += [f for f in unread if f.blocks]
    return roster, _in_order(faults, rulebook)


def _judged(received: _Tables, faults: list[Fault], roster: Roster, desk: Desk) -> tuple[Books, list[Fault]]:
    """Books and faults with all waivers taken into account.

    Which errors there are is known only after reading, and a row that counts by a waiver may show others
    that are waived too: so the tables are judged anew until no waiver is added.
    """
    requests: list[Request] = []
    for sheet, heading in _all(received.tables, "waiver"):
        read, wrong = read_requests(sheet, heading, desk, received.as_of)
        requests += read
        faults += wrong
    grants: Grants = {}
    while True:
        books, more = _books(received, roster, replace(desk, grants=grants))
        told = all_marked([*faults, *more], grants)
        result = answer(requests, told)
        if result.grants.keys() <= grants.keys():
            return books, [*told, *result.faults]
        grants = {**result.grants, **grants}


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


def _roster(tables: list[Tables], words: Words) -> tuple[Roster, list[Fault]]:
    if not tables:
        return Roster(), [fault("I-SET-ROSTER", CellRef("名册"))]
    if len(tables) > 1:
        found = "、".join(f"《{t.workbook.file}》" for t in tables)
        return Roster(), [fault("I-SET-ROSTER-TWICE", CellRef(tables[1].workbook.file), found=found)]
    roster, faults = read_roster(tables[0].roster, words)
    return roster, list(faults)


def _closing_date(ledgers: Iterable[tuple[LedgerSheet, ...]]) -> date:
    newest = max((s.reported_on for sheets in ledgers for s in sheets if s.reported_on), default=None)
    if newest is None:
        raise AsOfUnknownError
    return newest + timedelta(days=(_FRIDAY - newest.weekday()) % 7)


def _books(received: _Tables, roster: Roster, desk: Desk) -> tuple[Books, list[Fault]]:
    as_of = received.as_of
    read = [read_ledger(sheets, desk, as_of) for sheets in received.ledgers]
    accepted, faults = one_per_office(read)
    faults += [f for ledger in read for f in ledger.faults]
    entries = [entry for ledger in accepted for entry in ledger.entries]
    problems = [entry.problem for entry in entries if entry.problem]
    covered = {office for ledger in accepted for office in ledger.offices}
    books = Books(
        as_of=as_of,
        roster=roster,
        problems=tuple(p for p in problems if p.found_on <= as_of),
        future=tuple(p for p in problems if p.found_on > as_of),
        pending=tuple(entry.pending for entry in entries if entry.pending),
        receipts=tuple(receipt for ledger in accepted for receipt in receipts(ledger)),
        unreported=tuple(s.name for s in roster.subdistricts if s.name not in covered),
    )
    books = _with_other_tables(books, received.tables, desk, faults)
    material = Material(
        books=books,
        rulebook=desk.rulebook,
        ledgers=tuple(accepted),
        roster_file=_roster_file(received.tables),
        digests={t.workbook.file: t.workbook.sha256 for t in received.tables},
        earlier=received.earlier,
    )
    return books, [*faults, *run(material)]


def _roster_file(tables: Iterable[Tables]) -> str:
    """The one roster's file; "" where there is none, or more than one."""
    files = [t.workbook.file for t in tables if t.roster]
    return files[0] if len(files) == 1 else ""


def _with_other_tables(books: Books, tables: Sequence[Tables], desk: Desk, faults: list[Fault]) -> Books:
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
    settlements, wrong = read_settlements(_all(tables, "settlement"), desk)
    faults += wrong
    spot = filled(_all(tables, "spot_check"), read_spot_checks, desk, faults)
    complaints = filled(_all(tables, "complaint"), read_complaints, desk, faults)
    merits = filled(_all(tables, "merit"), read_merits, desk, faults)
    return replace(
        books,
        adjustments=adjustments,
        settlements=settlements,
        self_checks=chosen,
        spot_checks=None if spot is None else tuple(c for c in spot if c.checked_on <= day),
        complaints=None
        if complaints is None
        else tuple(_as_known_on(c, day) for c in complaints if c.received_on <= day),
        activities=filled(_all(tables, "activity"), read_activities, desk, faults),
        merits=None if merits is None else tuple(m for m in merits if m.dated_on <= day),
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


def _in_order(faults: list[Fault], rulebook: Rulebook) -> tuple[Fault, ...]:
    """Worst first, then as the offices will look for them: by file, sheet, row; in the campaign's words."""
    unique = dict.fromkeys(in_words(found, rulebook.campaign.nouns) for found in faults)
    return tuple(sorted(unique, key=lambda f: (_WORST_FIRST[f.severity.value], f.ref, f.code)))
