"""The week's figures: who has how many problems in which state, as the design defines the words.

Records become rows of ones and zeros, and pandas adds them up by subject. Rates are not kept: they follow
from these sums (see decimals).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from campaign.records import Books, Community, Figures, Problem, Status, Tally

_WEEK = timedelta(days=7)
_COUNTED = ("found", *(status.value for status in Status), "overdue", "new", "newly_closed")
_KEYS = ("subdistrict", "company", "community", "group")


def tabulate(books: Books, groups: Iterable[int]) -> Figures:
    """The figures of all subjects of the roster and of all checklist groups.

    A problem belongs to the company and subdistrict that the roster gives its community.

    Raises:
        ValueError: a problem's community is not in the roster; intake must have kept such a row back.
    """
    communities = {community.name: community for community in books.roster.communities}
    sums = _sums(books, communities)
    pending = _pending(books, communities)
    checked = checked_communities(books)

    def tally(key: str, name: object, members: Iterable[Community]) -> Tally:
        members = tuple(members)
        areas = {member.subdistrict for member in members} | ({name} if key == "subdistrict" else set())
        households = [member.households for member in members]
        return Tally(
            communities=len(members),
            checked=sum(member.name in checked for member in members),
            pending=pending.get((key, name), 0),
            households=None if None in households else sum(h for h in households if h is not None),
            missing=tuple(office for office in books.unreported if office in areas),
            **sums.get((key, name), {}),
        )

    everything = books.roster.communities
    by_office, by_company = grouped(everything, "subdistrict"), grouped(everything, "company")
    return Figures(
        as_of=books.as_of,
        totals=tally("total", None, everything),
        subdistricts={
            s.name: tally("subdistrict", s.name, by_office.get(s.name, ())) for s in books.roster.subdistricts
        },
        companies={
            s.name: tally("company", s.name, by_company.get(s.name, ())) for s in books.roster.companies
        },
        communities={c.name: tally("community", c.name, (c,)) for c in everything},
        groups={number: tally("group", number, everything) for number in groups},
    )


def grouped(communities: Iterable[Community], by: str) -> Mapping[str, Sequence[Community]]:
    """The communities of each subdistrict or company, in the order of the roster."""
    groups: dict[str, list[Community]] = {}
    for community in communities:
        groups.setdefault(getattr(community, by), []).append(community)
    return groups


def checked_communities(books: Books) -> frozenset[str]:
    """The communities for which a self-check dated on or before the as-of date has come in."""
    return frozenset(check.community for check in books.self_checks if check.checked_on <= books.as_of)


def found(books: Books) -> tuple[Problem, ...]:
    """The problems found on or before the as-of date, in the order of their cells."""
    return tuple(sorted((p for p in books.problems if p.found_on <= books.as_of), key=lambda p: p.origin.row))


def _sums(books: Books, communities: Mapping[str, Community]) -> dict[tuple[str, object], dict[str, int]]:
    """(key, name) → counts, as plain integers."""
    import pandas as pd  # noqa: PLC0415 - half a second that commands without figures need not pay

    rows = [_row(problem, books, communities) for problem in found(books)]
    frame = pd.DataFrame(rows, columns=[*_KEYS, *_COUNTED])
    counted = list(_COUNTED)
    total = frame[counted].sum().tolist()
    sums: dict[tuple[str, object], dict[str, int]] = {
        ("total", None): dict(zip(_COUNTED, total, strict=True))
    }
    for key in _KEYS:
        by_name = frame.groupby(key, sort=False)[counted].sum()
        names, counts = by_name.index.tolist(), by_name.to_numpy().tolist()  # row by row pandas is slow
        sums |= {
            (key, name): dict(zip(_COUNTED, line, strict=True))
            for name, line in zip(names, counts, strict=True)
        }
    return sums


def _row(problem: Problem, books: Books, communities: Mapping[str, Community]) -> tuple[object, ...]:
    community = communities.get(problem.community)
    if community is None:
        raise ValueError(f"not in the roster: {problem.community} at {problem.origin.row}")
    return (
        community.subdistrict,
        community.company,
        community.name,
        problem.item.group if problem.item else 0,
        1,
        *(int(problem.status is status) for status in Status),
        int(problem.overdue(books.as_of)),
        int(books.as_of - _WEEK < problem.found_on),
        int(
            problem.status is Status.CLOSED
            and problem.closed_on is not None
            and books.as_of - _WEEK < problem.closed_on <= books.as_of
        ),
    )


def _pending(books: Books, communities: Mapping[str, Community]) -> dict[tuple[str, object], int]:
    """(key, name) → rows that wait for their office; by community only where the row names one exactly."""
    counts: dict[tuple[str, object], int] = {("total", None): len(books.pending)}
    spellings = {name: c for c in communities.values() for name in (c.name, *c.aliases)}
    for row in books.pending:
        raw = next((cell.raw.strip() for cell in row.cells if cell.field == "community"), "")
        community = spellings.get(raw)
        keys: list[tuple[str, object]] = [("subdistrict", row.subdistrict)]
        if community is not None:
            keys += [("community", community.name), ("company", community.company)]
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
    return counts
