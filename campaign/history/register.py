"""The register of documents sent out (发文登记簿): a workbook that we add to and the clerk may edit.

It lies beside the archive. Its rows, formats, further columns and notes are hers; numbers that she entered
are taken and will not be given again. What we add are rows at the end, one for each number issued.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from campaign.errors import ArchiveError
from campaign.history.archive import ARCHIVE, Issued, Paper
from campaign.workbooks import (
    CENTER,
    LEFT,
    Column,
    clean,
    finish,
    height,
    moment,
    new_workbook,
    set_up,
    write_head,
    write_lead,
)

REGISTER = "发文登记簿.xlsx"
ISSUES = "期"  # the stream of bulletins, which have a 期号 instead of a 文号
_SHEET = "发文登记簿"
_SERIAL, _KIND, _NUMBER, _TITLE, _ADDRESSEE, _DATE, _PLACE, _NOTE = (
    "序号",
    "文种",
    "文号",
    "标题",
    "主送",
    "成文日期",
    "归档位置",
    "备注",
)
_COLUMNS = (
    Column(_SERIAL, 6, "center"),
    Column(_KIND, 16, "center"),
    Column(_NUMBER, 24, "center"),
    Column(_TITLE, 48),
    Column(_ADDRESSEE, 30),
    Column(_DATE, 13, "center"),
    Column("份数", 7, "center"),
    Column("签发人", 10, "center"),
    Column(_PLACE, 40),
    Column(_NOTE, 30),
)
_Row = Mapping[str, str | date]
_NEEDED = (_KIND, _NUMBER, _DATE, _PLACE)
_LOCKS = ("~${}", ".~lock.{}#", ".~{}")  # Excel and WPS, LibreOffice, WPS on Linux
_HEAD_ROWS = 30  # a heading row is looked for so far down
_NONE = {"", "无", "—", "-", "/", "――", "——"}
_DOCUMENT = re.compile(r"(?P<code>.*?)[〔\[(【](?P<year>\d{4})[〕\])】]第?(?P<number>\d+)号")
_ISSUE = re.compile(
    r"第(?P<number>\d+)期(?:\(总第(?P<total>\d+)期\))?(?:\((?:第(?P<times>\d+)次)?(?P<again>更正)\))?"
)
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


class RegisterError(ArchiveError):
    """The register cannot be read as it stands; the message names sheet and cell."""


class RegisterOpenError(ArchiveError):
    """The register is open in Excel, WPS or LibreOffice, which would overwrite what we add."""

    def __init__(self, lock: Path) -> None:
        super().__init__(
            f"《{REGISTER}》正被 Excel 或 WPS 打开，请保存并关闭后再运行；"
            f"确实没有打开的，请删去 {lock} 再运行"
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A number that is used up. `series` is the code before the year of a 文号, or the kind of a bulletin
    (周通报); `edition` tells corrected editions of one bulletin apart. `place` is 归档位置, "" where a number
    was taken elsewhere; `where` names sheet and cell.
    """

    series: str
    year: int
    number: int
    total: int | None
    edition: int
    place: str
    where: str
    of_issue: bool = True  # a 期号, not a 文号

    @property
    def key(self) -> tuple[str, int, int, int]:
        """What may not occur twice."""
        return self.series, self.year, self.number, self.edition


@dataclass(frozen=True, slots=True)
class Register:
    """The register as it stands: every number in it, and the bytes it was read from (None: there is none)."""

    taken: tuple[Taken, ...] = ()
    data: bytes | None = None


def document_number(code: str, stream: str, year: int, number: int | str) -> str:
    """A 文号: code of the office and of the stream, year, number (GB/T 9704-2012, 7.2.5: no 第, no zeros)."""
    return f"{code}{stream}〔{year}〕{number}号"


def refuse_open(output: Path) -> None:
    """Raise RegisterOpenError where somebody has the register open."""
    for pattern in _LOCKS:
        lock = output / pattern.format(REGISTER)
        if lock.exists():
            raise RegisterOpenError(lock)


