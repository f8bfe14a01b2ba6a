"""Which row of the ledgers an inspection is about, by the number it names (问题编号)."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from campaign.intake.text import folded
from campaign.records import Problem, SpotCheck


def by_serial(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """Problems by their number; numbers begin anew in each ledger, so several may share one."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.serial:
            found.setdefault(folded(problem.serial), []).append(problem)
    return found


def inspected(
    check: SpotCheck, serials: Mapping[str, Sequence[Problem]], named: Callable[[str], str]
) -> Problem | None:
    """The one row that an inspection is about; None where its number fits none or several.

    `named` gives the official name of a unit as typed, "" where there is none.
    """
    rows = list(serials.get(folded(check.serial), ())) if check.serial else []
    if check.community:
        rows = [row for row in rows if row.community == check.community]
    if len(rows) > 1 or not check.community:
        rows = [
            row for row in rows if check.unit in {row.subdistrict, row.company, named(row.responsible_unit)}
        ]
    return rows[0] if len(rows) == 1 else None
