"""Forty titles as offices write them, each with the lines that a careful typist would set."""

import pytest

from campaign.compose import genres
from campaign.compose.titles import MOST, break_title, width
from tests.compose.cases import TEMPLATES

# What the program knows of a campaign and its rosters.
CAMPAIGN = "物业管理服务行业专项整治"
NAMES = (
    CAMPAIGN,
    "清水县",
    "清水县物业管理服务行业专项整治工作领导小组办公室",
    "和美小区",
    "康乐苑",
    "临江花园",
    "甲物业服务有限公司",
    "清水县和顺物业服务有限责任公司",
    "清水县恒安物业服务有限公司第一分公司",
    "清水县鸿运物业服务有限公司",
    "都济街道办事处",
    "甲街道办事处",
    "乙街道办事处",
    "丙街道办事处",
    "清水县国家级经济技术开发区综合管理委员会街道办事处",
)

TITLES = (
    "约谈通知书",
    "关于约谈甲物业服务有限公司的通知",
    "关于开展物业管理服务行业｜专项整治工作的通知",
    "关于印发物业管理服务行业专项整治工作｜实施方案的通知",
    "关于物业管理服务行业专项整治｜第5周（4月22日—4月28日）｜进展情况的通报",
    "清水县物业管理服务行业｜专项整治工作总结报告",
    "清水县物业管理服务行业｜专项整治工作领导小组办公室｜关于对甲物业服务有限公司｜予以通报批评的决定",
    "关于对清水县和顺物业服务有限责任公司｜逾期未整改问题责令限期整改的通知",
    "关于对和美小区消防安全｜突出问题实行挂牌督办的通知",
    "关于解除对和美小区消防安全｜突出问题挂牌督办的通知",
    "关于对都济街道办事处等3个单位｜予以通报表扬的通报",
    "关于对清河物业等五家物业企业｜予以通报批评的通报",
    "关于移送清水县鸿运物业服务有限公司｜有关问题线索的函",
    "清水县物业管理服务行业专项整治｜考核评分实施细则（示范）",
    "清水县物业管理服务行业专项整治工作｜领导小组第5次调度会议纪要",
    "物业管理服务行业专项整治工作｜第5次调度会议议程",
    "关于召开全县物业管理服务行业专项整治工作｜第五次调度会议的通知",
    "关于进一步加强物业服务企业消防安全｜管理工作的紧急通知",
    "关于做好物业管理服务行业专项整治｜总结提升阶段有关工作的通知",
    "关于报送住宅小区消防通道专项检查情况的函",
    "关于2023年第二季度｜物业服务企业信用评价结果的公示",
    "清水县人民政府办公室｜关于印发清水县物业管理服务行业｜专项整治工作实施方案的通知",
    "关于转发《物业管理条例》｜学习宣传方案的通知",
    "关于物业管理服务行业专项整治｜督导抽查发现问题整改落实情况的通报",
    "关于全县住宅小区电动自行车停放｜充电场所安全隐患排查整治情况的通报",
    "关于对清水县国家级经济技术开发区｜综合管理委员会街道办事处｜主要负责人进行约谈的通知",
    "关于表扬物业管理服务行业专项整治工作｜先进单位和先进个人的通报",
    "关于调整清水县物业管理服务行业专项整治｜工作领导小组成员的通知",
    "和美小区物业服务问题整改前后对比情况",
    "甲街道办事处｜物业管理服务行业专项整治工作总结报告",
    "关于清水县物业管理服务行业专项整治工作｜开展情况及下一步工作打算的报告",
    "关于责令｜清水县恒安物业服务有限公司第一分公司｜限期整改电梯安全隐患的通知",
    "关于物业企业退出和美小区、康乐苑｜物业管理区域有关事项的函",
    "关于对信访投诉集中的住宅小区｜开展联合执法检查的通知",
    "关于举办全县物业服务企业｜负责人业务培训班的通知",
    "清水县物业管理服务行业专项整治｜工作领导小组办公室关于2023年4月份｜物业服务投诉办理情况的通报",
    "关于成立业主委员会、物业管理委员会｜有关情况的报告",
    "关于对丙街道办事处｜未按时报送问题台账的通报批评",
    "关于开展“红色物业”｜创建暨物业管理服务行业专项整治｜“回头看”工作的实施意见",
    "关于对全县61个住宅小区｜自查自纠情况进行督导抽查的通知",
    "关于物业管理服务行业专项整治第5期｜通报中有关数据更正的说明",
    "关于对甲物业服务有限公司｜在和美小区、康乐苑、临江花园｜三个住宅小区物业服务中存在突出问题｜逾期未整改到位予以挂牌督办的通知",
    "关于清水县人民政府办公室｜转发县住房城乡建设局等部门｜清水县物业管理服务行业专项整治｜集中整治阶段工作方案的通知",
    "关于对甲街道办事处、｜乙街道办事处、丙街道办事处等｜三个街道办事处物业管理服务行业专项整治｜问题台账报送情况进行督导检查的通报",
)
WORDS = (*genres.load(TEMPLATES).words, *NAMES)


@pytest.mark.parametrize("lines", TITLES)
def test_set_as_a_typist_would(lines: str) -> None:
    wanted = lines.split("｜")
    assert list(break_title([["".join(wanted)]], WORDS)) == wanted


def test_forty_titles_some_of_them_of_sixty_characters() -> None:
    lengths = [len(title.replace("｜", "")) for title in TITLES]
    assert len(lengths) >= 40
    assert max(lengths) >= 60


@pytest.mark.parametrize("lines", TITLES)
def test_the_outline_is_a_trapezoid_or_a_diamond(lines: str) -> None:
    """The lines grow, then shrink; none fills more than the type area."""
    widths = [width(line) for line in lines.split("｜")]
    peak = widths.index(max(widths))
    assert widths == sorted(widths[:peak]) + sorted(widths[peak:], reverse=True)
    assert max(widths) <= MOST * 10


@pytest.mark.parametrize("name", NAMES)
def test_names_of_the_rosters_are_not_torn(name: str) -> None:
    if len(name) > MOST:
        return
    for before in range(1, 30):
        lines = break_title([["关于" + "某" * before + name + "有关情况的通报"]], WORDS)
        torn = not any(name in line for line in lines)
        assert not torn or name == CAMPAIGN


def test_a_phrase_longer_than_a_line_is_broken_between_its_words() -> None:
    name = "清水县国家级经济技术开发区综合管理委员会街道办事处"
    assert break_title([[name]], WORDS) == ("清水县国家级经济技术开发区", "综合管理委员会街道办事处")


def test_a_mark_in_the_template_goes_before_the_list_of_words() -> None:
    units = ["关于开展物业", "管理服务行业专项整治工作的通知"]
    assert list(break_title([units], WORDS)) == units


def test_a_break_in_the_template_goes_before_everything() -> None:
    lines = ["关于开展", "专项整治工作的通知"]
    assert list(break_title([[line] for line in lines], WORDS)) == lines
