"""The overview page: what the week says, nothing that acts, and a picture of it that is not blank."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html
from PIL import Image

from campaign.errors import TemplateError
from campaign.records import CellRef, Fault, Severity, SubjectKind, Waiver, Week
from campaign.render.overview import overview
from campaign.render.overview.page import Page, page
from campaign.rulebook.model import Grade, Rulebook, Scheme
from tests.compose import cases
from tests.render.example import DIGEST, LEDGER, card, faults, line, rulebook, week
from tests.support.county import DANSHA, DAPING, DURU, MINGYUAN, QINGHE, ZHIXING, books

TEMPLATES = Path(__file__).parents[2] / "templates"
OUTPUTS = (
    "第5期周通报.pdf",
    "第5期周通报.docx",
    f"约谈通知书-{MINGYUAN}.pdf",
    f"约谈通知书-{MINGYUAN}.docx",
    "附件-得分明细.xlsx",
    "校验意见.xlsx",
    "退回修改/100% #1 台账.xlsx",
    "data/figures.json",
)


def shown(own: Week | None = None, rules: Rulebook | None = None, inputs: str | None = "../../input") -> str:
    return overview(own or week(), rules or rulebook(), OUTPUTS, TEMPLATES, inputs=inputs).decode()


def content(own: Week | None = None, rules: Rulebook | None = None) -> Page:
    return page(own or week(), rules or rulebook(), OUTPUTS, "../../input")


def parsed(text: str) -> Any:  # noqa: ANN401 - what an xpath yields depends on the xpath
    return html.fromstring(text.encode())


def links(text: str) -> list[str]:
    return [unquote(link) for link in parsed(text).xpath("//main//a/@href")]


def rows(text: str, section: str) -> list[list[str]]:
    """The cells of the first table after a heading."""
    found = parsed(text).xpath(f"//h2[@id='{section}']/following::table[1]/tbody/tr")
    return [[cell.text_content().strip() for cell in row.xpath("./td")] for row in found]


# --- what it says ---------------------------------------------------------------------------------


def test_it_names_issue_date_and_draft() -> None:
    title = parsed(shown()).findtext(".//title")
    assert "第5期（草稿）" in title
    assert "截至2023年4月28日" in shown()
    assert "草稿" not in shown(replace(week(), draft=False))


def test_the_outlook_is_told_once_enough_weeks_are_known() -> None:
    assert content().outlook is None
    assert 'id="outlook"' not in shown()
    own = cases.ordinary()
    told = rows(shown(own), "outlook")
    assert [row[0] for row in told] == [DURU, DANSHA, DAPING, "合计"]
    assert told[0][1:4] == ["4", "2", "0.7"]
    assert "无法预计" in told[1][4]
    assert "2023年5月19日" in told[2][4]


def test_the_big_figures_are_compared_with_the_week_before() -> None:
    found = {big.label: (big.value, big.change, big.tone) for big in content().figures}
    assert found == {
        "已排查小区": ("4/6", "持平", ""),
        "发现问题": ("20", "增加6个", ""),
        "整改率": ("60.0%", "下降25.7个百分点", "bad"),
        "销号率": ("40.0%", "下降17.1个百分点", "bad"),
        "逾期未整改": ("4", "持平", ""),
        "待核实": ("1", "", "bad"),
    }


def test_the_first_week_has_nothing_to_compare_with() -> None:
    assert {big.change for big in content(week(past=False)).figures} == {""}
    assert "较上期" not in shown(week(past=False))


def test_where_no_office_reported_there_are_no_counts_of_problems() -> None:
    nobody = replace(week(), books=books(unreported=(DURU, DANSHA, DAPING)))
    found = {big.label: big.value for big in content(nobody).figures}
    assert found == {"已排查小区": "4/6", "发现问题": "—"}


def test_a_subdistrict_without_a_ledger_is_named_and_not_counted_as_zero() -> None:
    duru, _, daping = rows(shown(), "districts")
    assert duru[0] == DURU
    assert duru[2:] == ["10", "", "60.0%", "40.0%", "2", "1", "1"]
    assert daping[0] == DAPING
    assert len(daping) == 3
    assert "未报送" in daping[2]


def test_the_bar_is_as_long_as_the_counts() -> None:
    bar = content().districts[0].bar
    assert [(part.kind, part.count) for part in bar] == [
        ("closed", 4),
        ("rectified", 2),
        ("progress", 2),
        ("open", 2),
    ]


def test_ranks_with_grades_coloured_by_their_place() -> None:
    scheme = Scheme(
        SubjectKind.COMPANY,
        card().full,
        card().full,
        None,
        tuple(Grade(name, card().full) for name in ("优秀", "良好", "合格", "不合格")),
        (),
    )
    own = week()
    cards = tuple(
        card(name, rank=rank, grade=grade)
        for rank, (name, grade) in enumerate(
            [(QINGHE, "优秀"), (MINGYUAN, "良好"), (ZHIXING, "合格"), ("甲", "不合格"), ("乙", "别的")], 1
        )
    )
    own = replace(own, assessment=replace(own.assessment, scorecards=cards))
    (board,) = content(own, replace(rulebook(), schemes=(scheme,))).boards
    assert [place.tone for place in board.parts[0]] == ["best", "good", "weak", "worst", ""]


def test_a_long_ranking_is_set_in_two_parts() -> None:
    own = week()
    cards = tuple(card(f"企业{n}", rank=n) for n in range(1, 29))
    own = replace(own, assessment=replace(own.assessment, scorecards=cards))
    (board,) = content(own).boards
    assert [len(part) for part in board.parts] == [14, 14]
    assert board.parts[1][0].row.name == "企业15"


def test_who_is_not_rated_is_named_with_the_reason() -> None:
    text = parsed(shown()).xpath("//div[contains(@class,'boards')]")[0].text_content()
    assert ZHIXING in text
    assert "所属街道台账未报送" in text


def test_decisions_give_every_reason_and_lead_to_their_notice() -> None:
    first, second = (group.items[0] for group in content().rulings)
    assert first.verdict.subject == MINGYUAN
    assert [ground.reason for ground in first.verdict.grounds] == [
        "得分 97 分，排名末位",
        "2件问题逾期未整改",
    ]
    assert [paper.name for paper in first.papers] == [f"约谈通知书-{MINGYUAN}"]
    assert first.evidence == (f"《{LEDGER}》“问题台账”N18",)
    assert second.papers == ()
    assert [group.tone for group in content().rulings] == ["bad", "good"]


def test_overdue_problems_the_longest_first() -> None:
    found = rows(shown(), "overdue")
    assert [row[0] for row in found] == ["18天", "8天", "8天", "8天"]
    assert found[0][1] == "临溪苑"


def test_fatal_and_error_faults_are_listed_in_full_and_block_the_issue() -> None:
    assert [(row.severity, row.place) for row in content().serious] == [
        ("fatal", ""),
        ("error", "“问题台账”N18"),
        ("error", "“问题台账”N19"),
    ]
    text = shown()
    assert "暂不能正式印发" in text
    for fault in faults():
        if fault.severity.blocks:
            assert fault.remedy in text
    assert "暂不能正式印发" not in shown(replace(week(), faults=faults()[:2]))


def test_errors_that_are_waived_are_printed_and_no_longer_block() -> None:
    waiver = Waiver("单据遗失", "秦某", date(2023, 6, 25), CellRef("豁免.xlsx", "豁免", 2, 1))
    waived = tuple(replace(f, waiver=waiver) for f in faults() if f.severity is Severity.ERROR)
    own = replace(week(), faults=waived)
    assert not own.blocked
    assert [(row.place, row.by, row.until) for row in content(own).waived] == [
        ("“问题台账”N18", "秦某", "2023年6月25日"),
        ("“问题台账”N19", "秦某", "2023年6月25日"),
    ]
    assert not content(own).serious
    assert "单据遗失" in shown(own)
    assert "已豁免" not in shown()


def test_faults_are_counted_by_severity_and_by_file() -> None:
    assert [(kind, count) for kind, _, _, count in content().severities] == [
        ("fatal", 1),
        ("error", 2),
        ("warning", 2),
        ("info", 1),
    ]
    by_file = {row.file.text: [count for _, count in row.counts] for row in content().files}
    assert by_file[LEDGER] == [0, 2, 1, 1]
    assert by_file["（全部材料）"] == [0, 0, 1, 0]


def test_who_has_not_reported_and_what() -> None:
    found = content()
    assert found.unreported == (DAPING,)
    assert found.not_received == ("督导抽查", "信访投诉", "工作开展情况")
    assert [(group.name, group.names) for group in found.unchecked] == [(DAPING, ("临溪苑",))]
    reported = replace(week().books, spot_checks=(), complaints=(), activities=())
    assert content(replace(week(), books=reported)).not_received == ()


def test_what_became_of_every_row_of_a_ledger() -> None:
    (receipt,) = content().receipts
    assert (receipt.counted, receipt.pending, receipt.repeats) == (6, 1, 2)
    assert receipt.passed_over == ("A20：合计行", "A21：签字行")
    (waiting,) = content().waiting
    assert (waiting.words, waiting.codes) == ("听松里", "I-CELL-DATE")
    assert waiting.place.endswith("N18")


def test_rules_specimen_and_digest_are_named() -> None:
    assert DIGEST in shown()
    assert rulebook().specimen in shown()
    assert rulebook().specimen not in shown(rules=rulebook(specimen=""))


def test_a_week_without_anything_is_a_page_all_the_same() -> None:
    own = week(past=False)
    empty = replace(own.assessment, scorecards=(), decisions=())
    text = overview(
        replace(own, books=books(), faults=(), assessment=empty), rulebook(), (), TEMPLATES
    ).decode()
    for words in ("没有评分", "本期没有处置", "没有逾期的问题", "没有生成公文", "没有需要退回修改"):
        assert words in text


# --- what it leads to -----------------------------------------------------------------------------


def test_every_output_can_be_opened_from_the_page() -> None:
    assert set(OUTPUTS) <= set(links(shown()))


def test_names_with_odd_signs_are_quoted() -> None:
    assert 'href="%E9%80%80%E5%9B%9E%E4%BF%AE%E6%94%B9/100%25%20%231%20' in shown()


def test_workbooks_lead_to_the_input_folder() -> None:
    assert f"../../input/{LEDGER}" in links(shown())
    assert not any("input" in link for link in links(shown(inputs=None)))


# --- nothing that acts ----------------------------------------------------------------------------


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


EVIL = '"><script>alert(1)</script><img src=x onerror=y>{{ 7*7 }}'


def evil_week() -> Week:
    own = week()
    assessment = own.assessment
    bad = replace(
        assessment.decisions[0], subject=EVIL, reasons=(EVIL,), evidence=(CellRef(EVIL, EVIL, 1, 1),)
    )
    cards = (card(EVIL, lines=(line(),), grade=EVIL), *assessment.scorecards)
    fault = Fault("I-X", Severity.ERROR, CellRef(EVIL, EVIL, 1, 1), EVIL, EVIL, EVIL)
    contents = replace(own.books, unreported=(EVIL,))
    return replace(
        own,
        books=contents,
        faults=(fault,),
        assessment=replace(assessment, decisions=(bad,), scorecards=cards),
    )


def test_text_from_workbooks_is_escaped() -> None:
    text = overview(evil_week(), rulebook(EVIL), (f"{EVIL}.pdf", f"{EVIL}.xlsx", EVIL), TEMPLATES).decode()
    tags = Tags()
    tags.feed(text)
    assert {tag for tag, _ in tags.found} & {"script", "img", "iframe", "object", "form"} == set()
    assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
    assert "{{ 7*7 }}" in text
    assert "49</p>" not in text


def test_nothing_is_fetched_and_nothing_runs() -> None:
    tags = Tags()
    tags.feed(shown())
    for tag, attributes in tags.found:
        assert tag not in {"script", "img", "iframe"}
        assert "src" not in attributes
        if tag == "link":
            assert attributes["href"] == "data:,"
        elif "href" in attributes:
            assert not re.match(r"\w+:|//", attributes["href"] or "")
    style = parsed(shown()).findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style


def test_same_input_same_bytes() -> None:
    assert shown() == shown()


# --- a wrong template -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line_number"),
    [
        ("<p>\n{{ nmae }}", 2),
        ("<p>\n\n{{ name.colour }}", 3),
        ("{% for x in figures %}\n{{ x }", 2),
        ("{% if %}", 1),
        ("a\n{{ figures }}", 2),
        ("a\nb\n{{ name.__class__.__mro__ }}", 3),
        ("{{ name|nosuch }}", 1),
        ("\n{{ unreported.count(1) }}", 2),
    ],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path: Path, text: str, line_number: int) -> None:
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=rf"index\.html 第{line_number}行"):
        overview(week(), rulebook(), (), tmp_path)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"index\.html"):
        overview(week(), rulebook(), (), tmp_path)


# --- looked at ------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_shows_it_without_complaint(tmp_path: Path, width: int) -> None:
    (tmp_path / "index.html").write_bytes(overview(week(), rulebook(), OUTPUTS, TEMPLATES))
    picture = tmp_path / "page.png"
    command = (
        "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars "
        "--enable-logging=stderr --v=0"
    )
    done = subprocess.run(
        [
            *command.split(),
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--screenshot={picture}",
            f"--window-size={width},1600",
            (tmp_path / "index.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in done.stderr
    with Image.open(picture) as seen:
        assert seen.size == (width, 1600)
        colours = seen.convert("RGB").getcolors(maxcolors=2**24)
    assert colours is not None
    most = max(count for count, _ in colours)
    assert len(colours) > 100
    assert most < 0.9 * width * 1600
