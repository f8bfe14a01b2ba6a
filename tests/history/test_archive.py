"""Issued weeks name one another, and later weeks see the last edition of each."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from campaign.history import archive, weeks
from campaign.history.archive import BrokenArchiveError, dump, issue_number, issue_words, parse
from campaign.records import Assessment, Figures, Snapshot, Tally
from tests.support.archive import FILES, FIRST, issue, manifest
from tests.support.county import books

WEEK = timedelta(days=7)


def snap(as_of: date, number: int = 1, **more: object) -> bytes:
    made = Snapshot(number, books(as_of=as_of), Assessment(Figures(as_of, Tally())))
    return weeks.dump(replace(made, draft=False, **more))  # type: ignore[arg-type]


def test_a_manifest_is_read_back_as_it_was(tmp_path: Path) -> None:
    made = manifest(tmp_path, 5, FIRST)
    assert parse(dump(made)) == made
    assert dump(parse(dump(made))) == dump(made)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"program": 1}', b"\xff"])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever wording
        parse(data)


def test_each_week_names_the_one_issued_before_it(tmp_path: Path) -> None:
    issue(tmp_path, 1, FIRST)
    issue(tmp_path, 2, FIRST + WEEK)
    issue(tmp_path, 1, FIRST, edition=1)
    first, second, corrected = archive.issued(tmp_path)
    assert [w.manifest.folder for w in (first, second, corrected)] == [
        "2023-04-14",
        "2023-04-21",
        "2023-04-14-更正1",
    ]
    assert first.manifest.previous is None
    assert (second.manifest.previous, corrected.manifest.previous) == (first.link, second.link)
    assert corrected.manifest.corrects == first.link


def test_a_missing_link_is_told(tmp_path: Path) -> None:
    for number in range(3):
        issue(tmp_path, number + 1, FIRST + number * WEEK)
    (tmp_path / "archive" / "2023-04-21").rename(tmp_path / "elsewhere")
    with pytest.raises(BrokenArchiveError, match="2023-04-28"):
        archive.issued(tmp_path)


def test_later_weeks_see_the_last_edition(tmp_path: Path) -> None:
    for edition, words in enumerate(("", "漏报", "又漏报")):
        files = {**FILES, weeks.SNAPSHOT: snap(FIRST, edition=edition, correction=words)}
        issue(tmp_path, 1, FIRST, edition=edition, files=files)
    issue(tmp_path, 2, FIRST + WEEK, files={**FILES, weeks.SNAPSHOT: snap(FIRST + WEEK, 2)})
    assert [(w.as_of, w.correction) for w in archive.load(tmp_path)] == [
        (FIRST, "又漏报"),
        (FIRST + WEEK, ""),
    ]
    assert [w.as_of for w in archive.load(tmp_path, before=FIRST + WEEK)] == [FIRST]


def test_drafts_count_until_a_week_is_issued(tmp_path: Path) -> None:
    draft = tmp_path / FIRST.isoformat() / weeks.SNAPSHOT
    draft.parent.mkdir(parents=True)
    draft.write_bytes(snap(FIRST))
    assert [w.as_of for w in archive.load(tmp_path)] == [FIRST]
    assert archive.snapshots(tmp_path) == {FIRST: "2023-04-14/data/snapshot.json"}
    day = FIRST + WEEK
    issue(tmp_path, 2, day, files={**FILES, weeks.SNAPSHOT: snap(day, 2)})
    assert [w.as_of for w in archive.load(tmp_path)] == [day]
    assert archive.drafts(tmp_path) == (FIRST,)
    assert archive.snapshots(tmp_path) == {day: "archive/2023-04-21/data/snapshot.json"}


def test_inputs_are_those_of_issued_weeks(tmp_path: Path) -> None:
    week = issue(tmp_path, 1, FIRST)
    (digest,) = week.manifest.inputs.values()
    assert archive.earlier_inputs(tmp_path) == {digest: "2023-04-14/台账/丹砂.xlsx"}
    assert archive.inputs([week], before=FIRST) == {}


@pytest.mark.parametrize(
    ("edition", "words", "number"),
    [
        (0, "第5期", "第5期（总第7期）"),
        (1, "第5期（更正）", "第5期（总第7期）（更正）"),
        (2, "第5期（第2次更正）", "第5期（总第7期）（第2次更正）"),
    ],
)
def test_editions_are_told_apart_in_words(edition: int, words: str, number: str) -> None:
    assert issue_words(5, edition) == words
    assert issue_number(5, 7, edition) == number
    assert issue_number(5, None) == "第5期"
