"""A blank form filled in and sent back says exactly what was typed, and gives nobody anything to mend."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from campaign.records import Answer, CellRef, Origin, Problem, Recheck, Status
from tests.render.forms.filling import Typed, fill, forms, heading, opened, report_on, saved, sent, told
from tests.support.county import AS_OF, COMMUNITIES, DURU, rulebook, small_roster
from tests.support.county import problem as a_problem

pytestmark = pytest.mark.xdist_group("forms")

# A workbook each time, so only some are tried, and none is tried again to make a failure smaller.
FEW = settings(max_examples=5, phases=(Phase.explicit, Phase.generate))
MANY = settings(FEW, max_examples=100)
START = date(2023, 3, 29)
WORDS = "消火栓无水灯坏门禁失灵堆放杂物未公示收支楼道电梯年检过期"
MINE = tuple(c for c in small_roster().communities if c.subdistrict == DURU)
UNITS = (*(s.name for s in small_roster().subdistricts), *(a.name for a in rulebook().campaign.agencies))
NO_DEADLINE = rulebook().words.values["no_deadline"]["yes"][0]
SUPERVISION = [spelled[0] for spelled in rulebook().words.values["supervision"].values()]
STATUSES = {Status(value): spelled[0] for value, spelled in rulebook().words.values["status"].items()}
CONFIRMED = rulebook().words.values["recheck"]["confirmed"][0]
ANSWERS = {Answer(value): spelled[0] for value, spelled in rulebook().words.values["answer"].items()}


def words(least: int = 2) -> st.SearchStrategy[str]:
    """What people write into a text, with signs that Excel would like to calculate with."""
    sign = st.sampled_from(("", "", "=", "-", "+", "@", "（"))
    return st.builds(str.__add__, sign, st.text(WORDS, min_size=least, max_size=30))


def days(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(first, last)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any problem that an office may report, consistent in itself."""
    community = draw(st.sampled_from(MINE))
    status = draw(st.sampled_from(Status))
    found = draw(days(START, AS_OF))
    rectified = draw(days(found, AS_OF)) if status.done else None
    closed = draw(days(rectified, AS_OF)) if rectified and status is Status.CLOSED else None
    endless = draw(st.booleans())
    return a_problem(
        community=community.name,
        item=draw(st.sampled_from(rulebook().checklist.codes)),
        description=draw(words()) + str(draw(st.integers(1, 10**6))),
        found_on=found,
        measure=draw(words()),
        due_on=None if endless else found + timedelta(days=draw(st.integers(0, 40))),
        no_deadline=endless,
        responsible_unit=community.company,
        responsible_person=draw(st.sampled_from(("石知远", "欧阳·买买提", "张三"))),
        phone=draw(st.sampled_from(("19900001234", "0854-1234567", ""))),
        status=status,
        rectified_on=rectified,
        closed_on=closed,
        supervision=draw(st.sampled_from(("", *SUPERVISION))),
        note=draw(st.one_of(st.just(""), words())),
    )


def row(problem: Problem) -> dict[str, Typed]:
    """What a clerk types for a problem."""
    return {
        "community": problem.community,
        "company": problem.company,
        "item": str(problem.item),
        "description": problem.description,
        "found_on": problem.found_on,
        "measure": problem.measure,
        "due_on": NO_DEADLINE if problem.no_deadline else problem.due_on,
        "responsible_unit": problem.responsible_unit,
        "responsible_person": problem.responsible_person,
        "phone": problem.phone or None,
        "status": STATUSES[problem.status],
        "rectified_on": problem.rectified_on,
        "closed_on": problem.closed_on,
        "supervision": problem.supervision or None,
        "note": problem.note or None,
    }


def bare(problem: Problem) -> Problem:
    return replace(problem, serial="", origin=Origin(CellRef("")))


def ledgers(most: int) -> st.SearchStrategy[list[Problem]]:
    return st.lists(problems(), min_size=1, max_size=most, unique_by=lambda p: p.description)


@FEW
@given(ledgers(12))
def test_a_ledger(records: list[Problem]) -> None:
    assert_read_back(records)


@pytest.mark.deep
@MANY
@given(ledgers(40))
def test_many_ledgers(records: list[Problem]) -> None:
    assert_read_back(records)


def assert_read_back(records: list[Problem]) -> None:
    """A ledger with these problems says just these, and nobody has anything to mend."""
    book = opened(forms()[f"问题台账-{DURU}.xlsx"])
    fill(book["问题台账"], "ledger", map(row, records), AS_OF)
    with TemporaryDirectory() as folder:
        intake = sent(Path(folder), AS_OF, 台账=saved(book))
    assert [f.message for f in told(intake, "台账")] == []
    assert list(map(bare, intake.books.problems)) == list(map(bare, records))
    assert DURU not in intake.books.unreported


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Typed]:
    answer = draw(st.sampled_from(Answer))
    if answer is not Answer.FAIL:
        return {"answer": ANSWERS[answer]}
    return {
        "answer": ANSWERS[answer],
        "problem": draw(words()),
        "measure": draw(st.one_of(st.none(), words())),
        "due_on": draw(st.one_of(st.none(), st.just(NO_DEADLINE), days(START, date(2023, 6, 25)))),
        "responsible_person": "石知远",
    }


