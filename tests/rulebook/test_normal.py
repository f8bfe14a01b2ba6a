"""When two headings are the same one."""

import pytest

from campaign.rulebook.normal import heading_key


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("整 改\n时限*（必填）", "整改时限"),
        ("填报单位（盖章）：", "填报单位"),
        ("是否销号(是/否)", "是否销号"),
        ("发现时间（年/月/日）", "发现时间"),
        ("户数（户）", "户数"),
        ("ＮＡＭＥ", "name"),
    ],
)
def test_same(typed: str, meant: str) -> None:
    assert heading_key(typed) == heading_key(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("责任人（电话）", "责任人"), ("责任单位（责任人）", "责任单位"), ("整改完成时限", "整改完成时间")],
)
def test_different(one: str, other: str) -> None:
    assert heading_key(one) != heading_key(other)
