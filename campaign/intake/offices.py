"""One ledger workbook per office: what it reports, and which of several workbooks count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from campaign.intake.editions import current
from campaign.intake.entries import Entry
from campaign.intake.faults import fault
from campaign.intake.ledgers import LedgerSheet, read_entries
from campaign.intake.repeated import without_repeats
from campaign.intake.values import Desk
from campaign.records import CellRef, Fault, LedgerReceipt


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The sheets of one ledger workbook, their rows read and repeats taken out."""

    file: str
    sheets: tuple[LedgerSheet, ...]
    entries: tuple[Entry, ...]
    repeats: dict[CellRef, int]
    faults: tuple[Fault, ...]

    @property
    def offices(self) -> tuple[str, ...]:
        """The subdistricts this workbook reports for."""
        named = [s.office for s in self.sheets if s.office] + [e.office for e in self.entries if e.office]
        return tuple(dict.fromkeys(named))

    @property
    def reported_on(self) -> date | None:
        """The newest 填报时间 among the sheets."""
        return max((s.reported_on for s in self.sheets if s.reported_on), default=None)

    @property
    def blank(self) -> bool:
        """Whether this is a form that nobody filled in: no row, and no word of when it was reported.

        A day in the file's name alone does not say that there is nothing to report.
        """
        named = any(f.code == "I-SET-REPORTED-NAME" for f in self.faults)
        undated = named or (self.reported_on is None and not any(f.severity.blocks for f in self.faults))
        return undated and not self.entries


def read_ledger(sheets: tuple[LedgerSheet, ...], desk: Desk, as_of: date) -> LedgerFile:
    """Read the sheets of one workbook that count; faults of rows that another sheet repeats are told once."""
    read = [read_entries(sheet, desk, as_of) for sheet in sheets]
    now = current([(sheet, entries) for sheet, (entries, _) in zip(sheets, read, strict=True)], desk, as_of)
    merged = without_repeats((read[n][0] for n in now.places), now.family)
    counted = {id(entry.row) for entry in merged.entries}
    kept = sorted(now.places)
    faults = [
        *now.faults,
        *(f for n in kept for f in sheets[n].faults),
        *(f for n in kept for f in read[n][1]),
        *(f for n in kept for e in read[n][0] if id(e.row) in counted for f in e.faults),
        *merged.faults,
    ]
    order = {sheets[n].sheet.ref(): n for n in kept}
    return LedgerFile(
        file=sheets[0].sheet.file,
        sheets=tuple(sheets[n] for n in kept),
        entries=tuple(sorted(merged.entries, key=lambda entry: order[entry.row.sheet.ref()])),
        repeats=merged.repeats,
        faults=tuple(faults),
    )


def one_per_office(ledgers: list[LedgerFile]) -> tuple[list[LedgerFile], list[Fault]]:
    """Several workbooks of one office count together only where they share no problem; else none does.

    One that is blank counts for nothing: an office that sent no other has not reported.
    """
    faults: list[Fault] = []
    refused: set[str] = set()
    by_office: dict[str, list[LedgerFile]] = {}
    for ledger in ledgers:
        if ledger.blank:
            faults.append(fault("I-SET-BLANK", CellRef(ledger.file)))
            refused.add(ledger.file)
            continue
        if not any(sheet.usable for sheet in ledger.sheets):
            refused.add(ledger.file)  # what it lacks has been said of each sheet
            continue
        if not ledger.offices:
            faults.append(fault("I-SET-OFFICE", CellRef(ledger.file)))
            refused.add(ledger.file)
        for office in ledger.offices:
            by_office.setdefault(office, []).append(ledger)
    for office, rivals in by_office.items():
        if _overlap(rivals):
            found = "、".join(f"《{r.file}》" for r in rivals)
            faults += [fault("I-SET-LEDGER-TWICE", CellRef(r.file), office, found=found) for r in rivals]
            refused |= {r.file for r in rivals}
    return [ledger for ledger in ledgers if ledger.file not in refused], faults


def _overlap(ledgers: list[LedgerFile]) -> bool:
    seen: set[tuple[str, ...]] = set()
    for ledger in ledgers:
        keys = {entry.key for entry in ledger.entries}
        if seen & keys:
            return True
        seen |= keys
    return False


def receipts(ledger: LedgerFile) -> Iterator[LedgerReceipt]:
    """What became of each sheet, said aloud."""
    for sheet in ledger.sheets:
        mine = [entry for entry in ledger.entries if entry.row.sheet is sheet.sheet]
        yield LedgerReceipt(
            subdistrict=sheet.office or "、".join(ledger.offices),
            ref=sheet.sheet.ref(),
            reported_on=sheet.reported_on,
            counted=sum(1 for entry in mine if entry.problem),
            pending=sum(1 for entry in mine if entry.pending),
            repeats=ledger.repeats.get(sheet.sheet.ref(), 0),
            passed_over=tuple(
                (row.sheet.ref(row.number, row.filled[0]).cell, reason)
                for row, reason in sheet.table.passed_over
            ),
        )
