"""How long reading takes beside the bare libraries: `python -m benchmarks.reading`.

A county (three ledgers, 61 self-check forms) against a plain openpyxl loop, and a workbook of 200,000 rows
against bare calamine. Both sides run several times by turns, and the fastest of each counts: what else the
machine does then matters least. Memory is what the run and its largest child take at their peaks, together.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from campaign.intake.reading import list_workbooks, read_workbooks

FORMS, LEDGERS, PROBLEMS, ITEMS = 61, 3, 90, 27
ROWS = 200_000
ROUNDS = 5
JOBS = 2
FIRST = date(2023, 4, 1)

LEDGER_HEADINGS = (
    *("序号", "小区", "物业企业", "条目", "问题描述", "发现时间", "整改措施", "整改时限", "责任单位"),
    *("责任人", "联系电话", "整改状态", "完成时间", "销号时间", "督办方式", "备注", "户数", "复查人"),
)


def main() -> int:
    """Print the comparison; 1 where a bound is exceeded."""
    with tempfile.TemporaryDirectory() as folder:
        county = _compare("county", _make_county(Path(folder, "county")), _bare_openpyxl, 1.5)
        rows = _make_large(Path(folder, "large"))
        peak = _peak(rows)
        large = _compare("200,000 rows", rows, _bare_calamine, 1.3)
    print(f"{'200,000 rows':<14} peak memory {peak} MB (bound 1000)")
    return 0 if county and large and peak < 1000 else 1  # noqa: PLR2004 - the bound just printed


def _compare(name: str, root: Path, bare: Callable[[Path], None], bound: float) -> bool:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(_timed(lambda: bare(root)))
        ours.append(_timed(lambda: _read(root)))
    ratio = min(ours) / min(theirs)
    print(f"{name:<14} bare {min(theirs):.2f} s, ours {min(ours):.2f} s: {ratio:.2f} times (bound {bound})")
    return ratio <= bound


def _timed(run: Callable[[], None]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _read(root: Path) -> None:
    readings = read_workbooks(root, list_workbooks(root), JOBS)
    if any(workbook is None for workbook, _ in readings):
        raise AssertionError(readings)


def _bare_openpyxl(root: Path) -> None:
    for path in sorted(root.iterdir()):
        for sheet in openpyxl.load_workbook(path, data_only=True):
            for row in sheet.iter_rows():
                for cell in row:
                    _ = cell.value


def _bare_calamine(root: Path) -> None:
    for path in sorted(root.iterdir()):
        workbook = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


def _peak(root: Path) -> int:
    """Megabytes that reading `root` takes in a process of its own: its peak and its largest child's."""
    code = f"from pathlib import Path; from benchmarks.reading import peak_of; peak_of(Path({str(root)!r}))"
    return int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)


def peak_of(root: Path) -> None:
    """Print the peak memory of reading `root` in this process, in megabytes."""
    _read(root)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    print((own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)


def _make_county(root: Path) -> Path:
    root.mkdir()
    for number in range(FORMS):
        _make_form(root / f"自查表{number:02}.xlsx", number)
    for number in range(LEDGERS):
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("问题台账")
        sheet.append(["问题台账"])
        sheet.append(LEDGER_HEADINGS)
        for serial in range(PROBLEMS):
            sheet.append(_problem(serial))
        workbook.save(root / f"台账{number}.xlsx")
    return root


def _make_form(path: Path, number: int) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["物业管理服务行业专项整治自查表"])
    sheet.append([f"小区名称：{number}号小区", None, None, None, "填报时间：2023年4月21日"])
    sheet.append(["序号", "条目", "检查内容", "自查结果", "存在问题", "整改措施", "整改时限"])
    for item in range(ITEMS):
        due = FIRST + timedelta(item)
        sheet.append(
            [item + 1, f"五-{item}", "检查内容说明" * 3, "√×/"[item % 3], "楼道堆物", "立即清理", due]
        )
    for area in ("A1:G1", "A2:D2", "E2:G2"):
        sheet.merge_cells(area)
    workbook.save(path)


def _make_large(root: Path) -> Path:
    root.mkdir()
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("问题台账")
    sheet.append(LEDGER_HEADINGS)
    for serial in range(ROWS):
        sheet.append(_problem(serial))
    workbook.save(root / "台账.xlsx")
    return root


def _problem(serial: int) -> list[object]:
    found = FIRST + timedelta(serial % 60)
    return [
        serial + 1,
        f"{serial % 61}号小区",
        f"{serial % 28}号物业企业",
        f"五-{serial % 7}",
        f"第{serial % 97}栋一单元消防通道堵塞、楼道堆放杂物{serial * 7919 % 9973}处",
        found,
        "立即整改",
        found + timedelta(14),
        "街道办事处",
        "张三",
        13_800_000_000 + serial,
        "已整改",
        found + timedelta(7),
        None,
        "现场督办",
        f"备注{serial}",
        serial % 900,
        "李四" if serial % 3 else None,
    ]


if __name__ == "__main__":
    sys.exit(main())
