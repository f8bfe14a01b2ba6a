"""A county never shown, with cells spoiled by hand: each is told at its address, at its level, and no more.

The county is read once as its offices filled it in, which tells where every field of every problem stands;
then some of those cells are spoiled, each in a problem of its own, and it is read again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from campaign.intake.desk import Intake, receive
from campaign.records import Answer, CellRef, CheckAnswer, Problem, SelfCheck, Status
from sample.county import county
from sample.parcel import write_week
from tests.support.county import rulebook

SEED, WEEK = 31, 5
CHECKS = 4  # one community in so many hands in its self-check: those are most of the work
DAY = timedelta(days=1)
Value = str | float | date | None


@dataclass
class Spoiler:
    """The county as it came in, the cells spoiled so far, and what must be told of them."""

    root: Path
    whole: Intake
    typed: dict[CellRef, Value] = field(default_factory=dict)
    expected: set[tuple[str, str, CellRef]] = field(default_factory=set)
    used: set[str] = field(
        default_factory=set
    )  # communities: cells are merged over one, so each is used once

    @cached_property
    def by_file(self) -> dict[str, list[Problem]]:
        found: dict[str, list[Problem]] = {}
        for problem in self.whole.books.problems:
            found.setdefault(problem.origin.row.file, []).append(problem)
        return found

    def ledger(self, with_column: str) -> str:
        """The ledger in whose table a column stands."""
        return next(
            f for f, own in self.by_file.items() if own[0].origin.ref(with_column) != own[0].origin.row
        )

    def pick(self, file: str, wanted: Callable[[Problem], bool] = lambda _: True) -> Problem:
        """A problem that is alone in being spoiled in its community."""
        found = next(p for p in self.by_file[file] if p.community not in self.used and wanted(p))
        self.used.add(found.community)
        return found

    def checks(self) -> Iterator[tuple[SelfCheck, CheckAnswer]]:
        """Answers of communities that nothing else touches."""
        for check in self.whole.books.self_checks:
            if check.community not in self.used:
                self.used.add(check.community)
                yield check, check.answers[0]

    def spoil(
        self, ref: CellRef, value: Value, code: str, level: str, told_at: CellRef | None = None
    ) -> None:
        self.typed[ref] = value
        self.expected.add((code, level, told_at or ref))

    def save(self) -> None:
        for file in {ref.file for ref in self.typed}:
            book = load_workbook(self.root / file)
            for ref, value in self.typed.items():
                if ref.file == file:
                    cell = book[ref.sheet].cell(ref.row, ref.column)
                    assert not isinstance(cell, MergedCell)
                    cell.value = value
                    if isinstance(value, float):
                        cell.number_format = "General"  # a number typed over a date
            book.save(self.root / file)


# What all tests here look at is made once: they run in one process.
pytestmark = pytest.mark.xdist_group("spoiled county")


@pytest.fixture(scope="module")
def spoiler(tmp_path_factory: pytest.TempPathFactory) -> Spoiler:
    whole_county = county(seed=SEED)
    made = replace(whole_county, self_checks=whole_county.self_checks[::CHECKS])
    root = tmp_path_factory.mktemp("county")
    write_week(made, made.fridays[WEEK], root)
    whole = receive(root, rulebook(), None)
    assert not [f.message for f in whole.faults if f.severity.blocks]
    spoiled = Spoiler(root, whole)
    spoil_cells_of_rows(spoiled)
    spoil_days_of_rows(spoiled)
    spoil_list_habits(spoiled)
    spoil_sheet_habits(spoiled)
    spoil_self_checks(spoiled)
    spoil_roster(spoiled)
    spoiled.save()
    return spoiled


def is_open(problem: Problem) -> bool:
    return not problem.status.done and problem.due_on is not None


def is_closed(problem: Problem) -> bool:
    return problem.status is Status.CLOSED


def spoil_cells_of_rows(s: Spoiler) -> None:
    file = s.ledger("source")  # the ledger with merged names
    roster = s.whole.books.roster

    def at(name: str, wanted: Callable[[Problem], bool] = is_open) -> CellRef:
        return s.pick(file, wanted).origin.ref(name)

    elsewhere = next(c.name for c in roster.communities if c.subdistrict != s.by_file[file][0].subdistrict)
    stranger = next(c.name for c in roster.companies if c.name not in {p.company for p in s.by_file[file]})
    s.spoil(at("community"), "无此小区", "I-CELL-COMMUNITY", "error")
    s.spoil(at("community"), elsewhere, "I-CELL-SUBDISTRICT", "error")
    # A company's cell is merged over several communities: its first one is where the name stands.
    company = at("company", lambda p: p.origin.ref("company").row == p.origin.ref("community").row)
    s.spoil(company, stranger, "I-CELL-COMPANY-MISMATCH", "error")
    s.spoil(at("item"), "九-9", "I-CELL-ITEM", "error")
    s.spoil(at("item"), None, "I-CELL-ITEM-MISSING", "warning")
    s.spoil(at("description"), None, "I-CELL-MISSING", "error")
    s.spoil(at("description"), "#REF!", "I-CELL-ERROR", "error")
    s.spoil(at("status"), "差不多了", "I-CELL-STATUS", "error")
    s.spoil(at("status"), None, "I-CELL-MISSING", "error")
    s.spoil(at("phone"), "123", "I-CELL-PHONE", "warning")
    receipt = next(r for r in s.whole.books.receipts if r.ref.file == file)
    total = next(address for address, why in receipt.passed_over if why == "合计行")
    description = s.by_file[file][0].origin.ref("description").column
    ref = CellRef(file, receipt.ref.sheet, int(total.strip("ABCDEFGH")), description)
    s.spoil(ref, 7, "I-ROW-TOTAL", "warning")


def spoil_days_of_rows(s: Spoiler) -> None:
    file = s.ledger("source")
    ends_on = rulebook().campaign.ends_on

    def take(wanted: Callable[[Problem], bool] = is_open) -> Problem:
        return s.pick(file, wanted)

    p = take()
    s.spoil(p.origin.ref("found_on"), "2023年4月31日", "I-CELL-DATE-IMPOSSIBLE", "error")
    p = take()
    s.spoil(p.origin.ref("found_on"), 4.2, "I-CELL-DATE-UNSURE", "error")
    p = take()
    s.spoil(p.origin.ref("found_on"), "=TODAY()", "I-CELL-FORMULA", "error")
    p = take(is_closed)
    s.spoil(p.origin.ref("closed_on"), None, "I-ROW-CLOSED-UNDATED", "error")
    p = take(is_closed)
    s.spoil(p.origin.ref("closed_on"), p.found_on - DAY, "I-ROW-ORDER", "error")
    p = take()
    s.spoil(p.origin.ref("rectified_on"), p.found_on + DAY, "I-ROW-DATED-OPEN", "error")
    p = take()
    s.spoil(p.origin.ref("due_on"), None, "I-ROW-DUE-MISSING", "warning")
    p = take()
    s.spoil(p.origin.ref("due_on"), p.found_on - DAY, "I-ROW-ORDER", "error")
    p = take()
    s.spoil(p.origin.ref("due_on"), ends_on + DAY, "I-ROW-DUE-LATE", "warning")
    p = take()
    s.spoil(p.origin.ref("due_on"), "4月底", "I-CELL-DUE-VAGUE", "warning")
    p = take()
    s.spoil(p.origin.ref("found_on"), p.found_on.replace(year=2032), "I-ROW-FUTURE", "warning")
    s.expected.add(("I-ROW-ORDER", "error", p.origin.ref("due_on")))  # now before the day of discovery
    p = take(is_closed)
    s.spoil(p.origin.ref("found_on"), p.found_on.replace(year=2022), "I-CELL-DATE-RANGE", "warning")


def spoil_list_habits(s: Spoiler) -> None:
    file = s.ledger("closed")  # the ledger with a column of its own for 销号
    p = s.pick(file, is_closed)
    s.spoil(p.origin.ref("closed"), "大概", "I-CELL-CLOSED", "error")
    p = s.pick(file, is_open)
    s.spoil(p.origin.ref("closed"), "是", "I-ROW-CLOSED-OPEN", "error")
    p = s.pick(file, lambda p: p.status is Status.RECTIFIED)
    s.spoil(p.origin.ref("rectified_on"), "上周", "I-CELL-DATE", "error")
    p = s.pick(file)
    s.spoil(p.origin.ref("company"), "某某物业", "I-CELL-COMPANY", "warning")
    # A line pasted over the next one of its community.
    own = s.by_file[file]
    first, second = next(
        (a, b)
        for a, b in pairwise(own)
        if a.community == b.community not in s.used and b.origin.row.row == a.origin.row.row + 1
    )
    s.used.add(first.community)
    for name in ("serial", "item", "description", "found_on"):
        s.typed[second.origin.ref(name)] = first.origin.raw(name)
    s.typed[second.origin.ref("due_on")] = "长期坚持"
    s.expected.add(("I-ROW-REPEATED", "error", second.origin.ref("description")))


def spoil_sheet_habits(s: Spoiler) -> None:
    merged, listed = s.ledger("source"), s.ledger("closed")
    file = next(
        f for f in s.by_file if f not in {merged, listed}
    )  # a sheet for each community, and a summary
    p = s.pick(file, is_open)
    s.spoil(p.origin.ref("status"), "已整改", "I-SHEET-CONFLICT", "error")
    p = s.pick(file, is_open)
    s.spoil(p.origin.ref("status"), "不好说", "I-CELL-STATUS", "error")


def spoil_self_checks(s: Spoiler) -> None:
    checks = s.checks()
    _, answer = next(checks)
    s.spoil(answer.origin.ref("answer"), "大概行", "I-CELL-ANSWER", "error")
    _, answer = next(checks)
    s.spoil(answer.origin.ref("item"), "九-9", "I-CELL-ITEM", "error")
    listed = {(p.community, p.item) for p in s.whole.books.problems}
    answer = next(a for c, a in checks if a.answer is Answer.PASS and (c.community, a.item) not in listed)
    s.spoil(answer.origin.ref("answer"), "×", "I-ROW-FAIL-UNLISTED", "warning")
    # 符合 where the ledger has a problem that was there on that day
    there, answer = next(
        (p, a)
        for c in s.whole.books.self_checks
        for a in c.answers
        for p in s.whole.books.problems
        if a.answer is Answer.FAIL
        and c.community not in s.used
        and (p.community, p.item) == (c.community, a.item)
        and p.found_on <= c.checked_on
        and not p.status.done
    )
    s.used.add(there.community)
    s.spoil(answer.origin.ref("answer"), "√", "I-ROW-PASS-DENIED", "warning", there.origin.ref("item"))


def spoil_roster(s: Spoiler) -> None:
    roster = s.whole.books.roster
    busy = {p.community for p in s.whole.books.problems}
    idle = next(c for c in roster.communities if c.name not in busy)
    s.spoil(idle.origin.ref("company"), "无此公司", "I-SET-ROSTER-LINK", "error")
    s.spoil(roster.communities[0].origin.ref("households"), "四百多", "I-CELL-HOUSEHOLDS", "warning")


@pytest.fixture(scope="module")
def intake(spoiler: Spoiler) -> Intake:
    return receive(spoiler.root, rulebook(), spoiler.whole.books.as_of)


def test_every_spoiled_cell_is_told_at_its_address_and_level(spoiler: Spoiler, intake: Intake) -> None:
    assert len(spoiler.expected) >= 31
    told = {(f.code, f.severity.value, f.ref) for f in intake.faults}
    assert spoiler.expected - told == set()
    errors = {entry for entry in told if entry[1] in {"error", "fatal"}}
    assert errors - spoiler.expected == set()


def test_what_was_not_spoiled_still_counts(spoiler: Spoiler, intake: Intake) -> None:
    assert not intake.books.unreported
    told = {f.ref for f in intake.faults if f.severity.blocks}
    own = [p for p in intake.books.problems if not told & {f.ref for f in p.origin.fields}]
    assert len(own) == len(intake.books.problems)
    kept = {p.origin.row for p in own}
    waits = {(ref.file, ref.sheet, ref.row) for ref in (p.ref for p in intake.books.pending)}
    lost = {p.origin.row for p in spoiler.whole.books.problems} - kept
    assert {(ref.file, ref.sheet, ref.row) for ref in lost} == waits
