"""How each field is filled in: what to write, an example, how wide its column is.

The words that may be chosen are the rulebook's; a hint names them by placeholders.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from campaign.render.forms.choices import NO_DEADLINE
from campaign.render.forms.schema import Column, Fill, Period
from campaign.rulebook.model import Rulebook

# The lists that choices are taken from, by their names in the workbook.
COMMUNITIES, COMPANIES, SUBDISTRICTS, ITEMS, STATUSES, YES_NO, ANSWERS, SUPERVISION, UNITS, RECHECKS = (
    "点位名单",
    "企业名单",
    "属地名单",
    "条目编号",
    "整改状态选项",
    "是否选项",
    "自查结果选项",
    "督办方式选项",
    "单位名单",
    "复查结果选项",
)
# Lists of the rulebook that choices are made of: name in the workbook → list of rules/headings.yaml.
WORD_LISTS = {
    STATUSES: "status",
    YES_NO: "yes_no",
    ANSWERS: "answer",
    SUPERVISION: "supervision",
    RECHECKS: "recheck",
}
_BEFORE, _AFTER = timedelta(days=60), timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a field is filled in, whatever its heading is called."""

    fill: Fill
    width: float
    hint: str = ""
    example: str = ""
    list_name: str = ""


_CHOOSE = "从下拉列表中选择，与名册一致"
_PERSON = Manner(Fill.SHORT, 9, "填写姓名")
_MEASURE = Manner(Fill.TEXT, 22, "怎么整改")
_COMMUNITY = Manner(Fill.CHOICE, 13, _CHOOSE, list_name=COMMUNITIES)
_SERIAL = Manner(Fill.SERIAL, 5)
_NOTE = Manner(Fill.TEXT, 13, "其他需要说明的，没有的不填")
_ALIASES = Manner(Fill.TEXT, 24, "简称、曾用名等其他叫法，多个用顿号隔开，没有的不填")
_DEADLINE = Manner(
    Fill.DEADLINE,
    12,
    "要求在哪一天之前整改完成；确实没有期限、需要长期坚持的，填“{no_deadline}”",
    "{last}",
    NO_DEADLINE,
)
_TELEPHONE = Manner(Fill.SHORT, 14, "11位手机号，或带区号的固定电话", "0851-00000000")

