"""A week's changes as JSON, short: a problem of the week's books is written as its place there."""

from collections.abc import Mapping, Sequence
from typing import Any

from campaign.records import Changes, Problem

Plain = dict[str, Any]


def pack(week: Plain, changes: Changes, problems: Sequence[Problem]) -> Plain:
    """The plain data of a week, with the places of its problems instead of their copies."""
    places = dict(zip(changes.keys, range(len(problems)), strict=False))
    lists = {
        "movements": [(m.key, m.problem) for m in changes.movements],
        "doubts": [(d.later, d.problem) for d in changes.doubts],
    }
    packed = dict(week.get("changes", {}))
    for name, own in lists.items():
        for entry, (key, problem) in zip(packed.get(name, ()), own, strict=True):
            if key in places and problems[places[key]] == problem:
                entry["problem"] = places[key]
    return {**week, "changes": packed} if packed else week


def unpack(week: Plain) -> Plain:
    """The plain data of a week with its problems back in their places; the inverse of `pack`."""
    changes: Mapping[str, Any] = week.get("changes", {})
    for name in ("movements", "doubts"):
        for entry in changes.get(name, ()):
            if isinstance(entry["problem"], int):
                entry["problem"] = week["books"]["problems"][entry["problem"]]
    return week
