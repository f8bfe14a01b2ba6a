"""Documents as a whole: names, forms, drafts, sources, and which documents a week has."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from campaign.compose import summary_documents, week_documents
from campaign.compose.blocks import Chart, Document, Figure, Form, Imprint, Masthead, Series, Table, Title
from campaign.compose.cells import cell_places
from campaign.compose.composing import distinct, file_name
from campaign.decimals import plain
from campaign.errors import TemplateError
from campaign.records import CellRef, ScoreLine, Week
from tests.assess.test_adjustments import adjustment
from tests.compose import cases
from tests.compose.cases import TEMPLATES, snapshot
from tests.compose.rules import rulebook
from tests.support.county import AS_OF, DAPING, DURU, MINGYUAN, QINGHE


def documents(week: Week, templates: Path = TEMPLATES) -> tuple[Document, ...]:
    return week_documents(week, rulebook(), templates)


def of(genre: str, made: tuple[Document, ...]) -> Document:
    """The one document of a genre."""
    (document,) = (d for d in made if d.genre == genre)
    return document


def picture(made: tuple[Document, ...]) -> Chart:
    """The first chart of a week's bulletin."""
    return next(block.chart for block in made[0].blocks if isinstance(block, Figure))


def test_a_bulletin_and_a_notice_for_each_who_is_called_in() -> None:
    made = cases.CASES["ordinary"]()
    bulletin, notice = of("bulletin", made), of("interview_notice", made)
    assert (bulletin.genre, bulletin.name, bulletin.form) == ("bulletin", "第5期周通报", Form.BULLETIN)
    assert (notice.genre, notice.name) == ("interview_notice", f"约谈通知书-{DAPING}")
    assert notice.form is Form.LETTER
    assert Title(("送达回执",)) in notice.blocks
    assert {document.dated_on for document in (bulletin, notice)} == {AS_OF}


def test_drafts_are_drafts_until_the_week_is_not() -> None:
    assert all(document.draft for document in cases.CASES["ordinary"]())
    assert not any(document.draft for document in documents(replace(cases.ordinary(), draft=False)))
    week = snapshot(cases.first_week())
    report, *_ = summary_documents((replace(week, draft=False),), rulebook(), TEMPLATES)
    assert not report.draft
    assert report.form is Form.PLAIN


def test_the_imprint_is_the_last_block_and_the_head_the_first() -> None:
    for case in ("ordinary", "everything_overdue"):
        blocks = cases.CASES[case]()[0].blocks
        assert isinstance(blocks[0], Masthead)
        assert isinstance(blocks[-1], Imprint)


def test_the_picture_is_a_course_once_there_is_one() -> None:
    course = picture(cases.CASES["ordinary"]())
    assert (course.kind, course.labels) == ("line", ("4月14日", "4月21日", "4月28日"))
    assert [picture(cases.CASES[case]()).kind for case in ("first_week", "no_problems")] == ["stacked", "bar"]


def test_an_office_that_did_not_report_is_a_gap_not_zero() -> None:
    week = replace(cases.unreported(), past=())
    series: tuple[Series, ...] = picture(documents(week)).series
    assert [s.values[2] for s in series] == [None] * 4
    assert all(s.values[0] is not None for s in series)


def test_sources_tell_the_cells_of_printed_texts_and_no_others() -> None:
    week = cases.everything_overdue()
    made = cases.CASES["everything_overdue"]()
    bulletin, notice = of("bulletin", made), of("interview_notice", made)
    assert (MINGYUAN, CellRef("名册.xlsx", "物业企业", 3, 1)) in bulletin.sources
    text = "3号楼灭火器压力不足（第13行）"
    problem = next(p for p in week.books.problems if p.description == text)
    assert (text, problem.origin.ref("description")) in bulletin.sources
    assert "栖霞里" not in dict(notice.sources)
    assert MINGYUAN in dict(notice.sources)


def test_the_bulletin_names_the_rules_it_was_computed_by() -> None:
    week = cases.ordinary()
    computed = replace(week, assessment=replace(week.assessment, rules_digest="ab" * 32))
    made = documents(computed)
    for document in (of("bulletin", made), of("score_annex", made)):
        assert "ab" * 8 in document.outline()


def test_adjustments_stand_in_an_annex_of_the_bulletin() -> None:
    week = cases.ordinary()
    books = replace(week.books, adjustments=(adjustment("-2.5"),))
    bulletin = documents(replace(week, books=books))[0]
    (table,) = (b for b in bulletin.blocks if isinstance(b, Table) and "批准人" in str(b.head))
    assert [cell.text for cell in table.rows[0]] == [
        "1", QINGHE, "-2.5", "协助处置突发停水", "陆见川", "2023年4月28日",
    ]  # fmt: skip


