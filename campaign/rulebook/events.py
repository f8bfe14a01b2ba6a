"""Reading what a rule looks at: the source that is counted, and which problems are selected."""

from collections.abc import Mapping, Sequence

from campaign.records import ItemCode, SubjectKind
from campaign.rulebook.matters import MATTERS, read_matters
from campaign.rulebook.model import Checklist
from campaign.rulebook.reader import Entry, quoted, unknown
from campaign.rulebook.sources import SOURCES, Events, Selection, Source
from campaign.rulebook.terms import Lacking

LIABLE = ("subdistrict", "company", "developer", "agency")
SELECTION = ("liable", "groups", "items")

_SUBJECTS = {
    SubjectKind.SUBDISTRICT: "属地单位（subdistricts）",
    SubjectKind.COMPANY: "企业（companies）",
    SubjectKind.AGENCY: "成员单位",
}


def subject_zh(subject: SubjectKind) -> str:
    """What a kind of subject is called."""
    return _SUBJECTS[subject]


def read_selection(fields: Mapping[str, Entry], checklist: Checklist) -> Selection:
    """Which problems are looked at; groups and items must be in the checklist."""
    liable = fields["liable"].texts() if "liable" in fields else ()
    for word in liable:
        if word not in LIABLE:
            fields["liable"].refuse(unknown(f"不认识“{word}”", word, LIABLE))
    groups = (
        tuple(_group(entry, checklist) for entry in fields["groups"].items()) if "groups" in fields else ()
    )
    items = read_items(fields["items"], checklist) if "items" in fields else ()
    if groups and items and not any(code.group in groups for code in items):
        fields["items"].refuse("“items”里的条目都不在“groups”的各类之中，这一条永远不会生效")
    return Selection(liable, groups, items)


def read_items(entry: Entry, checklist: Checklist) -> tuple[ItemCode, ...]:
    """Items of the checklist, at least one."""
    if not entry.items():
        entry.refuse("列表是空的，至少要有一项")
    return tuple(_item(item, checklist) for item in entry.items())


def _group(entry: Entry, checklist: Checklist) -> int:
    number = entry.whole(1)
    if checklist.group(number) is None:
        entry.refuse(f"检查清单没有第{number}类；有第1至{len(checklist.groups)}类")
    return number


def _item(entry: Entry, checklist: Checklist) -> ItemCode:
    """An item written as the ledgers write it: 五-2."""
    found = {str(code): code for code in checklist.codes}.get(entry.text())
    if found is None:
        entry.refuse(f"检查清单没有“{entry.text()}”这一条；请照“{checklist.codes[0]}”的写法")
    return found


def event_keys(entry: Entry, subject: SubjectKind) -> tuple[str, ...]:
    """The settings that the source named by `of` may have; it must be one that the subject can have."""
    source = entry.member(Source)
    facts = SOURCES[source]
    if subject not in facts.subjects:
        allowed = quoted(s.value for s in Source if subject in SOURCES[s].subjects)
        entry.refuse(f"“{source}”（{facts.zh}）不适用于{subject_zh(subject)}；可以用的有{allowed}")
    return (
        *((facts.setting,) if facts.setting else ()),
        *(SELECTION if facts.of_problems else ()),
        *(MATTERS if facts.of_matters else ()),
        *(("exempt_by",) if facts.exemptible else ()),
        *(("all_weeks",) if facts.change else ()),
    )


def read_events(fields: Mapping[str, Entry], checklist: Checklist) -> Events:
    """What is counted, of which problems."""
    source = fields["of"].member(Source)
    facts = SOURCES[source]
    if facts.needed and facts.setting not in fields:
        fields["of"].refuse(f"“{source}”（{facts.zh}）须写明“{facts.setting}”")
    if facts.of_matters and "matters" not in fields:
        fields["of"].refuse(f"“{source}”（{facts.zh}）须写明“matters”，即事项的名称")
    setting = fields[facts.setting].whole() if facts.setting in fields else 0
    if facts.change and facts.setting in fields and setting <= 1:
        fields[facts.setting].refuse("一次就计的不写“times”；写了的，应是不小于2的整数")
    return Events(
        source,
        read_selection(fields, checklist),
        setting,
        read_matters(fields) if facts.of_matters else None,
        fields["exempt_by"].texts() if "exempt_by" in fields else (),
        fields["all_weeks"].flag() if "all_weeks" in fields else False,
    )


def read_missing(
    fields: Mapping[str, Entry], *, uncertain: bool, allowed: Sequence[Lacking], at: str = "of"
) -> Lacking | None:
    """What to do where the data was not handed in: to be said exactly where that can happen."""
    if not uncertain:
        if "when_missing" in fields:
            fields["when_missing"].refuse("这条规则所用的数据不会缺少，不要写“when_missing”")
        return None
    if "when_missing" not in fields:
        fields[at].refuse("这条规则所用的数据可能没有报送，须写明“when_missing”")
    return fields["when_missing"].one_of({choice.value: choice for choice in allowed})
