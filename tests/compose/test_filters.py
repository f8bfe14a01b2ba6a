"""How dates, counts, rates and lists are written."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.compose.brief import Names, Portion
from campaign.compose.complaints import MisuseError
from campaign.compose.filters import FILTERS

DAY = date(2023, 4, 8)


@pytest.mark.parametrize(
    ("name", "value", "settings", "text"),
    [
        ("date", DAY, (), "2023年4月8日"),
        ("day", DAY, (), "4月8日"),
        ("weekday", DAY, (), "星期六"),
        ("weekday", date(2023, 4, 9), (), "星期日"),
        ("to", DAY, (date(2023, 4, 14),), "4月8日—4月14日"),
        ("to", date(2022, 12, 31), (date(2023, 1, 6),), "2022年12月31日—2023年1月6日"),
        ("year_mark", DAY, (), "〔2023〕"),
        ("chinese", 1, (), "一"),
        ("chinese", 10, (), "十"),
        ("chinese", 12, (), "十二"),
        ("chinese", 20, (), "二十"),
        ("chinese", 99, (), "九十九"),
        ("issue", 5, (), "第5期"),
        ("week", 5, (), "第5周"),
        ("count", 28, ("家",), "28家"),
        ("percent", Decimal("68.4"), (), "68.4%"),
        ("percent", Decimal("0.0"), (), "0.0%"),
        ("percent", None, (), "—"),
        ("points_change", Decimal("3.2"), (), "上升3.2个百分点"),
        ("points_change", Decimal("-0.4"), (), "下降0.4个百分点"),
        ("points_change", Decimal("0.0"), (), "持平"),
        ("number_change", 3, ("件",), "增加3件"),
        ("number_change", -2, ("件",), "减少2件"),
        ("number_change", 0, ("件",), "持平"),
        ("rank_change", 2, (), "升2位"),
        ("rank_change", -1, (), "降1位"),
        ("rank_change", 0, (), "持平"),
        ("rank_change", None, (), "—"),
        ("number", Decimal("92.50"), (), "92.5"),
        ("number", Decimal(100), (), "100"),
        ("number", None, (), "—"),
        ("listed", ("甲", "乙"), (), "甲、乙"),
        ("listed", ("甲", "乙", "丙"), (2, "家"), "甲、乙等3家"),
        ("listed", ("甲", "乙"), (2, "家"), "甲、乙"),
        ("listed", (), (), ""),
        ("names", (Names("甲", ()), Names("乙", ())), (), "甲、乙"),
        ("spread", (Portion("甲", 16), Portion("乙", 13)), ("件",), "其中甲16件、乙13件"),
        ("spread", (Portion("甲", 16),), ("件",), "均在甲"),
        ("spread", (Portion("甲", 1),), ("件",), "在甲"),
        ("bare", " 灭火器过期。", (), "灭火器过期"),
        ("bare", "1. 甲；\n2. 乙；\n", (), "1. 甲；\n2. 乙"),
        ("titled", "关于印发《方案》的通知", (), "《关于印发〈方案〉的通知》"),
        ("titled", "《条例》", (), "《条例》"),
        ("dash", "", (), "—"),
        ("dash", "甲", (), "甲"),
    ],
)
def test_filter(name: str, value: object, settings: tuple[object, ...], text: str) -> None:
    assert FILTERS[name](value, *settings) == text


@pytest.mark.parametrize(
    ("name", "value"),
    [("date", "2023-04-08"), ("count", ("甲",)), ("percent", "68"), ("listed", "甲乙"), ("chinese", 100)],
)
def test_filter_refuses_what_it_is_not_for(name: str, value: object) -> None:
    with pytest.raises(MisuseError):
        FILTERS[name](value)
