"""index.html: the page to look at after a run, with links to everything that lies beside it.

What the week says at a glance, who is ranked where and why somebody is called in, what is wrong with the
workbooks and what became of each ledger row. It opens from the folder without server, script or network.
"""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from traceback import walk_tb

from jinja2 import FileSystemLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from campaign.compose.complaints import wrong
from campaign.compose.environment import Sandbox, Unknown
from campaign.compose.filters import FILTERS
from campaign.errors import TemplateError
from campaign.records import Week
from campaign.render.overview.page import Page, page
from campaign.rulebook.model import Rulebook

__all__ = ["overview"]

TEMPLATE = "index.html"
_FILTERS = ("length", "join")
_OWN_FILTERS = ("number", "rank_change", "dash", "date")
_WRONG = (TemplateRuntimeError, SecurityError, TypeError, ValueError, LookupError, AttributeError)


def overview(
    week: Week,
    rulebook: Rulebook,
    outputs: Sequence[str],
    templates: Path,
    *,
    inputs: str | None = "../../input",
) -> bytes:
    """The overview page of a week as HTML.

    Args:
        week: the week from end to end.
        rulebook: the rules it was assessed by.
        outputs: the other files of its folder, as paths below it.
        templates: the folder with index.html.
        inputs: the input folder as seen from the page; None leaves the names of workbooks without links.

    Raises:
        TemplateError: the template is missing or wrong; the message names its line.
    """
    return rendered(page(week, rulebook, outputs, inputs), templates)


def rendered(content: Page, templates: Path) -> bytes:
    """The page as its template words it; every text is escaped."""
    sandbox = Sandbox(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=Unknown,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sandbox.globals.clear()
    kept = {name: sandbox.filters[name] for name in _FILTERS}
    sandbox.filters = kept | {name: FILTERS[name] for name in _OWN_FILTERS}
    names = {field.name: getattr(content, field.name) for field in fields(content)}
    try:
        return sandbox.get_template(TEMPLATE).render(names).encode()
    except TemplateNotFound as error:
        raise TemplateError(f"模板文件夹 {templates.name} 中没有 {error.name}") from error
    except TemplateSyntaxError as error:
        raise wrong(error.name or TEMPLATE, error.lineno, error.message or "语句写法有误") from error
    except _WRONG as error:
        raise wrong(TEMPLATE, _line(error, templates), str(error)) from error


def _printed(value: object) -> object:
    """What `{{ … }}` prints; what has no text of its own is a mistake of the template."""
    if value is None or isinstance(value, (bool, tuple, list)):
        raise ValueError("这里没有可以印的内容（空值、真假值或一组数据）")
    return value


def _line(error: Exception, templates: Path) -> int:
    """The line of the innermost template frame; Jinja2 gives its frames the template's own lines."""
    own = str(templates / TEMPLATE)
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == own]
    return lines[-1] if lines else 0
