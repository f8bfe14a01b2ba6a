"""Every problem's life over the weeks: how it stood in each, or why it was not there, and what happened."""

from collections.abc import Sequence

from campaign.history.changes import with_changes
from campaign.records import Absence, Changes, Life, LifeWeek, Snapshot


def lives(snapshots: Sequence[Snapshot]) -> tuple[Life, ...]:
    """The lives of all problems that any of some weeks had, in the order in which they came up.

    Weeks that were written without keys are compared anew. Where the clerk settled later that two keys are
    one problem, its life goes on under the earlier key.
    """
    weeks = with_changes(sorted(snapshots, key=lambda week: week.as_of))
    told = [week.changes for week in weeks]
    joined = _joined(told)
    found: dict[str, list[LifeWeek]] = {}
    for week, changes in zip(weeks, told, strict=True):
        moved = {joined.get(m.key, m.key): m for m in changes.movements}
        here = {joined.get(k, k): p for k, p in zip(changes.keys, week.books.problems, strict=True)}
        gone = {joined.get(one.key, one.key): one.why for one in changes.lost}
        for key in dict.fromkeys((*here, *found)):
            absence = None if key in here else gone.get(key, Absence.VANISHED)
            line = LifeWeek(week.as_of, here.get(key), absence, moved.get(key))
            found.setdefault(key, []).append(line)
    return tuple(Life(key, tuple(lines)) for key, lines in found.items())


def _joined(told: Sequence[Changes]) -> dict[str, str]:
    """Later key → the earlier one that it was settled to be, unless one week has both."""
    settled = {s.later: s.earlier for changes in told for s in changes.settled if s.same}
    both = [set(changes.keys) for changes in told]
    found: dict[str, str] = {}
    for later, first in settled.items():
        earlier, seen = first, {later}
        while earlier in settled and earlier not in seen:
            seen.add(earlier)
            earlier = settled[earlier]
        if not any({later, earlier} <= keys for keys in both):
            found[later] = earlier
    return found
