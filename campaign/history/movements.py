"""How one problem differs from itself as last seen: the kinds of change, by their meanings."""

import re
from collections.abc import Iterator
from datetime import date

from campaign.history.likeness import same_words
from campaign.intake.text import folded
from campaign.records import ChangeKind, Problem, Roster, Status

_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[、,;:/&]")


def kinds(before: Problem, now: Problem, known_until: date, roster: Roster) -> tuple[ChangeKind, ...]:
    """What has changed between two states of a problem, in a fixed order; empty where nothing has.

    Args:
        before: as last seen.
        now: as it stands.
        known_until: the day up to which the ledger that `before` stands in could know of anything.
        roster: whose names and aliases are one.
    """
    return (
        *_progress(before, now, known_until),
        *((ChangeKind.DEADLINE_MOVED,) if deadline_moved(before, now) else ()),
        *(() if same_words(before.description, now.description) else (ChangeKind.REWRITTEN,)),
        *((ChangeKind.REASSIGNED,) if reassigned(before, now, roster) else ()),
    )


def _progress(before: Problem, now: Problem, known_until: date) -> Iterator[ChangeKind]:
    was, is_ = before.status, now.status
    if is_ is Status.CLOSED:
        if was is not Status.CLOSED:
            yield ChangeKind.CLOSED
            if now.closed_on is not None and now.closed_on <= known_until:
                yield ChangeKind.BACK_DATED
        elif _anew(before, now, known_until):
            # Who is struck off this week cannot have been struck off last week, whatever was written then.
            yield from (ChangeKind.REOPENED, ChangeKind.CLOSED)
    elif was.done and (was is Status.CLOSED or not is_.done):
        yield ChangeKind.REOPENED
    elif is_ is Status.RECTIFIED and was is not Status.RECTIFIED:
        yield ChangeKind.RECTIFIED
    elif was is Status.OPEN and is_ is Status.IN_PROGRESS:
        yield ChangeKind.PROGRESSED
    elif was is Status.IN_PROGRESS and is_ is Status.OPEN:
        yield ChangeKind.SET_BACK


def _anew(before: Problem, now: Problem, known_until: date) -> bool:
    was, is_ = before.closed_on, now.closed_on
    return was is not None and is_ is not None and was <= known_until < is_


def deadline_moved(before: Problem, now: Problem) -> bool:
    """Whether a deadline that was set is another now, or none; setting a missing one is no move.

    长期坚持 is a deadline of its own kind: a day instead of it, or it instead of a day, is a move.
    """
    was_set = before.due_on is not None or before.no_deadline
    return was_set and (before.due_on, before.no_deadline) != (now.due_on, now.no_deadline)


def reassigned(before: Problem, now: Problem, roster: Roster) -> bool:
    """Whether another unit or person is responsible. Who was missing and is named now is no other."""
    persons = _persons(before.responsible_person), _persons(now.responsible_person)
    if all(persons) and persons[0] != persons[1]:
        return True
    units = before.responsible_unit, now.responsible_unit
    if not all(units) or folded(units[0]) == folded(units[1]):
        return False
    return not _one_unit(_unit(units[0], roster), _unit(units[1], roster))


def _persons(typed: str) -> list[str]:
    """The signs of all names: who stands first, and whether 王伟 is written 王　伟, is no matter."""
    plain = _BRACKETS.sub("", folded(typed))
    return sorted(_BETWEEN.sub("", plain))


def _unit(typed: str, roster: Roster) -> str:
    named = (
        *((c.name, c.aliases) for c in roster.subdistricts),
        *((c.name, c.aliases) for c in roster.companies),
    )
    plain = folded(typed)
    return next((name for name, known in named if plain in map(folded, (name, *known))), plain)


def _one_unit(a: str, b: str) -> bool:
    """Whether one is the other or its short form: its signs in their order (县住建局, 县住房和城乡建设局)."""
    short, long = sorted((folded(a), folded(b)), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)
