"""Runs a week from end to end and publishes all of it or none.

The only module that knows every stage. What it does is in the order of the imports: rules, intake, history,
assessment, documents, bytes, folder.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from campaign import __version__
from campaign.assess import assess
from campaign.assess.whatif import Trial, try_rules
from campaign.compose import guideline_documents, summary_documents, week_documents
from campaign.compose.blocks import Document
from campaign.errors import UsageError
from campaign.history import publish, weeks
from campaign.intake.desk import Intake, receive, receive_roster
from campaign.intake.returns import return_copies
from campaign.records import Fault, Roster, Snapshot, Week
from campaign.render import Studio, Workshop
from campaign.render.data import decisions_json, faults_json, figures_json, scores_json
from campaign.render.forms import blank_forms
from campaign.render.overview import overview
from campaign.render.sheets import opinions, score_annex, trial_workbook
from campaign.rulebook.loader import load
from campaign.rulebook.model import Campaign, Rulebook

RETURNS = "退回修改"
OPINIONS = "校验意见.xlsx"
SCORES = "附件-得分明细.xlsx"
CHECKED = "校验"  # the folder of `check`, beside the weeks
SUMMARY = "总结报告"
GUIDELINE = "考核评分细则"
TRIAL = "试算"
TRIAL_SHEET = "试算.xlsx"
FORMS = "空白表样"
_DAYS = 7

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything lies."""

    input: Path
    rules: Path
    templates: Path
    output: Path
    fonts: Path


@dataclass(frozen=True, slots=True)
class Published:
    """What a run put where. `kept` are the paths of files that the clerk had changed and that were kept."""

    folder: Path
    files: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    kept: tuple[str, ...] = ()
    week: Week | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files on their way to a folder, and the digests of what they were made from."""

    files: dict[str, bytes]
    sources: dict[str, dict[str, str]] = field(default_factory=dict)

    def manifest(self, as_of: date | None) -> bytes:
        """manifest.json: program version, as-of date if any, SHA-256 of every source and of every file."""
        outputs = {name: publish.digest(data) for name, data in sorted(self.files.items())}
        content = {
            "program": __version__,
            "as_of": as_of and as_of.isoformat(),
            **self.sources,
            "outputs": outputs,
        }
        return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


class NoWeeksError(UsageError):
    """There is no week to sum up."""

    def __init__(self, output: Path) -> None:
        super().__init__(f"{output} 里还没有任何一周的结果，无法总结；请先逐周运行 make weekly")


class NoInputError(UsageError):
    """The input folder is missing or empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} 里没有表格；请先把各单位报来的表格放进去")


class RosterUnclearError(UsageError):
    """There is a roster, but it cannot be told which one counts."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.message}。{fault.remedy}")


# --- The commands ---------------------------------------------------------------------------------


def check(folders: Folders, as_of: date | None, jobs: int, watch: Watch = lambda _: None) -> Published:
    """Read and check only: return copies and opinions go to a folder of their own beside the weeks."""
    rulebook = load(folders.rules)
    intake = _receive(folders, rulebook, as_of, jobs)
    watch("intake")
    target = folders.output / CHECKED
    bundle = Bundle(_fault_files(intake, folders.input, target), _sources(folders, intake.files))
    with publish.locked(folders.output):
        return _publish(bundle, target, intake.books.as_of, intake.faults)


def weekly(folders: Folders, as_of: date | None, jobs: int, watch: Watch = lambda _: None) -> Published:
    """The week's drafts: documents, annexes, return copies, overview, data."""
    rulebook = load(folders.rules)
    watch("rules")
    with Workshop(folders.templates, folders.fonts) as shop:
        intake = _receive(folders, rulebook, as_of, jobs)
        watch("intake")
        return _weekly(folders, rulebook, intake, shop, watch)


def _weekly(folders: Folders, rulebook: Rulebook, intake: Intake, shop: Workshop, watch: Watch) -> Published:
    with publish.locked(folders.output):
        past = weeks.load(folders.output, before=intake.books.as_of)
        watch("history")
        week = _week(intake, past, rulebook)
        watch("assess")
        documents = week_documents(week, rulebook, folders.templates) if week.books.roster.communities else ()
        watch("compose")
        shop.order(documents)
        files = _word_files(documents, folders)
        watch("word")
        target = folders.output / week.as_of.isoformat()
        links = _seen_from(target, folders.input)
        files |= _week_files(week, rulebook, links)
        files |= _fault_files(intake, folders.input, target)
        watch("workbooks")
        files |= _pdf_files(documents, shop)
        watch("pdf")
        files["index.html"] = overview(week, rulebook, tuple(files), folders.templates, inputs=links)
        bundle = Bundle(files, _sources(folders, intake.files))
        published = _publish(bundle, target, week.as_of, intake.faults, week)
        watch("publish")
        return published


