"""What is typed into a cell, read field by field; what cannot be read becomes a fault, never a guess."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from campaign.intake.dates import Doubt, Window, read_date
from campaign.intake.faults import CATALOGUE, fault
from campaign.intake.grid import Cell, CellKind
from campaign.intake.headings import Index, field_title, index_of
from campaign.intake.meta import Labels, labels_of
from campaign.intake.names import Names, names_of
from campaign.intake.tables import Row
from campaign.intake.text import folded, is_blank, shown
from campaign.records import CellRef, Community, Fault, Roster, Severity, Waiver
from campaign.rulebook.model import Rulebook, Words
from campaign.rulebook.normal import word_key

_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[-—– ]?\d{7,8}(?:[-转]\d{1,6})?|\d{7,8})(?!\d)")
_COUNT = re.compile(r"(\d+)(?:次|场|份|人次|人|个|期|起|件|处|户|条)?")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?:元|分|%|次|起|件|处|个|项|人|户|套)?")
_MOST = 100  # per cent
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_UNUSED = {CellKind.ERROR: "I-CELL-ERROR-UNUSED", CellKind.UNCOMPUTED: "I-CELL-FORMULA-UNUSED"}

Grants = Mapping[tuple[str, CellRef], Waiver]  # code and place of a fault → the waiver that lets it pass


def marked(found: Fault, grants: Grants) -> Fault:
    """The fault, with its waiver where it is an error that is waived."""
    waiver = grants.get((found.code, found.ref)) if found.severity is Severity.ERROR else None
    return found if waiver is None else replace(found, waiver=waiver)


def sets_aside(found: Fault) -> bool:
    """Whether a fault forbids counting its row; one that is waived only where a field could not be read."""
    return found.severity.blocks and (found.waiver is None or not CATALOGUE[found.code].readable)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader of tables needs at hand: the words, the names, the checklist and the campaign's days."""

    rulebook: Rulebook
    names: Names
    index: Index
    window: Window
    meanings: Mapping[str, Mapping[str, str]]  # list → key of a spelling → canonical value
    communities: Mapping[str, Community]
    labels: Labels
    grants: Grants = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The rulebook's headings and words."""
        return self.rulebook.words

    def community(self, name: str) -> Community:
        """The community of a roster name."""
        return self.communities[name]

    def title(self, kind: str, field: str) -> str:
        """A field's name for the clerk."""
        return field_title(self.words, kind, field)

    def means(self, words: str, text: str) -> str | None:
        """The canonical value of a spelling in one of the closed lists; None for a word nobody listed."""
        return self.meanings.get(words, {}).get(word_key(text))

    def empty(self, cell: Cell | None) -> bool:
        """Whether a cell is blank or says so ("/", "无")."""
        return is_blank(cell) or self.means("empty", shown(cell)) is not None


def desk_of(rulebook: Rulebook, roster: Roster) -> Desk:
    """A desk for one run."""
    return Desk(
        rulebook=rulebook,
        names=names_of(roster, _agencies(rulebook, roster), rulebook.words),
        communities={c.name: c for c in roster.communities},
        index=index_of(rulebook.words),
        labels=labels_of(rulebook.words),
        window=Window(rulebook.campaign.starts_on, rulebook.campaign.ends_on),
        meanings={
            words: {word_key(s): value for value, spellings in values.items() for s in spellings}
            for words, values in rulebook.words.values.items()
        },
    )


def _agencies(rulebook: Rulebook, roster: Roster) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((a.name, a.aliases) for a in rulebook.campaign.agencies)
    yield from ((name, ()) for name in roster.agencies)


