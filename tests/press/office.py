"""A clerk's folders and the commands about the archive, with documents composed but not set."""

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign import cli
from campaign.cli import main
from campaign.compose import week_documents
from campaign.history import archive
from campaign.history.archive import Issued
from campaign.intake.desk import Intake
from campaign.press import bundle, correcting, drafts, issuing, proving
from campaign.press.bundle import week_files
from campaign.press.folders import Folders, Watch
from campaign.press.making import Made
from campaign.records import Week
from campaign.render import Workshop
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook
from tests.support.inbox import DANSHA, DURU, fill, write

HOME = Path(__file__).parents[2]
NEXT_WEEK = "填报时间：2023年5月5日"
TEMPLATES = {
    "genres.yaml": """
genres:
  bulletin:
    title: 周通报
    template: bulletin.html
    form: bulletin
    about: week
    stream: 期
    retention: 10年
    file: 第{{ number }}期周通报{% if edition %}（更正{{ edition }}）{% endif %}
  interview_notice:
    title: 约谈通知书
    template: notice.html
    form: letter
    about: decision
    decision: interview
    stream: 约
    retention: 永久
    file: 约谈通知书-{{ subject }}
  correction:
    title: 更正说明
    template: correction.html
    form: plain
    about: correction
    file: 第{{ number }}期更正说明
words: []
""",
    "bulletin.html": """
<masthead name="通报" issue="{{ issue_words }}" issuer="{{ campaign.office }}" date="{{ as_of|date }}"/>
<title>通报</title>
<addressee>{{ addressees }}：</addressee>
<p>已销号{{ total.closed }}件。</p>
""",
    "notice.html": """
<letterhead issuer="{{ campaign.office }}" number="{{ document_number }}"/>
<title>约谈通知书</title>
<addressee>{{ subject }}：</addressee>
<p>请来。</p>
""",
}


def outlines(
    folders: Folders, rulebook: Rulebook, intake: Intake, week: Week, shop: Workshop, links: str, watch: Watch
) -> Made:
    """What make_files makes, with each document's text in place of its pages."""
    documents = week_documents(week, rulebook, folders.templates)
    files = {f"{d.name}.pdf": b"%PDF /Type /Page\n" + d.outline().encode() for d in documents}
    files |= {f"{d.name}.docx": d.outline().encode() for d in documents}
    data = week_files(week, rulebook, links)
    return Made(documents, files | {name: data[name] for name in data if name.startswith("data/")})


def few_templates(folder: Path) -> Path:
    """A bulletin, a notice and the shipped note on corrections: enough to be numbered and filed."""
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(HOME / "templates" / "correction.html", folder)
    return folder


@dataclass(frozen=True, slots=True)
class Office:
    """The clerk's folders: input, output and templates."""

    home: Path

    @property
    def inbox(self) -> Path:
        return self.home / "input"

    @property
    def output(self) -> Path:
        return self.home / "output"

    @property
    def templates(self) -> Path:
        return self.home / "templates"

    def run(self, *arguments: str) -> int:
        places = ("input", "output", "templates")
        options = [word for place in places for word in (f"--{place}", str(self.home / place))]
        return main([arguments[0], *options, "--jobs", "1", *arguments[1:]])

    def copy(self, home: Path) -> "Office":
        """The same office elsewhere."""
        return Office(Path(shutil.copytree(self.home, home)))

    def next_week(self) -> None:
        """The offices report a week later; nothing else has changed."""
        for file in (DURU, DANSHA):
            write(self.inbox / file, "D1", NEXT_WEEK)

    def issued(self) -> tuple[Issued, ...]:
        return archive.issued(self.output)

    def everything(self) -> dict[str, bytes]:
        """All files below output but hidden ones."""
        files = (p for p in self.output.rglob("*") if p.is_file() and not p.name.startswith("."))
        return {p.relative_to(self.output).as_posix(): p.read_bytes() for p in files}


def opened(home: Path) -> Office:
    """An office with a small inbox of one week and few templates."""
    office = Office(home)
    office.inbox.mkdir(parents=True)
    fill(office.inbox)
    few_templates(office.templates)
    return office


def without_pages(monkeypatch: pytest.MonkeyPatch, made: Callable[..., Made] = outlines) -> None:
    """Have weeks made by another function, no process started that sets pages, and no rule read twice."""
    for module in (correcting, drafts, issuing, proving):
        monkeypatch.setattr(module, "make_files", made)
        monkeypatch.setattr(module, "Workshop", lambda *_: nullcontext())
    for module in (drafts, issuing):
        monkeypatch.setattr(module, "load", loaded)
    for module in (bundle, issuing):
        monkeypatch.setattr(module, "substituted", lambda _: {})
    monkeypatch.setattr(bundle, "score_annex", lambda *_, **__: b"")  # outlines leaves it out
    monkeypatch.setattr(cli, "HOME", Path("nowhere"))  # without fonts, which take long to digest


def loaded(rules: Path) -> Rulebook:
    """The rulebook, read once for the same rules wherever they lie."""
    key = tuple((p.relative_to(rules), p.read_bytes()) for p in sorted(rules.rglob("*.yaml")))
    if key not in _RULES:
        _RULES[key] = load(rules)
    return _RULES[key]


_RULES: dict[tuple[tuple[Path, bytes], ...], Rulebook] = {}
