"""Times history over a campaign of thirteen weeks: `python -m benchmarks.history`.

The weeks are read as they were written, each is compared with the one before it, and the lives of all
problems are told. Half the weeks stand beside the whole, to see that time grows in proportion.
"""

import sys
from dataclasses import replace
from random import Random
from time import perf_counter

from benchmarks.scoring import RULES
from campaign.assess import assess
from campaign.history.changes import compare
from campaign.history.lives import lives
from campaign.history.weeks import dump, parse
from campaign.records import CellRef, Origin, Problem, Snapshot, Sourced
from campaign.rulebook.loader import load
from sample.county import county

WEEKS = 13
LIMIT = 3.0  # seconds for all of it, thirteen weeks of a county
FAR_FROM_LINEAR = 1.6  # all weeks may take so much longer for their size than the first half
_FIELDS = ("serial", "community", "company", "item", "description", "found_on", "measure", "due_on", "status")


def written() -> list[bytes]:
    """The snapshots of a county's weeks, every ledger in another order, with the cells a ledger has."""
    rulebook = load(RULES)
    made = county(weeks=WEEKS)
    past: list[Snapshot] = []
    for number, friday in enumerate(made.fridays, 1):
        contents = made.books(friday)
        rows = list(contents.problems)
        Random(number).shuffle(rows)  # noqa: S311 - no secret
        books = replace(contents, problems=tuple(_placed(p, row) for row, p in enumerate(rows, 5)))
        changes = compare(books, past)
        past.append(Snapshot(number, books, assess(books, tuple(past), rulebook, changes), changes=changes))
    return [dump(week) for week in past]


def _placed(problem: Problem, row: int) -> Problem:
    file = f"台账/{problem.subdistrict}.xlsx"
    fields = tuple(
        Sourced(name, CellRef(file, "台账", row, n), str(getattr(problem, name) or ""))
        for n, name in enumerate(_FIELDS, 1)
    )
    return replace(problem, serial=str(row - 4), origin=Origin(CellRef(file, "台账", row, 1), fields))


def timed(weeks: list[bytes]) -> tuple[float, float, float]:
    """Seconds to read some weeks, to compare each with the one before it, and to tell all lives."""
    start = perf_counter()
    past = [parse(data) for data in weeks]
    read = perf_counter()
    for n, week in enumerate(past):
        if compare(week.books, past[:n]) != week.changes:
            raise AssertionError("a week compared again has changed otherwise")
    compared = perf_counter()
    lives(past)
    return read - start, compared - read, perf_counter() - compared


def main() -> int:
    """Print the times; 1 where they are longer than allowed or do not grow in proportion."""
    weeks = written()
    size = sum(map(len, weeks))
    timed(weeks[:1])  # the first call pays for imports
    read, compared, told = timed(weeks)
    print(
        f"{WEEKS} weeks, {size / 1e6:.1f} MB: read {read:.2f} s, compare {compared:.2f} s, tell {told:.2f} s"
    )
    total = read + compared + told
    print(f"together {total:.2f} s (allowed: {LIMIT:.1f} s)")
    each = [sum(timed(part)) / sum(map(len, part)) for part in (weeks[: WEEKS // 2], weeks)]
    growth = each[1] / each[0]
    print(
        f"growth from {WEEKS // 2} to {WEEKS} weeks, in proportion to their size: {growth:.2f} (1 is linear)"
    )
    return int(total > LIMIT or growth > FAR_FROM_LINEAR)


if __name__ == "__main__":
    sys.exit(main())
