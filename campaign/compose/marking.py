"""Marks every tag of a template with the place where it stands, before any data comes in.

What a template yields has other lines than the template. So the template's own text (never the data) is read
as it is compiled: a tag or attribute outside the vocabulary is refused there and then, also in a branch that
this week's data would not reach, and each opening tag is given `at="template:line"` for later complaints.
"""

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from campaign.compose.complaints import wrong
from campaign.compose.vocabulary import POSITION, TAGS, unknown_attribute, unknown_tag

_NAME = re.compile(r"[A-Za-z_][-\w.]*")
_ATTRIBUTE = re.compile(r"([A-Za-z_][-\w.:]*)\s*=\s*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Scanner:
    """Reads the text of one template piece by piece; a tag may begin in one piece and end in another."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.tag = ""  # the tag whose attributes are being read
        self.quote = ""  # the quotation mark that will end the attribute's value

    def feed(self, text: str, line: int) -> str:
        """The piece with places written into its opening tags. `line` is that of the piece's first
        character.
        """
        out: list[str] = []
        at = 0
        while at < len(text):
            step = self._in_tag if self.tag else self._in_text
            piece, after = step(text, at, line + text.count("\n", 0, at))
            out.append(piece)
            at = after
        return "".join(out)

    def _in_text(self, text: str, at: int, line: int) -> tuple[str, int]:
        """Up to and including the name of the next opening tag."""
        start = text.find("<", at)
        if start < 0:
            return text[at:], len(text)
        line += text.count("\n", at, start)
        if comment := _COMMENT.match(text, start):
            return text[at : comment.end()], comment.end()
        closing = text.startswith("</", start)
        name = _NAME.match(text, start + 1 + closing)
        if not name:
            raise wrong(self.template, line, "“<”后面要紧跟标签名；正文里要印“<”请写 &lt;")
        if name[0] not in TAGS:
            raise wrong(self.template, line, unknown_tag(name[0]))
        if closing:
            return text[at : name.end()], name.end()
        self.tag = name[0]
        return f'{text[at : name.end()]} {POSITION}="{self.template}:{line}"', name.end()

    def _in_tag(self, text: str, at: int, line: int) -> tuple[str, int]:
        """One attribute name, one value, or the end of the tag."""
        if self.quote:
            end = text.find(self.quote, at)
            if end < 0:
                return text[at:], len(text)
            self.quote = ""
            return text[at : end + 1], end + 1
        if attribute := _ATTRIBUTE.match(text, at):
            if attribute[1] not in TAGS[self.tag].attributes:
                raise wrong(self.template, line, unknown_attribute(self.tag, attribute[1]))
            return attribute[0], attribute.end()
        if text[at] in "\"'":
            self.quote = text[at]
        elif text[at] == ">":
            self.tag = ""
        return text[at], at + 1


class Marking(Extension):
    """The Jinja2 extension that runs the scanner over a template while it is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens, with places in its text."""
        scanner = Scanner(stream.name or "（未命名）")
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, scanner.feed(token.value, token.lineno))
            else:
                yield token
