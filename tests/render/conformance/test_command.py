"""The command: any PDF, Chinese words, and exit codes."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from matplotlib import rc_context
from matplotlib.figure import Figure

from campaign.render.conformance import UnreadablePdfError, check
from campaign.render.conformance.__main__ import main
from campaign.render.geometry import layout
from tests.render.conftest import TEMPLATES


def foreign() -> bytes:
    """A PDF of another program's: a letter-size page with one line in a font that is not embedded."""
    out = BytesIO()
    with rc_context({"pdf.use14corefonts": True}):
        figure = Figure(figsize=(8.5, 11))
        figure.text(0.4, 0.5, "Weekly report")
        figure.savefig(out, format="pdf")
    return out.getvalue()


def test_a_pdf_of_another_program_is_measured() -> None:
    found = {result.check.code: result.finding for result in check(foreign(), layout.load(TEMPLATES))}
    assert {"paper", "fonts", "page_number"} <= set(found)
    assert found["paper"].page == 1


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(UnreadablePdfError):
        check(b"no PDF", layout.load(TEMPLATES))


def run(tmp_path: Path, data: bytes) -> tuple[int, str]:
    file = tmp_path / "文.pdf"
    file.write_bytes(data)
    done = CliRunner().invoke(main, [str(file), "--templates", str(TEMPLATES)])
    return done.exit_code, done.output


def test_exit_codes(tmp_path: Path, bulletin_pdf: bytes) -> None:
    assert run(tmp_path, bulletin_pdf)[0] == 0
    assert run(tmp_path, b"no PDF")[0] == 2
    code, words = run(tmp_path, foreign())
    assert code == 5
    assert "第1面" in words
    assert "GB/T 9704 5.1" in words
