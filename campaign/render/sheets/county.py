"""校验意见.xlsx for the county office: every fault of the week, with links to the cells.

总览 counts, 校验意见 lists all of them, 归类 puts equal ones together for reading. Who writes to an office
needs the third sheet, who mends a ledger needs the second. 豁免 lists the errors that are waived, if any.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType

from openpyxl.worksheet.worksheet import Worksheet

from campaign.compose.filters import long_date
from campaign.intake.opinions import FILLS, MEANING, SEVERITIES, ZH, counted, in_order, problem, told
from campaign.intake.returns.marks import WAIVERS_TITLE
from campaign.intake.waivers import in_force
from campaign.records import CellRef, Fault, Severity
from campaign.workbooks import (
    CENTER,
    Column,
    finish,
    moment,
    new_workbook,
    place,
    put_link,
    set_up,
    write_head,
    write_lead,
    write_row,
)

SHOWN = 20  # addresses of one group that are printed; the sheet 校验意见 has them all
MOST_ROWS = (
    100_000  # rows of the complete list; beyond that Excel itself is of no use, and the JSON is complete
)
WHOLE_SET = "（全部材料）"
_NONE: Mapping[str, str] = MappingProxyType({})

_BY_SEVERITY = (Column("级别", 44), Column("处数", 8, "center"), Column("含义", 60))
_BY_FILE = (
    Column("文件", 44),
    *(Column(ZH[s], 8, "center") for s in SEVERITIES),
    Column("合计", 8, "center"),
    Column("处理", 26),
    Column("退回件", 40),
)
_ALL = (
    Column("级别", 7, "center"),
    Column("文件", 30),
    Column("工作表", 14),
    Column("单元格", 9, "center"),
    Column("填写内容", 20),
    Column("问题", 46),
    Column("怎么改", 40),
    Column("代码", 24),
)
_GROUPED = (
    Column("级别", 7, "center"),
    Column("文件", 30),
    Column("工作表", 14),
    Column("处数", 7, "center"),
    Column("单元格", 34),
    Column("问题（首例）", 46),
    Column("怎么改", 40),
    Column("代码", 24),
)


_WAIVED = (
    Column("代码", 24),
    Column("文件", 30),
    Column("工作表", 14),
    Column("单元格", 9, "center"),
    Column("问题", 46),
    Column("理由", 40),
    Column("批准人", 12, "center"),
    Column("有效期至", 13, "center"),
)


def opinions(
    faults: Sequence[Fault],
    files: Sequence[str],
    as_of: date | None = None,
    *,
    inputs: str | None = "../../input",
    returned: Mapping[str, str] = _NONE,
) -> bytes:
    """校验意见.xlsx.

    Args:
        faults: all faults of the run, in any order.
        files: every workbook that was looked at, as paths below the input folder; those without a fault are
            listed too, so that silence about a file can be told from a file that was never seen.
        as_of: the closing date, for the title and the properties.
        inputs: the input folder as seen from the folder this workbook lies in; None writes no links.
        returned: path below the input folder → path of its return copy beside this workbook.
    """
    workbook = new_workbook(as_of)
    ordered = in_order(faults)
    _overview(workbook.create_sheet("总览"), ordered, files, as_of, inputs, returned)
    _complete(workbook.create_sheet("校验意见"), ordered, inputs)
    _grouped(workbook.create_sheet("归类"), ordered, inputs)
    if any(f.waiver for f in ordered):
        _waived(workbook.create_sheet("豁免"), ordered, inputs)
    return finish(workbook, moment(as_of))


def addresses(refs: Sequence[CellRef]) -> str:
    """Some cells as a person lists them: "N5、N9、N31"; beyond twenty "… 等 36 处"."""
    cells = [ref.cell or ("整张表" if ref.sheet else "整个文件") for ref in refs]
    listed = "、".join(cells[:SHOWN])
    return listed if len(cells) <= SHOWN else f"{listed} 等 {len(cells)} 处"


def _overview(
    sheet: Worksheet,
    faults: Sequence[Fault],
    files: Sequence[str],
    as_of: date | None,
    inputs: str | None,
    returned: Mapping[str, str],
) -> None:
    until = f"截至{long_date(as_of)}，" if as_of else ""
    summary = f"{until}共核对{len(files)}个文件：{told(faults) or '没有发现问题'}。"
    row = write_lead(sheet, "校验意见", [summary], len(_BY_FILE)) + 1
    write_head(sheet, row, _BY_SEVERITY)
    _widen(sheet, row)
    for severity, count in counted(faults).items():
        row += 1
        write_row(sheet, row, _BY_SEVERITY, (ZH[severity], count, MEANING[severity]))
        sheet.cell(row, 1).fill = FILLS[severity]
        _widen(sheet, row)
    row += 2
    head = row
    write_head(sheet, head, _BY_FILE)
    for file in dict.fromkeys([*files, *(f.ref.file for f in faults)]):
        row += 1
        own = [f for f in faults if f.ref.file == file]
        counts = counted(own)
        copy = returned.get(file, "")
        write_row(
            sheet, row, _BY_FILE, (file or WHOLE_SET, *counts.values(), len(own), _treatment(own), copy)
        )
        _file_link(sheet, row, 1, file, inputs)
        put_link(sheet, row, len(_BY_FILE), copy, target=copy)
        for number, severity in enumerate(SEVERITIES, 2):
            if counts[severity]:
                sheet.cell(row, number).fill = FILLS[severity]
    set_up(sheet, head, len(_BY_FILE), row)
    sheet.freeze_panes = None  # the two tables together are short; a frozen head would hide the first


def _widen(sheet: Worksheet, row: int) -> None:
    """Let the third column of the small table run to the end of the large one below it."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=len(_BY_FILE))