CHECKLIST = rulebook().checklist.codes


SHEETS = st.lists(answers(), min_size=len(CHECKLIST), max_size=len(CHECKLIST))
NAMES = st.sampled_from([community.name for community in MINE])


@FEW
@given(SHEETS, NAMES)
def test_a_self_check(rows: list[dict[str, Typed]], name: str) -> None:
    assert_answered(rows, name)


@pytest.mark.deep
@MANY
@given(SHEETS, NAMES)
def test_many_self_checks(rows: list[dict[str, Typed]], name: str) -> None:
    assert_answered(rows, name)


def assert_answered(rows: list[dict[str, Typed]], name: str) -> None:
    """A self-check with these answers says just these."""
    book = opened(forms()[f"自查表/{DURU}/{name}自查表.xlsx"])
    fill(book["自查表"], "self_check", rows, date(2023, 4, 20))
    with TemporaryDirectory() as folder:
        intake = sent(Path(folder), AS_OF, 表=saved(book))
    assert [f.message for f in told(intake, "表")] == []
    (check,) = intake.books.self_checks
    assert (check.community, check.checked_on) == (name, date(2023, 4, 20))
    assert [
        {
            "answer": ANSWERS[a.answer],
            "problem": a.problem or None,
            "measure": a.measure or None,
            "due_on": a.due_on,
            "responsible_person": a.responsible_person or None,
        }
        for a in check.answers
    ] == [
        {
            "answer": r["answer"],
            "problem": r.get("problem"),
            "measure": r.get("measure"),
            "due_on": None if r.get("due_on") == NO_DEADLINE else r.get("due_on"),
            "responsible_person": r.get("responsible_person"),
        }
        for r in rows
    ]
    assert tuple(a.item for a in check.answers) == CHECKLIST


FINDINGS = st.fixed_dictionaries(
    {
        "checked_on": days(START, AS_OF),
        "unit": st.sampled_from(UNITS),
        "community": st.one_of(st.none(), st.sampled_from(sorted(COMMUNITIES))),
        "finding": words(),
        "handling": st.one_of(st.none(), words()),
        "problem": st.sampled_from((None, "3", "12-1")),
        "recheck": st.sampled_from((None, CONFIRMED)),
    }
)


@FEW
@given(st.lists(FINDINGS, min_size=1, max_size=20))
def test_spot_checks(rows: list[dict[str, Typed]]) -> None:
    book = opened(forms()["督导抽查.xlsx"])
    fill(book["督导抽查"], "spot_check", rows, AS_OF)
    with TemporaryDirectory() as folder:
        intake = sent(Path(folder), AS_OF, 抽查=saved(book))
    assert [f.message for f in told(intake, "抽查")] == []
    assert [
        {
            "checked_on": c.checked_on,
            "unit": c.unit,
            "community": c.community or None,
            "finding": c.finding,
            "handling": c.handling or None,
            "problem": c.serial or None,
            "recheck": CONFIRMED if c.recheck is Recheck.CONFIRMED else None,
        }
        for c in intake.books.spot_checks or ()
    ] == rows


@st.composite
def grievances(draw: st.DrawFn) -> dict[str, Typed]:
    received = draw(days(START, AS_OF))
    return {
        "received_on": received,
        "community": draw(st.sampled_from(sorted(COMMUNITIES))),
        "content": draw(words()),
        "handler": draw(st.one_of(st.none(), st.sampled_from(UNITS))),
        "settled_on": draw(st.one_of(st.none(), days(received, AS_OF))),
    }


@FEW
@given(st.lists(grievances(), min_size=1, max_size=20))
def test_complaints(rows: list[dict[str, Typed]]) -> None:
    book = opened(forms()["信访投诉.xlsx"])
    fill(book["信访投诉"], "complaint", rows, AS_OF)
    with TemporaryDirectory() as folder:
        intake = sent(Path(folder), AS_OF, 信访=saved(book))
    assert [f.message for f in told(intake, "信访")] == []
    fields = ("received_on", "community", "content", "handler", "settled_on")
    read = [{n: getattr(c, n) or None for n in fields} for c in intake.books.complaints or ()]
    assert read == rows


@FEW
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 999)), min_size=6, max_size=6), min_size=1, max_size=20
    )
)
def test_activities(rows: list[list[int | None]]) -> None:
    book = opened(forms()["工作开展情况.xlsx"])
    sheet = book["工作开展情况"]
    kinds = rulebook().words.values["activity_form"]["yes"]
    head, columns = heading(sheet, "activity")
    expected = []
    for number, counts in enumerate(rows, 1):
        for column, (kind, count) in enumerate(zip(kinds, counts, strict=True), columns["unit"] + 1):
            sheet.cell(head + number, column).value = count
            if count is not None:
                expected.append((UNITS[number - 1], kind, count))
    report_on(sheet, AS_OF)
    with TemporaryDirectory() as folder:
        intake = sent(Path(folder), AS_OF, 工作=saved(book))
    assert [f.message for f in told(intake, "工作")] == []
    assert [(a.unit, a.kind, a.count) for a in intake.books.activities or ()] == expected


