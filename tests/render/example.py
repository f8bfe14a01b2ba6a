"""A week with scores, decisions and faults as the renderers get them: made by hand, by no rule."""

from datetime import date
from decimal import Decimal

from campaign.intake.faults import fault
from campaign.records import (
    Assessment,
    CellRef,
    Decision,
    DecisionKind,
    Fault,
    Figures,
    LedgerReceipt,
    PendingRow,
    Scorecard,
    ScoreLine,
    Snapshot,
    Sourced,
    SubjectKind,
    Tally,
    Week,
)
from campaign.rulebook.model import Campaign, Checklist, InterviewTerms, Nouns, Rulebook, Words
from tests.support.county import (
    AS_OF,
    DANSHA,
    DAPING,
    DURU,
    MINGYUAN,
    QINGHE,
    ZHIXING,
    books,
    sample_problems,
)

LEDGER = f"台账/{DURU}问题台账.xlsx"
N18, N19 = CellRef(LEDGER, "问题台账", 18, 14), CellRef(LEDGER, "问题台账", 19, 14)
DIGEST = "ab12" * 16


def rulebook(specimen: str = "本细则为示范文本，未经任何机关发布。") -> Rulebook:
    return Rulebook(
        title="考核评分实施细则（示范）",
        specimen=specimen,
        campaign=Campaign(
            name="物业管理服务行业专项整治",
            county="某县",
            notice_title="",
            notice_number="",
            leading_group="某县物业管理服务行业专项整治工作领导小组",
            office="某县物业管理服务行业专项整治工作领导小组办公室",
            office_short="县专项整治办",
            bulletin_name="专项整治工作通报",
            starts_on=date(2023, 3, 29),
            ends_on=date(2023, 6, 25),
            first_bulletin_on=date(2023, 3, 31),
            phases=(),
            agencies=(),
            scope_communities=None,
            scope_companies=None,
            addressees=(),
            reported_to=(),
            copied_to=(),
            copies=None,
            contact="",
            agency_code="",
            nouns=Nouns("小区", "住宅小区", "物业企业", "街道办事处", "街道"),
        ),
        checklist=Checklist(()),
        words=Words({}, {}, {}),
        schemes=(),
        consequences=(),
        interview=InterviewTerms(0, "", "", "", {}, (), 0),
        digest=DIGEST,
    )


def card(
    name: str = QINGHE,
    kind: SubjectKind = SubjectKind.COMPANY,
    rank: int | None = 1,
    lines: tuple[ScoreLine, ...] = (),
    grade: str = "良好",
) -> Scorecard:
    points = Decimal(100) + sum((line.points for line in lines), Decimal(0))
    return Scorecard(name, kind, Decimal(100), points, grade, rank, lines)


def line(points: str = "-2.50", evidence: tuple[CellRef, ...] = (N18, N19)) -> ScoreLine:
    return ScoreLine(
        "W-03", "逾期未整改", "四（二）2", Decimal(points), "2件问题逾期未整改，每件扣1.25分", evidence
    )


UNRATED = Scorecard(
    ZHIXING, SubjectKind.COMPANY, Decimal(100), None, "未评价", None, unrated="所属街道台账未报送"
)


def tallies(found: int = 10, closed: int = 4, overdue: int = 2, checked: int = 2) -> Tally:
    return Tally(3, checked, found, 2, 2, 2, closed, overdue, 1, 1)


def assessment(found: int = 10) -> Assessment:
    unknown = Tally(communities=1, checked=0, missing=(DAPING,))
    return Assessment(
        Figures(
            AS_OF,
            Tally(6, 4, 2 * found, 4, 4, 4, 8, 4, 2, 2, pending=1, missing=(DAPING,)),
            {DURU: tallies(found), DANSHA: tallies(found), DAPING: unknown},
            {QINGHE: tallies(found), MINGYUAN: tallies(found), ZHIXING: unknown},
            {"听松里": tallies(found), "临溪苑": unknown},
            {10: tallies(1), 5: tallies(3)},
        ),
        (
            card(DURU, SubjectKind.SUBDISTRICT, 2, (line("-3"), line("1"))),
            card(DANSHA, SubjectKind.SUBDISTRICT, 1),
            UNRATED,
            card(MINGYUAN, rank=2, lines=(line(), line("-1", (N19,)), line("0.5", ()))),
            card(),
        ),
        (
            Decision(
                DecisionKind.INTERVIEW,
                MINGYUAN,
                SubjectKind.COMPANY,
                "C-01",
                "四（二）3",
                ("得分 97 分，排名末位", "2件问题逾期未整改"),
                (N18,),
            ),
            Decision(
                DecisionKind.COMMENDATION, DANSHA, SubjectKind.SUBDISTRICT, "C-07", "五（五）", ("第一",)
            ),
        ),
        DIGEST,
    )


def faults() -> tuple[Fault, ...]:
    check = CellRef("自查表/云栖苑自查表.xlsx")
    return (
        fault("I-CELL-CLEANED", CellRef(LEDGER, "问题台账", 7, 2), " 云栖苑"),
        fault("I-CELL-PHONE", CellRef(LEDGER, "问题台账", 8, 11), "=1+1"),
        fault("I-CELL-DATE", N18, "4月底前", field="整改时限"),
        fault("I-CELL-DATE", N19, "<b>月底</b>", field="整改时限"),
        fault("I-FILE-ENCRYPTED", check),
        fault("I-SET-UNREPORTED", CellRef(""), DAPING),
    )


def week(*, past: bool = True) -> Week:
    contents = books(
        sample_problems(),
        unreported=(DAPING,),
        pending=(PendingRow(DURU, (Sourced("community", N18, "听松里"),), ("I-CELL-DATE",), N18),),
        receipts=(
            LedgerReceipt(
                DURU, CellRef(LEDGER, "问题台账"), AS_OF, 6, 1, 2, (("A20", "合计行"), ("A21", "签字行"))
            ),
        ),
    )
    before = Snapshot(4, books((), as_of=date(2023, 4, 21)), assessment(found=7))
    return Week(5, contents, faults(), assessment(), (before,) if past else ())
