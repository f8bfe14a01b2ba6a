"""What has become of problems in a case: 变动 this week, 往期变动 in the earlier weeks whose closing dates it
names, 消失 for those that have vanished, as they stood in the ledgers of the newest earlier week (往期).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from campaign.cases.county import Cast
from campaign.cases.ledgers import PROBLEM, VANISHED, ledger_rows, problems
from campaign.records import Books, ChangeKind, Changes, Movement, Snapshot
from campaign.rulebook.model import Rulebook
from campaign.rulebook.reader import Entry

_CHANGES = {kind.zh: kind for kind in ChangeKind}


def changes_of(
    fields: Mapping[str, Entry],
    books: Books,
    past: tuple[Snapshot, ...],
    cast: Cast,
    rulebook: Rulebook,
) -> tuple[tuple[Snapshot, ...], Changes]:
    """The movements that a case states: this week's, and those of earlier weeks put into these."""
    since = past[-1].as_of if past else None
    now: list[Movement] = []
    before: dict[date, list[Movement]] = {}
    rows = ledger_rows(fields.get("问题"), cast, PROBLEM)
    for number, (problem, (said, _, _)) in enumerate(zip(books.problems, rows, strict=True)):
        kinds = tuple(entry.one_of(_CHANGES) for entry in said["变动"].items()) if "变动" in said else ()
        if kinds:
            now.append(Movement(_key(number), kinds, problem, problem, since))
        _earlier(said, Movement(_key(number), kinds, problem, problem), past, before)
    gone = fields.get("消失")
    if gone and since is None:
        gone.refuse("写了“消失”，还须用“往期”写明它原来在哪一期的台账里")
    vanished = problems(gone, books.as_of, cast, rulebook, VANISHED)
    kinds = (ChangeKind.VANISHED,)
    for number, (problem, (said, _, _)) in enumerate(
        zip(vanished, ledger_rows(gone, cast, VANISHED), strict=True), len(books.problems)
    ):
        movement = Movement(_key(number), kinds, problem, problem, since)
        now.append(movement)
        _earlier(said, movement, past, before)
    keys = tuple(_key(n) for n in range(len(books.problems)))
    weeks = tuple(replace(w, changes=Changes(movements=tuple(before.get(w.as_of, ())))) for w in past)
    return weeks, Changes(since, keys, tuple(now))


def _key(number: int) -> str:
    return f"第{number + 1}件"


def _earlier(
    said: Mapping[str, Entry],
    movement: Movement,
    past: tuple[Snapshot, ...],
    before: dict[date, list[Movement]],
) -> None:
    """The same movement in the earlier weeks that a problem names."""
    days = {week.as_of.isoformat(): week.as_of for week in past}
    for entry in said["往期变动"].items() if "往期变动" in said else ():
        day = entry.one_of(days)
        before.setdefault(day, []).append(replace(movement, since=day))