def summary(folders: Folders, as_of: date | None, watch: Watch = lambda _: None) -> Published:
    """The final report over the weeks that lie in the output folder, up to the as-of date where one is given.

    Raises:
        NoWeeksError: there is no such week.
    """
    rulebook = load(folders.rules)
    with Workshop(folders.templates, folders.fonts) as shop, publish.locked(folders.output):
        past = tuple(w for w in weeks.load(folders.output) if as_of is None or w.as_of <= as_of)
        if not past:
            raise NoWeeksError(folders.output)
        watch("history")
        documents = summary_documents(past, rulebook, folders.templates)
        watch("compose")
        shop.order(documents)
        files = _word_files(documents, folders)
        watch("word")
        files |= _pdf_files(documents, shop)
        watch("pdf")
        last = past[-1]
        files["data/figures.json"] = figures_json(last.assessment.figures, last.books.unreported)
        sources = _sources(folders, ()) | {"weeks": _week_digests(folders.output, past)}
        return _publish(Bundle(files, sources), folders.output / SUMMARY, last.as_of, ())


def forms(folders: Folders, jobs: int) -> Published:
    """Blank forms for the offices, with the names of the roster in the input folder.

    Without a roster there are no names to offer: then the roster is the one form to fill in first.

    Raises:
        RosterUnclearError: there is more than one roster.
    """
    rulebook = load(folders.rules)
    roster = Roster()
    faults: tuple[Fault, ...] = ()
    if folders.input.is_dir():
        roster, faults = receive_roster(folders.input, rulebook, jobs)
    for unclear in (f for f in faults if f.code == "I-SET-ROSTER-TWICE"):
        raise RosterUnclearError(unclear)
    told = tuple(f for f in faults if f.code != "I-SET-ROSTER")
    rules = {"rules": _digests(folders.rules, _files_below(folders.rules))}
    bundle = Bundle(blank_forms(rulebook, roster), rules)
    with publish.locked(folders.output):
        return _publish(bundle, folders.output / FORMS, None, told)


def assessed(folders: Folders, as_of: date | None, jobs: int) -> tuple[Week, Rulebook]:
    """One week for `explain`: as written, where a date is given and its folder is there; else from input."""
    rulebook = load(folders.rules)
    written = weeks.load(folders.output)
    if as_of is not None:
        found = next((w for w in written if w.as_of == as_of), None)
        if found:
            past = tuple(w for w in written if w.as_of < as_of)
            return Week(found.number, found.books, (), found.assessment, past, found.draft), rulebook
    intake = _receive(folders, rulebook, as_of, jobs)
    past = tuple(w for w in written if w.as_of < intake.books.as_of)
    return _week(intake, past, rulebook), rulebook


def guideline(folders: Folders) -> Published:
    """The rulebook as an official document, from the rules as they are."""
    rulebook = load(folders.rules)
    documents = guideline_documents(rulebook, folders.templates)
    with Workshop(folders.templates, folders.fonts) as shop, publish.locked(folders.output):
        shop.order(documents)
        files = _word_files(documents, folders)
        files |= _pdf_files(documents, shop)
        bundle = Bundle(files, _sources(folders, ()))
        return _publish(bundle, folders.output / GUIDELINE, rulebook.campaign.starts_on, ())


def what_if(
    folders: Folders, other_rules: Path, as_of: date | None, jobs: int
) -> tuple[tuple[Trial, ...], Rulebook, Published]:
    """All weeks under other rules: those in the output folder, and the week in the input folder.

    With an as-of date whose week lies in the output folder, the input folder is left alone.

    Raises:
        NoInputError: there is neither.
    """
    rulebook, other = load(folders.rules), load(other_rules)
    with publish.locked(folders.output):
        written = weeks.load(folders.output)
        if as_of is None or all(week.as_of != as_of for week in written):
            written = _with_input(written, folders, rulebook, as_of, jobs)
        trials = try_rules(written, other)
        rules = {
            "rules": _digests(folders.rules, _files_below(folders.rules)),
            "other_rules": _digests(other_rules, _files_below(other_rules)),
        }
        bundle = Bundle({TRIAL_SHEET: trial_workbook(trials, rulebook, other)}, rules)
        published = _publish(bundle, folders.output / TRIAL, trials[-1].as_of, ())
        return trials, rulebook, published


