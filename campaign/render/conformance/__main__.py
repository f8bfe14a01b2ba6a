"""The command: measure PDFs, say in Chinese what is amiss; exit 5 where what is prescribed is violated."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from campaign.compose.blocks import Form
from campaign.errors import CampaignError, RenderError
from campaign.render.conformance import CHECKS, Reading, Result, hold, measure, parts
from campaign.render.geometry import layout

_FORMS = {
    Form.BULLETIN: "简报",
    Form.LETTER: "信函",
    Form.RED: "文件",
    Form.MINUTES: "纪要",
    Form.PLAIN: "无版头",
}


@click.command(help="按 GB/T 9704—2012 逐页测量 PDF，指出不合之处。只有违反“规定”的才算不合格（退出码 5）。")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option(
    "--templates", default="templates", type=click.Path(path_type=Path), help="模板文件夹，内有 layout.yaml"
)
def main(files: Sequence[Path], templates: Path) -> None:
    """Check the files; the exit code is that of the worst."""
    try:
        profile = layout.load(templates)
        failed = [path for path in files if _report(path, profile)]
    except CampaignError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    sys.exit(RenderError.exit_code if failed else 0)


def _report(path: Path, profile: layout.Layout) -> bool:
    """Print what is amiss with one file; True where something prescribed is violated."""
    paper = measure(path.read_bytes())
    results = hold(paper, profile)
    documents = parts(paper, profile)
    form = (
        _FORMS[Reading(documents[0], profile).form] + "格式"
        if len(documents) == 1
        else f"{len(documents)}件公文"
    )
    broken = [result for result in results if result.fails]
    click.echo(f"{path.name}：{form}，{len(paper.pages)}面，测量{len(CHECKS)}项")
    for result in results:
        click.echo(f"  {line(result)}")
    if not results:
        click.echo("  全部符合")
    elif not broken:
        click.echo(f"  符合全部规定；另有{len(results)}处可以改进")
    else:
        click.echo(f"  不合格：违反规定{len(broken)}处，另有{len(results) - len(broken)}处可以改进")
    return bool(broken)


def line(result: Result) -> str:
    """One finding in a line: page, what was measured, what is allowed, clause and strength."""
    finding = result.finding
    place = f"第{finding.page}面" if finding.page else "全文"
    word = "不符" if result.fails else "提示"
    source = (
        result.clause if result.clause == "实务" or "ISO" in result.clause else f"GB/T 9704 {result.clause}"
    )
    strength = "" if source == result.strength.value else f"，{result.strength.value}"
    said = f"{finding.measured}；应为：{finding.allowed}"
    return f"【{word}】{place} {result.check.title}：{said}（{source}{strength}）"


if __name__ == "__main__":
    main()
