"""What shape an expression of a template has, and what is wrong with it: names and fields that do not exist,
filters on what they are not for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import get_type_hints

from jinja2 import nodes

from campaign.compose.complaints import suggestion
from campaign.compose.filters import TAKES
from campaign.compose.linting.mistakes import Mistake
from campaign.compose.linting.shapes import (
    ANYTHING,
    DAY,
    NUMBER,
    TEXT,
    TRUTH,
    WHOLE,
    Anything,
    Group,
    Many,
    Plain,
    Record,
    Shape,
    Table,
    join,
    parts_of,
    shape_of,
    words,
)

UNREAD = "_unread_"  # stands for an expression that has been complained about already

# What Jinja2 gives a loop (https://jinja.palletsprojects.com/templates/#for).
LOOP: Mapping[str, Shape] = {
    "index": WHOLE, "index0": WHOLE, "revindex": WHOLE, "revindex0": WHOLE, "length": WHOLE,
    "depth": WHOLE, "depth0": WHOLE, "first": TRUTH, "last": TRUTH,
    "previtem": ANYTHING, "nextitem": ANYTHING, "cycle": ANYTHING, "changed": ANYTHING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of a template, with the names that are known where it is defined."""

    file: str
    node: nodes.Macro
    scope: "Scope"


@dataclass(frozen=True, slots=True)
class Module:
    """An imported template."""

    file: str
    names: "Scope"


