"""What kinds of subject and of consequence are called on the pages that are not official documents."""

from collections.abc import Mapping
from datetime import date

from campaign.records import DecisionKind, SubjectKind

SUBJECTS: Mapping[SubjectKind, str] = {
    SubjectKind.SUBDISTRICT: "街道办事处",
    SubjectKind.COMPANY: "物业企业",
    SubjectKind.AGENCY: "成员单位",
}
DECISIONS: Mapping[DecisionKind, str] = {
    DecisionKind.ACCOUNTABILITY_REFERRAL: "倒查问责",
    DecisionKind.LISTED_SUPERVISION: "挂牌督办",
    DecisionKind.INTERVIEW: "约谈",
    DecisionKind.RECTIFICATION_ORDER: "责令整改",
    DecisionKind.CRITICISM: "通报批评",
    DecisionKind.COMMENDATION: "通报表扬",
}


def day(value: date) -> str:
    """A day as it is written: 2023年4月28日, without leading zeros (GB/T 9704 7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日"
