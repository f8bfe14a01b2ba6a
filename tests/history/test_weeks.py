"""A week written to its folder is read back as it was."""

import json
from datetime import date
from pathlib import Path

import pytest

from campaign.history.weeks import SNAPSHOT, UnreadableWeekError, dump, inputs, load, parse
from tests.support.county import AS_OF, books, sample_problems, snapshot


def write(output: Path, day: date, data: bytes) -> Path:
    path = output / day.isoformat() / SNAPSHOT
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


def test_a_week_is_read_back_as_it_was() -> None:
    week = snapshot(5, books(sample_problems()))
    assert parse(dump(week)) == week


def test_equal_weeks_give_equal_bytes() -> None:
    assert dump(snapshot(5, books(sample_problems()))) == dump(snapshot(5, books(sample_problems())))


def test_only_weeks_before_the_day_asked_for_are_loaded(tmp_path: Path) -> None:
    write(tmp_path, AS_OF, dump(snapshot(5)))
    (tmp_path / "校验").mkdir()
    (tmp_path / "2023-05-05").mkdir()  # a folder without data is no week
    assert [w.as_of for w in load(tmp_path)] == [AS_OF]
    assert load(tmp_path, before=AS_OF) == ()


def test_no_output_folder_means_no_weeks(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == ()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"number": "five"}', b"\xff\xfe"])
def test_a_week_that_cannot_be_read_is_named(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, AS_OF, data)
    with pytest.raises(UnreadableWeekError, match=path.parent.parent.name):
        load(tmp_path)


def test_a_week_in_another_weeks_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, date(2023, 4, 21), dump(snapshot(5)))
    with pytest.raises(UnreadableWeekError):
        load(tmp_path)


def test_inputs_are_known_by_the_first_week_that_had_them(tmp_path: Path) -> None:
    for week, digest in (("2023-04-28", "b"), ("2023-04-21", "a"), ("2023-05-05", "a"), ("校验", "c")):
        (tmp_path / week).mkdir()
        manifest = {"inputs": {"台账/丹砂.xlsx": digest}}
        (tmp_path / week / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert inputs(tmp_path) == {
        "a": "2023-04-21/台账/丹砂.xlsx",
        "b": "2023-04-28/台账/丹砂.xlsx",
    }


@pytest.mark.parametrize("text", ["{", "[]", '{"inputs": 3}', "{}"])
def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "2023-04-21").mkdir()
    (tmp_path / "2023-04-21" / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableWeekError, match="2023-04-21"):
        inputs(tmp_path)
