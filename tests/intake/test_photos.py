"""Photos in ledgers: laid to their problems, told apart by the heading over them, and said where broken."""

import hashlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from campaign.intake.desk import Intake, receive
from campaign.intake.reading.prints import prepare
from campaign.records import Moment
from tests.intake.reading.packages import REAL
from tests.support.county import rulebook
from tests.support.inbox import DURU, fill
from tests.support.photos import AFTER, paste, photo

HEADINGS = {"J2": "整改前照片", "K2": "整改后照片", "L2": "整改前后对比照片"}


def received(folder: Path) -> Intake:
    return receive(folder, rulebook(), None)


def told(intake: Intake) -> list[tuple[str, str, str]]:
    return [(f.code, f.ref.file, f.ref.cell) for f in intake.faults if "PHOTO" in f.code or "PICT" in f.code]


def test_each_photo_goes_to_its_problem_with_its_moment(tmp_path: Path) -> None:
    before, after, both = photo(), photo(colour=AFTER), photo((20, 90))
    fill(tmp_path)
    paste(tmp_path / DURU, {"J3": before, "K4": after, "L4": both, "J4": before, "A1": after}, HEADINGS)
    intake = received(tmp_path)
    problems = [p for p in intake.books.problems if p.origin.row.file == DURU]
    assert [[(p.ref.cell, p.moment) for p in problem.pictures] for problem in problems] == [
        [("J3", Moment.BEFORE)],
        [("J4", Moment.BEFORE), ("K4", Moment.AFTER), ("L4", Moment.UNSAID)],
    ]
    assert [problem.photos for problem in problems] == [1, 3]
    assert not told(intake)
    # The office's seal over the title is no photo of a problem.
    assert sorted(intake.photos) == sorted(
        {p.digest for problem in intake.books.problems for p in problem.pictures}
    )
    for digest, data in intake.photos.items():
        assert hashlib.sha256(data).hexdigest() == digest
    assert intake.photos[problems[0].pictures[0].digest] == prepare(before).data
    assert (problems[1].pictures[2].width, problems[1].pictures[2].height) == (20, 90)


def test_ledgers_without_photos_are_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def asking(_root: Path, files: tuple[str, ...], _jobs: int) -> tuple[tuple[()], ...]:
        asked.extend(files)
        return tuple(() for _ in files)

    monkeypatch.setattr("campaign.intake.photos.read_pictures", asking)
    fill(tmp_path)
    received(tmp_path)
    assert asked == []
    paste(tmp_path / DURU, {"J3": photo()})
    received(tmp_path)
    assert asked == [DURU]


def spoil(path: Path, change: dict[str, bytes]) -> None:
    """Put other bytes in the place of a workbook's media."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, change.get(name, data))


def test_a_picture_that_cannot_be_printed_is_counted_and_told_at_its_cell(tmp_path: Path) -> None:
    fill(tmp_path)
    paste(tmp_path / DURU, {"J3": photo(), "K3": photo(colour=AFTER)}, HEADINGS)
    spoil(tmp_path / DURU, {"xl/media/image2.jpeg": b"<svg/>"})
    intake = received(tmp_path)
    problem = next(p for p in intake.books.problems if p.photos)
    assert problem.photos == 2
    assert [p.moment for p in problem.pictures] == [Moment.BEFORE]
    assert told(intake) == [("I-CELL-PHOTO", DURU, "K3")]


def test_a_picture_that_is_not_in_the_workbook_is_told(tmp_path: Path) -> None:
    fill(tmp_path)
    paste(tmp_path / DURU, {"J3": photo()}, {"J4": '=DISPIMG("ID_5",1)'})
    intake = received(tmp_path)
    assert told(intake) == [("I-CELL-PHOTO", DURU, "J4")]
    assert [p.photos for p in intake.books.problems if p.photos] == [1, 1]


def test_pictures_that_take_too_long_cost_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.intake.photos.read_pictures", lambda *_: (None,))
    fill(tmp_path)
    paste(tmp_path / DURU, {"J3": photo()})
    intake = received(tmp_path)
    assert told(intake) == [("I-FILE-PICTURES", DURU, "")]
    assert [(p.photos, p.pictures) for p in intake.books.problems if p.photos] == [(1, ())]


def test_pictures_in_containers_that_hide_them_are_told(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "旧.xls").write_bytes((REAL / "variety.xls").read_bytes() + photo())
    assert told(received(tmp_path)) == [("I-FILE-PICTURES", "旧.xls", "")]
