"""The suspicion list (疑点清单) of the overview page, and the doubts that wait for the clerk."""

from dataclasses import dataclass

from campaign.compose.brief_changes import DoubtRow, Suspect, doubt_rows, number_of, suspects
from campaign.records import ChangeKind, Settled, Week
from campaign.render.overview.links import Link, spot, to_input

DOUBTS = "疑似同一问题.xlsx"


@dataclass(frozen=True, slots=True)
class SuspectRow:
    """One suspicion: what, how it stood in which issue and where, how it stands and where.

    `tone` sets apart what concerns a striking off or a disappearance from what may have been agreed upon.
    """

    suspect: Suspect
    tone: str
    issue: str
    before: str
    file: Link | None
    place: str


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """Two rows that may be one problem."""

    doubt: DoubtRow
    issue: str
    file: Link
    place: str


def suspect_rows(week: Week, inputs: str | None) -> tuple[SuspectRow, ...]:
    """The suspicion list of a week."""
    return tuple(_row(suspect, week, inputs) for suspect in suspects(week.changes))


def _row(suspect: Suspect, week: Week, inputs: str | None) -> SuspectRow:
    grave = {ChangeKind.VANISHED, ChangeKind.BACK_DATED}.intersection(suspect.kinds)
    return SuspectRow(
        suspect=suspect,
        tone="bad" if grave else "warning",
        issue=number_of(suspect.seen, week.past),
        before=str(suspect.before),
        file=to_input(suspect.now, inputs) if suspect.now else None,
        place=spot(suspect.now) if suspect.now else "",
    )


def doubt_lines(week: Week, inputs: str | None) -> tuple[DoubtLine, ...]:
    """The doubts of a week."""
    return tuple(
        DoubtLine(d, number_of(d.seen, week.past), to_input(d.place, inputs), spot(d.place))
        for d in doubt_rows(week.changes)
    )


def idle(week: Week) -> tuple[str, ...]:
    """The rows of 同一问题认定 that mean nothing: their keys are nobody's, or the two stood side by side."""
    used = set(week.changes.settled)
    return tuple(
        str(s.origin.row) for s in week.books.settlements if Settled(s.earlier, s.later, s.same) not in used
    )
