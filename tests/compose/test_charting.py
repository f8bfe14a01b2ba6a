"""<chart> on a calendar: days and marks, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.compose.blocks import Chart, Figure, Mark, Series
from campaign.compose.parsing import parse
from campaign.errors import TemplateError


def markup(inside: str, kind: str = "calendar") -> str:
    return (
        f'<chart at="x.html:1" kind="{kind}" unit="件"><caption>题</caption><alt>图意</alt>{inside}</chart>'
    )


def chart(inside: str, kind: str = "calendar") -> Chart:
    (figure,) = parse(markup(inside, kind), "x.html")
    assert isinstance(figure, Figure)
    return figure.chart


LABELS = '<label date="2023-04-21">4月21日</label><label date="2023-05-26">5月26日</label>'
VALUES = '<series name="销号"><value>3</value><value></value></series>'


def test_days_marks_and_what_is_expected() -> None:
    read = chart(
        f'{LABELS}<mark date="2023-05-26">止日</mark>{VALUES}'
        '<series name="推算" dashed="yes"><value>3</value><value>9</value></series>'
    )
    assert read.dates == (date(2023, 4, 21), date(2023, 5, 26))
    assert read.marks == (Mark(date(2023, 5, 26), "止日"),)
    assert read.series[1] == Series("推算", (Decimal(3), Decimal(9)), dashed=True)
    assert not read.series[0].dashed


def test_other_charts_have_no_calendar() -> None:
    assert chart(f"<label>甲</label><label>乙</label>{VALUES}", "line").dates == ()


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        (f"<label>甲</label><label>乙</label>{VALUES}", "calendar"),
        (f'<label date="2023-05-26">甲</label><label date="2023-05-26">乙</label>{VALUES}', "calendar"),
        (f'<label date="2023-02-30">甲</label><label date="2023-05-26">乙</label>{VALUES}', "calendar"),
        (f'{LABELS}<mark date="5月26日">止日</mark>{VALUES}', "calendar"),
        (f'{LABELS}<mark date="2023-05-26">止日</mark>{VALUES}', "line"),
        (LABELS, "calendar"),
    ],
)
def test_days_that_cannot_be_are_refused(inside: str, kind: str) -> None:
    with pytest.raises(TemplateError, match=r"x\.html"):
        chart(inside, kind)
