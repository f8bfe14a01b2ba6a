"""Where everything lies, what a run put where, and what keeps a run from beginning."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import UsageError
from campaign.history.archive import Manifest
from campaign.records import Fault, Week

RETURNS = "退回修改"
OPINIONS = "校验意见.xlsx"
SCORES = "附件-得分明细.xlsx"
SUSPICIONS = "疑点清单.xlsx"
DOUBTS = "疑似同一问题.xlsx"
CHECKED = "校验"  # the folder of `check`, beside the weeks
SUMMARY = "总结报告"
DOSSIERS = "档案"
GUIDELINE = "考核评分细则"
TRIAL = "试算"
TRIAL_SHEET = "试算.xlsx"
FORMS = "空白表样"

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything lies."""

    input: Path
    rules: Path
    templates: Path
    output: Path
    fonts: Path


@dataclass(frozen=True, slots=True)
class Published:
    """What a run put where. `kept` are the paths of files that the clerk had changed and that were kept."""

    folder: Path
    files: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    kept: tuple[str, ...] = ()
    week: Week | None = None
    manifest: Manifest | None = None  # of an issued week
    finished: bool = False  # it had been issued before; only register and catalogue were caught up now
    remarks: tuple[str, ...] = ()


class NoWeeksError(UsageError):
    """There is no week to sum up."""

    def __init__(self, output: Path) -> None:
        super().__init__(f"{output} 里还没有任何一周的结果，无法总结；请先逐周运行 make weekly")


class NoInputError(UsageError):
    """The input folder is missing or empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} 里没有表格；请先把各单位报来的表格放进去")


class RosterUnclearError(UsageError):
    """There is a roster, but it cannot be told which one counts."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.message}。{fault.remedy}")
