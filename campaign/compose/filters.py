"""The filters of templates: how dates, counts, rates and lists are written in a Chinese official document.

Dates by GB/T 9704-2012 7.3.5.4 (arabic figures, four-digit year, no leading zeros); numbers by GB/T
15835-2011.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import NoneType
from typing import TypeVar

from campaign.compose.complaints import MisuseError
from campaign.decimals import NOTHING, plain, show_percent
from campaign.records import CHINESE_DIGITS

T = TypeVar("T")

TEN = 10
HUNDRED = 100
WEEKDAYS = "一二三四五六日"
CLOSING = "。．.；;，,、：:！!？? \t\n\u3000"


def long_date(day: date) -> str:
    """2023年4月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """4月28日."""
    return f"{day.month}月{day.day}日"


def span(start: date, end: date) -> str:
    """4月22日—4月28日; with the years where they differ."""
    show = short_date if start.year == end.year else long_date
    return f"{show(start)}—{show(end)}"


def weekday(day: date) -> str:
    """星期五."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def year_mark(day: date) -> str:
    """〔2023〕, as in a document number (GB/T 9704-2012 7.2.5)."""
    return f"〔{day.year}〕"


def iso(day: date) -> str:
    """2023-04-28, as the attribute `date` of a chart's labels and marks wants it."""
    return day.isoformat()


def chinese_number(number: int) -> str:
    """一 … 九十九, as in headings. Raises MisuseError beyond that."""
    if not 0 < number < HUNDRED:
        raise MisuseError(f"只能写一至九十九的汉字数字，这里是{number}")
    tens, ones = divmod(number, TEN)
    head = "" if tens == 0 else ("十" if tens == 1 else CHINESE_DIGITS[tens] + "十")
    return head + (CHINESE_DIGITS[ones] if ones else "")


def issue(number: int) -> str:
    """第5期."""
    return f"第{number}期"


def week_of(number: int) -> str:
    """第5周."""
    return f"第{number}周"


def count(number: int, measure: str = "个") -> str:
    """Number and measure word: 5个, 28家."""
    return f"{number}{measure}"


def percentage(rate: Decimal | None) -> str:
    """68.4%; a dash where there is no rate."""
    return show_percent(rate)


def points_change(change: Decimal) -> str:
    """Change of a rate: 上升3.2个百分点, 下降0.4个百分点, 持平."""
    if not change:
        return "持平"
    return f"{'上升' if change > 0 else '下降'}{abs(change):f}个百分点"


def number_change(change: int, measure: str = "个") -> str:
    """Change of a count: 增加3个, 减少2个, 持平."""
    if not change:
        return "持平"
    return f"{'增加' if change > 0 else '减少'}{abs(change)}{measure}"


def rank_change(places: int | None) -> str:
    """Change of a rank, up being positive: 升2位, 降1位, 持平; a dash where there is none to compare."""
    if places is None:
        return NOTHING
    if not places:
        return "持平"
    return f"{'升' if places > 0 else '降'}{abs(places)}位"


def number(value: Decimal | None) -> str:
    """Points as people write them: 92.5; a dash where there are none."""
    return NOTHING if value is None else plain(value)


def listed(names: Sequence[object], limit: int = 0, measure: str = "个") -> str:
    """Names joined by 、; beyond `limit` (0: none) the first so many and 等N个."""
    words = [str(name) for name in names]
    if limit and len(words) > limit:
        return f"{'、'.join(words[:limit])}等{len(words)}{measure}"
    return "、".join(words)


def names(records: Sequence[object], limit: int = 0, measure: str = "个") -> str:
    """The names of some records, as `listed`."""
    return listed([getattr(record, "name", record) for record in records], limit, measure)


def spread(portions: Sequence[object], measure: str = "个") -> str:
    """How something is spread: 其中甲16件、乙13件; where one has all of it: 均在甲."""
    shares = [(getattr(p, "name", ""), getattr(p, "count", 0)) for p in portions]
    if len(shares) == 1:
        name, count = shares[0]
        return f"{'均' if count > 1 else ''}在{name}"
    return "其中" + "、".join(f"{name}{count}{measure}" for name, count in shares)


def bare(text: str) -> str:
    """A text without its closing punctuation, to be set into a sentence or a table."""
    return text.strip().rstrip(CLOSING)


def titled(text: str) -> str:
    """A document's title in 《》, with those inside it turned into 〈〉 (GB/T 15834-2011 4.13)."""
    inner = text.strip()
    if inner.startswith("《") and inner.endswith("》") and inner.count("《") == 1:
        inner = inner[1:-1]
    return f"《{inner.replace('《', '〈').replace('》', '〉')}》"


def parted(text: str, *words: str) -> tuple[str, ...]:
    """A text in parts, a new one beginning with each of the words: where a long name may be broken."""
    places = sorted({at for word in words if (at := text.find(word)) > 0})
    return tuple(text[a:b] for a, b in pairwise((0, *places, len(text))))


def mentioning(kinds: Sequence[T], *words: str) -> tuple[T, ...]:
    """Those whose label contains one of the words: which kinds of work belong to which part of a report."""
    return tuple(kind for kind in kinds if any(word in getattr(kind, "label", str(kind)) for word in words))


def dash(text: str) -> str:
    """The text, or a dash where there is none."""
    return text or NOTHING


def _guarded(
    name: str, kind: type | tuple[type, ...], what: str, write: Callable[..., object]
) -> Callable[..., object]:
    """The filter, refusing what it is not for in words that a template's author understands."""

    def guarded(value: object, *settings: object) -> object:
        if not isinstance(value, kind):
            raise MisuseError(f"过滤器 |{name} 要用在{what}上，这里是 {type(value).__name__}")
        return write(value, *settings)

    return guarded


_RATE = (Decimal, NoneType)
_KINDS: tuple[tuple[str, type | tuple[type, ...], str, Callable[..., object]], ...] = (
    ("date", date, "日期", long_date),
    ("day", date, "日期", short_date),
    ("to", date, "日期", span),
    ("weekday", date, "日期", weekday),
    ("year_mark", date, "日期", year_mark),
    ("iso", date, "日期", iso),
    ("chinese", int, "整数", chinese_number),
    ("issue", int, "整数", issue),
    ("week", int, "整数", week_of),
    ("count", int, "整数", count),
    ("percent", _RATE, "比率", percentage),
    ("points_change", Decimal, "比率之差", points_change),
    ("number_change", int, "整数之差", number_change),
    ("rank_change", (int, NoneType), "名次之差", rank_change),
    ("number", _RATE, "分数", number),
    ("listed", (tuple, list), "一组名称", listed),
    ("names", (tuple, list), "一组记录", names),
    ("spread", (tuple, list), "一组分项", spread),
    ("mentioning", (tuple, list), "一组工作", mentioning),
    ("parted", str, "文字", parted),
    ("bare", str, "文字", bare),
    ("titled", str, "文字", titled),
    ("dash", str, "文字", dash),
)

FILTERS: Mapping[str, Callable[..., object]] = {kind[0]: _guarded(*kind) for kind in _KINDS}

# What each filter is for: the types it takes, the word for them, and the function that writes.
TAKES: Mapping[str, tuple[type | tuple[type, ...], str, Callable[..., object]]] = {
    name: (kind, what, write) for name, kind, what, write in _KINDS
}
