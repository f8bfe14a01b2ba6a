"""What other people's validators say of the files; which ones were not to be had: docs/conformance.md."""

from collections.abc import Callable
from pathlib import Path

import pdf_oxide
import pdfua
import pytest

from campaign.compose.blocks import Document, Relation
from campaign.render import Studio
from campaign.render.archival import Attachment, embed
from tests.compose.cases import CASES
from tests.render import documents as made

DOCUMENTS: dict[str, Callable[[], tuple[Document, ...]]] = {
    "made": lambda: (made.bulletin(), made.notice(), made.summary()),
    "every kind": CASES["every_kind"],
    "summary": CASES["summary_ordinary"],
}


@pytest.mark.office
@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_are_what_they_declare(studio: Studio, name: str, tmp_path: Path) -> None:
    carried = [Attachment("scores.json", b"{}", Relation.DATA)]
    for document in DOCUMENTS[name]():
        plain = studio.pdf(document)
        for data in (plain, embed(plain, carried, document.dated_on)):
            pdf = pdf_oxide.PdfDocument.from_bytes(data)
            assert pdf.validate_pdf_a("3a")["errors"] == []
            assert pdf.validate_pdf_ua()["errors"] == []
            file = tmp_path / "document.pdf"
            file.write_bytes(data)
            report = pdfua.validate(str(file))
            assert [(f.rule_id, f.message) for f in report.findings if f.severity.name == "ERROR"] == []
