"""The workbooks beside the documents: every line and every fault, with its cell, and no text that acts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign.intake.faults import fault
from campaign.records import CellRef, Fault, Waiver
from campaign.render.sheets import opinions, score_annex
from campaign.render.sheets.county import addresses
from campaign.workbooks import LONGEST, new_workbook, own_cell, place, put_link, put_text
from tests.render.example import DIGEST, LEDGER, card, faults, line, rulebook, week
from tests.support.county import AS_OF, DANSHA, DURU, MINGYUAN, QINGHE, ZHIXING

FILES = [LEDGER, "名册.xlsx", "自查表/云栖苑自查表.xlsx"]


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def table(sheet: Worksheet, first_heading: str) -> list[dict[str, Any]]:
    """The rows below the heading row that begins so, as dictionaries of cells' values."""
    head = next(row for row in range(1, 30) if sheet.cell(row, 1).value == first_heading)
    names = [cell.value for cell in sheet[head]]
    return [
        {str(name): cell.value for name, cell in zip(names, row, strict=True)}
        for row in sheet.iter_rows(min_row=head + 1)
    ]


def links(sheet: Worksheet) -> dict[str, tuple[str | None, str | None]]:
    return {
        cell.coordinate: (cell.hyperlink.target, cell.hyperlink.location)
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }


def sheet(workbook: Workbook, name: str) -> Worksheet:
    found = workbook[name]
    assert isinstance(found, Worksheet)
    return found


# --- 附件-得分明细.xlsx ---------------------------------------------------------------------------


# What all tests here look at is made once: they run in one process.
pytestmark = pytest.mark.xdist_group("sheets")


@pytest.fixture(scope="module")
def annex() -> Workbook:
    return opened(score_annex(week(), rulebook()))


def test_the_annex_has_a_summary_and_a_sheet_per_kind_that_was_scored(annex: Workbook) -> None:
    assert annex.sheetnames == ["汇总", "街道办事处", "物业企业"]


def test_every_sheet_carries_the_specimen_sentence_and_the_digest(annex: Workbook) -> None:
    for name in annex.sheetnames:
        top = "\n".join(str(sheet(annex, name).cell(row, 1).value) for row in range(1, 5))
        assert rulebook().specimen in top
        assert DIGEST in top


def test_an_adopted_rulebook_prints_no_specimen_sentence() -> None:
    book = opened(score_annex(week(), rulebook(specimen="")))
    assert not any("示范文本" in str(c.value) for row in sheet(book, "汇总").iter_rows() for c in row)


def test_the_summary_ranks_each_kind_and_says_why_somebody_is_not_rated(annex: Workbook) -> None:
    rows = table(sheet(annex, "汇总"), "类别")
    assert [(r["名次"], r["对象"], r["得分"]) for r in rows] == [
        (1, DANSHA, 100),
        (2, DURU, 98),
        (1, QINGHE, 100),
        (2, MINGYUAN, 97),
        (None, ZHIXING, None),
    ]
    assert rows[-1]["未评价原因"]
    assert rows[-1]["加扣分合计"] is None


def test_full_marks_plus_the_lines_are_the_points(annex: Workbook) -> None:
    for row in table(sheet(annex, "汇总"), "类别"):
        if row["得分"] is None:
            continue
        lines = [x for x in table(sheet(annex, row["类别"]), "对象") if x["对象"] == row["对象"]]
        total = sum((Decimal(str(x["加扣分"])) for x in lines if x["加扣分"] is not None), Decimal(0))
        assert row["满分"] + total == Decimal(str(row["得分"]))
        assert total == Decimal(str(row["加扣分合计"]))


def cells(row: dict[str, Any]) -> list[str]:
    return [str(row[f"依据单元格{n}"]) for n in range(1, 7) if row[f"依据单元格{n}"]]


def test_each_line_names_rule_clause_reason_and_cells(annex: Workbook) -> None:
    own = [x for x in table(sheet(annex, "物业企业"), "对象") if x["对象"] == MINGYUAN]
    assert [x["加扣分"] for x in own] == [-2.5, -1, 0.5]
    assert own[0]["规则编号"] == "W-03"
    assert own[0]["依据条款"] == "四（二）2"
    assert own[0]["事由"]
    assert own[0]["依据表格"] == f"《{LEDGER}》“问题台账”"
    assert [cells(x) for x in own] == [["N18", "N19"], ["N19"], []]


