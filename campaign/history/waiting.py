"""Problems whose row is there but is not counted: it waits for its office (待核实), or is dated too late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.history.likeness import alike, elsewhere
from campaign.intake.text import folded
from campaign.records import Books, PendingRow, Problem, Roster

_ALIKE = 70.0  # of the descriptions, where the community is the same
_VERY_ALIKE = 85.0  # where the row's community cannot be made out
_NUMBERED = 15.0  # what an equal number adds


@dataclass(frozen=True, slots=True)
class _Row:
    """What can be read of a row that is not counted. `community` is None where it cannot be made out."""

    office: str
    community: str | None
    serial: str
    description: str


def places(roster: Roster) -> Mapping[str, str]:
    """A community's other names → its name in the roster."""
    return {alias: c.name for c in roster.communities for alias in c.aliases}


def _names(roster: Roster) -> Mapping[str, str]:
    """Every name of a community, as compared → its roster name."""
    return {folded(name): c.name for c in roster.communities for name in (c.name, *c.aliases)}


def rows_of(problems: Sequence[Problem], books: Books) -> frozenset[int]:
    """Which of some problems have a row among those of `books` that are not counted, by their places.

    Each row stands for one problem at most; the likeliest go first.
    """
    names = _names(books.roster)
    rows = [*(_pending(row, names) for row in books.pending), *map(_future, books.future)]
    candidates = sorted(
        (-score, n, r)
        for n, problem in enumerate(problems)
        for r, row in enumerate(rows)
        if row.office in {problem.subdistrict, ""} and (score := _likeness(problem, row)) > 0
    )
    found: set[int] = set()
    taken: set[int] = set()
    for _, n, r in candidates:
        if n not in found and r not in taken:
            found.add(n)
            taken.add(r)
    return frozenset(found)


def _pending(row: PendingRow, names: Mapping[str, str]) -> _Row:
    typed = {cell.field: cell.raw for cell in row.cells}
    return _Row(
        row.subdistrict,
        names.get(folded(typed.get("community", ""))),
        folded(typed.get("serial", "")),
        typed.get("description", ""),
    )


def _future(problem: Problem) -> _Row:
    return _Row(problem.subdistrict, problem.community, folded(problem.serial), problem.description)


def _likeness(problem: Problem, row: _Row) -> float:
    """More than 0 where the row may well be the problem's."""
    if row.community not in {None, problem.community}:
        return 0.0
    same_number = bool(problem.serial) and folded(problem.serial) == row.serial
    if not row.description.strip():  # it is what the row lacks
        return 1.0 if same_number and row.community is not None else 0.0
    if elsewhere(problem.description, row.description):
        return 0.0
    score = alike(problem.description, row.description) + (_NUMBERED if same_number else 0.0)
    return score if score >= (_ALIKE if row.community else _VERY_ALIKE) else 0.0
