"""docs/faults.md: the catalogue of faults as a page for the clerk, made from the code.

`python -m campaign.intake.catalogue` prints it.
"""

import string
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from campaign.intake.faults import CATALOGUE, FaultKind
from campaign.intake.opinions import MEANING, SEVERITIES, ZH
from campaign.rulebook.loader import load
from campaign.rulebook.model import Nouns

GROUPS: Mapping[str, str] = {
    "FILE": "文件",
    "SHEET": "工作表",
    "HEAD": "表头",
    "CELL": "单元格",
    "ROW": "行",
    "SET": "整体",
    "WAIVER": "豁免",
}
# What a placeholder stands for, where "…" would not be understood.
_STANDS_FOR: Mapping[str, str] = {
    "field": "某一栏",
    "count": "若干",
    "rows": "某",
    "columns": "某",
    "limit": "若干",
    "seconds": "若干",
}
_HEAD = """# 填报错误一览

这一页由程序自动生成（`make docs`），请不要手工修改。

每一处问题都有一个代码，写在校验意见和退回修改的批注里。同一个代码的意思不会改变，可以凭代码在这里查。
说明里的“…”是表格里的实际内容。

## 级别

| 级别 | 意思 |
|---|---|
"""
_AFTER_LEVELS = """
有致命或错误时，照样生成草稿，但不能正式印发。先看致命和错误，再看警告；提示不必管。
警告的说明里写着“没有计入”“没有采用”“没有读取”的，以说明为准。

个别错误确有理由不改的，可以在 `豁免.xlsx` 里写明理由、批准人和有效期；豁免的情况会印在附件里。
"""


def page(nouns: Nouns) -> str:
    """The page, in Markdown, in the words of a campaign."""
    levels = (f"| {ZH[severity]} | {MEANING[severity]} |\n" for severity in SEVERITIES)
    return nouns.fill(_HEAD + "".join(levels) + _AFTER_LEVELS + "".join(_sections()))


def _sections() -> Iterable[str]:
    for group, title in GROUPS.items():
        kinds = [kind for kind in CATALOGUE.values() if kind.code.split("-")[1] == group]
        lines = (_line(kind) for kind in kinds)
        yield f"\n## {title}\n\n| 代码 | 级别 | 说明 | 怎么改 |\n|---|---|---|---|\n{''.join(lines)}"


def _line(kind: FaultKind) -> str:
    cells = (kind.code, ZH[kind.severity], _plain(kind.message), _plain(kind.remedy))
    return f"| {' | '.join(cells)} |\n"


def _plain(text: str) -> str:
    """A sentence of the catalogue with something readable for its placeholders."""
    parts = (literal + _stand_in(literal, name) for literal, name, _, _ in string.Formatter().parse(text))
    return "".join(parts).replace("|", "｜").replace("\n", " ")


def _stand_in(before: str, name: str | None) -> str:
    if name is None:
        return ""
    if name == "hint":  # an aside, which may be empty, unless the sentence needs it
        return "…" if before.endswith("是") else ""
    if name in {place.name for place in fields(Nouns)}:
        return "{" + name + "}"
    return _STANDS_FOR.get(name, "…")


if __name__ == "__main__":
    sys.stdout.buffer.write(page(load(Path("rules")).campaign.nouns).encode())