@dataclass(frozen=True, slots=True)
class Loop:
    """`loop` inside a for."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """What Jinja2 itself lets a template call: caller."""


Value = Shape | Macro | Module | Loop | Builtin
Scope = dict[str, Value]
Call = Callable[[Macro, nodes.Call, Scope], None]


@dataclass(slots=True)
class Desk:
    """What one reading of a template gathers. `used` are the fields it asked for, by record."""

    file: str
    filters: Mapping[str, object]
    tests: Mapping[str, object]
    mistakes: set[Mistake] = field(default_factory=set)
    used: set[tuple[type, str]] = field(default_factory=set)

    def complain(self, node: nodes.Node, what: str) -> None:
        """Note a mistake at a node."""
        self.mistakes.add(Mistake(self.file, node.lineno, what))


class Expressions:
    """Works out the shapes of expressions at a desk; `call` reads the body of a macro that is called."""

    def __init__(self, desk: Desk, call: Call) -> None:
        self.desk = desk
        self._call_macro = call
        self._readers: Mapping[type[nodes.Node], Callable[..., Value]] = {
            nodes.Name: self._name,
            nodes.Getattr: self._attribute,
            nodes.Getitem: self._item,
            nodes.Filter: self._filter,
            nodes.Test: self._test,
            nodes.Call: self._call,
            nodes.CondExpr: self._choice,
            nodes.And: self._either,
            nodes.Or: self._either,
            nodes.Not: self._judged,
            nodes.Compare: self._judged,
            nodes.Concat: self._concat,
            nodes.Const: lambda node, _: _constant(node.value),
            nodes.TemplateData: lambda _node, _scope: TEXT,
            nodes.List: self._row,
            nodes.Tuple: self._row,
            nodes.Dict: self._table,
            nodes.Mul: self._refused,
            nodes.Pow: self._refused,
            nodes.Mod: self._refused,
        }

    def shape(self, node: nodes.Node, scope: Scope) -> Value:
        """The shape of one expression."""
        reader = self._readers.get(type(node))
        if reader:
            return reader(node, scope)
        return self._computed(node, scope)

    def printed(self, node: nodes.Node, scope: Scope) -> None:
        """An expression between {{ and }}, which must have a text."""
        self._must_print(node, self.shape(node, scope))

    def _must_print(self, node: nodes.Node, value: Value) -> None:
        match value:
            case Record() | Many() | Table() | Group():
                self.desk.complain(node, f"这是{words(value)}，不能直接印，请取其中一项或用 |listed、|names")
            case Plain() if value == DAY:
                self.desk.complain(node, "日期要用过滤器写明格式，如 |date 或 |day")
            case Plain() if value == TRUTH:
                self.desk.complain(node, "这是“是或否”，不能直接印，请用 {% if %} 写成文字")
            case Macro():
                self.desk.complain(node, f"{value.node.name} 是宏，后面要带括号：{value.node.name}(…)")
            case Module() | Loop() | Builtin():
                self.desk.complain(node, "这里没有可以印的内容")
            case _:
                pass

    # --- names and what stands behind a dot ------------------------------------------------------------

    def _name(self, node: nodes.Name, scope: Scope) -> Value:
        if node.name == UNREAD:
            return ANYTHING
        if node.name not in scope:
            if node.name == "self":
                self.desk.complain(node, "模板里不允许用 self")
            else:
                self.desk.complain(node, f"没有名称 {node.name}{suggestion(node.name, filter(None, scope))}")
            return ANYTHING
        brief = scope.get("")
        if isinstance(brief, Record) and scope[node.name] == parts_of(brief).get(node.name):  # type: ignore[union-attr] # a record has parts
            self.desk.used.add((brief.kind, node.name))
        return scope[node.name]

    def _attribute(self, node: nodes.Getattr, scope: Scope) -> Value:
        return self.part(node, self.shape(node.node, scope), node.attr)

    def part(self, node: nodes.Node, owner: Value, name: str) -> Value:
        """What an owner has under a name."""
        if isinstance(owner, Module):
            if name not in owner.names:
                own = [n for n in owner.names if n]
                self.desk.complain(node, f"{owner.file} 里没有 {name}{suggestion(name, own)}")
                return ANYTHING
            return owner.names[name]
        if isinstance(owner, Loop):
            if name not in LOOP:
                self.desk.complain(node, f"loop 没有 {name}{suggestion(name, LOOP)}")
            return LOOP.get(name, ANYTHING)
        if isinstance(owner, (Macro, Builtin)):
            self.desk.complain(node, f"宏没有 {name}")
            return ANYTHING
        return self._field(node, owner, name)

    def _field(self, node: nodes.Node, owner: Shape, name: str) -> Value:
        if isinstance(owner, Table):
            return owner.value
        parts = parts_of(owner)
        if parts is None:
            return ANYTHING
        if name not in parts:
            if isinstance(owner, Many):
                remedy = "；请用 {% for %} 逐项取，或写 [0] 取第一项"
            else:
                remedy = suggestion(name, parts)
            self.desk.complain(node, f"{words(owner)}没有 {name}{remedy}")
            return ANYTHING
        if isinstance(owner, Record):
            self.desk.used.add((owner.kind, name))
        return parts[name]

    def _item(self, node: nodes.Getitem, scope: Scope) -> Value:
        owner = self.shape(node.node, scope)
        self._inside(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return owner
        if isinstance(owner, (Many, Table)):
            return owner.item if isinstance(owner, Many) else owner.value
        if isinstance(owner, (Record, Module, Loop, Group)) and isinstance(node.arg, nodes.Const):
            return self.part(node, owner, str(node.arg.value))
        if owner == TEXT or isinstance(owner, (Anything, Record)):
            return TEXT if owner == TEXT else ANYTHING
        self.desk.complain(node, "这里不是一组数据，不能用 [ ] 取其中一项")
        return ANYTHING

    def path(self, node: nodes.Node, owner: Shape, dotted: str) -> Shape:
        """The shape of a field named in a text, as in |map(attribute="standing.name")."""
        value: Value = owner
        for name in dotted.split("."):
            value = self.part(node, value, name)
        return as_shape(value)

    # --- what is computed -----------------------------------------------------------------------------

    def _inside(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.Slice):
            for child in node.iter_child_nodes():
                self.shape(child, scope)
        else:
            self.shape(node, scope)

    def _computed(self, node: nodes.Node, scope: Scope) -> Shape:
        shapes = [as_shape(self.shape(child, scope)) for child in node.iter_child_nodes()]
        if isinstance(node, nodes.Div):
            return NUMBER
        return join(*shapes) if shapes else ANYTHING

    def _refused(self, node: nodes.BinExpr, scope: Scope) -> Shape:
        self._computed(node, scope)
        self.desk.complain(node, f"不能用运算符 {node.operator}；数都由程序算好")
        return ANYTHING

    def _judged(self, node: nodes.Node, scope: Scope) -> Shape:
        for child in node.iter_child_nodes():
            self.shape(child.expr if isinstance(child, nodes.Operand) else child, scope)
        return TRUTH

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> Shape:
        self.shape(node.test, scope)
        options = [node.expr1] if node.expr2 is None else [node.expr1, node.expr2]
        return join(*(as_shape(self.shape(option, scope)) for option in options))

    def _either(self, node: nodes.BinExpr, scope: Scope) -> Shape:
        return join(as_shape(self.shape(node.left, scope)), as_shape(self.shape(node.right, scope)))

    def _concat(self, node: nodes.Concat, scope: Scope) -> Shape:
        for part in node.nodes:
            self.printed(part, scope)
        return TEXT

    def _row(self, node: nodes.List | nodes.Tuple, scope: Scope) -> Shape:
        return Many(join(*(as_shape(self.shape(item, scope)) for item in node.items)))

    def _table(self, node: nodes.Dict, scope: Scope) -> Shape:
        return Table(join(*(as_shape(self.shape(pair.value, scope)) for pair in node.items)))

    # --- tests, filters, calls ---------------------------------------------------------------------------

    def _test(self, node: nodes.Test, scope: Scope) -> Shape:
        if node.name not in self.desk.tests:
            self.desk.complain(node, f"没有测试 is {node.name}{suggestion(node.name, self.desk.tests)}")
        asked = isinstance(node.node, nodes.Name) and node.name in ("defined", "undefined")
        if not asked:
            self.shape(node.node, scope)
        for argument in node.args or ():
            self.shape(argument, scope)
        return TRUTH

    def _filter(self, node: nodes.Filter, scope: Scope) -> Shape:
        given = as_shape(self.shape(node.node, scope)) if node.node is not None else TEXT
        for argument in node.args:
            self.shape(argument, scope)
        for pair in node.kwargs:
            self.shape(pair.value, scope)
        if node.name not in self.desk.filters:
            remedy = suggestion(node.name, self.desk.filters)
            self.desk.complain(node, f"没有过滤器 {node.name}{remedy}")
            return ANYTHING
        return self._filtered(node, given)

    def _filtered(self, node: nodes.Filter, given: Shape) -> Shape:
        if node.name in TAKES:
            kinds, what, write = TAKES[node.name]
            if not _fits(given, kinds):
                self.desk.complain(node, f"过滤器 |{node.name} 要用在{what}上，这里是{words(given)}")
            made = shape_of(get_type_hints(write)["return"])
            return given if made == Many(ANYTHING) else made
        if isinstance(given, (Plain, Record)) and given != TEXT:
            self.desk.complain(node, f"过滤器 |{node.name} 要用在一组数据上，这里是{words(given)}")
            return ANYTHING
        return self._arranged(node, given)

    def _arranged(self, node: nodes.Filter, given: Shape) -> Shape:
        """What Jinja2's own filters make of a row; those that take a field's name have it looked up."""
        item = given.item if isinstance(given, Many) else TEXT if given == TEXT else ANYTHING
        chosen = self._named_field(node, item)
        if node.name in ("first", "last", "min", "max"):
            return item
        named = ANYTHING if chosen is None else chosen
        made: Mapping[str, Shape] = {
            "length": WHOLE,
            "join": TEXT,
            "sum": item if chosen is None else chosen,
            "map": Many(named),
            "batch": Many(Many(item)),
            "groupby": Many(Group(named, item)),
        }
        return made.get(node.name, Many(item) if given == TEXT else given)

    def _named_field(self, node: nodes.Filter, item: Shape) -> Shape | None:
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        if node.name in ("selectattr", "rejectattr", "groupby"):
            named += node.args[:1]
        if named and isinstance(named[0], nodes.Const) and isinstance(named[0].value, str):
            return self.path(node, item, named[0].value)
        return None

    def _call(self, node: nodes.Call, scope: Scope) -> Shape:
        target = self.shape(node.node, scope)
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self.shape(argument, scope)
        if isinstance(target, Macro):
            self._call_macro(target, node, scope)
            return TEXT
        loops = isinstance(node.node, nodes.Getattr) and node.node.attr in ("cycle", "changed")
        if not (isinstance(target, (Builtin, Loop, Anything)) or loops):
            self.desk.complain(node, "这里不能带括号调用；能调用的只有模板自己的宏")
        return ANYTHING if isinstance(target, Anything) else TEXT


def as_shape(value: Value) -> Shape:
    """A value as a shape: of macros and the like nothing is known."""
    return ANYTHING if isinstance(value, (Macro, Module, Loop, Builtin)) else value


def _constant(value: object) -> Shape:
    return Plain(type(value)) if isinstance(value, (bool, int, str)) else ANYTHING


def _fits(shape: Shape, kinds: type | tuple[type, ...]) -> bool:
    match shape:
        case Anything():
            return True
        case Plain():
            return issubclass(shape.kind, kinds)
        case Many():
            return issubclass(tuple, kinds)
        case _:
            return False
