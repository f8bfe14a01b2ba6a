"""Turns a template and a brief into markup: Jinja2, sandboxed, strict, autoescaped.

A template may read the brief's fields, use the filters of `filters` and a few of Jinja2's own, and call its
own macros; nothing else. Whatever goes wrong becomes a `TemplateError` with template, line and, for a
misspelt name, the nearest one that exists.
"""

import os
import re
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Never

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from campaign.compose.blanks import protect, restore
from campaign.compose.complaints import MisuseError, suggestion, wrong
from campaign.compose.filters import FILTERS
from campaign.compose.marking import Marking
from campaign.compose.syntax import in_chinese
from campaign.decimals import plain
from campaign.errors import TemplateError

if TYPE_CHECKING:
    from types import CodeType

# Of Jinja2's own filters those that choose and arrange. Not `safe` (data would become markup), and not
# `default` (a misspelt name would go unnoticed).
KEPT_FILTERS = (
    "batch",
    "first",
    "groupby",
    "join",
    "last",
    "length",
    "list",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "select",
    "selectattr",
    "sort",
    "sum",
    "unique",
)


class UnknownNameError(UndefinedError):
    """A template asked for a name that is not there; `owner` is the record asked, None for the brief
    itself.
    """

    def __init__(self, message: str | None, *, name: str, owner: object) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class Unknown(StrictUndefined):
    """A name that is not there; whatever is done with it tells which name it was."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401 - whatever the template asked
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        owner = None if obj is missing else obj
        teller: Any = partial(UnknownNameError, name=str(name), owner=owner) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, teller)


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox in which templates run: they may call their own macros and nothing else, and not multiply,
    which is how a text of a thousand million characters is made.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a template; refuse the one statement by which data would be taken for markup."""
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.EvalContextModifier):
            raise TemplateSyntaxError(
                "不能用 autoescape：数据里的符号会被当成标签", node.lineno, name, filename
            )
        return tree

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> Never:
        """Refuse what is intercepted."""
        del context, left, right
        raise SecurityError(f"不能用运算符 {operator}；数都由程序算好")

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja2's signature
        """Only what the template language itself brings."""
        return isinstance(obj, (Macro, BlockReference)) or isinstance(
            getattr(obj, "__self__", None), LoopContext
        )


class Compiled(BytecodeCache):
    """Templates as compiled in this process, by file and content: the documents of every week and of every
    issue verified are made from the same few, and compiling is most of what composing costs.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what is known of exactly this file with exactly this text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; the eldest goes where there are too many."""
        if bucket.code is None:
            return
        if len(self._codes) >= self._most:
            del self._codes[next(iter(self._codes))]
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = Compiled(most=200)


def printed(value: object) -> str:
    """What `{{ … }}` prints of a value. Raises MisuseError for what has no plain text."""
    match value:
        case Markup():
            return value
        case Undefined():
            return str(value)  # raises: see Unknown
        case str():
            return protect(value)
        case bool() | None:
            raise MisuseError("这里没有可以印的内容（空值或真假值）")
        case int():
            return str(value)
        case Decimal():
            return plain(value)
        case date():
            raise MisuseError("日期要用过滤器写明格式，如 |date 或 |day")
        case _:
            raise MisuseError("这是一组数据，不能直接印，请取其中一项或用 |listed")


def sandbox(folder: Path, *, marked: bool) -> Sandbox:
    """The sandbox for the templates of a folder; `marked` for markup, else for lines of plain text."""
    made = Sandbox(
        loader=FileSystemLoader(folder),
        autoescape=marked,
        undefined=Unknown,
        finalize=printed,
        extensions=[Marking] if marked else [],
        bytecode_cache=_COMPILED if marked else None,  # lines of text have no files
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in KEPT_FILTERS}
    made.filters.update(FILTERS)
    return made


class Templates:
    """The templates of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._markup = sandbox(folder, marked=True)
        self._plain = sandbox(folder, marked=False)

    def render(self, template: str, brief: object) -> str:
        """The markup that a template file yields for a brief."""
        try:
            return self._markup.get_template(template).render(context(brief))
        except TemplateNotFound as error:
            name, line = self._place(error, template)
            what = f"模板文件夹 {self.folder.name} 中没有 {error.name}"
            raise (wrong(name, line, what) if line else TemplateError(what)) from error
        except UnicodeDecodeError as error:
            raise wrong(template, 0, "不是 UTF-8 编码的文本，请用记事本另存为 UTF-8") from error
        except _WRONG as error:
            raise self._complaint(error, template, brief) from error

    def line(self, pattern: str, brief: object, origin: str) -> str:
        """One line of plain text from a pattern such as 第{{ number }}期周通报; `origin` says where it
        stands.
        """
        try:
            return restore(self._plain.from_string(pattern).render(context(brief)))
        except _WRONG as error:
            raise self._complaint(error, origin, brief) from error

    def _complaint(self, error: Exception, template: str, brief: object) -> TemplateError:
        if isinstance(error, TemplateSyntaxError):
            return wrong(error.name or template, error.lineno, _syntax(error, self._markup))
        name, line = self._place(error, template)
        return wrong(name, line, _reason(error, brief))

    def _place(self, error: Exception, template: str) -> tuple[str, int]:
        """Template and line of the innermost template frame; Jinja2 gives its frames the template's own
        lines.
        """
        folder = f"{self.folder}{os.sep}"
        frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
        found = [(file, line) for file, line in frames if file == "<template>" or file.startswith(folder)]
        if not found:
            return template, 0
        file, line = found[-1]
        return (template if file == "<template>" else str(Path(file).relative_to(self.folder))), line


# What a mistake in a template can raise while it runs. Our own exceptions pass through.
_WRONG = (
    TemplateSyntaxError,
    TemplateRuntimeError,
    SecurityError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


def context(brief: object) -> dict[str, object]:
    """The names that a template may use: the fields of its brief."""
    return {name: getattr(brief, name) for name in names_of(brief)}


def names_of(record: object) -> tuple[str, ...]:
    """What a template may ask of a record: its fields and properties."""
    if not is_dataclass(record):
        return ()
    kind = record if isinstance(record, type) else type(record)
    properties = [name for name, value in vars(kind).items() if isinstance(value, property)]
    return tuple(f.name for f in fields(record)) + tuple(n for n in properties if not n.startswith("_"))


def _reason(error: Exception, brief: object) -> str:
    if isinstance(error, UnknownNameError):
        if error.owner is None:
            return f"没有名称 {error.name}{suggestion(error.name, names_of(brief))}"
        return f"{_kind(error.owner)}没有 {error.name}{suggestion(error.name, names_of(error.owner))}"
    if isinstance(error, SecurityError):
        return f"模板里不允许这样做（{error}）"
    if isinstance(error, MisuseError):
        return str(error)
    return f"这里的值不能这样用（{type(error).__name__}：{error}）"


def _kind(owner: object) -> str:
    return f"{type(owner).__name__} " if is_dataclass(owner) else "这个值"


def _syntax(error: TemplateSyntaxError, environment: Sandbox) -> str:
    message = error.message or ""
    if found := re.match(r"No filter named '(.+)'", message):
        return f"没有过滤器 {found[1]}{suggestion(found[1], environment.filters)}"
    if found := re.match(r"Encountered unknown tag '(.+?)'", message):
        return f"没有语句 {found[1]}（{in_chinese(message)}）"
    return f"语句写法有误（{in_chinese(message)}）"
