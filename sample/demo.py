"""`python -m sample.demo`: issue eight weeks of the sample county by the real command, and check.

Each week's workbooks go to demo/input/<date>/, what is issued to demo/output/archive/<date>/; the figures
that come out are held against those that follow from the records. At the end the archive is verified, and its
last week made again.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sample.county import County, county
from sample.parcel import write_week
from sample.truth import figures

WEEKS = 8
_FOLDER = Path("demo")
_ROOT = Path(__file__).parent.parent


def main() -> int:
    """Play the weeks and the summary; stop at the first that goes wrong. Returns an exit code."""
    made = county()
    shutil.rmtree(_ROOT / _FOLDER, ignore_errors=True)
    print(f"演示：示例县连续{WEEKS}周的周通报，逐周印发（单位、人员、数字全部虚构）\n")
    for number, friday in enumerate(made.fridays[:WEEKS], 1):
        if not _play(made, number, friday):
            return 1
    print(f"\n汇总：生成总结报告（{WEEKS}周）……", flush=True)
    if _run("summary", "--output", str(_FOLDER / "output")):
        print("总结报告没有生成，原因见上。", file=sys.stderr)
        return 1
    print("\n核对归档，并把最后一期重新生成一遍……", flush=True)
    if _run("verify", "--rebuild", str(made.fridays[WEEKS - 1]), "--output", str(_FOLDER / "output")):
        print("归档核对不符，原因见上。", file=sys.stderr)
        return 1
    print(f"\n演示完毕。请打开 {_FOLDER / 'output' / 'archive'}：每周一个文件夹，先看其中的 index.html；")
    print(
        f"发文登记簿和归档目录在 {_FOLDER / 'output'} 和其中的 archive，总结报告也在 {_FOLDER / 'output'}；"
    )
    print(f"各周报送的表格在 {_FOLDER / 'input'}。")
    return 0


def _play(made: County, number: int, friday: date) -> bool:
    folder = _FOLDER / "input" / friday.isoformat()
    written = write_week(made, friday, _ROOT / folder)
    print(f"第{number}周（截至{friday}）：收到{len(written)}份表格，印发通报……", flush=True)
    code = _run("issue", "--input", str(folder), "--output", str(_FOLDER / "output"))
    if code:
        print(f"这一周没有成功（退出码 {code}），原因见上。", file=sys.stderr)
        return False
    result = _ROOT / _FOLDER / "output" / "archive" / friday.isoformat() / "data" / "figures.json"
    expected = figures(made.books(friday))
    wrong = list(differences(expected, json.loads(result.read_text(encoding="utf-8"))))
    for place in wrong:
        print(f"  数字不符：{place}", file=sys.stderr)
    if not wrong:
        totals: Mapping[str, Any] = expected["totals"]  # type: ignore[assignment]
        print(
            f"  数字逐项核对无误：累计发现{totals['found']}个，已整改{totals['done']}个，"
            f"其中已销号{totals['closed']}个，逾期{totals['overdue']}个"
        )
    return not wrong


def _run(*arguments: str) -> int:
    command = [sys.executable, "generate.py", *arguments]
    return subprocess.run(command, check=False, cwd=_ROOT).returncode  # noqa: S603 - the project's own command


def differences(expected: Mapping[str, Any], found: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Where two sets of figures differ; keys that only the program's own have are allowed."""
    for key, value in expected.items():
        place = f"{path}／{key}" if path else key
        if isinstance(value, Mapping):
            yield from differences(value, found.get(key, {}), place)
        elif found.get(key) != value:
            yield f"{place} 应为 {value}，实为 {found.get(key)}"


if __name__ == "__main__":
    sys.exit(main())
