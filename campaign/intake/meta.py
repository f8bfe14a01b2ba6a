"""The lines around a table: who reports (填报单位), when (填报时间), which community a form is for."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from campaign.intake.dates import DateReading, Doubt, Window, read_date, read_date_text
from campaign.intake.grid import Cell, Sheet
from campaign.intake.text import shown, tidy
from campaign.records import CellRef
from campaign.rulebook.model import Words

_HINT = r"(?:[(（][^()（）]{0,8}[)）])?"
DAY_IN_NAME = re.compile(r"(?<![\d.])(?:20\d\d[年.\-])?\d{1,2}[月.\-]\d{1,2}(?![\d.])|(?<!\d)20\d{6}(?!\d)")
_UNTIL = re.compile(r"截[至止]\s*((?:\d{4}\s*[年.\-/]\s*)?\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)")


@dataclass(frozen=True, slots=True)
class Labels:
    """How such lines are labelled (rules/headings.yaml, values, label), ready to be looked for.

    `within` finds label and value in one cell, the value being its first group; `alone` is a bare label of
    its kind, `bare` one of any kind.
    """

    within: Mapping[str, re.Pattern[str]]
    alone: Mapping[str, re.Pattern[str]]
    bare: re.Pattern[str]


def labels_of(words: Words) -> Labels:
    """The labels of a rulebook."""
    spelled = {name: "|".join(map(re.escape, texts)) for name, texts in words.values["label"].items()}
    every = "|".join(spelled.values())
    return Labels(
        within={
            name: re.compile(
                rf"(?:^|[\s（(，,；;|])(?:{texts}){_HINT}\s*[:：]\s*(.*?)(?=\s*(?:{every}){_HINT}\s*[:：]|$)",
                re.DOTALL,
            )
            for name, texts in spelled.items()
        },
        alone={name: re.compile(rf"(?:{texts}){_HINT}\s*[:：]?") for name, texts in spelled.items()},
        bare=re.compile(rf"(?:{every}){_HINT}\s*[:：]?"),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says under a label, and where."""

    text: str
    ref: CellRef
    cell: Cell | None = None  # the value's own cell where label and value are apart


def said(
    sheet: Sheet, labels: Labels, label: str, rows: Container[int], heading: Container[int] = range(0)
) -> Said | None:
    """What the given rows say under a label, in the label's cell or the next filled one to its right.

    Rows of a `heading` may hold such a line too, but only label and value in one cell: a bare label there
    is a column's.
    """
    pattern, alone = labels.within[label], labels.alone[label]
    for (row, column), cell in _cells(sheet, rows):
        text = shown(cell)
        if match := pattern.search(text):
            value = tidy(match.group(1)).strip("；;，,。")
            if value:
                return Said(value, sheet.ref(row, column))
        if alone.fullmatch(text.strip()) or (match and not match.group(1).strip()):
            beside = _next(sheet, labels, row, column)
            if beside:
                return beside
    inline = ((at, pattern.search(shown(cell))) for at, cell in _cells(sheet, heading))
    return next(
        (Said(tidy(m.group(1)), sheet.ref(*at)) for at, m in inline if m and m.group(1).strip()), None
    )


def reported_on(
    sheet: Sheet,
    labels: Labels,
    rows: Container[int],
    window: Window,
    heading: Container[int] = range(0),
) -> tuple[date | None, Said | None]:
    """The day a sheet was reported: 填报时间 if a line says so, else 截至… in its title."""
    line = said(sheet, labels, "reported_on", rows, heading)
    if line:
        reading = read_date(line.cell, window) if line.cell else _first_date(line.text, window)
        return reading.day, line
    for (row, column), cell in _cells(sheet, rows):
        if match := _UNTIL.search(shown(cell)):
            reading = read_date_text(match.group(1), window)
            return reading.day, Said(match.group(1), sheet.ref(row, column))
    return None, None


def day_in_name(name: str, window: Window) -> date | None:
    """The one day that the name of a file or sheet states, as in "某街道台账（4.28）"."""
    days = {read_date_text(text, window).day for text in DAY_IN_NAME.findall(name)} - {None}
    return days.pop() if len(days) == 1 else None


def _first_date(text: str, window: Window) -> DateReading:
    """A date with something behind it ("2023年4月21日 单位：个") is still that date."""
    for piece in (text, *re.split(r"\s{2,}|　", text), text.split(" ", maxsplit=1)[0]):
        reading = read_date_text(piece, window)
        if reading.day or reading.doubt is Doubt.IMPOSSIBLE:
            return reading
    return read_date_text(text, window)


def _cells(sheet: Sheet, rows: Container[int]) -> Iterator[tuple[tuple[int, int], Cell]]:
    return ((at, sheet.cells[at]) for at in sorted(at for at in sheet.cells if at[0] in rows))


def _next(sheet: Sheet, labels: Labels, row: int, column: int) -> Said | None:
    right = sorted(at for at in sheet.cells if at[0] == row and at[1] > column)
    beside = next(((at, cell) for at in right if shown(cell := sheet.cells[at])), None)
    if beside is None or labels.bare.fullmatch(shown(beside[1])):
        return None
    at, cell = beside
    return Said(shown(cell), sheet.ref(*at), cell)
