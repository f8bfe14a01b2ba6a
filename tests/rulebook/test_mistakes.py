"""Every kind of mistake in a rule file is refused, naming file, line and what is allowed."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign.errors import RulesError
from campaign.rulebook.loader import load
from tests.rulebook.rules import altered
from tests.support.county import RULES

CAMPAIGN, CHECKLIST, CONSEQUENCES = "campaign.yaml", "checklist.yaml", "consequences.yaml"
SUBDISTRICTS, COMPANIES, AGENCIES = (f"scoring/{n}.yaml" for n in ("subdistricts", "companies", "agencies"))
HEADINGS = "headings.yaml"


@dataclass(frozen=True)
class Mistake:
    """`old` becomes `new`; the message must name the line of `at` and contain `said`."""

    name: str
    file: str
    old: str
    new: str
    at: str
    said: tuple[str, ...]


MISTAKES = (
    # --- what notices demand ---
    Mistake(
        "no such decision",
        CONSEQUENCES,
        "  commendation:\n",
        "  praise:\n",
        "  praise:",
        ("praise", "commendation"),
    ),
    Mistake(
        "no such agency",
        CONSEQUENCES,
        "to: 县纪委县监委 ",
        "to: 县纪委监察委 ",
        "to: 县纪委监察委",
        ("县纪委监察委", "县纪委县监委"),
    ),
    Mistake(
        "no such condition of lifting",
        CONSEQUENCES,
        "lifted_when: all_closed",
        "lifted_when: all_close",
        "lifted_when: all_close",
        ("all_closed",),
    ),
    Mistake(
        "an order is not lifted",
        CONSEQUENCES,
        "  rectification_order:\n",
        "  rectification_order:\n    lifted_when: all_closed\n",
        "    lifted_when: all_closed",
        ("lifted_when",),
    ),
    Mistake(
        "a term of no days",
        CONSEQUENCES,
        "within_working_days: 10 ",
        "within_working_days: 0 ",
        "within_working_days: 0",
        ("1",),
    ),
    # --- the file ---
    Mistake("tab", CAMPAIGN, "  title: ", "\ttitle: ", "\ttitle", ("Tab",)),
    Mistake(
        "colon without space", CAMPAIGN, "county: 务川自治县", "county：务川自治县", "notice_title", ("冒号",)
    ),
    Mistake("empty value", CAMPAIGN, "county: 务川自治县", "county:", "county:", ("没有填写",)),
    Mistake("anchor", CAMPAIGN, "county: 务川", "county: &x 务川", "county:", ("引用",)),
    Mistake("tag", CAMPAIGN, "county: 务川", "county: !x 务川", "county:", ("标记",)),
    Mistake(
        "unclosed list", CAMPAIGN, "[各成员单位, 各街道办事处]", "[各成员单位, 各街道办事处", "copies", ()
    ),
    # --- keys ---
    Mistake(
        "unknown key", CAMPAIGN, "agency_code:", "agency_cod:", "agency_cod:", ("agency_cod", "agency_code")
    ),
    Mistake("duplicate key", CAMPAIGN, "copies:", "contact: x\ncopies:", 'contact: ""', ("contact", "两次")),
    Mistake("missing key", CAMPAIGN, "leading_group: ", "# ", "rulebook:", ("leading_group",)),
    Mistake(
        "missing clause",
        SUBDISTRICTS,
        "    clause: 《方案》四（二）1 全面排查\n",
        "",
        "- id: 街-1",
        ("clause",),
    ),
    Mistake(
        "key of another kind",
        SUBDISTRICTS,
        "    measure: done",
        "    measure: done\n    cap: 5",
        "cap: 5",
        ("cap",),
    ),
    Mistake(
        "setting of another source",
        COMPANIES,
        "days_early: 3",
        "within_days: 3",
        "within_days",
        ("days_early",),
    ),
    # --- campaign and checklist ---
    Mistake("no such day", CAMPAIGN, "2023-06-25", "2023-06-31", "2023-06-31", ("没有这一天",)),
    Mistake("not a date", CAMPAIGN, "ends_on: 2023-06-25", "ends_on: 6月25日", "6月25日", ("2023-03-31",)),
    Mistake(
        "end before start", CAMPAIGN, "ends_on: 2023-06-25", "ends_on: 2023-03-01", "2023-03-01", ("早于",)
    ),
    Mistake(
        "first bulletin outside",
        CAMPAIGN,
        "first_bulletin_on: 2023-03-31",
        "first_bulletin_on: 2024-03-31",
        "2024-03-31",
        ("2023-06-25",),
    ),
    Mistake(
        "phases out of order",
        CAMPAIGN,
        "starts_on: 2023-05-10",
        "starts_on: 2023-04-10",
        "2023-04-10",
        ("先后",),
    ),
    Mistake(
        "one alias, two agencies", CAMPAIGN, "[政法委]", "[政法委, 组织部]", "name: 县委政法委", ("组织部",)
    ),
    Mistake(
        "item number skipped",
        CHECKLIST,
        "      - number: 2",
        "      - number: 3",
        "      - number: 3",
        ("应是 2",),
    ),
    Mistake(
        "short too long",
        CHECKLIST,
        "short: 承接查验手续",
        "short: 一二三四五六七八九十一二三",
        "一二三四五六七",
        ("12",),
    ),
    Mistake("unknown liable", CHECKLIST, "liable: developer", "liable: develper", "develper", ("developer",)),
    Mistake("unknown agency", CHECKLIST, "[县发改局, ", "[县发政局, ", "县发政局", ("县发改局",)),
    # --- scoring ---
    Mistake("not full marks", SUBDISTRICTS, "    cap: 20\n", "    cap: 25\n", "full: 100", ("105", "100")),
    Mistake(
        "not full marks after a change",
        SUBDISTRICTS,
        "    note: 本期未报送的不评价",
        "    until: 2023-05-31\n    note: 本期未报送的不评价",
        "full: 100",
        ("2023-06-01", "94"),
    ),
    Mistake(
        "bands overlap",
        SUBDISTRICTS,
        "at_least: 95, points: -2",
        "at_least: 100, points: -2",
        "at_least: 100, points: -2",
        ("重叠",),
    ),
    Mistake(
        "bands run backwards",
        SUBDISTRICTS,
        "at_least: 90, points: -4",
        "at_least: 97, points: -4",
        "at_least: 97",
        ("从高到低",),
    ),
    Mistake(
        "bands leave a gap",
        SUBDISTRICTS,
        "      - {at_least: 0, points: -20}\n",
        "",
        "at_least: 60, points: 0",
        ("at_least: 0",),
    ),
    Mistake(
        "worse rate, more points",
        SUBDISTRICTS,
        "at_least: 40, points: -4",
        "at_least: 40, points: 1",
        "at_least: 40, points: 1",
        ("越低",),
    ),
    Mistake("band beyond 100", SUBDISTRICTS, "at_least: 100", "at_least: 101", "at_least: 101", ("100",)),
    Mistake(
        "worst band is not the points",
        SUBDISTRICTS,
        "    points: -25",
        "    points: -24",
        "at_least: 90, points: 0}\n      - {at_least: 80, points: -3",
        ("-24", "-25"),
    ),
    Mistake("grades overlap", COMPANIES, "良好, at_least: 80", "良好, at_least: 90", "良好", ("重叠",)),
    Mistake(
        "grades leave a gap", COMPANIES, "  - {name: 不合格, at_least: 0}\n", "", "- {name: 优秀", ("60",)
    ),
    Mistake("grade twice", COMPANIES, "name: 良好", "name: 优秀", "优秀, at_least: 80", ("两次",)),
    Mistake("grade out of reach", COMPANIES, "优秀, at_least: 90", "优秀, at_least: 106", "106", ("105",)),
    Mistake(
        "unknown kind", SUBDISTRICTS, "kind: rate", "kind: rates", "kind: rates", ("rates", "rate", "veto")
    ),
    Mistake("unknown source", COMPANIES, "of: overdue", "of: overdu", "of: overdu", ("overdue",)),
    Mistake("source of others", COMPANIES, "of: closed_early", "of: pending", "of: pending", ("companies",)),
    Mistake("missing setting", COMPANIES, "    days_early: 3\n", "", "of: closed_early", ("days_early",)),
    Mistake("no cap", COMPANIES, "    cap: 30\n", "", "- id: 企-1", ("cap",)),
    Mistake("cap below the points", COMPANIES, "    cap: 30", "    cap: 3", "cap: 3", ("5",)),
    Mistake("negative cap", COMPANIES, "    cap: 30", "    cap: -30", "cap: -30", ("正数",)),
    Mistake("points of nothing", COMPANIES, "    points: 0.5", "    points: 0", "points: 0\n    cap", ("0",)),
    Mistake("points in words", COMPANIES, "    points: 0.5", "    points: 半分", "半分", ("不是数",)),
    Mistake("no such group", COMPANIES, "groups: [5]", "groups: [7]", "groups: [7]", ("6",)),
    Mistake("no such grade", COMPANIES, "    grade: 不合格", "    grade: 不及格", "不及格", ("不合格",)),
    Mistake(
        "what to do without data",
        SUBDISTRICTS,
        "    cap: 6\n    when_missing: rescale\n",
        "    cap: 6\n",
        "of: spot_finding",
        ("when_missing",),
    ),
    Mistake(
        "missing data taken for full marks",
        SUBDISTRICTS,
        "when_missing: rescale",
        "when_missing: full",
        "when_missing: full",
        ("rescale", "unrated"),
    ),
    Mistake(
        "needless when_missing",
        SUBDISTRICTS,
        "of: pending",
        "of: pending\n    when_missing: rescale",
        "when_missing: rescale\n    points: -0.5",
        ("when_missing",),
    ),
    Mistake(
        "never in force",
        SUBDISTRICTS,
        "until: 2023-04-23",
        "until: 2023-03-01",
        "2023-03-01",
        ("永远不会生效",),
    ),
    Mistake(
        "until before from",
        SUBDISTRICTS,
        "from: 2023-04-24",
        "from: 2023-04-24\n    until: 2023-04-01",
        "until: 2023-04-01",
        ("早于",),
    ),
    Mistake(
        "change without reason",
        SUBDISTRICTS,
        "    note: 全面排查阶段已于4月23日结束，应当全部排查\n",
        "",
        "from: 2023-04-24",
        ("note",),
    ),
    Mistake(
        "rule number twice",
        SUBDISTRICTS,
        "id: 街-2",
        "id: 街-3",
        "- id: 街-3\n    title: 销号率",
        ("街-3",),
    ),
    Mistake("spared by a later rule", COMPANIES, "[企-1]", "[企-5]", "- id: 企-2", ("企-5",)),
    # --- consequences ---
    Mistake("unknown condition", CONSEQUENCES, "when: vetoed", "when: veto", "when: veto\n", ("vetoed",)),
    Mistake(
        "unknown consequence",
        CONSEQUENCES,
        "kind: criticism",
        "kind: critic",
        "kind: critic\n",
        ("criticism",),
    ),
    Mistake(
        "grade that cannot be undercut",
        CONSEQUENCES,
        "    grade: 合格",
        "    grade: 不合格",
        "grade: 不合格",
        ("最低一级",),
    ),
    Mistake(
        "consequence twice",
        CONSEQUENCES,
        "id: 约-2",
        "id: 约-1",
        "- id: 约-1\n    title: 街道办事处不合格",
        ("约-1",),
    ),
    Mistake(
        "repetition of nothing",
        CONSEQUENCES,
        "decision: interview",
        "decision: listed_supervision",
        "- id: 责-1",
        (),
    ),
    Mistake(
        "unreported company",
        CONSEQUENCES,
        "subject: subdistricts\n    when: unreported",
        "subject: companies\n    when: unreported",
        "subject: companies\n    when: unreported",
        ("subdistricts",),
    ),
    Mistake(
        "ladder of no such kind",
        CONSEQUENCES,
        "  interview:\n    subdistricts: [",
        "  interviews:\n    subdistricts: [",
        "  interviews:",
        ("interview",),
    ),
    Mistake("days of no number", CONSEQUENCES, "cooling_days: 28", "cooling_days: 四周", "四周", ("整数",)),
    Mistake("no such item", COMPANIES, "groups: [5]", "items: [九-1]", "items: [九-1]", ("九-1", "一-1")),
    Mistake(
        "the first time is every time",
        CONSEQUENCES,
        "of: reopened\n    times: 2",
        "of: reopened\n    times: 1",
        "times: 1",
        ("times", "2"),
    ),
    Mistake(
        "earlier weeks of what has none",
        COMPANIES,
        "    of: overdue\n",
        "    of: overdue\n    all_weeks: 是\n",
        "all_weeks",
        ("all_weeks",),
    ),
    Mistake(
        "setting of another change",
        CONSEQUENCES,
        "of: vanished\n",
        "of: vanished\n    within_days: 7\n",
        "within_days: 7",
        ("within_days", "times", "all_weeks"),
    ),
    # --- headings ---
    Mistake(
        "one heading, two fields",
        HEADINGS,
        "    due_on: [整改时限, ",
        "    due_on: [整改时限, 完成 时间（必填）, ",
        "rectified_on: [完成时间",
        ("due_on", "rectified_on"),
    ),
    Mistake(
        "one word, two states",
        HEADINGS,
        "[未整改, ",
        "[未整改, 已办结, ",
        "rectified: [已整改",
        ("已办结", "open", "rectified"),
    ),
    Mistake(
        "unknown field",
        HEADINGS,
        "    measure: [整改措施",
        "    measures: [整改措施",
        "measures:",
        ("measure",),
    ),
    Mistake(
        "requirement without heading",
        HEADINGS,
        "required: [description, found_on",
        "required: [descripton, found_on",
        "descripton",
        ("description",),
    ),
    Mistake(
        "column of counts that would not be read",
        HEADINGS,
        "form: [召开会议（次）",
        "form: [下乡（次）",
        "form: [下乡（次）",
        ("下乡（次）", "counts"),
    ),
    Mistake(
        "heading twice",
        HEADINGS,
        "[序号, 编号, 问题编号",
        "[序号, 编号, 编号, 问题编号",
        "编号, 编号",
        ("两次",),
    ),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_mistake(mistake: Mistake, tmp_path: Path) -> None:
    rules = altered(tmp_path, mistake.file, mistake.old, mistake.new)
    text = (rules / mistake.file).read_text(encoding="utf-8")
    line = text[: text.index(mistake.at)].count("\n") + 1
    with pytest.raises(RulesError) as refused:
        load(rules)
    message = str(refused.value)
    assert f"rules/{mistake.file} 第{line}行" in message
    for word in mistake.said:
        assert word in message
    assert refused.value.exit_code == 4


def test_versions_of_a_rule_may_not_overlap(tmp_path: Path) -> None:
    rules = altered(tmp_path, SUBDISTRICTS, "from: 2023-04-24", "from: 2023-04-23")
    with pytest.raises(RulesError, match=r"街-1.*同一时间"):
        load(rules)


def test_subject_scored_twice(tmp_path: Path) -> None:
    rules = altered(tmp_path, AGENCIES, "subject", "subject")
    (rules / "scoring" / "more.yaml").write_bytes((rules / AGENCIES).read_bytes())
    with pytest.raises(RulesError, match=r"rules/scoring/more\.yaml 第4行：rules/scoring/agencies\.yaml"):
        load(rules)


def test_missing_file(tmp_path: Path) -> None:
    rules = altered(tmp_path, CHECKLIST, "groups", "groups")
    (rules / CHECKLIST).unlink()
    with pytest.raises(RulesError, match=r"rules/checklist\.yaml"):
        load(rules)


def test_stray_copy_is_refused(tmp_path: Path) -> None:
    rules = altered(tmp_path, CHECKLIST, "groups", "groups")
    (rules / "checklist - 副本.yaml").write_text("x: 1", encoding="utf-8")
    with pytest.raises(RulesError, match="副本"):
        load(rules)


def test_empty_file(tmp_path: Path) -> None:
    rules = altered(tmp_path, CHECKLIST, "groups", "groups")
    (rules / CHECKLIST).write_text("# 空\n", encoding="utf-8")
    with pytest.raises(RulesError, match=r"rules/checklist\.yaml 第1行"):
        load(rules)


def test_wrong_encoding(tmp_path: Path) -> None:
    rules = altered(tmp_path, CHECKLIST, "groups", "groups")
    (rules / CHECKLIST).write_bytes("groups: 组".encode("gb18030"))
    with pytest.raises(RulesError, match="UTF-8"):
        load(rules)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="nowhere"):
        load(tmp_path / "nowhere")


def test_shipped_rules_are_in_order() -> None:
    assert load(RULES).digest
