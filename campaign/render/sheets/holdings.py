"""文件目录.xlsx: every file of the closed archive with its size and digest, each a click away."""

import hashlib
from collections.abc import Mapping
from datetime import date

from campaign.workbooks import (
    Column,
    finish,
    moment,
    new_workbook,
    put_link,
    set_up,
    write_head,
    write_lead,
    write_row,
)

_SHEET = "文件目录"
_COLUMNS = (
    Column("序号", 7, "center"),
    Column("位置", 70),
    Column("大小（字节）", 14, "center"),
    Column("校验码（SHA-256）", 68),
)


def holdings_list(files: Mapping[str, bytes], dated: date) -> bytes:
    """The list of some files (path → bytes) as a workbook; the paths are links seen from beside it."""
    workbook = new_workbook(dated)
    sheet = workbook.create_sheet(_SHEET)
    lead = ["位置是本文件夹下的文件夹和文件名，点击可以打开；本清单和校验码文件自身不在其中。"]
    head = write_lead(sheet, "归档材料文件目录", lead, len(_COLUMNS))
    write_head(sheet, head, _COLUMNS)
    for number, (path, data) in enumerate(sorted(files.items()), 1):
        row = head + number
        write_row(sheet, row, _COLUMNS, (number, path, len(data), hashlib.sha256(data).hexdigest()))
        put_link(sheet, row, 2, path, target=path)
    set_up(sheet, head, len(_COLUMNS), head + len(files))
    return finish(workbook, moment(dated))
