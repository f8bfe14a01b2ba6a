"""What the overview page says: everything its template may use, worked out, sorted and worded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.assess.figures import checked_communities
from campaign.compose.brief import (
    DECISION_WORDS,
    Names,
    ProblemRow,
    Standing,
    Verdict,
    overdue,
    standings,
    total,
    verdict,
)
from campaign.compose.brief_changes import Moves, moves
from campaign.compose.filters import long_date, number_change, points_change
from campaign.compose.outlook import Outlooks, known, outlooks
from campaign.compose.ranking import Ranking, RankRow, rankings
from campaign.decimals import NOTHING, show_percent
from campaign.intake.opinions import MEANING, SEVERITIES, ZH, counted, in_order, problem
from campaign.intake.waivers import in_force
from campaign.records import (
    CellRef,
    Decision,
    DecisionKind,
    Fault,
    LedgerReceipt,
    PendingRow,
    SubjectKind,
    Week,
)
from campaign.render.overview.links import Link, Paper, is_paper, link, papers, spot, to_input
from campaign.render.overview.suspicions import DOUBTS, DoubtLine, SuspectRow, doubt_lines, idle, suspect_rows
from campaign.rulebook.model import Nouns, Rulebook

_LONG = 14  # lines of a ranking beyond which it is set in two parts side by side
_BEST = ("best", "good")
_OPTIONAL = (("spot_checks", "督导抽查"), ("complaints", "信访投诉"), ("activities", "工作开展情况"))


@dataclass(frozen=True, slots=True)
class Big:
    """A figure in large print. `change` compares it with the week before; `tone` is good, bad or empty."""

    label: str
    value: str
    note: str
    change: str
    tone: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a bar: its kind for the colour, and how many it stands for, which is also how long it is."""

    kind: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class District:
    """A subdistrict's line: its counts, its rates as printed, and the bar of its problems by status."""

    counts: Standing
    check_rate: str
    done_rate: str
    closed_rate: str
    bar: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A subject's place in its ranking. `tone` sets the best and the worst grades apart."""

    row: RankRow
    tone: str


@dataclass(frozen=True, slots=True)
class Board:
    """The ranking of one kind of subject, a long one in two parts, and who is not in it, by reason."""

    word: str
    parts: tuple[tuple[Place, ...], ...]
    unrated: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision with the cells it rests on and the documents made for it."""

    verdict: Verdict
    evidence: tuple[str, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions of one kind; `tone` sets commendations apart."""

    word: str
    tone: str
    items: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One serious fault in full."""

    severity: str
    word: str
    file: Link
    place: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class WaivedRow:
    """An error that is waived: what it is, why it may pass, on whose word and until when."""

    file: Link
    place: str
    problem: str
    reason: str
    by: str
    until: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """How many faults of each severity a file has."""

    file: Link
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What became of the rows of one sheet of a ledger."""

    office: str
    file: Link
    sheet: str
    reported: str
    counted: int
    pending: int
    repeats: int
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A ledger row that waits for its office (待核实)."""

    office: str
    place: str
    words: str
    codes: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page's template may use."""

    name: str
    office: str
    issue: str
    until: str
    draft: bool
    blocked: bool
    compared_with: str
    figures: tuple[Big, ...]
    missing: tuple[str, ...]
    districts: tuple[District, ...]
    outlook: Outlooks | None  # when it will all be struck off; None where too few weeks are known
    boards: tuple[Board, ...]
    rulings: tuple[Rulings, ...]
    overdue: tuple[ProblemRow, ...]
    moves: Moves | None
    suspects: tuple[SuspectRow, ...]
    doubts: tuple[DoubtLine, ...]
    settle: Link | None
    idle: tuple[str, ...]
    severities: tuple[tuple[str, str, str, int], ...]
    files: tuple[FileRow, ...]
    serious: tuple[FaultRow, ...]
    waived: tuple[WaivedRow, ...]
    unreported: tuple[str, ...]
    not_received: tuple[str, ...]
    unchecked: tuple[Names, ...]
    receipts: tuple[ReceiptRow, ...]
    waiting: tuple[WaitingRow, ...]
    future: int
    papers: tuple[Paper, ...]
    workbooks: tuple[Link, ...]
    returned: tuple[Link, ...]
    others: tuple[Link, ...]
    rules: str
    specimen: str
    digest: str
    n: Nouns


# --- What the page says ---------------------------------------------------------------------------


