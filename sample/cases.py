"""The life of a problem: found, taken up, put right, verified; sometimes put off or found again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from campaign.records import CellRef, ItemCode, Origin, Problem, Status
from sample.people import Person
from sample.places import Office, Place

NOWHERE = Origin(CellRef(""))  # a record that was never read from a cell
_LISTED_AFTER = 12  # days overdue after which an office may turn to listed supervision


@dataclass(frozen=True, slots=True)
class State:
    """How a problem stands from a day on."""

    since: date
    status: Status
    due_on: date | None
    rectified_on: date | None = None
    closed_on: date | None = None
    supervision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A problem with all its states, in order of time. The first begins on the day it was found."""

    place: Place
    item: ItemCode
    description: str
    measure: str
    responsible_unit: str
    person: Person
    no_deadline: bool
    states: tuple[State, ...]

    @property
    def found_on(self) -> date:
        """The day it was found."""
        return self.states[0].since

    def on(self, day: date) -> Problem | None:
        """The problem as a ledger of that day has it; None before it was found."""
        state = next((s for s in reversed(self.states) if s.since <= day), None)
        if state is None:
            return None
        return Problem(
            serial="",
            subdistrict=self.place.subdistrict,
            community=self.place.name,
            company=self.place.company.name,
            item=self.item,
            description=self.description,
            found_on=self.found_on,
            measure=self.measure,
            due_on=state.due_on,
            no_deadline=self.no_deadline,
            responsible_unit=self.responsible_unit,
            responsible_person=self.person.name,
            phone=self.person.phone,
            status=state.status,
            rectified_on=state.rectified_on,
            closed_on=state.closed_on,
            supervision=state.supervision,
            note=state.note,
            origin=NOWHERE,
        )


@dataclass(slots=True)
class _Life:
    """A problem being lived: the states so far."""

    states: list[State]

    def turn(self, on: date, **change: object) -> None:
        """From that day on something is different."""
        self.states.append(replace(self.states[-1], since=on, **change))  # type: ignore[arg-type]

    @property
    def now(self) -> State:
        return self.states[-1]


def live(
    rng: Random, office: Office, place: Place, found_on: date, days: int, *, forever: bool
) -> list[State]:
    """The states of one problem from the day it is found until it is closed.

    Who is slow is late: the time taken is the time given, times the pace of company and office, times luck.
    """
    due = None if forever else found_on + timedelta(days=days)
    pace = place.company.pace * office.pace
    taken = max(1, round(days * pace * rng.lognormvariate(-0.12, 0.5)))
    rectified = found_on + timedelta(days=taken)
    started = found_on + timedelta(days=min(rng.randint(0, 5) * round(max(1, pace)), taken))
    first = Status.IN_PROGRESS if started == found_on else Status.OPEN
    warned = "责令整改" if rng.random() < 0.16 else ""  # noqa: PLR2004 - about one in six
    life = _Life([State(found_on, first, due, supervision=warned)])
    turns: list[tuple[date, dict[str, object]]] = []
    if started < rectified and first is Status.OPEN:
        turns.append((started, {"status": Status.IN_PROGRESS}))
    if due is not None and rectified > due:
        turns += _late(rng, due, rectified)
    for on, change in sorted(turns, key=lambda turn: turn[0]):
        life.turn(on, **change)
    if forever and rng.random() < 0.6:  # noqa: PLR2004 - most lasting duties stay open
        return life.states
    life.turn(rectified, status=Status.RECTIFIED, rectified_on=rectified)
    _verify(rng, life, rectified, office.verifies)
    return life.states


def _late(rng: Random, due: date, rectified: date) -> list[tuple[date, dict[str, object]]]:
    """What offices do about lateness: put off the deadline, or list the case for supervision."""
    if rng.random() < 0.22:  # noqa: PLR2004
        on = due + timedelta(days=rng.randint(-1, 1))
        later = due + timedelta(days=rng.choice((7, 10, 15)))
        note = f"经街道研究，整改时限由{due.month}月{due.day}日延至{later.month}月{later.day}日"
        return [(on, {"due_on": later, "note": note})]
    listed = due + timedelta(days=rng.randint(_LISTED_AFTER, _LISTED_AFTER + 8))
    if listed < rectified and rng.random() < 0.5:  # noqa: PLR2004
        return [(listed, {"supervision": "挂牌督办", "note": "逾期未改，已挂牌督办"})]
    return []


def _verify(rng: Random, life: _Life, rectified: date, verifies: float) -> None:
    closed = rectified + timedelta(days=1 + round(rng.expovariate(1 / verifies)))
    life.turn(closed, status=Status.CLOSED, closed_on=closed)
    if rng.random() < 0.035:  # noqa: PLR2004 - a few come back
        again = closed + timedelta(days=rng.randint(3, 12))
        life.turn(
            again,
            status=Status.IN_PROGRESS,
            rectified_on=None,
            closed_on=None,
            due_on=None if life.now.due_on is None else again + timedelta(days=10),
            note="回头看发现反弹，重新整改",
        )
        mended = again + timedelta(days=rng.randint(3, 14))
        life.turn(mended, status=Status.RECTIFIED, rectified_on=mended)
        done = mended + timedelta(days=rng.randint(1, 6))
        life.turn(done, status=Status.CLOSED, closed_on=done)
