"""The roster (名册): who is in scope, under which official name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading, field_title
from campaign.intake.names import Names, names_of
from campaign.intake.tables import Row, split_rows
from campaign.intake.text import folded
from campaign.records import Community, Company, Fault, Roster, Subdistrict
from campaign.rulebook.model import Words

COMMUNITIES, COMPANIES, SUBDISTRICTS, AGENCIES = (
    "roster_communities",
    "roster_companies",
    "roster_subdistricts",
    "roster_agencies",
)
_ESSENTIAL = {
    COMMUNITIES: ("community",),
    COMPANIES: ("company",),
    SUBDISTRICTS: ("subdistrict",),
    AGENCIES: ("agency",),
}
Entry = TypeVar("Entry", Community, Company, Subdistrict)


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """One recognised sheet of a roster workbook."""

    sheet: Sheet
    heading: Heading


def read_roster(sheets: Iterable[RosterSheet], words: Words) -> tuple[Roster, tuple[Fault, ...]]:
    """The roster's records, names as written but for spaces at their ends, and what is wrong with them."""
    faults: list[Fault] = []
    found: dict[str, list[Row]] = {}
    for entry in sheets:
        table = split_rows(entry.sheet, entry.heading, _ESSENTIAL[entry.heading.kind])
        found.setdefault(entry.heading.kind, []).extend(table.rows)
    subdistricts = tuple(_unique(map(_subdistrict, _named(found, SUBDISTRICTS, "subdistrict")), faults))
    companies = tuple(_unique(map(_company, _named(found, COMPANIES, "company")), faults))
    communities = tuple(_unique(map(_community, _named(found, COMMUNITIES, "community")), faults))
    faults += _unnamed(found, words)
    faults += _uncounted(found.get(COMMUNITIES, ()))
    agencies = tuple(row.text("agency") for row in _named(found, AGENCIES, "agency"))
    roster = Roster(communities, companies, subdistricts, agencies)
    linked = _linked(roster, words, faults)
    return linked, tuple(faults)


def _named(found: dict[str, list[Row]], kind: str, name: str) -> list[Row]:
    return [row for row in found.get(kind, ()) if row.text(name)]


def _unnamed(found: dict[str, list[Row]], words: Words) -> Iterator[Fault]:
    """Rows that say something of a subject whose name is missing."""
    for kind, (name,) in _ESSENTIAL.items():
        for row in found.get(kind, ()):
            others = row.columns.keys() - {"serial", "households", "note", name}
            if not row.text(name) and any(row.own(other) for other in others):
                yield fault("I-CELL-MISSING", row.ref(name), field=field_title(words, kind, name))


def _uncounted(rows: Iterable[Row]) -> Iterator[Fault]:
    """Numbers of households that are no numbers."""
    for row in rows:
        if row.text("community") and row.text("households") and _households(row) is None:
            yield fault("I-CELL-HOUSEHOLDS", row.ref("households"), row.text("households"))


def _households(row: Row) -> int | None:
    text = folded(row.text("households")).removesuffix("户")
    return int(text) if text.isdecimal() else None


def _aliases(row: Row) -> tuple[str, ...]:
    text = row.text("aliases")
    for mark in "，,；;/\n":
        text = text.replace(mark, "、")
    return tuple(alias.strip() for alias in text.split("、") if alias.strip())


def _community(row: Row) -> Community:
    return Community(
        name=row.text("community"),
        subdistrict=row.text("subdistrict"),
        company=row.text("company"),
        households=_households(row),
        origin=row.origin(),
        aliases=_aliases(row),
    )


def _company(row: Row) -> Company:
    return Company(row.text("company"), row.text("principal"), row.text("phone"), row.origin(), _aliases(row))


def _subdistrict(row: Row) -> Subdistrict:
    return Subdistrict(
        row.text("subdistrict"), row.text("principal"), row.text("post"), row.origin(), _aliases(row)
    )


def _unique(entries: Iterable[Entry], faults: list[Fault]) -> Iterator[Entry]:
    """Each name once; a name registered again is reported, and the first registration stands."""
    seen: set[str] = set()
    for entry in entries:
        if folded(entry.name) in seen:
            faults.append(fault("I-SET-ROSTER-REPEAT", entry.origin.row, entry.name))
        else:
            seen.add(folded(entry.name))
            yield entry


def _linked(roster: Roster, words: Words, faults: list[Fault]) -> Roster:
    """Communities point at subdistricts and companies by those sheets' own spelling.

    A name that its sheet lacks is reported and added there, so that nothing under it is lost.
    """
    names = names_of(roster, (), words)
    communities = tuple(_link(c, names, roster, words, faults) for c in roster.communities)
    companies = {c.name: c for c in roster.companies}
    subdistricts = {s.name: s for s in roster.subdistricts}
    for c in communities:
        companies.setdefault(c.company, Company(c.company, "", "", c.origin))
        subdistricts.setdefault(c.subdistrict, Subdistrict(c.subdistrict, "", "", c.origin))
    return replace(
        roster,
        communities=communities,
        companies=tuple(c for c in companies.values() if c.name),
        subdistricts=tuple(s for s in subdistricts.values() if s.name),
    )


def _link(community: Community, names: Names, roster: Roster, words: Words, faults: list[Fault]) -> Community:
    company = names.companies.match(community.company).name
    subdistrict = names.subdistricts.match(community.subdistrict).name
    links = (
        ("company", company, community.company, roster.companies),
        ("subdistrict", subdistrict, community.subdistrict, roster.subdistricts),
    )
    for name, linked, written, registered in links:
        # A roster without that sheet at all registers its names through the communities.
        if linked is None and (registered or not written):
            ref = community.origin.ref(name)
            title = field_title(words, COMMUNITIES, name)
            faults.append(fault("I-SET-ROSTER-LINK", ref, community.name, field=title, found=written))
    return replace(
        community, company=company or community.company, subdistrict=subdistrict or community.subdistrict
    )
