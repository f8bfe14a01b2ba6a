"""Which entries of the table of matters (考核事项) count for a subject on the as-of date, and how often."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from campaign.assess.subjects import Subject
from campaign.records import ItemCode, Merit
from campaign.rulebook.normal import word_key
from campaign.rulebook.sources import Matters, Period, Repair

_YEAR = 12


def chosen(subject: Subject, matters: Matters) -> tuple[Merit, ...] | None:
    """The entries that count, in the order of their cells; None where nobody handed in any table."""
    if subject.merits is None:
        return None
    names, levels = _keys(matters.names), _keys(matters.levels)
    return tuple(
        merit
        for merit in subject.merits
        if word_key(merit.matter) in names
        and (not levels or word_key(merit.level) in levels)
        and counts_on(merit, matters, subject.as_of)
        and (matters.min_quantity is None or _quantity(merit) >= matters.min_quantity)
    )


def counts_on(merit: Merit, matters: Matters, day: date) -> bool:
    """Whether an entry is valid on a day: begun, not yet run out, and not struck off by a repair."""
    repaired = merit.repaired_on is not None and merit.repaired_on <= day
    if merit.dated_on > day or (repaired and matters.repair is not Repair.IGNORED):
        return False
    if matters.valid_in is Period.CALENDAR_YEAR:
        return merit.dated_on.year == day.year
    return not matters.valid_months or day < months_later(merit.dated_on, matters.valid_months)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def times(merit: Merit, matters: Matters) -> int:
    """How often an entry counts: once, or once for each full `per_quantity`."""
    if matters.per_quantity is None:
        return 1
    return max(int((_quantity(merit) / matters.per_quantity).to_integral_value(ROUND_FLOOR)), 0)


def duty_done(subject: Subject, names: Iterable[str], community: str, item: ItemCode | None) -> Merit | None:
    """The evidence that a duty was done: an entry with proof, of that community and item if it names any."""
    keys = _keys(names)
    return next(
        (
            merit
            for merit in subject.merits or ()
            if word_key(merit.matter) in keys
            and merit.proof
            and merit.community in {"", community}
            and merit.item in {None, item}
        ),
        None,
    )


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word_key(name) for name in names)


def _quantity(merit: Merit) -> Decimal:
    return Decimal(1) if merit.quantity is None else merit.quantity
