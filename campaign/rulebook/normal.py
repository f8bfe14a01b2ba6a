"""When two spellings of a heading or of a word are the same one."""

import re
import unicodedata

_HINT = re.compile(r"\([^()]*\)$")
_NOISE = re.compile(r"[\s*:、,;.]+")


def word_key(text: str) -> str:
    """A word of a cell for comparing: half-width, lower-case, no white space, no closing punctuation."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower().strip("。.,;；，")


def heading_key(text: str) -> str:
    """A heading for comparing: as `word_key`, without asterisks, colons and a closing hint such as （必填）."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _HINT.sub("", plain) or plain
