"""Strict YAML: every value knows its file and line, and nothing is taken that was not asked for.

Scalars stay as typed until a caller says what it expects, so 否, x, 5.10 and 2023-03-31 never change by
themselves. Duplicate, unknown and missing keys, anchors, tags and wrong values are refused as `RulesError`
with file, line, what was found and what is allowed.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NoReturn, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaign.errors import RulesError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_WHOLE = re.compile(r"\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STANDARD_TAG = "tag:yaml.org,2002:"
_KEPT = 64  # files as parsed: several rule folders, each of about ten


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a rule file, with its place. `file` is the path that the clerk sees: rules/campaign.yaml."""

    file: str
    node: Node
    key_line: int = 0

    @property
    def line(self) -> int:
        """The line the value starts on, from 1; its key's where nothing stands behind the colon."""
        if self.key_line and isinstance(self.node, ScalarNode) and not self.node.value:
            return self.key_line
        return int(self.node.start_mark.line) + 1

    def refuse(self, problem: str) -> NoReturn:
        """Stop, naming file and line.

        Raises:
            RulesError: always.
        """
        raise RulesError(f"{self.file} 第{self.line}行：{problem}")

    # --- containers ---------------------------------------------------------------------------

    def entries(self) -> "dict[str, Entry]":
        """The keys of a mapping with their values, in order; any keys, but none twice."""
        return {key.text(): value for key, value in self._pairs()}

    def mapping(self, required: Sequence[str], optional: Sequence[str] = ()) -> "dict[str, Entry]":
        """The keys of a mapping, which must be among those allowed and include those required."""
        found = {}
        for key, value in self._pairs():
            if (name := key.text()) not in (*required, *optional):
                key.refuse(unknown(f"不认识的项“{name}”", name, (*required, *optional)))
            found[name] = value
        if absent := [name for name in required if name not in found]:
            self.refuse(f"缺少{quoted(absent)}；这里必须有{quoted(required)}")
        return found

    def _pairs(self) -> "tuple[tuple[Entry, Entry], ...]":
        if not isinstance(self.node, MappingNode):
            self.refuse(f"此处应是若干“名称: 内容”，而不是{_shape(self.node)}")
        pairs: list[tuple[Entry, Entry]] = []
        lines: dict[str, int] = {}
        for key_node, value in self.node.value:
            key = Entry(self.file, key_node)
            if (name := key.text()) in lines:
                key.refuse(f"“{name}”写了两次，前一处在第{lines[name]}行；请只留一处")
            lines[name] = key.line
            pairs.append((key, Entry(self.file, value, key.line)))
        return tuple(pairs)

    def items(self) -> "tuple[Entry, ...]":
        """The members of a list."""
        if not isinstance(self.node, SequenceNode):
            self.refuse(f"此处应是一个列表，而不是{_shape(self.node)}")
        return tuple(Entry(self.file, child) for child in self.node.value)

    @property
    def is_text(self) -> bool:
        """Whether it is a single text, neither list nor mapping."""
        return isinstance(self.node, ScalarNode)

    def plain(self) -> object:
        """The value as typed: texts, lists of them and mappings of them."""
        if isinstance(self.node, MappingNode):
            return {name: value.plain() for name, value in self.entries().items()}
        if isinstance(self.node, SequenceNode):
            return tuple(item.plain() for item in self.items())
        return self.text(blank=True)

    # --- scalars ------------------------------------------------------------------------------

    def text(self, *, blank: bool = False) -> str:
        """A text; an empty one only where `blank` allows it, and then written as ""."""
        if not isinstance(self.node, ScalarNode):
            self.refuse(f"此处应是一项文字，而不是{_shape(self.node)}")
        value = str(self.node.value)
        if not value.strip() and not (blank and self.node.style in {'"', "'"}):
            self.refuse('没有填写内容；确实留空的请写 ""' if blank else "没有填写内容")
        return value.strip()

    def texts(self, *, blank: bool = False) -> tuple[str, ...]:
        """A list of texts, none of them twice; an empty list only where `blank` allows it."""
        values: list[str] = []
        for item in self.items():
            value = item.text()
            if value in values:
                item.refuse(f"“{value}”写了两次；请只留一处")
            values.append(value)
        if not values and not blank:
            self.refuse("列表是空的，至少要有一项")
        return tuple(values)

    def number(self) -> Decimal:
        """A decimal number."""
        value = self.text()
        if not _NUMBER.fullmatch(value):
            self.refuse(f"“{value}”不是数；请填写 2、-0.5 这样的数")
        return Decimal(value)

    def whole(self, at_least: int = 0) -> int:
        """A whole number, not below `at_least`."""
        value = self.text()
        if not _WHOLE.fullmatch(value) or int(value) < at_least:
            self.refuse(f"“{value}”不行；请填写不小于{at_least}的整数")
        return int(value)

    def whole_or_blank(self) -> int | None:
        """A whole number, or None for ""."""
        return self.whole(1) if self.text(blank=True) else None

    def day(self) -> date:
        """A date written 2023-03-31."""
        value = self.text()
        if not _DAY.fullmatch(value):
            self.refuse(f"“{value}”不是日期；请填写 2023-03-31 这样的日期")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(f"“{value}”：没有这一天")

    def flag(self) -> bool:
        """是 or 否."""
        return self.one_of({"是": True, "否": False})

    def one_of(self, allowed: Mapping[str, T]) -> T:
        """The value that a word stands for."""
        value = self.text()
        if value not in allowed:
            self.refuse(unknown(f"不认识“{value}”", value, allowed))
        return allowed[value]

    def member(self, kind: type[E]) -> E:
        """A member of an enumeration by its value."""
        return self.one_of({member.value: member for member in kind})


