"""同一问题认定.xlsx: what the clerk has settled of problems that may be one.

The list of doubts that the program writes into the week's folder is filled in and handed in as it is; it may
be named anything, stay for weeks or be taken away again. A row that is not decided yet says nothing.
"""

from collections.abc import Sequence

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading
from campaign.intake.tables import Row, split_rows
from campaign.intake.text import folded
from campaign.intake.values import Desk, FieldReader
from campaign.records import Fault, Settlement

KIND = "settlement"


def read_settlements(
    tables: Sequence[tuple[Sheet, Heading]], desk: Desk
) -> tuple[tuple[Settlement, ...], tuple[Fault, ...]]:
    """The decided rows, each pair of problems once; rows that contradict each other count for nothing."""
    found: dict[tuple[str, str], Settlement] = {}
    refused: set[tuple[str, str]] = set()
    faults: list[Fault] = []
    for sheet, heading in tables:
        for row in split_rows(sheet, heading, ("earlier", "later", "same")).rows:
            settlement, wrong = _read(row, desk)
            faults += wrong
            if settlement is None:
                continue
            at = (settlement.earlier, settlement.later)
            first = found.setdefault(at, settlement)
            if first.same is not settlement.same:
                refused.add(at)
                place = settlement.origin.ref("same")
                words = {"found": first.origin.ref("same")}
                faults.append(fault("I-ROW-SETTLED-TWICE", place, settlement.origin.raw("same"), **words))
    return tuple(s for at, s in found.items() if at not in refused), tuple(faults)


def _read(row: Row, desk: Desk) -> tuple[Settlement | None, list[Fault]]:
    reader = FieldReader(row, KIND, desk)
    typed = reader.text("same")
    if not typed:
        return None, reader.faults
    answer = desk.means("yes_no", typed)
    if answer is None:
        reader.report("I-CELL-SAME", "same")
    earlier, later = reader.required_text("earlier"), reader.required_text("later")
    by = reader.required_text("by")
    if reader.erred or answer is None:
        return None, reader.faults
    names = folded(earlier).upper(), folded(later).upper()
    return Settlement(*names, answer == "yes", by, reader.text("note"), row.origin()), reader.faults
