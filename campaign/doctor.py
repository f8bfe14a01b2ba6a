"""Is everything there that a run needs? One line for each thing, with what to do where it is not."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.errors import CampaignError, RenderError, TemplateError
from campaign.history.publish import free_space

if TYPE_CHECKING:
    from campaign.press import Folders

_ENOUGH = 200 * 1024 * 1024  # bytes: a week's drafts several times over
_SETUP = "请运行 make setup"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `exit_code` is 0 where it is fine or only worth knowing."""

    what: str
    fine: bool
    words: str
    exit_code: int = 0


def examine(folders: "Folders") -> tuple[Finding, ...]:
    """Look at Python, system libraries, fonts, disk, rules and templates."""
    return (
        Finding("Python", fine=True, words=".".join(map(str, sys.version_info[:3]))),
        _attempt("系统组件", _libraries, f"缺少排版组件，{_SETUP}"),
        *_fonts(folders),
        _disk(folders.output),
        _rules(folders.rules),
        _attempt("模板", lambda: _templates(folders.templates), "模板有误"),
    )


def _attempt(what: str, look: Callable[[], str], otherwise: str) -> Finding:
    try:
        return Finding(what, fine=True, words=look())
    except CampaignError as error:
        return Finding(what, fine=False, words=str(error), exit_code=error.exit_code)
    except (ImportError, OSError) as error:
        return Finding(what, fine=False, words=f"{otherwise}（{error}）", exit_code=RenderError.exit_code)


def _libraries() -> str:
    import weasyprint  # noqa: PLC0415 - importing it is the test
    from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415

    subset = "" if harfbuzz_subset else f"；缺少 libharfbuzz-subset0，生成会慢很多，{_SETUP}"
    return f"WeasyPrint {weasyprint.__version__}{subset}"


def _fonts(folders: "Folders") -> Iterator[Finding]:
    from campaign.render import Studio  # noqa: PLC0415 - needs the libraries looked at above

    try:
        studio = Studio(folders.templates, folders.fonts)
    except CampaignError as error:
        yield Finding("字体", fine=False, words=str(error), exit_code=error.exit_code)
        return
    substitutions = studio.substitutions()
    if not substitutions:
        yield Finding("字体", fine=True, words="公文规定的字体齐全")
    for one in substitutions:
        yield Finding("字体", fine=True, words=f"没有{one.asked}，用{one.used}代替（{one.why}）")


def _disk(output: Path) -> Finding:
    free = free_space(output)
    words = f"{output} 所在磁盘可用 {free // 1024 // 1024} MB"
    if free < _ENOUGH:
        return Finding("磁盘", fine=False, words=f"{words}，不够用，请清理", exit_code=6)
    return Finding("磁盘", fine=True, words=words)


def _rules(folder: Path) -> Finding:
    from campaign.rulebook.loader import load  # noqa: PLC0415

    def look() -> str:
        rulebook = load(folder)
        return f"《{rulebook.title}》，{len(rulebook.files)}个文件，校验码 {rulebook.digest[:12]}"

    return _attempt("规则", look, "规则文件读不出来")


def _templates(folder: Path) -> str:
    from campaign.compose import genres  # noqa: PLC0415 - as above
    from campaign.compose.linting.lint import lint  # noqa: PLC0415

    names = [genre.title for genre in genres.load(folder).genres]
    mistakes = [mistake for mistake in lint(folder, quick=True) if not mistake.hint]
    if mistakes:
        rest = f"；共{len(mistakes)}处，请运行 make lint-templates 查看" if len(mistakes) > 1 else ""
        raise TemplateError(f"{mistakes[0]}{rest}")
    return "、".join(names)