def test_a_line_that_rests_on_many_cells_goes_on_in_further_rows() -> None:
    many = [CellRef(LEDGER, "问题台账", row, 14) for row in range(5, 13)]
    other, whole = CellRef("名册.xlsx", "小区", 2, 1), CellRef("督导抽查.xlsx")
    own = week()
    scored = (card(MINGYUAN, lines=(line("-2", (*many, other, whole)),)),)
    own = replace(own, assessment=replace(own.assessment, scorecards=scored))
    rows = table(sheet(opened(score_annex(own, rulebook())), "物业企业"), "对象")
    assert [(x["对象"], x["规则编号"], x["加扣分"]) for x in rows] == [
        (MINGYUAN, "W-03", -2),
        *[(MINGYUAN, "W-03", None)] * 3,
    ]
    assert [cells(x) for x in rows] == [
        ["N5", "N6", "N7", "N8", "N9", "N10"],
        ["N11", "N12"],
        ["A2"],
        ["全表"],
    ]
    assert [x["依据表格"] for x in rows[1:]] == [
        f"《{LEDGER}》“问题台账”",
        "《名册.xlsx》“小区”",
        "《督导抽查.xlsx》",
    ]


def test_the_cells_link_to_the_workbook_as_it_came_in(annex: Workbook) -> None:
    targets = links(sheet(annex, "物业企业"))
    assert list(targets.values()) == [
        (f"../../input/{LEDGER}", f"'问题台账'!{cell}") for cell in ("N18", "N19", "N19")
    ]


def test_the_summary_leads_to_the_first_line_of_each_subject(annex: Workbook) -> None:
    summary = sheet(annex, "汇总")
    found = links(summary)
    assert len(found) == 5
    for own, (target, location) in found.items():
        name, address = str(location).replace("'", "").split("!")
        assert target is None
        assert sheet(annex, name)[address].value == summary[own].value


def test_without_an_input_folder_nothing_is_linked_outside() -> None:
    book = opened(score_annex(week(), rulebook(), inputs=None))
    assert links(sheet(book, "物业企业")) == {}


# --- 校验意见.xlsx --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def county() -> Workbook:
    returned = {LEDGER: "退回修改/台账.xlsx"}
    return opened(opinions(faults(), FILES, as_of=AS_OF, returned=returned))


def test_the_overview_counts_by_severity_and_by_file(county: Workbook) -> None:
    assert county.sheetnames == ["总览", "校验意见", "归类"]
    overview = sheet(county, "总览")
    assert {r["级别"]: r["处数"] for r in table(overview, "级别")[:4]} == {
        "致命": 1,
        "错误": 2,
        "警告": 2,
        "提示": 1,
    }
    by_file = {r["文件"]: r for r in table(overview, "文件")}
    assert list(by_file) == [*FILES, "（全部材料）"]
    assert [by_file[LEDGER][k] for k in ("致命", "错误", "警告", "提示", "合计")] == [0, 2, 1, 1, 4]
    assert by_file["名册.xlsx"]["合计"] == 0
    assert by_file[LEDGER]["退回件"] == "退回修改/台账.xlsx"
    assert ("退回修改/台账.xlsx", None) in links(overview).values()


def test_the_complete_list_stands_worst_first_with_links_to_the_cells(county: Workbook) -> None:
    complete = sheet(county, "校验意见")
    rows = table(complete, "级别")
    assert [r["代码"] for r in rows] == [
        "I-FILE-ENCRYPTED",
        "I-CELL-DATE",
        "I-CELL-DATE",
        "I-SET-UNREPORTED",
        "I-CELL-PHONE",
        "I-CELL-CLEANED",
    ]
    assert [r["单元格"] for r in rows] == [None, "N18", "N19", None, "K8", "B7"]
    assert (f"../../input/{LEDGER}", "'问题台账'!N18") in links(complete).values()
    assert ("../../input/自查表/云栖苑自查表.xlsx", None) in links(complete).values()
    assert len(links(complete)) == 5  # the fault of the whole set leads nowhere


def test_the_place_is_not_said_twice(county: Workbook) -> None:
    rows = table(sheet(county, "校验意见"), "级别")
    assert not any("《" in r["问题"] or "：" in r["问题"][:1] for r in rows)
    assert all(r["怎么改"] for r in rows)


