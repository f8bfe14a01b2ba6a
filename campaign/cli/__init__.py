"""Arguments in, words and exit codes out: what the clerk types and reads."""

import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from campaign.cli.telling import (
    FAULTY,
    exit_code,
    say_faults,
    say_issued,
    say_kept,
    say_proof,
    say_remarks,
    say_week,
)
from campaign.errors import CampaignError

HOME = Path(__file__).resolve().parents[2]
ARCHIVE_WRONG = 6
_BUG = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a bug, 2 wrong usage, 3 error-level faults, 4 rules or templates, 5 rendering, 6 output folder.
    """
    try:
        code = commands.main(args=arguments, prog_name="generate.py", standalone_mode=False)
    except CampaignError as error:
        click.echo(f"【未完成】{error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("【已中断】原有的结果没有改动。", err=True)
        return 130
    except Exception:  # noqa: BLE001 - the last resort: a bug is shown whole
        traceback.print_exc()
        click.echo("【程序故障】请把上面的内容发给维护人员；原有的结果没有改动。", err=True)
        return _BUG
    return int(code or 0)


def _folder(name: str, default: str, words: str) -> Callable[[Any], Any]:
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option(
        f"--{name}", name, type=kind, default=HOME / default, help=f"{words}（平时是 {default}）"
    )


def _options(command: Callable[..., int]) -> Callable[..., int]:
    """The options every command takes."""
    day = click.DateTime(formats=["%Y-%m-%d"])
    decorators = (
        _folder("input", "input", "表格所在的文件夹"),
        _folder("rules", "rules", "规则所在的文件夹"),
        _folder("templates", "templates", "模板所在的文件夹"),
        _folder("output", "output", "成品所在的文件夹"),
        click.option("--as-of", "as_of", type=day, help="截至日期，如 2023-04-28；不写则按台账填报时间推算"),
        click.option("--jobs", type=click.IntRange(1, 64), default=2, help="同时读取几份表格"),
    )
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, help="专项整治周报生成")
def commands() -> None:
    """Group the commands."""


def _setting(options: dict[str, Any]) -> tuple[Any, date | None, int]:
    """Folders, as-of date and jobs out of the options. The stages are loaded only when a command runs."""
    from campaign.press import Folders  # noqa: PLC0415 - `--help` must not wait for the renderers

    day: datetime | None = options["as_of"]
    folders = Folders(
        options["input"], options["rules"], options["templates"], options["output"], HOME / ".fonts"
    )
    return folders, day.date() if day else None, options["jobs"]


@commands.command(help="只检查表格填得对不对，并写出退回修改的副本")
@_options
def check(**options: Any) -> int:  # noqa: ANN401 - click hands over what _options declares
    """Read and check the workbooks."""
    from campaign import press  # noqa: PLC0415

    published = press.check(*_setting(options))
    say_faults(published.faults)
    click.echo(f"校验意见和退回修改的副本在：{published.folder}")
    return exit_code(published.faults)


@commands.command(help="生成本期通报、约谈通知书、得分明细、校验意见等全部草稿")
@_options
def weekly(**options: Any) -> int:  # noqa: ANN401
    """Make the week's drafts."""
    from campaign import press  # noqa: PLC0415

    published = press.weekly(*_setting(options))
    say_faults(published.faults)
    say_week(published)
    return exit_code(published.faults)


@commands.command(help="正式印发本期：编号、去掉草稿字样、归档、登记")
@_options
def issue(**options: Any) -> int:  # noqa: ANN401
    """Issue the week."""
    from campaign import press  # noqa: PLC0415

    try:
        published = press.issue(*_setting(options))
    except press.UnfitError as unfit:
        say_faults(unfit.faults)
        click.echo(f"【未印发】{unfit}", err=True)
        return FAULTY
    say_issued(published)
    return 0


@commands.command(help="更正已经印发的一期：另出更正版，原来的不动")
@click.argument("which", metavar="第几期")
@click.option("--reason", default="", help="更正的原因，印在更正说明里")
@_options
def correct(which: str, reason: str, **options: Any) -> int:  # noqa: ANN401
    """Issue a corrected edition."""
    from campaign import press  # noqa: PLC0415

    folders, _, jobs = _setting(options)
    try:
        published = press.correct(folders, which, reason, jobs)
    except press.UnfitError as unfit:
        say_faults(unfit.faults)
        click.echo(f"【未印发】{unfit}", err=True)
        return FAULTY
    say_issued(published)
    return 0


@commands.command(help="核对归档：一个字节的改动也查得出，并把各期重新生成一遍，与归档的逐字节相比")
@click.option("--quick", is_flag=True, help="只核对文件，不重新生成")
@click.option(
    "--rebuild", "only", default="", metavar="第几期", help="只重新生成这一期（不写则各期都重新生成）"
)
@click.option("--register", is_flag=True, help="登记簿缺了的编号，按归档补登；没有登记簿的，新建一本")
@_options
def verify(*, quick: bool, only: str, register: bool, **options: Any) -> int:  # noqa: ANN401
    """Prove the archive."""
    from campaign import press  # noqa: PLC0415

    folders, _, jobs = _setting(options)
    proof = press.verify(
        folders,
        jobs,
        quick=quick,
        only=only,
        mend_register=register,
        watch=lambda words: click.echo(f"  正在重新生成{words}……"),
    )
    say_proof(proof, [f"{one.place}：{one.words}" for one in press.findings(proof)])
    return 0 if proof.fine else ARCHIVE_WRONG


