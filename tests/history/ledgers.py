"""Ledgers for tests of identity: a county's problems in real words, and what offices do to them in a week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from campaign.history.changes import compare
from campaign.records import (
    Assessment,
    Books,
    Changes,
    Figures,
    ItemCode,
    Problem,
    Snapshot,
    Status,
    Tally,
)
from sample.county import County
from sample.lexicon import items
from tests.support.county import AS_OF, COMMUNITIES, LEDGER, books, origin, problem

WEEK = timedelta(days=7)
LAST = AS_OF - WEEK
_REPLACED = (
    ("缺失", "缺少"), ("未见", "没有"), ("损坏", "破损"), ("堆放", "堆积"), ("未建立", "没有建立"),
    ("占用", "侵占"), ("过期", "超期"), ("未按", "没有按"), ("存在", "有"), ("不足", "偏低"), ("无", "没有"),
)  # fmt: skip
_REMARKS = ("（已约谈物业负责人）", "，已责令整改", "；4月20日现场复查", "（正在协调）", "，已督办2次")


def chance(seed: int) -> Random:
    """Chance that is the same in every run."""
    return Random(seed)  # noqa: S311 - no secret


def many(rng: Random, count: int = 400) -> list[Problem]:
    """Problems of the small roster's communities, found up to the day before LAST, in every state."""
    found: list[Problem] = []
    texts: set[tuple[str, str]] = set()
    while len(found) < count:
        item = rng.choice(items())
        numbers = {name: str(rng.randint(1, 40)) for name in ("b", "b2", "u", "f", "n", "m", "r", "y", "k")}
        text = rng.choice(item.phrases).say.format(**numbers)
        community = rng.choice(list(COMMUNITIES))
        if (community, text) in texts:
            continue
        texts.add((community, text))
        day = LAST - timedelta(days=rng.randint(1, 24))
        status = rng.choice(list(Status))
        found.append(
            problem(
                len(found) + 5,
                community=community,
                item=ItemCode(item.code.group, item.code.number),
                description=text,
                found_on=day,
                due_on=LAST + timedelta(days=rng.randint(-5, 40)),
                status=status,
                rectified_on=LAST if status.done else None,
                closed_on=LAST if status is Status.CLOSED else None,
            )
        )
    return found


def laid_out(problems: Sequence[Problem], file: str = "台账.xlsx", sheet: str = "问题台账") -> list[Problem]:
    """The same problems as they would stand in a ledger: numbered from 1 in each office, row after row."""
    rows: Counter[str] = Counter()
    found = []
    for one in problems:
        rows[one.subdistrict] += 1
        n = rows[one.subdistrict]
        fields = [(name, str(getattr(one, name) or "")) for name in LEDGER]
        place = origin(f"{one.subdistrict}{file}", sheet, n + 4, fields)
        found.append(replace(one, serial=str(n), origin=place))
    return found


def snapshot(contents: Books, past: Sequence[Snapshot] = ()) -> Snapshot:
    """A week as history knows it, not assessed."""
    figures = Assessment(Figures(contents.as_of, Tally()))
    return Snapshot(len(past) + 1, contents, figures, changes=compare(contents, past))


def week(problems: Sequence[Problem], as_of: date = LAST, past: Sequence[Snapshot] = ()) -> Snapshot:
    """A week of the small county."""
    return snapshot(books(problems, as_of=as_of), past)


def changed(before: Sequence[Problem], now: Sequence[Problem]) -> Changes:
    """What has changed between LAST and AS_OF."""
    return compare(books(now), (week(before),))


def reworded(rng: Random, text: str) -> str:
    """The same problem in other words: a synonym, a remark, cut short, turned round."""
    match rng.randrange(5):
        case 0:
            known = [(a, b) for a, b in _REPLACED if a in text]
            return text.replace(*rng.choice(known), 1) if known else f"{text}，需整改"
        case 1:
            return text + rng.choice(_REMARKS)
        case 2:
            return text[: max(8, int(len(text) * rng.uniform(0.6, 0.9)))]
        case 3:
            parts = text.split("，")
            rng.shuffle(parts)
            return "，".join(parts)
        case _:
            return f"经查，{text}"


def played(
    county: County, weeks: int, rng: Random, rewriting: float = 0.0
) -> list[tuple[list[int], Snapshot]]:
    """A county's weeks as records, each ledger in another order and numbered anew; and the cases behind it.

    `rewriting` is the chance that a problem is reworded in a week.
    """
    told: list[tuple[list[int], Snapshot]] = []
    words: dict[int, str] = {}
    past: list[Snapshot] = []
    for friday in county.fridays[:weeks]:
        rows = [(n, p) for n, case in enumerate(county.cases) if (p := case.on(friday)) is not None]
        for n, p in rows:
            known = n in words
            words.setdefault(n, p.description)
            if known and rng.random() < rewriting:
                words[n] = reworded(rng, words[n])
        rng.shuffle(rows)
        problems = laid_out([replace(p, description=words[n]) for n, p in rows], file=f"{friday}.xlsx")
        past.append(snapshot(replace(county.books(friday), problems=tuple(problems)), past))
        told.append(([n for n, _ in rows], past[-1]))
    return told
