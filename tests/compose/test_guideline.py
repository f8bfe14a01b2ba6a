"""The printed rulebook says every rule that is computed, and nothing of its own about any one campaign."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaign.assess.wording import situation, standard
from campaign.compose import guideline_documents
from campaign.compose.blocks import Annex, Document, Heading, Paragraph, Table, text_of
from campaign.compose.brief_guideline import guideline_brief
from campaign.records import DecisionKind, SubjectKind
from campaign.rulebook.model import Grade, Rulebook
from tests.compose.cases import TEMPLATES
from tests.support import county

BOOK = county.rulebook()
NOUNS = BOOK.campaign.nouns


def printed(book: Rulebook = BOOK) -> Document:
    (document,) = guideline_documents(book, TEMPLATES)
    return document


OUTLINE = printed().outline()
ROWS = [
    tuple(cell.text.replace("\n", "") for cell in row)
    for b in printed().blocks
    if isinstance(b, Table)
    for row in b.rows
]


def test_every_rule_is_printed_as_it_is_computed() -> None:
    for scheme in BOOK.schemes:
        for rule in scheme.rules:
            (row,) = (r for r in ROWS if r[0] == rule.id and r[3].startswith(NOUNS.fill(standard(rule))))
            assert row[1] == rule.title
            assert row[4] == rule.clause


def test_every_consequence_is_printed_with_its_situation() -> None:
    for consequence in BOOK.consequences:
        (row,) = (
            r for r in ROWS if r[0] == consequence.id and r[3].startswith(NOUNS.fill(situation(consequence)))
        )
        assert row[4] == consequence.clause


def test_shares_add_up_to_the_full_marks_in_print() -> None:
    totals = [row for row in ROWS if row[0] == "合计"]
    assert [row[1] for row in totals] == ["100"] * sum(scheme.allotted for scheme in BOOK.schemes)


def test_dates_and_their_reasons_are_listed() -> None:
    dated = [r for s in BOOK.schemes for r in s.rules if r.from_date or r.until_date]
    assert dated
    for rule in dated:
        assert any(row[0] == rule.id and row[-1] == rule.note for row in ROWS)


def test_ladders_interview_terms_and_digest_are_there() -> None:
    for rungs in BOOK.ladders[DecisionKind.INTERVIEW].values():
        assert all(rung in OUTLINE for rung in rungs)
    assert all(thing in OUTLINE for thing in BOOK.interview.bring)
    assert BOOK.digest[:16] in OUTLINE
    assert all(item.text in OUTLINE for group in BOOK.checklist.groups for item in group.items)


def test_a_specimen_says_so_and_is_a_draft() -> None:
    document = printed(replace(BOOK, title="某某考核评分实施细则"))
    assert "（示范）" in document.title
    assert document.draft
    assert BOOK.specimen in OUTLINE


def test_an_adopted_rulebook_is_no_draft_and_no_specimen() -> None:
    document = printed(replace(BOOK, title="某某考核评分实施细则", specimen=""))
    assert document.title == "某某考核评分实施细则"
    assert not document.draft


def test_nobody_else_dates_it() -> None:
    """The day of adoption is for whoever adopts it."""
    assert "日期 | 年　　月　　日" in OUTLINE


def test_a_rulebook_of_one_kind_of_subject_without_consequences() -> None:
    small = replace(BOOK, schemes=BOOK.schemes[:1], consequences=(), ladders={})
    document = printed(small)
    levels = "".join(str(b.level) for b in document.blocks if isinstance(b, Heading))
    assert "2" not in levels
    assert "本细则没有规定处置情形" in document.outline()


def test_its_language() -> None:
    assert "{" not in OUTLINE
    assert not re.search(r"[，。；：、！？]{2}|（）|“”|。）|None|Decimal|截止|(?<!\d)\.\d", OUTLINE)
    for block in printed().blocks:
        if isinstance(block, Paragraph):
            assert text_of(block.runs)[-1] in "。："
    captions = [b.caption for b in printed().blocks if isinstance(b, Table) and b.caption]
    words = "".join(text_of(b.runs) for b in printed().blocks if isinstance(b, Paragraph))
    assert all(caption.partition("\u3000")[0] in words for caption in captions)
    assert sum(isinstance(b, Annex) for b in printed().blocks) == 1


@pytest.mark.parametrize(
    ("grades", "bands"),
    [
        (
            (("优", "90", False), ("良", "60", False), ("差", "0", False)),
            ("90分以上", "60分以上不足90分", "不足60分"),
        ),
        ((("优", "90", True), ("差", "0", False)), ("超过90分", "不超过90分")),
        ((("合格", "0", False),), ("0分以上",)),
    ],
)
def test_bands_of_grades(grades: tuple[tuple[str, str, bool], ...], bands: tuple[str, ...]) -> None:
    made = tuple(Grade(name, Decimal(at_least), above) for name, at_least, above in grades)
    scheme = replace(BOOK.schemes[0], grades=made)
    assert guideline_brief(replace(BOOK, schemes=(scheme,))).schemes[0].grades == bands


def test_it_is_dated_by_the_campaign_not_by_the_clock() -> None:
    assert printed().dated_on == BOOK.campaign.starts_on == date(2023, 3, 29)
    assert BOOK.scheme(SubjectKind.COMPANY) is not None