def page(week: Week, rulebook: Rulebook, outputs: Sequence[str], inputs: str | None) -> Page:
    """The page of a week (see `overview` for the arguments)."""
    books, faults = week.books, in_order(week.faults)
    own = tuple(papers(outputs))
    sheets = [name for name in outputs if name.endswith(".xlsx") and "/" not in name]
    folders = [name for name in outputs if "/" in name and name.endswith(".xlsx")]
    shown = {*sheets, *folders, *(name for name in outputs if is_paper(name))}
    return Page(
        name=rulebook.campaign.name,
        office=rulebook.campaign.office,
        issue=f"第{week.number}期",
        until=long_date(week.as_of),
        draft=week.draft,
        blocked=week.blocked,
        compared_with=long_date(week.last.as_of) if week.last else "",
        figures=tuple(_figures(week, rulebook.campaign.nouns)),
        missing=week.assessment.figures.totals.missing,
        districts=tuple(_district(s) for s in standings(week.assessment.figures, books.unreported)),
        outlook=_outlook(week, rulebook),
        boards=tuple(
            _board(ranking, rulebook)
            for ranking in rankings(week.assessment, week.last.assessment if week.last else None, rulebook)
        ),
        rulings=tuple(_rulings(week.assessment.decisions, rulebook, own)),
        overdue=overdue(books.problems, week.as_of),
        moves=moves(week.changes),
        suspects=suspect_rows(week, inputs),
        doubts=doubt_lines(week, inputs),
        idle=idle(week),
        settle=next((link(name) for name in sheets if name == DOUBTS), None),
        severities=tuple((s.value, ZH[s], MEANING[s], n) for s, n in counted(faults).items()),
        files=tuple(_file_rows(faults, inputs)),
        serious=tuple(_fault_row(f, inputs) for f in faults if f.blocks),
        waived=tuple(_waived(faults, inputs)),
        unreported=books.unreported,
        not_received=tuple(word for field, word in _OPTIONAL if getattr(books, field) is None),
        unchecked=tuple(_unchecked(week)),
        receipts=tuple(_receipt(r, inputs) for r in books.receipts),
        waiting=tuple(_waiting(row) for row in books.pending),
        future=len(books.future),
        papers=own,
        workbooks=tuple(link(name) for name in sheets),
        returned=tuple(link(name) for name in folders),
        others=tuple(link(name) for name in outputs if name not in shown),
        rules=rulebook.title,
        specimen=rulebook.specimen,
        digest=week.assessment.rules_digest or rulebook.digest,
        n=rulebook.campaign.nouns,
    )


def _outlook(week: Week, rulebook: Rulebook) -> Outlooks | None:
    figures = week.assessment.figures
    found = outlooks((*known(week.past), (week.books, figures)), rulebook.campaign)
    return found if found.told and figures.totals.found else None


def _figures(week: Week, nouns: Nouns) -> Iterator[Big]:
    now = total(week.books, week.assessment.figures)
    last = total(week.last.books, week.last.assessment.figures) if week.last else None
    yield Big(
        f"已排查{nouns.community}",
        f"{now.checked}/{now.communities}",
        f"排查率{show_percent(now.check_rate)}",
        *_rate_change(now.check_rate, last.check_rate if last else None),
    )
    if not now.reported:
        yield Big("发现问题", NOTHING, f"各{nouns.subdistrict_short}均未报送台账", "", "")
        return
    before = last if last and last.reported else None
    yield Big("发现问题", str(now.found), f"本周新增{now.new}个", *_change(now.found, before, "found", ""))
    yield Big(
        "整改率",
        show_percent(now.done_rate),
        f"已整改{now.rectified}个、已销号{now.closed}个",
        *_rate_change(now.done_rate, before.done_rate if before else None),
    )
    yield Big(
        "销号率",
        show_percent(now.closed_rate),
        f"本周销号{now.newly_closed}个",
        *_rate_change(now.closed_rate, before.closed_rate if before else None),
    )
    yield Big(
        "逾期未整改",
        str(now.overdue),
        f"未整改和整改中共{now.unfinished}个",
        *_change(now.overdue, before, "overdue", "bad"),
    )
    if now.pending:
        yield Big("待核实", str(now.pending), "退回修改后才能计入", "", "bad")


def _rate_change(now: Decimal | None, before: Decimal | None) -> tuple[str, str]:
    if now is None or before is None:
        return "", ""
    change = now - before
    return points_change(change), "good" if change > 0 else "bad" if change < 0 else ""


def _change(now: int, before: Standing | None, field: str, if_more: str) -> tuple[str, str]:
    """A count's change; more of it is bad, or neither good nor bad."""
    if before is None:
        return "", ""
    change = now - int(getattr(before, field))
    return number_change(change), "" if not change or not if_more else if_more if change > 0 else "good"


