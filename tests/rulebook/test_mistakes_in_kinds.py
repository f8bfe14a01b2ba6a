"""Mistakes in the kinds of rule that the shipped rules do not use, each put in the place of 企-6."""

from pathlib import Path

import pytest

from campaign.errors import RulesError
from campaign.rulebook.loader import load
from tests.rulebook.rules import altered

COMPANIES = "scoring/companies.yaml"
OLD = """    kind: once
    of: all_closed_in_time
    min_found: 3
    liable: [company]
    points: 3
"""
TIERED = """    kind: tiered
    matters: [荣誉]
    tiers:
      - {level: 国家级, points: 5}
      - {level: 省级, points: 4}
    take: each
    cap: 8
    valid_months: 36
    when_missing: full
"""
CUMULATIVE = """    kind: cumulative
    entries:
      - {matters: [违规], points: 3}
    steps:
      - {at_least: 6, points: -5}
      - {at_least: 0, points: 0}
    valid_months: 12
    when_missing: unrated
"""
RATERS = """    kind: raters
    matters: [评分]
    raters:
      - {name: 甲, weight: 60}
      - {name: 乙, weight: 40}
    out_of: 100
    marks: latest
    absent: shared
    points: 3
    when_missing: full
"""
STEPPED = """    kind: stepped
    of: merit
    matters: [好人好事]
    points: 3
    steps:
      - {at_least: 5, points: 3}
      - {at_least: 2, points: 1}
      - {at_least: 0, points: 0}
    when_missing: full
"""
REPORTED = """    kind: per_percent
    measure: reported
    matter: 满意率
    baseline: 90
    partial: ignore
    points: 0.5
    cap: 3
    when_none: full
"""
COUNTED = """    kind: per_occurrence
    of: merit
    matters: [捐赠]
    points: 1
    cap: 3
    when_missing: full
"""


@pytest.mark.parametrize("block", [TIERED, RATERS, STEPPED, REPORTED, COUNTED])
def test_a_right_block_is_taken(block: str, tmp_path: Path) -> None:
    assert load(altered(tmp_path, COMPANIES, OLD, block)).digest


MISTAKES = [
    ("level twice", TIERED, "level: 省级", "level: 国家级", "level: 国家级, points: 4", "两次"),
    ("won and lost", TIERED, "points: 4", "points: -4", "points: -4", "要么都加分"),
    ("take what", TIERED, "take: each", "take: best", "take: best", "highest"),
    ("no matters", TIERED, "    matters: [荣誉]\n", "", "- id: 企-6", "matters"),
    ("two validities", TIERED, "36\n", "36\n    valid_in: calendar_year\n", "calendar_year", "只能写一项"),
    ("needed and dated", TIERED, "36\n", "36\n    repair: needed\n", "valid_months: 36", "修复之前"),
    ("months in words", TIERED, "36\n", "三年\n", "三年", "整数"),
    ("no word on missing data", TIERED, "    when_missing: full\n", "", "matters: [荣誉]", "when_missing"),
    ("points of a level only", TIERED, "    take", "    points: 3\n    take", "points: 3\n", "points"),
    ("demerit below nothing", CUMULATIVE, "points: 3}", "points: -3}", "points: -3}", "正数"),
    ("cap beside steps", CUMULATIVE, "    valid_m", "    cap: 9\n    valid_m", "cap: 9", "steps"),
    ("missing taken for kept", CUMULATIVE, "unrated", "full", "when_missing: full", "unrated"),
    ("gap in steps", CUMULATIVE, "      - {at_least: 0, points: 0}\n", "", "- {at_least: 6", "空缺"),
    ("weights", RATERS, "weight: 40", "weight: 30", "- {name: 甲", "90"),
    ("rater twice", RATERS, "name: 乙", "name: 甲", "name: 甲, weight: 40", "两次"),
    ("out of nothing", RATERS, "out_of: 100", "out_of: 0", "out_of: 0", "大于 0"),
    ("which marks", RATERS, "marks: latest", "marks: best", "marks: best", "mean"),
    ("steps overlap", STEPPED, "at_least: 2,", "at_least: 5,", "at_least: 5, points: 1", "重叠"),
    ("fewer, more points", STEPPED, "points: 1}", "points: 4}", "points: 4}", "越少"),
    (
        "best step is not the points",
        STEPPED,
        "    points: 3\n",
        "    points: 2\n",
        "- {at_least: 5",
        "最高一档",
    ),
    ("no matter", REPORTED, "    matter: 满意率\n", "", "measure: reported", "matter"),
    ("matter of another rate", REPORTED, "reported", "done", "matter: 满意率", "reported"),
    (
        "selection of a report",
        REPORTED,
        "    partial",
        "    liable: [company]\n    partial",
        "liable: [company]\n    p",
        "限定",
    ),
    ("beyond all", REPORTED, "baseline: 90", "baseline: 100", "baseline: 100", "永远不会生效"),
    ("matters missing", COUNTED, "    matters: [捐赠]\n", "", "of: merit", "matters"),
    (
        "amount of nothing",
        COUNTED,
        "    points",
        "    min_quantity: 0\n    points",
        "min_quantity: 0",
        "大于 0",
    ),
    (
        "applies to nothing",
        COUNTED,
        "    points",
        "    not_applicable: full\n    points",
        "not_applicable",
        "applies_to",
    ),
    (
        "applies, and then",
        COUNTED,
        "    points",
        "    applies_to: [六-3]\n    points",
        "[六-3]",
        "not_applicable",
    ),
    (
        "rescaled bonus",
        COUNTED,
        "    points",
        "    not_applicable: rescale\n    applies_to: [六-3]\n    points",
        "not_applicable",
        "full",
    ),
]


