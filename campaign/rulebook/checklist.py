"""Reading rules/checklist.yaml: the items in their groups, who is liable, which agencies are competent."""

from collections.abc import Collection

from campaign.records import ItemCode
from campaign.rulebook.events import LIABLE
from campaign.rulebook.model import Checklist, ChecklistGroup, ChecklistItem
from campaign.rulebook.reader import Entry

_SHORT = 12


def read_checklist(entry: Entry, agencies: Collection[str]) -> Checklist:
    """The checklist; groups and items are numbered from 1 without gaps, agencies are the campaign's."""
    groups: list[ChecklistGroup] = []
    for expected, item in enumerate(entry.mapping(("groups",))["groups"].items(), 1):
        fields = item.mapping(("number", "name", "items"))
        number = _number(fields["number"], expected)
        items = tuple(_item(child, number, n, agencies) for n, child in enumerate(fields["items"].items(), 1))
        if not items:
            fields["items"].refuse("列表是空的，至少要有一条")
        groups.append(ChecklistGroup(number, fields["name"].text(), items))
    if not groups:
        entry.refuse("检查清单是空的，至少要有一类")
    return Checklist(tuple(groups))


def _number(entry: Entry, expected: int) -> int:
    number = entry.whole(1)
    if number != expected:
        entry.refuse(f"编号应从 1 起连续排列：这里应是 {expected}，而不是 {number}")
    return number


def _item(entry: Entry, group: int, expected: int, agencies: Collection[str]) -> ChecklistItem:
    fields = entry.mapping(("number", "text", "short", "liable"), ("agencies",))
    short = fields["short"].text()
    if len(short) > _SHORT:
        fields["short"].refuse(f"简称“{short}”有{len(short)}个字，最多{_SHORT}个字")
    named = fields["agencies"].items() if "agencies" in fields else ()
    return ChecklistItem(
        code=ItemCode(group, _number(fields["number"], expected)),
        text=fields["text"].text(),
        short=short,
        liable=fields["liable"].one_of({word: word for word in LIABLE}),
        agencies=tuple(agency.one_of({name: name for name in agencies}) for agency in named),
    )
