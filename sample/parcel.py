"""One week's parcel: everything that lies in the clerk's input folder on a Friday."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sample import forms
from sample.county import County
from sample.habits import Ledger, write_ledger
from sample.places import SUBDISTRICTS, Office

HABIT_OF = dict(zip(SUBDISTRICTS, ("merged", "list", "tabs"), strict=True))
_LEDGER_NAMES: Mapping[str, str] = {
    "merged": "{office}问题台账.xlsx",
    "list": "{short}物业整治问题清单.xlsx",
    "tabs": "附件：{short}小区整治明细（{month}.{day}）.xlsx",
}


def write_week(county: County, friday: date, folder: Path) -> tuple[Path, ...]:
    """Write all workbooks of one week below a folder, and say which.

    Tables that nobody has anything to enter in yet are not handed in at all.
    """
    return tuple(_write(county, friday, folder))


def _write(county: County, friday: date, folder: Path) -> Iterator[Path]:
    books = county.books(friday)
    posts = {office.name: office.head.phone for office in county.map.offices}
    forms.write_roster(books.roster, posts, at := folder / "名册.xlsx", friday)
    yield at
    for office in county.map.offices:
        write_ledger(
            HABIT_OF[office.name], _ledger(county, office, friday), at := _path(office, friday, folder)
        )
        yield at
    for check in books.self_checks:
        community = books.roster.community(check.community)
        if community is None:
            raise ValueError(f"{check.community} is not in the roster")
        at = folder / "自查表" / community.subdistrict / f"{community.name}自查表.xlsx"
        forms.write_self_check(HABIT_OF[community.subdistrict], check, community, at)
        yield at
    if books.spot_checks:
        forms.write_spot_checks(books.spot_checks, at := folder / "督导抽查.xlsx", friday)
        yield at
    if books.complaints:
        forms.write_complaints(books.complaints, at := folder / "信访投诉.xlsx", friday)
        yield at
    if books.activities:
        forms.write_activities(books.activities, at := folder / "工作开展情况.xlsx", friday)
        yield at


def _path(office: Office, friday: date, folder: Path) -> Path:
    short = office.name.replace("街道办事处", "街道")
    name = _LEDGER_NAMES[HABIT_OF[office.name]]
    return folder / "台账" / name.format(office=office.name, short=short, month=friday.month, day=friday.day)


def _ledger(county: County, office: Office, friday: date) -> Ledger:
    problems = [p for p in county.books(friday).problems if p.subdistrict == office.name]
    named = {c.name: c.aliases for c in county.roster.communities}
    named |= {c.name: c.aliases for c in county.roster.companies}
    aliases = {name: known[0] for name, known in named.items() if known and office.alias_writer}
    places = [p for p in county.map.places if p.subdistrict == office.name]
    return Ledger(
        subdistrict=office.name,
        reported_on=friday,
        problems=problems,
        aliases=aliases,
        neighbourhoods={p.name: p.neighbourhood for p in places},
    )
