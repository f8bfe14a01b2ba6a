"""Every genre as composed: the Word file says what the outline says, block by block, and so does the PDF,
whose pages are as GB/T 9704-2012 wants them.
"""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from campaign.compose import dossier_documents, holdings_documents, summary_documents, week_documents
from campaign.compose.blocks import Document
from campaign.compose.brief_holdings import HeldColumn, HeldIssue, HeldPart, HeldTable, HoldingsBrief
from campaign.records import Problem
from campaign.render import Studio
from campaign.render.conformance import check
from campaign.render.geometry import layout
from campaign.rulebook.model import Rulebook
from tests.compose.cases import CASES
from tests.render.conftest import FONTS, TEMPLATES
from tests.support.county import MINGYUAN, books, problem, rulebook, sample_problems, snapshot, week
from tests.support.parity import assert_pdf_contains, assert_word_equals


def much() -> tuple[Problem, ...]:
    """Forty overdue problems: lists that run over pages, and subjects that are called in."""
    return tuple(
        problem(row=n + 5, description=f"{n}号楼消火栓无水<{n}处 & 未报告", due_on=date(2023, 4, 1 + n % 9))
        for n in range(40)
    )


_LONG = {"bulletin"}  # notices with forty problems come from every_kind_extreme


def guide() -> HoldingsBrief:
    """A closed archive of two issues."""
    columns = (HeldColumn("期号", "第几期"), HeldColumn("问题描述", "台账原文"))
    return HoldingsBrief(
        campaign=rulebook().campaign,
        as_of=date(2023, 4, 28),
        issues=tuple(
            HeldIssue(f"第{n}期", date(2023, 4, 7 * n), f"2023-04-{7 * n:02}", 9, 80, "1") for n in (3, 4)
        ),
        parts=(HeldPart("各期", "印发的各期原样", 120), HeldPart("数据", "数据表", 4)),
        tables=(HeldTable("数据/问题.csv", "一个问题在一期里的情况", 24, columns),),
        found=24,
        closed=9,
        left=6,
        before_end=True,
        checksums="SHA256SUMS.txt",
    )


def long_named() -> Rulebook:
    """The rules of a campaign whose bulletin has a title of sixty characters, in a week without problems."""
    own = rulebook()
    name = "物业管理服务行业和老旧住宅小区消防安全突出问题综合治理专项整治行动"
    return replace(own, campaign=replace(own.campaign, name=name))


@cache
def documents() -> dict[str, Document]:
    ordinary = week(contents=books(sample_problems()))
    crowded = week(contents=books(much()))
    weeks = (snapshot(4), snapshot(5, books(sample_problems())))
    made = [
        *week_documents(ordinary, rulebook(), TEMPLATES),
        *(d for d in week_documents(crowded, rulebook(), TEMPLATES) if d.genre in _LONG),
        *summary_documents(weeks, rulebook(), TEMPLATES)[:2],  # the county's and one subdistrict's
        *dossier_documents(weeks, rulebook(), TEMPLATES, MINGYUAN)[1],
        *holdings_documents(guide(), date(2023, 4, 28), TEMPLATES),
    ]
    known = {document.genre for document in made} - {"interview_notice"}
    made += week_documents(week(contents=books(())), long_named(), TEMPLATES)[:1]
    for case in ("every_kind", "every_kind_extreme", "lifted_extreme"):
        made += [document for document in CASES[case]() if document.genre not in known]
    return {f"{number}-{document.genre}": document for number, document in enumerate(made)}


@pytest.fixture(scope="module")
def studio() -> Studio:
    """One for all documents: its faces are cut to their characters once."""
    made = Studio(TEMPLATES, FONTS)
    made.prepare(documents().values())
    return made


def test_a_title_of_sixty_characters_is_among_them() -> None:
    assert max(len(document.title) for document in documents().values()) >= 58


def test_every_genre_is_among_them() -> None:
    genres = {document.genre for document in documents().values()}
    assert {"rectification_order", "listed_supervision", "supervision_lifted", "transfer_letter"} <= genres
    assert {"interview_record", "interview_minutes", "dispatch_minutes"} <= genres
    assert {"commendation", "criticism"} <= genres
    assert {"bulletin", "interview_notice", "summary", "score_annex"} <= genres
    assert {"dispatch_agenda", "distribution", "summary_subdistrict", "dossier", "reading_guide"} <= genres


@pytest.mark.parametrize("name", sorted(documents()))
def test_word_and_pdf_say_what_the_outline_says(name: str, studio: Studio) -> None:
    document = documents()[name]
    assert_word_equals(studio.word(document), document)
    pdf = studio.pdf(document)
    assert_pdf_contains(pdf, document)
    assert [(one.check.code, one.finding) for one in check(pdf, layout.load(TEMPLATES))] == []


@pytest.mark.deep
def test_1500_problems_make_pages_as_they_should_be() -> None:
    problems = tuple(
        problem(row=n + 5, description=f"{n}号楼消火栓无水", due_on=date(2023, 4, 1 + n % 28))
        for n in range(1500)
    )
    own, profile = Studio(TEMPLATES, FONTS), layout.load(TEMPLATES)
    made = week_documents(week(contents=books(problems)), rulebook(), TEMPLATES)
    own.prepare(made)
    for document in made:
        found = check(own.pdf(document), profile)
        assert [(document.name, one.check.code, one.finding) for one in found] == []
