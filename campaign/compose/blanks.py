"""Keeps the white space of data apart from that of templates.

A template is broken into lines for its reader, and those breaks must vanish; a line break or a space in a
cell was typed by somebody, and must not. So blanks in data travel as noncharacters that XML allows and no
text uses, until the markup has been read.
"""

import re
from collections.abc import Mapping

_STAND_INS: Mapping[int, str] = {ord("\n"): "\ufdd0", ord(" "): "\ufdd1", ord("\t"): "\ufdd2"}
_BACK: Mapping[int, str] = {ord(there): chr(here) for here, there in _STAND_INS.items()}
# What XML 1.0 cannot carry (2.2 Char), and our stand-ins themselves; none of it has ink.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdd2\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
# Chinese is set without spaces: one that the template wrote counts only between two ASCII characters.
_SPACES = re.compile(r"(?<![!-~])[ \t]+|[ \t]+(?![!-~])")
_SEVERAL = re.compile(r"[ \t]+")


def protect(text: str) -> str:
    """Data on its way into a template: blanks replaced by stand-ins, control characters left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", lines).translate(_STAND_INS)


def fold(text: str) -> str:
    """A template's own text: line breaks vanish with the blanks around them, and so do spaces beside Chinese
    characters; between Latin words one space stays.
    """
    return _SEVERAL.sub(" ", _SPACES.sub("", _LINE_BREAK.sub("", text)))


def restore(text: str) -> str:
    """Put the blanks of the data back."""
    return text.translate(_BACK)