@commands.command(help="汇总各期结果，生成总结报告")
@_options
def summary(**options: Any) -> int:  # noqa: ANN401
    """Make the final report."""
    from campaign import press  # noqa: PLC0415

    folders, as_of, _ = _setting(options)
    published = press.summary(folders, as_of)
    say_remarks(published.remarks)
    click.echo(f"总结报告草稿在：{published.folder}")
    for name in published.files:
        if name.endswith((".pdf", ".docx")):
            click.echo(f"  {name}")
    say_kept(published.kept)
    return 0


@commands.command(help="生成空白表样：各属地单位的台账、各点位的自查表等，发给各单位填报")
@_options
def forms(**options: Any) -> int:  # noqa: ANN401
    """Make the blank forms."""
    from campaign import press  # noqa: PLC0415
    from campaign.render.forms import ROSTER  # noqa: PLC0415

    folders, _, jobs = _setting(options)
    published = press.forms(folders, jobs)
    if published.faults:
        say_faults(published.faults)
    if ROSTER in published.files:
        click.echo(
            f"{folders.input} 里没有可用的名册，只生成了空白的《{ROSTER}》："
            "请填好后放进去，再运行一次，就有各单位的表了。"
        )
    else:
        click.echo(f"共生成{len(published.files)}份空白表样。")
    click.echo(f"空白表样在：{published.folder}")
    say_kept(published.kept)
    return exit_code(published.faults)


@commands.command(help="说明某个单位（名册或成员单位里的名称）的得分从何而来")
@click.argument("subject")
@_options
def explain(subject: str, **options: Any) -> int:  # noqa: ANN401
    """Say why a subject has its score."""
    from campaign import press  # noqa: PLC0415
    from campaign.compose.explanation import explain as explained  # noqa: PLC0415

    week, rulebook = press.assessed(*_setting(options))
    click.echo(explained(week, rulebook, subject))
    return 0


@commands.command(help="生成某个点位或企业的档案：每个问题的经过、各期得分、处置和公文")
@click.argument("subject")
@_options
def dossier(subject: str, **options: Any) -> int:  # noqa: ANN401
    """Make the dossier of a community or company."""
    from campaign import press  # noqa: PLC0415

    folders, as_of, _ = _setting(options)
    published = press.dossier(folders, subject, as_of)
    click.echo(f"档案在：{published.folder}")
    for name in published.files:
        click.echo(f"  {name}")
    say_kept(published.kept)
    return 0


@commands.command(help="专项整治结束时，把印发的各期连同总结、档案、数据表归成一个文件夹和一个压缩包")
@_options
def archive(**options: Any) -> int:  # noqa: ANN401
    """Close the campaign."""
    from campaign import press  # noqa: PLC0415

    published = press.close(_setting(options)[0], watch=lambda words: click.echo(f"  正在生成{words}……"))
    click.echo(f"结项归档在：{published.folder}")
    click.echo("请先看里面的《阅读说明.pdf》；文件夹和压缩包内容相同，各交一份即可。")
    say_kept(published.kept)
    return 0


@commands.command(help="把评分规则印成考核评分实施细则")
@_options
def guideline(**options: Any) -> int:  # noqa: ANN401
    """Print the rulebook."""
    from campaign import press  # noqa: PLC0415

    published = press.guideline(_setting(options)[0])
    click.echo(f"考核评分实施细则在：{published.folder}")
    for name in published.files:
        click.echo(f"  {name}")
    say_kept(published.kept)
    return 0


@commands.command(name="what-if", help="试算：换一套规则，谁的得分、等级、名次和处置会变")
@click.argument("rules_dir", type=click.Path(file_okay=False, path_type=Path))
@_options
def what_if(rules_dir: Path, **options: Any) -> int:  # noqa: ANN401
    """Score all weeks under other rules."""
    from campaign import press  # noqa: PLC0415
    from campaign.compose.trials import tell  # noqa: PLC0415

    folders, as_of, jobs = _setting(options)
    trials, rulebook, published = press.what_if(folders, rules_dir, as_of, jobs)
    click.echo(tell(trials, rulebook.campaign.nouns))
    click.echo(f"全部变动在：{published.folder / press.TRIAL_SHEET}；已有的结果没有改动。")
    say_kept(published.kept)
    return 0


@commands.command(name="lint-templates", help="检查全部模板，一次列出所有写错的地方和改法")
@_options
def lint_templates(**options: Any) -> int:  # noqa: ANN401
    """Hold the templates against all that can be known of them without data."""
    from campaign.compose.linting.lint import lint  # noqa: PLC0415
    from campaign.errors import TemplateError  # noqa: PLC0415

    found = lint(options["templates"])
    wrong = [mistake for mistake in found if not mistake.hint]
    for mistake in wrong:
        click.echo(f"【错误】{mistake}")
    for mistake in found[len(wrong) :]:
        click.echo(f"【提示】{mistake}")
    click.echo(f"模板共{len(wrong)}处错误。" if wrong else "模板没有错误。")
    return TemplateError.exit_code if wrong else 0


@commands.command(help="检查字体、系统组件、磁盘空间、规则和模板")
@_options
def doctor(**options: Any) -> int:  # noqa: ANN401
    """Say whether everything the program needs is there."""
    from campaign.doctor import examine  # noqa: PLC0415

    findings = examine(_setting(options)[0])
    for finding in findings:
        click.echo(f"{'正常' if finding.fine else '异常'}  {finding.what}：{finding.words}")
    return max((finding.exit_code for finding in findings), default=0)


if __name__ == "__main__":
    sys.exit(main())
