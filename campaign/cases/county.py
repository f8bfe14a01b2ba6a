"""The invented cast of the cases, and records as if they had been read from its workbooks.

Every record has cells, so that a case can say which ones a line of the score must name. The columns of the
invented tables stand in the order of the fields, from column A.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.records import (
    Answer,
    CellRef,
    CheckAnswer,
    Community,
    Company,
    ItemCode,
    Origin,
    Roster,
    SelfCheck,
    Sourced,
    Subdistrict,
)
from campaign.rulebook.reader import Entry

LEDGER = (
    "serial",
    "community",
    "company",
    "item",
    "description",
    "found_on",
    "measure",
    "due_on",
    "responsible_unit",
    "responsible_person",
    "phone",
    "status",
    "rectified_on",
    "closed_on",
    "supervision",
    "note",
)
MATTERS = (
    "dated_on",
    "unit",
    "matter",
    "level",
    "quantity",
    "rater",
    "mark",
    "proof",
    "community",
    "item",
    "repaired_on",
    "note",
)
_ROSTER = "名册.xlsx"
_EXTRA = "示例"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who the cases are about."""

    roster: Roster
    agencies: tuple[str, ...]


def read_cast(entry: Entry, agencies: Sequence[str]) -> Cast:
    """The cast from the file 名册.yaml beside the cases: one line a community."""
    rows = [
        item.mapping(("名称", "所属", "企业", "户数")) for item in entry.mapping(("名册",))["名册"].items()
    ]
    communities = tuple(
        _community(
            number,
            fields["名称"].text(),
            fields["所属"].text(),
            fields["企业"].text(),
            fields["户数"].whole(),
        )
        for number, fields in enumerate(rows, 2)
    )
    offices = dict.fromkeys(c.subdistrict for c in communities)
    companies = dict.fromkeys(c.company for c in communities)
    roster = Roster(
        communities,
        tuple(
            Company(name, "", "", _filed("企业", row, "company", name))
            for row, name in enumerate(companies, 2)
        ),
        tuple(
            Subdistrict(name, "", "", _filed("单位", row, "subdistrict", name))
            for row, name in enumerate(offices, 2)
        ),
    )
    return Cast(roster, tuple(agencies))


def with_companies(cast: Cast, count: int) -> Cast:
    """The cast with further companies of one community each, up to so many companies."""
    roster = cast.roster
    row = len(roster.communities) + 2
    extra = [f"{_EXTRA}{n}" for n in range(count - len(roster.companies))]
    office = roster.subdistricts[-1].name
    return Cast(
        Roster(
            (
                *roster.communities,
                *(
                    _community(row + n, f"{name}处", office, f"{name}企业", 100)
                    for n, name in enumerate(extra)
                ),
            ),
            (
                *roster.companies,
                *(Company(f"{name}企业", "", "", _filed("企业", row, "company", name)) for name in extra),
            ),
            roster.subdistricts,
        ),
        cast.agencies,
    )


def origin(file: str, sheet: str, row: int, fields: Mapping[str, object]) -> Origin:
    """An origin whose fields stand side by side from column A."""
    return Origin(
        CellRef(file, sheet, row, 1),
        tuple(
            Sourced(name, CellRef(file, sheet, row, column), "" if value is None else str(value))
            for column, (name, value) in enumerate(fields.items(), 1)
        ),
    )


def ledger_file(office: str) -> str:
    """The ledger of an office."""
    return f"台账/{office}问题台账.xlsx"


def self_check(community: str, checked_on: date, not_applicable: Sequence[ItemCode] = ()) -> SelfCheck:
    """A self-check form that answers some items with 不适用."""
    file = f"自查表/{community}自查表.xlsx"
    answers = tuple(
        CheckAnswer(
            code,
            Answer.NOT_APPLICABLE,
            "",
            "",
            None,
            "",
            origin(file, "自查表", row, {"item": code, "answer": "不适用"}),
        )
        for row, code in enumerate(not_applicable, 5)
    )
    return SelfCheck(community, checked_on, answers, origin(file, "自查表", 3, {"checked_on": checked_on}))


def _community(row: int, name: str, office: str, company: str, households: int) -> Community:
    fields = {"community": name, "subdistrict": office, "company": company, "households": households}
    return Community(name, office, company, households, origin(_ROSTER, "名册", row, fields))


def _filed(sheet: str, row: int, field: str, name: str) -> Origin:
    return origin(_ROSTER, sheet, row, {field: name})
