"""Workbooks for these tests: ordinary ones by openpyxl, odd ones put together part by part."""

# ruff: noqa: DTZ001 - workbooks know no time zones

from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment

from campaign.intake.grid import Sheet
from campaign.intake.grid import Workbook as Grid
from campaign.intake.reading import reading_from
from campaign.intake.reading.limits import Limits
from campaign.intake.reading.single import read_file
from campaign.records import Fault

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# By index: General, 14, yyyy"年"m"月"d"日", 0.00%, 0.00, [h]:mm:ss, h:mm, a number that no format has.
DATE_STYLES = (
    '<numFmts><numFmt numFmtId="176"'
    ' formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="10"/>'
    '<xf numFmtId="2"/><xf numFmtId="46"/><xf numFmtId="20"/><xf numFmtId="999"/></cellXfs>'
)

REAL = Path(__file__).parent / "real"


def read(tmp_path: Path, name: str, data: bytes, limits: Limits | None = None) -> tuple[Grid, list[Fault]]:
    """What is read of `data`, in this process; fails where there is no workbook."""
    workbook, faults = attempt(tmp_path, name, data, limits)
    assert workbook is not None, [fault.message for fault in faults]
    return workbook, list(faults)


def attempt(
    tmp_path: Path, name: str, data: bytes, limits: Limits | None = None
) -> tuple[Grid | None, tuple[Fault, ...]]:
    """What is read of `data`, in this process, workbook or not."""
    (tmp_path / name).write_bytes(data)
    return reading_from(name, read_file(tmp_path / name, limits or Limits()))


def codes(faults: tuple[Fault, ...] | list[Fault]) -> list[str]:
    return [fault.code for fault in faults]


def values(sheet: Sheet) -> dict[str, object]:
    """Values by address ("B2")."""
    return {sheet.ref(*at).cell: cell.value for at, cell in sheet.cells.items()}


def saved(workbook: Workbook) -> bytes:
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def parts_of(
    rows: str = "",
    *,
    after: str = "",
    before: str = "",
    strings: str | None = None,
    styles: str = "",
    workbook: str = "",
    main: str = MAIN,
) -> dict[str, str | bytes]:
    """The parts of a package with one sheet, "表一", whose rows are given as XML."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{RELATION}">{workbook}'
        '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}" xmlns:r="{RELATION}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    return parts


def relations(*entries: tuple[str, str, str]) -> str:
    """A part of relations: id, kind, target."""
    body = "".join(f'<Relationship Id="{i}" Type="{RELATION}/{k}" Target="{t}"/>' for i, k, t in entries)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}" {attributes}>{"".join(cells)}</row>'


def text(address: str, content: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{content}</t></is></c>'


def number(address: str, content: object, style: int = 0) -> str:
    return f'<c r="{address}" s="{style}"><v>{content}</v></c>'


def ods(rows: str) -> bytes:
    """An OpenDocument spreadsheet with one sheet, "表一", whose rows are given as XML."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    namespaces = " ".join(f'xmlns:{p}="{name}:{p}:1.0"' for p in ("office", "table", "text"))
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{name}:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
            "content.xml": f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="表一">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def variety() -> Workbook:
    """A workbook with every kind of value, a merge, hidden rows and columns, a comment and a hidden sheet.

    `real/variety.xls` and `real/variety.ods` are this workbook, saved by LibreOffice.
    """
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "问题台账"
    rows: list[list[object]] = [
        ["问题台账（4月21日）", None, None, None],
        ["序号", "小区", "发现时间", "整改率"],
        [1, " 云栖苑\u3000", datetime(2023, 4, 2), 0.875],
        [2, "松涛\u200b里", datetime(2023, 4, 3, 14, 30), 0.5],
        [13812345678, "第一行\n第二行", time(9, 5), 4.2],
        [-1.5, True, datetime(2023, 4, 30), 100],
    ]
    for values_of_row in rows:
        sheet.append(values_of_row)
    sheet.merge_cells("A1:D1")
    sheet["A7"], sheet["A8"] = "三街道", None
    sheet.merge_cells("A7:A8")
    sheet["B7"] = "#N/A"
    sheet["B7"].data_type = "e"
    sheet["C3"].number_format = "yyyy-mm-dd"
    sheet["C4"].number_format = "yyyy-mm-dd hh:mm"
    sheet["C5"].number_format = "hh:mm"
    sheet["C6"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["D3"].number_format = "0.0%"
    sheet["D5"].number_format = "0.00"
    sheet["B3"].comment = Comment("已核实", "督导组")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    hidden = workbook.create_sheet("底稿")
    hidden["C4"] = "旧数据"
    hidden.sheet_state = "hidden"
    return workbook
