"""How faults are put before people: their words and colours, their order, and the table they stand in.

One table serves the workbook for the county office and the copies that go back to the offices.
"""

from collections.abc import Mapping, Sequence

from openpyxl.styles import PatternFill

from campaign.records import Fault, Severity

SEVERITIES = tuple(Severity)  # the worst first
ZH: Mapping[Severity, str] = {
    Severity.FATAL: "致命",
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.INFO: "提示",
}
MEANING: Mapping[Severity, str] = {
    Severity.FATAL: "整个文件或整张表没有计入",
    Severity.ERROR: "这一行没有计入，待核实",
    Severity.WARNING: "已经计入，请核对",
    Severity.INFO: "已自动处理，不必改",
}
COLOURS: Mapping[Severity, str] = {
    Severity.FATAL: "FFFF8F87",
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFEB9C",
    Severity.INFO: "FFDDEBF7",
}
FILLS: Mapping[Severity, PatternFill] = {s: PatternFill("solid", fgColor=c) for s, c in COLOURS.items()}


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Faults as they are read: fatal to info, then by file, sheet, row and column."""
    return sorted(faults, key=lambda f: (SEVERITIES.index(f.severity), f.ref, f.code, f.message))


def problem(fault: Fault) -> str:
    """The fault's message without the place in front of it, for a table that has columns for the place."""
    return fault.message.removeprefix(f"{fault.ref}：")


def counted(faults: Sequence[Fault]) -> dict[Severity, int]:
    """How many faults there are of each severity."""
    return {severity: sum(f.severity is severity for f in faults) for severity in SEVERITIES}


def told(faults: Sequence[Fault]) -> str:
    """The numbers by severity, for a sentence: "错误2处、警告5处"; zeros are left out."""
    return "、".join(f"{ZH[s]}{n}处" for s, n in counted(faults).items() if n)
