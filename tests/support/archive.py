"""A small archive without any rendering: issued weeks of a few files, frozen and entered as by the press."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from campaign.history import archive, freezing
from campaign.history.archive import Issued, Manifest, Paper
from campaign.history.publish import MANIFEST, digest

CODE = "清物治办约"
FIRST = date(2023, 4, 14)
FILES: Mapping[str, bytes] = {
    "第5期周通报.pdf": b"%PDF bulletin",
    "data/figures.json": b'{"as_of": "2023-04-28"}\n',
    "输入/台账/丹砂.xlsx": b"PK ledger",
}


def bulletin(number: int, as_of: date, edition: int = 0) -> Paper:
    """The bulletin of a week."""
    return Paper(
        genre="bulletin",
        kind="周通报",
        file=f"第{number}期周通报{f'（更正{edition}）' if edition else ''}",
        title=f"第{number}周进展情况的通报",
        stream="期",
        number=archive.issue_number(number, number, edition),
        addressee="都濡街道办事处",
        dated_on=as_of,
        pages=4,
        retention="10年",
    )


def notice(number: int, as_of: date, subject: str = "都濡街道办事处") -> Paper:
    """A notice of a week."""
    return Paper(
        genre="interview_notice",
        kind="约谈通知书",
        file=f"约谈通知书-{subject}",
        title="约谈通知书",
        stream="约",
        number=f"{CODE}〔{as_of.year}〕{number}号",
        addressee=subject,
        dated_on=as_of,
        pages=2,
        retention="永久",
    )


def annex(as_of: date) -> Paper:
    """What is filed with the bulletin."""
    return Paper("score_annex", "得分明细", "附件-得分明细", "得分明细", "", "", "", as_of, 9, "")


def manifest(
    output: Path,
    number: int,
    as_of: date,
    *,
    edition: int = 0,
    papers: tuple[Paper, ...] | None = None,
    files: Mapping[str, bytes] = FILES,
) -> Manifest:
    """The manifest of the week that is to be issued next."""
    known = archive.issued(output)
    former = next((w.link for w in reversed(known) if w.manifest.as_of == as_of), None)
    return Manifest(
        program="0.1.0",
        made_with={"code": "0" * 64},
        as_of=as_of,
        edition=edition,
        correction="漏报" if edition else "",
        order=len(known) + 1,
        number=number,
        total_number=number,
        issuer="县专项整治办",
        previous=known[-1].link if known else None,
        corrects=former,
        documents=(bulletin(number, as_of, edition), annex(as_of)) if papers is None else papers,
        inputs={n.removeprefix("输入/"): digest(d) for n, d in files.items() if n.startswith("输入/")},
        rules={},
        templates={},
        fonts={},
        outputs={name: digest(data) for name, data in sorted(files.items())},
    )


def issue(
    output: Path,
    number: int,
    as_of: date,
    *,
    edition: int = 0,
    papers: tuple[Paper, ...] | None = None,
    files: Mapping[str, bytes] = FILES,
) -> Issued:
    """Issue a week: freeze it, and catch up with register, catalogue and order."""
    with freezing.held(output):
        made = manifest(output, number, as_of, edition=edition, papers=papers, files=files)
        freezing.freeze(output, made.folder, {**files, MANIFEST: archive.dump(made)})
        freezing.catch_up(output)
    return archive.issued(output)[-1]
