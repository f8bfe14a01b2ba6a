"""Reads a template that may be full of mistakes: notes each, mends it as far as reading on needs, and yields
the tree of what is left. Lines stay where they are.
"""

import re
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from campaign.compose.complaints import suggestion
from campaign.compose.environment import Sandbox
from campaign.compose.linting.expressions import UNREAD
from campaign.compose.linting.mistakes import Mistake
from campaign.compose.syntax import in_chinese

_PAIRS = {"if": "endif", "for": "endfor", "macro": "endmacro", "call": "endcall", "filter": "endfilter"}
_PAIRS |= {"with": "endwith", "block": "endblock", "set": "endset"}
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_SINGLE = ("import", "from", "include", "extends")
_KNOWN = (*_PAIRS, *_PAIRS.values(), *_MIDDLES, *_SINGLE, "raw", "endraw")
_SPAN = re.compile(
    r"\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL
)
_AS_IT_STANDS = re.compile(r"\{#|\{%[-+]?\s*raw\b")
_FULL_WIDTH_MARKS = re.compile("｛[{｛%％#＃]|[{][｛％＃]|[}｝%％#＃]｝|[％＃]}|｝}")
_HALF = str.maketrans("｛｝％＃", "{}%#")
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)(.*?)[-+]?%\}", re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'', re.DOTALL)
_FULL_WIDTH = {
    "“": '"', "”": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'", "（": "(", "）": ")", "［": "[", "］": "]",
    "，": ",", "：": ":", "｜": "|", "．": ".", "＝": "=", "＞": ">", "＜": "<", "！": "!", "＋": "+",
    "－": "-", "％": "%", "～": "~", "\u3000": " ",
}  # fmt: skip
_TO_HALF = str.maketrans(_FULL_WIDTH)
_OPEN = re.compile(r"\{\{|\{%|\{#")
_UNFINISHED = re.compile(r"(?:\{\{|\{%|\{#)[^<\n]*")
_STRAY = re.compile(r"\}\}|%\}")
_BLANK = re.compile(r"[^\n]")