def read(output: Path) -> Register:
    """The register beside the archive; an empty one where there is none.

    Raises:
        RegisterError: it cannot be read, a number in it cannot be read, or one stands in it twice.
    """
    path = output / REGISTER
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Register()
    except OSError as cause:
        raise RegisterError(f"无法读取《{REGISTER}》：{cause.strerror or cause}") from cause
    taken = tuple(_taken(*_table(data)))
    seen: dict[tuple[str, int, int, int], Taken] = {}
    for one in taken:
        first = seen.setdefault(one.key, one)
        if first is not one:
            raise RegisterError(
                f"《{REGISTER}》{one.where} 的编号与 {first.where} 重复；一个编号只能用一次，请改正其中一处"
            )
    return Register(taken, data)


def missing(register: Register, week: Issued) -> tuple[Paper, ...]:
    """The documents of an issued week whose numbers the register does not have."""
    known = {one.key for one in register.taken}
    return tuple(
        paper
        for paper in week.manifest.documents
        if (number := taken_by(paper, week.manifest.folder)) and number.key not in known
    )


def taken_by(paper: Paper, folder: str) -> Taken | None:
    """The number that a document uses up; None for one without a number."""
    if not paper.number:
        return None
    return _parse(paper.number, paper.kind, paper.dated_on.year, place_of(folder, paper), "")


def folder_of(place: str) -> str:
    """The folder of the archive that a 归档位置 names; "" where it is none of ours."""
    parts = place.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == ARCHIVE else ""  # noqa: PLR2004 - archive/folder/file


def place_of(folder: str, paper: Paper) -> str:
    """归档位置: where a document lies below the output folder, without extension."""
    return f"{ARCHIVE}/{folder}/{paper.file}"


def with_rows(register: Register, week: Issued, papers: Sequence[Paper]) -> bytes:
    """The register with a row more for each of some documents of an issued week."""
    manifest = week.manifest
    note = f"更正：{manifest.correction}" if manifest.edition else ""
    rows = [_values(paper, place_of(manifest.folder, paper), note) for paper in papers]
    if register.data is None:
        return new(rows, manifest.as_of)
    book = load_workbook(BytesIO(register.data), rich_text=True)
    sheet, head, titles = _find(book)
    for row in rows:
        _append(sheet, head, titles, row)
    return finish(book, moment(manifest.as_of))


def new(rows: Sequence[_Row] = (), dated: date | None = None) -> bytes:
    """A register that has only these rows."""
    book = new_workbook(dated)
    sheet = book.create_sheet(_SHEET)
    lead = [
        "程序印发时自动在末尾登记；别处用掉的编号请直接在本表补一行，填文号（或期号）和成文日期，程序不会再用。",
        "可以改格式、加栏目、填份数和签发人；文种、文号、成文日期、归档位置四栏的名称请不要改。",
    ]
    head = write_lead(sheet, "发文登记簿", lead, len(_COLUMNS))
    write_head(sheet, head, _COLUMNS)
    set_up(sheet, head, len(_COLUMNS), head)
    sheet.auto_filter.ref = None
    for row in rows:
        _append(sheet, head, _titles(sheet, head), row)
    return finish(book, moment(dated))


# --- Reading --------------------------------------------------------------------------------------


def _table(data: bytes) -> tuple[Worksheet, int, dict[str, int]]:
    try:
        book = load_workbook(BytesIO(data), data_only=True)
    except Exception as cause:
        raise RegisterError(f"《{REGISTER}》打不开：文件已损坏，或不是 .xlsx 工作簿。请从备份恢复") from cause
    return _find(book)


def _find(book: Any) -> tuple[Worksheet, int, dict[str, int]]:  # noqa: ANN401 - openpyxl's workbook
    """The sheet with the register, its heading row and the columns by title."""
    sheets = [s for s in book.worksheets if s.title == _SHEET] or list(book.worksheets)
    for sheet in sheets:
        for row in range(1, min(sheet.max_row, _HEAD_ROWS) + 1):
            titles = _titles(sheet, row)
            if all(title in titles for title in _NEEDED):
                return sheet, row, titles
    raise RegisterError(
        f"《{REGISTER}》“{sheets[0].title}”找不到表头；表头要有“{'”“'.join(_NEEDED)}”四栏，请改回原来的名称"
    )


def _titles(sheet: Worksheet, row: int) -> dict[str, int]:
    titles: dict[str, int] = {}
    for cell in sheet[row]:
        titles.setdefault("".join(str(cell.value or "").split()), cell.column or 0)
    return titles


