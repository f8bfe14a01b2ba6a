"""The documents of decisions beside the interview notice: what they name, demand and leave open."""

from dataclasses import replace
from datetime import date

import pytest

from campaign.compose import week_documents
from campaign.compose.blocks import Document, Form, Imprint, LetterHead, RedHead
from campaign.compose.brief_circular import circular_brief
from campaign.compose.brief_orders import demands, order_terms
from campaign.compose.marks import break_mark
from campaign.records import DecisionKind, DocumentNumber
from tests.compose import kinds
from tests.compose.cases import CASES, TEMPLATES
from tests.compose.rules import rulebook
from tests.support import county
from tests.support.county import AS_OF, DAPING, MINGYUAN, ZHIXING

GAP = "\u3000"


def documents() -> dict[str, Document]:
    return {document.genre: document for document in CASES["every_kind"]()}


def outline(genre: str) -> str:
    return documents()[genre].outline()


def test_every_kind_of_decision_has_its_documents() -> None:
    assert documents().keys() >= {
        "interview_notice",
        "interview_record",
        "interview_minutes",
        "rectification_order",
        "listed_supervision",
        "supervision_lifted",
        "commendation",
        "criticism",
        "transfer_letter",
        "dispatch_minutes",
    }


def test_a_circular_names_all_subjects_of_its_kind() -> None:
    assert all(name in outline("criticism") for name in (DAPING, ZHIXING))
    brief = circular_brief(DecisionKind.CRITICISM, kinds.every_kind(), rulebook(), "")
    assert [(row.name, row.times) for row in brief.named] == [(DAPING, 1), (ZHIXING, 2)]
    assert [group.names for group in brief.groups] == [(DAPING,), (ZHIXING,)]


def test_a_circular_without_decisions_is_not_made() -> None:
    week = kinds.every_kind()
    none = replace(week, assessment=replace(week.assessment, decisions=()))
    genres = {d.genre for d in week_documents(none, rulebook(), TEMPLATES)}
    assert not genres & {"commendation", "criticism", "interview_minutes", "rectification_order"}
    with pytest.raises(ValueError, match="no decision"):
        circular_brief(DecisionKind.CRITICISM, none, rulebook(), "")


@pytest.mark.parametrize("genre", ["commendation", "criticism"])
def test_circulars_have_a_red_head_and_an_imprint(genre: str) -> None:
    document = documents()[genre]
    assert document.form is Form.RED
    assert isinstance(document.blocks[0], RedHead)
    assert document.blocks[0].number == "清物治办通〔2023〕　号"
    assert isinstance(document.blocks[-1], Imprint)


@pytest.mark.parametrize(
    ("genre", "number"),
    [
        ("rectification_order", "改"),
        ("listed_supervision", "督"),
        ("supervision_lifted", "督"),
        ("transfer_letter", "移"),
    ],
)
def test_notices_are_letters_with_room_for_their_number(genre: str, number: str) -> None:
    head = documents()[genre].blocks[0]
    assert isinstance(head, LetterHead)
    assert head.number == f"清物治办{number}〔2023〕　号"


def test_an_issued_number_is_printed_on_the_notice_its_receipt_and_its_record() -> None:
    text = "清物治办约〔2023〕7号"
    number = DocumentNumber("interview_notice", DAPING, "约", 2023, 7, text)
    week = replace(kinds.every_kind(), numbers=(number,))
    made = {d.genre: d for d in week_documents(week, rulebook(), TEMPLATES)}
    assert made["interview_notice"].outline().count(text) == 2
    assert text in made["interview_record"].outline()
    assert text not in made["rectification_order"].outline()


def test_the_lifting_names_the_listing_by_its_number() -> None:
    assert "清物治办督〔2023〕1号" in outline("supervision_lifted")
    assert ZHIXING in outline("supervision_lifted")


def test_deadlines_are_counted_in_working_days() -> None:
    # 28 April 2023 is a Friday; 29 April to 3 May is a holiday, 23 April and 6 May are worked.
    terms = order_terms(DecisionKind.RECTIFICATION_ORDER, AS_OF, rulebook())
    assert (terms.by, terms.report_by) == (date(2023, 5, 9), date(2023, 5, 12))
    assert "2023年5月9日前" in outline("rectification_order")


def test_what_the_rules_leave_open_is_left_open() -> None:
    bare = replace(rulebook(), notices={})
    terms = order_terms(DecisionKind.RECTIFICATION_ORDER, AS_OF, bare)
    assert (terms.by, terms.report_by, terms.to) == (None, None, "")
    made = {d.genre: d for d in week_documents(kinds.every_kind(), bare, TEMPLATES)}
    assert f"{GAP * 3}年{GAP * 2}月{GAP * 2}日前" in made["rectification_order"].outline()
    assert f"主送 | {GAP * 6}：" in made["transfer_letter"].outline()
    assert "supervision_lifted" not in made


def test_each_problem_has_its_own_deadline_if_that_is_to_come() -> None:
    problems = (
        county.problem(5, due_on=date(2023, 4, 20)),
        county.problem(6, due_on=date(2023, 5, 20)),
        county.problem(7, due_on=None),
    )
    rows = demands(problems, AS_OF, date(2023, 5, 9), rulebook(), ())
    assert [(row.days, row.by) for row in rows] == [
        (8, date(2023, 5, 9)),
        (0, date(2023, 5, 20)),
        (0, date(2023, 5, 9)),
    ]


def test_the_order_names_the_item_of_each_problem() -> None:
    assert MINGYUAN in outline("rectification_order")
    assert "检查条目五-4（通道占用）" in outline("rectification_order")


def test_long_lists_go_into_an_annex() -> None:
    made = CASES["every_kind_extreme"]()
    order = next(d for d in made if d.genre == "rectification_order")
    rows = [text for kind, text in order.lines() if kind == "表" and "号楼" in text]
    assert len(rows) == kinds.MANY
    assert "附件" in {kind for kind, _ in order.lines()}


def test_a_long_mark_is_broken_where_its_name_is() -> None:
    made = CASES["every_kind_extreme"]()
    head = next(d for d in made if d.genre == "criticism").blocks[0]
    assert isinstance(head, RedHead)
    assert head.lines == ("清水自治县物业管理服务行业专项整治工作", "领导小组办公室文件")


@pytest.mark.parametrize(
    ("units", "lines"),
    [
        (["清水县", "人民政府文件"], ("清水县人民政府文件",)),
        (["一" * 10, "二" * 10], ("一" * 10, "二" * 10)),
        (["一" * 8, "二" * 8, "三" * 8], ("一" * 8, "二" * 8 + "三" * 8)),
        (["一" * 30], ("一" * 30,)),
    ],
)
def test_marks(units: list[str], lines: tuple[str, ...]) -> None:
    assert break_mark(units) == lines