MANNERS: Mapping[str, Mapping[str, Manner]] = {
    "ledger": {
        "serial": _SERIAL,
        "community": _COMMUNITY,
        "company": Manner(Fill.CHOICE, 17, "从下拉列表中选择为该{community}服务的企业", list_name=COMPANIES),
        "item": Manner(Fill.CHOICE, 7, "从下拉列表中选择，对照“填写说明”里的检查清单", list_name=ITEMS),
        "description": Manner(
            Fill.TEXT,
            28,
            "一行只写一个问题：什么位置、什么情况",
        ),
        "found_on": Manner(Fill.DAY, 12, "问题是哪一天发现的", "{first}"),
        "measure": _MEASURE,
        "due_on": _DEADLINE,
        "responsible_unit": Manner(Fill.TEXT, 15, "负责整改的单位全称"),
        "responsible_person": _PERSON,
        "phone": _TELEPHONE,
        "status": Manner(
            Fill.CHOICE,
            9,
            "还没有动的选“{open}”，正在改的选“{in_progress}”，已经改好、还没有验收的选“{rectified}”，"
            "验收通过的选“{closed}”",
            "{in_progress}",
            STATUSES,
        ),
        "rectified_on": Manner(
            Fill.DAY, 12, "实际整改完成的日期；“{rectified}”“{closed}”的要填，其他的不填", "{later}"
        ),
        "closed": Manner(Fill.CHOICE, 9, "验收通过、已经销号的选“{yes}”", list_name=YES_NO),
        "closed_on": Manner(Fill.DAY, 12, "验收销号的日期；“{closed}”的必须填，其他的不填", "{later}"),
        "supervision": Manner(
            Fill.CHOICE, 11, "已经采取督办措施的从下拉列表中选择，没有的不填", list_name=SUPERVISION
        ),
        "note": _NOTE,
    },
    "self_check": {
        "serial": Manner(Fill.LABEL, 5),
        "category": Manner(Fill.LABEL, 13),
        "item": Manner(Fill.LABEL, 7),
        "text": Manner(Fill.GIVEN, 70),
        "answer": Manner(
            Fill.CHOICE,
            10,
            "逐条选择：没有问题的选“{pass}”，有问题的选“{fail}”，本{community}没有这种情况的选“{not_applicable}”",
            "{pass}",
            ANSWERS,
        ),
        "problem": Manner(Fill.TEXT, 26, "选“{fail}”的写明什么位置、什么情况"),
        "measure": _MEASURE,
        "due_on": _DEADLINE,
        "responsible_person": Manner(Fill.SHORT, 14, "填写姓名"),
    },
    "spot_check": {
        "serial": _SERIAL,
        "checked_on": Manner(Fill.DAY, 13, "抽查的日期", "{first}"),
        "unit": Manner(Fill.CHOICE, 26, "被抽查的单位，从下拉列表中选择", list_name=UNITS),
        "community": Manner(Fill.CHOICE, 18, "涉及具体{community}的从下拉列表中选择", list_name=COMMUNITIES),
        "finding": Manner(
            Fill.TEXT,
            44,
            "一行写一次抽查发现的问题；没有发现问题的填“{no_finding}”",
        ),
        "problem": Manner(Fill.SHORT, 9, "复查台账上的问题的，填它在台账上的序号；其他的不填", "12"),
        "recheck": Manner(
            Fill.CHOICE,
            11,
            "复查的结果：确已改好的选“{confirmed}”，报称已改实际未改的选“{false_closeout}”，改后又犯的选“{relapsed}”",
            "{confirmed}",
            RECHECKS,
        ),
        "handling": Manner(Fill.TEXT, 34, "怎么处理的", "责令限期整改"),
        "note": Manner(Fill.TEXT, 16, "其他需要说明的，没有的不填"),
    },
    "complaint": {
        "serial": _SERIAL,
        "received_on": Manner(Fill.DAY, 13, "受理的日期", "{first}"),
        "community": Manner(Fill.CHOICE, 18, _CHOOSE, list_name=COMMUNITIES),
        "content": Manner(Fill.TEXT, 52, "反映什么事情，一行写一件"),
        "handler": Manner(Fill.CHOICE, 26, "交给哪个单位办理，从下拉列表中选择", list_name=UNITS),
        "settled_on": Manner(Fill.DAY, 13, "办结的日期；还没有办结的不填", "{later}"),
        "note": Manner(Fill.TEXT, 16, "其他需要说明的，没有的不填"),
    },
    "activity": {
        "serial": Manner(Fill.LABEL, 6),
        "unit": Manner(Fill.GIVEN, 40),
        "note": Manner(Fill.TEXT, 26, "其他需要说明的，没有的不填"),
    },
    "merit": {
        "serial": _SERIAL,
        "dated_on": Manner(Fill.SHORT, 13, "发生、认定或评分的日期", "{first}"),
        "unit": Manner(Fill.CHOICE, 26, "考核哪个单位，从下拉列表中选择", list_name=UNITS),
        "matter": Manner(Fill.TEXT, 20, "什么事项，写法与评分细则一致"),
        "level": Manner(Fill.SHORT, 10, "荣誉、判决等的级别，没有的不填"),
        "quantity": Manner(Fill.SHORT, 10, "数量、次数、金额（元）或比率，只填数字"),
        "rater": Manner(Fill.SHORT, 14, "由人打分的，写明评分人"),
        "mark": Manner(Fill.SHORT, 8, "评分人打的分，只填数字"),
        "proof": Manner(Fill.TEXT, 24, "证明材料的名称、文号"),
        "community": Manner(Fill.CHOICE, 16, "涉及具体{community}的从下拉列表中选择", list_name=COMMUNITIES),
        "item": Manner(Fill.CHOICE, 7, "涉及检查清单条目的从下拉列表中选择", list_name=ITEMS),
        "repaired_on": Manner(Fill.SHORT, 13, "已经整改、信用已经修复的日期，没有的不填"),
        "note": Manner(Fill.TEXT, 16, "其他需要说明的，没有的不填"),
    },
    "waiver": {
        "serial": _SERIAL,
        "code": Manner(Fill.SHORT, 22, "照《校验意见》抄写", "I-ROW-ORDER"),
        "file": Manner(Fill.TEXT, 36, "照《校验意见》抄写"),
        "sheet": Manner(Fill.SHORT, 16, "照《校验意见》抄写"),
        "cell": Manner(Fill.SHORT, 9, "照《校验意见》抄写", "G12"),
        "reason": Manner(Fill.TEXT, 36, "为什么可以不改"),
        "approver": Manner(Fill.SHORT, 12, "谁批准的，填写姓名"),
        "until": Manner(Fill.DAY, 13, "豁免到哪一天为止", "{last}"),
        "note": Manner(Fill.TEXT, 16, "其他需要说明的，没有的不填"),
    },
    "adjustment": {
        "serial": _SERIAL,
        "subject": Manner(Fill.CHOICE, 30, "调整哪个单位的得分，从下拉列表中选择", list_name=UNITS),
        "points": Manner(Fill.SHORT, 10, "加分填 2 这样的数，扣分填 -2 这样的数", "2"),
        "reason": Manner(Fill.TEXT, 44, "为什么调整"),
        "approver": Manner(Fill.SHORT, 12, "谁批准的，填写姓名"),
        "expires_on": Manner(Fill.DAY, 13, "到哪一天为止有效", "{last}"),
        "note": Manner(Fill.TEXT, 16, "其他需要说明的，没有的不填"),
    },
    "roster_communities": {
        "serial": _SERIAL,
        "community": Manner(Fill.TEXT, 24, "{community}全称，公文中就按这个名称"),
        "subdistrict": Manner(
            Fill.CHOICE, 24, "先填好“{subdistrict}”一表，再从下拉列表中选择", "", SUBDISTRICTS
        ),
        "company": Manner(Fill.CHOICE, 32, "先填好“{company}”一表，再从下拉列表中选择", "", COMPANIES),
        "households": Manner(Fill.COUNT, 10, "只填数字", "320"),
        "aliases": _ALIASES,
    },
    "roster_companies": {
        "serial": _SERIAL,
        "company": Manner(Fill.TEXT, 36, "企业全称，与营业执照一致"),
        "principal": Manner(Fill.SHORT, 12, "填写姓名"),
        "phone": Manner(Fill.SHORT, 18, _TELEPHONE.hint, _TELEPHONE.example),
        "aliases": _ALIASES,
    },
    "roster_subdistricts": {
        "serial": _SERIAL,
        "subdistrict": Manner(Fill.TEXT, 30, "{subdistrict}全称"),
        "principal": Manner(Fill.SHORT, 12, "填写姓名"),
        "post": Manner(Fill.SHORT, 14, "负责人的职务"),
        "phone": Manner(Fill.SHORT, 18, _TELEPHONE.hint, _TELEPHONE.example),
        "aliases": _ALIASES,
    },
}


