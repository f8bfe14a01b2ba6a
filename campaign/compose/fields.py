"""What each name that a template may use means, in Chinese and with examples (fields.yaml), and the page of
all of them, docs/fields.md.

`python -m campaign.compose.fields` prints the page.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Union, get_args, get_type_hints

from campaign.compose.brief import Portion
from campaign.compose.briefs import BRIEFS
from campaign.compose.filters import FILTERS
from campaign.compose.genres import About
from campaign.compose.linting.shapes import Many, Plain, Record, Shape, Table, fields_of
from campaign.records import CellRef, Origin
from campaign.rulebook.reader import read

_FILE = Path(__file__).with_suffix(".yaml")
_EVERYWHERE = "*"
_MARK = "｜"
_CELLS = (CellRef, Origin)  # where a value was read; printed in words by other fields
_ALWAYS = "至少一"  # in the meaning of a list that is never empty
ABOUT = {
    About.WEEK: "一周（周通报、调度会议程等）",
    About.SCORES: "一周的得分明细",
    About.DECISION: "一个对象的一项处置（约谈通知书等）",
    About.DECISIONS: "一周内的同一种处置（通报表扬、通报批评等）",
    About.LIFTING: "一个对象的解除挂牌督办",
    About.SUMMARY: "全县各周的总结",
    About.SUMMARY_SUBDISTRICT: "一个属地单位各周的总结",
    About.GUIDELINE: "评分细则",
    About.PHOTOS: "一周的问题照片",
    About.DISTRIBUTION: "一周的分发签收单",
    About.DOSSIER: "一个点位或企业的档案",
    About.CORRECTION: "一期的更正说明",
    About.HOLDINGS: "结项归档的阅读说明",
}
_KINDS = {str: "文字", int: "整数", Decimal: "数", date: "日期", bool: "是或否"}


@dataclass(frozen=True, slots=True)
class Note:
    """What a name means. `blank` says that its text may be empty."""

    meaning: str
    examples: tuple[str, ...] = ()
    blank: bool = False

    @property
    def never_empty(self) -> bool:
        """Whether its list always has something in it."""
        return _ALWAYS in self.meaning


@cache
def _notes() -> Mapping[str, Mapping[str, Note]]:
    top = read(_FILE, _FILE.name).entries()
    return {
        kind: {name: _note(entry.text()) for name, entry in own.entries().items()}
        for kind, own in top.items()
    }


def _note(text: str) -> Note:
    meaning, *examples = text.split(_MARK)
    return Note(meaning, tuple(e for e in examples if e), blank=bool(examples) and not examples[-1])


def note_of(kind: type, name: str) -> Note | None:
    """What a record's name means; None where nobody has written it down."""
    notes = _notes()
    return notes.get(kind.__name__, {}).get(name) or notes[_EVERYWHERE].get(name)


def records(brief: type) -> tuple[type, ...]:
    """The record classes that can be reached from a brief, itself first."""
    found = [brief]
    for kind in found:
        inner = (_innermost(s) for name, s in fields_of(kind).items() if name not in hidden(kind))
        found += [k for k in dict.fromkeys(inner) if k is not None and k not in found]
    return tuple(found)


def _innermost(shape: Shape) -> type | None:
    match shape:
        case Many():
            return _innermost(shape.item)
        case Table():
            return _innermost(shape.value)
        case Record():
            return shape.kind
        case _:
            return None


def undescribed() -> tuple[str, ...]:
    """Every name without a meaning, as Record.name."""
    kinds = dict.fromkeys(kind for brief in BRIEFS.values() for kind in records(brief))
    return tuple(
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name in fields_of(kind)
        if name not in hidden(kind) and not note_of(kind, name)
    )


def superfluous() -> tuple[str, ...]:
    """Every meaning that belongs to no name."""
    kinds = {kind.__name__: kind for brief in BRIEFS.values() for kind in records(brief)}
    every = {name for kind in kinds.values() for name in fields_of(kind)}
    return tuple(
        f"{kind}.{name}"
        for kind, own in _notes().items()
        for name in own
        if name not in (every if kind == _EVERYWHERE else fields_of(kinds[kind]) if kind in kinds else ())
    )


# --- The page -------------------------------------------------------------------------------------

