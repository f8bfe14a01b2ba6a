"""`python -m sample`: write the sample county's workbooks of one week, or of several."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sample.county import SEED, county
from sample.parcel import write_week

WEEK = date(2023, 4, 28)  # the week that ships with the project


def main(arguments: Sequence[str] | None = None) -> int:
    """Write workbooks: one week straight into the folder, several into a folder each; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m sample", description="生成示例县的报送表格（内容全部虚构）"
    )
    parser.add_argument(
        "--weeks",
        metavar="日期",
        nargs="+",
        type=date.fromisoformat,
        default=[WEEK],
        help="截至日期（星期五）",
    )
    parser.add_argument("--out", metavar="文件夹", type=Path, default=Path("input"), help="写到哪里")
    parser.add_argument("--seed", metavar="数字", type=int, default=SEED, help="换一个数字就是另一个县")
    options = parser.parse_args(arguments)
    made = county(options.seed)
    unknown = [day for day in options.weeks if day not in made.fridays]
    if unknown:
        print(f"没有截至{unknown[0]}的一周；可选：{'、'.join(map(str, made.fridays))}", file=sys.stderr)
        return 2
    for friday in options.weeks:
        folder = options.out if len(options.weeks) == 1 else options.out / friday.isoformat()
        strangers = _strangers(folder)
        written = write_week(made, friday, folder)
        print(f"截至{friday}：已在 {folder} 写好{len(written)}份表格")
        left = sorted(strangers - set(written))
        if left:
            names = "、".join(str(path.relative_to(folder)) for path in left)
            print(f"注意：{folder} 中还有不属于这一周示例的表格，请移走后再使用：{names}", file=sys.stderr)
            return 2
    return 0


def _strangers(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*.xls*") if not path.name.startswith("~$")}


if __name__ == "__main__":
    sys.exit(main())