def _treatment(faults: Sequence[Fault]) -> str:
    if not faults:
        return "没有问题"
    if any(f.waiver for f in faults):
        return "有已豁免的错误；其余请按级别处理"
    return {
        Severity.FATAL: "没有计入或只计入一部分，请退回重报",
        Severity.ERROR: "请退回修改",
        Severity.WARNING: "请核对",
        Severity.INFO: "不必处理",
    }[in_order(faults)[0].severity]


def _file_link(sheet: Worksheet, row: int, column: int, file: str, inputs: str | None) -> None:
    put_link(sheet, row, column, file or WHOLE_SET, target=_target(file, inputs))


def _target(file: str, inputs: str | None) -> str:
    return f"{inputs}/{file}" if file and inputs is not None else ""


def _complete(sheet: Worksheet, faults: Sequence[Fault], inputs: str | None) -> None:
    listed = faults[:MOST_ROWS]
    lines = ["点击“单元格”可打开原表。由重到轻排列，可按列筛选。"]
    if len(listed) < len(faults):
        lines.append(f"共 {len(faults)} 条，本表列出前 {MOST_ROWS} 条，其余见 data/faults.json。")
    head = write_lead(sheet, "校验意见", lines, len(_ALL))
    write_head(sheet, head, _ALL)
    for row, fault in enumerate(listed, head + 1):
        _fault_row(sheet, row, fault, inputs)
    set_up(sheet, head, len(_ALL), head + len(listed))


def _fault_row(sheet: Worksheet, row: int, fault: Fault, inputs: str | None) -> None:
    ref = fault.ref
    values = (
        ZH[fault.severity],
        ref.file or WHOLE_SET,
        ref.sheet,
        ref.cell,
        fault.value,
        problem(fault),
        fault.remedy,
        fault.code,
    )
    write_row(sheet, row, _ALL, values)
    sheet.cell(row, 1).fill = FILLS[fault.severity]
    _place_link(sheet, row, 4 if ref.cell else 2, ref, inputs)


def _place_link(sheet: Worksheet, row: int, column: int, ref: CellRef, inputs: str | None) -> None:
    if target := _target(ref.file, inputs):
        location = place(ref.sheet, ref.cell) if ref.sheet else ""
        put_link(sheet, row, column, ref.cell or ref.file, location=location, target=target)


def _grouped(sheet: Worksheet, faults: Sequence[Fault], inputs: str | None) -> None:
    lines = [f"同一张表同一列的同类问题归为一条，最多列出 {SHOWN} 处；全部见“校验意见”。"]
    head = write_lead(sheet, "校验意见（归类）", lines, len(_GROUPED))
    write_head(sheet, head, _GROUPED)
    row = head
    for row, group in enumerate(_groups(faults), head + 1):
        first = group[0]
        values = (
            ZH[first.severity],
            first.ref.file or WHOLE_SET,
            first.ref.sheet,
            len(group),
            addresses([fault.ref for fault in group]),
            problem(first),
            first.remedy,
            first.code,
        )
        write_row(sheet, row, _GROUPED, values)
        sheet.cell(row, 1).fill = FILLS[first.severity]
        sheet.cell(row, 4).style = CENTER
        _file_link(sheet, row, 2, first.ref.file, inputs)
    set_up(sheet, head, len(_GROUPED), row)


def _waived(sheet: Worksheet, faults: Sequence[Fault], inputs: str | None) -> None:
    lines = ["下列错误经批准豁免，不影响印发；有效期过后自动失效。豁免在《豁免.xlsx》中填写。"]
    head = write_lead(sheet, WAIVERS_TITLE, lines, len(_WAIVED))
    write_head(sheet, head, _WAIVED)
    row = head
    for row, (fault, waiver) in enumerate(in_force(faults), head + 1):
        ref = fault.ref
        terms = (waiver.reason, waiver.by, waiver.until.isoformat())
        write_row(
            sheet,
            row,
            _WAIVED,
            (fault.code, ref.file or WHOLE_SET, ref.sheet, ref.cell, problem(fault), *terms),
        )
        _place_link(sheet, row, 4 if ref.cell else 2, ref, inputs)
    set_up(sheet, head, len(_WAIVED), row)


def _groups(faults: Sequence[Fault]) -> list[list[Fault]]:
    """Equal faults: same severity, file, sheet, column and code. The groups keep the order of severities."""

    def key(fault: Fault) -> tuple[int, str, str, int, str]:
        ref = fault.ref
        return SEVERITIES.index(fault.severity), ref.file, ref.sheet, ref.column, fault.code

    return [list(group) for _, group in groupby(sorted(faults, key=key), key)]
