"""What follows from the manifests of the archive: the order of issuing, and the filing catalogue (归档目录).

Both lie in the archive beside the issued weeks. The order names every manifest's digest and the catalogue's,
so that a removed week is missed and a changed byte is found, the last one's too.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from campaign.history.archive import ARCHIVE, Issued, Link
from campaign.workbooks import Column, finish, moment, new_workbook, set_up, write_head, write_lead, write_row

ORDER = "印发顺序.json"
CATALOGUE = "归档目录.xlsx"
_SHEET = "归档目录"
_COLUMNS = (
    Column("年度", 8, "center"),
    Column("保管期限", 10, "center"),
    Column("件号", 7, "center"),
    Column("责任者", 34),
    Column("文号", 24, "center"),
    Column("题名", 52),
    Column("日期", 13, "center"),
    Column("页数", 7, "center"),
    Column("归档位置", 40),
    Column("备注", 36),
)
Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The order of issuing as it was last written: folders with the digests of their manifests."""

    issued: tuple[Link, ...]
    catalogue: str


def order_bytes(known: Sequence[Issued], catalogue: str) -> bytes:
    """印发顺序.json: each issued week in the order of issuing; `catalogue` is the catalogue's digest."""
    content = {
        "说明": "各期按印发先后排列；digest 是该文件夹 manifest.json 的 SHA-256。请勿改动本文件。",
        "issued": [
            {
                "order": week.manifest.order,
                "folder": week.manifest.folder,
                "as_of": week.manifest.as_of.isoformat(),
                "edition": week.manifest.edition,
                "number": week.manifest.number,
                "total_number": week.manifest.total_number,
                "digest": week.digest,
            }
            for week in known
        ],
        "catalogue": catalogue,
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def read_order(output: Path) -> Order | None:
    """The order of issuing as it stands in the archive; None where there is none or it cannot be read."""
    try:
        content = json.loads((output / ARCHIVE / ORDER).read_bytes())
        links = tuple(Link(str(one["folder"]), str(one["digest"])) for one in content["issued"])
        return Order(links, str(content["catalogue"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def catalogue_rows(known: Sequence[Issued]) -> list[Row]:
    """The items (件) of the catalogue in the order of issuing; DA/T 22-2015.

    An item is a document with its annexes: what has no retention of its own is filed with the first item of
    its week. Items are numbered by year and retention.
    """
    counts: Counter[tuple[int, str]] = Counter()
    rows: list[Row] = []
    for week in known:
        manifest = week.manifest
        annexes = [paper for paper in manifest.documents if not paper.retention]
        for paper in manifest.documents:
            if not paper.retention:
                continue
            year = paper.dated_on.year
            counts[year, paper.retention] += 1
            notes = [f"附{annex.file}，{annex.pages}页" for annex in annexes]
            if manifest.edition:
                notes.append(f"更正：{manifest.correction}")
            rows.append(
                (
                    str(year),
                    paper.retention,
                    counts[year, paper.retention],
                    manifest.issuer,
                    paper.number,
                    paper.title,
                    paper.dated_on.isoformat(),
                    paper.pages,
                    f"{manifest.folder}/{paper.file}",
                    "；".join(notes),
                )
            )
            annexes = []
    return rows


def catalogue_bytes(known: Sequence[Issued]) -> bytes:
    """归档目录.xlsx of the issued weeks."""
    dated = known[-1].manifest.as_of if known else None
    workbook = new_workbook(dated)
    sheet = workbook.create_sheet(_SHEET)
    lead = ["归档位置是本文件夹下的文件夹和文件名（.pdf、.docx 各一份）；件号按年度和保管期限分别编。"]
    head = write_lead(sheet, "归档文件目录", lead, len(_COLUMNS))
    write_head(sheet, head, _COLUMNS)
    rows = catalogue_rows(known)
    for number, row in enumerate(rows, head + 1):
        write_row(sheet, number, _COLUMNS, row)
    set_up(sheet, head, len(_COLUMNS), head + len(rows))
    return finish(workbook, moment(dated))


def read_catalogue(data: bytes) -> list[Row]:
    """The items as they stand in a catalogue.

    Raises:
        ValueError: it is no such workbook.
    """
    try:
        cells = list(load_workbook(BytesIO(data))[_SHEET].iter_rows(values_only=True))
    except Exception as cause:
        raise ValueError(str(cause)) from cause
    titles = tuple(column.title for column in _COLUMNS)
    if titles not in cells:
        raise ValueError("no heading row")
    rows = cells[cells.index(titles) + 1 :]
    return [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value or "")