def period_of(rulebook: Rulebook) -> Period:
    """The days that forms accept: two months before the campaign to three months after it."""
    return Period(rulebook.campaign.starts_on - _BEFORE, rulebook.campaign.ends_on + _AFTER)


def columns_of(rulebook: Rulebook, kind: str) -> tuple[Column, ...]:
    """The columns of a kind of table, under the first spelling of each field that has any."""
    words = _words(rulebook)
    examples = rulebook.words.examples.get(kind, {})
    required = rulebook.words.required.get(kind, ())
    return tuple(
        Column(
            field=name,
            title=title_of(rulebook, kind, name),
            width=manner.width,
            fill=manner.fill,
            hint=manner.hint.format(**words),
            example=examples.get(name) or manner.example.format(**words),
            required=name in required and manner.fill not in {Fill.GIVEN, Fill.LABEL},
            list_name=manner.list_name,
        )
        for name, manner in MANNERS[kind].items()
        if name in rulebook.words.kinds[kind] and (kind, name) not in _LEFT_OUT
    )


# The words of 整改状态 say already whether a problem is struck off; a second column could only contradict.
_LEFT_OUT = {("ledger", "closed")}


def title_of(rulebook: Rulebook, kind: str, name: str) -> str:
    """The heading of a field on our own forms: the first of its spellings."""
    return rulebook.words.kinds[kind][name][0]


def word_lists(rulebook: Rulebook, *names: str) -> dict[str, tuple[str, ...]]:
    """Lists of words that may be chosen: of each meaning its first spelling, in the order of the rulebook."""
    values = rulebook.words.values
    lists = {n: tuple(spelled[0] for spelled in values.get(WORD_LISTS[n], {}).values()) for n in names}
    return {name: options for name, options in lists.items() if options}


def no_deadline(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """The words that stand for a deadline where there is none."""
    return {NO_DEADLINE: rulebook.words.values["no_deadline"]["yes"]}


def _words(rulebook: Rulebook) -> dict[str, str]:
    values = rulebook.words.values
    words = {
        value: spelled[0]
        for name in ("status", "answer", "yes_no", "recheck")
        for value, spelled in values[name].items()
    }
    words |= {name: values[name]["yes"][0] for name in ("no_deadline", "no_finding")}
    start = rulebook.campaign.starts_on
    days = {"first": start, "later": start + timedelta(days=28), "last": rulebook.campaign.ends_on}
    nouns = asdict(rulebook.campaign.nouns)
    return words | nouns | {name: day.isoformat() for name, day in days.items()}
