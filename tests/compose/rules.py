"""A small rulebook made by hand, so that documents under test do not change when the shipped rules do."""

from datetime import date
from decimal import Decimal
from functools import cache

from campaign.records import DecisionKind, ItemCode, SubjectKind
from campaign.rulebook.model import (
    Agency,
    Campaign,
    Checklist,
    ChecklistGroup,
    ChecklistItem,
    Consequence,
    Grade,
    InterviewTerms,
    LiftedWhen,
    NoticeTerms,
    Nouns,
    Phase,
    Rulebook,
    Scheme,
    Words,
)

GROUPS = {
    1: ("物业承接（退出）", {3: "承接查验"}),
    2: ("业主及业主委员会", {1: "综合治理"}),
    3: ("内部管理", {4: "公开公示"}),
    4: ("物业服务", {2: "信息公示", 4: "接受监督"}),
    5: ("消防安全防范", {2: "消防制度和值守", 3: "消防维保", 4: "通道占用", 5: "电动车管理"}),
    6: ("其他安全防范", {1: "安全措施", 3: "电梯管理"}),
}
SPECIMEN = "本细则为示范文本，评分结果仅供试用。"


@cache
def rulebook(specimen: str = SPECIMEN) -> Rulebook:
    """The rulebook of the tests."""
    return Rulebook(
        title="物业服务专项整治考核评分细则",
        specimen=specimen,
        campaign=campaign(),
        checklist=Checklist(tuple(_group(number) for number in GROUPS)),
        words=Words({}, {}, {}),
        schemes=tuple(Scheme(k, Decimal(100), Decimal(0), None, GRADES, ()) for k in SubjectKind),
        consequences=tuple(_consequence(*c) for c in CONSEQUENCES),
        interview=InterviewTerms(
            within_working_days=3,
            at_time="上午9:00",
            place="县住房城乡建设局二楼会议室",
            host="领导小组办公室主任",
            attendee=dict.fromkeys(SubjectKind, "主要负责人"),
            bring=("问题台账", "整改方案"),
            report_within_working_days=5,
        ),
        digest="0" * 64,
        notices=NOTICES,
    )


GRADES = (Grade("优秀", Decimal(90)), Grade("合格", Decimal(60)), Grade("不合格", Decimal(0)))
CONSEQUENCES = (
    ("约-1", "问题长期逾期", "细则第十条", DecisionKind.INTERVIEW),
    ("约-2", "等级不合格", "细则第十一条", DecisionKind.INTERVIEW),
    ("批-1", "未报送台账", "细则第十二条", DecisionKind.CRITICISM),
    ("表-1", "排名第一", "细则第十三条", DecisionKind.COMMENDATION),
    ("挂-1", "安全问题长期逾期", "细则第十四条", DecisionKind.LISTED_SUPERVISION),
    ("改-1", "消防安全问题逾期", "细则第十五条", DecisionKind.RECTIFICATION_ORDER),
    ("责-1", "多次被约谈", "细则第十六条", DecisionKind.ACCOUNTABILITY_REFERRAL),
)
NOTICES = {
    DecisionKind.INTERVIEW: NoticeTerms(copied_to=("县住房城乡建设局",)),
    DecisionKind.RECTIFICATION_ORDER: NoticeTerms(
        within_working_days=5,
        report_within_working_days=3,
        basis=("《物业管理条例》",),
        consequence="逾期不整改的，依法依规查处。",
        copied_to=("县市场监管局", "县住房城乡建设局"),
    ),
    DecisionKind.LISTED_SUPERVISION: NoticeTerms(
        within_working_days=15,
        report_within_working_days=3,
        supervisor="县住房城乡建设局",
        verifier="属地街道办事处",
        lifted_when=LiftedWhen.ALL_CLOSED,
    ),
    DecisionKind.CRITICISM: NoticeTerms(
        report_within_working_days=5, consequence="整改不力的，予以约谈", copied_to=("县委督查室",)
    ),
    DecisionKind.ACCOUNTABILITY_REFERRAL: NoticeTerms(to="县纪委县监委"),
}


def campaign() -> Campaign:
    """A campaign of an invented county."""
    return Campaign(
        name="物业服务专项整治",
        county="清水县",
        notice_title="清水县人民政府办公室关于印发《清水县物业服务专项整治工作方案》的通知",
        notice_number="清府办函〔2023〕8号",
        leading_group="清水县物业服务专项整治工作领导小组",
        office="清水县物业服务专项整治工作领导小组办公室",
        office_short="县专项整治办",
        bulletin_name="物业服务专项整治工作通报",
        starts_on=date(2023, 3, 29),
        ends_on=date(2023, 6, 25),
        first_bulletin_on=date(2023, 3, 31),
        phases=(
            Phase("动员部署", None, date(2023, 3, 29)),
            Phase("排查整治", date(2023, 3, 29), date(2023, 5, 26)),
            Phase("总结提升", date(2023, 5, 27), date(2023, 6, 25)),
        ),
        agencies=(Agency("县住房城乡建设局", "统筹"), Agency("县市场监管局", "监管电梯")),
        scope_communities=6,
        scope_companies=3,
        addressees=("{subdistricts}", "各成员单位", "各物业企业"),
        reported_to=("领导小组组长、副组长",),
        copied_to=("各成员单位", "各街道办事处"),
        copies=40,
        contact="县专项整治办值班室，0851-20000001",
        agency_code="清物治办",
        nouns=Nouns("小区", "住宅小区", "物业企业", "街道办事处", "街道"),
    )


def _group(number: int) -> ChecklistGroup:
    name, items = GROUPS[number]
    return ChecklistGroup(
        number,
        name,
        tuple(ChecklistItem(ItemCode(number, n), short, short, "company") for n, short in items.items()),
    )


def _consequence(name: str, title: str, clause: str, kind: DecisionKind) -> Consequence:
    return Consequence(name, title, clause, kind, SubjectKind.COMPANY, "", None, None, "")
