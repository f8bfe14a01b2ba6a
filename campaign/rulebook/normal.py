"""When two spellings of a heading or of a word are the same one."""

import re
import unicodedata

# A bracket that only tells how to fill in the column. Any other may carry the meaning: 责任人（电话） is two
# fields in one, 责任人（必填） is one.
_HINT = re.compile(
    r"\((?:[必选可]填|可选|单选|多选|下拉.*|盖?公?章|签[字名章]|是[/或]?否|[√×/]+|单位.*"
    r"|[户次个件元栋幢份人条%]+|年[-/]?月[-/]?日|y+[-/]m+[-/]d+|格式.*|如.*|例.*|示例.*|请.*|按.*|没有.*|无则.*)\)$"
)
_NOISE = re.compile(r"[\s*:、,;.]+")


def word_key(text: str) -> str:
    """A word of a cell for comparing: half-width, lower-case, no white space, no closing punctuation."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower().strip("。.,;；，")


def heading_key(text: str) -> str:
    """A heading for comparing: as `word_key`, without asterisks, colons and a closing （必填）."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _HINT.sub("", plain) or plain
