"""Follows the tags of a template through its branches: unknown ones, unknown or missing attributes, places
where they may not stand, and those that a branch leaves open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jinja2 import nodes

from campaign.compose.linting.mistakes import Mistake
from campaign.compose.vocabulary import DOCUMENT, TAGS, Tag, unknown_attribute, unknown_tag

_NAME = re.compile(r"[A-Za-z_][-\w.]*")
_ATTRIBUTE = re.compile(r"([A-Za-z_][-\w.:]*)\s*(=?)\s*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FULL_WIDTH_TAG = re.compile(r"[＜<]\s*(/?)\s*([A-Za-z]\w*)[^<>＜＞\n]*[＞>]")
_FULL_WIDTH_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'", "＝": "=", "＂": '"', "＞": ">"}


@dataclass(frozen=True, slots=True)
class Open:
    """A tag that waits for its end; a `wild` one was complained about and ends with whatever comes."""

    name: str
    line: int
    wild: bool = False


@dataclass(slots=True)
class State:
    """How far the text has been read: the tags open, the tag being read and the attributes it has so far."""

    open: tuple[Open, ...] = ()
    tag: str = ""
    line: int = 0
    quote: str = ""
    attributes: frozenset[str] = frozenset()

    @property
    def names(self) -> list[str]:
        """The names of the open tags."""
        return [tag.name for tag in self.open]

    def copy(self) -> "State":
        """The same, to be read on in another branch."""
        return State(self.open, self.tag, self.line, self.quote, self.attributes)


@dataclass(slots=True)
class Follower:
    """Follows the tags of one template. `bottom` is what the text stands in: the document, or "" where that
    is not known, as in a macro.
    """

    file: str
    mistakes: list[Mistake] = field(default_factory=list)

    def template(self, tree: nodes.Template) -> list[Mistake]:
        """All mistakes in the tags of a template."""
        state = State()
        self._body(tree.body, state, bottom=DOCUMENT)
        self._ended(state, "文件结尾")
        return self.mistakes

    def _note(self, line: int, what: str) -> None:
        self.mistakes.append(Mistake(self.file, line, what))

    # --- statements -----------------------------------------------------------------------------------

    def _body(self, body: Iterable[nodes.Node], state: State, bottom: str) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        if isinstance(part, nodes.TemplateData):
                            self._text(part.data, part.lineno, state, bottom)
                case nodes.If():
                    self._branches(node, state, bottom)
                case nodes.For():
                    self._repeated(node.body, state, bottom, node.lineno)
                    self._repeated(node.else_, state, bottom, node.lineno)
                case nodes.Macro() | nodes.CallBlock() | nodes.AssignBlock():
                    own = State()
                    self._body(node.body, own, bottom="")
                    self._ended(own, "这一段的结尾")
                case nodes.With() | nodes.FilterBlock() | nodes.Block() | nodes.Scope():
                    self._body(node.body, state, bottom)
                case _:
                    pass

    def _branches(self, node: nodes.If, state: State, bottom: str) -> None:
        """All branches of an if must leave the same tags open."""
        before = state.copy()
        branches = [node.body, *(one.body for one in node.elif_), node.else_]
        after: list[State] = []
        for body in branches:
            one = before.copy()
            self._body(body, one, bottom)
            after.append(one)
        kept = after[0]
        if any(one.names != kept.names for one in after):
            kept = self._differ(node.lineno, before, after)
        state.open, state.tag, state.line, state.quote = kept.open, kept.tag, kept.line, kept.quote
        state.attributes = frozenset().union(*(one.attributes for one in after))

    def _differ(self, line: int, before: State, after: list[State]) -> State:
        """Complain that the branches leave different tags open; the branch to read on from."""
        remedy = "开始和结束标签要写在同一种情形里，或都写在外面"
        most = max(after, key=lambda one: len(one.open))
        if len(most.open) > len(before.open):
            tag = most.open[-1]
            self._note(tag.line, f"<{tag.name}> 只在第{line}行 {{% if %}} 的一种情形里开始；{remedy}")
            return most
        self._note(line, f"{{% if %}} 的各种情形里结束的标签不一样；{remedy}")
        return min(after, key=lambda one: len(one.open))

    def _repeated(self, body: list[nodes.Node], state: State, bottom: str, line: int) -> None:
        """What is repeated must close what it opens."""
        inside = state.copy()
        self._body(body, inside, bottom)
        more = inside.open[len(state.open) :]
        if more:
            self._note(
                more[-1].line, f"<{more[-1].name}> 在第{line}行的 {{% for %}} 里开始，却没有在里面结束"
            )
        elif inside.names != state.names:
            self._note(line, f"{{% for %}} 里结束了在外面开始的 <{state.open[-1].name}>")

    def _ended(self, state: State, until: str) -> None:
        if state.tag:
            self._note(state.line, f"标签 <{state.tag} 没有写完，缺少 >")
        for tag in state.open:
            if not tag.wild:
                self._note(tag.line, f"<{tag.name}> 没有用 </{tag.name}> 结束，就到了{until}")

    # --- text -----------------------------------------------------------------------------------------

    def _text(self, text: str, line: int, state: State, bottom: str) -> None:
        at = 0
        while at < len(text):
            here = line + text.count("\n", 0, at)
            if state.tag:
                at = self._in_tag(text, at, here, state, bottom)
            else:
                at = self._in_text(text, at, here, state, bottom)

    def _in_text(self, text: str, at: int, line: int, state: State, bottom: str) -> int:
        start = text.find("<", at)
        words = text[at:] if start < 0 else text[at:start]
        for found in _FULL_WIDTH_TAG.finditer(words):
            if found[2] in TAGS:
                where = line + words.count("\n", 0, found.start())
                self._note(where, f"“{found[0]}”用了全角的尖括号，要写半角的 <{found[1]}{found[2]}>")
                self._close(found[2], where, state, "") if found[1] else self._push(found[2], where, state)
        if start < 0:
            return len(text)
        line += text.count("\n", at, start)
        if comment := _COMMENT.match(text, start):
            return comment.end()
        closing = text.startswith("</", start)
        name = _NAME.match(text, start + 1 + closing)
        if not name:
            self._note(line, "“<”后面要紧跟标签名；正文里要印“<”请写 &lt;")
            return start + 1
        if name[0] not in TAGS:
            self._note(line, unknown_tag(name[0]))
        if closing:
            self._close(name[0], line, state, bottom)
            end = text.find(">", name.end())
            return end + 1 if end >= 0 else len(text)
        state.tag, state.line, state.attributes = name[0], line, frozenset()
        return name.end()

    def _push(self, name: str, line: int, state: State) -> None:
        state.open = (*state.open, Open(name, line, wild=True))

    def _close(self, name: str, line: int, state: State, bottom: str) -> None:
        """An end: of the innermost tag of its name, and of all that was left open inside that."""
        if name not in TAGS or (name not in state.names and state.open and state.open[-1].wild):
            state.open = state.open[:-1]
        elif name not in state.names:
            if bottom:
                self._note(line, f"多了一个 </{name}>，前面没有与它成对的 <{name}>")
        else:
            self._close_until(name, f"第{line}行的 </{name}>", state)
            state.open = state.open[:-1]

    def _close_until(self, name: str, where: str, state: State) -> None:
        """Everything inside the innermost tag of a name is taken as ended ("": inside all tags)."""
        while state.open and state.open[-1].name != name:
            tag = state.open[-1]
            if not tag.wild:
                self._note(tag.line, f"<{tag.name}> 没有用 </{tag.name}> 结束，就到了{where}")
            state.open = state.open[:-1]

    def _in_tag(self, text: str, at: int, line: int, state: State, bottom: str) -> int:
        if state.quote:
            end = text.find(state.quote, at)
            if end < 0:
                return len(text)
            state.quote = ""
            return end + 1
        if attribute := _ATTRIBUTE.match(text, at):
            self._attribute(attribute, line, state)
            return attribute.end()
        char = text[at]
        if char in _FULL_WIDTH_QUOTES:
            self._note(line, f"标签 <{state.tag}> 里的符号要用半角：{char} 换成 {_FULL_WIDTH_QUOTES[char]}")
            end = text.find(">", at)
            self._push(state.tag, state.line, state)
            state.tag = ""
            return end + 1 if end >= 0 else len(text)
        if char in "\"'":
            state.quote = char
        elif char == ">":
            self._opened(text, at, state, bottom)
        elif char == "<":
            self._note(state.line, f"标签 <{state.tag} 没有写完，缺少 >")
            self._push(state.tag, state.line, state)
            state.tag = ""
            return at
        return at + 1

    def _attribute(self, found: re.Match[str], line: int, state: State) -> None:
        name = found[1]
        tag = TAGS.get(state.tag)
        if tag and name not in tag.attributes:
            self._note(line, unknown_attribute(state.tag, name))
        elif tag and not found[2]:
            self._note(line, f'标签 <{state.tag}> 的属性 {name} 后面要写 ="…"')
        state.attributes |= {name}

    def _opened(self, text: str, at: int, state: State, bottom: str) -> None:
        """A tag is complete: hold it against the vocabulary; put it on the pile unless it closes itself."""
        name, state.tag = state.tag, ""
        closed = bool(at) and text[at - 1] == "/"
        tag = TAGS.get(name)
        if tag is None:
            if not closed:
                self._push(name, state.line, state)
            return
        lacking = [n for n in tag.required if n not in state.attributes]
        if lacking:
            self._note(state.line, f"<{name}> 缺少 {'、'.join(lacking)}")
        self._place(tag, text[at:], state, bottom)
        if not closed:
            state.open = (*state.open, Open(name, state.line))

    def _place(self, tag: Tag, rest: str, state: State, bottom: str) -> None:
        """Hold a tag against what it stands in; where that has likely been left open, say so instead."""
        parent = state.open[-1].name if state.open else bottom
        if not parent or parent in tag.inside or (state.open and state.open[-1].wild):
            return
        around = [name for name in (*reversed(state.names), bottom) if name in tag.inside]
        if around and (parent == tag.name or not _ends_later(parent, rest)):
            self._close_until(
                "" if around[0] == bottom else around[0], f"第{state.line}行的 <{tag.name}>", state
            )
            return
        places = "、".join("最外层" if place == DOCUMENT else f"<{place}>" for place in tag.inside)
        where = "最外层" if parent == DOCUMENT else f"<{parent}> 里"
        self._note(state.line, f"<{tag.name}> 不能放在{where}，只能放在{places}")


def _ends_later(name: str, rest: str) -> bool:
    """Whether a tag's end comes before the next beginning of the same tag."""
    found = re.search(rf"<(/?){name}\b", rest)
    return bool(found and found[1])
