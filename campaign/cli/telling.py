"""What the commands say: plain words for the clerk, on the screen."""

from collections.abc import Sequence
from typing import Any

import click

from campaign.records import DecisionKind, Fault, Severity

FAULTY = 3
_SHOWN = 20
_LEVELS = {
    Severity.FATAL: "致命",
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.INFO: "提示",
}


def exit_code(faults: Sequence[Fault]) -> int:
    """3 where a fault blocks, else 0."""
    return FAULTY if any(f.blocks for f in faults) else 0


def say_faults(faults: Sequence[Fault]) -> None:
    """Numbers first, then what must be mended, in full for the first twenty."""
    counts = "，".join(
        f"{words}{sum(f.severity is level for f in faults)}处" for level, words in _LEVELS.items()
    )
    click.echo(f"填报情况：{counts}")
    waived = sum(f.waiver is not None for f in faults)
    if waived:
        click.echo(f"  其中{waived}处错误已经豁免，不影响印发，见《校验意见.xlsx》的“豁免”表")
    blocking = [f for f in faults if f.blocks]
    for fault in blocking[:_SHOWN]:
        click.echo(f"  【{_LEVELS[fault.severity]}】{fault.message}\n      → {fault.remedy}")
    if len(blocking) > _SHOWN:
        click.echo(f"  其余{len(blocking) - _SHOWN}处见《校验意见.xlsx》")


def say_week(published: Any) -> None:  # noqa: ANN401 - press is loaded late
    """What the week came to, and where its drafts are."""
    week = published.week
    totals = week.assessment.figures.totals
    click.echo(
        f"截至{week.as_of.isoformat()}（第{week.number}期）：发现问题{totals.found}件，"
        f"已整改{totals.done}件（其中已销号{totals.closed}件），逾期{totals.overdue}件，待核实{totals.pending}件"
    )
    if week.books.unreported:
        click.echo(f"没有报送可用台账的单位：{'、'.join(week.books.unreported)}")
    interviews = [d.subject for d in week.assessment.decisions if d.kind is DecisionKind.INTERVIEW]
    if interviews:
        click.echo(f"拟约谈：{'、'.join(interviews)}")
    if not week.books.roster.communities:
        click.echo("没有可用的名册，公文没有生成。")
    say_remarks(published.remarks)
    click.echo(f"草稿在：{published.folder}")
    click.echo(f"先看这一页：{published.folder / 'index.html'}")
    say_kept(published.kept)


def say_issued(published: Any) -> None:  # noqa: ANN401
    """What was issued under which number, and where it lies."""
    manifest = published.manifest
    if published.finished:
        click.echo(f"{manifest.words}（截至{manifest.as_of}）上次已经印发，这次补完了登记。")
    else:
        click.echo(f"{manifest.words}（截至{manifest.as_of}）已经印发：")
    for paper in manifest.documents:
        if paper.number:
            click.echo(f"  {paper.number}　{paper.title}")
    click.echo(f"归档在：{published.folder}（不要改动；要改请用 make correct 印发更正）")
    click.echo("编号已登入《发文登记簿.xlsx》，件号已编入《归档目录.xlsx》。")


def say_proof(proof: Any, wrong: Sequence[str]) -> None:  # noqa: ANN401
    """What was checked, what was made again and by what, what is wrong."""
    say_remarks((proof.remark,) if proof.remark else ())
    if proof.entered:
        click.echo(f"登记簿补登了{proof.entered}个编号。")
    known = proof.checked.known
    if not known and not wrong:
        click.echo("归档里还没有任何一期。")
        return
    for one in proof.rebuilt:
        if one.changed:
            click.echo(f"  {one.issued.manifest.words}：{'；'.join(one.changed)}")
        if not one.files and not one.failed:
            click.echo(f"  {one.issued.manifest.words}：重新生成后与归档的逐字节相同")
        elif one.fine:
            click.echo(
                f"  {one.issued.manifest.words}：{len(one.files)}个文件的字节不同，"
                "因为程序或字体已不是当时的；数字、得分和处置与归档的完全相同"
            )
    for words in wrong:
        click.echo(f"  【不符】{words}")
    files = sum(len(week.manifest.outputs) + 1 for week in known)
    if wrong:
        click.echo(f"归档的{len(known)}期、{files}个文件中，有{len(wrong)}处不符。请从备份恢复，再核对一次。")
    else:
        click.echo(f"归档的{len(known)}期、{files}个文件都与印发时相同，登记簿与归档相符。")


def say_remarks(remarks: Sequence[str]) -> None:
    """What the clerk should know beside the result."""
    for remark in remarks:
        click.echo(f"【注意】{remark}")


def say_kept(kept: Sequence[str]) -> None:
    """Which files she had changed were kept."""
    if kept:
        click.echo(f"上次生成后被改动过的{len(kept)}个文件没有丢，已存入“改过的旧稿”：{'、'.join(kept[:5])}")