def test_lists_are_frozen_filtered_and_wrapped(county: Workbook) -> None:
    for name in ("校验意见", "归类"):
        own = sheet(county, name)
        head = next(row for row in range(1, 9) if own.cell(row, 1).value == "级别")
        assert own.freeze_panes == f"A{head + 1}"
        assert str(own.auto_filter.ref).startswith(f"A{head}:")
        assert own.cell(head + 1, 6).alignment.wrap_text
        assert own.column_dimensions["F"].width > 40
        assert own.print_title_rows == f"${head}:${head}"


def test_equal_faults_are_grouped_by_column() -> None:
    many = [
        fault("I-CELL-DATE", CellRef(LEDGER, "问题台账", row, 14), "x", field="整改时限")
        for row in range(5, 41)
    ]
    other = fault("I-CELL-DATE", CellRef(LEDGER, "问题台账", 5, 6), "x", field="发现时间")
    book = opened(opinions([*many, other], [LEDGER]))
    first, second = table(sheet(book, "归类"), "级别")
    assert (first["处数"], first["单元格"]) == (1, "F5")
    assert second["处数"] == 36
    assert second["单元格"].startswith("N5、N6、")
    assert second["单元格"].endswith("N24 等 36 处")
    assert len(table(sheet(book, "校验意见"), "级别")) == 37


def test_waivers_have_a_sheet_of_their_own() -> None:
    waiver = Waiver("单据遗失", "秦某", date(2023, 6, 25), CellRef("豁免.xlsx", "豁免", 2, 1))
    waived = [replace(f, waiver=waiver) if f.ref.cell == "N18" else f for f in faults()]
    workbook = opened(opinions(waived, FILES, as_of=AS_OF))
    (row,) = table(sheet(workbook, "豁免"), "代码")
    assert (row["单元格"], row["理由"], row["批准人"]) == ("N18", "单据遗失", "秦某")
    assert row["有效期至"] == "2023-06-25"


def test_addresses_of_whole_sheets_and_files_are_named() -> None:
    assert addresses([CellRef("a.xlsx", "表")]) == "整张表"
    assert addresses([CellRef("a.xlsx")]) == "整个文件"
    assert addresses([CellRef("a.xlsx", "表", n, 1) for n in range(1, 21)]).endswith("A19、A20")


def test_a_run_without_faults_still_lists_the_files_it_saw() -> None:
    book = opened(opinions((), FILES))
    assert [r["文件"] for r in table(sheet(book, "总览"), "文件")] == FILES
    assert table(sheet(book, "校验意见"), "级别") == []


# --- both -----------------------------------------------------------------------------------------


def test_same_input_gives_same_bytes() -> None:
    assert score_annex(week(), rulebook()) == score_annex(week(), rulebook())
    assert opinions(faults(), FILES) == opinions(faults()[::-1], FILES)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@A1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    book = opened(
        opinions([Fault("I-X", faults()[0].severity, CellRef("=a.xlsx", "=s", 1, 1), text, text, text)], [])
    )
    for own in book.worksheets:
        for row in own.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
    cell = sheet(book, "校验意见").cell(4, 5)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_characters_that_xml_forbids_are_dropped_and_line_breaks_made_one() -> None:
    workbook = new_workbook(None)
    own = workbook.create_sheet("表")
    text = put_text(own, 1, 1, "甲\x00\x0b乙\r\n丙\ufffe丁\ud800")
    assert text.value == "甲乙\n丙丁"
    assert put_text(own, 2, 1, "_x0041_").value == "_x005F_x0041_"
    assert put_text(own, 3, 1, "\x07").value is None


def test_text_that_is_too_long_is_cut_and_says_so() -> None:
    own = new_workbook(None).create_sheet("表")
    value = str(put_text(own, 1, 1, "长" * (LONGEST + 1)).value)
    assert len(value) == LONGEST
    assert value.endswith("略）")
    assert put_text(own, 2, 1, "长" * LONGEST).value == "长" * LONGEST


def test_file_names_with_odd_signs_make_a_valid_link() -> None:
    own = new_workbook(None).create_sheet("表")
    link = put_link(own, 1, 1, "x", target="../../input/100% #1 台账.xlsx", location=place("一's", "B2"))
    assert link.hyperlink is not None
    assert link.hyperlink.target == "../../input/100%25%20%231%20台账.xlsx"
    assert link.hyperlink.location == "'一''s'!B2"


def test_a_covered_cell_is_refused() -> None:
    own = new_workbook(None).create_sheet("表")
    own.merge_cells("A1:B2")
    with pytest.raises(ValueError, match="B2"):
        own_cell(own, 2, 2)
