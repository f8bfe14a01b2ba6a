"""What is wrong with a heading: columns missing, two of one meaning, unknown ones, some without a title."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading, Index, empty_below, field_title, missing_fields, reach_of
from campaign.records import CellRef, Fault
from campaign.rulebook.model import Words
from campaign.rulebook.normal import heading_key

_ALIKE = 78  # of 100; below it two headings usually mean different things
_MAY_BE_MEANT = 40  # enough to say where a missing column probably stands


def heading_faults(sheet: Sheet, heading: Heading, words: Words, index: Index) -> tuple[Fault, ...]:
    """Missing required columns, columns that claim one meaning twice, and columns nobody knows."""
    untitled = tuple(_untitled(sheet, heading))
    strange = tuple(_strange(sheet, heading))
    found = "、".join(heading.titles.values())
    faults = [
        fault(
            "I-HEAD-MISSING",
            sheet.ref(heading.bottom, _probably(name, heading, index, strange, untitled)),
            field=field_title(words, heading.kind, name),
            found=found,
        )
        for name in missing_fields(heading, index)
    ]
    faults += [
        fault(
            "I-HEAD-TWICE",
            sheet.ref(heading.bottom, second),
            heading.titles[second],
            field=field_title(words, heading.kind, name),
            first=heading.titles[first],
            second=heading.titles[second],
        )
        for name, first, second in heading.rivals
    ]
    blank = (fault("I-HEAD-BLANK", sheet.ref(heading.bottom, column)) for column in untitled)
    return (*faults, *_unknown_columns(sheet, heading, strange, words, index), *blank)


def _strange(sheet: Sheet, heading: Heading) -> Iterator[int]:
    """Columns with something below a title that nobody knows."""
    reach = reach_of(sheet)
    used = {*heading.columns.values(), *heading.counts, *(second for _, _, second in heading.rivals)}
    for column in heading.titles:
        if column not in used and not empty_below(sheet, reach, column, heading.bottom):
            yield column


def _untitled(sheet: Sheet, heading: Heading) -> Iterator[int]:
    """Columns inside the table or right beside it with something below no title at all."""
    reach = reach_of(sheet)
    first, last = min(heading.titles), max(heading.titles)
    for column in range(max(1, first - 1), last + 2):
        if column not in heading.titles and not empty_below(sheet, reach, column, heading.bottom):
            yield column


def _probably(
    name: str, heading: Heading, index: Index, strange: tuple[int, ...], untitled: tuple[int, ...]
) -> int:
    """The column where a missing heading probably stands under another name or none; else the first one."""
    spellings = [key for key, field in index.names(heading.kind).items() if field == name]
    likeness = {
        column: max((fuzz.ratio(heading_key(heading.titles[column]), key) for key in spellings), default=0)
        for column in strange
    }
    best = max(likeness, key=likeness.__getitem__, default=0)
    if best and likeness[best] >= _MAY_BE_MEANT:
        return best
    return untitled[0] if len(untitled) == 1 else min(heading.titles)


def _unknown_columns(
    sheet: Sheet, heading: Heading, strange: tuple[int, ...], words: Words, index: Index
) -> Iterator[Fault]:
    absent = {key: field for key, field in index.names(heading.kind).items() if field not in heading.columns}
    for column in strange:
        title = heading.titles[column]
        ref = CellRef(sheet.file, sheet.name, heading.bottom, column)
        alike = process.extractOne(heading_key(title), list(absent), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if alike:
            meant = field_title(words, heading.kind, absent[alike[0]])
            yield fault("I-HEAD-SIMILAR", ref, title, found=title, field=meant)
        else:
            yield fault("I-HEAD-UNKNOWN", ref, title, found=title)
