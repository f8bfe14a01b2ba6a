"""Weeks in which every kind of decision is taken at once; a listing of an earlier week is lifted."""

from dataclasses import replace
from datetime import date, timedelta

from campaign.assess.figures import tabulate
from campaign.records import (
    Company,
    Decision,
    DecisionKind,
    DocumentNumber,
    ItemCode,
    Problem,
    Snapshot,
    Status,
    SubjectKind,
    Week,
)
from campaign.rulebook.model import Rulebook
from tests.compose.rules import GROUPS, rulebook
from tests.compose.scores import assessed
from tests.support import county
from tests.support.county import AS_OF, DAPING, DURU, MINGYUAN, QINGHE, ZHIXING

WEEK = timedelta(days=7)
OFFICE = "清水自治县物业管理服务行业专项整治工作领导小组办公室"  # 26 characters
RARE = "喆堃燊玥物业服务有限公司"  # of characters that the usual faces do not have
MANY = 40


def decided(
    kind: DecisionKind,
    subject: str,
    group: SubjectKind,
    rules: str,
    *reasons: str,
    problems: tuple[Problem, ...] = (),
    **more: object,
) -> Decision:
    """A decision that rests on some problems' status cells."""
    evidence = tuple(p.origin.ref("status") for p in problems)
    plain = Decision(kind, subject, group, rules, "细则", reasons, evidence)
    return replace(plain, **more)  # type: ignore[arg-type]


def listed() -> tuple[Problem, ...]:
    """Two problems as they stood when their company was put under listed supervision."""
    late = {"community": "栖霞里", "found_on": date(2023, 3, 30), "due_on": date(2023, 4, 5)}
    return (
        county.problem(20, item=ItemCode(5, 2), description="消防控制室无人值守", **late),
        county.problem(21, item=ItemCode(5, 4), description="疏散通道堆放杂物", **late),
    )


def put_right(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The same problems struck off."""
    done = {"status": Status.CLOSED, "rectified_on": date(2023, 4, 24), "closed_on": date(2023, 4, 26)}
    return tuple(replace(p, **done) for p in problems)  # type: ignore[arg-type]


def listing_week(number: str = "") -> Snapshot:
    """The week before, which put a company under listed supervision under a number, if one is given."""
    problems = (*county.sample_problems(), *listed())
    books = county.books(problems, as_of=AS_OF - WEEK)
    listing = decided(
        DecisionKind.LISTED_SUPERVISION,
        ZHIXING,
        SubjectKind.COMPANY,
        "挂-1",
        "消防安全问题逾期超过15天2件",
        problems=listed(),
    )
    numbers = (DocumentNumber("listed_supervision", ZHIXING, "督", 2023, 1, number),) if number else ()
    return Snapshot(4, books, assessed(books, decisions=(listing,)), numbers=numbers)


def every_kind() -> Week:
    """Week 5: one decision of each kind, two of those criticised, and last week's listing lifted."""
    problems = county.sample_problems()
    late = tuple(p for p in problems if p.overdue(AS_OF))
    books = county.books((*problems, *put_right(listed())), spot_checks=(county.spot_check(),))
    mine = tuple(p for p in problems if p.company == MINGYUAN and not p.status.done)
    decisions = (
        decided(
            DecisionKind.INTERVIEW,
            DAPING,
            SubjectKind.SUBDISTRICT,
            "约-1、约-2",
            "逾期未整改的问题1件",
            "得分58分，等级“不合格”",
            problems=tuple(p for p in late if p.subdistrict == DAPING),
            rung="分管负责人",
        ),
        decided(
            DecisionKind.CRITICISM,
            DAPING,
            SubjectKind.SUBDISTRICT,
            "批-1",
            "截至4月28日没有报送可用的问题台账",
        ),
        decided(
            DecisionKind.CRITICISM, ZHIXING, SubjectKind.COMPANY, "批-1", "整改率20.0%，低于30%", times=2
        ),
        decided(DecisionKind.COMMENDATION, QINGHE, SubjectKind.COMPANY, "表-1", "得分88分，在3家中排第1名"),
        decided(
            DecisionKind.RECTIFICATION_ORDER,
            MINGYUAN,
            SubjectKind.COMPANY,
            "改-1",
            "消防安全问题逾期未整改2件",
            problems=mine,
        ),
        decided(
            DecisionKind.LISTED_SUPERVISION,
            MINGYUAN,
            SubjectKind.COMPANY,
            "挂-1",
            "消防安全问题逾期超过7天1件",
            problems=mine[:1],
        ),
        decided(
            DecisionKind.ACCOUNTABILITY_REFERRAL,
            DURU,
            SubjectKind.SUBDISTRICT,
            "责-1",
            "第3次被约谈",
            problems=tuple(p for p in late if p.subdistrict == DURU),
        ),
    )
    return Week(5, books, (), assessed(books, decisions=decisions), (listing_week("清物治办督〔2023〕1号"),))


def extreme() -> Week:
    """The same with forty overdue problems of one company, a name of rare characters, and many criticised."""
    late = {"community": "望山居", "found_on": date(2023, 4, 3)}
    problems = tuple(
        county.problem(
            row,
            description=f"{row}号楼消火栓无水、水泵接合器被圈占，整改中反复",
            due_on=date(2023, 4, 4) + timedelta(days=row % 9),
            company=RARE,
            **late,
        )
        for row in range(5, 5 + MANY)
    )
    roster = county.small_roster()
    first, *others = roster.companies
    books = county.books(
        problems, roster=replace(roster, companies=(Company(RARE, "燊喆", "", first.origin), *others))
    )
    company = SubjectKind.COMPANY
    said = f"逾期未整改的问题{MANY}件"
    decisions = (
        decided(DecisionKind.INTERVIEW, RARE, company, "约-1", said, problems=problems, times=3),
        *(
            decided(DecisionKind.CRITICISM, f"第{n}{RARE}", company, "批-1", "整改率低于30%")
            for n in range(1, 12)
        ),
        *(
            decided(DecisionKind.COMMENDATION, f"第{n}{QINGHE}", company, "表-1", "得分95分")
            for n in range(1, 9)
        ),
        decided(DecisionKind.RECTIFICATION_ORDER, RARE, company, "改-1", said, problems=problems),
        decided(DecisionKind.LISTED_SUPERVISION, RARE, company, "挂-1", said, problems=problems),
        decided(DecisionKind.ACCOUNTABILITY_REFERRAL, RARE, company, "责-1", said, problems=problems),
    )
    listing = decided(DecisionKind.LISTED_SUPERVISION, RARE, company, "挂-1", said, problems=problems)
    before = Snapshot(4, replace(books, as_of=AS_OF - WEEK), assessed(books, decisions=(listing,)))
    return Week(5, books, (), assessed(books, decisions=decisions), (before,))


def lifted_extreme() -> Week:
    """Forty problems of a listing, all struck off."""
    week = extreme()
    books = replace(week.books, problems=put_right(week.books.problems))
    assessment = replace(week.assessment, figures=tabulate(books, GROUPS), decisions=())
    return Week(5, books, (), assessment, week.past)


def long_office() -> Rulebook:
    """The tests' rulebook with an office of 26 characters."""
    known = rulebook()
    group = OFFICE.removesuffix("办公室")
    return replace(known, campaign=replace(known.campaign, office=OFFICE, leading_group=group))
