"""Text as people meant it: escapes decoded, invisible characters dropped, composed form, no blank edges.

Invisible characters come with text that was pasted from web pages, chat programs and other office suites; two
names that look the same must be the same.
"""

import re
import unicodedata
from enum import StrEnum

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

# C0 and C1 controls but tab and line feed; soft hyphen, joiners, bidi marks and isolates, zero-width spaces,
# byte order mark, annotation marks, tags, surrogates and code points that are no characters.
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Escapes(StrEnum):
    """Which `_xHHHH_` in a text stand for a character (ECMA-376 part 1, 22.9.2.19)."""

    ALL = "all"  # OOXML as it is stored
    STRAY = "stray"  # containers without escapes: only those of invisible characters, left by exporters
    NONE = "none"  # a reader has resolved them already


def clean_text(text: str, escapes: Escapes = Escapes.ALL) -> str:
    """`text` without what cannot be seen."""
    if text.isprintable() and "_x" not in text:
        cleaned = text
    else:
        cleaned = INVISIBLE.sub("", _LINE_ENDS.sub("\n", _decoded(text, escapes)))
    if not cleaned.isascii():
        cleaned = unicodedata.normalize("NFC", cleaned)
    return cleaned.strip()


def had_invisible(text: str, escapes: Escapes = Escapes.ALL) -> bool:
    """Whether `clean_text` takes something out of `text` that nobody could see."""
    if text.isprintable() and "_x" not in text:
        return False
    return INVISIBLE.search(_decoded(text, escapes)) is not None


def _decoded(text: str, escapes: Escapes) -> str:
    """`text` with escapes resolved; two that make a surrogate pair become one character."""
    if "_x" not in text or escapes is Escapes.NONE:
        return text

    def character(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if escapes is Escapes.ALL or INVISIBLE.match(char) else match[0]

    text = _ESCAPE.sub(character, text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return text