def _taken(sheet: Worksheet, head: int, titles: Mapping[str, int]) -> Iterator[Taken]:
    for row in range(head + 1, sheet.max_row + 1):
        cell = sheet.cell(row, titles[_NUMBER])
        text = str("" if cell.value is None else cell.value)
        if text.strip() in _NONE:
            continue
        where = f"“{sheet.title}”{cell.coordinate}"
        kind = str(sheet.cell(row, titles[_KIND]).value or "").strip()
        dated = sheet.cell(row, titles[_DATE])
        year = _year(dated.value)
        place = str(sheet.cell(row, titles[_PLACE]).value or "").strip()
        if year is None and _ISSUE.fullmatch(_plain(text)):
            raise RegisterError(
                f"《{REGISTER}》“{sheet.title}”{dated.coordinate} 的成文日期读不懂；"
                f"期号“{text}”属于哪一年要靠它，请写成 2023-04-28 这样的日期"
            )
        found = _parse(text, kind, year or 0, place, where)
        if found is None:
            raise RegisterError(
                f"《{REGISTER}》{where} 的编号“{text}”读不懂；"
                "文号请写成“某某〔2023〕3号”，通报的期号请写成“第3期”，没有编号的留空"
            )
        yield found


def _parse(text: str, kind: str, year: int, place: str, where: str) -> Taken | None:
    """A number as typed; `year` is that of the document's date, which a 期号 does not name."""
    plain = _plain(text)
    if found := _DOCUMENT.fullmatch(plain):
        number, of = int(found["number"]), int(found["year"])
        return Taken(found["code"], of, number, None, 0, place, where, of_issue=False)
    if found := _ISSUE.fullmatch(plain):
        edition = int(found["times"] or 1) if found["again"] else 0
        total = int(found["total"]) if found["total"] else None
        return Taken(kind, year, int(found["number"]), total, edition, place, where)
    return None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _year(value: object) -> int | None:
    if isinstance(value, datetime | date):
        return value.year
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", str(value or "")).replace(" ", ""))
    return int(found[1]) if found else None


# --- Writing --------------------------------------------------------------------------------------


def _values(paper: Paper, place: str, note: str) -> _Row:
    return {
        _KIND: paper.kind,
        _NUMBER: paper.number,
        _TITLE: paper.title,
        _ADDRESSEE: paper.addressee,
        _DATE: paper.dated_on,
        _PLACE: place,
        _NOTE: note,
    }


def _append(sheet: Worksheet, head: int, titles: Mapping[str, int], values: _Row) -> None:
    """A row below the last one that holds anything, looking like it."""
    last = max(
        (row for row in range(head, sheet.max_row + 1) if any(cell.value is not None for cell in sheet[row])),
        default=head,
    )
    new = last + 1
    aligned = {column.title: CENTER if column.align == "center" else LEFT for column in _COLUMNS}
    for title, column in titles.items():
        cell = sheet.cell(new, column)
        if last > head:
            setattr(cell, "_style", copy(getattr(sheet.cell(last, column), "_style")))  # noqa: B009, B010
        elif sheet.parent is not None and aligned.get(title) in sheet.parent.named_styles:
            cell.style = aligned[title]
        value = _serial(sheet, head, last, column) if title == _SERIAL else values.get(title)
        if value is None or value == "":
            continue
        cell.value = clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    sheet.row_dimensions[new].height = height(
        [Column(title, sheet.column_dimensions[get_column_letter(n)].width) for title, n in titles.items()],
        [str(values.get(title, "")) for title in titles],
    )
    _stretch(sheet, last, new)


def _serial(sheet: Worksheet, head: int, last: int, column: int) -> int:
    """The next 序号: one more than the highest above."""
    above: list[Any] = [sheet.cell(row, column).value for row in range(head + 1, last + 1)]
    return 1 + max((value for value in above if type(value) is int), default=0)


def _stretch(sheet: Worksheet, last: int, new: int) -> None:
    """An Excel table that ended at the last row takes in the new one."""
    for table in sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if bottom == last and table.totalsRowCount in {None, 0}:
            table.ref = f"{get_column_letter(left or 1)}{top}:{get_column_letter(right or 1)}{new}"
            if table.autoFilter is not None:
                table.autoFilter.ref = table.ref


def highest(taken: Iterable[Taken], series: str, year: int) -> int:
    """The highest number used of a series in a year; 0 where there is none."""
    return max((t.number for t in taken if (t.series, t.year) == (series, year)), default=0)
