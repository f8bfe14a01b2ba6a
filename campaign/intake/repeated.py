"""Rows that repeat rows: a line entered twice, a sheet that says again what others say (汇总 beside 分表)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from campaign.intake.entries import Entry, set_aside
from campaign.intake.faults import fault
from campaign.intake.text import folded
from campaign.intake.values import Desk, marked, sets_aside
from campaign.records import CellRef, Fault

_ALONE: Mapping[CellRef, str] = MappingProxyType({})


def without_repeated_lines(entries: Iterable[Entry], desk: Desk) -> Iterator[Entry]:
    """A line of a sheet that was entered twice, its number included, counts once; the second is an error.

    Cells merged over several lines are one entry, not two.
    """
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        serial = folded(entry.row.text("serial"))
        known = first.setdefault((serial, *entry.key), entry)
        place = entry.row.ref("description")
        if known is entry or not serial or not entry.whole or known.row.ref("description") == place:
            yield entry
            continue
        words = {"found": known.row.ref("description")}
        told = marked(fault("I-ROW-REPEATED", place, entry.row.text("description"), **words), desk.grants)
        again = replace(entry, faults=(*entry.faults, told))
        yield set_aside(again) if sets_aside(told) else again


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of several sheets with repeats taken out."""

    entries: tuple[Entry, ...]
    repeats: dict[CellRef, int]  # sheet → rows that another sheet already has
    faults: tuple[Fault, ...]


def without_repeats(sheets: Iterable[tuple[Entry, ...]], family: Mapping[CellRef, str] = _ALONE) -> Merged:
    """Count each problem once where one sheet of a workbook repeats the rows of others (汇总 beside 分表).

    A problem that one sheet has twice counts twice; across sheets the greatest number counts, not the sum.
    Sheets of one `family` are editions of one ledger, the newest first: an older one that says something else
    of a problem does not contradict it.
    """
    kept: dict[tuple[str, ...], list[Entry]] = {}
    order: list[Entry] = []
    repeats: dict[CellRef, int] = {}
    faults: list[Fault] = []
    conflicts: set[int] = set()
    for entries in sheets:
        seen: dict[tuple[str, ...], int] = {}
        for entry in entries:
            nth = seen[entry.key] = seen.get(entry.key, 0) + 1
            known = kept.setdefault(entry.key, [])
            if nth > len(known):
                known.append(entry)
                order.append(entry)
                continue
            sheet = entry.row.sheet.ref()
            repeats[sheet] = repeats.get(sheet, 0) + 1
            editions = sheet in family and family[sheet] == family.get(known[nth - 1].row.sheet.ref())
            wrong = [] if editions else _conflict(known[nth - 1], entry)
            conflicts |= {id(known[nth - 1]) for f in wrong if f.code == "I-SHEET-CONFLICT"}
            faults += wrong
    entries = tuple(set_aside(e, "I-SHEET-CONFLICT") if id(e) in conflicts else e for e in order)
    told = [fault("I-SHEET-SUMMARY", sheet, count=count) for sheet, count in repeats.items()]
    return Merged(entries, repeats, (*told, *faults))


def _conflict(first: Entry, again: Entry) -> list[Fault]:
    """Where two sheets disagree on one problem; the errors of the second where only the first is right."""
    if first.problem is not None and again.problem is None:
        return [f for f in again.faults if f.severity.blocks]
    if first.problem is None or again.problem is None or first.state == again.state:
        return []
    name = next(
        n
        for n in ("status", "due_on", "rectified_on", "closed_on")
        if getattr(first.problem, n) != getattr(again.problem, n)
    )
    field = name if name in first.row.columns else "status"
    other = again.row.ref(field)
    words = {"found": f"“{other.sheet}”{other.cell}", "expected": again.row.text(name)}
    return [fault("I-SHEET-CONFLICT", first.row.ref(field), first.row.text(name), **words)]
