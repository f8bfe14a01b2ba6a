"""Dates as people write them: every spelling gives the one day it names, or says why it names none."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.intake.dates import Doubt, Window, read_date
from campaign.intake.grid import Scalar
from tests.support.sheets import cell

WINDOW = Window(date(2023, 3, 29), date(2023, 6, 25))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (datetime(2023, 4, 21), date(2023, 4, 21)),  # noqa: DTZ001 - Excel knows no time zones
        ("2023年4月21日", date(2023, 4, 21)),
        ("2023.4.21", date(2023, 4, 21)),
        ("2023-04-21 ", date(2023, 4, 21)),
        ("2023/4/21", date(2023, 4, 21)),
        ("2023-04-21 00:00:00", date(2023, 4, 21)),
        ("20230421 00:00", date(2023, 4, 21)),
        ("２０２３年４月２１日", date(2023, 4, 21)),
        ("2023 年 4 月 21 日", date(2023, 4, 21)),
        ("2023年4月21日（星期五）", date(2023, 4, 21)),
        ("二〇二三年四月二十一日", date(2023, 4, 21)),
        ("20230421", date(2023, 4, 21)),
        (20230421, date(2023, 4, 21)),
        (45037, date(2023, 4, 21)),
        (45037.0, date(2023, 4, 21)),
    ],
)
def test_a_full_date_is_that_day(written: Scalar, day: date) -> None:
    reading = read_date(cell(written), WINDOW)
    assert (reading.day, reading.doubt) == (day, Doubt.NONE)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("4月21日", date(2023, 4, 21)),
        ("04月21号", date(2023, 4, 21)),
        ("4.21", date(2023, 4, 21)),
        ("4.2", date(2023, 4, 2)),  # typed as text, a zero would still be there
        (4.21, date(2023, 4, 21)),
        (4.5, date(2023, 4, 5)),  # there is no 50 April
        ("四月二十一日", date(2023, 4, 21)),
        ("23.4.21", date(2023, 4, 21)),
        ("3月30日", date(2023, 3, 30)),
        ("12月31日", date(2022, 12, 31)),
    ],
)
def test_a_day_without_a_year_falls_into_the_campaign(written: Scalar, day: date) -> None:
    reading = read_date(cell(written), WINDOW)
    assert (reading.day, reading.doubt) == (day, Doubt.YEAR_INFERRED)


@pytest.mark.parametrize(
    "written", ["2023年4月31日", "4月31日", "2023-02-29", "2月29日", "2023.13.1", "20230431"]
)
def test_a_day_that_does_not_exist_is_impossible(written: str) -> None:
    reading = read_date(cell(written), WINDOW)
    assert (reading.day, reading.doubt) == (None, Doubt.IMPOSSIBLE)


@pytest.mark.parametrize(
    ("written", "hint"), [(4.2, "4月2日或4月20日"), (4.1, "4月1日或4月10日"), (5.3, "5月3日或5月30日")]
)
def test_a_number_that_may_be_two_days_is_neither(written: float, hint: str) -> None:
    reading = read_date(cell(written), WINDOW)
    assert (reading.day, reading.doubt, reading.hint) == (None, Doubt.AMBIGUOUS, hint)


def test_the_number_format_settles_which_of_two_days() -> None:
    assert read_date(cell(4.2, "0.00"), WINDOW).day == date(2023, 4, 20)


@pytest.mark.parametrize(
    "written",
    [
        "4月底",
        "4月中旬",
        "5月",
        "2023年4月",
        "月底前",
        "2023.4.23-5.26",
        "立行立改",
        "四月廿三",
        "尽快",
        2023.4,
        12.5,
        0,
    ],
)
def test_what_names_no_day_is_no_date(written: Scalar) -> None:
    reading = read_date(cell(written), WINDOW, deadline=True)
    assert reading.day is None or reading.doubt is Doubt.YEAR_INFERRED
    assert (
        reading.day is None or written == 12.5
    )  # 12.5 is 5 December, far from any campaign; the window warns


@pytest.mark.parametrize(
    "written",
    ["5月26日前", "5月26日（含）前", "2023年5月26日之前", "5月26日前完成", "2023.5.26前", "5月26日以前"],
)
def test_a_deadline_may_be_before_a_day(written: str) -> None:
    assert read_date(cell(written), WINDOW, deadline=True).day == date(2023, 5, 26)
    assert read_date(cell(written), WINDOW).day is None


SPELLINGS = (
    "{y}年{m}月{d}日",
    "{y}.{m}.{d}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d} ",
    "{y}{m:02}{d:02}",
    " {y} 年 {m} 月 {d} 日",
    "{y}-{m:02}-{d:02} 00:00:00",
)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(SPELLINGS), st.booleans())
def test_every_spelling_of_a_day_reads_equal(day: date, spelling: str, full_width: bool) -> None:  # noqa: FBT001 - drawn
    text = spelling.format(y=day.year, m=day.month, d=day.day)
    if full_width:
        text = text.translate(str.maketrans("0123456789.-/", "０１２３４５６７８９．－／"))
    assert read_date(cell(text), WINDOW).day == day


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.datetimes()))
def test_anything_at_all_is_read_without_an_exception(value: Scalar) -> None:
    read_date(cell(value), WINDOW, deadline=True)