def _district(standing: Standing) -> District:
    parts = (
        ("closed", "已销号", standing.closed),
        ("rectified", "已整改", standing.rectified),
        ("progress", "整改中", standing.in_progress),
        ("open", "未整改", standing.open),
    )
    bar = [Stretch(kind, word, count) for kind, word, count in parts if count]
    return District(
        counts=standing,
        check_rate=show_percent(standing.check_rate),
        done_rate=show_percent(standing.done_rate),
        closed_rate=show_percent(standing.closed_rate),
        bar=tuple(bar),
    )


def _board(ranking: Ranking, rulebook: Rulebook) -> Board:
    scheme = rulebook.scheme(SubjectKind(ranking.kind))
    grades = [grade.name for grade in scheme.grades] if scheme else []
    places = tuple(Place(row, _tone(row.grade, grades)) for row in ranking.rows)
    half = (len(places) + 1) // 2 if len(places) > _LONG else len(places)
    parts = tuple(part for part in (places[:half], places[half:]) if part)
    return Board(ranking.word, parts, ranking.unrated)


def _tone(grade: str, grades: Sequence[str]) -> str:
    """How a grade is coloured, by its place among the grades from best to worst."""
    if grade not in grades:
        return ""
    place = grades.index(grade)
    if place == len(grades) - 1 > 0:
        return "worst"
    return _BEST[place] if place < len(_BEST) else "weak"


def _rulings(decisions: Sequence[Decision], rulebook: Rulebook, papers: Sequence[Paper]) -> Iterator[Rulings]:
    for kind in DecisionKind:
        own = [decision for decision in decisions if decision.kind is kind]
        tone = "good" if kind is DecisionKind.COMMENDATION else "bad"
        if own:
            items = tuple(_ruling(decision, rulebook, papers) for decision in own)
            yield Rulings(DECISION_WORDS[kind], tone, items)


def _ruling(decision: Decision, rulebook: Rulebook, papers: Sequence[Paper]) -> Ruling:
    own = DECISION_WORDS[decision.kind]
    return Ruling(
        verdict=verdict(decision, rulebook),
        evidence=tuple(str(ref) for ref in decision.evidence),
        papers=tuple(p for p in papers if p.name.endswith(f"-{decision.subject}") and own in p.name),
    )


def _fault_row(fault: Fault, inputs: str | None) -> FaultRow:
    return FaultRow(
        severity=fault.severity.value,
        word=ZH[fault.severity],
        file=to_input(fault.ref, inputs),
        place=spot(fault.ref),
        problem=problem(fault),
        remedy=fault.remedy,
    )


def _file_rows(faults: Sequence[Fault], inputs: str | None) -> Iterator[FileRow]:
    for file in dict.fromkeys(fault.ref.file for fault in faults):
        counts = counted([fault for fault in faults if fault.ref.file == file])
        yield FileRow(to_input(CellRef(file), inputs), tuple((s.value, counts[s]) for s in SEVERITIES))


def _unchecked(week: Week) -> Iterator[Names]:
    checked = checked_communities(week.books)
    for subdistrict in week.books.roster.subdistricts:
        own = [c.name for c in week.books.roster.communities if c.subdistrict == subdistrict.name]
        if absent := tuple(name for name in own if name not in checked):
            yield Names(subdistrict.name, absent)


def _waived(faults: Iterable[Fault], inputs: str | None) -> Iterator[WaivedRow]:
    for fault, waiver in in_force(faults):
        yield WaivedRow(
            file=to_input(fault.ref, inputs),
            place=spot(fault.ref),
            problem=problem(fault),
            reason=waiver.reason,
            by=waiver.by,
            until=long_date(waiver.until),
        )


def _receipt(receipt: LedgerReceipt, inputs: str | None) -> ReceiptRow:
    return ReceiptRow(
        office=receipt.subdistrict,
        file=to_input(receipt.ref, inputs),
        sheet=receipt.ref.sheet,
        reported=long_date(receipt.reported_on) if receipt.reported_on else NOTHING,
        counted=receipt.counted,
        pending=receipt.pending,
        repeats=receipt.repeats,
        passed_over=tuple(f"{address}：{why}" for address, why in receipt.passed_over),
    )


def _waiting(row: PendingRow) -> WaitingRow:
    words = "；".join(cell.raw.strip() for cell in row.cells if cell.raw.strip())
    return WaitingRow(row.subdistrict, str(row.ref), words, "、".join(row.fault_codes))