class FieldReader:
    """Reads the fields of one row and collects what is wrong with them.

    The only mutable thing of intake: it lives for one row. `faults` holds what was found so far.
    """

    def __init__(self, row: Row, kind: str, desk: Desk) -> None:
        self.row = row
        self.kind = kind
        self.desk = desk
        self.faults: list[Fault] = []

    def report(self, code: str, name: str, value: str | None = None, **words: object) -> None:
        """Note a fault at a field's cell, with what the cell shows unless `value` says otherwise."""
        words.setdefault("field", self.desk.title(self.kind, name))
        shown_value = self.row.text(name) if value is None else value
        found = marked(fault(code, self.row.ref(name), shown_value, **words), self.desk.grants)
        if found not in self.faults:  # a field may be asked for more than once
            self.faults.append(found)

    @property
    def erred(self) -> bool:
        """Whether anything found so far forbids counting the row."""
        return any(map(sets_aside, self.faults))

    def refused(self, name: str) -> bool:
        """Whether an error was found in a field's cell."""
        return any(f.severity.blocks and f.ref == self.row.ref(name) for f in self.faults)

    def readable(self, name: str) -> bool:
        """Whether the cell holds a value at all; an error value or an unknown result is reported."""
        cell = self.row.cell(name)
        if cell is not None and cell.kind is CellKind.ERROR:
            self.report("I-CELL-ERROR", name)
            return False
        if cell is not None and cell.kind is CellKind.UNCOMPUTED:
            self.report("I-CELL-FORMULA", name, cell.formula)
            return False
        return True

    def required_text(self, name: str) -> str:
        """A text that must be there; blank is a fault."""
        if not self.readable(name):
            return ""
        if self.desk.empty(self.row.cell(name)):
            self.report("I-CELL-MISSING", name)
            return ""
        return self.row.text(name)

    def text(self, name: str) -> str:
        """A text that may be missing; "/" and 无 count as missing, and so do values that are none."""
        cell = self.row.cell(name)
        if cell is not None and cell.kind in _UNUSED:
            self.report(_UNUSED[cell.kind], name, cell.formula or None)
            return ""
        return "" if self.desk.empty(cell) else shown(cell)

    def day(
        self, name: str, *, required: bool = False, deadline: bool = False, distant: bool = False
    ) -> date | None:
        """A date; None where there is none or it is in doubt, which is reported.

        `distant` is a date that may lie far from the campaign, such as that of an honour.
        """
        if not self.readable(name):
            return None
        cell = self.row.cell(name)
        if cell is None or self.desk.empty(cell):
            if required:
                self.report("I-CELL-MISSING", name)
            return None
        reading = read_date(cell, self.desk.window, deadline=deadline)
        if reading.day is None:
            self._report_doubt(name, reading.doubt, reading.hint, required=required, deadline=deadline)
            return None
        if reading.doubt is Doubt.YEAR_INFERRED:
            self.report("I-CELL-YEAR", name, expected=reading.day.isoformat())
        if not distant and not self.desk.window.plausible(reading.day):
            self.report("I-CELL-DATE-RANGE", name, window=self.desk.window)
        return reading.day

    def _report_doubt(self, name: str, doubt: Doubt, hint: str, *, required: bool, deadline: bool) -> None:
        match doubt:
            case Doubt.IMPOSSIBLE:
                self.report("I-CELL-DATE-IMPOSSIBLE", name)
            case Doubt.AMBIGUOUS:
                self.report("I-CELL-DATE-UNSURE" if required else "I-CELL-DATE-AMBIGUOUS", name, hint=hint)
            case _ if deadline:
                self.report("I-CELL-DUE-VAGUE", name, hint=hint)
            case _:
                self.report("I-CELL-DATE", name, hint=hint)

    def person_and_phone(self) -> tuple[str, str]:
        """Name and telephone of the person answerable, from two columns or from one that holds both."""
        both = self.text("person_phone")
        if both:
            found = _PHONE.search(folded(both)) or _PHONE.search(both)
            person = _PHONE.sub("", both).strip(" \n\t\u3000\xa0（）()，,：:/、") if found else both
            return person, found.group() if found else ""
        phone = self.text("phone")
        if phone and not _PHONE.search(folded(phone)):
            self.report("I-CELL-PHONE", "phone")
        return self.text("responsible_person"), phone

    def number(self, name: str) -> Decimal | None:
        """A number such as 2, 0.5, 5000元 or 87.5%; None where there is none or it is in doubt."""
        if not self.readable(name):
            return None
        cell = self.row.cell(name)
        if cell is None or self.desk.empty(cell):
            return None
        if isinstance(cell.value, int | float) and "%" in cell.number_format:
            return Decimal(str(cell.value)) * _MOST
        match = _NUMBER.fullmatch(folded(shown(cell)).replace(",", ""))
        if match:
            return Decimal(match.group(1))
        self.report("I-CELL-NUMBER", name)
        return None

    def count(self, column: int, title: str) -> int | None:
        """A number of times in a column of its own; None (and a fault) where it is no number."""
        cell = self.row.sheet.cells.get((self.row.number, column))
        if is_blank(cell):
            return None
        match = _COUNT.fullmatch(folded(shown(cell)))
        if match:
            return int(match.group(1))
        ref = self.row.sheet.ref(self.row.number, column)
        self.faults.append(fault("I-CELL-COUNT", ref, shown(cell), field=title))
        return None


def percent_done(cell: Cell, heading: str = "") -> Decimal | None:
    """A share of work done in per cent; None for anything else.

    Written as 80%, as 0.8 in a cell formatted so, or as 80 under a heading that ends in （%）. Under such a
    heading 0.8 and 1 may mean a share or per cent: they are neither.
    """
    number = cell.value
    if isinstance(number, int | float) and not isinstance(number, bool):
        if "%" in cell.number_format:
            share = Decimal(repr(number)) * _MOST
        elif "%" in folded(heading) and (number == 0 or number > 1):
            share = Decimal(repr(number))
        else:
            return None
    else:
        match = _PERCENT.fullmatch(folded(shown(cell)))
        if match is None:
            return None
        share = Decimal(match.group(1))
    return share if 0 <= share <= _MOST else None


def blocking(faults: Iterator[Fault] | list[Fault]) -> tuple[str, ...]:
    """The codes of the errors of a row, waived or not."""
    return tuple(dict.fromkeys(f.code for f in faults if f.severity.blocks))
