"""A small input folder with nothing wrong: two offices, one community each, two problems each, one roster."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from tests.support.sheets import save

DURU, DANSHA, ROSTER_FILE, WAIVERS = "都濡.xlsx", "丹砂.xlsx", "名册.xlsx", "豁免.xlsx"
LEDGER = """
填报单位：{office}|||填报时间：2023年4月28日
序号|小区名称|条目|问题描述|发现时间|整改时限|整改状态|完成时间|销号时间
1|{community}|五-2|消火栓无水|2023.4.1|2023.4.20|整改中||
2|{community}|四-1|公示栏缺失|2023.4.3|2023.4.20|已销号|2023.4.10|2023.4.12
"""
ROSTER = {
    "小区": """
小区名称|所属街道|物业企业|户数
云栖苑|都濡街道办事处|清和物业服务有限公司|420
望山居|丹砂街道办事处|清和物业服务有限公司|310
""",
    "物业企业": "企业名称|负责人|联系电话\n清和物业服务有限公司|石某|19900000001",
    "街道办事处": "名称|负责人|职务\n都濡街道办事处|陆某|主任\n丹砂街道办事处|秦某|主任",
}
CHECK = """
专项整治自查表
小区名称：{community}    填报时间：2023年4月20日
序号|条目|自查结果|存在问题
1|五-2|{hydrants}|
2|四-1|{notices}|
"""
WAIVER_HEAD = "代码|文件|工作表|单元格|理由|批准人|有效期至"


def fill(folder: Path) -> Path:
    """Write the workbooks below a folder, and return it."""
    for name, data in _workbooks():
        (folder / name).write_bytes(data)
    return folder


@cache
def _workbooks() -> tuple[tuple[str, bytes], ...]:
    """Names and contents of the workbooks, made once for all that want them."""
    made = {
        ROSTER_FILE: dict(ROSTER),
        DURU: {"台账": LEDGER.format(office="都濡街道办事处", community="云栖苑")},
        DANSHA: {"台账": LEDGER.format(office="丹砂街道办", community="望山居")},
    }
    with TemporaryDirectory() as folder:
        for name, sheets in made.items():
            save(Path(folder, name), sheets)
        return tuple((name, Path(folder, name).read_bytes()) for name in made)


def write(path: Path, cell: str, value: str | None) -> None:
    """Type a value into a cell of the first sheet."""
    book = load_workbook(path)
    book.worksheets[0][cell] = value
    book.save(path)


def waive(folder: Path, *rows: str) -> None:
    """Hand in a workbook of waivers with these rows."""
    save(folder / WAIVERS, {"豁免": "\n".join(["豁免事项", WAIVER_HEAD, *rows])})


def self_check(folder: Path, community: str, *, hydrants: str = "×", notices: str = "√") -> None:
    """Hand in a self-check of 20 April that answers two items, 五-2 in C4 and 四-1 in C5."""
    answers = {"community": community, "hydrants": hydrants, "notices": notices}
    save(folder / f"{community}自查表.xlsx", {"自查表": CHECK.format(**answers)})