@dataclass(slots=True)
class Reading:
    """One template: its mistakes so far, and its tree once it is read."""

    file: str
    sandbox: Sandbox
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, source: str) -> nodes.Template | None:
        """The tree of the template as mended; None where even that cannot be read."""
        text = self._half_width_marks(source.replace("\r\n", "\n"))
        text = self._mended(self._closed(text))
        try:
            return self.sandbox.parse(text, self.file)
        except TemplateSyntaxError as error:
            self._note(error.lineno, f"语句写法有误（{in_chinese(error.message or '')}）")
            return None

    def _note(self, line: int, what: str) -> None:
        self.mistakes.append(Mistake(self.file, line, what))

    # --- marks ----------------------------------------------------------------------------------------

    def _half_width_marks(self, text: str) -> str:
        """Full-width braces made half-width, one complaint a line."""
        seen: set[int] = set()
        for found in _FULL_WIDTH_MARKS.finditer(text):
            line = _line(text, found.start())
            if line not in seen:
                seen.add(line)
                wanted = found[0].translate(_HALF)
                self._note(line, f"“{found[0]}”是全角符号，要换成半角的“{wanted}”")
        return _FULL_WIDTH_MARKS.sub(lambda found: found[0].translate(_HALF), text)

    def _closed(self, text: str) -> str:
        """Statements that begin and never end, and ends of what never began, taken out."""
        out: list[str] = []
        at = 0
        for span in _SPAN.finditer(text):
            inner = _OPEN.search(text, span.start() + 2, span.end())
            start = span.start()
            if inner and not _AS_IT_STANDS.match(span[0]) and not _within_quotes(text[start : inner.start()]):
                start = inner.start()  # "{{ a" and only later "{{ b }}": the first has no end of its own
            out += (self._plain(text, at, start), text[start : span.end()])
            at = span.end()
        out.append(self._plain(text, at, len(text)))
        return "".join(out)

    def _plain(self, text: str, start: int, end: int) -> str:
        """A stretch between statements, in which no mark of one may be left."""
        piece = text[start:end]
        for found in _OPEN.finditer(piece):
            mark = {"{{": "}}", "{%": "%}", "{#": "#}"}[found[0]]
            self._note(_line(text, start + found.start()), f"“{found[0]}”没有用“{mark}”结束")
        if not _OPEN.search(piece):
            for found in _STRAY.finditer(piece):
                self._note(_line(text, start + found.start()), f"多了“{found[0]}”，前面没有与它成对的开头")
        piece = _STRAY.sub("  ", piece)
        return _UNFINISHED.sub(lambda found: " " * len(found[0]), piece)

    # --- statements -----------------------------------------------------------------------------------

    def _mended(self, text: str) -> str:
        """Every statement readable by itself, and every block closed."""
        out: list[str] = []
        waiting: list[tuple[str, int]] = []
        at = 0
        for span in _SPAN.finditer(text):
            out.append(text[at : span.start()])
            at = span.end()
            out.append(self._statement(span[0], _line(text, span.start()), waiting))
        out.append(text[at:])
        for name, line in reversed(waiting):
            self._note(line, f"{{% {name} %}} 没有用 {{% {_PAIRS[name]} %}} 结束")
            out.append(f"{{% {_PAIRS[name]} %}}")
        return "".join(out)

    def _statement(self, source: str, line: int, waiting: list[tuple[str, int]]) -> str:
        if source.startswith("{#"):
            return source
        statement = _STATEMENT.match(source)
        if source.startswith("{%") and statement and statement[1] == "raw":
            return source
        source = self._half_width(source, line)
        if source.startswith("{{"):
            return source if self._readable(source, line) else _BLANK.sub(" ", source)
        statement = _STATEMENT.match(source)
        if statement is None:
            self._note(line, "{% %} 里没有语句")
            return _BLANK.sub(" ", source)
        return self._block(statement, line, waiting)

    def _block(self, statement: re.Match[str], line: int, waiting: list[tuple[str, int]]) -> str:
        source, name = statement[0], statement[1]
        if name == "autoescape":
            self._note(line, "不能用语句 autoescape，数据里的符号会被当成标签；请删去它和 endautoescape")
        elif name == "endautoescape":
            pass  # said of its beginning
        elif name not in _KNOWN:
            self._note(line, f"没有语句 {name}{suggestion(name, _KNOWN)}")
        elif name in _MIDDLES:
            if not waiting or waiting[-1][0] not in _MIDDLES[name]:
                self._note(line, f"{{% {name} %}} 不在 {{% {_MIDDLES[name][0]} %}} 里面")
                return _BLANK.sub(" ", source)
            return source if self._readable(source, line) else _neutral(name, statement[2])
        elif name in _PAIRS.values():
            return self._end(source, name, line, waiting)
        else:
            fine = self._readable(source, line)
            if name in _PAIRS and not (name == "set" and "=" in _QUOTED.sub("", statement[2])):
                waiting.append((name, line))
            return source if fine else _neutral(name, statement[2])
        return _BLANK.sub(" ", source)

    def _end(self, source: str, name: str, line: int, waiting: list[tuple[str, int]]) -> str:
        """An end: what was opened since its beginning is closed first; without a beginning it is taken
        out.
        """
        if name not in (_PAIRS[opened] for opened, _ in waiting):
            self._note(
                line, f"多了一个 {{% {name} %}}，前面没有与它成对的 {{% {name.removeprefix('end')} %}}"
            )
            return _BLANK.sub(" ", source)
        out = ""
        while _PAIRS[waiting[-1][0]] != name:
            opened, where = waiting.pop()
            self._note(
                where, f"{{% {opened} %}} 没有用 {{% {_PAIRS[opened]} %}} 结束，就到了第{line}行的 {name}"
            )
            out += f"{{% {_PAIRS[opened]} %}}"
        waiting.pop()
        return out + source

    def _half_width(self, source: str, line: int) -> str:
        """Full-width punctuation outside quotation marks, complained about and replaced."""
        bare = _QUOTED.sub(lambda found: " " * len(found[0]), source)
        wrong = dict.fromkeys(char for char in bare if char in _FULL_WIDTH and char != "\u3000")
        if not wrong:
            return source
        shown = "、".join(f"{char} 换成 {_FULL_WIDTH[char]}" for char in wrong)
        self._note(line, f"{{{{ }}}}、{{% %}} 里的符号要用半角：{shown}")
        return "".join(
            char.translate(_TO_HALF) if bare[n] in _FULL_WIDTH else char for n, char in enumerate(source)
        )

    def _readable(self, source: str, line: int) -> bool:
        """Whether Jinja2 can read one statement by itself; it is complained about where not."""
        statement = _STATEMENT.match(source)
        name = statement[1] if statement else ""
        text = source
        if name in _PAIRS and not (name == "set" and statement and "=" in _QUOTED.sub("", statement[2])):
            text += f"{{% {_PAIRS[name]} %}}"
        elif name in _MIDDLES:
            text = f"{{% if 1 %}}{source}{{% endif %}}"
        try:
            self.sandbox.parse(text, self.file)
        except TemplateSyntaxError as error:
            self._note(line + error.lineno - 1, f"语句写法有误（{in_chinese(error.message or '')}）")
            return False
        return True


def _neutral(name: str, rest: str) -> str:
    """A statement of the same kind that can be read, in place of one that cannot; with as many lines."""
    lines = "\n" * rest.count("\n")
    words = re.findall(r"[^\W\d]\w*", rest.partition(" in ")[0])
    first = words[0] if words else UNREAD
    forms = {
        "if": f"if {UNREAD}",
        "elif": f"elif {UNREAD}",
        "else": "else",
        "for": f"for {', '.join(words) or UNREAD} in {UNREAD}",
        "set": f"set {first} = {UNREAD}",
        "macro": f"macro {first}({', '.join(dict.fromkeys(words[1:]))})",
        "with": "with",
        "call": f"call {UNREAD}()",
        "filter": "filter join",
    }
    return f"{{% {forms[name]}{lines} %}}" if name in forms else lines


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _within_quotes(text: str) -> bool:
    """Whether a text ends inside quotation marks."""
    rest = _QUOTED.sub("", text)
    return '"' in rest or "'" in rest
