"""Which kind of table each sheet holds: told by its headings, never by the file's name."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet, Workbook
from campaign.intake.heading_faults import heading_faults
from campaign.intake.headings import Heading, Index, find_heading, missing_fields
from campaign.intake.returns.marks import is_our_sheet
from campaign.intake.roster import AGENCIES, COMMUNITIES, COMPANIES, SUBDISTRICTS, RosterSheet
from campaign.intake.text import folded, shown
from campaign.records import CellRef, Fault
from campaign.rulebook.model import Words

_MAIN_KINDS = (
    "ledger",
    "self_check",
    "spot_check",
    "complaint",
    "activity",
    "merit",
    "waiver",
    "settlement",
    "adjustment",
    COMMUNITIES,
)
# The other sheets of a roster workbook go by their names: their few columns alone would fit too many tables.
_ROSTER_SHEETS = (
    ("agencies", AGENCIES, ("agency",)),
    ("subdistricts", SUBDISTRICTS, ("subdistrict",)),
    ("companies", COMPANIES, ("company",)),
)
_SHOWN = 8  # headings or words quoted for a table nobody knows
_NEARLY = 6  # a table with so many known columns that lacks one is that table, not another


@dataclass(frozen=True, slots=True)
class Tables:
    """The recognised tables of one workbook by kind, and what was wrong with the rest."""

    workbook: Workbook
    found: tuple[tuple[Sheet, Heading], ...] = ()
    roster: tuple[RosterSheet, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    def of(self, kind: str) -> tuple[tuple[Sheet, Heading], ...]:
        """The usable tables of one kind, in the order of the sheets."""
        return tuple(pair for pair in self.found if pair[1].kind == kind)


def sort_sheets(workbook: Workbook, index: Index, words: Words) -> Tables:
    """Recognise every sheet of a workbook; what cannot be used is said, with the headings that were seen."""
    main = index.only({kind: index.required.get(kind, ()) for kind in _MAIN_KINDS if kind in index.fields})
    # A copy that we marked comes back with our own sheet in it, a form of ours with its instructions: those
    # are nobody's tables.
    sheets = [sheet for sheet in workbook.sheets if not is_our_sheet(sheet)]
    headings = [(sheet, find_heading(sheet, main)) for sheet in sheets]
    whole = [(s, h) for s, h in headings if h and not missing_fields(h, main)]
    if any(h.kind == COMMUNITIES for _, h in whole):
        return _roster_workbook(workbook, headings, index, words)
    faults: list[Fault] = []
    usable: list[tuple[Sheet, Heading]] = []
    for sheet, heading in headings:
        faults += _about_sheet(sheet)
        if heading is None or not _is_that_table(heading, main, alone=not whole):
            faults += _unknown_sheet(sheet, alone=not whole and len(sheets) == 1)
            continue
        wrong = heading_faults(sheet, heading, words, main)
        faults += wrong
        if not any(f.severity.blocks for f in wrong):
            usable.append((sheet, heading))
    if not usable and not any(f.severity.blocks for f in faults):
        faults.append(fault("I-FILE-KIND", CellRef(workbook.file), found=_seen(workbook)))
    return Tables(workbook, tuple(usable), (), tuple(faults))


def _is_that_table(heading: Heading, index: Index, *, alone: bool) -> bool:
    """Whether a heading that lacks required fields still names its kind, so that we can say what it lacks."""
    missing = missing_fields(heading, index)
    required = index.required.get(heading.kind, ())
    if not missing:
        return True
    if len(missing) == 1 and len(heading.columns) >= _NEARLY:
        return True
    return alone and len(missing) * 2 <= len(required)


def _roster_workbook(
    workbook: Workbook, headings: list[tuple[Sheet, Heading | None]], index: Index, words: Words
) -> Tables:
    found: list[RosterSheet] = []
    faults: list[Fault] = []
    for sheet, heading in headings:
        faults += _about_sheet(sheet)
        known = heading if heading and heading.kind == COMMUNITIES else _by_name(sheet, index, words)
        if known is None or missing_fields(known, index.only({known.kind: _least(known.kind)})):
            faults += _unknown_sheet(sheet, alone=False)
            continue
        wrong = heading_faults(sheet, known, words, index.only({known.kind: _least(known.kind)}))
        faults += wrong
        if not any(f.severity.blocks for f in wrong):
            found.append(RosterSheet(sheet, known))
    return Tables(workbook, (), tuple(found), tuple(faults))


def _by_name(sheet: Sheet, index: Index, words: Words) -> Heading | None:
    for sheets, kind, required in _ROSTER_SHEETS:
        names = words.values["roster_sheet"].get(sheets, ())
        if any(name in folded(sheet.name) for name in names) and kind in index.fields:
            return find_heading(sheet, index.only({kind: required}))
    return None


def _least(kind: str) -> tuple[str, ...]:
    return next(
        (required for _, k, required in _ROSTER_SHEETS if k == kind), ("community", "subdistrict", "company")
    )


# --- What is said of sheets -----------------------------------------------------------------------


def _about_sheet(sheet: Sheet) -> Iterator[Fault]:
    """Hidden sheets, rows and columns are read like the others, and said."""
    if not sheet.cells:
        return
    if sheet.hidden:
        yield fault("I-SHEET-HIDDEN", sheet.ref(), sheet.name)
    rows = sorted({r for r, _ in sheet.cells} & sheet.hidden_rows)
    if rows:
        yield fault("I-SHEET-HIDDEN-ROWS", sheet.ref(), rows="、".join(map(str, rows[:_SHOWN])))
    columns = sorted({c for _, c in sheet.cells} & sheet.hidden_columns)
    if columns:
        letters = "、".join(CellRef(sheet.file, sheet.name, 1, c).cell.rstrip("1") for c in columns[:_SHOWN])
        yield fault("I-SHEET-HIDDEN-COLUMNS", sheet.ref(), columns=letters)


def _unknown_sheet(sheet: Sheet, *, alone: bool) -> Iterator[Fault]:
    if not sheet.cells:
        yield fault("I-SHEET-EMPTY", sheet.ref(), sheet.name)
    elif not alone:
        yield fault("I-SHEET-OTHER", sheet.ref(), sheet.name, found=_words_of(sheet))


def _seen(workbook: Workbook) -> str:
    texts = [_words_of(sheet) for sheet in workbook.sheets if sheet.cells]
    return "；".join(texts[:3]) or "（没有内容）"


def _words_of(sheet: Sheet) -> str:
    """The first few texts of a sheet, from its fullest row near the top: most likely its heading."""
    top = sorted({row for row, _ in sheet.cells})[:10]
    rows: dict[int, list[str]] = {row: [] for row in top}
    for at in sorted(at for at in sheet.cells if at[0] in rows):
        rows[at[0]].append(shown(sheet.cells[at]))
    return "、".join(text for text in max(rows.values(), key=len) if text)[:80]
