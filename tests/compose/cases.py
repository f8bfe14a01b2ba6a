"""The golden cases: weeks that a county may well have, each with the documents that follow from it.

The figures are counted by the program; scores and decisions are written down here, so that a change of a rule
changes no document under test.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from campaign.compose import summary_documents, week_documents
from campaign.compose.blocks import Document
from campaign.records import (
    CellRef,
    Community,
    Company,
    Decision,
    DecisionKind,
    ItemCode,
    PendingRow,
    Problem,
    Roster,
    Snapshot,
    Status,
    SubjectKind,
    Week,
)
from tests.compose import kinds
from tests.compose.rules import rulebook
from tests.compose.scores import assessed
from tests.support import county
from tests.support.county import AS_OF, DANSHA, DAPING, DURU, MINGYUAN, QINGHE, ZHIXING

TEMPLATES = Path(__file__).parents[2] / "templates"
WEEK = timedelta(days=7)
OFFICES = (DURU, DANSHA, DAPING)
COMPANIES = (QINGHE, MINGYUAN, ZHIXING)


def interview(subject: str, kind: SubjectKind, problems: Sequence[Problem], **values: int) -> Decision:
    """An interview on two rules; the evidence points at the status cells of the problems."""
    return Decision(
        kind=DecisionKind.INTERVIEW,
        subject=subject,
        subject_kind=kind,
        rule="约-1、约-2",
        clause="细则第十条；细则第十一条",
        reasons=(f"逾期未整改的问题{len(problems)}件", "得分58分，等级“不合格”"),
        evidence=tuple(p.origin.ref("status") for p in problems),
        times=values.get("times", 1),
        rung="主要负责人",
    )


def decision(what: DecisionKind, subject: str, rule: str, reason: str) -> Decision:
    """A decision that needs no document of its own."""
    return Decision(what, subject, SubjectKind.COMPANY, rule, "细则", (reason,))


def earlier(number: int, as_of: date, **values: tuple[str, ...]) -> Snapshot:
    """A week before: the sample problems that had been found by then."""
    books = county.books(county.sample_problems(), as_of=as_of, **values)
    return Snapshot(number, books, assessed(books, ("85", "86", "58"), ("70", "80", "71.5")))


# --- The weeks --------------------------------------------------------------------------------------


def ordinary() -> Week:
    """Week 5 with two weeks before it, everything handed in, a decision of most kinds."""
    problems = county.sample_problems()
    books = county.books(
        problems,
        spot_checks=(county.spot_check(), county.spot_check(DANSHA, row=4, checked_on=date(2023, 4, 12))),
        complaints=(county.complaint(), county.complaint(row=4, settled_on=date(2023, 4, 20))),
        activities=(county.activity(),),
    )
    late = [p for p in problems if p.subdistrict == DAPING and p.overdue(AS_OF)]
    decisions = (
        interview(DAPING, SubjectKind.SUBDISTRICT, late),
        decision(DecisionKind.COMMENDATION, QINGHE, "表-1", "得分88分，在3家中排第1名"),
        decision(DecisionKind.CRITICISM, ZHIXING, "批-9", "整改率低于30%。"),
        decision(DecisionKind.LISTED_SUPERVISION, MINGYUAN, "挂-1", "消防问题逾期超过20天"),
    )
    past = (earlier(3, AS_OF - 2 * WEEK), earlier(4, AS_OF - WEEK))
    return Week(5, books, (), assessed(books, decisions=decisions), past)


def first_week() -> Week:
    """Nothing to compare with."""
    books = county.books(county.sample_problems())
    return Week(5, books, (), assessed(books))


def unreported() -> Week:
    """An office without a ledger, rows that wait to be mended, and a fuller week before."""
    problems = [p for p in county.sample_problems() if p.subdistrict != DAPING]
    pending = tuple(
        PendingRow(office, (), ("I-CELL-STATUS",), CellRef(county.ledger_file(office), "问题台账", row))
        for office, row in ((DURU, 11), (DURU, 12), (DANSHA, 9))
    )
    books = county.books(problems, unreported=(DAPING,), pending=pending, spot_checks=())
    criticism = replace(
        decision(DecisionKind.CRITICISM, DAPING, "批-1", "截至4月28日没有报送可用的问题台账"),
        subject_kind=SubjectKind.SUBDISTRICT,
    )
    assessment = assessed(books, ("92.5", "80", None), ("88", None, None), (criticism,))
    return Week(5, books, (), assessment, (earlier(4, AS_OF - WEEK),))


def nobody_reported() -> Week:
    """Not one ledger came in."""
    books = county.books((), unreported=OFFICES)
    return Week(5, books, (), assessed(books, (None,) * 3, (None,) * 3))


def no_problems() -> Week:
    """Everything checked, nothing found, everybody with full marks."""
    books = county.books(
        (),
        self_checks=tuple(county.self_check(name) for name in county.COMMUNITIES),
        spot_checks=(),
        complaints=(),
        activities=(),
    )
    return Week(5, books, (), assessed(books, ("100",) * 3, ("100",) * 3))


def everything_overdue() -> Week:
    """More overdue problems than the text lists, most of them one company's; the last issue two weeks ago."""
    late = {"due_on": date(2023, 4, 20), "supervision": "挂牌督办"}
    problems = [
        county.problem(row, community="望山居", **late | {"due_on": date(2023, 4, 5) + timedelta(days=row)})
        for row in range(5, 14)
    ]
    problems += [county.problem(row, community="沐风庭", **late) for row in (5, 6)]
    problems += [county.problem(5, community="临溪苑", item=ItemCode(6, 3), **late)]
    books = county.books(problems)
    of_company = [p for p in problems if p.company == MINGYUAN]
    notice = interview(MINGYUAN, SubjectKind.COMPANY, of_company, times=2)
    assessment = assessed(books, ("20", "10", "15"), ("100", "0", "40"), (notice,))
    return Week(5, books, (), assessment, (earlier(3, AS_OF - 2 * WEEK),))