_DAY = date(2023, 4, 28)
_PORTIONS = (Portion("甲单位", 16), Portion("乙单位", 13))
# Filter, what it is written behind in the template, that value, and the filter's settings.
_FILTER_EXAMPLES: tuple[tuple[str, str, object, tuple[object, ...]], ...] = (
    ("date", "2023-04-28", _DAY, ()),
    ("day", "2023-04-28", _DAY, ()),
    ("weekday", "2023-04-28", _DAY, ()),
    ("to", "2023-04-22", date(2023, 4, 22), (_DAY,)),
    ("year_mark", "2023-04-28", _DAY, ()),
    ("iso", "2023-04-28", _DAY, ()),
    ("chinese", "12", 12, ()),
    ("issue", "10", 10, ()),
    ("week", "5", 5, ()),
    ("count", "28", 28, ("家",)),
    ("percent", "68.4", Decimal("68.4"), ()),
    ("percent", "（空）", None, ()),
    ("points_change", "3.2", Decimal("3.2"), ()),
    ("points_change", "-0.4", Decimal("-0.4"), ()),
    ("points_change", "0", Decimal(0), ()),
    ("number_change", "3", 3, ("件",)),
    ("number_change", "-2", -2, ("件",)),
    ("rank_change", "2", 2, ()),
    ("rank_change", "（空）", None, ()),
    ("number", "92.50", Decimal("92.50"), ()),
    ("listed", "甲单位、乙单位、丙单位三个名称", ("甲单位", "乙单位", "丙单位"), ()),
    ("listed", "甲单位、乙单位、丙单位三个名称", ("甲单位", "乙单位", "丙单位"), (2, "个")),
    ("names", "甲单位、乙单位两条记录", _PORTIONS, ()),
    ("spread", "甲单位16、乙单位13两项", _PORTIONS, ("件",)),
    ("spread", "甲单位16一项", _PORTIONS[:1], ("件",)),
    ("mentioning", "召开会议、组织培训两种工作", ("召开会议", "组织培训"), ("会议",)),
    ("parted", "甲县某某专项整治领导小组", "甲县某某专项整治领导小组", ("专项", "领导")),
    ("bare", "楼道堆放杂物。", "楼道堆放杂物。", ()),
    ("titled", "关于印发《实施方案》的通知", "关于印发《实施方案》的通知", ()),
    ("dash", "（空）", "", ()),
)


def filters_shown() -> set[str]:
    """The filters that the page has an example of."""
    return {name for name, *_ in _FILTER_EXAMPLES}


def page() -> str:
    """docs/fields.md."""
    return "\n".join([*_head(), *_filters(), *_briefs(), *_records()]) + "\n"


def _head() -> Iterator[str]:
    yield "# 模板里能用的名称\n"
    yield (
        "本页由程序写成（`make docs`），与程序不符的测试会指出来。模板的写法见 `docs/templates.md`；\n"
        "名称写错的，`make lint-templates` 会指出在哪一行、应该是哪一个。\n"
    )


def _filters() -> Iterator[str]:
    yield "## 过滤器\n"
    yield "写在名称后面，用“|”隔开，决定印成什么样子。\n"
    yield "| 写法 | 用在 | 印出来 |"
    yield "|---|---|---|"
    for name, before, value, settings in _FILTER_EXAMPLES:
        written = f"{name}({', '.join(map(_literal, settings))})" if settings else name
        printed = FILTERS[name](value, *settings)
        shown = "｜".join(map(str, printed)) if isinstance(printed, tuple) else printed
        yield f"| `\\|{written}` | {before} | {shown} |"
    yield ""


def _literal(value: object) -> str:
    if isinstance(value, date):
        return "as_of"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _briefs() -> Iterator[str]:
    yield "## 各种公文能用的名称\n"
    yield "`genres.yaml` 里的 about 写哪一种，模板就能用哪一张表里的名称。\n"
    for about, brief in BRIEFS.items():
        yield f"### {about.value}：{ABOUT[about]}\n"
        yield from _table(brief)


def _records() -> Iterator[str]:
    yield "## 各种记录\n"
    yield "类型是“记录”的名称，里面的各项写在点号后面，如 `campaign.name`；成组的用 `{% for %}` 逐项取。\n"
    kinds = dict.fromkeys(kind for brief in BRIEFS.values() for kind in records(brief)[1:])
    for kind in sorted(kinds, key=lambda k: k.__name__):
        if kind not in BRIEFS.values():
            yield f"### {kind.__name__}\n"
            yield from _table(kind)


def _table(kind: type) -> Iterator[str]:
    yield "| 名称 | 类型 | 含义 | 样例 |"
    yield "|---|---|---|---|"
    optional = _optional(kind)
    for name, shape in fields_of(kind).items():
        if name in hidden(kind):
            continue
        note = note_of(kind, name) or Note("")
        may_lack = "，可能为空" if name in optional or note.blank else ""
        yield f"| `{name}` | {_type(shape)}{may_lack} | {note.meaning} | {_example(shape, note)} |"
    yield ""


def hidden(kind: type) -> set[str]:
    """What is not meant for templates: fields that a record does not show of itself, and cells."""
    if not is_dataclass(kind):
        return set()
    unshown = {f.name for f in fields(kind) if not f.repr or f.name == "sources"}
    return unshown | {name for name, shape in fields_of(kind).items() if _innermost(shape) in _CELLS}


def _optional(kind: type) -> set[str]:
    hints = get_type_hints(kind)
    return {
        name
        for name, hint in hints.items()
        if isinstance(hint, UnionType | type(Union[int, None])) and NoneType in get_args(hint)  # noqa: UP007 - its type is asked
    }


def _type(shape: Shape) -> str:
    match shape:
        case Record():
            name = shape.kind.__name__
            return f"记录 [{name}](#{name.lower()})"
        case Many():
            return f"一组{_type(shape.item)}"
        case Table():
            return f"对照表，各项是{_type(shape.value)}"
        case Plain():
            return _KINDS.get(shape.kind, shape.kind.__name__)
        case _:
            return "其他"


def _example(shape: Shape, note: Note) -> str:
    match shape:
        case Many(item=Plain()) if note.examples:
            return "、".join(note.examples)
        case Plain():
            usual = {bool: "是", int: "5", Decimal: "68.4", date: "2023-04-28"}
            return note.examples[0] if note.examples else usual.get(shape.kind, "")
        case _:
            return ""


if __name__ == "__main__":
    sys.stdout.write(page())
