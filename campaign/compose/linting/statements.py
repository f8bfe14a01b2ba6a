"""Reads a whole template with the shapes of its brief: every statement, branch and macro, also those that no
data would reach.
"""

from collections.abc import Callable, Iterable, Mapping

from jinja2 import nodes

from campaign.compose.complaints import suggestion
from campaign.compose.linting.expressions import (
    Builtin,
    Desk,
    Expressions,
    Loop,
    Macro,
    Module,
    Scope,
    Value,
    as_shape,
)
from campaign.compose.linting.shapes import (
    ANYTHING,
    TEXT,
    Anything,
    Many,
    Plain,
    Record,
    Table,
    fields_of,
    words,
)

Trees = Mapping[str, nodes.Template]


class Reader:
    """One reading of the templates of a folder, given as trees by file name."""

    def __init__(self, trees: Trees, desk: Desk) -> None:
        self.trees = trees
        self.desk = desk
        self.read: set[str] = set()  # the files that were reached
        self._expressions = Expressions(desk, self._call)
        self._done: set[tuple[int, tuple[Value, ...]]] = set()
        self._modules: dict[str, Module] = {}
        self._reading: list[str] = []
        self._statements: Mapping[type[nodes.Node], Callable[..., None]] = {
            nodes.Output: self._output,
            nodes.For: self._for,
            nodes.If: self._if,
            nodes.Assign: self._assign,
            nodes.AssignBlock: self._assign_block,
            nodes.With: self._with,
            nodes.Macro: self._macro,
            nodes.CallBlock: self._call_block,
            nodes.Import: self._import,
            nodes.FromImport: self._from_import,
            nodes.Include: self._include,
        }

    def template(self, file: str, brief: type | None) -> Scope:
        """Read one template with the fields of a brief; the names it defines."""
        scope: Scope = {}
        if brief is not None:
            scope |= fields_of(brief)
            scope[""] = Record(brief)  # which record the bare names belong to; no name is empty
        self._file(file, scope)
        return scope

    def line(self, node: nodes.Template, brief: type) -> None:
        """Read a pattern of genres.yaml."""
        self._body(node.body, {**fields_of(brief), "": Record(brief)})

    def uncalled(self, names: Scope) -> None:
        """Read the macros of a file that nobody has called; nothing is known of what they are given."""
        for macro in [m for m in names.values() if isinstance(m, Macro)]:
            if not any(node == id(macro.node) for node, _ in self._done):
                self._macro_body(macro, dict.fromkeys((a.name for a in macro.node.args), ANYTHING))

    def _file(self, file: str, scope: Scope) -> None:
        if file in self._reading:
            return
        self._reading.append(file)
        self.read.add(file)
        before, self.desk.file = self.desk.file, file
        self._body(self.trees[file].body, scope)
        self.desk.file = before
        self._reading.pop()

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            statement = self._statements.get(type(node))
            if statement:
                statement(node, scope)
            else:
                self._other(node, scope)

    def _other(self, node: nodes.Node, scope: Scope) -> None:
        """A statement without rules of its own: what stands in it is read."""
        inner = dict(scope)
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self._expressions.shape(child, inner)
            else:
                self._body([child], inner)

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                self._expressions.printed(part, scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        over = as_shape(self._expressions.shape(node.iter, scope))
        match over:
            case Many():
                item = over.item
            case Table() | Anything():
                item = ANYTHING
            case Plain() if over == TEXT:
                item = TEXT
            case _:
                self.desk.complain(node, f"{{% for %}} 要用在一组数据上，这里是{words(over)}")
                item = ANYTHING
        inner = dict(scope)
        self._bind(node.target, item, inner)
        inner["loop"] = Loop()
        if node.test is not None:
            self._expressions.shape(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, dict(scope))

    def _bind(self, target: nodes.Node, value: Value, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            for one in target.items:
                self._bind(one, value.item if isinstance(value, Many) else ANYTHING, scope)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        self._expressions.shape(node.test, scope)
        self._body(node.body, scope)
        self._body(node.elif_, scope)
        self._body(node.else_, scope)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self._expressions.shape(node.node, scope), scope)

    def _assign_block(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._body(node.body, dict(scope))
        self._bind(node.target, TEXT, scope)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self._expressions.shape(value, scope), inner)
        self._body(node.body, inner)

    # --- macros ---------------------------------------------------------------------------------------

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = Macro(self.desk.file, node, scope)

    def _call_block(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._expressions.shape(node.call, scope)
        inner = dict(scope) | {a.name: ANYTHING for a in node.args}
        self._body(node.body, inner)

    def _call(self, macro: Macro, call: nodes.Call, scope: Scope) -> None:
        """Hold a call against the macro's parameters and read the macro's body with what it is given."""
        names = [a.name for a in macro.node.args]
        name = macro.node.name
        if len(call.args) > len(names):
            self.desk.complain(
                call, f"宏 {name} 只要{len(names)}项（{'、'.join(names)}），这里给了{len(call.args)}项"
            )
        given: Scope = {n: self._expressions.shape(a, scope) for n, a in zip(names, call.args, strict=False)}
        for pair in call.kwargs:
            if pair.key not in names:
                self.desk.complain(call, f"宏 {name} 没有 {pair.key}{suggestion(pair.key, names)}")
            given[pair.key] = self._expressions.shape(pair.value, scope)
        optional = names[len(names) - len(macro.node.defaults) :]
        if call.dyn_args is None and call.dyn_kwargs is None:
            lacking = [n for n in names if n not in given and n not in optional]
            if lacking:
                self.desk.complain(call, f"调用宏 {name} 时缺少{'、'.join(lacking)}")
        for n, default in zip(optional, macro.node.defaults, strict=True):
            given.setdefault(n, self._expressions.shape(default, scope))
        self._macro_body(macro, {n: given.get(n, ANYTHING) for n in names})

    def _macro_body(self, macro: Macro, given: Scope) -> None:
        key = (id(macro.node), tuple(v for v in given.values() if not isinstance(v, (Macro, Module))))
        if key in self._done:
            return
        self._done.add(key)
        inner = dict(macro.scope) | given
        inner |= {"caller": Builtin(), "varargs": ANYTHING, "kwargs": ANYTHING}
        before, self.desk.file = self.desk.file, macro.file
        self._body(macro.node.body, inner)
        self.desk.file = before

    # --- other files ----------------------------------------------------------------------------------

    def _target(self, node: nodes.Node, template: nodes.Expr) -> str | None:
        """The file an import or include names; None where it is not there or not known beforehand."""
        if not isinstance(template, nodes.Const) or not isinstance(template.value, str):
            self.desk.complain(node, "引用的模板要直接写明文件名")
            return None
        if template.value not in self.trees:
            remedy = suggestion(template.value, self.trees)
            self.desk.complain(node, f"模板文件夹中没有 {template.value}{remedy}")
            return None
        return template.value

    def _module(self, file: str, scope: Scope, *, with_context: bool) -> Module:
        if file not in self._modules or with_context:
            names: Scope = dict(scope) if with_context else {}
            self._file(file, names)
            self._modules[file] = Module(file, names)
        return self._modules[file]

    def _import(self, node: nodes.Import, scope: Scope) -> None:
        file = self._target(node, node.template)
        scope[node.target] = self._module(file, scope, with_context=node.with_context) if file else ANYTHING

    def _from_import(self, node: nodes.FromImport, scope: Scope) -> None:
        file = self._target(node, node.template)
        module = self._module(file, scope, with_context=node.with_context) if file else None
        for entry in node.names:
            name, alias = entry if isinstance(entry, tuple) else (entry, entry)
            scope[alias] = self._expressions.part(node, module, name) if module else ANYTHING

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        file = self._target(node, node.template)
        if file:
            self._file(file, dict(scope))