def test_the_annex_of_scores_lists_every_line_with_its_cells() -> None:
    week = cases.ordinary()
    line = ScoreLine("则-2", "整改率", "细则第六条", Decimal(-3), "整改率低，扣3分", tuple(
        CellRef("台账/丹砂.xlsx", "问题台账", row, column) for column in (4, 11) for row in (5, 6, 7, 9)
    ))  # fmt: skip
    cards = tuple(
        replace(c, lines=(*c.lines, line), points=c.points - 3) if c.points is not None else c
        for c in week.assessment.scorecards
    )
    wanted = [
        "则-2",
        "整改率",
        "细则第六条",
        "整改率低，扣3分",
        "-3",
        "《丹砂.xlsx》“问题台账”D5—7、D9、K5—7、K9",
    ]
    annex = of("score_annex", documents(replace(week, assessment=replace(week.assessment, scorecards=cards))))
    rated = [c for c in cards if c.points is not None]
    tables = [b for b in annex.blocks if isinstance(b, Table) and b.landscape]
    assert len(tables) == len(rated)
    for table in tables:
        assert wanted in [[cell.text for cell in row] for row in table.rows]
    points = {plain(c.points) for c in rated if c.points is not None}
    assert {table.rows[-1][1].text for table in tables} == points


def test_many_cells_go_on_in_further_texts() -> None:
    refs = [CellRef("台账/丹砂.xlsx", f"小区{n}", row, 4) for n in range(30) for row in range(3, 30, 2)]
    texts = cell_places(refs, 120)
    assert len(texts) > 5
    assert all(text.startswith("《丹砂.xlsx》") and len(text) < 180 for text in texts)
    assert sum(text.count("D") for text in texts) == len(refs)


def test_texts_that_a_template_trims_are_still_found() -> None:
    texts = {text for text, _ in cases.CASES["awkward"]()[0].sources}
    assert "1. 灭火器过期；\n2. <b>通道</b>堵塞 & 无标识。" in texts


def test_the_same_week_gives_the_same_documents() -> None:
    assert documents(cases.ordinary()) == cases.CASES["ordinary"]()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("约谈通知书-甲/乙:丙?", "约谈通知书-甲／乙：丙？"),
        (" .甲. ", "甲"),
        ("甲\n\x00乙", "甲乙"),
        ("", "未命名"),
        ("甲" * 100, "甲" * 66),
    ],
)
def test_file_names_are_allowed_everywhere(text: str, name: str) -> None:
    assert file_name(text) == name


def test_no_two_documents_share_a_name() -> None:
    document = cases.CASES["first_week"]()[0]
    twins = distinct([replace(document, name="A"), replace(document, name="a"), replace(document, name="B")])
    assert [d.name for d in twins] == ["A", "a（2）", "B"]


def test_a_summary_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one week"):
        summary_documents((), rulebook(), TEMPLATES)


# --- genres.yaml ------------------------------------------------------------------------------------


def with_genres(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "templates"
    copytree(TEMPLATES, folder, ignore=lambda path, names: [n for n in names if Path(path, n).is_dir()])
    listing = folder / "genres.yaml"
    text = listing.read_text(encoding="utf-8")
    assert old in text
    listing.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_new_genre_needs_no_program(tmp_path: Path) -> None:
    """A circular for each subject that is criticised: a template and an entry."""
    entry = (
        "  circular:\n    title: 通报批评\n    template: circular.html\n    form: plain\n"
        "    about: decision\n    decision: criticism\n    file: 通报批评-{{ subject }}\n\n  summary:"
    )
    folder = with_genres(tmp_path, "  summary:", entry)
    (folder / "circular.html").write_text("<title>关于{{ subject }}的通报</title>\n<p>略。</p>", "utf-8")
    assert of("circular", documents(cases.unreported(), folder)).name == f"通报批评-{DAPING}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("template: bulletin.html", "templat: bulletin.html", "templat"),
        ("form: letter", "form: lettre", "letter"),
        ("about: summary", "about: summary\n    decision: interview", "decision"),
        ("    decision: interview\n", "", "decision"),
        ("第{{ number }}期", "第{{ numbr }}期", "是否想写“number”"),
        ("template: bulletin.html", "template: buletin.html", "buletin.html"),
        ("genres:", "genres: [", "genres.yaml 第"),
    ],
)
def test_a_wrong_entry_is_refused_at_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words.replace(".", r"\.")):
        documents(cases.first_week(), with_genres(tmp_path, old, new))


def test_a_missing_list_is_said(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"genres\.yaml"):
        documents(cases.first_week(), tmp_path)


def test_a_hostile_name_prints_as_typed_and_makes_a_lawful_file() -> None:
    notice = of("interview_notice", cases.CASES["awkward"]())
    assert "“<智慧>&城市”{{ 7*7 }}" in notice.outline()
    assert not set('\\/:*?"<>|') & set(notice.name)
    assert DURU not in notice.outline()
