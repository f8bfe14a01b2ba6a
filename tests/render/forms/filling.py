"""A clerk at a blank form: finds the columns by their headings, types, saves, sends it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from campaign.intake.desk import Intake, receive
from campaign.records import Fault, Roster, Severity
from campaign.render.forms import ROSTER, blank_forms
from tests.support.county import rulebook, small_roster

Typed = str | int | date | None


@cache
def forms() -> Mapping[str, bytes]:
    """The blank forms of the small county."""
    return blank_forms(rulebook(), small_roster())


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def heading(sheet: Worksheet, kind: str) -> tuple[int, dict[str, int]]:
    """The row of the heading, and the column of each field by the first of its spellings."""
    titles = {spelled[0]: field for field, spelled in rulebook().words.kinds[kind].items()}
    for row in range(1, 8):
        found = {
            titles[str(cell.value)]: cell.column
            for cell in sheet[row]
            if not isinstance(cell, MergedCell) and str(cell.value) in titles
        }
        if len(found) > 2:
            return row, found
    raise AssertionError(f"no heading on {sheet.title}")


def report_on(sheet: Worksheet, day: date) -> None:
    """Type 填报时间 into the cell beside its label."""
    label = next(cell for cell in sheet[2] if str(cell.value).startswith("填报时间"))
    assert label.column is not None
    sheet.cell(2, label.column + 2).value = day


def put(sheet: Worksheet, row: int, column: int, value: Typed) -> None:
    """Type into a cell that is free to be typed into; a text stays a text, as in a cell formatted so."""
    cell = sheet.cell(row, column)
    assert not isinstance(cell, MergedCell)
    # A cell that is not there yet is locked or not as its column says.
    beyond = not sheet.column_dimensions[cell.column_letter].protection.locked
    assert not cell.protection.locked or beyond, f"{cell.coordinate} is locked"
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def fill(
    sheet: Worksheet, kind: str, rows: Iterable[Mapping[str, Typed]], day: date | None, *, first: int = 1
) -> None:
    """Type rows into a form from its first row on, and 填报时间 where a day is given."""
    head, columns = heading(sheet, kind)
    for number, row in enumerate(rows, head + first):
        for field, value in row.items():
            if value is not None:
                put(sheet, number, columns[field], value)
    if day is not None:
        report_on(sheet, day)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def roster_file() -> bytes:
    """The blank roster, filled in with the small county."""
    book = opened(blank_forms(rulebook(), Roster())[ROSTER])
    county = small_roster()
    communities = [
        {
            "community": c.name,
            "subdistrict": c.subdistrict,
            "company": c.company,
            "households": c.households,
        }
        for c in county.communities
    ]
    companies = [{"company": c.name, "principal": c.principal, "phone": c.phone} for c in county.companies]
    offices = [{"subdistrict": s.name, "principal": s.principal, "post": s.post} for s in county.subdistricts]
    fill(book["小区"], "roster_communities", communities, None)
    fill(book["物业企业"], "roster_companies", companies, None)
    fill(book["街道办事处"], "roster_subdistricts", offices, None)
    return saved(book)


def sent(folder: Path, as_of: date, **files: bytes) -> Intake:
    """What intake makes of the roster and of these files, named without their ending."""
    folder.joinpath("名册.xlsx").write_bytes(roster_file())
    for name, data in files.items():
        folder.joinpath(f"{name}.xlsx").write_bytes(data)
    return receive(folder, rulebook(), as_of, 1)


def told(intake: Intake, name: str) -> list[Fault]:
    """The faults of one file that somebody would have to act on."""
    return [f for f in intake.faults if f.ref.file == f"{name}.xlsx" and f.severity is not Severity.INFO]
