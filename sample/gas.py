"""The workbooks of one week of the invented gas campaign, as two townships send them.

`python -m sample.gas` writes those that ship with the example (examples/gas-safety/input); the same bytes
every time.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from campaign.canonical import rezip

ITEMS = (
    "一-1",
    "一-2",
    "一-3",
    "一-4",
    "二-1",
    "二-2",
    "二-3",
    "二-4",
    "三-1",
    "三-2",
    "三-3",
    "四-1",
    "四-2",
    "四-3",
)
EAST, RIVER = "东岗镇人民政府", "河湾乡人民政府"
BRIGHT, BLUE = "明火燃气有限公司", "蓝焰燃气有限公司"
SITES = (
    ("东岗供气站", EAST, BRIGHT, 300),
    ("东岗配送点", EAST, BLUE, 80),
    ("河湾供应点", RIVER, BRIGHT, 120),
    ("河湾储配站", RIVER, BLUE, 500),
    ("上河微管网", RIVER, BLUE, 60),
)
LEDGER = (
    "序号",
    "供气点",
    "供气企业",
    "条目",
    "问题描述",
    "发现时间",
    "整改措施",
    "整改时限",
    "责任单位",
    "责任人",
    "联系电话",
    "整改状态",
    "完成时间",
    "销号时间",
)
CHECK = ("序号", "条目", "自查结果", "存在问题")

# What the self-checks found; the ledgers say more of it.
FOUND = {
    "东岗供气站": ("三-1", "一-4"),
    "东岗配送点": ("二-2",),
    "河湾供应点": ("三-2",),
    "河湾储配站": ("一-3", "一-1"),
}

FOLDER = Path(__file__).parents[1] / "examples" / "gas-safety" / "input"
_WRITTEN = datetime(2024, 10, 11)  # noqa: DTZ001 - a workbook's properties have no time zone

Rows = Sequence[Sequence[object]]


def write(root: Path) -> None:
    """Everything into one folder."""
    roster = Workbook()
    _sheet(roster, "供气点", [("供气点名称", "所属乡镇", "供气企业", "户数"), *SITES])
    _sheet(roster, "供气企业", [("企业名称", "负责人", "联系电话"), (BRIGHT, "甄明", ""), (BLUE, "蓝天", "")])
    _sheet(
        roster, "乡镇人民政府", [("乡镇", "负责人", "职务"), (EAST, "东方", "镇长"), (RIVER, "何畔", "乡长")]
    )
    _save(roster, root / "名册.xlsx")
    _ledger(
        root,
        EAST,
        [
            _row(
                1, SITES[0], "三-1", "两户没有熄火保护装置", "2024.10.12", "已销号", "2024.9.28", "2024.9.30"
            ),
            _row(2, SITES[0], "一-4", "值班记录缺页", "2024.10.12", "已整改", "2024.10.8", ""),
            _row(3, SITES[1], "二-2", "气瓶没有标识", "2024.10.18", "整改中", "", ""),
        ],
    )
    _ledger(
        root,
        RIVER,
        [
            _row(1, SITES[2], "三-2", "连接软管超期", "2024.10.1", "未整改", "", ""),
            _row(2, SITES[3], "一-3", "报警装置失效", "2024.10.5", "未整改", "", ""),
            _row(3, SITES[4], "一-2", "管道没有按期检验", "2024.10.8", "整改中", "", ""),
            _row(4, SITES[3], "一-1", "安全间距不足", "2024.10.30", "未整改", "", ""),
        ],
    )
    for site, *_ in SITES[:4]:
        _form(root, site)


def _row(
    number: int, site: tuple[str, str, str, int], item: str, what: str, *dates: str
) -> tuple[object, ...]:
    due, status, done, closed = dates
    return (
        number,
        site[0],
        site[2],
        item,
        what,
        "2024.9.20",
        "更换",
        due,
        site[2],
        "甄明",
        "",
        status,
        done,
        closed,
    )


def _ledger(root: Path, office: str, rows: Rows) -> None:
    book = Workbook()
    lead = [("燃气安全隐患台账",), (f"填报单位：{office}", "", "", "填报时间：2024年10月11日"), LEDGER]
    _sheet(book, "台账", [*lead, *rows])
    _save(book, root / f"{office}台账.xlsx")


def _form(root: Path, site: str) -> None:
    book = Workbook()
    found = FOUND[site]
    answers = [
        (n, item, "×", "见台账") if item in found else (n, item, "√", "") for n, item in enumerate(ITEMS, 1)
    ]
    _sheet(
        book,
        "自查表",
        [(f"燃气安全专项整治自查表（{site}）",), ("填报时间：2024年9月25日",), CHECK, *answers],
    )
    _save(book, root / "自查" / f"{site}自查表.xlsx")


def _sheet(book: Workbook, name: str, rows: Rows) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))


def _save(book: Workbook, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book.remove(book.worksheets[0])
    out = BytesIO()
    book.properties.created = _WRITTEN
    book.save(out)
    path.write_bytes(rezip(out.getvalue(), _WRITTEN))


if __name__ == "__main__":
    write(FOLDER)