def read(path: Path, shown: str) -> Entry:
    """The whole of one YAML file; `shown` is its name in messages.

    Raises:
        RulesError: the file is missing, empty, not UTF-8, not YAML, or uses anchors, aliases or tags.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RulesError(f"缺少规则文件 {shown}；请从程序自带的 rules 文件夹中找回") from None
    except UnicodeDecodeError:
        raise RulesError(f"{shown} 不是 UTF-8 编码的文本；请用记事本另存为 UTF-8") from None
    return _parsed(source, shown)


@lru_cache(maxsize=_KEPT)
def _parsed(source: str, shown: str) -> Entry:
    """The text of a file as entries, which nobody changes.

    Kept, because the rules of every archived week are read again, mostly the same texts, and parsing is what
    that costs. A text that is refused is refused anew each time.
    """
    try:
        node = YAML(typ="safe", pure=True).compose(source)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise RulesError(f"{shown} 第{line}行：{_grammar(error)}") from None
    except YAMLError:
        raise RulesError(f"{shown} 第1行：含有不能出现在文本中的字符，无法读取") from None
    if node is None:
        raise RulesError(f"{shown} 第1行：文件是空的")
    _plain(Entry(shown, node), set())
    return Entry(shown, node)


def quoted(names: Iterable[str]) -> str:
    """Names in quotation marks, side by side."""
    return "、".join(f"“{name}”" for name in names)


def unknown(found: str, name: str, allowed: Iterable[str]) -> str:
    """What was found, what it may have been meant to be, and what is allowed."""
    names = list(dict.fromkeys(allowed))
    near = difflib.get_close_matches(name, names, 1)
    hint = f"，是否想写“{near[0]}”" if near else ""
    return f"{found}{hint}；可以用的有{quoted(names)}"


def _shape(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "“名称: 内容”"
    return "列表" if isinstance(node, SequenceNode) else "一项文字"


def _grammar(error: MarkedYAMLError) -> str:
    """A YAML mistake in the clerk's words."""
    problem = error.problem or ""
    if "cannot start any token" in problem and "\\t" in problem:
        return "行首用了制表符（Tab）；请改用空格"
    if "undefined alias" in problem:
        return "星号（*）有特殊含义；请给这项内容加上双引号"
    if "another document" in problem:
        return "出现了“---”分隔线；一个文件只能有一份内容"
    if "mapping values are not allowed" in problem:
        return "多了一个冒号，或缩进没有对齐；内容里有冒号的请加双引号"
    return "写法不合 YAML 格式；请检查缩进、冒号后的空格、括号和引号是否成对"


def _plain(entry: Entry, seen: set[int]) -> None:
    """Refuse what makes a file mean more than it shows: aliases, merge keys, tags."""
    node = entry.node
    if id(node) in seen or node.anchor:
        entry.refuse("不要使用 & 和 * 引用；请把内容照写一遍")
    seen.add(id(node))
    if not str(node.tag).startswith(_STANDARD_TAG):
        entry.refuse(f"不要使用“{node.tag}”这样的标记；感叹号开头的内容请加双引号")
    children = node.value if not isinstance(node, ScalarNode) else ()
    for child in children:
        for part in child if isinstance(child, tuple) else (child,):
            _plain(Entry(entry.file, part), seen)
