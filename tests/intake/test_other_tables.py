"""Rosters, self-check forms, spot checks, complaints and activity counts."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.intake.grid import Sheet, Workbook
from campaign.intake.headings import Heading, find_heading, index_of
from campaign.intake.others import read_activities, read_complaints, read_merits, read_spot_checks
from campaign.intake.roster import read_roster
from campaign.intake.selfchecks import latest, read_self_check
from campaign.intake.sorting import Tables, sort_sheets
from campaign.intake.values import Desk, desk_of
from campaign.records import Answer, ItemCode, Recheck
from tests.support.county import rulebook, small_roster
from tests.support.sheets import sheet

AS_OF = date(2023, 4, 28)
COMMUNITIES = "序号|小区名称|所属街道|物业企业|户数|别名"
COMPANIES = "企业名称|负责人|联系电话\n清和物业服务有限公司|石某|19900000001\n明远物业服务有限公司|秦某|"
OFFICES = "名称|负责人|职务\n都濡街道办事处|陆某|主任"


def desk() -> Desk:
    return desk_of(rulebook(), small_roster())


def heading(table: Sheet) -> Heading:
    found = find_heading(table, index_of(rulebook().words))
    assert found is not None
    return found


def book(*sheets: Sheet) -> Workbook:
    return Workbook("名册.xlsx", sheets, "test", "0")


def sorted_book(*sheets: Sheet) -> Tables:
    words = rulebook().words
    return sort_sheets(book(*sheets), index_of(words), words)


def roster_sheets(*rows: str) -> tuple[Sheet, ...]:
    return (
        sheet("\n".join([COMMUNITIES, *rows]), name="小区"),
        sheet(COMPANIES, name="物业企业"),
        sheet(OFFICES, name="街道办事处"),
        sheet("成员单位\n县消防救援大队", name="成员单位"),
    )


def test_a_roster_is_read_with_official_names() -> None:
    tables = sorted_book(*roster_sheets("1|云栖苑|都濡街道|清和物业服务有限公司|420|老云栖、云栖一期"))
    roster, faults = read_roster(tables.roster, rulebook().words)
    assert not faults
    (community,) = roster.communities
    assert (community.subdistrict, community.company) == ("都濡街道办事处", "清和物业服务有限公司")
    assert (community.households, community.aliases) == (420, ("老云栖", "云栖一期"))
    assert [c.name for c in roster.companies] == ["清和物业服务有限公司", "明远物业服务有限公司"]
    assert roster.agencies == ("县消防救援大队",)


def test_a_roster_that_repeats_or_misnames_is_told_its_cells() -> None:
    rows = (
        "1|云栖苑|都濡街道|清和物业服务有限公司|420|",
        "2|云栖苑|都濡街道|无此公司|1|",
        "3|听松里|无此街道|无此公司|1|",
    )
    roster, faults = read_roster(sorted_book(*roster_sheets(*rows)).roster, rulebook().words)
    assert [(f.code, f.ref.cell) for f in faults] == [
        ("I-SET-ROSTER-REPEAT", "A3"),
        ("I-SET-ROSTER-LINK", "D4"),
        ("I-SET-ROSTER-LINK", "C4"),
    ]
    assert [c.name for c in roster.communities] == ["云栖苑", "听松里"]


FORM = """
专项整治自查表
小区名称：云栖苑    物业企业：清和物业服务有限公司    所属街道：都濡街道办事处    填报时间：2023年4月24日
序号|整治任务|条目|自查结果|存在问题|整改措施|整改时限|责任人
1|物业承接|一-1|√||||
2|物业承接|一-2|×|未办查验|补办|2023.5.1|石某
3|物业承接|一-3|/||||
"""


def test_a_self_check_is_read() -> None:
    table = sheet(FORM, file="云栖苑自查表.xlsx")
    received = read_self_check(table, heading(table), desk())
    assert received.check is not None
    assert (received.check.community, received.check.checked_on) == ("云栖苑", date(2023, 4, 24))
    assert [a.answer for a in received.check.answers] == [Answer.PASS, Answer.FAIL, Answer.NOT_APPLICABLE]
    assert received.check.answers[1].item == ItemCode(1, 2)
    assert [f.code for f in received.faults] == ["I-SET-CHECK-ITEMS"]


@pytest.mark.parametrize(
    ("old", "new", "code", "cell"),
    [
        ("小区名称：云栖苑", "小区名称：无此小区", "I-SET-CHECK-COMMUNITY", ""),
        ("填报时间：2023年4月24日", "填报时间：2023年4月31日", "I-CELL-DATE", "A2"),
        ("填报时间：2023年4月24日", "", "I-SET-CHECK-DATE", ""),
        ("|√|", "|大概行|", "I-CELL-ANSWER", "D4"),
        ("一-3", "九-3", "I-CELL-ITEM", "C6"),
    ],
)
def test_a_self_check_that_cannot_be_used_says_why(old: str, new: str, code: str, cell: str) -> None:
    table = sheet(FORM.replace(old, new), file="表.xlsx")
    received = read_self_check(table, heading(table), desk())
    assert (code, cell) in [(f.code, f.ref.cell) for f in received.faults]


def test_an_item_answered_twice_and_differently_has_no_answer() -> None:
    table = sheet(FORM.replace("一-3", "一-2"), file="云栖苑自查表.xlsx")
    received = read_self_check(table, heading(table), desk())
    assert received.check is not None
    assert [a.item for a in received.check.answers] == [ItemCode(1, 1)]
    told = [(f.code, f.severity.value, f.ref.cell) for f in received.faults]
    assert ("I-ROW-ANSWERED-TWICE", "error", "D6") in told


def test_a_blank_self_check_is_no_check() -> None:
    blank = FORM.replace("√", "").replace("×|未办查验|补办|2023.5.1|石某", "||||").replace("|/|", "||")
    table = sheet(blank)
    received = read_self_check(table, heading(table), desk())
    assert received.check is None
    assert [f.code for f in received.faults] == ["I-SET-CHECK-BLANK"]


def test_without_a_line_the_name_of_the_file_names_the_community() -> None:
    table = sheet(FORM.replace("小区名称：云栖苑", ""), file="自查表/附件1 云栖苑自查表.xlsx")
    received = read_self_check(table, heading(table), desk())
    assert received.check is not None
    assert received.check.community == "云栖苑"


def test_the_newest_self_check_of_a_community_counts() -> None:
    tables = [
        sheet(FORM, file="旧.xlsx"),
        sheet(FORM.replace("4月24日", "4月26日"), file="新.xlsx"),
        sheet(FORM.replace("4月24日", "5月2日"), file="以后.xlsx"),
    ]
    received = [read_self_check(t, heading(t), desk()) for t in tables]
    chosen, faults = latest([r.check for r in received if r.check], AS_OF)
    assert [c.checked_on for c in chosen] == [date(2023, 4, 26)]
    assert {f.code for f in faults} == {"I-SET-CHECK-TWICE", "I-SET-CHECK-FUTURE"}


def test_spot_checks_are_read_and_an_unknown_unit_is_named() -> None:
    table = sheet(
        """
        督导抽查记录
        日期|被查单位|小区|发现问题|处理意见
        2023.5.11|都濡街道办|云栖苑|销号资料不全|限期补齐
        2023.5.12|县消防救援大队||未回复移交事项|督促
        2023.5.12|某某局||无|无
        """
    )
    checks, faults = read_spot_checks(table, heading(table), desk())
    assert [c.unit for c in checks] == ["都濡街道办事处", "县消防救援大队"]
    assert [(f.code, f.ref.cell) for f in faults] == [("I-CELL-UNIT", "B5")]


def test_a_spot_check_says_what_became_of_a_problem() -> None:
    table = sheet(
        """
        督导抽查
        日期|被查单位|小区|发现问题|问题编号|复查结果
        2023.4.20|都濡街道|云栖苑|现场仍堆放杂物|12|虚假销号
        2023.4.21|都濡街道|云栖苑|无|3|属实
        2023.4.21|都濡街道|云栖苑|又停满了|4|回潮
        2023.4.22|都濡街道|云栖苑|灯不亮||
        2023.4.22|都濡街道|云栖苑|灯不亮|5|差不多
        """
    )
    checks, faults = read_spot_checks(table, heading(table), desk())
    assert [(c.serial, c.recheck) for c in checks] == [
        ("12", Recheck.FALSE_CLOSEOUT),
        ("3", Recheck.CONFIRMED),
        ("4", Recheck.RELAPSED),
        ("", None),
    ]
    assert checks[0].origin.ref("recheck").cell == "F3"
    assert checks[1].finding == ""
    assert [(f.code, f.ref.cell) for f in faults] == [("I-CELL-RECHECK", "F7")]


def test_complaints_are_read() -> None:
    table = sheet(
        """
        受理日期|小区|内容|承办单位|办结日期
        2023.4.11|云栖苑|电梯停运|县市场监管局|2023.4.15
        2023.4.12|听松里|噪声|县公安局|
        2023.4.20|听松里|噪声|县公安局|2023.4.12
        """
    )
    complaints, faults = read_complaints(table, heading(table), desk())
    assert [c.settled_on for c in complaints] == [date(2023, 4, 15), None]
    assert [(f.code, f.ref.cell) for f in faults] == [("I-ROW-ORDER", "E4")]


def test_activities_are_counted_by_column() -> None:
    table = sheet(
        """
        工作开展情况统计表
        序号|单位|召开会议（次）|开展培训（场）|备注
        1|都濡街道办事处|3|2场|
        2|丹砂街道办事处|0|若干|
        合计||3|2|
        """
    )
    activities, faults = read_activities(table, heading(table), desk())
    assert [(a.unit[:2], a.kind, a.count) for a in activities] == [
        ("都濡", "召开会议（次）", 3),
        ("都濡", "开展培训（场）", 2),
        ("丹砂", "召开会议（次）", 0),
    ]
    assert [(f.code, f.ref.cell) for f in faults if f.severity != "info"] == [("I-CELL-COUNT", "D4")]


def test_a_sheet_of_something_else_in_a_ledger_is_a_warning() -> None:
    ledger = sheet(
        "填报单位：都濡街道办\n小区|问题描述|发现时间|整改状态\n云栖苑|灯坏|2023.4.1|整改中", name="台账"
    )
    tables = sorted_book(
        ledger, sheet("姓名|科室|房间\n石某|办公室|301", name="通讯录"), Sheet("名册.xlsx", "空表")
    )
    assert [s.name for s, _ in tables.of("ledger")] == ["台账"]
    assert [(f.code, f.ref.sheet) for f in tables.faults] == [
        ("I-SHEET-OTHER", "通讯录"),
        ("I-SHEET-EMPTY", "空表"),
    ]


def test_a_workbook_nobody_knows_is_an_error_that_shows_its_headings() -> None:
    tables = sorted_book(sheet("姓名|科室|房间\n石某|办公室|301"))
    assert [f.code for f in tables.faults] == ["I-FILE-KIND"]
    assert "科室" in tables.faults[0].message


def test_a_ledger_without_its_status_column_is_fatal_at_its_heading() -> None:
    tables = sorted_book(
        sheet("填报单位：都濡\n小区|物业企业|问题描述|发现时间|整改措施\n云栖苑||灯坏|2023.4.1|换灯")
    )
    assert [(f.code, f.severity, f.ref.cell) for f in tables.faults] == [("I-HEAD-MISSING", "fatal", "A2")]


MERITS = """
考核事项登记表
序号|日期|对象|事项|级别|数量|评分人|分值|证明材料|小区|条目|修复日期|备注
1|2021年5月6日|清和物业服务有限公司|荣誉|省级|||| 建发〔2021〕3号||||
2|2023.4.3|都濡街道|捐赠|/|5000元|||收据|听松里|五-5|2023.4.9|
3|2023.4.5|县消防大队|评分|||县专班|87.5||||2023.4.1|
4|2023.4.5|都濡街道|评分|||县专班|九十||||2023.4.9|
5|2023.4.5|无此单位|荣誉|||||||九-9||
"""


def test_matters_are_read_whole_and_wrong_rows_are_kept_back() -> None:
    table = sheet(MERITS)
    assert heading(table).kind == "merit"
    merits, faults = read_merits(table, heading(table), desk())
    honour, donation = merits
    assert (honour.dated_on, honour.unit, honour.level) == (
        date(2021, 5, 6),
        "清和物业服务有限公司",
        "省级",
    )
    assert (donation.level, donation.quantity, donation.community) == ("", Decimal(5000), "听松里")
    assert (donation.item, donation.repaired_on) == (ItemCode(5, 5), date(2023, 4, 9))
    found = [(f.code, f.ref.cell) for f in faults if f.severity.blocks]
    assert found == [
        ("I-ROW-ORDER", "L5"),
        ("I-CELL-NUMBER", "H6"),
        ("I-CELL-UNIT", "C7"),
        ("I-CELL-ITEM", "K7"),
    ]