# --- Steps ----------------------------------------------------------------------------------------


def issue_number(campaign: Campaign, as_of: date) -> int:
    """The number a bulletin would have if every week had had one: a proposal until it is issued."""
    return max((as_of - campaign.first_bulletin_on).days // _DAYS + 1, 1)


def _receive(folders: Folders, rulebook: Rulebook, as_of: date | None, jobs: int) -> Intake:
    if not folders.input.is_dir() or not any(p.is_file() for p in folders.input.rglob("*")):
        raise NoInputError(folders.input)
    return receive(folders.input, rulebook, as_of, jobs, earlier=weeks.inputs(folders.output))


def _week(intake: Intake, past: tuple[Snapshot, ...], rulebook: Rulebook) -> Week:
    return Week(
        number=issue_number(rulebook.campaign, intake.books.as_of),
        books=intake.books,
        faults=intake.faults,
        assessment=assess(intake.books, past, rulebook),
        past=past,
    )


def _with_input(
    written: tuple[Snapshot, ...], folders: Folders, rulebook: Rulebook, as_of: date | None, jobs: int
) -> tuple[Snapshot, ...]:
    """The written weeks with the one in the input folder; without any workbooks there, the written alone."""
    try:
        intake = _receive(folders, rulebook, as_of, jobs)
    except NoInputError:
        if not written or as_of is not None:
            raise
        return written
    day = intake.books.as_of
    past = tuple(week for week in written if week.as_of < day)
    others = tuple(week for week in written if week.as_of != day)
    return (*others, _snapshot(_week(intake, past, rulebook)))


def _snapshot(week: Week) -> Snapshot:
    return Snapshot(week.number, week.books, week.assessment, week.draft, __version__)


def _word_files(documents: Sequence[Document], folders: Folders) -> dict[str, bytes]:
    studio = Studio(folders.templates, folders.fonts)
    return {f"{document.name}.docx": studio.word(document) for document in documents}


def _pdf_files(documents: Sequence[Document], shop: Workshop) -> dict[str, bytes]:
    return {f"{d.name}.pdf": pdf for d, pdf in zip(documents, shop.deliver(), strict=True)}


def _week_files(week: Week, rulebook: Rulebook, inputs: str) -> dict[str, bytes]:
    return {
        SCORES: score_annex(week, rulebook, inputs=inputs),
        "data/figures.json": figures_json(week.assessment.figures, week.books.unreported),
        "data/scores.json": scores_json(week.assessment),
        "data/decisions.json": decisions_json(week.assessment),
        weeks.SNAPSHOT: weeks.dump(_snapshot(week)),
    }


def _fault_files(intake: Intake, root: Path, target: Path) -> dict[str, bytes]:
    """What tells the offices what to mend: the opinions over all files, and a marked copy of each."""
    copies = return_copies(root, intake.faults)
    returned = {copy.file: f"{RETURNS}/{copy.name}" for copy in copies}
    links = _seen_from(target, root)
    return {
        "data/faults.json": faults_json(intake.faults),
        OPINIONS: opinions(intake.faults, intake.files, intake.books.as_of, inputs=links, returned=returned),
        **{returned[copy.file]: copy.data for copy in copies},
    }


def _seen_from(target: Path, folder: Path) -> str:
    """A folder's path as a link in `target` must give it."""
    return Path(os.path.relpath(folder.resolve(), target.resolve())).as_posix()


def _sources(folders: Folders, inputs: Sequence[str]) -> dict[str, dict[str, str]]:
    """SHA-256 of every input, rule, template and font."""
    return {
        "inputs": _digests(folders.input, inputs),
        "rules": _digests(folders.rules, _files_below(folders.rules)),
        "templates": _digests(folders.templates, _files_below(folders.templates)),
        "fonts": _digests(folders.fonts, _files_below(folders.fonts)),
    }


def _digests(root: Path, names: Sequence[str]) -> dict[str, str]:
    return {name: publish.digest((root / name).read_bytes()) for name in sorted(names)}


def _files_below(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$"))
    ]


def _week_digests(output: Path, past: tuple[Snapshot, ...]) -> dict[str, str]:
    return _digests(output, [f"{w.as_of.isoformat()}/{weeks.SNAPSHOT}" for w in past])


def _publish(
    bundle: Bundle, target: Path, as_of: date | None, faults: tuple[Fault, ...], week: Week | None = None
) -> Published:
    names = tuple(bundle.files)
    kept = publish.publish({**bundle.files, publish.MANIFEST: bundle.manifest(as_of)}, target)
    return Published(target, names, faults, kept, week)
