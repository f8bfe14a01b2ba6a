"""Titles: broken where sense breaks, never too long, shaped as the standard wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.compose.titles import MOST, break_title, width

WORDS = ("专项整治", "物业管理", "服务行业", "领导小组", "办公室", "工作", "总结报告", "关于", "情况")


@pytest.mark.parametrize(
    ("units", "lines"),
    [
        (["约谈通知书"], ["约谈通知书"]),
        (
            ["关于物业管理服务行业专项整治", "第5周（4月22日—4月28日）", "进展情况的通报"],
            ["关于物业管理服务行业专项整治", "第5周（4月22日—4月28日）", "进展情况的通报"],
        ),
        (
            ["清水县", "物业管理服务行业专项整治", "工作总结报告"],
            ["清水县物业管理服务行业专项整治", "工作总结报告"],
        ),
        # No joints are marked: words hold together.
        (
            ["清水县物业管理服务行业专项整治领导小组办公室工作情况"],
            ["清水县物业管理服务行业", "专项整治领导小组办公室工作情况"],
        ),
    ],
)
def test_broken_where_sense_breaks(units: list[str], lines: list[str]) -> None:
    assert list(break_title([units], WORDS)) == lines


def test_a_line_that_the_template_wants_stays() -> None:
    assert break_title([["关于"], ["开展整治的通报"]]) == ("关于", "开展整治的通报")


@pytest.mark.parametrize("closed", ["（2023年4月22日—4月28日）", "2023年", "《物业管理条例》"])
def test_brackets_and_numbers_hold_together(closed: str) -> None:
    for before in range(8, 20):
        lines = break_title([["甲" * before + closed + "乙" * 8]])
        assert any(closed in line for line in lines)


@given(
    st.lists(
        st.text("关于物业管理专项整治（）《》、，12abc", min_size=1, max_size=30), min_size=1, max_size=6
    )
)
def test_nothing_is_lost_and_no_line_too_long(units: list[str]) -> None:
    lines = break_title([units], WORDS)
    assert "".join(lines) == "".join(units)
    assert all(0 < width(line) <= MOST * 10 for line in lines)


def test_neither_hourglass_nor_stump() -> None:
    """Three lines: the middle one is not the shortest, and none is a fragment."""
    for length in range(41, 61):
        widths = [width(line) for line in break_title([["甲" * length]])]
        assert len(widths) == 3
        assert not (widths[1] < widths[0] and widths[1] < widths[2])
        assert min(widths) * 3 >= max(widths)
