"""Problems as the cases write them, as rows of the invented ledgers: they count from 5 in each office's."""

from collections.abc import Iterator, Mapping
from datetime import date

from campaign.cases import county
from campaign.cases.county import Cast
from campaign.records import Community, ItemCode, Problem, Status
from campaign.rulebook.model import Rulebook
from campaign.rulebook.reader import Entry

_STATUS = {status.zh: status for status in Status}
_ABOVE = 4  # rows above the first of a ledger
VANISHED = ("条目", "发现", "时限", "完成", "销号", "责任单位", "件数", "往期变动")
PROBLEM = (*VANISHED, "变动")


def problems(
    entry: Entry | None, as_of: date, cast: Cast, rulebook: Rulebook, keys: tuple[str, ...] = PROBLEM
) -> Iterator[Problem]:
    """Problems as written; what a case leaves out is not yet due and was found when the campaign began."""
    for fields, row, place in ledger_rows(entry, cast, keys):
        yield _problem(fields, row, place, as_of, rulebook)


def ledger_rows(
    entry: Entry | None, cast: Cast, keys: tuple[str, ...]
) -> Iterator[tuple[Mapping[str, Entry], int, Community]]:
    """Every row of the ledgers that a list of problems stands for, with its place."""
    rows: dict[str, int] = {}
    places = {c.name: c for c in cast.roster.communities}
    for item in entry.items() if entry else ():
        fields = item.mapping(("地点", "状态"), keys)
        place = fields["地点"].one_of(places)
        for _ in range(fields["件数"].whole(1) if "件数" in fields else 1):
            rows[place.subdistrict] = row = rows.get(place.subdistrict, _ABOVE) + 1
            yield fields, row, place


def _problem(
    fields: Mapping[str, Entry], row: int, place: Community, as_of: date, rulebook: Rulebook
) -> Problem:
    due = fields["时限"].text(blank=True) if "时限" in fields else ""
    for_ever = due == "长期坚持"
    due_on = as_of if "时限" not in fields else None if for_ever or not due else fields["时限"].day()
    file = county.ledger_file(place.subdistrict)
    return Problem(
        serial=str(row - _ABOVE),
        subdistrict=place.subdistrict,
        community=place.name,
        company=place.company,
        item=item_of(fields["条目"], rulebook) if "条目" in fields else _plain_item(rulebook),
        description=f"第{row}行的问题",
        found_on=day_of(fields, "发现") or rulebook.campaign.starts_on,
        measure="",
        due_on=due_on,
        no_deadline=for_ever,
        responsible_unit=fields["责任单位"].text() if "责任单位" in fields else place.company,
        responsible_person="",
        phone="",
        status=fields["状态"].one_of(_STATUS),
        rectified_on=day_of(fields, "完成"),
        closed_on=day_of(fields, "销号"),
        supervision="",
        note="",
        origin=county.origin(file, "问题台账", row, dict.fromkeys(county.LEDGER)),
    )


def day_of(fields: Mapping[str, Entry], name: str) -> date | None:
    """A day, if the case states it."""
    return fields[name].day() if name in fields else None


def item_of(entry: Entry, rulebook: Rulebook) -> ItemCode:
    """An item as the ledgers write it."""
    return entry.one_of({str(code): code for code in rulebook.checklist.codes})


def _plain_item(rulebook: Rulebook) -> ItemCode:
    """An item for which a company is liable, where there is one."""
    items = [item for group in rulebook.checklist.groups for item in group.items]
    return next((item.code for item in items if item.liable == "company"), items[0].code)
