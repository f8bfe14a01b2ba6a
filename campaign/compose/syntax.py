"""What Jinja2 says of a statement that it cannot read, in Chinese."""

import re

_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "end of template": "文件结尾",
    "name": "名称",
    "string": "带引号的文字",
    "integer": "整数",
    "assign": "=",
}
_SENTENCES = (
    (re.compile(r"Encountered unknown tag '(.+?)'"), "不认识的语句“{0}”"),
    (re.compile(r"expected token '(.+)', got '(.+)'"), "这里应是“{0}”，却是“{1}”"),
    (re.compile(r"[Uu]nexpected char (.+) at \d+"), "多了字符{0}"),
    (re.compile(r"Expected an expression, got '(.+)'"), "“{0}”前面缺少内容"),
    (re.compile(r"unexpected '(.+)'"), "“{0}”前面缺少内容，或多了“{0}”"),
    (re.compile(r"Unexpected end of template.*innermost.*'(.+)'"), "{{% {0} %}} 没有结束"),
    (re.compile(r"Missing end of comment tag"), "“{{#”没有用“#}}”结束"),
    (re.compile(r"Missing end of raw directive"), "{{% raw %}} 没有用 {{% endraw %}} 结束"),
    (re.compile(r"Unexpected end of template"), "语句没有结束"),
    (re.compile(r"can't assign to '?(.+?)'?$"), "不能给“{0}”赋值"),
    (re.compile(r"invalid character in identifier"), "名称里有不能用的字符"),
    (re.compile(r"subscript expression"), "[ ] 里没有内容"),
)


def in_chinese(message: str) -> str:
    """The sentence for what is known to occur; else Jinja2's own words."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.search(message):
            return sentence.format(*(_TOKENS.get(word, word) for word in found.groups()))
    return message
