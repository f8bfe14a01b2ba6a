"""One week, end to end, through the real command."""

import hashlib
import json
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from campaign.compose.blocks import Embedded, Relation
from campaign.errors import TemplateError
from campaign.intake.reading import read_workbooks
from campaign.press.bundle import pdf_files
from sample import truth
from sample.county import county
from tests.end_to_end.conftest import HOME, Once, Run, generate
from tests.intake.test_desk import covers
from tests.render import documents as made

COUNTS = {
    "communities",
    "checked",
    "found",
    "open",
    "in_progress",
    "rectified",
    "closed",
    "done",
    "overdue",
    "new",
    "newly_closed",
}


def test_the_shipped_sample_runs_without_an_error(sample: Run) -> None:
    assert (sample.code, sample.err) == (0, "")
    assert sample.week.name == "2023-04-28"


def test_everything_the_design_lists_is_there(sample: Run) -> None:
    names = {p.relative_to(sample.week).as_posix() for p in sample.week.rglob("*") if p.is_file()}
    assert {
        "第5期周通报.pdf",
        "第5期周通报.docx",
        "附件-得分明细.xlsx",
        "附件-得分明细.pdf",
        "附件-得分明细.docx",
        "校验意见.xlsx",
        "index.html",
        "manifest.json",
        "data/figures.json",
        "data/scores.json",
        "data/decisions.json",
        "data/faults.json",
    } <= names
    called_in = {d["subject"] for d in sample.data("decisions") if d["kind"] == "interview"}
    assert called_in
    for subject in called_in:
        assert {f"约谈通知书-{subject}.pdf", f"约谈通知书-{subject}.docx"} <= names


def test_the_figures_are_those_of_the_records(sample: Run) -> None:
    made = county()
    friday = next(f for f in made.fridays if f.isoformat() == "2023-04-28")
    figures = sample.data("figures")
    assert covers(figures, truth.figures(made.books(friday)))
    for group in ("subdistricts", "companies"):
        for row in figures[group].values():
            assert set(row) >= COUNTS


def test_scores_add_up_and_lead_back_to_cells(sample: Run) -> None:
    scores = sample.data("scores")
    assert scores["as_of"] == "2023-04-28"
    seen = 0
    for kind in ("subdistricts", "companies", "agencies"):
        for card in scores[kind]:
            if card["points"] is None:
                continue
            seen += 1
            total = Decimal(card["full"]) + sum(
                (Decimal(line["points"]) for line in card["lines"]), Decimal(0)
            )
            assert total == Decimal(card["points"]), card["name"]
            for line in card["lines"]:
                assert line["rule"]
                assert line["clause"]
                assert line["because"]
    assert seen > 20


def test_every_evidence_cell_can_be_opened(sample: Run) -> None:
    evidence = {
        (e["file"], e["sheet"], e["cell"])
        for kind in ("subdistricts", "companies", "agencies")
        for card in sample.data("scores")[kind]
        for line in card["lines"]
        for e in line["evidence"]
    } | {(e["file"], e["sheet"], e["cell"]) for d in sample.data("decisions") for e in d["evidence"]}
    assert evidence
    files = sorted({file for file, _, _ in evidence})
    books = {w.file: w for w, _ in read_workbooks(HOME / "input", files, 2) if w}
    sheets = {(file, sheet.name): sheet for file, book in books.items() for sheet in book.sheets}
    filled = 0
    for file, sheet, address in evidence:
        assert re.fullmatch(r"[A-Z]{1,3}\d+", address), (file, sheet, address)
        row, column = coordinate_to_tuple(address)
        assert row <= sheets[file, sheet].last_row, (file, sheet, address)
        filled += (row, column) in sheets[file, sheet].cells
    assert filled >= len(evidence) * 0.9  # a missing date is evidence too


def test_the_manifest_names_every_source_and_output(sample: Run) -> None:
    manifest = json.loads((sample.week / "manifest.json").read_text(encoding="utf-8"))
    inputs = {p.relative_to(HOME / "input").as_posix() for p in (HOME / "input").rglob("*.xlsx")}
    assert set(manifest["inputs"]) == inputs
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((sample.week / name).read_bytes()).hexdigest() == digest
    files = {p.relative_to(sample.week).as_posix() for p in sample.week.rglob("*") if p.is_file()}
    assert files == set(manifest["outputs"]) | {"manifest.json"}
    assert {"campaign.yaml", "headings.yaml"} <= set(manifest["rules"])
    assert manifest["fonts"]
    assert manifest["substitutions"]["仿宋_GB2312"] == "FandolFang-Regular"
    assert manifest["templates"]
    assert manifest["program"]


