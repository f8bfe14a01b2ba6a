"""Photos from a ledger to paper: printed before beside after, filed, and found again by the summary."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from campaign.cli import main
from tests.support.inbox import DURU, fill
from tests.support.parity import pdf_text
from tests.support.photos import AFTER, paste, photo

WEEK = "2023-04-28"
pytestmark = pytest.mark.deep  # two whole runs; what they are made of is tested beside each part


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    fill(folder / "input")
    shots = {"J4": photo((640, 480)), "K4": photo((640, 480), AFTER, turned=True)}
    paste(folder / "input" / DURU, shots, {"J2": "整改前照片", "K2": "整改后照片"})
    options = ["--input", str(folder / "input"), "--output", str(folder / "output")]
    main(["weekly", *options])
    main(["summary", *options])
    return folder / "output"


def test_the_photos_lie_in_the_weeks_folder_under_names_that_say_what_they_are(output: Path) -> None:
    files = {path.name: path.read_bytes() for path in (output / WEEK / "照片").iterdir()}
    assert sorted(name.rsplit("-", 1)[0] for name in files) == ["云栖苑-第4行-整改前", "云栖苑-第4行-整改后"]
    manifest = json.loads((output / WEEK / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    for name, data in files.items():
        assert manifest[f"照片/{name}"] == hashlib.sha256(data).hexdigest()


def test_annex_and_summary_print_the_same_photos(output: Path) -> None:
    annex, summary = output / WEEK / "附件-问题照片", output / "总结报告" / "总结报告"
    filed = {path.read_bytes() for path in (output / WEEK / "照片").iterdir()}
    for document in (annex, summary):
        text = pdf_text(document.with_name(f"{document.name}.pdf").read_bytes())
        assert text.index("整改前") < text.index("整改后")
        with ZipFile(document.with_name(f"{document.name}.docx")) as package:
            shown = {package.read(n) for n in package.namelist() if n.endswith((".jpg", ".jpeg"))}
        assert shown == filed
