"""Who has reported, when, and whether anything is new since the weeks before."""

from collections.abc import Iterator
from datetime import date, timedelta

from campaign.intake.checks.material import Finding, Material
from campaign.records import CellRef

_WEEK = timedelta(days=7)
_DAY = len("2023-04-21")


def unreported(material: Material) -> Iterator[Finding]:
    """Subdistricts of the roster without a usable ledger."""
    return (Finding(CellRef(""), name) for name in material.books.unreported)


def undated(material: Material) -> Iterator[Finding]:
    """Ledgers that do not say when they were reported."""
    return (Finding(CellRef(ledger.file)) for ledger in material.ledgers if ledger.reported_on is None)


def stale(material: Material) -> Iterator[Finding]:
    """Ledgers that were reported before this week began."""
    as_of = material.books.as_of
    for ledger in material.ledgers:
        day = ledger.reported_on
        if day is not None and day <= as_of - _WEEK:
            words = {"found": day.isoformat(), "expected": as_of.isoformat()}
            yield Finding(CellRef(ledger.file), "、".join(ledger.offices), words)


def unchanged(material: Material) -> Iterator[Finding]:
    """Ledgers of the same bytes as one of an earlier week. Of rosters and old self-checks that is normal."""
    for ledger in material.ledgers:
        where = material.earlier.get(material.digests.get(ledger.file, ""), "")
        if where and _before(where, material.books.as_of):
            week, _, file = where.partition("/")
            words = {"found": f"截至 {week} 那一周的《{file}》"}
            yield Finding(CellRef(ledger.file), "、".join(ledger.offices), words)


def _before(where: str, as_of: date) -> bool:
    """Whether it lay in a week before this one: a week that is run again is no earlier week."""
    return date.fromisoformat(where[:_DAY]) < as_of
