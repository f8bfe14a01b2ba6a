"""One subdistrict's part of a week: its communities and all that was reported of them, counted anew.

What is counted of the part is what the whole week counts for the subdistrict; scores, grades and ranks stay
those of the whole, since nobody is ranked within a subdistrict.
"""

from collections.abc import Iterable
from dataclasses import replace

from campaign.assess.figures import tabulate
from campaign.records import NO_CHANGES, Assessment, Books, Roster, Snapshot, SubjectKind


def part_of(week: Snapshot, subdistrict: str) -> Snapshot | None:
    """The week as far as it is about one subdistrict; None where its roster does not have it."""
    if all(s.name != subdistrict for s in week.books.roster.subdistricts):
        return None
    books = _books(week.books, subdistrict)
    companies = {c.name for c in books.roster.companies}
    names: dict[SubjectKind, set[str]] = {
        SubjectKind.SUBDISTRICT: {subdistrict},
        SubjectKind.COMPANY: companies,
        SubjectKind.AGENCY: set(),
    }
    whole = week.assessment
    assessment = Assessment(
        figures=tabulate(books, whole.figures.groups),
        scorecards=tuple(c for c in whole.scorecards if c.name in names[c.kind]),
        decisions=tuple(d for d in whole.decisions if d.subject in names[d.subject_kind]),
        rules_digest=whole.rules_digest,
    )
    return replace(week, books=books, assessment=assessment, changes=NO_CHANGES)


def parts_of(weeks: Iterable[Snapshot], subdistrict: str) -> tuple[Snapshot, ...]:
    """Its part of each week that has one."""
    return tuple(part for week in weeks if (part := part_of(week, subdistrict)))


def _books(books: Books, office: str) -> Books:
    """The books as far as they are about one subdistrict. What nobody handed in stays not handed in."""
    roster = _roster(books.roster, office)
    homes = {c.name for c in roster.communities}
    spot_checks, complaints, activities = books.spot_checks, books.complaints, books.activities
    return replace(
        books,
        roster=roster,
        problems=tuple(p for p in books.problems if p.community in homes),
        future=tuple(p for p in books.future if p.community in homes),
        pending=tuple(row for row in books.pending if row.subdistrict == office),
        self_checks=tuple(check for check in books.self_checks if check.community in homes),
        spot_checks=spot_checks and tuple(s for s in spot_checks if s.unit == office or s.community in homes),
        complaints=complaints and tuple(c for c in complaints if c.community in homes),
        activities=tuple(a for a in activities or () if a.unit == office) or None,
        receipts=tuple(r for r in books.receipts if r.subdistrict == office),
        unreported=tuple(name for name in books.unreported if name == office),
        adjustments=tuple(a for a in books.adjustments if a.subject == office),
    )


def _roster(roster: Roster, office: str) -> Roster:
    communities = tuple(c for c in roster.communities if c.subdistrict == office)
    companies = {c.company for c in communities}
    return replace(
        roster,
        communities=communities,
        companies=tuple(c for c in roster.companies if c.name in companies),
        subdistricts=tuple(s for s in roster.subdistricts if s.name == office),
    )
