"""What is known of a value before there is any data: the shapes of the briefs' fields, read from their types.

None is left out of a shape: whether a template asks before it prints what may be missing is seen when it is
run on samples.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from campaign.compose.environment import names_of


@dataclass(frozen=True, slots=True)
class Record:
    """A record with fields."""

    kind: type


@dataclass(frozen=True, slots=True)
class Many:
    """A row of values of one shape."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class Table:
    """Values found by a key."""

    value: "Shape"


@dataclass(frozen=True, slots=True)
class Plain:
    """A value without parts: a text, a number, a date, a truth value."""

    kind: type


@dataclass(frozen=True, slots=True)
class Group:
    """What |groupby makes of a row: a value and the records that share it."""

    grouper: "Shape"
    item: "Shape"


@dataclass(frozen=True, slots=True)
class Anything:
    """Nothing is known; nothing is complained about."""


Shape = Record | Many | Table | Plain | Group | Anything

ANYTHING = Anything()
TEXT = Plain(str)
WHOLE = Plain(int)
NUMBER = Plain(Decimal)
DAY = Plain(date)
TRUTH = Plain(bool)

_PARTS: Mapping[type, Mapping[str, Shape]] = {date: {"year": WHOLE, "month": WHOLE, "day": WHOLE}}
_WORDS: Mapping[type, str] = {
    str: "文字",
    int: "整数",
    Decimal: "数",
    date: "日期",
    bool: "是或否",
}


def words(shape: Shape) -> str:
    """A shape in the words of a template's author."""
    match shape:
        case Record():
            return f"一条记录（{shape.kind.__name__}）"
        case Many():
            return f"一组{words(shape.item).removeprefix('一条')}"
        case Table():
            return "一张对照表"
        case Group():
            return "分好的一组"
        case Plain():
            return _WORDS.get(shape.kind, shape.kind.__name__)
        case Anything():
            return "某个值"


def shape_of(annotation: object) -> Shape:
    """The shape of what an annotation says; ANYTHING where it says nothing that a template could rely on."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        shapes = [shape_of(a) for a in arguments if a is not types.NoneType]
        return join(*shapes)
    if origin is not None:
        return _container(origin, arguments)
    if isinstance(annotation, TypeVar) or not isinstance(annotation, type):
        return ANYTHING
    if is_dataclass(annotation):
        return Record(annotation)
    if issubclass(annotation, Enum):
        return TEXT if issubclass(annotation, str) else ANYTHING
    return Plain(annotation) if annotation in _WORDS else ANYTHING


def _container(origin: object, arguments: tuple[object, ...]) -> Shape:
    if not isinstance(origin, type):
        return ANYTHING
    if issubclass(origin, Mapping):
        return Table(shape_of(arguments[1]))
    if origin is tuple and Ellipsis not in arguments:
        return Many(join(*(shape_of(a) for a in arguments)))
    if issubclass(origin, (Sequence, frozenset)):
        return Many(shape_of(arguments[0]))
    return ANYTHING


def join(*shapes: Shape) -> Shape:
    """What several possibilities have in common: their one shape, else nothing."""
    known = set(shapes)
    if len(known) == 1:
        return known.pop()
    if known and known <= {WHOLE, NUMBER}:
        return NUMBER
    return ANYTHING


@cache
def fields_of(kind: type) -> Mapping[str, Shape]:
    """The shapes of everything that a template may ask of a record: its fields and properties."""
    hints = get_type_hints(kind)
    shapes: dict[str, Shape] = {}
    for name in names_of(kind):
        if name in hints:
            shapes[name] = shape_of(hints[name])
        else:
            getter: Callable[..., object] = vars(kind)[name].fget
            shapes[name] = shape_of(get_type_hints(getter).get("return"))
    return shapes


def parts_of(shape: Shape) -> Mapping[str, Shape] | None:
    """What can be asked of a value by name; None where nothing is known."""
    match shape:
        case Record():
            return fields_of(shape.kind)
        case Group():
            return {"grouper": shape.grouper, "list": Many(shape.item)}
        case Plain():
            return _PARTS.get(shape.kind, {})
        case Many():
            return {}
        case Table() | Anything():
            return None
