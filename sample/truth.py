"""The figures that follow from records by the definitions of the design (§2), in the shape of figures.json.

Written apart from the program's own counting, and as plainly as the definitions read, so that the one can be
held against the other.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from campaign.records import Books, Community, Problem, Status

Row = dict[str, int]
_WEEK = timedelta(days=6)


def figures(books: Books) -> dict[str, object]:
    """Totals, then one row per subdistrict and company, in the roster's order."""
    roster = books.roster
    return {
        "as_of": books.as_of.isoformat(),
        "totals": _row(books, lambda _: True),
        "subdistricts": {
            s.name: _row(books, lambda c, n=s.name: c.subdistrict == n)  # type: ignore[misc]
            for s in roster.subdistricts
        },
        "companies": {
            s.name: _row(books, lambda c, n=s.name: c.company == n)  # type: ignore[misc]
            for s in roster.companies
        },
    }


def _row(books: Books, mine: Callable[[Community], bool]) -> Row:
    names = {c.name for c in books.roster.communities if mine(c)}
    checked = {s.community for s in books.self_checks if s.checked_on <= books.as_of} & names
    return {"communities": len(names), "checked": len(checked)} | _count(
        (p for p in books.problems if p.community in names and p.found_on <= books.as_of), books.as_of
    )


def _count(problems: Iterable[Problem], as_of: date) -> Row:
    found = list(problems)

    def how_many(status: Status) -> int:
        return sum(p.status is status for p in found)

    unfinished = [p for p in found if p.status in {Status.OPEN, Status.IN_PROGRESS}]
    closed = [p for p in found if p.status is Status.CLOSED]
    return {
        "found": len(found),
        "open": how_many(Status.OPEN),
        "in_progress": how_many(Status.IN_PROGRESS),
        "rectified": how_many(Status.RECTIFIED),
        "closed": len(closed),
        "done": how_many(Status.RECTIFIED) + len(closed),
        "overdue": sum(p.due_on is not None and p.due_on < as_of for p in unfinished),
        "new": sum(p.found_on >= as_of - _WEEK for p in found),
        "newly_closed": sum(p.closed_on is not None and p.closed_on >= as_of - _WEEK for p in closed),
    }
