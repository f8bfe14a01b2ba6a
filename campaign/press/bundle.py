"""Files on their way to a folder: what each kind of run writes, and the digests of what it was made from."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from campaign import __version__
from campaign.compose.blocks import Document
from campaign.errors import TemplateError
from campaign.history import publish, weeks
from campaign.intake.desk import Intake
from campaign.intake.returns import return_copies
from campaign.press.folders import DOUBTS, OPINIONS, RETURNS, SCORES, SUSPICIONS, Folders, Published
from campaign.records import Fault, Snapshot, Week
from campaign.render import Studio, Workshop
from campaign.render.archival import Attachment, embed
from campaign.render.data import changes_json, decisions_json, faults_json, figures_json, scores_json
from campaign.render.sheets import opinions, score_annex, settle_list, suspicion_list
from campaign.rulebook.model import Rulebook


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


def publish_bundle(
    bundle: Bundle, target: Path, as_of: date | None, faults: tuple[Fault, ...], week: Week | None = None
) -> Published:
    """Put a bundle in place with its manifest, and say what became of it."""
    names = tuple(bundle.files)
    kept = publish.publish({**bundle.files, publish.MANIFEST: bundle.manifest(as_of)}, target)
    return Published(target, names, faults, kept, week)


def word_files(documents: Sequence[Document], folders: Folders) -> dict[str, bytes]:
    """The documents as Word files, by file name."""
    studio = Studio(folders.templates, folders.fonts)
    return {f"{document.name}.docx": studio.word(document) for document in documents}


def pdf_files(
    documents: Sequence[Document], shop: Workshop, files: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The documents as the PDFs that were ordered of the workshop, by file name. `files` are those made so
    far: what a document embeds is taken from them.

    Raises:
        TemplateError: a document embeds a file that is not made with it.
    """
    pdfs = zip(documents, shop.deliver(), strict=True)
    return {f"{document.name}.pdf": _complete(document, pdf, files or {}) for document, pdf in pdfs}


def _complete(document: Document, pdf: bytes, files: Mapping[str, bytes]) -> bytes:
    """A PDF with the files that it carries."""
    for carried in document.embeds:
        if carried.path not in files:
            raise TemplateError(
                f"genres.yaml 中 {document.genre} 的 embeds 要嵌入“{carried.path}”，但没有生成这个文件；"
                f"可以嵌入的有：{'、'.join(sorted(files)) or '无'}"
            )
    if not document.embeds:
        return pdf
    attachments = [
        Attachment(Path(carried.path).name, files[carried.path], carried.relation)
        for carried in document.embeds
    ]
    return embed(pdf, attachments, document.dated_on)


def week_files(week: Week, rulebook: Rulebook, inputs: str) -> dict[str, bytes]:
    """The score annex and the data of a week, by path. `inputs` leads from the folder to the input folder."""
    return {
        SCORES: score_annex(week, rulebook, inputs=inputs),
        "data/figures.json": figures_json(week.assessment.figures, week.books.unreported),
        "data/scores.json": scores_json(week.assessment),
        "data/decisions.json": decisions_json(week.assessment),
        "data/changes.json": changes_json(week.as_of, week.changes),
        weeks.SNAPSHOT: weeks.dump(snapshot_of(week)),
        **change_files(week, rulebook, inputs),
    }


def change_files(week: Week, rulebook: Rulebook, inputs: str) -> dict[str, bytes]:
    """The suspicion list of a week that can be compared, and the list of doubts where there are any."""
    files: dict[str, bytes] = {}
    if week.changes.since is not None:
        files[SUSPICIONS] = suspicion_list(week, rulebook, inputs=inputs)
    doubts = settle_list(week, rulebook)
    return files if doubts is None else {**files, DOUBTS: doubts}


def fault_files(intake: Intake, root: Path, links: str) -> dict[str, bytes]:
    """What tells the offices what to mend: the opinions over all files, and a marked copy of each.

    `links` leads from the folder they will lie in to the input folder `root`.
    """
    copies = return_copies(root, intake.faults)
    returned = {copy.file: f"{RETURNS}/{copy.name}" for copy in copies}
    return {
        "data/faults.json": faults_json(intake.faults),
        OPINIONS: opinions(intake.faults, intake.files, intake.books.as_of, inputs=links, returned=returned),
        **{returned[copy.file]: copy.data for copy in copies},
    }


def seen_from(target: Path, folder: Path) -> str:
    """A folder's path as a link in `target` must give it."""
    return Path(os.path.relpath(folder.resolve(), target.resolve())).as_posix()


def source_digests(folders: Folders, inputs: Sequence[str]) -> dict[str, dict[str, str]]:
    """SHA-256 of every input, rule, template and font."""
    return {
        "inputs": digests(folders.input, inputs),
        "rules": digests(folders.rules, files_below(folders.rules)),
        "templates": digests(folders.templates, files_below(folders.templates)),
        "fonts": digests(folders.fonts, files_below(folders.fonts)),
    }


def printed_from(folders: Folders, inputs: Sequence[str]) -> dict[str, dict[str, str]]:
    """What printed files were made from: the sources, and the faces that stand in for official ones."""
    return source_digests(folders, inputs) | {"substitutions": substituted(folders)}


def substituted(folders: Folders) -> dict[str, str]:
    """The official faces that the office does not own, each with what PDFs use instead."""
    found: dict[str, list[str]] = {}
    for one in Studio(folders.templates, folders.fonts).substitutions():
        found.setdefault(one.asked, []).append(one.used)
    return {asked: "、".join(used) for asked, used in found.items()}


def digests(root: Path, names: Sequence[str]) -> dict[str, str]:
    """SHA-256 of each named file below a folder."""
    return {name: publish.digest((root / name).read_bytes()) for name in sorted(names)}


def files_below(root: Path) -> list[str]:
    """Paths of the files below a folder, without hidden files and those that Word and Excel lock with."""
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$"))
    ]


def snapshot_of(week: Week) -> Snapshot:
    """What later weeks will know of a week."""
    return Snapshot(
        number=week.number,
        books=week.books,
        assessment=week.assessment,
        draft=week.draft,
        program=__version__,
        changes=week.changes,
        total_number=week.total_number,
        numbers=week.numbers,
        edition=week.edition,
        correction=week.correction,
    )