@pytest.mark.parametrize(
    ("block", "old", "new", "at", "said"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_mistake(block: str, old: str, new: str, at: str, said: str, tmp_path: Path) -> None:
    assert old in block
    refused(altered(tmp_path, COMPANIES, OLD, block.replace(old, new, 1)), at, said, after="  - id: 企-6")


SCHEME = [
    ("veto to the best", "    grade: 不合格", "    grade: 优秀", "grade: 优秀", "永远不会生效"),
    (
        "forced by nobody",
        "at_least: 0}\n",
        "at_least: 0}\n  - {name: 黑名单, forced: 是}\n",
        "黑名单",
        "veto",
    ),
    (
        "forced and numbered",
        "at_least: 0}\n",
        "at_least: 0}\n  - {name: 黑, forced: 是, above: 1}\n",
        "黑, ",
        "above",
    ),
    ("two bounds", "优秀, at_least: 90", "优秀, at_least: 90, above: 90", "优秀, ", "只能写一项"),
    ("exclusive below inclusive", "良好, at_least: 80", "良好, above: 90", "良好", "重叠"),
    ("just out of reach", "优秀, at_least: 90", "优秀, above: 105", "优秀, ", "105"),
    ("tie of no name", "allotted: 是", "allotted: 是\ntie_break: [dine]", "tie_break", "done"),
    ("tie twice", "allotted: 是", "allotted: 是\ntie_break: [done, done]", "tie_break", "两次"),
    (
        "part of nobody",
        "allotted: 是",
        "allotted: 是\nparts:\n  - {name: 加分, rules: [企-9], cap: 2}",
        "企-9",
        "企-5",
    ),
    (
        "mixed part",
        "allotted: 是",
        "allotted: 是\nparts:\n  - {name: 加, rules: [企-5, 企-1], cap: 2}",
        "name: 加",
        "要么",
    ),
    (
        "items outside their groups",
        "    groups: [5]\n",
        "    groups: [5]\n    items: [六-1]\n",
        "六-1",
        "永远不会生效",
    ),
    (
        "more than once",
        "    min_found: 3\n",
        "    min_found: 3\n    at_least: 2\n",
        "at_least: 2\n",
        "最多只有1次",
    ),
]


@pytest.mark.parametrize(("old", "new", "at", "said"), [m[1:] for m in SCHEME], ids=[m[0] for m in SCHEME])
def test_mistake_in_a_scheme(old: str, new: str, at: str, said: str, tmp_path: Path) -> None:
    refused(altered(tmp_path, COMPANIES, old, new), at, said)


CONDITIONS = [
    ("below the floor", "points_below: 80", "points_below: 0", "points_below: 0", "永远不会生效"),
    ("no rate", "rate: 30", "rate: 0", "rate: 0", "永远不会生效"),
    (
        "lowest grade for all",
        "when: grade_below\n    grade: 合格\n\n",
        "when: grade_from\n    grade: 不合格\n\n",
        "grade: 不合格",
        "总是",
    ),
    (
        "nothing cumulates",
        "when: vetoed",
        "when: cumulated\n    rule: 企-1\n    at_least: 6",
        "rule: 企-1",
        "企-1",
    ),
    ("also what", "when: vetoed", "when: vetoed\n    also:\n      - {when: vetod}", "vetod", "vetoed"),
    ("a row of what", "times: 3", "times: 3\n    in_a_row: 对", "in_a_row: 对", "是"),
]


@pytest.mark.parametrize(
    ("old", "new", "at", "said"), [m[1:] for m in CONDITIONS], ids=[m[0] for m in CONDITIONS]
)
def test_mistake_in_a_condition(old: str, new: str, at: str, said: str, tmp_path: Path) -> None:
    refused(altered(tmp_path, "consequences.yaml", old, new), at, said, "consequences.yaml")


def refused(rules: Path, at: str, said: str, file: str = COMPANIES, after: str = "") -> None:
    text = (rules / file).read_text(encoding="utf-8")
    line = text[: text.index(at, text.index(after))].count("\n") + 1
    with pytest.raises(RulesError) as error:
        load(rules)
    message = str(error.value)
    assert f"rules/{file} 第{line}行" in message
    assert said in message
