"""How offices spell one and the same thing: dates, items, statuses, names."""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from campaign.records import CHINESE_DIGITS, ItemCode, Status

_EPOCH = date(1899, 12, 30)  # day 0 of Excel
_WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
_NEAR = 150  # days within which people leave the year out

STATUS_WORDS: Mapping[str, Mapping[Status, tuple[str, ...]]] = {
    "merged": {
        Status.OPEN: ("未整改", "未整改", "未启动"),
        Status.IN_PROGRESS: ("整改中",),
        Status.RECTIFIED: ("已整改", "已整改", "整改完成"),
        Status.CLOSED: ("已销号", "已销号", "已验收销号"),
    },
    "list": {
        Status.OPEN: ("×", "×", "否", "未启动"),
        Status.IN_PROGRESS: ("整改中", "整改中", "正在推进", "部分整改"),
        Status.RECTIFIED: ("√", "√", "是", "100%"),
        Status.CLOSED: ("√", "√", "√", "是"),
    },
    "tabs": {
        Status.OPEN: ("未启动", "尚未整改", "未完成"),
        Status.IN_PROGRESS: ("正在整改", "正在整改", "推进中"),
        Status.RECTIFIED: ("已完成", "整改到位", "已办结"),
        Status.CLOSED: ("已验收销号", "验收合格", "已核销"),
    },
}


def serial(day: date) -> int:
    """A day as Excel counts it."""
    return (day - _EPOCH).days


def wide(text: str) -> str:
    """Full-width letters and digits."""
    return text.translate(_WIDE)


def in_han(day: date) -> str:
    """A day in Chinese numerals: 二〇二三年四月二十一日."""
    year = "".join(CHINESE_DIGITS[int(d)] for d in str(day.year))
    return f"{year}年{han_number(day.month)}月{han_number(day.day)}日"


def han_number(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{CHINESE_DIGITS[tens]}十"
    return head + (CHINESE_DIGITS[ones] if ones or not tens else "")


def long_date(day: date) -> str:
    """2023年4月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def dotted(day: date) -> str:
    """2023.4.21."""
    return f"{day.year}.{day.month}.{day.day}"


_TEXTS: tuple[tuple[int, Callable[[date], str]], ...] = (
    (6, dotted),
    (5, lambda d: f"{d.isoformat()} "),
    (5, long_date),
    (2, lambda d: f"{d.year}/{d.month}/{d.day}"),
    (2, lambda d: d.strftime("%Y.%m.%d")),
    (1, lambda d: wide(long_date(d))),
    (1, in_han),
)


def date_text(rng: Random, day: date, near: date | None) -> str:
    """A day as text, one way or another; without its year only if it is near the day given."""
    if near is not None and abs((day - near).days) < _NEAR and rng.random() < 0.25:  # noqa: PLR2004
        return f"{day.month}月{day.day}日"
    write = rng.choices([writer for _, writer in _TEXTS], [weight for weight, _ in _TEXTS])[0]
    return write(day)


def deadline_text(rng: Random, day: date, near: date | None) -> str:
    """A deadline as "…前", which means the day itself."""
    bare = f"{day.month}月{day.day}日"
    if near is None or abs((day - near).days) >= _NEAR:
        bare = long_date(day)
    return bare + rng.choice(("前", "前", "前", "（含）前"))


def no_deadline(rng: Random) -> str:
    """长期坚持, one way or another."""
    return rng.choice(("长期坚持", "长期坚持", "长期", "持续整改", "常态化"))


def item_text(habit: str, item: ItemCode | None, rng: Random) -> str:
    """A checklist item as that habit spells it."""
    if item is None:
        return ""
    group = CHINESE_DIGITS[item.group]
    spellings = {
        "merged": (str(item), str(item), f"{group}-{item.number}"),
        "list": (f"三（{group}）{item.number}", f"三（{group}）{item.number}", f"({group}){item.number}"),
        "tabs": (
            f"{item.group}.{item.number}",
            f"{item.group}.{item.number}",
            f"第{group}类第{item.number}项",
        ),
    }
    return rng.choice(spellings[habit])


def status_text(habit: str, status: Status, rng: Random) -> str:
    """A status in that habit's words."""
    return rng.choice(STATUS_WORDS[habit][status])


def loose_name(rng: Random, name: str) -> str:
    """A community's name as people say it: 小区 dropped or added."""
    if name.endswith("小区") and len(name) > len("小区") + 1:
        return name.removesuffix("小区")
    return f"{name}小区" if rng.random() < 0.2 else name  # noqa: PLR2004


def untidy(rng: Random, name: str) -> str:
    """A name typed with stray spaces and full-width letters."""
    typed = "".join(wide(c) if c.isascii() and c.isalnum() else c for c in name)
    return rng.choice((name, typed, f" {name}\u3000", f"{typed}\xa0"))
