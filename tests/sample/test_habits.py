"""The three habits write what they are given, with headings and words that the rules know."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from ruamel.yaml import YAML

from campaign.records import ItemCode, Problem, Status
from sample import county, spelling
from sample.habits import HABITS, HEADINGS, Ledger, write_ledger

FRIDAY = date(2023, 4, 28)
ROOT = Path(__file__).parents[2]


# What all tests here look at is made once: they run in one process.
pytestmark = pytest.mark.xdist_group("habits")


@pytest.fixture(scope="module")
def problems() -> tuple[Problem, ...]:
    books = county().books(FRIDAY)
    return tuple(p for p in books.problems if p.subdistrict == books.roster.subdistricts[1].name)


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    return dict(YAML(typ="safe").load((ROOT / "rules" / "headings.yaml").read_text(encoding="utf-8")))


def texts(book: Workbook) -> Counter[str]:
    return Counter(str(c.value) for sheet in book for row in sheet for c in row if c.value is not None)


def written(habit: str, folder: Path, given: Sequence[Problem]) -> Workbook:
    return saved(habit, folder, Ledger(given[0].subdistrict, FRIDAY, given))


def saved(habit: str, folder: Path, ledger: Ledger) -> Workbook:
    path = folder / f"{habit}.xlsx"
    write_ledger(habit, ledger, path)
    return load_workbook(path)


def luck(number: int) -> Random:
    return Random(number)  # noqa: S311 - chance in spelling is no secret


@pytest.mark.parametrize(("habit", "columns"), [("merged", 19), ("list", 16), ("tabs", 16)])
def test_headings_are_in_the_rules(habit: str, columns: int, words: dict[str, Any]) -> None:
    titles = HEADINGS[habit]
    field_of = {h: name for name, spellings in words["ledger"]["headings"].items() for h in spellings}
    assert len({field_of[t] for t in titles}) == len(titles) == columns
    assert set(words["ledger"]["required"]) <= {field_of[t] for t in titles}


@pytest.mark.parametrize("habit", HABITS)
def test_status_words_are_in_the_rules(habit: str, words: dict[str, Any]) -> None:
    listed = words["values"]["status"]
    for status, spellings in spelling.STATUS_WORDS[habit].items():
        # In `list` a closed problem says so in a column of its own.
        meaning = Status.RECTIFIED if (habit, status) == ("list", Status.CLOSED) else status
        assert set(spellings) <= set(listed[meaning.value])


@pytest.mark.parametrize("habit", HABITS)
def test_every_record_is_written(habit: str, problems: tuple[Problem, ...], tmp_path: Path) -> None:
    seen = texts(written(habit, tmp_path, problems))
    times = 2 if habit == "tabs" else 1
    wanted = Counter(p.description for p in problems)
    assert {d: seen[d] for d in wanted} == {d: n * times for d, n in wanted.items()}


def test_tabs_have_a_sheet_for_each_community_and_one_for_all(
    problems: tuple[Problem, ...], tmp_path: Path
) -> None:
    book = written("tabs", tmp_path, problems)
    assert book.sheetnames[:-1] == list(dict.fromkeys(p.community for p in problems))


def test_merged_cells_cover_exactly_the_rows_of_a_community(
    problems: tuple[Problem, ...], tmp_path: Path
) -> None:
    sheet = written("merged", tmp_path, problems)["问题台账"]
    merged = {
        sheet.cell(r.min_row, 3).value: r.max_row - r.min_row + 1
        for r in sheet.merged_cells.ranges
        if r.min_col == r.max_col == 3 and r.min_row >= 5
    }
    counts = Counter(p.community for p in problems)
    assert merged == {name: n for name, n in counts.items() if n > 1}


@pytest.mark.parametrize("habit", HABITS)
def test_a_text_stays_a_text(habit: str, problems: tuple[Problem, ...], tmp_path: Path) -> None:
    book = written(habit, tmp_path, [replace(problems[0], description="=1+1")])
    cells = [c for sheet in book for row in sheet for c in row if c.value == "=1+1"]
    assert cells
    assert {c.data_type for c in cells} == {"s"}


@pytest.mark.parametrize("habit", HABITS)
def test_strict_ledgers_leave_names_and_years_alone(
    habit: str, problems: tuple[Problem, ...], tmp_path: Path
) -> None:
    given = [replace(p, note="", measure="") for p in problems]
    seen = texts(saved(habit, tmp_path, Ledger(given[0].subdistrict, FRIDAY, given, loose=False)))
    assert {p.community for p in problems} <= set(seen)
    assert not [t for t in seen if t.endswith(("日", "前")) and "年" not in t]


@pytest.mark.parametrize("habit", HABITS)
def test_same_records_same_bytes(habit: str, problems: tuple[Problem, ...], tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for path in paths:
        write_ledger(habit, Ledger(problems[0].subdistrict, FRIDAY, problems), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("habit", HABITS)
def test_a_row_is_typed_the_same_way_every_week(
    habit: str, problems: tuple[Problem, ...], tmp_path: Path
) -> None:
    early = Ledger(problems[0].subdistrict, FRIDAY, problems[:3])
    later = replace(early, reported_on=date(2023, 5, 5))
    first, second = (saved(habit, tmp_path, ledger).worksheets[0] for ledger in (early, later))
    changed = [c.coordinate for row in first for c in row if c.value != second[c.coordinate].value]
    assert len(changed) == 1  # the day of reporting


def test_aliases_are_used_where_given(problems: tuple[Problem, ...], tmp_path: Path) -> None:
    aliases = {problems[0].company: "某某物业"}
    seen = texts(saved("tabs", tmp_path, Ledger("", FRIDAY, problems[:1], aliases)))
    assert seen["某某物业"] == 2


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 4, 21), "二〇二三年四月二十一日"),
        (date(2023, 10, 10), "二〇二三年十月十日"),
        (date(2024, 12, 30), "二〇二四年十二月三十日"),
    ],
)
def test_days_in_chinese_numerals(day: date, text: str) -> None:
    assert spelling.in_han(day) == text


def test_serial_numbers_are_excels() -> None:
    assert spelling.serial(date(2023, 4, 21)) == 45037


def test_a_year_is_left_out_only_near_by() -> None:
    day = date(2023, 4, 21)
    far = {spelling.date_text(luck(n), day, date(2024, 4, 21)) for n in range(200)}
    near = {spelling.date_text(luck(n), day, FRIDAY) for n in range(200)}
    assert "4月21日" not in far
    assert "4月21日" in near
    assert len(near) == 8


def test_items_in_the_spellings_of_three_offices() -> None:
    item = ItemCode(5, 2)
    assert {h: {spelling.item_text(h, item, luck(n)) for n in range(40)} for h in HABITS} == {
        "merged": {"五-2"},
        "list": {"三（五）2", "(五)2"},
        "tabs": {"5.2", "第五类第2项"},
    }
