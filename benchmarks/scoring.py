"""Times the scoring of a county, and of a province of 88 counties: `python -m benchmarks.scoring`.

The county has the size of the notice: 61 communities, 28 companies, three subdistricts, 270 problems. A
province is 88 of them, one after the other or as one roster; beside it stand 22 and 44, to see that time
grows in proportion.
"""

import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from campaign.assess import assess
from campaign.records import (
    Books,
    CellRef,
    Community,
    Company,
    Origin,
    Problem,
    Roster,
    SelfCheck,
    Status,
    Subdistrict,
)
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook

RULES = Path(__file__).parents[1] / "rules"
AS_OF = date(2023, 4, 28)
COMMUNITIES, COMPANIES, OFFICES, PROBLEMS = 61, 28, 3, 270
COUNTIES = (22, 44, 88)
LIMIT = 0.3  # seconds for a county
ROUNDS = 5
FAR_FROM_LINEAR = 1.5  # 88 counties may take so much longer than 4 times 22


def county(number: int, rulebook: Rulebook) -> Books:
    """The books of one invented county; the number changes the names and shifts the problems."""
    roster = _roster(number)
    codes = rulebook.checklist.codes
    return Books(
        as_of=AS_OF,
        roster=roster,
        problems=tuple(_problem(n + number, n, roster, codes[n % len(codes)]) for n in range(PROBLEMS)),
        self_checks=tuple(
            SelfCheck(c.name, AS_OF, (), _origin("自查表", n)) for n, c in enumerate(roster.communities, 1)
        ),
        spot_checks=(),
        complaints=(),
    )


def _roster(number: int) -> Roster:
    offices = [f"第{number}县{n}号单位" for n in range(OFFICES)]
    companies = [f"第{number}县{n}号企业" for n in range(COMPANIES)]
    return Roster(
        tuple(
            Community(
                f"第{number}县{n}号点",
                offices[n % OFFICES],
                companies[n % COMPANIES],
                300,
                _origin("名册", n + 2),
            )
            for n in range(COMMUNITIES)
        ),
        tuple(Company(name, "", "", _origin("企业", n)) for n, name in enumerate(companies, 2)),
        tuple(Subdistrict(name, "", "", _origin("单位", n)) for n, name in enumerate(offices, 2)),
    )


def _problem(seed: int, row: int, roster: Roster, item: object) -> Problem:
    place = roster.communities[seed % COMMUNITIES]
    status = tuple(Status)[seed % len(Status)]
    return Problem(
        serial=str(row),
        subdistrict=place.subdistrict,
        community=place.name,
        company=place.company,
        item=item,  # type: ignore[arg-type] # one of the checklist's codes
        description=f"问题{row}",
        found_on=AS_OF - timedelta(days=seed % 28),
        measure="",
        due_on=AS_OF - timedelta(days=seed % 40 - 20),
        no_deadline=False,
        responsible_unit=place.company,
        responsible_person="",
        phone="",
        status=status,
        rectified_on=AS_OF if status.done else None,
        closed_on=AS_OF if status is Status.CLOSED else None,
        supervision="",
        note="",
        origin=_origin("台账", row + 5),
    )


def _origin(sheet: str, row: int) -> Origin:
    return Origin(CellRef(f"{sheet}.xlsx", sheet, row, 1))


def joined(books: tuple[Books, ...]) -> Books:
    """Some counties as one roster with one ranking."""
    return Books(
        as_of=AS_OF,
        roster=Roster(
            tuple(c for each in books for c in each.roster.communities),
            tuple(c for each in books for c in each.roster.companies),
            tuple(s for each in books for s in each.roster.subdistricts),
        ),
        problems=tuple(p for each in books for p in each.problems),
        self_checks=tuple(check for each in books for check in each.self_checks),
        spot_checks=(),
        complaints=(),
    )


def timed(books: tuple[Books, ...], rulebook: Rulebook) -> float:
    """Seconds to score some counties, one after the other."""
    start = perf_counter()
    for each in books:
        assess(each, (), rulebook)
    return perf_counter() - start


def grown(how: str, times: Mapping[int, float]) -> float:
    """Say the times, and how much longer the most counties take than their number accounts for."""
    for count, seconds in times.items():
        print(f"{count} counties {how}: {seconds:.2f} s, {seconds / count * 1000:.0f} ms each")
    first, last = COUNTIES[0], COUNTIES[-1]
    growth = times[last] / times[first] / (last / first)
    print(f"growth from {first} to {last}, in proportion to their number: {growth:.2f} (1 is linear)")
    return growth


def main() -> int:
    """Print the times; 1 where a county takes longer than allowed or time does not grow in proportion."""
    rulebook = load(RULES)
    books = tuple(county(number, rulebook) for number in range(max(COUNTIES)))
    timed(books[:1], rulebook)  # the first call pays for imports
    one = min(timed(books[:1], rulebook) for _ in range(ROUNDS))
    print(f"one county: {one * 1000:.0f} ms (allowed: {LIMIT * 1000:.0f} ms)")
    growth = max(
        grown("one after the other", {n: timed(books[:n], rulebook) for n in COUNTIES}),
        grown("as one", {n: timed((joined(books[:n]),), rulebook) for n in COUNTIES}),
    )
    return int(one > LIMIT or growth > FAR_FROM_LINEAR)


if __name__ == "__main__":
    sys.exit(main())
