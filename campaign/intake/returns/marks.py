"""What our marks in an office's workbook look like, and how they are told from the office's own words.

A marked copy is corrected and sent back. Then the sheet we added must not be read as a ledger, nor our
comments as the office's; both are known by what they say, because Excel and WPS keep that and little else.
"""

import re
from collections.abc import Sequence

from campaign.intake.grid import Sheet
from campaign.intake.opinions import ZH, in_order, problem
from campaign.records import Fault

SHEET_NAME = "校验意见"
# The first cell of every sheet of ours: a sheet's name can be changed or taken, this sentence nobody types.
SHEET_TITLE = "校验意见（由核对程序添加，重新报送时不必删除）"
# The same of the sheets that our blank forms carry beside the table to fill in.
GUIDE_TITLE = "填写说明（表样自带，报送时不必删除）"
LISTS_TITLE = "下拉选项（表样自带，报送时不必删除）"
WAIVERS_TITLE = "豁免事项（由核对程序列出）"  # the waivers printed are no waivers granted
CHANGES_TITLE = "疑点清单（由核对程序列出）"
_OUR_TITLES = {SHEET_TITLE, GUIDE_TITLE, LISTS_TITLE, WAIVERS_TITLE, CHANGES_TITLE}
COMMENT_MARK, COMMENT_END = "【校验意见】", "【意见完】"
STAMP = "退回修改"  # custom document property: SHA-256 of the file that was marked

_OURS = re.compile(f"{COMMENT_MARK}.*?(?:{COMMENT_END}|$)", re.DOTALL)


def is_our_sheet(sheet: Sheet) -> bool:
    """Whether a sheet that was read is one that we added to a copy, or part of a blank form of ours."""
    cell = sheet.cells.get((1, 1))
    return cell is not None and str(cell.value).strip() in _OUR_TITLES


def is_our_title(text: str) -> bool:
    """Whether this is what stands in the first cell of the sheet of opinions that we added."""
    return text.strip() == SHEET_TITLE


def own_words(comment: str) -> str:
    """A comment without what we wrote into it; empty where all of it was ours."""
    return _OURS.sub("", comment).strip() if COMMENT_MARK in comment else comment


def comment_on(faults: Sequence[Fault]) -> str:
    """What is written at a cell about its faults, the worst first."""
    lines = [f"{ZH[f.severity]}：{problem(f)}。\n怎么改：{f.remedy}。（{f.code}）" for f in in_order(faults)]
    return "\n".join([COMMENT_MARK, *lines, COMMENT_END])
