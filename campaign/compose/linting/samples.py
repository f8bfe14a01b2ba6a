"""Invented briefs of every shape, made from the types of their fields: all empty, one of each, several, many;
and for each field that may be missing one brief in which it is.

A field that is added to a brief tomorrow is covered without a word here; fields.yaml says what texts look
like and which may be empty.
"""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from campaign.compose.fields import Note, note_of
from campaign.compose.linting.consistent import consistent

_DAY = date(2023, 4, 28)
_COUNT = 5
_RATE = Decimal("68.4")
_SEVERAL = 3
_MANY = 40  # of what a list of the brief itself holds; what its rows hold are several
_TWO = 2  # one row that has a thing and one that lacks it
_DEEPEST = 8  # records in records; none is anywhere near as deep


@dataclass(frozen=True, slots=True)
class Sample:
    """A brief and what is special about it, in the words of a template's author."""

    brief: Any
    dated_on: date
    words: str


@dataclass(frozen=True, slots=True)
class _Way:
    """How a brief is filled: how many rows a list has, whether what may be missing is missing, and the one
    field (Record, name) that is missing all the same.
    """

    rows: int
    bare: bool = False
    missing: tuple[type, str] | None = None


def samples(brief: type, used: Sequence[tuple[type, str]] = (), *, quick: bool = False) -> Iterator[Sample]:
    """The samples of a kind of brief; `used` are the fields whose absence is worth a sample."""
    yield Sample(_record(brief, _Way(_SEVERAL)), _DAY, "各项都有几条时")
    yield Sample(_record(brief, _Way(0, bare=True)), _DAY, "各项都是空的时")
    if quick:
        return
    yield Sample(_record(brief, _Way(1)), _DAY, "每张表只有一行时")
    yield Sample(_record(brief, _Way(_MANY)), _DAY, f"每张表都有{_MANY}行时")
    for kind, name in used:
        for value_gone in _absences(kind, name):
            note = note_of(kind, name) or Note(name)
            words = f"{note.meaning.split('；')[0]}（{kind.__name__}.{name}）{value_gone}时"
            yield Sample(_record(brief, _Way(_TWO, missing=(kind, name))), _DAY, words)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _absences(kind: type, name: str) -> tuple[str, ...]:
    """How a field can be absent, in a word; nothing where it is always there."""
    hint = _hints(kind).get(name)
    if hint is None:
        return ()
    note = note_of(kind, name) or Note("")
    if hint is bool:
        return ("为“否”",)
    if hint is int:
        return () if note.examples else ("为0",)
    listed = get_origin(hint) is not None and not note.never_empty
    lacking = _options(hint) is not None or listed or (hint is str and note.blank)
    return ("为空",) if lacking else ()


def _options(hint: Any) -> Any | None:  # noqa: ANN401 - an annotation
    """What an optional annotation says beside None; None where it is not optional."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not types.NoneType]
        return rest[0] if len(rest) < len(get_args(hint)) else None
    return None


def _record(kind: type, way: _Way, index: int = 0, depth: int = 0) -> Any:  # noqa: ANN401 - a record of that kind
    values = {f.name: _field(kind, f.name, way, index, depth) for f in fields(kind) if f.init}
    return consistent(kind(**values))


def _field(kind: type, name: str, way: _Way, index: int, depth: int) -> Any:  # noqa: ANN401
    hint = _hints(kind)[name]
    note = note_of(kind, name) or Note(name)
    gone = way.missing == (kind, name) and index % 2 == 0
    return _value(hint, note, _Way(way.rows, way.bare or gone, way.missing) if gone else way, index, depth)


def _value(hint: Any, note: Note, way: _Way, index: int, depth: int) -> Any:  # noqa: ANN401
    inner = _options(hint)
    if inner is not None:
        return None if way.bare else _value(inner, note, way, index, depth)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _value(get_args(hint)[0], note, way, index, depth)
    if origin is not None:
        return _container(hint, note, way, depth)
    if is_dataclass(hint):
        if depth > _DEEPEST:
            raise RecursionError(f"{hint} holds itself")
        return _record(hint, way, index, depth + 1)  # type: ignore[arg-type] # a class
    return _plain(hint, note, way, index)


def _container(hint: Any, note: Note, way: _Way, depth: int) -> Any:  # noqa: ANN401
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and Ellipsis not in arguments:
        return tuple(_value(a, note, way, n, depth) for n, a in enumerate(arguments))
    rows = min(way.rows, _SEVERAL) if depth else way.rows
    if way.bare:
        rows = 1 if note.never_empty else 0
    if isinstance(origin, type) and issubclass(origin, Mapping):
        keys = [_plain(arguments[0], Note("键"), way, n) for n in range(rows)]
        return {k: _value(arguments[1], note, way, n, depth) for n, k in enumerate(keys)}
    listed = [
        None if _options(arguments[0]) and n % _TWO else _value(arguments[0], note, way, n, depth)
        for n in range(rows)
    ]
    return frozenset(listed) if origin is frozenset else tuple(listed)


def _plain(hint: Any, note: Note, way: _Way, index: int) -> Any:  # noqa: ANN401, PLR0911 - one line a type
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = list(hint)
        return members[index % len(members)]
    if hint is str:
        return "" if way.bare and note.blank else _text(note, index)
    if hint is bool:
        return not way.bare
    if hint is int:
        return _number(note, index, 0 if way.bare else _COUNT + index)
    if hint is Decimal:
        return Decimal(_pick(note, index)) if note.examples else _RATE + index
    if hint is date:
        day = date.fromisoformat(_pick(note, index)) if note.examples else _DAY
        return day + timedelta(days=7 * (index // max(len(note.examples), 1)))
    return None


def _number(note: Note, index: int, otherwise: int) -> int:
    return int(_pick(note, index)) if note.examples else otherwise


def _pick(note: Note, index: int) -> str:
    return note.examples[index % len(note.examples)]


def _text(note: Note, index: int) -> str:
    """The examples in turn; once they are used up, with a number behind them, so that no two are alike."""
    if not note.examples:
        return f"样例{index + 1}"
    again = index // len(note.examples)
    return _pick(note, index) + (str(again) if again else "")