def tie() -> Week:
    """All offices equal; two companies share the second place, so nobody is third."""
    books = county.books(county.sample_problems())
    assessment = assessed(books, ("80", "80", "80"), ("95", "90.5", "90.5"))
    return Week(5, books, (), assessment, (earlier(4, AS_OF - WEEK),))


def awkward() -> Week:
    """Long names, and texts that would be markup or template code if anybody took them for it."""
    office = "清水县国家级经济技术开发区综合管理委员会街道办事处"
    community = "清水湾·云栖国际花园（一期、二期、三期及配套商业）住宅小区"
    company = "清水县“<智慧>&城市”{{ 7*7 }}综合物业服务有限责任公司第一分公司"
    roster = county.small_roster()
    first, *others = roster.communities
    roster = Roster(
        communities=(Community(community, office, company, None, first.origin), *others),
        companies=(Company(company, "喆堃", "", roster.companies[0].origin), *roster.companies[1:]),
        subdistricts=(replace(roster.subdistricts[0], name=office), *roster.subdistricts[1:]),
    )
    roster = replace(roster, communities=tuple(c for c in roster.communities if c.subdistrict != DURU))
    problems = [
        county.problem(
            5,
            community=community,
            subdistrict=office,
            company=company,
            item=None,
            description="1. 灭火器过期；\n2. <b>通道</b>堵塞 & 无标识。",
            due_on=date(2023, 4, 20),
            responsible_person="{% raw %}喆堃\u200b",
        ),
        county.problem(6, community="望山居", due_on=None),
        county.problem(7, community="栖霞里", status=Status.RECTIFIED, rectified_on=date(2023, 4, 26)),
    ]
    books = county.books(problems, roster=roster, self_checks=(county.self_check("望山居"),))
    notice = interview(company, SubjectKind.COMPANY, problems[:1])
    return Week(5, books, (), assessed(books, decisions=(notice,)))


# --- The documents ----------------------------------------------------------------------------------


def snapshot(week: Week) -> Snapshot:
    """A week as history knows it."""
    return Snapshot(week.number, week.books, week.assessment, week.draft)


def _week(build: Callable[[], Week]) -> Callable[[], tuple[Document, ...]]:
    return lambda: week_documents(build(), rulebook(), TEMPLATES)


def _summary(build: Callable[[], Week]) -> Callable[[], tuple[Document, ...]]:
    def documents() -> tuple[Document, ...]:
        week = build()
        return summary_documents((*week.past, snapshot(week)), rulebook(), TEMPLATES)

    return documents


_MADE: Mapping[str, Callable[[], tuple[Document, ...]]] = {
    "ordinary": _week(ordinary),
    "first_week": _week(first_week),
    "unreported": _week(unreported),
    "nobody_reported": _week(nobody_reported),
    "no_problems": _week(no_problems),
    "everything_overdue": _week(everything_overdue),
    "tie": _week(tie),
    "awkward": _week(awkward),
    "every_kind": _week(kinds.every_kind),
    "every_kind_extreme": lambda: week_documents(kinds.extreme(), kinds.long_office(), TEMPLATES),
    "lifted_extreme": lambda: week_documents(kinds.lifted_extreme(), kinds.long_office(), TEMPLATES),
    "summary_ordinary": _summary(ordinary),
    "summary_unreported": _summary(unreported),
    "summary_nobody_reported": _summary(nobody_reported),
    "summary_no_problems": _summary(no_problems),
    "summary_everything_overdue": _summary(everything_overdue),
}
# Each is composed once, whichever tests look at it: documents do not change.
CASES: Mapping[str, Callable[[], tuple[Document, ...]]] = {
    name: cache(build) for name, build in _MADE.items()
}
