"""How a wrong template is complained about: which template, which line, what is wrong, what was likely
meant.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from campaign.errors import TemplateError

LIKE_ENOUGH = 0.5  # below this a suggestion puzzles more than it helps


class MisuseError(ValueError):
    """A template used a value in a way it is not for; the message is for the template's author."""


class PlacedError(TemplateError):
    """A mistake at a line of a template (counted from 1; 0 where no line is known)."""

    def __init__(self, template: str, line: int, what: str) -> None:
        place = f"模板 {template} 第{line}行" if line else f"模板 {template}"
        super().__init__(f"{place}：{what}")
        self.template = template
        self.line = line
        self.what = what


def wrong(template: str, line: int, what: str) -> PlacedError:
    """The error to raise for a mistake at a line."""
    return PlacedError(template, line, what)


def suggestion(name: str, allowed: Iterable[str]) -> str:
    """The half sentence that names the nearest allowed name, or all of them where none is near."""
    names = sorted(set(allowed))
    near = get_close_matches(name, names, n=1, cutoff=LIKE_ENOUGH)
    if near:
        return f"，是否想写“{near[0]}”"
    return f"，可用的有：{'、'.join(names)}" if names else ""
