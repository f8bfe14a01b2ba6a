"""The photo annex: which problems, which photo beside which, and what is said where one is missing."""

from dataclasses import replace
from datetime import date

import pytest

from campaign.compose import week_documents
from campaign.compose.blocks import Document, Picture, Pictures
from campaign.compose.brief_photos import PhotosBrief, before_and_after, photos_brief
from campaign.compose.illustrating import MissingPhotoError, illustrated
from campaign.compose.parsing import parse
from campaign.errors import TemplateError
from campaign.records import CellRef, Moment, Photo, Problem, Status, Week
from campaign.rulebook.model import PhotoChoice
from tests.compose.rules import rulebook
from tests.house.places import ROOT
from tests.support import county

BEFORE, AFTER, UNSAID = Moment.BEFORE, Moment.AFTER, Moment.UNSAID


def shot(name: str, moment: Moment) -> Photo:
    return Photo(CellRef("台账.xlsx", "台账", 5, 20), name, moment, 800, 600)


def pictured(row: int, *photos: tuple[str, Moment], **values: object) -> Problem:
    pictures = tuple(shot(name, moment) for name, moment in photos)
    return replace(county.problem(row, **values), pictures=pictures, photos=len(pictures))


def closed(row: int, *photos: tuple[str, Moment]) -> Problem:
    days = {"rectified_on": date(2023, 4, 10), "closed_on": date(2023, 4, 12)}
    return pictured(row, *photos, status=Status.CLOSED, **days)


def brief(*problems: Problem, choice: PhotoChoice = PhotoChoice.ALL) -> PhotosBrief:
    rules = rulebook()
    rules = replace(rules, campaign=replace(rules.campaign, photo_annex=choice))
    return photos_brief(week(*problems), rules)


def week(*problems: Problem) -> Week:
    return county.week(contents=county.books(problems))


def captions(made: PhotosBrief) -> list[list[str]]:
    rows = [row for office in made.offices for problem in office.problems for row in problem.rows]
    return [[f"{photo.caption}:{photo.digest}" for photo in row.photos] for row in rows]


def test_after_stands_beside_before() -> None:
    made = brief(closed(5, ("a", BEFORE), ("b", BEFORE), ("c", AFTER), ("d", UNSAID)))
    assert captions(made) == [["整改前（1）:a", "整改后:c"], ["整改前（2）:b", "—:"], ["照片:d"]]


def test_a_missing_side_is_said_of_what_is_done_alone() -> None:
    assert captions(brief(closed(5, ("a", BEFORE)))) == [["整改前:a", "整改后（未报送照片）:"]]
    assert captions(brief(closed(5, ("c", AFTER)))) == [["整改前（未报送照片）:", "整改后:c"]]
    unfinished = pictured(5, ("a", BEFORE), ("b", BEFORE), ("c", BEFORE), status=Status.OPEN)
    assert captions(brief(unfinished)) == [["整改前（1）:a", "整改前（2）:b"], ["整改前（3）:c"]]


def test_every_photo_has_words_for_those_who_cannot_see_it() -> None:
    made = brief(closed(5, ("a", BEFORE), ("b", UNSAID)))
    photos = [p for o in made.offices for q in o.problems for row in q.rows for p in row.photos]
    assert [bool(p.alt) for p in photos] == [bool(p.digest) for p in photos]
    assert len({p.alt for p in photos if p.alt}) == 2


def test_the_rules_choose_whose_photos_are_printed() -> None:
    late = pictured(5, ("a", BEFORE), status=Status.OPEN, due_on=date(2023, 4, 20))
    waiting = pictured(6, ("b", BEFORE), status=Status.OPEN, due_on=date(2023, 5, 20))
    done = closed(7, ("c", AFTER))
    without = county.problem(8)
    problems = (late, waiting, done, without)
    totals = [brief(*problems, choice=choice).total for choice in PhotoChoice]
    assert dict(zip(PhotoChoice, totals, strict=True)) == {
        PhotoChoice.TELLING: 2,
        PhotoChoice.ALL: 3,
        PhotoChoice.NONE: 0,
    }


def annexes(*problems: Problem) -> list[Document]:
    documents = week_documents(week(*problems), rulebook(), ROOT / "templates")
    return [document for document in documents if document.genre == "photo_annex"]


def test_the_annex_is_made_where_there_are_photos() -> None:
    assert annexes(county.problem(5)) == []
    (annex,) = annexes(closed(5, ("a", BEFORE), ("c", AFTER)))
    assert [text for kind, text in annex.lines() if kind == "照片"] == ["整改前", "整改后"]


def test_a_report_illustrates_what_both_sides_are_known_of() -> None:
    both = closed(5, ("a", BEFORE), ("c", AFTER))
    half = closed(6, ("c", AFTER))
    reopened = pictured(7, ("a", BEFORE), ("c", AFTER), status=Status.OPEN)
    shown = before_and_after(county.books((both, half, reopened)), rulebook())
    assert [[p.digest for row in problem.rows for p in row.photos] for problem in shown] == [["a", "c"]]


# --- The bytes ------------------------------------------------------------------------------------


def test_bytes_travel_beside_the_document_and_make_no_other_of_it() -> None:
    (annex,) = annexes(closed(5, ("a", BEFORE), ("c", AFTER)))
    (with_bytes,) = illustrated([annex], {"a": b"1", "c": b"2", "e": b"3"})
    assert with_bytes.photos == {"a": b"1", "c": b"2"}
    assert with_bytes == annex
    assert "a" not in with_bytes.outline().split()


def test_a_photo_whose_file_is_gone_stops_the_press() -> None:
    annex = annexes(closed(5, ("a", BEFORE), ("c", AFTER)))
    with pytest.raises(MissingPhotoError):
        illustrated(annex, {"a": b"1"})


# --- The tags -------------------------------------------------------------------------------------


def test_tags_become_a_row_of_pictures() -> None:
    markup = (
        '<title>照片</title><photos><photo of="ab" width="8" height="6" alt="楼道">整改前</photo>'
        "<photo>整改后（未报送照片）</photo></photos>"
    )
    assert parse(markup, "x.html")[1] == Pictures(
        (Picture("整改前", "楼道", "ab", 8, 6), Picture("整改后（未报送照片）"))
    )


@pytest.mark.parametrize(
    "photos",
    [
        "",
        "<photo>一</photo>" * 4,
        '<photo of="ab" width="8" alt="楼道">整改前</photo>',
        '<photo of="ab" width="8" height="0" alt="楼道">整改前</photo>',
        '<photo of="ab" width="8" height="6">整改前</photo>',
        '<photo of="ab" width="8" height="6" alt="楼道"></photo>',
    ],
)
def test_a_row_that_cannot_be_set_is_refused(photos: str) -> None:
    with pytest.raises(TemplateError):
        parse(f"<title>照片</title><photos>{photos}</photos>", "x.html")