def test_the_same_input_gives_the_same_bytes(sample: Run, few: Path, tmp_path: Path) -> None:
    options = ("--input", str(HOME / "input"), "--templates", str(few), "--jobs", "1")
    again = generate("weekly", *options, output=tmp_path / "output")
    first = json.loads((sample.week / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    second = json.loads((again.week / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    others = _with_links(second) | {"打印合集.pdf"}  # the print set holds the documents of all genres
    assert {"第5期周通报.pdf", "第5期周通报.docx", "data/snapshot.json"} <= set(second) - others
    assert {n for n in second if first[n] != second[n]} - others == set()


def _with_links(names: dict[str, str]) -> set[str]:
    """Workbooks and the overview link to the input folder, which lies elsewhere as seen from here."""
    return {n for n in names if n.endswith((".xlsx", ".html"))}


@pytest.fixture(scope="session")
def faulty(once: Once, few: Path) -> Run:
    """The sample with one cell spoiled in one ledger, one ledger truncated."""
    return once("faulty", lambda root: _spoil(root, few))


def _spoil(root: Path, templates: Path) -> Run:
    shutil.copytree(HOME / "input", root / "input")
    ledgers = sorted((root / "input" / "台账").glob("*.xlsx"))
    ledgers[0].write_bytes(ledgers[0].read_bytes()[:3000])
    book = load_workbook(ledgers[1])
    sheet = book.worksheets[0]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value in {"整改中", "正在整改", "×"})
    cell.value = "不好说"
    book.save(ledgers[1])
    options = ("--input", str(root / "input"), "--templates", str(templates))
    run = generate("weekly", *options, output=root / "output")
    (root / "spoiled").write_text(
        f"{ledgers[1].relative_to(root / 'input').as_posix()}|{cell.coordinate}", "utf-8"
    )
    return run


def test_bad_input_still_gives_drafts_and_exit_code_3(faulty: Run) -> None:
    assert faulty.code == 3
    assert (faulty.week / "第5期周通报.pdf").is_file()
    assert (faulty.week / "第5期周通报.docx").is_file()


def test_bad_input_is_reported_at_its_cell(faulty: Run) -> None:
    file, cell = (faulty.output.parent / "spoiled").read_text(encoding="utf-8").split("|")
    faults = faulty.data("faults")
    assert [f["code"] for f in faults["faults"] if (f["file"], f["cell"]) == (file, cell)] == [
        "I-CELL-STATUS"
    ]
    assert faults["counts"]["fatal"] == 1
    assert faults["counts"]["error"] == 1
    for fault in faults["faults"]:
        assert fault["message"]
        assert fault["remedy"]
    assert "不好说" in faulty.out
    assert list((faulty.week / "退回修改").iterdir())


def test_an_office_that_could_not_be_read_is_unknown_not_zero(faulty: Run) -> None:
    figures = faulty.data("figures")
    (office,) = figures["unreported"]
    assert figures["subdistricts"][office]["found"] is None
    assert office in faulty.out
    card = next(c for c in faulty.data("scores")["subdistricts"] if c["name"] == office)
    assert (card["points"], card["rank"]) == (None, None)


def test_the_bulletin_carries_the_files_that_lie_beside_it(sample: Run) -> None:
    (bulletin,) = sample.week.glob("第*期周通报.pdf")
    with pikepdf.open(bulletin) as pdf:
        carried = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    workbook = carried.pop("附件-得分明细.xlsx")
    beside = [sample.week / "data" / f"{name}.json" for name in ("scores", "figures", "decisions")]
    assert carried == {path.name: path.read_bytes() for path in beside}
    inside, outside = load_workbook(BytesIO(workbook)), load_workbook(sample.week / "附件-得分明细.xlsx")
    assert [list(s.values) for s in inside] == [list(s.values) for s in outside]
    targets = {c.hyperlink.target for s in inside for row in s for c in row if c.hyperlink}
    assert targets <= {None}  # links to files lead nowhere from inside a PDF


def test_what_is_not_made_cannot_be_carried() -> None:
    class Shop:
        def deliver(self) -> tuple[bytes, ...]:
            return (b"",)

    document = replace(made.document(), embeds=(Embedded("data/none.json", Relation.DATA),))
    with pytest.raises(TemplateError, match=r"data/none\.json"):
        pdf_files((document,), Shop(), {})  # type: ignore[arg-type] # it delivers, which is all that is asked