def test_a_roster(tmp_path: Path) -> None:
    intake = sent(tmp_path, AS_OF)
    county = small_roster()
    read = intake.books.roster
    assert [(c.name, c.subdistrict, c.company, c.households) for c in read.communities] == [
        (c.name, c.subdistrict, c.company, c.households) for c in county.communities
    ]
    assert [(c.name, c.principal, c.phone) for c in read.companies] == [
        (c.name, c.principal, c.phone) for c in county.companies
    ]
    assert [(s.name, s.principal, s.post) for s in read.subdistricts] == [
        (s.name, s.principal, s.post) for s in county.subdistricts
    ]
    assert {f.code for f in told(intake, "名册")} == {"I-SET-ROSTER-SCOPE"}  # a small county


def test_rows_below_the_printed_ones(tmp_path: Path) -> None:
    book = opened(forms()[f"问题台账-{DURU}.xlsx"])
    record = a_problem(1)
    fill(book["问题台账"], "ledger", [row(record)], AS_OF, first=75)
    intake = sent(tmp_path, AS_OF, 台账=saved(book))
    assert [f.message for f in told(intake, "台账")] == []
    assert list(map(bare, intake.books.problems)) == [bare(record)]


def test_a_form_of_matters_says_what_was_typed(tmp_path: Path) -> None:
    typed: dict[str, Typed] = {
        "dated_on": "2021年5月6日",
        "unit": UNITS[0],
        "matter": "荣誉",
        "level": "省级",
        "quantity": "2",
        "proof": "=建发〔2021〕3号",
        "community": MINE[0].name,
        "item": "五-2",
        "repaired_on": "2023-04-09",
    }
    book = opened(forms()["考核事项.xlsx"])
    fill(book["考核事项"], "merit", [typed], AS_OF)
    intake = sent(tmp_path, AS_OF, 考核事项=saved(book))
    assert {f.code for f in told(intake, "考核事项")} <= {"I-CELL-MATTER"}  # no shipped rule counts it
    (merit,) = intake.books.merits or ()
    assert (merit.dated_on, merit.unit, merit.matter, merit.level) == (
        date(2021, 5, 6),
        UNITS[0],
        "荣誉",
        "省级",
    )
    assert (str(merit.quantity), merit.proof, merit.community) == ("2", "=建发〔2021〕3号", MINE[0].name)
    assert (str(merit.item), merit.repaired_on) == ("五-2", date(2023, 4, 9))


def test_a_form_of_adjustments_says_what_was_typed(tmp_path: Path) -> None:
    typed: dict[str, Typed] = {
        "subject": UNITS[0],
        "points": "-2.5",
        "reason": "=瞒报",
        "approver": "石知远",
        "expires_on": date(2023, 5, 31),
    }
    book = opened(forms()["得分调整.xlsx"])
    fill(book["得分调整"], "adjustment", [typed], None)
    intake = sent(tmp_path, AS_OF, 得分调整=saved(book))
    assert not told(intake, "得分调整")
    (made,) = intake.books.adjustments
    assert (made.subject, str(made.points), made.reason) == (UNITS[0], "-2.5", "=瞒报")
    assert (made.approver, made.expires_on) == ("石知远", date(2023, 5, 31))


def test_a_form_of_waivers_says_what_was_typed(tmp_path: Path) -> None:
    book = opened(forms()["豁免.xlsx"])
    typed: dict[str, Typed] = {
        "code": "I-ROW-CLOSED-UNDATED",
        "file": f"问题台账-{DURU}.xlsx",
        "sheet": "问题台账",
        "cell": "N4",
        "reason": "原件遗失",
        "approver": "石知远",
        "until": date(2023, 5, 31),
    }
    fill(book["豁免"], "waiver", [typed], None)
    ledger = opened(forms()[f"问题台账-{DURU}.xlsx"])
    closed = a_problem(community=MINE[0].name, status=Status.CLOSED, rectified_on=date(2023, 4, 20))
    fill(ledger["问题台账"], "ledger", [row(closed)], AS_OF)
    head, columns = heading(ledger["问题台账"], "ledger")
    cell = ledger["问题台账"].cell(head + 1, columns["closed_on"]).coordinate
    fill(book["豁免"], "waiver", [{"cell": cell}], None)
    intake = sent(tmp_path, AS_OF, **{"豁免": saved(book), f"问题台账-{DURU}": saved(ledger)})
    assert not told(intake, "豁免")
    (waived,) = [f.waiver for f in intake.faults if f.code == "I-ROW-CLOSED-UNDATED"]
    assert waived is not None
    assert (waived.reason, waived.by, waived.until) == ("原件遗失", "石知远", date(2023, 5, 31))
