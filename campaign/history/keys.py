"""A problem's own name: Q, the closing date of the first week that had it, and five signs of its content.

Made of what was written in that first week and of nothing else, neither the row nor the file it stood in, so
that a ledger sorted otherwise gives the same names. "Q230421-7KQ3M" stays text in every spreadsheet.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from campaign.history.likeness import text
from campaign.records import Problem

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that are read for another: I, L, O, U
_LENGTH = 5


def name_all(problems: Sequence[Problem], as_of: date) -> tuple[str, ...]:
    """The keys that problems have if they are first seen in the week that closes on a day, in their order.

    Twins (problems that read alike in everything that makes a key) are told apart by "-2", "-3", in the order
    of how they stand, never of their rows unless even that is equal.
    """
    order = sorted(range(len(problems)), key=lambda n: (_standing(problems[n]), n))
    count: Counter[str] = Counter()
    keys = [""] * len(problems)
    for n in order:
        name = _name(problems[n], as_of)
        count[name] += 1
        keys[n] = name if count[name] == 1 else f"{name}-{count[name]}"
    return tuple(keys)


def _name(problem: Problem, as_of: date) -> str:
    content = (
        problem.community,
        str(problem.item or ""),
        problem.found_on.isoformat(),
        text(problem.description).whole,
    )
    number = int.from_bytes(sha256("\n".join(content).encode()).digest())
    signs = "".join(_SIGNS[number >> 5 * n & 31] for n in range(_LENGTH))
    return f"Q{as_of:%y%m%d}-{signs}"


def _standing(problem: Problem) -> tuple[str, ...]:
    return (
        problem.description,
        problem.measure,
        problem.status.value,
        str(problem.due_on or ""),
        str(problem.rectified_on or ""),
        str(problem.closed_on or ""),
        problem.responsible_unit,
        problem.responsible_person,
        problem.phone,
        problem.supervision,
        problem.note,
    )
